//! `schema`: the JSON Schema of a kind's front matter, for editors.

use std::io::Write;
use std::path::{Component, Path};

use anyhow::{Result, bail};
use serde_json::Value;

use super::{ExitStatus, Session, args, say, write};
use crate::entries::format::TypeFile;
use crate::model::schema;
use crate::model::settings::Settings;
use crate::model::value::Kind;
use crate::source::SETTINGS;
use crate::standard::format::ClauseSchema;
use crate::text::nearest;

/// Name under which the schema of a clause's own file is found.
const CLAUSE: &str = "clause";
/// Name under which the schema of a register type's file is found.
const REGISTER_TYPE: &str = "register-type";

pub(super) fn run(args: &args::Schema, session: &mut Session) -> Result<ExitStatus> {
    match (&args.write, &args.kind) {
        // A folder elsewhere is the user's own choice; one in the manual may be a link of anybody's.
        (Some(folder), _) if !is_below(folder) => {
            save(&session.root.join(folder), Path::new(""))?;
        }
        (Some(folder), _) => save(&session.root, folder)?,
        (None, None) => {
            for name in names() {
                writeln!(session.out, "{name}")?;
            }
        }
        (None, Some(name)) => {
            let Some(schema) = schema(name) else { bail!("{}", unknown(name)) };
            session.out.write_all(text(&schema)?.as_bytes())?;
        }
    }
    Ok(ExitStatus::Clean)
}

/// What there is a schema of.
fn names() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::word).chain([SETTINGS, CLAUSE, REGISTER_TYPE])
}

fn schema(name: &str) -> Option<Value> {
    match name {
        SETTINGS => Some(schema::derived::<Settings>()),
        CLAUSE => Some(schema::derived::<ClauseSchema>()),
        REGISTER_TYPE => Some(schema::derived::<TypeFile>()),
        kind => Kind::parse(kind).map(schema::of_kind),
    }
}

fn text(schema: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(schema)? + "\n")
}

/// Whether a path stays below the folder that it counts from.
fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Writes all of them into a folder: `process.json` and so on.
fn save(root: &Path, folder: &Path) -> Result<()> {
    for name in names() {
        let path = folder.join(format!("{}.json", name.trim_end_matches(".yaml")));
        let schema = schema(name).map(|schema| text(&schema)).transpose()?.unwrap_or_default();
        write::replace(root, &path, schema.as_bytes())?;
    }
    say(&format!("{} schemas in {}", names().count(), root.join(folder).display()));
    Ok(())
}

fn unknown(name: &str) -> String {
    let all = names().collect::<Vec<_>>().join(", ");
    match nearest(name, names()) {
        Some(near) => format!("there is no kind `{name}`: did you mean `{near}`?"),
        None => format!("there is no kind `{name}`; there are {all}"),
    }
}
