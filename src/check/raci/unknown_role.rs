//! A role that is not in the role register.
//!
//! Checked are the columns of RACI matrices, the owners of documents, records, services, other
//! parties and external documents. A manual without a role register has no roles to check against, and is not checked.
//!
//! # Why it matters
//!
//! A duty of a role that does not exist is nobody's duty. Clauses 5.3 and 7.2 want roles to be
//! assigned, known and filled with competent people.
//!
//! # Mend it
//!
//! Write the id or the title as the register has it, or add the role to the register with its
//! holder: `- {id: incident-manager, title: Incident manager, holder: Ann Other}`.

use std::collections::{BTreeMap, BTreeSet};

use super::named_roles;
use crate::check::{Check, Family, Rule, with_places};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::graph::{Dangling, Sought, Why};
use crate::manual::Manual;
use crate::model::front;
use crate::model::library::Item;
use crate::model::register::Register;
use crate::source::Sources;
use crate::text::{NameIndex, Near, Span, key, look_alike, nearest};

pub(super) const RULE: Rule = Rule::new(
    "unknown-role",
    Family::Raci,
    Severity::Error,
    include_str!("unknown_role.rs"),
    Check::Manual(run),
);

/// A role that is named in so many places and is not in the register was renamed there, or never
/// entered: that is one mistake.
const MANY: usize = 3;

/// A name that is no role, and where it stands.
struct Unknown<'a> {
    name: &'a str,
    /// In front matter and matrices.
    named: Vec<Span>,
    /// In links, which have findings of their own unless there are many.
    links: Vec<Span>,
}

impl Unknown<'_> {
    fn is_often(&self) -> bool {
        self.named.len() + self.links.len() >= MANY
    }

    fn places(&self, sources: &Sources) -> Vec<Span> {
        let mut places = [self.named.clone(), self.links.clone()].concat();
        places.sort_by_key(|at| (sources.place(at.file), *at));
        places
    }
}

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let library = &manual.library;
    let unknown = unknown(manual);
    let known = library.roles().flat_map(|role| [role.entry.id.0.as_str(), &*role.entry.title]);
    let names = NameIndex::of(known);
    let first = library.roles().next().map(|role| &role.document.path);
    let idle = if unknown.values().any(Unknown::is_often) { idle(manual) } else { Vec::new() };
    for one in unknown.values() {
        let name = one.name;
        if let Some(role) = Some(()).filter(|()| one.is_often()).and_then(|()| renamed(name, &idle))
        {
            found.push(of_register(&role, name, &one.places(&manual.sources)));
            continue;
        }
        let near = names.near(name);
        let finding = |at: Span| of_place(at, name, near, first.map(String::as_str));
        if one.is_often() {
            let places = one.places(&manual.sources);
            found.push(with_places(finding(places[0]), name, &places[1..]));
        } else {
            found.extend(one.named.iter().map(|at| finding(*at)));
        }
    }
}

fn of_place(at: Span, name: &str, near: Option<Near<'_>>, register: Option<&str>) -> Diagnostic {
    if name.is_empty() {
        let finding = RULE.at(at, "no role is named here");
        return finding.help("write the id or the title of a role");
    }
    let mut finding = RULE.at(at, format!("`{name}` is no role of the role register"));
    if let Some(one) = look_alike(name) {
        finding = finding.note(one.in_words());
    }
    match (near, register) {
        (None, Some(register)) => finding.help(format!("add it to {register}")),
        (near, _) => finding.meant(near, at),
    }
}

/// The finding at a role of the register that was renamed there, or mistyped.
fn of_register(role: &Item<'_, front::Role>, name: &str, places: &[Span]) -> Diagnostic {
    let by_title = name.contains(' ');
    let at = role.at(if by_title { "title" } else { "id" });
    let own = if by_title { &*role.entry.title } else { &role.entry.id.0 };
    let count = places.len();
    let message = format!("nothing names the role `{own}`, and {count} places name `{name}`");
    let fix = Fix { safe: false, ..Fix::safe(format!("write `{name}`"), at, name) };
    let help = format!("did you mean `{name}`? No role of the register has that name");
    with_places(RULE.at(at, message).help(help).fix(fix), name, places)
}

/// The names that are told once for all their places: links to them are told with them.
pub(crate) fn told(manual: &Manual) -> BTreeSet<String> {
    unknown(manual).values().filter(|one| one.is_often()).map(|one| key(one.name)).collect()
}

/// All that is named as a role and is none.
fn unknown<'a>(manual: &'a Manual) -> BTreeMap<String, Unknown<'a>> {
    let library = &manual.library;
    let mut unknown: BTreeMap<String, Unknown<'a>> = BTreeMap::new();
    // Without a register roles are free text, and in one that cannot be read there may be any.
    if !library.has_roles() || library.may_lack(Register::Roles) {
        return unknown;
    }
    let blank = |name| Unknown { name, named: Vec::new(), links: Vec::new() };
    for (name, at) in library.documents.iter().flat_map(named_roles) {
        if library.role(name).is_none() {
            unknown.entry(key(name)).or_insert_with(|| blank(name)).named.push(at);
        }
    }
    let of_role = |one: &Dangling| one.why == Why::Nothing(Sought::Entry(Register::Roles));
    for (document, followed) in library.documents.iter().zip(&manual.graph.links) {
        for (link, to) in document.body.links.iter().zip(followed) {
            if to.as_ref().is_err_and(of_role)
                && let Some((_, name)) = link.target.split_once(':')
            {
                let name = name.trim();
                let one = unknown.entry(key(name)).or_insert_with(|| blank(name));
                one.links.push(document.span(&link.target_at));
            }
        }
    }
    unknown
}

/// Roles of the register that nothing names.
fn idle(manual: &Manual) -> Vec<Item<'_, front::Role>> {
    let named: BTreeSet<String> =
        manual.library.documents.iter().flat_map(named_roles).map(|(name, _)| key(name)).collect();
    let roles = manual.library.roles();
    roles.filter(|role| !named.contains(&key(&role.entry.id.0))).collect()
}

/// The role that was renamed: the only one near the name.
fn renamed<'a>(name: &str, idle: &[Item<'a, front::Role>]) -> Option<Item<'a, front::Role>> {
    let names = |role: &Item<'a, front::Role>| [key(&role.entry.id.0), key(&role.entry.title)];
    let near = |role: &&Item<'a, front::Role>| {
        let names = names(role);
        nearest(name, names.iter().map(String::as_str)).is_some()
    };
    let mut near = idle.iter().filter(near);
    near.next().copied().filter(|_| near.next().is_none())
}
