//! The file of a register type, `schema/registers/NAME.yaml`, as types.
//!
//! Its JSON Schema is derived from these types, as those of front matter are, so that a mistake in
//! one is a finding at its place. What a type may say is all here: there is no code for any of them.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::value::{Flag, Interval, Text};

/// A file of `schema/registers/`: what the entries of one register look like, and what is asked of
/// them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "Register type", extend("required" = ["register", "title", "entry", "columns"]))]
pub struct TypeFile {
    /// Its name, that of the file: the class of a heading, `{.risks}`, and `register: risks`.
    pub register: Text,
    /// Title of its page.
    pub title: Text,
    /// The word for one entry: risk.
    pub entry: Text,
    /// One sentence under the title.
    pub lead: Option<Text>,
    /// What the ids of new entries begin with: RSK.
    pub prefix: Option<Text>,
    /// Columns that name an entry together, where entries have no id.
    pub key: Vec<Text>,
    /// What its entries are evidence of.
    pub evidence: Vec<Evidence>,
    /// The columns besides the id.
    pub columns: Vec<ColumnLine>,
    /// Which words of which column mean that an entry is open.
    pub state: Option<States>,
    /// The column that says by which day an open entry is to be done.
    pub due: Option<Text>,
    /// The column that names who answers for an entry.
    pub owner: Option<Text>,
    /// The column that says in words what an entry is about.
    pub about: Option<Text>,
    /// What is asked of the entries.
    pub checks: Vec<CheckLine>,
}

/// What entries are evidence of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Evidence {
    /// The clause.
    pub clause: Text,
    /// The item of documented information, where it is one of several.
    #[serde(default)]
    pub item: Option<Text>,
    /// The column with the day on which it was done.
    pub date: Text,
    /// The longest time between two entries.
    #[serde(default)]
    pub every: Option<Interval>,
}

/// A column.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ColumnLine {
    /// Its id, as an address is written: accepted-by.
    pub column: Text,
    /// What a page calls it; the id in words when absent.
    #[serde(default)]
    pub title: Option<Text>,
    /// Other names that a table may give it.
    #[serde(default)]
    pub aliases: Vec<Text>,
    /// What its cells hold; text when absent.
    #[serde(default, rename = "type")]
    pub holds: ColumnType,
    /// Whether each entry needs it: true or false.
    #[serde(default)]
    pub required: Option<Flag>,
    /// Whether a cell may hold several, with commas between them: true or false.
    #[serde(default)]
    pub many: Option<Flag>,
    /// The words that are allowed, of a column of words.
    #[serde(default)]
    pub words: Vec<Text>,
    /// The registers that it may lead to, of a column of entries.
    #[serde(default)]
    pub of: Vec<Text>,
    /// The smallest number that is allowed.
    #[serde(default)]
    pub from: Option<Text>,
    /// The largest number that is allowed.
    #[serde(default)]
    pub to: Option<Text>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum ColumnType {
    /// Words of any kind.
    #[default]
    Text,
    /// One of the words that the column allows.
    Word,
    /// A day: 2026-03-15.
    Date,
    /// A number, with a decimal point or a decimal comma.
    Number,
    /// A length of time: 3 months.
    Interval,
    /// A month, a quarter or a year: 2026-10, 2026-Q3, 2026.
    Period,
    /// A role of the role register.
    Role,
    /// A role, or a person who holds one.
    Person,
    /// A clause of the standard.
    Clause,
    /// A service of the catalogue.
    Service,
    /// Another party.
    Party,
    /// A document.
    Document,
    /// A measure of a process.
    Kpi,
    /// An entry of a register.
    Entry,
}

/// Which words mean that an entry is open, and which that it is closed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct States {
    /// The column with the word.
    pub column: Text,
    /// Words of what is still to be done.
    pub open: Vec<Text>,
    /// Words of what is done.
    pub closed: Vec<Text>,
}

/// One thing that is asked of the entries.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct CheckLine {
    /// Which check it is.
    pub check: CheckWord,
    /// The column that it looks at.
    #[serde(default)]
    pub column: Option<Text>,
    /// The columns that it looks at, where these are several.
    #[serde(default)]
    pub columns: Vec<Text>,
    /// Columns one of which is enough.
    #[serde(default)]
    pub any: Vec<Text>,
    /// Which entries it is about; all of them when absent.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The registers whose entries are looked at.
    #[serde(default)]
    pub by: Vec<Text>,
    /// Columns whose entries belong together.
    #[serde(default)]
    pub per: Vec<Text>,
    /// The column with the day that counts.
    #[serde(default)]
    pub date: Option<Text>,
    /// The longest time.
    #[serde(default)]
    pub every: Option<Interval>,
    /// What all is to be reached.
    #[serde(default)]
    pub all: Option<All>,
    /// The clause whose list it is held against.
    #[serde(default)]
    pub clause: Option<Text>,
    /// The column with the length of notice.
    #[serde(default)]
    pub notice: Option<Text>,
    /// The column with the value.
    #[serde(default)]
    pub value: Option<Text>,
    /// The column with the person.
    #[serde(default)]
    pub person: Option<Text>,
    /// The word that is looked for.
    #[serde(default)]
    pub word: Option<Text>,
    /// What is wrong where it does not hold, in a few words.
    #[serde(default)]
    pub says: Option<Text>,
}

/// The checks that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum CheckWord {
    /// `columns` are filled in, and one of `any`.
    Filled,
    /// `column` is the product of `columns`.
    Product,
    /// Each of `columns` is no earlier than the one before it.
    Order,
    /// An entry begins (`date`) no earlier than those that `column` names end (`value`), and does not
    /// come after itself.
    After,
    /// An entry of `by` names this one in its `column`.
    Answered,
    /// The last `date` is no longer ago than `every`, for each `per`.
    Interval,
    /// `date` has not passed, less `notice`, for the last entry of each `per`.
    Valid,
    /// `column` names everything of `all` within `every`.
    Reaches,
    /// `column` names everything that the clause lists.
    Lists,
    /// `person` owns none of what `columns` name.
    Independent,
    /// Every holder of a role stands in `person`.
    Holders,
    /// Whoever gets a document stands in `person` beside it, in `column`, with its version in
    /// `value`.
    Readers,
    /// The measure in `column` has a `value` for each period that passed, in `date`; one off its target
    /// twice is answered by an entry of `by`.
    Measured,
    /// An entry whose `column` says `word` stands in each of the first two years after the last one that
    /// says a word of `by`, and one of these before the third ends; by `date`.
    Yearly,
}

/// What all is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum All {
    /// Every requirement clause.
    Clauses,
    /// Every process that is in force.
    Processes,
    /// Every service.
    Services,
}

/// Something that holds of an entry.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Condition {
    /// The column; none where it is about the state.
    pub column: Option<Text>,
    /// It holds one of these words.
    pub is: Vec<Text>,
    /// It holds a number above this.
    pub above: Option<Text>,
    /// Whether it is filled in: true or false.
    pub filled: Option<Flag>,
    /// Whether the entry is open: true or false.
    pub open: Option<Flag>,
}
