//! Headings: their numbers, their levels so that none is skipped, their addresses; and the one
//! sentence that stands under the title.

use super::ContentsLine;
use super::writer::Writer;
use crate::text::escaped;

impl Writer<'_> {
    /// The first paragraph under the purpose, or the first of all, gives the lead.
    pub(super) fn consider_lead(&mut self) {
        let Some(text) = self.paragraph.take() else { return };
        let wanted = (self.in_purpose && !self.has_purpose) || self.done.lead.is_none();
        if !wanted || text.trim().is_empty() {
            return;
        }
        self.has_purpose |= self.in_purpose;
        let text = self.edition.filled(self.document, text.trim());
        self.done.lead = Some(super::sentence(&text).to_owned());
    }

    /// A heading: its number, its level so that none is skipped, its address.
    pub(super) fn heading(&mut self, level: u8) {
        let html = self.open.pop().unwrap_or_default();
        let index = self.headings;
        self.headings += 1;
        let Some(heading) = self.document.body.headings.get(index) else { return };
        let text = self.edition.filled(self.document, &heading.text).into_owned();
        let slug = heading.slug.clone();
        if level == 1 && self.done.anchor.is_none() && self.levels.is_empty() && {
            let title = self.document.title().split_whitespace();
            title.eq(text.split_whitespace())
        } {
            self.done.anchor = Some(slug);
            return;
        }
        self.in_purpose = slug == "purpose" || text.eq_ignore_ascii_case("purpose");
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
            self.numbers.pop();
        }
        self.levels.push(level);
        let shown = (self.levels.len() + 1).min(6);
        self.counters[shown] += 1;
        self.counters[shown + 1..].fill(0);
        let own = own_number(&text);
        let rest = html.strip_prefix(own).filter(|_| !own.is_empty());
        let number = if rest.is_some() {
            own.trim().trim_end_matches(['.', ')']).to_owned()
        } else {
            let above = self.numbers.last().map(|above| format!("{above}."));
            format!("{}{}", above.unwrap_or_default(), self.counters[shown])
        };
        self.numbers.push(number.clone());
        let (id, class) = (self.attribute("id", &slug), self.attribute("class", "s"));
        let html = format!(
            "<h{shown}{id}><span{class}>{}</span> {}</h{shown}>\n",
            escaped(&number),
            rest.unwrap_or(&html)
        );
        self.push(&html);
        if shown == 2 {
            self.done.sections = self.counters[2];
            let text = if rest.is_some() { text[own.len()..].to_owned() } else { text };
            self.done.contents.push(ContentsLine { number, text, slug });
        }
    }
}

/// The number that a heading brings along, with the blank after it: `4.2 ` of `4.2 Scope`.
fn own_number(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return "" };
    let bare = first.trim_end_matches(['.', ')']);
    let is_number = !bare.is_empty()
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.split('.').all(|part| {
            !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    if is_number && !rest.trim().is_empty() { &text[..=first.len()] } else { "" }
}
