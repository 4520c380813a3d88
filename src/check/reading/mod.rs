//! Files that cannot be read, and front matter that its schema does not allow.

mod bad_address;
mod bad_date;
mod duplicate_id;
pub(super) mod cut_value;
mod mistyped_id;
mod missing_field;
mod missing_folder;
mod missing_front_matter;
mod not_utf8;
mod outside_manual;
mod taken_name;
mod unknown_field;
mod unknown_rule;
mod unportable_name;
mod unpublished_file;
mod unreadable_file;
mod unreadable_yaml;
mod wrong_type;

use super::Rule;
use crate::diag::{Diagnostic, Fix};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::violation::Violation;
use crate::parse::Trouble;
use crate::source::SETTINGS;
use crate::text::{FileId, Span, look_alike, plain};

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &not_utf8::RULE,
    &unreadable_file::RULE,
    &missing_front_matter::RULE,
    &unreadable_yaml::RULE,
    &missing_field::RULE,
    &unknown_field::RULE,
    &wrong_type::RULE,
    &bad_date::RULE,
    &bad_address::RULE,
    &duplicate_id::RULE,
    &taken_name::RULE,
    &mistyped_id::RULE,
    &cut_value::RULE,
    &unknown_rule::RULE,
    &outside_manual::RULE,
    &missing_folder::RULE,
    &unpublished_file::RULE,
    &unportable_name::RULE,
];

/// Something that a schema does not allow, and where.
struct Breach<'a> {
    /// The document; nothing when it stands in `clausebook.yaml`.
    document: Option<&'a Document>,
    /// The place.
    at: Span,
    /// The text that stands there.
    typed: &'a str,
    /// What is wrong.
    violation: &'a Violation,
}

impl Breach<'_> {
    /// The finding with the fix that writes what was meant.
    fn meant(&self, finding: Diagnostic) -> Diagnostic {
        let Some(meant) = &self.violation.meant else { return finding };
        let title = format!("write `{}`", meant.text);
        let fix = Fix { safe: meant.safe, ..Fix::safe(title, self.at, self.quoted(&meant.text)) };
        finding.fix(fix)
    }

    /// Text for the place of the value: in quotes where it stood in quotes of some kind.
    fn quoted(&self, text: &str) -> String {
        match plain(self.typed).chars().next().filter(|mark| matches!(mark, '"' | '\'')) {
            Some(mark) => format!("{mark}{text}{mark}"),
            None => text.to_owned(),
        }
    }
}

/// The finding with the name of a character that is not what it looks like.
fn named(finding: Diagnostic, typed: &str) -> Diagnostic {
    match look_alike(typed) {
        Some(one) => finding.note(one.in_words()),
        None => finding,
    }
}

/// All that the schemas do not allow, in the documents and in `clausebook.yaml`.
fn breaches(manual: &Manual) -> impl Iterator<Item = Breach<'_>> {
    let of_settings = settings_file(manual).into_iter().flat_map(|(file, text)| {
        let violations = &manual.settings.checked.violations;
        violations.iter().map(move |violation| breach(None, file, text, violation))
    });
    let of_documents = manual.library.documents.iter().flat_map(|document| {
        let violations = document.violations.iter();
        violations.map(|one| breach(Some(document), document.file, &document.text, one))
    });
    of_settings.chain(of_documents)
}

fn breach<'a>(
    document: Option<&'a Document>,
    file: FileId,
    text: &'a str,
    violation: &'a Violation,
) -> Breach<'a> {
    let typed = text.get(violation.at.clone()).unwrap_or_default();
    Breach { document, at: Span::new(file, violation.at.clone()), typed, violation }
}

/// What is wrong with how files are written, in all files that have something wrong.
fn troubles(manual: &Manual) -> impl Iterator<Item = (FileId, &str, &Trouble)> {
    let of_settings = settings_file(manual).into_iter().flat_map(|(file, text)| {
        manual.settings.troubles.iter().map(move |trouble| (file, text, trouble))
    });
    let of_documents = manual.library.documents.iter().flat_map(|document| {
        document.troubles.iter().map(|trouble| (document.file, &*document.text, trouble))
    });
    let unread = manual.library.unread.iter();
    let unread = unread.map(|one| (one.file, &*manual.sources.file(one.file).text, &one.trouble));
    of_settings.chain(of_documents).chain(unread)
}

/// `clausebook.yaml`, where there is one: its number and its text.
fn settings_file(manual: &Manual) -> Option<(FileId, &str)> {
    manual.sources.at_path(SETTINGS).map(|file| (file.id, &*file.text))
}

/// The name of a field, without the numbers of list entries: `revisions.version`.
fn field(path: &str) -> String {
    let names: Vec<&str> = path.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
    names.join(".")
}
