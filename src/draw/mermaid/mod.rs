//! Mermaid diagrams to SVG, at build time and strictly: what cannot be drawn is said with its
//! line, never an empty box, and never a picture that says something else.
//!
//! Flowcharts and sequences are read by ourselves and given to the renderer as a graph; it lays
//! them out and paints them. Of the other kinds it reads the source, too. What it has painted is
//! then compared with the words of the source, which are read by us.
//!
//! The renderer measures text with estimates (`fast_text_metrics`) and a font family that no
//! machine has, so that the bytes are the same everywhere. Its colours are the theme's variables.
//! What it makes passes the sanitizer: shapes and text, no link, no script, no style.

mod bounds;
mod cursor;
mod entity;
mod flow;
mod guard;
mod sequence;
mod source;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ammonia::Builder;
use mermaid_rs_renderer::{
    Graph, Layout, RenderOptions, Theme, compute_layout, parse_mermaid, render_svg,
};

use crate::crash_context;
use crate::text::escaped;
pub use source::said;
use source::{MOST_BYTES, MOST_LINES, Source};
use words::{Expected, Said};

/// Why a diagram cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the source, from 1.
    pub line: usize,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// A drawing wider than this is not made smaller to fit its place.
pub(super) const LONG: f32 = 1150.0;

/// A diagram that has been read: what is laid out, and what the drawing has to say.
struct Read {
    graph: Graph,
    expected: Expected,
    /// Whether we have read it ourselves, and know each of its lines.
    own: bool,
}

/// Why a diagram cannot be drawn. To lay lines out takes the renderer a hundred times as long as to read
/// them, so more than a few, or any that we have read ourselves, are not laid out here: where that
/// breaks, the drawing says so.
///
/// # Errors
/// Why it cannot be drawn.
pub fn check(source: &str) -> Result<(), Fault> {
    let read = read(source)?;
    let few = if read.own { 0 } else { 8 };
    if bounds::laid_lines(&read.graph) <= few {
        painted(source, &read)?;
    }
    Ok(())
}

/// The lines of a diagram that have to be laid one around the other, where it can be read: they are what
/// takes time.
pub(super) fn laid_lines(source: &str) -> usize {
    read(source).map_or(0, |read| bounds::laid_lines(&read.graph))
}

/// Draws a diagram, for [`named`] to give it a name.
///
/// # Errors
/// Why it cannot be drawn.
pub(super) fn draw(source: &str) -> Result<String, Fault> {
    let read = read(source)?;
    painted(source, &read).map(|svg| sanitized(&svg))
}

/// The title that a diagram gives itself for everybody to see, where it is no part of the drawing.
pub fn title(source: &str) -> Option<String> {
    let read = Source::new(source);
    let (kind, _) = read.kind();
    let own = if kind == "sequenceDiagram" {
        sequence::read(&read.text).ok().and_then(|(_, title)| title)
    } else {
        let title = read.text.lines().find_map(|line| line.trim().strip_prefix("title "));
        title.filter(|_| kind.starts_with("C4")).map(source::label)
    };
    own.or(read.title)
}

fn read(source: &str) -> Result<Read, Fault> {
    if source.len() > MOST_BYTES || source.lines().count() > MOST_LINES {
        let message =
            format!("the diagram is larger than {MOST_LINES} lines or {MOST_BYTES} bytes");
        return Err(Fault { line: 1, message });
    }
    let source = Source::new(source);
    let text = source.text.as_str();
    let (kind, line) = source.kind();
    let read = match kind {
        "" => return Err(Fault { line: 1, message: "the diagram is empty".into() }),
        "graph" | "flowchart" | "flowchart-elk" => own(flow::read(text)?, text),
        "sequenceDiagram" => own(sequence::read(text)?.0, text),
        _ => {
            bounds::numbers(text, kind)?;
            let prepared = source::prepared(text, kind);
            let read = crash_context::contained(|| parse_mermaid(&prepared))
                .ok_or_else(|| broken(text))?;
            let graph = read.map_err(|error| fault(line, &error.to_string()))?.graph;
            // The renderer takes a sign that it does not know for a part of the name.
            let odd = |id: &&String| id.starts_with(['<', '>', '|', '*']);
            if let Some(id) = graph.nodes.keys().find(odd).filter(|_| kind.starts_with("class")) {
                let name = id.trim_start_matches(|c: char| !c.is_alphanumeric());
                let at = text.lines().position(|line| line.contains("--") && line.contains(name));
                let message = format!("the relation to \"{name}\" cannot be drawn");
                return Err(Fault { line: at.map_or(line, |at| at + 1), message });
            }
            let expected = words::expected(text, kind);
            Read { graph, expected, own: false }
        }
    };
    bounds::graph(&read.graph, line)?;
    Ok(read)
}

/// A graph that we have read ourselves, with its words.
fn own(graph: Graph, text: &str) -> Read {
    let line = |words: &str| {
        let word = words.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        let word = word.unwrap_or_default();
        text.lines().position(|line| line.contains(word)).map_or(1, |n| n + 1)
    };
    let groups = graph.subgraphs.iter().map(|group| group.label.clone());
    let is_group = |id: &str| graph.subgraphs.iter().any(|group| group.id.as_deref() == Some(id));
    let boxes =
        graph.nodes.values().filter(|node| !is_group(&node.id)).map(|node| node.label.clone());
    let edges = graph.edges.iter().filter_map(|edge| edge.label.clone());
    let notes = graph.sequence_notes.iter().map(|note| note.label.clone());
    let parts = graph.sequence_frames.iter().flat_map(|frame| &frame.sections);
    let parts = parts.filter_map(|part| part.label.clone());
    let held = graph.sequence_boxes.iter().filter_map(|held| held.label.clone());
    let all = groups.chain(boxes).chain(edges).chain(notes).chain(parts).chain(held);
    let said = all.filter(|text| !text.trim().is_empty());
    let said = said.map(|text| Said { line: line(&text), text }).collect();
    let edges = Some(graph.edges.len());
    Read { graph, expected: Expected { said, edges }, own: true }
}

fn painted(source: &str, read: &Read) -> Result<String, Fault> {
    let RenderOptions { theme, layout } = options();
    let done = crash_context::contained(|| {
        let mut placed = compute_layout(&read.graph, &theme, &layout);
        sequence::without_names(&mut placed);
        let svg = render_svg(&placed, &theme, &layout);
        (placed, svg)
    });
    let (placed, svg) = done.ok_or_else(|| broken(source))?;
    let svg = source::plain_signs(&svg);
    if let Some(fault) = guard::missing(&svg, &read.expected.said) {
        return Err(fault);
    }
    if !are_all_edges(read, &placed) {
        let message = "the drawing would leave out a line between two boxes".to_owned();
        return Err(Fault { line: first_content_line(source), message });
    }
    // A source that the parser skips over comes out as a picture of 16 by 16 with nothing in it.
    if !svg.contains("<text") && !svg.contains("<polygon") {
        let message = "nothing in this diagram can be drawn; is a bracket not closed?".into();
        return Err(Fault { line: first_content_line(source), message });
    }
    Ok(svg)
}

/// Whether every line between boxes has its place in the drawing, from and to where it leads.
fn are_all_edges(read: &Read, placed: &Layout) -> bool {
    let enough = read.expected.edges.is_none_or(|edges| placed.edges.len() >= edges);
    let mut drawn: Vec<(&str, &str)> =
        placed.edges.iter().map(|edge| (edge.from.as_str(), edge.to.as_str())).collect();
    enough
        && (!read.own
            || read.graph.edges.iter().all(|edge| {
                let is_it = |(from, to): &(&str, &str)| *from == edge.from && *to == edge.to;
                drawn.iter().position(is_it).map(|at| drawn.swap_remove(at)).is_some()
            }))
}

fn broken(source: &str) -> Fault {
    let message = "the renderer breaks on this diagram; is a name or a bracket odd?".into();
    Fault { line: first_content_line(source), message }
}

fn options() -> RenderOptions {
    let mut options = RenderOptions::default();
    options.layout.fast_text_metrics = true;
    let ink = || "var(--ink)".to_owned();
    options.theme = Theme {
        font_family: "clausebook-none".into(),
        font_size: 14.0,
        primary_color: "var(--page)".into(),
        primary_text_color: ink(),
        primary_border_color: "var(--edge)".into(),
        line_color: "var(--ink2)".into(),
        secondary_color: "var(--panel)".into(),
        tertiary_color: "var(--panel)".into(),
        edge_label_background: "var(--page)".into(),
        cluster_background: "var(--panel)".into(),
        cluster_border: "var(--line)".into(),
        background: "none".into(),
        sequence_actor_fill: "var(--page)".into(),
        sequence_actor_border: "var(--edge)".into(),
        sequence_actor_line: "var(--edge)".into(),
        sequence_note_fill: "var(--accent-tint)".into(),
        sequence_note_border: "var(--accent)".into(),
        sequence_activation_fill: "var(--sunken)".into(),
        sequence_activation_border: "var(--edge)".into(),
        text_color: ink(),
        ..options.theme
    };
    options
}

/// What the renderer says of a source that it cannot read. It names the place as `line 3`, if at all.
fn fault(first: usize, text: &str) -> Fault {
    let digits = |text: &str| -> Option<usize> {
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    };
    let line = text.find("line").and_then(|at| digits(&text[at..])).unwrap_or(first);
    let message = text.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    Fault { line, message }
}

fn first_content_line(source: &str) -> usize {
    source.lines().position(|line| !line.trim().is_empty()).map_or(1, |n| n + 1)
}

/// Only shapes and text pass.
fn sanitized(svg: &str) -> String {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    let cleaner = CLEANER.get_or_init(|| {
        let tags = [
            "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
            "tspan", "defs", "marker",
        ];
        let attributes = [
            "x",
            "y",
            "x1",
            "x2",
            "y1",
            "y2",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "d",
            "dx",
            "dy",
            "points",
            "width",
            "height",
            "viewBox",
            "transform",
            "fill",
            "fill-opacity",
            "stroke",
            "stroke-width",
            "stroke-opacity",
            "stroke-dasharray",
            "stroke-linecap",
            "stroke-linejoin",
            "opacity",
            "text-anchor",
            "dominant-baseline",
            "font-size",
            "font-weight",
            "font-style",
            "marker-end",
            "marker-start",
            "markerWidth",
            "markerHeight",
            "markerUnits",
            "refX",
            "refY",
            "orient",
            "id",
        ];
        let mut builder = Builder::empty();
        builder
            .tags(HashSet::from(tags))
            .generic_attributes(HashSet::from(attributes))
            .tag_attributes(HashMap::new())
            .clean_content_tags(["title", "desc", "style", "script"].into())
            .attribute_filter(|_, name, value| {
                let paint = matches!(name, "fill" | "stroke" | "marker-end" | "marker-start");
                let foreign = value.contains("url(") && !value.starts_with("url(#");
                (!(paint && foreign)).then(|| value.into())
            });
        builder
    });
    cleaner.clean(svg).to_string()
}

/// The drawing with a title, a description, and ids of its own. `id` makes the ids in it unique on
/// the page; `title` is what it is called by those who cannot see it.
pub(super) fn named(svg: &str, id: &str, title: &str, source: &str) -> String {
    let id = escaped(id);
    let own =
        svg.replace(" id=\"", &format!(" id=\"{id}-")).replace("url(#", &format!("url(#{id}-"));
    let Some(close) = own.find('>') else { return String::new() };
    let looks = ["click ", "style ", "classDef ", "class ", "linkStyle ", "%%"];
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty());
    let described: Vec<&str> =
        lines.filter(|line| !looks.iter().any(|look| line.starts_with(look))).collect();
    let described = said(source, "accDescr").unwrap_or_else(|| described.join("; "));
    let width = own.split("width=\"").nth(1).and_then(|rest| rest.split('"').next());
    let is_long = width.and_then(|width| width.parse().ok()).is_some_and(|width: f32| width > LONG);
    let long = if is_long { " long" } else { "" };
    format!(
        "{} class=\"diagram{long}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{}",
        &own[..close],
        escaped(title),
        escaped(&described),
        &own[close + 1..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(source: &str, id: &str, title: &str) -> Result<String, Fault> {
        let drawn = super::draw(source);
        let words = drawn.as_ref().map(|_| ()).map_err(Clone::clone);
        assert_eq!(check(source), words, "what is read and what is drawn differ: {source}");
        Ok(named(&drawn?, id, title, source))
    }

    #[test]
    fn a_flowchart_becomes_shapes_in_the_themes_colours() {
        let svg =
            draw("flowchart LR\n A[Start] --> B{Major?}\n B -->|yes| C[End]", "d1", "T").unwrap();
        assert!(svg.starts_with("<svg "), "{svg}");
        assert!(svg.contains("viewBox=") && svg.contains("var(--ink)") && svg.contains("Major?"));
        assert!(svg.contains("<title id=\"d1-title\">T</title>"));
        assert!(!svg.contains("style="), "{svg}");
    }

    #[test]
    fn nothing_runs() {
        let hostile = "flowchart LR\n A[\"<img src=x onerror=alert(1)>\"] --> B\n \
                       click A \"javascript:alert(1)\"\n style A fill:url(http://evil)";
        let svg = draw(hostile, "d\"1", "<script>").expect("it is drawn, as text");
        assert!(svg.contains("&lt;img src=x"), "what was typed is shown: {svg}");
        assert!(!svg.contains("<img") && !svg.contains("javascript:") && !svg.contains("<script"));
        assert!(!svg.contains("url(http"), "{svg}");
    }

    #[test]
    fn a_diagram_can_say_what_it_shows() {
        let source = "flowchart LR\n  accTitle: From A\n  accDescr : A leads to B.\n  A --> B";
        assert_eq!(said(source, "accTitle").as_deref(), Some("From A"));
        assert!(draw(source, "d", "T").unwrap().contains(">A leads to B.</desc>"));
        assert_eq!(said("flowchart LR\n accTitle\n A --> B", "accTitle"), None);
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        assert!(draw("nonsense", "d", "T").unwrap_err().message.contains("diagram"));
        assert!(draw("flowchart LR\n A[Start --> B", "d", "T").is_err());
        assert!(draw("", "d", "T").is_err());
        assert!(draw("flowchart LR", "d", "T").is_err());
        assert!(draw("flowchart LR\n A[\" \"]", "d", "T").is_err());
        assert!(draw("pie\n \"Major\" : 3", "d", "T").is_ok());
    }

    #[test]
    fn the_same_source_gives_the_same_bytes() {
        let source = "sequenceDiagram\n A->>B: Übergabe\n B-->>A: ok";
        let once = draw(source, "d", "T").expect("it can be drawn");
        assert!(once.contains("Übergabe"), "{once}");
        assert_eq!(draw(source, "d", "T").expect("and drawn again"), once);
    }
}
