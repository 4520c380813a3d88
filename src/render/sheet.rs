//! What stands in the margins of every printed sheet, as the style block of a page.

use std::fmt::Write as _;

use super::edition::Edition;
use super::policy;
use super::words::capital;
use crate::model::document::Document;

/// The style block of a page and the policy that allows it.
pub(super) struct Sheet {
    /// The style block's text.
    pub(super) style: String,
    /// The content security policy of the page.
    pub(super) policy: String,
}

/// The sheet of a page that is no document.
pub(super) fn plain(edition: &Edition<'_>, title: &str) -> Sheet {
    let left = [edition.settings().organization_name(), title];
    let right = [edition.settings().title().to_owned(), format!("As of {}", edition.today)];
    let foot = "Uncontrolled when printed. The version in force is on the intranet.";
    sheet(&margins(&left.join("\n"), &right.join("\n"), &foot_lines(edition, foot)))
}

/// The sheet of a page that may load nothing, since it is shown at any address: its whole style.
pub(super) fn self_contained(edition: &Edition<'_>, style: &str) -> Sheet {
    // What would end the style block is not there: the sheet is the theme's, but may be anyone's.
    let style = style.replace("</", "<\\/");
    let own = plain(edition, "Not found").style;
    sheet(&format!("{style}{own}"))
}

/// The sheet of a document.
pub(super) fn document(edition: &Edition<'_>, document: &Document) -> Sheet {
    let front = &document.front;
    let version = front.version.as_ref().map_or("", |version| &version.0);
    let level = capital(document.classification().word());
    let left = format!(
        "{}\n{}  {}",
        edition.settings().organization_name(),
        document.id,
        document.title()
    );
    let mut out;
    if document.in_force(edition.today) {
        let approved = front.approved.as_ref().map(|one| format!("  Approved {}", one.on));
        let effective = document.effective().map(|day| format!("Effective {day}  "));
        let right = format!(
            "Version {version}{}\n{}{level}",
            approved.unwrap_or_default(),
            effective.unwrap_or_default()
        );
        let foot = "Uncontrolled when printed. The version in force is on the intranet.";
        out = margins(&left, &right, &foot_lines(edition, foot));
    } else {
        let right = format!("DRAFT {version}, NOT IN FORCE\n{level}");
        let foot = "Draft for comment. Do not work to this text. Destroy after use.";
        out = margins(&left, &right, &foot_lines(edition, foot));
        out.push_str("@page{@top-right{color:#6a3596;font-weight:600}}");
        let mark = picture(&format!("DRAFT {version}"));
        let _ = write!(out, ".marked::before{{mask-image:url(\"{mark}\")}}");
    }
    sheet(&out)
}

/// The sheet of an old edition; `mark` says what has become of it.
pub(super) fn old(edition: &Edition<'_>, document: &Document, mark: &str) -> Sheet {
    let level = capital(document.classification().word());
    let left = format!(
        "{}\n{}  {}",
        edition.settings().organization_name(),
        document.id,
        document.title()
    );
    let foot = "From the archive. The version in force is on the intranet.";
    let mut out = margins(&left, &format!("{mark}\n{level}"), &foot_lines(edition, foot));
    out.push_str("@page{@top-right{color:#6a3596;font-weight:600}}");
    let picture = picture(mark.split(',').next().unwrap_or(mark));
    let _ = write!(out, ".marked::before{{mask-image:url(\"{picture}\")}}");
    sheet(&out)
}

fn foot_lines(edition: &Edition<'_>, foot: &str) -> String {
    let name = edition.options.edition.as_ref().map(|name| format!(", {name}"));
    format!("{foot}\nEdition {}{}", edition.today, name.unwrap_or_default())
}

fn margins(left: &str, right: &str, foot: &str) -> String {
    format!(
        "@page{{@top-left{{content:{}}}@top-right{{content:{}}}@bottom-left{{content:{}}}}}",
        quoted(left),
        quoted(right),
        quoted(foot)
    )
}

fn sheet(style: &str) -> Sheet {
    Sheet { style: style.to_owned(), policy: policy::allowing(style) }
}

/// The words across a draft, as a picture that repeats. Its colour comes from the style sheet.
fn picture(words: &str) -> String {
    let mut plain = String::new();
    crate::text::escape_to(&mut plain, words);
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='456' height='330'>\
         <text x='228' y='195' text-anchor='middle' transform='rotate(-27 228 165)' \
         font-family='sans-serif' font-weight='700' font-size='66'>{plain}</text></svg>"
    );
    // What would end the address, the string or the style block is written as a number.
    let plain = |letter: char| matches!(letter, ' ' | '\'' | '=' | ':' | '/' | '(' | ')' | '-');
    let mut address = "data:image/svg+xml,".to_owned();
    for letter in svg.chars() {
        match letter {
            letter if plain(letter) || letter.is_ascii_alphanumeric() => address.push(letter),
            _ => address.push_str(&super::site::url_path(letter.encode_utf8(&mut [0; 4]))),
        }
    }
    address
}

/// Text as a string of CSS. Nothing in it can end the string or the style block.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\a "),
            '"' | '\\' | '<' | '>' | '&' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(out, "\\{:x} ", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_string() {
        assert_eq!(quoted("a\"b</style>\nc"), "\"a\\22 b\\3c /style\\3e \\a c\"");
    }
}
