//! Tests of the site as a whole, on a small manual in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use super::edition::Edition;
use super::routes::Root;
use super::site::{Page, Site};
use super::view::list_pages;
use super::view::parts::List;
use super::view::{clauses, control, document, findings, index, parts, reviews, roles};
use super::{Options, site};
use crate::check::Findings;
use crate::compile::{Inputs, Session, check, compile};
use crate::diag::Diagnostic;
use crate::draw::colour;
use crate::manual::Manual;
use crate::model::value::{Classification, Date};
use crate::source::Sources;
use crate::words::Words;

const SETTINGS: &str = "organization: {name: Aurora & Sons}\nsite: {title: Our manual, base_url: \"https://sms.example/x\"}\n";

const REGISTER: &str = "---
id: REG-ROL-01
title: Role register
kind: register
version: \"1.0\"
status: approved
owner: sms-manager
approved: {by: director, on: 2026-01-01}
review: {every: 12 months, last: 2026-01-01, reviewer: director, outcome: confirmed}
roles:
  - {id: sms-manager, title: SMS manager, holder: N. Farrell, deputy: desk, competence: Much}
  - {id: desk, title: Service desk}
  - {id: director, title: Director}
terms: [{term: Known error, definition: A problem that is understood, also: [KE]}]
services: [{id: SVC-01, title: Hosting, outcome: Servers run, owner: desk, customers: [All], agreement: PRC-INC-01}]
---
# Role register

Who does what.
";

const INCIDENT: &str = "---
id: PRC-INC-01
title: Incident management
kind: process
version: \"2.1\"
status: approved
classification: internal
owner: sms-manager
author: N. Farrell
approved: {by: director, on: 2026-03-01}
effective: 2026-03-15
review: {every: 12 months, last: 2026-03-01, reviewer: sms-manager, outcome: confirmed}
clauses: [\"8.6.1\"]
supersedes: PRC-INC-00
related: [REG-ROL-01, PRC-DRF-01]
retention: 3 years
distribution: [all staff]
revisions: [{version: \"2.1\", date: 2026-02-20, author: desk, summary: Roles made explicit}]
inputs: [{name: Alert, from: PRC-DRF-01}]
outputs: [{name: Candidate, to: Customer}]
kpis: [{id: MTTR, name: Mean time to restore, unit: hours, target: \"<= 4\", direction: down, measured: monthly, source: Tool}]
records: [{name: Incidents, clause: \"8.6.1\", held_in: Tool, retention: 3 years, owner: desk}]
---
# Incident management

## Purpose

Bring services back, e.g. quickly. And more.

See [[PRC-DRF-01]], [[PRC-INC-00]], [roles](../policies/roles.md#role-register), [[role:desk]],
[[term:KE]], [[service:SVC-01]], [[8.6.1]], [below](#raci) and [out](https://example.org/?a=1&b=2).[^1]

[^1]: A note.

## 7.4 Numbered by hand

![A picture](<pics/ä b.png>) of {{ organization.name }}, {{ decide: how long }}.

### RACI

| Activity | Service desk | SMS manager | Next |
|---|---|---|---|
| Log | R | A | 2 (if so) |
| Close | A/R | - | end |

```clausebook
records
```
";

const DRAFT: &str = "---
id: PRC-DRF-01
title: Draft of something
kind: process
version: \"0.3\"
status: draft
owner: desk
supersedes: PRC-INC-01
outputs: [{name: Alert, to: PRC-INC-01}]
---
# Draft of something

Back to [[PRC-INC-01]].
";

const OLD: &str = "---
id: PRC-INC-00
title: Incident handling
kind: process
version: \"1.3\"
status: superseded
owner: desk
---
# Incident handling

Old words.
";

fn manual_files() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("clausebook.yaml", SETTINGS.as_bytes()),
        ("policies/roles.md", REGISTER.as_bytes()),
        ("processes/incident.md", INCIDENT.as_bytes()),
        ("processes/draft.md", DRAFT.as_bytes()),
        ("processes/old.md", OLD.as_bytes()),
        ("processes/pics/ä b.png", b"\x89PNG"),
    ]
}

/// Calls `then` with the manual made of some files, on a day.
fn with<T>(files: &[(&str, &[u8])], day: &str, then: impl FnOnce(&Manual, &Findings) -> T) -> T {
    let sources = Sources::from_memory(files.iter().copied());
    let mut session = Session::default();
    let compiled = compile(Inputs::new(sources, Date::parse(day).unwrap()), &mut session);
    then(&compiled, &check(&compiled, &mut session))
}

pub(super) fn built(files: &[(&str, &[u8])], options: &Options) -> (Site, Vec<Diagnostic>) {
    with(files, "2026-06-01", |manual, findings| site(manual, findings, options).unwrap())
}

pub(super) fn text(site: &Site, route: &str) -> String {
    let page = site.pages.get(route).unwrap_or_else(|| panic!("no {route}"));
    String::from_utf8(page.bytes.to_vec()).unwrap()
}

pub(super) fn drafts() -> Options {
    Options { drafts: true, ..Options::default() }
}

/// The pages of a site, without its other files.
fn pages(site: &Site) -> impl Iterator<Item = (&String, &Page)> {
    site.pages.iter().filter(|(_, page)| page.media.starts_with("text/html"))
}

/// The values of an attribute in a page.
fn values<'t>(html: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Where a relative link of a page leads: route and fragment.
fn target(from: &str, link: &str) -> (String, Option<String>) {
    let (path, fragment) = match link.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (link, None),
    };
    if path.is_empty() {
        return (from.to_owned(), fragment);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            parts.pop().expect("no link leaves the site");
        } else {
            parts.push(part);
        }
    }
    (parts.join("/").replace("%20", " ").replace("%C3%A4", "ä"), fragment)
}

#[test]
fn every_link_is_relative_and_leads_somewhere() {
    let (site, faults) = built(&manual_files(), &drafts());
    assert_eq!(faults, []);
    for (route, page) in pages(&site) {
        let html = std::str::from_utf8(&page.bytes).unwrap();
        let links = [values(html, "href"), values(html, "src")].concat();
        for link in links {
            if link.starts_with("https://example.org/")
                || link.starts_with("https://sms.example/x/")
                || link == "data:,"
            {
                continue;
            }
            assert!(!link.contains(':') && !link.starts_with('/'), "{route}: {link}");
            let (to, fragment) = target(route, link);
            let there = site.pages.get(&to).unwrap_or_else(|| panic!("{route}: {link} -> {to}"));
            if let Some(fragment) = fragment.filter(|fragment| !fragment.contains('=')) {
                let there = std::str::from_utf8(&there.bytes).unwrap();
                assert!(values(there, "id").contains(&fragment.as_str()), "{route}: {link}");
            }
        }
    }
}

#[test]
fn ids_are_unique_and_headings_skip_no_level() {
    let (site, _) = built(&manual_files(), &drafts());
    for (route, page) in pages(&site) {
        let html = std::str::from_utf8(&page.bytes).unwrap();
        let ids = values(html, "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{route}");
        let levels: Vec<u32> =
            html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{route}");
        assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{route}: {levels:?}");
    }
}

#[test]
fn the_same_manual_gives_the_same_bytes() {
    let files = manual_files();
    let mut turned = files.clone();
    turned.reverse();
    assert_eq!(built(&files, &drafts()).0, built(&turned, &drafts()).0);
}

#[test]
fn only_what_is_in_force_has_a_page() {
    let (site, _) = built(&manual_files(), &Options::default());
    assert!(site.pages.contains_key("documents/PRC-INC-01/index.html"));
    for gone in ["PRC-DRF-01", "PRC-INC-00"] {
        assert!(!site.pages.contains_key(&format!("documents/{gone}/index.html")));
        assert!(text(&site, "register/index.html").contains(gone));
    }
    let page = text(&site, "documents/PRC-INC-01/index.html");
    assert!(page.contains("title=\"a draft, not in force\">PRC-DRF-01</span>"));
    assert!(page.contains("title=\"superseded, now PRC-INC-01\">PRC-INC-00</span>"));
    assert!(!page.contains("documents/PRC-DRF-01"));
}

#[test]
fn a_draft_has_its_three_marks() {
    let (site, _) = built(&manual_files(), &drafts());
    let page = text(&site, "documents/PRC-DRF-01/index.html");
    assert!(page.contains("<title>Draft 0.3: "));
    assert!(page.contains("class=\"band\""));
    assert!(page.contains("Not approved"));
    assert!(page.contains("PRC-INC-01 2.1 is in force since 2026-03-15"));
    assert!(page.contains("DRAFT 0.3, NOT IN FORCE"), "on paper");
    assert!(page.contains("class=\"across\""), "across the sheet");
}

#[test]
fn a_body_is_written_as_it_was_meant() {
    let (site, _) = built(&manual_files(), &Options::default());
    let page = text(&site, "documents/PRC-INC-01/index.html");
    for expected in [
        "<h1 id=\"incident-management\">Incident management</h1>",
        "<p class=\"lead\">Bring services back, e.g. quickly.</p>",
        "<h2 id=\"purpose\"><span class=\"s\">1</span> Purpose</h2>",
        "<h2 id=\"74-numbered-by-hand\"><span class=\"s\">7.4</span> Numbered by hand</h2>",
        "<h3 id=\"raci\"><span class=\"s\">7.4.1</span> RACI</h3>",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(page.contains("href=\"../../roles/desk/index.html\">Service desk</a>"));
    assert!(page.contains("href=\"../../glossary/index.html#known-error\">KE</a>"));
    assert!(page.contains("href=\"../../services/index.html#SVC-01\">Hosting</a>"));
    assert!(page.contains("href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener\">out</a>"));
    assert!(
        page.contains("of Aurora &amp; Sons, <mark class=\"decision\">To decide: how long</mark>")
    );
    assert!(page.contains("src=\"../../assets/content/processes/pics/%C3%A4%20b.png\""));
    assert!(page.contains("<span class=\"l\"><b class=\"la\">A</b><b class=\"lr\">R</b></span>"));
    assert!(page.contains("≤ 4 hours"), "KPIs are added, since no block shows them");
    assert_eq!(page.matches("<th scope=\"row\">Incidents</th>").count(), 1, "records are not");
    assert_eq!(site.pages["assets/content/processes/pics/ä b.png"].bytes.as_ref(), b"\x89PNG");
}

#[test]
fn an_audience_sees_no_trace_of_what_is_above_it() {
    let hidden = DRAFT
        .replace("status: draft", "status: approved\napproved: {by: director, on: 2026-01-01}\nclassification: restricted")
        .replace("Draft of something", "Plan Omega");
    let mut files = manual_files();
    files[3].1 = hidden.as_bytes();
    let options = Options { audience: Some(Classification::Internal), ..Options::default() };
    let (site, _) = built(&files, &options);
    for (route, page) in &site.pages {
        let text = String::from_utf8_lossy(&page.bytes);
        let leak = text.contains("PRC-DRF-01") || text.contains("Omega");
        assert!(!leak && !route.contains("PRC-DRF-01"), "{route}");
    }
}

#[test]
fn no_script_of_an_author_survives() {
    let evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>{{ x }}";
    let quoted = serde_json::to_string(evil).unwrap();
    let front = INCIDENT
        .replace("title: Incident management", &format!("title: {quoted}"))
        .replace("name: Alert", &format!("name: {quoted}"))
        .replace("name: Incidents", &format!("name: {quoted}"))
        .replace("name: Mean time to restore", &format!("name: {quoted}"))
        .replace("summary: Roles made explicit", &format!("summary: {quoted}"))
        .replace("distribution: [all staff]", &format!("distribution: [{quoted}]"));
    let body = format!(
        "{front}\n## Evil {evil}\n\n| {evil} | b |\n|---|---|\n| {evil} | x |\n\n```mermaid\n{evil}\n```\n\n\
         <div class=\"band\" id=\"cb.main\" style=\"x\" onclick=\"alert(1)\"><a href=\"javascript:alert(1)\">x</a>\
         <iframe src=\"https://evil.example\"></iframe><form action=x><input></form></div></main>\n\n\
         <svg><script>alert(1)</script></svg> <a href=\"rel.html\">r</a> <!-- gone -->\n"
    );
    let settings = format!("organization: {{name: {quoted}}}\nsite: {{title: {quoted}}}\n");
    let mut files = manual_files();
    files[0].1 = settings.as_bytes();
    files[2].1 = body.as_bytes();
    let (site, faults) = built(&files, &drafts());
    assert_eq!(faults, []);
    let theme = crate::embedded::theme_files();
    let scripts: BTreeSet<&str> =
        theme.iter().map(|(path, _)| &**path).filter(|path| path.ends_with(".js")).collect();
    assert!(scripts.contains("assets/theme.js"), "{scripts:?}");
    for (route, page) in pages(&site) {
        let html = std::str::from_utf8(&page.bytes).unwrap();
        for script in html.split("<script").skip(1) {
            let src = script.strip_prefix(" src=\"").and_then(|rest| rest.split('"').next());
            let name = src.map(|src| src.trim_start_matches("../")).unwrap_or_default();
            assert!(scripts.contains(name), "{route}: <script{}", &script[..40.min(script.len())]);
        }
        for tag in ["<img src=x", "<iframe", "<svg><script", "<form", "=\"javascript:", "<!-- gone"]
        {
            assert!(!html.contains(tag), "{route}: {tag}");
        }
        // Within tags alone: escaped text may say what it likes.
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let plain = ["svg", "rect", "style", "meta"].iter().any(|name| tag.starts_with(name));
            assert!(plain || !tag.contains(" style="), "{route}: {tag}");
            assert!(!tag.contains(" onclick=") && !tag.contains(" onerror=\""), "{route}: {tag}");
        }
        assert_eq!(html.matches("</main>").count(), 1, "{route}");
        assert_eq!(html.matches("</style>").count(), 1, "{route}");
    }
}

#[test]
fn a_manuals_own_theme_wins_file_by_file() {
    let mut files = manual_files();
    files.push(("themes/default/templates/missing.html", b"lost: {{ page.title }}"));
    files.push(("themes/default/assets/extra.css", b"a{}"));
    files.push(("themes/default/assets/logo.png", b"\x89PNG"));
    let (site, faults) = built(&files, &Options::default());
    assert_eq!(faults, []);
    assert!(text(&site, "404.html").starts_with("lost: Not found"));
    assert!(site.pages.contains_key("assets/extra.css"));
    assert!(site.pages.contains_key("assets/logo.png"));
    assert!(site.pages.contains_key("assets/style.css"));
}

#[test]
fn a_mistake_of_a_template_is_a_finding_at_its_place() {
    let mut files = manual_files();
    files.push(("themes/default/templates/missing.html", b"<p>{% if x %}\n"));
    files.push(("themes/default/templates/reviews.html", b"{% for %}"));
    let (_, faults) = built(&files, &Options::default());
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.code.0 == "theme-fault"));

    let mut files = manual_files();
    let source = "Ä {{ document.titel }}";
    files.push(("themes/default/templates/document.html", source.as_bytes()));
    let (site, faults) = built(&files, &Options::default());
    assert_eq!(faults.len(), 1, "one mistake is one finding, however many pages it spoils");
    assert!(source[faults[0].at.range()].contains("titel"), "{faults:?}");
    assert!(site.pages.contains_key("index.html"), "the other pages stand");

    let mut files = manual_files();
    let settings = "site: {theme: dark}\n";
    files[0].1 = settings.as_bytes();
    let (_, faults) = built(&files, &Options::default());
    assert_eq!(faults[0].message, "there is no theme `dark`");
    assert_eq!(&settings[faults[0].at.range()], "dark");
}

#[test]
fn machines_get_the_same_facts() {
    let (site, _) = built(&manual_files(), &Options::default());
    let json: Json = serde_json::from_str(&text(&site, "register.json")).unwrap();
    let documents = json["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 4);
    let keys: Vec<&str> = documents[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "id",
            "title",
            "kind",
            "version",
            "status",
            "classification",
            "owner",
            "approver",
            "approved",
            "effective",
            "next_review",
            "review_state",
            "clauses",
            "url"
        ]
    );
    let incident = documents.iter().find(|one| one["id"] == "PRC-INC-01").unwrap();
    assert_eq!(incident["next_review"], "2027-03-01");
    assert_eq!(incident["url"], "documents/PRC-INC-01/index.html");
    assert_eq!(incident["review_state"], "current");

    let raci: Json = serde_json::from_str(&text(&site, "raci.json")).unwrap();
    assert_eq!(raci["matrices"][0]["activities"][1]["roles"][0]["letters"], "AR");
    let reviews: Json = serde_json::from_str(&text(&site, "reviews.json")).unwrap();
    assert_eq!(reviews["reviews"][0]["document"], "REG-ROL-01");

    let calendar = text(&site, "reviews.ics");
    assert!(calendar.contains("UID:PRC-INC-01.2027-03-01@clausebook\r\n"));
    assert!(calendar.contains("DTSTAMP:20260301T000000Z\r\n"));
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270301\r\n"));
    assert!(calendar.contains("URL:https://sms.example/x/documents/PRC-INC-01/index.html"));

    let manifest: Json = serde_json::from_str(&text(&site, "manifest.json")).unwrap();
    assert_eq!(manifest["files"].as_array().unwrap().len(), site.pages.len() - 1);
}

#[test]
fn pages_are_light() {
    let (site, _) = built(&manual_files(), &Options::default());
    let size = |route: &str| site.pages[route].bytes.len();
    assert!(size("assets/style.css") <= 24_000, "{}", size("assets/style.css"));
    let scripts = size("assets/theme.js") + size("assets/site.js") + size("assets/list.js");
    assert!(scripts <= 16_000, "{scripts}");
    assert!(size("documents/PRC-INC-01/index.html") < 14_000);
}

/// The tokens of the shipped style sheet: name to light and dark.
fn tokens() -> BTreeMap<String, [String; 2]> {
    let files = crate::embedded::theme_files();
    let (_, sheet) = files.iter().find(|(path, _)| path == "assets/style.css").unwrap();
    let sheet = std::str::from_utf8(sheet).unwrap();
    let mut found = BTreeMap::new();
    for part in sheet.split("--").skip(1) {
        let Some((name, rest)) = part.split_once(":light-dark(") else { continue };
        let Some((pair, _)) = rest.split_once(')') else { continue };
        let Some((light, dark)) = pair.split_once(',') else { continue };
        found.insert(name.to_owned(), [light.to_owned(), dark.to_owned()]);
    }
    found
}

/// The contrast of two colours, by the formula of WCAG 2.2.
fn contrast(one: &str, other: &str) -> f64 {
    let light = |colour: &str| {
        let part = |from: usize| {
            let byte =
                u8::from_str_radix(&colour[from..from + 2], 16).expect("a colour like #15212c");
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (light(one), light(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_can_be_told_apart() {
    let tokens = tokens();
    // An organization's own accent is measured on the same grounds.
    for (n, ground) in ["page", "panel", "sunken"].iter().enumerate() {
        assert_eq!(tokens[*ground], [colour::LIGHT[n].0, colour::DARK[n].0]);
    }
    let mut pairs: Vec<(&str, &str, f64)> = Vec::new();
    for text in ["ink", "ink2", "ink3", "accent", "ok", "warn", "bad", "draft"] {
        pairs.extend(["page", "panel", "sunken"].map(|ground| (text, ground, 4.5)));
    }
    for (text, tint) in [
        ("accent", "accent-tint"),
        ("ok", "ok-tint"),
        ("warn", "warn-tint"),
        ("bad", "bad-tint"),
        ("draft", "draft-tint"),
        ("mute", "mute-tint"),
    ] {
        pairs.extend([(text, tint, 4.5), ("ink", tint, 4.5)]);
    }
    pairs.extend([("on-accent", "accent", 4.5), ("on-draft", "draft", 4.5), ("ink", "found", 4.5)]);
    for fill in ["ok-fill", "warn-fill", "bad-fill", "edge"] {
        pairs.extend([(fill, "page", 3.0), (fill, "panel", 3.0)]);
    }
    for (one, other, least) in pairs {
        for (n, theme) in ["light", "dark"].iter().enumerate() {
            let found = contrast(&tokens[one][n], &tokens[other][n]);
            assert!(found >= least, "{one} on {other}, {theme}: {found:.2}");
        }
    }
}

/// All names of fields in a value.
fn names(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(map) => {
            for (name, value) in map {
                found.insert(name.clone());
                names(value, found);
            }
        }
        Json::Array(list) => list.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

#[test]
fn the_readme_of_the_themes_names_everything_a_template_sees() {
    let readme = include_str!("../../themes/README.md");
    let kitchen = "\n```clausebook\nregister\n```\n```clausebook\nreviews\n```\n```clausebook\nraci\n```\n\
                   ```clausebook\nflow\n```\n";
    let lists = "waivers: [{rule: weak-wording, until: 2027-01-01, reason: x}]
scope: {organization: We, services: [SVC-01], left_out: [{what: A, why: B}]}
other_parties: [{id: OTH-01, title: Carrier, kind: external-supplier, provides: [Lines], services: [SVC-01]}]
external_documents: [{id: EXT-01, title: Norm, source: ISO, version: \"1\", held_in: Shelf, control: Yearly}]
---";
    let register = REGISTER.replacen("\n---\n#", &format!("\n{lists}\n#"), 1);
    let incident = format!("{INCIDENT}{kitchen}");
    let mut files = manual_files();
    files[1].1 = register.as_bytes();
    files[2].1 = incident.as_bytes();
    let options = drafts();
    with(&files, "2026-06-01", |manual, found| {
        let visible = super::visibility::VisibleManual::new(manual, &options);
        let edition = Edition::new(&visible, Arc::new(Words::of("en")));
        let involved = roles::involvement(&edition);
        let mut values = vec![
            serde_json::to_value(super::shared(&edition)),
            serde_json::to_value(super::view::Missing { base: None }),
            serde_json::to_value(super::view::processes::page(&edition, Root::TOP, 0)),
            serde_json::to_value(index::page(&edition, Root::TOP)),
            serde_json::to_value(list_pages::list(&edition, Root::TOP, List::Register, 0)),
            serde_json::to_value(reviews::page(&edition, Root::TOP, 0)),
            serde_json::to_value(findings::page(&edition, found, Root::TOP)),
            serde_json::to_value(roles::list(&edition, Root::TOP, &involved)),
            serde_json::to_value(roles::page(&edition, Root::TOP, 0, &involved[0])),
            serde_json::to_value(list_pages::list(&edition, Root::TOP, List::Glossary, 0)),
            serde_json::to_value(parts::Parts::new(Root::TOP, "kpis", 0, 1000)),
        ];
        let survey = clauses::Survey::new(&edition, Root::TOP);
        values.push(serde_json::to_value(survey.clauses()));
        values.push(serde_json::to_value(survey.readiness(found)));
        for (_, at, clause) in manual.standards.named() {
            values.push(serde_json::to_value(survey.clause(&at, clause)));
        }
        for number in &edition.published {
            let page = document::page(&edition, *number, Root::TOP, [None, Some(*number)]);
            values.push(serde_json::to_value(page));
        }
        values.push(serde_json::to_value(control::sample()));
        let mut all = BTreeSet::new();
        for value in values {
            names(&value.unwrap(), &mut all);
        }
        let absent: Vec<&String> =
            all.iter().filter(|name| !readme.contains(&format!("`{name}`"))).collect();
        assert!(absent.is_empty(), "themes/README.md does not name {absent:?}");
    });
}
