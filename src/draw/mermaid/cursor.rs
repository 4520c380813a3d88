//! A place in the source of a flowchart, and the smallest parts that are read from there.

use mermaid_rs_renderer::NodeShape;

use super::Fault;

pub(super) struct Cursor<'t> {
    pub rest: &'t str,
    pub line: usize,
}

/// Openings of a box with what closes them, the longer ones first.
const BRACKETS: [(&str, &str, NodeShape); 15] = [
    ("(((", ")))", NodeShape::DoubleCircle),
    ("((", "))", NodeShape::Circle),
    ("([", "])", NodeShape::Stadium),
    ("(-", "-)", NodeShape::Circle),
    ("(", ")", NodeShape::RoundRect),
    ("[[", "]]", NodeShape::Subroutine),
    ("[(", ")]", NodeShape::Cylinder),
    ("[/", "/]", NodeShape::Parallelogram),
    ("[/", "\\]", NodeShape::Trapezoid),
    ("[\\", "\\]", NodeShape::ParallelogramAlt),
    ("[\\", "/]", NodeShape::TrapezoidAlt),
    ("[", "]", NodeShape::Rectangle),
    ("{{", "}}", NodeShape::Hexagon),
    ("{", "}", NodeShape::Diamond),
    (">", "]", NodeShape::Asymmetric),
];

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Cursor { rest: text, line: 1 }
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        self.fault_at(self.line, message)
    }

    #[expect(clippy::unused_self, reason = "it reads as `fault` does")]
    pub(super) fn fault_at(&self, line: usize, message: impl Into<String>) -> Fault {
        Fault { line, message: message.into() }
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.matches('\n').count();
        self.rest = rest;
    }

    /// Spaces within a line.
    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
    }

    /// Spaces, and ends of lines.
    pub(super) fn spaces(&mut self) {
        self.skip(self.rest.len() - self.rest.trim_start().len());
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with(['\n', ';'])
    }

    /// Goes to the next statement, if there is one.
    pub(super) fn next_statement(&mut self) -> bool {
        self.skip(
            self.rest.len()
                - self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';').len(),
        );
        !self.rest.is_empty()
    }

    /// A word up to a space or the end of a statement.
    pub(super) fn word(&mut self) -> &'t str {
        let end =
            self.rest.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.rest = &self.rest[end..];
        word
    }

    pub(super) fn line_rest(&mut self) -> &'t str {
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        self.rest = &self.rest[end..];
        line
    }

    /// The rest of a statement; a `;` in quotation marks does not end it.
    pub(super) fn statement_rest(&mut self) -> &'t str {
        let mut quoted = false;
        let end = self.rest.find(|c: char| {
            quoted ^= c == '"';
            c == '\n' || (c == ';' && !quoted)
        });
        let end = end.unwrap_or(self.rest.len());
        let statement = &self.rest[..end];
        self.rest = &self.rest[end..];
        statement
    }

    /// What a diagram says of itself: a line, or what stands in braces.
    pub(super) fn skip_spoken(&mut self) {
        let line = self.rest.split('\n').next().unwrap_or_default();
        let braced = line.split_once(':').map_or(line, |(key, _)| key).contains('{');
        match self.rest.find('}').filter(|_| braced) {
            Some(end) => self.skip(end + 1),
            None => {
                self.line_rest();
            }
        }
    }

    /// Goes on to the next line, where a link begins it.
    pub(super) fn seek_link(&mut self) {
        let next = self.rest.trim_start();
        if ["-->", "---", "-.", "==>", "===", "<--", "-- "]
            .iter()
            .any(|mark| next.starts_with(mark))
        {
            self.spaces();
        }
    }

    /// Whether a word at this place is the name of a box: a link or a bracket follows it.
    pub(super) fn is_box_named(&self, word: &str) -> bool {
        let after = self.rest[word.len()..].trim_start_matches([' ', '\t']);
        ["--", "==", "-.", "~~~", "@{", "<-", "& "].iter().any(|mark| after.starts_with(mark))
    }

    /// The name of a box.
    pub(super) fn name(&mut self) -> &'t str {
        let mut end = 0;
        let mut letters = self.rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|(_, c)| *c);
            let belongs = match letter {
                '&' => at > 0 && next.is_some_and(char::is_alphanumeric),
                '-' => !matches!(next, None | Some('-' | '>' | '.')) && at + 1 < self.rest.len(),
                '=' => next != Some('='),
                ':' => {
                    at > 0
                        && next.is_some_and(char::is_alphanumeric)
                        && !self.rest[at..].starts_with(":::")
                }
                '_' | '.' | '!' | '#' | '$' | '%' | '\'' | '*' | '+' | '?' | '/' | ',' | '"' => {
                    letter != '"'
                }
                _ => letter.is_alphanumeric() || (!letter.is_ascii() && !letter.is_whitespace()),
            };
            if !belongs {
                break;
            }
            end = at + letter.len_utf8();
        }
        let name = &self.rest[..end];
        self.rest = &self.rest[end..];
        name
    }

    pub(super) fn class_name(&mut self) -> &'t str {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let mut end = self.rest.find(|c: char| !part(c) && c != '-').unwrap_or(self.rest.len());
        // The link that follows at once is no part of it.
        end = self.rest[..end].find("--").unwrap_or(end);
        let name = &self.rest[..end];
        self.rest = &self.rest[end..];
        name
    }

    /// Settings in `@{…}`.
    pub(super) fn settings(&mut self) -> Result<&'t str, Fault> {
        let mut quoted = None;
        let end = self.rest.char_indices().skip(2).find(|(_, c)| {
            match (quoted, c) {
                (Some(mark), c) if mark == *c => quoted = None,
                (None, '"' | '\'') => quoted = Some(*c),
                _ => {}
            }
            quoted.is_none() && *c == '}'
        });
        let (end, _) = end.ok_or_else(|| self.fault("these settings are not closed by \"}\""))?;
        let settings = &self.rest[2..end];
        self.skip(end + 1);
        Ok(settings)
    }

    /// The label of a box in its brackets, with the shape that they give it.
    pub(super) fn bracketed(&mut self) -> Result<Option<(&'t str, NodeShape)>, Fault> {
        let rest = self.rest;
        let fits = BRACKETS.iter().filter(|(open, _, _)| rest.starts_with(open));
        let Some(longest) = fits.clone().map(|(open, _, _)| open.len()).max() else {
            return Ok(None);
        };
        let mut best: Option<(usize, usize, &'t str, NodeShape)> = None;
        for (open, close, shape) in fits {
            let inner = &rest[open.len()..];
            let Some(end) = closing(inner, open, close) else { continue };
            // The longest opening that is closed, and of those the one that is closed first.
            let better = best.is_none_or(|(length, at, _, _)| {
                open.len() > length || (open.len() == length && end < at)
            });
            if better {
                best = Some((open.len(), end, &inner[..end], *shape));
            }
        }
        if let Some((length, end, text, shape)) = best {
            self.skip(length + end + length);
            return Ok(Some((text, shape)));
        }
        let open = &rest[..longest];
        Err(self.fault(format!(
            "the bracket \"{open}\" is not closed; a label with brackets in it stands in quotation marks"
        )))
    }

    /// A link's sign at this place.
    pub(super) fn link_mark(&mut self) -> Option<&'t str> {
        let text = self.rest;
        let bytes = text.as_bytes();
        let start = usize::from(bytes.first().is_some_and(|b| matches!(b, b'<' | b'x' | b'o')));
        let run = |from: usize, sign: u8| bytes[from..].iter().take_while(|b| **b == sign).count();
        let has_head = |at: usize, also: u8| {
            bytes.get(at).is_some_and(|b| matches!(b, b'>' | b'x' | b'o') || *b == also)
        };
        let body = &bytes[start.min(bytes.len())..];
        let end = if body.starts_with(b"~~~") && start == 0 {
            run(0, b'~')
        } else if body.starts_with(b"--") {
            let dashes = run(start, b'-');
            let end = start + dashes;
            end + usize::from(has_head(end, b'-'))
        } else if body.starts_with(b"==") {
            let end = start + run(start, b'=');
            end + usize::from(has_head(end, b'='))
        } else if body.starts_with(b"-.") || body.starts_with(b".-") || body.starts_with(b"..") {
            let from = start + usize::from(body.starts_with(b"-"));
            let dots = from + run(from, b'.');
            let dash = dots + run(dots, b'-').min(1);
            if dash > dots { dash + usize::from(has_head(dash, b'>')) } else { dots }
        } else {
            return None;
        };
        let mark = &text[..end];
        self.rest = &text[end..];
        Some(mark)
    }

    /// The words of a link, up to the sign that ends it.
    pub(super) fn link_text(&mut self, mark: &str) -> Result<(&'t str, &'t str), Fault> {
        let sign = mark.trim_start_matches(['<', 'x', 'o']);
        let not_closed = format!(
            "the label of this link is not closed; write \"{sign} words {}\"",
            match sign {
                "==" => "==>",
                "-." => ".->",
                _ => "-->",
            }
        );
        let text = self.rest;
        let mut from = 0;
        let lead = text.len() - text.trim_start_matches([' ', '\t']).len();
        if let Some(quoted) = text[lead..].strip_prefix('"') {
            let close = quoted.find('"').ok_or_else(|| self.fault(not_closed.as_str()))?;
            from = lead + close + 2;
        }
        let found = text[from..].char_indices().map(|(at, _)| from + at).find_map(|at| {
            let end = ending(&text[at..], sign)?;
            Some((at, end))
        });
        let line = self.line;
        let found = found.filter(|(at, _)| !text[from..*at].contains('\n'));
        let (at, length) = found.ok_or_else(|| self.fault_at(line, not_closed))?;
        self.skip(at + length);
        Ok((&text[..at], &text[at..at + length]))
    }
}

/// How long the sign is that ends a link with words, if it stands at the start of a text.
fn ending(text: &str, sign: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let run = |from: usize, sign: u8| bytes[from..].iter().take_while(|b| **b == sign).count();
    let head =
        |at: usize| usize::from(bytes.get(at).is_some_and(|b| matches!(b, b'>' | b'x' | b'o')));
    if sign == "-." {
        let start = usize::from(text.starts_with('-'));
        let dots = run(start.min(bytes.len()), b'.');
        let dash = start + dots;
        return (dots > 0 && bytes.get(dash) == Some(&b'-')).then(|| dash + 1 + head(dash + 1));
    }
    let count = run(0, sign.as_bytes()[0]);
    let end = count + head(count);
    (count >= 3 || (count == 2 && end > count)).then_some(end)
}

/// Where a label ends: after its quotation marks, or at the bracket that fits the opening one.
fn closing(inner: &str, open: &str, close: &str) -> Option<usize> {
    let lead = inner.len() - inner.trim_start().len();
    if let Some(quoted) = inner[lead..].strip_prefix('"') {
        let end = lead + 1 + quoted.find('"')? + 1;
        let space = inner[end..].len() - inner[end..].trim_start().len();
        return inner[end + space..].starts_with(close).then_some(end + space);
    }
    let line = inner.split('\n').next().unwrap_or_default();
    let (up, down) = (open.chars().next_back()?, close.chars().next()?);
    let mut depth = 0_usize;
    for (at, letter) in line.char_indices() {
        if depth == 0 && line[at..].starts_with(close) {
            return Some(at);
        }
        if letter == up && matches!(up, '(' | '[' | '{') {
            depth += 1;
        } else if letter == down && matches!(down, ')' | ']' | '}') {
            depth = depth.checked_sub(1)?;
        }
    }
    None
}
