//! `check --fix`, what it writes and what it leaves alone.

use crate::support::{Folder, document};

/// A draft with slips: a key, a date, a status, a link.
fn slips(number: usize) -> String {
    let text = document(number, "See [the other](guide-1.mdd)");
    text.replace("status: draft", "status: Draft\nefective: 2026-3-5")
}

#[test]
fn what_is_plainly_meant_is_mended_and_nothing_else() {
    let manual = Folder::manual(2);
    let text = format!("\u{feff}{}", slips(0)).replace('\n', "\r\n");
    manual.write("policies/guide-0.md", &text);
    let run = manual.run("check --fix --format short").code(0);
    let expected = text
        .replace("efective: 2026-3-5", "effective: 2026-03-05")
        .replace("Draft", "draft")
        .replace("guide-1.mdd", "guide-1.md");
    assert_eq!(manual.read("policies/guide-0.md"), expected);
    for said in [
        "mended policies/guide-0.md:7: unknown-field: write `effective`",
        "mended policies/guide-0.md:6: wrong-type: write `draft`",
        "mended policies/guide-0.md:7: bad-date: write `2026-03-05`",
        "mended policies/guide-0.md:17: dangling-link: write `guide-1.md`",
    ] {
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    assert!(!run.out.contains("error"), "{}", run.out);
    let again = manual.run("check --fix").code(0);
    assert!(again.err.contains("there is nothing to mend"), "{}", again.err);
    assert_eq!(manual.files("policies").len(), 2, "no file is left beside them");
}

#[test]
fn a_dry_run_is_a_patch_and_writes_nothing() {
    let manual = Folder::manual(2);
    manual.write("policies/a b.md", &slips(2));
    let before = manual.files("");
    let run = manual.run("check --fix --dry-run").code(1);
    assert!(
        run.out.starts_with("--- a/policies/a b.md\t\n+++ b/policies/a b.md\t\n@@ "),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("-efective: 2026-3-5\n+status: draft\n+effective: 2026-03-05\n"),
        "{}",
        run.out
    );
    assert!(run.err.contains("4 fixes in 1 file"), "{}", run.err);
    assert_eq!(manual.files(""), before);
    assert!(manual.run("check --dry-run").code(2).err.contains("--fix"));
    manual.run("check --fix").code(0);
    assert!(manual.run("check --fix --dry-run").code(0).out.is_empty());
}

#[test]
fn what_is_only_offered_is_taken_when_it_is_asked_for() {
    let manual = Folder::manual(1);
    let text =
        document(0, "Words").replace("status: draft", "status: draft\neffective: 02/03/2026");
    manual.write("policies/guide-0.md", &text);
    manual.run("check --fix").code(1);
    assert_eq!(manual.read("policies/guide-0.md"), text, "it can be read in two ways");
    manual.run("check --fix=all").code(0);
    assert!(manual.read("policies/guide-0.md").contains("effective: 2026-03-02\n"));
}

#[test]
fn a_part_is_mended_and_the_rest_left() {
    let manual = Folder::manual(2);
    manual.write("policies/guide-0.md", &slips(0));
    manual.write("policies/later/guide-2.md", &slips(2).replace("guide-1.mdd", "../guide-1.mdd"));
    manual.run("check --fix policies/later").code(0);
    assert_eq!(manual.read("policies/guide-0.md"), slips(0));
    assert!(manual.read("policies/later/guide-2.md").contains("(../guide-1.md)"));
}

#[cfg(unix)]
#[test]
fn files_behind_links_and_files_that_may_not_be_written_are_left_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let manual = Folder::manual(2);
    manual.write("kept/real.md", &slips(0));
    symlink(manual.at("kept/real.md"), manual.at("policies/linked.md")).unwrap();
    manual.write("policies/fixed.md", &slips(2));
    let mode = |mode| std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(manual.at("policies/fixed.md"), mode(0o444)).unwrap();
    manual.write("policies/shared.md", &slips(3));
    std::fs::set_permissions(manual.at("policies/shared.md"), mode(0o664)).unwrap();
    let run = manual.run("check --fix").code(1);
    // A link is not even read.
    assert!(run.out.contains("policies/linked.md:1:1"), "{}", run.out);
    assert!(
        run.err.contains("left policies/fixed.md as it is: it may not be written"),
        "{}",
        run.err
    );
    assert!(!run.err.contains("mended policies/linked.md"), "{}", run.err);
    assert_eq!(manual.read("kept/real.md"), slips(0));
    assert_eq!(manual.read("policies/fixed.md"), slips(2));
    assert!(manual.read("policies/shared.md").contains("status: draft"));
    let kept = std::fs::metadata(manual.at("policies/shared.md")).unwrap().permissions();
    assert_eq!(kept.mode() & 0o777, 0o664);
}

#[test]
fn machines_read_the_fixes() {
    let manual = Folder::manual(2);
    manual.write("policies/guide-0.md", &slips(0));
    let json = manual.run("check --format json").code(1).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let finding = json["findings"].as_array().unwrap();
    let finding = finding.iter().find(|one| one["code"] == "unknown-field").unwrap();
    assert_eq!(finding["timed"], false);
    let start = serde_json::json!({"line": 7, "column": 1});
    assert_eq!(finding["fixes"][0]["title"], "write `effective`");
    assert_eq!(finding["fixes"][0]["safe"], true);
    let edit = &finding["fixes"][0]["edits"][0];
    assert_eq!((&edit["file"], &edit["span"]["start"]), (&"policies/guide-0.md".into(), &start));
    assert_eq!(edit["text"], "effective");

    let sarif = manual.run("check --format sarif").code(1).out;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|one| one["ruleId"] == "unknown-field").unwrap();
    let fix = &result["fixes"][0];
    assert_eq!(fix["description"]["text"], "write `effective`");
    let change = &fix["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "policies/guide-0.md");
    let replacement = &change["replacements"][0];
    assert_eq!(replacement["deletedRegion"]["startLine"], 7);
    assert_eq!(replacement["insertedContent"]["text"], "effective");
}
