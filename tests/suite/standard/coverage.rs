//! Coverage: what counts, and what it takes.

use clausebook::coverage::State;
use clausebook::diag::Severity;
use clausebook::manual::Manual;
use clausebook::model::value::Kind;
use clausebook::standard::format::{Information, Topic};
use clausebook::standard::{Schema, Standards};

use super::{clause, compiled, found, front, states, typed};

/// A document of a manual that is made up from the schemas themselves.
struct Made {
    path: String,
    id: String,
    kind: &'static str,
    clause: String,
    /// Front matter beyond what all have, and the body.
    more: String,
    body: String,
}

impl Made {
    fn text(&self, status: &str) -> String {
        front(&self.id, self.kind, status, &self.more) + &self.body
    }
}

/// For every requirement clause, one document for each kind that its items want, with every topic
/// under a heading and every record declared.
fn made(standards: &Standards) -> Vec<Made> {
    let mut all = Vec::new();
    for (at, _, schema) in standards.requirements() {
        let schema = schema.expect("every requirement has a schema");
        for kind in kinds(schema) {
            let number = all.len();
            let mut more = format!("clauses: [\"{}\"]\n", at.number);
            more.push_str(lists(kind));
            more.push_str(&records(&at.number, schema));
            all.push(Made {
                path: format!("policies/{number:03}.md"),
                id: format!("DOC-{number:03}"),
                kind: kind.word(),
                clause: at.number.clone(),
                more,
                body: sections(schema),
            });
        }
    }
    all
}

/// One kind for each document that a clause asks for; some kind where it asks for none.
fn kinds(schema: &Schema) -> Vec<Kind> {
    let documents = schema.content.items.iter();
    let documents = documents.filter(|item| item.information != Information::Retain);
    let mut kinds: Vec<Kind> = documents.map(|item| item.kinds[0]).collect();
    kinds.sort();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.push(schema.content.kinds.first().copied().unwrap_or(Kind::Process));
    }
    kinds
}

/// The lists that the documents of a kind hold.
fn lists(kind: Kind) -> &'static str {
    match kind {
        Kind::Scope => "scope: {organization: Aurora, services: [SVC-01]}\n",
        Kind::Catalogue => "services: [{id: SVC-01, title: Hosting}]\n",
        Kind::Register => {
            "other_parties: [{id: OTH-01, title: Fibre Ltd, kind: external-supplier}]\n\
             external_documents: [{id: EXT-01, title: The standard, source: ISO}]\n"
        }
        _ => "",
    }
}

fn records(number: &str, schema: &Schema) -> String {
    let kept = schema.content.items.iter().filter(|one| one.information == Information::Retain);
    let entry = |item: &str| {
        format!(
            "  - {{name: N, clause: \"{number}\", item: {item}, held_in: Tool, \
             retention: 3 years, owner: service-director}}\n"
        )
    };
    let entries: String = kept.map(|item| entry(&item.item)).collect();
    if entries.is_empty() { entries } else { format!("records:\n{entries}") }
}

fn sections(schema: &Schema) -> String {
    let topics = schema.required();
    let section = |topic: &Topic| {
        format!("## About {{covers={}}}\n\n{} It is done.\n\n", topic.topic, topic.asks)
    };
    topics.map(section).collect()
}

/// The register of the role that approves everything.
const ROLES: &str = "---\nid: REG-ROL-01\ntitle: Roles\nkind: register\nstatus: draft\n\
    roles: [{id: service-board, title: Board, holder: A. Berg, top_management: true}]\n---\n\n# Roles\n";

/// The manual of such documents, of which the given ones are approved and the others drafts.
fn manual(documents: &[Made], approved: impl Fn(&Made) -> bool) -> Manual {
    let status = |one: &Made| if approved(one) { "approved" } else { "draft" };
    let texts: Vec<String> = documents.iter().map(|one| one.text(status(one))).collect();
    let files = documents.iter().zip(&texts).map(|(one, text)| (one.path.as_str(), text.as_str()));
    compiled(files.chain([("policies/roles.md", ROLES)]))
}

#[test]
fn drafts_document_no_clause_and_approval_changes_exactly_its_own() {
    let documents = made(&compiled([]).standards);
    let drafts = states(&manual(&documents, |_| false));
    assert_eq!(drafts.len(), 62);
    assert!(drafts.iter().all(|(_, state)| *state == State::Partial), "{drafts:?}");
    for wanted in ["4.3", "7.2", "8.3.3", "8.6.1", "9.3"] {
        let after = states(&manual(&documents, |one| one.clause == wanted));
        let changed: Vec<_> = after.iter().filter(|one| !drafts.contains(one)).collect();
        assert_eq!(changed, [&(wanted.to_owned(), State::Documented)]);
    }
}

#[test]
fn every_clause_can_be_met() {
    let documents = made(&compiled([]).standards);
    let manual = manual(&documents, |_| true);
    for clause in &manual.coverage.clauses {
        assert_eq!(
            clause.state,
            State::Documented,
            "{}: {}",
            clause.clause.number,
            clause.reason()
        );
        assert_eq!(clause.reason(), "");
    }
    for code in ["missing-topic", "wrong-kind-for-clause", "unknown-clause", "unknown-item"] {
        assert!(found(&manual, code).is_empty(), "{code}: {:?}", found(&manual, code));
    }
}

#[test]
fn a_document_of_two_clauses_changes_both() {
    let standards = compiled([]).standards;
    let numbers = ["8.6.2", "8.6.3"];
    let mut more = "clauses: [\"8.6.2\", \"8.6.3\"]\nrecords:\n".to_owned();
    let mut body = String::new();
    for number in numbers {
        let schema = standards.schema(&standards.find(number).unwrap().0).unwrap();
        more.push_str(records(number, schema).trim_start_matches("records:\n"));
        body.push_str(&sections(schema));
    }
    let text = |status| front("PRC-01", "process", status, &more) + &body;
    let before = states(&compiled([("processes/a.md", &*text("draft"))]));
    let after = states(&compiled([("processes/a.md", &*text("approved"))]));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
    let documented = |number: &str| (number.to_owned(), State::Documented);
    let partial = |number: &str| (number.to_owned(), State::Partial);
    let expected = numbers.map(|number| (partial(number), documented(number)));
    let expected: Vec<_> = expected.iter().map(|(a, b)| (a, b)).collect();
    assert_eq!(changed, expected);
}

#[test]
fn what_is_not_in_force_is_partial_and_says_why() {
    let documents = made(&compiled([]).standards);
    let incident = documents.iter().find(|one| one.clause == "8.6.1").unwrap();
    let reason = |old: &str, new: &str| {
        let text = incident.text("approved").replace(old, new);
        assert_ne!(text, incident.text("approved"), "{old}");
        let manual = compiled([("processes/a.md", text.as_str())]);
        let clause = clause(&manual, "8.6.1");
        (clause.state, clause.reason())
    };
    let partial = |words: &str| (State::Partial, format!("{} {words}", incident.id));
    let review = reason("last: 2026-02-02", "last: 2025-02-02");
    assert_eq!(review, partial("was due for review on 2026-02-02"));
    let later = reason("effective: 2026-02-02", "effective: 2026-07-01");
    assert_eq!(later, partial("is in force from 2026-07-01 only"));
    let open = reason("It is done.", "{{ decide: how it is done }}");
    assert_eq!(open, partial("holds decisions that are still to be taken"));
    let in_review = reason("status: approved", "status: in-review");
    assert_eq!(in_review, partial("is still in review"));
    assert_eq!(reason("status: approved", "status: withdrawn").0, State::Gap);
}

#[test]
fn placeholder_text_makes_a_document_count_for_nothing() {
    let documents = made(&compiled([]).standards);
    let incident = documents.iter().find(|one| one.clause == "8.6.1").unwrap();
    let text = incident.text("approved").replacen("It is done.", "TODO: say how.", 1);
    let manual = compiled([("processes/a.md", text.as_str())]);
    let clause = clause(&manual, "8.6.1");
    assert_eq!(clause.state, State::Gap);
    assert!(clause.items.iter().all(|item| item.state == State::Gap && item.evidence.is_empty()));
    assert!(clause.topics.iter().all(|topic| topic.by.is_empty()));
    assert_eq!(
        clause.reason(),
        format!("{} holds placeholder text and counts for nothing", incident.id)
    );
    // What stands there is not evidence; it is not missing either.
    assert!(found(&manual, "missing-topic").is_empty(), "{:?}", found(&manual, "missing-topic"));
}

#[test]
fn a_clause_is_not_applicable_only_by_decision_and_where_its_condition_can_fail() {
    let state = |entry: &str, name: &str| {
        let settings = format!("not_applicable: [{{{entry}}}]\n");
        let manual = compiled([("clausebook.yaml", settings.as_str())]);
        let clause = clause(&manual, name);
        (clause.state, clause.reason(), found(&manual, "clause-excluded").len())
    };
    let whole = "reason: No internal suppliers, approved_by: service-director, on: 2026-02-01";
    let (is, reason, faults) = state(&format!("clause: \"8.3.4.2\", {whole}"), "8.3.4.2");
    assert_eq!((is, faults), (State::NotApplicable, 0));
    assert_eq!(reason, "No internal suppliers (decided by service-director)");
    for entry in [
        "clause: \"8.3.4.2\", reason: No internal suppliers",
        "clause: \"8.3.4.2\", approved_by: service-director",
        "clause: \"8.3.4.2\", reason: \"\", approved_by: service-director",
    ] {
        let (is, _, faults) = state(entry, "8.3.4.2");
        assert_eq!((is, faults), (State::Gap, 1), "{entry}");
    }
    for unconditional in ["4.1", "8.6.1", "8.7.2", "8.5.2.1"] {
        let entry = format!("clause: \"{unconditional}\", {whole}");
        let (is, _, faults) = state(&entry, unconditional);
        assert_eq!((is, faults), (State::Gap, 1), "{unconditional}");
    }
}

/// A process that claims 8.6.1 and says nothing of escalation or of major incidents.
const INCIDENT: &str = "\
## Recording

Every incident is recorded in the tool.

## Classification

By service, customer and kind of fault.

## Prioritisation

By impact and by urgency for the customer.

## Resolution

The service is restored by the shortest way.

## Closure

The caller agrees that it works again.
";

#[test]
fn what_clause_8_6_1_lacks_is_said_at_the_claim_with_a_label_at_the_outline() {
    let severities = [
        ("draft", Severity::Note),
        ("in-review", Severity::Warning),
        ("approved", Severity::Error),
    ];
    for (status, severity) in severities {
        let text = front("PRC-INC-01", "process", status, "clauses: [\"8.1\", \"8.6.1\"]\n");
        let text = text + INCIDENT;
        let manual = compiled([("processes/incident.md", text.as_str())]);
        let of_clause = found(&manual, "missing-topic");
        let of_clause: Vec<_> =
            of_clause.into_iter().filter(|one| one.clause.as_deref() == Some("8.6.1")).collect();
        let messages: Vec<&str> = of_clause.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "clause 8.6.1 asks for “Incidents”, and no record is it",
                "clause 8.6.1 asks for “Major incident procedure”, and no document is it",
                "clause 8.6.1 needs “escalation”, and nothing covers it",
            ]
        );
        for finding in of_clause {
            assert_eq!(finding.severity, severity);
            assert_eq!(typed(&manual, &finding), "\"8.6.1\"");
            assert_eq!(finding.document.as_deref(), Some("PRC-INC-01"));
            let [outline] = &finding.labels[..] else { panic!("{:?}", finding.labels) };
            assert_eq!(&text[outline.at.range()], "## Closure");
        }
    }
}

#[test]
fn documents_share_a_clause() {
    let process = front("PRC-INC-01", "process", "approved", "clauses: [\"8.6.1\"]\n")
        + INCIDENT
        + "\n## Handing on\n\nAfter an hour the desk calls the duty manager.\n";
    let procedure = front(
        "PRO-INC-01",
        "procedure",
        "approved",
        "clauses: [\"8.6.1\"]\nrecords: [{name: Tickets, item: incidents, clause: \"8.6.1\", held_in: Tool, \
         retention: 3 years, owner: service-director}]\n",
    ) + "## What is a major incident\n\nA fault that stops work for a whole customer.\n\n\
         ## Major incident procedure\n\nThe lead opens a call and keeps a log of it.\n\n\
         ## Informing top management\n\nThe lead phones the director within the hour.\n\n\
         ## After it {covers=major-incident-review}\n\nCauses are gone through in a meeting.\n";
    let manual =
        compiled([("processes/a.md", process.as_str()), ("processes/b.md", procedure.as_str())]);
    let clause = clause(&manual, "8.6.1");
    assert_eq!((clause.state, clause.reason().as_str()), (State::Documented, ""));
    let documents = &manual.library.documents;
    let by: Vec<_> =
        clause.items[0].evidence.iter().map(|one| &documents[one.document].id).collect();
    assert_eq!(by, ["PRO-INC-01"], "the process is no major incident procedure");
    assert!(found(&manual, "missing-topic").is_empty());
}

#[test]
fn the_front_matter_of_a_scope_statement_is_part_of_its_evidence() {
    let documents = made(&compiled([]).standards);
    let scope = documents.iter().find(|one| one.clause == "4.3").unwrap();
    let text = scope.text("approved").replace("organization: Aurora, ", "");
    let manual = compiled([("policies/scope.md", text.as_str())]);
    assert_eq!(clause(&manual, "4.3").state, State::Partial);
    let missing = found(&manual, "missing-topic");
    let [finding] = &missing[..] else { panic!("{missing:?}") };
    assert!(finding.message.starts_with("clause 4.3 asks more of the front matter of its “Scope"));
    assert!(finding.help.as_ref().unwrap().contains("organization"), "{:?}", finding.help);
}
