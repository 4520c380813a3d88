//! What counts as evidence, what it comes to, and what an edition may say of it: one small standard
//! that asks in each of the ways in which a standard can ask.

use clausebook::coverage::State;
use clausebook::coverage::explain::{self, ClauseFacts};
use clausebook::coverage::export::Export;
use clausebook::manual::Manual;
use clausebook::model::value::Classification;
use clausebook::render::Options;
use clausebook::render::visibility::VisibleManual;

use super::{clause, compiled, front};

const STANDARD: &str = "standard: mini-1\ntitle: \"Mini, 1\"\n";
const CATALOGUE: &str = "\
clauses:
  - {number: \"1\", title: All, role: heading, summary: Groups the others.}
  - {number: \"1.1\", title: Plain, parent: \"1\", role: requirement, summary: It is met.}
  - {number: \"1.2\", title: Written, parent: \"1\", role: requirement, summary: It is written.}
  - {number: \"1.3\", title: Kept, parent: \"1\", role: requirement, summary: It is kept.}
";
const WRITTEN: &str = "\
clause: \"1.2\"
topics:
  - {topic: birds, asks: Say which birds.}
  - {topic: seeds, asks: Say which seeds.}
items:
  - {item: bird-policy, name: Policy of birds, information: maintain, obligation: explicit,
     kinds: [policy], topics: [birds, seeds], content: [birds]}
";
const KEPT: &str = "\
clause: \"1.3\"
items:
  - {item: bird-log, name: Bird log, information: retain, obligation: explicit, kinds: [register],
     names: [log], content: [birds]}
";

const BIRDS: &str = "## Birds\n\nThe robins and the wrens of the garden.\n\n";
const SEEDS: &str = "## Seeds\n\nSunflower, hemp, millet, oats and flax.\n\n";
const TODO: &str = "## More\n\nTODO: say more.\n\n";

/// A document: its id, kind, status, further lines of front matter, and body.
type Made<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn manual(documents: &[Made<'_>]) -> Manual {
    let texts: Vec<(String, String)> = documents
        .iter()
        .map(|(id, kind, status, more, body)| {
            (format!("policies/{id}.md"), front(id, kind, status, more) + body)
        })
        .collect();
    let files = [
        ("clausebook.yaml", "standards: [mini-1]\n"),
        ("schema/mini-1/standard.yaml", STANDARD),
        ("schema/mini-1/catalogue.yaml", CATALOGUE),
        ("schema/mini-1/clauses/1.2.yaml", WRITTEN),
        ("schema/mini-1/clauses/1.3.yaml", KEPT),
    ];
    let documents = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    compiled(files.into_iter().chain(documents))
}

/// The ids of what evidences the first item of a clause, the best first.
fn evidence(manual: &Manual, name: &str) -> Vec<String> {
    let evidence = &clause(manual, name).items[0].evidence;
    evidence.iter().map(|one| manual.library.documents[one.document].id.clone()).collect()
}

#[track_caller]
fn assert_judged(documents: &[Made<'_>], name: &str, expected: (State, &str), by: &[&str]) {
    let manual = manual(documents);
    let found = clause(&manual, name);
    assert_eq!((found.state, found.reason().as_str()), expected, "{documents:?}");
    assert_eq!(evidence(&manual, name), by, "{documents:?}");
}

const PLAIN: &str = "clauses: [\"1.1\"]\n";
const OF_WRITTEN: &str = "clauses: [\"1.2\"]\n";

#[test]
fn a_clause_that_asks_for_no_document_is_met_by_what_claims_it() {
    let good = ("B", "policy", "approved", PLAIN, "Words.\n");
    let draft = ("A", "policy", "draft", PLAIN, "Words.\n");
    let in_review = ("C", "policy", "in-review", PLAIN, "Words.\n");
    let open = ("D", "policy", "approved", PLAIN, TODO);
    let old = ("E", "policy", "superseded", PLAIN, "Words.\n");
    let gone = ("F", "policy", "withdrawn", PLAIN, "Words.\n");
    let rows: [(&[Made<'_>], State, &str, &[&str]); 9] = [
        (&[], State::Gap, "No document claims this clause", &[]),
        (&[old, gone], State::Gap, "No document claims this clause", &[]),
        (&[good], State::Documented, "", &["B"]),
        (&[draft], State::Partial, "A is a draft", &["A"]),
        (&[in_review], State::Partial, "C is still in review", &["C"]),
        (&[draft, in_review], State::Partial, "C is still in review", &["C", "A"]),
        (&[draft, good, old], State::Documented, "", &["B", "A"]),
        (&[open], State::Gap, "D holds placeholder text and counts for nothing", &[]),
        (&[open, good], State::Documented, "", &["B"]),
    ];
    for (documents, state, reason, by) in rows {
        assert_judged(documents, "1.1", (state, reason), by);
    }
}

#[test]
fn a_document_that_is_asked_for_is_of_its_kind_and_covers_its_topics() {
    let (both, birds, seeds) = (&*format!("{BIRDS}{SEEDS}"), BIRDS, SEEDS);
    let (open, open_birds) = (&*format!("{both}{TODO}"), &*format!("{birds}{TODO}"));
    let policy = |id, status, body| (id, "policy", status, OF_WRITTEN, body);
    let guide = |id, status, body| (id, "guideline", status, OF_WRITTEN, body);
    let none = "No document is the policy of birds";
    let rows: [(&[Made<'_>], State, String, &[&str]); 10] = [
        (&[], State::Gap, format!("{none}; nothing covers birds and seeds"), &[]),
        (&[policy("A", "approved", both)], State::Documented, String::new(), &["A"]),
        (&[policy("A", "draft", both)], State::Partial, "A is a draft".into(), &["A"]),
        (
            &[policy("A", "approved", birds)],
            State::Partial,
            "A does not cover seeds; nothing covers seeds".into(),
            &["A"],
        ),
        // Two halves are no whole policy, though every topic is covered.
        (
            &[policy("A", "approved", birds), policy("B", "approved", seeds)],
            State::Partial,
            "A does not cover seeds".into(),
            &["A", "B"],
        ),
        // A whole draft comes before half of an approved one.
        (
            &[policy("A", "approved", birds), policy("B", "draft", both)],
            State::Partial,
            "B is a draft".into(),
            &["B"],
        ),
        // Another kind covers the topics, and is not the policy.
        (&[guide("A", "approved", both)], State::Partial, none.into(), &[]),
        (
            &[guide("A", "draft", both), policy("B", "draft", birds)],
            State::Partial,
            "B does not cover seeds; A is a draft".into(),
            &["B"],
        ),
        // Placeholder text: what would be the policy is named, what would not be is no policy.
        (
            &[policy("A", "approved", open)],
            State::Gap,
            "A holds placeholder text and counts for nothing".into(),
            &[],
        ),
        (
            &[policy("A", "approved", open_birds)],
            State::Gap,
            format!(
                "{none}; nothing covers seeds; A holds placeholder text and counts for nothing"
            ),
            &[],
        ),
    ];
    for (documents, state, reason, by) in rows {
        assert_judged(documents, "1.2", (state, &reason), by);
    }
}

#[test]
fn a_record_that_is_asked_for_is_declared_or_is_a_register_of_its_name() {
    let record = |name: &str, more: &str| {
        format!(
            "records: [{{name: {name}, clause: \"1.3\", held_in: Tool, retention: 3 years, \
             owner: desk{more}}}]\n"
        )
    };
    let log = &*record("Log of birds", "");
    let named = &*record("Feathers", ", item: bird-log");
    let other = &*record("Log of birds", ", item: cat-log");
    let unknown = &*record("Feathers", "");
    let none = "No record is declared for bird log";
    let claims = "clauses: [\"1.3\"]\n";
    let register = ("BIRD-LOG", "register", "approved", claims, "Words.\n");
    let by = |id, status, more| (id, "process", status, more, "Words.\n");
    let rows: [(&[Made<'_>], State, &str, &[&str]); 9] = [
        (&[], State::Gap, none, &[]),
        (&[by("A", "approved", log)], State::Documented, "", &["A"]),
        (&[by("A", "approved", named)], State::Documented, "", &["A"]),
        (&[by("A", "draft", log)], State::Partial, "A is a draft", &["A"]),
        (&[by("A", "draft", log), by("B", "approved", log)], State::Documented, "", &["B", "A"]),
        (&[by("A", "approved", other)], State::Gap, none, &[]),
        (&[by("A", "approved", unknown)], State::Gap, none, &[]),
        (&[by("A", "superseded", log)], State::Gap, none, &[]),
        (&[register], State::Documented, "", &["BIRD-LOG"]),
    ];
    for (documents, state, reason, by) in rows {
        assert_judged(documents, "1.3", (state, reason), by);
    }
}

/// What an internal edition says of a clause: state, reason, and who evidences it.
fn told(documents: &[Made<'_>], name: &str) -> (String, String, Vec<String>) {
    let manual = manual(documents);
    let options = Options { audience: Some(Classification::Internal), ..Options::default() };
    let export = VisibleManual::new(&manual, &options).coverage_export();
    let text = [export.json(), export.csv(), export.table()].concat();
    assert!(!text.contains("SECRET"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&export.json()).expect("it is JSON");
    let clauses = json["clauses"].as_array().expect("clauses");
    let one = clauses.iter().find(|one| one["clause"] == name).expect("the clause");
    let items = one["items"].as_array().expect("items");
    let evidence = items.iter().flat_map(|item| item["evidence"].as_array().expect("evidence"));
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let by = evidence.map(|one| text(&one["document"])).collect();
    (text(&one["state"]), text(&one["reason"]), by)
}

#[test]
fn an_edition_names_no_hidden_evidence() {
    let secret = "classification: restricted\nclauses: [\"1.1\"]\n";
    let hidden = |status| ("SECRET-01", "policy", status, secret, "Words.\n");
    let shown = ("B", "policy", "draft", PLAIN, "Words.\n");
    let open = ("SECRET-02", "policy", "approved", secret, TODO);
    // What is hidden counts for nothing: sole evidence, in part and whole, and what would be evidence.
    let gap = told(&[], "1.1");
    assert_eq!((gap.0.as_str(), gap.1.as_str()), ("gap", "No document claims this clause"));
    for documents in [[hidden("approved")], [hidden("draft")], [open]] {
        assert_eq!(told(&documents, "1.1"), gap);
    }
    assert_eq!(told(&[hidden("approved"), shown], "1.1"), told(&[shown], "1.1"));
    // And all is told where nothing is hidden.
    let (state, reason, by) = told(&[shown], "1.1");
    assert_eq!((state.as_str(), reason.as_str()), ("partial", "B is a draft"));
    assert_eq!(by, ["B"]);
}

#[test]
fn a_document_of_no_clause_is_told_while_it_is_in_use() {
    let documents = [
        ("A", "policy", "approved", PLAIN, "Words.\n"),
        ("B", "policy", "draft", "", "Words.\n"),
        ("C", "policy", "approved", "clauses: [\"9.9\"]\n", "Words.\n"),
        ("D", "policy", "superseded", "", "Words.\n"),
        ("E", "policy", "withdrawn", "", "Words.\n"),
        ("F", "policy", "draft", "classification: restricted\n", "Words.\n"),
    ];
    let manual = manual(&documents);
    let whole = Export::new(&manual.coverage, &manual.library, &manual.standards);
    assert_eq!(whole.untraced, ["B", "C", "F"]);
    assert!(whole.table().ends_with("trace to no clause: B, C, F\n"));
    let options = Options { audience: Some(Classification::Internal), ..Options::default() };
    let internal = VisibleManual::new(&manual, &options).coverage_export();
    assert_eq!(
        (internal.untraced.as_slice(), internal.audience),
        (&["B".into(), "C".into()][..], Some("internal"))
    );
}

#[test]
fn a_cell_of_csv_is_no_formula_and_ends_nothing() {
    let rows = [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\\t=1", "'\t=1"),
        ("\\r=1", "\"'\r=1\""),
        ("\\n=1", "\"'\n=1\""),
        ("\u{ff1d}1", "'\u{ff1d}1"),
        ("a=1", "a=1"),
        ("a, b", "\"a, b\""),
        ("a \\\"b\\\"", "\"a \"\"b\"\"\""),
        ("a\\nb", "\"a\nb\""),
        ("a\\rb", "\"a\rb\""),
    ];
    for (typed, expected) in rows {
        let catalogue = CATALOGUE.replace("title: Plain", &format!("title: \"{typed}\""));
        let manual = compiled([
            ("clausebook.yaml", "standards: [mini-1]\n"),
            ("schema/mini-1/standard.yaml", STANDARD),
            ("schema/mini-1/catalogue.yaml", catalogue.as_str()),
        ]);
        let export = Export::new(&manual.coverage, &manual.library, &manual.standards);
        let csv = export.csv();
        let line = format!("\r\n1.1,{expected},gap,No document claims this clause,\r\n");
        assert!(csv.contains(&line), "{typed}: {csv:?}");
        assert!(csv.starts_with("clause,title,state,reason,evidence\r\n"), "{csv:?}");
    }
}

/// What `explain` prints of a clause in a manual of these documents.
fn explained(documents: &[Made<'_>], name: &str) -> String {
    let manual = manual(documents);
    let facts = ClauseFacts {
        standards: &manual.standards,
        coverage: &manual.coverage,
        library: &manual.library,
    };
    explain::clause(facts, name).unwrap_or_default()
}

#[test]
fn a_clause_is_explained_with_what_evidences_it_and_what_is_missing() {
    let policy = ("A", "policy", "draft", OF_WRITTEN, BIRDS);
    let guide = ("B", "guideline", "approved", OF_WRITTEN, BIRDS);
    let log = "records: [{name: Log of birds, clause: \"1.3\", held_in: Tool, retention: 3 years, \
               owner: desk}]\n";
    let keeper = ("C", "process", "approved", log, "Words.\n");
    let documents = [policy, guide, keeper];
    let expected = "1.2 Written\nMini, 1\n\nIt is written.\n\n\
        \nDocumented information that it asks for:\
        \n  [partial] Policy of birds (maintain, explicit)\
        \n      holds: birds\
        \n      A §birds, which is a draft\
        \n      missing: A does not cover seeds\n\
        \nTopics that it needs:\
        \n  [covered] birds: Say which birds.\
        \n      B §birds\
        \n      A §birds\
        \n  [missing] seeds: Say which seeds.\n\
        \nHere: partial. A does not cover seeds; nothing covers seeds.\n";
    assert_eq!(explained(&documents, "1.2"), expected);
    let partial = explained(&[policy], "1.2");
    assert!(
        partial.contains("\n  [partial] birds: Say which birds.\n      A §birds\n"),
        "{partial}"
    );
    let expected = "1.3 Kept\nMini, 1\n\nIt is kept.\n\n\
        \nDocumented information that it asks for:\
        \n  [documented] Bird log (retain, explicit)\
        \n      holds: birds\
        \n      C, record \u{201c}Log of birds\u{201d}\n\
        \nHere: documented\n";
    assert_eq!(explained(&documents, "1.3"), expected);
    assert_eq!(explained(&documents, "9.9"), "");
    let heading = explained(&documents, "1");
    for line in
        ["  1.1       Plain  gap", "  1.2       Written  partial", "  1.3       Kept  documented"]
    {
        assert!(heading.contains(line), "{heading}");
    }
}

#[test]
fn what_a_clause_is_mapped_to_is_said_whole_and_in_part() {
    let of = |mapping: &str| {
        let more = format!("summary: It is met., iso9001_2015: {{{mapping}}}");
        let catalogue = CATALOGUE.replace("summary: It is met.", &more);
        let manual = compiled([
            ("clausebook.yaml", "standards: [mini-1]\n"),
            ("schema/mini-1/standard.yaml", STANDARD),
            ("schema/mini-1/catalogue.yaml", catalogue.as_str()),
        ]);
        let facts = ClauseFacts {
            standards: &manual.standards,
            coverage: &manual.coverage,
            library: &manual.library,
        };
        let text = explain::clause(facts, "1.1").expect("the clause");
        let line = text.lines().find_map(|line| line.strip_prefix("ISO 9001:2015: "));
        line.map(str::to_owned)
    };
    assert_eq!(of("direct: [\"7.5\"]").as_deref(), Some("7.5"));
    assert_eq!(of("partial: [\"8.1\", \"8.2\"]").as_deref(), Some("8.1, 8.2 in part"));
    assert_eq!(of("direct: [\"7.5\"], partial: [\"8.1\"]").as_deref(), Some("7.5; 8.1 in part"));
    assert_eq!(of("direct: []"), None);
}

#[test]
fn evidence_is_spelled_in_one_cell() {
    let log = "records: [{name: Log of birds, clause: \"1.3\", held_in: Tool, retention: 3 years, \
               owner: desk}]\n";
    let manual = manual(&[
        ("A", "policy", "approved", OF_WRITTEN, BIRDS),
        ("B", "policy", "approved", PLAIN, "Words.\n"),
        ("C", "process", "approved", log, "Words.\n"),
    ]);
    let export = Export::new(&manual.coverage, &manual.library, &manual.standards);
    let cells: Vec<String> = export
        .csv()
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').next().map(str::to_owned))
        .collect();
    assert_eq!(cells, ["B", "A §birds", "C: Log of birds"]);
}
