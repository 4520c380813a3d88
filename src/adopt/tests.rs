//! Documents of other tools, taken over whole.

use super::*;

fn original(path: &str, text: &str) -> Original {
    Original { path: path.into(), text: text.into(), notes: Vec::new() }
}

fn options() -> Options {
    Options {
        keys: Keys::default(),
        keep_approvals: false,
        today: Date::parse("2026-06-15").unwrap(),
        taken: BTreeSet::new(),
    }
}

const POLICY: &str = "---\ndoc_id: ISP 01\ntitle: Information security policy\nowner: Head of IT\n\
    status: Approved\nversion: v2.1\napproved_by: CEO\napproval_date: 1 March 2026\n\
    last_reviewed_on: 2026-03-01\nreview_in: 12 months\nweight: 3\n---\n\n# Information security policy\n\n\
    See [incidents](../procs/incident/#Who_calls).\n\n![plan](img/Plan%20A.png)\n";

#[test]
fn nothing_claims_more_than_the_source_said() {
    let originals = [original("isms/policy.md", POLICY)];
    let made = adopt(&originals, &[], &options());
    let text = &made.documents[0].text;
    for line in [
        "id: ISP-01\n",
        "kind: policy\n",
        "version: \"2.1\"\n",
        "status: draft\n",
        "owner: head-of-it\n",
        "review: {every: 12 months, last: 2026-03-01}\n",
        "  approved by: CEO\n",
        "  status: Approved\n",
        "  weight: \"3\"\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("\napproved:"));
    let kept = adopt(&originals, &[], &Options { keep_approvals: true, ..options() });
    let text = &kept.documents[0].text;
    assert!(text.contains("status: approved\n"), "{text}");
    assert!(text.contains("approved: {by: CEO, on: 2026-03-01}\n"), "{text}");
    assert!(kept.roles.contains_key("head-of-it"));
}

#[test]
fn links_and_pictures_hold_in_the_new_places() {
    let procedure = "# Incident procedure\n\n## Who calls\n\n| Step | Desk | Owner |\n|---|---|---|\n\
        | Log | R | A |\n| Close | R | A |\n";
    let originals = [original("isms/policy.md", POLICY), original("procs/incident.md", procedure)];
    let others = ["isms/img/Plan A.png".to_owned(), "isms/img/unused.png".to_owned()];
    let made = adopt(&originals, &others, &options());
    let text = &made.documents[0].text;
    assert_eq!(made.documents[1].to, "processes/procs/incident.md");
    assert!(text.contains("[incidents](../../processes/procs/incident.md#who-calls)"), "{text}");
    assert!(text.contains("![plan](img/plan-a.png)"), "{text}");
    assert_eq!(made.files.len(), 1);
    assert_eq!(made.files["isms/img/Plan A.png"], "policies/isms/img/plan-a.png");
    assert!(made.documents[1].text.contains("## Who calls {.raci}"));
    assert_eq!(made.documents[1].id, "PRO-INC-01");
    assert_eq!(made.roles["desk"], "Desk");
}

#[test]
fn ids_and_paths_that_collide_are_told_apart() {
    let same = "---\nid: A-1\n---\n\nWords.\n";
    let originals = [
        original("en/Backup Policy.md", same),
        original("en/backup-policy.md", same),
        original("con.md", "Words.\n"),
        original("docs/index.md", "Words.\n"),
        original("index.md", "Words.\n"),
    ];
    let made = adopt(&originals, &[], &options());
    let names: Vec<(&str, &str)> =
        made.documents.iter().map(|one| (one.id.as_str(), one.to.as_str())).collect();
    assert_eq!(
        names,
        [
            ("A-1", "policies/en/backup-policy.md"),
            ("POL-BAC-01", "policies/en/backup-policy-2.md"),
            ("GDL-CON-01", "policies/con-document.md"),
            ("GDL-IND-01", "policies/docs.md"),
            ("GDL-IND-02", "policies/index.md"),
        ]
    );
}

#[test]
fn what_is_not_understood_is_not_shown_to_more_people() {
    let text = "---\nclassification: TLP amber\n---\n\n# X\n";
    let made = adopt(&[original("x.md", text)], &[], &options());
    assert!(made.documents[0].text.contains("classification: restricted\n"));
    assert!(made.documents[0].text.contains("  classification: TLP amber\n"));
}
