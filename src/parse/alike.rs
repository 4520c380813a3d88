//! Values that YAML reads, and otherwise than they were meant: curly quotation marks around them,
//! spaces at their ends that are none, letters in a name that look like others.

use std::ops::Range;

use super::yaml::{Fault, Node, Repair, Value};
use crate::text::{look_alike, look_alikes, plain};

/// Finds such values and reads them as they were meant.
pub(super) fn find(text: &str, node: &mut Node, faults: &mut Vec<Fault>) {
    if text.get(node.at.clone()).is_some_and(str::is_ascii) {
        return;
    }
    match &mut node.value {
        Value::Text(value) if !value.is_ascii() => {
            // In quotes, everything is what it is.
            if text.get(node.at.clone()) == Some(value.as_str())
                && let Some((fault, meant)) = of_value(value, &node.at)
            {
                add(text, fault, faults);
                node.value = Value::Text(meant);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| find(text, item, faults)),
        Value::Map(entries) => {
            for entry in entries {
                find(text, &mut entry.node, faults);
            }
        }
        Value::Text(_) | Value::Null => {}
    }
}

/// Adds a fault, or what mends it to the one of the same kind before it in the line.
fn add(text: &str, fault: Fault, faults: &mut Vec<Fault>) {
    let same = |last: &&mut Fault| {
        let between = text.get(last.at.end..fault.at.start);
        last.message == fault.message && between.is_some_and(|text| !text.contains('\n'))
    };
    match faults.last_mut().filter(same).and_then(|last| last.repair.as_mut()) {
        Some(repair) => {
            repair.edits.extend(fault.repair.into_iter().flat_map(|repair| repair.edits));
            repair.title = String::from("write all of them so");
        }
        None => faults.push(fault),
    }
}

fn of_value(value: &str, at: &Range<usize>) -> Option<(Fault, String)> {
    let quoted = value.starts_with(['“', '”', '„', '«', '‘', '‚'])
        && value.ends_with(['”', '“', '»', '’', '‘'])
        && value.chars().count() > 2;
    if quoted {
        let inside =
            value.trim_matches(|c| matches!(c, '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚'));
        let written = super::quoted::quoted(inside);
        let name = look_alike(value).map(|one| one.named()).unwrap_or_default();
        let message = format!("{name} does not quote a value, a straight one does");
        return Some((fault(at.clone(), message, written), inside.to_owned()));
    }
    let blank = |letter: &str| letter.trim().is_empty();
    let trimmed = value.trim_matches(|c: char| {
        !c.is_ascii() && look_alike(c.encode_utf8(&mut [0; 4])).is_some_and(|one| blank(one.plain))
    });
    if trimmed != value && !trimmed.is_empty() {
        let one = look_alikes(value).find(|one| blank(one.plain))?;
        let place = at.start + one.at.start..at.start + one.at.end;
        let meant = trimmed.trim().to_owned();
        let repair = Repair {
            title: "take it out".into(),
            edits: vec![(place.clone(), String::new())],
            safe: true,
        };
        return Some((Fault { repair: Some(repair), ..Fault::new(place, one.in_words()) }, meant));
    }
    let meant = plain(value);
    if is_name(&meant) && look_alikes(value).all(|one| in_names(one.letter, &meant)) {
        let one = look_alike(value)?;
        let place = at.start + one.at.start..at.start + one.at.end;
        let fault = fault(at.clone(), one.in_words(), meant.clone().into_owned());
        return Some((Fault { at: place, ..fault }, meant.into_owned()));
    }
    None
}

fn fault(at: Range<usize>, message: String, written: String) -> Fault {
    let title = format!("write `{written}`");
    let help = Some(title.clone());
    let repair = Some(Repair { title, edits: vec![(at.clone(), written)], safe: true });
    Fault { help, repair, ..Fault::new(at, message) }
}

/// Whether text is a word such as the id of a document or of a role.
fn is_name(text: &str) -> bool {
    let of_names = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.bytes().all(of_names) && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Whether a character has no business in such a word. An en dash joins words of a text.
fn in_names(letter: char, meant: &str) -> bool {
    let id =
        meant.bytes().any(|b| b.is_ascii_uppercase()) && meant.bytes().any(|b| b.is_ascii_digit());
    id || !matches!(letter, '\u{2012}'..='\u{2015}' | '…' | '’' | '‘')
}
