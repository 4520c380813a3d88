//! Who may see what: the manual as the readers of one edition may know it.
//!
//! Comes in: everything that is known, and for whom an edition is made. Goes out: [`VisibleManual`],
//! the only thing that pages are made of. For readers up to a classification it is a manual of its
//! own, made of the documents up to that classification and of nothing else: links are followed,
//! coverage is surveyed and lists are gathered anew among these, so that no page, no count and no
//! order can depend on a document that is not there. What a visible document says to name one is
//! taken out of its text before anything reads it ([`withhold`]). For readers of everything nothing
//! is made anew.

mod label;
mod names;
mod withhold;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check;
use crate::check::text::broken_diagram;
use crate::coverage::Coverage;
use crate::coverage::export::Export;
use crate::diag::{Diagnostic, Severity};
use crate::entries::format::ColumnType;
use crate::entries::{Agenda, Due, Names, Registers};
use crate::graph::{Back, LinkGraph, Resolved};
use crate::history::History;
use crate::manual::{Ahead, Ended, Kept, Manual};
use crate::model::document::Document;
use crate::model::front::{OtherParty, Role, Service, Term};
use crate::model::library::{DocumentNumber, Documents, Item, Library};
use crate::model::settings::Settings;
use crate::model::value::{Classification, Date};
use crate::model::variables::Variables;
use crate::standard::Standards;
use crate::text::{Span, key};

use super::Options;
use super::theme::Theme;
use super::words::capital;

/// What stands for the name of a document that the readers may not know of.
const ANOTHER: &str = "another document";
/// The same after an article.
const OTHER: &str = "other document";

/// A manual as the readers of one edition may know it.
pub struct VisibleManual<'a> {
    /// Everything: for the theme, for pictures and for judging faults, never for a page.
    whole: &'a Manual,
    options: &'a Options,
    /// What readers up to a classification may see; nothing where there is no limit.
    part: Option<Part>,
}

/// The part of a manual that some readers may see, as a manual of its own.
struct Part {
    library: Library,
    graph: LinkGraph,
    registers: Registers,
    coverage: Coverage,
    roles: UnlistedRoles,
    kept: Vec<Kept>,
}

impl<'a> VisibleManual<'a> {
    /// Takes what the readers of an edition may see.
    pub fn new(whole: &'a Manual, options: &'a Options) -> Self {
        let part = options.audience.map(|limit| Part::new(whole, limit));
        VisibleManual { whole, options, part }
    }

    fn library(&self) -> &Library {
        self.part.as_ref().map_or(&self.whole.library, |part| &part.library)
    }

    fn graph(&self) -> &LinkGraph {
        self.part.as_ref().map_or(&self.whole.graph, |part| &part.graph)
    }

    /// The registers with the entries that these readers may see.
    pub(super) fn registers(&self) -> &Registers {
        self.part.as_ref().map_or(&self.whole.registers, |part| &part.registers)
    }

    /// All that their cells may name.
    pub(super) fn names(&self) -> Names<'_> {
        Names::new(self.library(), &self.whole.standards, self.registers())
    }

    /// All that somebody has to do by a day.
    pub(super) fn due(&self, names: &Names<'_>) -> Vec<Due> {
        let (library, registers) = (self.library(), self.registers());
        let (settings, today) = (self.settings(), self.today());
        Agenda { library, registers, names, settings, today }.due()
    }

    /// The documents whose texts name an entry.
    pub(super) fn back_of_entry(&self, id: &str) -> &[DocumentNumber] {
        self.graph().back_of_entries.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// What stands for a name in a cell that these readers find nowhere: it may be that of something
    /// that they may not know of.
    pub(super) fn unlisted(&self, name: &str, holds: ColumnType) -> String {
        match holds {
            _ if self.is_whole() => name.to_owned(),
            ColumnType::Role | ColumnType::Person => self.unlisted_role(name),
            ColumnType::Document | ColumnType::Kpi => ANOTHER.to_owned(),
            ColumnType::Entry => "another entry".to_owned(),
            _ => name.to_owned(),
        }
    }

    /// What was asked for.
    pub(super) fn options(&self) -> &'a Options {
        self.options
    }

    /// The day for which everything is judged.
    pub(super) fn today(&self) -> Date {
        self.whole.today
    }

    /// What `clausebook.yaml` says.
    pub(super) fn settings(&self) -> &'a Settings {
        &self.whole.settings.checked.value
    }

    /// The values that text may use.
    pub(super) fn variables(&self) -> Variables {
        Variables::new(self.whole.settings.checked.node.clone(), self.settings())
    }

    /// The standards that the manual answers to.
    pub(super) fn standards(&self) -> &'a Standards {
        &self.whole.standards
    }

    /// The title of a clause, where there is such a clause.
    pub(super) fn clause_title(&self, name: &str) -> Option<&'a str> {
        self.whole.link_targets.clauses.get(name).map(String::as_str)
    }

    /// How far the clauses are evidenced, as far as these readers can see.
    pub(super) fn coverage(&self) -> &Coverage {
        self.part.as_ref().map_or(&self.whole.coverage, |part| &part.coverage)
    }

    /// The same for machines.
    pub fn coverage_export(&self) -> Export {
        let audience = self.options.audience.map(Classification::word);
        let export = Export::new(self.coverage(), self.library(), &self.whole.standards);
        Export { audience, ..export }
    }

    /// Documents that trace to no clause.
    pub(super) fn untraced(&self) -> impl Iterator<Item = DocumentNumber> {
        self.coverage().untraced(self.library())
    }

    /// What the repository says of the documents.
    pub(super) fn history(&self) -> &'a History {
        &self.whole.history
    }

    /// The old editions that are kept behind the documents.
    pub(super) fn kept(&self) -> &[Kept] {
        self.part.as_ref().map_or(&self.whole.archive.kept, |part| &part.kept)
    }

    /// Documents that had a page once and have none.
    pub(super) fn ended(&self) -> impl Iterator<Item = &'a Ended> {
        let ended = self.whole.archive.ended.iter();
        ended.filter(|one| self.may_know(one.classification))
    }

    /// What is in work of a document, at a path, of which something has to be said.
    pub(super) fn ahead(&self, path: &str) -> Option<&'a Ahead> {
        let ahead = self.whole.archive.ahead.get(path)?;
        self.may_know(ahead.classification).then_some(ahead)
    }

    fn may_know(&self, level: Classification) -> bool {
        self.options.audience.is_none_or(|limit| level <= limit)
    }

    /// The documents.
    pub(super) fn documents(&self) -> &Documents {
        &self.library().documents
    }

    /// The number of the document of an id.
    pub(super) fn number_by_id(&self, id: &str) -> Option<DocumentNumber> {
        self.library().number_by_id(id)
    }

    /// The links of a document, one after another as they stand in its text.
    pub(super) fn links(&self, number: DocumentNumber) -> &[Resolved] {
        &self.graph().links[number]
    }

    /// The pictures of a document, in the same way.
    pub(super) fn images(&self, number: DocumentNumber) -> &[Resolved] {
        &self.graph().images[number]
    }

    /// Whether a document shows what was typed, since values and names would make it too long.
    pub(super) fn shows_what_was_typed(&self, number: DocumentNumber) -> bool {
        self.graph().excess.contains_key(&number)
    }

    /// What leads to a document.
    pub(super) fn back(&self, number: DocumentNumber) -> &[Back] {
        &self.graph().back[number]
    }

    /// The roles of all registers.
    pub(super) fn roles(&self) -> impl Iterator<Item = Item<'_, Role>> {
        self.library().roles()
    }

    /// The services of all catalogues.
    pub(super) fn services(&self) -> impl Iterator<Item = Item<'_, Service>> {
        self.library().services()
    }

    /// The terms of all glossaries.
    pub(super) fn terms(&self) -> impl Iterator<Item = Item<'_, Term>> {
        self.library().terms()
    }

    /// Another party by its id or name.
    pub(super) fn party(&self, name: &str) -> Option<Item<'_, OtherParty>> {
        self.library().party(name)
    }

    /// What a role is called that no published register lists.
    pub(super) fn unlisted_role(&self, name: &str) -> String {
        self.part.as_ref().map_or_else(|| name.to_owned(), |part| part.roles.name(name))
    }

    /// Whether readers of everything see it.
    pub(super) fn is_whole(&self) -> bool {
        self.part.is_none()
    }

    /// File, line and column of a place, for readers of everything: a finding quotes whatever it
    /// concerns.
    pub(super) fn place(&self, at: Span) -> Option<(&'a str, usize, usize)> {
        let whole = self.whole;
        let sources = whole.archive.working.as_ref().unwrap_or(&whole.sources);
        let sources = self.is_whole().then_some(sources)?;
        let (start, _) = sources.positions(at);
        Some((&sources.file(at.file).path, start.line, start.column))
    }

    /// Whether there is a picture or another file at a path that is no document.
    pub(super) fn has_file(&self, path: &str) -> bool {
        let sources = &self.whole.sources;
        let is_theme = path.starts_with("themes/") && sources.at_path(path).is_some();
        is_theme || sources.assets.iter().any(|one| one == path)
    }

    /// The bytes of such a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn file(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let text = self.whole.sources.at_path(path).filter(|_| path.starts_with("themes/"));
        match text {
            Some(file) => Ok(file.text.as_bytes().to_vec()),
            None => self.whole.sources.asset(path),
        }
    }

    /// The theme of the manual, or what is wrong with it.
    pub(super) fn theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        Theme::load(self.whole)
    }

    /// The theme that every manual has, in the colours of this one.
    pub(super) fn builtin_theme(&self) -> Option<Theme> {
        Theme::builtin(self.whole)
    }

    /// Faults as the manual wants them judged.
    pub(super) fn judged(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        check::judge(faults, self.whole).standing
    }

    /// The first of some faults that is an error once it is judged.
    pub(super) fn grave(&self, faults: Vec<Diagnostic>) -> Option<Diagnostic> {
        self.judged(faults).into_iter().find(|one| one.severity == Severity::Error)
    }

    /// What is wrong with a diagram of a document that could be read and cannot be drawn, at its
    /// place in the document's own file.
    pub(super) fn undrawn(&self, number: DocumentNumber) -> Vec<Diagnostic> {
        let path = &self.documents()[number].path;
        // A mistake in a text that is on record is nobody's to mend any more: its source is shown.
        if self.documents().is_old(number) || self.whole.archive.ahead.contains_key(path) {
            return Vec::new();
        }
        let all = &self.whole.library.documents;
        let own = all.at_path(path).map(|number| &all[number]);
        own.map_or_else(Vec::new, |own| broken_diagram::undrawn(own, &self.options.drawings))
    }
}

impl Part {
    /// The documents up to a classification, as a manual of their own.
    fn new(whole: &Manual, limit: Classification) -> Self {
        let roles = UnlistedRoles::new(whole, limit);
        let (library, graph, kept) = withhold::below(whole, limit, &|name| roles.name(name));
        let settings = &whole.settings.checked.value;
        let coverage = Coverage::new(&library, &whole.standards, settings, whole.today);
        let types = Arc::clone(&whole.registers.types);
        let registers = Registers::read(types, &library, &whole.sources);
        Part { library, graph, registers, coverage, roles, kept }
    }
}

/// What roles are called that are in no register that the readers may see.
struct UnlistedRoles {
    is_public: bool,
    /// Titles for the public, by the id of each role: who answers for a public document is named by
    /// title, where a register for everybody who works for the organization has it.
    titles: BTreeMap<String, String>,
}

impl UnlistedRoles {
    fn new(whole: &Manual, limit: Classification) -> Self {
        let is_public = limit == Classification::Public;
        let known =
            |item: &Item<'_, Role>| is_public && is_for(item.document, Classification::Internal);
        let mut titles = BTreeMap::new();
        for role in whole.library.roles().filter(known) {
            titles.entry(key(&role.entry.id.0)).or_insert_with(|| role.entry.title.0.clone());
        }
        UnlistedRoles { is_public, titles }
    }

    /// The title of a role; else what was typed, for the public an id as words: `service-director` is
    /// a name for machines.
    fn name(&self, typed: &str) -> String {
        let small = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        match self.titles.get(&key(typed.trim())) {
            Some(title) => title.clone(),
            None if self.is_public && typed.bytes().all(small) => capital(typed),
            None => typed.to_owned(),
        }
    }
}

/// Whether readers of a classification may see a document.
fn is_for(document: &Document, limit: Classification) -> bool {
    document.classification() <= limit
}
