//! A file of the manual was not read: a symbolic link, a name that is not UTF-8, more bytes
//! than a file of its kind may have, or no plain file at all.
//!
//! # Why it matters
//!
//! A manual is what stands under version control in its folder. A symbolic link may lead out
//! of it, to text that nobody controls or to what must not be published, so none is followed: clause
//! 7.5.3 asks for control over what is published. A name that is not UTF-8 has no
//! address on a site. A text of more than 4 MiB is not one that somebody wrote, and a picture of more
//! than 64 MiB is none that somebody opens; all texts of a manual together may have 256 MiB, all other
//! files 4 GiB.
//!
//! # Mend it
//!
//! Copy the file into the manual in place of the link, or rename it with plain letters:
//!
//! ```text
//! rm policies/security.md && cp ../elsewhere/security.md policies/security.md
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::source::ReadFault;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "unreadable-file",
    Family::Reading,
    Severity::Error,
    include_str!("unreadable_file.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for file in &manual.sources.files {
        let (message, help) = match file.fault {
            Some(ReadFault::Link) => (
                "this is a symbolic link, and none is followed".to_owned(),
                "copy the file that it names into the manual",
            ),
            Some(ReadFault::NameNotUtf8) => (
                format!("the name of the file `{}` is not UTF-8", file.path),
                "give the file a name of letters, digits and hyphens",
            ),
            Some(ReadFault::TooLarge(most)) => (
                format!("this file is larger than {} MiB", most >> 20),
                "split it, or keep it elsewhere",
            ),
            // Of those after the first it has been said there.
            Some(ReadFault::TooMuch(0)) => continue,
            Some(ReadFault::TooMuch(count)) => (
                match count {
                    1 => "with this file, all files are more than a manual may have".to_owned(),
                    _ => format!(
                        "with this file, all files are more than a manual may have: it and {} after it \
                         are not read",
                        count - 1
                    ),
                },
                "keep in the manual what belongs to it, and split it where it is several",
            ),
            Some(ReadFault::NoFile) => (
                "this is no plain file but a pipe or a device".to_owned(),
                "put a file in its place, or take it out of the manual",
            ),
            Some(ReadFault::NotUtf8(_) | ReadFault::Utf16 | ReadFault::Aside { .. }) | None => {
                continue;
            }
        };
        found.push(RULE.at(Span::start_of(file.id), message).help(help));
    }
}
