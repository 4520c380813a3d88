//! No page breaks a rule of accessibility that a machine can check: axe-core in the browser, on
//! every kind of page, in light and dark, on a wide screen and on a phone.
//!
//! axe-core is not part of the repository: `CLAUSEBOOK_AXE` names its `axe.min.js`.

use serde_json::Value;

use crate::site::{Site, drafts, own};
use crate::tab::{Manner, Tab};

/// The checks of WCAG 2.2 A and AA, and what axe-core holds for good practice besides.
const RUN: &str = "axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
})";

/// Where axe-core is, if it is anywhere.
pub(crate) fn script() -> Option<String> {
    let path = std::env::var_os("CLAUSEBOOK_AXE")?;
    Some(std::fs::read_to_string(path).expect("CLAUSEBOOK_AXE names axe.min.js"))
}

/// What axe-core finds on the page that is open.
fn violations(tab: &Tab, axe: &str, what: &str) -> Vec<String> {
    tab.eval(&format!("{axe}; 0"));
    let result = tab.eval(RUN);
    let passed = result["passes"].as_array().map_or(0, Vec::len);
    assert!(passed > 5, "{what}: axe-core checked nothing: {result}");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let say = |violation: &Value| {
        let nodes = list(&violation["nodes"]);
        let first = nodes.iter().take(3).map(|node| {
            let why = node["failureSummary"].as_str().unwrap_or_default();
            let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("\n    {}\n        {why}", node["html"].as_str().unwrap_or_default())
        });
        let first: String = first.collect();
        format!("{what}: {} at {} places{first}", violation["id"], nodes.len())
    };
    list(&result["violations"]).iter().map(say).collect()
}

/// Checks every kind of page of a site.
fn look(site: &Site, dark: bool, size: (u32, u32)) {
    let axe = script().expect("this test runs only with it");
    let tab = Tab::open(&Manner { size, dark, ..Manner::on(&site.day) });
    let mut found = Vec::new();
    for page in site.kinds() {
        tab.go(&format!("{}{page}", site.file));
        found.extend(violations(&tab, &axe, &page));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

const WIDE: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);

pub(crate) fn light() {
    look(own(), false, WIDE);
}

pub(crate) fn dark() {
    look(own(), true, WIDE);
}

pub(crate) fn phone() {
    look(own(), false, PHONE);
}

pub(crate) fn dark_phone() {
    look(own(), true, PHONE);
}

pub(crate) fn drafts_light() {
    look(drafts(), false, WIDE);
}

pub(crate) fn drafts_dark() {
    look(drafts(), true, WIDE);
}

/// What appears only when it is asked for: the search box, the menus, a banner of a later day.
pub(crate) fn what_opens() {
    let site = own();
    let axe = script().expect("this test runs only with it");
    let mut found = Vec::new();
    for dark in [false, true] {
        let manner = Manner { dark, ..Manner::on(&site.day) };
        let tab = Tab::open(&manner);
        tab.go(&format!("{}register/index.html#kind=Policy&sort=-id", site.file));
        found.extend(violations(&tab, &axe, "a filtered register"));
        tab.press("/");
        tab.wait("document.querySelector('dialog[open]')?.contains(document.activeElement)");
        tab.type_text("incident");
        tab.wait("document.querySelectorAll('.hits a').length > 3");
        tab.press("ArrowDown");
        found.extend(violations(&tab, &axe, "the search box"));
        tab.go(&format!("{}index.html", site.file));
        tab.eval("document.querySelector('.nav details').open = true");
        found.extend(violations(&tab, &axe, "the menu"));
        tab.look(&Manner { size: PHONE, ..manner.clone() });
        tab.go(&format!("{}index.html", site.file));
        tab.click(".burger");
        tab.wait("document.querySelector('.nav a').checkVisibility()");
        found.extend(violations(&tab, &axe, "the menu on a phone"));
        let year: u32 = site.day[..4].parse().expect("a year");
        let tab = Tab::open(&Manner { day: format!("{}-12-31", year + 2), ..manner });
        tab.go(&format!("{}documents/PRC-INC-01/index.html", site.file));
        tab.wait("document.querySelector('.banner') !== null");
        found.extend(violations(&tab, &axe, "a lapsed review"));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
