//! Modules import only what ARCHITECTURE.md allows them to: its table is read, and `src/` with it.

use std::collections::BTreeMap;
use std::path::Path;

/// What each module may import, as paths below `crate::`.
fn allowed() -> BTreeMap<String, Vec<String>> {
    let page = include_str!("../../ARCHITECTURE.md");
    let rows = page.lines().skip_while(|line| !line.starts_with("| module |")).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let names = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    rows.flat_map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        let may = names(cells[2]);
        names(cells[1]).into_iter().map(move |module| (module, may.clone()))
    })
    .collect()
}

/// The paths below `crate::` that a text names, comments left out.
fn imports(text: &str) -> Vec<String> {
    let code: Vec<&str> =
        text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let path = |text: &str| -> String {
            text.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect()
        };
        match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split("};").next().unwrap_or_default();
                let mut depth = 0;
                let top = group.split(|c| match c {
                    '{' => {
                        depth += 1;
                        false
                    }
                    '}' => {
                        depth -= 1;
                        false
                    }
                    c => c == ',' && depth == 0,
                });
                found.extend(top.map(|item| path(item.trim())).filter(|item| !item.is_empty()));
            }
            None => found.push(path(rest)),
        }
    }
    found
}

#[test]
fn no_module_imports_what_it_may_not() {
    let allowed = allowed();
    assert!(allowed.len() > 10, "the table of ARCHITECTURE.md was not found: {allowed:?}");
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut wrong = Vec::new();
    for entry in walkdir::WalkDir::new(src).sort_by_file_name() {
        let entry = entry.expect("src can be read");
        if entry.path().extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let below = entry.path().strip_prefix(src).expect("below src");
        let first = below.iter().next().expect("a name").to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        // A station's own tests may use the stations before it, and the order that joins them.
        if module == "lib" || below.ends_with("tests.rs") {
            continue;
        }
        let Some(may) = allowed.get(&module) else {
            wrong.push(format!("{module} is not in the table"));
            continue;
        };
        let text = std::fs::read_to_string(entry.path()).expect("a source file");
        for import in imports(&text) {
            let is_below =
                |above: &String| import == *above || import.starts_with(&format!("{above}::"));
            if !is_below(&module) && !may.iter().any(is_below) {
                wrong.push(format!("{} imports crate::{import}", below.display()));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "use crate::text::Span; // crate::cli\nuse crate::{diag, model::{value::Date, front}};\n\
                fn f() -> crate::source::Sources { $crate::x }";
    assert_eq!(imports(text), ["text::Span", "diag", "model::", "source::Sources"]);
}
