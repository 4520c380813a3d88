//! What an author most likely did where YAML cannot be read: one line after another is held against
//! the slips that people make, and what mends the text is believed.
//!
//! Longer than most: one list of slips, each with its words.

use std::ops::Range;

use super::flow;
use super::guess::{Guess, Line, guess};
use super::quoted::quoted;
use super::yaml::{self, Fault, Repair, Stop};
use crate::text::{look_alike, look_alikes};

/// So many lines before the one at which a reader stumbles are looked at.
const BEFORE: usize = 60;
/// Most ways to mend a piece that are tried.
const TRIES: usize = 24;

/// The slip that keeps a text from being read, and whether it was understood. What was not is
/// taken out of the text by its repair.
pub(super) fn find(text: &str, stop: &Fault) -> (Fault, bool) {
    let lines = lines(text);
    let stumbled = lines.partition_point(|line| line.all.start <= stop.at.start).max(1) - 1;
    let first = stumbled.saturating_sub(BEFORE);
    let mut guesses = Vec::new();
    for number in first..lines.len().min(stumbled + 2) {
        of_line(text, &lines, number, &mut guesses);
    }
    for number in (first..lines.len().min(stumbled + 2)).rev() {
        column(text, &lines, number, &mut guesses);
    }
    let left = |text: &str| match yaml::parse(text, 0..text.len()) {
        Ok((node, _)) if matches!(node.value, yaml::Value::Map(_) | yaml::Value::Null) => 0,
        Err(Stop::Syntax(stop)) => (text.len() - stop.at.start.min(text.len())).max(1),
        Ok(_) | Err(Stop::Bound(_)) => usize::MAX,
    };
    let now = text.len() - stop.at.start.min(text.len());
    let mut further = None;
    for (number, one) in guesses.iter().take(TRIES).enumerate() {
        match left(&mended(text, one)) {
            0 => return (guesses.swap_remove(number).fault, true),
            rest if rest < now && further.is_none() => further = Some(number),
            _ => {}
        }
    }
    let certain = guesses.iter().position(|one| one.certain);
    match certain.or(further) {
        Some(number) => (guesses.swap_remove(number).fault, true),
        None => (unclear(text, stop), false),
    }
}

/// The text after a guess is mended.
fn mended(text: &str, guess: &Guess) -> String {
    let mut out = text.to_owned();
    let mut edits: Vec<_> = guess.fault.repair.iter().flat_map(|repair| &repair.edits).collect();
    edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
    for (at, new) in edits {
        out.replace_range(at.clone(), new);
    }
    out
}

/// A line that cannot be read for no reason that is known: it is left out, with what belongs to it.
pub(super) fn unclear(text: &str, stop: &Fault) -> Fault {
    let lines = lines(text);
    let number = lines.partition_point(|line| line.all.start <= stop.at.start).max(1) - 1;
    // At the end of a text, what was begun last is what is wrong.
    let blank = |line: &Line| line.content >= line.all.end;
    let number = (0..=number).rev().find(|at| lines.get(*at).is_some_and(|one| !blank(one)));
    let Some(number) = number else {
        return Fault::new(stop.at.clone(), "nothing can be read here");
    };
    let line = &lines[number];
    let belongs = |one: &&Line| blank(one) || one.indent.len() > line.indent.len();
    let end = lines[number + 1..]
        .iter()
        .take_while(belongs)
        .last()
        .map_or(line.all.end, |one| one.all.end);
    let shown = line.content.min(line.all.end)..line.all.end;
    let typed: String = text[shown.clone()].chars().take(40).collect();
    let repair = Repair {
        title: "leave it out".to_owned(),
        edits: vec![(line.all.start..end, String::new())],
        safe: false,
    };
    Fault {
        help: Some(
            "a field is written `name: value`; an entry of a list begins with `- `; text with \
             `: ` or ` #` in it needs quotes"
                .to_owned(),
        ),
        repair: Some(repair),
        ..Fault::new(shown, format!("`{typed}` cannot be read"))
    }
}

/// The lines of a piece.
fn lines(text: &str) -> Vec<Line> {
    super::front_matter::lines(text, 0..text.len()).map(|line| taken_apart(text, line)).collect()
}

fn taken_apart(text: &str, line: Range<usize>) -> Line {
    let end = line.start + text[line.clone()].trim_end_matches(['\n', '\r', ' ', '\t']).len();
    let rest = |at: usize| &text[at.min(end)..end];
    let space = |c: char| {
        c.is_whitespace()
            || (!c.is_ascii()
                && look_alike(c.encode_utf8(&mut [0; 4]))
                    .is_some_and(|one| one.plain.trim().is_empty()))
    };
    let indent = line.start..end - rest(line.start).trim_start_matches(space).len();
    let mut content = indent.end;
    while rest(content).starts_with("- ") || rest(content) == "-" {
        content = end - rest(content + 1).trim_start_matches(' ').len();
    }
    let body = rest(content);
    let stops = body.find(['{', '}', '[', ']', '"', '\'', ',', '#']);
    let colon = body[..stops.unwrap_or(body.len())].match_indices(':').map(|(at, _)| at);
    let colon = colon
        .into_iter()
        .find(|at| body[at + 1..].is_empty() || body[at + 1..].starts_with([' ', '\t']));
    let key = colon.map(|at| content..content + at).filter(|key| !key.is_empty());
    let from = key.as_ref().map_or(content, |key| key.end + 1);
    let value = end - rest(from).trim_start().len();
    let value = value..value + without_comment(&text[value.max(from)..end]).len();
    Line { all: line.start..end, indent, content, key, value }
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let mut quote = None;
    for (at, byte) in value.bytes().enumerate() {
        let before = at.checked_sub(1).map_or(b' ', |before| value.as_bytes()[before]);
        match (quote, byte) {
            (None, b'"' | b'\'') if matches!(before, b' ' | b'[' | b'{' | b',' | b':') => {
                quote = Some(byte);
            }
            (Some(open), _) if open == byte && before != b'\\' => quote = None,
            (None, b'#') if before == b' ' => return value[..at].trim_end(),
            _ => {}
        }
    }
    // A quotation mark that is never closed hides no comment.
    match quote {
        Some(_) => value.find(" #").map_or(value, |at| value[..at].trim_end()),
        None => value,
    }
}

/// All slips that a line may hold.
fn of_line(text: &str, lines: &[Line], number: usize, found: &mut Vec<Guess>) {
    let line = &lines[number];
    if line.content >= line.all.end || text[line.content..].starts_with('#') {
        return;
    }
    indentation(text, lines, number, found);
    dash(text, lines, number, found);
    let flow = text[line.value.clone()].starts_with(['[', '{'])
        && !text[line.value.clone()].starts_with("{{");
    if flow {
        flow::slips(text, lines, number, found);
    } else {
        colon(text, line, number, found);
        value(text, line, found);
    }
}

/// Spaces at the start of a line that are none.
fn indentation(text: &str, lines: &[Line], number: usize, found: &mut Vec<Guess>) {
    let line = &lines[number];
    let typed = &text[line.indent.clone()];
    let width = width(text, lines, number);
    if let Some(tab) = typed.find('\t') {
        let at = line.indent.start + tab;
        let message =
            "a tab stands where spaces are meant: YAML allows none at the start of a line";
        let edits = vec![(line.indent.clone(), " ".repeat(width))];
        found.push(
            guess(at..at + 1, message, "put spaces there", edits)
                .certain()
                .help("indent with spaces"),
        );
    } else if let Some(one) = look_alike(typed) {
        let at = line.indent.start + one.at.start..line.indent.start + one.at.end;
        let edits = vec![(line.indent.clone(), " ".repeat(width))];
        found.push(
            guess(at, one.in_words(), "put spaces there", edits)
                .certain()
                .help("indent with spaces"),
        );
    }
}

/// By how much a line should be indented, after the line above it.
fn width(text: &str, lines: &[Line], number: usize) -> usize {
    let is_dash = |one: &Line| text[one.indent.end..one.all.end].starts_with('-');
    let blank = |one: &&Line| one.content >= one.all.end;
    let spaces = |one: &Line| text[one.indent.clone()].bytes().all(|byte| byte == b' ');
    let above = lines[..number].iter().rev().filter(|one| !blank(one));
    let is_comment = |one: &Line| text[one.indent.end..one.all.end].starts_with('#');
    let mut above = above.filter(|one| spaces(one) && !is_comment(one));
    let Some(last) = above.next() else { return 0 };
    let line = &lines[number];
    let whole = text[last.value.clone()].starts_with(['{', '[']);
    match (is_dash(last), is_dash(line)) {
        (true, true) => last.indent.len(),
        (true, false) if whole || last.key.is_none() => 0,
        (true, false) => last.content - last.all.start,
        (false, _) if last.value.is_empty() => last.indent.len() + 2,
        (false, _) => last.indent.len(),
    }
}

/// A line that begins in another column than what it belongs to.
fn column(text: &str, lines: &[Line], number: usize, found: &mut Vec<Guess>) {
    let line = &lines[number];
    let typed = &text[line.indent.clone()];
    if number == 0 || line.content >= line.all.end {
        return;
    }
    let named = match &line.key {
        Some(key) => format!("`{}`", &text[key.clone()]),
        None => "this line".to_owned(),
    };
    let shown = if typed.is_empty() { line.content..line.all.end } else { line.indent.clone() };
    if !typed.is_empty() && line.key.is_some() && !lines[0].value.is_empty() {
        let message = format!("{named} is indented, so it is read as part of the field above");
        let edits = vec![(line.indent.clone(), String::new())];
        let one = guess(shown.clone(), message, "take the spaces out", edits);
        found.push(one.help("a field begins in the first column"));
    }
    let above = lines[..number].iter().rev().filter(|one| one.content < one.all.end);
    let below = lines[number + 1..].iter().filter(|one| one.content < one.all.end).take(1);
    let is_item = |one: &Line| one.content > one.indent.end;
    // A field below `- name: value` most likely belongs to that entry.
    let of_entry = |one: &Line| {
        !typed.is_empty()
            && line.key.is_some()
            && !is_item(line)
            && one.key.is_some()
            && is_item(one)
    };
    let mut widths: Vec<usize> = above
        .flat_map(|one| {
            let (indent, content) = (one.indent.len(), one.content - one.all.start);
            if of_entry(one) { [content, indent] } else { [indent, content] }
        })
        .take(6)
        .chain(below.map(|one| one.indent.len()))
        .collect();
    widths.dedup();
    for width in widths.into_iter().filter(|width| *width != typed.len()) {
        let by = typed.chars().count();
        let message = format!("{named} is indented by {by}, what it belongs to by {width}");
        let edits = vec![(line.indent.clone(), " ".repeat(width))];
        let one = guess(shown.clone(), message, format!("indent it by {width}"), edits);
        found.push(one.help("what belongs together begins in one column"));
    }
}

/// Dashes of list entries.
fn dash(text: &str, lines: &[Line], number: usize, found: &mut Vec<Guess>) {
    let line = &lines[number];
    let at = line.indent.end;
    let rest = &text[at..line.all.end];
    let listed = |one: &Line| text[one.indent.end..].starts_with("- ");
    let in_list =
        number > 0 && lines.iter().enumerate().any(|(other, one)| other != number && listed(one));
    let after_key = number > 0 && lines[number - 1].value.is_empty();
    if let Some(behind) = rest.strip_prefix('-')
        && !behind.starts_with([' ', '-'])
        && !behind.is_empty()
        && (in_list || after_key || behind.starts_with(['{', '[', '"']))
    {
        let edits = vec![(at + 1..at + 1, " ".to_owned())];
        let one = guess(at..at + 1, "a space is missing after `-`", "put a space there", edits);
        found.push(one.certain().help("an entry of a list begins with `- `"));
    }
    if !(in_list || after_key) {
        return;
    }
    let Some(first) = rest.chars().next() else { return };
    let end = at + first.len_utf8();
    let behind = &text[end..line.all.end];
    let gap = end + (behind.len() - behind.trim_start().len());
    let alike = look_alike(&text[at..end]).filter(|one| one.plain == "-");
    if alike.is_some() || matches!(first, '*' | '•' | '·' | '+' | '◦' | '‣') {
        let message = match alike {
            Some(one) => one.in_words(),
            None => format!("`{first}` stands where `-` is meant"),
        };
        let edits = vec![(at..gap, "- ".to_owned())];
        found.push(
            guess(at..end, message, "write `- `", edits)
                .help("an entry of a list begins with `- `"),
        );
    } else if in_list && first != '-' && line.key.is_none() {
        let width = lines.iter().find(|one| listed(one)).map_or(2, |one| one.indent.len());
        let edits = vec![(line.indent.clone(), format!("{}- ", " ".repeat(width)))];
        let one = guess(at..end, "`- ` is missing before this entry", "put `- ` there", edits);
        found.push(one.help("an entry of a list begins with `- `"));
    }
}

/// Colons behind names.
fn colon(text: &str, line: &Line, number: usize, found: &mut Vec<Guess>) {
    let body = &text[line.content..line.all.end];
    let word = |c: char| {
        c.is_alphanumeric() && look_alike(c.encode_utf8(&mut [0; 4])).is_none()
            || matches!(c, '_' | '-')
    };
    let name = &body[..body.find(|c| !word(c)).unwrap_or(body.len())];
    let at = line.content + name.len();
    let rest = &text[at..line.all.end];
    if name.is_empty() {
        return;
    }
    let named = line.content..at;
    if rest.starts_with(':')
        && line.key.is_none()
        && !rest[1..].is_empty()
        && !rest.starts_with("://")
    {
        let behind = &rest[1..];
        if let Some(one) =
            look_alike(behind).filter(|one| one.at.start == 0 && one.plain.trim().is_empty())
        {
            let place = at + 1..at + 1 + one.at.end;
            let edits = vec![(place.clone(), " ".to_owned())];
            found.push(guess(place, one.in_words(), "put a space there", edits).certain());
            return;
        }
        let edits = vec![(at + 1..at + 1, " ".to_owned())];
        let message = format!("a space is missing after `{name}:`");
        let help = format!("write `{name}: {behind}`");
        found.push(guess(line.content..at + 1, message, "put a space there", edits).help(help));
    } else if let Some(one) = look_alike(rest).filter(|one| one.at.start == 0 && one.plain == ":") {
        let place = at..at + one.at.end;
        let gap = if rest[one.at.end..].starts_with(' ') { ":" } else { ": " };
        let edits = vec![(place.clone(), gap.to_owned())];
        found.push(guess(place, one.in_words(), "write `:`", edits).certain());
    } else if line.key.is_none() && (number > 0 || line.indent.is_empty()) {
        let sign = rest.trim_start();
        let value = sign.trim_start_matches(['=', ';', '.', ':', '-', '>', '~']).trim_start();
        let edits = vec![(at..line.all.end - value.len(), ": ".to_owned())];
        let message = format!("there is no `:` after `{name}`");
        let help = format!("write `{name}: {value}`");
        found.push(guess(named, message, "put `: ` there", edits).unsure().help(help));
    }
}

/// The value behind a name or a dash, where it is plain or quoted.
fn value(text: &str, line: &Line, found: &mut Vec<Guess>) {
    let at = line.value.clone();
    let typed = &text[at.clone()];
    let Some(first) = typed.chars().next() else { return };
    let whole = |typed: &str| vec![(at.clone(), quoted(typed))];
    let written = |value: &str| match &line.key {
        Some(key) => format!("write `{}: {value}`", &text[key.clone()]),
        None => format!("write `{value}`"),
    };
    if matches!(first, '"' | '\'') {
        found.extend(quotes(text, line, first));
        return;
    }
    let special = flow::special(typed);
    if let Some(sign) = special {
        let message = format!(
            "`{sign}` at the start of a value has a meaning of its own in YAML: put the value in quotes"
        );
        let one = guess(
            at.start..at.start + sign.len(),
            message,
            "put the value in quotes",
            whole(typed),
        );
        found.push(one.help(written(&quoted(typed))));
    }
    if line.is_single(text) && typed.starts_with("- ") {
        let message = "`- ` begins an entry of a list, and this field has one value";
        let place = at.start..at.start + 1;
        let one = guess(place, message, "put the value in quotes", whole(typed)).certain();
        found.push(one.unsure().help(written(&quoted(typed))));
    } else if let (Some(key), true) = (&line.key, typed.starts_with("- ")) {
        let edits = vec![(key.end + 1..at.start, "\n  ".to_owned())];
        let name = &text[key.clone()];
        let message = format!("the list of `{name}` begins in the line of its name");
        let one = guess(at.start..at.start + 1, message, "put it in a line of its own", edits);
        found.push(one.certain().help("put the first entry in a line of its own, indented by two"));
    }
    if typed.ends_with(['}', ']']) {
        found.extend(flow::unopened(text, line));
    }
    if let Some(second) = typed.find(": ").or(typed.ends_with(':').then(|| typed.len() - 1)) {
        let place = at.start + second..at.start + second + 1;
        let message = "a second `:` on one line: what follows it would be a value of its own";
        let one = guess(place, message, "put the value in quotes", whole(typed));
        found.push(one.note("the second `:`").help(written(&quoted(typed))));
    }
}

/// A value that begins with a quotation mark.
fn quotes(text: &str, line: &Line, mark: char) -> Option<Guess> {
    let at = line.value.clone();
    let typed = &text[at.clone()];
    let opener = at.start..at.start + 1;
    let Some(close) = flow::closing(typed, mark) else {
        // A line end inside a backslash escape, or none at all.
        let behind = look_alikes(typed).filter(|one| matches!(one.plain, "\"" | "'")).last();
        if let Some(one) = behind.filter(|one| one.at.end == typed.len()) {
            let place = at.start + one.at.start..at.end;
            let edits = vec![(place.clone(), mark.to_string())];
            return Some(
                guess(place, one.in_words(), format!("write `{mark}`"), edits)
                    .related(opener, "opened here")
                    .certain(),
            );
        }
        let edits = vec![(at.end..at.end, mark.to_string())];
        let message = format!("`{mark}` is opened here and not closed");
        let help = match &line.key {
            Some(key) => format!("write `{}: {typed}{mark}`", &text[key.clone()]),
            None => format!("write `{typed}{mark}`"),
        };
        return Some(
            guess(opener, message, format!("close it with `{mark}`"), edits).certain().help(help),
        );
    };
    let behind = typed[close + 1..].trim_start();
    if behind.is_empty() {
        return None;
    }
    let place = at.end - behind.len()..at.end;
    let letter = |at: usize| typed[at..].starts_with(char::is_alphanumeric);
    let before = typed[..close].chars().next_back();
    let apostrophe = mark == '\'' && before.is_some_and(char::is_alphanumeric) && letter(close + 1);
    let better = if apostrophe {
        quoted(typed[1..].strip_suffix(mark).unwrap_or(&typed[1..]))
    } else {
        quoted(typed)
    };
    let help = match &line.key {
        Some(key) => {
            format!("write `{}: {better}`, or put all of it between the marks", &text[key.clone()])
        }
        None => format!("write `{better}`, or put all of it between the marks"),
    };
    let edits = vec![(at.clone(), better)];
    let one = guess(
        place,
        "text stands after the closing quotation mark",
        "put the value in quotes",
        edits,
    );
    Some(one.related(opener, "opened here").help(help))
}
