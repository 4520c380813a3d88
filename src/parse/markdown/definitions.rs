//! What links by reference and footnotes name: `[label]: address` and `[^label]: text`.
//!
//! A definition of a link leaves no event. It stands where two events have a gap between them, and
//! gaps are looked at only where a body has the signs of a definition at all.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Definition, Run};

/// Gathers the definitions of a body, and what names them.
#[derive(Default)]
pub(super) struct Definitions {
    /// Whether the body may have any.
    possible: bool,
    /// All before this has been met.
    seen: usize,
    found: Vec<Definition>,
    used: BTreeSet<(bool, String)>,
}

impl Definitions {
    pub(super) fn of(source: &str, offset: usize) -> Self {
        let possible = memmem::find(source.as_bytes(), b"]:").is_some();
        Definitions { possible, seen: offset, ..Definitions::default() }
    }

    /// Takes an event of the body into account.
    pub(super) fn event(&mut self, text: &str, event: &Event<'_>, at: &Range<usize>) {
        if !self.possible {
            return;
        }
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let typed = text.get(at.clone()).unwrap_or_default();
                let end = typed.find("]:").map_or(typed.len(), |end| end + 2);
                self.add(Run::new(at.start..at.start + end), name, true);
                return;
            }
            Event::FootnoteReference(name) => {
                self.used.insert((true, folded(name)));
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                if matches!(
                    link_type,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                ) {
                    self.used.insert((false, folded(id)));
                }
            }
            _ => {}
        }
        if !holds_blocks(event) {
            self.gap(text, at.start);
            self.seen = self.seen.max(at.end);
        }
    }

    /// All definitions, once the body has ended.
    pub(super) fn done(&mut self, text: &str, end: usize) -> Vec<Definition> {
        if self.possible {
            self.gap(text, end);
        }
        let mut found = std::mem::take(&mut self.found);
        for one in &mut found {
            one.used = self.used.contains(&(one.footnote, one.label.clone()));
        }
        found
    }

    /// Looks for definitions in what no event covers.
    fn gap(&mut self, text: &str, end: usize) {
        let Some(gap) = text.get(self.seen..end).filter(|gap| gap.contains("]:")) else { return };
        let mut start = self.seen;
        for line in gap.split_inclusive('\n') {
            let lead = line.len() - line.trim_start_matches(is_container).len();
            let rest = &line[lead..];
            if let Some((label, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("]:"))
                && !label.starts_with('^')
            {
                let from = start + lead;
                self.add(Run::new(from..from + label.len() + 3), label, false);
            }
            start += line.len();
        }
    }

    fn add(&mut self, at: Run, label: &str, footnote: bool) {
        self.found.push(Definition { at, label: folded(label), footnote, used: false });
    }
}

/// A label as it is compared: letter case and the number of blanks do not count.
pub fn folded(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Whether a sign may stand before a definition that is in a quotation or in an item.
fn is_container(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')') || sign.is_ascii_digit()
}

/// Whether an event is about a block that holds other blocks: its range has gaps of its own.
fn holds_blocks(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionList
                | Tag::DefinitionListDefinition
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionList
                | TagEnd::DefinitionListDefinition
        ),
        _ => false,
    }
}
