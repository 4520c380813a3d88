//! Who may read a document, as its front matter says it. What cannot be read as a classification
//! counts as the highest: a slip must not show a document to more people than its author meant.
//!
//! The value is read by itself and not with the other fields: no waiver, no level of a rule and no
//! guess at what was meant makes it lower.

use super::value::Classification;
use super::violation::{Meant, Violation, Wrong};
use crate::parse::Trouble;
use crate::parse::recover::Doubt;
use crate::parse::yaml::{Node, Value};
use crate::text::{key, near};

/// The name of the field.
const FIELD: &str = "classification";

/// The classification of a document by its front matter, in which variables are filled in; `written`
/// is its text.
pub(super) fn level(
    front: &Node,
    written: &str,
    violations: &[Violation],
    (troubles, doubt): (&[Trouble], &Doubt),
) -> Classification {
    let is_in_doubt = doubt.keys.contains(FIELD)
        || violations.iter().any(|one| may_be(one, front))
        || written.lines().filter(|line| is_written_in(line)).count() > 1;
    match front.entry(FIELD) {
        _ if is_in_doubt => Classification::Restricted,
        // What is wrong with the text around it may have swallowed it.
        None if doubt.lost || !troubles.is_empty() => Classification::Restricted,
        None => Classification::default(),
        Some(entry) => entry.node.text().and_then(word).unwrap_or(Classification::Restricted),
    }
}

/// The level that a text names, letter case aside.
fn word(text: &str) -> Option<Classification> {
    let text = key(text.trim());
    Classification::ALL.into_iter().find(|level| level.word() == text)
}

/// Whether a line begins with the name of the field. Of two, YAML keeps one.
fn is_written_in(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '"', '\'']);
    line.get(..FIELD.len()).is_some_and(|start| start.eq_ignore_ascii_case(FIELD))
}

/// Whether an unknown field may have been meant as the classification: by its name, or since it holds
/// the word of a level.
fn may_be(violation: &Violation, front: &Node) -> bool {
    let Wrong::Unknown { key: typed, .. } = &violation.what else { return false };
    let is_meant = |meant: &Meant| meant.text == FIELD;
    violation.meant.as_ref().is_some_and(is_meant)
        || near(&key(typed), [FIELD]).is_some()
        || holds_level(front, typed)
}

/// Whether a field of this name, wherever it stands, holds the word of a level.
fn holds_level(node: &Node, name: &str) -> bool {
    match &node.value {
        Value::Map(entries) => entries.iter().any(|entry| {
            let is_level = || entry.node.text().is_some_and(|text| word(text).is_some());
            (*entry.key == *name && is_level()) || holds_level(&entry.node, name)
        }),
        Value::List(items) => items.iter().any(|item| holds_level(item, name)),
        Value::Text(_) | Value::Null => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Document;
    use crate::model::settings::Settings;
    use crate::model::variables::Variables;
    use crate::parse::parse;
    use crate::source::Sources;

    fn level(lines: &str) -> Classification {
        let text =
            format!("---\nid: POL-01\ntitle: Policy\nkind: policy\n{lines}\n---\n\n# Policy\n");
        let sources = Sources::from_memory([("policies/a.md", text.as_bytes())]);
        let blank = Node { at: 0..0, value: Value::Map(Vec::new()) };
        let variables = Variables::new(blank, &Settings::default());
        let file = &sources.files[0];
        Document::new(file, parse(file), &variables).classification()
    }

    #[test]
    fn what_can_be_read_is_what_it_says() {
        use Classification::{Confidential, Internal, Public, Restricted};
        for (lines, expected) in [
            ("classification: public", Public),
            ("classification: \"internal\"", Internal),
            ("classification: confidential # was public", Confidential),
            ("classification : restricted", Restricted),
            ("classification: Public", Public),
            ("status: draft", Internal),
            ("# classification: restricted", Internal),
            ("nonsense: 1\nclassification: public", Public),
        ] {
            assert_eq!(level(lines), expected, "{lines}");
        }
    }

    #[test]
    fn what_cannot_be_read_counts_as_restricted() {
        for lines in [
            "classification:",
            "classification: ~",
            "classification: pubic",
            "classification: öffentlich",
            "classification: [public, internal]",
            "classification: {level: public}",
            "classification: \"public",
            "classification: \"{{ level }}\"",
            "classification: \"{{ decide: how secret }}\"",
            "classification: public\nclassification: internal",
            "Classification: public",
            "clasification: public",
            "klassifizierung: intern",
            "classification:public",
            "related: [",
            "owner: \"nobody",
            "tone: public\nclassification: \"{{ tone }}\"",
            " classification: public",
            "confidentiality: restricted",
            "security: internal",
            "review: {every: 12 months, level: confidential}",
            "waivers: [{rule: wrong-type, until: 2027-01-01, reason: later}]\nclassification: open",
        ] {
            assert_eq!(level(lines), Classification::Restricted, "{lines}");
        }
    }
}
