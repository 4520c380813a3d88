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
