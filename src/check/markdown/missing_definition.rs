//! A link by reference or the mark of a footnote names something that the document does not define.
//!
//! # Why it matters
//!
//! The page shows `[the plan][plan]` and `[^1]` as they stand here, in brackets. What the footnote
//! was to say, an exception perhaps, is nowhere.
//!
//! # Mend it
//!
//! Write the definition, on a line of its own in the same document:
//!
//! ```markdown
//! See [the plan][plan]. Holidays count as well[^1].
//!
//! [plan]: plan.md
//! [^1]: Those of the site at which the service is delivered.
//! ```

use memchr::memchr_iter;

use super::{in_prose, in_word, is_escaped, near, quoted};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;
use crate::parse::markdown::folded;
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::new(
    "missing-definition",
    Family::Markdown,
    Severity::Error,
    include_str!("missing_definition.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let body = &text.as_bytes()[document.body_at.clone()];
    for at in memchr_iter(b'[', body).map(|at| document.body_at.start + at) {
        if !in_prose(document, at) || is_escaped(text, at) {
            continue;
        }
        let rest = &text[at..near(text, at).end];
        let Some(close) = rest[1..].find([']', '[']).map(|end| end + 1) else { continue };
        if !rest[close..].starts_with(']') {
            continue;
        }
        let (inner, after) = (&rest[1..close], &rest[close + 1..]);
        if let Some(name) = inner.strip_prefix('^') {
            let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
            let is_set = after.starts_with(['+', '*', '{', '?']) || name.contains(['\\', '/']);
            let label = folded(name);
            let defined =
                document.body.definitions.iter().any(|one| one.footnote && one.label == label);
            if is_name && !is_set && !defined {
                found.push(missing(document, at..at + close + 1, at + 2, name, true));
            }
            continue;
        }
        let Some(label) = after.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
            continue;
        };
        let label = label.0;
        let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        if in_word(text, at)
            || inner.trim().is_empty()
            || label.contains('[')
            || label.starts_with('^')
            || (number(inner) && number(label))
            || matches!(inner, "x" | "X")
        {
            continue;
        }
        let end = at + close + 1 + label.len() + 2;
        let (name, name_at) =
            if label.trim().is_empty() { (inner, at + 1) } else { (label, at + close + 2) };
        found.push(missing(document, at..end, name_at, name, false));
    }
}

fn missing(
    document: &Document,
    at: std::ops::Range<usize>,
    name_at: usize,
    name: &str,
    footnote: bool,
) -> Diagnostic {
    let typed = quoted(&document.text[at.clone()]);
    let (what, sign) = if footnote { ("footnote", "^") } else { ("link", "") };
    let message =
        format!("`{typed}` is shown as it stands: no {what} `{}` is defined", quoted(name));
    let finding = RULE.at(document.span(&at), message);
    let known = document.body.definitions.iter().filter(|one| one.footnote == footnote);
    let known = known.filter(|one| !one.used).map(|one| one.label.as_str());
    match nearest(&folded(name), known) {
        Some(near) => {
            let name_at = document.span(&(name_at..name_at + name.len()));
            finding.did_you_mean(Some(near)).fix(Fix::offered(
                format!("write `{near}`"),
                name_at,
                near,
            ))
        }
        None => finding.help(format!(
            "define it on a line of its own: `[{sign}{name}]: {}`",
            if footnote { "its text" } else { "its address" }
        )),
    }
}
