//! Every page opens without a fault, over HTTP and from the disk, with and without scripts.

use crate::site::{Site, drafts, own};
use crate::tab::{Manner, Tab};

/// Opens pages and gives what went wrong.
fn faults(site: &Site, base: &str, pages: &[String]) -> Vec<String> {
    let tab = Tab::open(&Manner::on(&site.day));
    let mut found = Vec::new();
    for page in pages {
        tab.go(&format!("{base}{page}"));
        found.extend(tab.troubles(base).iter().map(|fault| format!("{page}: {fault}")));
        if tab.eval("document.querySelectorAll('main h1').length") != 1 {
            found.push(format!("{page} has no heading, or several"));
        }
    }
    found
}

pub(crate) fn open_from_disk() {
    let site = own();
    let found = faults(site, &site.file, &site.pages());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

pub(crate) fn open_over_http() {
    let site = own();
    let kinds = site.kinds();
    assert!(kinds.len() > 20, "{kinds:?}");
    let found = faults(site, &site.http, &kinds);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

pub(crate) fn open_as_drafts() {
    let site = drafts();
    for base in site.addresses() {
        let found = faults(site, base, &site.kinds());
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

pub(crate) fn read_without_scripts() {
    let site = own();
    let with = Tab::open(&Manner::on(&site.day));
    let without = Tab::open(&Manner { scripts: false, ..Manner::on(&site.day) });
    for page in site.kinds() {
        let url = format!("{}{page}", site.file);
        with.go(&url);
        without.go(&url);
        assert_eq!(without.troubles(&site.file), [""; 0], "{page}");
        assert_eq!(without.eval("document.documentElement.classList.contains('js')"), false);
        let links = "[...document.querySelectorAll('nav a, main a')]
            .filter(a => a.checkVisibility()).map(a => a.href)";
        let navigation = without.texts(links);
        // The page for a missing page is shown at any address, so it has no way to another.
        let targets: &[&str] = match page.as_ref() {
            "404.html" => &[],
            _ => &["index.html", "register/index.html", "clauses/index.html"],
        };
        for target in targets {
            assert!(navigation.contains(&format!("{}{target}", site.file)), "{page}: {target}");
        }
        // What only a script can do is not offered.
        let idle = "[...document.querySelectorAll('[data-switch], [data-csv], [data-print]')]
            .filter(button => button.checkVisibility()).map(button => button.outerHTML)";
        assert_eq!(without.texts(idle), [""; 0], "{page}");
        if page == "search/index.html" {
            continue;
        }
        // Every word of the text that is there with scripts is there without.
        let words = "document.querySelector('main').textContent.split(/\\s+/).filter(Boolean)";
        let read = without.texts(words);
        assert!(read.len() > 5, "{page}: {read:?}");
        let shown = "[...document.querySelectorAll('main :is(p, li, td, th, h1, h2, h3, dd)')]
            .filter(e => e.checkVisibility()).map(e => e.textContent.trim()).filter(Boolean)";
        let shown_without: std::collections::BTreeSet<String> =
            without.texts(shown).into_iter().collect();
        let lost: Vec<String> =
            with.texts(shown).into_iter().filter(|text| !shown_without.contains(text)).collect();
        assert_eq!(lost, [""; 0], "{page}");
    }
}

pub(crate) fn keep_the_theme() {
    let site = own();
    for base in site.addresses() {
        let tab = Tab::open(&Manner::on(&site.day));
        let ground = "getComputedStyle(document.body).backgroundColor";
        tab.go(&format!("{base}index.html"));
        let light = tab.text(ground);
        tab.click("[data-switch]");
        tab.wait(&format!("{ground} !== '{light}'"));
        assert_eq!(tab.text("document.querySelector('[data-switch]').ariaPressed"), "true");
        let dark = tab.text(ground);
        tab.go(&format!("{base}register/index.html"));
        assert_eq!(tab.text(ground), dark, "{base}");
        tab.click("[data-switch]");
        tab.wait(&format!("{ground} === '{light}'"));
        tab.go(&format!("{base}index.html"));
        assert_eq!(tab.text(ground), light, "{base}");
        // A reader who likes it dark gets it dark, and the switch then leads to light.
        let tab = Tab::open(&Manner { dark: true, ..Manner::on(&site.day) });
        tab.go(&format!("{base}index.html"));
        assert_eq!(tab.text(ground), dark, "{base}");
        tab.click("[data-switch]");
        tab.wait(&format!("{ground} === '{light}'"));
    }
}

pub(crate) fn say_that_a_review_has_lapsed() {
    let site = own();
    let register: serde_json::Value =
        serde_json::from_str(&site.read("register.json")).expect("JSON");
    let documents = register["documents"].as_array().expect("documents");
    let due = documents.iter().filter(|one| one["review_state"] == "current");
    let (url, due) = due
        .map(|one| (one["url"].as_str().expect("text"), one["next_review"].as_str().expect("text")))
        .min_by_key(|(_, due)| *due)
        .expect("a document that is to be reviewed");
    let banner = "[...document.querySelectorAll('.banner')].map(e => e.textContent).join(' ')";
    let later = format!("{}{}", due[..4].parse::<u32>().expect("a year") + 1, &due[4..]);
    let later = later.replace("-02-29", "-02-28");
    for base in site.addresses() {
        // On its day it is due, and nothing is late yet.
        let tab = Tab::open(&Manner::on(due));
        tab.go(&format!("{base}{url}"));
        assert!(!tab.text(banner).contains("overdue"), "{}", tab.text(banner));
        let tab = Tab::open(&Manner::on(&later));
        tab.go(&format!("{base}{url}"));
        let says = tab.text(banner);
        assert!(
            says.contains("36") && says.contains("days overdue") && says.contains(due),
            "{says}"
        );
        assert_eq!(tab.eval("document.querySelector('.banner').checkVisibility()"), true);
        let block = tab.text("document.querySelector('.block-head').textContent");
        assert!(block.contains("Review overdue"), "{block}");
        assert_eq!(tab.troubles(base), [""; 0]);
        // The lists say so, too.
        tab.go(&format!("{base}reviews/index.html"));
        let rows = tab.texts("[...document.querySelectorAll('.rows li')].map(e => e.textContent)");
        let row = rows.iter().find(|row| row.contains(due)).expect("the review is listed");
        assert!(row.contains("days overdue"), "{row}");
    }
}
