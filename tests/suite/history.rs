//! Editions from a history that exists in memory alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use clausebook::history::{
    Change, Commit, Edition, Extent, History, OldDocument, Person, Places, editions,
};
use clausebook::model::value::Date;

/// The history of a case: a folder a commit, named `NUMBER-DAY`, with the files that it changed.
pub(crate) fn of_folder(folder: &Path, since: Option<Date>) -> History {
    let Ok(entries) = std::fs::read_dir(folder) else { return History::default() };
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder").file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    let mut texts = BTreeMap::new();
    let mut changes = Vec::new();
    for name in names {
        let (number, day) = name.split_once('-').expect("a number and a day");
        let top = folder.join(&name);
        let files = walkdir::WalkDir::new(&top).into_iter().map(|entry| entry.expect("a file"));
        let files = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
            let path = entry.path().strip_prefix(&top).expect("below it").display().to_string();
            (path, Some(std::fs::read_to_string(entry.path()).expect("text")))
        });
        changes.push(change(&number.repeat(40), day, files.collect(), &mut texts));
    }
    history(&changes, since, &texts)
}

fn commit(name: &str, day: &str) -> Arc<Commit> {
    let author = Person { name: "A. Author".into(), email: "a@example.com".into() };
    let id = name.to_owned();
    Arc::new(Commit { id, committer: author.clone(), author, day: Date::parse(day) })
}

fn change(
    name: &str,
    day: &str,
    files: Vec<(String, Option<String>)>,
    texts: &mut BTreeMap<String, Arc<str>>,
) -> Change {
    let mut one = |(path, text): (String, Option<String>)| {
        let blob = format!("{name}/{path}");
        let document = text.as_deref().and_then(|text| OldDocument::read(text, &blob));
        texts.insert(blob, text.unwrap_or_default().into());
        (path, document.map(Arc::new))
    };
    Change { commit: commit(name, day), files: files.into_iter().map(&mut one).collect() }
}

fn history(changes: &[Change], since: Option<Date>, texts: &BTreeMap<String, Arc<str>>) -> History {
    let mut editions = editions(changes, since);
    for edition in editions.values_mut().flatten() {
        edition.text = texts.get(&edition.blob).cloned();
    }
    let mut places = Places::of(changes);
    for gone in places.gone.values_mut() {
        gone.text = texts.get(&gone.blob).cloned();
    }
    let head = changes.last().map(|change| Arc::clone(&change.commit));
    History { extent: Extent::Whole, head, editions, places }
}

/// A document of one line.
fn document(id: &str, version: &str, status: &str, words: &str) -> String {
    format!("---\nid: {id}\nversion: \"{version}\"\nstatus: {status}\n---\n\n{words}\n")
}

/// Commits of one day each, which change files; no text means that the file goes.
fn told(since: Option<&str>, commits: &[&[(&str, Option<String>)]]) -> History {
    let mut texts = BTreeMap::new();
    let mut changes = Vec::new();
    for (number, files) in commits.iter().enumerate() {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect();
        let day = format!("2026-01-{:02}", number + 1);
        changes.push(change(&format!("c{number}"), &day, files, &mut texts));
    }
    history(&changes, since.and_then(Date::parse), &texts)
}

/// Version, path, commit of the approval and of the first change after it.
fn short(edition: &Edition) -> (&str, &str, String, Option<String>) {
    let name = |commit: &Arc<Commit>| commit.id.clone();
    (&edition.version, &edition.path, name(&edition.approved), edition.altered.as_ref().map(name))
}

fn all(history: &History, id: &str) -> Vec<(String, String, String, Option<String>)> {
    let own = |edition| {
        let (version, path, approved, altered) = short(edition);
        (version.to_owned(), path.to_owned(), approved, altered)
    };
    history.of(id).iter().map(own).collect()
}

fn row(
    version: &str,
    path: &str,
    approved: &str,
    altered: Option<&str>,
) -> (String, String, String, Option<String>) {
    (version.into(), path.into(), approved.into(), altered.map(str::to_owned))
}

#[test]
fn an_edition_begins_with_its_approval() {
    let at = "policies/a.md";
    let history = told(
        None,
        &[
            &[(at, Some(document("A", "1.0", "draft", "One")))],
            &[(at, Some(document("A", "1.0", "approved", "One")))],
            &[(at, Some(document("A", "1.1", "draft", "Two")))],
            &[(at, Some(document("A", "1.1", "approved", "Three")))],
        ],
    );
    assert_eq!(all(&history, "A"), [row("1.0", at, "c1", None), row("1.1", at, "c3", None)]);
    assert!(history.of("A")[1].text.as_deref().is_some_and(|text| text.contains("Three")));
}

#[test]
fn a_change_that_keeps_the_version_is_told() {
    let at = "policies/a.md";
    let history = told(
        None,
        &[
            &[(at, Some(document("A", "1.0", "approved", "One")))],
            &[(at, Some(document("A", "1.0", "approved", "One, two")))],
            &[(at, Some(document("A", "1.0", "approved", "One, two, three")))],
        ],
    );
    assert_eq!(all(&history, "A"), [row("1.0", at, "c0", Some("c1"))]);
}

#[test]
fn a_document_is_its_id_wherever_it_lies() {
    let moved = told(
        None,
        &[
            &[("policies/a.md", Some(document("A", "1.0", "approved", "One")))],
            &[
                ("policies/a.md", None),
                ("processes/b.md", Some(document("A", "1.0", "approved", "One"))),
            ],
            &[("processes/b.md", Some(document("A", "1.1", "approved", "Two")))],
        ],
    );
    let first = row("1.0", "policies/a.md", "c0", None);
    assert_eq!(all(&moved, "A"), [first, row("1.1", "processes/b.md", "c2", None)]);
    // Two documents that change places are the same two documents.
    let a = document("A", "1.0", "approved", "One");
    let b = document("B", "1.0", "approved", "Two");
    let swapped = told(
        None,
        &[
            &[("policies/a.md", Some(a.clone())), ("policies/b.md", Some(b.clone()))],
            &[("policies/a.md", Some(b)), ("policies/b.md", Some(a))],
        ],
    );
    assert_eq!(all(&swapped, "A"), [row("1.0", "policies/a.md", "c0", None)]);
    assert_eq!(all(&swapped, "B"), [row("1.0", "policies/b.md", "c0", None)]);
}

#[test]
fn what_went_before_the_first_day_of_control_is_the_base() {
    let at = "policies/a.md";
    let commits = [
        [(at, Some(document("A", "1.0", "approved", "One")))],
        [(at, Some(document("A", "1.0", "approved", "Two")))],
        [(at, Some(document("A", "1.0", "approved", "Three")))],
    ];
    let commits: Vec<&[(&str, Option<String>)]> = commits.iter().map(|it| &it[..]).collect();
    let altered = |since| all(&told(since, &commits), "A");
    assert_eq!(altered(None), [row("1.0", at, "c0", Some("c1"))]);
    assert_eq!(altered(Some("2026-01-03")), [row("1.0", at, "c1", Some("c2"))]);
    assert_eq!(altered(Some("2026-02-01")), [row("1.0", at, "c2", None)]);
}

#[test]
fn front_matter_that_cannot_be_read_takes_nothing_away() {
    let at = "policies/a.md";
    let history = told(
        None,
        &[
            &[(at, Some(document("A", "1.0", "approved", "One")))],
            &[(at, Some("---\nid: [A\n".to_owned()))],
            &[(at, Some("no front matter\n".to_owned()))],
            &[(at, Some(document("A", "1.0", "approved", "One")))],
        ],
    );
    assert_eq!(all(&history, "A"), [row("1.0", at, "c0", None)]);
}

#[test]
fn it_is_known_where_documents_lay_and_what_became_of_them() {
    let one = |id: &str| Some(document(id, "1.0", "approved", "One."));
    let history = told(
        None,
        &[
            &[("a.md", one("A")), ("b.md", one("B")), ("c.md", one("C")), ("d.md", one("D"))],
            // B moves, C is renamed, D goes.
            &[("b.md", None), ("new/b.md", one("B")), ("c.md", one("C2")), ("d.md", None)],
            &[("c.md", one("C3"))],
            // Two swap their ids.
            &[("a.md", one("B")), ("new/b.md", one("A"))],
        ],
    );
    let places = &history.places;
    assert_eq!(places.left.get("b.md").map(String::as_str), Some("B"));
    assert_eq!(places.left.get("d.md").map(String::as_str), Some("D"));
    assert_eq!(places.gone.keys().collect::<Vec<_>>(), ["C", "C2", "D"]);
    assert_eq!(
        [places.renamed("C"), places.renamed("D"), places.renamed("A")],
        [Some("C3"), None, None]
    );
    assert!(places.gone["D"].text.as_deref().is_some_and(|text| text.contains("id: D")));
    // An id that comes back is not gone.
    let history = told(None, &[&[("d.md", one("D"))], &[("d.md", None)], &[("e.md", one("D"))]]);
    assert!(history.places.gone.is_empty());
}
