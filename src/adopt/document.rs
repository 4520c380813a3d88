//! A document of ours, written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::control::Revision;
use super::keys::Field;
use super::links::Links;
use super::values;
use super::{Document, Draft, Note, Options};
use crate::edit::keys::scalar;
use crate::model::value::{Date, Status};
use crate::text::{key, slug};

/// Three letters for what a document is about: those its title begins with.
pub(super) fn area(title: &str) -> String {
    let words = super::keys::folded(title);
    let letters =
        |word: &str| -> String { word.chars().filter(char::is_ascii_alphabetic).take(3).collect() };
    let mut words = words.split(' ').map(letters).filter(|word| word.len() == 3);
    let word = words.find(|word| !matches!(word.as_str(), "the" | "and" | "for"));
    word.unwrap_or_else(|| "gen".into()).to_uppercase()
}

/// The id of a role that goes by a name.
fn role_id(name: &str) -> String {
    let id: String =
        slug(&key(name)).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let id: Vec<&str> = id.split('-').filter(|part| !part.is_empty()).collect();
    let id: String = id.join("-").chars().take(60).collect();
    let id = id.trim_end_matches('-');
    if id.is_empty() { "role".to_owned() } else { id.to_owned() }
}

/// What a document says of its own life.
struct Life {
    version: String,
    status: Status,
    approved: Option<(String, Date)>,
    revisions: Vec<Revision>,
}

/// A document, and the roles that it names.
pub(super) fn written(
    draft: &mut Draft<'_>,
    links: Links,
    options: &Options,
) -> (Document, BTreeMap<String, String>) {
    let mut roles = BTreeMap::new();
    let mut unknown = std::mem::take(&mut draft.control.unknown);
    let life = life(draft, options, &mut unknown);
    let mut text = String::from("---\n");
    let mut line = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key}: {value}");
    };
    line("id", &draft.id);
    line("title", &scalar(&draft.title));
    line("kind", draft.kind.word());
    line("version", &format!("\"{}\"", life.version));
    line("status", life.status.word());
    optional(draft, &mut unknown, &mut line);
    line("owner", &owner(draft, &mut roles, &mut unknown));
    for name in &draft.roles {
        roles.insert(role_id(name), name.clone());
    }
    if let Some((by, on)) = &life.approved {
        line("approved", &format!("{{by: {}, on: {on}}}", scalar(by)));
    }
    review(draft, &mut unknown, &mut line);
    text.push_str("revisions:\n");
    for Revision { version, date, author, summary } in &life.revisions {
        let author = author.as_ref().map(|author| format!("author: {}, ", scalar(author)));
        let author = author.unwrap_or_default();
        let summary = scalar(summary);
        let _ = writeln!(
            text,
            "  - {{version: \"{version}\", date: {date}, {author}summary: {summary}}}"
        );
    }
    extra(&mut text, &unknown);
    let _ = write!(text, "---\n\n{}\n", draft.text.trim());
    let understood = draft.control.known.iter();
    let understood = understood.map(|one| (format!("{:?}", one.field), one.from.words())).collect();
    let document = Document {
        from: draft.original.path.clone(),
        to: draft.to.clone(),
        id: draft.id.clone(),
        id_kept: draft.id_kept,
        title: draft.title.clone(),
        kind: draft.kind.word(),
        kind_from: draft.kind_from,
        understood,
        kept: unknown.into_iter().map(|(name, _)| name).collect(),
        links,
        notes: std::mem::take(&mut draft.notes),
        text,
    };
    (document, roles)
}

/// Fields that are there or not; what cannot be read goes to the others.
fn optional(
    draft: &Draft<'_>,
    unknown: &mut Vec<(String, String)>,
    line: &mut impl FnMut(&str, &str),
) {
    let control = &draft.control;
    let mut keep = |name: &str, value: &str| unknown.push((name.to_owned(), value.to_owned()));
    match control.get(Field::Classification).map(|text| (text, values::classification(text))) {
        Some((_, Some(level))) => line("classification", level.word()),
        Some((text, None)) => {
            // What is not understood must not become readable by more people than it was.
            line("classification", "restricted");
            keep("classification", text);
        }
        None => line("classification", "internal"),
    }
    if let Some(author) = control.get(Field::Author) {
        line("author", &scalar(author));
    }
    if let Some(text) = control.get(Field::Effective) {
        match values::date(text) {
            Some(day) => line("effective", &day.to_string()),
            None => keep("effective", text),
        }
    }
    if let Some(text) = control.get(Field::Clauses) {
        let clauses: Vec<String> = text
            .split([',', ';', ' '])
            .map(|part| part.trim_matches(['"', '\'', '.']))
            .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()) && part.contains('.'))
            .map(|part| format!("\"{part}\""))
            .collect();
        if clauses.is_empty() {
            keep("clauses", text);
        } else {
            line("clauses", &format!("[{}]", clauses.join(", ")));
        }
    }
    for (field, name) in
        [(Field::Related, "related"), (Field::Supersedes, "supersedes"), (Field::Kind, "kind")]
    {
        // They name documents as the source called them.
        if let Some(text) = control.get(field) {
            keep(name, text);
        }
    }
    if let Some(text) = control.get(Field::Retention) {
        line("retention", &scalar(text));
    }
    if let Some(text) = control.get(Field::Distribution) {
        let parts: Vec<String> = text
            .split([',', ';'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(scalar)
            .collect();
        line("distribution", &format!("[{}]", parts.join(", ")));
    }
}

/// The role that answers for it: the first that is named.
fn owner(
    draft: &Draft<'_>,
    roles: &mut BTreeMap<String, String>,
    unknown: &mut Vec<(String, String)>,
) -> String {
    let open = "\"{{ decide: which role answers for this document }}\"".to_owned();
    let Some(text) = draft.control.get(Field::Owner) else { return open };
    let mut names = text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
    let Some(first) = names.next() else { return open };
    let others: Vec<&str> = names.collect();
    if !others.is_empty() {
        unknown.push(("other owners".to_owned(), others.join(", ")));
    }
    let id = role_id(first);
    roles.insert(id.clone(), first.to_owned());
    id
}

/// Reviews, as far as they were told.
fn review(
    draft: &Draft<'_>,
    unknown: &mut Vec<(String, String)>,
    line: &mut impl FnMut(&str, &str),
) {
    let control = &draft.control;
    let every = control.get(Field::ReviewEvery);
    let last = control.get(Field::ReviewLast);
    let mut parts = Vec::new();
    match every.map(|text| (text, values::interval(text))) {
        Some((_, Some(interval))) => parts.push(format!("every: {interval}")),
        Some((text, None)) => unknown.push(("review every".to_owned(), text.to_owned())),
        None => {}
    }
    match last.map(|text| (text, values::date(text))) {
        Some((_, Some(day))) => parts.push(format!("last: {day}")),
        Some((text, None)) => unknown.push(("last reviewed".to_owned(), text.to_owned())),
        None => {}
    }
    if let Some(reviewer) = control.get(Field::Reviewer) {
        parts.push(format!("reviewer: {}", scalar(reviewer)));
    }
    if !parts.is_empty() {
        line("review", &format!("{{{}}}", parts.join(", ")));
    }
}

/// Version, state and approval: no more than the source said.
fn life(draft: &mut Draft<'_>, options: &Options, unknown: &mut Vec<(String, String)>) -> Life {
    let control = &draft.control;
    let said = control.get(Field::Version).map(str::to_owned);
    let version = said.as_deref().and_then(values::version);
    if let Some(text) = said.as_ref().filter(|_| version.is_none()) {
        unknown.push(("version".to_owned(), text.clone()));
    }
    let revisions = std::mem::take(&mut draft.control.revisions);
    let control = &draft.control;
    let newest = revisions.first().map(|revision| revision.version.clone());
    let version = version.or(newest).unwrap_or_else(|| "0.1".to_owned());
    let by = control.get(Field::ApprovedBy).map(str::to_owned);
    let on = control.get(Field::ApprovedOn).map(str::to_owned);
    let status_text = control.get(Field::Status).map(str::to_owned);
    let status = status_text.as_deref().and_then(values::status);
    let is_whole = said.is_some() && status == Some(Status::Approved);
    let approval = by.clone().zip(on.as_deref().and_then(values::date)).filter(|_| is_whole);
    let kept = approval.filter(|_| options.keep_approvals);
    if kept.is_none() {
        for (name, text) in [("approved by", by), ("approved on", on)] {
            unknown.extend(text.map(|text| (name.to_owned(), text)));
        }
    }
    let own = match status {
        Some(Status::Approved) if kept.is_some() => Status::Approved,
        Some(status @ (Status::InReview | Status::Superseded | Status::Withdrawn)) => status,
        _ => Status::Draft,
    };
    if let Some(text) = status_text.filter(|text| !text.trim().eq_ignore_ascii_case(own.word())) {
        unknown.push(("status".to_owned(), text));
    }
    let revisions = with_own(draft, revisions, &version, options);
    Life { version, status: own, approved: kept, revisions }
}

/// The history of versions, with a line for the version that it is.
fn with_own(
    draft: &mut Draft<'_>,
    mut revisions: Vec<Revision>,
    version: &str,
    options: &Options,
) -> Vec<Revision> {
    if revisions.iter().any(|revision| revision.version == version) {
        return revisions;
    }
    let control = &draft.control;
    let days = [Field::ApprovedOn, Field::Effective, Field::ReviewLast];
    let day = days.iter().find_map(|field| values::date(control.get(*field)?));
    if !revisions.is_empty() {
        let what = format!("the history has no line for version {version}: one was added");
        draft.notes.push(Note::of_all(what));
    }
    let newest = revisions.first().map(|revision| revision.date);
    let date = day.max(newest).unwrap_or(options.today);
    let summary = format!("Taken over from {}", draft.original.path);
    revisions.insert(0, Revision { version: version.to_owned(), date, author: None, summary });
    revisions
}

/// What is kept as it was, under `x:`.
fn extra(text: &mut String, unknown: &[(String, String)]) {
    if unknown.is_empty() {
        return;
    }
    text.push_str("x:\n");
    let mut seen = std::collections::BTreeSet::new();
    for (name, value) in unknown {
        let mut name: String = name.trim().chars().take(80).collect();
        if name.is_empty() {
            "unnamed".clone_into(&mut name);
        }
        let mut number = 2;
        let start = name.clone();
        while !seen.insert(name.clone()) {
            name = format!("{start} {number}");
            number += 1;
        }
        let value = value.trim();
        let value = if value.is_empty() { "\"\"".to_owned() } else { quoted(value) };
        let _ = writeln!(text, "  {}: {value}", quoted(&name));
    }
}

/// Text as a YAML scalar in which nothing is put in for `{{`.
fn quoted(text: &str) -> String {
    scalar(&text.replace("{{", "{ {"))
}
