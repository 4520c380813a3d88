//! What a repository proves, with the real Git: approvals that are held against what was approved,
//! and repositories of every kind.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::deadline::Finish as _;
use crate::support::{Folder, Run};

/// A document in force; 2026-03-01 is the day of its approval.
fn approved(version: &str, words: &str) -> String {
    format!(
        "---\nid: POL-TST-01\ntitle: Calls\nkind: policy\nversion: \"{version}\"\nstatus: approved\n\
         classification: internal\nowner: process-office\nauthor: editor\n\
         approved: {{by: service-director, on: 2026-03-01}}\neffective: 2026-03-01\n\
         review: {{every: 12 months, last: 2026-03-01, reviewer: process-office, outcome: confirmed}}\n\
         revisions:\n  - {{version: \"{version}\", date: 2026-02-01, author: editor, summary: \
         Edition {version}}}\n---\n\n# Calls\n\nCalls are answered {words}.\n"
    )
}

/// A manual of one document below `top`, without rules that other tests are about.
fn manual(folder: &Folder, top: &str) {
    let settings = "standards: []\nrules: {orphan-document: off, unknown-role: off, \
                    unknown-approver: off, role-without-holder: off}\n";
    folder.write(&format!("{top}clausebook.yaml"), settings);
    folder.write(&format!("{top}policies/calls.md"), &approved("1.0", "within an hour"));
}

/// Runs Git in a folder, as nobody in particular and without any settings of this machine.
#[track_caller]
fn git(folder: &Path, line: &[&str]) {
    let run: Run = Command::new("git")
        .current_dir(folder)
        .args(line)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "A. Author"), ("GIT_AUTHOR_EMAIL", "a@example.com")])
        .envs([("GIT_COMMITTER_NAME", "A. Author"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
        .envs([("GIT_AUTHOR_DATE", "2026-03-02T10:00:00Z")])
        .envs([("GIT_COMMITTER_DATE", "2026-03-02T10:00:00Z")])
        .finish()
        .expect("git runs")
        .into();
    run.code(0);
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "Next"]);
}

/// The findings of the rule, as `check --format short` prints them.
fn found(folder: &Folder, top: &str) -> Vec<String> {
    let run = folder.run(&format!("-C ./{top} check --today 2026-06-01 --format short --all"));
    assert!(matches!(run.code, Some(0 | 1)), "{}\n{}", run.out, run.err);
    let own = run.out.lines().filter(|line| line.contains("changed-after-approval"));
    own.map(str::to_owned).collect()
}

#[test]
fn an_approved_text_that_was_changed_is_found_in_every_kind_of_repository() {
    let kinds: [(&str, &[&str]); 2] = [("sha1", &[]), ("sha256", &["--object-format=sha256"])];
    for (name, more) in kinds {
        for packed in [false, true] {
            let folder = Folder::new();
            manual(&folder, "");
            git(folder.path(), &[&["init", "-q", "-b", "main"], more].concat());
            commit(folder.path());
            if packed {
                git(folder.path(), &["gc", "-q"]);
            }
            assert_eq!(found(&folder, ""), [""; 0], "{name}: nothing has changed");
            folder.write("policies/calls.md", &approved("1.0", "within a day"));
            let told = found(&folder, "");
            assert!(
                told.len() == 1 && told[0].starts_with("policies/calls.md:19:1"),
                "{name}, packed: {packed}: {told:?}"
            );
            assert!(told[0].contains("of 2026-03-02"), "{told:?}");
            commit(folder.path());
            assert_eq!(found(&folder, "").len(), 1, "{name}: a commit is no approval");
            folder.write("policies/calls.md", &approved("1.1", "within a day"));
            assert_eq!(found(&folder, ""), [""; 0], "{name}: a version of its own");
        }
    }
}

#[test]
fn a_manual_may_lie_deep_in_a_repository_in_a_worktree_or_a_submodule() {
    let folder = Folder::new();
    manual(&folder, "main/docs/manual/");
    let main = folder.at("main");
    git(&main, &["init", "-q", "-b", "main"]);
    commit(&main);
    git(&main, &["worktree", "add", "-q", "../tree"]);
    git(&folder.at("main"), &["clone", "-q", ".", "../other"]);
    let outer = folder.at("outer");
    std::fs::create_dir(&outer).expect("a folder");
    git(&outer, &["init", "-q", "-b", "main"]);
    let allow = "protocol.file.allow=always";
    git(&outer, &["-c", allow, "submodule", "--quiet", "add", "../main", "inner"]);
    // A clone that borrows the objects of another one.
    git(&folder.at("main"), &["clone", "-q", "--shared", ".", "../shared"]);
    for top in ["main", "tree", "other", "outer/inner", "shared"] {
        let top = format!("{top}/docs/manual/");
        assert_eq!(found(&folder, &top), [""; 0], "{top}");
        folder.write(&format!("{top}policies/calls.md"), &approved("1.0", "at night"));
        assert_eq!(found(&folder, &top).len(), 1, "{top}");
    }
}

#[test]
fn what_cannot_be_known_is_not_held_against_anybody() {
    // Nothing committed, a shallow clone that begins after the change, no repository at all.
    let folder = Folder::new();
    manual(&folder, "new/");
    git(&folder.at("new"), &["init", "-q", "-b", "main"]);
    manual(&folder, "old/");
    git(&folder.at("old"), &["init", "-q", "-b", "main"]);
    commit(&folder.at("old"));
    folder.write("old/policies/calls.md", &approved("1.0", "within a day"));
    commit(&folder.at("old"));
    let url = format!("file://{}", folder.at("old").display());
    git(folder.path(), &["clone", "-q", "--depth", "1", &url, "shallow"]);
    manual(&folder, "bare/");
    for (top, note) in
        [("new/", "nothing has been committed yet"), ("shallow/", "fetch-depth: 0"), ("bare/", "")]
    {
        assert_eq!(found(&folder, top), [""; 0], "{top}");
        let run = folder.run(&format!("-C ./{top} check --today 2026-06-01"));
        assert_eq!(run.err.contains("note: what was approved"), !note.is_empty(), "{}", run.err);
        assert!(run.err.contains(note), "{top}: {}", run.err);
    }
    assert_eq!(found(&folder, "old/").len(), 1, "the whole history tells");
    // A merge request's own commits are work; its merge is the record.
    manual(&folder, "merged/");
    let merged = folder.at("merged");
    git(&merged, &["init", "-q", "-b", "main"]);
    commit(&merged);
    git(&merged, &["switch", "-q", "-c", "work"]);
    folder.write("merged/policies/calls.md", &approved("1.1", "first try"));
    commit(&merged);
    folder.write("merged/policies/calls.md", &approved("1.1", "second try"));
    commit(&merged);
    git(&merged, &["switch", "-q", "main"]);
    git(&merged, &["merge", "-q", "--no-ff", "-m", "Merge", "work"]);
    assert_eq!(found(&folder, "merged/"), [""; 0]);
}

#[test]
fn a_repository_that_is_hostile_or_broken_harms_nothing() {
    let folder = Folder::new();
    manual(&folder, "own/");
    let own = folder.at("own");
    git(&own, &["init", "-q", "-b", "main"]);
    commit(&own);
    let marker = folder.at("ran");
    let run = format!("touch {}", marker.display());
    for (key, value) in [
        ("core.fsmonitor", run.as_str()),
        ("core.sshCommand", &run),
        ("core.hooksPath", "/nowhere"),
        ("gpg.program", &run),
        ("filter.x.clean", &run),
        ("filter.x.smudge", &run),
        ("diff.external", &run),
        ("include.path", "/etc/passwd"),
    ] {
        git(&own, &["config", key, value]);
    }
    folder.write("own/.gitattributes", "* filter=x diff=x\n");
    folder.write("own/policies/calls.md", &approved("1.0", "never"));
    assert_eq!(found(&folder, "own/").len(), 1);
    assert!(!marker.exists(), "a program of the repository's ran");
    // `.git` that leads to somebody else's repository.
    manual(&folder, "thief/");
    folder.write("thief/.git", &format!("gitdir: {}\n", own.join(".git").display()));
    folder.write("thief/policies/calls.md", &approved("1.0", "at will"));
    assert_eq!(found(&folder, "thief/"), [""; 0]);
    // Objects and references that are cut short or are no such thing.
    for (path, text) in [
        (".git/HEAD", "ref: refs/heads/../../../../etc/passwd\n"),
        (".git/HEAD", "ref: HEAD\n"),
        (".git/HEAD", "\u{0}\u{0}"),
        (".git/refs/heads/main", "0123456789012345678901234567890123456789\n"),
        (".git/config", "[core\n"),
    ] {
        let before = folder.read(&format!("own/{path}"));
        folder.write(&format!("own/{path}"), text);
        assert_eq!(found(&folder, "own/"), [""; 0], "{path}: {text}");
        let run = folder.run("-C ./own check --today 2026-06-01");
        assert!(run.err.contains("note: what was approved is not known"), "{path}: {}", run.err);
        folder.write(&format!("own/{path}"), &before);
    }
    for entry in walkdir::WalkDir::new(own.join(".git/objects")).into_iter().flatten() {
        if entry.file_type().is_file() {
            let path = entry.path();
            let mut about = path.metadata().expect("it is there").permissions();
            #[expect(
                clippy::permissions_set_readonly_false,
                reason = "a folder of the test's own"
            )]
            about.set_readonly(false);
            std::fs::set_permissions(path, about).expect("it may be changed");
            let bytes = std::fs::read(path).expect("an object");
            std::fs::write(path, &bytes[..bytes.len() / 2]).expect("half an object");
        }
    }
    assert_eq!(found(&folder, "own/"), [""; 0]);
}

/// A role register, a document and a second one, all of which pass every check.
fn manual_with_roles() -> Folder {
    let folder = Folder::new();
    manual(&folder, "");
    folder.write("clausebook.yaml", "standards: []\nrules: {orphan-document: off}\n");
    let roles = approved("1.0", "")
        .replace("POL-TST-01", "REG-ROL")
        .replace("kind: policy", "kind: register");
    let list = "roles:\n  - {id: service-director, title: Service director, holder: Anna Berg}\n  \
                - {id: process-office, title: Process office, holder: Ben Okoro}\n  \
                - {id: editor, title: Editor, holder: Cem Acar}\n---\n\n# Calls";
    folder.write("policies/roles.md", &roles.replace("---\n\n# Calls", list));
    folder.run("check --today 2026-06-01 --deny warnings").code(0);
    folder
}

#[test]
fn a_document_lives_by_commands() {
    let folder = manual_with_roles();
    let read = || folder.read("policies/calls.md");
    let before = read();
    let shown =
        folder.run("draft POL-TST-01 --summary Nights --dry-run --today 2026-06-01").code(0);
    assert!(shown.out.contains("+version: \"1.1\"") && shown.out.contains("+status: draft"));
    assert_eq!(read(), before, "--dry-run writes nothing");
    folder.run("draft POL-TST-01 --summary Nights --today 2026-06-01").code(0);
    assert!(read().contains(
        "revisions:\n  - {version: \"1.1\", date: 2026-06-01, author: editor, summary: Nights}\n"
    ));
    assert!(!read().contains("approved:") && !read().contains("effective:"));
    let early =
        folder.run("confirm POL-TST-01 --by process-office --reason Read --today 2026-06-01");
    assert!(early.code(2).err.contains("POL-TST-01: it is a draft"));
    folder.run("submit POL-TST-01 --today 2026-06-02").code(0);
    let typo = folder.run("approve POL-TST-01 --by service-directer --today 2026-06-03").code(2);
    assert!(typo.err.contains("did you mean `service-director`?"), "{}", typo.err);
    folder
        .run("approve POL-TST-01 --by service-director --effective 2026-06-10 --today 2026-06-03")
        .code(0);
    let text = read();
    assert!(text.contains("approved: {by: service-director, on: 2026-06-03, digest: \"sha256:"));
    assert!(text.contains("effective: 2026-06-10"));
    folder.run("check --today 2026-06-11 --deny warnings").code(0);
    // What was approved is held against the checksum, without a repository.
    folder.write("policies/calls.md", &text.replace("within an hour", "within a day"));
    let run = folder.run("check --today 2026-06-11 --format short").code(1);
    assert!(run.out.contains("changed-after-approval"), "{}", run.out);
    folder.write("policies/calls.md", &text);
    let reviewed = "confirm POL-TST-01 --by process-office --reason Read --today 2027-05-01";
    folder.run(reviewed).code(0);
    assert!(read().contains(
        "review: {every: 12 months, last: 2027-05-01, reviewer: process-office, outcome: confirmed, \
         reason: Read, version: \"1.1\"}"
    ));
    folder.run("check --today 2027-05-02 --deny warnings").code(0);
    folder.run("withdraw POL-TST-01 --by service-director --today 2027-06-01").code(0);
    assert!(read().contains("status: withdrawn"));
    assert!(read().ends_with("\n# Calls\n\nCalls are answered within an hour.\n"));
}

#[test]
fn many_reviews_have_a_reason_each() {
    let folder = manual_with_roles();
    let confirm = |answers: &str, more: &str| -> Run {
        let mut command = crate::support::program(folder.path());
        let line =
            format!("confirm POL-TST-01 REG-ROL --by process-office --today 2026-06-01 {more}");
        command.args(line.split_whitespace());
        let input = folder.at("answers");
        std::fs::write(&input, answers).expect("a file");
        command.stdin(std::fs::File::open(&input).expect("a file"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().expect("the program starts");
        crate::deadline::output(child, "confirm").into()
    };
    let one = confirm("Calls of May compared\n", "").code(2);
    assert!(one.err.contains("no reason was given for REG-ROL"), "{}", one.err);
    assert!(!folder.read("policies/calls.md").contains("Calls of May"), "all or none");
    confirm("", "--reason Same").code(2);
    confirm("Calls of May compared\nHolders asked\n", "").code(0);
    assert!(folder.read("policies/calls.md").contains("reason: Calls of May compared"));
    assert!(folder.read("policies/roles.md").contains("reason: Holders asked"));
}

/// Twelve folders of ten names each stand for a million million files: a few hundred bytes of a
/// stranger's branch, which no working tree ever holds.
#[cfg(unix)]
#[test]
fn folders_that_hold_each_other_without_end_are_not_walked() {
    let folder = Folder::new();
    manual(&folder, "");
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    let script = "set -e
        export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
        tree=$(printf '100644 blob %s\\tx.md\\n' $(git hash-object -w policies/calls.md) | git mktree)
        for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
            tree=$(for d in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\\td%s\\n' $tree $d; done | git mktree)
        done
        own=$( (git ls-tree HEAD:policies; printf '040000 tree %s\\tzz\\n' $tree) | git mktree)
        top=$( (git ls-tree HEAD | grep -v policies; printf '040000 tree %s\\tpolicies\\n' $own) | git mktree)
        one=$(git commit-tree $top -p HEAD -m one)
        git update-ref HEAD $(git commit-tree 'HEAD^{tree}' -p $one -m two)";
    let run: Run = Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", script])
        .finish()
        .expect("a shell runs")
        .into();
    run.code(0);
    let mut checked = Command::new("sh");
    checked.current_dir(folder.path()).args(["-c", "ulimit -t 60; exec \"$0\" check --all"]);
    let run: Run =
        checked.arg(env!("CARGO_BIN_EXE_clausebook")).finish().expect("a shell runs").into();
    assert!(run.code.is_some(), "it is ended by the system");
    let said = format!("{}{}", run.out, run.err);
    assert!(said.contains("changes more than 1000000 files and folders"), "{said}");
}
