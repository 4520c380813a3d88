//! How a document stands on a day: the day itself, the day before, the day after.

use clausebook::compile::{Inputs, Session, compile};
use clausebook::coverage::Standing;
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
fn standing(lines: &str, today: &str) -> (Standing, bool) {
    let policy =
        format!("---\nid: POL-01\ntitle: Policy\nkind: policy\n{lines}---\n\n# Policy\n\nWords.\n");
    let files = [("policies/roles.md", ROLES), ("policies/policy.md", policy.as_str())];
    let files = files.map(|(path, text)| (path, text.as_bytes()));
    let today = day(today);
    let sources = Sources::from_memory(files);
    let manual = compile(Inputs { sources, today }, &mut Session::default());
    let document = manual.library.by_id("POL-01").expect("it is there");
    let settings = &manual.settings.checked.value;
    (Standing::of(document, &manual.library, settings, today), document.in_force(today))
}

#[test]
fn days_count_from_the_day_itself() {
    assert_eq!(standing(GOOD, "2026-03-14"), (Standing::NotYet(day("2026-03-15")), false));
    assert_eq!(standing(GOOD, "2026-03-15"), (Standing::Good, true));
    assert_eq!(standing(GOOD, "2026-03-16"), (Standing::Good, true));
    assert_eq!(standing(GOOD, "2027-03-01"), (Standing::Good, true), "the day of the review");
    assert_eq!(standing(GOOD, "2027-03-02"), (Standing::Overdue(day("2027-03-01")), true));
    let without = GOOD.replace("effective: 2026-03-15\n", "");
    assert_eq!(standing(&without, "2026-02-28"), (Standing::NotYet(day("2026-03-01")), false));
    assert_eq!(standing(&without, "2026-03-01"), (Standing::Good, true));
}

#[test]
fn what_an_approval_and_a_review_leave_open_is_no_good_standing() {
    let last = day("2026-03-01");
    let rows = [
        ("date: 2026-02-20", "date: 2026-03-01", Standing::Good),
        ("date: 2026-02-20", "date: 2026-03-02", Standing::Changed(day("2026-03-02"))),
        ("by: boss", "by: A. One", Standing::Good),
        ("by: boss", "by: Boss", Standing::Good),
        ("by: boss", "by: B. Two", Standing::UnknownApprover),
        ("outcome: confirmed", "outcome: change-needed", Standing::ChangeNeeded(last)),
        ("outcome: confirmed", "outcome: change-needed, version: \"0.9\"", Standing::Good),
        (
            "outcome: confirmed",
            "outcome: change-needed, version: \"1.0\"",
            Standing::ChangeNeeded(last),
        ),
        ("outcome: confirmed", "outcome: retired", Standing::Retired(last)),
        (", outcome: confirmed", "", Standing::HalfReviewed(last)),
        (", reviewer: desk", "", Standing::HalfReviewed(last)),
        (", last: 2026-03-01, reviewer: desk, outcome: confirmed", "", Standing::Good),
        ("approved: {by: boss, on: 2026-03-01}\n", "", Standing::Unapproved),
        ("on: 2026-03-01", "on: 2026-09-01", Standing::NotYet(day("2026-09-01"))),
        ("status: approved", "status: in-review", Standing::InReview),
    ];
    for (old, new, expected) in rows {
        assert!(GOOD.contains(old), "{old}");
        let (found, _) = standing(&GOOD.replace(old, new), "2026-06-15");
        assert_eq!(found, expected, "{new}");
    }
}
