//! Sequence diagrams, read by ourselves: who takes part, what is said, in which frames.
//!
//! Longer than most: one kind of statement after the other, each a few lines.

use mermaid_rs_renderer::ir::{
    SequenceFrame, SequenceFrameKind, SequenceFrameSection, SequenceNote, SequenceNotePosition,
};
use mermaid_rs_renderer::layout::DiagramData;
use mermaid_rs_renderer::{
    DiagramKind, Direction, Edge, EdgeDecoration, EdgeStyle, Graph, Layout, NodeShape,
    SequenceActivation, SequenceActivationKind, SequenceBox,
};

use super::Fault;
use super::source::{decoded, label, unquoted};

/// Most who take part, and most messages.
const MOST_PARTICIPANTS: usize = 60;
const MOST_MESSAGES: usize = 300;

/// Signs of messages, the longer ones first: dashed, with an arrow at the start, with a cross.
const SIGNS: [(&str, bool, bool, Head); 14] = [
    ("<<-->>", true, true, Head::Arrow),
    ("<<->>", false, true, Head::Arrow),
    ("-->>", true, false, Head::Arrow),
    ("->>", false, false, Head::Arrow),
    ("--x", true, false, Head::Cross),
    ("--X", true, false, Head::Cross),
    ("--)", true, false, Head::Arrow),
    ("-->", true, false, Head::None),
    ("-x", false, false, Head::Cross),
    ("-X", false, false, Head::Cross),
    ("-)", false, false, Head::Arrow),
    ("->", false, false, Head::None),
    ("<<--", true, true, Head::None),
    ("<<-", false, true, Head::None),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    None,
    Arrow,
    Cross,
}

/// Reads a sequence diagram; the title that it gives itself comes along.
pub(super) fn read(text: &str) -> Result<(Graph, Option<String>), Fault> {
    let mut one = Sequence::new();
    let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line));
    let mut is_begun = false;
    while let Some((number, line)) = lines.next() {
        let mut line = without_comment(line).trim();
        if !is_begun && !line.is_empty() {
            // The first word names the kind.
            is_begun = true;
            line = line
                .split_once(|c: char| c.is_whitespace() || c == ';')
                .map_or("", |(_, rest)| rest.trim());
        }
        if line.starts_with("accDescr") && line.contains('{') && !line.contains('}') {
            lines.by_ref().find(|(_, line)| line.contains('}'));
            continue;
        }
        for statement in statements(line) {
            one.statement(statement, number)?;
        }
        if one.graph.edges.len() > MOST_MESSAGES {
            let message = format!("it has more than {MOST_MESSAGES} messages; split it");
            return Err(Fault { line: number, message });
        }
    }
    one.closed()
}

/// The statements of a line: a `;` stands between them, where a message follows it.
fn statements(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(';') {
        if split_message(line[at + 1..].trim_start()).is_some() {
            found.push(&line[start..at]);
            start = at + 1;
        }
    }
    found.push(&line[start..]);
    found.retain(|one| !one.trim().is_empty());
    found
}

/// A comment behind a statement.
fn without_comment(line: &str) -> &str {
    line.split(" %%").next().unwrap_or_default()
}

struct Sequence {
    graph: Graph,
    title: Option<String>,
    frames: Vec<(usize, SequenceFrame)>,
    group: Option<SequenceBox>,
}

impl Sequence {
    fn new() -> Self {
        let mut graph = Graph::new();
        graph.kind = DiagramKind::Sequence;
        graph.direction = Direction::LeftRight;
        Sequence { graph, title: None, frames: Vec::new(), group: None }
    }

    fn statement(&mut self, statement: &str, line: usize) -> Result<(), Fault> {
        let statement = statement.trim().trim_end_matches(';').trim_end();
        let (word, rest) = statement
            .split_once(|c: char| c.is_whitespace())
            .map_or((statement, ""), |(word, rest)| (word, rest.trim()));
        let small = word.to_ascii_lowercase();
        match small.as_str() {
            "participant" | "actor" => self.participant(rest, line),
            "create" => {
                let (_, rest) = rest.split_once(char::is_whitespace).unwrap_or(("", rest));
                self.participant(rest, line)
            }
            "destroy" => Ok(()),
            "links" | "link" | "properties" | "details" if split_message(statement).is_none() => {
                Ok(())
            }
            "box" => self.open_box(rest, line),
            "loop" | "alt" | "opt" | "par" | "par_over" | "critical" | "break" | "rect" => {
                self.open(&small, rest, line)
            }
            "else" | "and" | "option" => self.section(rest, line),
            "end" => self.end(line),
            "note" => self.note(rest, line),
            "activate" | "deactivate" => self.activation(&small, rest, line),
            "autonumber" => {
                let start = rest.split_whitespace().next().unwrap_or("1");
                self.graph.sequence_autonumber =
                    (start != "off").then(|| start.parse().unwrap_or(1)).filter(|n| *n < 100_000);
                Ok(())
            }
            "title" | "title:" => {
                self.title = Some(label(rest.trim_start_matches(':')));
                Ok(())
            }
            _ if small.starts_with("acctitle") || small.starts_with("accdescr") => Ok(()),
            _ => self.message(statement, line),
        }
    }

    fn participant(&mut self, rest: &str, line: usize) -> Result<(), Fault> {
        let (id, said) = match rest.split_once("@{") {
            // The settings say the kind, and sometimes what it is called.
            Some((id, settings)) => {
                let said = settings.split_once("} as ").map(|(_, said)| said);
                let inner =
                    settings.split_once("\"alias\"").and_then(|(_, rest)| rest.split('"').nth(1));
                (id, said.or(inner))
            }
            None => match split_as(rest) {
                Some((id, said)) => (id, Some(said)),
                None => (rest, None),
            },
        };
        let id = unquoted(id);
        if id.is_empty() {
            return Err(Fault { line, message: "this participant has no name".into() });
        }
        let said = said.map_or_else(|| decoded(id), label);
        self.join(id, Some(said), line)
    }

    fn join(&mut self, id: &str, said: Option<String>, line: usize) -> Result<(), Fault> {
        let is_new = !self.graph.nodes.contains_key(id);
        let shape = is_new.then_some(NodeShape::ActorBox);
        let said = said.or_else(|| is_new.then(|| label(id)));
        self.graph.ensure_node(id, said, shape);
        if is_new {
            self.graph.sequence_participants.push(id.to_owned());
            if let Some(group) = &mut self.group {
                group.participants.push(id.to_owned());
            }
        }
        if self.graph.sequence_participants.len() > MOST_PARTICIPANTS {
            let message = format!(
                "it has more than {MOST_PARTICIPANTS} participants, and nobody can read that many"
            );
            return Err(Fault { line, message });
        }
        Ok(())
    }

    fn open_box(&mut self, rest: &str, line: usize) -> Result<(), Fault> {
        if self.group.is_some() {
            return Err(Fault { line, message: "a box stands in a box".into() });
        }
        let (color, said) = colour(rest);
        let said = label(said);
        self.group = Some(SequenceBox {
            label: (!said.is_empty()).then_some(said),
            color,
            participants: Vec::new(),
        });
        self.frames.push((line, frame(SequenceFrameKind::Rect, None, usize::MAX)));
        Ok(())
    }

    fn open(&mut self, word: &str, rest: &str, line: usize) -> Result<(), Fault> {
        let kind = match word {
            "loop" => SequenceFrameKind::Loop,
            "alt" => SequenceFrameKind::Alt,
            "opt" => SequenceFrameKind::Opt,
            "critical" => SequenceFrameKind::Critical,
            "break" => SequenceFrameKind::Break,
            "rect" => SequenceFrameKind::Rect,
            _ => SequenceFrameKind::Par,
        };
        // A coloured ground has a colour and no words.
        let said = if kind == SequenceFrameKind::Rect { String::new() } else { label(rest) };
        let said = (!said.is_empty()).then_some(said);
        if self.frames.len() > 20 {
            return Err(Fault {
                line,
                message: "it has more than 20 frames within each other".into(),
            });
        }
        self.frames.push((line, frame(kind, said, self.graph.edges.len())));
        Ok(())
    }

    fn section(&mut self, rest: &str, line: usize) -> Result<(), Fault> {
        let at = self.graph.edges.len();
        let Some((_, frame)) =
            self.frames.last_mut().filter(|(_, frame)| frame.start_idx != usize::MAX)
        else {
            return Err(Fault { line, message: "this part stands in no frame".into() });
        };
        if let Some(last) = frame.sections.last_mut() {
            last.end_idx = at;
        }
        let said = label(rest);
        frame.sections.push(SequenceFrameSection {
            label: (!said.is_empty()).then_some(said),
            start_idx: at,
            end_idx: at,
        });
        Ok(())
    }

    fn end(&mut self, line: usize) -> Result<(), Fault> {
        let Some((_, mut frame)) = self.frames.pop() else {
            return Err(Fault { line, message: "this \"end\" closes nothing".into() });
        };
        if frame.start_idx == usize::MAX {
            self.graph.sequence_boxes.extend(self.group.take());
            return Ok(());
        }
        let at = self.graph.edges.len();
        if let Some(last) = frame.sections.last_mut() {
            last.end_idx = at;
        }
        frame.end_idx = at;
        self.graph.sequence_frames.push(frame);
        Ok(())
    }

    fn note(&mut self, rest: &str, line: usize) -> Result<(), Fault> {
        let small = rest.to_ascii_lowercase();
        let places = [
            ("left of ", SequenceNotePosition::LeftOf),
            ("right of ", SequenceNotePosition::RightOf),
            ("over ", SequenceNotePosition::Over),
        ];
        let place = places.into_iter().find(|(words, _)| small.starts_with(words));
        let parts = place.and_then(|(words, position)| {
            let (whose, said) = rest[words.len()..].split_once(':')?;
            Some((position, whose, label(said)))
        });
        let Some((position, whose, said)) = parts else {
            let message =
                "a note is written \"Note over A,B: words\" (or left of, right of)".to_owned();
            return Err(Fault { line, message });
        };
        let participants: Vec<String> = whose
            .split(',')
            .map(|one| unquoted(one).to_owned())
            .filter(|one| !one.is_empty())
            .collect();
        for one in &participants {
            self.join(one, None, line)?;
        }
        if said.is_empty() {
            return Ok(());
        }
        let index = self.graph.edges.len();
        self.graph.sequence_notes.push(SequenceNote { position, participants, label: said, index });
        Ok(())
    }

    fn activation(&mut self, word: &str, whose: &str, line: usize) -> Result<(), Fault> {
        let whose = unquoted(whose);
        self.join(whose, None, line)?;
        let kind = if word == "activate" {
            SequenceActivationKind::Activate
        } else {
            SequenceActivationKind::Deactivate
        };
        let index = self.graph.edges.len();
        self.graph.sequence_activations.push(SequenceActivation {
            participant: whose.to_owned(),
            index,
            kind,
        });
        Ok(())
    }

    fn message(&mut self, statement: &str, line: usize) -> Result<(), Fault> {
        let Some((from, sign, rest)) = split_message(statement) else {
            return Err(unread(statement, line));
        };
        let (_, dashed, both, head) = sign;
        let (rest, activation) = match rest.strip_prefix('+') {
            Some(rest) => (rest, Some(SequenceActivationKind::Activate)),
            None => match rest.strip_prefix('-') {
                Some(rest) => (rest, Some(SequenceActivationKind::Deactivate)),
                None => (rest, None),
            },
        };
        let (to, said) = rest.split_once(':').unwrap_or((rest, ""));
        let clean = |name: &str| {
            unquoted(name.trim().trim_end_matches("()").trim_start_matches("()")).to_owned()
        };
        let (from, to) = (clean(from), clean(to));
        if from.is_empty() || to.is_empty() {
            let message = "this message leads from nobody or to nobody".to_owned();
            return Err(Fault { line, message });
        }
        self.join(&from, None, line)?;
        self.join(&to, None, line)?;
        let index = self.graph.edges.len();
        if let Some(kind) = activation {
            let whose = if kind == SequenceActivationKind::Activate { &to } else { &from };
            let participant = whose.clone();
            self.graph.sequence_activations.push(SequenceActivation { participant, index, kind });
        }
        let said = label(said);
        self.graph.edges.push(Edge {
            from,
            to,
            label: (!said.is_empty()).then_some(said),
            start_label: None,
            end_label: None,
            directed: head == Head::Arrow,
            arrow_start: both,
            arrow_end: head == Head::Arrow,
            arrow_start_kind: None,
            arrow_end_kind: None,
            start_decoration: None,
            end_decoration: (head == Head::Cross).then_some(EdgeDecoration::Cross),
            style: if dashed { EdgeStyle::Dotted } else { EdgeStyle::Solid },
        });
        Ok(())
    }

    fn closed(self) -> Result<(Graph, Option<String>), Fault> {
        match self.frames.last() {
            Some((line, _)) => {
                let message =
                    "this frame is not closed; write \"end\" after its last line".to_owned();
                Err(Fault { line: *line, message })
            }
            None => Ok((self.graph, self.title)),
        }
    }
}

fn frame(kind: SequenceFrameKind, label: Option<String>, at: usize) -> SequenceFrame {
    let section = SequenceFrameSection { label, start_idx: at, end_idx: at };
    SequenceFrame { kind, sections: vec![section], start_idx: at, end_idx: at }
}

fn unread(statement: &str, line: usize) -> Fault {
    let start: String = statement.chars().take(40).collect();
    let message =
        format!("\"{start}\" is neither a message such as \"A->>B: words\" nor another statement");
    Fault { line, message }
}

fn split_as(rest: &str) -> Option<(&str, &str)> {
    let small = rest.to_ascii_lowercase();
    let at = small.find(" as ")?;
    Some((&rest[..at], &rest[at + 4..]))
}

/// The colour in front of the words of a box.
fn colour(rest: &str) -> (Option<String>, &str) {
    for start in ["rgb(", "rgba(", "hsl(", "hsla("] {
        if let Some(end) = rest.find(')').filter(|_| rest.to_ascii_lowercase().starts_with(start)) {
            return (Some(rest[..=end].to_owned()), &rest[end + 1..]);
        }
    }
    let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let named = [
        "transparent",
        "aqua",
        "red",
        "green",
        "blue",
        "purple",
        "grey",
        "gray",
        "yellow",
        "orange",
        "pink",
        "white",
        "black",
        "lightblue",
        "lightgreen",
        "lightyellow",
        "lightgray",
        "lightgrey",
        "lightpink",
        "cyan",
        "brown",
    ];
    let small = first.to_ascii_lowercase();
    if named.contains(&small.as_str()) || small.starts_with('#') {
        return (Some(small), words);
    }
    (None, rest)
}

type Sign = (&'static str, bool, bool, Head);

/// Who speaks, the sign, and the rest of a message.
fn split_message(statement: &str) -> Option<(&str, Sign, &str)> {
    let head = statement.split(':').next().unwrap_or_default();
    head.char_indices().filter(|(_, c)| matches!(c, '-' | '<')).find_map(|(at, _)| {
        let sign = SIGNS.into_iter().find(|(sign, ..)| head[at..].starts_with(sign))?;
        let from = statement[..at].trim();
        let rest = statement[at + sign.0.len()..].trim_start();
        (!from.is_empty()).then_some((from, sign, rest))
    })
}

/// Takes the word `rect` off coloured grounds of a sequence: the source does not say it.
pub(super) fn without_names(placed: &mut Layout) {
    let DiagramData::Sequence(data) = &mut placed.diagram else { return };
    for frame in data.frames.iter_mut().filter(|frame| frame.kind == SequenceFrameKind::Rect) {
        frame.label.text.lines.clear();
        (frame.label_box.2, frame.label_box.3) = (0.0, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> Vec<String> {
        let (graph, _) = read(source).unwrap_or_else(|fault| panic!("{}: {source}", fault.message));
        let label = |id: &String| graph.nodes[id].label.clone();
        let said = graph.edges.iter().map(|edge| {
            format!(
                "{}>{}>{}",
                label(&edge.from),
                edge.label.as_deref().unwrap_or_default(),
                label(&edge.to)
            )
        });
        said.collect()
    }

    #[test]
    fn every_message_is_read() {
        let source = "sequenceDiagram\n participant U as User\n U->>+D: Report\n D-)U: Inform\n \
                      D-xU: No answer\n D--xU: a\n D--)U: b; U->D: c\n D-->>-U: Close; all\n \
                      U<<->>New one: d #59; e\n D->>D:\n";
        assert_eq!(
            said(source),
            [
                "User>Report>D",
                "D>Inform>User",
                "D>No answer>User",
                "D>a>User",
                "D>b>User",
                "User>c>D",
                "D>Close; all>User",
                "User>d ; e>New one",
                "D>>D"
            ]
        );
    }

    #[test]
    fn frames_notes_and_boxes_are_read() {
        let source = "sequenceDiagram\n title Night\n box Aqua The desk\n participant A\n end\n \
                      alt yes -> no\n A->>B: x\n else other\n A->>B: y\n end\n Note over A,B: n->m\n \
                      rect rgb(1, 2, 3)\n A->>B: z\n end";
        let (graph, title) = read(source).unwrap();
        assert_eq!(title.as_deref(), Some("Night"));
        assert_eq!(graph.sequence_boxes[0].label.as_deref(), Some("The desk"));
        assert_eq!(graph.sequence_frames.len(), 2);
        assert_eq!(graph.sequence_frames[0].sections[0].label.as_deref(), Some("yes -> no"));
        assert_eq!(graph.sequence_notes[0].label, "n->m");
        assert_eq!(graph.edges.len(), 3);
    }

    #[test]
    fn what_is_no_sequence_is_said_at_its_line() {
        for (source, line, word) in [
            ("sequenceDiagram\n A->>B: x\n what is this", 3, "neither a message"),
            ("sequenceDiagram\n loop x\n A->>B: x", 2, "not closed"),
            ("sequenceDiagram\n A->>B: x\n end", 3, "closes nothing"),
            ("sequenceDiagram\n A->>: x", 2, "nobody"),
            ("sequenceDiagram\n Note A: x", 2, "a note is written"),
        ] {
            let fault = read(source).err().unwrap_or_else(|| panic!("{source}"));
            assert_eq!(fault.line, line, "{source}");
            assert!(fault.message.contains(word), "{source}: {}", fault.message);
        }
    }

    #[test]
    fn a_coloured_ground_has_no_name() {
        let source = "sequenceDiagram\n rect rgb(0,9,9)\n A->>B: Hello\n end";
        let svg = super::super::draw(source).unwrap();
        assert!(svg.contains("Hello") && !svg.contains(">rect<"), "{svg}");
    }
}
