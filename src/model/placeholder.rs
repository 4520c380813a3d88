//! Placeholder text: what a template or a hurried author left to be filled in.
//!
//! Coverage asks whether a document holds any, and a rule points at each.
//!
//! Longer than most: the words and phrases of several languages are listed here.

use std::ops::Range;

use crate::parse::html::{self, Piece};
use crate::parse::markdown::{Body, Mark};
use crate::parse::yaml::{Node, Value};
use crate::text::floor_char;

/// What the words in brackets begin with that ask for something to be filled in.
const ASKS: [&str; 14] = [
    "insert",
    "your",
    "company",
    "organization name",
    "organisation name",
    "name of",
    "fill in",
    "enter",
    "specify",
    "tbd",
    "tbc",
    "tba",
    "todo",
    "placeholder",
];

/// Words that stand in brackets for what they name: `[Organisation]`, `[Date]`, `[email address]`.
/// Each word in the brackets has to be one of them, or one of [`BETWEEN`].
const NAMES: [&str; 44] = [
    "organisation",
    "organization",
    "name",
    "names",
    "date",
    "role",
    "title",
    "department",
    "address",
    "email",
    "e-mail",
    "mail",
    "phone",
    "telephone",
    "number",
    "version",
    "author",
    "owner",
    "approver",
    "signature",
    "city",
    "country",
    "client",
    "job",
    "position",
    "document",
    "yyyy",
    "mm",
    "dd",
    "yyyy-mm-dd",
    "dd.mm.yyyy",
    "text",
    "organisationsname",
    "firma",
    "firmenname",
    "datum",
    "rolle",
    "nom",
    "société",
    "entreprise",
    "nombre",
    "empresa",
    "fecha",
    "nome",
];

/// Words that may stand beside those.
const BETWEEN: [&str; 14] =
    ["of", "the", "a", "an", "or", "and", "here", "der", "des", "du", "de", "la", "del", "full"];

/// Phrases that say, where they are all that a sentence, an item or a cell says, that nothing is
/// said yet. In the middle of a sentence they may mean something: `has to be defined by`.
const LATER: [&str; 60] = [
    "to be defined",
    "to be determined",
    "to be decided",
    "to be confirmed",
    "to be announced",
    "to be added",
    "to be completed",
    "to be written",
    "to be done",
    "to be agreed",
    "to be specified",
    "to be provided",
    "to be supplied",
    "to be filled in",
    "to be advised",
    "to be described",
    "to do",
    "not yet defined",
    "not defined yet",
    "coming soon",
    "insert here",
    "insert text here",
    "insert text",
    "insert name here",
    "add text here",
    "your text here",
    "text here",
    "fill in here",
    "enter text here",
    "enter text",
    "work in progress",
    "under construction",
    "t.b.d",
    "t.b.c",
    "t.b.a",
    // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech.
    "zu definieren",
    "noch zu definieren",
    "noch zu klären",
    "noch festzulegen",
    "noch offen",
    "wird noch ergänzt",
    "wird ergänzt",
    "à définir",
    "à compléter",
    "à déterminer",
    "à préciser",
    "a definir",
    "por definir",
    "por determinar",
    "a preencher",
    "da definire",
    "da completare",
    "nader te bepalen",
    "nog te bepalen",
    "n.t.b",
    "do ustalenia",
    "do uzupełnienia",
    "bude doplněno",
    // Chinese and Japanese.
    "待定",
    "未定",
];

/// Words beside a line on which somebody signs by hand.
const BY_HAND: [&str; 16] = [
    "sign",
    "signed",
    "signature",
    "signatures",
    "initials",
    "initial",
    "name",
    "date",
    "unterschrift",
    "datum",
    "firma",
    "nom",
    "fecha",
    "data",
    "handtekening",
    "podpis",
];

/// The longest text in brackets that is taken for a placeholder.
const LONGEST: usize = 200;

/// No phrase of [`LATER`] is longer.
const LONGEST_PHRASE: usize = 40;

/// Placeholder text in the front matter, the prose and the raw HTML of a document, as byte ranges
/// of its file. The text of an open decision is none.
pub(super) fn find(text: &str, front: &Node, body: &Body, decisions: &[Mark]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    in_values(text, front, &mut places);
    // Part of an id is judged as an id: `POL-XXX-01`.
    if let Some(id) = front.get("id") {
        let is_part = |at: &Range<usize>| id.at.start < at.start && at.end <= id.at.end;
        places.retain(|at| !is_part(at));
    }
    for run in &body.prose {
        in_text(text, run.range(), &mut places);
        later(text, run.range(), &mut places);
    }
    places.sort_by_key(|at| (at.start, std::cmp::Reverse(at.end)));
    places.dedup_by(|next, one| next.start < one.end);
    for piece in html::of_body(text, &body.html) {
        match piece {
            Piece::Open(tag) if is_blank_tag(&text[tag.at.clone()]) => places.push(tag.at),
            Piece::Open(_) | Piece::Dropped(_) => {}
            Piece::Text(at) => in_text(text, at, &mut places),
        }
    }
    let decided = |at: &Range<usize>| {
        decisions.iter().any(|mark| mark.at.start <= at.start && at.end <= mark.at.end)
    };
    places.retain(|at| !decided(at));
    places
}

/// Whether the text right behind a bracket asks for something to be filled in. `<insert name>`
/// is a tag to a browser.
fn asks(inside: &str) -> bool {
    ASKS.iter().any(|ask| {
        let begins = inside.get(..ask.len()).is_some_and(|start| start.eq_ignore_ascii_case(ask));
        let next = inside.as_bytes().get(ask.len()).copied();
        // `[Enter]` and `<Insert>` are keys.
        let alone = next.is_none_or(|byte| matches!(byte, b']' | b'>'));
        let is_key = *ask == "enter" || *ask == "insert" && inside.starts_with('I');
        begins && !next.is_some_and(in_word) && !(alone && is_key)
    })
}

/// Whether a tag is none of HTML's but a blank to be filled in: `<insert name>`, `<organisation>`.
/// `<address>` and `<title>` are HTML's.
fn is_blank_tag(tag: &str) -> bool {
    let inside = tag.trim_start_matches('<').trim_end_matches('>');
    let is_html = ["address", "title", "a", "data", "time"].iter().any(|name| {
        inside.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(name))
    });
    asks(inside) || !is_html && is_name(inside)
}

/// Whether words in brackets only name what belongs there.
fn is_name(inside: &str) -> bool {
    let mut named = false;
    let apart = |letter: char| letter.is_whitespace() || letter == '/' || letter == ',';
    for word in inside.split(apart).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if NAMES.contains(&word.as_str()) {
            named = true;
        } else if !BETWEEN.contains(&word.as_str()) {
            return false;
        }
    }
    named
}

/// Sentences, items and cells of a run that only say that something is still to come.
fn later(text: &str, run: Range<usize>, places: &mut Vec<Range<usize>>) {
    let Some(words) = text.get(run.clone()) else { return };
    let mut start = run.start;
    // A sentence ends at its stop, and a label at its colon.
    let ends =
        |letter: char| matches!(letter, '.' | '!' | '?' | ';' | ':' | '(' | ')' | '。' | '–' | '—');
    let mut stops = words.char_indices().filter(|(at, letter)| {
        let next = words[at + letter.len_utf8()..].chars().next();
        ends(*letter)
            && next.is_none_or(|next| next.is_whitespace() || !letter.is_ascii() || ends(next))
    });
    loop {
        let stop = stops.next();
        let end = stop.map_or(run.end, |(at, _)| run.start + at);
        if let Some(at) = trimmed(text, start..end)
            && is_later(&text[at.clone()])
            && (start > run.start || begins(text, run.start))
        {
            places.push(at);
        }
        let Some((at, letter)) = stop else { return };
        start = run.start + at + letter.len_utf8();
    }
}

/// Whether a text is one of the phrases that say that something is still to come.
fn is_later(text: &str) -> bool {
    let small = || text.chars().flat_map(char::to_lowercase);
    // Most texts begin with a letter that few of the phrases begin with.
    let Some(first) = small().next() else { return false };
    LATER.iter().any(|phrase| phrase.starts_with(first) && small().eq(phrase.chars()))
}

/// Text without white space and marks of emphasis around it; nothing where that is long.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let odd = |letter: char| {
        letter.is_whitespace() || matches!(letter, '*' | '_' | '"' | '“' | '”' | '…')
    };
    let inner = text.get(range.clone())?;
    let start = range.start + (inner.len() - inner.trim_start_matches(odd).len());
    let end = range.end - (inner.len() - inner.trim_end_matches(odd).len());
    (start < end && end - start <= LONGEST_PHRASE).then_some(start..end)
}

/// Whether a run begins a paragraph, an item or a cell, and does not go on after a link or code.
fn begins(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '*', '_']);
    before.ends_with(['\n', '|', '-', '+', ':', '.', '>', ']', ')']) || before.is_empty()
}

/// Placeholders in the values of the front matter.
fn in_values(text: &str, node: &Node, places: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Text(_) => in_text(text, node.at.clone(), places),
        Value::List(items) => {
            for item in items {
                in_values(text, item, places);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                in_values(text, &entry.node, places);
            }
        }
        Value::Null => {}
    }
}

/// Placeholders in a run of text, in one pass.
fn in_text(text: &str, range: Range<usize>, places: &mut Vec<Range<usize>>) {
    let Some(run) = text.get(range.clone()) else { return };
    let mut from = range.start;
    for (at, sign) in signs(run, range.start) {
        if at < from {
            continue;
        }
        let rest = &text[at..range.end];
        let length = match sign {
            b'[' => bracketed(rest, ']'),
            b'<' => bracketed(rest, '>'),
            b'_' => blank_line(text, at..range.end),
            b'?' => Some(rest.bytes().take_while(|byte| *byte == b'?').count()).filter(|n| *n > 2),
            _ => word(rest),
        };
        if let Some(length) = length {
            places.push(at..at + length);
            from = at + length;
        }
    }
}

/// Where a placeholder may begin: at a bracket, a question mark, or a word.
fn signs(run: &str, offset: usize) -> impl Iterator<Item = (usize, u8)> {
    let bytes = run.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let starts = match byte {
            b'[' | b'<' => true,
            b'?' => before != Some(b'?'),
            b'_' => before != Some(b'_') && bytes[at..].starts_with(b"____"),
            b'T' | b't' | b'X' | b'x' | b'F' | b'f' | b'L' | b'l' | b'D' | b'd' => {
                !before.is_some_and(in_word)
            }
            _ => false,
        };
        starts.then_some((offset + at, *byte))
    })
}

/// The length of a line to write on: `________`. Where a form asks for a signature by hand, the line
/// belongs there.
fn blank_line(text: &str, at: Range<usize>) -> Option<usize> {
    let from = floor_char(text, at.start.saturating_sub(LONGEST));
    let (before, rest) = (&text[from..at.start], &text[at]);
    let length = rest.bytes().take_while(|byte| *byte == b'_').count();
    let is_letter = |byte: Option<&u8>| byte.copied().is_some_and(in_word);
    let in_name = is_letter(before.as_bytes().last()) && is_letter(rest.as_bytes().get(length));
    let (opened, line) = before.rsplit_once('\n').map_or((false, before), |two| (true, two.1));
    let label = line.trim_end_matches([' ', '\t', ':', '|', '*', '\\']);
    let label = label.rsplit(['_', '|', '.', ';']).next().unwrap_or_default();
    let alone = opened && line.trim_matches([' ', '\t', '>', '-', '*']).is_empty();
    let below = || rest[length..].lines().nth(1).unwrap_or_default();
    let by_hand = signs_by_hand(label) || alone && signs_by_hand(below());
    (!in_name && !by_hand).then_some(length)
}

/// Whether the label of a line asks for a signature, a name or a date by hand.
fn signs_by_hand(label: &str) -> bool {
    let mut words = label.split(|letter: char| !letter.is_alphabetic());
    label.len() <= LONGEST_PHRASE
        && words.any(|word| BY_HAND.iter().any(|hand| word.eq_ignore_ascii_case(hand)))
}

/// The length of `[insert …]` and of `[Organisation]`; what is a link has its own brackets.
fn bracketed(rest: &str, close: char) -> Option<usize> {
    let asks = asks(&rest[1..]);
    let within = rest.len().min(if asks { LONGEST } else { LONGEST_PHRASE });
    let end = rest.as_bytes()[..within].iter().position(|byte| *byte == close as u8)?;
    let is_link = close == ']' && is_target(&rest[end + 1..]);
    let names = || !is_link && is_name(&rest[1..end]);
    (asks || names()).then_some(end + 1)
}

/// Whether a text that follows brackets makes a link of them, be it one with a blank too many.
fn is_target(after: &str) -> bool {
    let half_written = || {
        let target = after.trim_start_matches(' ').strip_prefix('(')?;
        let target = &target[..target.find([')', ' ', '\n'])?];
        target.contains(['/', '.', '#']).then_some(())
    };
    after.starts_with(['(', '[']) || half_written().is_some()
}

/// The length of a word that is a placeholder by itself. `todo` in small letters is a word of
/// other languages.
fn word(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| in_word(*byte)).count();
    let word = &rest[..length];
    let is = |placeholder: &str| word.eq_ignore_ascii_case(placeholder);
    let after = &rest[length..];
    let is_list = || ["list", "item", "comment"].iter().any(|noun| after[1..].starts_with(noun));
    if word == "TODO" && after.starts_with([' ', '-']) && is_list() {
        return None;
    }
    if word == "TODO" || ["TBD", "TBC", "TBA", "FIXME"].into_iter().any(is) {
        return Some(length);
    }
    // `XXX-large` is a size.
    let is_size = after.strip_prefix('-').is_some_and(|one| one.starts_with(char::is_lowercase));
    if length >= 3 && !is_size && word.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'X')) {
        return Some(length);
    }
    let second = rest[length..].trim_start();
    let follows = |next: &str| {
        let begins = second.get(..next.len()).is_some_and(|word| word.eq_ignore_ascii_case(next));
        begins.then(|| rest.len() - second.len() + next.len())
    };
    if is("lorem") {
        return follows("ipsum");
    }
    if is("dolor") { follows("sit amet") } else { None }
}

/// Whether a byte belongs to a word; every byte of a letter that is not ASCII does.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut places = Vec::new();
        in_text(text, 0..text.len(), &mut places);
        places.into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn placeholders_are_words_and_brackets() {
        let text = "TODO: ask. Tbd, XXX or XXXX; Lorem  ipsum ??? [insert the name] [Your name]";
        assert_eq!(
            found(text),
            [
                "TODO",
                "Tbd",
                "XXX",
                "XXXX",
                "Lorem  ipsum",
                "???",
                "[insert the name]",
                "[Your name]"
            ]
        );
        assert_eq!(
            found("<insert the company's name> ü[company]"),
            ["<insert the company's name>", "[company]"]
        );
    }

    #[test]
    fn other_words_are_left_alone() {
        let text =
            "todo el mundo, TODOs? really?? MTODO XX, XXL, [inserted] [1] [x] <br> lorem [your";
        assert_eq!(found(text), [""; 0]);
        let text =
            "[Service desk] [optional] [Name](a.md) [Date][1] [date of birth] __init__ dolor a_b";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn keys_sizes_and_lines_to_sign_on_are_left_alone() {
        for text in [
            "Press [Enter] or <Enter>, then [Insert].",
            "XXX-large, TODO lists and foo_____bar",
            "Signature: ____________",
            "**Sign here:** ______",
            "| Date | ______ |",
            "Name: ______ Date: ______",
            "Agreed:\n__________\nSignature of the owner",
            "[text] (../x.md), [Name](a.md)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        for text in ["Answers: ______", "[enter your name]", "[insert]", "TODO write", "[Name] (x)"]
        {
            assert_eq!(found(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn names_in_brackets_and_lines_to_write_on_are_placeholders() {
        let text =
            "[Organisation] appoints [Name of the owner] from [YYYY-MM-DD]: ____________, tba, xxx";
        assert_eq!(
            found(text),
            ["[Organisation]", "[Name of the owner]", "[YYYY-MM-DD]", "____________", "tba", "xxx"]
        );
        assert_eq!(found("[Email address] and [Company] x, [job title/role]").len(), 3);
    }

    fn phrases(text: &str) -> Vec<&str> {
        let mut places = Vec::new();
        later(text, 0..text.len(), &mut places);
        places.into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn phrases_are_placeholders_where_they_say_all() {
        for text in [
            "To be defined.",
            "TO BE DETERMINED",
            "Insert text here",
            "Owner: to be confirmed",
            "It is so. To be added!",
            "Noch zu klären.",
            "À définir",
            "待定。",
            "T.b.d.",
        ] {
            assert_eq!(phrases(text).len(), 1, "{text}");
        }
        for text in [
            "The date has to be defined by the owner.",
            "Changes to be approved",
            "To be defined by A.",
            "What is to do",
            "The plan says what is to be done.",
        ] {
            assert_eq!(phrases(text), [""; 0], "{text}");
        }
        let text = "a\n\nA `x` to be defined.";
        let run = text.find(" to be").unwrap()..text.len();
        let mut places = Vec::new();
        later(text, run, &mut places);
        assert!(places.is_empty());
    }
}
