//! Commands, exit codes, and what goes where.

use std::process::Stdio;

use crate::deadline::{self, Finish as _};
use crate::support::{Folder, Run, document, program};

const COMMANDS: [&str; 10] = [
    "init",
    "new",
    "check",
    "build",
    "review",
    "coverage",
    "explain",
    "schema",
    "completions",
    "man",
];

#[test]
fn bad_usage_is_two_and_help_is_zero() {
    let folder = Folder::new();
    for line in
        ["", "chek", "check --format xml", "check --today 2026-13-45", "check --deny all", "init"]
    {
        let run = folder.run(line).code(2);
        assert!(run.out.is_empty(), "{line}: {}", run.out);
        assert!(!run.err.is_empty(), "{line}");
    }
    for command in COMMANDS {
        let run = folder.run(&format!("{command} --help")).code(0);
        assert!(run.out.contains("Usage: clausebook"), "{command}: {}", run.out);
    }
    assert!(folder.run("--version").code(0).out.starts_with("clausebook "));
}

#[test]
fn a_folder_without_a_manual_is_named() {
    let folder = Folder::new();
    for line in ["check", "build", "review", "new policy x"] {
        let run = folder.run(line).code(2);
        assert!(run.err.contains("is not a manual"), "{line}: {}", run.err);
        assert!(run.err.contains("clausebook init"), "{line}: {}", run.err);
        assert!(run.err.contains(&folder.path().display().to_string()), "{line}: {}", run.err);
    }
    assert!(folder.run("-C nowhere check").code(2).err.contains("nowhere"));
    let manual = Folder::manual(1);
    manual.run("-C policies check").code(0);
}

#[test]
fn a_command_works_from_any_folder_of_a_manual() {
    let manual = Folder::manual(1);
    manual.write("policies/later/twin.md", &document(0, "The same id"));
    let run = |folder: &str, line: &str| -> Run {
        let words = line.split_whitespace();
        program(&manual.at(folder)).args(words).finish().expect("the program runs").into()
    };
    let found = run("policies/later", "check --format short").code(1).out;
    assert!(
        found.contains("\ntwin.md:2:5: error[duplicate-id]") || found.starts_with("twin.md:2:5: "),
        "{found}"
    );
    let human = run("policies/later", "check").code(1).out;
    assert!(
        human.contains("--> twin.md:2:5") && human.contains("::: ../guide-0.md:2:5"),
        "{human}"
    );
    run("policies/later", "check twin.md").code(1);
    run("policies/later", "check ../guide-0.md").code(0);
    run("policies", "review").code(0);
    run("policies", "coverage").code(0);
    let new = run("policies/later", "new policy Backups").code(0).out;
    assert!(
        new.trim_end().ends_with("policies/backups.md") || new.trim_end() == "../backups.md",
        "{new}"
    );
    assert!(manual.at("policies/backups.md").exists());
    std::fs::remove_file(manual.at("policies/later/twin.md")).unwrap();
    run("policies/later", "build --drafts").code(0);
    assert!(manual.at("site/index.html").exists());
    run("policies", "build --drafts --out ../elsewhere").code(0);
    assert!(manual.at("elsewhere/index.html").exists());

    // Without settings the customary folders tell; with settings those that they name.
    std::fs::remove_file(manual.at("clausebook.yaml")).unwrap();
    run("policies/later", "check").code(0);
    manual.write("docs/clausebook.yaml", "organization: {name: X}\ncontent: [sms/policies]\n");
    manual.write("docs/sms/policies/guide.md", &document(7, "Words"));
    let inner = run("docs/sms", "check --format short").code(0);
    assert!(inner.err.contains("in 1 document"), "{}", inner.err);
    assert!(inner.out.contains("../clausebook.yaml:1:1"), "{}", inner.out);
}

#[test]
fn findings_are_one_and_go_to_standard_output() {
    let manual = Folder::manual(1);
    let clean = manual.run("check policies/guide-0.md").code(0);
    assert!(clean.err.contains("in 1 document"), "{}", clean.err);
    manual.write("policies/twin.md", &document(0, "The same id"));
    let run = manual.run("check").code(1);
    assert!(run.out.contains("error[duplicate-id]: "), "{}", run.out);
    assert!(run.out.contains("--> policies/twin.md:2:5"), "{}", run.out);
    assert!(run.out.contains("::: policies/guide-0.md:2:5"), "{}", run.out);
    assert!(run.err.contains("1 error"), "{}", run.err);
    assert!(!run.out.contains('\u{1b}'), "colour goes to terminals alone");
}

#[test]
fn a_part_of_the_manual_can_be_shown() {
    let manual = Folder::manual(1);
    manual.write("policies/later/twin.md", &document(0, "The same id"));
    let above = manual.path().parent().unwrap();
    let name = manual.path().file_name().unwrap().to_str().unwrap();
    manual.run("check policies/later").code(1);
    manual.run("check policies/later/twin.md clausebook.yaml").code(1);
    manual.run("check .").code(1);
    manual.run("check clausebook.yaml").code(0);
    let run = manual.run("check policies/nothing.md").code(2);
    assert!(run.err.contains("policies/nothing.md"), "{}", run.err);

    // From elsewhere: paths are those that a terminal there can open.
    let folder = Folder::new();
    for path in ["policies/later", &format!("{name}/policies/later")] {
        let run = program(above).args(["-C", name, "check", "--format", "short", path]).finish();
        let out = String::from_utf8(run.unwrap().stdout).unwrap();
        assert!(
            out.contains(&format!("{name}/policies/later/twin.md:2:5: error[duplicate-id]: ")),
            "{out}"
        );
    }
    let dir = manual.path().display();
    let run = folder.run(&format!("-C {dir} check --format short")).code(1);
    assert!(run.out.contains(&format!("{dir}/policies/later/twin.md:2:5: ")), "{}", run.out);
}

#[test]
fn every_format_says_the_same() {
    let manual = Folder::manual(1);
    manual.write("policies/twin.md", &document(0, "The same id"));
    for format in ["human", "short", "json", "github", "sarif", "junit"] {
        let run = manual.run(&format!("check --format {format}")).code(1);
        assert!(run.out.contains("duplicate-id"), "{format}: {}", run.out);
    }
    let run = manual.run("check --format json").code(1);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let finding = json["findings"].as_array().unwrap();
    let finding = finding.iter().find(|finding| finding["code"] == "duplicate-id").unwrap();
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["file"], "policies/twin.md");
    assert_eq!(finding["document"], "GDL-TST-000");
    assert_eq!(finding["span"]["start"], serde_json::json!({"line": 2, "column": 5}));
    assert_eq!(finding["labels"][0]["file"], "policies/guide-0.md");
    assert_eq!(json["summary"]["documents"], 2);
    assert!(run.err.is_empty(), "{}", run.err);
    // The same manual seen from elsewhere is the same, byte for byte.
    let folder = Folder::new();
    let elsewhere = folder.run(&format!("-C {} check --format json", manual.path().display()));
    assert_eq!(elsewhere.out, run.out);
}

#[test]
fn warnings_fail_when_denied() {
    let manual = Folder::manual(1);
    manual.write("clausebook.yaml", "organization: {name: X}\nrules: {duplicate-id: warning}\n");
    manual.write("policies/twin.md", &document(0, "The same id"));
    manual.run("check").code(0);
    let run = manual.run("check --deny warnings").code(1);
    assert!(run.err.contains("warnings count as errors"), "{}", run.err);
    manual.run("build --drafts").code(0);
    manual.run("build --drafts --deny warnings --out denied").code(1);
    assert!(!manual.at("denied").exists());
}

#[test]
fn what_the_calendar_brought_stops_nothing_unless_it_is_denied() {
    let manual = Folder::manual(0);
    manual.write(
        "policies/a.md",
        "---\nid: GDL-TST-001\ntitle: Title\nkind: guideline\nversion: \"1.0\"\nstatus: approved\n\
         classification: internal\nowner: process-office\nauthor: writer\n\
         approved: {by: director, on: 2025-01-10}\neffective: 2025-01-10\n\
         review: {every: 12 months, last: 2025-01-10, reviewer: director, outcome: confirmed}\n\
         revisions: [{version: \"1.0\", date: 2025-01-05, author: writer, summary: First}]\n\
         waivers: [{rule: weak-wording, until: 2026-01-01, reason: Being rewritten}]\n---\n\n\
         # Title\n\nThings are done as appropriate.\n",
    );
    let settings = "organization: {name: X}\nstandards: []\nrules: {weak-wording: warning, \
                    orphan-document: off, no-organization: off, incomplete-scope: off}\n";
    manual.write("clausebook.yaml", settings);
    manual.run("check --today 2025-12-01 --deny warnings").code(0);
    let late = "check --today 2026-03-01 --format short";
    let run = manual.run(&format!("{late} --deny warnings")).code(0);
    for code in ["review-overdue", "waiver-expired", "weak-wording"] {
        assert!(run.out.contains(code), "{code}: {}", run.out);
    }
    assert!(run.err.contains("only --deny due counts"), "{}", run.err);
    manual.run(&format!("{late} --deny warnings,due")).code(1);
    manual.run(&format!("{late} --deny warnings --deny due")).code(1);
    let settings = settings.replace("weak-wording: warning", "review-overdue: error");
    manual.write("clausebook.yaml", &settings);
    manual.run("build --today 2026-03-01 --deny warnings").code(0);
    manual.run("build --today 2026-03-01 --deny due --out denied").code(1);
    let json = manual.run("check --today 2026-03-01 --format json").code(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.iter().all(|one| one["timed"] == true), "{findings:#?}");
}

#[test]
fn check_and_build_count_the_same_and_the_author_says_what_matters() {
    let manual = Folder::manual(2);
    let settings = "organization: {name: X}\nstandards: []\n";
    manual.write("clausebook.yaml", settings);
    manual.write("themes/default/templates/document.html", "<p>{{ no.such.value }}</p>");
    let counts = |line: &str, code: i32| {
        let run = manual.run(line).code(code);
        (run.out.contains("[theme-fault]"), run.err.lines().next().unwrap_or_default().to_owned())
    };
    let checked = counts("check", 1);
    assert!(checked.0 && checked.1.starts_with("1 error"), "{checked:?}");
    // The pages with the mistake are drafts, which this build leaves out.
    assert_eq!(counts("build", 1), checked);
    assert!(!manual.at("site").exists());
    for (level, is_shown) in [("warning", true), ("off", false)] {
        manual.write("clausebook.yaml", &format!("{settings}rules: {{theme-fault: {level}}}\n"));
        let checked = counts("check", 0);
        assert_eq!(checked.0, is_shown, "{level}");
        assert_eq!(counts("build --drafts", 0), checked);
        let page = manual.read("site/documents/GDL-TST-000/index.html");
        assert!(page.contains("First words"), "the built-in template draws it: {page}");
    }
    manual.write("themes/default/templates/document.html", "{% if %}");
    assert!(!counts("build --drafts", 0).0);
}

#[test]
fn what_was_typed_is_what_is_spoken_of() {
    let manual = Folder::manual(1);
    manual.write("inner/clausebook.yaml", "organization: {name: X}\nstandards: []\n");
    manual.write("inner/policies/a.md", &document(1, "Words"));
    let said = |line: &str| manual.run(line).code(2).err;
    assert!(!said("-C inner build --drafts --out ..").contains("top of the disk"));
    assert!(said("build --out /").contains("top of the disk"));
    assert!(said("build --base-url nonsense").contains("https://"));
    assert!(said("serve --port x").contains("write a number"));
    assert!(said("review --within -3d").contains("write a length of time"));
    assert!(said("explain 99.9").contains("clausebook coverage"));
}

#[test]
fn people_see_the_worst_last_and_the_rest_in_few_words() {
    let manual = Folder::manual(1);
    manual.write(
        "clausebook.yaml",
        "organization: {name: X}\nstandards: []\nrules: {dangling-anchor: warning}\n",
    );
    manual.write("policies/b.md", &document(1, &"See [there](#nowhere). ".repeat(30)));
    manual.write("policies/a.md", &document(0, "The same id"));
    let run = manual.run("check").code(1);
    let (warning, error) = (run.out.rfind("warning["), run.out.find("error["));
    assert!(warning.is_some() && warning < error, "{}", run.out);
    assert!(run.out.contains("policies/b.md: "), "{}", run.out);
    assert_eq!(run.out.matches("warning[dangling-anchor]").count(), 3, "{}", run.out);
    assert!(run.out.contains(" more of dangling-anchor: --all shows them"), "{}", run.out);
    assert!(!run.out.contains("note["), "{}", run.out);
    assert!(run.err.contains("notes: --notes shows them"), "{}", run.err);
    let all = manual.run("check --all --notes").code(1);
    assert!(all.out.matches("warning[dangling-anchor]").count() > 20, "{}", all.out);
    assert!(all.out.contains("note["), "{}", all.out);
    let (all, some) = (all.err.lines().next(), run.err.lines().next());
    assert_eq!(all, some, "what is not shown is counted all the same");
    let build = manual.run("build --drafts").code(1);
    assert_eq!(build.err.lines().next(), some);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let manual = Folder::manual(300);
    for number in 0..300 {
        manual.write(&format!("policies/guide-{number}.md"), &document(0, "The same id"));
    }
    let mut child = program(manual.path())
        .args(["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    assert_eq!(deadline::end(&mut child, "check").code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let manual = Folder::manual(1);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut child = program(manual.path())
        .args(["check", "--format", "json"])
        .stdout(full)
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    assert_eq!(deadline::end(&mut child, "check").code(), Some(2));
}

#[test]
fn rules_explain_themselves() {
    let folder = Folder::new();
    let all = folder.run("explain").code(0);
    assert!(all.out.contains("duplicate-id"), "{}", all.out);
    for line in all.out.lines().filter(|line| line.starts_with("  ")) {
        let code = line.split_whitespace().next().unwrap();
        let page = folder.run(&format!("explain {code}")).code(0);
        assert!(page.out.starts_with(&format!("{code} (")), "{}", page.out);
        assert!(page.out.contains("Mend it"), "{}", page.out);
        assert!(!page.out.contains("```"), "{}", page.out);
    }
    let run = folder.run("explain duplicate-ids").code(2);
    assert!(run.err.contains("did you mean `duplicate-id`?"), "{}", run.err);
}

#[test]
fn schemas_are_those_in_the_repository() {
    let folder = Folder::new();
    folder.run("schema --write fresh").code(0);
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/front-matter");
    let kept = crate::support::files(std::path::Path::new(kept));
    let hint = "run `cargo run -- schema --write` and commit what it changes";
    assert_eq!(folder.files("fresh"), kept, "{hint}");
    let kinds = folder.run("schema").code(0);
    for kind in kinds.out.lines() {
        let schema: serde_json::Value =
            serde_json::from_str(&folder.run(&format!("schema {kind}")).code(0).out).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    assert!(folder.run("schema proces").code(2).err.contains("did you mean `process`?"));
}

#[test]
fn shells_and_readers_of_manuals_are_served() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&format!("completions {shell}")).code(0).out.contains("clausebook"));
    }
    assert!(folder.run("man").code(0).out.contains(".TH clausebook 1"));
    folder.run("man pages").code(0);
    for command in COMMANDS {
        assert!(folder.read(&format!("pages/clausebook-{command}.1")).contains(command));
    }
}

#[test]
fn the_readme_names_every_command() {
    let readme = include_str!("../../README.md");
    for command in COMMANDS {
        assert!(readme.contains(&format!("`clausebook {command}")), "{command}");
    }
}

#[test]
fn reviews_are_listed_by_urgency() {
    let manual = Folder::manual(0);
    for (id, last) in [("A", "2025-01-10"), ("B", "2025-03-01"), ("C", "2025-12-01")] {
        let text = format!(
            "---\nid: {id}\ntitle: Title {id}\nkind: guideline\nversion: \"1.0\"\nstatus: approved\n\
             owner: process-office\napproved: {{by: director, on: {last}}}\n\
             review: {{every: 12 months, last: {last}, reviewer: desk, outcome: confirmed}}\n---\n# Title {id}\n"
        );
        manual.write(&format!("policies/{id}.md"), &text);
    }
    let run = manual.run("review --today 2026-02-15").code(1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", run.out);
    assert!(lines[1].starts_with("2026-01-10  36 days late  A"), "{}", run.out);
    assert!(lines[2].starts_with("2026-03-01  in 14 days    B"), "{}", run.out);
    let all = manual.run("review --today 2026-02-15 --within 12m --format json").code(1);
    let json: serde_json::Value = serde_json::from_str(&all.out).unwrap();
    assert_eq!(json["reviews"].as_array().unwrap().len(), 3);
    assert_eq!(json["reviews"][0]["state"], "overdue");
    assert_eq!(json["as_of"], "2026-02-15");
    let calendar = manual.run("review --today 2026-02-15 --within 12m --format ics").code(1).out;
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3, "{calendar}");
    assert!(calendar.contains("UID:A.2026-01-10@clausebook"), "{calendar}");
    manual.run("review --today 2026-01-10").code(0);
    manual.run("review --today 2026-02-15 --owner nobody").code(2);
    manual.run("review --today 2026-02-15 --owner process-office").code(1);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let (folder, other) = (Folder::manual(1), Folder::new());
    other.write("victim", "precious");
    other.write("out/x", "");
    folder.run("schema --write schema/front-matter").code(0);
    std::fs::remove_file(folder.at("schema/front-matter/process.json")).unwrap();
    symlink(other.at("victim"), folder.at("schema/front-matter/process.json")).unwrap();
    let run = folder.run("schema --write schema/front-matter").code(2);
    assert!(run.err.contains("process.json"), "{}", run.err);
    assert_eq!(other.read("victim"), "precious");
    std::fs::rename(folder.at("policies"), folder.at("aside")).unwrap();
    symlink(other.at("out"), folder.at("policies")).unwrap();
    folder.run("new policy Title").code(2);
    assert_eq!(other.files("out").len(), 1);
}

#[test]
fn an_address_of_the_site_begins_nothing_of_its_own_in_a_calendar() {
    let folder = Folder::manual(1);
    folder.write(
        "policies/guide.md",
        "---\nid: GDL-TST-900\ntitle: Guide\nkind: guideline\nversion: \"1.0\"\nstatus: approved\n\
         owner: owner\nauthor: writer\napproved: {by: boss, on: 2026-01-07}\neffective: 2026-01-08\n\
         review: {every: 12 months, last: 2026-01-07, reviewer: boss, outcome: confirmed}\n\
         revisions:\n  - {version: \"1.0\", date: 2026-01-03, author: writer, summary: First issue}\n\
         ---\n\n# Guide\n\nWords.\n",
    );
    folder.write(
        "clausebook.yaml",
        "standards: []\nrules: {bad-address: warning}\n\
         site: {base_url: \"https://x.example/\\r\\nEND:VEVENT\\r\\nSUMMARY:evil\"}\n",
    );
    folder.run("build --drafts --today 2026-06-15").code(0);
    let calendar = folder.read("site/reviews.ics");
    assert!(calendar.contains("BEGIN:VEVENT"), "{calendar}");
    assert!(!calendar.contains("evil"), "{calendar}");
}

#[test]
fn what_a_stranger_brings_can_be_left_out() {
    let folder = Folder::manual(1);
    folder.write(
        "clausebook.yaml",
        "standards: [own]\nrules: {orphan-document: off}\n\
         site: {theme: own, logo: themes/own/assets/logo.svg}\n",
    );
    folder.write("themes/own/templates/document.html", "{{ broken");
    folder.write("themes/own/assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    folder.write("schema/own/standard.yaml", "nonsense: [");
    let run = folder.run("check --format short").code(1);
    assert!(
        run.out.contains("bad-clause-schema") && run.out.contains("theme-fault"),
        "{}",
        run.out
    );
    let run = folder.run("check --format short --no-theme --no-schema").code(0);
    assert!(!run.out.contains("clause-schema") && !run.out.contains("theme"), "{}", run.out);
    folder.run("build --drafts --no-theme --no-schema").code(0);
    assert!(folder.files("site").keys().all(|file| !file.contains("logo")));
}

#[test]
fn nothing_that_is_printed_commands_a_terminal_or_a_log() {
    let folder = Folder::manual(1);
    let name = "policies/##vso[task.setvariable]x\u{9b}31m.md";
    let text =
        document(9, "").replace("\n\n", "\n\n::add-mask::x ##[group]y \u{202e}[[NO-SUCH-99]]\n\n");
    folder.write(name, &text);
    for line in [
        "check",
        "check --format short",
        "check --format json",
        "check --format sarif",
        "check --format junit",
        "check --format github",
        "review",
        "coverage",
        "check --fix --dry-run",
    ] {
        let run = folder.run(line);
        for (stream, what) in [(&run.out, "out"), (&run.err, "err")] {
            for bad in ["##[", "##vso[", "\u{9b}", "\u{202e}"] {
                assert!(!stream.contains(bad), "{line} says {bad:?} on {what}: {stream}");
            }
            let commands = stream.lines().filter(|line| line.trim_start().starts_with("::"));
            let own = commands.filter(|one| {
                !one.starts_with("::error ")
                    && !one.starts_with("::warning ")
                    && !one.starts_with("::notice ")
            });
            assert_eq!(own.count(), 0, "{line}: {stream}");
        }
    }
}

/// A pipeline passes on what somebody called a branch or a merge request.
#[test]
fn what_was_typed_commands_neither_a_terminal_nor_a_log() {
    let folder = Folder::new();
    let typed = "x\u{1b}]0;y\u{7}\u{9b}31m\u{202e}\n::add-mask::y\n##vso[z]y\n##teamcity[z]";
    for line in [&["check", "--format", typed][..], &["build", "--audience", typed], &[typed]] {
        let run: Run = program(folder.path())
            .env("CLICOLOR_FORCE", "1")
            .args(line)
            .finish()
            .expect("the program runs")
            .into();
        let run = run.code(2);
        let hidden = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'];
        assert!(run.err.contains("error") && !run.err.contains(hidden), "{:?}", run.err);
        assert!(!run.err.lines().any(|it| it.trim_start().starts_with("::add")), "{}", run.err);
        assert!(!run.err.contains("##vso[") && !run.err.contains("##teamcity["), "{}", run.err);
    }
}
