//! Bounds on what is given to the renderer: it looks at numbers and sizes only while it lays out, and
//! has no bound of its own on what they cost.

use std::collections::BTreeMap;

use mermaid_rs_renderer::{DiagramKind, Graph};

use super::Fault;

/// Most boxes, and most lines between them.
pub(super) const MOST_NODES: usize = 200;
pub(super) const MOST_EDGES: usize = 300;
/// The longest label, in letters: a paragraph.
const MOST_LETTERS: usize = 600;

/// What bounds a drawing in which the renderer lays each line around all boxes and all other lines.
/// Within these bounds none has been seen to take two seconds; most take a tenth of one.
mod laid {
    /// Most boxes and most lines.
    pub(super) const NODES: usize = 120;
    pub(super) const EDGES: usize = 120;
    /// Most lines beyond one a box.
    pub(super) const MORE: usize = 30;
    /// Most groups of boxes.
    pub(super) const GROUPS: usize = 20;
    /// How many lines may meet at a box: the sum of the squares over all boxes, which lets 30 meet at
    /// one, or a dozen at each of eight.
    pub(super) const MEETING: usize = 1200;
    /// Most letters of all labels.
    pub(super) const LETTERS: usize = 6000;
}
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

/// Whether the renderer lays each line of a drawing around everything else in it.
fn is_laid(graph: &Graph) -> bool {
    use DiagramKind::{Class, Er, Flowchart, Requirement, State};
    matches!(graph.kind, Flowchart | State | Class | Er | Requirement)
}

/// The lines of a diagram that the renderer lays one around the other: what nearly all of its time is
/// taken by.
pub(super) fn laid_lines(graph: &Graph) -> usize {
    if is_laid(graph) { graph.edges.len() } else { 0 }
}

/// Refuses what nobody can read and what would take the renderer minutes.
pub(super) fn graph(graph: &Graph, line: usize) -> Result<(), Fault> {
    let fault = |message: String| Err(Fault { line, message });
    if graph.nodes.len() > MOST_NODES || graph.edges.len() > MOST_EDGES {
        return fault(too_many());
    }
    let labels = graph.nodes.values().map(|node| &node.label);
    let labels = labels.chain(graph.edges.iter().filter_map(|edge| edge.label.as_ref()));
    let labels = labels.chain(graph.subgraphs.iter().map(|group| &group.label));
    let letters: Vec<usize> = labels.map(|label| label.chars().count()).collect();
    if letters.iter().any(|letters| *letters > MOST_LETTERS) {
        return fault(format!("a label is longer than {MOST_LETTERS} letters"));
    }
    if is_laid(graph) { laid(graph, letters.iter().sum()).map_or(Ok(()), fault) } else { Ok(()) }
}

/// Why lines are not laid out.
fn laid(graph: &Graph, letters: usize) -> Option<String> {
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    if nodes > laid::NODES || edges > laid::EDGES || edges > nodes + laid::MORE {
        return Some(format!(
            "{nodes} boxes have {edges} lines between them, and nobody can follow that many; split it"
        ));
    }
    let mut meeting: BTreeMap<&str, usize> = BTreeMap::new();
    for end in graph.edges.iter().flat_map(|edge| [&edge.from, &edge.to]) {
        *meeting.entry(end).or_default() += 1;
    }
    if meeting.values().map(|lines| lines * lines).sum::<usize>() > laid::MEETING {
        let (name, most) = meeting.iter().max_by_key(|(_, lines)| **lines)?;
        return Some(format!(
            "{most} lines meet at \"{name}\", and nobody can tell them apart; split it"
        ));
    }
    if graph.subgraphs.len() > laid::GROUPS {
        return Some(format!("it has more than {} groups of boxes; split it", laid::GROUPS));
    }
    (letters > laid::LETTERS)
        .then(|| format!("its labels have more than {} letters together; split it", laid::LETTERS))
}
