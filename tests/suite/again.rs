//! A session that has read a manual before finds of it what one finds that has not: each kind of
//! change, on a manual in which one thing hangs on the other.

use clausebook::compile::{self, Inputs, Session};
use clausebook::model::value::Date;
use clausebook::source::Sources;
use clausebook::text::Span;

type Files = Vec<(String, String)>;

const SETTINGS: &str = "standards: [mini-1]\n\
    not_applicable: [{clause: \"1.2\", reason: None here, approved_by: boss}]\n";
const CATALOGUE: &str = "\
clauses:
  - {number: \"1.1\", title: One, role: requirement, summary: It is met.}
  - {number: \"1.2\", title: Two, role: requirement, summary: It is met., conditional: with suppliers,
     applies_with: [external-supplier]}
  - {number: \"1.3\", title: Three, role: requirement, summary: It is kept.}
";
const KEPT: &str = "clause: \"1.3\"\ntop_management: true\ntopics: [{topic: birds, asks: Say which.}]\n\
    items: [{item: bird-log, name: Bird log, information: retain, obligation: explicit, names: [log]}]\n";

fn document(id: &str, more: &str, body: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Title of {id}\nkind: register\nversion: \"1.0\"\nstatus: approved\n\
         owner: desk\nauthor: desk\napproved: {{by: boss, on: 2026-01-02}}\n\
         review: {{every: 12 months, last: 2026-01-02, reviewer: desk, outcome: confirmed}}\n\
         {more}---\n\n# Title of {id}\n\n{body}\n"
    )
}

/// The manual before the change.
fn manual() -> Files {
    let roles = "roles: [{id: boss, title: Boss, holder: A. One, top_management: true}, \
                 {id: desk, title: Desk, holder: B. Two}]\nterms: [{term: Bird, definition: It flies}]\n\
                 services: [{id: SVC-01, title: Feeding, owner: desk}]\n";
    let record = "clauses: [\"1.1\", \"1.3\"]\nrecords: [{name: Bird log, clause: \"1.3\", \
                  held_in: Tool, retention: 3 years, owner: desk}]\n";
    let links = "See [[A-02]], [[A-02#birds]], [[role:boss]], [[term:Bird]], [[service:SVC-01]], \
                 [other](b.md#birds), [[1.1]] and [gone](gone.md).";
    let birds = "## Birds\n\nThe robins and the wrens of the garden.\n\nNobody feeds the robins and wrens by night.";
    let files = [
        ("clausebook.yaml", SETTINGS.to_owned()),
        ("schema/mini-1/standard.yaml", "standard: mini-1\ntitle: Mini\n".to_owned()),
        ("schema/mini-1/catalogue.yaml", CATALOGUE.to_owned()),
        ("schema/mini-1/clauses/1.3.yaml", KEPT.to_owned()),
        ("policies/a.md", document("A-01", record, links)),
        ("policies/b.md", document("A-02", "clauses: [\"1.3\"]\n", birds)),
        ("policies/c.md", document("A-03", "clauses: [\"1.1\"]\nrelated: [A-01]\n", "Words.")),
        ("policies/roles.md", document("R-01", roles, "Words.")),
    ];
    files.map(|(path, text)| (path.to_owned(), text)).to_vec()
}

/// All that is known of a manual, in words.
fn known(files: &Files, today: &str, session: &mut Session) -> String {
    let sources =
        Sources::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    let today = Date::parse(today).expect("a day");
    let manual = compile::compile(Inputs::new(sources, today), session);
    let findings = compile::check(&manual, session);
    // The number of a file says when it came: it is its path that is the same.
    let place = |at: Span| format!("{}:{:?}", manual.sources.file(at.file).path, at.range());
    let told = findings.standing.iter().map(|one| {
        let labels = one.labels.iter().map(|label| format!("{} {}", place(label.at), label.text));
        let labels: Vec<String> = labels.collect();
        let (at, code, fixes) = (place(one.at), one.code, one.fixes.len());
        format!("{at} {code} {} {:?} {labels:?} {fixes}", one.message, one.help)
    });
    let told: Vec<String> = told.collect();
    format!("{:#?}\n{:#?}\n{told:#?}", manual.coverage.clauses, manual.graph.links)
}

/// A change of some files: path, old words, new words. Without old words the file is new; without
/// new ones it goes.
const CHANGES: [(&str, &str, &str); 32] = [
    ("policies/a.md", "name: Bird log", "name: Banana book"),
    ("policies/a.md", "name: Bird log", "name: Banana book, item: bird-log"),
    ("policies/a.md", "held_in: Tool", "held_in: nowhere"),
    (
        "policies/a.md",
        "records: [",
        "records: [{name: Log of more, clause: \"1.1\", held_in: Tool, retention: 3 years, owner: desk}, ",
    ),
    ("policies/a.md", "clause: \"1.3\"", "clause: \"1.1\""),
    ("policies/a.md", "clauses: [\"1.1\", \"1.3\"]", "clauses: [\"1.3\"]"),
    ("policies/a.md", "status: approved", "status: draft"),
    ("policies/a.md", "status: approved", "status: superseded"),
    ("policies/a.md", "id: A-01", "id: A-09"),
    ("policies/a.md", "[[A-02]]", "[[A-03]]"),
    ("policies/b.md", "## Birds", "## Fish"),
    ("policies/b.md", "id: A-02", "id: A-08"),
    ("policies/b.md", "Nobody feeds the robins and wrens by night.", "TODO"),
    ("policies/b.md", "Words", ""),
    ("policies/c.md", "approved: {by: boss", "approved: {by: nobody"),
    ("policies/c.md", "related: [A-01]", "related: [A-02]"),
    ("policies/roles.md", "id: boss", "id: chief"),
    ("policies/roles.md", "holder: A. One", "holder: n.n."),
    ("policies/roles.md", "top_management: true", "top_management: false"),
    ("policies/roles.md", "term: Bird", "term: Fish"),
    ("policies/roles.md", "id: SVC-01", "id: SVC-02"),
    (
        "policies/roles.md",
        "terms: [",
        "other_parties: [{id: SUP-01, title: Seeds, kind: external-supplier}]\nterms: [",
    ),
    ("policies/roles.md", "---\n\n# Title", "--\n\n# Title"),
    ("policies/new.md", "", "Words.\n"),
    (
        "policies/0.md",
        "",
        "---\nid: A-00\ntitle: First\nkind: policy\nclauses: [\"1.1\"]\n---\n\n# First\n\n[[A-01]]\n",
    ),
    ("policies/gone.md", "", "---\nid: G-01\ntitle: Gone\nkind: policy\n---\n\n# Gone\n\nWords.\n"),
    ("policies/c.md", "", ""),
    ("policies/roles.md", "", ""),
    ("clausebook.yaml", "reason: None here, ", ""),
    ("clausebook.yaml", "clause: \"1.2\"", "clause: \"1.1\""),
    ("schema/mini-1/catalogue.yaml", "title: One", "title: Other"),
    ("schema/mini-1/clauses/1.3.yaml", "topic: birds", "topic: seeds"),
];

fn changed(mut files: Files, (path, old, new): (&str, &str, &str)) -> Files {
    match files.iter_mut().find(|file| file.0 == path) {
        Some(file) if !old.is_empty() => file.1 = file.1.replace(old, new),
        Some(_) => files.retain(|file| file.0 != path),
        None => files.push((path.to_owned(), new.to_owned())),
    }
    files
}

#[test]
fn what_has_been_read_before_is_found_as_if_it_had_not() {
    let (before, day) = (manual(), "2026-06-15");
    let fresh = |files: &Files, day: &str| known(files, day, &mut Session::default());
    let first = fresh(&before, day);
    for change in CHANGES {
        let after = changed(before.clone(), change);
        let mut session = Session::default();
        assert_eq!(known(&before, day, &mut session), first);
        let expected = fresh(&after, day);
        assert!(known(&after, day, &mut session) == expected, "after {change:?}");
        // And back again, and once more with nothing changed.
        assert!(known(&before, day, &mut session) == first, "back from {change:?}");
        assert!(known(&before, day, &mut session) == first, "again after {change:?}");
    }
    // A day passes: a review falls due, a document comes into force.
    let mut session = Session::default();
    for day in ["2026-01-01", "2026-01-02", "2027-01-02", "2027-01-03", "2026-06-15"] {
        assert!(known(&before, day, &mut session) == fresh(&before, day), "on {day}");
    }
}

#[test]
fn changes_change_something() {
    // Else the test above proves nothing.
    let first = known(&manual(), "2026-06-15", &mut Session::default());
    let idle = CHANGES.iter().filter(|change| {
        let after = changed(manual(), **change);
        known(&after, "2026-06-15", &mut Session::default()) == first
    });
    assert_eq!(idle.collect::<Vec<_>>(), [&("policies/b.md", "Words", "")]);
}
