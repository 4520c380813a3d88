//! The front matter of a document, field by field. These types *are* the schema: JSON Schema is
//! derived from them, and what stands in the doc comments is what an author's editor shows.
//!
//! Optional fields that the schema calls required are absent only when the author left them out or
//! wrote something unusable; a finding has said so.
//!
//! Longer than most: one type a part of the front matter, and together they are the schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::nothing::{is_no_place, is_no_time, is_nobody};
use super::value::{
    Classification, Date, Direction, Flag, Id, Interval, Kind, Outcome, Status, Text, Unit, Version,
};

/// Front matter of a controlled document.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(
    title = "Front matter",
    extend("required" = ["id", "title", "kind", "version", "status", "owner"])
)]
pub struct FrontMatter {
    /// Unique in the manual and the same over all versions, for example PRC-INC-01.
    pub id: Option<Id>,
    /// Title of the document.
    #[schemars(length(max = 300))]
    pub title: Option<Text>,
    /// Kind of document.
    pub kind: Option<Kind>,
    /// Version in force or in work, for example 2.1.
    pub version: Option<Version>,
    /// Where it stands in its life.
    pub status: Option<Status>,
    /// Who may read it; internal when absent.
    pub classification: Option<Classification>,
    /// Role that answers for it: the id of a role of the role register.
    pub owner: Option<Text>,
    /// Role or person that wrote this version.
    pub author: Option<Text>,
    /// Who approved this version, and when (clause 7.5.2).
    pub approved: Option<Approval>,
    /// First day on which this version is in force.
    pub effective: Option<Date>,
    /// How often it is reviewed, and the last review.
    pub review: Option<Review>,
    /// Clauses of the standard that it answers, for example "8.6.1".
    pub clauses: Vec<Text>,
    /// Id of the document whose place it takes.
    pub supersedes: Option<Text>,
    /// Ids of documents to read with it.
    pub related: Vec<Text>,
    /// How long it is kept after it is no longer valid (clause 7.5.3).
    pub retention: Option<Text>,
    /// Who gets it (clause 7.5.3).
    pub distribution: Vec<Text>,
    /// Versions so far, newest first.
    pub revisions: Vec<Revision>,
    /// What the process needs, and from where.
    pub inputs: Vec<Input>,
    /// What the process gives, and to whom.
    pub outputs: Vec<Output>,
    /// Measures of performance, with targets.
    pub kpis: Vec<Kpi>,
    /// Records that are kept as evidence.
    pub records: Vec<Record>,
    /// Files with entries of a register, beside it: CSV.
    pub entries: Vec<EntriesFile>,
    /// How letters in its RACI matrices are read, when not plain RACI.
    pub raci: Option<RaciVariant>,
    /// Findings that are accepted for a time.
    pub waivers: Vec<Waiver>,
    /// The scope of the SMS; in a document of kind scope alone.
    pub scope: Option<Scope>,
    /// The role register; in a register.
    pub roles: Vec<Role>,
    /// The services; in a catalogue.
    pub services: Vec<Service>,
    /// Suppliers, internal suppliers and customers that act as suppliers; in a register.
    pub other_parties: Vec<OtherParty>,
    /// The glossary; in a register.
    pub terms: Vec<Term>,
    /// Documents of external origin; in a register (clause 7.5.3.2).
    pub external_documents: Vec<ExternalDocument>,
    /// Whatever else is to be kept with the document, such as what it said in another tool: it is not
    /// checked and not shown.
    pub x: BTreeMap<String, serde_json::Value>,
}

/// Who approved, and when.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Approval {
    /// Role or person that approved.
    pub by: Text,
    /// Day of the approval.
    pub on: Date,
    /// Checksum of what was approved, as `clausebook approve` writes it: sha256:…
    #[serde(default)]
    pub digest: Option<Text>,
}

/// Review of a document: how often, and the outcome of the last one.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Review {
    /// Planned interval, for example 12 months.
    pub every: Option<Interval>,
    /// Day of the last review.
    pub last: Option<Date>,
    /// Role or person that reviewed.
    pub reviewer: Option<Text>,
    /// The outcome of the review.
    pub outcome: Option<Outcome>,
    /// Why, in a sentence.
    pub reason: Option<Text>,
    /// Version that was reviewed.
    pub version: Option<Version>,
}

/// One line of the revision history.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Revision {
    /// The version.
    pub version: Version,
    /// Day on which it was written.
    pub date: Date,
    /// Role or person that wrote it.
    #[serde(default)]
    pub author: Option<Text>,
    /// What changed.
    pub summary: Text,
}

/// A file with entries of a register.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct EntriesFile {
    /// The register, for example measurements.
    pub register: Text,
    /// The file, from the folder of the document: measurements.csv.
    pub file: Text,
}

/// Something that a process needs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Input {
    /// What it is.
    pub name: Text,
    /// Where it comes from: a document's id, a role, or another party.
    pub from: Text,
}

/// Something that a process gives.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Output {
    /// What it is.
    pub name: Text,
    /// Where it goes: a document's id, a role, or another party.
    pub to: Text,
}

/// A measure of performance.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Kpi {
    /// Short id, unique in the document.
    pub id: Text,
    /// What is measured.
    pub name: Text,
    /// Unit of the figure, for example hours or percent.
    #[serde(default)]
    pub unit: Option<Text>,
    /// Value to reach, for example "<= 4".
    #[serde(default)]
    pub target: Option<Text>,
    /// Which way is better.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// How often it is measured.
    #[serde(default)]
    pub measured: Option<Text>,
    /// Where the figure comes from.
    #[serde(default)]
    pub source: Option<Text>,
}

/// A kind of record that is kept as evidence.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Record {
    /// What is recorded.
    pub name: Text,
    /// Clause that asks for it.
    pub clause: Text,
    /// Item of documented information that it evidences, where the clause asks for several.
    #[serde(default)]
    pub item: Option<Text>,
    /// Where it is kept.
    pub held_in: Text,
    /// How long it is kept.
    pub retention: Text,
    /// Role that answers for it.
    pub owner: Text,
}

/// Kept for fewer days, a record cannot be looked at.
const SHORTEST: u16 = 7;

impl Record {
    /// Whether it is kept where somebody can find it.
    pub fn has_place(&self) -> bool {
        !is_no_place(&self.held_in)
    }

    /// Whether it is kept for so long that somebody can look at it.
    pub fn lasts(&self) -> bool {
        let interval = Interval::parse(self.retention.trim());
        let short = interval.is_some_and(|one| one.unit == Unit::Day && one.count < SHORTEST);
        !short && !is_no_time(&self.retention)
    }
}

/// How the letters of a RACI matrix are read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct RaciVariant {
    /// The set of letters.
    pub variant: Letters,
}

/// A set of letters for responsibilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Letters {
    /// Responsible, accountable, consulted, informed.
    #[default]
    #[serde(rename = "RACI")]
    Raci,
    /// And S for supports.
    #[serde(rename = "RASCI")]
    Rasci,
    /// And V for verifies, S for signs off.
    #[serde(rename = "RACI-VS")]
    RaciVs,
}

/// A finding that is accepted for a time.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Waiver {
    /// The rule, for example missing-topic.
    pub rule: Text,
    /// Last day on which it is accepted.
    pub until: Date,
    /// Why it is accepted.
    pub reason: Text,
}

/// Scope of the SMS (clause 4.3).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Scope {
    /// Organization, or part of it, that manages and delivers the services.
    pub organization: Option<Text>,
    /// Services in scope: ids of the service catalogue.
    pub services: Vec<Text>,
    /// Places from which they are delivered.
    pub locations: Vec<Text>,
    /// Who receives them.
    pub customers: Vec<Text>,
    /// Technologies with which they are delivered.
    pub technologies: Vec<Text>,
    /// Other parties that take part in them.
    pub other_parties: Vec<Text>,
    /// Where the SMS ends: interfaces and limits.
    pub boundaries: Vec<Text>,
    /// What is left out, and why.
    pub left_out: Vec<LeftOut>,
}

/// Something that is out of scope.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline, extend("required" = ["what"]))]
pub struct LeftOut {
    /// What is left out: a service, a place, a customer.
    pub what: Option<Text>,
    /// Why.
    pub why: Option<Text>,
}

/// A role of the role register (clauses 5.3 and 7.2).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Role {
    /// Id, for example incident-manager.
    pub id: Id,
    /// Title, for example Incident manager.
    #[schemars(length(max = 300))]
    pub title: Text,
    /// Person who holds it.
    #[serde(default)]
    #[schemars(length(max = 300))]
    pub holder: Option<Text>,
    /// Person or role that stands in.
    #[serde(default)]
    pub deputy: Option<Text>,
    /// Competence that it needs.
    #[serde(default)]
    pub competence: Option<Text>,
    /// The other party whose people hold it, where it is not one of ours.
    #[serde(default)]
    pub party: Option<Text>,
    /// Whether it is top management, which directs the organization at the highest level: true or
    /// false.
    #[serde(default)]
    pub top_management: Option<Flag>,
}

impl Role {
    /// Whether somebody holds it: a person who is named, or another party.
    pub fn is_held(&self) -> bool {
        self.party.is_some() || self.holder.as_ref().is_some_and(|holder| !is_nobody(holder))
    }
}

/// A service of the catalogue (clause 8.2.4).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Service {
    /// Id, for example SVC-01.
    pub id: Id,
    /// Name of the service.
    #[schemars(length(max = 300))]
    pub title: Text,
    /// What the customer gets from it.
    #[serde(default)]
    pub outcome: Option<Text>,
    /// Role that answers for it.
    #[serde(default)]
    pub owner: Option<Text>,
    /// Who receives it.
    #[serde(default)]
    pub customers: Vec<Text>,
    /// Hours of service.
    #[serde(default)]
    pub hours: Option<Text>,
    /// Target of availability.
    #[serde(default)]
    pub availability: Option<Text>,
    /// How badly its loss hurts.
    #[serde(default)]
    pub criticality: Option<Text>,
    /// Services that it needs: their ids.
    #[serde(default)]
    pub depends_on: Vec<Text>,
    /// Other parties that run all or part of it: their ids.
    #[serde(default)]
    pub run_by: Vec<Text>,
    /// What the organization itself does for it, where other parties run the rest.
    #[serde(default)]
    pub own_part: Option<Text>,
    /// Id of the agreement that sets its targets.
    #[serde(default)]
    pub agreement: Option<Text>,
}

/// Another party that takes part in the services (clause 8.2.3).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct OtherParty {
    /// Id, for example OTH-01.
    pub id: Id,
    /// Name.
    #[schemars(length(max = 300))]
    pub title: Text,
    /// What it is to us.
    pub kind: PartyKind,
    /// Services, components or processes that it provides or operates.
    #[serde(default)]
    pub provides: Vec<Text>,
    /// Services that depend on it: their ids.
    #[serde(default)]
    pub services: Vec<Text>,
    /// Processes, or parts of them, that it operates.
    #[serde(default)]
    pub processes: Vec<Text>,
    /// Id of the contract or agreement.
    #[serde(default)]
    pub agreement: Option<Text>,
    /// Role that answers for the relation.
    #[serde(default)]
    pub owner: Option<Text>,
}

/// What another party is to the organization (clause 8.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum PartyKind {
    /// A supplier under contract (clause 8.3.4.1).
    ExternalSupplier,
    /// A part of the same larger organization, outside the SMS (clause 8.3.4.2).
    InternalSupplier,
    /// A customer that provides part of a service (clause 8.3.4.2).
    Customer,
}

/// A term of the glossary.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Term {
    /// The term.
    #[schemars(length(max = 300))]
    pub term: Text,
    /// What it means here.
    pub definition: Text,
    /// Other forms and abbreviations of it.
    #[serde(default)]
    pub also: Vec<Text>,
}

/// A document of external origin (clause 7.5.3.2).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ExternalDocument {
    /// Id, for example EXT-01.
    pub id: Id,
    /// Title.
    #[schemars(length(max = 300))]
    pub title: Text,
    /// Who publishes it.
    pub source: Text,
    /// Version or date in use.
    #[serde(default)]
    pub version: Option<Text>,
    /// Role that watches for changes.
    #[serde(default)]
    pub owner: Option<Text>,
    /// Where it is kept.
    #[serde(default)]
    pub held_in: Option<Text>,
    /// How it is controlled: who checks for a new edition, and how often.
    #[serde(default)]
    pub control: Option<Text>,
}
