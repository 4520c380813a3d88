//! What a reader loads when a page of our own manual is opened: light enough for a phone in a cellar.

use std::path::{Path, PathBuf};

use crate::support::{Folder, program};

/// The pages of documents may weigh this much, with style and scripts, without drawings.
const DOCUMENT: u64 = 60_000;
/// The style sheets of any page together.
const STYLE: u64 = 24_000;

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
        .output()
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
