//! What differs, as lines of a terminal, as a page by itself, or for machines.

use std::io::Write as _;

use anyhow::Result;

use super::{Change, Difference};
use crate::cli::{Session, args};
use crate::redline::{
    ChangedSection, Key, Looks, Redline, STYLE, State, html, sections, terminal, value,
};
use crate::text::escaped;
use crate::text::visible::{self, lines, one_line};

/// What a page by itself needs besides.
const PAGE_STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;\
max-width:50rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}\
th,td{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top}";

/// Shows what differs.
pub(super) fn show(
    whole: &Difference,
    format: args::DiffFormat,
    session: &mut Session,
) -> Result<()> {
    let text = match format {
        args::DiffFormat::Text => text(whole, session),
        args::DiffFormat::Html => page(whole),
        args::DiffFormat::Json => visible::json(&serde_json::to_string_pretty(whole)?) + "\n",
    };
    session.out.write_all(text.as_bytes())?;
    session.out.flush()?;
    Ok(())
}

fn text(whole: &Difference, session: &Session) -> String {
    let looks = Looks { colour: session.colour, whole: false };
    let one = |change: &Change| {
        let head = session.bold(&one_line(&head(change)));
        let redline = change.redline.as_ref().map(|redline| terminal(redline, looks));
        format!("{head}\n{}", redline.unwrap_or_default())
    };
    let all: Vec<String> = whole.documents.iter().map(one).collect();
    if session.colour { all.join("\n") } else { lines(&all.join("\n")) }
}

/// What became of a document, in a line.
fn head(change: &Change) -> String {
    let Change { id, title, .. } = change;
    let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "-".to_owned());
    let (from, to) = (version(&change.from), version(&change.to));
    let what = match change.state {
        State::Added => format!("added, {to}"),
        State::Removed => format!("removed, was {from}"),
        _ if from == to => from,
        _ => format!("{from} -> {to}"),
    };
    let was = change.was.as_ref().map(|was| format!(", was {was}")).unwrap_or_default();
    let moved = change.moved_from.as_ref();
    let moved = moved.map(|from| format!(", moved from {from} to {}", change.path));
    format!("{id} {title}  {what}{was}{}", moved.unwrap_or_default())
}

/// A page that needs no other file.
fn page(whole: &Difference) -> String {
    let title = format!("What differs between {} and {}", whole.from, whole.to);
    let title = escaped(&title);
    let list = |change: &Change| {
        format!("<li><a href=\"#{}\">{}</a></li>\n", escaped(&change.id), escaped(&head(change)))
    };
    let documents: String = whole.documents.iter().map(document).collect();
    let list: String = match whole.documents.as_slice() {
        [_] => String::new(),
        several => format!("<ul>\n{}</ul>\n", several.iter().map(list).collect::<String>()),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title>\n<style>{STYLE}{PAGE_STYLE}</style>\
         </head>\n<body>\n<h1>{title}</h1>\n{list}{documents}</body></html>\n"
    )
}

fn document(change: &Change) -> String {
    let body = change.redline.as_ref().map(|redline| body(redline, &change.id));
    format!(
        "<article class=\"redline\" id=\"{}\">\n<h1>{}</h1>\n{}</article>\n",
        escaped(&change.id),
        escaped(&head(change)),
        body.unwrap_or_default()
    )
}

fn body(redline: &Redline, id: &str) -> String {
    let key = |key: &Key| {
        let path = key.path.join(" / ");
        format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(&path), value(key))
    };
    let keys: String = redline.front.iter().map(key).collect();
    let section = |section: &ChangedSection| {
        let ChangedSection { number, title, first, .. } = section;
        let title = if title.is_empty() { "Beginning" } else { title };
        let words = format!("{number} {title}");
        format!("<li><a href=\"#{id}-change-{first}\">{}</a></li>\n", escaped(words.trim()))
    };
    let list: String = sections(redline).iter().map(section).collect();
    let text = html(redline).replace(" id=\"", &format!(" id=\"{id}-"));
    let text = text.replace(" href=\"#", &format!(" href=\"#{id}-"));
    let keys = if keys.is_empty() { keys } else { format!("<table>\n{keys}</table>\n") };
    let list = if list.is_empty() {
        list
    } else {
        format!("<p><b>Changed sections</b></p>\n<ul class=\"sections\">\n{list}</ul>\n")
    };
    format!("{keys}{list}{text}")
}
