//! What was on record on a day, and what is in force, with the real Git.

use std::path::Path;
use std::process::Command;

use crate::deadline::Finish as _;
use crate::support::{Folder, Run, files};

/// Runs Git in a folder on a day, as nobody in particular and without any settings of this machine.
#[track_caller]
pub(crate) fn git(folder: &Path, day: &str, line: &[&str]) -> String {
    let time = format!("{day}T10:00:00Z");
    let run: Run = Command::new("git")
        .current_dir(folder)
        .args(line)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "A. Author"), ("GIT_AUTHOR_EMAIL", "a@example.com")])
        .envs([("GIT_COMMITTER_NAME", "A. Author"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
        .envs([("GIT_AUTHOR_DATE", &time), ("GIT_COMMITTER_DATE", &time)])
        .finish()
        .expect("git runs")
        .into();
    run.code(0).out
}

#[track_caller]
pub(crate) fn commit(folder: &Folder, day: &str) {
    git(folder.path(), day, &["add", "-A"]);
    git(folder.path(), day, &["commit", "-q", "-m", "Next"]);
}

pub(crate) fn policy(id: &str, version: &str, status: &str, day: &str, words: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Calls\nkind: policy\nversion: \"{version}\"\nstatus: {status}\n\
         classification: internal\nowner: process-office\nauthor: editor\n\
         approved: {{by: service-director, on: {day}}}\neffective: {day}\n\
         review: {{every: 12 months, last: {day}, reviewer: process-office, outcome: confirmed}}\n\
         revisions:\n  - {{version: \"{version}\", date: {day}, author: editor, summary: \
         Edition {version}}}\n---\n\n# Calls\n\n![Bell](bell.svg)\n\nCalls are answered {words}.\n"
    )
}

const SETTINGS: &str = "standards: []\norganization: {name: Example Ltd}\nrules: {orphan-document: \
                        off, unknown-role: off, unknown-approver: off, role-without-holder: off}\n";

const BELL: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
                    <circle cx='4' cy='4' r='3'/></svg>";

/// A repository of a manual.
pub(crate) fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("clausebook.yaml", SETTINGS);
    folder.write("policies/bell.svg", BELL);
    folder.write(
        "policies/calls.md",
        &policy("POL-TST-01", "1.0", "approved", "2026-01-10", "at once"),
    );
    git(folder.path(), "2026-01-10", &["init", "-q", "-b", "main"]);
    folder
}

#[test]
fn the_site_of_a_past_day_is_the_site_that_was_built_then() {
    let folder = repository();
    let at = ["2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"];
    let steps: [&dyn Fn(); 4] = [
        &|| {},
        &|| {
            folder.write(
                "policies/calls.md",
                &policy("POL-TST-01", "1.1", "approved", "2026-02-10", "soon"),
            );
        },
        &|| {
            folder.write("policies/bell.svg", &BELL.replace("r='3'", "r='2'"));
            folder.write("themes/default/print.css", "@page { margin: 3cm }\n");
            folder.write(
                "policies/more/night.md",
                &policy("POL-TST-02", "1.0", "approved", "2026-03-10", "at night")
                    .replace("bell", "../bell"),
            );
        },
        &|| {
            std::fs::remove_file(folder.at("policies/calls.md")).expect("a file");
            folder.write("clausebook.yaml", &SETTINGS.replace("Example", "Other"));
        },
    ];
    for (day, step) in at.iter().zip(steps) {
        step();
        commit(&folder, day);
        folder.run(&format!("build --today {day} --out then/{day} --allow-shrink")).code(0);
        std::fs::write(folder.at(".git/info/exclude"), "then\nlater\n").expect("a file");
    }
    folder.write("policies/calls.md", "not committed, and no document");
    folder.write("clausebook.yaml", "organization: {name: Not committed}\n");
    let before = git(folder.path(), at[3], &["status", "--porcelain"]);
    for day in at {
        folder.run(&format!("build --as-of {day} --out later/{day} --allow-shrink")).code(0);
        assert_eq!(
            files(&folder.at(&format!("then/{day}"))),
            files(&folder.at(&format!("later/{day}"))),
            "{day}"
        );
    }
    assert_eq!(git(folder.path(), at[3], &["status", "--porcelain"]), before, "nothing is touched");
    // A commit, a tag, and the day between two commits name the same.
    git(folder.path(), at[1], &["tag", "-m", "audit", "-a", "audit-1", "HEAD~2"]);
    git(folder.path(), at[1], &["branch", "old", "HEAD~2"]);
    let id = git(folder.path(), at[1], &["rev-parse", "HEAD~2"]);
    for name in ["audit-1", "old", id.trim(), &id[..7], "refs/tags/audit-1"] {
        folder.run(&format!("build --as-of {name} --out later/x --allow-shrink")).code(0);
        assert_eq!(files(&folder.at("then/2026-02-10")), files(&folder.at("later/x")), "{name}");
    }
    let words = |line: &str| folder.run(line).out;
    let (past, other) =
        ("check --format json --as-of", "check --format json --today 2026-02-20 --as-of");
    assert_eq!(words(&format!("{past} 2026-02-20")), words(&format!("{other} {}", &id[..9])));
    folder.run("coverage --as-of 2026-02-20").code(0);
}

#[test]
fn what_names_no_commit_of_the_line_of_record_is_told_why() {
    let folder = repository();
    commit(&folder, "2026-01-10");
    git(folder.path(), "2026-01-11", &["switch", "-q", "-c", "work"]);
    folder.write("policies/calls.md", "work");
    commit(&folder, "2026-01-11");
    let work = git(folder.path(), "2026-01-11", &["rev-parse", "HEAD"]);
    git(folder.path(), "2026-01-11", &["switch", "-q", "main"]);
    for (name, why) in [
        ("2026-01-09", "nothing was on record on 2026-01-09: the first commit is"),
        ("work", "is not on the line of record"),
        (&work[..8], "is not on the line of record"),
        ("2026-02-30", "is no commit, branch or tag"),
        ("none", "is no commit, branch or tag"),
        ("../x", "is no commit, branch or tag"),
        ("abcdef0", "is no commit, branch or tag"),
    ] {
        let run = folder.run(&format!("check --as-of {name}")).code(2);
        assert!(run.err.contains(why), "{name}: {}", run.err);
    }
    assert!(folder.run("build --as-of main").code(2).err.contains("--as-of needs --out"));
    let url = format!("file://{}", folder.path().display());
    folder
        .write("policies/calls.md", &policy("POL-TST-01", "1.1", "approved", "2026-01-12", "soon"));
    commit(&folder, "2026-01-12");
    git(folder.path(), "2026-01-12", &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let run = folder.run("-C shallow check --as-of 2026-01-11").code(2);
    assert!(
        run.err.contains("the clone is shallow") && run.err.contains("fetch-depth: 0"),
        "{}",
        run.err
    );
    let bare = Folder::manual(1);
    assert!(bare.run("check --as-of 2026-01-11").code(2).err.contains("there is no repository"));
}

/// Writes a version of the document and commits it.
fn version(folder: &Folder, version: &str, status: &str, day: &str, words: &str) {
    folder.write("policies/calls.md", &policy("POL-TST-01", version, status, day, words));
    commit(folder, day);
}

/// Builds the site for a day.
#[track_caller]
fn build(folder: &Folder, day: &str, more: &str) {
    folder.run(&format!("build --today {day} --out site --allow-shrink {more}")).code(0);
}

const PAGE: &str = "site/documents/POL-TST-01/index.html";

#[test]
fn the_edition_in_force_is_shown_while_the_next_one_is_written() {
    let folder = repository();
    commit(&folder, "2026-01-10");
    version(&folder, "1.1", "approved", "2026-02-10", "soon");
    build(&folder, "2026-02-20", "");
    let page = folder.read(PAGE);
    assert!(page.contains("answered soon") && !page.contains("in work"), "{page}");
    assert!(page.contains("versions/1.0/index.html"), "{page}");
    let old = folder.read("site/documents/POL-TST-01/versions/1.0/index.html");
    assert!(old.contains("answered at once"), "{old}");
    assert!(old.contains("It was superseded by version 1.1 on 2026-02-10"), "{old}");
    let first = git(folder.path(), "2026-02-20", &["rev-parse", "HEAD~1"]);
    assert!(old.contains(&first[..10]), "the commit that approved it: {old}");
    // Nobody finds or counts it.
    let site = folder.read("site/register.json");
    assert!(site.contains("\"1.1\"") && !site.contains("\"1.0\""), "{site}");
    for (path, _) in files(&folder.at("site")) {
        if path.starts_with("search/") || path.ends_with(".json") && path != "manifest.json" {
            let text = folder.read(&format!("site/{path}"));
            assert!(!text.contains("at once") && !text.contains("versions/"), "{path}: {text}");
        }
    }
    // A draft, a review, an approval for a later day.
    for (status, says) in
        [("draft", "Version 1.2 is in work"), ("in-review", "Version 1.2 is in review")]
    {
        version(&folder, "1.2", status, "2026-03-12", "later");
        build(&folder, "2026-03-12", "");
        let page = folder.read(PAGE);
        assert!(page.contains("answered soon") && !page.contains("answered later"), "{page}");
        assert!(page.contains(says), "{page}");
        let register: serde_json::Value =
            serde_json::from_str(&folder.read("site/register.json")).expect("JSON");
        let own = &register["documents"][0];
        assert_eq!((&own["version"], &own["status"]), (&"1.1".into(), &"approved".into()));
        build(&folder, "2026-03-12", "--drafts");
        let page = folder.read(PAGE);
        assert!(
            page.contains("answered later") && page.contains("Version 1.1 is in force"),
            "{page}"
        );
        let old = folder.read("site/documents/POL-TST-01/versions/1.1/index.html");
        assert!(old.contains("answered soon") && !old.contains("Do not work"), "{old}");
    }
    let text = policy("POL-TST-01", "1.2", "approved", "2026-05-01", "later");
    let text = text.replace("2026-05-01", "2026-03-20");
    let text = text.replace("effective: 2026-03-20", "effective: 2026-05-01");
    folder.write("policies/calls.md", &text);
    commit(&folder, "2026-03-20");
    build(&folder, "2026-04-30", "");
    let page = folder.read(PAGE);
    assert!(page.contains("answered soon"), "{page}");
    assert!(page.contains("Version 1.2 will be in force from 2026-05-01"), "{page}");
    build(&folder, "2026-05-01", "");
    assert!(folder.read(PAGE).contains("answered later"));
    // The archive as the settings ask for it.
    for (archive, there) in
        [("none", [false, false]), ("last 1", [false, true]), ("all", [true, true])]
    {
        folder.write("clausebook.yaml", &format!("{SETTINGS}archive: {archive}\n"));
        build(&folder, "2026-05-01", "");
        let at = ["1.0", "1.1"]
            .map(|one| folder.at(&format!("site/documents/POL-TST-01/versions/{one}")).exists());
        assert_eq!(at, there, "{archive}");
    }
}

#[test]
fn who_leads_to_a_document_in_force_leads_to_no_draft() {
    let folder = repository();
    let other = policy("POL-TST-02", "1.0", "approved", "2026-01-10", "as [[POL-TST-01]] says");
    folder.write("policies/other.md", &other);
    commit(&folder, "2026-01-10");
    version(&folder, "1.1", "draft", "2026-02-10", "soon");
    let found = folder.run("check --today 2026-02-10 --format short").out;
    assert!(!found.contains("approved-depends-on-draft"), "{found}");
    let fresh = policy("POL-TST-01", "1.1", "draft", "2026-02-10", "soon");
    folder.write("policies/calls.md", &fresh.replace("id: POL-TST-01", "id: POL-TST-07"));
    folder.write("policies/other.md", &other.replace("POL-TST-01", "POL-TST-07"));
    let found = folder.run("check --today 2026-02-10 --format short").out;
    assert!(found.contains("approved-depends-on-draft"), "{found}");
}

#[test]
fn what_was_altered_without_a_version_is_not_published_as_approved() {
    let folder = repository();
    folder.write(
        "clausebook.yaml",
        &SETTINGS.replace("rules: {", "rules: {changed-after-approval: warning, "),
    );
    commit(&folder, "2026-01-10");
    version(&folder, "1.0", "approved", "2026-01-10", "never");
    build(&folder, "2026-03-12", "");
    let page = folder.read(PAGE);
    assert!(page.contains("answered at once") && !page.contains("answered never"), "{page}");
    assert!(page.contains("This is the text that was approved"), "{page}");
    build(&folder, "2026-03-12", "--drafts");
    let page = folder.read(PAGE);
    assert!(page.contains("answered never"), "{page}");
    assert!(page.contains("nobody has approved what is new in it"), "{page}");
}

#[test]
fn an_address_that_was_published_never_dies() {
    let folder = repository();
    folder
        .write("policies/b.md", &policy("POL-TST-02", "1.0", "approved", "2026-01-10", "by bell"));
    folder
        .write("policies/c.md", &policy("POL-TST-03", "1.0", "approved", "2026-01-10", "by mail"));
    folder
        .write("policies/d.md", &policy("POL-TST-04", "1.0", "approved", "2026-01-10", "by hand"));
    commit(&folder, "2026-01-10");
    // One is superseded, one gets another id, one goes; two that stay swap their ids and back.
    let new = policy("POL-TST-09", "1.0", "approved", "2026-02-10", "by all");
    folder
        .write("policies/new.md", &new.replacen("version:", "supersedes: POL-TST-02\nversion:", 1));
    let ended = policy("POL-TST-02", "1.0", "superseded", "2026-01-10", "by bell");
    folder.write("policies/b.md", &ended);
    folder
        .write("policies/c.md", &policy("POL-TST-13", "1.0", "approved", "2026-01-10", "by mail"));
    std::fs::remove_file(folder.at("policies/d.md")).expect("a file");
    commit(&folder, "2026-02-10");
    build(&folder, "2026-02-20", "");
    let page = |id: &str| folder.read(&format!("site/documents/{id}/index.html"));
    for (id, says, to) in [
        ("POL-TST-02", "the document was superseded", "../POL-TST-09/index.html"),
        ("POL-TST-03", "the document now has the id POL-TST-13", "../POL-TST-13/index.html"),
        ("POL-TST-04", "the document was removed on 2026-02-10", "versions/1.0/index.html"),
    ] {
        let page = page(id);
        assert!(
            page.contains("This document is not in force") && page.contains(says),
            "{id}: {page}"
        );
        assert!(page.contains(to), "{id}: {page}");
        let old = folder.read(&format!("site/documents/{id}/versions/1.0/index.html"));
        assert!(old.contains("Do not work to this text"), "{id}: {old}");
    }
    let register = folder.read("site/register/index.html");
    assert!(register.contains("POL-TST-02") && !register.contains("POL-TST-04"), "{register}");
    // An id that comes back has its page again.
    folder
        .write("policies/e.md", &policy("POL-TST-04", "1.1", "approved", "2026-03-10", "by foot"));
    commit(&folder, "2026-03-10");
    build(&folder, "2026-03-20", "");
    assert!(page("POL-TST-04").contains("by foot") && page("POL-TST-04").contains("versions/1.0"));
}

#[test]
fn an_old_edition_is_for_nobody_whom_it_or_its_document_is_closed_to() {
    let folder = repository();
    let closed =
        |text: &str| text.replace("classification: internal", "classification: restricted");
    let first = policy("POL-TST-01", "1.0", "approved", "2026-01-10", "by zqxjone");
    folder.write("policies/calls.md", &closed(&first));
    let other = policy("POL-TST-02", "1.0", "approved", "2026-01-10", "by zqxjtwo");
    folder.write(
        "policies/b.md",
        &other.replace("answered", "answered as [[POL-TST-01]] and [[POL-TST-03]] say"),
    );
    let third = policy("POL-TST-03", "1.0", "approved", "2026-01-10", "by zqxjthree");
    folder.write("policies/c.md", &third);
    folder.write("policies/d.md", "---\nid: POL-TST-04\nversion: \"1.0\"\nstatus: approved\nclassification: [\n---\n\nzqxjfour\n");
    commit(&folder, "2026-01-10");
    // The first is opened, the third closed, the second only rewritten; the fourth was unreadable.
    version(&folder, "1.1", "approved", "2026-02-10", "in public");
    folder.write("policies/b.md", &policy("POL-TST-02", "1.1", "approved", "2026-02-10", "soon"));
    folder.write(
        "policies/c.md",
        &closed(&policy("POL-TST-03", "1.1", "approved", "2026-02-10", "by zqxjthree")),
    );
    folder.write("policies/d.md", &policy("POL-TST-04", "1.1", "approved", "2026-02-10", "now"));
    commit(&folder, "2026-02-10");
    build(&folder, "2026-02-20", "--audience internal");
    let all: Vec<(String, String)> = files(&folder.at("site"))
        .into_keys()
        .map(|path| (folder.at(&format!("site/{path}")), path))
        .map(|(at, path)| {
            (String::from_utf8_lossy(&std::fs::read(at).expect("a file")).into_owned(), path)
        })
        .collect();
    for word in ["zqxjone", "zqxjthree", "zqxjfour", "POL-TST-03"] {
        let found: Vec<&String> = all
            .iter()
            .filter(|(text, path)| text.contains(word) || path.contains(word))
            .map(|(_, path)| path)
            .collect();
        assert_eq!(found, [""; 0], "{word}");
    }
    let old = folder.read("site/documents/POL-TST-02/versions/1.0/index.html");
    assert!(old.contains("zqxjtwo") && old.contains("another document"), "{old}");
    build(&folder, "2026-02-20", "");
    assert!(folder.read("site/documents/POL-TST-01/versions/1.0/index.html").contains("zqxjone"));
}
