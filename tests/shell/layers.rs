//! Modules import only what ARCHITECTURE.md allows them to: its table is read, and `src/` with it. No
//! two files import from each other, whatever lies between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::{graph, sources};

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

#[test]
fn no_module_imports_what_it_may_not() {
    let allowed = allowed();
    assert!(allowed.len() > 10, "the table of ARCHITECTURE.md was not found: {allowed:?}");
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(module) = source.module.first() else { continue };
        let Some(may) = allowed.get(module) else {
            wrong.push(format!("{module} is not in the table"));
            continue;
        };
        for import in source.imports() {
            let path = import.path.join("::");
            let is_below =
                |above: &String| path == *above || path.starts_with(&format!("{above}::"));
            if !path.is_empty() && !is_below(module) && !may.iter().any(is_below) {
                wrong.push(format!("{} imports crate::{path}", source.path));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a `mod.rs` exports again is imported from the file that defines it. What it defines itself all
/// files of its folder have in common, so it is left out here.
#[test]
fn no_two_files_import_from_each_other() {
    let sources = sources();
    let mut graph = graph(&sources);
    let fronts: BTreeSet<&str> =
        sources.iter().filter(|one| one.is_front()).map(|one| one.path.as_str()).collect();
    graph.retain(|file, _| !fronts.contains(file));
    for imports in graph.values_mut() {
        imports.retain(|file| !fronts.contains(file));
    }
    // What a file reaches, over others.
    let reached = |from: &str| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = open.pop() {
            for next in graph.get(file.as_str()).into_iter().flatten() {
                if reached.insert((*next).to_owned()) {
                    open.push((*next).to_owned());
                }
            }
        }
        reached
    };
    let all: BTreeMap<&str, BTreeSet<String>> =
        graph.keys().map(|file| (*file, reached(file))).collect();
    let reaches = |from: &str, to: &str| all.get(from).is_some_and(|files| files.contains(to));
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for file in all.keys().filter(|file| reaches(file, file)) {
        let same = all.keys().filter(|other| reaches(file, other) && reaches(other, file));
        circles.insert(same.copied().collect());
    }
    let circles: Vec<String> = circles.iter().map(|circle| circle.join(" ↔ ")).collect();
    assert!(circles.is_empty(), "files that import from each other:\n{}", circles.join("\n"));
}
