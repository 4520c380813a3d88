//! Fenced blocks and drawings in a body: generated tables, code, Mermaid diagrams, and the swimlane
//! of a RACI matrix whose rows are steps. Each drawing comes with the same content in words.

use std::fmt::Write as _;

use super::out::{Out, Slot};
use crate::content::Diagram;
use crate::draw::mermaid;
use crate::draw::swimlane::{self, Flow, Next, Step};
use crate::model::document::Document;
use crate::model::generated::Generated;
use crate::model::library::DocumentNumber;
use crate::model::raci::{self, Matrix, Row};
use crate::model::value::Kind;
use crate::render::view::block;
use crate::render::words::count;
use crate::text::{escaped, without_controls};

/// Most steps and most roles that a drawing shows: a longer matrix says more by itself.
const STEPS: usize = 300;
const LANES: usize = 60;
/// Most drawings that a block `flow` stands for.
const FLOWS: usize = 12;

/// Draws what a block `flow` asks for; says whether it did: it did not when it is another block, or when
/// no matrix of these documents can be drawn.
pub(super) fn flows(out: &mut Out<'_>, asked: &Generated) -> bool {
    let Some(documents) = block::drawn(out.edition, out.number, asked) else { return false };
    let mut html = String::new();
    let matrices = documents.iter().flat_map(|number| {
        let matrices = out.edition.document(*number).matrices.iter();
        matrices.map(|matrix| (*number, matrix))
    });
    for (n, (number, matrix)) in matrices.take(FLOWS).enumerate() {
        let id = format!("flow-{}-{}", out.slots(), n + 1);
        let source = if number == out.number {
            "its matrix".to_owned()
        } else {
            format!("the matrix of {}", out.edition.document(number).id)
        };
        html.extend(lane(out, number, matrix, &id, &source));
    }
    let is_drawn = !html.is_empty();
    if is_drawn {
        out.slot(Slot::Drawing(html));
    }
    is_drawn
}

/// The swimlane of a matrix, where its rows are steps: in a process or a procedure, or wherever
/// a `Next` column says what follows. Where the text has a block `flow`, it is drawn there.
pub(super) fn swimlane(out: &mut Out<'_>, matrix: &Matrix, number: usize) {
    let document = out.document;
    let ordered = matches!(document.kind(), Some(Kind::Process | Kind::Procedure));
    if !(ordered || matrix.has_next) || block::draws_its_flow(document) {
        return;
    }
    let lane = lane(out, out.number, matrix, &format!("flow-{number}"), "the matrix above");
    if let Some(html) = lane {
        out.slot(Slot::Drawing(html));
    }
}

/// The swimlane of a matrix of any document.
fn lane(
    out: &Out<'_>,
    number: DocumentNumber,
    matrix: &Matrix,
    id: &str,
    source: &str,
) -> Option<String> {
    if !(2..=STEPS).contains(&matrix.rows.len()) {
        return None;
    }
    let document = out.edition.document(number);
    let flow = flow(out, document, matrix, id).filter(|flow| flow.lanes.len() <= LANES)?;
    let svg = swimlane::draw(&flow)?;
    let steps = swimlane::words(&flow);
    let caption = format!(
        "{} across {}, drawn from {source}.",
        document.title(),
        count(flow.lanes.len(), "role", "roles")
    );
    Some(figure(&svg, &caption, &list(&steps)))
}

fn flow(out: &Out<'_>, document: &Document, matrix: &Matrix, id: &str) -> Option<Flow> {
    let edition = out.edition;
    let owner = document.front.owner.as_deref().unwrap_or_default();
    let owner = edition.role(out.root, owner).text.plain().into_owned();
    let title = |column: usize| {
        let typed = edition.filled(document, &matrix.roles[column].text);
        edition.role(out.root, &typed).text.plain().into_owned()
    };
    let does = |row: &Row| {
        let with = |letter: char| row.cells.iter().position(|cell| cell.has(letter));
        // Who answers for it and does it comes before others who take part.
        let both = row.cells.iter().position(|cell| cell.has('R') && cell.has('A'));
        both.or_else(|| with('R')).or_else(|| with('A'))
    };
    let columns: Vec<usize> = matrix.rows.iter().map(does).collect::<Option<_>>()?;
    let mut used: Vec<usize> = columns.clone();
    used.sort_unstable();
    used.dedup();
    let steps = matrix.rows.iter().zip(&columns).enumerate().map(|(n, (row, column))| Step {
        text: edition.filled(document, &row.activity.text).into_owned(),
        lane: used.iter().position(|one| one == column).unwrap_or_default(),
        accountable: row.cells[*column].has('A'),
        own: title(*column) == owner,
        next: next(row, n, matrix.rows.len()),
    });
    Some(Flow {
        id: id.to_owned(),
        title: format!("Flow of {}", document.title()),
        steps: steps.collect(),
        lanes: used.iter().map(|column| title(*column)).collect(),
    })
}

/// What follows a row: what its `Next` cell says, or else the next row.
fn next(row: &Row, index: usize, rows: usize) -> Vec<Next> {
    let said = row.next.as_ref().map(|cell| raci::steps(&cell.text)).unwrap_or_default();
    if said.is_empty() {
        let to = (index + 1 < rows).then_some(index + 1);
        return to.map(|to| Next { to: Some(to), when: None }).into_iter().collect();
    }
    let follow = said.into_iter().filter_map(|step| match step {
        raci::Step::Row(number, when) if (1..=rows).contains(&number) => {
            Some(Next { to: Some(number - 1), when })
        }
        raci::Step::End(when) => Some(Next { to: None, when }),
        _ => None,
    });
    follow.collect()
}

/// Draws a diagram; where it cannot be drawn, its source is shown, since the finding stands elsewhere.
pub(super) fn diagram(out: &mut Out<'_>, diagram: &Diagram<'_>) {
    let id = format!("diagram-{}", diagram.number);
    let title = named(&diagram.source)
        .or_else(|| diagram.under.as_ref().map(|under| under.plain().into_owned()))
        .unwrap_or_else(|| out.document.title().to_owned());
    let source = &diagram.source;
    let html = match out.edition.options.drawings.draw(&diagram.drawn, &id, &title) {
        Ok(svg) => figure(
            &without_controls(&svg),
            &format!("{}.", title.trim_end_matches('.')),
            &in_words(source),
        ),
        Err(_) => format!(
            "<figure class=\"drawing\">\n<pre tabindex=\"0\"><code>{}</code></pre>\n</figure>\n",
            escaped(source)
        ),
    };
    out.slot(Slot::Drawing(html));
}

/// What a diagram calls itself, for those who see it and for those who do not.
fn named(source: &str) -> Option<String> {
    match (mermaid::title(source), mermaid::said(source, "accTitle")) {
        (Some(title), Some(said)) if title != said => Some(format!("{title}: {said}")),
        (title, said) => said.or(title),
    }
}

/// The drawing, the same in words, and their caption: last, since HTML wants it at an end.
fn figure(svg: &str, caption: &str, words: &str) -> String {
    format!(
        "<figure class=\"drawing\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" \
         aria-label=\"{0}\">{svg}</div>\n<details><summary>The same in words</summary>\n\
         {words}</details>\n<figcaption>{0}</figcaption>\n</figure>\n",
        escaped(caption)
    )
}

fn list(steps: &[String]) -> String {
    let mut html = String::from("<ol>\n");
    for step in steps {
        let _ = writeln!(html, "<li>{}</li>", escaped(step));
    }
    html.push_str("</ol>\n");
    html
}

/// What a diagram says of itself; without that, its source, which says the same in words.
fn in_words(source: &str) -> String {
    match mermaid::said(source, "accDescr") {
        Some(words) => format!("<p>{}</p>\n", escaped(&words)),
        None => format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", escaped(source)),
    }
}
