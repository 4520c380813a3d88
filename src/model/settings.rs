//! `clausebook.yaml`: facts and choices of the whole manual. Every key is optional.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::addresses;
use super::schema::{Checked, Shape, derived, read};
use super::value::{Date, Interval, KeptEditions, Text, Unit};
use crate::diag::Severity;
use crate::parse::recover::Doubt;
use crate::parse::yaml::Node;
use crate::source::is_below;
use crate::text::percent;

/// What `clausebook.yaml` says.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "clausebook.yaml")]
pub struct Settings {
    /// The organization whose manual it is.
    pub organization: Organization,
    /// The site.
    pub site: Site,
    /// Folders that hold documents; policies and processes when absent.
    pub content: Option<Vec<Text>>,
    /// Standards that the manual answers to: folder names below schema/.
    pub standards: Option<Vec<Text>>,
    /// Reviews.
    pub review: ReviewSettings,
    /// What the repository proves of documents.
    pub control: Control,
    /// How many old editions of each document the site shows, as the repository holds them: last 3,
    /// all, or none; last 3 when absent.
    pub archive: Option<KeptEditions>,
    /// Levels of rules.
    pub rules: BTreeMap<String, Level>,
    /// What holds for the documents below a folder, by its path from the top of the manual.
    pub folders: BTreeMap<String, FolderSettings>,
    /// Clauses whose condition does not hold here.
    pub not_applicable: Vec<NotApplicable>,
    /// Address that opens a file in an editor, with {path}, {line} and {column}.
    pub editor: Option<Text>,
}

/// What the repository proves of documents.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Control {
    /// The day from which approvals are held against the repository. What stood in it then counts as
    /// what was approved; all of the history counts when absent.
    pub since: Option<Date>,
}

/// The organization.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Organization {
    /// Its name, as it should stand on the certificate.
    #[schemars(length(max = 300))]
    pub name: Option<Text>,
    /// The part of it that runs the SMS.
    pub unit: Option<Text>,
    /// Country, two letters.
    pub country: Option<Text>,
}

/// The site.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Site {
    /// Title of the manual.
    #[schemars(length(max = 300))]
    pub title: Option<Text>,
    /// Address at which it is published; for the calendar feed and canonical addresses alone.
    pub base_url: Option<Text>,
    /// Theme: a folder below themes/.
    pub theme: Option<Text>,
    /// The organization's logo: a picture in a content folder or below themes/.
    pub logo: Option<Text>,
    /// The organization's colour, like #0b5877: links, the current place, focus.
    pub accent: Option<Text>,
    /// The same on dark pages; a lighter shade of it when absent.
    pub accent_dark: Option<Text>,
    /// Language of the texts, as in HTML.
    pub language: Option<Text>,
    /// Where a file of the repository can be seen, with {path}; without it, what its address begins
    /// with.
    pub source_url: Option<Text>,
}

/// How reviews are counted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct ReviewSettings {
    /// How long before its date a review is said to be due soon; 30 days when absent.
    pub due_soon: Option<Interval>,
    /// From when the next review is counted.
    pub schedule: Schedule,
}

/// From when the next review is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Schedule {
    /// From the last review.
    #[default]
    Rolling,
    /// From the last due date, whenever the review took place.
    Fixed,
}

/// The level of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Level {
    /// Not checked.
    Off,
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Level {
    /// The severity that it asks for; nothing when off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// What holds for the documents below a folder.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct FolderSettings {
    /// Levels of rules; of a folder within another, those of the inner one count first.
    pub rules: BTreeMap<String, Level>,
}

/// A clause whose condition does not hold here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct NotApplicable {
    /// The clause.
    pub clause: Text,
    /// Why its condition does not hold.
    #[serde(default)]
    pub reason: Option<Text>,
    /// Role that decided so.
    #[serde(default)]
    pub approved_by: Option<Text>,
    /// Day of the decision.
    #[serde(default)]
    pub on: Option<Date>,
}

impl Settings {
    /// The level of a rule for what is found in the file at a path: that of the innermost folder that
    /// names one, or else that of the manual.
    pub fn level(&self, path: &str, rule: &str) -> Option<Level> {
        let folders = self.folders.iter().filter_map(|(folder, settings)| {
            let level = settings.rules.get(rule)?;
            let folder = folder.trim_start_matches("./").trim_end_matches('/');
            is_below(path, folder).then_some((folder.len(), *level))
        });
        let innermost = folders.max_by_key(|(length, _)| *length);
        innermost.map(|(_, level)| level).or_else(|| self.rules.get(rule).copied())
    }

    /// Every level that is set for a rule, wherever.
    pub fn levels(&self, rule: &str) -> impl Iterator<Item = Level> {
        let folders = self.folders.values().filter_map(|folder| folder.rules.get(rule));
        self.rules.get(rule).into_iter().chain(folders).copied()
    }

    /// Reads `clausebook.yaml`.
    pub fn read(node: Node, doubt: &Doubt) -> Checked<Settings> {
        static SHAPE: OnceLock<Shape> = OnceLock::new();
        read(node, doubt, |_| SHAPE.get_or_init(|| Shape::new(derived::<Settings>())))
    }

    /// Name of the organization, for headings.
    pub fn organization_name(&self) -> &str {
        self.organization.name.as_deref().unwrap_or("Our organization")
    }

    /// Title of the manual.
    pub fn title(&self) -> &str {
        self.site.title.as_deref().unwrap_or("Service management manual")
    }

    /// Name of the theme.
    pub fn theme(&self) -> &str {
        self.site.theme.as_deref().unwrap_or("default")
    }

    /// Language of the texts; English where it is none that HTML knows.
    pub fn language(&self) -> &str {
        let language = self.site.language.as_deref().unwrap_or_default();
        let mut parts = language.split('-');
        let of = |part: &str, least: usize| {
            (least..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let first = parts.next().is_some_and(|part| part.len() < 4 && of(part, 2));
        if first && parts.all(|part| of(part, 2)) { language } else { "en" }
    }

    /// The address of the site, where it is one.
    pub fn base_url(&self) -> Option<&str> {
        self.site.base_url.as_deref().filter(|address| addresses::is_of_site(address))
    }

    /// The address that opens a file in an editor, where it is one.
    pub fn editor(&self) -> Option<&str> {
        self.editor.as_deref().filter(|address| addresses::is_of_editor(address))
    }

    /// The address at which a file of the repository can be seen; nothing when it is not known.
    pub fn source_of(&self, path: &str) -> Option<String> {
        let pattern = self.site.source_url.as_deref().filter(|one| addresses::is_of_source(one))?;
        let path = percent::encoded(path);
        Some(if pattern.contains("{path}") {
            pattern.replace("{path}", &path)
        } else {
            format!("{}/{path}", pattern.trim_end_matches('/'))
        })
    }

    /// Path of the logo, from the top of the manual.
    pub fn logo(&self) -> Option<&str> {
        let path = self.site.logo.as_deref()?;
        Some(path.trim_start_matches("./"))
    }

    /// Folders that hold documents, without a slash at the end; none of them leaves the manual.
    pub fn content(&self) -> Vec<String> {
        match &self.content {
            None => vec!["policies".into(), "processes".into()],
            Some(folders) => folders
                .iter()
                .filter(|folder| stays_inside(folder))
                .map(|folder| folder.trim_end_matches('/').trim_start_matches("./").to_owned())
                .collect(),
        }
    }

    /// Names of the standards.
    pub fn standards(&self) -> Vec<&str> {
        match &self.standards {
            None => vec!["iso-20000-1-2018"],
            Some(names) => names.iter().map(|name| &**name).collect(),
        }
    }

    /// How many old editions of each document are shown.
    pub fn kept(&self) -> KeptEditions {
        self.archive.unwrap_or_default()
    }

    /// How long before its date a review is due soon.
    pub fn due_soon(&self) -> Interval {
        self.review.due_soon.unwrap_or(Interval { count: 30, unit: Unit::Day })
    }
}

/// Whether a path given by an author stays inside the manual's folder: relative, without `..`,
/// without a drive letter or a backslash, and through no hidden folder, such as `.git`.
pub fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|part| part == "." || !part.starts_with('.'))
}
