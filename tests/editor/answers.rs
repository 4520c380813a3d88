//! What an author is told and offered.

use serde_json::{Value as Json, json};

use crate::client::{Client, PROCESS, ROLES, SETTINGS, manual, marked, position, uri};

const PATH: &str = "processes/incident.md";

fn labels(items: &Json) -> Vec<&str> {
    let items = items.as_array().expect("a list");
    items.iter().map(|item| item["label"].as_str().unwrap_or_default()).collect()
}

#[test]
fn a_slip_is_told_while_it_is_typed_and_mended_at_once() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let typed = PROCESS.replace("[[REG-ROL-01]]", "[[REG-ROL-O1]]");
    client.change(PATH, 2, &typed);
    client.codes_once(PATH, |codes| codes.contains(&"dangling-link".to_owned()));
    let found = client.found(PATH).iter().find(|one| one["code"] == "dangling-link").cloned();
    let range = found.expect("it was told")["range"].clone();
    let actions = client.ask(
        "textDocument/codeAction",
        json!({"textDocument": {"uri": uri(PATH)}, "range": range, "context": {"diagnostics": []}}),
    );
    let action = &actions[0];
    assert_eq!(action["title"], "write `REG-ROL-01`");
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": uri(PATH), "version": 2}));
    assert_eq!(change["edits"][0]["newText"], "REG-ROL-01");
    let params = json!({
        "textDocument": {"uri": uri(PATH), "version": 3},
        "contentChanges": [
            {"range": change["edits"][0]["range"], "text": change["edits"][0]["newText"]},
        ],
    });
    client.note("textDocument/didChange", params);
    client.codes_once(PATH, |codes| !codes.contains(&"dangling-link".to_owned()));
}

#[test]
fn a_mistake_in_one_file_is_told_in_the_others_that_depend_on_it() {
    let mut client = manual();
    client.open("policies/roles.md", ROLES);
    let without = ROLES.replace("incident-manager", "major-incident-manager");
    client.change("policies/roles.md", 2, &without);
    client.codes_once(PATH, |codes| codes.contains(&"unknown-role".to_owned()));
    client.change("policies/roles.md", 3, ROLES);
    client.codes_once(PATH, |codes| !codes.contains(&"unknown-role".to_owned()));
    // A text that is closed unsaved counts no longer.
    client.change("policies/roles.md", 4, &without);
    client.codes_once(PATH, |codes| codes.contains(&"unknown-role".to_owned()));
    let closed = json!({"textDocument": {"uri": uri("policies/roles.md")}});
    client.note("textDocument/didClose", closed);
    client.codes_once(PATH, |codes| !codes.contains(&"unknown-role".to_owned()));
}

#[test]
fn an_answer_is_of_the_text_as_it_is_and_not_as_it_was() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    for version in 2..30 {
        let lines = "\n".repeat(usize::try_from(version).expect("few"));
        let text = format!("{PROCESS}{lines}A word and [[REG-ROL-01]]!\n");
        client.change(PATH, version, &text);
        let place = marked(&text, "REG-ROL-01]]!");
        let hover = client.ask_at("textDocument/hover", PATH, &place);
        let said = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(said.starts_with("**Roles** `REG-ROL-01`"), "{version}: {said}");
    }
}

#[test]
fn names_are_completed_where_they_belong() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let mut offered = |from: &str, to: &str| {
        let text = PROCESS.replace(from, &to.replace('\u{a7}', ""));
        client.change(PATH, 2, &text);
        let place = PROCESS.replace(from, to);
        let items = client.ask_at("textDocument/completion", PATH, &place);
        labels(&items).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let owners = offered("owner: incident-manager", "owner: inc\u{a7}");
    assert_eq!(owners, ["service-manager", "incident-manager"]);
    let statuses = offered("status: draft", "status: \u{a7}");
    assert!(statuses.contains(&"in-review".to_owned()), "{statuses:?}");
    let keys = offered("kind: process\n", "kind: process\n\u{a7}\n");
    assert!(keys.contains(&"approved".to_owned()) && !keys.contains(&"id".to_owned()));
    assert!(!keys.contains(&"roles".to_owned()), "no process has a register: {keys:?}");
    let clauses = offered("[\"8.6.1\"]", "[\"8.6.1\", \u{a7}]");
    assert!(clauses.contains(&"8.6.2".to_owned()));
    let links = offered("[[8.6.1]]", "[[\u{a7}");
    for link in ["REG-ROL-01", "8.6.1", "role:service-manager"] {
        assert!(links.contains(&link.to_owned()), "{link} in {links:?}");
    }
    assert_eq!(offered("[[8.6.1]]", "[[PRC-INC-01#\u{a7}"), ["incident-management", "purpose"]);
    assert_eq!(
        offered("[[8.6.1]]", "[x](../policies/\u{a7})"),
        ["../policies/roles.md", "incident.md"]
    );
    let raci = "## RACI\n\n| Activity | \u{a7}\n";
    assert_eq!(offered("See [[REG", &format!("{raci}\nSee [[REG"))[0], "Service manager");
    let rules = offered("owner:", "waivers: [{rule: \u{a7}}]\nowner:");
    assert!(rules.contains(&"missing-topic".to_owned()));
    assert!(offered("See [[REG", "See \u{a7}[[REG").is_empty());
}

#[test]
fn what_is_taken_from_the_list_stands_where_it_was_typed() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let place = PROCESS.replace("[[REG-ROL-01]]", "[[reg\u{a7} and");
    client.change(PATH, 2, &place.replace('\u{a7}', ""));
    let items = client.ask_at("textDocument/completion", PATH, &place);
    let item = items.as_array().expect("a list").iter().find(|one| one["label"] == "REG-ROL-01");
    let edit = &item.expect("the register is offered")["textEdit"];
    assert_eq!(edit["newText"], "REG-ROL-01]]");
    let end = position(&place);
    assert_eq!(edit["range"]["end"], end);
    let start = end["character"].as_u64().expect("a column") - 3;
    assert_eq!(edit["range"]["start"], json!({"line": end["line"], "character": start}));
}

#[test]
fn a_name_says_what_it_means() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let mut said = |words: &str| {
        let hover = client.ask_at("textDocument/hover", PATH, &marked(PROCESS, words));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(said("8.6.1]]").contains("Incident management"));
    assert!(said("incident-manager").contains("held by: Bo"));
    assert!(said("kind: process").contains("Kind of document"));
    assert!(said("status: draft").contains("Where it stands in its life"));
    assert_eq!(said("See [["), "");
}

#[test]
fn a_finding_opens_the_page_of_its_rule() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let typed = PROCESS.replace("[[8.6.1]]", "[[8.6.99]]");
    client.change(PATH, 2, &typed);
    client.codes_once(PATH, |codes| codes.contains(&"dangling-link".to_owned()));
    let hover = client.ask_at("textDocument/hover", PATH, &marked(&typed, "8.6.99"));
    let said = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(said.contains("Why it matters"), "{said}");
}

#[test]
fn names_lead_to_where_they_stand_and_back() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let mut asked = |method: &str, words: &str| {
        client.ask_at(&format!("textDocument/{method}"), PATH, &marked(PROCESS, words))
    };
    let role = asked("definition", "incident-manager");
    assert_eq!(role["uri"], json!(uri("policies/roles.md")));
    let line = ROLES.lines().position(|line| line.contains("incident-manager")).expect("a role");
    assert_eq!(role["range"]["start"]["line"], json!(line));
    assert_eq!(asked("definition", "REG-ROL-01")["uri"], json!(uri("policies/roles.md")));
    assert_eq!(asked("definition", "8.6.1]]"), Json::Null);
    let places = |found: Json| {
        let found = found.as_array().expect("a list").clone();
        let place = |one: &Json| format!("{}:{}", one["uri"], one["range"]["start"]["line"]);
        found.iter().map(|one| place(one).replace(TOP_QUOTED, "")).collect::<Vec<_>>()
    };
    let role = places(asked("references", "incident-manager"));
    assert_eq!(role, ["policies/roles.md\":9", "processes/incident.md\":6"]);
    let document = places(asked("references", "REG-ROL-01"));
    assert_eq!(document, ["policies/roles.md\":1", "processes/incident.md\":14"]);
    let clause = places(asked("references", "8.6.1]]"));
    assert_eq!(clause, ["processes/incident.md\":7", "processes/incident.md\":14"]);
}

const TOP_QUOTED: &str = "\"file:///home/sms/";

#[test]
fn a_document_has_an_outline_folds_links_and_titles_behind_ids() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let of = json!({"textDocument": {"uri": uri(PATH)}});
    let outline = client.ask("textDocument/documentSymbol", of.clone());
    assert_eq!(outline[0]["name"], "Incident management");
    assert_eq!(outline[0]["children"][0]["name"], "Purpose");
    let folds = client.ask("textDocument/foldingRange", of.clone());
    assert_eq!(folds[0], json!({"startLine": 0, "endLine": 8, "kind": "region"}));
    let links = client.ask("textDocument/documentLink", of);
    assert_eq!(links[0]["target"], json!(format!("{}#L2", uri("policies/roles.md"))));
    let whole = json!({
        "textDocument": {"uri": uri(PATH)},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}},
    });
    let hints = client.ask("textDocument/inlayHint", whole);
    let hints: Vec<&str> =
        hints.as_array().expect("a list").iter().filter_map(|one| one["label"].as_str()).collect();
    assert_eq!(hints, ["Roles", "Incident management"]);
    let symbols = client.ask("workspace/symbol", json!({"query": "manager"}));
    let names: Vec<&str> =
        symbols.as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
    let roles =
        ["service-manager \u{b7} Service manager", "incident-manager \u{b7} Incident manager"];
    assert_eq!(names, roles);
}

#[test]
fn columns_are_those_that_the_editor_counts() {
    let text = PROCESS.replace("See [[REG-ROL-01]]", "\u{1f692}\u{fc} [[REG-ROL-O1]]");
    for (encodings, column) in
        [(&["utf-16"][..], 4), (&["utf-8", "utf-16"], 7), (&["utf-32"], 3), (&[], 4)]
    {
        let files = [
            ("clausebook.yaml", SETTINGS),
            ("policies/roles.md", ROLES),
            ("processes/incident.md", PROCESS),
        ];
        let mut client = Client::counting(files, encodings);
        client.open(PATH, &text);
        client.codes_once(PATH, |codes| codes.contains(&"dangling-link".to_owned()));
        let found = client.found(PATH).iter().find(|one| one["code"] == "dangling-link");
        let start = &found.expect("it was told")["range"]["start"];
        assert_eq!(start["character"], json!(column + 2), "{encodings:?}");
    }
}
