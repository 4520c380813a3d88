//! What is due: as a command, as feeds, and on the pages of a site.

use std::collections::BTreeSet;

use crate::support::Folder;

const REGISTER: &str = "---\nid: REG-ACT-01\ntitle: Actions\nkind: register\nversion: \"1.0\"\n\
    status: approved\nowner: chief\nauthor: clerk\napproved: {by: chief, on: 2026-01-07}\n\
    effective: 2026-01-08\n\
    review: {every: 12 months, last: 2026-01-07, reviewer: chief, outcome: confirmed}\n\
    revisions: [{version: \"1.0\", date: 2026-01-02, author: clerk, summary: First}]\n\
    roles:\n  - {id: chief, title: Chief, holder: A. Person}\n  - {id: clerk, title: Clerk, holder: B. Person}\n\
    ---\n\n# Actions\n\n## Open {.actions}\n\n\
    | id | for | action | owner | due | state |\n|---|---|---|---|---|---|\n\
    | ACT-1 | RSK-1 | Mend \\| it | Clerk | 2026-06-01 | open |\n\
    | ACT-2 | RSK-1 | Look @again | Chief | 2026-07-01 | in work |\n\
    | ACT-3 | RSK-1 | Done | Chief | 2026-01-01 | done |\n\n\
    ## Risks {.risks}\n\n| id | risk | owner | state |\n|---|---|---|---|\n\
    | RSK-1 | Fire | Chief | open |\n";

fn manual(register: &str) -> Folder {
    let folder = Folder::new();
    folder.write(
        "clausebook.yaml",
        "standards: []\nrules: {orphan-document: off, incomplete-entry: off}\n",
    );
    folder.write("policies/actions.md", register);
    folder
}

#[test]
fn what_is_late_comes_first_and_what_is_done_not_at_all() {
    let manual = manual(REGISTER);
    let run = manual.run("due --today 2026-06-15 --format csv").code(1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines,
        [
            "due,days,kind,id,owner,what,document",
            "2026-06-01,-14,Action,ACT-1,Clerk,Mend | it,REG-ACT-01",
            "2026-07-01,16,Action,ACT-2,Chief,Look @again,REG-ACT-01",
        ]
    );
    let all = manual.run("due --today 2026-06-15 --within 2y --format csv").code(1);
    assert!(all.out.contains("Review,REG-ACT-01,chief,"), "{}", all.out);
    let run = manual.run("due --today 2026-06-15 --owner chief --format markdown").code(0);
    assert!(run.out.starts_with("**Due as of 2026-06-15:** 0 overdue, 1 to come"), "{}", run.out);
    assert!(run.out.contains("Look &#64;again"), "nobody is called: {}", run.out);
    let run = manual.run("due --owner cheif").code(2);
    assert!(run.err.contains("did you mean"), "{}", run.err);
}

/// The names of the events of a calendar.
fn names(calendar: &str) -> BTreeSet<String> {
    calendar.lines().filter_map(|line| line.strip_prefix("UID:").map(str::to_owned)).collect()
}

#[test]
fn an_event_keeps_its_name_when_its_title_and_its_day_change() {
    let before = manual(REGISTER).run("due --today 2026-06-15 --format ics").code(1);
    let other = REGISTER.replace("Mend", "Replace").replace("2026-06-01", "2026-06-20");
    let after = manual(&other).run("due --today 2026-06-15 --format ics").code(0);
    assert_eq!(names(&before.out), names(&after.out));
    assert_eq!(names(&before.out).len(), 2);
    assert!(after.out.contains("DTSTART;VALUE=DATE:20260620"), "{}", after.out);
}

#[test]
fn a_site_shows_what_is_due_to_everybody_and_to_each_role() {
    let manual = manual(REGISTER);
    manual.run("build --today 2026-06-15").code(0);
    let page = manual.read("site/due/index.html");
    assert!(page.contains("1 overdue, 3 things to do in all"), "{page}");
    assert!(page.contains("../registers/actions/index.html#ACT-1"), "{page}");
    assert_eq!(names(&manual.read("site/due.ics")).len(), 3);
    assert_eq!(names(&manual.read("site/roles/clerk/due.ics")).len(), 1);
    assert!(manual.read("site/roles/clerk/index.html").contains("14 days overdue"));
    assert!(manual.read("site/index.html").contains("1 overdue"));
    let risk = manual.read("site/registers/risks/index.html");
    assert!(risk.contains("../../registers/actions/index.html#ACT-2"), "what names it: {risk}");
}
