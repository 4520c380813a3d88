//! `adopt`: from what a firm has to documents of a manual.
//!
//! The source is read, the manual is written; what happens between is [`crate::adopt`]'s business.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use super::{ExitStatus, Session, args, manual, say, write};
use crate::adopt::{self, Adopted, Document, Keys, Note, Options, Original, word};
use crate::compile::{self, Inputs};
use crate::diag::Severity;
use crate::edit::keys::scalar;
use crate::model::value::Date;
use crate::parse::yaml::{self, Value};
use crate::report::plural;
use crate::source::{MAX_ASSET_BYTES, MAX_BYTES, SETTINGS, is_markdown};
use crate::text::key;
use crate::text::visible::{self, one_line};

/// Folders that hold no documents of anybody.
const ASIDE: [&str; 3] = ["node_modules", "target", "vendor"];

/// Most files that are looked at.
const MOST: usize = 100_000;

/// Where the roles that documents name are listed.
const ROLES: &str = "policies/role-register.md";

pub(super) fn run(args: &args::Adopt, session: &mut Session) -> Result<ExitStatus> {
    let root = args.into.clone().unwrap_or_else(|| session.root.clone());
    let source = read(&args.source)?;
    ensure!(
        !source.originals.is_empty(),
        "{} holds no Markdown and no Word file",
        args.source.display()
    );
    let mut options = Options {
        keys: keys(args.map.as_deref())?,
        keep_approvals: args.keep_approvals,
        today: session.today,
        taken: BTreeSet::new(),
    };
    let there = there(&root, session)?;
    // What an earlier run has written keeps its id.
    let first = adopt::adopt(&source.originals, &source.others, &options);
    let own: BTreeSet<&str> = first.documents.iter().map(|one| one.to.as_str()).collect();
    let others = there.documents.iter().filter(|(path, _)| !own.contains(path.as_str()));
    options.taken = others.map(|(_, id)| key(id)).collect();
    let adopted = if options.taken.is_empty() {
        first
    } else {
        adopt::adopt(&source.originals, &source.others, &options)
    };
    let written = if args.dry_run {
        Written::default()
    } else {
        store(&root, (&args.source, &source), &adopted, &there, session.today)?
    };
    match args.format {
        args::AdoptFormat::Table => tell(&adopted, &source.refused, session)?,
        args::AdoptFormat::Json => {
            let told = serde_json::json!({"adopted": adopted, "refused": source.refused});
            let text = visible::json(&serde_json::to_string_pretty(&told)?);
            writeln!(session.out, "{text}")?;
        }
    }
    session.out.flush()?;
    Ok(conclude(args, &root, &adopted, &written, session))
}

/// What lay in the source.
#[derive(Default)]
struct Source {
    originals: Vec<Original>,
    /// The paths of other files.
    others: Vec<String>,
    /// Pictures out of Word files, by the paths by which the texts name them.
    pictures: BTreeMap<String, Vec<u8>>,
    /// Files that were not read, and why.
    refused: Vec<(String, String)>,
}

/// What the names of a Word file's pictures begin with.
fn picture_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    crate::text::slug(stem)
}

/// Reads the source. No symbolic link is followed, and nothing hidden is read.
fn read(top: &Path) -> Result<Source> {
    let about = std::fs::metadata(top).with_context(|| format!("cannot read {}", top.display()))?;
    let mut source = Source::default();
    let visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !name.starts_with('.') && !ASIDE.contains(&&*name)
    };
    let walk = walkdir::WalkDir::new(top).sort_by_file_name().into_iter();
    for (count, entry) in walk.filter_entry(visible).enumerate() {
        let entry = entry.with_context(|| format!("cannot read {}", top.display()))?;
        ensure!(count < MOST, "{} holds more than {MOST} files", top.display());
        let path = if about.is_dir() {
            entry.path().strip_prefix(top).unwrap_or(entry.path())
        } else {
            Path::new(entry.file_name())
        };
        let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
        let path = parts.collect::<Vec<_>>().join("/");
        if entry.file_type().is_symlink() {
            source.refused.push((path, "a symbolic link: none is followed".to_owned()));
        } else if entry.file_type().is_file() {
            one(&entry, path, &mut source)?;
        }
    }
    source.others.extend(source.pictures.keys().cloned());
    Ok(source)
}

fn one(entry: &walkdir::DirEntry, path: String, source: &mut Source) -> Result<()> {
    let size = entry.metadata().map_or(0, |about| about.len());
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let bytes = || std::fs::read(entry.path()).with_context(|| format!("cannot read {path}"));
    match ending.as_str() {
        _ if is_markdown(&path) && size > MAX_BYTES => {
            source.refused.push((path, format!("larger than {} MiB", MAX_BYTES >> 20)));
        }
        _ if is_markdown(&path) => {
            let bytes = bytes()?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let broken = std::str::from_utf8(&bytes).is_err();
            let note = broken
                .then(|| Note::of_all("it is not UTF-8: what could not be read is `\u{fffd}`"));
            source.originals.push(Original { path, text, notes: note.into_iter().collect() });
        }
        "docx" | "docm" if size > MAX_ASSET_BYTES => {
            source.refused.push((path, "too large".to_owned()));
        }
        "docx" | "docm" => match word::read(&bytes()?, &picture_name(&path)) {
            Ok(word::Read { text, notes, pictures }) => {
                let folder =
                    path.rsplit_once('/').map_or(String::new(), |(above, _)| format!("{above}/"));
                let pictures =
                    pictures.into_iter().map(|(name, bytes)| (format!("{folder}{name}"), bytes));
                source.pictures.extend(pictures);
                source.originals.push(Original { path, text, notes });
            }
            Err(why) => source.refused.push((path, why.to_string())),
        },
        "doc" | "rtf" | "odt" | "dot" => {
            let why = "it is in an older or another form: save it as .docx";
            source.refused.push((path, why.to_owned()));
        }
        _ => source.others.push(path),
    }
    Ok(())
}

/// Names of fields, with those of a firm's own file.
fn keys(file: Option<&Path>) -> Result<Keys> {
    let mut keys = Keys::default();
    let Some(file) = file else { return Ok(keys) };
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let node = match yaml::read(&text, 0..text.len()) {
        Ok(node) => node,
        Err(fault) => bail!("{shown}: {}", fault.message),
    };
    let Value::Map(entries) = &node.value else { bail!("{shown} holds no names: `name: field`") };
    for entry in entries {
        let field = entry.node.text().filter(|text| !text.trim().is_empty());
        ensure!(
            keys.add(&entry.key, field),
            "{shown}: there is no field `{}`",
            one_line(field.unwrap_or_default())
        );
    }
    Ok(keys)
}

/// What the manual has already.
#[derive(Default)]
struct There {
    /// Paths and ids.
    documents: Vec<(String, String)>,
    roles: BTreeSet<String>,
}

fn there(root: &Path, session: &Session) -> Result<There> {
    let settings = crate::model::settings(&crate::source::settings(root)?).checked.value;
    let sources = crate::source::read(root, &manual::folders(&settings))?;
    let manual =
        compile::compile(Inputs::new(sources, session.today), &mut compile::Session::default());
    let documents = manual.library.documents.iter();
    Ok(There {
        documents: documents.map(|one| (one.path.clone(), one.id.clone())).collect(),
        roles: manual.library.roles().map(|role| key(&role.entry.id.0)).collect(),
    })
}

/// What was written, and what was left alone.
#[derive(Default)]
struct Written {
    new: usize,
    same: usize,
    other: Vec<String>,
}

/// Writes what is not there yet.
fn store(
    root: &Path,
    (top, source): (&Path, &Source),
    adopted: &Adopted,
    there: &There,
    today: Date,
) -> Result<Written> {
    let mut written = Written::default();
    let mut put = |path: &str, bytes: &[u8]| -> Result<()> {
        match std::fs::symlink_metadata(root.join(path)) {
            Ok(_) if std::fs::read(root.join(path)).is_ok_and(|old| old == bytes) => {
                written.same += 1;
            }
            Ok(_) => written.other.push(path.to_owned()),
            Err(_) => {
                write::new_bytes(root, Path::new(path), bytes)?;
                written.new += 1;
            }
        }
        Ok(())
    };
    for document in &adopted.documents {
        put(&document.to, document.text.as_bytes())?;
    }
    for (old, new) in &adopted.files {
        if let Some(bytes) = source.pictures.get(old) {
            put(new, bytes)?;
        } else {
            let bytes = std::fs::read(top.join(old));
            put(new, &bytes.with_context(|| format!("cannot read {old}"))?)?;
        }
    }
    let missing = adopted.roles.iter().filter(|(id, _)| !there.roles.contains(&key(id)));
    let missing: Vec<(&String, &String)> = missing.collect();
    let roles = register(&missing, today);
    let needs_roles = there.roles.is_empty() && !missing.is_empty();
    if needs_roles {
        put(ROLES, roles.as_bytes())?;
    }
    if !root.join(SETTINGS).exists() {
        let documents = adopted.documents.iter().map(|one| (one.to.as_str(), one.text.as_bytes()));
        let roles = needs_roles.then_some((ROLES, roles.as_bytes()));
        let text = format!("{}{}", settings(root), lowered(documents.chain(roles), today));
        put(SETTINGS, text.as_bytes())?;
    }
    Ok(written)
}

/// Levels for the rules that would keep what was taken over from being published: a firm begins with a
/// site, and raises them as it mends.
fn lowered<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>, today: Date) -> String {
    let mut session = compile::Session::default();
    let inputs = Inputs::new(crate::source::Sources::from_memory(files), today);
    let manual = compile::compile(inputs, &mut session);
    let findings = compile::check(&manual, &mut session);
    let errors = findings.standing.iter().filter(|one| one.severity == Severity::Error);
    let codes: BTreeSet<&str> = errors.map(|one| one.code.0).collect();
    if codes.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = codes.iter().map(|code| format!("  {code}: warning\n")).collect();
    let lines = lines.concat();
    format!(
        "# What was taken over has findings of these rules that would keep it from being published.\n\
         # Take a line out when they are mended: its findings are errors again.\nrules:\n{lines}"
    )
}

fn settings(root: &Path) -> String {
    let name = root.canonicalize().unwrap_or(PathBuf::from(root));
    let name = name.file_name().map_or("Organization".into(), |name| name.to_string_lossy());
    format!(
        "# The name as it should stand on a certificate.\norganization:\n  name: {}\n",
        scalar(&name)
    )
}

/// A register of roles, of which nobody has said who holds them.
fn register(roles: &[(&String, &String)], today: Date) -> String {
    let mut text = format!(
        "---\nid: REG-ROL-01\ntitle: Role register\nkind: register\nversion: \"0.1\"\nstatus: draft\n\
         classification: internal\nowner: \"{{{{ decide: which role answers for this document }}}}\"\n\
         revisions:\n  - {{version: \"0.1\", date: {today}, summary: Roles that the documents name}}\nroles:\n"
    );
    for (id, title) in roles {
        let _ = writeln!(text, "  - {{id: {id}, title: {}}}", scalar(title));
    }
    text.push_str(
        "---\n\n# Role register\n\n## Roles\n\nThese roles were named by documents that were taken \
         over. Who holds each of them is still to be written down.\n\n```clausebook\nroles\n```\n",
    );
    text
}

/// Tells what became of each file.
fn tell(adopted: &Adopted, refused: &[(String, String)], session: &mut Session) -> Result<()> {
    for document in &adopted.documents {
        let Document {
            from, to, id, id_kept, kind, kind_from, understood, kept, links, notes, ..
        } = document;
        writeln!(session.out, "{} -> {}", one_line(from), one_line(to))?;
        let own = if *id_kept { "its own" } else { "made" };
        writeln!(session.out, "  id {id} ({own}), {kind} ({kind_from})")?;
        if !understood.is_empty() {
            let understood: Vec<String> =
                understood.iter().map(|(field, place)| format!("{field} ({place})")).collect();
            writeln!(session.out, "  understood: {}", understood.join(", "))?;
        }
        if !kept.is_empty() {
            writeln!(session.out, "  kept under x: {}", one_line(&kept.join(", ")))?;
        }
        if links.kept + links.lost > 0 {
            writeln!(session.out, "  links: {} kept, {} lead nowhere", links.kept, links.lost)?;
        }
        for note in notes {
            let line = note.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            writeln!(session.out, "  note: {line}{}", one_line(&note.what))?;
        }
    }
    for (path, why) in refused {
        writeln!(session.out, "{}: not taken over: {}", one_line(path), one_line(why))?;
    }
    Ok(())
}

/// Says how it ended.
fn conclude(
    args: &args::Adopt,
    root: &Path,
    adopted: &Adopted,
    written: &Written,
    session: &Session,
) -> ExitStatus {
    let count = plural(adopted.documents.len(), "document");
    let links = adopted
        .documents
        .iter()
        .fold((0, 0), |(kept, lost), one| (kept + one.links.kept, lost + one.links.lost));
    say(&format!("{count}; {} of {} links hold", links.0, links.0 + links.1));
    if args.dry_run {
        say("nothing was written (--dry-run)");
        return ExitStatus::Clean;
    }
    let same = if written.same > 0 {
        format!(", {} were there already", written.same)
    } else {
        String::new()
    };
    say(&format!("{} written{same}", plural(written.new, "file")));
    if !written.other.is_empty() {
        let named: Vec<&str> = written.other.iter().take(8).map(String::as_str).collect();
        let more = written.other.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        say(&format!(
            "left alone, since something else is there: {}{more}",
            one_line(&named.join(", "))
        ));
        return ExitStatus::Findings;
    }
    let there =
        if root == session.root { String::new() } else { format!("-C {} ", root.display()) };
    say(&one_line(&format!(
        "Next: clausebook {there}check --write-baseline baseline.json, then clausebook {there}build --drafts"
    )));
    ExitStatus::Clean
}
