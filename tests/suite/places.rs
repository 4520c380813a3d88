//! Places stay exact where bytes, characters and lines go different ways: accents, emoji, Windows
//! line ends, a byte order mark.

use crate::support::Case;

/// Front matter that is in order but for what stands at `extra`.
fn document(extra: &str, body: &str) -> String {
    format!(
        "---\nid: POL-01\ntitle: Störung – später 🚒\nkind: policy\nversion: \"0.1\"\n\
         status: draft\nowner: leiter-störungen\n{extra}---\n\n{body}"
    )
}

/// What is found in one document: line, column, end, code, and the text at the place.
fn found(text: &str) -> Vec<String> {
    let settings = ("clausebook.yaml", "standards: []\nrules: {orphan-document: off}\n");
    let case = Case::from_memory([settings, ("policies/policy.md", text)]);
    let findings = case.findings.standing.iter();
    findings
        .map(|finding| {
            let (start, end) = case.sources.positions(finding.at);
            let typed = &case.sources.file(finding.at.file).text[finding.at.range()];
            format!("{}:{}-{} {} {typed}", start.line, start.column, end.column, finding.code)
        })
        .collect()
}

const EXTRA: &str = "# Änderung\nrelated: [POL-ÄÄ]\nefféctive: 2026-01-01\n";
const BODY: &str = "# 🚒 Störung später\r\n\nÜber 🚒 [weg](wég.md), [da](#-störung-später) TODO\n\n| é | 🚒🚒 |\n|---|---|\n| ü | TBD |\n";

const EXPECTED: [&str; 5] = [
    "9:11-17 dangling-link POL-ÄÄ",
    "10:1-10 unknown-field efféctive",
    "15:14-20 dangling-link wég.md",
    "15:46-50 placeholder TODO",
    "19:7-10 placeholder TBD",
];

#[test]
fn columns_are_characters() {
    assert_eq!(found(&document(EXTRA, BODY)), EXPECTED);
}

#[test]
fn windows_line_ends_move_nothing() {
    let text = document(EXTRA, BODY).replace("\r\n", "\n").replace('\n', "\r\n");
    assert_eq!(found(&text), EXPECTED);
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    assert_eq!(found(&format!("\u{feff}{}", document(EXTRA, BODY))), EXPECTED);
    // A finding at the very start stands in column 1, mark or none.
    assert_eq!(found("\u{feff}----\nid: x\n---\n"), ["1:1-5 missing-front-matter ----"]);
}

#[test]
fn the_settings_may_have_a_byte_order_mark_and_windows_line_ends() {
    let settings = "\u{feff}standards: []\r\nörganization: {}\r\nrules: {orphan-document: off}\r\n";
    let case = Case::from_memory([("clausebook.yaml", settings)]);
    let found: Vec<String> = case.found().iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("clausebook.yaml:2:  error 1-13 unknown-field"), "{}", found[0]);
}
