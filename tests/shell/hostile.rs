//! What an author writes never becomes a script, a request or a file outside the site: looked
//! at without a browser, tag by tag. `tests/browser/hostile.rs` opens the same manual in one.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use crate::hostile_corpus::{DAY, codes, write};
use crate::support::{Folder, assert_whole, files};

/// The manual, and its site at `out/site`.
fn manual() -> &'static Folder {
    static MANUAL: OnceLock<Folder> = OnceLock::new();
    MANUAL.get_or_init(|| {
        let folder = Folder::new();
        let all = folder.run("explain").code(0).out;
        write(&folder.at("in/manual"), &codes(&all));
        let before = folder.files("in");
        let run =
            folder.run(&format!("-C in/manual build --drafts --today {DAY} --out ../../out/site"));
        run.code(0);
        assert_eq!(folder.files("in"), before, "nothing of the manual is touched");
        folder
    })
}

/// A tag: its name, and its attributes with their values as they are written.
#[derive(Debug)]
struct Tag<'h> {
    name: String,
    attributes: Vec<(String, &'h str)>,
    /// What stands behind it, up to the next tag.
    text: &'h str,
}

/// The tags of a page, read as a browser reads them: a `<` and a letter open one wherever they
/// stand, but for the content of a script or a style, which ends at its end tag alone.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').expect("a tag ends");
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
            let end = rest.find(ends).expect("a tag ends");
            let key = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let Some(after) = rest.strip_prefix('=') else {
                attributes.push((key, ""));
                continue;
            };
            let quoted = after.strip_prefix('"').expect("every value stands in quotes");
            let end = quoted.find('"').expect("a value ends");
            attributes.push((key, &quoted[..end]));
            rest = &quoted[end + 1..];
        }
        let end = match name.as_str() {
            "script" | "style" => rest.find(&format!("</{name}")).expect("it ends"),
            _ => rest.find('<').unwrap_or(rest.len()),
        };
        found.push(Tag { name, attributes, text: &rest[..end] });
        rest = &rest[end..];
    }
    found
}

/// Elements that no page has, ours neither.
const NEVER: [&str; 19] = [
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "input",
    "textarea",
    "template",
    "noscript",
    "math",
    "foreignobject",
    "image",
    "use",
    "animate",
    "set",
    "video",
    "audio",
];

/// The names of the theme's own scripts.
fn scripts() -> &'static BTreeSet<String> {
    static SCRIPTS: OnceLock<BTreeSet<String>> = OnceLock::new();
    SCRIPTS.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets");
        let all = files(std::path::Path::new(folder)).into_keys();
        let scripts: BTreeSet<String> = all.filter(|name| name.ends_with(".js")).collect();
        assert!(scripts.contains("theme.js"), "{scripts:?}");
        scripts
    })
}

/// What is wrong with a tag of a page, if anything.
fn wrong(tag: &Tag<'_>, page: &str) -> Option<String> {
    let value = |key: &str| tag.attributes.iter().find(|(name, _)| name == key).map(|one| one.1);
    if NEVER.contains(&tag.name.as_str()) {
        return Some("is never used".into());
    }
    if tag.name == "script" {
        let own = value("src").is_some_and(|src| {
            let name = src.trim_start_matches("../").strip_prefix("assets/");
            name.is_some_and(|name| scripts().contains(name))
        });
        return (!own || !tag.text.is_empty()).then(|| "is not a script of the theme".into());
    }
    if tag.name == "meta"
        && value("http-equiv").is_some_and(|what| what != "Content-Security-Policy")
    {
        return Some("is not the policy".into());
    }
    if tag.name == "link" {
        let own = value("rel") == Some("canonical")
            || value("href") == Some("data:,")
            || value("href")
                .is_some_and(|href| href.trim_start_matches("../").starts_with("assets/"));
        return (!own).then(|| "does not lead to the theme".into());
    }
    for (key, value) in &tag.attributes {
        if key.starts_with("on") || matches!(key.as_str(), "style" | "srcdoc" | "srcset" | "ping") {
            return Some(format!("has {key}"));
        }
        if matches!(key.as_str(), "href" | "src" | "action" | "formaction" | "xlink:href" | "data")
        {
            let address = value.to_lowercase().replace("&amp;", "&");
            let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
            let scheme = scheme.split_once(':').map(|(scheme, _)| scheme);
            let known = ["http", "https", "mailto", "tel"];
            let loads = key != "href";
            let fine = scheme.is_none_or(|scheme| !loads && known.contains(&scheme));
            if !fine
                || (loads && address.starts_with("//"))
                || address.contains(['\t', '\n', '\\', ' '])
            {
                return Some(format!("leads to {value}"));
            }
        }
        // An id of a page stands once: looked at where pages are valid. None is an author's trick.
        if key == "id" && value.starts_with("cb.") && tag.name == "span" {
            return Some(format!("takes our own name {value} on {page}"));
        }
    }
    None
}

/// What is wrong with the policy of a page, if anything: it allows what our own pages do, and stands
/// above everything that it is to keep from running.
fn wrong_policy(tags: &[Tag<'_>], style: &str) -> Option<String> {
    let is_policy = |tag: &&Tag<'_>| {
        tag.name == "meta" && tag.attributes.iter().any(|one| one.1 == "Content-Security-Policy")
    };
    let Some(tag) = tags.iter().find(is_policy) else { return Some("has no policy".into()) };
    let policy = tag.attributes.iter().find(|one| one.0 == "content").map_or("", |one| one.1);
    let hash = BASE64.encode(&Sha256::digest(style));
    let expected = [
        "default-src 'none'".to_owned(),
        format!("style-src 'self' 'sha256-{hash}'"),
        "script-src 'self'".to_owned(),
        "img-src 'self' data:".to_owned(),
        "form-action 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
    ];
    let directives: BTreeSet<&str> = policy.split(';').map(str::trim).collect();
    if directives != expected.iter().map(String::as_str).collect() {
        return Some(format!("its policy is {policy:?}"));
    }
    let above = tags.iter().take_while(|tag| !is_policy(tag));
    let loads = ["script", "style", "link", "img", "base"];
    let early = above.map(|tag| tag.name.as_str()).find(|name| loads.contains(name));
    early.map(|name| format!("its policy stands below a {name}"))
}

#[test]
fn no_page_holds_what_would_run_or_load() {
    let site = manual().at("out/site");
    let mut found = Vec::new();
    let mut pages = 0;
    for path in files(&site).keys().filter(|path| path.ends_with(".html")) {
        let html = std::fs::read_to_string(site.join(path)).expect("a page");
        let all = tags(&html);
        // The page for what is missing stands by itself, without the frame of the others.
        let least = if path == "404.html" { 15 } else { 40 };
        assert!(all.len() > least, "{path} was not read to its end");
        pages += 1;
        for tag in &all {
            if let Some(why) = wrong(tag, path) {
                found.push(format!("{path}: {tag:?} {why}"));
            }
        }
        let count = |name: &str| all.iter().filter(|tag| tag.name == name).count();
        let styles: Vec<&str> =
            all.iter().filter(|tag| tag.name == "style").map(|tag| tag.text).collect();
        // What stands between quotes is text, unless it is an address: a quote within it is
        // written as a number.
        let loads = |style: &&str| {
            let outside: String = style.split('"').step_by(2).collect();
            let addresses = style.split("url(\"").skip(1);
            outside.contains("@import")
                || outside.replace("url()", "").contains("url(")
                || !addresses.clone().all(|to| to.starts_with("data:image/svg+xml,"))
        };
        if count("main") != 1 || count("h1") != 1 || styles.len() != 1 || styles.iter().any(loads) {
            found
                .push(format!("{path}: not one main, one heading, one harmless style: {styles:?}"));
        }
        if let Some(why) = wrong_policy(&all, styles.first().copied().unwrap_or_default()) {
            found.push(format!("{path}: {why}"));
        }
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if html.contains(odd) {
            found.push(format!("{path}: holds control characters"));
        }
    }
    assert!(pages > 200, "{pages} pages are too few to mean anything");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn scripts_of_the_index_are_data() {
    let site = manual().at("out/site");
    let scripts: Vec<String> = files(&site)
        .into_keys()
        .filter(|path| path.ends_with(".js") && !path.starts_with("assets/"))
        .collect();
    assert!(scripts.len() > 10, "{scripts:?}");
    for path in scripts {
        let text = std::fs::read_to_string(site.join(&path)).expect("a script");
        let call = text.strip_prefix("clausebookSearch.").expect("a call");
        let (name, rest) = call.split_once('(').expect("a call");
        assert!(["meta", "words", "pages", "heads", "near"].contains(&name), "{path}: {name}");
        let data = rest.trim_end().strip_suffix(");").expect("the end of a call");
        let parsed = serde_json::from_str::<serde_json::Value>(data);
        assert!(parsed.is_ok(), "{path} is not data alone: {parsed:?}");
        assert!(!data.contains(['\u{2028}', '\u{2029}', '<']), "{path}");
    }
}

#[test]
fn files_for_machines_hold_what_they_should() {
    let site = manual().at("out/site");
    for name in ["register.json", "coverage.json", "raci.json", "reviews.json", "manifest.json"] {
        let text = std::fs::read(site.join(name)).expect("a file of the site");
        serde_json::from_slice::<serde_json::Value>(&text).expect(name);
    }
    // No text begins a line of the calendar that is not its own.
    let calendar = std::fs::read_to_string(site.join("reviews.ics")).expect("the calendar");
    for line in calendar.split("\r\n").filter(|line| !line.is_empty()) {
        let odd = |c: char| c.is_control() && c != '\t';
        assert!(!line.contains(odd), "{line:?}");
        assert!(!line.starts_with("X-EVIL"), "{line:?}");
    }
    let events = |what: &str| calendar.lines().filter(|line| *line == what).count();
    assert_eq!(events("BEGIN:VEVENT"), events("END:VEVENT"));
    assert!(events("BEGIN:VEVENT") > 10);
}

#[test]
fn nothing_is_written_outside_the_site() {
    let folder = manual();
    assert_whole(&folder.at("out/site"));
    let top: BTreeSet<String> = folder
        .files("")
        .into_keys()
        .filter(|path| !path.starts_with("in/manual/") && !path.starts_with("out/site/"))
        .collect();
    assert_eq!(top, BTreeSet::new());
    for path in folder.files("out/site").keys() {
        assert!(!path.split('/').any(|part| part == ".."), "{path}");
        let ending = path.rsplit('.').next().unwrap_or_default();
        let known = ["html", "css", "js", "json", "ics", "svg", "png"];
        assert!(known.contains(&ending), "{path}");
        let page = path.ends_with(".html") && path.starts_with("assets/");
        assert!(!page, "{path} is an author's page");
    }
}

#[test]
fn a_terminal_is_told_no_command() {
    let folder = manual();
    for command in [
        "check --notes --all",
        "check --format short",
        "check --format github",
        "review --within 400d",
        "coverage",
        "explain 8.6.1",
    ] {
        let run = folder.run(&format!("-C in/manual --today {DAY} {command}"));
        assert!(!run.out.is_empty(), "{command}: {}", run.err);
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let line = run.out.lines().chain(run.err.lines()).find(|line| line.contains(odd));
        assert_eq!(line, None, "{command}");
    }
}
