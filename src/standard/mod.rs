//! The standards that a manual answers to: their clauses, and what each clause needs to see.
//!
//! Comes in: the files below `schema/`, a manual's own before the built-in ones. Goes out:
//! [`Standards`]. A file that is wrong is kept as a [`Fault`] and becomes a finding in `check`.
//! Facts about ISO/IEC 20000-1 stand in the files and nowhere in the program.

pub mod format;
pub mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::model::schema::{self, Shape, Violation, derived};
use crate::parse::yaml::{self, Node, Value};
use crate::source::{SourceFile, Sources};
use crate::text::{Span, nearest, slug};
use format::{About, Catalogue, Clause, ClauseSchema, Item, Role, Strength, Topic};

/// All standards of a manual, in the order of `standards:`.
#[derive(Default)]
pub struct Standards {
    /// The standards.
    pub all: Vec<Standard>,
    /// What was wrong with their files.
    pub faults: Vec<Fault>,
    /// Names in `standards:` for which there is no folder.
    pub absent: Vec<String>,
}

/// One standard.
pub struct Standard {
    /// Name of its folder.
    pub name: String,
    /// What it is.
    pub about: About,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// What each requirement clause needs to see, by number.
    pub schemas: BTreeMap<String, Schema>,
    numbers: BTreeMap<String, usize>,
}

/// What a clause needs to see.
pub struct Schema {
    /// The file's content.
    pub content: ClauseSchema,
    /// Where it stands.
    pub at: Span,
    validators: BTreeMap<String, Arc<jsonschema::Validator>>,
}

/// Something wrong in a file of a standard.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Where.
    pub at: Span,
    /// What, without a full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

/// A clause as a document names it: its standard and its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseRef {
    /// Index of the standard in [`Standards::all`].
    pub standard: usize,
    /// Its number.
    pub number: String,
}

impl Standards {
    /// Reads the standards of a manual.
    pub fn read(sources: &Sources, names: &[&str]) -> Self {
        let mut standards = Standards::default();
        for name in names {
            let folder = format!("schema/{name}");
            let files: Vec<&SourceFile> = sources.below(&folder).collect();
            if files.is_empty() {
                standards.absent.push((*name).to_owned());
                continue;
            }
            let standard = Standard::read(name, &folder, &files, &mut standards.faults);
            standards.all.push(standard);
        }
        standards
    }

    /// The clause that a document names: `8.6.1` of the first standard that has it, or
    /// `iso-20000-1-2018:8.6.1` of the one that is named.
    pub fn find(&self, name: &str) -> Option<(ClauseRef, &Clause)> {
        let (wanted, number) = match name.rsplit_once(':') {
            Some((standard, number)) => (Some(standard), number),
            None => (None, name),
        };
        self.all.iter().enumerate().find_map(|(index, standard)| {
            if wanted.is_some_and(|wanted| wanted != standard.name) {
                return None;
            }
            let clause = standard.clause(number)?;
            Some((ClauseRef { standard: index, number: number.to_owned() }, clause))
        })
    }

    /// How a clause is written in a document: with its standard's name unless it is found
    /// without.
    pub fn name(&self, clause: &ClauseRef) -> String {
        match self.find(&clause.number) {
            Some((found, _)) if found == *clause => clause.number.clone(),
            _ => format!("{}:{}", self.all[clause.standard].name, clause.number),
        }
    }

    /// Every clause with the name by which documents name it.
    pub fn named(&self) -> impl Iterator<Item = (String, ClauseRef, &Clause)> {
        self.all.iter().enumerate().flat_map(move |(index, standard)| {
            standard.clauses.iter().map(move |clause| {
                let number = clause.number.0.clone();
                let found = ClauseRef { standard: index, number };
                (self.name(&found), found, clause)
            })
        })
    }

    /// Every requirement clause, in order, with its schema where there is one.
    pub fn requirements(&self) -> impl Iterator<Item = (ClauseRef, &Clause, Option<&Schema>)> {
        self.named().filter(|(_, _, clause)| clause.role == Role::Requirement).map(
            move |(_, at, clause)| {
                let schema = self.all[at.standard].schemas.get(&at.number);
                (at, clause, schema)
            },
        )
    }

    /// The schema of a clause.
    pub fn schema(&self, clause: &ClauseRef) -> Option<&Schema> {
        self.all.get(clause.standard)?.schemas.get(&clause.number)
    }

    /// Numbers of all clauses, for hints.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flat_map(|one| one.clauses.iter().map(|clause| &*clause.number))
    }
}

impl Standard {
    fn read(name: &str, folder: &str, files: &[&SourceFile], faults: &mut Vec<Fault>) -> Self {
        static ABOUT: OnceLock<Shape> = OnceLock::new();
        static CATALOGUE: OnceLock<Shape> = OnceLock::new();
        let find = |path: &str| files.iter().find(|file| file.path == format!("{folder}/{path}"));
        let about: About = find("standard.yaml")
            .map(|file| read_file(file, ABOUT.get_or_init(shape::<About>), faults).0)
            .unwrap_or_default();
        let catalogue: Catalogue = find("catalogue.yaml")
            .map(|file| read_file(file, CATALOGUE.get_or_init(shape::<Catalogue>), faults).0)
            .unwrap_or_default();
        let mut standard = Standard {
            name: name.to_owned(),
            about,
            numbers: BTreeMap::new(),
            clauses: catalogue.clauses,
            schemas: BTreeMap::new(),
        };
        standard.index();
        standard.overlay(folder, files, faults);
        let prefix = format!("{folder}/clauses/");
        let of_clauses: Vec<_> = files
            .par_iter()
            .filter(|file| file.path.starts_with(&prefix))
            .map(|file| standard.clause_schema(file))
            .collect();
        for (schema, found) in of_clauses {
            faults.extend(found);
            let number = schema.content.clause.0.clone();
            if standard.clause(&number).is_some() {
                standard.schemas.insert(number, schema);
            }
        }
        standard
    }

    fn index(&mut self) {
        let numbers = self.clauses.iter().enumerate();
        self.numbers = numbers.map(|(n, clause)| (clause.number.0.clone(), n)).collect();
    }

    /// The clause of a number.
    pub fn clause(&self, number: &str) -> Option<&Clause> {
        self.numbers.get(number).map(|index| &self.clauses[*index])
    }

    /// The clauses right below one.
    pub fn below(&self, number: &str) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |one| one.parent.as_deref() == Some(number))
    }

    /// Lays the wording of a licensed copy over our own: `wording.local.yaml`, a map from clause
    /// number to text, which is never committed by us.
    fn overlay(&mut self, folder: &str, files: &[&SourceFile], faults: &mut Vec<Fault>) {
        let path = format!("{folder}/wording.local.yaml");
        let Some(file) = files.iter().find(|file| file.path == path) else { return };
        let Some(node) = tree(file, faults) else { return };
        let Value::Map(entries) = &node.value else { return };
        for entry in entries {
            match (self.numbers.get(&entry.key), entry.node.text()) {
                (Some(index), Some(text)) => {
                    self.clauses[*index].wording = Some(crate::model::value::Text(text.into()));
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
        let (mut content, node): (ClauseSchema, Node) =
            read_file(file, SHAPE.get_or_init(shape::<ClauseSchema>), &mut faults);
        let place =
            |path: &[&str]| Span::new(file.id, node.nearest(path.iter().copied()).at.clone());
        let mut fault = |at: Span, message: String, help: Option<String>| {
            faults.push(Fault { at, message, help });
        };
        if self.clause(&content.clause).is_none() && !content.clause.is_empty() {
            let near = nearest(&content.clause, self.numbers.keys().map(String::as_str));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            fault(place(&["clause"]), format!("there is no clause `{}`", content.clause), help);
        }
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, topic) in content.topics.iter().enumerate() {
            let number = n.to_string();
            let spelled = std::iter::once(&topic.topic).chain(&topic.aliases).enumerate();
            for (k, word) in spelled {
                let alias = k.saturating_sub(1).to_string();
                let at = match k {
                    0 => place(&["topics", &number, "topic"]),
                    _ => place(&["topics", &number, "aliases", &alias]),
                };
                if slug(word) != **word || word.is_empty() {
                    let help = format!("write it as a heading's address: `{}`", slug(word));
                    fault(at, format!("no heading can have the address `{word}`"), Some(help));
                } else if let Some(other) = taken.insert(word, n)
                    && other != n
                {
                    fault(at, format!("`{word}` stands for two topics of this clause"), None);
                }
            }
        }
        let known: BTreeSet<&str> = content.topics.iter().map(|topic| &*topic.topic).collect();
        for (n, item) in content.items.iter().enumerate() {
            for (k, topic) in item.topics.iter().enumerate().filter(|(_, t)| !known.contains(&***t))
            {
                let near = nearest(topic, known.iter().copied());
                let at = place(&["items", &n.to_string(), "topics", &k.to_string()]);
                let help = near.map(|near| format!("did you mean `{near}`?"));
                fault(
                    at,
                    format!("nobody can meet `{topic}`: it is no topic of this clause"),
                    help,
                );
            }
        }
        let mut validators = BTreeMap::new();
        for (n, item) in content.items.iter_mut().enumerate() {
            let number = n.to_string();
            if let Some(node) = node.nearest(["items", &number]).get("schema") {
                let json = facts::typed(node);
                match facts::validator(&json) {
                    Ok(validator) => {
                        validators.insert(item.item.0.clone(), Arc::new(validator));
                    }
                    Err(message) => fault(place(&["items", &number, "schema"]), message, None),
                }
                item.schema = Some(json);
            }
        }
        (Schema { content, at: Span::start_of(file.id), validators }, faults)
    }
}

impl Schema {
    /// The topics that the clause needs.
    pub fn required(&self) -> impl Iterator<Item = &Topic> {
        self.content.topics.iter().filter(|topic| topic.strength == Strength::Required)
    }

    /// The topic of a slug.
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.content.topics.iter().find(|topic| &*topic.topic == slug)
    }

    /// The JSON Schema of an item over a document's facts, ready to check with.
    pub fn validator(&self, item: &Item) -> Option<&jsonschema::Validator> {
        self.validators.get(&item.item.0).map(Arc::as_ref)
    }
}

impl Topic {
    /// Whether a heading's address or a `covers` mark meets this topic.
    pub fn is_met_by(&self, word: &str) -> bool {
        *self.topic == *word || self.aliases.iter().any(|alias| **alias == *word)
    }
}

fn shape<T: schemars::JsonSchema>() -> Shape {
    Shape::new(derived::<T>())
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

fn read_file<T: DeserializeOwned + Default>(
    file: &SourceFile,
    shape: &Shape,
    faults: &mut Vec<Fault>,
) -> (T, Node) {
    let Some(node) = tree(file, faults) else {
        return (T::default(), Node { at: 0..0, value: Value::Null });
    };
    let checked = schema::read::<T>(&node, shape);
    faults.extend(checked.violations.iter().map(|violation| fault_of(file, violation)));
    (checked.value, checked.node)
}

fn fault_of(file: &SourceFile, violation: &Violation) -> Fault {
    let (message, help) = violation.in_words();
    Fault { at: Span::new(file.id, violation.at.clone()), message, help }
}
