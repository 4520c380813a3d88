//! Lists of the manual, row by row: the same rows stand in the document that holds them and on
//! the page that gathers them.

use serde::Serialize;

use super::Link;
use crate::model::document::Document;
use crate::model::front::{OtherParty, PartyKind, Role, Service};
use crate::model::library::DocumentNumber;
use crate::model::value::Direction;
use crate::render::edition::Edition;
use crate::text::slug;

/// A measure.
#[derive(Serialize)]
pub(in crate::render) struct Kpi {
    pub(in crate::render) id: String,
    pub(in crate::render) name: String,
    pub(in crate::render) target: String,
    pub(in crate::render) wanted: &'static str,
    pub(in crate::render) measured: String,
    pub(in crate::render) source: String,
    pub(in crate::render) document: Link,
    pub(in crate::render) document_id: String,
    pub(in crate::render) owner: Link,
}

/// A kind of record.
#[derive(Serialize)]
pub(in crate::render) struct Record {
    pub(in crate::render) name: String,
    pub(in crate::render) clause: Link,
    pub(in crate::render) held_in: String,
    pub(in crate::render) retention: String,
    pub(in crate::render) owner: Link,
    pub(in crate::render) document: Link,
    pub(in crate::render) document_id: String,
}

/// An input or an output.
#[derive(Serialize)]
pub(in crate::render) struct Interface {
    pub(in crate::render) direction: &'static str,
    pub(in crate::render) name: String,
    pub(in crate::render) partner: Link,
    pub(in crate::render) title: Option<String>,
}

/// A role, as the register lists it.
#[derive(Serialize)]
pub(in crate::render) struct RoleRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Link,
    pub(in crate::render) holder: Option<String>,
    pub(in crate::render) deputy: Option<Link>,
    pub(in crate::render) competence: Option<String>,
    pub(in crate::render) party: Option<String>,
}

/// A service.
#[derive(Serialize)]
pub(in crate::render) struct ServiceRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: String,
    pub(in crate::render) outcome: Option<String>,
    pub(in crate::render) owner: Option<Link>,
    pub(in crate::render) hours: Option<String>,
    pub(in crate::render) availability: Option<String>,
    pub(in crate::render) agreement: Option<Link>,
    pub(in crate::render) facts: Vec<Fact>,
}

/// A named list of things.
#[derive(Serialize)]
pub(in crate::render) struct Fact {
    pub(in crate::render) label: &'static str,
    pub(in crate::render) items: Vec<Link>,
}

/// A term of the glossary.
#[derive(Serialize)]
pub(in crate::render) struct TermRow {
    pub(in crate::render) id: String,
    pub(in crate::render) term: String,
    pub(in crate::render) also: Vec<String>,
    pub(in crate::render) definition: String,
}

/// Another party.
#[derive(Serialize)]
pub(in crate::render) struct PartyRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: String,
    pub(in crate::render) kind: &'static str,
    pub(in crate::render) owner: Option<Link>,
    pub(in crate::render) agreement: Option<Link>,
    pub(in crate::render) facts: Vec<Fact>,
}

/// A document of external origin.
#[derive(Serialize)]
pub(in crate::render) struct ExternalRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: String,
    pub(in crate::render) source: String,
    pub(in crate::render) version: Option<String>,
    pub(in crate::render) owner: Option<Link>,
    pub(in crate::render) held_in: Option<String>,
    pub(in crate::render) control: Option<String>,
}

/// The scope of the SMS.
#[derive(Serialize)]
pub(in crate::render) struct ScopeFacts {
    pub(in crate::render) facts: Vec<Fact>,
    pub(in crate::render) left_out: Vec<LeftOut>,
}

/// Something that is out of scope.
#[derive(Serialize)]
pub(in crate::render) struct LeftOut {
    pub(in crate::render) what: String,
    pub(in crate::render) why: Option<String>,
}

/// A finding that is accepted for a time.
#[derive(Serialize)]
pub(in crate::render) struct WaiverRow {
    pub(in crate::render) rule: String,
    pub(in crate::render) until: String,
    pub(in crate::render) reason: String,
}

fn owned(text: Option<&crate::model::value::Text>) -> Option<String> {
    text.map(ToString::to_string)
}

/// A target as people write it: `≤ 4 hours`.
pub(in crate::render) fn target(target: Option<&str>, unit: Option<&str>) -> String {
    let Some(target) = target else { return String::new() };
    let target = target.replace("<=", "≤").replace(">=", "≥");
    match unit {
        Some("percent" | "%") if target.contains('%') => target,
        Some("percent" | "%") => format!("{target} %"),
        Some(unit) if target.ends_with(unit) => target,
        Some(unit) => format!("{target} {unit}"),
        None => target,
    }
}

/// The measures of a document.
pub(in crate::render) fn kpis<'e>(
    edition: &'e Edition<'_>,
    root: &'e str,
    number: DocumentNumber,
) -> impl Iterator<Item = Kpi> + 'e {
    let document = edition.document(number);
    document.front.kpis.iter().map(move |kpi| Kpi {
        id: kpi.id.to_string(),
        name: kpi.name.to_string(),
        target: target(kpi.target.as_deref(), kpi.unit.as_deref()),
        wanted: match kpi.direction {
            Some(Direction::Up) => "higher",
            Some(Direction::Down) => "lower",
            Some(Direction::Band) => "within range",
            Some(Direction::Info) => "to know",
            None => "",
        },
        measured: owned(kpi.measured.as_ref()).unwrap_or_default(),
        source: owned(kpi.source.as_ref()).unwrap_or_default(),
        document: edition.link(root, number, document.title()),
        document_id: document.id.clone(),
        owner: owner(edition, root, document),
    })
}

/// The owner of a document.
pub(in crate::render) fn owner(edition: &Edition<'_>, root: &str, document: &Document) -> Link {
    document
        .front
        .owner
        .as_deref()
        .map_or_else(|| Link::plain("none"), |name| edition.role(root, name))
}

/// The records of a document.
pub(in crate::render) fn records<'e>(
    edition: &'e Edition<'_>,
    root: &'e str,
    number: DocumentNumber,
) -> impl Iterator<Item = Record> + 'e {
    let document = edition.document(number);
    document.front.records.iter().map(move |record| Record {
        name: record.name.to_string(),
        clause: edition.clause(root, &record.clause),
        held_in: record.held_in.to_string(),
        retention: record.retention.to_string(),
        owner: edition.role(root, &record.owner),
        document: edition.link(root, number, document.title()),
        document_id: document.id.clone(),
    })
}

/// The inputs and outputs of a document.
pub(in crate::render) fn interfaces(
    edition: &Edition<'_>,
    root: &str,
    document: &Document,
) -> Vec<Interface> {
    let partner = |name: &str| match edition.by_id(name) {
        Some(number) => {
            (edition.named(root, name), Some(edition.document(number).title().to_owned()))
        }
        None => (edition.role(root, name), None),
    };
    let row = |direction, name: &str, other: &str| {
        let (partner, title) = partner(other);
        Interface { direction, name: name.to_owned(), partner, title }
    };
    let inputs = document.front.inputs.iter().map(|input| row("Input", &input.name, &input.from));
    let outputs = document.front.outputs.iter();
    inputs.chain(outputs.map(|output| row("Output", &output.name, &output.to))).collect()
}

/// A role.
pub(in crate::render) fn role(edition: &Edition<'_>, root: &str, role: &Role) -> RoleRow {
    RoleRow {
        id: role.id.to_string(),
        title: edition.role(root, &role.id.0),
        holder: owned(role.holder.as_ref()),
        deputy: role.deputy.as_deref().map(|name| edition.role(root, name)),
        competence: owned(role.competence.as_ref()),
        party: role.party.as_deref().map(|name| party(edition, name).text),
    }
}

/// Another party by id or name; where its register is not published, as it was typed.
fn party(edition: &Edition<'_>, name: &str) -> Link {
    Link::plain(edition.party(name).map_or(name, |party| &party.title))
}

/// A fact, unless it is empty.
fn fact(label: &'static str, items: Vec<Link>) -> Option<Fact> {
    (!items.is_empty()).then_some(Fact { label, items })
}

/// A service.
pub(in crate::render) fn service(
    edition: &Edition<'_>,
    root: &str,
    service: &Service,
) -> ServiceRow {
    let names =
        |list: &[crate::model::value::Text]| list.iter().map(|name| Link::plain(name)).collect();
    let needs = service.depends_on.iter().map(|name| edition.service(root, name)).collect();
    let run_by = service.run_by.iter().map(|name| party(edition, name)).collect();
    let facts = [
        fact("Customers", names(&service.customers)),
        fact("Needs", needs),
        fact("Run by", run_by),
        fact("Our part", service.own_part.iter().map(|part| Link::plain(part)).collect()),
        fact("Criticality", service.criticality.iter().map(|word| Link::plain(word)).collect()),
    ];
    ServiceRow {
        id: service.id.to_string(),
        title: service.title.to_string(),
        outcome: owned(service.outcome.as_ref()),
        owner: service.owner.as_deref().map(|name| edition.role(root, name)),
        hours: owned(service.hours.as_ref()),
        availability: owned(service.availability.as_ref()),
        agreement: service.agreement.as_deref().map(|id| edition.named(root, id)),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// A term.
pub(in crate::render) fn term(term: &crate::model::front::Term) -> TermRow {
    TermRow {
        id: slug(&term.term),
        term: term.term.to_string(),
        also: term.also.iter().map(ToString::to_string).collect(),
        definition: term.definition.to_string(),
    }
}

/// Another party.
pub(in crate::render) fn other_party(
    edition: &Edition<'_>,
    root: &str,
    party: &OtherParty,
) -> PartyRow {
    let names =
        |list: &[crate::model::value::Text]| list.iter().map(|name| Link::plain(name)).collect();
    let services = party.services.iter().map(|name| edition.service(root, name)).collect();
    let facts = [
        fact("Provides", names(&party.provides)),
        fact("Services", services),
        fact("Processes", names(&party.processes)),
    ];
    PartyRow {
        id: party.id.to_string(),
        title: party.title.to_string(),
        kind: match party.kind {
            PartyKind::ExternalSupplier => "External supplier",
            PartyKind::InternalSupplier => "Internal supplier",
            PartyKind::Customer => "Customer acting as a supplier",
        },
        owner: party.owner.as_deref().map(|name| edition.role(root, name)),
        agreement: party.agreement.as_deref().map(|id| edition.named(root, id)),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// The documents of external origin that a document lists.
pub(in crate::render) fn external(
    edition: &Edition<'_>,
    root: &str,
    document: &Document,
) -> Vec<ExternalRow> {
    let listed = document.front.external_documents.iter();
    listed
        .map(|external| ExternalRow {
            id: external.id.to_string(),
            title: external.title.to_string(),
            source: external.source.to_string(),
            version: owned(external.version.as_ref()),
            owner: external.owner.as_deref().map(|name| edition.role(root, name)),
            held_in: owned(external.held_in.as_ref()),
            control: owned(external.control.as_ref()),
        })
        .collect()
}

/// The scope that a document states.
pub(in crate::render) fn scope(
    edition: &Edition<'_>,
    root: &str,
    document: &Document,
) -> Option<ScopeFacts> {
    let scope = document.front.scope.as_ref()?;
    let names =
        |list: &[crate::model::value::Text]| list.iter().map(|name| Link::plain(name)).collect();
    let services = scope.services.iter().map(|name| edition.service(root, name)).collect();
    let parties = scope.other_parties.iter().map(|name| party(edition, name)).collect();
    let facts = [
        fact("Organization", scope.organization.iter().map(|name| Link::plain(name)).collect()),
        fact("Services", services),
        fact("Locations", names(&scope.locations)),
        fact("Customers", names(&scope.customers)),
        fact("Technologies", names(&scope.technologies)),
        fact("Other parties", parties),
        fact("Boundaries", names(&scope.boundaries)),
    ];
    let left_out = scope.left_out.iter().map(|item| LeftOut {
        what: owned(item.what.as_ref()).unwrap_or_default(),
        why: owned(item.why.as_ref()),
    });
    Some(ScopeFacts { facts: facts.into_iter().flatten().collect(), left_out: left_out.collect() })
}

/// The findings that a document accepts for a time.
pub(in crate::render) fn waivers(document: &Document) -> Vec<WaiverRow> {
    let waivers = document.front.waivers.iter();
    waivers
        .map(|waiver| WaiverRow {
            rule: waiver.rule.to_string(),
            until: waiver.until.to_string(),
            reason: waiver.reason.to_string(),
        })
        .collect()
}
