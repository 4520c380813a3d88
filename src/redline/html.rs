//! A redline as HTML: nothing of the author's is in it but words, so that nothing has to be cleaned.

use super::terminal::{name, what};
use super::{
    Around, Body, Key, Kind, Line, Piece, Place, Redline, Row, Run, State, Style, Table, sections,
};
use crate::content::Alert;
use crate::text::{escape_to, escaped};

/// Writes the body of a redline. The first line of each section that differs has the id
/// `change-` and its number, counted from 0.
pub fn html(redline: &Redline) -> String {
    let mut out = Out::default();
    let first: Vec<usize> = sections(redline).iter().map(|section| section.first).collect();
    for (n, line) in redline.lines.iter().enumerate() {
        let id = first.binary_search(&n).is_ok().then(|| format!("change-{n}"));
        out.line(line, id.as_deref());
    }
    out.end_of_move();
    out.html
}

/// Writes the value of a key of front matter.
pub fn value(key: &Key) -> String {
    let mut out = Out::default();
    out.runs(&key.runs);
    out.html
}

#[derive(Default)]
struct Out {
    html: String,
    /// What has been opened around the line.
    open: Vec<Around>,
    /// The move that is being written.
    moved: Option<usize>,
}

fn class(state: State) -> &'static str {
    match state {
        State::Same => "",
        State::Changed => "changed",
        State::Added => "added",
        State::Removed => "removed",
        State::Away => "away",
    }
}

impl Out {
    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn open(&mut self, name: &str, state: State, id: Option<&str>) {
        self.push("<");
        self.push(name);
        if let Some(id) = id {
            self.push(&format!(" id=\"{id}\""));
        }
        if state != State::Same {
            self.push(&format!(" class=\"{}\"", class(state)));
        }
        self.push(">");
    }

    /// Closes and opens what stands around a line.
    fn around(&mut self, line: &Line) {
        let around = &line.place.around;
        let common = self.open.iter().zip(around).take_while(|(a, b)| is_one(a, b)).count();
        let next_item = match (self.open.get(common), around.get(common)) {
            (Some(Around::Item { number: a, .. }), Some(Around::Item { number: b, .. })) => {
                a.is_some() == b.is_some()
            }
            _ => false,
        };
        self.close_to(if next_item { common + 1 } else { common });
        for (depth, one) in around.iter().enumerate().skip(common) {
            let is_last = depth + 1 == around.len();
            let state = if is_last { line.state } else { State::Same };
            if next_item && depth == common {
                self.open.pop();
                self.push("</li>\n");
            } else {
                self.push(&start(one));
            }
            if let Around::Item { number, .. } = one {
                let value = number.map(|number| format!(" value=\"{number}\""));
                self.open(&format!("li{}", value.unwrap_or_default()), state, None);
            }
            self.open.push(one.clone());
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let end = match self.open.pop() {
                Some(Around::Quote) => "</blockquote>\n",
                Some(Around::Alert(_)) => "</aside>\n",
                Some(Around::Item { number: None, .. }) => "</li>\n</ul>\n",
                Some(Around::Item { number: Some(_), .. }) => "</li>\n</ol>\n",
                Some(Around::Note(_)) | None => "</div>\n",
            };
            self.push(end);
        }
    }

    fn line(&mut self, line: &Line, id: Option<&str>) {
        if let (State::Away, Some(number)) = (line.state, line.moved) {
            return self.away(line, number);
        }
        self.start_of_move(line.moved);
        self.around(line);
        let name = match &line.place.kind {
            Kind::Heading { level, .. } => format!("h{level}"),
            Kind::Text | Kind::Term | Kind::Meaning => "p".to_owned(),
            Kind::Rule => "p".to_owned(),
            _ => "div".to_owned(),
        };
        self.open(&name, line.state, id);
        if let Some(was) = &line.was {
            self.push(&format!("<span class=\"was\">was {}</span> ", escaped(&what(was))));
        }
        if let Kind::Heading { number, .. } = &line.place.kind
            && !number.is_empty()
        {
            self.push(&format!("<span class=\"s\">{}</span> ", escaped(number)));
        }
        match &line.body {
            Body::Words(runs) => self.runs(runs),
            Body::Code(runs) => self.code(&line.place, runs),
            Body::Table(table) => self.table(table),
        }
        self.push(&format!("</{name}>\n"));
    }

    /// Where something was that stands elsewhere.
    fn away(&mut self, line: &Line, number: usize) {
        self.end_of_move();
        let (id, to) = (format!("moved-from-{number}"), format!("moved-{number}"));
        self.push(&format!("<div class=\"away\" id=\"{id}\"><a href=\"#{to}\">Moved</a> "));
        escape_to(&mut self.html, &name(line));
        self.push("</div>\n");
    }

    /// What moved stands in a box of its own.
    fn start_of_move(&mut self, moved: Option<usize>) {
        if self.moved == moved {
            return;
        }
        self.end_of_move();
        if let Some(number) = moved {
            let (id, from) = (format!("moved-{number}"), format!("moved-from-{number}"));
            self.push(&format!("<section class=\"moved\" id=\"{id}\">\n"));
            self.push(&format!("<p class=\"from\"><a href=\"#{from}\">Moved here</a></p>\n"));
        }
        self.moved = moved;
    }

    fn end_of_move(&mut self) {
        self.close_to(0);
        if self.moved.take().is_some() {
            self.push("</section>\n");
        }
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            self.within(run.state, |out| run.pieces.iter().for_each(|piece| out.piece(piece)));
        }
    }

    /// Marks what is new and what is gone.
    fn within(&mut self, state: State, inside: impl FnOnce(&mut Self)) {
        let name = match state {
            State::Added => "ins",
            State::Removed => "del",
            State::Same | State::Changed | State::Away => return inside(self),
        };
        self.push(&format!("<{name}>"));
        inside(self);
        self.push(&format!("</{name}>"));
    }

    fn piece(&mut self, piece: &Piece) {
        let names = [
            (Style::EMPHASIS, "em"),
            (Style::STRONG, "strong"),
            (Style::STRUCK, "s"),
            (Style::CODE, "code"),
            (Style::NOTE, "sup"),
            (Style::DECISION, "mark"),
        ];
        let names = names.iter().filter(|(style, _)| piece.style.has(*style));
        let names: Vec<&str> = names.map(|(_, name)| *name).collect();
        for name in &names {
            self.push(&format!("<{name}>"));
        }
        let class = [(Style::TARGET, "to"), (Style::PICTURE, "picture"), (Style::LINK, "link")];
        let class = class.iter().find(|(style, _)| piece.style.has(*style)).map(|it| it.1);
        if let Some(class) = class {
            self.push(&format!("<span class=\"{class}\">"));
        }
        for (n, line) in piece.text.split('\n').enumerate() {
            self.push(if n > 0 { "<br>" } else { "" });
            escape_to(&mut self.html, line);
        }
        if class.is_some() {
            self.push("</span>");
        }
        for name in names.iter().rev() {
            self.push(&format!("</{name}>"));
        }
    }

    fn code(&mut self, place: &Place, runs: &[Run]) {
        let what = match place.kind {
            Kind::Drawing => "Drawing",
            Kind::Html => "HTML",
            Kind::Generated => "Made from the manual",
            _ => "",
        };
        if !what.is_empty() {
            self.push(&format!("<span class=\"what\">{what}</span>"));
        }
        self.push("<pre tabindex=\"0\"><code>");
        for run in runs {
            for line in &run.pieces {
                self.open("span", run.state, None);
                self.within(run.state, |out| escape_to(&mut out.html, &line.text));
                self.push("</span>\n");
            }
        }
        self.push("</code></pre>");
    }

    fn table(&mut self, table: &Table) {
        self.push("<div class=\"scroll\" tabindex=\"0\"><table>\n");
        for (n, row) in table.rows.iter().enumerate() {
            self.push(match n {
                0 => "<thead>\n",
                1 => "<tbody>\n",
                _ => "",
            });
            self.row(table, row, if n == 0 { "th" } else { "td" });
            self.push(if n == 0 { "</thead>\n" } else { "" });
        }
        self.push(if table.rows.len() > 1 { "</tbody>\n" } else { "" });
        self.push("</table></div>");
    }

    fn row(&mut self, table: &Table, row: &Row, name: &str) {
        self.open("tr", row.state, None);
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            self.open(name, *column, None);
            self.runs(cell);
            self.push(&format!("</{name}>"));
        }
        self.push("</tr>\n");
    }
}

/// Whether two things around lines are one.
fn is_one(one: &Around, other: &Around) -> bool {
    match (one, other) {
        (Around::Item { serial: a, number: x }, Around::Item { serial: b, number: y }) => {
            a == b && x.is_some() == y.is_some()
        }
        _ => one == other,
    }
}

/// What opens something around lines, but for an item itself.
fn start(around: &Around) -> String {
    match around {
        Around::Quote => "<blockquote>\n".to_owned(),
        Around::Alert(alert) => {
            let class = match alert {
                Alert::Note | Alert::Important => "alert",
                Alert::Tip => "alert tip",
                Alert::Warning => "alert warning",
                Alert::Caution => "alert caution",
            };
            format!("<aside class=\"{class}\" role=\"note\">\n")
        }
        Around::Item { number: None, .. } => "<ul>\n".to_owned(),
        Around::Item { number: Some(_), .. } => "<ol>\n".to_owned(),
        Around::Note(number) => format!("<div class=\"footnotes\"><sup>{number}</sup>\n"),
    }
}
