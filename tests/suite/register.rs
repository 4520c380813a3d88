//! The register of documents: its order, and what has been superseded.

use clausebook::compile::{self, Inputs, Session};
use clausebook::model::value::Date;
use clausebook::render::site::Site;
use clausebook::render::{self, Options};
use clausebook::source::Sources;
use serde_json::Value;

/// The site of a manual of such documents: path, id, kind, status, further lines of front matter.
fn site(documents: &[(&str, &str, &str, &str, &str)]) -> Site {
    let texts: Vec<(&str, String)> = documents
        .iter()
        .map(|(path, id, kind, status, more)| {
            let text = format!(
                "---\nid: {id}\ntitle: Title of {id}\nkind: {kind}\nversion: \"1.0\"\nstatus: {status}\n\
                 owner: desk\napproved: {{by: boss, on: 2026-01-02}}\n{more}---\n\n\
                 # Title of {id}\n\nWords.\n"
            );
            (*path, text)
        })
        .collect();
    let settings = ("clausebook.yaml", "organization: {name: Example}\nstandards: []\n".to_owned());
    let files = texts.iter().chain([&settings]);
    let sources = Sources::from_memory(files.map(|(path, text)| (*path, text.as_bytes())));
    let today = Date::parse("2026-06-15").expect("a day");
    let mut session = Session::default();
    let manual = compile::compile(Inputs::new(sources, today), &mut session);
    let findings = compile::check(&manual, &mut session);
    let (site, faults) =
        render::site(&manual, &findings, &Options::default()).expect("no pictures");
    assert_eq!(faults, []);
    site
}

fn page(site: &Site, route: &str) -> String {
    let page = site.pages.get(route).unwrap_or_else(|| panic!("there is no {route}"));
    String::from_utf8(page.bytes.to_vec()).expect("UTF-8")
}

fn listed(site: &Site) -> Vec<String> {
    let json: Value = serde_json::from_str(&page(site, "register.json")).expect("JSON");
    let documents = json["documents"].as_array().expect("documents");
    documents.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn documents_are_listed_by_what_binds_most_then_by_id() {
    // In the order in which they should be listed; the paths say the contrary.
    let kinds = [
        ("scope", "Z-01"),
        ("policy", "Y-01"),
        ("policy", "Y-02"),
        ("policy", "Y-10"),
        ("plan", "X-01"),
        ("process", "W-01"),
        ("procedure", "V-01"),
        ("raci", "U-01"),
        ("catalogue", "T-01"),
        ("agreement", "S-01"),
        ("register", "R-01"),
        ("report", "Q-01"),
        ("guideline", "P-01"),
        ("nonsense", "O-01"),
    ];
    let paths: Vec<String> =
        (0..kinds.len()).map(|n| format!("policies/{:02}.md", 99 - n)).collect();
    let documents: Vec<_> = kinds
        .iter()
        .zip(&paths)
        .map(|((kind, id), path)| (path.as_str(), *id, *kind, "approved", ""))
        .collect();
    let site = site(&documents);
    let expected: Vec<&str> = kinds.iter().map(|(_, id)| *id).collect();
    assert_eq!(listed(&site), expected);
    // The page of the register and the way from one document to the next follow it.
    let rows = page(&site, "register/index.html");
    let at = |id: &&str| rows.find(&format!("documents/{id}/index.html")).expect("a row");
    assert!(expected.iter().map(at).is_sorted());
    let middle = page(&site, "documents/W-01/index.html");
    let [before, after] = ["../X-01/index.html", "../V-01/index.html"];
    assert!(middle.contains(before) && middle.contains(after), "{middle}");
    let first = page(&site, "documents/Z-01/index.html");
    assert!(first.contains("../Y-01/index.html") && !first.contains("../O-01/index.html"));
    let last = page(&site, "documents/O-01/index.html");
    assert!(last.contains("../P-01/index.html") && !last.contains("../Z-01/index.html"));
}

#[test]
fn what_is_superseded_is_listed_named_and_has_no_page() {
    let role = |title: &str| format!("roles: [{{id: desk, title: {title}, holder: A. One}}]\n");
    let (old, new) = (role("Old desk"), role("New desk") + "supersedes: R-01\n");
    let site = site(&[
        ("policies/a.md", "R-01", "register", "superseded", &old),
        ("policies/b.md", "R-02", "register", "approved", &new),
        ("policies/c.md", "R-03", "register", "withdrawn", &role("Gone desk")),
        ("policies/d.md", "P-01", "policy", "approved", "related: [R-01, R-02]\n"),
    ]);
    assert_eq!(listed(&site), ["P-01", "R-01", "R-02", "R-03"]);
    for gone in ["R-01", "R-03"] {
        assert!(!site.pages.contains_key(&format!("documents/{gone}/index.html")), "{gone}");
    }
    let policy = page(&site, "documents/P-01/index.html");
    assert!(policy.contains("New desk") && policy.contains("../R-02/index.html"), "{policy}");
    let register = page(&site, "register/index.html");
    assert!(register.contains("Superseded") && register.contains("Withdrawn"), "{register}");
    for (route, page) in &site.pages {
        let text = String::from_utf8_lossy(&page.bytes);
        assert!(!text.contains("Old desk") && !text.contains("Gone desk"), "{route}");
        assert!(!text.contains("documents/R-01/"), "{route} leads to a page that is not there");
    }
}

#[test]
fn a_document_without_an_id_is_listed_and_has_no_page() {
    let site = site(&[
        ("policies/a.md", "P-01", "policy", "approved", ""),
        ("policies/b.md", "\"\"", "policy", "approved", ""),
    ]);
    let pages: Vec<&String> =
        site.pages.keys().filter(|route| route.starts_with("documents/")).collect();
    assert_eq!(pages, ["documents/P-01/index.html"]);
    assert_eq!(listed(&site).len(), 2);
}
