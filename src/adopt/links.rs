//! Links of a foreign folder: found in whatever way its tools found them, written as ours.

use std::collections::{BTreeMap, BTreeSet};

use super::Note;
use crate::edit::Edits;
use crate::parse::markdown;
use crate::text::percent::{decoded, encoded};
use crate::text::{key, relative, slug};

/// A document that links may lead to.
pub(super) struct Place {
    /// Where it lay.
    pub(super) old: String,
    /// Where it lies now.
    pub(super) new: String,
    /// Its title.
    pub(super) title: String,
    /// The addresses of its headings.
    pub(super) slugs: Vec<String>,
}

/// What links are looked up in.
pub(super) struct Places<'a> {
    all: &'a [Place],
    by_path: BTreeMap<String, usize>,
    by_name: BTreeMap<String, Option<usize>>,
    /// Other files of the folder, and where they go.
    files: &'a BTreeMap<String, String>,
    roots: BTreeSet<String>,
}

impl<'a> Places<'a> {
    /// The documents and files of a folder.
    pub(super) fn new(places: &'a [Place], files: &'a BTreeMap<String, String>) -> Self {
        let by_path = places.iter().enumerate().map(|(at, place)| (key(&place.old), at)).collect();
        let mut by_name: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            let stem = place.old.rsplit('/').next().unwrap_or_default();
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let names = BTreeSet::from([key(&place.title), key(stem), slug(&key(&place.title))]);
            for name in names {
                by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(at));
            }
        }
        let mut roots = BTreeSet::from([String::new()]);
        for root in ["docs", "content", "src", "source", "pages"] {
            roots.insert(format!("{root}/"));
        }
        for place in places {
            if let Some((first, _)) = place.old.split_once('/') {
                roots.insert(format!("{first}/"));
            }
        }
        Places { all: places, by_path, by_name, files, roots }
    }

    /// The document or the file that a path leads to.
    fn find(&self, from: &str, path: &str) -> Option<Found<'_>> {
        let path = path.trim_end_matches('/');
        let here = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let stem = from.rsplit_once('.').map_or(from, |(stem, _)| stem);
        let mut starts: Vec<String> = Vec::new();
        if !path.starts_with('/') {
            // Generators that make a folder of each page count from there.
            starts.extend([here.to_owned(), stem.to_owned()]);
        }
        starts.extend(self.roots.iter().map(|root| root.trim_end_matches('/').to_owned()));
        let plain = path.trim_start_matches('/');
        let bare =
            plain.strip_suffix(".html").or_else(|| plain.strip_suffix(".htm")).unwrap_or(plain);
        let forms = [
            plain.to_owned(),
            format!("{bare}.md"),
            format!("{bare}.markdown"),
            format!("{bare}/index.md"),
            format!("{bare}/_index.md"),
            format!("{bare}/README.md"),
            format!("{bare}.docx"),
            bare.to_owned(),
        ];
        for start in &starts {
            for form in &forms {
                let Some(full) = join(start, form) else { continue };
                if let Some(at) = self.by_path.get(&key(&full)) {
                    return Some(Found::Document(&self.all[*at]));
                }
                if let Some(new) = self.files.get(&full) {
                    return Some(Found::File(new));
                }
            }
        }
        let name = plain.rsplit('/').next().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
        let by_name = self.by_name.get(&key(name)).copied().flatten();
        by_name.map(|at| Found::Document(&self.all[at]))
    }

    fn by_title(&self, title: &str) -> Option<&Place> {
        self.by_name.get(&key(title.trim())).copied().flatten().map(|at| &self.all[at])
    }
}

enum Found<'a> {
    Document(&'a Place),
    File(&'a str),
}

/// How many links of a document were found, and how many were not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Links {
    /// Links within the folder that lead where they led.
    pub kept: usize,
    /// Links within the folder that lead nowhere, there or here.
    pub lost: usize,
}

/// A text with its links as they are written here, from where it lay to where it lies.
pub(super) fn rewritten(
    text: &str,
    [old, new]: [&str; 2],
    places: &Places<'_>,
    notes: &mut Vec<Note>,
) -> (String, Links) {
    let body = markdown::read(text, 0..text.len());
    let mut edits = Edits::of(text);
    let mut count = Links::default();
    for link in body.links.iter().chain(&body.images) {
        let target = link.target.trim();
        let line = || text[..link.at.start].matches('\n').count() + 1;
        if link.wiki {
            let name = target.split('#').next().unwrap_or_default();
            if let Some(place) = places.by_title(name) {
                count.kept += 1;
                let words = if link.text.trim().is_empty() { name } else { link.text.trim() };
                let to = relative(new, &place.new);
                edits.replace(link.at.clone(), format!("[{words}]({})", encoded(&to)));
            }
            continue;
        }
        let is_elsewhere = target.contains("://")
            || target.starts_with(['#', '?'])
            || target.starts_with("//")
            || target.split(['/', '#']).next().is_some_and(|start| start.contains(':'));
        if target.is_empty() || is_elsewhere {
            continue;
        }
        let (path, fragment) = target.split_once('#').map_or((target, None), |(a, b)| (a, Some(b)));
        let path = decoded(path.split('?').next().unwrap_or_default()).into_owned();
        let made = match places.find(old, &path) {
            Some(Found::Document(place)) => {
                let fragment = fragment.and_then(|fragment| {
                    let found = section(place, fragment);
                    if found.is_none() {
                        let what = format!("there is no section `{fragment}` in {}", place.new);
                        notes.push(Note::at(line(), what));
                    }
                    found
                });
                let fragment = fragment.map(|one| format!("#{one}")).unwrap_or_default();
                format!("{}{fragment}", encoded(&relative(new, &place.new)))
            }
            Some(Found::File(file)) => encoded(&relative(new, file)),
            None => {
                count.lost += 1;
                notes.push(Note::at(line(), format!("the link leads nowhere: {target}")));
                continue;
            }
        };
        count.kept += 1;
        let at = link.target_at.clone();
        if at != link.at && text.get(at.clone()).is_some_and(|typed| typed.contains(target)) {
            let typed = &text[at.clone()];
            edits.replace(at, typed.replacen(target, &made, 1));
        }
    }
    (edits.applied(), count)
}

/// The address of a section that another tool called otherwise.
fn section(place: &Place, fragment: &str) -> Option<String> {
    let wanted = decoded(fragment);
    let letters =
        |text: &str| -> String { key(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let exact = place.slugs.iter().find(|slug| **slug == *wanted);
    let near = || place.slugs.iter().find(|slug| letters(slug) == letters(&wanted));
    exact.or_else(near).cloned()
}

/// A path from a folder; nothing where it leaves the top.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_every_way_that_tools_find_them() {
        let place = |old: &str, new: &str, title: &str| Place {
            old: old.into(),
            new: new.into(),
            title: title.into(),
            slugs: vec!["who-does-what".into()],
        };
        let places = [
            place("docs/a/incident.md", "processes/incident.md", "Incident management"),
            place("docs/index.md", "policies/index.md", "Start"),
        ];
        let files =
            BTreeMap::from([("docs/img/p.png".to_owned(), "policies/img/p.png".to_owned())]);
        let places = Places::new(&places, &files);
        let mut notes = Vec::new();
        let mut write = |target: &str| {
            let text = format!("[x]({target})");
            let at = ["docs/index.md", "policies/index.md"];
            rewritten(&text, at, &places, &mut notes).0
        };
        for target in [
            "a/incident.md",
            "./a/incident.md",
            "/a/incident.md",
            "/docs/a/incident.md",
            "a/incident",
            "a/incident.html",
            "a/incident/",
            "/a/incident/?x=1",
            "incident",
        ] {
            assert_eq!(write(target), "[x](../processes/incident.md)", "{target}");
        }
        assert_eq!(
            write("a/incident#Who_does_what"),
            "[x](../processes/incident.md#who-does-what)"
        );
        assert_eq!(write("img/p.png"), "[x](img/p.png)");
        for same in ["https://e.org/a", "#here", "mailto:a@b", "no/such.md", "../../x.md"] {
            assert_eq!(write(same), format!("[x]({same})"));
        }
        let wiki = rewritten(
            "[[Incident management]]",
            ["docs/index.md", "policies/index.md"],
            &places,
            &mut notes,
        );
        assert_eq!(wiki.0, "[Incident management](../processes/incident.md)");
        assert_eq!(notes.len(), 2, "{notes:?}");
    }
}
