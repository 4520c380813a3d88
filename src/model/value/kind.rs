//! The kinds of controlled documents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of controlled document it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Kind {
    /// What the organization commits itself to.
    Policy,
    /// What is done to turn inputs into outputs, by whom.
    Process,
    /// How one piece of work is done, step by step.
    Procedure,
    /// What will be done, when, with what.
    Plan,
    /// The scope statement of the SMS (clause 4.3).
    Scope,
    /// A matrix of responsibilities that stands by itself.
    Raci,
    /// A service catalogue (clause 8.2.4).
    Catalogue,
    /// An agreement with a customer, a supplier or within the organization.
    Agreement,
    /// A list that belongs to the whole manual: roles, terms, other parties, risks.
    Register,
    /// A report of results.
    Report,
    /// Advice that binds nobody.
    Guideline,
}

impl Kind {
    /// All kinds, in the order in which people list them.
    pub const ALL: [Kind; 11] = [
        Kind::Policy,
        Kind::Process,
        Kind::Procedure,
        Kind::Plan,
        Kind::Scope,
        Kind::Raci,
        Kind::Catalogue,
        Kind::Agreement,
        Kind::Register,
        Kind::Report,
        Kind::Guideline,
    ];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Policy => "policy",
            Kind::Process => "process",
            Kind::Procedure => "procedure",
            Kind::Plan => "plan",
            Kind::Scope => "scope",
            Kind::Raci => "raci",
            Kind::Catalogue => "catalogue",
            Kind::Agreement => "agreement",
            Kind::Register => "register",
            Kind::Report => "report",
            Kind::Guideline => "guideline",
        }
    }

    /// The word for several.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Policy => "policies",
            Kind::Process => "processes",
            Kind::Procedure => "procedures",
            Kind::Plan => "plans",
            Kind::Scope => "scope statements",
            Kind::Raci => "RACI matrices",
            Kind::Catalogue => "catalogues",
            Kind::Agreement => "agreements",
            Kind::Register => "registers",
            Kind::Report => "reports",
            Kind::Guideline => "guidelines",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The first part of a document's id by custom: `PRC-INC-01`.
    pub fn prefix(self) -> &'static str {
        match self {
            Kind::Policy => "POL",
            Kind::Process => "PRC",
            Kind::Procedure => "PRO",
            Kind::Plan => "PLN",
            Kind::Scope => "SCP",
            Kind::Raci => "RAC",
            Kind::Catalogue => "CAT",
            Kind::Agreement => "AGR",
            Kind::Register => "REG",
            Kind::Report => "RPT",
            Kind::Guideline => "GDL",
        }
    }
}
