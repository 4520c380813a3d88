//! Roles: what each answers for, does, is asked about and is told, over all documents.

use serde::Serialize;

use super::due;
use super::lists::{self, Kpi, Record, RoleRow};
use super::{Chip, Link, MOST};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::raci::Row;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::words::count;
use crate::text::phrase::Phrase;

/// One activity of a matrix, as it concerns one role.
#[derive(Serialize)]
pub(in crate::render) struct Duty {
    /// What is done.
    pub(in crate::render) activity: Phrase,
    /// Its number in the matrix.
    pub(in crate::render) number: usize,
    /// The document's id.
    pub(in crate::render) id: String,
    /// The document, with the way to the matrix.
    pub(in crate::render) document: Link,
    /// The role.
    pub(in crate::render) role: Link,
    /// Its letters.
    pub(in crate::render) letters: String,
}

/// A step of a process, in words.
#[derive(Serialize)]
pub(in crate::render) struct Step {
    /// Its number.
    pub(in crate::render) number: usize,
    /// What is done.
    pub(in crate::render) activity: Phrase,
    /// Who does it.
    pub(in crate::render) by: Phrase,
    /// What follows, in words.
    pub(in crate::render) then: String,
}

/// What a role has to do with the activities under one letter.
#[derive(Serialize)]
pub(in crate::render) struct Group {
    /// The letter.
    pub(in crate::render) letter: char,
    /// Its word.
    pub(in crate::render) word: &'static str,
    /// What that means, in the first person.
    pub(in crate::render) meaning: &'static str,
    /// The activities, or the first of them.
    pub(in crate::render) rows: Vec<Duty>,
    /// How many there are.
    pub(in crate::render) count: usize,
    /// How many are left out, and where they are.
    pub(in crate::render) more: Option<Link>,
}

/// A document that a role owns.
#[derive(Serialize)]
pub(in crate::render) struct Owned {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Link,
    pub(in crate::render) status: Chip,
    pub(in crate::render) next_review: Option<String>,
    pub(in crate::render) state: &'static str,
}

/// The page of a role.
#[derive(Serialize)]
pub(in crate::render) struct RolePage {
    /// The role.
    pub(in crate::render) role: RoleRow,
    /// Where it is named, in words.
    pub(in crate::render) named_in: String,
    /// Accountable, responsible, and so on.
    pub(in crate::render) groups: Vec<Group>,
    /// What it has to do by a day, the earliest first, or the first of it.
    pub(in crate::render) due: Vec<due::Row>,
    /// Its documents, or the first of them.
    pub(in crate::render) documents: Vec<Owned>,
    /// Measures of its documents, or the first of them.
    pub(in crate::render) kpis: Vec<Kpi>,
    /// Records that it answers for, or the first of them.
    pub(in crate::render) records: Vec<Record>,
    /// How many documents, KPIs and records are left out, and where they are.
    pub(in crate::render) documents_more: Option<Link>,
    pub(in crate::render) kpis_more: Option<Link>,
    pub(in crate::render) records_more: Option<Link>,
}

/// A role in the list of all.
#[derive(Serialize)]
pub(in crate::render) struct Listed {
    /// The role.
    pub(in crate::render) role: RoleRow,
    /// How often it is accountable, responsible, consulted, informed.
    pub(in crate::render) counts: [usize; 4],
    /// How many documents it owns.
    pub(in crate::render) documents: usize,
}

/// The page of all roles.
#[derive(Serialize)]
pub(in crate::render) struct RolesPage {
    /// The roles.
    pub(in crate::render) rows: Vec<Listed>,
    /// The document that lists them.
    pub(in crate::render) source: Option<Link>,
}

/// Where a role stands in a matrix: its document; matrix, row and column.
type Place = (DocumentNumber, [usize; 3]);

/// What a role has to do with the manual: places of activities, documents, records.
#[derive(Default)]
pub(in crate::render) struct Involved {
    /// Document; matrix, row, column.
    duties: Vec<Place>,
    /// Documents that it owns.
    owned: Vec<DocumentNumber>,
    /// Document and record.
    records: Vec<(DocumentNumber, usize)>,
}

/// The involvement of every role, in one walk over the published documents.
pub(in crate::render) fn involvement(edition: &Edition<'_>) -> Vec<Involved> {
    let mut found: Vec<Involved> = Vec::new();
    found.resize_with(edition.roles.all.len(), Involved::default);
    for number in &edition.published {
        let document = edition.document(*number);
        if let Some(role) =
            document.front.owner.as_deref().and_then(|name| edition.roles.find(name))
        {
            found[role].owned.push(*number);
        }
        for (index, record) in document.front.records.iter().enumerate() {
            if let Some(role) = edition.roles.find(&record.owner) {
                found[role].records.push((*number, index));
            }
        }
        for (m, matrix) in document.matrices.iter().enumerate() {
            for (column, head) in matrix.roles.iter().enumerate() {
                let Some(role) = edition.roles.find(&edition.filled(document, &head.text)) else {
                    continue;
                };
                let rows = matrix.rows.iter().enumerate();
                let named = rows.filter(|(_, row)| !row.cells[column].letters.is_empty());
                found[role].duties.extend(named.map(|(row, _)| (*number, [m, row, column])));
            }
        }
    }
    found
}

/// The activities of a document's matrices: one line a role and activity.
pub(in crate::render) fn duties(
    edition: &Edition<'_>,
    root: Root,
    number: DocumentNumber,
    role: Option<&str>,
) -> Vec<Duty> {
    let document = edition.document(number);
    let wanted = role.map(|name| edition.roles.find(name));
    let mut found = Vec::new();
    for (m, matrix) in document.matrices.iter().enumerate() {
        for (column, head) in matrix.roles.iter().enumerate() {
            let name = edition.filled(document, &head.text);
            if wanted.is_some_and(|wanted| wanted.is_none() || wanted != edition.roles.find(&name))
            {
                continue;
            }
            for (row, line) in matrix.rows.iter().enumerate() {
                if !line.cells[column].letters.is_empty() {
                    found.push(duty(edition, root, (number, [m, row, column])));
                }
            }
        }
    }
    found
}

fn duty(edition: &Edition<'_>, root: Root, (number, [matrix, row, column]): Place) -> Duty {
    let document = edition.document(number);
    let matrix = &document.matrices[matrix];
    let row = &matrix.rows[row];
    let mut letters: Vec<char> = row.cells[column].letters.iter().collect();
    letters.sort_by_key(|letter| "ARSVCI".find(*letter));
    Duty {
        activity: edition.phrase(document, &row.activity.text),
        number: row.number,
        id: document.id.clone(),
        document: Link {
            text: document.title_phrase(),
            href: Some(edition.href(root, number, Some(&matrix.section))),
        },
        role: edition.role(root, &edition.filled(document, &matrix.roles[column].text)),
        letters: letters.into_iter().collect(),
    }
}

/// The page of a role.
pub(in crate::render) fn page(
    edition: &Edition<'_>,
    root: Root,
    number: usize,
    involved: &Involved,
) -> RolePage {
    const LETTERS: [(char, &str, &str); 6] = [
        ('A', "Accountable", "I answer for the outcome"),
        ('R', "Responsible", "I do the work"),
        ('S', "Supports", "I help with it, or sign it off"),
        ('V', "Verifies", "I check it"),
        ('C', "Consulted", "I am asked before"),
        ('I', "Informed", "I am told after"),
    ];
    let has = |at: &Place, letter| {
        let (number, [matrix, row, column]) = *at;
        edition.document(number).matrices[matrix].rows[row].cells[column].has(letter)
    };
    let group = |(letter, word, meaning): (char, &'static str, &'static str)| {
        let rows = involved.duties.iter().filter(|at| has(at, letter));
        let count = rows.clone().count();
        let more = rest(count, format!("{root}raci.json"));
        let rows: Vec<Duty> = rows.take(MOST).map(|at| duty(edition, root, *at)).collect();
        let shown = !rows.is_empty() || "ARCI".contains(letter);
        shown.then_some(Group { letter, word, meaning, rows, count, more })
    };
    let documents: std::collections::BTreeSet<DocumentNumber> =
        involved.duties.iter().map(|at| at.0).collect();
    let named_in = format!(
        "{}, {}",
        count(documents.len(), "document", "documents"),
        count(involved.duties.len(), "activity", "activities")
    );
    let owned = involved.owned.iter().take(MOST).map(|number| {
        let document = edition.document(*number);
        Owned {
            id: document.id.clone(),
            title: edition.link(root, *number, document.title_phrase()),
            status: edition.status(document, false),
            next_review: document.next_review(edition.settings()).map(|day| day.to_string()),
            state: super::reviews::state(edition.review_state(document)),
        }
    });
    let records = involved.records.iter().take(MOST);
    let records = records.filter_map(|(n, index)| lists::records(edition, root, *n).nth(*index));
    let kpis = involved.owned.iter().flat_map(|n| lists::kpis(edition, root, *n));
    let kpi_count = |number: &DocumentNumber| edition.document(*number).front.kpis.len();
    let entry = edition.roles.all[number].entry;
    let owner = |list: &str| {
        let title = super::super::site::url_path(&entry.title);
        format!("{root}{list}/index.html#owner={title}")
    };
    RolePage {
        role: lists::role(edition, root, entry),
        named_in,
        groups: LETTERS.into_iter().filter_map(group).collect(),
        documents: owned.collect(),
        kpis: kpis.take(MOST).collect(),
        records: records.collect(),
        due: due::of_role(edition, root, number),
        documents_more: rest(involved.owned.len(), owner("register")),
        kpis_more: rest(
            involved.owned.iter().map(kpi_count).sum(),
            format!("{root}kpis/index.html"),
        ),
        records_more: rest(involved.records.len(), format!("{root}records/index.html")),
    }
}

/// The way to what a list leaves out.
fn rest(sum: usize, href: String) -> Option<Link> {
    (sum > MOST).then(|| Link { text: format!("{} more", sum - MOST).into(), href: Some(href) })
}

/// The page of all roles.
pub(in crate::render) fn list(
    edition: &Edition<'_>,
    root: Root,
    involvement: &[Involved],
) -> RolesPage {
    let rows = edition.roles.all.iter().zip(involvement).map(|(item, involved)| {
        let has = |letter| {
            let at = involved.duties.iter();
            at.filter(|(n, [m, row, column])| {
                edition.document(*n).matrices[*m].rows[*row].cells[*column].has(letter)
            })
            .count()
        };
        Listed {
            role: lists::role(edition, root, item.entry),
            counts: ['A', 'R', 'C', 'I'].map(has),
            documents: involved.owned.len(),
        }
    });
    let source = edition
        .roles
        .all
        .first()
        .map(|item| edition.link(root, item.number, item.document.title_phrase()));
    RolesPage { rows: rows.collect(), source }
}

/// The steps of a document's matrices, in order: who does what, and what follows.
pub(in crate::render) fn steps(
    edition: &Edition<'_>,
    root: Root,
    document: &Document,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for matrix in &document.matrices {
        for row in &matrix.rows {
            let doing = |letter: char| {
                let cells = row.cells.iter().zip(&matrix.roles);
                let cells = cells.filter(move |(cell, _)| cell.has(letter));
                cells
                    .map(|(_, role)| edition.role(root, &edition.filled(document, &role.text)).text)
            };
            let mut by: Vec<Phrase> = doing('R').collect();
            if by.is_empty() {
                by = doing('A').collect();
            }
            steps.push(Step {
                number: row.number,
                activity: edition.phrase(document, &row.activity.text),
                by: Phrase::carried(join(&by)),
                then: then(row, row.number == matrix.rows.len()),
            });
        }
    }
    steps
}

fn join(names: &[Phrase]) -> String {
    names.iter().map(Phrase::as_carried).collect::<Vec<_>>().join(", ")
}

/// What follows a row, in words: `then 6 within 4 hours, 5 if not`.
fn then(row: &Row, last: bool) -> String {
    let typed = row.next.as_ref().map_or("", |cell| cell.text.trim());
    match typed {
        "" if last => "ends".to_owned(),
        "" => format!("then {}", row.number + 1),
        word if word.eq_ignore_ascii_case("end") => "ends".to_owned(),
        typed => format!("then {}", typed.replace(['(', ')'], "")),
    }
}
