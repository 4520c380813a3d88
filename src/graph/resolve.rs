//! One link to its target: relative paths as git hosts read them, and wiki links by id, clause,
//! role, service or term.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::path::{is_on_one_machine, scheme, split};
use super::{By, Dangling, LinkTargets, Named, Resolved, Sought, Target, Why};
use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::model::register::Register;
use crate::parse::markdown::Link;
use crate::text::{composed, join, key};

/// So many of those that go by one name are named: thousands may share a title.
const NAMED: usize = 8;

/// The documents that git hosts show for a folder, the first that is there.
const FRONT_PAGES: [&str; 6] =
    ["index.md", "README.md", "readme.md", "Readme.md", "index.markdown", "README.markdown"];

/// What links are looked up in.
pub(super) struct Index<'a> {
    library: &'a Library,
    link_targets: &'a LinkTargets,
    numbers: OnceLock<HashMap<&'a str, DocumentNumber>>,
    /// Paths of documents and other files that are not ASCII, composed, with their own spelling.
    spellings: OnceLock<HashMap<String, &'a str>>,
    /// Documents by title in small letters, and by the name of their file.
    loose: OnceLock<HashMap<String, Vec<DocumentNumber>>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(library: &'a Library, link_targets: &'a LinkTargets) -> Self {
        Index {
            library,
            link_targets,
            numbers: OnceLock::new(),
            spellings: OnceLock::new(),
            loose: OnceLock::new(),
        }
    }

    /// The number of the document at a path.
    fn number(&self, path: &str) -> Option<DocumentNumber> {
        let numbers = self.numbers.get_or_init(|| {
            let documents = self.library.documents.numbered();
            documents.map(|(number, document)| (document.path.as_str(), number)).collect()
        });
        numbers.get(path).copied()
    }

    /// A path in the spelling of the disk: it may hold the same letters otherwise composed.
    fn spelled<'p>(&self, path: &'p str) -> &'p str
    where
        'a: 'p,
    {
        if path.is_ascii() || self.number(path).is_some() || self.link_targets.assets.contains(path)
        {
            return path;
        }
        let spellings = self.spellings.get_or_init(|| {
            let documents = self.library.documents.iter().map(|document| document.path.as_str());
            let unread = self.library.unread.iter().map(|unread| unread.path.as_str());
            let all =
                documents.chain(unread).chain(self.link_targets.assets.iter().map(String::as_str));
            let odd = all.filter(|path| !path.is_ascii());
            odd.map(|path| (composed(path).into_owned(), path)).collect()
        });
        spellings.get(&*composed(path)).copied().unwrap_or(path)
    }

    /// Follows a link or a picture of the document of a number; `loose` becomes true when it takes
    /// more than ids, paths and the entries of lists.
    pub(super) fn link(&self, number: DocumentNumber, link: &Link, loose: &mut bool) -> Resolved {
        self.link_from(&self.library.documents[number].path, number, link, loose)
    }

    /// The same, where the document lay at another path.
    pub(super) fn link_from(
        &self,
        at: &str,
        number: DocumentNumber,
        link: &Link,
        loose: &mut bool,
    ) -> Resolved {
        let target = link.target.trim();
        if link.wiki {
            return self.wiki(number, link, loose);
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
            return self.section(number, fragment.as_deref().unwrap_or_default());
        }
        self.path(at, &path, fragment)
    }

    /// A relative path; `/` at its start is the top of the manual.
    fn path(&self, from: &str, path: &str, fragment: Option<String>) -> Resolved {
        if path.contains('\\') {
            let plain = path.replace('\\', "/");
            let meant = is_on_one_machine(path) || self.path(from, &plain, None).is_err();
            return Err(if meant {
                dangling(Why::Outside)
            } else {
                Dangling { why: Why::Backslashes, name: plain }
            });
        }
        let Some(full) = join(from, path).filter(|_| !is_on_one_machine(path)) else {
            return Err(dangling(Why::Outside));
        };
        let full = self.spelled(&full);
        if let Some(number) = self.number(full) {
            return self.document(number, fragment);
        }
        if self.library.is_unread(full) || self.link_targets.unread.contains(full) {
            return Ok(Target::Unread);
        }
        if self.link_targets.assets.contains(full) {
            return Ok(Target::Asset(full.to_owned()));
        }
        if let Some(found) = self.folder(full, fragment.as_ref()) {
            return found;
        }
        if self.link_targets.beyond.contains(full) {
            return Ok(Target::Repository(full.to_owned(), fragment));
        }
        let why = if full.rsplit('/').next().is_some_and(|name| name.starts_with('_')) {
            Why::NotADocument
        } else {
            Why::Nothing(Sought::File)
        };
        Err(Dangling { why, name: full.to_owned() })
    }

    /// The document of a folder, as git hosts show it; nothing when the path is no folder with
    /// documents or other files of the manual in it.
    fn folder(&self, path: &str, fragment: Option<&String>) -> Option<Resolved> {
        let below = if path.is_empty() { String::new() } else { format!("{path}/") };
        for name in FRONT_PAGES {
            let page = format!("{below}{name}");
            if let Some(number) = self.number(&page) {
                return Some(self.document(number, fragment.cloned()));
            }
            if self.library.is_unread(&page) {
                return Some(Ok(Target::Unread));
            }
        }
        let asset = self.link_targets.assets.range(below.clone()..).next().map(String::as_str);
        let is_folder = !below.is_empty()
            && (self.library.documents.any_below(path)
                || asset.is_some_and(|asset| asset.starts_with(&below)));
        is_folder.then(|| Err(Dangling { why: Why::Folder, name: path.to_owned() }))
    }

    pub(super) fn document(&self, number: DocumentNumber, fragment: Option<String>) -> Resolved {
        let fragment = fragment.map(|typed| without_directive(&typed).to_owned());
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Ok(Target::Document(number, None));
        };
        match section(&self.library.documents[number], &fragment) {
            Some(section) => Ok(Target::Document(number, Some(section.to_owned()))),
            None if is_top(&fragment) => Ok(Target::Document(number, None)),
            None => Err(dangling(Why::NoSection(number, fragment))),
        }
    }

    /// A section of the document of a number.
    fn section(&self, number: DocumentNumber, fragment: &str) -> Resolved {
        let fragment = without_directive(fragment);
        match section(&self.library.documents[number], fragment) {
            Some(section) => Ok(Target::Section(section.to_owned())),
            None if fragment.is_empty() || is_top(fragment) => Ok(Target::Section(String::new())),
            None => Err(dangling(Why::NoSection(number, fragment.to_owned()))),
        }
    }

    /// `[[…]]`: `role:x`, `service:x`, `term:x`, a clause number, or a document's id.
    fn wiki(&self, from: DocumentNumber, link: &Link, loose: &mut bool) -> Resolved {
        let library = self.library;
        let target = link.target.trim();
        if let Some((word, name)) = target.split_once(':')
            && let Some(register) = Register::of_link(word.trim())
        {
            let name = name.trim();
            let found = library.name_in(register, name);
            let found = found.map(|name| Target::Entry(register, name.to_owned()));
            return found.ok_or_else(|| missing(Sought::Entry(register), name));
        }
        let (name, fragment) = match target.split_once('#') {
            Some((name, fragment)) => (name.trim(), Some(fragment.trim().to_owned())),
            None => (target, None),
        };
        if name.is_empty() {
            return fragment.map_or(Ok(Target::Text), |fragment| self.section(from, &fragment));
        }
        if let Some(number) = library.number_by_id(name) {
            return self.document(number, fragment);
        }
        if self.link_targets.clauses.contains_key(name) {
            return Ok(Target::Clause(name.to_owned()));
        }
        if let Some(short) = self.link_targets.qualified.get(name) {
            return Ok(Target::Clause(short.clone()));
        }
        if let Some(entry) = self.link_targets.entries.get(&key(name)) {
            return Ok(Target::Row(entry.register.clone(), entry.id.clone()));
        }
        *loose = true;
        match self.loosely(name, fragment) {
            Err(Dangling { why: Why::Nothing(_), .. })
                if !could_be_name(name, &library.documents[from], link) =>
            {
                Ok(Target::Text)
            }
            found => found,
        }
    }

    /// By title or file name, when exactly one document has it.
    fn loosely(&self, name: &str, fragment: Option<String>) -> Resolved {
        let loose = self.loose.get_or_init(|| self.loose_names());
        let found = loose.get(&key(name)).map(Vec::as_slice).unwrap_or_default();
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

    fn loose_names(&self) -> HashMap<String, Vec<DocumentNumber>> {
        let mut names: HashMap<String, Vec<DocumentNumber>> = HashMap::new();
        for (number, document) in self.library.documents.numbered() {
            let stem = document.path.rsplit('/').next().unwrap_or_default();
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            for name in [document.title(), stem] {
                let numbers = names.entry(key(name)).or_default();
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
            if let Some(number) = self.library.number_by_id(name) {
                named.push(Named { by, at, name: name.to_owned(), target: Ok(number) });
            } else if strict {
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
        for register in Register::ALL {
            for (n, entry) in register.listed(front).into_iter().enumerate() {
                if let Some(name) = entry.agreement {
                    add(By::Agreement, name, &[register.key(), &n.to_string(), "agreement"], true);
                }
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

/// Whether what stands in double brackets could be the name of something. `[[1]]`, `[[ -f x ]]` and
/// what is asked of a list, as in `x[[i]]`, are other things, and stay the text that they are.
fn could_be_name(name: &str, from: &Document, link: &Link) -> bool {
    let before = from.text[..link.at.start].bytes().next_back();
    let is_index =
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_)]".contains(&byte));
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_word = letters > 0 && name.chars().count() > 1 && !name.starts_with('-');
    let is_clause = is_clause_like(name) && name.contains('.');
    let is_plain = !name.contains(|letter: char| "$=<>;{}[]^~`\"*+\\".contains(letter));
    looks_like_id(name) || (!is_index && is_plain && (is_word || is_clause))
}

/// The section or other target of a document that a fragment names, in the document's own spelling.
fn section<'d>(document: &'d Document, fragment: &str) -> Option<&'d str> {
    let all = || {
        let headings = document.body.headings.iter().map(|heading| heading.slug.as_str());
        headings.chain(document.body.targets())
    };
    let same = || {
        let composed = composed(fragment).into_owned();
        all().find(|one| !one.is_ascii() && crate::text::composed(one) == *composed)
    };
    let found = all().find(|one| *one == fragment);
    let found = found.or_else(|| same().filter(|_| !fragment.is_ascii()));
    // The letter case is told of, and the link leads there all the same.
    found.or_else(|| all().find(|one| one.eq_ignore_ascii_case(fragment)))
}

/// A fragment without the words that a browser is to look for: `#targets:~:text=hours`.
fn without_directive(fragment: &str) -> &str {
    fragment.split_once(":~:").map_or(fragment, |(section, _)| section)
}

/// Whether a fragment names the top of a page where no section has that name.
fn is_top(fragment: &str) -> bool {
    fragment.eq_ignore_ascii_case("top")
}

fn dangling(why: Why) -> Dangling {
    Dangling { why, name: String::new() }
}

fn missing(what: Sought, name: &str) -> Dangling {
    Dangling { why: Why::Nothing(what), name: name.to_owned() }
}
