//! A followed link to what these readers are told of it.

use std::borrow::Cow;

use super::reader::Reader;
use super::tree::{Inline, Link, Reason, To};
use super::words::said;
use crate::graph::{Resolved, Target, Why, is_offered, is_picture};
use crate::model::library::DocumentNumber;
use crate::model::register::Register;
use crate::text::phrase::Phrase;
use crate::text::{percent, without_controls};

/// What is known of a link beside its words.
pub(super) struct Followed<'a> {
    /// How it was followed; nothing where nobody followed it.
    pub(super) resolved: Option<&'a Resolved>,
    /// Its target as it was typed.
    pub(super) typed: &'a str,
    /// Whether it is a wiki link without words of its own.
    pub(super) is_bare: bool,
    /// Whether it stands in another link.
    pub(super) is_nested: bool,
    /// The number of the document that it stands in.
    pub(super) from: DocumentNumber,
}

/// What a link becomes, with words of its own, or in place of them where it has none.
pub(super) fn inlines<'a>(
    reader: &dyn Reader,
    link: &Followed<'a>,
    words: Vec<Inline<'a>>,
) -> Vec<Inline<'a>> {
    let typed = link.typed;
    let text = |words: String| Inline::Text(without_controls(&words).into_owned().into());
    let Some(resolved) = link.resolved else {
        return if link.is_bare { vec![text(typed.to_owned())] } else { words };
    };
    match resolved {
        Ok(Target::Unread) if link.is_bare => vec![text(typed.to_owned())],
        Ok(Target::Unread) => words,
        Ok(Target::Text) if link.is_bare => vec![text(format!("[[{typed}]]"))],
        Ok(Target::Text) => {
            let mut all = vec![text(format!("[[{typed}|"))];
            all.extend(words);
            all.push(Inline::Text("]]".into()));
            all
        }
        resolved => {
            let (to, says) = followed(reader, link, resolved);
            let is_id = link.is_bare
                && match resolved {
                    Ok(Target::Document(_, section)) => section.is_none(),
                    Ok(Target::Clause(_) | Target::Row(..)) => true,
                    _ => false,
                };
            // A finding says that names would make the page too long.
            let is_too_much = reader.shows_what_was_typed(link.from);
            let says = if is_too_much { link.typed.into() } else { says };
            let words = if link.is_bare { said(&says) } else { words };
            let leads = !matches!(to, To::Nowhere(_));
            let to = if link.is_nested && leads { To::Here } else { to };
            vec![Inline::Link(Link { to, is_id, words })]
        }
    }
}

/// Where a link leads that these readers may know of, and what it says where it has no words.
fn followed<'a>(
    reader: &dyn Reader,
    link: &Followed<'a>,
    resolved: &'a Resolved,
) -> (To<'a>, Phrase) {
    let typed = link.typed;
    match resolved {
        Ok(Target::Document(number, section)) => {
            document(reader, link.from, *number, section.as_deref())
        }
        Ok(Target::Section(section)) => (To::Section(section), reader.heading(link.from, section)),
        Ok(Target::Clause(number)) => (To::Clause(number), number.into()),
        Ok(Target::Entry(Register::Roles, name)) => {
            (To::Role(Cow::Borrowed(name)), reader.role(name).words)
        }
        Ok(Target::Entry(Register::Services, name)) => {
            (To::Service(name), reader.service(name).words)
        }
        Ok(Target::Entry(Register::Terms, name)) => {
            (To::Term(name), typed.strip_prefix("term:").unwrap_or(name).trim().into())
        }
        Ok(Target::Row(register, id)) => (To::Row(register, id), id.as_str().into()),
        // The others have no page of their own.
        Ok(Target::Entry(_, name)) => (To::Here, name.into()),
        Ok(Target::Asset(path)) if is_offered(path) => (To::File(path), typed.into()),
        Ok(Target::Asset(path)) => (repository(reader, path, None, Reason::FileKind), typed.into()),
        Ok(Target::Repository(path, fragment)) => {
            let to = repository(reader, path, fragment.as_deref(), Reason::Repository);
            (to, typed.into())
        }
        Ok(Target::External(address)) => (To::Address(address.into()), typed.into()),
        Ok(Target::Unread | Target::Text) => (To::Here, typed.into()),
        Err(dangling) => (To::Nowhere(reason(&dangling.why)), typed.into()),
    }
}

fn reason(why: &Why) -> Reason {
    match why {
        Why::Nothing(what) => Reason::Nothing(*what),
        Why::NoSection(..) => Reason::NoSection,
        Why::Outside => Reason::Outside,
        Why::Backslashes => Reason::Backslashes,
        Why::Folder => Reason::Folder,
        Why::NotADocument => Reason::NotADocument,
        Why::Ambiguous(_) => Reason::Ambiguous,
        Why::Scheme(_) => Reason::Scheme,
    }
}

/// A file that is on no page: where the repository shows it, if that is known.
fn repository<'a>(
    reader: &dyn Reader,
    path: &str,
    fragment: Option<&str>,
    reason: Reason,
) -> To<'a> {
    let Some(address) = reader.source_of(path) else { return To::Nowhere(reason) };
    match fragment.filter(|fragment| !fragment.is_empty()) {
        Some(fragment) => To::Address(format!("{address}#{}", percent::fragment(fragment)).into()),
        None => To::Address(address.into()),
    }
}

fn document<'a>(
    reader: &dyn Reader,
    from: DocumentNumber,
    number: DocumentNumber,
    section: Option<&'a str>,
) -> (To<'a>, Phrase) {
    let id = &reader.document(number).id;
    let says = match section {
        Some(section) => {
            let heading = reader.heading(number, section);
            Phrase::carried(format!("{id}, {}", heading.as_carried()))
        }
        None => id.into(),
    };
    if number == from {
        return (section.map_or(To::Here, To::Section), says);
    }
    match reader.why_not(number) {
        Some(why) => (To::Nowhere(Reason::Unpublished(why)), says),
        None => (To::Document(number, section), says),
    }
}

/// The file that a document shows or offers by a link, or by a picture, to which it leads.
pub fn shown(link: &Resolved, is_image: bool) -> Option<&str> {
    match link {
        Ok(Target::Asset(path)) if is_image && is_picture(path) => Some(path),
        Ok(Target::Asset(path)) if !is_image && is_offered(path) => Some(path),
        _ => None,
    }
}
