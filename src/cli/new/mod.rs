//! `new`: a draft with the next free id, and every field and section that its kind asks for.

mod outline;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Result, bail, ensure};

use super::{ExitStatus, Session, args, manual, say, write};
use crate::edit::keys::scalar;
use crate::manual::Manual;
use crate::model::value::{Date, Kind};
use crate::standard::Schema;
use crate::standard::format::Role;
use crate::text::{floor_char, key, nearest, slug, unportable};
use outline::Section;

/// Most characters of a title, as the schema of front matter has it.
const LONGEST_TITLE: usize = 300;

/// Longest file name in bytes, without its ending: every system holds it, with an id behind it.
const LONGEST: usize = 160;

pub(super) fn run(args: &args::New, session: &mut Session) -> Result<ExitStatus> {
    let kind = kind(&args.kind)?;
    let title = args.title.trim();
    ensure!(!title.is_empty(), "the title is empty");
    ensure!(!title.chars().any(char::is_control), "the title must be one line of plain text");
    ensure!(!title.contains("{{"), "the title may not hold `{{{{`, which marks values in texts");
    let length = title.chars().count();
    ensure!(
        length <= LONGEST_TITLE,
        "a title has at most {LONGEST_TITLE} characters, and this one {length}"
    );
    let manual = manual::compile(session)?;
    if let Some(owner) = &args.owner {
        known_role(owner, &manual)?;
    }
    let clauses = clauses(&args.clauses, kind, &manual)?;
    let draft = Draft {
        id: free_id(kind, title, &manual),
        kind,
        title,
        owner: args.owner.as_deref(),
        role: role(args.owner.as_deref(), &manual),
        services: services(&manual),
        clauses: &clauses,
        today: session.today,
    };
    let folder = folder(kind, &manual);
    let taken = names(&session.root.join(&folder));
    let path = format!("{folder}/{}.md", file_name(title, &draft.id, &taken));
    write::new_file(&session.root, Path::new(&path), &draft.text())?;
    writeln!(session.out, "{}", session.shown(path.as_ref()))?;
    say(&format!("{} is a draft: `clausebook check` lists what is still to be written", draft.id));
    Ok(ExitStatus::Clean)
}

/// The names in a folder, as they are compared with others; none where there is no folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| key(&entry.file_name().to_string_lossy())).collect()
}

/// A name that every system can hold, and that no other file has on any of them, without its ending:
/// of the words of the title, or else the id.
fn file_name(title: &str, id: &str, taken: &BTreeSet<String>) -> String {
    let words = slug(&key(title));
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let words = words.join("-");
    let name = words[..floor_char(&words, LONGEST)].trim_end_matches('-');
    let id = id.to_lowercase();
    if name.is_empty() || name.starts_with('_') || unportable(name).is_some() {
        return id;
    }
    if taken.contains(&format!("{name}.md")) { format!("{name}-{id}") } else { name.to_owned() }
}

fn kind(word: &str) -> Result<Kind> {
    let words = || Kind::ALL.into_iter().map(Kind::word);
    match (Kind::parse(&word.to_lowercase()), nearest(word, words())) {
        (Some(kind), _) => Ok(kind),
        (None, Some(near)) => bail!("there is no kind `{word}`: did you mean `{near}`?"),
        (None, None) => {
            bail!("there is no kind `{word}`; there are {}", words().collect::<Vec<_>>().join(", "))
        }
    }
}

fn known_role(owner: &str, manual: &Manual) -> Result<()> {
    let library = &manual.library;
    if library.role(owner).is_some() || !library.has_roles() {
        return Ok(());
    }
    match nearest(owner, library.roles().map(|role| role.entry.id.0.as_str())) {
        Some(near) => bail!("there is no role `{owner}`: did you mean `{near}`?"),
        None => bail!("there is no role `{owner}` in the role register"),
    }
}

/// The clauses that it is to answer, each with what it needs. A clause that this kind of document
/// cannot evidence is refused: the draft would begin with a finding.
fn clauses<'a>(
    names: &'a [String],
    kind: Kind,
    manual: &'a Manual,
) -> Result<Vec<(&'a str, Option<&'a Schema>)>> {
    let standards = &manual.standards;
    let mut found = Vec::new();
    for name in names {
        let Some((at, clause)) = standards.find(name) else {
            match nearest(name, standards.numbers()) {
                Some(near) => bail!("there is no clause `{name}`: did you mean `{near}`?"),
                None => bail!("there is no clause `{name}`"),
            }
        };
        ensure!(
            clause.role == Role::Requirement,
            "clause {name} has no requirements of its own; `clausebook explain {name}` lists \
             those below it"
        );
        let schema = standards.schema(&at);
        let kinds = schema.map(|schema| schema.content.kinds.as_slice()).unwrap_or_default();
        if !kinds.is_empty() && !kinds.contains(&kind) {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            bail!(
                "clause {name} cannot be evidenced by a {}; fitting kinds: {}",
                kind.word(),
                words.join(", ")
            );
        }
        found.push((name.as_str(), schema));
    }
    Ok(found)
}

/// A role that its matrix can begin with: the owner, or else the first of the register.
fn role(owner: Option<&str>, manual: &Manual) -> String {
    let library = &manual.library;
    let role = owner.and_then(|owner| library.role(owner)).or_else(|| library.roles().next());
    role.map_or_else(|| "Role".into(), |role| escaped(&role.entry.title))
}

/// The services that there are: a new scope statement begins with all of them.
fn services(manual: &Manual) -> String {
    let ids = manual.library.services().map(|service| service.entry.id.0.as_str());
    ids.collect::<Vec<_>>().join(", ")
}

/// The next free id of a kind: `PRC-INC-02` where `PRC-INC-01` is in use, or ever was.
fn free_id(kind: Kind, title: &str, manual: &Manual) -> String {
    let start = format!("{}-{}-", kind.prefix(), area(title));
    let documents = manual.library.documents.iter();
    let used = documents.flat_map(|document| {
        let before = document.front.supersedes.as_deref();
        std::iter::once(document.id.as_str()).chain(before)
    });
    let number = |id: &str| -> Option<u32> {
        let head = id.get(..start.len())?;
        if head.eq_ignore_ascii_case(&start) { id[start.len()..].parse().ok() } else { None }
    };
    let last = used.filter_map(number).max().unwrap_or(0);
    format!("{start}{:02}", last.saturating_add(1))
}

/// Three letters for what a document is about: those its title begins with.
fn area(title: &str) -> String {
    let letters = |word: &str| -> String {
        word.chars().map(bare).filter(char::is_ascii_alphabetic).take(3).collect()
    };
    let mut words = title.split_whitespace().map(letters).filter(|word| word.len() == 3);
    let word = words.find(|word| !matches!(word.to_lowercase().as_str(), "the" | "and" | "for"));
    word.unwrap_or_else(|| "GEN".into()).to_uppercase()
}

/// A letter without its accent, as far as the languages of Western Europe go.
fn bare(letter: char) -> char {
    const ACCENTED: [(&str, char); 7] = [
        ("àáâãäåæÀÁÂÃÄÅÆ", 'A'),
        ("èéêëÈÉÊË", 'E'),
        ("ìíîïÌÍÎÏ", 'I'),
        ("òóôõöøÒÓÔÕÖØ", 'O'),
        ("ùúûüÙÚÛÜ", 'U'),
        ("çÇ", 'C'),
        ("ñÑ", 'N'),
    ];
    let known = ACCENTED.iter().find(|(letters, _)| letters.contains(letter));
    known.map_or(letter, |(_, bare)| *bare)
}

/// The folder for a document: where most of its kind are, or else where they are by custom.
fn folder(kind: Kind, manual: &Manual) -> String {
    let content = manual.settings().content();
    let by_custom = match kind {
        Kind::Process | Kind::Procedure => "processes",
        _ => "policies",
    };
    let home = |folder: &String| {
        let documents = manual.library.documents.iter();
        let here = documents.filter(|one| one.path.starts_with(&format!("{folder}/")));
        let same = here.filter(|one| one.kind() == Some(kind)).count();
        (same, folder == by_custom)
    };
    content.iter().rev().max_by_key(|folder| home(folder)).cloned().unwrap_or(by_custom.into())
}

/// A document to be written.
struct Draft<'a> {
    id: String,
    kind: Kind,
    title: &'a str,
    owner: Option<&'a str>,
    role: String,
    services: String,
    clauses: &'a [(&'a str, Option<&'a Schema>)],
    today: Date,
}

impl Draft<'_> {
    fn text(&self) -> String {
        let mut text = String::from("---\n");
        let mut line = |key: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{key}: {value}");
        };
        line("id", &self.id);
        line("title", &scalar(self.title));
        line("kind", self.kind.word());
        line("version", "\"0.1\"");
        line("status", "draft");
        line("classification", "internal");
        let open = "\"{{ decide: which role answers for this document }}\"".to_owned();
        line("owner", &self.owner.map_or(open, scalar));
        line("review", "{every: 12 months}");
        if !self.clauses.is_empty() {
            let clauses: Vec<String> =
                self.clauses.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            line("clauses", &format!("[{}]", clauses.join(", ")));
        }
        line("retention", "3 years after withdrawal");
        line("distribution", "[all staff]");
        let _ = write!(
            text,
            "revisions:\n  - {{version: \"0.1\", date: {}, summary: First draft}}\n{}{}---\n\n# {}\n",
            self.today,
            outline::fields(self.kind).replace("[SVC-01]", &format!("[{}]", self.services)),
            self.records(),
            escaped(self.title)
        );
        let schemas = self.clauses.iter().filter_map(|(_, schema)| *schema);
        let of_clauses = schemas.flat_map(outline::of_clause);
        let sections = outline::of_kind(self.kind).iter().cloned();
        let mut seen = BTreeSet::new();
        for Section { heading, guide } in sections.chain(of_clauses) {
            if seen.insert(slug(&heading)) {
                let guide = guide.replace("| Role |", &format!("| {} |", self.role));
                let _ = write!(text, "\n## {heading}\n\n{guide}\n");
            }
        }
        text
    }
}

impl Draft<'_> {
    /// The records that its clauses ask for, as comments to be filled in.
    fn records(&self) -> String {
        let of = |(name, schema): &(&str, Option<&Schema>)| {
            schema.map(|schema| outline::records(name, schema)).unwrap_or_default()
        };
        let lines: String = self.clauses.iter().map(of).collect();
        if lines.is_empty() {
            lines
        } else {
            format!("# records that its clauses ask for:\n{lines}")
        }
    }
}

/// Text as Markdown that shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>#{}|&!~^$:".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_three_letters_of_the_title() {
        assert_eq!(area("Incident management"), "INC");
        assert_eq!(area("The IT change policy"), "CHA");
        assert_eq!(area("Überwachung"), "UBE");
        assert_eq!(area("服务"), "GEN");
    }

    #[test]
    fn titles_survive_yaml_and_markdown() {
        assert_eq!(scalar("Release and deployment"), "Release and deployment");
        assert_eq!(scalar("A: \"b\" # c"), "\"A: \\\"b\\\" # c\"");
        assert_eq!(scalar("null"), "\"null\"");
        assert_eq!(escaped("a *b* [c]"), "a \\*b\\* \\[c\\]");
    }

    #[test]
    fn a_name_is_one_that_every_system_can_hold() {
        let taken = BTreeSet::from(["event-management.md".to_owned(), key("über.md")]);
        let name = |title: &str| file_name(title, "PRC-CON-01", &taken);
        assert_eq!(name("CON"), "prc-con-01");
        assert_eq!(name("Com1"), "prc-con-01");
        assert_eq!(name("…"), "prc-con-01");
        assert_eq!(name("_x"), "prc-con-01");
        assert_eq!(name("Who signs? \"A\" | B: #1 🚒"), "who-signs-a-b-1");
        assert_eq!(name("Event Management"), "event-management-prc-con-01");
        assert_eq!(name("U\u{308}ber"), "über-prc-con-01");
        assert_eq!(name("Größe"), "größe");
        for long in ["ab ".repeat(100), "危機管理".repeat(75), "𝔸".repeat(300)] {
            let name = name(&long);
            assert!((150..=LONGEST).contains(&name.len()), "{name}");
        }
    }
}
