//! Where texts come from, and what is made anew when files come, go or are not saved yet.

use std::sync::Arc;

use clausebook::check::Findings;
use clausebook::compile::{Inputs, Session, check, compile};
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::source::{self, Sources};

const SETTINGS: (&str, &str) = ("clausebook.yaml", "standards: []\n");

/// A document that leads to another one.
fn document(id: &str, to: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: {id}\nkind: policy\nversion: \"1.0\"\nstatus: draft\nowner: x\n---\n\n\
         # {id}\n\nSee [[{to}]].\n"
    )
}

fn sources(files: &[(&str, String)]) -> Sources {
    let settings = [(SETTINGS.0, SETTINGS.1.as_bytes())];
    Sources::from_memory(files.iter().map(|(path, text)| (*path, text.as_bytes())).chain(settings))
}

fn made(sources: Sources, session: &mut Session) -> (Manual, Findings) {
    let today = Date::parse("2026-06-15").expect("a day");
    let manual = compile(Inputs::new(sources, today), session);
    let findings = check(&manual, session);
    (manual, findings)
}

/// Findings as people are told of them.
fn told((manual, findings): &(Manual, Findings)) -> Vec<String> {
    let line = |one: &clausebook::diag::Diagnostic| {
        let line = manual.sources.positions(one.at).0.line;
        format!("{}:{line} {}", manual.sources.file(one.at.file).path, one.message)
    };
    findings.standing.iter().map(line).collect()
}

/// How many documents of a manual were read anew.
fn anew(before: &Manual, now: &Manual) -> usize {
    let old = before.library.documents.shared();
    let is_new = |one: &&Arc<_>| !old.iter().any(|other| Arc::ptr_eq(other, one));
    now.library.documents.shared().iter().filter(is_new).count()
}

#[test]
fn a_file_that_comes_or_goes_has_no_other_read_again() {
    let some = [
        ("policies/b.md", document("POL-02", "POL-03")),
        ("policies/c.md", document("POL-03", "POL-04")),
        ("policies/d.md", document("POL-04", "POL-05")),
    ];
    // The first of all paths, one in the middle, the last: whatever the order, no number changes.
    for path in ["policies/a.md", "policies/bb.md", "policies/e.md"] {
        let mut more = some.to_vec();
        more.push((path, document("POL-05", "POL-02")));
        let session = &mut Session::default();
        let first = made(sources(&some), session);
        let second = made(sources(&more), session);
        assert_eq!(anew(&first.0, &second.0), 1, "{path} alone is new");
        assert_eq!(told(&second), told(&made(sources(&more), &mut Session::default())), "{path}");
        let third = made(sources(&some), session);
        assert_eq!(anew(&second.0, &third.0), 0, "{path} is gone");
        assert_eq!(told(&third), told(&first), "{path}");
        assert_eq!(told(&third).len(), 2, "{:#?}", told(&third));
    }
}

#[test]
fn unsaved_texts_lie_over_the_files_of_a_folder() {
    let folder = tempfile::tempdir().expect("a temp folder can be made");
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).expect("a new folder takes another");
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text);
    write(SETTINGS.0, SETTINGS.1).expect("a file");
    write("policies/a.md", &document("POL-01", "POL-02")).expect("a file");
    write("policies/plan.png", "picture").expect("a file");
    let read =
        || source::read(folder.path(), &["policies".to_owned()]).expect("the folder is read");
    let session = &mut Session::default();
    let saved = made(read(), session);
    assert_eq!(told(&saved), ["policies/a.md:12 there is no document `POL-02`"]);

    // The missing document is being written, and the first one changed.
    let unsaved = [
        ("policies/b.md".to_owned(), document("POL-02", "POL-01")),
        ("policies/a.md".to_owned(), document("POL-01", "POL-02") + "\n![Plan](plan.png)\n"),
    ];
    let over = made(read().with_texts(unsaved), session);
    assert_eq!(told(&over), [""; 0]);
    assert_eq!(over.0.library.documents.len(), 2);
    assert_eq!(over.0.sources.asset("policies/plan.png").expect("a picture"), b"picture");
    assert!(over.0.sources.holds("policies/b.md") && over.0.sources.holds("policies"));
    assert!(!over.0.sources.holds("policies/c.md") && !over.0.sources.holds("poli"));

    // Nothing was written.
    assert_eq!(told(&made(read(), session)), told(&saved));
    assert!(!policies.join("b.md").exists());
}
