//! What the rules say beside the headline: the nearest name, the second place, what to do.

use clausebook::manual::Manual;

use super::{compiled, found, front, typed};

const ROLES: &str = "---
id: REG-01
title: Roles
kind: register
version: \"0.1\"
status: draft
owner: service-director
roles:
  - {id: service-director, title: Service director, holder: Ann Other}
  - {id: service-desk, title: Service desk, holder: Kim Example}
  - {id: fibre-engineer, title: Fibre engineer, party: OTH-01}
---

# Roles

Who does what.
";

fn manual(settings: &str, more: &str, body: &str) -> Manual {
    let text = front("PRC-01", "process", "draft", more) + body;
    compiled([
        ("clausebook.yaml", settings),
        ("policies/roles.md", ROLES),
        ("processes/a.md", text.as_str()),
    ])
}

/// The help of the one finding of a rule.
fn help(manual: &Manual, code: &str) -> String {
    let found = found(manual, code);
    let [finding] = &found[..] else { panic!("{code}: {found:?}") };
    finding.help.clone().unwrap_or_default()
}

/// The words of a finding's first label, and the text that it points at.
fn label(manual: &Manual, code: &str) -> (String, String) {
    let found = found(manual, code);
    let label = &found[0].labels[0];
    let text = &manual.sources.file(label.at.file).text;
    (label.text.clone(), text[label.at.range()].to_owned())
}

#[test]
fn an_unknown_clause_names_what_was_meant() {
    let meant = |name: &str| {
        let manual = manual("", &format!("clauses: [\"{name}\"]\n"), "Text.\n");
        help(&manual, "unknown-clause")
    };
    for oddly in ["8.6.1.", "861", "8.61", "Clause 8.6.1", "8.6.1 Incident management", "8.6.1.2"] {
        assert_eq!(meant(oddly), "did you mean `8.6.1`?", "{oddly}");
    }
    assert_eq!(meant("iso-20000-1-2018:8.6.1.2"), "did you mean `8.6.1`?");
    assert_eq!(meant("8.6.9"), "8.6 has 8.6.1, 8.6.2, 8.6.3");
    assert_eq!(meant("iso-20000-1-2018:8.6.9"), "8.6 has 8.6.1, 8.6.2, 8.6.3");
    assert_eq!(meant("A.5.24"), "clauses of ISO/IEC 20000-1:2018 are written like `4.1`");
    assert_eq!(meant("iso-2000-1-2018:8.6.1"), "did you mean `iso-20000-1-2018`?");
    assert_eq!(meant("iso-9001:8.6.1"), "it answers to iso-20000-1-2018");
    let heading = "name one below it: `8.6.1` Incident management, \
                   `8.6.2` Service request management, `8.6.3` Problem management";
    assert_eq!(meant("8.6"), heading);
}

#[test]
fn an_unknown_role_names_the_nearest() {
    let table = |role: &str| format!("## RACI\n\n| Do | {role} |\n|---|---|\n| It | A/R |\n");
    let near = manual("standards: []\n", "", &table("Service dsk"));
    assert_eq!(help(&near, "unknown-role"), "did you mean `Service desk`?");
    let far = manual("standards: []\n", "", &table("Gardener"));
    assert_eq!(help(&far, "unknown-role"), "add it to policies/roles.md");
}

#[test]
fn conflicts_point_at_both_places() {
    let table = "## RACI\n\n| Do | Service desk | Fibre engineer |\n|---|---|---|\n\
                 | It | A/R | I |\n| That | R | A |\n| This | A | *A* |\n";
    let manual = manual("standards: []\n", "", table);
    assert_eq!(
        label(&manual, "supplier-accountable"),
        ("held by OTH-01, another party".into(), "OTH-01".into())
    );
    assert_eq!(label(&manual, "many-accountable"), ("the first is here".into(), "A".into()));
    assert_eq!(typed(&manual, &found(&manual, "many-accountable")[0]), "*A*");
}

#[test]
fn the_same_activity_in_two_documents_is_one_finding_with_a_label_in_the_other() {
    let table = |desk: &str, director: &str| {
        format!(
            "## RACI\n\n| Do | Service desk | Service director |\n|---|---|---|\n\
             | Close the ticket | {desk} | {director} |\n"
        )
    };
    let first = front("PRC-01", "process", "draft", "") + &table("A/R", "I");
    let second = front("PRC-02", "process", "draft", "") + &table("R", "A");
    let third = front("PRC-03", "process", "draft", "") + &table("I", "A/R");
    let manual = compiled([
        ("clausebook.yaml", "standards: []\n"),
        ("processes/a.md", first.as_str()),
        ("processes/b.md", second.as_str()),
        ("processes/c.md", third.as_str()),
    ]);
    let conflicts = found(&manual, "conflicting-accountable");
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].document.as_deref(), Some("PRC-02"));
    assert_eq!(
        label(&manual, "conflicting-accountable"),
        ("Service desk answers for it here".into(), "A/R".into())
    );
}

#[test]
fn a_partner_that_is_not_there_is_named_with_the_nearest() {
    let more = "outputs: [{name: Figures, to: service-dsk}]\n\
                inputs: [{name: Calls, from: everybody else}]\n";
    let manual = manual("standards: []\n", more, "Text.\n");
    assert_eq!(help(&manual, "output-without-consumer"), "did you mean `service-desk`?");
    assert_eq!(
        help(&manual, "input-without-producer"),
        "write the id of a document, of a role or of another party"
    );
}

#[test]
fn hand_overs_of_the_standard_are_wanted_between_the_documents_that_claim_its_clauses() {
    let problem = front("PRC-PRB-01", "process", "draft", "clauses: [\"8.6.3\"]\n") + "Text.\n";
    let incident = |outputs: &str| {
        let more = format!("clauses: [\"iso-20000-1-2018:8.6.1\"]\n{outputs}");
        let text = front("PRC-INC-01", "process", "draft", &more) + "Text.\n";
        compiled([("processes/a.md", text.as_str()), ("processes/b.md", problem.as_str())])
    };
    let manual = incident("");
    assert_eq!(help(&manual, "missing-handover"), "add `{name: …, to: PRC-PRB-01}` to `outputs`");
    assert_eq!(label(&manual, "missing-handover").0, "PRC-PRB-01 should take them");
    let manual = incident("outputs: [{name: Problem candidate, to: prc-prb-01}]\n");
    assert!(found(&manual, "missing-handover").is_empty());
}
