//! A link, or a document named in front matter, leads to nothing.
//!
//! # Why it matters
//!
//! A reader who follows a dead link in the middle of an incident has lost the procedure that they
//! needed; clause 7.5.3 asks that documented information be available where and when it is needed.
//! To an auditor a dead link says that nobody has used the manual.
//!
//! # Mend it
//!
//! Write the path from the file in which the link stands, or the id in double brackets:
//!
//! ```markdown
//! See [Incident management](../processes/incident.md) or [[PRC-INC-01]].
//! ```
//!
//! Links to a file that cannot be read are not reported: that file has its own finding.

use std::collections::BTreeSet;

use crate::check::judge::is_waived;
use crate::check::markdown::converter_remains::is_contents;
use crate::check::raci::unknown_role;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::graph::{Dangling, Nearby, Sought, Suggestion, Why};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::register::Register;
use crate::text::{Span, key, look_alike};

pub(super) const RULE: Rule = Rule::new(
    "dangling-link",
    Family::Links,
    Severity::Error,
    include_str!("dangling_link.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let doubts = Doubts::of(manual);
    let nearby = Nearby::new(&manual.library, &manual.link_targets);
    let mut look = |document: &Document, at: Span, target: &str, dangling: &Dangling| {
        if doubts.hold(target, dangling) {
            return;
        }
        let Some(finding) = finding(at, target, dangling) else { return };
        // What is waived is shown to nobody.
        let is_shown = !is_waived(manual, &RULE, document);
        let meant = match dangling.why {
            Why::Backslashes => Some(Suggestion { text: dangling.name.clone(), certain: true }),
            _ if is_shown => nearby.meant(&document.path, dangling),
            _ => None,
        };
        found.push(match meant {
            Some(meant) => mended(finding, document, target, &meant),
            None => finding,
        });
    };
    for (document, link, resolved) in super::links(manual) {
        // What asks another generator for a list of sections is told of as such.
        let is_contents = link.wiki && is_contents(&link.target);
        if let (false, Err(dangling)) = (is_contents, resolved) {
            look(document, document.span(&link.target_at), &link.target, dangling);
        }
    }
    for (document, named) in manual.library.documents.iter().zip(&manual.graph.named) {
        for named in named {
            if let Err(dangling) = &named.target {
                look(document, named.at, &named.name, dangling);
            }
        }
    }
}

/// Names that lead nowhere because of a mistake that is told where it was made.
struct Doubts<'a> {
    manual: &'a Manual,
    roles: BTreeSet<String>,
    /// Registers that may have entries which could not be read.
    lacking: Vec<Register>,
}

impl<'a> Doubts<'a> {
    fn of(manual: &'a Manual) -> Self {
        let lacking = Register::ALL.into_iter().filter(|one| manual.library.may_lack(*one));
        Doubts { manual, roles: unknown_role::told(manual), lacking: lacking.collect() }
    }

    fn hold(&self, name: &str, dangling: &Dangling) -> bool {
        let Why::Nothing(what) = dangling.why else { return false };
        let of_role =
            || name.split_once(':').is_some_and(|(_, role)| self.roles.contains(&key(role.trim())));
        match what {
            Sought::Document => {
                self.manual.graph.doubts.holds(name.split('#').next().unwrap_or_default().trim())
            }
            Sought::Entry(Register::Roles) if of_role() => true,
            Sought::Entry(register) => self.lacking.contains(&register),
            Sought::File | Sought::Clause => false,
        }
    }
}

fn finding(at: Span, target: &str, dangling: &Dangling) -> Option<Diagnostic> {
    let (message, help) = match &dangling.why {
        Why::Nothing(Sought::File) => (
            format!("there is no file `{target}`"),
            "write the path from the file in which the link stands",
        ),
        Why::Nothing(what) => {
            // `role:x` says already what is looked for.
            let what = what.word();
            let name = target.strip_prefix(what).and_then(|rest| rest.strip_prefix(':'));
            let name = name.unwrap_or(target).trim();
            let name = name.split('#').next().unwrap_or_default();
            let help = "write an id that exists, or take it out";
            let finding = RULE.at(at, format!("there is no {what} `{name}`")).help(help);
            let odd = look_alike(name).map(|odd| odd.in_words());
            return Some(finding.note(odd.unwrap_or_default()));
        }
        Why::Folder => (
            format!("the folder `{target}` has no `index.md` or `README.md`"),
            "lead to one of its documents, or write one for the folder",
        ),
        Why::Backslashes => (
            format!("`{target}` has `\\` where an address has `/`"),
            "write `/` between the parts of a path",
        ),
        Why::NotADocument => (
            format!("`{target}` is not a document of the manual"),
            "files that begin with `_` are left out: rename it, or take the link out",
        ),
        _ => return None,
    };
    Some(RULE.at(at, message).help(help))
}

/// The finding with what was perhaps meant, and the fix that writes it in the place of the link's
/// target; a fragment stays.
fn mended(
    finding: Diagnostic,
    document: &Document,
    target: &str,
    meant: &Suggestion,
) -> Diagnostic {
    let text = &meant.text;
    let at = finding.at;
    let finding = finding.did_you_mean(Some(text));
    let typed = document.text.get(at.range()).unwrap_or_default();
    let plain = |c: char| c.is_alphanumeric() || "-_./:".contains(c);
    if typed != target || !text.chars().all(plain) {
        return finding;
    }
    let name = target.split('#').next().unwrap_or_default();
    let at = Span::new(at.file, at.range().start..at.range().start + name.len());
    let fix = Fix::offered(format!("write `{text}`"), at, text.clone());
    finding.fix(Fix { safe: meant.certain, ..fix })
}
