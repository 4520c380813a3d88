//! An edition for some readers holds no trace of what is above their classification.
//!
//! `tests/leak` is a manual with restricted documents in which every word begins with `zqxj`, and
//! so do their ids, paths, anchors and pictures. The other documents name them in every way in
//! which a document can be named, with no word of their own that begins so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::Folder;

/// What every word of the restricted documents begins with.
const SECRET: &str = "zqxj";

/// The manual, in a folder of its own.
fn manual() -> Folder {
    let folder = Folder::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/leak");
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.expect("the manual can be read");
        let to = folder.path().join(entry.path().strip_prefix(&from).expect("below it"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder");
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
    folder
}

/// The names and contents of all files below a folder, in small letters.
fn everything(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    files
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).expect("below it").to_string_lossy();
            let bytes = std::fs::read(entry.path()).expect("a file of the site");
            (name.to_lowercase(), String::from_utf8_lossy(&bytes).to_lowercase())
        })
        .collect()
}

/// The secret words of a text in small letters.
fn secrets(text: &str) -> BTreeSet<String> {
    let word = |at: usize| text[at..].chars().take_while(char::is_ascii_alphanumeric).collect();
    text.match_indices(SECRET).map(|(at, _)| word(at)).collect()
}

#[test]
fn an_edition_holds_no_trace_of_what_is_above_it() {
    for audience in ["public", "internal", "confidential"] {
        for drafts in ["", "--drafts"] {
            let manual = manual();
            let run =
                manual.run(&format!("build --today 2026-06-15 --audience {audience} {drafts}"));
            let run = run.code(0);
            let site = everything(&manual.at("site"));
            assert!(site.iter().any(|(name, _)| name == "documents/prc-prb-01/index.html"));
            let mut leaks = Vec::new();
            for (name, text) in &site {
                let found = secrets(&format!("{name}\n{text}"));
                if let Some(word) = found.first() {
                    let at = text.find(word).unwrap_or_default();
                    let around = String::from_utf8_lossy(
                        &text.as_bytes()[at.saturating_sub(150)..(at + 80).min(text.len())],
                    );
                    leaks.push(format!("{name}: {found:?}, first in …{around}…"));
                }
            }
            assert!(leaks.is_empty(), "for {audience}:\n{}\n{}", leaks.join("\n"), run.err);
        }
    }
}

#[test]
fn what_is_left_out_is_there_for_those_who_may_read_it() {
    // Else the test above would find nothing, and mean nothing.
    let manual = manual();
    let mut written = BTreeSet::new();
    for path in ["policies/zqxj-register.md", "processes/zqxj-plan.md"] {
        written.extend(secrets(&manual.read(path).to_lowercase()));
    }
    manual.run("build --today 2026-06-15 --audience restricted").code(0);
    let site = everything(&manual.at("site"));
    let shown: String = site.into_iter().map(|(name, text)| name + &text).collect();
    let missing: Vec<&String> = written.iter().filter(|word| !shown.contains(*word)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn links_to_what_is_left_out_are_plain_text() {
    let manual = manual();
    manual.run("build --today 2026-06-15 --audience internal").code(0);
    let page = manual.read("site/documents/PRC-PRB-01/index.html");
    assert!(page.contains("the other process") && page.contains("the reference"));
    for words in ["the other process", "the same", "a section of it", "the reference"] {
        assert!(!page.contains(&format!("{words}</a>")), "{words}");
    }
}

/// A public policy whose owner stands in an internal register, and nothing else that is public.
fn policy_for_all() -> Folder {
    let folder = Folder::new();
    let settings = "organization: {name: Example Ltd}\nrules: {missing-topic: note}\n";
    folder.write("clausebook.yaml", settings);
    let control = "version: \"1.0\"\nstatus: approved\nowner: director\nauthor: desk\n\
                   approved: {by: director, on: 2026-01-07}\n\
                   revisions: [{version: \"1.0\", date: 2026-01-03, author: desk, summary: First}]\n";
    let policy = format!(
        "---\nid: POL-01\ntitle: Policy\nkind: policy\nclassification: public\n\
         clauses: [\"5.2.1\"]\n{control}---\n\n# Policy\n\n## Purpose\n\nAsk the [[role:desk]] about [[5.2.1]].\n"
    );
    folder.write("policies/policy.md", &policy);
    let register = format!(
        "---\nid: REG-01\ntitle: Roles\nkind: register\nclassification: internal\n\
         roles: [{{id: director, title: Head of services, holder: A. Person}}, \
         {{id: desk, title: Help point, holder: B. Person}}]\n{control}---\n\n# Roles\n"
    );
    folder.write("policies/roles.md", &register);
    folder
}

#[test]
fn the_public_reads_documents_and_nothing_of_how_far_they_go() {
    let folder = policy_for_all();
    folder.run("build --today 2026-06-15 --audience public").code(0);
    let site = everything(&folder.at("site"));
    let names: Vec<&str> = site.iter().map(|(name, _)| name.as_str()).collect();
    let pages: Vec<&str> = names.iter().copied().filter(|name| name.ends_with(".html")).collect();
    let expected = [
        "404.html",
        "documents/pol-01/index.html",
        "index.html",
        "register/index.html",
        "search/index.html",
    ];
    assert_eq!(pages, expected);
    let data: Vec<&str> = names.iter().copied().filter(|name| !name.contains('/')).collect();
    let data: Vec<&str> = data
        .into_iter()
        .filter(|name| [".json", ".ics"].iter().any(|end| name.ends_with(end)))
        .collect();
    assert_eq!(data, ["manifest.json", "register.json"]);
    for (name, text) in site.iter().filter(|(name, _)| name.ends_with(".html")) {
        for gone in ["clauses/", "readiness/", "findings/", "coverage.json", "kpis/", "a. person"] {
            assert!(!text.contains(gone), "{name} holds {gone}");
        }
    }
    let page = folder.read("site/documents/POL-01/index.html");
    assert!(page.contains("Head of services") && page.contains("Help point"), "{page}");
    let register = folder.read("site/register/index.html");
    assert!(register.contains("Head of services"), "{register}");
}

#[test]
fn an_internal_edition_has_every_list() {
    let folder = policy_for_all();
    folder.run("build --today 2026-06-15 --audience internal").code(0);
    for name in ["clauses", "readiness", "findings", "kpis", "roles", "glossary", "reviews"] {
        assert!(folder.at(&format!("site/{name}/index.html")).exists(), "{name}");
    }
    assert!(folder.at("site/coverage.json").exists());
}

#[test]
fn a_title_of_a_confidential_register_is_not_told_to_the_public() {
    let folder = policy_for_all();
    let roles = folder
        .read("policies/roles.md")
        .replace("classification: internal", "classification: confidential");
    folder.write("policies/roles.md", &roles);
    folder.run("build --today 2026-06-15 --audience public").code(0);
    let page = folder.read("site/documents/POL-01/index.html");
    assert!(page.contains("Director") && !page.contains("Head of services"), "{page}");
}

/// A document for everybody that names those above it where a name is easily forgotten.
const HOSTILE: &str = r#"---
id: GDL-TST-01
title: After all
kind: guideline
version: "1.0"
status: approved
classification: public
owner: desk-manager
author: service-desk
approved: {by: director, on: 2026-01-07}
effective: 2026-01-08
review: {every: 12 months, last: 2026-01-07, reviewer: director, outcome: confirmed}
clauses: ["8.6.1"]
supersedes: PRC-ZQXJ-00
related: [PRC-ZQXJ-01, PRC-PRB-01, REG-ZQXJ-02]
inputs: [{name: Order, from: PRC-ZQXJ-01}, {name: order, from: REG-ZQXJ-02}]
kpis: [{id: K-01, name: "Calls under {{ supersedes }}", unit: calls, target: "<= 4", direction: down, measured: monthly, source: Tool}]
revisions:
  - {version: "1.0", date: 2026-01-03, author: service-desk, summary: "In place of {{ supersedes }}"}
---

# After all

## Purpose

It follows {{ supersedes }}, and the [[PRC-ZQXJ-01]], and [[ prc-zqxj-01 # zqxj-anchor ]].

## About [PRC-ZQXJ-01](../processes/zqxj-plan.md) and [[role:zqxjowner]]

| [[PRC-ZQXJ-01]] | [[Zqxjregister zqxjall]] |
|:-:|---|
| [[zqxj-plan]] | [a][again] and [[term:zqxjalias]] |

![From [[PRC-ZQXJ-01]], drawn](seen.png)

![[PRC-ZQXJ-01]]

- [[service:SVC-ZQXJ]] *of [[PRC-ZQXJ-01]]*
- [to a section whose address named one](#about-prc-zqxj-01-and)
- [[GDL-TST-02#under-zqxjtitle-zqxjof]]

[again]: ../policies/zqxj-register.md "Zqxjregister"

## RACI

| Activity | desk-manager | service-desk | Next |
|---|---|---|---|
| Ask [[PRC-ZQXJ-01]] | A/R | I | 2 ([[PRC-ZQXJ-01]] says so) |
| Close {{ supersedes }} | A/R | C | end ([[PRC-ZQXJ-01]]) |

```clausebook
register
```
"#;

/// Another one, with a section whose address names what is above it.
const SECOND: &str = r#"---
id: GDL-TST-02
title: Second
kind: guideline
version: "1.0"
status: approved
classification: public
owner: desk-manager
author: service-desk
approved: {by: director, on: 2026-01-07}
effective: 2026-01-08
revisions:
  - {version: "1.0", date: 2026-01-03, author: service-desk, summary: First issue}
---

# Second

## Under [Zqxjtitle zqxjof](../processes/zqxj-plan.md)

Words.
"#;

/// What an edition says in the place of names that have words of their own.
const VEILED: [(&str, &str); 6] = [
    ("supersedes: PRC-ZQXJ-00\n", ""),
    ("{{ supersedes }}", "another document"),
    ("[PRC-ZQXJ-01](../processes/zqxj-plan.md)", "another document"),
    ("[Zqxjtitle zqxjof](../processes/zqxj-plan.md)", "another document"),
    (
        "[to a section whose address named one](#about-prc-zqxj-01-and)",
        "to a section whose address named one",
    ),
    ("[[GDL-TST-02#under-zqxjtitle-zqxjof]]", "another document"),
];

/// The site of the manual for an audience: with what stands above it, or without.
fn site_of(audience: &str, level: &str, is_there: bool) -> BTreeMap<String, Vec<u8>> {
    let manual = manual();
    let quiet = "dangling-anchor: note, dangling-link: note, unknown-role: note, missing-asset: note, \
                 undefined-variable: note";
    let settings = manual.read("clausebook.yaml").replace("dangling-anchor: note", quiet);
    manual.write("clausebook.yaml", &settings);
    manual.write("policies/hostile.md", HOSTILE);
    manual.write("policies/second.md", SECOND);
    manual.write("policies/seen.png", "\u{89}PNG");
    let above = ["policies/zqxj-register.md", "processes/zqxj-plan.md", "processes/zqxj-before.md"];
    for path in above {
        let text = manual.read(path).replace("restricted", level);
        manual.write(path, &text);
        if !is_there {
            std::fs::remove_file(manual.at(path)).expect("it was there");
        }
    }
    if !is_there {
        // What an edition says in the place of names: links without words of their own say it anyway.
        for path in ["policies/hostile.md", "policies/second.md", "processes/problem.md"] {
            let text = VEILED
                .iter()
                .fold(manual.read(path), |text, (name, instead)| text.replace(name, instead));
            manual.write(path, &text);
        }
    }
    manual.run(&format!("build --today 2026-06-15 --audience {audience}")).code(0);
    let site = manual.at("site");
    let files = walkdir::WalkDir::new(&site).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|entry| !entry.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(&site).expect("below it").display().to_string();
    files.map(|it| (name(it.path()), std::fs::read(it.path()).expect("a file"))).collect()
}

#[test]
fn an_edition_is_the_same_where_what_it_leaves_out_is_not_there() {
    for (audience, level) in [
        ("public", "confidential"),
        ("public", "restricted"),
        ("internal", "confidential"),
        ("internal", "restricted"),
        ("confidential", "restricted"),
    ] {
        let (with, without) = (site_of(audience, level, true), site_of(audience, level, false));
        for (name, with) in &with {
            let without =
                without.get(name).unwrap_or_else(|| panic!("{audience}: only with: {name}"));
            let at = with.iter().zip(without).take_while(|(a, b)| a == b).count();
            let around = |bytes: &[u8]| {
                let part =
                    &bytes[at.saturating_sub(120).min(bytes.len())..(at + 80).min(bytes.len())];
                String::from_utf8_lossy(part).into_owned()
            };
            assert!(
                with == without,
                "{audience} below {level}, {name}:\n…{}…\n…{}…",
                around(with),
                around(without)
            );
        }
        let only = without.keys().find(|name| !with.contains_key(*name));
        assert_eq!(only, None, "{audience} below {level}");
    }
}
