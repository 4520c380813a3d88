//! `review`: which documents are due for review, and which are overdue.

use std::io::Write;

use anyhow::{Result, bail};

use super::{ExitStatus, Session, args, manual, say};
use crate::manual::Manual;
use crate::model::document::{Document, ReviewState};
use crate::render::calendar::{Agenda, Review};
use crate::text::visible::one_line;
use crate::text::{nearest, visible};

pub(super) fn run(args: &args::Review, session: &mut Session) -> Result<ExitStatus> {
    let published = manual::published(session)?;
    let manual = published.shown();
    if let Some(owner) = &args.owner {
        known(owner, manual)?;
    }
    let agenda = agenda(args, manual);
    match args.format {
        args::ReviewFormat::Table => table(&agenda.reviews, session)?,
        args::ReviewFormat::Json => {
            let text = visible::json(&serde_json::to_string_pretty(&agenda)?);
            writeln!(session.out, "{text}")?;
        }
        args::ReviewFormat::Ics => {
            let title = manual.settings().title();
            session.out.write_all(&agenda.calendar(title, None))?;
        }
    }
    let late = agenda.reviews.iter().filter(|one| one.state == ReviewState::Overdue).count();
    if args.format == args::ReviewFormat::Table {
        session.out.flush()?;
        let unread = manual.library.broken();
        if unread > 0 {
            say(&format!(
                "{unread} files cannot be read as documents: `clausebook check` says why"
            ));
        }
        say(&format!("{late} overdue, {} due until then", agenda.reviews.len() - late));
    }
    Ok(if late > 0 { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// The reviews that were asked for, the most urgent first.
fn agenda<'a>(args: &args::Review, manual: &'a Manual) -> Agenda<'a> {
    let settings = manual.settings();
    let today = manual.today;
    let until = today.plus(args.within.unwrap_or(settings.due_soon()));
    let owned = |document: &&Document| {
        let owner = document.front.owner.as_deref();
        args.owner
            .as_ref()
            .is_none_or(|wanted| owner.is_some_and(|it| same_role(it, wanted, manual)))
    };
    let documents = manual.library.documents.iter().filter(owned);
    let review = |document| {
        let review = Review::new(document, settings, today)?;
        let role = review.owner.and_then(|owner| manual.library.role(owner));
        Some(match role {
            Some(role) => review.of_owner(&*role.entry.title),
            None => review,
        })
    };
    let reviews = documents.filter_map(review);
    Agenda::new(today, reviews.filter(|review| review.due <= until).collect())
}

/// Whether two names are one role: its id or its title.
pub(super) fn same_role(a: &str, b: &str, manual: &Manual) -> bool {
    let id = |name: &str| {
        let role = manual.library.role(name);
        role.map_or(name.to_lowercase(), |role| role.entry.id.0.to_lowercase())
    };
    id(a) == id(b)
}

/// Refuses a name that is neither a role nor the owner of a document.
fn known(owner: &str, manual: &Manual) -> Result<()> {
    let library = &manual.library;
    let owners = || library.documents.iter().filter_map(|document| document.front.owner.as_deref());
    if library.role(owner).is_some() || owners().any(|name| name.eq_ignore_ascii_case(owner)) {
        return Ok(());
    }
    let roles = library.roles().map(|role| role.entry.id.0.as_str());
    match nearest(owner, roles.chain(owners())) {
        Some(near) => bail!("there is no role `{owner}`: did you mean `{near}`?"),
        None => bail!("there is no role `{owner}` in this manual"),
    }
}

/// How far off a day is.
pub(super) fn when(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "in 1 day".to_owned(),
        -1 => "1 day late".to_owned(),
        days if days < 0 => format!("{} days late", -days),
        days => format!("in {days} days"),
    }
}

fn table(due: &[Review<'_>], session: &mut Session) -> Result<()> {
    let rows = due.iter().map(|one| {
        [
            one.due.to_string(),
            when(one.days),
            one.document.to_owned(),
            one_line(one.owner.unwrap_or("-")),
            one_line(one.title),
        ]
    });
    columns(["Due", "", "Document", "Owner", "Title"], rows, session)
}

/// Rows in columns below their heads; nothing where there are none.
pub(super) fn columns<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
    session: &mut Session,
) -> Result<()> {
    let rows: Vec<[String; N]> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    if rows.len() == 1 {
        return Ok(());
    }
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    for (n, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        let line = line.trim_end();
        writeln!(session.out, "{}", if n == 0 { session.bold(line) } else { line.to_owned() })?;
    }
    Ok(())
}
