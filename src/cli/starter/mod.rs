//! The starter manual: the policies and processes of this repository, which the binary carries
//! with it, made over for another organization.
//!
//! A document is changed in its text, at the places that have to change, and nowhere else: what
//! `init` writes is a draft of version 0.1 that nobody has approved, and what is true of our
//! organization alone has become a decision or is gone.

mod changes;

use std::ops::Range;

use anyhow::{Context as _, Result, ensure};
use include_dir::{Dir, include_dir};

use crate::edit::Edits;
use crate::model::settings::Settings;
use crate::parse::front_matter::{self, Layout};
use crate::parse::markdown;
use crate::parse::recover::Doubt;
use crate::parse::yaml::{self, Node, Value};
use crate::source::SETTINGS;
use changes::Changes;

static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");
static PROCESSES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/processes");
static OURS: &str = include_str!("../../../clausebook.yaml");

/// How a text says the organization's name.
const NAME: &str = "{{ organization.name }}";

/// The list of what is true of our organization alone.
const CHANGES: &str = "_starter.yaml";

/// What a repository of a manual has beside it: what is not kept, and the jobs of two code hosts.
const BESIDE: [(&str, &str); 3] = [
    (".gitignore", include_str!("beside/gitignore")),
    (".github/workflows/clausebook.yml", include_str!("beside/github.yml")),
    (".gitlab-ci.yml", include_str!("beside/gitlab.yml")),
];

/// Keys of the front matter that tell of approvals and versions, which a draft has none of.
const HISTORY: [&str; 3] = ["approved", "effective", "revisions"];

/// A file of a manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Path from the top of the manual.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
}

impl File {
    /// Whether it is a document.
    pub(super) fn is_document(&self) -> bool {
        self.path.rsplit('.').next() == Some("md")
    }
}

/// A decision that is left to the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// The file that asks for it.
    pub(super) path: String,
    /// The line that asks, from 1.
    pub(super) line: usize,
    /// What is to be decided.
    pub(super) what: String,
}

/// All files of a starter manual for an organization.
pub(super) fn files(name: &str) -> Result<Vec<File>> {
    let ours = organization().context("the starter manual names no organization")?;
    let changes = changes()?;
    let mut files = vec![File { path: SETTINGS.to_owned(), text: settings(name)? }];
    for (folder, dir) in [("policies", &POLICIES), ("processes", &PROCESSES)] {
        let mut found = Vec::new();
        gather(dir, &mut found);
        for (path, bytes) in found {
            let path = format!("{folder}/{path}");
            let text = std::str::from_utf8(bytes).with_context(|| path.clone())?;
            let mut file = File { path, text: text.to_owned() };
            if file.is_document() {
                let text = changes.apply(&file.path, text).and_then(|text| made_over(&text, &ours));
                file.text = text.with_context(|| file.path.clone())?;
            }
            files.push(file);
        }
    }
    for path in changes.files() {
        ensure!(files.iter().any(|file| file.path == path), "{CHANGES}: {path} is no file");
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// What a repository of a manual has beside it.
pub(super) fn repository_files() -> Vec<File> {
    let file = |(path, text): &(&str, &str)| {
        let text = text.replace("VERSION", env!("CARGO_PKG_VERSION"));
        File { path: (*path).to_owned(), text }
    };
    BESIDE.iter().map(file).collect()
}

/// The decisions that files leave to the organization.
pub(super) fn decisions(files: &[File]) -> Vec<Decision> {
    let of_file = |file: &File| -> Vec<Decision> {
        let marks = markdown::marks(&file.text, 0..file.text.len());
        let open = marks.iter().filter_map(|mark| {
            let line = 1 + file.text[..mark.at.start].matches('\n').count();
            Some(Decision { path: file.path.clone(), line, what: mark.decision()?.to_owned() })
        });
        open.collect()
    };
    files.iter().flat_map(of_file).collect()
}

/// What has to change in the words of our documents.
fn changes() -> Result<Changes> {
    let file = POLICIES.get_file(CHANGES).and_then(|file| file.contents_utf8());
    Changes::read(file.context("the list of changes is missing")?).context(CHANGES)
}

fn gather(dir: &Dir<'static>, found: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if !path.split('/').any(|part| part.starts_with(['.', '_'])) {
            found.push((path, file.contents()));
        }
    }
    for inner in dir.dirs() {
        gather(inner, found);
    }
}

/// The organization of the starter manual, whose name gives way to the new one.
fn organization() -> Option<String> {
    let node = yaml::read(OURS, 0..OURS.len()).ok()?;
    Some(Settings::read(node, &Doubt::default()).value.organization.name?.0)
}

/// A settings file for an organization.
fn settings(name: &str) -> Result<String> {
    // JSON's text is YAML's, whatever quotes, colons or signs the name has.
    let name = serde_json::to_string(name)?;
    Ok(format!(
        "\
# What holds for the whole manual. Every key is optional; `clausebook schema clausebook.yaml`
# lists them all.
organization:
  name: {name}
site:
  title: Service management manual
  # The address at which it is published, for the calendar of reviews:
  # base_url: https://intranet.example/sms/
review:
  due_soon: 30 days
"
    ))
}

/// A document of ours as the first draft of another organization's.
pub(super) fn made_over(text: &str, ours: &str) -> Result<String> {
    let Layout::Both { yaml, body, .. } = front_matter::split(text) else {
        anyhow::bail!("no front matter");
    };
    let front = yaml::read(text, yaml).map_err(|fault| anyhow::anyhow!("{}", fault.message))?;
    let mut edits = Edits::of(text);
    for key in HISTORY {
        edits.remove(front.entry(key));
    }
    edits.set(front.entry("status"), "draft");
    edits.set(front.entry("version"), "\"0.1\"");
    let review = front.entry("review");
    match review.and_then(|review| review.node.get("every")) {
        Some(every) => edits.set(review, &format!("{{every: {}}}", &text[every.at.clone()])),
        None => edits.remove(review),
    }
    rename_in(&mut edits, &front, ours);
    rename(&mut edits, body, ours);
    Ok(edits.applied())
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// Renames the organization in the values of the front matter.
fn rename_in(edits: &mut Edits<'_>, node: &Node, ours: &str) {
    let text = edits.text();
    match &node.value {
        Value::Text(value) if !value.contains(ours) => {}
        // A plain word would be read otherwise once it holds braces: it gets quotes.
        Value::Text(value) if *value == text[node.at.clone()] => {
            let value = serde_json::Value::from(value.replace(ours, NAME));
            edits.replace(node.at.clone(), value.to_string());
        }
        Value::Text(_) => rename(edits, node.at.clone(), ours),
        Value::List(items) => items.iter().for_each(|item| rename_in(edits, item, ours)),
        Value::Map(entries) => {
            for entry in entries {
                rename_in(edits, &entry.node, ours);
            }
        }
        Value::Null => {}
    }
}

/// Renames it in running text.
fn rename(edits: &mut Edits<'_>, range: Range<usize>, ours: &str) {
    let text = edits.text();
    for (at, _) in text[range.clone()].match_indices(ours) {
        let at = range.start + at;
        edits.replace(at..at + ours.len(), NAME);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{self, Inputs};
    use crate::manual::Manual;
    use crate::model::value::Date;
    use crate::source::Sources;

    const DOCUMENT: &str = "\
---
id: REG-ROL-01
title: Roles of Acme Works
version: 3.10
status: approved
approved: {by: boss, on: 2026-01-01}
effective: 2026-01-02
review: {every: 12 months, last: 2026-01-01, outcome: confirmed}
# Why we keep them.
revisions:
  - {version: 3.10, date: 2026-01-01, summary: \"Acme Works: new\"}
  - version: 3.9
    summary: >-
      Old
roles:
  - {id: a, title: A, holder: \"X: Y\"}
  - id: b
    holder: |
      Somebody at
      Acme Works
---

# Roles

Acme Works and others. # not a comment
";

    #[test]
    fn a_document_becomes_a_draft_of_somebody_else() {
        let expected = "\
---
id: REG-ROL-01
title: \"Roles of {{ organization.name }}\"
version: \"0.1\"
status: draft
review: {every: 12 months}
# Why we keep them.
roles:
  - {id: a, title: A, holder: \"X: Y\"}
  - id: b
    holder: |
      Somebody at
      {{ organization.name }}
---

# Roles

{{ organization.name }} and others. # not a comment
";
        assert_eq!(made_over(DOCUMENT, "Acme Works").unwrap(), expected);
    }

    #[test]
    fn each_change_finds_its_words() {
        files("Example Ltd").unwrap();
    }

    #[test]
    fn the_decisions_are_distinct_and_not_too_many() {
        let decisions = decisions(&files("Example Ltd").unwrap());
        let asked: std::collections::BTreeSet<&str> =
            decisions.iter().map(|decision| decision.what.as_str()).collect();
        assert_eq!(asked.len(), decisions.len(), "asked twice: {decisions:#?}");
        assert!((35..=60).contains(&decisions.len()), "{}", decisions.len());
    }

    /// Words of our manual that are true of our organization alone: its people, whose names are
    /// an initial and a surname, its places, customers, suppliers, contracts, phones and days.
    fn words_of_ours() -> Vec<String> {
        const WORDS: &str = "Aurora msp.example +353 Dublin Tallinn Cork Rosslare Galway Belfast \
            Limerick Ireland Irish Estonia Corrib Skelmore Velmar Dunmara Tammiku Ostwick \
            Fernhollow Northwall Halcyon Pinemark Tarnfield Nightjar CON-2 AGR-2 IMP-2 NC-2 \
            CUS-03 CUS-04 CUS-05 CUS-06 CUS-07 DC-DUB DC-TLL 2023- 2024- 2025 2026 2027 2028 2029";
        let mut words: Vec<String> = WORDS.split_whitespace().map(str::to_owned).collect();
        let mut ours = Vec::new();
        gather(&POLICIES, &mut ours);
        gather(&PROCESSES, &mut ours);
        for (_, bytes) in ours {
            let text = String::from_utf8_lossy(bytes);
            let parts: Vec<&str> = text.split([' ', '|', ',', ';', '"', '}', '\n']).collect();
            words.extend(parts.windows(2).filter_map(|pair| {
                let initial = pair[0].len() == 2
                    && pair[0].ends_with('.')
                    && pair[0].starts_with(|letter: char| letter.is_ascii_uppercase());
                let surname = pair[1].len() > 2
                    && pair[1].starts_with(|letter: char| letter.is_ascii_uppercase());
                (initial && surname).then(|| pair.join(" "))
            }));
        }
        assert!(words.iter().any(|word| word == "N. Farrell"), "{words:?}");
        words.sort();
        words.dedup();
        words
    }

    #[test]
    fn nothing_that_is_true_of_us_alone_is_written() {
        let words = words_of_ours();
        for file in files("Example Ltd").unwrap() {
            for (line, text) in file.text.lines().enumerate() {
                for word in &words {
                    assert!(!text.contains(word), "{word} in {}:{}: {text}", file.path, line + 1);
                }
            }
        }
    }

    /// The manual as a whole, as its files are read.
    fn manual() -> Manual {
        let files = files("Example Ltd").unwrap();
        let files = files.iter().map(|file| (file.path.as_str(), file.text.as_bytes()));
        let today = Date::parse("2026-06-15").unwrap();
        let inputs = Inputs::new(Sources::from_memory(files), today);
        compile::compile(inputs, &mut compile::Session::default())
    }

    #[test]
    fn tables_links_and_blocks_come_out_as_such() {
        let manual = manual();
        assert!(manual.library.documents.len() > 40);
        for (document, links) in manual.library.documents.iter().zip(&manual.graph.links) {
            let (path, text) = (&document.path, &*document.text);
            let mut seen = (0, 0, 0);
            let mut at = document.body_at.start;
            for line in text[document.body_at.clone()].split_inclusive('\n') {
                let place = at..at + line.len();
                at = place.end;
                let is_fence = line.trim_start().starts_with("```");
                let fenced = |fence: &&markdown::Fence| fence.at.contains(&place.start);
                let fence = document.body.fences.iter().find(fenced);
                assert!(!is_fence || fence.is_some(), "a fence that is none: {path}: {line}");
                seen.0 += usize::from(is_fence);
                if fence.is_some() || !line.trim_start().starts_with('|') {
                    continue;
                }
                let table = document.body.tables.iter().find(|it| it.at.contains(&place.start));
                let table = table.unwrap_or_else(|| panic!("no table: {path}: {line}"));
                assert_eq!(bars(line), table.head.len() + 1, "{path}: {line}");
                seen.1 += 1;
            }
            for (at, _) in text[document.body_at.clone()].match_indices("[[") {
                let at = document.body_at.start + at;
                let link = document.body.links.iter().position(|it| it.wiki && it.at.start == at);
                let line = text[at..].lines().next().unwrap_or_default();
                let link = link.unwrap_or_else(|| panic!("no link: {path}: {line}"));
                assert!(links[link].is_ok(), "{path}: {line}: {:?}", links[link]);
                seen.2 += 1;
            }
            assert_eq!(seen.0 % 2, 0, "{path}");
            assert!(seen.1 + seen.2 > 0, "{path} has neither table nor link");
        }
    }

    /// The bars of a line of a table that part cells.
    fn bars(line: &str) -> usize {
        let line = line.replace("\\|", "");
        line.matches('|').count()
    }

    #[test]
    fn the_jobs_are_yaml_and_ask_two_questions() {
        for File { path, text } in
            repository_files().iter().filter(|file| file.path.ends_with(".yml"))
        {
            let node =
                yaml::read(text, 0..text.len()).unwrap_or_else(|it| panic!("{path}: {it:?}"));
            assert!(matches!(node.value, Value::Map(_)), "{path}");
            for said in [
                "clausebook check --deny warnings ",
                "clausebook check --deny warnings,due",
                "clausebook review",
                "clausebook build",
                env!("CARGO_PKG_VERSION"),
            ] {
                assert!(text.contains(said), "{path} lacks {said}");
            }
        }
    }

    #[test]
    fn any_name_is_the_same_after_reading() {
        for name in ["Example Ltd", "\"Q\" & Söhne: 50%", "Ünïcode \\ 'x' # y", "- a", "no", "007"]
        {
            let text = settings(name).unwrap();
            let node = yaml::read(&text, 0..text.len()).unwrap();
            let checked = Settings::read(node, &Doubt::default());
            assert_eq!(checked.violations, []);
            assert_eq!(checked.value.organization_name(), name);
        }
    }
}
