//! Generated blocks: what a fenced block `clausebook` in a text asks for.

use std::collections::BTreeMap;
use std::fmt;

use crate::parse::markdown::Body;
use crate::parse::yaml::{self, Value};

/// The info string of such a block.
pub const INFO: &str = "clausebook";

/// What a generated block shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// KPIs.
    Kpis,
    /// Records.
    Records,
    /// Inputs and outputs.
    Interfaces,
    /// Roles.
    Roles,
    /// Services.
    Services,
    /// Terms.
    Terms,
    /// Other parties.
    OtherParties,
    /// External documents.
    ExternalDocuments,
    /// The scope.
    Scope,
    /// Findings that a document accepts.
    Waivers,
    /// The register.
    Register,
    /// Reviews.
    Reviews,
    /// What roles answer for.
    Raci,
    /// The steps of matrices.
    Flow,
}

impl Shows {
    /// All of them.
    pub const ALL: [Shows; 14] = [
        Shows::Kpis,
        Shows::Records,
        Shows::Interfaces,
        Shows::Roles,
        Shows::Services,
        Shows::Terms,
        Shows::OtherParties,
        Shows::ExternalDocuments,
        Shows::Scope,
        Shows::Waivers,
        Shows::Register,
        Shows::Reviews,
        Shows::Raci,
        Shows::Flow,
    ];

    /// The word for it, as a block asks for it.
    pub fn word(self) -> &'static str {
        match self {
            Shows::Kpis => "kpis",
            Shows::Records => "records",
            Shows::Interfaces => "interfaces",
            Shows::Roles => "roles",
            Shows::Services => "services",
            Shows::Terms => "terms",
            Shows::OtherParties => "other-parties",
            Shows::ExternalDocuments => "external-documents",
            Shows::Scope => "scope",
            Shows::Waivers => "waivers",
            Shows::Register => "register",
            Shows::Reviews => "reviews",
            Shows::Raci => "raci",
            Shows::Flow => "flow",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Shows::Kpis => "KPIs",
            Shows::Records => "Records",
            Shows::Interfaces => "Inputs and outputs",
            Shows::Roles => "Roles",
            Shows::Services => "Services",
            Shows::Terms => "Terms",
            Shows::OtherParties => "Other parties",
            Shows::ExternalDocuments => "External documents",
            Shows::Scope => "Scope",
            Shows::Waivers => "Accepted findings",
            Shows::Register => "Documents",
            Shows::Reviews => "Reviews",
            Shows::Raci => "Responsibilities",
            Shows::Flow => "Steps",
        }
    }
}

/// What a block asks for: what it shows, and which rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// What it shows.
    pub shows: Shows,
    filters: BTreeMap<String, String>,
}

impl Generated {
    /// Reads `kpis`, or `register: {kind: policy}`.
    pub fn read(content: &str) -> Option<Self> {
        let node = yaml::read(content, 0..content.len()).ok()?;
        let (word, filters) = match node.value {
            Value::Text(word) => (word, BTreeMap::new()),
            Value::Map(mut entries) if entries.len() == 1 => {
                let entry = entries.remove(0);
                let filters = match entry.node.value {
                    Value::Map(filters) => filters,
                    Value::Null => Vec::new(),
                    Value::Text(_) | Value::List(_) => return None,
                };
                let filters = filters.into_iter().filter_map(|filter| {
                    filter.node.text().map(|text| (filter.key.to_string(), text.to_lowercase()))
                });
                (entry.key.into(), filters.collect())
            }
            _ => return None,
        };
        let shows = Shows::ALL.into_iter().find(|shows| shows.word() == word.trim())?;
        Some(Generated { shows, filters })
    }

    /// Whether it asks for some rows alone.
    pub fn is_filtered(&self) -> bool {
        !self.filters.is_empty()
    }

    /// What a filter asks for, where there is one.
    pub fn filter(&self, filter: &str) -> Option<&str> {
        self.filters.get(filter).map(String::as_str)
    }

    /// Whether a filter, where there is one, names this value.
    pub(super) fn takes(&self, filter: &str, value: Option<&str>) -> bool {
        self.filter(filter)
            .is_none_or(|wanted| value.is_some_and(|value| value.to_lowercase() == *wanted))
    }
}

impl fmt::Display for Generated {
    /// What it asks for, as a block writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shows.word())?;
        for (number, (filter, value)) in self.filters.iter().enumerate() {
            write!(f, "{}{filter}: {value}", if number == 0 { ": {" } else { ", " })?;
        }
        f.write_str(if self.filters.is_empty() { "" } else { "}" })
    }
}

/// The generated blocks of a body, one for each block `clausebook`; nothing for one that asks for
/// nothing that there is.
pub(super) fn of(text: &str, body: &Body) -> Vec<Option<Generated>> {
    let blocks = body.fences.iter().filter(|fence| fence.word() == INFO);
    blocks.map(|fence| Generated::read(fence.content(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    #[test]
    fn a_block_says_what_it_wants() {
        assert_eq!(Generated::read("kpis\n").unwrap().shows, Shows::Kpis);
        let asked = Generated::read("register: {kind: policy}\n").unwrap();
        assert_eq!(asked.shows, Shows::Register);
        assert!(asked.takes("kind", Some("policy")));
        assert!(!asked.takes("kind", Some("process")));
        assert!(Generated::read("nonsense").is_none());
        assert!(Generated::read("[").is_none());
        assert!(Generated::read("kpis: [a]").is_none());
    }

    #[test]
    fn a_block_is_read_without_the_signs_of_what_it_stands_in() {
        let text = "> ```clausebook\n> register:\n>   kind: policy\n> ```\n\n- x\n\n  ```clausebook\n  kpis\n  ```\n";
        let found = of(text, &markdown::read(text, 0..text.len()));
        let found: Vec<_> = found.into_iter().flatten().collect();
        assert_eq!(found[0].filter("kind"), Some("policy"));
        assert_eq!(found[1].shows, Shows::Kpis);
    }
}
