//! A manual that had findings before anybody looked: what is accepted, and for how long.

use crate::support::{Folder, document};

/// A manual with two links that lead nowhere.
fn manual() -> Folder {
    let folder = Folder::manual(2);
    folder.write("policies/guide-0.md", &document(0, "See [[NO-1]] and [[NO-2]]"));
    folder
}

#[test]
fn a_baseline_accepts_what_was_there_and_nothing_else() {
    let folder = manual();
    let first = folder.run("check --format short --write-baseline accepted.json").code(0);
    assert!(!first.out.contains("dangling-link"), "{}", first.out);
    folder.run("check").code(1);
    folder.run("check --baseline accepted.json").code(0);
    // Lines move, and a third link is wrong.
    folder.write("policies/guide-0.md", &document(0, "\n\nSee [[NO-1]], [[NO-2]] and [[NO-3]]"));
    let third = folder.run("check --format short --baseline accepted.json").code(1);
    assert_eq!(third.out.matches("dangling-link").count(), 1, "{}", third.out);
    assert!(third.out.contains("NO-3"));
    // Written again, it takes nothing new.
    let again = folder.run("check --format short --write-baseline accepted.json").code(1);
    assert!(again.out.contains("NO-3"), "{}", again.out);
    folder.write("policies/guide-0.md", &document(0, "See [[NO-1]]"));
    let less = folder.run("check --baseline accepted.json").code(0);
    assert!(less.err.contains("1 finding of the baseline mended"), "{}", less.err);
    folder.run("check --write-baseline accepted.json").code(0);
    folder.write("policies/guide-0.md", &document(0, "See [[NO-1]] and [[NO-2]]"));
    folder.run("check --baseline accepted.json").code(1);
}

#[test]
fn a_baseline_that_is_none_is_told_and_nothing_is_written_through_a_link() {
    let folder = manual();
    let missing = folder.run("check --baseline none.json").code(2);
    assert!(missing.err.contains("--write-baseline makes it"), "{}", missing.err);
    folder.write("broken.json", "{]");
    let broken = folder.run("check --baseline broken.json").code(2);
    assert!(broken.err.contains("broken.json is no baseline"), "{}", broken.err);
    folder.run("check --write-baseline broken.json").code(2);
    assert_eq!(folder.read("broken.json"), "{]");
    #[cfg(unix)]
    {
        folder.write("mine.json", "[]");
        std::os::unix::fs::symlink("mine.json", folder.at("link.json")).expect("a link");
        folder.run("check --write-baseline link.json").code(2);
        assert_eq!(folder.read("mine.json"), "[]");
    }
}

#[test]
fn a_folder_has_levels_of_its_own() {
    let folder = manual();
    folder.write("policies/old/inner/guide-3.md", &document(3, "See [[NO-3]]"));
    folder.write("policies/older/guide-4.md", &document(4, "See [[NO-4]]"));
    folder.write(
        "clausebook.yaml",
        "organization: {name: Example Ltd}\nrules: {dangling-link: warning}\nfolders:\n  \
         policies/old: {rules: {dangling-link: off}}\n  policies/old/inner/: {rules: \
         {dangling-link: note}}\n",
    );
    let run = folder.run("check --format short").code(0);
    let level = |name: &str| {
        let line = run.out.lines().find(|line| line.contains(name) && line.contains("dangling"));
        line.and_then(|line| line.split(": ").nth(1)).unwrap_or_default().to_owned()
    };
    assert!(level("NO-1").starts_with("warning"), "{}", run.out);
    assert!(level("NO-4").starts_with("warning"), "{}", run.out);
    assert!(level("NO-3").starts_with("note"), "{}", run.out);
}

#[test]
fn gitlab_gets_a_report_whose_fingerprints_stay() {
    let folder = manual();
    let report = |folder: &Folder| -> Vec<serde_json::Value> {
        let out = folder.run("check --format gitlab").code(1).out;
        serde_json::from_str(&out).expect("JSON")
    };
    let before = report(&folder);
    let link = before.iter().find(|one| one["check_name"] == "dangling-link").expect("a link");
    assert_eq!(link["location"]["path"], "policies/guide-0.md");
    assert!(link["location"]["lines"]["begin"].is_u64() && link["severity"].is_string());
    let prints = |all: &[serde_json::Value]| {
        let mut prints: Vec<String> =
            all.iter().map(|one| one["fingerprint"].as_str().expect("a text").to_owned()).collect();
        prints.sort();
        prints.dedup();
        prints
    };
    assert_eq!(prints(&before).len(), before.len(), "each is told apart");
    folder.write("policies/guide-0.md", &document(0, "\n\nSee [[NO-1]] and [[NO-2]]"));
    assert_eq!(prints(&report(&folder)), prints(&before));
}
