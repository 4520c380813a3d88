//! Another id for each document, role and service of our own manual, and back again.

use std::collections::BTreeMap;
use std::path::Path;

use clausebook::compile::{Inputs, Session, check, compile};
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::rename::{
    Refusal, Renamed, Renaming, What, followed, named, refusal, renamed, still_said,
};
use clausebook::source::{self, Sources};

fn today() -> Date {
    Date::parse("2026-11-28").expect("a day")
}

fn own() -> Sources {
    let folders = ["policies", "processes", "schema"].map(str::to_owned);
    source::read(Path::new(env!("CARGO_MANIFEST_DIR")), &folders).expect("our own manual")
}

fn read(sources: &Sources, session: &mut Session) -> Manual {
    compile(Inputs::new(sources.clone(), today()), session)
}

fn renaming(manual: &Manual, old: &str, new: &str) -> Renaming {
    let found = named(manual, old);
    let [(what, old)] = found.as_slice() else { panic!("{old} is one thing: {found:?}") };
    let renaming = Renaming { what: *what, old: old.clone(), new: new.to_owned() };
    assert_eq!(refusal(manual, &renaming), None, "{old} to {new}");
    renaming
}

fn with(sources: &Sources, changes: Vec<Renamed>) -> Sources {
    sources.clone().with_texts(changes.into_iter().map(|change| (change.path, change.after)))
}

/// The manual with another id for something, links to its sections and all.
fn after(sources: &Sources, old: &str, new: &str, session: &mut Session) -> (Sources, Manual) {
    let manual = read(sources, session);
    let renaming = renaming(&manual, old, new);
    let first = with(sources, renamed(&manual, &renaming));
    let second = read(&first, session);
    let whole = with(&first, followed(&manual, &second, &renaming));
    let manual = read(&whole, session);
    (whole, manual)
}

/// How many findings of each rule there are in each file.
fn counts(manual: &Manual, session: &mut Session) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for one in check(manual, session).standing {
        let path = manual.sources.file(one.at.file).path.clone();
        *counts.entry((path, one.code.to_string())).or_default() += 1;
    }
    counts
}

#[test]
fn whatever_is_renamed_and_named_back_is_as_it_was() {
    let sources = own();
    let mut session = Session::default();
    let manual = read(&sources, &mut session);
    let before = counts(&manual, &mut session);
    let library = &manual.library;
    let documents = library.documents.iter().map(|one| (one.id.clone(), "PRC-NEW-77"));
    let roles = library.roles().map(|one| (one.entry.id.0.clone(), "another-role-yet"));
    let services = library.services().map(|one| (one.entry.id.0.clone(), "SVC-77"));
    let all: Vec<(String, &str)> = documents.chain(roles).chain(services).collect();
    assert!(all.len() > 40, "our own manual has many: {}", all.len());
    for (old, new) in &all {
        let (there, now) = after(&sources, old, new, &mut session);
        assert!(named(&now, old).is_empty() && named(&now, new).len() == 1, "{old}");
        assert_eq!(counts(&now, &mut session), before, "{old}");
        let (back, _) = after(&there, new, old, &mut session);
        for (one, other) in sources.files.iter().zip(&back.files) {
            assert_eq!(one.text, other.text, "{old} in {}", one.path);
        }
    }
}

/// A document with `body`, beside the registers of a small manual.
fn small(body: &str) -> Sources {
    let files = [
        (
            "policies/roles.md",
            "---\nid: POL-ROL-01\ntitle: Roles\nkind: register\nroles:\n  - {id: desk, title: Desk, \
             deputy: manager}\n  - {id: 'manager', title: Manager}\n---\n",
        ),
        (
            "processes/b.md",
            "---\nid: PRC-B-01\ntitle: B\nkind: process\n---\n\n## RACI [[PRC-A-01]]\n\nText.\n",
        ),
        ("processes/a.md", body),
    ];
    Sources::from_memory(files.map(|(path, text)| (path, text.as_bytes())))
}

#[test]
fn every_kind_of_place_is_renamed_and_words_are_not() {
    let body = "---\n# PRC-A-01, the first\nid: \"PRC-A-01\"\ntitle: PRC-A-01 and more\nkind: process\n\
                owner: desk # the desk\nauthor: 'manager'\nrelated: [prc-b-01, PRC-B-01]\ninputs:\n  \
                - {name: desk, from: desk}\n---\n\nSee [[PRC-B-01#raci|the desk]], \
                [[ prc-a-01 ]], [[#x]], [[role:desk]] and [[role:Desk]].\n\n## RACI\n\n| Step | desk \
                | Manager |\n|---|---|---|\n| desk | A | R |\n\n```clausebook\nregister: {owner: \
                desk}\n```\n";
    let mut session = Session::default();
    let sources = small(body);
    let (desk, _) = after(&sources, "desk", "service-desk", &mut session);
    let text = |sources: &Sources, path| sources.at_path(path).unwrap().text.to_string();
    let wanted = body
        .replace("owner: desk #", "owner: service-desk #")
        .replace("from: desk", "from: service-desk")
        .replace("[[role:desk]]", "[[role:service-desk]]")
        .replace("| Step | desk ", "| Step | service-desk ")
        .replace("owner: desk}", "owner: service-desk}");
    assert_eq!(text(&desk, "processes/a.md"), wanted);
    let (manager, now) = after(&sources, "manager", "boss", &mut session);
    assert!(text(&manager, "policies/roles.md").contains("deputy: boss}\n  - {id: 'boss', "));
    assert_eq!(text(&manager, "processes/a.md"), body.replace("'manager'", "'boss'"));
    assert!(still_said(&now, "manager").iter().all(|(path, _)| !path.is_empty()));

    let (there, now) = after(&sources, "PRC-A-01", "PRC-Z.9", &mut session);
    let wanted = body
        .replace("id: \"PRC-A-01\"", "id: \"PRC-Z.9\"")
        .replace("[[ prc-a-01 ]]", "[[ prc-z.9 ]]");
    assert_eq!(text(&there, "processes/a.md"), wanted);
    assert!(text(&there, "processes/b.md").contains("## RACI [[PRC-Z.9]]"));
    let said = still_said(&now, "PRC-A-01");
    assert_eq!(said, [("processes/a.md".to_owned(), 2), ("processes/a.md".to_owned(), 4)]);
    let (back, _) = after(&there, "PRC-Z.9", "PRC-A-01", &mut session);
    assert_eq!(text(&back, "processes/a.md"), body);
}

#[test]
fn an_id_that_cannot_be_given_is_refused() {
    let manual = read(&small("---\nid: PRC-A-01\nkind: process\n---\n"), &mut Session::default());
    let why = |old: &str, new: &str| {
        let (what, old) = named(&manual, old).remove(0);
        refusal(&manual, &Renaming { what, old, new: new.to_owned() })
    };
    assert_eq!(why("PRC-A-01", "PRC-A-01"), Some(Refusal::Same));
    assert_eq!(why("PRC-A-01", "prc-b-01"), Some(Refusal::Taken("document")));
    assert_eq!(why("PRC-A-01", "Desk"), Some(Refusal::Taken("role")));
    assert_eq!(why("desk", "Manager"), Some(Refusal::Taken("role")));
    for bad in ["con", "", "a b", "a/b", "-a", "ä", "index.html", &"a".repeat(65)] {
        assert!(matches!(why("desk", bad), Some(Refusal::BadlyFormed(_))), "{bad}");
    }
    assert_eq!(why("desk", "DESK"), None, "another letter case is another way to write it");
    assert!(named(&manual, "nothing").is_empty());
    assert_eq!(named(&manual, "PRC-A-01")[0].0.word(), "document");
    assert_eq!(named(&manual, "desk"), [(What::Role, "desk".to_owned())]);
}
