//! `due`: everything that somebody has to do by a day.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::{Result, bail};

use super::review::{columns, same_role, when};
use super::{ExitStatus, Session, args, manual, say};
use crate::entries::{Agenda, Due};
use crate::manual::Manual;
use crate::model::value::Date;
use crate::render::calendar::{self, Task, TaskRow, Tasks};
use crate::text::visible::one_line;
use crate::text::{csv_field, nearest, visible};

pub(super) fn run(args: &args::Due, session: &mut Session) -> Result<ExitStatus> {
    let manual = manual::compile(session)?;
    let due = wanted(args, &manual)?;
    let late = due.iter().filter(|one| one.day < manual.today).count();
    let row = |one| TaskRow::new(one, document(&manual, one), manual.today);
    match args.format {
        args::DueFormat::Table => table(&due, &manual, session)?,
        args::DueFormat::Json => {
            let due: Vec<TaskRow<'_>> = due.iter().map(row).collect();
            let tasks = Tasks { as_of: manual.today, due };
            writeln!(session.out, "{}", visible::json(&serde_json::to_string_pretty(&tasks)?))?;
        }
        args::DueFormat::Csv => {
            write!(session.out, "{}", csv(due.iter().map(row)))?;
        }
        args::DueFormat::Ics => {
            let tasks = due.iter().map(|due| {
                let owner = due.owner.clone().unwrap_or_else(|| "none".into());
                Task { due, owner, url: None }
            });
            session.out.write_all(&calendar::tasks(manual.settings().title(), tasks))?;
        }
        args::DueFormat::Markdown => {
            let rows: Vec<TaskRow<'_>> = due.iter().map(row).collect();
            write!(session.out, "{}", markdown(manual.today, &rows))?;
        }
    }
    if args.format == args::DueFormat::Table {
        session.out.flush()?;
        say(&format!("{late} overdue, {} due until then", due.len() - late));
    }
    Ok(if late > 0 { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// What was asked for, the earliest first.
fn wanted(args: &args::Due, manual: &Manual) -> Result<Vec<Due>> {
    let (library, registers, settings) = (&manual.library, &manual.registers, manual.settings());
    let (names, today) = (manual.names(), manual.today);
    let mut due = Agenda { library, registers, names: &names, settings, today }.due();
    let owner = |one: &Due| one.owner.clone().unwrap_or_default();
    if let Some(wanted) = &args.owner {
        let is_known = library.role(wanted).is_some()
            || due.iter().any(|one| same_role(&owner(one), wanted, manual));
        if !is_known {
            let owners: Vec<String> = due.iter().map(owner).collect();
            let roles = library.roles().map(|role| role.entry.id.0.as_str());
            match nearest(wanted, roles.chain(owners.iter().map(String::as_str))) {
                Some(near) => bail!("there is no role `{wanted}`: did you mean `{near}`?"),
                None => bail!("there is no role `{wanted}` in this manual"),
            }
        }
        due.retain(|one| same_role(&owner(one), wanted, manual));
    }
    let until = today.plus(args.within.unwrap_or(settings.due_soon()));
    due.retain(|one| one.day <= until);
    Ok(due)
}

/// The id of the document that something concerns.
fn document<'m>(manual: &'m Manual, due: &Due) -> &'m str {
    &manual.library.documents[due.document].id
}

fn table(due: &[Due], manual: &Manual, session: &mut Session) -> Result<()> {
    let rows = due.iter().map(|one| {
        [
            one.day.to_string(),
            when(manual.today.days_until(one.day)),
            one_line(&one.kind),
            one_line(&one.id),
            one_line(one.owner.as_deref().unwrap_or("-")),
            one_line(&one.what),
        ]
    });
    columns(["Due", "", "Kind", "Id", "Owner", "What"], rows, session)
}

fn csv<'a>(rows: impl Iterator<Item = TaskRow<'a>>) -> String {
    let mut out = String::from("due,days,kind,id,owner,what,document\r\n");
    for row in rows {
        let owner = row.owner.unwrap_or_default();
        let fields = [row.kind, row.id, &owner, row.what, row.document].map(csv_field);
        let _ = write!(out, "{},{},{}\r\n", row.due, row.days, fields.join(","));
    }
    out
}

/// A table that a chat, an issue or a mail shows.
fn markdown(today: Date, rows: &[TaskRow<'_>]) -> String {
    let late = rows.iter().filter(|row| row.days < 0).count();
    let mut out = format!("**Due as of {today}:** {late} overdue, {} to come\n", rows.len() - late);
    if !rows.is_empty() {
        out.push_str("\n| Due | | What | Id | Owner |\n|---|---|---|---|---|\n");
    }
    for row in rows {
        let owner = row.owner.as_deref().unwrap_or("-");
        let cells = [row.what, row.id, owner].map(plain);
        let when = when(row.days);
        let when = if row.days < 0 { format!("**{when}**") } else { when };
        let _ = writeln!(out, "| {} | {when} | {} |", row.due, cells.join(" | "));
    }
    out
}

/// Text that Markdown shows as it is, and in which nobody is called by name.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '@' => out.push_str("&#64;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            letter if "\\`*_[]|~#!".contains(letter) => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}
