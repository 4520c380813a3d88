//! What templates print: the one place where text becomes HTML on its way through a template.

use std::io::Write;

use tera::{Kwargs, State};

use crate::text::entity;
use crate::text::phrase::{self, Part};

/// Escapes what stands in text and in attributes, whichever quotes a template uses. A decision in a
/// phrase is marked; without quotes, so that an attribute into which it gets ends where it should.
pub(super) fn escape(text: &str, to: &mut dyn Write) -> std::io::Result<()> {
    for part in phrase::parts(text) {
        match part {
            Part::Words(words) => escape_words(words.as_bytes(), to)?,
            Part::Decision(what) => {
                to.write_all(b"<mark class=decision>To decide: ")?;
                escape_words(what.as_bytes(), to)?;
                to.write_all(b"</mark>")?;
            }
        }
    }
    Ok(())
}

fn escape_words(words: &[u8], to: &mut dyn Write) -> std::io::Result<()> {
    let (mut from, mut at) = (0, 0);
    while at < words.len() {
        let Some((entity, length)) = entity(&words[at..]) else {
            at += 1;
            continue;
        };
        to.write_all(&words[from..at])?;
        to.write_all(entity.as_bytes())?;
        at += length;
        from = at;
    }
    to.write_all(&words[from..])
}

/// A phrase as plain text, for attributes: `{{ document.title | plain }}`.
pub(super) fn plain_phrase(text: &str, _: Kwargs, _: &State<'_>) -> String {
    phrase::plain(text).into_owned()
}
