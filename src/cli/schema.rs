//! `schema`: the JSON Schema of a kind's front matter, for editors.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::{ExitStatus, Session, args, say};
use crate::model::schema;
use crate::model::settings::Settings;
use crate::model::value::Kind;
use crate::source::SETTINGS;
use crate::standard::format::ClauseSchema;
use crate::text::nearest;

/// Name under which the schema of a clause's own file is found.
const CLAUSE: &str = "clause";

pub(super) fn run(args: &args::Schema, session: &mut Session) -> Result<ExitStatus> {
    match (&args.write, &args.kind) {
        (Some(folder), _) => write(&session.root.join(folder))?,
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
    Kind::ALL.into_iter().map(Kind::word).chain([SETTINGS, CLAUSE])
}

fn schema(name: &str) -> Option<Value> {
    match name {
        SETTINGS => Some(schema::derived::<Settings>()),
        CLAUSE => Some(schema::derived::<ClauseSchema>()),
        kind => Kind::parse(kind).map(schema::of_kind),
    }
}

fn text(schema: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(schema)? + "\n")
}

/// Writes all of them into a folder: `process.json` and so on.
fn write(folder: &Path) -> Result<()> {
    let cannot = |path: &Path| format!("cannot write {}", path.display());
    std::fs::create_dir_all(folder).with_context(|| cannot(folder))?;
    for name in names() {
        let path = folder.join(format!("{}.json", name.trim_end_matches(".yaml")));
        let schema = schema(name).map(|schema| text(&schema)).transpose()?.unwrap_or_default();
        std::fs::write(&path, schema).with_context(|| cannot(&path))?;
    }
    say(&format!("{} schemas in {}", names().count(), folder.display()));
    Ok(())
}

fn unknown(name: &str) -> String {
    let all = names().collect::<Vec<_>>().join(", ");
    match nearest(name, names()) {
        Some(near) => format!("there is no kind `{name}`: did you mean `{near}`?"),
        None => format!("there is no kind `{name}`; there are {all}"),
    }
}
