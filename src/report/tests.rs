//! How findings look, and what machines read.

use super::*;
use crate::diag::{Code, Diagnostic};
use crate::text::FileId;

const TITLED: &str = "---\r\nid: PRC-INC-01\r\ntitle: Störung 🚒 a, b: 50%\r\n---\r\n";
const OTHER: &str = "\u{feff}---\nid: PRC-INC-01\n---\n";

fn sources() -> Sources {
    let files = [("policies/Über uns.md", TITLED), ("processes/b.md", OTHER)];
    Sources::from_memory(files.map(|(path, text)| (path, text.as_bytes())))
}

fn find(sources: &Sources, file: u32, needle: &str) -> Span {
    let file = FileId(file);
    let at = sources.file(file).text.find(needle).unwrap();
    Span::new(file, at..at + needle.len())
}

fn shown(format: Format, prefix: &str) -> String {
    let sources = sources();
    let finding = Diagnostic::new(
        Code("duplicate-id"),
        Severity::Error,
        find(&sources, 0, "🚒"),
        "the sign `🚒` is\ntaken",
    )
    .note("a second time")
    .label(find(&sources, 0, "PRC"), "near it")
    .label(find(&sources, 1, "PRC-INC-01"), "first here")
    .help("take <another> & \"rest\"");
    let report = Report {
        sources: &sources,
        findings: &[&finding],
        documents: &["policies/Über uns.md", "processes/b.md"],
        unpublished: &[],
        stand: &Stand { prefix: prefix.to_owned(), inside: String::new() },
        colour: false,
        denied: Denied::default(),
        extent: Extent::WHOLE,
    };
    let mut out = Vec::new();
    report.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn people_see_an_excerpt_and_a_caret() {
    let expected = "\
error[duplicate-id]: the sign `🚒` is taken
 --> sms/policies/Über uns.md:3:16
  |
2 | id: PRC-INC-01
  |     --- near it
3 | title: Störung 🚒 a, b: 50%
  |                ^^ a second time
  |
 ::: sms/processes/b.md:2:5
  |
2 | id: PRC-INC-01
  |     ---------- first here
  |
  = help: take <another> & \"rest\"

";
    assert_eq!(shown(Format::Human, "sms"), expected);
}

#[test]
fn a_short_finding_is_one_line() {
    let line = "sms/policies/Über uns.md:3:16: error[duplicate-id]: the sign `🚒` is taken\n";
    assert_eq!(shown(Format::Short, "sms"), line);
}

#[test]
fn an_annotation_is_escaped() {
    let line = "::error file=policies/Über uns.md,line=3,endLine=3,col=16,endColumn=17,title=duplicate-id\
                ::the sign `🚒` is%0Ataken%0Aa second time%0Atake <another> & \"rest\"\n";
    assert_eq!(shown(Format::Github, ""), line);
}

#[test]
fn json_counts_from_the_top_of_the_manual() {
    let json: serde_json::Value = serde_json::from_str(&shown(Format::Json, "sms")).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(finding["file"], "policies/Über uns.md");
    assert_eq!(finding["span"]["start"], serde_json::json!({"line": 3, "column": 16}));
    assert_eq!(finding["span"]["end"]["column"], 17);
    assert_eq!(finding["labels"][1]["file"], "processes/b.md");
    assert_eq!(finding["labels"][1]["span"]["start"]["column"], 5);
    assert_eq!(finding["document"], serde_json::Value::Null);
    assert_eq!(
        json["summary"],
        serde_json::json!({"errors": 1, "warnings": 0, "notes": 0, "documents": 2, "unpublished": 0})
    );
}

#[test]
fn sarif_has_rules_places_and_addresses() {
    let json: serde_json::Value = serde_json::from_str(&shown(Format::Sarif, "")).unwrap();
    let run = &json["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], "duplicate-id");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "policies/%C3%9Cber%20uns.md");
    assert_eq!(place["region"]["startColumn"], 16);
}

#[test]
fn junit_is_a_suite_a_document() {
    let xml = shown(Format::Junit, "");
    assert!(xml.contains("<testsuites name=\"clausebook\" tests=\"2\" failures=\"1\">"), "{xml}");
    assert!(xml.contains("message=\"the sign `🚒` is&#10;taken\""), "{xml}");
    assert!(xml.contains("take &lt;another&gt; &amp; &quot;rest&quot;</failure>"), "{xml}");
    assert!(xml.contains("<testcase classname=\"processes/b.md\" name=\"no findings\"/>"), "{xml}");
}

/// One finding as people read it.
fn alone(sources: &Sources, finding: &Diagnostic) -> String {
    let report = Report {
        sources,
        findings: &[finding],
        documents: &[],
        unpublished: &[],
        stand: &Stand::default(),
        colour: false,
        denied: Denied::default(),
        extent: Extent::WHOLE,
    };
    let mut out = Vec::new();
    report.write(Format::Human, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_line_of_fifty_megabytes_is_cut() {
    let long = "ä ".repeat(25 << 20) + "wrong" + &" ö".repeat(1 << 20);
    let sources = Sources::from_memory([("policies/a.md", long.as_bytes())]);
    let at = find(&sources, 0, "wrong");
    let finding = Diagnostic::new(Code("not-utf8"), Severity::Note, at, "x");
    let text = alone(&sources, &finding);
    assert!(text.len() < 2000, "{}", text.len());
    assert!(text.contains("policies/a.md:1:52428801"), "{text}");
    assert!(text.contains("^^^^^"), "{text}");
}

#[test]
fn a_finding_at_the_very_end_or_in_an_empty_file_is_shown() {
    let sources =
        Sources::from_memory([("policies/a.md", b"".as_slice()), ("policies/b.md", b"x\n")]);
    for at in [Span::start_of(FileId(0)), Span::new(FileId(1), 2..2), Span::new(FileId(1), 0..2)] {
        let finding = Diagnostic::new(Code("not-utf8"), Severity::Warning, at, "x");
        assert!(alone(&sources, &finding).contains("warning[not-utf8]: x"));
    }
}

#[test]
fn a_summary_is_a_sentence() {
    let summary = Summary { errors: 2, warnings: 1, notes: 0, documents: 14, unpublished: 0 };
    assert_eq!(summary.to_string(), "2 errors, 1 warning in 14 documents");
    let clean = Summary { documents: 1, ..Summary::default() };
    assert_eq!(clean.to_string(), "no findings in 1 document");
}

#[test]
fn an_excerpt_commands_no_terminal() {
    let text = "C1 \u{9d}0;x\u{9c} \u{9b}31m \u{202e}turned\u{2028} wrong\n";
    let sources = Sources::from_memory([("policies/a.md", text.as_bytes())]);
    let finding =
        Diagnostic::new(Code("not-utf8"), Severity::Note, find(&sources, 0, "wrong"), "x");
    let shown = alone(&sources, &finding);
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    assert!(!shown.contains(['\u{202e}', '\u{2028}']), "{shown:?}");
    assert!(shown.contains("^^^^^"), "{shown}");
}
