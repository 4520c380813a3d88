//! What a reader loads when a page of our own manual is opened: light enough for a phone in a cellar.

use std::path::{Path, PathBuf};

use crate::deadline::Finish as _;
use crate::support::{Folder, program};

/// The pages of documents may weigh this much, with style and scripts, without drawings.
const DOCUMENT: u64 = 60_000;
/// The style sheets of any page together.
const STYLE: u64 = 24_000;
/// What is loaded for paper alone, which a browser fetches last and no reader waits for.
const PRINT: u64 = 3_000;

/// The files that a page loads at once: its style sheets and its scripts.
fn loaded(page: &Path, html: &str, start: &str) -> Vec<PathBuf> {
    let folder = page.parent().expect("a page is in a folder");
    let found = html.split(start).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|address| folder.join(address)).collect()
}

fn size(files: &[PathBuf]) -> u64 {
    let size = |file: &PathBuf| std::fs::metadata(file).expect("a page loads what is there").len();
    files.iter().map(size).sum()
}

/// The page without its drawings.
fn without_drawings(html: &str) -> u64 {
    let drawn = html.split("<svg").skip(1).map(|rest| rest.find("</svg>").expect("it ends") + 10);
    html.len() as u64 - drawn.sum::<usize>() as u64
}

/// Every page below a folder, with what it loads: page, style, scripts.
fn pages(site: &Path) -> Vec<(String, u64, u64, u64)> {
    let files = walkdir::WalkDir::new(site).into_iter().map(|entry| entry.expect("it is readable"));
    let pages = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    let weighed = pages.map(|entry| {
        let html = std::fs::read_to_string(entry.path()).expect("a page is text");
        let style = size(&loaded(entry.path(), &html, "<link rel=\"stylesheet\" href=\""));
        let scripts = size(&loaded(entry.path(), &html, "<script src=\""));
        let route = entry.path().strip_prefix(site).expect("it is below the site");
        let route = route.to_string_lossy().replace('\\', "/");
        (route, without_drawings(&html), style, scripts)
    });
    weighed.collect()
}

#[track_caller]
fn assert_light(site: &Path) {
    assert!(size(&[site.join("assets/print.css")]) <= PRINT);
    let mut documents = 0;
    for (route, html, style, scripts) in pages(site) {
        if route != "404.html" {
            assert!(style <= STYLE, "{route} has {style} bytes of style");
        }
        if route.starts_with("documents/") {
            documents += 1;
            let sum = html + style + scripts;
            assert!(sum < DOCUMENT, "{route}: {html} + {style} + {scripts} = {sum}");
        }
    }
    assert!(documents > 40, "only {documents} documents were weighed");
}

#[test]
fn own_manual_every_document_page_is_under_60_kb() {
    let folder = Folder::new();
    let out = folder.at("site");
    let build = program(Path::new(env!("CARGO_MANIFEST_DIR")))
        .args(["build", "--today", "2026-11-22", "--out"])
        .arg(&out)
        .finish()
        .expect("the program runs");
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    assert_light(&out);
}

#[test]
fn starter_manual_every_draft_is_under_60_kb() {
    let folder = Folder::new();
    folder.run("init x --name Example").code(0);
    folder.run("-C x build --drafts --today 2026-11-22").code(0);
    assert_light(&folder.at("x/site"));
}

#[test]
fn no_page_grows_with_the_number_of_documents() {
    let folder = Folder::manual(130);
    let terms: Vec<String> =
        (0..1001).map(|n| format!("  - {{term: Word {n:04}, definition: Means {n}}}\n")).collect();
    let glossary = format!(
        "---\nid: REG-GLO-01\ntitle: Glossary\nkind: register\nversion: \"0.1\"\nstatus: draft\n\
         classification: internal\nowner: process-office\nterms:\n{}---\n\n# Glossary\n\n\
         See [[term:Word 0700]].\n",
        terms.concat()
    );
    folder.write("policies/glossary.md", &glossary);
    for number in 0..130 {
        let text = folder.read(&format!("policies/guide-{number}.md"));
        folder.write(&format!("policies/guide-{number}.md"), &format!("{text}\n[[REG-GLO-01]]\n"));
    }
    folder.run("build --drafts --today 2026-11-22").code(0);
    let page = folder.read("site/documents/REG-GLO-01/index.html");
    let linked = page.split("id=\"cb.linked\"").nth(1).expect("the section is there");
    assert_eq!(linked.matches("<li>").count(), 100);
    assert!(linked.contains("search/index.html?q=REG-GLO-01\">30 more</a>"), "{linked}");
    // A long list stands on several pages, and every term is found on its own.
    assert!(page.contains("href=\"../../glossary/2/index.html#word-0700\""), "{page}");
    let rows = |route: &str| folder.read(route).matches("<tr id=").count();
    assert_eq!(rows("site/glossary/index.html"), 500);
    assert_eq!(rows("site/glossary/3/index.html"), 1);
    let second = folder.read("site/glossary/2/index.html");
    assert!(second.contains("id=\"word-0700\"") && second.contains("Part 2 of 3"));
    assert!(second.contains("href=\"../../glossary/3/index.html\">Next</a>"));
    assert!(second.contains("data-rows=\"../../glossary/rows-\""));
    assert!(folder.read("site/glossary/rows-3.js").starts_with("clausebookRows(3,\""));
    assert!(!folder.at("site/glossary/4").exists() && !folder.at("site/kpis/2").exists());
    // The rows are those of the list, whatever else a theme shows on the page.
    let list = include_str!("../../themes/default/templates/list.html");
    let other = "<table><tbody><tr><td>Another table</td></tr></tbody></table>\n{{ <block ";
    let list = list.replace("{{ <block ", other);
    folder.write("themes/default/templates/list.html", &list);
    let before = folder.read("site/glossary/rows-3.js");
    folder.run("build --drafts --today 2026-11-22").code(0);
    assert!(folder.read("site/glossary/index.html").contains("Another table"));
    assert_eq!(folder.read("site/glossary/rows-3.js"), before);
}
