//! The same manual on the same day gives the same bytes: in any folder, time zone and language, on
//! any number of cores, in whatever order the disk lists its files.

use std::collections::BTreeMap;
use std::path::Path;

use crate::deadline::Finish as _;
use crate::support::{Folder, files, program};

type Files = Vec<(String, Vec<u8>)>;

/// The starter manual, with pictures.
fn sources() -> Files {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for name in ["clausebook.yaml", "policies", "processes"] {
        for entry in walkdir::WalkDir::new(top.join(name)).sort_by_file_name() {
            let entry = entry.expect("the starter manual can be read");
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(top).expect("below the top");
                let bytes = std::fs::read(entry.path()).expect("a file");
                found.push((path.to_string_lossy().replace('\\', "/"), bytes));
            }
        }
    }
    found
}

/// Writes a manual, builds it, and answers with the checksums of its site.
fn site(files: &Files, folder: &str, vary: &[(&str, &str)]) -> BTreeMap<String, String> {
    let place = Folder::new();
    let top = place.at(folder);
    for (path, bytes) in files {
        let path = top.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let mut command = program(&top);
    command.args(["build", "--drafts", "--today", "2026-11-22"]).envs(vary.iter().copied());
    let output = command.finish().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    crate::support::files(&top.join("site"))
}

#[test]
fn a_site_is_the_same_everywhere() {
    let mut manual = sources();
    let one = site(&manual, "one", &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C")]);
    assert!(one.len() > 200, "{} files are no site", one.len());
    // Everything at once; what is to blame for a difference, the next test tells.
    manual.reverse();
    let other = [
        ("RAYON_NUM_THREADS", "7"),
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("USER", "somebody"),
        ("HOME", "/nowhere"),
    ];
    assert_eq!(site(&manual, "a folder/with ä name", &other), one);
}

#[test]
fn nothing_around_a_manual_gets_into_its_site() {
    let plain = Folder::manual(12);
    let read = |path: String| (path.clone(), std::fs::read(plain.at(&path)).expect("a file"));
    let mut manual: Files = files(plain.path()).into_keys().map(read).collect();
    let one = site(&manual, "one", &[]);
    assert_eq!(site(&manual, "ünder/another folder", &[]), one, "folder");
    for vary in [
        ("RAYON_NUM_THREADS", "1"),
        ("RAYON_NUM_THREADS", "5"),
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/Anchorage"),
        ("LANG", "de_DE.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
        ("USER", "somebody"),
        ("HOSTNAME", "elsewhere"),
        ("SOURCE_DATE_EPOCH", "1"),
    ] {
        assert_eq!(site(&manual, "one", &[vary]), one, "{vary:?}");
    }
    manual.reverse();
    assert_eq!(site(&manual, "one", &[]), one, "files written in another order");
    manual.rotate_left(5);
    assert_eq!(site(&manual, "one", &[]), one, "files written in a third order");
}
