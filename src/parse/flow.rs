//! The slips that people make in `[a, b]` and `{key: value}`.

use super::guess::{Guess, Line, guess};
use super::quoted::quoted;

/// A bracket that is still open.
struct Open {
    at: usize,
    bracket: u8,
    /// Where the entry begins that is being read.
    entry: usize,
    /// Where the colon of that entry stands.
    colon: Option<usize>,
}

/// Where a flow value is read.
struct Reader<'t, 'g> {
    text: &'t str,
    end: usize,
    at: usize,
    open: Vec<Open>,
    found: &'g mut Vec<Guess>,
}

/// What may be wrong with the value of a line that begins with a bracket.
pub(super) fn slips(text: &str, lines: &[Line], number: usize, found: &mut Vec<Guess>) {
    let line = &lines[number];
    if line.is_single(text) {
        found.push(single(text, line));
        return;
    }
    let indent = |one: &Line| {
        one.all.start + (text[one.all.clone()].len() - text[one.all.clone()].trim_start().len())
    };
    let own = indent(line) - line.all.start;
    let deeper = |one: &&Line| one.all.is_empty() || indent(one) - one.all.start > own;
    let last =
        lines[number + 1..].iter().take_while(deeper).filter(|one| !one.all.is_empty()).last();
    let several = last.is_some();
    let end = last.map_or(line.all.end, |one| one.all.end);
    let end = if several { end } else { line.value.end.max(line.all.end) };
    let mut reader = Reader { text, end, at: line.value.start, open: Vec::new(), found };
    reader.read();
    let Reader { at, open, found, .. } = reader;
    let end = if open.is_empty() && at <= line.all.end { line.all.end } else { end };
    if let Some(first) = open.first() {
        let close: String = open.iter().rev().map(|one| closer(one.bracket) as char).collect();
        let bracket = text.as_bytes()[first.at] as char;
        let bare = text[..end].trim_end_matches([' ', '\t', '\n', '\r', ',']).len();
        let message = format!("`{bracket}` is opened here and not closed");
        let last = open.last().map_or(first.at, |one| one.at);
        let at = if open.len() > 1 { last } else { first.at };
        let message = if at == first.at {
            message
        } else {
            format!("`{}` is opened here and not closed", text.as_bytes()[at] as char)
        };
        let edits = vec![(bare..bare, close.clone())];
        found.push(
            guess(at..at + 1, message, format!("close it with `{close}`"), edits)
                .certain()
                .help(format!("close it with `{close}`")),
        );
    } else if !text[at..end].trim().is_empty() && !text[at..end].trim_start().starts_with('#') {
        let rest = text[at..end].trim_start();
        let place = end - rest.len();
        let first = text.as_bytes()[place];
        if matches!(first, b']' | b'}') {
            let message = format!("`{}` closes what was never opened", first as char);
            let edits = vec![(place..place + 1, String::new())];
            found.push(guess(place..place + 1, message, "take it out", edits));
        } else {
            let edits = vec![(at..end, String::new())];
            let message = "text stands after the closing bracket";
            found.push(guess(place..end, message, "take it out", edits).unsure());
        }
    }
}

/// A bracket at the start of a value that is no list and no map.
fn single(text: &str, line: &Line) -> Guess {
    let at = line.value.clone();
    let written = quoted(&text[at.clone()]);
    let message = format!(
        "`{}` at the start of a value has a meaning of its own in YAML: put the value in quotes",
        &text[at.start..=at.start]
    );
    let help = format!("write `{written}`");
    let edits = vec![(at.clone(), written)];
    let one = guess(at.start..at.start + 1, message, "put the value in quotes", edits);
    one.unsure().certain().help(help)
}

/// A plain value that ends with a bracket which was never opened.
pub(super) fn unopened(text: &str, line: &Line) -> Option<Guess> {
    let at = line.value.clone();
    let typed = &text[at.clone()];
    let (close, open) = if typed.ends_with(']') { (']', '[') } else { ('}', '{') };
    if typed.matches(close).count() <= typed.matches(open).count() {
        return None;
    }
    let edits = vec![(at.start..at.start, open.to_string())];
    let message = format!("`{close}` closes what was never opened");
    let one = guess(at.end - 1..at.end, message, format!("open it with `{open}`"), edits);
    Some(one.help(format!("write `{open}{typed}`")))
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let mut fresh = true;
        while self.at < self.end {
            let byte = self.text.as_bytes()[self.at];
            let at = self.at;
            match byte {
                b'"' | b'\'' if fresh => {
                    self.quote(byte);
                    fresh = false;
                    continue;
                }
                b'[' | b'{' | b']' | b'}' if !fresh && self.is_in_text() => self.bracket(),
                b'#' if self.text[..at].ends_with(' ') => self.comment(),
                b'{' if fresh && self.text[at..].starts_with("{{") => self.special("{{"),
                b'[' | b'{' => {
                    self.open.push(Open { at, bracket: byte, entry: at + 1, colon: None });
                    fresh = true;
                }
                b']' | b'}' => {
                    fresh = false;
                    if self.close(byte) {
                        self.at += 1;
                        return;
                    }
                }
                b',' => {
                    self.comma();
                    fresh = true;
                }
                b':' if self.is_colon() => {
                    if fresh && self.open.last().is_some_and(|open| open.colon.is_none()) {
                        let edits = vec![(at..at + 1, String::new())];
                        let one =
                            guess(at..at + 1, "a name is missing before `:`", "take it out", edits);
                        self.found.push(one.certain().unsure().help("write `name: value`"));
                    }
                    self.colon();
                    fresh = true;
                }
                b' ' | b'\t' | b'\n' | b'\r' => {}
                _ if fresh => {
                    if let Some(sign) = special(&self.text[at..self.end]) {
                        self.special(sign);
                    }
                    fresh = false;
                }
                _ => {}
            }
            self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// Where the entry ends that is being read.
    fn entry_end(&self, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        let end = rest.find([',', ']', '}', '\n']).map_or(self.end, |at| from + at);
        from + self.text[from..end].trim_end().len()
    }

    fn quote(&mut self, mark: u8) {
        let start = self.at;
        let line_end = self.text[start..self.end].find('\n').map_or(self.end, |at| start + at);
        let inside = &self.text[start..line_end];
        let close = closing(inside, mark as char);
        let behind = |close: usize| inside[close + 1..].trim_start();
        let good = close.is_some_and(|close| {
            let behind = behind(close);
            behind.is_empty() || behind.starts_with([',', ']', '}', ':', '#'])
        });
        if let (true, Some(close)) = (good, close) {
            self.at = start + close + 1;
            return;
        }
        let comma_between = close.filter(|close| !inside[..*close].contains(','));
        if let Some(close) = comma_between {
            let place = start + close + 1;
            let edits = vec![(place..place, ",".to_owned())];
            let gap = inside[close + 1..].len() - behind(close).len();
            let end = self.entry_end(place + gap).max(place + gap);
            let message =
                "a comma is missing before this, or it belongs between the quotation marks";
            self.found.push(guess(place + gap..end, message, "put a comma there", edits).unsure());
            self.at = place;
            return;
        }
        let end = self.entry_end(start + 1).max(start + 1);
        let edits = vec![(end..end, (mark as char).to_string())];
        let message = format!("`{}` is opened here and not closed", mark as char);
        let one =
            guess(start..start + 1, message, format!("close it with `{}`", mark as char), edits);
        let typed = &self.text[start..end];
        self.found.push(one.certain().help(format!("write `{typed}{}`", mark as char)));
        self.at = end;
    }

    /// ` #` makes a comment of the rest of the line, closing brackets included.
    fn comment(&mut self) {
        let line_end = self.text[self.at..self.end].find('\n').map_or(self.end, |at| self.at + at);
        if let Some(open) = self.open.last() {
            let from = open.colon.map_or(open.entry, |colon| colon + 1);
            let from = from + (self.text[from..].len() - self.text[from..].trim_start().len());
            let to = self.entry_end(self.at);
            if from < to && self.text[self.at..line_end].contains([']', '}']) {
                let typed = &self.text[from..to];
                let edits = vec![(from..to, quoted(typed))];
                let message = "` #` begins a comment: the rest of the line is not read";
                let one = guess(self.at..self.at + 1, message, "put the value in quotes", edits);
                self.found.push(one.certain().help(format!("write `{}`", quoted(typed))));
                self.at = to.max(self.at) - 1;
                return;
            }
        }
        self.at = line_end.saturating_sub(1).max(self.at);
    }

    /// Whether letters stand right before a bracket and behind it.
    fn is_in_text(&self) -> bool {
        let behind = self.text[self.at + 1..self.end].chars().next();
        let before = self.text[..self.at].chars().next_back();
        before.is_some_and(char::is_alphanumeric) && behind.is_some_and(char::is_alphanumeric)
    }

    /// A bracket in the middle of a text.
    fn bracket(&mut self) {
        let Some(open) = self.open.last() else { return };
        let from = open.colon.map_or(open.entry, |colon| colon + 1);
        let from = from + (self.text[from..].len() - self.text[from..].trim_start().len());
        let to = self.entry_end(self.at + 1);
        let (sign, typed) = (&self.text[self.at..=self.at], &self.text[from.min(to)..to]);
        let edits = vec![(from.min(to)..to, quoted(typed))];
        let message = format!("`{sign}` stands in the middle of a text");
        let one = guess(self.at..self.at + 1, message, "put the text in quotes", edits).unsure();
        let help = format!("take it out, or put the text in quotes: {}", quoted(typed));
        self.found.push(one.certain().help(help));
        self.at = to.max(self.at + 1) - 1;
        while !self.text.is_char_boundary(self.at) {
            self.at -= 1;
        }
    }

    fn close(&mut self, byte: u8) -> bool {
        let Some(open) = self.open.last() else { return true };
        if closer(open.bracket) != byte && self.goes_on() {
            let message = format!("`{}` closes what was never opened", byte as char);
            let edits = vec![(self.at..self.at + 1, String::new())];
            self.found.push(guess(self.at..self.at + 1, message, "take it out", edits));
            return false;
        }
        let Some(open) = self.open.pop() else { return true };
        if closer(open.bracket) != byte {
            let right = closer(open.bracket) as char;
            let message = format!("`{}` stands where `{right}` is meant", byte as char);
            let edits = vec![(self.at..self.at + 1, right.to_string())];
            let one = guess(self.at..self.at + 1, message, format!("write `{right}`"), edits);
            self.found.push(
                one.related(open.at..open.at + 1, "opened here").help(format!("write `{right}`")),
            );
        }
        self.open.is_empty()
    }

    /// Whether another entry follows a bracket, and the one that closes them all behind it.
    fn goes_on(&self) -> bool {
        let [open] = &self.open[..] else { return false };
        let line = self.text[self.at + 1..self.end].lines().next().unwrap_or_default();
        line.trim_start().starts_with(',')
            && line.trim_end().ends_with(closer(open.bracket) as char)
    }

    fn comma(&mut self) {
        let at = self.at;
        let Some(open) = self.open.last_mut() else { return };
        let empty = self.text[open.entry..at].trim().is_empty();
        open.entry = at + 1;
        open.colon = None;
        if empty {
            let edits = vec![(at..at + 1, String::new())];
            self.found.push(guess(at..at + 1, "a comma too many", "take it out", edits).certain());
        }
    }

    fn is_colon(&self) -> bool {
        let rest = &self.text[self.at + 1..self.end];
        rest.is_empty() || rest.starts_with([' ', '\n', '\r', ',', '}', ']'])
    }

    /// The second colon of an entry: a comma is missing before its word, or the text needs quotes.
    fn colon(&mut self) {
        let at = self.at;
        let to = self.entry_end(at);
        let Some(open) = self.open.last_mut() else { return };
        let Some(first) = open.colon else {
            open.colon = Some(at);
            return;
        };
        let between = &self.text[first + 1..at];
        let word = between.rfind([' ', '"', '\'']).map_or(first + 1, |space| first + 2 + space);
        let before = self.text[first + 1..word].trim();
        let from = first + 1 + (between.len() - between.trim_start().len());
        if before.is_empty() {
            let typed = &self.text[from..to];
            let edits = vec![(from..to, quoted(typed))];
            let message = "a second `:` in one entry: what follows it would be a value of its own";
            let one = guess(at..at + 1, message, "put the value in quotes", edits);
            self.found.push(one.help(format!("write `{}`", quoted(typed))));
            return;
        }
        let place = from + before.len();
        let name = &self.text[word..at];
        let edits = vec![(place..place, ",".to_owned())];
        let message = format!("a comma is missing before `{name}:`");
        let typed = &self.text[from..to];
        let help = format!(
            "write `{before}, {name}: …`; if it is one text, put it in quotes: `{}`",
            quoted(typed)
        );
        self.found
            .push(guess(word..at + 1, message, "put a comma there", edits).unsure().help(help));
        open.colon = Some(at);
        open.entry = word;
    }

    fn special(&mut self, sign: &str) {
        let at = self.at;
        let end = if sign == "{{" {
            self.text[at..self.end].find("}}").map_or(self.entry_end(at + 2), |end| at + end + 2)
        } else {
            self.entry_end(at)
        };
        let end = end.max(at + sign.len());
        let typed = &self.text[at..end];
        let message = format!(
            "`{sign}` at the start of a value has a meaning of its own in YAML: put the value in quotes"
        );
        let edits = vec![(at..end, quoted(typed))];
        let one = guess(at..at + sign.len(), message, "put the value in quotes", edits);
        self.found.push(one.help(format!("write `{}`", quoted(typed))));
        self.at = end - 1;
        while !self.text.is_char_boundary(self.at) {
            self.at -= 1;
        }
    }
}

/// The characters at the start of a value that have a meaning of their own.
pub(super) fn special(typed: &str) -> Option<&'static str> {
    const SIGNS: [&str; 13] = ["{{", "%", "@", "`", "&", "*", "!", "|", ">", "?", ",", "]", "}"];
    SIGNS.into_iter().find(|sign| typed.starts_with(sign))
}

/// Where a quoted text is closed that begins here.
pub(super) fn closing(typed: &str, mark: char) -> Option<usize> {
    let mut letters = typed.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if mark == '"' => {
                letters.next();
            }
            _ if letter == mark => {
                if mark == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') {
                    letters.next();
                } else {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn closer(bracket: u8) -> u8 {
    if bracket == b'[' { b']' } else { b'}' }
}
