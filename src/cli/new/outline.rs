//! What a new document of each kind holds: fields of the front matter, sections, and in each
//! section a sentence that says what to write there.
//!
//! The sentences begin with a word that the rule `placeholder` finds, so that none of them is
//! ever approved by mistake.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::value::Kind;
use crate::standard::Schema;
use crate::standard::format::Information;

/// A section to be written.
#[derive(Clone)]
pub(super) struct Section {
    /// Its heading.
    pub(super) heading: Cow<'static, str>,
    /// What to write there.
    pub(super) guide: Cow<'static, str>,
}

const fn section(heading: &'static str, guide: &'static str) -> Section {
    Section { heading: Cow::Borrowed(heading), guide: Cow::Borrowed(guide) }
}

const PURPOSE: Section =
    section("Purpose", "TODO: Say in two sentences what this document is for and who needs it.");
const SCOPE: Section = section(
    "Scope",
    "TODO: Say to which services, places and people it applies, and to which it does not.",
);
const DUTIES: Section =
    section("Responsibilities", "TODO: Name the roles that take part, and what each answers for.");
const RACI: Section = section(
    "RACI",
    "TODO: Replace the columns by roles of the register and the rows by the activities, in order; \
     each row has exactly one A.\n\n\
     | Activity | Role | Next |\n|---|---|---|\n| TODO: first activity | A/R | end |",
);
const RECORDS: Section = section(
    "Records",
    "TODO: Say which records this leaves, where they are kept and for how long; list them in the \
     front matter too.",
);
const MEASURES: Section = section(
    "Measures",
    "TODO: Say how you see that it works; list the KPIs with targets in the front matter.",
);

/// The sections of a kind.
pub(super) fn of_kind(kind: Kind) -> &'static [Section] {
    match kind {
        Kind::Policy => POLICY,
        Kind::Process => PROCESS,
        Kind::Procedure => PROCEDURE,
        Kind::Plan => PLAN,
        Kind::Scope => SCOPE_STATEMENT,
        Kind::Raci => RACI_ALONE,
        Kind::Catalogue => CATALOGUE,
        Kind::Agreement => AGREEMENT,
        Kind::Register => REGISTER,
        Kind::Report => REPORT,
        Kind::Guideline => GUIDELINE,
    }
}

/// The sections for the topics that a clause needs.
pub(super) fn of_clause(schema: &Schema) -> impl Iterator<Item = Section> + '_ {
    schema.required().map(|topic| {
        let words = topic.topic.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        Section {
            heading: first.chain(letters).collect::<String>().into(),
            guide: format!("TODO: {}", topic.asks).into(),
        }
    })
}

/// The records that a clause asks for, as lines of front matter to be filled in.
pub(super) fn records(clause: &str, schema: &Schema) -> String {
    let items = schema.content.items.iter();
    let retained = items.filter(|item| item.information == Information::Retain);
    retained.fold(String::new(), |mut lines, item| {
        let _ = writeln!(
            lines,
            "#   - {{name: {}, clause: \"{clause}\", item: {}, held_in: …, retention: …, owner: …}}",
            item.name, item.item
        );
        lines
    })
}

/// Lines of front matter that a kind may need, most of them as comments to be filled in.
pub(super) fn fields(kind: Kind) -> &'static str {
    match kind {
        Kind::Process | Kind::Procedure => PROCESS_FIELDS,
        Kind::Scope => SCOPE_FIELDS,
        Kind::Catalogue => "# services:\n#   - {id: SVC-01, title: …, outcome: …, owner: …}\n",
        Kind::Register => REGISTER_FIELDS,
        _ => "",
    }
}

const PROCESS_FIELDS: &str = "\
# inputs:
#   - {name: …, from: PRC-…}
# outputs:
#   - {name: …, to: PRC-…}
# kpis:
#   - {id: …, name: …, unit: …, target: …, direction: up, measured: monthly, source: …}
# records:
#   - {name: …, clause: \"…\", held_in: …, retention: …, owner: …}
";

const SCOPE_FIELDS: &str = "\
scope:
  organization: \"{{ organization.name }}\"
  services: [SVC-01]
  locations: [\"{{ decide: from which places the services are delivered }}\"]
  customers: [\"{{ decide: who receives the services }}\"]
  boundaries: [\"{{ decide: where the service management system ends }}\"]
  left_out: []
";

const REGISTER_FIELDS: &str = "\
# One of these lists, or a table in the text:
# roles:
#   - {id: …, title: …, holder: …, deputy: …, competence: …}
# other_parties:
#   - {id: OTH-01, title: …, kind: external-supplier, provides: [\"…\"], owner: …}
# terms:
#   - {term: …, definition: …}
# external_documents:
#   - {id: EXT-01, title: …, source: …, version: …, owner: …}
";

const POLICY: &[Section] = &[
    PURPOSE,
    SCOPE,
    section(
        "Principles",
        "TODO: Write what must hold, one rule a line, each so that it can be seen whether it is \
         kept.",
    ),
    DUTIES,
    section(
        "Exceptions",
        "TODO: Say who may allow an exception, for how long, and where it is noted.",
    ),
];

const PROCESS: &[Section] = &[
    PURPOSE,
    SCOPE,
    section("Triggers", "TODO: Say what makes the process start."),
    section(
        "Activities",
        "TODO: Describe each activity in a few lines, in the order in which it is done.",
    ),
    RACI,
    section(
        "Interfaces",
        "TODO: Say what comes from which process and what goes to which; list inputs and outputs \
         in the front matter too.",
    ),
    MEASURES,
    RECORDS,
];

const PROCEDURE: &[Section] = &[
    PURPOSE,
    SCOPE,
    section("Steps", "TODO: Write the steps, numbered, one action each, with the role that acts."),
    RACI,
    RECORDS,
];

const PLAN: &[Section] = &[
    PURPOSE,
    SCOPE,
    section("Objectives", "TODO: Say what is to be reached, by when, and how it is measured."),
    section("Actions", "TODO: List what will be done, who does it, with which means, by when."),
    section("Resources", "TODO: Say which people, money and tools it takes."),
    section("Risks", "TODO: Say what could go wrong and what is done about it."),
    DUTIES,
    section("Follow-up", "TODO: Say how often progress is looked at, and by whom."),
];

const SCOPE_STATEMENT: &[Section] = &[
    PURPOSE,
    section(
        "Scope statement",
        "TODO: Write the sentence that could stand on a certificate: organization, services, \
         places, customers.",
    ),
    section("Boundaries", "TODO: Say where the system ends: interfaces to others, and limits."),
    section("Left out", "TODO: Say what is left out and why. No clause of the standard can be."),
];

const RACI_ALONE: &[Section] = &[PURPOSE, SCOPE, RACI];

const CATALOGUE: &[Section] = &[
    PURPOSE,
    section("Services", "TODO: List the services in the front matter and insert the table here."),
    section("How it is kept", "TODO: Say who changes the catalogue, and when."),
];

const AGREEMENT: &[Section] = &[
    section("Parties", "TODO: Name both parties and who speaks for each."),
    section("Services", "TODO: Say which services or components are agreed."),
    section("Targets", "TODO: Give each target with unit, value and how it is measured."),
    section("Workload limits", "TODO: Say up to which load the targets hold."),
    DUTIES,
    section(
        "Reporting and review",
        "TODO: Say what is reported, how often, and who looks at it together.",
    ),
    section("Exceptions", "TODO: Say what is not covered."),
];

const REGISTER: &[Section] = &[
    PURPOSE,
    section("How it is kept", "TODO: Say who enters what, and when entries are looked over."),
    section("Entries", "TODO: List the entries, in the front matter or as a table."),
];

const REPORT: &[Section] = &[
    PURPOSE,
    section("Period", "TODO: Say which period the report covers, and where its figures come from."),
    section("Results", "TODO: Give the results against the targets."),
    section("Conclusions and actions", "TODO: Say what follows from them, who does it, by when."),
];

const GUIDELINE: &[Section] =
    &[PURPOSE, SCOPE, section("Advice", "TODO: Give the advice, with an example of each.")];
