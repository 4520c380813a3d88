//! Search finds, leads to the section that it shows, and stays light, over HTTP and from the disk.

use crate::found::told;
use crate::site::{Site, own};
use crate::tab::{Manner, Tab};

/// The tests of this file.
pub(crate) const TESTS: &[(&str, fn())] = &[
    ("search::leads_to_the_section", leads_to_the_section),
    ("search::finds_ids_and_clauses_exactly", finds_ids_and_clauses_exactly),
    ("search::every_hit_exists", every_hit_exists),
    ("search::says_when_nothing_is_found", says_when_nothing_is_found),
    ("search::has_a_page_of_its_own", has_a_page_of_its_own),
    ("search::is_light", is_light),
];

/// What every page may load for search before anything is looked for, in bytes.
const FIRST: u64 = 20_000;

/// The addresses of what was found, best first.
pub(crate) const HITS: &str =
    "[...document.querySelectorAll('.hits li:not([hidden]) a')].map(a => a.href)";

/// Whether the answer to the query has been shown.
pub(crate) const ANSWERED: &str =
    "document.querySelector('.find [role=status]')?.textContent.includes('result')
    && !document.querySelector('.hits[aria-busy]')";

/// A page of the site with the search box open, as `/` opens it.
pub(crate) fn ask(site: &Site, base: &str) -> Tab {
    let tab = Tab::open(&Manner::on(&site.day));
    tab.go(&format!("{base}register/index.html"));
    tab.press("/");
    tab.wait("document.querySelector('dialog[open]')?.contains(document.activeElement)");
    tab
}

/// Looks for something and gives the addresses of what was found.
fn find(tab: &Tab, text: &str) -> Vec<String> {
    let input = "document.activeElement";
    tab.eval(&format!("({input}).select()"));
    tab.eval("document.querySelector('.hits').replaceChildren()");
    tab.eval("document.querySelector('.find [role=status]').textContent = ''");
    tab.type_text(text);
    tab.wait(&format!("({input}).value === '{text}' && {ANSWERED} && {HITS}.length > 0"));
    tab.texts(HITS)
}

fn leads_to_the_section() {
    let site = own();
    for base in site.addresses() {
        let tab = ask(site, base);
        let hits = find(&tab, "escalated");
        let (at, hit) =
            hits.iter().enumerate().find(|(_, hit)| hit.contains('#')).expect("a section");
        let heading = tab.text(&format!(
            "document.querySelectorAll('.hits li:not([hidden]) a')[{at}].querySelector('small b').textContent"
        ));
        let marked = "[...document.querySelectorAll('.hits mark')].map(e => e.textContent)";
        let marked = tab.texts(marked);
        assert!(marked.iter().any(|word| word.to_lowercase().starts_with("escalat")), "{marked:?}");
        // Down to the hit, and in.
        for _ in 0..=at {
            tab.press("ArrowDown");
        }
        tab.wait(&format!("document.activeElement.href === '{hit}'"));
        tab.press("Enter");
        tab.wait(&format!("location.href === '{hit}' && document.readyState === 'complete'"));
        tab.wait("document.querySelector(':target') !== null");
        let target = "document.querySelector(':target')";
        let shown = tab.text(&format!("{target}.textContent"));
        assert!(shown.contains(&heading), "{hit}: {heading:?} in {shown:?}");
        tab.wait(&format!(
            "(r => r.top >= 0 && r.top < innerHeight)({target}.getBoundingClientRect())"
        ));
        assert_eq!(tab.troubles(base), [""; 0]);
    }
}

fn finds_ids_and_clauses_exactly() {
    let site = own();
    for base in site.addresses() {
        let tab = ask(site, base);
        for (text, page) in [
            ("PRC-INC-01", "documents/PRC-INC-01/index.html"),
            ("prc-inc-01", "documents/PRC-INC-01/index.html"),
            ("8.6.1", "clauses/8.6.1/index.html"),
            ("10.2", "clauses/10.2/index.html"),
            ("SCP-SMS-01", "documents/SCP-SMS-01/index.html"),
        ] {
            let hits = find(&tab, text);
            let first = hits[0].split('#').next().unwrap_or_default();
            assert_eq!(first, format!("{base}{page}"), "{text}");
        }
        // Forms of a word are found with it, and titles before mere text.
        let hits = find(&tab, "incidents management");
        assert!(hits[0].starts_with(&format!("{base}documents/PRC-INC-01/")), "{hits:?}");
        let hits = find(&tab, "complaints");
        assert!(hits.iter().any(|hit| hit.contains("documents/PRC-BRM-01/")), "{hits:?}");
    }
}

fn every_hit_exists() {
    let site = own();
    let tab = ask(site, &site.file);
    for text in ["service", "record", "review", "supplier", "8.2", "manager"] {
        let hits = find(&tab, text);
        assert!(hits.len() > 5, "{text}: {hits:?}");
        for hit in hits {
            let path = hit.strip_prefix(&site.file).unwrap_or_else(|| panic!("{hit} leads out"));
            let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
            let page = site.read(path);
            assert!(anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")), "{hit}");
        }
    }
}

fn says_when_nothing_is_found() {
    let site = own();
    let tab = ask(site, &site.file);
    tab.type_text("xqzwk");
    tab.wait("document.querySelector('.find [role=status]').textContent === 'No results'");
    let said = told(&tab);
    assert!(said.contains("Nothing is found for “xqzwk”. Check the spelling"), "{said}");
    let links = tab.texts("[...document.querySelectorAll('.hits a')].map(a => a.href)");
    let lists = ["register", "glossary", "roles"];
    assert_eq!(links, lists.map(|list| format!("{}{list}/index.html", site.file)));
}

fn has_a_page_of_its_own() {
    let site = own();
    for base in site.addresses() {
        let tab = Tab::open(&Manner::on(&site.day));
        tab.go(&format!("{base}search/index.html?q=incident"));
        tab.wait(&format!("{ANSWERED} && {HITS}.length > 0"));
        let all = tab.texts(HITS);
        // By kind: what is left are documents of that kind.
        tab.eval(
            "(e => { e.value = 'policy'; e.dispatchEvent(new Event('change')); })
            (document.querySelector('.find select'))",
        );
        tab.wait(&format!("{HITS}.every(href => href.includes('documents/POL-'))"));
        let some = tab.texts(HITS);
        assert!(!some.is_empty() && some.len() < all.len(), "{some:?}");
        assert!(some.iter().all(|hit| hit.contains("documents/POL-")), "{some:?}");
        assert_eq!(tab.troubles(base), [""; 0]);
    }
}

fn is_light() {
    let site = own();
    for base in site.addresses() {
        let tab = Tab::open(&Manner::on(&site.day));
        let bytes = |tab: &Tab| -> u64 {
            let requests = tab.requests();
            let own = |url: &&String| {
                url.contains("assets/find.js")
                    || url.contains("assets/query.js")
                    || url.strip_prefix(base).is_some_and(|path| {
                        path.starts_with("search/") && !path.starts_with("search/index.html")
                    })
            };
            requests.iter().filter(own).map(|url| site.bytes(url)).sum()
        };
        for page in site.kinds() {
            tab.go(&format!("{base}{page}"));
            let loaded = bytes(&tab);
            assert!(loaded < FIRST, "{page} loads {loaded} bytes for search");
        }
        // A query loads the words that begin as its own do, and the pages that it shows.
        let tab = ask(site, base);
        find(&tab, "escalation");
        let words = |url: &&String| url.contains("/search/w-");
        let requests = tab.requests();
        let shards: Vec<&String> = requests.iter().filter(words).collect();
        assert!(!shards.is_empty(), "{requests:?}");
        assert!(shards.iter().all(|url| url.contains("/search/w-e")), "{shards:?}");
    }
}
