//! What the search finds, as a person types it, over HTTP and from the disk.

use serde_json::json;

use crate::search::{ANSWERED, HITS, ask};
use crate::site::{Site, own, searched};
use crate::tab::{Manner, Tab};

/// The tests of this file.
pub(crate) const TESTS: &[(&str, fn())] = &[
    ("search::stop_words_change_nothing", stop_words_change_nothing),
    ("search::finds_what_stands_on_the_page", finds_what_stands_on_the_page),
    ("search::finds_in_other_scripts_and_spellings", finds_in_other_scripts_and_spellings),
    ("search::an_old_id_leads_to_its_successor", an_old_id_leads_to_its_successor),
    ("search::finds_an_id_however_it_is_typed", finds_an_id_however_it_is_typed),
    ("search::a_letter_wrong_finds_and_is_told", a_letter_wrong_finds_and_is_told),
    (
        "search::a_word_that_is_nowhere_does_not_empty_the_result",
        a_word_that_is_nowhere_does_not_empty_the_result,
    ),
    ("search::words_are_cut_as_the_index_cuts_them", words_are_cut_as_the_index_cuts_them),
    ("search::sections_stand_under_their_document", sections_stand_under_their_document),
    ("search::shows_more_on_demand", shows_more_on_demand),
    ("search::one_letter_is_light", one_letter_is_light),
    ("search::says_without_a_script_where_to_look", says_without_a_script_where_to_look),
];

/// What a query of one letter may load, in bytes.
const LETTER: u64 = 100_000;

/// Asks without waiting for anything to be found; any letters can be asked for.
fn ask_for(tab: &Tab, text: &str) -> Vec<String> {
    tab.eval(&format!(
        "(() => {{ document.querySelector('.find [role=status]').textContent = '';
            const input = document.querySelector('.find input'); input.value = {};
            input.dispatchEvent(new Event('input')); }})()",
        json!(text)
    ));
    tab.wait(ANSWERED);
    tab.texts(HITS)
}

/// The path of a hit below a base, without the section.
fn page_of<'h>(hit: &'h str, base: &str) -> &'h str {
    hit.strip_prefix(base).and_then(|path| path.split('#').next()).unwrap_or(hit)
}

/// What is said above the results.
pub(crate) fn told(tab: &Tab) -> String {
    tab.text("[...document.querySelectorAll('.hits .told')].map(e => e.innerText).join(' ')")
}

/// Asks each query of a site, over HTTP and from the disk, and compares the first page found.
fn finds_first(site: &Site, queries: &[(&str, &str)]) {
    for base in site.addresses() {
        let tab = ask(site, base);
        for (text, page) in queries {
            let hits = ask_for(&tab, text);
            let first = hits.first().map_or("nothing", |hit| page_of(hit, base));
            assert_eq!(first, format!("{page}/index.html"), "{text}: {hits:?}");
            // A title opens at the top of its document.
            assert!(!hits[0].contains("/documents/") || !hits[0].contains('#'), "{text}: {hits:?}");
        }
        assert_eq!(tab.troubles(base), [""; 0]);
    }
}

fn stop_words_change_nothing() {
    let site = searched();
    let scope = "documents/SCP-01";
    finds_first(
        site,
        &[("scope of the SMS", scope), ("scope SMS", scope), ("The SMS's scope?", scope)],
    );
    let tab = ask(site, &site.file);
    assert_eq!(ask_for(&tab, "scope of the SMS"), ask_for(&tab, "scope SMS"));
    assert!(!ask_for(&tab, "the").is_empty());
}

fn finds_what_stands_on_the_page() {
    let words = [
        "SEV1-CRITICAL",
        "sev1critical",
        "critical",
        "servicedeskctl",
        "ISO-27001",
        "iso27001",
        "27001",
        "Quarterdeck",
        "AT&T",
        "R&D",
        "starred",
        "failover",
        "quuxtable",
        "grault",
        "Alertword",
        "Holidays",
        "Skeleton",
        "Emergencytelephone",
        "Ödland",
        "oedland",
        "floorplan",
        "lighthouse",
        "signalbox",
        "footword",
        "frobnicate",
        "max_retry.count",
        "needleword",
        "Zebratime",
        "KPI-ZEB",
        "kpizeb",
        "zeb",
        "Elephant",
        "Outage diary",
        "Archivebox",
        "Giraffecall",
        "45 minutes",
    ];
    let pages = words.map(|word| (word, "documents/PRC-INC-01"));
    finds_first(searched(), &pages);
    let others = [
        ("payroll", "services"),
        ("payroll hosting", "services"),
        ("workaround", "glossary"),
        ("role register", "documents/REG-ROL-01"),
        ("register", "register"),
        ("glossary", "glossary"),
        ("incident manager", "roles/incident-manager"),
    ];
    finds_first(searched(), &others);
}

fn finds_in_other_scripts_and_spellings() {
    let words = [
        "Überwachung",
        "Uberwachung",
        "Ueberwachung",
        "U\u{308}berwachung",
        "ÜBERWACHUNG",
        "Übergaben",
        "Café",
        "cafe",
        "Strasse",
        "STRASSE",
        "Straße",
        "Müller",
        "Mueller",
        "Muller",
        "naive",
        "naïve",
        "Störungs",
        "stoerungsmanagement",
        "Störungsmanagement",
        "变更管理",
        "管理",
        "请求",
        "变更请求",
        "管",
        "インシデント",
        "サービスデスク",
        "サービスdesk",
        "desk",
        "quản lý",
        "quan ly",
        "su co",
        "duong",
        "ISIK",
        "ışık",
        "ILIMAN",
        "istanbul",
        "เหตุการณ์",
        "서비스",
    ];
    finds_first(searched(), &words.map(|word| (word, "documents/POL-01")));
}

fn an_old_id_leads_to_its_successor() {
    let new = "documents/POL-NEW-04";
    let queries =
        [("POL-OLD-03", new), ("pol old 03", new), ("polold03", new), ("POL-ANCIENT-02", new)];
    finds_first(searched(), &queries);
}

fn finds_an_id_however_it_is_typed() {
    let incident = "documents/PRC-INC-01";
    let queries = [
        ("inc01", incident),
        ("INC-01", incident),
        ("PRC INC 01", incident),
        ("prc-inc", incident),
        ("prcinc01", incident),
        ("prc_inc_01", incident),
        ("PRC\u{2011}INC\u{2011}01", incident),
        ("PRC–INC–01", incident),
        ("prc-icn-01", incident),
        ("8.6.1", "clauses/8.6.1"),
        ("clause 8.6.1", "clauses/8.6.1"),
        ("§ 8.6.1", "clauses/8.6.1"),
        ("Clause 8.6.1.", "clauses/8.6.1"),
        ("incident management", incident),
        ("incident management process", incident),
        ("scope of the SMS", "documents/SCP-SMS-01"),
        ("service catalogue", "documents/CAT-SVC-01"),
        ("management reviews", "documents/PRC-MRV-01"),
    ];
    finds_first(own(), &queries);
}

fn a_letter_wrong_finds_and_is_told() {
    let site = own();
    for base in site.addresses() {
        let tab = ask(site, base);
        for (text, meant) in [
            ("escaltion", "escalation"),
            ("secalation", "escalation"),
            ("xscalation", "escalation"),
            ("escalatoin", "escalation"),
            ("excalatjon", "escalation"),
            ("ncident", "incident"),
            ("icnident", "incident"),
            ("suplier", "supplier"),
            ("reveiw", "review"),
            ("polcies", "policies"),
            ("rsik", "risk"),
            ("incidentmanagement", "incident management"),
            ("servicecatalogue", "service catalogue"),
        ] {
            let hits = ask_for(&tab, text);
            assert!(!hits.is_empty(), "{text}");
            let said = told(&tab);
            assert!(said.contains(&format!("“{text}”")), "{text}: {said}");
            assert!(said.contains(&format!("Shown for “{meant}")), "{text}: {said}");
        }
        let hits = ask_for(&tab, "incident managment");
        assert_eq!(page_of(&hits[0], base), "documents/PRC-INC-01/index.html");
        // What is there is never taken for something else.
        ask_for(&tab, "incident");
        assert_eq!(told(&tab), "");
        assert_eq!(tab.troubles(base), [""; 0]);
    }
}

fn a_word_that_is_nowhere_does_not_empty_the_result() {
    let site = own();
    let tab = ask(site, &site.file);
    let with = ask_for(&tab, "xqzwk incident");
    assert_eq!(told(&tab), "Nothing holds “xqzwk”.");
    assert_eq!(with, ask_for(&tab, "incident"));
    // What holds more of the words comes first.
    let hits = ask_for(&tab, "supplier escalation root cause");
    assert_eq!(page_of(&hits[0], &site.file), "documents/PRC-PRB-01/index.html", "{hits:?}");
}

fn words_are_cut_as_the_index_cuts_them() {
    let table = include_str!("../facts/words.json");
    let table: Vec<(String, Vec<String>)> = serde_json::from_str(table).expect("a table");
    let site = own();
    let tab = ask(site, &site.file);
    ask_for(&tab, "incident");
    for (text, expected) in table {
        let found = tab.texts(&format!("clausebookSearch.cut({})", json!(text)));
        assert_eq!(found, expected, "{text}");
    }
}

fn sections_stand_under_their_document() {
    let site = own();
    let tab = ask(site, &site.file);
    ask_for(&tab, "escalation");
    let inside = "[...document.querySelectorAll('.hits li li a')]
        .map(a => [a.closest('ol').parentElement.querySelector('a').href, a.href].join(' '))";
    let pairs = tab.texts(inside);
    assert!(pairs.len() > 2, "{pairs:?}");
    for pair in &pairs {
        let (page, section) = pair.split_once(' ').expect("two addresses");
        assert_eq!(section.split('#').next(), Some(page));
        assert!(section.contains('#') && !page.contains('#'));
    }
    // Every quotation marks what was looked for.
    let quoted = tab.texts(
        "[...document.querySelectorAll('.hits li li a')].filter(a => !a.querySelector('mark')).map(a => a.href)",
    );
    assert_eq!(quoted, [""; 0]);
    // A query is text, whatever it holds.
    ask_for(&tab, "<img src=x onerror=globalThis.pwned=1> escalation");
    assert_eq!(tab.eval("document.querySelectorAll('.hits img').length"), 0);
}

fn shows_more_on_demand() {
    let site = own();
    let tab = ask(site, &site.file);
    let first = ask_for(&tab, "service").len();
    tab.eval("document.querySelector('.hits button').click()");
    tab.wait(&format!("{HITS}.length > {first}"));
    tab.wait("document.activeElement.closest('.hits')");
}

fn one_letter_is_light() {
    for site in [own(), searched()] {
        for base in site.addresses() {
            for letter in ["i", "p", "a", "管", "8", "z"] {
                let tab = ask(site, base);
                ask_for(&tab, letter);
                let requests = tab.requests();
                let asked = requests.iter().filter(|url| url.contains("/search/"));
                let sum: u64 = asked.map(|url| site.bytes(url)).sum();
                assert!(sum < LETTER, "{letter} loads {sum} bytes");
                assert_eq!(tab.troubles(base), [""; 0], "{letter}");
            }
        }
    }
}

fn says_without_a_script_where_to_look() {
    let site = own();
    let tab = Tab::open(&Manner { scripts: false, ..Manner::on(&site.day) });
    tab.go(&format!("{}search/index.html", site.file));
    let links = tab.texts("[...document.querySelectorAll('main a')].map(a => a.href)");
    for list in ["register", "clauses", "roles", "services", "glossary", "kpis", "records"] {
        assert!(links.contains(&format!("{}{list}/index.html", site.file)), "{list}: {links:?}");
    }
}
