//! Lists of the manual, row by row: the same rows stand in the document that holds them and on
//! the page that gathers them.

use serde::Serialize;

use super::Link;
use crate::model::document::Document;
use crate::model::front::{OtherParty, PartyKind, Role, Service};
use crate::model::library::DocumentNumber;
use crate::model::value::{Direction, Text};
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::text::phrase::Phrase;
use crate::text::slug;

/// A measure.
#[derive(Serialize)]
pub(in crate::render) struct Kpi {
    pub(in crate::render) id: String,
    pub(in crate::render) name: Phrase,
    pub(in crate::render) target: Phrase,
    pub(in crate::render) wanted: &'static str,
    pub(in crate::render) measured: Phrase,
    pub(in crate::render) source: Phrase,
    pub(in crate::render) document: Link,
    pub(in crate::render) document_id: String,
    pub(in crate::render) owner: Link,
}

/// A kind of record.
#[derive(Serialize)]
pub(in crate::render) struct Record {
    pub(in crate::render) name: Phrase,
    pub(in crate::render) clause: Link,
    pub(in crate::render) held_in: Phrase,
    pub(in crate::render) retention: Phrase,
    pub(in crate::render) owner: Link,
    pub(in crate::render) document: Link,
    pub(in crate::render) document_id: String,
}

/// An input or an output.
#[derive(Serialize)]
pub(in crate::render) struct Interface {
    pub(in crate::render) direction: &'static str,
    pub(in crate::render) name: Phrase,
    pub(in crate::render) partner: Link,
    pub(in crate::render) title: Option<Phrase>,
}

/// A role, as the register lists it.
#[derive(Serialize)]
pub(in crate::render) struct RoleRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Link,
    pub(in crate::render) holder: Option<Phrase>,
    pub(in crate::render) deputy: Option<Link>,
    pub(in crate::render) competence: Option<Phrase>,
    pub(in crate::render) party: Option<Phrase>,
}

/// A service.
#[derive(Serialize)]
pub(in crate::render) struct ServiceRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Phrase,
    pub(in crate::render) outcome: Option<Phrase>,
    pub(in crate::render) owner: Option<Link>,
    pub(in crate::render) hours: Option<Phrase>,
    pub(in crate::render) availability: Option<Phrase>,
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
    pub(in crate::render) term: Phrase,
    pub(in crate::render) also: Vec<Phrase>,
    pub(in crate::render) definition: Phrase,
}

/// Another party.
#[derive(Serialize)]
pub(in crate::render) struct PartyRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Phrase,
    pub(in crate::render) kind: &'static str,
    pub(in crate::render) owner: Option<Link>,
    pub(in crate::render) agreement: Option<Link>,
    pub(in crate::render) facts: Vec<Fact>,
}

/// A document of external origin.
#[derive(Serialize)]
pub(in crate::render) struct ExternalRow {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Phrase,
    pub(in crate::render) source: Phrase,
    pub(in crate::render) version: Option<Phrase>,
    pub(in crate::render) owner: Option<Link>,
    pub(in crate::render) held_in: Option<Phrase>,
    pub(in crate::render) control: Option<Phrase>,
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
    pub(in crate::render) what: Phrase,
    pub(in crate::render) why: Option<Phrase>,
}

/// A finding that is accepted for a time.
#[derive(Serialize)]
pub(in crate::render) struct WaiverRow {
    pub(in crate::render) rule: String,
    pub(in crate::render) until: String,
    pub(in crate::render) reason: Phrase,
}

fn said(text: Option<&Text>) -> Option<Phrase> {
    text.map(Text::phrase)
}

/// A target as people write it: `≤ 4 hours`.
pub(in crate::render) fn target(target: Option<&Text>, unit: Option<&Text>) -> Phrase {
    let Some(target) = target else { return Phrase::default() };
    let target = target.phrase().as_carried().replace("<=", "≤").replace(">=", "≥");
    Phrase::carried(match unit.map(|unit| &**unit) {
        Some("percent" | "%") if target.contains('%') => target,
        Some("percent" | "%") => format!("{target} %"),
        Some(unit) if target.ends_with(unit) => target,
        Some(unit) => format!("{target} {unit}"),
        None => target,
    })
}

/// The measures of a document.
pub(in crate::render) fn kpis<'e>(
    edition: &'e Edition<'_>,
    root: Root,
    number: DocumentNumber,
) -> impl Iterator<Item = Kpi> + 'e {
    let document = edition.document(number);
    document.front.kpis.iter().map(move |kpi| Kpi {
        id: kpi.id.to_string(),
        name: kpi.name.phrase(),
        target: target(kpi.target.as_ref(), kpi.unit.as_ref()),
        wanted: match kpi.direction {
            Some(Direction::Up) => "higher",
            Some(Direction::Down) => "lower",
            Some(Direction::Band) => "within range",
            Some(Direction::Info) => "to know",
            None => "",
        },
        measured: said(kpi.measured.as_ref()).unwrap_or_default(),
        source: said(kpi.source.as_ref()).unwrap_or_default(),
        document: edition.link(root, number, document.title_phrase()),
        document_id: document.id.clone(),
        owner: owner(edition, root, document),
    })
}

/// The owner of a document.
pub(in crate::render) fn owner(edition: &Edition<'_>, root: Root, document: &Document) -> Link {
    document
        .front
        .owner
        .as_ref()
        .map_or_else(|| Link::plain("none"), |name| edition.person(root, name))
}

/// The records of a document.
pub(in crate::render) fn records<'e>(
    edition: &'e Edition<'_>,
    root: Root,
    number: DocumentNumber,
) -> impl Iterator<Item = Record> + 'e {
    let document = edition.document(number);
    document.front.records.iter().map(move |record| Record {
        name: record.name.phrase(),
        clause: edition.clause(root, &record.clause),
        held_in: record.held_in.phrase(),
        retention: record.retention.phrase(),
        owner: edition.person(root, &record.owner),
        document: edition.link(root, number, document.title_phrase()),
        document_id: document.id.clone(),
    })
}

/// The inputs and outputs of a document.
pub(in crate::render) fn interfaces(
    edition: &Edition<'_>,
    root: Root,
    document: &Document,
) -> Vec<Interface> {
    let partner = |name: &Text| match edition.by_id(name) {
        Some(number) => (edition.named(root, name), Some(edition.document(number).title_phrase())),
        None => (edition.person(root, name), None),
    };
    let row = |direction, name: &Text, other: &Text| {
        let (partner, title) = partner(other);
        Interface { direction, name: name.phrase(), partner, title }
    };
    let inputs = document.front.inputs.iter().map(|input| row("Input", &input.name, &input.from));
    let outputs = document.front.outputs.iter();
    inputs.chain(outputs.map(|output| row("Output", &output.name, &output.to))).collect()
}

/// A role.
pub(in crate::render) fn role(edition: &Edition<'_>, root: Root, role: &Role) -> RoleRow {
    RoleRow {
        id: role.id.to_string(),
        title: edition.role(root, &role.id.0),
        holder: said(role.holder.as_ref()),
        deputy: role.deputy.as_ref().map(|name| edition.person(root, name)),
        competence: said(role.competence.as_ref()),
        party: role.party.as_ref().map(|name| party(edition, name).text),
    }
}

/// Another party by id or name; where its register is not published, as it was typed.
fn party(edition: &Edition<'_>, name: &Text) -> Link {
    Link::plain(edition.party(name).map_or(name, |party| &party.title))
}

/// A fact, unless it is empty.
fn fact(label: &'static str, items: Vec<Link>) -> Option<Fact> {
    (!items.is_empty()).then_some(Fact { label, items })
}

/// A service.
pub(in crate::render) fn service(
    edition: &Edition<'_>,
    root: Root,
    service: &Service,
) -> ServiceRow {
    let names = |list: &[Text]| list.iter().map(Link::plain).collect();
    let needs = service.depends_on.iter().map(|name| edition.service(root, name)).collect();
    let run_by = service.run_by.iter().map(|name| party(edition, name)).collect();
    let facts = [
        fact("Customers", names(&service.customers)),
        fact("Needs", needs),
        fact("Run by", run_by),
        fact("Our part", service.own_part.iter().map(Link::plain).collect()),
        fact("Criticality", service.criticality.iter().map(Link::plain).collect()),
    ];
    ServiceRow {
        id: service.id.to_string(),
        title: service.title.phrase(),
        outcome: said(service.outcome.as_ref()),
        owner: service.owner.as_ref().map(|name| edition.person(root, name)),
        hours: said(service.hours.as_ref()),
        availability: said(service.availability.as_ref()),
        agreement: service.agreement.as_deref().map(|id| edition.named(root, id)),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// A term.
pub(in crate::render) fn term(term: &crate::model::front::Term) -> TermRow {
    TermRow {
        id: slug(&term.term),
        term: term.term.phrase(),
        also: term.also.iter().map(Text::phrase).collect(),
        definition: term.definition.phrase(),
    }
}

/// Another party.
pub(in crate::render) fn other_party(
    edition: &Edition<'_>,
    root: Root,
    party: &OtherParty,
) -> PartyRow {
    let names = |list: &[Text]| list.iter().map(Link::plain).collect();
    let services = party.services.iter().map(|name| edition.service(root, name)).collect();
    let facts = [
        fact("Provides", names(&party.provides)),
        fact("Services", services),
        fact("Processes", names(&party.processes)),
    ];
    PartyRow {
        id: party.id.to_string(),
        title: party.title.phrase(),
        kind: match party.kind {
            PartyKind::ExternalSupplier => "External supplier",
            PartyKind::InternalSupplier => "Internal supplier",
            PartyKind::Customer => "Customer acting as a supplier",
        },
        owner: party.owner.as_ref().map(|name| edition.person(root, name)),
        agreement: party.agreement.as_deref().map(|id| edition.named(root, id)),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// The documents of external origin that a document lists.
pub(in crate::render) fn external(
    edition: &Edition<'_>,
    root: Root,
    document: &Document,
) -> Vec<ExternalRow> {
    let listed = document.front.external_documents.iter();
    listed
        .map(|external| ExternalRow {
            id: external.id.to_string(),
            title: external.title.phrase(),
            source: external.source.phrase(),
            version: said(external.version.as_ref()),
            owner: external.owner.as_ref().map(|name| edition.person(root, name)),
            held_in: said(external.held_in.as_ref()),
            control: said(external.control.as_ref()),
        })
        .collect()
}

/// The scope that a document states.
pub(in crate::render) fn scope(
    edition: &Edition<'_>,
    root: Root,
    document: &Document,
) -> Option<ScopeFacts> {
    let scope = document.front.scope.as_ref()?;
    let names = |list: &[Text]| list.iter().map(Link::plain).collect();
    let services = scope.services.iter().map(|name| edition.service(root, name)).collect();
    let parties = scope.other_parties.iter().map(|name| party(edition, name)).collect();
    let facts = [
        fact("Organization", scope.organization.iter().map(Link::plain).collect()),
        fact("Services", services),
        fact("Locations", names(&scope.locations)),
        fact("Customers", names(&scope.customers)),
        fact("Technologies", names(&scope.technologies)),
        fact("Other parties", parties),
        fact("Boundaries", names(&scope.boundaries)),
    ];
    let left_out = scope.left_out.iter().map(|item| LeftOut {
        what: said(item.what.as_ref()).unwrap_or_default(),
        why: said(item.why.as_ref()),
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
            reason: waiver.reason.phrase(),
        })
        .collect()
}
