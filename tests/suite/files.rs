//! Files that cannot be committed to a repository that everybody can check out: names that are not
//! UTF-8, files of a size that nobody wrote, links to elsewhere.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use clausebook::source::MAX_BYTES;

use crate::support::Case;

/// The findings in a manual whose policies `fill` puts there, one line each.
fn found(fill: impl FnOnce(&Path)) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temp folder can be made");
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).expect("a new folder takes another");
    let settings = folder.path().join("clausebook.yaml");
    std::fs::write(settings, "standards: []\n").expect("a new folder takes a file");
    fill(&policies);
    Case::from_dir(folder.path()).found().iter().map(ToString::to_string).collect()
}

#[test]
fn a_name_that_is_not_utf_8_is_reported() {
    let found = found(|policies| {
        std::fs::write(policies.join(OsStr::from_bytes(b"p\xffolicy.md")), "---\n").unwrap();
    });
    assert_eq!(
        found,
        ["policies/p\u{fffd}olicy.md:1:  error 1-1 unreadable-file: the name of the file \
          `policies/p\u{fffd}olicy.md` is not UTF-8"]
    );
}

#[test]
fn a_file_too_large_is_not_read() {
    let found = found(|policies| {
        // A hole on the disk: the size is there, the bytes are not.
        File::create(policies.join("large.md")).unwrap().set_len(MAX_BYTES + 1).unwrap();
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("unreadable-file: this file is larger than 4 MiB"), "{}", found[0]);
}

#[test]
fn no_link_is_followed_wherever_it_leads() {
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("secret.md"), "---\nid: SECRET\n---\n").unwrap();
    std::fs::create_dir(elsewhere.path().join("folder")).unwrap();
    std::fs::write(elsewhere.path().join("folder/more.md"), "---\nid: MORE\n---\n").unwrap();
    let found = found(|policies| {
        symlink(elsewhere.path().join("secret.md"), policies.join("link.md")).unwrap();
        symlink(elsewhere.path().join("folder"), policies.join("folder")).unwrap();
        symlink("link.md", policies.join("loop.md")).unwrap();
        std::fs::write(policies.join("plain.txt"), "text").unwrap();
        symlink("plain.txt", policies.join("inner.txt")).unwrap();
        symlink(elsewhere.path().join("nothing.png"), policies.join("picture.png")).unwrap();
    });
    let text = found.join("\n");
    assert!(!text.contains("SECRET") && !text.contains("MORE"), "{text}");
    for name in ["link.md", "folder", "loop.md", "inner.txt", "picture.png"] {
        assert!(text.contains(&format!("policies/{name}:1:  error 1-1 unreadable-file")), "{text}");
    }
}

#[test]
fn names_that_not_every_system_can_hold_are_told() {
    let document = |id: &str| {
        format!(
            "---\nid: {id}\ntitle: T {id}\nkind: policy\nversion: \"0.1\"\nstatus: draft\n\
             owner: a\n---\n\n# T {id}\n\nWords.\n"
        )
    };
    let paths = [
        "policies/aux/one.md",
        "policies/aux/two.md",
        "policies/Who signs?.md",
        "policies/con.md",
        "policies/console.md",
        "policies/Roles.md",
        "policies/roles.md",
        "policies/\u{dc}ber.md",
        "policies/U\u{308}ber.md",
        "policies/über uns (Kopie).md",
    ];
    let texts: Vec<String> =
        (10..).take(paths.len()).map(|n| document(&format!("POL-{n}"))).collect();
    let settings = "standards: []\nrules: {orphan-document: off}\n";
    let files = paths.into_iter().zip(texts.iter().map(String::as_str));
    let case = Case::from_memory(files.chain([("clausebook.yaml", settings)]));
    let found = case.found();
    let told: Vec<&str> = found.iter().map(|one| one.path.as_str()).collect();
    assert!(found.iter().all(|one| one.code == "unportable-name"), "{found:#?}");
    let expected = [
        "policies/Who signs?.md",
        "policies/aux/one.md",
        "policies/con.md",
        "policies/roles.md",
        "policies/\u{dc}ber.md",
    ];
    assert_eq!(told, expected, "{found:#?}");
}

#[test]
fn an_id_that_would_name_a_device_or_the_page_of_a_list_is_told_at_its_place() {
    for (id, is_refused) in [
        ("index.html", true),
        ("Index.HTML", true),
        ("CON.1", true),
        ("lpt9", true),
        ("console", false),
        ("index.htm", false),
    ] {
        let text = format!(
            "---\nid: {id}\ntitle: T\nkind: policy\nversion: \"0.1\"\nstatus: draft\nowner: a\n---\n\n\
             # T\n\nWords.\n"
        );
        let settings = "standards: []\nrules: {orphan-document: off}\n";
        let files = [("policies/a.md", text.as_str()), ("clausebook.yaml", settings)];
        let found = Case::from_memory(files).found();
        let at: Vec<_> =
            found.iter().map(|one| (one.code.as_str(), one.line, one.column)).collect();
        let expected: &[_] = if is_refused { &[("wrong-type", 2, 5)] } else { &[] };
        assert_eq!(at, expected, "{id}: {found:#?}");
    }
}

#[test]
fn pictures_and_folders_that_are_one_on_some_disks_are_told_of() {
    let text = "---\nid: POL-01\ntitle: T\nkind: policy\nversion: \"0.1\"\nstatus: draft\nowner: a\n---\n\n\
                # T\n\nWords.\n";
    let files = [
        ("policies/a.md", text),
        ("policies/flow.png", "x"),
        ("policies/Flow.png", "x"),
        ("policies/files/one.pdf", "x"),
        ("policies/Files/two.pdf", "x"),
        ("themes/default/assets/aux.css", "x"),
        ("clausebook.yaml", "standards: []\nrules: {orphan-document: off}\n"),
    ];
    let found = Case::from_memory(files).found();
    let told: Vec<_> = found.iter().filter(|one| one.code == "unportable-name").collect();
    let has = |what: &str| told.iter().any(|one| one.text.contains(what));
    assert_eq!(told.len(), 3, "{found:#?}");
    assert!(has("flow.png") && has("policies/files") && has("aux.css"), "{told:#?}");
}
