//! What each file of `src/` imports: paths of `use` and of expressions, `super` and `self` followed,
//! re-exports traced to the file that defines a name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A path below `crate`, one word a step.
pub(crate) type Steps = Vec<String>;

/// A file of `src/`, its own tests left out.
pub(crate) struct Source {
    /// Its path below `src/`.
    pub(crate) path: String,
    /// The path of its module.
    pub(crate) module: Steps,
    code: String,
}

/// A path that a file names.
pub(crate) struct Import {
    /// From the top of the crate.
    pub(crate) path: Steps,
    /// Whether it is exported again under its last word.
    is_exported: bool,
}

/// All files of `src/` but those of tests.
pub(crate) fn sources() -> Vec<Source> {
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let entries = walkdir::WalkDir::new(src).sort_by_file_name().into_iter();
    let entries = entries.map(|entry| entry.expect("src can be read").into_path());
    let paths = entries.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let is_test = |path: &String| path.ends_with("tests.rs");
    let below = |path: &Path| {
        let below = path.strip_prefix(src).expect("below src");
        below.to_string_lossy().replace('\\', "/")
    };
    let read = |path: String| {
        let text = std::fs::read_to_string(src.join(&path)).expect("a source file");
        Source::new(&path, &text)
    };
    paths.map(|path| below(&path)).filter(|path| !is_test(path)).map(read).collect()
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut module: Steps =
            path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib") {
            module.pop();
        }
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let code: Vec<&str> =
            text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        Source { path: path.to_owned(), module, code: code.join("\n") }
    }

    /// Whether it is what the files of a folder have in common.
    pub(crate) fn is_front(&self) -> bool {
        self.path.ends_with("mod.rs")
    }

    /// Every path that it names, from the top of the crate; those of libraries are not told.
    pub(crate) fn imports(&self) -> Vec<Import> {
        let (mut found, mut rest) = (Vec::new(), String::new());
        for statement in self.code.split_inclusive(';') {
            let start = statement.rfind("use ").filter(|start| {
                let before = statement[..*start].chars().next_back();
                before.is_none_or(char::is_whitespace) && statement.ends_with(';')
            });
            let Some(start) = start else {
                rest += statement;
                continue;
            };
            let before = statement[..start].rsplit(['\n', '}']).next().unwrap_or_default();
            let is_exported = before.trim_start().starts_with("pub");
            let tree = statement[start + 4..].trim_end_matches(';');
            let mut paths = Vec::new();
            expand(&[], tree, &mut paths);
            let paths = paths.into_iter().filter_map(|path| self.absolute(&path));
            found.extend(paths.map(|path| Import { path, is_exported }));
            rest += &statement[..start];
        }
        for (at, _) in rest.match_indices("::") {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            let start = rest[..at].rfind(|c| !word(c)).map_or(0, |before| before + 1);
            // The first word of a path alone.
            if !rest[..start].ends_with("::") && !rest[..start].ends_with('$') {
                let end =
                    rest[start..].find(|c| !word(c) && c != ':').unwrap_or(rest.len() - start);
                let path: Steps = steps(&rest[start..start + end]);
                let path = self.absolute(&path);
                found.extend(path.map(|path| Import { path, is_exported: false }));
            }
        }
        found
    }

    /// A path from the top of the crate; nothing for one that begins with something else than
    /// `crate`, `self`, `super`.
    fn absolute(&self, path: &[String]) -> Option<Steps> {
        let (first, mut rest) = path.split_first()?;
        let mut from = match first.as_str() {
            "crate" => Steps::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        if first == "super" {
            from.pop();
            while rest.first().is_some_and(|step| step == "super") {
                from.pop();
                rest = &rest[1..];
            }
        }
        from.extend(rest.iter().cloned());
        Some(from)
    }
}

fn steps(path: &str) -> Steps {
    let steps = path.split("::").map(|step| step.split(" as ").next().unwrap_or_default().trim());
    steps.filter(|step| !step.is_empty()).map(str::to_owned).collect()
}

/// Takes a tree of `use` apart: `a::{b, c::{self, d}}`.
fn expand(above: &[String], tree: &str, paths: &mut Vec<Steps>) {
    let Some((before, group)) = tree.split_once('{') else {
        let own = steps(tree).into_iter().filter(|step| step != "self" || above.is_empty());
        paths.push(above.iter().cloned().chain(own).collect());
        return;
    };
    let above = [above, &steps(before)].concat();
    let group = group.trim_end();
    let group = group.strip_suffix('}').unwrap_or(group);
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                expand(&above, &group[start..at], paths);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !group[start..].trim().is_empty() {
        expand(&above, &group[start..], paths);
    }
}

/// For each file, the files that it imports from.
pub(crate) fn graph(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let files: BTreeMap<&Steps, &Source> = sources.iter().map(|one| (&one.module, one)).collect();
    let imports: Vec<(&Source, Vec<Import>)> =
        sources.iter().map(|one| (one, one.imports())).collect();
    // The file of a path, and the name in it.
    let file = |path: &Steps| -> Option<(&Source, Option<String>)> {
        (0..=path.len()).rev().find_map(|length| {
            let source = files.get(&path[..length].to_vec())?;
            Some((*source, path.get(length).cloned()))
        })
    };
    let mut exports: BTreeMap<(&str, String), Steps> = BTreeMap::new();
    for (source, imports) in &imports {
        for import in imports.iter().filter(|import| import.is_exported) {
            if let Some(name) = import.path.last() {
                exports.insert((&source.path, name.clone()), import.path.clone());
            }
        }
    }
    let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (source, imports) in &imports {
        for import in imports {
            let mut path = import.path.clone();
            // So often a name may be exported again.
            for _ in 0..4 {
                let Some((from, Some(name))) = file(&path) else { break };
                match exports.get(&(from.path.as_str(), name)) {
                    Some(defined) if from.path != source.path => path.clone_from(defined),
                    _ => break,
                }
            }
            if let Some((to, _)) = file(&path).filter(|(to, _)| to.path != source.path) {
                graph.entry(&source.path).or_default().insert(&to.path);
            }
        }
    }
    graph
}

#[test]
fn paths_are_found_in_every_form() {
    let source = Source::new(
        "model/front/role.rs",
        "use crate::text::Span; // crate::cli\npub use super::{Kind, name::{self, Name as N}};\n\
         use crate::{diag, value::{Date, day}};\nuse serde::de;\n\
         fn f() -> super::super::Source { crate::x::y(self::z::A); $crate::no; Vec::new() }",
    );
    let found = source.imports();
    let found: Vec<String> = found.iter().map(|import| import.path.join("::")).collect();
    let expected = [
        "text::Span",
        "model::front::Kind",
        "model::front::name",
        "model::front::name::Name",
        "diag",
        "value::Date",
        "value::day",
        "model::Source",
        "x::y",
        "model::front::role::z::A",
    ];
    assert_eq!(found, expected);
}
