//! Two standards side by side, both with a clause 4.1.

use clausebook::coverage::State;
use clausebook::graph::Target;
use clausebook::manual::Manual;

use super::{clause, compiled, found, front, typed};

const STANDARD: &str = "standard: made-up-1\ntitle: Made up 1\n";
const CATALOGUE: &str = "\
clauses:
  - {number: \"4\", title: Birds, role: heading, summary: Groups the birds.}
  - {number: \"4.1\", title: Feeding, parent: \"4\", role: requirement, summary: They are fed.}
  - {number: \"20.1\", title: Singing, role: requirement, summary: They sing.}
";
const FEEDING: &str = "\
clause: \"4.1\"
kinds: [guideline]
topics:
  - {topic: seeds, asks: Say which seeds.}
";

/// A manual that answers to standards in an order, with a document that claims `clauses`.
fn manual(standards: &str, documents: &[(&str, &str)]) -> Manual {
    let settings = format!("standards: [{standards}]\n");
    let mut files = vec![
        ("clausebook.yaml", settings.as_str()),
        ("schema/made-up-1/standard.yaml", STANDARD),
        ("schema/made-up-1/catalogue.yaml", CATALOGUE),
        ("schema/made-up-1/clauses/4.1.yaml", FEEDING),
    ];
    files.extend(documents);
    compiled(files)
}

fn claims(manual: &Manual, name: &str) -> Vec<String> {
    let numbers = &clause(manual, name).claims;
    numbers.iter().map(|number| manual.library.documents[*number].id.clone()).collect()
}

#[test]
fn a_number_counts_for_its_own_standard() {
    let context = front("REG-01", "register", "approved", "clauses: [\"4.1\"]\n")
        + "## Internal issues\n\nFew people know the old platform.\n";
    let birds = front("GDL-01", "guideline", "approved", "clauses: [\"made-up-1:4.1\"]\n")
        + "## Seeds\n\nSunflower, hemp, millet, oats and flax.\n";
    let both = front("GDL-02", "register", "draft", "clauses: [\"4.1\", \"made-up-1:4.1\"]\n");
    let documents =
        [("policies/a.md", &*context), ("policies/b.md", &*birds), ("policies/c.md", &*both)];
    let manual = manual("iso-20000-1-2018, made-up-1", &documents);
    assert_eq!(claims(&manual, "4.1"), ["REG-01", "GDL-02"]);
    assert_eq!(claims(&manual, "iso-20000-1-2018:4.1"), ["REG-01", "GDL-02"]);
    assert_eq!(claims(&manual, "made-up-1:4.1"), ["GDL-01", "GDL-02"]);
    assert_eq!(clause(&manual, "made-up-1:4.1").state, State::Documented);
    assert_eq!(clause(&manual, "4.1").state, State::Partial);
    assert_eq!(manual.coverage.clauses.len(), 62 + 2);
    let kinds = found(&manual, "wrong-kind-for-clause");
    let kinds: Vec<_> = kinds.iter().map(|finding| typed(&manual, finding)).collect();
    assert_eq!(kinds, ["\"made-up-1:4.1\""], "a register can evidence 4.1 of the one alone");
    for finding in found(&manual, "missing-topic") {
        assert_eq!(finding.clause.as_deref(), Some("4.1"), "{}", finding.message);
    }
}

#[test]
fn the_first_standard_of_the_list_is_meant_by_a_bare_number() {
    let document = front("GDL-01", "guideline", "approved", "clauses: [\"4.1\", \"20.1\"]\n");
    let manual = manual("made-up-1, iso-20000-1-2018", &[("policies/a.md", &document)]);
    assert_eq!(claims(&manual, "made-up-1:4.1"), ["GDL-01"]);
    assert_eq!(claims(&manual, "iso-20000-1-2018:4.1"), [""; 0]);
    assert_eq!(claims(&manual, "made-up-1:20.1"), ["GDL-01"]);
    let uncovered = found(&manual, "clause-uncovered");
    let names: Vec<_> = uncovered.iter().filter_map(|finding| finding.clause.as_deref()).collect();
    assert!(names.contains(&"iso-20000-1-2018:4.1"), "{names:?}");
    assert!(names.contains(&"8.6.1"), "a number that one standard has alone needs no name");
    assert_eq!(names.len(), 62);
}

#[test]
fn links_lead_to_the_clause_of_the_standard_that_is_named() {
    let document = front("GDL-01", "guideline", "draft", "")
        + "See [[4.1]], [[made-up-1:4.1]] and [[20.1]], not [[made-up-1:8.6.1]].\n";
    let manual = manual("iso-20000-1-2018, made-up-1", &[("policies/a.md", &document)]);
    let clause = |name: &str| Ok(Target::Clause(name.to_owned()));
    let links = manual.graph.links.iter().next().expect("a document");
    assert_eq!(links[..3], [clause("4.1"), clause("made-up-1:4.1"), clause("20.1")]);
    assert!(links[3].is_err());
    assert_eq!(manual.link_targets.clauses["made-up-1:4.1"], "Feeding");
}

#[test]
fn a_standard_named_twice_counts_once() {
    let manual = manual("made-up-1, made-up-1", &[]);
    assert_eq!(manual.standards.all.len(), 1);
    assert_eq!(manual.coverage.clauses.len(), 2);
}

#[test]
fn the_wording_of_a_licensed_copy_is_laid_over_ours() {
    let wording = "\"4.1\": As in the licensed copy.\n\"4.9\": Nothing\n";
    let files = [("schema/made-up-1/wording.local.yaml", wording)];
    let manual = manual("made-up-1", &files);
    let (_, clause) = manual.standards.find("4.1").unwrap();
    assert_eq!(clause.wording.as_deref(), Some("As in the licensed copy."));
    let faults = found(&manual, "bad-clause-schema");
    let faults: Vec<_> = faults.iter().map(|finding| typed(&manual, finding)).collect();
    assert_eq!(faults, ["\"4.9\""]);
}
