//! What a firm has becomes a manual that builds at once.

use crate::support::Folder;

/// A folder of documents as other tools have them.
fn source() -> Folder {
    let folder = Folder::new();
    folder.write(
        "isms/index.md",
        "# Our rules\n\n- [Backups](backup.md)\n- [Incidents](/procs/incident/)\n",
    );
    folder.write(
        "isms/backup.md",
        "# Backup policy\n\n| Document ID | POL-7 |\n|---|---|\n| Owner | Head of IT |\n| Status | Approved \
         |\n| Version | v2.0 |\n\n!!! warning\n    Keep {{ copies }} apart.\n\n![plan](img/Plan%20A.png)\n\n\
         A table that is none:\n| a | b |\n| 1 | 2 |\n",
    );
    folder.write("isms/img/Plan A.png", "PNG");
    folder.write(
        "procs/incident.md",
        "---\nname: Incident procedure\nweight: 3\n---\n\nCall the desk.\n",
    );
    folder.write(".hidden/secret.md", "# No\n");
    folder
}

fn adopt(into: &Folder, source: &Folder, more: &str) -> crate::support::Run {
    into.run(&format!("adopt {} {more}", source.path().display()))
}

#[test]
fn what_was_taken_over_builds_at_once() {
    let (source, manual) = (source(), Folder::new());
    let run = adopt(&manual, &source, "").code(0);
    assert!(
        run.err.contains("2 of 2 links hold") || run.err.contains("3 of 3 links hold"),
        "{}",
        run.err
    );
    let policy = manual.read("policies/isms/backup.md");
    for line in ["id: POL-7\n", "owner: head-of-it\n", "status: draft\n", "version: \"2.0\"\n"] {
        assert!(policy.contains(line), "{line}\n{policy}");
    }
    assert!(policy.contains("> [!WARNING]\n> Keep `{{ copies }}` apart.\n"), "{policy}");
    assert!(
        manual.read("policies/role-register.md").contains("{id: head-of-it, title: Head of IT}")
    );
    assert!(manual.at("policies/isms/img/plan-a.png").exists());
    assert!(!run.out.contains("secret"));
    manual.run("build --drafts").code(0);
    assert!(manual.at("site/documents/POL-7/index.html").exists());
}

#[test]
fn nothing_is_written_over_and_a_second_run_changes_nothing() {
    let (source, manual) = (source(), Folder::new());
    adopt(&manual, &source, "--dry-run").code(0);
    assert!(manual.files(".").is_empty());
    adopt(&manual, &source, "").code(0);
    let first = manual.files(".");
    let again = adopt(&manual, &source, "").code(0);
    assert!(again.err.contains("0 files written"), "{}", again.err);
    assert_eq!(manual.files("."), first);
    manual.write("policies/isms/backup.md", "mine\n");
    let third = adopt(&manual, &source, "").code(1);
    assert!(third.err.contains("left alone"), "{}", third.err);
    assert_eq!(manual.read("policies/isms/backup.md"), "mine\n");
}

#[test]
fn names_of_a_firm_and_words_for_machines() {
    let (source, manual) = (Folder::new(), Folder::new());
    source.write("a.md", "---\nsteward: Ada\nstatus: blue\n---\n\n# A\n");
    manual.write("map.yaml", "Steward: owner\nstatus:\n");
    let run = adopt(&manual, &source, "--map map.yaml --format json").code(0);
    let told: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let one = &told["adopted"]["documents"][0];
    assert_eq!(one["kept"], serde_json::json!(["status"]));
    assert!(manual.read("policies/a.md").contains("owner: ada\n"));
    manual.write("map.yaml", "Steward: nothing such\n");
    let wrong = adopt(&manual, &source, "--map map.yaml").code(2);
    assert!(wrong.err.contains("there is no field `nothing such`"), "{}", wrong.err);
}

#[test]
fn what_cannot_be_read_is_told_and_links_are_not_followed() {
    let (source, manual) = (source(), Folder::new());
    source.write("old.doc", "x");
    source.write("broken.docx", "no package");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", source.at("link.md")).expect("a link");
    let run = adopt(&manual, &source, "").code(0);
    assert!(run.out.contains("old.doc: not taken over"), "{}", run.out);
    assert!(run.out.contains("broken.docx: not taken over"), "{}", run.out);
    #[cfg(unix)]
    assert!(run.out.contains("link.md: not taken over: a symbolic link"), "{}", run.out);
    adopt(&manual, &Folder::new(), "").code(2);
}
