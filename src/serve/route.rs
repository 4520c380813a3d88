//! Addresses: what a browser asks for becomes a key into the site's routes, never a path of a
//! file.

use percent_encoding::percent_decode_str;

use crate::render::site::{self, Route};

/// The route that the target of a request asks for; nothing when it can be none.
///
/// The query is left out, percent signs are decoded once, and a folder stands for its
/// `index.html`. No part of a route is empty, `.` or `..`, and none holds a backslash or a
/// control character, so that whoever should take a route for a path stays inside his folder.
pub fn route(target: &str) -> Option<Route> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let text = decoded(path.strip_prefix('/')?)?;
    if text.contains(|letter: char| letter == '\\' || letter.is_control()) {
        return None;
    }
    let (folder, last) = text.rsplit_once('/').map_or(("", text.as_str()), |(a, b)| (a, b));
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    let parts = folder.split('/').all(plain) || (folder.is_empty() && !text.starts_with('/'));
    match last {
        _ if !parts => None,
        "" => Some(format!("{text}index.html")),
        "." | ".." => None,
        _ => Some(text),
    }
}

/// The value of a field in the query of a target, decoded; the first one of that name.
pub(super) fn field(target: &str, name: &str) -> Option<String> {
    fields(target, name).next()
}

/// All values of a field in the query of a target.
pub(super) fn fields<'a>(target: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(move |(key, _)| *key == name).filter_map(|(_, value)| decoded(value))
}

/// The address of a route, to be sent to a browser.
pub fn address(route: &str) -> String {
    format!("/{}", site::url_path(route))
}

/// Text with its percent signs decoded; nothing when that is not UTF-8, or when a percent sign
/// stands for nothing.
fn decoded(text: &str) -> Option<String> {
    let mut signs = text.split('%').skip(1);
    let whole = signs.all(|rest| {
        rest.get(..2).is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    let decoded = percent_decode_str(text).decode_utf8().ok().filter(|_| whole)?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_routes() {
        let is = |target: &str, expect: &str| assert_eq!(route(target).as_deref(), Some(expect));
        is("/", "index.html");
        is("/?x=/../", "index.html");
        is("/register/", "register/index.html");
        is("/documents/PRC-INC-01/index.html", "documents/PRC-INC-01/index.html");
        is(
            "/assets/content/policies/%C3%BCber%20uns.png#a",
            "assets/content/policies/über uns.png",
        );
        is("/a%252e", "a%2e");
    }

    #[test]
    fn no_route_leaves_the_site() {
        for target in [
            "",
            "index.html",
            "http://example.org/",
            "//",
            "//example.org/",
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/a/%2E%2E%2fx",
            "/a//b",
            "/./x",
            "/a/.",
            "/a/..",
            "/..%5cx",
            "/a%00b",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/a\\b",
            "/%0d%0aset-cookie:x",
        ] {
            assert_eq!(route(target), None, "{target}");
        }
    }

    #[test]
    fn an_address_leads_back_to_its_route() {
        for there in ["index.html", "a/über uns#1?.png", "documents/50%/index.html"] {
            assert_eq!(route(&address(there)).as_deref(), Some(there));
        }
    }

    #[test]
    fn a_query_has_fields() {
        let target = "/_preview/notes?at=%2Fa%2F&uses=b.css&uses=c%26d";
        assert_eq!(field(target, "at").as_deref(), Some("/a/"));
        assert_eq!(fields(target, "uses").collect::<Vec<_>>(), ["b.css", "c&d"]);
    }
}
