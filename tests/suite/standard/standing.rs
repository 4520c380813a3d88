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
    let policy =
        format!("---\nid: POL-01\ntitle: Policy\nkind: policy\n{lines}---\n\n# Policy\n\nWords.\n");
    let files = [("policies/roles.md", ROLES), ("policies/policy.md", policy.as_str())];
    let files = files.map(|(path, text)| (path, text.as_bytes()));
    let today = day(today);
    let sources = Sources::from_memory(files);
    let manual = compile(Inputs { sources, today }, &mut Session::default());
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
    ];
    for (old, new, expected) in rows {
        assert!(GOOD.contains(old), "{old}");
        let (found, _) = standing(&GOOD.replace(old, new), "2026-06-15");
        assert_eq!(found, expected, "{new}");
    }
}
