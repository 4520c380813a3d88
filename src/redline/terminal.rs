//! A redline as lines of a terminal: with colour, or with signs alone.

use super::{
    Around, Body, Key, Kind, Line, Piece, Place, Redline, Run, State, Style, Table, alert_word,
};
use crate::text::shortened;

/// So many bytes are shown of what stands elsewhere.
const LONGEST: usize = 120;

/// How a redline is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Whether colours are taken.
    pub colour: bool,
    /// Whether lines are shown, too, that are as they were.
    pub whole: bool,
}

/// Writes a redline. Without colours, what is gone stands in `[-…-]` and what is new in `{+…+}`.
pub fn terminal(redline: &Redline, looks: Looks) -> String {
    let mut out = Out { looks, text: String::new() };
    for key in &redline.front {
        out.key(key);
    }
    if !redline.front.is_empty() && redline.lines.iter().any(|line| out.shows(line)) {
        out.push("\n");
    }
    let mut heading = None;
    for line in &redline.lines {
        let is_heading = matches!(line.place.kind, Kind::Heading { .. });
        if !out.shows(line) {
            heading = if is_heading { Some(line) } else { heading };
            continue;
        }
        // The section in which something differs is named.
        if let Some(heading) = heading.take().filter(|_| !is_heading) {
            out.line(heading);
        }
        heading = None;
        out.line(line);
    }
    out.text
}

struct Out {
    looks: Looks,
    text: String,
}

impl Out {
    fn shows(&self, line: &Line) -> bool {
        self.looks.whole || line.differs()
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn key(&mut self, key: &Key) {
        self.sign(key.state);
        self.push(&key.path.join(" / "));
        self.push(": ");
        self.runs(&key.runs);
        self.push("\n");
    }

    fn line(&mut self, line: &Line) {
        match (line.state, line.moved) {
            (State::Away, Some(number)) => {
                self.sign(State::Away);
                self.push(&format!("moved away ({number}): {}\n", name(line)));
                return;
            }
            (state, Some(number)) => {
                self.sign(if state == State::Same { State::Away } else { state });
                self.push(&format!("moved here ({number}): "));
            }
            (state, None) => {
                self.sign(if line.was.is_some() { State::Changed } else { state });
            }
        }
        self.push(&before(&line.place));
        match &line.body {
            Body::Words(runs) => {
                if line.state == State::Same && matches!(line.place.kind, Kind::Heading { .. }) {
                    let pieces = runs.iter().flat_map(|run| &run.pieces);
                    let words: String = pieces.map(|piece| said(piece, false)).collect();
                    self.painted("1", &words);
                } else {
                    self.runs(runs);
                }
            }
            Body::Code(runs) => self.code(runs),
            Body::Table(table) => self.table(table),
        }
        if let Some(was) = &line.was {
            self.push(&format!("  (was {})", what(was)));
        }
        self.push("\n");
    }

    fn sign(&mut self, state: State) {
        let (colour, sign) = match state {
            State::Same => ("", " "),
            State::Changed => ("33", "~"),
            State::Added => ("32", "+"),
            State::Removed => ("31", "-"),
            State::Away => ("34", ">"),
        };
        self.painted(colour, sign);
        self.text.push(' ');
    }

    fn painted(&mut self, colour: &str, text: &str) {
        if self.looks.colour && !colour.is_empty() {
            self.push(&format!("\x1b[{colour}m{text}\x1b[0m"));
        } else {
            self.push(text);
        }
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            self.marked(
                run.state,
                &run.pieces.iter().map(|it| said(it, false)).collect::<String>(),
            );
        }
    }

    fn marked(&mut self, state: State, words: &str) {
        match (state, self.looks.colour) {
            // Struck and underlined as well: not all tell the colours apart.
            (State::Removed, true) => self.painted("31;9", words),
            (State::Added, true) => self.painted("32;4", words),
            (State::Removed, false) => self.push(&format!("[-{words}-]")),
            (State::Added, false) => self.push(&format!("{{+{words}+}}")),
            _ => self.push(words),
        }
    }

    fn code(&mut self, runs: &[Run]) {
        for run in runs {
            for line in &run.pieces {
                self.push("\n");
                self.sign(run.state);
                self.push("    ");
                self.marked(run.state, &said(line, true));
            }
        }
    }

    fn table(&mut self, table: &Table) {
        for (number, row) in table.rows.iter().enumerate() {
            let is_shown = self.looks.whole || number == 0 || row.state != State::Same;
            if !is_shown {
                continue;
            }
            self.push("\n");
            self.sign(row.state);
            self.push("    |");
            for cell in &row.cells {
                self.text.push(' ');
                self.runs(cell);
                self.push(" |");
            }
        }
    }
}

/// What a line is called that is not shown: its first words, or what it is.
pub(super) fn name(line: &Line) -> String {
    match shortened(&line.plain(), LONGEST) {
        words if words.is_empty() => what(&line.place),
        words => words.into_owned(),
    }
}

/// Words of a line, in one line.
fn said(piece: &Piece, is_code: bool) -> String {
    let text = piece.text.replace('\n', " / ");
    match piece.style {
        _ if is_code => piece.text.clone(),
        style if style.has(Style::TARGET) => format!(" (-> {text})"),
        style if style.has(Style::PICTURE) => format!("[picture: {text}]"),
        style if style.has(Style::DECISION) => format!("[to decide: {text}]"),
        style if style.has(Style::CODE) => format!("`{text}`"),
        style if style.has(Style::STRONG) => format!("**{text}**"),
        style if style.has(Style::EMPHASIS) => format!("*{text}*"),
        style if style.has(Style::STRUCK) => format!("~~{text}~~"),
        _ => text,
    }
}

/// What stands before the words of a line.
fn before(place: &Place) -> String {
    let around = |around: &Around| match around {
        Around::Quote => "> ".to_owned(),
        Around::Alert(alert) => format!("({}) ", alert_word(*alert)),
        Around::Item { number: None, .. } => "  * ".to_owned(),
        Around::Item { number: Some(number), .. } => format!("  {number}. "),
        Around::Note(number) => format!("({number}) "),
    };
    let kind = match &place.kind {
        Kind::Heading { level, number } if number.is_empty() => format!("{} ", "#".repeat(*level)),
        Kind::Heading { level, number } => format!("{} {number} ", "#".repeat(*level)),
        Kind::Rule => "---".to_owned(),
        Kind::Drawing => "(drawing)".to_owned(),
        Kind::Html => "(HTML)".to_owned(),
        Kind::Generated => "(made from the manual)".to_owned(),
        Kind::Text | Kind::Term | Kind::Meaning | Kind::Code | Kind::Table => String::new(),
    };
    place.around.iter().map(around).chain([kind]).collect()
}

/// What a line is, in words.
pub(super) fn what(place: &Place) -> String {
    let kind = match &place.kind {
        Kind::Heading { level, .. } => format!("a heading of level {level}"),
        Kind::Text => "a paragraph".to_owned(),
        Kind::Term => "a term".to_owned(),
        Kind::Meaning => "a meaning".to_owned(),
        Kind::Table => "a table".to_owned(),
        Kind::Code => "code".to_owned(),
        Kind::Drawing => "a drawing".to_owned(),
        Kind::Html => "HTML".to_owned(),
        Kind::Generated => "a generated list".to_owned(),
        Kind::Rule => "a line".to_owned(),
    };
    let items = place.around.iter().filter(|one| matches!(one, Around::Item { .. })).count();
    match place.around.last() {
        None => kind,
        Some(Around::Quote) => format!("{kind} in a quotation"),
        Some(Around::Alert(alert)) => format!("{kind} in a box \"{}\"", alert_word(*alert)),
        Some(Around::Note(_)) => format!("{kind} in a footnote"),
        Some(Around::Item { number, .. }) => {
            let numbered = if number.is_some() { "numbered " } else { "" };
            format!("{kind} in a {numbered}list, level {items}")
        }
    }
}
