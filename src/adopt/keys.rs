//! What others call the fields of control data, in several languages.
//!
//! Longer than most: a name a word: it is a table.

use crate::text::key;

/// A field of control data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What names the document.
    Id,
    /// Its title.
    Title,
    /// What kind of document it is.
    Kind,
    /// Its version.
    Version,
    /// Where it stands in its life.
    Status,
    /// Who may read it.
    Classification,
    /// Who answers for it.
    Owner,
    /// Who wrote it.
    Author,
    /// Who approved it.
    ApprovedBy,
    /// The day of the approval.
    ApprovedOn,
    /// The first day on which it is in force.
    Effective,
    /// How often it is reviewed.
    ReviewEvery,
    /// The day of the last review.
    ReviewLast,
    /// Who reviewed it.
    Reviewer,
    /// The clauses that it answers.
    Clauses,
    /// Documents to read with it.
    Related,
    /// The document whose place it takes.
    Supersedes,
    /// How long it is kept.
    Retention,
    /// Who gets it.
    Distribution,
}

/// Names of fields, as [`folded`] writes them.
const NAMES: [(Field, &[&str]); 19] = [
    (
        Field::Id,
        &[
            "id",
            "doc id",
            "document id",
            "document no",
            "document number",
            "doc no",
            "doc number",
            "document code",
            "document ref",
            "document reference",
            "policy id",
            "policy number",
            "policy no",
            "reference",
            "identifier",
            "dokument id",
            "dokumentnummer",
            "dokumenten nr",
            "dok nr",
            "numero du document",
            "reference du document",
            "codigo",
            "codigo del documento",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "name",
            "document title",
            "document name",
            "doc title",
            "policy name",
            "policy title",
            "name of document",
            "titel",
            "dokumenttitel",
            "titre",
            "titre du document",
            "titulo",
        ],
    ),
    (
        Field::Kind,
        &[
            "kind",
            "type",
            "document type",
            "doc type",
            "category",
            "dokumentart",
            "dokumenttyp",
            "type de document",
            "tipo",
            "tipo de documento",
        ],
    ),
    (
        Field::Version,
        &[
            "version",
            "version no",
            "version number",
            "current version",
            "document version",
            "revision",
            "revision no",
            "revision number",
            "rev",
            "rev no",
            "issue",
            "issue no",
            "ausgabe",
            "versao",
            "versione",
        ],
    ),
    (
        Field::Status,
        &[
            "status",
            "document status",
            "state",
            "doc status",
            "stand",
            "dokumentstatus",
            "statut",
            "estado",
        ],
    ),
    (
        Field::Classification,
        &[
            "classification",
            "document classification",
            "information classification",
            "security classification",
            "confidentiality",
            "sensitivity",
            "klassifizierung",
            "vertraulichkeit",
            "confidentialite",
            "clasificacion",
        ],
    ),
    (
        Field::Owner,
        &[
            "owner",
            "document owner",
            "doc owner",
            "policy owner",
            "process owner",
            "owned by",
            "responsible",
            "responsible owner",
            "accountable",
            "accountable owner",
            "owner role",
            "verantwortlich",
            "verantwortlicher",
            "dokumentverantwortlicher",
            "eigentumer",
            "proprietaire",
            "responsable",
            "propietario",
        ],
    ),
    (
        Field::Author,
        &[
            "author",
            "authors",
            "document author",
            "prepared by",
            "written by",
            "created by",
            "drafted by",
            "autor",
            "autoren",
            "verfasser",
            "erstellt von",
            "auteur",
            "redige par",
            "elaborado por",
        ],
    ),
    (
        Field::ApprovedBy,
        &[
            "approved by",
            "approver",
            "approvers",
            "authorised by",
            "authorized by",
            "approval",
            "freigegeben von",
            "genehmigt von",
            "genehmigt durch",
            "freigabe durch",
            "approuve par",
            "aprobado por",
        ],
    ),
    (
        Field::ApprovedOn,
        &[
            "approved on",
            "approval date",
            "date approved",
            "approved date",
            "date of approval",
            "freigegeben am",
            "freigabedatum",
            "genehmigt am",
            "date d approbation",
            "approuve le",
            "fecha de aprobacion",
        ],
    ),
    (
        Field::Effective,
        &[
            "effective",
            "effective date",
            "effective from",
            "date effective",
            "valid from",
            "in force from",
            "issue date",
            "date of issue",
            "gultig ab",
            "gueltig ab",
            "in kraft seit",
            "date d effet",
            "entree en vigueur",
            "fecha de vigencia",
        ],
    ),
    (
        Field::ReviewEvery,
        &[
            "review every",
            "review cycle",
            "review frequency",
            "review interval",
            "review period",
            "frequency of review",
            "review in",
            "review schedule",
            "prufintervall",
            "uberprufungsintervall",
            "frequence de revision",
            "frecuencia de revision",
        ],
    ),
    (
        Field::ReviewLast,
        &[
            "last reviewed",
            "last reviewed on",
            "last review",
            "last review date",
            "date of last review",
            "reviewed on",
            "review date",
            "date reviewed",
            "letzte prufung",
            "letzte uberprufung",
            "derniere revision",
            "ultima revision",
        ],
    ),
    (
        Field::Reviewer,
        &["reviewer", "reviewed by", "gepruft von", "gepruft durch", "verifie par", "revisado por"],
    ),
    (
        Field::Clauses,
        &[
            "clauses",
            "clause",
            "iso clause",
            "iso clauses",
            "iso 20000 clause",
            "standard clause",
            "normkapitel",
            "chapitre de la norme",
        ],
    ),
    (
        Field::Related,
        &[
            "related",
            "related documents",
            "related policies",
            "related docs",
            "see also",
            "references",
            "mitgeltende unterlagen",
            "mitgeltende dokumente",
            "documents associes",
            "documentos relacionados",
        ],
    ),
    (
        Field::Supersedes,
        &["supersedes", "replaces", "ersetzt", "remplace", "reemplaza", "sustituye a"],
    ),
    (
        Field::Retention,
        &[
            "retention",
            "retention period",
            "keep for",
            "aufbewahrung",
            "aufbewahrungsfrist",
            "duree de conservation",
            "conservacion",
        ],
    ),
    (
        Field::Distribution,
        &[
            "distribution",
            "distribution list",
            "audience",
            "applies to",
            "verteiler",
            "diffusion",
            "distribucion",
        ],
    ),
];

/// A name of a field as names are compared: small letters without accents, one blank between words.
pub(super) fn folded(name: &str) -> String {
    let plain = key(name.trim().trim_end_matches(':'));
    let plain: String = plain.chars().map(without_accent).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn without_accent(letter: char) -> char {
    const ACCENTED: [(&str, char); 8] = [
        ("\u{e0}\u{e1}\u{e2}\u{e3}\u{e4}\u{e5}", 'a'),
        ("\u{e8}\u{e9}\u{ea}\u{eb}", 'e'),
        ("\u{ec}\u{ed}\u{ee}\u{ef}", 'i'),
        ("\u{f2}\u{f3}\u{f4}\u{f5}\u{f6}", 'o'),
        ("\u{f9}\u{fa}\u{fb}\u{fc}", 'u'),
        ("\u{e7}", 'c'),
        ("\u{f1}", 'n'),
        ("\u{2019}", ' '),
    ];
    let known = ACCENTED.iter().find(|(letters, _)| letters.contains(letter));
    known.map_or(letter, |(_, bare)| *bare)
}

/// Names of fields: ours and others', and those of a firm.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// A firm's own names, folded, and what they mean; nothing where they are left alone.
    own: Vec<(String, Option<Field>)>,
}

impl Keys {
    /// Adds a firm's own name for one of our fields, by a name that we know; nothing for a name that
    /// is to be left alone. `false` where there is no such field.
    pub fn add(&mut self, theirs: &str, ours: Option<&str>) -> bool {
        let field = match ours.map(|ours| known(&folded(ours))) {
            Some(None) => return false,
            Some(field) => field,
            None => None,
        };
        self.own.push((folded(theirs), field));
        true
    }

    /// The field that a name means.
    pub fn find(&self, name: &str) -> Option<Field> {
        let name = folded(name);
        match self.own.iter().find(|(own, _)| *own == name) {
            Some((_, field)) => *field,
            None => known(&name),
        }
    }
}

fn known(folded: &str) -> Option<Field> {
    NAMES.iter().find(|(_, names)| names.contains(&folded)).map(|(field, _)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_spelling() {
        let keys = Keys::default();
        for (name, field) in [
            ("last_reviewed_on", Field::ReviewLast),
            ("review_in", Field::ReviewEvery),
            ("doc_id", Field::Id),
            ("Document owner", Field::Owner),
            ("Approved by:", Field::ApprovedBy),
            ("G\u{fc}ltig ab", Field::Effective),
            ("Approuv\u{e9} par", Field::ApprovedBy),
            ("date d\u{2019}effet", Field::Effective),
        ] {
            assert_eq!(keys.find(name), Some(field), "{name}");
        }
        assert_eq!(keys.find("weight"), None);
    }

    #[test]
    fn each_name_means_one_field_and_is_folded() {
        let mut seen = std::collections::BTreeSet::new();
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            assert!(seen.insert(*name), "{name} stands twice");
            assert_eq!(folded(name), **name);
        }
    }

    #[test]
    fn a_firm_has_names_of_its_own() {
        let mut keys = Keys::default();
        assert!(keys.add("Policy steward", Some("owner")));
        assert!(keys.add("status", None));
        assert!(!keys.add("x", Some("no such field")));
        assert_eq!(keys.find("policy_steward"), Some(Field::Owner));
        assert_eq!(keys.find("Status"), None);
    }
}
