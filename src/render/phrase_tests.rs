//! What an author's words become on a page: decisions are marked wherever they stand, what only reads
//! like one stays as it was written, and no control character gets through.

use super::site::Site;
use super::tests::{built, drafts, text};

const SETTINGS: &[u8] = b"organization: {name: We}\n";

/// A decision with these words.
const MARK: &str = "<mark class=decision>To decide: who</mark>";
const IN_TEXT: &str = "<mark class=\"decision\">To decide: who</mark>";

fn site(document: &str) -> Site {
    let files: [(&str, &[u8]); 2] =
        [("clausebook.yaml", SETTINGS), ("policies/a.md", document.as_bytes())];
    let (site, faults) = built(&files, &drafts());
    assert_eq!(faults, []);
    site
}

fn page(document: &str) -> String {
    text(&site(document), "documents/POL-A-01/index.html")
}

#[test]
fn what_only_reads_like_a_decision_stays_as_it_was_written() {
    let document = "---
id: POL-A-01
title: \"[to decide: who]\"
kind: policy
owner: \"{{ decide: who }}\"
retention: \"[to decide: who] {{ decide: what }}\"
---
## Prose [to decide: who] and `[to decide: who]`

Prose [to decide: who], `[to decide: who]`, `{{ decide: who }}` and {{ decide: who }}.

| a | [to decide: who] |
|---|---|
| x | [to decide: who] |

    [to decide: who]
    {{ decide: who }}

{{ title }}, {{ retention }}
";
    let page = page(document);
    for shown in [
        ">[to decide: who]</h1>",
        "</span> Prose [to decide: who] and <code>[to decide: who]</code></h2>",
        "Prose [to decide: who], <code>[to decide: who]</code>, <code>{{ decide: who }}</code> and",
        "<td>[to decide: who]</td>",
        "<code>[to decide: who]\n{{ decide: who }}\n</code>",
        "<p>[to decide: who], [to decide: who] <mark class=\"decision\">To decide: what</mark></p>",
        "[to decide: who] <mark class=decision>To decide: what</mark></dd>",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert_eq!(page.matches(IN_TEXT).count(), 1, "of the text: {page}");
    assert_eq!(page.matches(MARK).count(), 2, "the owner, and the lead under the title: {page}");
}

#[test]
fn a_decision_is_marked_wherever_a_value_is_shown() {
    let decided = "\"{{ decide: who }}\"";
    let document = format!(
        "---
id: POL-A-01
title: {decided}
kind: register
owner: x
author: {decided}
retention: {decided}
distribution: [{decided}]
revisions: [{{version: \"1\", date: 2026-01-01, author: {decided}, summary: {decided}}}]
inputs: [{{name: {decided}, from: {decided}}}]
kpis: [{{id: K, name: {decided}, target: {decided}, unit: hours, measured: {decided}, source: {decided}}}]
records: [{{name: {decided}, clause: \"8.6.1\", held_in: {decided}, retention: {decided}, owner: {decided}}}]
roles: [{{id: x, title: {decided}, holder: {decided}, deputy: {decided}, competence: {decided}}}]
services: [{{id: S, title: {decided}, outcome: {decided}, owner: {decided}, customers: [{decided}], hours: {decided}}}]
terms: [{{term: T, definition: {decided}, also: [{decided}]}}]
external_documents: [{{id: E, title: {decided}, source: {decided}, control: {decided}}}]
other_parties: [{{id: P, title: {decided}, kind: customer, provides: [{decided}]}}]
scope: {{organization: {decided}, boundaries: [{decided}], left_out: [{{what: {decided}, why: {decided}}}]}}
---
## About {{{{ title }}}}

| a |
|---|
| x |

| Step | {{{{ decide: who }}}} |
|---|---|
| x | A/R |
"
    );
    let site = site(&document);
    // A finding quotes what was written.
    let is_page = |route: &str| route.ends_with(".html") && !route.starts_with("findings/");
    for (route, page) in site.pages.iter().filter(|(route, _)| is_page(route)) {
        let html = String::from_utf8_lossy(&page.bytes);
        for (at, _) in html.match_indices("[to decide: who]") {
            let (before, after) = html.split_at(at);
            let open = before.rfind('<').unwrap_or_default();
            let in_tag = !before[open..].contains('>');
            let tag = before[open + 1..].split([' ', '>']).next().unwrap_or_default();
            let plain = in_tag || matches!(tag, "title" | "style" | "text" | "desc" | "tspan");
            assert!(plain, "{route}: {} {}", &before[open..], &after[..40]);
        }
    }
    for (route, least) in
        [("documents/POL-A-01/index.html", 39), ("roles/index.html", 4), ("register/index.html", 1)]
    {
        let page = text(&site, route);
        let found = page.matches(MARK).count() + page.matches(IN_TEXT).count();
        assert!(found >= least, "{route} marks {found}: {page}");
    }
    for data in ["register.json", "search/d-0000.js", "raci.json", "reviews.ics"] {
        let text = text(&site, data);
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        assert!(!text.contains(odd) && !text.contains("u0001"), "{data}: {text}");
    }
    assert!(text(&site, "register.json").contains("[to decide: who]"));
}

#[test]
fn a_template_says_a_decision_in_an_attribute_in_brackets() {
    let template = "<a title=\"{{ document.title | plain }}\">{{ document.title }}</a>";
    let document = "---\nid: POL-A-01\ntitle: \"{{ decide: <b> }}\"\nkind: policy\n---\nx\n";
    let files: [(&str, &[u8]); 3] = [
        ("clausebook.yaml", SETTINGS),
        ("policies/a.md", document.as_bytes()),
        ("themes/default/templates/document.html", template.as_bytes()),
    ];
    let (site, faults) = built(&files, &drafts());
    assert_eq!(faults, []);
    assert_eq!(
        text(&site, "documents/POL-A-01/index.html"),
        "<a title=\"[to decide: &lt;b&gt;]\"><mark class=decision>To decide: &lt;b&gt;</mark></a>"
    );
}

#[test]
fn no_control_character_is_on_a_page() {
    let odd = "\u{0}\u{1}\u{2}\u{7}\u{1b}\u{7f}\u{85}\u{9b}";
    let document = format!(
        "---\nid: POL-A-01\ntitle: T{odd}\nkind: policy\nretention: \"\\x01R\\x02\\x1b\"\n---\n\
         ## H{odd}\n\nText{odd} `code{odd}` [link{odd}](a.md) ![alt{odd}](b.png) [[w{odd}]]\n\n\
         <b title=\"{odd}\">raw{odd}</b>\n\n<div>{odd}</div>\n\n```mermaid\nflowchart LR\n A[x{odd}] --> B\n```\n\n\
         | a{odd} | b |\n|---|---|\n| c{odd} | d |\n\n```clausebook\nkpis{odd}\n```\n"
    );
    let site = site(&document);
    for (route, page) in &site.pages {
        let Ok(text) = std::str::from_utf8(&page.bytes) else { continue };
        let found = text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        assert_eq!(found, None, "{route}: {:?}", found.map(|at| &text[..at]));
    }
    let page = page(&document);
    assert!(page.contains("\u{fffd}R\u{fffd}\u{fffd}"), "{page}");
    assert!(!page.contains("class=decision"), "{page}");
}
