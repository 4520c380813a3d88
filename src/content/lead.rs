//! The one sentence that stands under the title, and the contents list.

use super::tree::{Block, Content};
use super::words::phrase;
use crate::text::phrase::Phrase;

/// A line of the contents list.
#[derive(Debug, PartialEq, Eq)]
pub struct ContentsLine<'a> {
    /// The number of the section.
    pub number: &'a str,
    /// Its heading.
    pub text: Phrase,
    /// Its address in the document.
    pub slug: &'a str,
}

/// The sections of the first level.
pub fn contents<'t>(content: &'t Content<'_>) -> Vec<ContentsLine<'t>> {
    let first = content.headings().into_iter().filter(|heading| heading.level == 2);
    let line = first.map(|heading| ContentsLine {
        number: &heading.number,
        text: phrase(&heading.words).trimmed_end(),
        slug: heading.slug,
    });
    line.collect()
}

/// The first sentence under the purpose, or else the first of all.
pub fn lead(content: &Content<'_>) -> Option<Phrase> {
    let mut lead = None;
    let mut in_purpose = false;
    for block in &content.blocks {
        match block {
            Block::Heading(heading) => {
                let text = phrase(&heading.words);
                in_purpose = heading.slug == "purpose"
                    || text.plain().trim().eq_ignore_ascii_case("purpose");
            }
            Block::Paragraph(line) if in_purpose || lead.is_none() => {
                let text = phrase(line);
                if text.is_blank() {
                    continue;
                }
                let first = Phrase::carried(sentence(text.as_carried().trim()));
                if in_purpose {
                    return Some(first);
                }
                lead = Some(first);
            }
            _ => {}
        }
    }
    lead
}

/// The first sentence of a paragraph.
fn sentence(text: &str) -> &str {
    const SHORT: [&str; 9] = ["e.g", "i.e", "etc", "no", "cf", "approx", "incl", "vs", "resp"];
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends = matches!(letter, '.' | '!' | '?');
        let last = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if !ends || !last {
            continue;
        }
        let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next();
        let word = word.unwrap_or_default().to_lowercase();
        if letter == '.' && (SHORT.contains(&word.as_str()) || word.chars().count() == 1) {
            continue;
        }
        return &text[..=at];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_ends_where_it_ends() {
        assert_eq!(sentence("One, e.g. this. Two."), "One, e.g. this.");
        assert_eq!(
            sentence("ISO 20000-1:2018 clause 8.6.1 asks. More"),
            "ISO 20000-1:2018 clause 8.6.1 asks."
        );
        assert_eq!(sentence("No end"), "No end");
        assert_eq!(sentence("Signed by J. Okafor today. x"), "Signed by J. Okafor today.");
    }
}
