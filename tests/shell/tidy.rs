//! Every source file opens with what it is for, is short enough to be read, and leaves nothing
//! undone.

use std::path::Path;

/// Most lines of a file, its tests not counted.
const MOST: usize = 400;

/// How a longer file says why.
const NOTE: &str = "//! Longer than most: ";

#[test]
fn files_are_tidy() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.expect("the sources can be read");
            if entry.path().extension().is_none_or(|end| end != "rs") {
                continue;
            }
            let shown = entry.path().display();
            let text = std::fs::read_to_string(entry.path()).expect("a source file");
            if !text.starts_with("//! ") {
                wrong.push(format!("{shown} does not open with what it is for"));
            }
            let code = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
            let is_test = folder.ends_with("tests") || entry.path().ends_with("tests.rs");
            if code > MOST && !is_test && !text.contains(NOTE) {
                wrong.push(format!("{shown} has {code} lines and no `{NOTE}…`"));
            }
            for (number, line) in text.lines().enumerate() {
                let comment = line.trim_start().strip_prefix("//");
                // In code marks it is spoken of, not left.
                let left = |comment: &str| comment.replace("`TODO`", "").contains("TODO");
                let undone = comment.is_some_and(left);
                if undone {
                    wrong.push(format!("{shown}:{} leaves something undone", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_readme_gives_a_reason_for_every_library() {
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("| library | for |").expect("a table of libraries");
    let listed: Vec<&str> = table
        .lines()
        .skip(2)
        .take_while(|row| row.starts_with('|'))
        .flat_map(|row| row.split('|').nth(1).unwrap_or_default().split(','))
        .map(str::trim)
        .collect();
    let text = all_sources();
    let cargo = include_str!("../../Cargo.toml");
    let mut section = "";
    for line in cargo.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies")
            && let Some((name, _)) = line.split_once(" = ")
            && !name.starts_with('#')
        {
            assert!(listed.contains(&name), "{name} is not in the README's table");
            let path = format!("{}::", name.replace('-', "_"));
            assert!(text.contains(&path), "{name} is used nowhere");
        }
    }
    let packages = include_str!("../../Cargo.lock").matches("[[package]]").count();
    assert!(readme.contains(&format!("{packages} packages")), "there are {packages} packages");
}

/// The text of every source file that may use a library.
fn all_sources() -> String {
    let mut text = String::new();
    for folder in ["src", "tests", "benches"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.expect("the sources can be read");
            if entry.path().extension().is_some_and(|end| end == "rs") {
                text += &std::fs::read_to_string(entry.path()).expect("a source file");
            }
        }
    }
    text
}
