//! The steps of a document's life, on every document of our own manual.

use std::collections::BTreeSet;
use std::path::Path;

use clausebook::compile::{Inputs, Session, check, compile};
use clausebook::diag::Severity;
use clausebook::life::{Refusal, Step, after};
use clausebook::manual::Manual;
use clausebook::model::value::{Date, Outcome, Status};
use clausebook::source::{self, Sources};

fn today() -> Date {
    Date::parse("2026-11-28").expect("a day")
}

fn own() -> Sources {
    let folders = ["policies", "processes", "schema"].map(str::to_owned);
    source::read(Path::new(env!("CARGO_MANIFEST_DIR")), &folders).expect("our own manual")
}

fn read(sources: &Sources) -> Manual {
    compile(Inputs::new(sources.clone(), today()), &mut Session::default())
}

/// A year of a document, in which it becomes every state that it may have.
fn year(number: usize) -> Vec<Step> {
    let by = || "service-director".to_owned();
    let summary = ["Night shift added", "Times: four hours, not eight", "It's \"new\" – #1, {x}"];
    let summary = summary[number % summary.len()].to_owned();
    vec![
        Step::Confirm { by: by(), reason: summary.clone(), outcome: Outcome::ChangeNeeded },
        Step::Draft { summary: summary.clone(), major: number.is_multiple_of(2) },
        Step::Submit,
        Step::Approve { by: by(), effective: None },
        Step::Confirm { by: by(), reason: summary, outcome: Outcome::Confirmed },
        Step::TakeThePlaceOf("POL-OLD-01".to_owned()),
        Step::Withdraw { by: by(), superseded: number.is_multiple_of(3) },
    ]
}

/// The keys that a step may touch.
fn keys(step: &Step) -> &'static [&'static str] {
    match step {
        Step::Draft { .. } => {
            &["version:", "status:", "approved:", "effective:", "revisions:", "  - {version:"]
        }
        Step::Submit => &["status:"],
        Step::Approve { .. } => &["status:", "approved:", "effective:", "review:"],
        Step::Confirm { .. } => &["review:"],
        Step::Withdraw { .. } => &["status:", "review:"],
        Step::TakeThePlaceOf(_) => &["supersedes:"],
    }
}

#[test]
fn a_step_changes_its_keys_and_no_other_byte() {
    let mut sources = own();
    let manual = read(&sources);
    for (number, document) in manual.library.documents.iter().enumerate() {
        let mut manual = read_one(&mut sources, &document.path, None);
        for step in year(number) {
            let document = manual.library.by_id(&document.id).expect("it is still there");
            let before = document.text.to_string();
            let next = after(document, &step, today());
            let next = next.unwrap_or_else(|why| panic!("{}: {step:?}: {why}", document.id));
            let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
            let (old, new) = (lines(&before), lines(&next));
            let (was, is): (BTreeSet<_>, BTreeSet<_>) =
                (old.iter().collect(), new.iter().collect());
            for line in was.symmetric_difference(&is) {
                assert!(
                    keys(&step).iter().any(|key| line.starts_with(key)),
                    "{}: {step:?} touched {line:?}",
                    document.path
                );
            }
            let body = |text: &str| text.split_once("\n---\n").map(|(_, body)| body.to_owned());
            assert_eq!(body(&before), body(&next), "{}", document.path);
            let path = document.path.clone();
            manual = read_one(&mut sources, &path, Some(next));
        }
        read_one(&mut sources, &document.path, Some(document.text.to_string()));
    }
}

/// The manual of one document alone, with another text where one is given.
fn read_one(sources: &mut Sources, path: &str, text: Option<String>) -> Manual {
    if let Some(text) = text {
        *sources = sources.clone().with_texts([(path.to_owned(), text)]);
    }
    let file = sources.at_path(path).expect("its file");
    let files = [("clausebook.yaml", "standards: []\n"), (path, &*file.text)];
    read(&Sources::from_memory(files.map(|(path, text)| (path, text.as_bytes()))))
}

#[test]
fn what_passed_before_passes_after() {
    let mut sources = own();
    let id = "PRC-INC-01";
    let errors = |manual: &Manual| {
        let findings = check(manual, &mut Session::default());
        let path = &manual.library.by_id(id).expect("it is there").path;
        let own = findings.standing.into_iter().filter(|one| one.severity == Severity::Error);
        let own = own.filter(|one| manual.sources.file(one.at.file).path == *path);
        own.map(|one| format!("{}: {}", one.code, one.message)).collect::<Vec<_>>()
    };
    let mut manual = read(&sources);
    for step in year(1).into_iter().filter(|step| !matches!(step, Step::TakeThePlaceOf(_))) {
        let document = manual.library.by_id(id).expect("it is there");
        let next = after(document, &step, today()).expect("a step");
        sources = sources.with_texts([(document.path.clone(), next)]);
        manual = read(&sources);
        assert_eq!(errors(&manual), [""; 0], "{step:?}");
    }
    let document = manual.library.by_id(id).expect("it is there");
    assert_eq!(document.status(), Status::Withdrawn);
}

#[test]
fn a_step_that_leads_nowhere_is_refused() {
    let manual = read(&own());
    let document = manual.library.by_id("PRC-INC-01").expect("it is there");
    let refused = |step: Step| after(document, &step, today()).expect_err("it is refused");
    assert_eq!(refused(Step::Submit), Refusal::Status(Status::Approved));
    let again = Step::Approve { by: "service-director".into(), effective: None };
    assert_eq!(refused(again), Refusal::Status(Status::Approved));
}
