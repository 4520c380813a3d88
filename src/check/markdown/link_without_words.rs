//! A link shows no words, or leads to no address.
//!
//! # Why it matters
//!
//! A link without words cannot be seen or clicked, and a screen reader says "link" and no more. A
//! link without an address opens the page that it stands on.
//!
//! # Mend it
//!
//! Write what it leads to, and where that is: `[the incident process](incident.md)`, or
//! `[[PRC-INC-01]]`, which shows the id and the title by itself.

use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "link-without-words",
    Family::Markdown,
    Severity::Warning,
    include_str!("link_without_words.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let images = &document.body.images;
    // `[[ ]]` is text of another kind, as in a shell.
    let links = document.body.links.iter();
    for link in links.filter(|link| !link.wiki || !link.target.trim().is_empty()) {
        let finding = |what: &str| {
            let typed = quoted(&document.text[link.at.clone()]);
            RULE.at(document.span(&link.at), format!("`{typed}` {what}"))
        };
        if link.target.trim().is_empty() {
            found.push(finding("leads nowhere").help("write where it leads between the brackets"));
        } else if !link.wiki && is_cut(link.target.trim()) {
            let help = "write the whole address: `https://example.com`, `mailto:desk@example.com`";
            found.push(finding("leads nowhere: its address is not whole").help(help));
        } else if link.text.trim().is_empty() {
            let first = images.partition_point(|image| image.at.start < link.at.start);
            if images.get(first).is_none_or(|image| image.at.start >= link.at.end) {
                let help = if link.wiki {
                    "write its words behind the bar, or take the bar out"
                } else {
                    "write what it leads to between the brackets"
                };
                found.push(finding("has no words").help(help));
            }
        }
    }
}

/// Whether an address ends where it should begin: `https://`, `mailto:`, `http:/example.com`.
fn is_cut(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("https:").or_else(|| lower.strip_prefix("http:")) {
        return rest.strip_prefix("//").is_none_or(|host| host.is_empty() || host.starts_with('/'));
    }
    matches!(lower.as_str(), "mailto:" | "tel:")
}
