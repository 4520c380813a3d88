//! How a document stands on a day: the day itself, the day before, the day after.

use clausebook::compile::{Inputs, Session, compile};
use clausebook::coverage::Reliability;
use clausebook::model::value::Date;
use clausebook::source::Sources;

const ROLES: &str = "---\nid: REG-01\ntitle: Roles\nkind: register\n\
    roles: [{id: boss, title: Boss, holder: A. One}]\n---\n\n# Roles\n";

/// The lines of a policy with nothing wrong.
const GOOD: &str = "version: \"1.0\"\nstatus: approved\napproved: {by: boss, on: 2026-03-01}\n\
    effective: 2026-03-15\n\
    review: {every: 12 months, last: 2026-03-01, reviewer: desk, outcome: confirmed}\n\
    revisions: [{version: \"1.0\", date: 2026-02-20, summary: First}]\n";

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// How a policy of these lines stands on a day, and whether it is in force.
fn standing(lines: &str, today: &str) -> (Reliability, bool) {
    standing_by(ROLES, lines, today)
}

/// The same where the roles stand in another register.
fn standing_by(roles: &str, lines: &str, today: &str) -> (Reliability, bool) {
    let policy =
        format!("---\nid: POL-01\ntitle: Policy\nkind: policy\n{lines}---\n\n# Policy\n\nWords.\n");
    let files = [("policies/roles.md", roles), ("policies/policy.md", policy.as_str())];
    let files = files.map(|(path, text)| (path, text.as_bytes()));
    let today = day(today);
    let sources = Sources::from_memory(files);
    let manual = compile(Inputs::new(sources, today), &mut Session::default());
    let document = manual.library.by_id("POL-01").expect("it is there");
    let settings = &manual.settings.checked.value;
    (Reliability::of(document, &manual.library, settings, today), document.in_force(today))
}

#[test]
fn days_count_from_the_day_itself() {
    assert_eq!(standing(GOOD, "2026-03-14"), (Reliability::NotYet(day("2026-03-15")), false));
    assert_eq!(standing(GOOD, "2026-03-15"), (Reliability::Good, true));
    assert_eq!(standing(GOOD, "2026-03-16"), (Reliability::Good, true));
    assert_eq!(standing(GOOD, "2027-03-01"), (Reliability::Good, true), "the day of the review");
    assert_eq!(standing(GOOD, "2027-03-02"), (Reliability::Overdue(day("2027-03-01")), true));
    let without = GOOD.replace("effective: 2026-03-15\n", "");
    assert_eq!(standing(&without, "2026-02-28"), (Reliability::NotYet(day("2026-03-01")), false));
    assert_eq!(standing(&without, "2026-03-01"), (Reliability::Good, true));
}

#[test]
fn nothing_is_in_force_before_its_first_day() {
    let rows = [
        // Lines of the front matter, and whether it is in force the day before, on the day, after it.
        ("status: approved\napproved: {by: boss, on: 2026-06-15}\n", [false, true, true]),
        ("status: approved\neffective: 2026-06-15\n", [false, true, true]),
        (
            "status: approved\napproved: {by: boss, on: 2026-06-01}\neffective: 2026-06-15\n",
            [false, true, true],
        ),
        // Effective before it was approved: not before the approval.
        (
            "status: approved\napproved: {by: boss, on: 2026-06-15}\neffective: 2026-06-01\n",
            [false, true, true],
        ),
        ("status: approved\n", [true, true, true]),
        ("status: draft\neffective: 2026-06-15\n", [false, false, false]),
        ("status: in-review\neffective: 2026-06-15\n", [false, false, false]),
        ("status: superseded\neffective: 2026-06-15\n", [false, false, false]),
        ("status: withdrawn\neffective: 2026-06-15\n", [false, false, false]),
    ];
    for (lines, expected) in rows {
        let days = ["2026-06-14", "2026-06-15", "2026-06-16"];
        assert_eq!(days.map(|day| standing(lines, day).1), expected, "{lines}");
    }
    // A leap day, and a day that a short year lacks.
    let leap = "status: approved\neffective: 2028-02-29\n";
    let days = ["2028-02-28", "2028-02-29", "2028-03-01"];
    assert_eq!(days.map(|day| standing(leap, day).1), [false, true, true]);
}

#[test]
fn what_an_approval_and_a_review_leave_open_is_no_good_standing() {
    let last = day("2026-03-01");
    let rows = [
        ("date: 2026-02-20", "date: 2026-03-01", Reliability::Good),
        ("date: 2026-02-20", "date: 2026-03-02", Reliability::Changed(day("2026-03-02"))),
        ("by: boss", "by: A. One", Reliability::Good),
        ("by: boss", "by: Boss", Reliability::Good),
        ("by: boss", "by: B. Two", Reliability::UnknownApprover),
        ("outcome: confirmed", "outcome: change-needed", Reliability::ChangeNeeded(last)),
        ("outcome: confirmed", "outcome: change-needed, version: \"0.9\"", Reliability::Good),
        (
            "outcome: confirmed",
            "outcome: change-needed, version: \"1.0\"",
            Reliability::ChangeNeeded(last),
        ),
        ("outcome: confirmed", "outcome: retired", Reliability::Retired(last)),
        (", outcome: confirmed", "", Reliability::HalfReviewed(last)),
        (", reviewer: desk", "", Reliability::HalfReviewed(last)),
        (", last: 2026-03-01, reviewer: desk, outcome: confirmed", "", Reliability::Good),
        ("approved: {by: boss, on: 2026-03-01}\n", "", Reliability::Unapproved),
        ("on: 2026-03-01", "on: 2026-09-01", Reliability::NotYet(day("2026-09-01"))),
        ("status: approved", "status: in-review", Reliability::InReview),
        ("status: approved", "status: draft", Reliability::Draft),
        ("by: boss", "by: n.n.", Reliability::Unapproved),
        ("by: boss", "by: \"?\"", Reliability::Unapproved),
        ("reviewer: desk", "reviewer: n.n.", Reliability::HalfReviewed(last)),
        ("summary: First", "summary: TBD", Reliability::Placeholder),
        ("summary: First", "summary: \"{{ decide: what }}\"", Reliability::Undecided),
        // What weighs more is told: what nobody approved is not asked when it was reviewed.
        (
            "status: approved\napproved: {by: boss,",
            "status: draft\napproved: {by: boss,",
            Reliability::Draft,
        ),
        // A later line of the history makes good what a review asked for, once it is approved.
        (
            "outcome: confirmed}\nrevisions: [{version: \"1.0\", date: 2026-02-20, summary: First}",
            "outcome: change-needed}\nrevisions: [{version: \"1.1\", date: 2026-03-02, summary: More}",
            Reliability::Changed(day("2026-03-02")),
        ),
        (
            "on: 2026-03-01}\neffective: 2026-03-15\nreview: {every: 12 months, last: 2026-03-01, \
             reviewer: desk, outcome: confirmed}\nrevisions: [{version: \"1.0\", date: 2026-02-20",
            "on: 2026-03-20}\neffective: 2026-03-20\nreview: {every: 12 months, last: 2026-03-01, \
             reviewer: desk, outcome: change-needed}\nrevisions: [{version: \"1.1\", date: 2026-03-05",
            Reliability::Good,
        ),
    ];
    for (old, new, expected) in rows {
        assert!(GOOD.contains(old), "{old}");
        let (found, _) = standing(&GOOD.replace(old, new), "2026-06-15");
        assert_eq!(found, expected, "{new}");
    }
}

#[test]
fn a_superseded_register_lists_no_role() {
    let by = |roles: &str, approver: &str| {
        let lines = GOOD.replace("by: boss", &format!("by: {approver}"));
        standing_by(roles, &lines, "2026-06-15").0
    };
    let roles = |status: &str, holder: &str| {
        ROLES
            .replace("kind: register\n", &format!("kind: register\nstatus: {status}\n"))
            .replace("A. One", holder)
    };
    assert_eq!(by(&roles("draft", "A. One"), "boss"), Reliability::Good);
    assert_eq!(by(&roles("draft", "n.n."), "boss"), Reliability::NoHolder);
    assert_eq!(by(&roles("draft", "A. One"), "chief"), Reliability::UnknownApprover);
    // Where no register in use lists any role, there is nobody to be found in it.
    for status in ["superseded", "withdrawn"] {
        assert_eq!(by(&roles(status, "n.n."), "boss"), Reliability::Good);
        assert_eq!(by(&roles(status, "A. One"), "chief"), Reliability::Good);
    }
}
