//! Flowcharts, read by ourselves: every box and every line of the source is in the graph that is laid
//! out, and what cannot be read is said with its line.
//!
//! Longer than most: one grammar, read in one place.

use std::fmt::Write as _;

use mermaid_rs_renderer::ir::EdgeStyleOverride;
use mermaid_rs_renderer::{
    DiagramKind, Direction, Edge, EdgeDecoration, EdgeStyle, Graph, NodeShape, Subgraph,
    parse_mermaid,
};

use super::Fault;
use super::bounds::{MOST_EDGES, MOST_NODES, too_many};
use super::cursor::Cursor;
use super::source::{label, unquoted};

/// Reads a flowchart.
pub(super) fn read(text: &str) -> Result<Graph, Fault> {
    let mut flow = Flow {
        at: Cursor::new(text),
        graph: Graph::new(),
        open: Vec::new(),
        looks: String::from("flowchart LR\n"),
        edge_ids: Vec::new(),
        unseen: Vec::new(),
    };
    flow.graph.kind = DiagramKind::Flowchart;
    flow.head();
    while flow.at.next_statement() {
        flow.statement()?;
        if flow.graph.edges.len() > MOST_EDGES || flow.graph.nodes.len() > MOST_NODES {
            return Err(flow.at.fault(too_many()));
        }
    }
    if let Some((line, _)) = flow.open.last() {
        let message = "this subgraph is not closed; write \"end\" after its last line".to_owned();
        return Err(Fault { line: *line, message });
    }
    Ok(flow.dressed())
}

struct Flow<'t> {
    at: Cursor<'t>,
    graph: Graph,
    /// Lines and numbers of the subgraphs that are open.
    open: Vec<(usize, usize)>,
    /// What says how things look, as a diagram of its own.
    looks: String,
    /// Names of edges, which a later line may give settings to.
    edge_ids: Vec<String>,
    /// Numbers of the links that only hold boxes apart: `~~~`.
    unseen: Vec<usize>,
}

/// A link between boxes.
#[derive(Clone)]
struct Link {
    label: Option<String>,
    style: EdgeStyle,
    start: Option<char>,
    end: Option<char>,
    hidden: bool,
}

impl Flow<'_> {
    fn head(&mut self) {
        self.at.next_statement();
        self.at.word();
        self.at.blanks();
        let direction = self.at.word();
        if let Some(direction) = heading(direction) {
            self.graph.direction = direction;
        }
    }

    fn statement(&mut self) -> Result<(), Fault> {
        let line = self.at.line;
        let rest = self.at.rest;
        let word = rest.split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
        // A box may be called by one of these words when a link or a bracket follows.
        let is_statement = !self.at.is_box_named(word);
        match word {
            "end" if is_statement => {
                self.at.skip(word.len());
                let closed = self.open.pop();
                closed.ok_or_else(|| self.at.fault_at(line, "this \"end\" closes nothing"))?;
            }
            "subgraph" => self.subgraph(line),
            "direction" if is_statement => {
                self.at.skip(word.len());
                let direction = heading(self.at.line_rest().trim());
                match self.open.last() {
                    Some((_, number)) => self.graph.subgraphs[*number].direction = direction,
                    None => self.graph.direction = direction.unwrap_or(self.graph.direction),
                }
            }
            "classDef" | "class" | "style" | "linkStyle" if is_statement => {
                let look = self.at.statement_rest();
                self.looks.push_str(look);
                self.looks.push('\n');
            }
            "click" | "href" if is_statement => {
                self.at.line_rest();
            }
            _ if is_spoken(rest) => self.at.skip_spoken(),
            _ => self.chain()?,
        }
        Ok(())
    }

    fn subgraph(&mut self, line: usize) {
        self.at.skip("subgraph".len());
        self.at.blanks();
        let rest = self.at.statement_rest().trim();
        let (rest, class) =
            rest.split_once(":::").map_or((rest, ""), |(rest, class)| (rest.trim(), class));
        let (id, title) = match rest.split_once('[').filter(|_| rest.ends_with(']')) {
            Some((id, title)) => (id.trim(), label(&title[..title.len() - 1])),
            None => (unquoted(rest), label(rest)),
        };
        if !class.is_empty() && !id.contains(char::is_whitespace) {
            let _ = writeln!(self.looks, "class {id} {}", class.trim());
        }
        let id = (!id.is_empty()).then(|| id.to_owned());
        self.graph.subgraphs.push(Subgraph {
            id,
            label: title,
            nodes: Vec::new(),
            direction: None,
            icon: None,
        });
        self.open.push((line, self.graph.subgraphs.len() - 1));
    }

    /// Boxes, and the links between them: `A & B --> C -->|why| D`.
    fn chain(&mut self) -> Result<(), Fault> {
        let Some(mut from) = self.boxes()? else { return Ok(()) };
        loop {
            self.at.blanks();
            self.at.seek_link();
            if self.at.is_at_end() {
                return Ok(());
            }
            let link = self.link()?;
            self.at.spaces();
            let line = self.at.line;
            let Some(to) = self.boxes()? else {
                return Err(self.at.fault_at(line, "this link leads to no box"));
            };
            for one in &from {
                for other in &to {
                    if link.hidden {
                        self.unseen.push(self.graph.edges.len());
                    }
                    self.graph.edges.push(edge(one, other, &link));
                }
            }
            if self.graph.edges.len() > MOST_EDGES {
                return Ok(());
            }
            from = to;
        }
    }

    fn boxes(&mut self) -> Result<Option<Vec<String>>, Fault> {
        let mut ids = Vec::new();
        loop {
            let Some(id) = self.a_box()? else { return Ok(None) };
            ids.push(id);
            let before = (self.at.rest, self.at.line);
            self.at.spaces();
            if !self.at.rest.starts_with('&') {
                (self.at.rest, self.at.line) = before;
                return Ok(Some(ids));
            }
            self.at.skip(1);
            self.at.spaces();
        }
    }

    /// A box: its name, its label, its class. Nothing where only settings of an edge stand.
    fn a_box(&mut self) -> Result<Option<String>, Fault> {
        let line = self.at.line;
        let id = self.at.name();
        if id.is_empty() {
            let found = self.at.line_rest().trim().to_owned();
            let found: String = found.chars().take(30).collect();
            let message = if found.is_empty() {
                "a box is missing here".to_owned()
            } else {
                format!("a box is expected where \"{found}\" stands")
            };
            return Err(self.at.fault_at(line, message));
        }
        let id = id.to_owned();
        let mut said = None;
        let mut shape = None;
        if self.at.rest.starts_with("@{") {
            let settings = self.at.settings()?;
            if self.edge_ids.contains(&id) {
                return Ok(None);
            }
            said = setting(settings, "label").map(|words| label(&words));
            shape = setting(settings, "shape").map(|name| shape_of(&name));
        } else if let Some((text, form)) = self.at.bracketed()? {
            said = Some(label(text));
            shape = Some(form);
        }
        if self.at.rest.starts_with("@{") {
            let settings = self.at.settings()?;
            said = setting(settings, "label").map(|words| label(&words)).or(said);
            shape = setting(settings, "shape").map(|name| shape_of(&name)).or(shape);
        }
        while let Some(rest) = self.at.rest.strip_prefix(":::") {
            self.at.rest = rest;
            let class = self.at.class_name();
            let _ = writeln!(self.looks, "class {id} {class}");
        }
        self.keep(&id, said, shape);
        Ok(Some(id))
    }

    fn keep(&mut self, id: &str, said: Option<String>, shape: Option<NodeShape>) {
        self.graph.ensure_node(id, said, shape);
        let open: Vec<usize> = self.open.iter().map(|(_, number)| *number).collect();
        let is_in = |group: &Subgraph| group.nodes.iter().any(|node| node == id);
        let mut others = self.graph.subgraphs.iter().enumerate().filter(|(n, _)| !open.contains(n));
        if others.any(|(_, group)| is_in(group)) {
            return;
        }
        for number in open {
            let group = &mut self.graph.subgraphs[number];
            if !group.nodes.iter().any(|node| node == id) {
                group.nodes.push(id.to_owned());
            }
        }
    }

    fn link(&mut self) -> Result<Link, Fault> {
        let line = self.at.line;
        if let Some((id, rest)) = self.at.rest.split_once('@') {
            let is_name = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || c == '_');
            if is_name && !rest.starts_with('{') {
                self.edge_ids.push(id.to_owned());
                self.at.rest = rest;
            }
        }
        let Some(mark) = self.at.link_mark() else {
            let found: String =
                self.at.rest.lines().next().unwrap_or_default().chars().take(30).collect();
            let message = if found.starts_with("->") {
                "\"->\" is no link in a flowchart; write \"-->\"".to_owned()
            } else {
                format!("a link such as \"-->\" is expected before \"{}\"", found.trim())
            };
            return Err(self.at.fault_at(line, message));
        };
        let mut link = Link {
            label: None,
            style: style(mark),
            start: mark.chars().next().filter(|c| matches!(c, '<' | 'x' | 'o')),
            end: mark.chars().last().filter(|c| matches!(c, '>' | 'x' | 'o')),
            hidden: mark.starts_with('~'),
        };
        if is_opening(mark) {
            let (text, end) = self.at.link_text(mark)?;
            link.label = Some(label(text)).filter(|words| !words.is_empty());
            link.end = end.chars().last().filter(|c| matches!(c, '>' | 'x' | 'o'));
        }
        self.at.spaces();
        if let Some(rest) = self.at.rest.strip_prefix('|') {
            let end = bar(rest).ok_or_else(|| {
                self.at.fault_at(line, "the label of this link is not closed by \"|\"")
            })?;
            link.label = Some(label(&rest[..end])).filter(|words| !words.is_empty());
            self.at.skip(end + 2);
        }
        Ok(link)
    }

    /// The graph with its colours.
    fn dressed(mut self) -> Graph {
        if let Ok(looks) = parse_mermaid(&self.looks) {
            let looks = looks.graph;
            self.graph.class_defs = looks.class_defs;
            self.graph.node_classes = looks.node_classes;
            self.graph.node_styles = looks.node_styles;
            self.graph.subgraph_styles = looks.subgraph_styles;
            self.graph.subgraph_classes = looks.subgraph_classes;
            self.graph.edge_styles = looks.edge_styles;
            self.graph.edge_style_default = looks.edge_style_default;
        }
        for number in self.unseen {
            let stroke = Some("none".to_owned());
            let unseen = EdgeStyleOverride { stroke, ..EdgeStyleOverride::default() };
            self.graph.edge_styles.insert(number, unseen);
        }
        self.graph
    }
}

/// The `|` that ends a label; one in quotation marks does not.
fn bar(text: &str) -> Option<usize> {
    if let Some(quoted) = text.trim_start().strip_prefix('"') {
        let lead = text.len() - quoted.len();
        let close = lead + quoted.find('"')? + 1;
        return text[close..].find('|').map(|at| close + at);
    }
    text.find('|')
}

fn edge(from: &str, to: &str, link: &Link) -> Edge {
    let decoration = |mark: Option<char>| match mark {
        Some('x') => Some(EdgeDecoration::Cross),
        Some('o') => Some(EdgeDecoration::Circle),
        _ => None,
    };
    let arrow_start = link.start == Some('<');
    let arrow_end = link.end == Some('>');
    Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        label: link.label.clone(),
        start_label: None,
        end_label: None,
        directed: arrow_start || arrow_end,
        arrow_start,
        arrow_end,
        arrow_start_kind: None,
        arrow_end_kind: None,
        start_decoration: decoration(link.start),
        end_decoration: decoration(link.end),
        style: link.style,
    }
}

fn style(mark: &str) -> EdgeStyle {
    if mark.contains('=') {
        EdgeStyle::Thick
    } else if mark.contains('.') {
        EdgeStyle::Dotted
    } else {
        EdgeStyle::Solid
    }
}

/// Whether the words of a link follow: `A -- yes --> B`.
fn is_opening(mark: &str) -> bool {
    matches!(mark.trim_start_matches(['<', 'x', 'o']), "--" | "==" | "-.")
}

fn heading(word: &str) -> Option<Direction> {
    Some(match word {
        "TD" | "TB" | "v" => Direction::TopDown,
        "BT" | "^" => Direction::BottomTop,
        "LR" | ">" => Direction::LeftRight,
        "RL" | "<" => Direction::RightLeft,
        _ => return None,
    })
}

/// Whether a statement says in words what the diagram shows.
fn is_spoken(rest: &str) -> bool {
    ["accTitle", "accDescr"].iter().any(|key| {
        rest.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '{']))
    })
}

/// A setting of `@{ shape: rect, label: "Words" }`.
fn setting(settings: &str, key: &str) -> Option<String> {
    let mut rest = settings;
    loop {
        let at = rest.find(key)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        rest = &rest[at + key.len()..];
        let stands_alone =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '"' | '\''));
        let Some(value) = after.strip_prefix(':').filter(|_| stands_alone) else { continue };
        let value = value.trim_start();
        for mark in ['"', '\''] {
            if let Some(quoted) = value.strip_prefix(mark) {
                return quoted.split(mark).next().map(str::to_owned);
            }
        }
        return value.split([',', '\n']).next().map(|value| value.trim().to_owned());
    }
}

fn shape_of(name: &str) -> NodeShape {
    match name {
        "rounded" | "event" => NodeShape::RoundRect,
        "stadium" | "pill" | "terminal" => NodeShape::Stadium,
        "subproc" | "subprocess" | "subroutine" | "fr-rect" | "framed-rectangle" => {
            NodeShape::Subroutine
        }
        "cyl" | "cylinder" | "database" | "db" | "das" | "disk" | "h-cyl" | "lin-cyl" => {
            NodeShape::Cylinder
        }
        "circle" | "circ" | "sm-circ" | "start" | "small-circle" => NodeShape::Circle,
        "dbl-circ" | "double-circle" | "fr-circ" | "stop" => NodeShape::DoubleCircle,
        "diam" | "diamond" | "decision" | "question" => NodeShape::Diamond,
        "hex" | "hexagon" | "prepare" => NodeShape::Hexagon,
        "lean-r" | "lean-right" | "in-out" => NodeShape::Parallelogram,
        "lean-l" | "lean-left" | "out-in" => NodeShape::ParallelogramAlt,
        "trap-b" | "trapezoid" | "priority" => NodeShape::Trapezoid,
        "trap-t" | "inv-trapezoid" | "manual" => NodeShape::TrapezoidAlt,
        "odd" => NodeShape::Asymmetric,
        "text" => NodeShape::Text,
        _ => NodeShape::Rectangle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(source: &str) -> Vec<String> {
        let graph = read(source).unwrap_or_else(|fault| panic!("{}: {source}", fault.message));
        let edges = graph.edges.iter().map(|edge| {
            let label = edge.label.as_deref().unwrap_or_default();
            let (from, to) = (&graph.nodes[&edge.from].label, &graph.nodes[&edge.to].label);
            format!("{from}>{label}>{to}")
        });
        edges.collect()
    }

    #[test]
    fn every_link_of_a_chain_is_read() {
        assert_eq!(edges("graph LR\n A[One] --> B --> C{Three}"), ["One>>B", "B>>Three"]);
        assert_eq!(edges("flowchart TB; a-->b;b---c"), ["a>>b", "b>>c"]);
        assert_eq!(edges("graph\n A & B --> C & D"), ["A>>C", "A>>D", "B>>C", "B>>D"]);
        assert_eq!(
            edges("graph LR\n A -- yes --> B -->|no| C == so ==> D -. why .-> E"),
            ["A>yes>B", "B>no>C", "C>so>D", "D>why>E"]
        );
        assert_eq!(
            edges("graph LR\n A x--x B o--o C <--> D ---oE ----> F ~~~ G"),
            ["A>>B", "B>>C", "C>>D", "D>>E", "E>>F", "F>>G"]
        );
        assert_eq!(edges("graph LR\n A e1@--> B\n e1@{ animate: true }"), ["A>>B"]);
        assert_eq!(
            edges("graph LR\n A -- \"a > b\" --- B\n A-->|\"x|y\"|C"),
            ["A>a > b>B", "A>x|y>C"]
        );
    }

    #[test]
    fn a_label_may_hold_what_it_likes() {
        assert_eq!(
            edges("graph LR\n A[\"x; --> y\nz\"] --> End(Done (all))"),
            ["x; --> y\nz>>Done (all)"]
        );
        assert_eq!(
            edges("graph LR\n a-b.c --> end1\n A@{shape: cyl, label: \"Base\"} --> B"),
            ["a-b.c>>end1", "Base>>B"]
        );
        assert_eq!(
            edges("graph LR\n A([a]):::x --> B[[b]] & C[(c)] --> D{{d}} --> E>e] --> F(((f)))"),
            ["a>>b", "a>>c", "b>>d", "c>>d", "d>>e", "e>>f"]
        );
        assert_eq!(
            edges("graph LR\n A[/a/] --> B[\\b\\] --> C[/c\\] --> D((d))"),
            ["a>>b", "b>>c", "c>>d"]
        );
    }

    #[test]
    fn groups_hold_their_boxes() {
        let graph = read(
            "graph LR\n subgraph one [The first]\n A --> B\n end\n subgraph Two\n B --> C\n end",
        )
        .unwrap();
        let groups: Vec<_> = graph
            .subgraphs
            .iter()
            .map(|group| (group.label.as_str(), group.nodes.join(" ")))
            .collect();
        assert_eq!(groups, [("The first", "A B".to_owned()), ("Two", "C".to_owned())]);
    }

    #[test]
    fn what_is_no_flowchart_is_said_at_its_line() {
        for (source, line, word) in [
            ("graph LR\n A[Opened] -> B(In analysis]", 2, "\"->\" is no link"),
            ("graph LR\n A --> B\n A[Opened --> B", 3, "is not closed"),
            ("graph LR\n A -->", 2, "box"),
            ("graph LR\n A --> B\n subgraph x\n C", 3, "not closed"),
            ("graph LR\n A --> B\n end", 3, "closes nothing"),
            ("graph LR\n A B", 2, "a link"),
            ("graph LR\n A -- yes B", 2, "not closed"),
            ("graph LR\n A -->|yes B", 2, "not closed"),
        ] {
            let fault = read(source).err().unwrap_or_else(|| panic!("{source}"));
            assert_eq!(fault.line, line, "{source}: {}", fault.message);
            assert!(fault.message.contains(word), "{source}: {}", fault.message);
        }
    }

    #[test]
    fn a_drawing_that_nobody_can_read_is_not_laid_out() {
        let many =
            |letter: char| (0..40).map(|n| format!("{letter}{n}")).collect::<Vec<_>>().join(" & ");
        let fault = read(&format!("graph LR\n {} --> {}", many('a'), many('b'))).err().unwrap();
        assert!(fault.message.contains("more than 200 boxes or 300 lines"), "{}", fault.message);
    }
}
