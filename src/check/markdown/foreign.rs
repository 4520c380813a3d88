//! Blocks and notes in the Markdown of other programs.

use std::ops::Range;

use super::{in_prose, is_escaped, line, near, opens_line, quoted, signs};
use crate::model::document::Document;

/// What takes a place, a message and what to do.
pub(super) type Tell<'t> = dyn FnMut(Range<usize>, String, &str) + 't;

const NOTE: &str = "write a note as `> [!NOTE]`, or take the line out";

pub(super) fn tell(document: &Document, tell: &mut Tell<'_>) {
    directives(document, tell);
    alerts(document, tell);
    lines(document, tell);
    notes(document, tell);
}

/// ```` ```{note} ````: what stands in such a block is shown as code.
fn directives(document: &Document, tell: &mut Tell<'_>) {
    for fence in &document.body.fences {
        let name = fence.info.strip_prefix('{').unwrap_or_default();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let first = line(&document.text, fence.at.start);
            let message = format!("`{}` makes code of what stands in this block", fence.info);
            let help = "write a note as `> [!NOTE]`, and code with the name of its language alone";
            tell(fence.at.start..first.end, message, help);
        }
    }
}

/// `> [!NOTES]`, `> [!NOTE] Title`: what is one, stands in no prose.
fn alerts(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    for at in signs(document, b"[!").filter(|at| in_prose(document, *at)) {
        let before = &text[near(text, at).start..at];
        let rest = &text[at..near(text, at).end];
        let Some(end) = rest.find(']') else { continue };
        let quotes = before.contains('>') && before.trim_matches([' ', '>', '\t']).is_empty();
        if !quotes || end < 3 || !rest[2..end].bytes().all(|byte| byte.is_ascii_alphabetic()) {
            continue;
        }
        let message = format!("`{}` is shown as it stands, and makes no note", &rest[..=end]);
        let help = "write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`, alone \
                    in the first line of a quotation";
        tell(at..at + end + 1, message, help);
    }
}

/// `.. note::`, `=== "Tab"`, `{% hint %}`.
fn lines(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    for sign in [&b".. "[..], b"=== \"", b"{% "] {
        for at in signs(document, sign).filter(|at| in_prose(document, *at)) {
            let typed = text[at..near(text, at).end].trim_end();
            let meant = match sign {
                b".. " => typed.contains("::") && opens_line(text, at),
                b"{% " => {
                    typed.contains("%}")
                        && !text[..at].ends_with('{')
                        && !typed[3..].trim_start().starts_with("end")
                }
                _ => typed.ends_with('"') && opens_line(text, at),
            };
            if meant {
                let end = typed.find("%}").map_or(typed.len(), |end| end + 2);
                let message = format!("`{}` opens nothing here", quoted(&typed[..end]));
                tell(at..at + end, message, NOTE);
            }
        }
    }
}

/// `^[words of a note]`.
fn notes(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    for at in signs(document, b"^[").filter(|at| in_prose(document, *at)) {
        let rest = &text[at..near(text, at).end];
        let Some(end) = rest.find(']') else { continue };
        if rest[2..end].contains(' ') && !is_escaped(text, at) {
            let message = format!("`{}` is shown as it stands", quoted(&rest[..=end]));
            let help = "write `[^1]` here, and the note in a paragraph of its own: `[^1]: …`";
            tell(at..at + end + 1, message, help);
        }
    }
}
