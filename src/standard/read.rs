//! The files of a standard, read and looked over: whatever in them would leave a clause unchecked,
//! or make it impossible to meet, is a [`Fault`].

use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::format::{About, Catalogue, ClauseSchema};
use super::{Fault, Schema, Standard, facts};
use crate::model::schema::{self, Shape, derived};
use crate::model::value::Text;
use crate::model::violation::Violation;
use crate::parse::recover::Doubt;
use crate::parse::yaml::{self, Node, Value};
use crate::source::SourceFile;
use crate::text::{FileId, Span, key, nearest, slug, unportable};

impl Standard {
    /// Reads the files of a folder below `schema/`; what is wrong with them is added to `faults`.
    pub(super) fn read(
        name: &str,
        folder: &str,
        files: &[&SourceFile],
        faults: &mut Vec<Fault>,
    ) -> Self {
        static ABOUT: OnceLock<Shape> = OnceLock::new();
        static CATALOGUE: OnceLock<Shape> = OnceLock::new();
        let mut read = Reader { folder, files, faults };
        let (about, about_file, about_node): (About, _, _) =
            read.file("standard.yaml", ABOUT.get_or_init(shape::<About>));
        let (catalogue, file, node): (Catalogue, _, _) =
            read.file("catalogue.yaml", CATALOGUE.get_or_init(shape::<Catalogue>));
        let mut standard = Standard {
            name: name.to_owned(),
            about,
            numbers: BTreeMap::new(),
            clauses: catalogue.clauses,
            schemas: BTreeMap::new(),
        };
        standard.index(|path, message| {
            faults.push(Fault { at: place(file, &node, &path), message, help: None });
        });
        standard.check_handovers(|path, message| {
            faults.push(Fault { at: place(about_file, &about_node, &path), message, help: None });
        });
        standard.overlay(folder, files, faults);
        let prefix = format!("{folder}/clauses/");
        let of_clauses: Vec<_> = files
            .par_iter()
            .filter(|file| file.path.starts_with(&prefix) && is_yaml(&file.path))
            .map(|file| (file, standard.clause_schema(file)))
            .collect();
        let mut paths: BTreeMap<String, &str> = BTreeMap::new();
        for (file, (schema, found)) in of_clauses {
            faults.extend(found);
            let number = schema.content.clause.0.clone();
            if standard.clause(&number).is_none() {
                continue;
            }
            match paths.entry(number.clone()) {
                btree_map::Entry::Vacant(entry) => {
                    entry.insert(&file.path);
                    standard.schemas.insert(number, schema);
                }
                btree_map::Entry::Occupied(first) => faults.push(Fault {
                    at: schema.at,
                    message: format!("{} is about clause `{number}` too", first.get()),
                    help: Some("keep one of the two; this one is not used".into()),
                }),
            }
        }
        standard
    }

    /// Finds the clauses by number; a number that stands twice or that none can have, or a parent that
    /// is not there, is a fault at its path in the catalogue.
    fn index(&mut self, mut fault: impl FnMut([String; 3], String)) {
        let path = |n: usize, key: &str| ["clauses".to_owned(), n.to_string(), key.to_owned()];
        let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for (n, clause) in self.clauses.iter().enumerate() {
            let number = &*clause.number;
            let wrong = match spelled.insert(key(number), number) {
                _ if no_number(number).is_some() => no_number(number),
                Some(other) if other != number => {
                    Some(format!("clause `{number}` is `{other}` on some disks"))
                }
                Some(_) => Some(format!("clause `{number}` stands here twice")),
                None => {
                    numbers.insert(number.to_owned(), n);
                    None
                }
            };
            if let Some(wrong) = wrong {
                fault(path(n, "number"), wrong);
            }
        }
        for (n, clause) in self.clauses.iter().enumerate() {
            if let Some(parent) =
                clause.parent.as_ref().filter(|one| !numbers.contains_key(&***one))
            {
                fault(path(n, "parent"), format!("there is no clause `{parent}`"));
            }
        }
        // Each has a page in a folder of its name.
        self.clauses.retain(|clause| no_number(&clause.number).is_none());
        for (n, clause) in self.clauses.iter().enumerate() {
            self.numbers.entry(clause.number.0.clone()).or_insert(n);
        }
    }

    /// A hand-over between clauses that are not there would never be checked.
    fn check_handovers(&self, mut fault: impl FnMut([String; 3], String)) {
        for (n, handover) in self.about.handovers.iter().enumerate() {
            for (key, number) in [("from", &handover.from), ("to", &handover.to)] {
                if self.clause(number).is_none() {
                    let path = ["handovers".to_owned(), n.to_string(), key.to_owned()];
                    fault(path, format!("there is no clause `{number}`"));
                }
            }
        }
    }

    /// Lays the wording of a licensed copy over our own: `wording.local.yaml`, a map from clause
    /// number to text, which is never committed by us.
    fn overlay(&mut self, folder: &str, files: &[&SourceFile], faults: &mut Vec<Fault>) {
        let path = format!("{folder}/wording.local.yaml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return };
        let Some(node) = tree(file, faults) else { return };
        let Value::Map(entries) = &node.value else { return };
        for entry in entries {
            match (self.numbers.get(&*entry.key), entry.node.text()) {
                (Some(index), Some(text)) => {
                    self.clauses[*index].wording = Some(Text::from(text));
                }
                _ => faults.push(Fault {
                    at: Span::new(file.id, entry.key_at.clone()),
                    message: format!("`{}` is no clause with a text", entry.key),
                    help: Some("write `\"8.6.1\": the wording`".into()),
                }),
            }
        }
    }

    fn clause_schema(&self, file: &SourceFile) -> (Schema, Vec<Fault>) {
        static SHAPE: OnceLock<Shape> = OnceLock::new();
        let mut faults = Vec::new();
        let shape = SHAPE.get_or_init(shape::<ClauseSchema>);
        let (mut content, node): (ClauseSchema, Node) = read_file(file, shape, &mut faults);
        let mut look = Look { file: file.id, node: &node, faults: &mut faults };
        if self.clause(&content.clause).is_none() && !content.clause.is_empty() {
            let near = nearest(&content.clause, self.numbers.keys().map(String::as_str));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            look.fault(&["clause"], format!("there is no clause `{}`", content.clause), help);
        }
        look.at_topics(&content);
        look.at_items(&content);
        let validators = look.at_schemas(&mut content);
        (Schema { content, at: Span::start_of(file.id), validators }, faults)
    }
}

/// Why a clause cannot have a number.
fn no_number(number: &str) -> Option<String> {
    let is_plain = |letter: char| letter.is_alphanumeric() || ".-_ ()".contains(letter);
    let why = if number.len() > 64 || !number.chars().all(is_plain) || number.starts_with('.') {
        Some("it is made of letters, digits, dots and hyphens, at most 64".to_owned())
    } else if key(number) == "index.html" {
        Some("a page of the site has that name".to_owned())
    } else {
        unportable(number)
    };
    why.map(|why| format!("no clause can have the number `{number}`: {why}"))
}

/// A look over the file of a clause.
struct Look<'a> {
    file: FileId,
    node: &'a Node,
    faults: &'a mut Vec<Fault>,
}

impl Look<'_> {
    fn fault(&mut self, path: &[&str], message: String, help: Option<String>) {
        let at = Span::new(self.file, self.node.nearest(path.iter().copied()).at.clone());
        self.faults.push(Fault { at, message, help });
    }

    /// A topic that no heading can meet, and a heading that would meet two.
    fn at_topics(&mut self, content: &ClauseSchema) {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, topic) in content.topics.iter().enumerate() {
            let number = n.to_string();
            let spelled = std::iter::once(&topic.topic).chain(&topic.aliases).enumerate();
            for (k, word) in spelled {
                let alias = k.saturating_sub(1).to_string();
                let path: &[&str] = match k {
                    0 => &["topics", &number, "topic"],
                    _ => &["topics", &number, "aliases", &alias],
                };
                if slug(word) != **word || word.is_empty() {
                    let right = Some(slug(word)).filter(|right| !right.is_empty());
                    let help = right.map(|one| format!("write it as a heading's address: `{one}`"));
                    self.fault(path, format!("no heading can have the address `{word}`"), help);
                } else if taken.insert(word, n).is_some_and(|other| other != n) {
                    let message = format!("`{word}` stands for two topics of this clause");
                    self.fault(path, message, None);
                }
            }
        }
    }

    /// An item that stands twice, or that wants a topic which is none.
    fn at_items(&mut self, content: &ClauseSchema) {
        let topics: BTreeSet<&str> = content.topics.iter().map(|topic| &*topic.topic).collect();
        let mut items: BTreeSet<&str> = BTreeSet::new();
        for (n, item) in content.items.iter().enumerate() {
            let number = n.to_string();
            if !items.insert(&item.item) {
                let message = format!("item `{}` stands here twice", item.item);
                self.fault(&["items", &number, "item"], message, None);
            }
            let wanted = item.topics.iter().enumerate();
            for (k, topic) in wanted.filter(|(_, topic)| !topics.contains(&***topic)) {
                let near = nearest(topic, topics.iter().copied());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                let message = format!("nobody can meet `{topic}`: it is no topic of this clause");
                self.fault(&["items", &number, "topics", &k.to_string()], message, help);
            }
        }
    }

    /// Makes the JSON Schemas of the items ready.
    fn at_schemas(
        &mut self,
        content: &mut ClauseSchema,
    ) -> BTreeMap<String, Arc<jsonschema::Validator>> {
        let mut validators = BTreeMap::new();
        for (n, item) in content.items.iter_mut().enumerate() {
            let number = n.to_string();
            let Some(node) = self.node.nearest(["items", &number]).get("schema") else { continue };
            let json = facts::typed(node);
            match facts::validator(&json) {
                Ok(validator) => {
                    validators.insert(item.item.0.clone(), Arc::new(validator));
                }
                Err(wrong) => {
                    let path: Vec<&str> = wrong.path.iter().map(String::as_str).collect();
                    let path = [&["items", number.as_str(), "schema"], &*path].concat();
                    self.fault(&path, wrong.message, None);
                }
            }
            item.schema = Some(json);
        }
        validators
    }
}

/// The schema of a file's type, ready to check with.
pub(crate) fn shape<T: schemars::JsonSchema>() -> Shape {
    Shape::new(derived::<T>())
}

/// The files of one standard, while its two files of facts are read.
struct Reader<'a> {
    folder: &'a str,
    files: &'a [&'a SourceFile],
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    /// A file that has to be there; without it, what is said of the standard points at the first
    /// of its files.
    fn file<T>(&mut self, name: &str, shape: &Shape) -> (T, FileId, Node)
    where
        T: DeserializeOwned + Default,
    {
        let path = format!("{}/{name}", self.folder);
        if let Some(file) = self.files.iter().find(|file| file.path == path) {
            let (value, node) = read_file(file, shape, self.faults);
            return (value, file.id, node);
        }
        let first = self.files.first().map_or(FileId(0), |file| file.id);
        self.faults.push(Fault {
            at: Span::start_of(first),
            message: format!("{path} is missing"),
            help: Some(format!("write it, or take {} away", self.folder)),
        });
        (T::default(), first, Node { at: 0..0, value: Value::Null })
    }
}

/// The place of a value, by keys and indices.
fn place(file: FileId, node: &Node, path: &[String]) -> Span {
    Span::new(file, node.nearest(path.iter().map(String::as_str)).at.clone())
}

fn is_yaml(path: &str) -> bool {
    matches!(path.rsplit('.').next(), Some("yaml" | "yml"))
}

/// The tree of a YAML file; its trouble is a fault.
fn tree(file: &SourceFile, faults: &mut Vec<Fault>) -> Option<Node> {
    if file.fault.is_some() {
        let message = "this file cannot be read as text".into();
        faults.push(Fault { at: Span::start_of(file.id), message, help: None });
        return None;
    }
    match yaml::read(&file.text, 0..file.text.len()) {
        Ok(node) => Some(node),
        Err(error) => {
            let help = error.related.map(|(_, what)| what);
            faults.push(Fault { at: Span::new(file.id, error.at), message: error.message, help });
            None
        }
    }
}

/// A file read into a type; what is wrong with it is added to the faults.
pub(crate) fn read_file<T: DeserializeOwned + Default>(
    file: &SourceFile,
    shape: &Shape,
    faults: &mut Vec<Fault>,
) -> (T, Node) {
    let Some(node) = tree(file, faults) else {
        return (T::default(), Node { at: 0..0, value: Value::Null });
    };
    let checked = schema::read::<T>(node, &Doubt::default(), |_| shape);
    faults.extend(checked.violations.iter().map(|violation| fault_of(file, violation)));
    (checked.value, checked.node)
}

fn fault_of(file: &SourceFile, violation: &Violation) -> Fault {
    let (message, help) = violation.in_words();
    Fault { at: Span::new(file.id, violation.at.clone()), message, help }
}
