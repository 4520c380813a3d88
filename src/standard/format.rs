//! The files of a standard, as types: `standard.yaml`, `catalogue.yaml`, one file a clause.
//!
//! Their JSON Schemas are derived from these types, as those of front matter are, so that a
//! mistake in one of the files is a finding at its place.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::front::PartyKind;
use crate::model::value::{Flag, Kind, Text};

/// `standard.yaml`: what the standard is, and how far our facts can be trusted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "standard.yaml", extend("required" = ["standard", "title"]))]
pub struct About {
    /// Name of the folder.
    pub standard: Text,
    /// Short name, for example ISO/IEC 20000-1:2018.
    pub title: Text,
    /// Full title.
    pub subject: Option<Text>,
    /// Edition.
    pub edition: Option<Text>,
    /// Amendments that are taken in.
    pub amendments: Vec<Amendment>,
    /// Whether requirements can be excluded: `none` when they cannot.
    pub exclusions: Option<Text>,
    /// Other standards that its clauses are mapped to: key and title.
    pub maps_to: BTreeMap<String, Text>,
    /// What the grades of confidence mean.
    pub confidence: BTreeMap<String, Text>,
    /// What to bear in mind before relying on it.
    pub caution: Option<Text>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
    /// What one process must hand over to another.
    pub handovers: Vec<Handover>,
}

/// An amendment of the standard.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Amendment {
    /// Its number.
    pub id: Text,
    /// What it is about.
    pub subject: Text,
    /// When it was published.
    #[serde(default)]
    pub published: Option<Text>,
    /// Clauses that it changes.
    #[serde(default)]
    pub clauses: Vec<Text>,
    /// What it changes in each.
    #[serde(default)]
    pub effect: BTreeMap<String, Text>,
}

/// A source of facts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Source {
    /// Short name.
    pub id: Text,
    /// Title.
    pub title: Text,
    /// Who publishes it.
    pub publisher: Text,
}

/// What one process must hand over to another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Handover {
    /// Clause of the process that gives.
    pub from: Text,
    /// Clause of the process that takes.
    pub to: Text,
    /// What is handed over, in words.
    pub what: Text,
}

/// `catalogue.yaml`: the clauses of the standard, in order.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "catalogue.yaml", extend("required" = ["clauses"]))]
pub struct Catalogue {
    /// The clauses.
    pub clauses: Vec<Clause>,
}

/// A clause of the standard.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Clause {
    /// Its number, for example "8.6.1".
    pub number: Text,
    /// Its title; a working label of ours where the standard gives none.
    pub title: Text,
    /// Whether the title is the standard's.
    #[serde(default)]
    pub titled: YesNo,
    /// The clause above it.
    #[serde(default)]
    pub parent: Option<Text>,
    /// What it does.
    pub role: Role,
    /// What it asks for, in our own words.
    pub summary: Text,
    /// Whether documented information is to be maintained or retained.
    #[serde(default)]
    pub information: Information,
    /// How the standard asks for documented information.
    #[serde(default)]
    pub obligation: Obligation,
    /// Kinds of document that are expected.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// What is to be repeated at planned intervals, where the clause speaks of them.
    #[serde(default)]
    pub planned_intervals: Option<Text>,
    /// When it applies, where that depends on the organization; `in part only: …` where a part of it
    /// does.
    #[serde(default)]
    pub conditional: Option<Condition>,
    /// Kinds of other parties that are enough for it to apply, when the register has one.
    #[serde(default)]
    pub applies_with: Vec<PartyKind>,
    /// The amendment that changed it.
    #[serde(default)]
    pub amended_by: Option<Text>,
    /// Practices of ITIL 4 that answer it.
    #[serde(default)]
    pub itil4: Vec<Text>,
    /// Clauses of ISO 9001:2015.
    #[serde(default)]
    pub iso9001_2015: Mapping,
    /// Clauses and controls of ISO/IEC 27001:2022.
    #[serde(default)]
    pub iso27001_2022: Mapping,
    /// How far our facts about it can be trusted: high, medium or low, by subject.
    #[serde(default)]
    pub confidence: BTreeMap<String, Text>,
    /// What people who know other standards easily get wrong about it.
    #[serde(default)]
    pub trap: Option<Text>,
    /// Wording from a licensed copy; never shipped, only from a file `*.local.yaml`.
    #[serde(default)]
    pub wording: Option<Text>,
}

impl Clause {
    /// Whether all of the clause depends on its condition, so that it can be declared not
    /// applicable as a whole.
    pub fn is_wholly_conditional(&self) -> bool {
        matches!(self.conditional, Some(Condition::Whole(_)))
    }
}

/// When a clause applies.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "Text")]
#[schemars(inline)]
pub enum Condition {
    /// All of it applies then.
    Whole(Text),
    /// A part of it applies then, and the rest always.
    InPart(Text),
}

/// How a condition begins on which a part of its clause depends.
const IN_PART: &str = "in part only";

impl Condition {
    /// The condition as its file words it.
    pub fn words(&self) -> &Text {
        let (Condition::Whole(words) | Condition::InPart(words)) = self;
        words
    }
}

impl From<Text> for Condition {
    fn from(words: Text) -> Self {
        if words.starts_with(IN_PART) { Condition::InPart(words) } else { Condition::Whole(words) }
    }
}

/// Yes or no, as YAML writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum YesNo {
    /// Yes.
    #[default]
    #[serde(alias = "yes")]
    True,
    /// No.
    #[serde(alias = "no")]
    False,
}

/// What a clause does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Role {
    /// Only groups the clauses below it.
    Heading,
    /// Asks for something.
    Requirement,
    /// Sets a frame; nothing to evidence.
    Informative,
}

/// Whether documented information is to be maintained (a document) or retained (a record).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[schemars(inline)]
pub enum Information {
    /// None is asked for.
    #[default]
    #[serde(rename = "none")]
    None,
    /// A document that is kept up to date.
    #[serde(rename = "maintain")]
    Maintain,
    /// A record that is kept as evidence.
    #[serde(rename = "retain")]
    Retain,
    /// Both.
    #[serde(rename = "maintain+retain")]
    Both,
}

/// How the standard asks for documented information.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Obligation {
    /// It does not.
    #[default]
    None,
    /// The clause names the document, or asks to document or to keep a record.
    Explicit,
    /// The clause asks to report; written evidence follows from that.
    Reported,
    /// The list in clause 7.5.4 asks for it.
    #[serde(rename = "via-7.5.4")]
    Via754,
    /// The clause asks for a plan, report or instructions with set content, without the word.
    Implied,
}

impl Obligation {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Obligation::None => "none",
            Obligation::Explicit => "explicit",
            Obligation::Reported => "reported",
            Obligation::Via754 => "via-7.5.4",
            Obligation::Implied => "implied",
        }
    }
}

/// Clauses of another standard.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Mapping {
    /// The same subject as a whole.
    pub direct: Vec<Text>,
    /// A related subject, or part of one.
    pub partial: Vec<Text>,
}

/// A file of `clauses/`: what one clause needs to see.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "Clause schema", extend("required" = ["clause"]))]
pub struct ClauseSchema {
    /// The clause.
    pub clause: Text,
    /// Kinds of document that may claim it at all; any when the list is empty.
    pub kinds: Vec<Kind>,
    /// Whether top management has to approve the documents that claim it: true or false.
    pub top_management: Option<Flag>,
    /// Subjects that the documents which claim it have to cover.
    pub topics: Vec<Topic>,
    /// What has to be dealt with one by one, where the clause lists it.
    pub inputs: Vec<ClauseInput>,
    /// Items of documented information that it asks for.
    pub items: Vec<Item>,
}

/// Something that a clause lists and that has to be dealt with.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ClauseInput {
    /// A short name of ours, as an address is written.
    pub input: Text,
    /// What is to be looked at, in our own words.
    pub asks: Text,
    /// Other names for it.
    #[serde(default)]
    pub aliases: Vec<Text>,
}

/// A subject that a document covers under a heading.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Topic {
    /// Its slug: a heading with this slug covers it.
    pub topic: Text,
    /// What to write there, in a sentence.
    pub asks: Text,
    /// Slugs of other headings that cover it.
    #[serde(default)]
    pub aliases: Vec<Text>,
    /// Kinds of document in which a heading that nearly every document has (scope, purpose,
    /// review, records, responsibilities) covers it.
    #[serde(default)]
    pub common_in: Vec<Kind>,
    /// Whether the clause needs it.
    #[serde(default)]
    pub strength: Strength,
    /// The facts that it stands for.
    #[serde(default)]
    pub from: Vec<Text>,
}

/// Whether a clause needs a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Strength {
    /// The clause needs it.
    #[default]
    Required,
    /// Usual, and not asked for.
    Customary,
}

/// An item of documented information.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Item {
    /// Its id, unique in the standard.
    pub item: Text,
    /// Its name.
    pub name: Text,
    /// Whether it is maintained or retained.
    pub information: Information,
    /// How the standard asks for it.
    pub obligation: Obligation,
    /// Kinds of document that can evidence it.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Topics that such a document has to cover itself.
    #[serde(default)]
    pub topics: Vec<Text>,
    /// What it holds, in words.
    #[serde(default)]
    pub content: Vec<Text>,
    /// Words by which a record's name is recognised as this item.
    #[serde(default)]
    pub names: Vec<Text>,
    /// Whether the list in clause 7.5.4 names it.
    #[serde(default)]
    pub in_7_5_4_list: Option<YesNo>,
    /// How far our facts about it can be trusted.
    #[serde(default)]
    pub confidence: Option<Text>,
    /// A JSON Schema (2020-12) over the facts of such a document.
    #[serde(default)]
    pub schema: Option<serde_json::Value>,
}
