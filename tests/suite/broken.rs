//! Documents broken in every way that an editor, a merge or a bad disk breaks them: always
//! findings, never a panic, and every finding at a place that exists.

use std::path::{Path, PathBuf};

use crate::support::Case;

/// What is put into a document at some place.
const INSERTS: [&[u8]; 12] = [
    b"",
    b"\xff",
    b"\xc3",
    "é🚒".as_bytes(),
    b"<a ",
    b"[",
    b"\"",
    b"{{",
    b"\n---\n",
    b"\r",
    b": ",
    b"```",
];

#[test]
fn broken_documents_are_findings() {
    let mut variants: Vec<(String, Vec<u8>)> = Vec::new();
    for path in documents() {
        let bytes = std::fs::read(&path).unwrap();
        let places = (0..bytes.len()).step_by(1 + bytes.len() / INSERTS.len());
        for (at, insert) in places.zip(INSERTS.iter().cycle().skip(variants.len())) {
            let name = |kind: &str| format!("policies/{}-{kind}.md", variants.len());
            let cut = (name("cut"), [&bytes[..at], insert].concat());
            let torn = (name("torn"), [&bytes[..at], insert, &bytes[at..]].concat());
            variants.extend([cut, torn]);
        }
    }
    assert!(variants.len() > 500, "{} are too few to mean anything", variants.len());
    variants.push(("clausebook.yaml".into(), b"standards: []\n".to_vec()));
    let case = Case::from_bytes(variants.iter().map(|(path, bytes)| (path.as_str(), &**bytes)));
    for finding in &case.findings.standing {
        let places = finding.labels.iter().map(|label| label.at).chain([finding.at]);
        for at in places {
            let file = case.sources.file(at.file);
            assert!(file.text.get(at.range()).is_some(), "{finding:#?} in {:?}", file.text);
        }
    }
}

/// The documents of all cases.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the cases can be read") {
            let entry = entry.expect("a folder of the cases can be read");
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|end| end == "md") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}
