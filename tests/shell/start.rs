//! Starting a manual, and a document in it.

use crate::deadline::Finish as _;
use crate::support::{Folder, document, program};

/// Runs `init` with a name that is one argument, whatever stands in it.
fn init(folder: &Folder, name: &str) -> (Option<i32>, String) {
    let run = program(folder.path()).args(["init", "x", "--name", name]).finish();
    let run = run.expect("the program runs");
    (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
}

#[test]
fn a_starter_manual_passes_every_check() {
    for name in ["Example Ltd", "\"Q\" & Söhne: 50% #1", "- o'Neill \\ Co", "007"] {
        let folder = Folder::new();
        let (code, err) = init(&folder, name);
        assert_eq!(code, Some(0), "{err}");
        let before = folder.files("x");
        let again = init(&folder, "Other");
        assert_eq!(again.0, Some(2));
        assert!(again.1.contains("already"), "{}", again.1);
        assert_eq!(folder.files("x"), before);
        let check = folder.run("-C x check --deny warnings");
        assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
        folder.run("-C x build").code(0);
        for path in before.keys().filter(|path| path.ends_with(".md")) {
            let text = folder.read(&format!("x/{path}"));
            assert!(text.contains("\nstatus: draft\n"), "{path}");
            assert!(!text.contains("\napproved:"), "{path}");
            assert!(!text.contains("Aurora"), "{path}");
        }
    }
}

#[test]
fn what_a_repository_has_already_is_left_alone() {
    let folder = Folder::new();
    folder.write("x/.gitignore", "mine\n");
    let (code, err) = init(&folder, "Example Ltd");
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(folder.read("x/.gitignore"), "mine\n");
    assert!(err.contains("x/.gitlab-ci.yml"), "{err}");
    assert!(err.contains("Left as they are, since they are there already: x/.gitignore"), "{err}");
    assert!(folder.read("x/.github/workflows/clausebook.yml").contains("clausebook build"));
}

#[test]
fn the_decisions_are_listed_at_their_lines() {
    let folder = Folder::new();
    let out = folder.run("init x --name Example").code(0).out;
    let (first, list) = out.split_once('\n').unwrap();
    assert_eq!(first, format!("{} decisions are yours to take:", list.lines().count()));
    for decision in list.lines() {
        let (place, what) = decision.split_once(": ").unwrap();
        let (path, line) = place.rsplit_once(':').unwrap();
        let text = folder.read(path);
        let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
        assert!(line.contains(&format!("{{{{ decide: {what} }}}}")), "{decision}");
    }
}

/// A document of a starter manual after its decisions are taken and it is approved.
fn approved(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.find("{{ decide: ") {
        let end = start + text[start..].find("}}").expect("it is there") + 2;
        text.replace_range(start..end, &format!("as decided in no. {start}"));
    }
    let author = text.lines().find_map(|line| line.strip_prefix("author: ")).expect("it is there");
    let history = format!(
        "status: approved\napproved: {{by: service-director, on: 2026-01-02}}\n\
         revisions: [{{version: 0.1, date: 2026-01-01, author: {author}, summary: First issue}}]"
    );
    text.replacen("status: draft", &history, 1)
}

/// The clauses that are documented, of all.
fn documented(folder: &Folder) -> (Vec<String>, usize) {
    let run = folder.run("-C x coverage --today 2026-02-01 --format json");
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("it is there");
    let clauses = json["clauses"].as_array().expect("it is there");
    let documented = clauses.iter().filter(|clause| clause["state"] == "documented");
    let documented =
        documented.map(|clause| clause["clause"].as_str().expect("it is there").to_owned());
    (documented.collect(), clauses.len())
}

#[test]
fn coverage_grows_as_documents_are_approved() {
    let folder = Folder::new();
    folder.run("init x --name Example").code(0);
    assert_eq!(documented(&folder).0, [""; 0]);
    let policy = "x/policies/service-management-policy.md";
    folder.write(policy, &approved(&folder.read(policy)));
    assert_eq!(documented(&folder).0, ["5.1", "5.2.1", "5.2.2"]);
    for path in folder.files("x").keys().filter(|path| path.ends_with(".md")) {
        let path = format!("x/{path}");
        if path != policy {
            folder.write(&path, &approved(&folder.read(&path)));
        }
    }
    let (documented, all) = documented(&folder);
    assert_eq!(documented.len(), all);
    let check = folder.run("-C x check --deny warnings --today 2026-02-01");
    assert_eq!(check.code, Some(0), "{}", check.out);
}

#[test]
fn a_name_that_cannot_be_one_is_refused() {
    for name in ["", "  ", "two\nlines", "a {{ b }}", "tab\there"] {
        let folder = Folder::new();
        let (code, err) = init(&folder, name);
        assert_eq!(code, Some(2), "{name:?}");
        assert!(err.contains("name"), "{err}");
        assert!(!folder.at("x").exists());
    }
}

#[test]
fn any_part_of_a_manual_is_left_alone() {
    for taken in ["policies/", "processes/", "clausebook.yaml"] {
        let folder = Folder::new();
        folder.write("x/README.md", "mine");
        match taken.strip_suffix('/') {
            Some(name) => std::fs::create_dir(folder.at("x").join(name)).unwrap(),
            None => folder.write(&format!("x/{taken}"), ""),
        }
        assert_eq!(init(&folder, "X").0, Some(2));
        let kept = folder.files("x");
        assert!(kept.contains_key("README.md") && kept.len() <= 2, "{kept:?}");
    }
}

#[test]
fn a_new_document_has_the_next_free_id() {
    let manual = Folder::manual(0);
    let run = manual.run("new process Incident --clause 8.6.1").code(0);
    assert_eq!(run.out, "processes/incident.md\n");
    let text = manual.read("processes/incident.md");
    assert!(text.contains("\nid: PRC-INC-01\n"), "{text}");
    assert!(text.contains("\nclauses: [\"8.6.1\"]\n"), "{text}");
    assert!(text.contains("\n## RACI\n\nTODO: "), "{text}");
    assert!(manual.run("new process Incident").code(0).out.ends_with("incident-prc-inc-02.md\n"));
    // An id that was ever used is not used again.
    let old = document(7, "x").replace("GDL-TST-007", "prc-inc-04");
    let old = old.replace("status: draft", "status: draft\nsupersedes: PRC-INC-08");
    manual.write("policies/old.md", &old);
    manual.run("new process Incident").code(0);
    assert!(manual.read("processes/incident-prc-inc-09.md").contains("\nid: PRC-INC-09\n"));
    manual.run("new proces Incident").code(2);
    manual.run("new process x --clause eight").code(2);
}

#[test]
fn a_new_document_of_every_kind_can_be_read() {
    let manual = Folder::manual(0);
    let catalogue = document(1, "What we offer").replace("kind: guideline", "kind: catalogue");
    let service = "services: [{id: SVC-01, title: Hosting}]\nreview:";
    manual.write("policies/catalogue.md", &catalogue.replace("review:", service));
    let kinds = manual.run("schema").out;
    for kind in kinds.lines().filter(|kind| !kind.starts_with("clause") && *kind != "register-type")
    {
        let title = format!("Größe & \"{kind}\": *neu* # 1");
        let run = program(manual.path()).args(["new", kind, &title]).finish().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let path = String::from_utf8(run.stdout).unwrap();
        let run = manual.run(&format!("check --format json {}", path.trim()));
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        for finding in json["findings"].as_array().unwrap() {
            assert_ne!(finding["severity"], "error", "{kind}: {finding}");
        }
    }
}

#[test]
fn a_new_document_gets_a_name_that_every_system_can_hold() {
    let manual = Folder::manual(0);
    assert_eq!(manual.run("new process CON").code(0).out, "processes/prc-con-01.md\n");
    assert_eq!(manual.run("new process Aux").code(0).out, "processes/prc-aux-01.md\n");
    manual.write("processes/EVENTS.MD", &document(7, "x"));
    for title in ["a".repeat(300), "危機管理 🚒".repeat(50), "Who signs? \"A\" | B: #1".into()]
    {
        let run = program(manual.path()).args(["new", "policy", &title]).finish().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let path = String::from_utf8(run.stdout).unwrap();
        let found =
            manual.run(&format!("check --format json {}", path.trim().replace(' ', "?"))).out;
        let json: serde_json::Value = serde_json::from_str(&found).unwrap();
        let findings = json["findings"].as_array().unwrap();
        assert!(findings.iter().all(|one| one["severity"] != "error"), "{findings:#?}");
    }
    let long = program(manual.path()).args(["new", "policy", &"a".repeat(301)]).finish().unwrap();
    assert_eq!(long.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&long.stderr).contains("at most 300 characters"));
}

#[test]
fn what_is_not_published_is_named() {
    let manual = Folder::new();
    manual.write(
        "clausebook.yaml",
        "content: [docs]\nstandards: []\nrules: {missing-front-matter: off}\n",
    );
    for name in ["p1.md", "p2.md", "p3.MD"] {
        manual.write(&format!("docs/{name}"), "# A page\n");
    }
    let run = manual.run("check").code(0);
    assert!(
        run.err.contains("3 files are not published: docs/p1.md, docs/p2.md, docs/p3.MD"),
        "{}",
        run.err
    );
    let run = manual.run("check --format json docs/p1.md").code(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["unpublished"], serde_json::json!(["docs/p1.md"]));
    assert_eq!(json["summary"]["unpublished"], 1);
    let run = manual.run("build").code(2);
    assert!(run.err.contains("no document in docs/ (3 files there"), "{}", run.err);
    manual.write("clausebook.yaml", "content: [docs]\nstandards: []\n");
    let run = manual.run("check").code(1);
    assert!(!run.err.contains("not published"), "told already: {}", run.err);
}
