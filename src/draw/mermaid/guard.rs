//! Whether a drawing says what its source says. Neither side trusts the renderer: the words of the
//! source are read by us, and those of the drawing from its own text.

use std::collections::BTreeMap;

use super::Fault;
use super::words::Said;

/// The first word of the source that a drawing does not show.
pub(super) fn missing(svg: &str, said: &[Said]) -> Option<Fault> {
    let shown = shown(svg);
    let squashed: String = shown.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for word in words(&shown) {
        *left.entry(word).or_default() += 1;
    }
    said.iter().find_map(|one| {
        let mut is_lost = false;
        for word in words(&one.text) {
            match left.get_mut(&word) {
                Some(count) if *count > 0 => *count -= 1,
                _ => is_lost = true,
            }
        }
        // A word that is too wide is broken over lines.
        let whole: String = one.text.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_broken = whole.chars().count() > 12 && squashed.contains(&whole);
        (is_lost && !is_broken).then(|| lost(one))
    })
}

fn lost(one: &Said) -> Fault {
    let text = one.text.replace('\n', " ");
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Fault { line: one.line, message: format!("the drawing would leave out \"{short}\"") }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned)
}

/// The text that a drawing shows.
fn shown(svg: &str) -> String {
    let mut shown = String::new();
    for part in svg.split("<text").skip(1) {
        let text = part.split("</text").next().unwrap_or_default();
        for (n, piece) in text.split('<').enumerate() {
            let words =
                if n == 0 { piece.split_once('>') } else { piece.split_once('>').filter(|_| true) };
            if let Some((_, words)) = words {
                shown.push_str(&unescaped(words));
                shown.push(' ');
            }
        }
    }
    shown
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&apos;", "'").replace("&amp;", "&")
}
