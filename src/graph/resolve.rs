//! One link to its target: relative paths as git hosts read them, and wiki links by id, clause,
//! role, service or term.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{By, Dangling, Named, Resolved, Sought, Target, Why, World};
use crate::model::document::Document;
use crate::model::library::Library;
use crate::parse::markdown::Link;

/// So many of those that go by one name are named: thousands may share a title.
const NAMED: usize = 8;

/// What links are looked up in.
pub(super) struct Index<'a> {
    library: &'a Library,
    world: &'a World,
    numbers: OnceLock<HashMap<&'a str, usize>>,
    /// Documents by title in small letters, and by the name of their file.
    loose: OnceLock<HashMap<String, Vec<usize>>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(library: &'a Library, world: &'a World) -> Self {
        Index { library, world, numbers: OnceLock::new(), loose: OnceLock::new() }
    }

    /// The number of the document at a path.
    fn number(&self, path: &str) -> Option<usize> {
        let numbers = self.numbers.get_or_init(|| {
            let documents = self.library.documents.iter().enumerate();
            documents.map(|(number, document)| (document.path.as_str(), number)).collect()
        });
        numbers.get(path).copied()
    }

    /// Follows a link or a picture of a body; `loose` becomes true when it takes more than ids,
    /// paths and the entries of lists.
    pub(super) fn link(&self, from: &Document, link: &Link, loose: &mut bool) -> Resolved {
        let target = link.target.trim();
        if link.wiki {
            return self.wiki(from, target, loose);
        }
        if let Some(scheme) = scheme(target) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" | "mailto" | "tel" | "ftp" | "sftp" => {
                    Ok(Target::External(target.to_owned()))
                }
                other => Err(dangling(Why::Scheme(other.to_owned()))),
            };
        }
        if target.starts_with("//") {
            return Ok(Target::External(target.to_owned()));
        }
        let (path, fragment) = split(target);
        if path.is_empty() {
            return self.section(from, fragment.as_deref().unwrap_or_default());
        }
        self.path(from, &path, fragment)
    }

    /// A relative path; `/` at its start is the top of the manual.
    fn path(&self, from: &Document, path: &str, fragment: Option<String>) -> Resolved {
        let Some(full) = join(&from.path, path) else { return Err(dangling(Why::Outside)) };
        if let Some(number) = self.number(&full) {
            return self.document(number, fragment);
        }
        if self.library.is_unread(&full) {
            return Ok(Target::Unread);
        }
        if self.world.assets.contains(&full) {
            return Ok(Target::Asset(full));
        }
        let why = if full.rsplit('/').next().is_some_and(|name| name.starts_with('_')) {
            Why::NotADocument
        } else {
            Why::Nothing(Sought::File)
        };
        Err(Dangling { why, name: full })
    }

    fn document(&self, number: usize, fragment: Option<String>) -> Resolved {
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Ok(Target::Document(number, None));
        };
        let document = &self.library.documents[number];
        if has_section(document, &fragment) {
            return Ok(Target::Document(number, Some(fragment)));
        }
        Err(dangling(Why::NoSection(number, fragment)))
    }

    fn section(&self, from: &Document, fragment: &str) -> Resolved {
        if fragment.is_empty() || has_section(from, fragment) {
            return Ok(Target::Section(fragment.to_owned()));
        }
        let number = self.number(&from.path).unwrap_or_default();
        Err(dangling(Why::NoSection(number, fragment.to_owned())))
    }

    /// `[[…]]`: `role:x`, `service:x`, `term:x`, a clause number, or a document's id.
    fn wiki(&self, from: &Document, target: &str, loose: &mut bool) -> Resolved {
        let library = self.library;
        if let Some((what, name)) = target.split_once(':') {
            let name = name.trim();
            match what.trim() {
                "role" => {
                    let found =
                        library.role(name).map(|role| Target::Role(role.entry.id.0.clone()));
                    return found.ok_or_else(|| missing(Sought::Role, name));
                }
                "service" => {
                    let found = library.service(name);
                    let found = found.map(|service| Target::Service(service.entry.id.0.clone()));
                    return found.ok_or_else(|| missing(Sought::Service, name));
                }
                "term" => {
                    let found =
                        library.term(name).map(|term| Target::Term(term.entry.term.0.clone()));
                    return found.ok_or_else(|| missing(Sought::Term, name));
                }
                _ => {}
            }
        }
        let (name, fragment) = match target.split_once('#') {
            Some((name, fragment)) => (name.trim(), Some(fragment.trim().to_owned())),
            None => (target, None),
        };
        if name.is_empty() {
            return self.section(from, fragment.as_deref().unwrap_or_default());
        }
        if let Some(document) = library.by_id(name) {
            let number = self.number(&document.path).unwrap_or_default();
            return self.document(number, fragment);
        }
        if self.world.clauses.contains_key(name) {
            return Ok(Target::Clause(name.to_owned()));
        }
        if let Some(short) = self.world.qualified.get(name) {
            return Ok(Target::Clause(short.clone()));
        }
        *loose = true;
        self.loosely(name, fragment)
    }

    /// By title or file name, when exactly one document goes by it.
    fn loosely(&self, name: &str, fragment: Option<String>) -> Resolved {
        let loose = self.loose.get_or_init(|| self.loose_names());
        let found = loose.get(&name.to_ascii_lowercase()).map(Vec::as_slice).unwrap_or_default();
        match found {
            [number] => self.document(*number, fragment),
            [] if is_clause_like(name) => Err(missing(Sought::Clause, name)),
            [] => Err(missing(Sought::Document, name)),
            several => {
                let named = several.iter().take(NAMED);
                let documents = named.map(|number| &self.library.documents[*number]);
                Err(dangling(Why::Ambiguous(documents.map(|one| one.id.clone()).collect())))
            }
        }
    }

    fn loose_names(&self) -> HashMap<String, Vec<usize>> {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, document) in self.library.documents.iter().enumerate() {
            let stem = document.path.rsplit('/').next().unwrap_or_default();
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            for name in [document.title(), stem] {
                let numbers = names.entry(name.to_ascii_lowercase()).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        names
    }

    /// The documents that front matter names.
    pub(super) fn named(&self, document: &Document) -> Vec<Named> {
        let front = &document.front;
        let mut named = Vec::new();
        let mut add = |by: By, name: &str, path: &[&str], strict: bool| {
            let at = document.at(path);
            let found = self.library.by_id(name).and_then(|to| self.number(&to.path));
            if let Some(number) = found {
                named.push(Named { by, at, name: name.to_owned(), target: Ok(number) });
            } else if strict && !self.library.unread.iter().any(|unread| unread.path.contains(name))
            {
                let target = Err(missing(Sought::Document, name));
                named.push(Named { by, at, name: name.to_owned(), target });
            }
        };
        for (n, name) in front.related.iter().enumerate() {
            add(By::Related, name, &["related", &n.to_string()], true);
        }
        if let Some(name) = &front.supersedes {
            // What was superseded may have been removed since; it may be named all the same.
            add(By::Supersedes, name, &["supersedes"], false);
        }
        for (n, input) in front.inputs.iter().enumerate() {
            let by = By::Input(input.name.0.clone());
            let strict = self.should_be_document(&input.from);
            add(by, &input.from, &["inputs", &n.to_string(), "from"], strict);
        }
        for (n, output) in front.outputs.iter().enumerate() {
            let by = By::Output(output.name.0.clone());
            let strict = self.should_be_document(&output.to);
            add(by, &output.to, &["outputs", &n.to_string(), "to"], strict);
        }
        for (n, service) in front.services.iter().enumerate() {
            if let Some(name) = &service.agreement {
                add(By::Agreement, name, &["services", &n.to_string(), "agreement"], true);
            }
        }
        for (n, party) in front.other_parties.iter().enumerate() {
            if let Some(name) = &party.agreement {
                add(By::Agreement, name, &["other_parties", &n.to_string(), "agreement"], true);
            }
        }
        named
    }

    /// Whether the partner of a hand-over was meant as a document: it looks like an id, and is none
    /// of a role or of another party.
    fn should_be_document(&self, name: &str) -> bool {
        let known = self.library.role(name).is_some() || self.library.party(name).is_some();
        looks_like_id(name) && !known
    }
}

/// Whether a name looks like a document's id: capitals, and hyphens with digits.
fn looks_like_id(name: &str) -> bool {
    name.len() >= 5
        && name.contains('-')
        && name.bytes().any(|byte| byte.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

fn is_clause_like(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn has_section(document: &Document, slug: &str) -> bool {
    document.body.headings.iter().any(|heading| heading.slug == slug)
}

fn dangling(why: Why) -> Dangling {
    Dangling { why, name: String::new() }
}

fn missing(what: Sought, name: &str) -> Dangling {
    Dangling { why: Why::Nothing(what), name: name.to_owned() }
}

/// The scheme of an address, `https` of `https://…`. A drive letter is none.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.len() > 1 && first && scheme.chars().all(rest)).then_some(scheme)
}

/// Path and fragment of a relative link, percent signs resolved, a query dropped.
fn split(target: &str) -> (String, Option<String>) {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (target, None),
    };
    (decoded(path.split('?').next().unwrap_or_default()), fragment)
}

/// `%20` and the like to what they stand for; left alone where that is not UTF-8.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The path that `link` means in the file `from`, from the top of the manual; nothing when it
/// leaves the manual.
fn join(from: &str, link: &str) -> Option<String> {
    if link.contains(['\\', '\0']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_never_leave_the_manual() {
        assert_eq!(join("policies/a.md", "../processes/b.md").as_deref(), Some("processes/b.md"));
        assert_eq!(join("policies/a.md", "/processes/b.md").as_deref(), Some("processes/b.md"));
        assert_eq!(join("policies/a.md", "../../etc/passwd"), None);
        assert_eq!(join("a/b/c.md", "./d.md").as_deref(), Some("a/b/d.md"));
    }

    #[test]
    fn percent_signs_are_resolved_once() {
        assert_eq!(decoded("%C3%BCber%20uns"), "über uns");
        assert_eq!(decoded("100%25"), "100%");
        assert_eq!(decoded("bad%ff"), "bad%ff");
        assert_eq!(decoded("%"), "%");
    }
}
