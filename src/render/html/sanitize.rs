//! Raw HTML of the author's, made harmless.
//!
//! A body that holds any is cleaned as a whole, since one element may begin in one place and end
//! in another. What we wrote ourselves must survive that, and an author must not be able to write
//! as we do: so our own attributes carry a [`Marks::prefix`] that no author can know, and every
//! attribute without it is dropped but for a few harmless ones.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::parse::html::{self, ELEMENTS};
use crate::parse::reopened::{MOST_REOPENED, Reopened};
use crate::text::escaped;

/// How our own markup is told from an author's.
pub(super) struct Marks {
    /// What our attributes begin with; empty when the body has no raw HTML.
    pub(super) prefix: String,
    /// What a placeholder for a generated part begins with: it is in no author's text.
    pub(super) slot: String,
}

impl Marks {
    /// Marks for a body without raw HTML: a NUL is in no text that we write.
    pub(super) fn plain() -> Self {
        Marks { prefix: String::new(), slot: "\0".to_owned() }
    }

    /// Whether the body has no raw HTML.
    pub(super) fn is_plain(&self) -> bool {
        self.prefix.is_empty()
    }

    /// Marks for a body with raw HTML: its own checksum, which it cannot contain.
    pub(super) fn of(body: &str) -> Self {
        let digest = HEXLOWER.encode(&Sha256::digest(body)[..12]);
        Marks { prefix: format!("cb{digest}/"), slot: format!("cb{digest}:") }
    }
}

/// Attributes that an author may write as they are.
const HARMLESS: [&str; 10] = [
    "title", "lang", "dir", "colspan", "rowspan", "datetime", "open", "start", "scope", "reversed",
];

/// Attributes that only we write.
const OURS: [&str; 8] =
    ["class", "id", "role", "aria-label", "tabindex", "href", "rel", "data-head"];

/// How deep elements may stand in one another, ours and the author's.
const MAX_DEPTH: usize = 5 * html::MAX_DEPTH;

/// How much may come back in the next block, ours and the author's; a rule counts the author's alone.
const MAX_REOPENED: usize = 8 * MOST_REOPENED;

/// A body without anything that could run, load, or pose as ours. One that is nested too deep, or
/// that a parser would write over and over, is shown as its own source: a finding has said why.
pub(super) fn clean(body: &str, marks: &Marks) -> String {
    let comes_back = || Reopened::default().html(body, 0..body.len(), MAX_REOPENED).is_some();
    if html::too_deep(body, &mut 0, MAX_DEPTH).is_some() || comes_back() {
        return format!("<p>{}</p>", escaped(body));
    }
    let prefix = marks.prefix.clone();
    let attributes: HashSet<&str> = HARMLESS.into_iter().chain(OURS).collect();
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().collect())
        .clean_content_tags(["script", "style", "template", "title", "noscript"].into())
        .generic_attributes(attributes)
        .tag_attributes(HashMap::new())
        .url_schemes(["http", "https", "mailto", "tel", "ftp", "sftp"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| {
            let own = value.strip_prefix(&prefix);
            let kept = match attribute {
                "href" if element != "a" => None,
                "href" => own.or_else(|| is_address(value).then_some(value)),
                name if OURS.contains(&name) => own,
                name => own.or_else(|| is_fit(name, value).then_some(value)),
            };
            kept.map(Cow::Borrowed)
        });
    without_doubles(builder.clean(body).to_string())
}

/// Whether an attribute of an author's has a value that HTML knows.
fn is_fit(name: &str, value: &str) -> bool {
    match name {
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        "colspan" | "rowspan" => value.parse().is_ok_and(|number: u8| (1..100).contains(&number)),
        "datetime" => value.bytes().all(|b| b.is_ascii_digit() || b"-:TZ+. ".contains(&b)),
        "start" => value.parse::<i32>().is_ok(),
        "lang" => value.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }),
        _ => true,
    }
}

/// Whether an author's own address leads out of the site, plainly.
fn is_address(value: &str) -> bool {
    let value = value.trim_start().to_ascii_lowercase();
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| value.starts_with(scheme))
}

/// Nothing that an author writes gets an id, so ours stay unique; this is checked in tests.
fn without_doubles(html: String) -> String {
    debug_assert!({
        let ids: Vec<&str> = html.split(" id=\"").skip(1).collect();
        let ids: Vec<&str> = ids.iter().filter_map(|rest| rest.split('"').next()).collect();
        ids.len() == ids.iter().collect::<BTreeSet<_>>().len()
    });
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_of_an_authors_has_a_value_that_html_knows() {
        for (name, good, bad) in [
            ("dir", &["ltr", "rtl", "auto"][..], &["", "LTR", "x"][..]),
            ("scope", &["row", "col", "rowgroup", "colgroup"], &["", "rows"]),
            ("colspan", &["1", "99"], &["0", "100", "-1", "", "a"]),
            ("rowspan", &["1", "99"], &["0", "100", "-1", "", "a"]),
            (
                "datetime",
                &["2026-03-01", "2026-03-01T10:00:00.5Z", "10:00 +01"],
                &["now", "2026\u{fc}"],
            ),
            ("start", &["1", "-4"], &["", "a", "99999999999"]),
            ("lang", &["de", "de-AT", "zh-Hant-1234"], &["", "de-", "abcdefghi", "d_e"]),
            ("title", &["", "anything \"at\" <all>"], &[]),
        ] {
            assert!(good.iter().all(|value| is_fit(name, value)), "{name}");
            assert!(!bad.iter().any(|value| is_fit(name, value)), "{name}");
        }
    }

    #[test]
    fn an_authors_address_leads_out_of_the_site_plainly() {
        for good in ["https://x.example", "HTTP://x.example", " mailto:a@x.example", "tel:1"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["javascript:x", "data:x", "//x.example", "/x", "x", "", "https:x", "ftp://x"] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn our_own_attributes_are_told_from_an_authors_by_a_mark_that_no_author_knows() {
        let marks = Marks::of("body");
        let own = format!("<p class=\"{0}ours\" id=\"{0}x\">a</p>", marks.prefix);
        assert_eq!(clean(&own, &marks), "<p class=\"ours\" id=\"x\">a</p>");
        let theirs =
            "<p class=\"x\" id=\"x\" role=\"x\" style=\"x\" title=\"t\" lang=\"d_e\">a</p>";
        assert_eq!(clean(theirs, &marks), "<p title=\"t\">a</p>");
        assert_eq!(
            clean("<a href=\"/x\">a</a><p href=\"https://x.example\">b</p>", &marks),
            "<a>a</a><p>b</p>"
        );
    }
}
