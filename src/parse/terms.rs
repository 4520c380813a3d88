//! Lists of definitions, where they are meant: one line with a term, and directly under it lines that
//! begin with a colon and a blank. Any other colon is a colon, at the start of a line too.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Placed;

/// Whether a later line of a paragraph begins with a colon and a blank.
pub(super) fn may_define(paragraph: &str) -> bool {
    !paragraph.starts_with(':')
        && paragraph.split_inclusive('\n').skip(1).any(|line| {
            let line = line.trim_start_matches([' ', '\t', '>']);
            line.starts_with(": ") || line.starts_with(":\t")
        })
}

/// The breaks before which a term and its definitions end, when a paragraph is these: one line with
/// the term, and under it lines that begin with a colon and a blank.
pub(super) fn defined(inside: &[Placed<'_>]) -> Option<Vec<usize>> {
    let mut depth = 0_usize;
    let mut breaks = Vec::new();
    for (n, (event, _)) in inside.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak => {
                let next = inside.get(n + 1).map(|(next, _)| next);
                let colon = matches!(next, Some(Event::Text(words))
                    if words.starts_with(": ") || words.starts_with(":\t"));
                if colon && depth == 0 {
                    breaks.push(n);
                } else if breaks.is_empty() {
                    return None;
                }
            }
            _ => {}
        }
    }
    (!breaks.is_empty()).then_some(breaks)
}

/// Hands a paragraph out as a term with its definitions.
pub(super) fn list<'t>(
    source: &'t str,
    inside: Vec<Placed<'t>>,
    breaks: &[usize],
    out: &mut VecDeque<Placed<'t>>,
) {
    let last = inside.len() - 1;
    let end = inside[last].1.end;
    let starts = |n: usize| if n < last { inside[n].1.start } else { end };
    let parts: Vec<Range<usize>> = (0..=breaks.len())
        .map(|part| {
            let first = if part == 0 { 0 } else { breaks[part - 1] + 1 };
            starts(first)..starts(breaks.get(part).copied().unwrap_or(last))
        })
        .collect();
    let tags = |part: usize| match part {
        0 => (Tag::DefinitionListTitle, TagEnd::DefinitionListTitle),
        _ => (Tag::DefinitionListDefinition, TagEnd::DefinitionListDefinition),
    };
    let mut part = 0;
    out.push_back((Event::Start(tags(0).0), parts[0].clone()));
    for (n, (event, at)) in inside.into_iter().enumerate() {
        if breaks.binary_search(&n).is_ok() {
            out.push_back((Event::End(tags(part).1), parts[part].clone()));
            part += 1;
            out.push_back((Event::Start(tags(part).0), parts[part].clone()));
        } else if n == last {
            out.push_back((Event::End(tags(part).1), parts[part].clone()));
        } else {
            match event {
                Event::Text(words) if n > 0 && breaks.binary_search(&(n - 1)).is_ok() => {
                    let said = words[1..].trim_start().to_owned();
                    let is_end = source.get(at.clone()).is_some_and(|own| own.ends_with(&said));
                    let start = if is_end { at.end - said.len() } else { at.start };
                    if !said.is_empty() {
                        out.push_back((Event::Text(said.into()), start..at.end));
                    }
                }
                event => out.push_back((event, at)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::events::events;

    /// The body as HTML of the parser's own making.
    fn html(text: &str) -> String {
        let mut out = String::new();
        pulldown_cmark::html::push_html(&mut out, events(text).map(|(event, _)| event));
        out.trim_end().to_owned()
    }

    #[test]
    fn definitions_are_a_term_and_lines_with_a_colon() {
        assert_eq!(
            html("A *term*\n: one\n  more\n: two\n\nB\n:   x\n\nText."),
            "<dl>\n<dt>A <em>term</em></dt>\n<dd>one\nmore</dd>\n<dd>two</dd>\n\
             <dt>B</dt>\n<dd>x</dd>\n</dl>\n<p>Text.</p>"
        );
        for text in
            ["Read this\n:::note\nCareful.\n:::", "Two\nlines\n: x", "a:\nb :c", ": x", "*a\n: b*"]
        {
            assert!(!html(text).contains("<dl>"), "{text}");
            let words = html(text).replace("<em>", "*").replace("</em>", "*");
            assert_eq!(words, format!("<p>{text}</p>"));
        }
    }
}
