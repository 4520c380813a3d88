//! Manuals made up from a seed: the same number of documents and the same shape always give the
//! same bytes, on any machine. What they say means nothing; how much of it there is, and how it
//! hangs together, is that of a real manual.

use std::fmt::Write as _;

/// How the documents of a made-up manual hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Documents of about 900 words, fifty a folder, each with links to eight others.
    Even,
    /// Documents of 2 MB each.
    Huge,
    /// Every document one folder below the one before, twenty folders deep at most.
    Deep,
    /// All links lead to the first document.
    Star,
}

/// The files of a made-up manual: path from its top, and text.
pub(crate) fn manual(count: usize, shape: Shape) -> Vec<(String, String)> {
    let mut files = vec![
        ("clausebook.yaml".to_owned(), SETTINGS.to_owned()),
        ("policies/reg-rol-01.md".to_owned(), register()),
    ];
    files.extend((0..count).map(|number| {
        (path(number, shape), Author { dice: Dice::new(number), number, count, shape }.document())
    }));
    files
}

const SETTINGS: &str = "organization: {name: Made-up Services}\nsite: {title: SMS manual}\nrules:\n  \
    missing-topic: note\n  wrong-kind-for-clause: note\n  clause-uncovered: note\n  \
    orphan-document: note\n";

const ROLES: [(&str, &str); 8] = [
    ("service-owner", "Service owner"),
    ("process-owner", "Process owner"),
    ("process-manager", "Process manager"),
    ("service-desk-lead", "Service desk lead"),
    ("quality-manager", "Quality manager"),
    ("supplier-manager", "Supplier manager"),
    ("security-officer", "Security officer"),
    ("operations-manager", "Operations manager"),
];

const TOPICS: [(&str, &str); 12] = [
    ("capacity", "8.4.3"),
    ("change", "8.5.1"),
    ("configuration", "8.2.6"),
    ("continuity", "8.7.2"),
    ("demand", "8.4.2"),
    ("incident", "8.6.1"),
    ("problem", "8.6.3"),
    ("release", "8.5.3"),
    ("service level", "8.3.3"),
    ("service request", "8.6.2"),
    ("supplier", "8.3.4"),
    ("audit", "9.2.2"),
];

const KINDS: [(&str, &str, &str); 4] = [
    ("policy", "POL", "policies"),
    ("process", "PRC", "processes"),
    ("procedure", "PRO", "processes"),
    ("plan", "PLN", "policies"),
];

const HEADINGS: [&str; 8] = [
    "Purpose",
    "Scope",
    "Principles",
    "Activities",
    "Responsibilities {.raci}",
    "Measures",
    "Related documents",
    "Review and improvement",
];

const WHO: [&str; 8] = [
    "The duty engineer",
    "The owner of the service",
    "A second reader",
    "The team on call",
    "The customer's contact",
    "The supplier",
    "Each process manager",
    "The head of the desk",
];

const DOES: [&str; 8] =
    ["records", "compares", "signs", "measures", "returns", "explains", "archives", "forwards"];

const WHAT: [&str; 8] = [
    "every deviation from what was agreed with the customer",
    "the figures of the month beside those of the month before",
    "what was learned when the service last failed",
    "requests that touch more than one service at a time",
    "the list of configuration items that the change will touch",
    "the plan for the way back, with the time that it takes",
    "the opinion of those who have to work with the result",
    "the cost of the measure and what it is expected to save",
];

const WHEN: [&str; 8] = [
    "before noon of the next working day",
    "once a month and after each major incident",
    "as soon as the second warning has been seen",
    "in the record itself and nowhere else",
    "unless the service board has decided otherwise",
    "together with whoever has asked for it",
    "at the latest when the window closes",
    "for as long as the agreement is in force",
];

const STEPS: [&str; 8] = [
    "Receive and record",
    "Sort by urgency",
    "Weigh the risk",
    "Plan the work",
    "Decide",
    "Carry out and try",
    "Confirm and close",
    "Report and learn",
];

fn register() -> String {
    let mut text = String::from(
        "---\nid: REG-ROL-01\ntitle: Register of roles\nkind: register\nversion: \"1.0\"\n\
         status: approved\nowner: quality-manager\nauthor: quality-manager\n\
         approved: {by: service-owner, on: 2026-01-05}\neffective: 2026-01-05\n\
         review: {every: 60 months, last: 2026-01-05, reviewer: service-owner, outcome: confirmed}\n\
         clauses: [\"5.3\"]\n\
         revisions: [{version: \"1.0\", date: 2026-01-04, author: quality-manager, summary: First}]\n\
         roles:\n",
    );
    for (id, title) in ROLES {
        let _ = writeln!(text, "  - {{id: {id}, title: {title}, holder: Person of the {id}}}");
    }
    text.push_str("---\n\n# Register of roles\n\nWho does what in the made-up manual.\n");
    text
}

fn path(number: usize, shape: Shape) -> String {
    let (_, prefix, folder) = KINDS[number % KINDS.len()];
    let name = format!("{}-{:05}.md", prefix.to_lowercase(), number + 1);
    match shape {
        Shape::Deep => {
            let mut path = folder.to_owned();
            for depth in 0..number % 20 {
                let _ = write!(path, "/level-{depth}");
            }
            format!("{path}/{name}")
        }
        _ => format!("{folder}/area-{:03}/{name}", number / 50 + 1),
    }
}

/// Writes one document.
struct Author {
    dice: Dice,
    number: usize,
    count: usize,
    shape: Shape,
}

impl Author {
    fn document(mut self) -> String {
        let mut text = self.front_matter();
        // A huge document has the sections of many.
        let rounds = if self.shape == Shape::Huge { 270 } else { 1 };
        for round in 0..rounds {
            for (n, heading) in HEADINGS.iter().enumerate() {
                let _ = match round {
                    0 => write!(text, "\n## {heading}\n\n"),
                    _ => write!(text, "\n## {} {round}\n\n", heading.replace(" {.raci}", "")),
                };
                self.section(n, &mut text);
            }
        }
        text
    }

    fn front_matter(&mut self) -> String {
        let (kind, prefix, _) = KINDS[self.number % KINDS.len()];
        let (topic, clause) = TOPICS[self.number % TOPICS.len()];
        let number = self.number + 1;
        let (year, month) = (2024 + self.dice.below(2), 1 + self.dice.below(12));
        let day = format!("{year}-{month:02}-{:02}", 1 + self.dice.below(28));
        let (owner, reviewer) = (ROLES[self.dice.below(8)].0, ROLES[self.dice.below(8)].0);
        let title = format!("{topic} {kind} {number}");
        let mut text = format!(
            "---\nid: {prefix}-{number:05}\ntitle: \"{title}\"\nkind: {kind}\nversion: \"3.0\"\n\
             status: approved\nclassification: internal\nowner: {owner}\nauthor: process-manager\n\
             approved: {{by: {reviewer}, on: {day}}}\neffective: {day}\n\
             review: {{every: 60 months, last: {day}, reviewer: {reviewer}, outcome: confirmed}}\n\
             clauses: [\"7.5.1\", \"{clause}\"]\nrevisions:\n"
        );
        for version in ["3.0", "2.0", "1.0"] {
            let back = version.as_bytes()[0] - b'0' + 17;
            let _ = writeln!(
                text,
                "  - {{version: \"{version}\", date: 20{back}-03-01, author: process-manager, \
                 summary: Read again and confirmed}}"
            );
        }
        if kind == "process" {
            text.push_str("kpis:\n");
            for n in 1..=6 {
                let _ = writeln!(
                    text,
                    "  - {{id: KPI-{n}, name: Share of {topic} records of sort {n} closed in time, \
                     unit: percent, target: \">= {}\", direction: up, measured: monthly, \
                     source: Ticket system}}",
                    80 + self.dice.below(20)
                );
            }
        }
        let _ = write!(text, "---\n\n# {title}\n");
        text
    }

    fn section(&mut self, n: usize, text: &mut String) {
        self.sentences(4, text);
        match n {
            2 => {
                for _ in 0..5 {
                    text.push_str("- ");
                    self.sentences(1, text);
                }
            }
            3 => {
                for (n, step) in STEPS.iter().enumerate() {
                    let _ = write!(text, "{}. **{step}.** ", n + 1);
                    self.sentences(1, text);
                }
            }
            4 => self.matrix(text),
            6 => {
                for _ in 0..6 {
                    let link = self.link();
                    let _ = writeln!(text, "- {link}");
                }
            }
            1 | 7 => {
                let link = self.link();
                let _ = writeln!(text, "It is read together with {link}.");
                self.sentences(3, text);
            }
            _ => self.sentences(4, text),
        }
    }

    fn sentences(&mut self, count: usize, text: &mut String) {
        for n in 0..count {
            let gap = if n == 0 { "" } else { " " };
            let (who, does) = (WHO[self.dice.below(8)], DOES[self.dice.below(8)]);
            let (what, when) = (WHAT[self.dice.below(8)], WHEN[self.dice.below(8)]);
            let _ = write!(text, "{gap}{who} {does} {what} {when}.");
        }
        text.push_str("\n\n");
    }

    /// Eight activities by five roles, one of them accountable and the next one responsible.
    fn matrix(&mut self, text: &mut String) {
        let roles = ROLES[..5].iter().map(|(_, title)| *title).collect::<Vec<_>>().join(" | ");
        let _ = writeln!(text, "| Activity | {roles} |\n| --- | --- | --- | --- | --- | --- |");
        for step in STEPS {
            let accountable = self.dice.below(5);
            let _ = write!(text, "| {step} |");
            for role in 0..5 {
                let letter = match (role + 5 - accountable) % 5 {
                    0 => "A",
                    1 => "R",
                    _ => ["C", "I"][self.dice.below(2)],
                };
                let _ = write!(text, " {letter} |");
            }
            text.push('\n');
        }
        text.push('\n');
    }

    fn link(&mut self) -> String {
        let target = match self.shape {
            Shape::Star => 0,
            _ => self.dice.below(self.count),
        };
        let id = format!("{}-{:05}", KINDS[target % KINDS.len()].1, target + 1);
        match self.dice.below(4) {
            0 => format!("[[{id}]]"),
            1 => format!("[the measures of {id}](/{}#measures)", path(target, self.shape)),
            _ => format!("[{id}](/{})", path(target, self.shape)),
        }
    }
}

/// Numbers that look like chance, the same on every machine (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn new(seed: usize) -> Self {
        Dice(seed as u64 ^ 0x5151_2000)
    }

    /// A number from 0 up to `limit`, without it.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = limit.max(1) as u64;
        usize::try_from((mixed ^ (mixed >> 31)) % limit).unwrap_or_default()
    }
}
