//! Bounds on what is given to the renderer: it looks at numbers and sizes only while it lays out, and
//! has no bound of its own on what they cost.

use mermaid_rs_renderer::{DiagramKind, Graph};

use super::Fault;

/// Most boxes, and most lines between them.
pub(super) const MOST_NODES: usize = 200;
pub(super) const MOST_EDGES: usize = 300;
/// Most lines beyond two a box: where every box leads to every other, each line is laid around all
/// others.
const MOST_MORE: usize = 60;
/// The longest label, in letters: a paragraph.
const MOST_LETTERS: usize = 600;
/// The largest number where the notation counts columns, bits or days.
const MOST: f64 = 100_000.0;
/// Most columns, or cells that a block reaches over.
const MOST_COLUMNS: u64 = 100;

/// Refuses numbers that would make a drawing without end.
pub(super) fn numbers(text: &str, kind: &str) -> Result<(), Fault> {
    let is_grid = kind.starts_with("block");
    let is_counted = is_grid || kind.starts_with("packet") || kind == "gantt";
    for (n, line) in text.lines().enumerate() {
        let fault = |message: String| Err(Fault { line: n + 1, message });
        let unquoted = line.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        for digits in
            unquoted.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty())
        {
            let number: f64 = digits.parse().unwrap_or(f64::INFINITY);
            let in_words = kind == "gantt" && !line.contains(':');
            if is_counted && number > MOST && !in_words {
                return fault(format!("the number {digits:.20} is larger than {MOST}"));
            }
            if number > 1e15 && !matches!(kind, "mindmap" | "timeline" | "journey" | "kanban") {
                return fault(format!("the number {digits:.20} is larger than can be drawn"));
            }
            let cells = digits.parse().unwrap_or(u64::MAX);
            let spans = line.trim_start().starts_with("columns")
                || unquoted.contains(&format!(":{digits}"));
            if is_grid && spans && cells > MOST_COLUMNS {
                return fault(format!("a block has {MOST_COLUMNS} columns at most"));
            }
        }
    }
    Ok(())
}

/// What is said of a diagram with too many parts.
pub(super) fn too_many() -> String {
    format!(
        "it has more than {MOST_NODES} boxes or {MOST_EDGES} lines between them, and nobody can read \
         that many; split it"
    )
}

/// Refuses what nobody can read and what would take the renderer minutes.
pub(super) fn graph(graph: &Graph, line: usize) -> Result<(), Fault> {
    let fault = |message: String| Err(Fault { line, message });
    if graph.nodes.len() > MOST_NODES || graph.edges.len() > MOST_EDGES {
        return fault(too_many());
    }
    let is_dense = graph.edges.len() > graph.nodes.len() * 2 + MOST_MORE;
    if is_dense && graph.kind != DiagramKind::Sequence {
        return fault(format!(
            "{} boxes have {} lines between them, and nobody can follow that many; draw fewer",
            graph.nodes.len(),
            graph.edges.len()
        ));
    }
    let long = |label: &str| label.chars().count() > MOST_LETTERS;
    let labels = graph.nodes.values().map(|node| &node.label);
    let labels = labels.chain(graph.edges.iter().filter_map(|edge| edge.label.as_ref()));
    let labels = labels.chain(graph.subgraphs.iter().map(|group| &group.label));
    if labels.into_iter().any(|label| long(label)) {
        return fault(format!("a label is longer than {MOST_LETTERS} letters"));
    }
    Ok(())
}
