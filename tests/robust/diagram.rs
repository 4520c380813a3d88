//! Drawings: diagrams that can be read, and that the renderer breaks on all the same while it lays
//! them out; matrices that no drawing can show.

use clausebook::compile::{self, Inputs, Session};
use clausebook::diag::Diagnostic;
use clausebook::model::value::Date;
use clausebook::render::{self, Options};
use clausebook::source::Sources;

const DOCUMENT: &str = "policies/a.md";

/// Found by fuzzing: an assertion of the renderer on its own geometry. It is one of those that a
/// release leaves out.
const BREAKS: &str = include_str!("../../fuzz/cases/markdown/mermaid-geometry-1");

/// What `check` finds of diagrams in a document, what keeps the site from being made, and the page.
fn found(rules: &str, front: &str, body: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>, String) {
    let settings = format!("organization: {{name: Example Ltd}}\nstandards: []\nrules: {rules}\n");
    let document = format!(
        "---\nid: PRC-INC-01\ntitle: Incidents\nkind: process\nversion: \"1.0\"\nstatus: draft\n\
         owner: incident-manager\n{front}---\n{body}"
    );
    let files = [("clausebook.yaml", settings.as_bytes()), (DOCUMENT, document.as_bytes())];
    let today = Date::parse("2026-06-15").expect("a day");
    let mut session = Session::default();
    let inputs = Inputs::new(Sources::from_memory(files), today);
    let compiled = compile::compile(inputs, &mut session);
    let findings = compile::check(&compiled, &mut session);
    let options = Options { drafts: true, ..Options::default() };
    let (site, faults) = render::site(&compiled, &findings, &options).expect("no pictures");
    let page = site.pages.get("documents/PRC-INC-01/index.html");
    let page = page.map(|page| String::from_utf8(page.bytes.to_vec()).expect("UTF-8"));
    let of_diagrams = |one: &Diagnostic| one.code.0 == "broken-diagram";
    let checked = findings.standing.into_iter().filter(of_diagrams).collect();
    (checked, faults, page.unwrap_or_default())
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release leaves the renderer's assertions out")]
fn a_diagram_that_the_renderer_breaks_on_is_told() {
    let (checked, faults, page) = found("{}", "", BREAKS);
    assert_eq!(checked.len(), 1, "{checked:?}");
    assert_eq!(checked[0].code.0, "broken-diagram");
    assert_eq!(checked[0].document.as_deref(), Some("PRC-INC-01"));
    assert!(checked[0].message.contains("the renderer breaks on this diagram"), "{checked:?}");
    assert_eq!(faults, [], "it is told once");
    assert!(page.contains("<figure class=\"drawing\">\n<pre"), "no page with a hole: {page}");

    for (rules, front) in [
        ("{broken-diagram: warning}", ""),
        ("{broken-diagram: off}", ""),
        ("{}", "waivers: [{rule: broken-diagram, reason: Known, until: 2027-01-01}]\n"),
    ] {
        let (_, faults, page) = found(rules, front, BREAKS);
        assert_eq!(faults, [], "{rules} {front}");
        assert!(page.contains("<figure class=\"drawing\">\n<pre"), "its source is shown: {page}");
    }
}

#[test]
fn a_matrix_of_thousands_of_steps_is_not_drawn() {
    let page = |rows: usize| {
        let rows: Vec<String> = (0..rows).map(|row| format!("| Step {row} | RA |\n")).collect();
        let rows = rows.concat();
        let body = format!("\n# Incidents\n\n## RACI\n\n| Activity | Desk |\n|---|---|\n{rows}");
        found("{}", "", &body).2
    };
    assert!(page(300).contains("<figure class=\"drawing\">"));
    let long = page(5_000);
    assert!(!long.contains("<figure class=\"drawing\">"));
    assert!(long.contains("Step 4999"), "the matrix itself is there");
}
