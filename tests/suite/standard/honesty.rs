//! Manuals that look complete and say nothing: none of them is documented.

use clausebook::coverage::State;
use clausebook::manual::Manual;

use super::{all_found, clause, compiled, front};

/// The topics of clause 8.6.1, each with a sentence of its own.
const SAID: [(&str, &str); 10] = [
    ("Recording", "The desk writes a ticket while the caller waits."),
    ("Classification", "A tree of forty kinds sorts each ticket by service."),
    ("Prioritisation", "Impact and urgency give one of four levels."),
    ("Escalation", "After an hour the duty manager takes over."),
    ("Resolution", "The owner of the part restores it, or swaps it."),
    ("Closure", "Two days after the fix the caller is asked and the ticket shut."),
    ("Major incident criteria", "A fault that stops a whole customer is one."),
    ("Major incident handling", "One lead opens a bridge and keeps a log."),
    ("Information to top management", "The director hears by telephone within thirty minutes."),
    ("Major incident review", "Causes are gone through in the week that follows."),
];

const ROLES: &str = "---\nid: REG-ROL-01\ntitle: Roles\nkind: register\nstatus: draft\n\
    roles: [{id: service-board, title: Board, holder: A. Berg, \
    top_management: true}, {id: cleaner, title: Cleaner, holder: B. Okoro}]\n\
    ---\n\n# Roles\n";

/// A process of incidents with what stands below each of its headings.
fn process(record: &str, said: impl Fn(usize, &str) -> String) -> Manual {
    let more = format!(
        "clauses: [\"8.6.1\"]\nrecords: [{{name: {record}, clause: \"8.6.1\", held_in: Tool, \
         retention: 3 years, owner: service-board}}]\n"
    );
    let mut sections = String::new();
    for (n, (head, own)) in SAID.iter().enumerate() {
        sections.push_str(&["## ", head, "\n\n", &said(n, own), "\n\n"].concat());
    }
    let text = front("PRC-INC-01", "process", "approved", &more) + &sections;
    compiled([("processes/incident.md", text.as_str()), ("policies/roles.md", ROLES)])
}

fn state(manual: &Manual, name: &str) -> State {
    clause(manual, name).state
}

#[test]
fn what_says_something_is_documented() {
    let manual = process("Incidents", |_, own| own.to_owned());
    assert_eq!(clause(&manual, "8.6.1").reason(), "");
    assert_eq!(state(&manual, "8.6.1"), State::Documented);
}

#[test]
fn what_says_nothing_is_not() {
    let fillers: [fn(usize, &str) -> String; 12] = [
        |_, _| "Yes.".to_owned(),
        |_, _| "n/a".to_owned(),
        |_, _| "To be defined.".to_owned(),
        |_, _| "[Name]".to_owned(),
        |_, _| "Banana banana banana banana banana banana.".to_owned(),
        |_, _| "Our people act with due care and in good time.".to_owned(),
        |n, _| format!("Our people act with due care, rule {n}, and in good time."),
        |n, _| format!("For {} our people act with due care.", SAID[n].0),
        |_, _| "| Who | When |\n|---|---|\n| Yes | No |".to_owned(),
        |_, _| "- all staff\n- always".to_owned(),
        |_, _| "```text\nyes\n```".to_owned(),
        |_, _| "{{ decide: how }}".to_owned(),
    ];
    for (number, filler) in fillers.into_iter().enumerate() {
        let manual = process("Incidents", filler);
        assert_ne!(state(&manual, "8.6.1"), State::Documented, "filler {number}");
        assert!(!all_found(&manual).is_empty());
    }
}

#[test]
fn a_record_is_evidence_by_its_item_or_its_name_alone() {
    let by = |record: &str| state(&process(record, |_, own| own.to_owned()), "8.6.1");
    assert_eq!(by("Banana log"), State::Partial);
    assert_eq!(by("Banana log, item: incidents"), State::Documented);
    assert_eq!(by("Tickets of incidents"), State::Documented);
}

/// A service management policy that somebody approved.
fn policy(by: &str, sections: &str) -> Manual {
    let text = front("POL-01", "policy", "approved", "clauses: [\"5.2.1\"]\n") + sections;
    let text = text.replace("by: service-board", &format!("by: {by}"));
    compiled([("policies/policy.md", text.as_str()), ("policies/roles.md", ROLES)])
}

const POLICY: &str = "## Purpose\n\nWe run the platforms of forty shops, day and night.\n\n\
    ## Framework for objectives\n\nThe board sets them in autumn from risks and results.\n\n\
    ## Commitment to requirements\n\nWe keep laws, contracts and what customers were promised.\n\n\
    ## Commitment to continual improvement\n\nEach idea is scored, and the best are paid for.\n";

#[test]
fn top_management_approves_the_policy_itself() {
    assert_eq!(clause(&policy("service-board", POLICY), "5.2.1").reason(), "");
    for by in ["cleaner", "A. Stranger"] {
        let manual = policy(by, POLICY);
        assert_eq!(state(&manual, "5.2.1"), State::Partial, "{by}");
        let codes = ["not-top-management", "unknown-approver"];
        assert_eq!(all_found(&manual).iter().filter(|one| codes.contains(&one.code.0)).count(), 1);
    }
}

#[test]
fn a_title_and_a_common_heading_cover_nothing_by_themselves() {
    let text = front("PLN-01", "plan", "approved", "clauses: [\"6.2.1\"]\n").replace(
        "# The plan PLN-01\n",
        "# Objectives\n\nWe want to work hard and well all year.\n",
    );
    let manual = compiled([("policies/plan.md", text.as_str())]);
    assert!(clause(&manual, "6.2.1").topics.iter().all(|topic| topic.by.is_empty()));
    let scope = "## Scope\n\nThis document is about changes of every kind and size.\n";
    let text = front("POL-02", "policy", "approved", "clauses: [\"8.5.1.1\"]\n") + scope;
    let manual = compiled([("policies/change.md", text.as_str())]);
    assert!(clause(&manual, "8.5.1.1").topics.iter().all(|topic| topic.by.is_empty()));
}

#[test]
fn a_supplier_in_the_register_rules_out_not_applicable() {
    let settings = "not_applicable: [{clause: \"8.3.4.1\", reason: None, approved_by: boss}]\n";
    let register = |kind: &str| {
        let more = format!("other_parties: [{{id: SUP-01, title: Northwall, kind: {kind}}}]\n");
        let text = front("REG-01", "register", "approved", &more);
        let manual = compiled([("clausebook.yaml", settings), ("policies/a.md", text.as_str())]);
        state(&manual, "8.3.4.1")
    };
    assert_eq!(register("customer"), State::NotApplicable);
    assert_eq!(register("external-supplier"), State::Gap);
}

#[test]
fn a_role_that_nobody_holds_approves_nothing() {
    for nobody in ["n.n.", "N. N.", "vacant", "'-'", "'?'", "to be hired", "unbesetzt", "' '"] {
        let text = front("POL-01", "policy", "approved", "clauses: [\"5.2.1\"]\n") + POLICY;
        let roles = ROLES.replace("A. Berg", nobody);
        let files = [("policies/policy.md", text.as_str()), ("policies/roles.md", &roles)];
        let manual = compiled(files);
        assert_eq!(state(&manual, "5.2.1"), State::Partial, "{nobody}");
        let told = all_found(&manual);
        let told = told.iter().filter(|one| one.code.0 == "role-without-holder");
        assert_eq!(told.count(), 1, "{nobody}");
    }
}

#[test]
fn a_record_that_is_not_kept_is_no_evidence() {
    let by = |held: &str, time: &str| {
        let record = format!("Incidents, held_in: {held}, retention: {time}");
        let text = front(
            "PRC-INC-01",
            "process",
            "approved",
            &[
                "clauses: [\"8.6.1\"]\nrecords: [{name: ",
                &record,
                ", clause: \"8.6.1\", owner: service-board}]\n",
            ]
            .concat(),
        );
        let said = SAID.iter().map(|(head, own)| format!("## {head}\n\n{own}\n\n"));
        let text = text + &said.collect::<String>();
        let files = [("processes/incident.md", text.as_str()), ("policies/roles.md", ROLES)];
        let manual = compiled(files);
        let told = all_found(&manual).iter().any(|one| one.code.0 == "unkept-record");
        (state(&manual, "8.6.1"), told)
    };
    assert_eq!(by("ITSM tool", "3 years"), (State::Documented, false));
    for held in ["nowhere", "'-'", "none", "'?'", "somewhere", "in our heads", "not held"] {
        assert_eq!(by(held, "3 years"), (State::Partial, true), "{held}");
    }
    for time in ["0 days", "not kept", "none"] {
        assert_eq!(by("ITSM tool", time), (State::Partial, true), "{time}");
    }
}

#[test]
fn one_person_who_holds_every_role_approves_alone() {
    let text = front("POL-01", "policy", "approved", "clauses: [\"5.2.1\"]\n") + POLICY;
    let text = text.replace("author: process-office", "author: cleaner");
    let told = |roles: &str| {
        let files = [("policies/policy.md", text.as_str()), ("policies/roles.md", roles)];
        all_found(&compiled(files)).iter().filter(|one| one.code.0 == "self-approval").count()
    };
    assert_eq!(told(ROLES), 0);
    assert_eq!(told(&ROLES.replace("B. Okoro", "A. Berg")), 1);
}
