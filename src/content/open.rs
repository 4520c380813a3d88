//! What has been opened and not closed yet, while the events of a body go by.

use std::borrow::Cow;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr};

use super::tables::Cells;
use super::tree::{Alert, Align, Block, Definition, Inline, List, Markup};
use crate::text::without_controls;

/// Something that was opened and not closed yet, with what it holds so far.
pub(super) struct Open<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) line: Vec<Inline<'a>>,
}

pub(super) enum Kind<'a> {
    Body,
    /// A paragraph, emphasis, a term: whatever holds nothing but a line.
    Line,
    Quote(Option<BlockQuoteKind>),
    List(List<'a>),
    Item(Option<bool>),
    Note(usize),
    Definitions(Vec<Definition<'a>>),
    Table(Cells<'a>),
    /// Whether it says the name of what it leads to.
    Link {
        is_bare: bool,
    },
    Code {
        info: Option<String>,
        text: Cow<'a, str>,
    },
    Html(Vec<Markup<'a>>),
}

impl<'a> Open<'a> {
    pub(super) fn new(kind: Kind<'a>) -> Self {
        Open { kind, blocks: Vec::new(), line: Vec::new() }
    }

    /// Lines that stand between blocks are a block.
    pub(super) fn end_lines(&mut self) {
        if !self.line.is_empty() {
            self.blocks.push(Block::Lines(std::mem::take(&mut self.line)));
        }
    }

    pub(super) fn into_blocks(mut self) -> Vec<Block<'a>> {
        self.end_lines();
        self.blocks
    }
}

/// What kind of alert a quotation is.
pub(super) fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

/// How a column is aligned.
pub(super) fn align(column: Alignment) -> Align {
    match column {
        Alignment::Right => Align::End,
        Alignment::Center => Align::Middle,
        Alignment::Left | Alignment::None => Align::Start,
    }
}

/// Text of an event, without control characters.
pub(super) fn clean(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => without_controls(text),
        other => without_controls(&other).into_owned().into(),
    }
}
