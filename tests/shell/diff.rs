//! `diff` between editions, days and the working tree, and `rename`, as a user types them.

use serde_json::Value;

use crate::in_force::{commit, policy, repository};
use crate::support::Folder;

/// A policy of which 1.0 and 1.1 are on record, and 1.2 is in work; a second one came with 1.1.
fn written() -> Folder {
    let folder = repository();
    commit(&folder, "2026-01-10");
    let calls = |version: &str, status: &str, day: &str, words: &str| {
        folder.write("policies/calls.md", &policy("POL-TST-01", version, status, day, words));
    };
    calls("1.1", "approved", "2026-02-10", "within 30 minutes");
    let other = policy("POL-TST-02", "1.0", "approved", "2026-02-10", "at night");
    folder.write("policies/night.md", &other);
    commit(&folder, "2026-02-10");
    calls("1.2", "draft", "2026-03-10", "within 15 minutes");
    folder
}

#[test]
fn the_edition_in_force_is_compared_with_the_working_tree() {
    let folder = written();
    let run = folder.run("diff POL-TST-01 --today 2026-03-11").code(1);
    let head = "POL-TST-01 Calls  1.1 -> 1.2\n";
    assert!(run.out.starts_with(head), "{}", run.out);
    assert!(run.out.contains("~ Calls are answered within [-30-]{+15+} minutes.\n"), "{}", run.out);
    assert!(run.out.contains("~ version: [-1.1-]{+1.2+}\n"), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "no colour where nobody asked for it");
    // The whole manual: what is as it was is not shown.
    let run = folder.run("diff --today 2026-03-11").code(1);
    assert!(run.out.starts_with(head) && !run.out.contains("POL-TST-02"), "{}", run.out);
}

#[test]
fn versions_days_and_commits_are_compared() {
    let folder = written();
    let run = folder.run("diff pol-tst-01 --from 1.0 --to 1.1").code(1);
    assert!(run.out.contains("answered [-at once-]{+within 30 minutes+}."), "{}", run.out);
    let run = folder.run("diff --from 2026-01-31 --to main").code(1);
    assert!(run.out.contains("POL-TST-02 Calls  added, 1.0\n"), "{}", run.out);
    let run = folder.run("diff --from main --to 2026-01-31").code(1);
    assert!(run.out.contains("POL-TST-02 Calls  removed, was 1.0\n"), "{}", run.out);
    let run = folder.run("diff --from main --to main").code(0);
    assert!(run.out.is_empty() && run.err.contains("nothing differs between main"), "{}", run.err);
}

#[test]
fn a_page_and_data_say_the_same() {
    let folder = written();
    let page = folder.run("diff POL-TST-01 --from 1.0 --to 1.1 --format html").code(1).out;
    assert!(page.contains("<del>at once</del><ins>within 30 minutes</ins>."), "{page}");
    assert!(page.starts_with("<!doctype html>") && !page.contains("http"), "{page}");
    let data = folder.run("diff --from 1.0 POL-TST-01 --format json").code(1).out;
    let data: Value = serde_json::from_str(&data).expect("JSON");
    let one = &data["documents"][0];
    assert_eq!(
        (&one["id"], &one["from"], &one["to"]),
        (&"POL-TST-01".into(), &"1.0".into(), &"1.2".into())
    );
    assert_eq!(one["redline"]["front"][0]["path"], serde_json::json!(["version"]));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = written();
    let fails = |line: &str| folder.run(line).code(2).err;
    assert!(fails("diff POL-TST-03").contains("did you mean `POL-TST-0"), "a near miss");
    let none = fails("diff POL-TST-01 --from 9.9");
    assert!(none.contains("POL-TST-01 has no version 9.9 on record: there are 1.0, 1.1"), "{none}");
    let none = fails("diff --from nothing");
    assert!(none.contains("--from: `nothing` is no commit, branch or tag"), "{none}");
    let bare = Folder::new();
    bare.write("policies/calls.md", &policy("POL-TST-01", "1.0", "approved", "2026-01-10", "now"));
    let none = bare.run("diff").code(2).err;
    assert!(none.contains("there is no repository around the manual"), "{none}");
    let none = bare.run("diff POL-TST-01").code(2).err;
    assert!(none.contains("there is no edition of POL-TST-01 to compare with"), "{none}");
}

#[test]
fn a_document_is_renamed_in_every_file_or_in_none() {
    let folder = Folder::new();
    let calls = policy("POL-TST-01", "1.0", "draft", "2026-01-10", "as POL-TST-01 says");
    let night = policy("POL-TST-02", "1.0", "draft", "2026-01-10", "see [[pol-tst-01#calls]]");
    folder.write("clausebook.yaml", "standards: []\nrules: {missing-asset: off}\n");
    folder.write("policies/calls.md", &calls);
    folder.write("policies/night.md", &night);
    let read = |path: &str| std::fs::read_to_string(folder.at(path)).expect("a file");
    let run = folder.run("rename POL-TST-01 POL-NEW-01 --dry-run").code(0);
    assert!(run.out.contains("-id: POL-TST-01\n+id: POL-NEW-01\n"), "{}", run.out);
    assert_eq!(read("policies/calls.md"), calls, "nothing was written");
    let run = folder.run("rename POL-TST-01 POL-NEW-01").code(0);
    assert!(
        run.err.contains("POL-TST-01 is still said in plain words, which stay:\n"),
        "{}",
        run.err
    );
    assert_eq!(read("policies/calls.md"), calls.replace("id: POL-TST-01", "id: POL-NEW-01"));
    assert_eq!(read("policies/night.md"), night.replace("pol-tst-01", "pol-new-01"));
    let fails = |line: &str| folder.run(line).code(2).err;
    assert!(fails("rename POL-NEW-01 pol-tst-02").contains("there is a document of that name"));
    assert!(fails("rename POL-NEW-01 con").contains("Windows"));
    assert!(fails("rename POL-NWE-01 POL-X-1").contains("did you mean `POL-NEW-01`?"));
    assert_eq!(read("policies/night.md"), night.replace("pol-tst-01", "pol-new-01"));
}
