//! What a line says, without its markup.

use super::tree::Inline;
use crate::text::phrase::{Part, Phrase};

/// The words of a line, with the decisions in it.
pub fn phrase(line: &[Inline<'_>]) -> Phrase {
    let mut phrase = Phrase::default();
    add(line, &mut phrase);
    phrase
}

/// The words of a line as plain text.
pub fn plain(line: &[Inline<'_>]) -> String {
    phrase(line).plain().into_owned()
}

/// A phrase as a line.
pub(super) fn said<'a>(phrase: &Phrase) -> Vec<Inline<'a>> {
    let inline = |part: Part<'_>| match part {
        Part::Words(words) => Inline::Text(words.to_owned().into()),
        Part::Decision(what) => Inline::Decision(what.to_owned().into()),
    };
    phrase.parts().map(inline).collect()
}

fn add(line: &[Inline<'_>], phrase: &mut Phrase) {
    for inline in line {
        match inline {
            Inline::Text(words) | Inline::Code(words) => phrase.say(words),
            Inline::Decision(what) => phrase.decide(what),
            Inline::Emphasis(inside) | Inline::Strong(inside) | Inline::Struck(inside) => {
                add(inside, phrase);
            }
            Inline::Link(link) => add(&link.words, phrase),
            Inline::Picture(picture) => phrase.say(&picture.says),
            Inline::SoftBreak | Inline::HardBreak => phrase.say(" "),
            Inline::Note(..) | Inline::Html(_) => {}
        }
    }
}
