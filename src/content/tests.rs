//! The tree by itself, without a page: who wants another form of a body needs nothing else.

use super::{Block, Content, Inline, Name, Reader, content, contents, lead, plain};
use crate::compile::{Inputs, Session, compile};
use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::model::value::Date;
use crate::source::Sources;
use crate::text::phrase::Phrase;

const BODY: &str = "---\nid: PRC-A-01\ntitle: First\n---\n# First\n\n## 4.2 Purpose\n\nSee \
`{{ title }}` of {{ title }}, {{ decide: how long }}, [[PRC-B-01]], [the plan](b.md), [Omega](b.md) \
and [to decide: nothing].[^n] More.\n\n- [x] done\n- one\n  - two\n\n> [!WARNING]\n> Careful.\n\n\
| a | b |\n|---|--:|\n| x | **y** |\n\n## RACI [[PRC-B-01]]\n\n| Step | Desk |\n|---|---|\n| Log | A/R |\n\n\
```clausebook\nkpis\n```\n\n```mermaid\nflowchart LR\n A --> B\n```\n\nTerm\n: Meaning\n\n<b>raw</b>\n\n[^n]: Note.\n";

const OTHER: &str = "---\nid: PRC-B-01\ntitle: Plan Omega\n---\n# Plan Omega\n\nText.\n";

/// Somebody who reads both documents.
struct One<'a> {
    library: &'a Library,
}

impl Reader for One<'_> {
    fn document(&self, number: DocumentNumber) -> &Document {
        &self.library.documents[number]
    }

    fn why_not(&self, _: DocumentNumber) -> Option<String> {
        None
    }

    fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str> {
        (name == "title").then(|| document.title())
    }

    fn shows_what_was_typed(&self, _: DocumentNumber) -> bool {
        false
    }

    fn heading(&self, _: DocumentNumber, section: &str) -> Phrase {
        section.into()
    }

    fn role(&self, name: &str) -> Name {
        Name { words: format!("Role {name}").into(), is_listed: false }
    }

    fn service(&self, name: &str) -> Name {
        Name { words: name.into(), is_listed: false }
    }

    fn source_of(&self, _: &str) -> Option<String> {
        None
    }
}

/// Calls `then` with what the first document says to somebody.
fn with(then: impl FnOnce(&Content<'_>)) {
    with_body(BODY, then);
}

/// The same, of a document with this text.
fn with_body(text: &str, then: impl FnOnce(&Content<'_>)) {
    let files = [("processes/a.md", text), ("processes/b.md", OTHER)];
    let files = files.map(|(path, text)| (path, text.as_bytes()));
    let sources = Sources::from_memory(files);
    let today = Date::parse("2026-06-15").unwrap();
    let manual = compile(Inputs::new(sources, today), &mut Session::default());
    let library = &manual.library;
    let (own, document) = library.documents.numbered().next().unwrap();
    let reader = One { library };
    let (links, images) = (&manual.graph.links[own], &manual.graph.images[own]);
    then(&content(document, own, links, images, &reader));
}

/// The name of a block, and of those in it.
fn outline(blocks: &[Block<'_>]) -> Vec<String> {
    let name = |block: &Block<'_>| {
        let said = format!("{block:?}");
        let end = said.find(|c: char| !c.is_alphanumeric()).unwrap_or(said.len());
        let inside = block.inside();
        match inside.len() {
            0 => said[..end].to_owned(),
            many => format!("{} of {many}", &said[..end]),
        }
    };
    blocks.iter().map(name).collect()
}

#[test]
fn a_body_is_a_tree_of_its_blocks() {
    with(|content| {
        assert_eq!(
            outline(&content.blocks),
            [
                "Heading",
                "Paragraph",
                "List of 3",
                "Alert of 1",
                "Table",
                "Heading",
                "Matrix",
                "Generated",
                "Diagram",
                "Definitions",
                "Paragraph"
            ]
        );
        assert_eq!(content.title_slug, Some("first"));
        assert_eq!((content.notes.len(), content.notes[0].uses), (1, 1));
        let Block::Matrix(matrix) = &content.blocks[6] else { panic!("a matrix") };
        assert_eq!(plain(&matrix.table.head[1]), "Role Desk");
        assert!(matrix.cells.rows[0].cells[0].has('A'));
    });
}

#[test]
fn its_text_is_read_off_it() {
    with(|content| {
        let Block::Paragraph(line) = &content.blocks[1] else { panic!("a paragraph") };
        assert_eq!(
            plain(line),
            "See {{ title }} of First, [to decide: how long], PRC-B-01, the plan, Omega and [to \
             decide: nothing]. More."
        );
        let decisions = line.iter().filter(|one| matches!(one, Inline::Decision(_))).count();
        assert_eq!(decisions, 1, "what reads like a decision is none");
        let lead = lead(content).unwrap();
        assert!(lead.plain().ends_with("[to decide: nothing]."), "{lead:?}");
        let lines: Vec<_> =
            contents(content).iter().map(|line| line.text.plain().into_owned()).collect();
        assert_eq!(lines, ["Purpose", "RACI PRC-B-01"]);
        assert_eq!(contents(content)[0].number, "4.2");
    });
}

#[test]
fn what_stands_too_deep_stands_beside_what_holds_it() {
    let front = &OTHER[..OTHER.rfind("---\n").expect("front matter") + 4];
    for (name, deep) in [
        ("quotations", format!("{} x", ">".repeat(20_000))),
        ("lists", format!("{}x", "- ".repeat(5_000))),
        ("marks", format!("{}x{}", "*a **b ".repeat(3_000), "** *".repeat(3_000))),
    ] {
        with_body(&format!("{front}\n{deep}\n"), |content| {
            let mut depth = 0;
            let mut blocks: Vec<&Block<'_>> = content.blocks.iter().collect();
            while !blocks.is_empty() {
                depth += 1;
                blocks = blocks.iter().flat_map(|block| block.inside()).collect();
            }
            assert!(depth <= 102, "{name}: {depth}");
            assert!(format!("{content:?}").contains('x'), "{name}: the text is there");
        });
    }
}
