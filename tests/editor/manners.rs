//! Editors that do what they should not, and texts that nobody expects.

use clausebook::language_server::Ended;
use serde_json::{Value as Json, json};

use crate::client::{PROCESS, manual, uri};

const PATH: &str = "processes/incident.md";

#[test]
fn an_editor_that_says_goodbye_is_let_go_and_one_that_vanishes_ends_it_too() {
    assert_eq!(manual().leave(), Ended::Properly);
    assert_eq!(manual().vanish(), Ended::Abruptly);
    let client = manual();
    client.note("exit", Json::Null);
    assert_eq!(client.vanish(), Ended::Abruptly);
}

#[test]
fn after_shutdown_nothing_is_answered() {
    let mut client = manual();
    client.ask("shutdown", Json::Null);
    assert_eq!(client.try_ask("workspace/symbol", json!({"query": ""})), Err(-32600));
    client.note("exit", Json::Null);
}

#[test]
fn what_is_not_understood_is_said_and_nothing_goes_down_with_it() {
    let mut client = manual();
    assert_eq!(client.try_ask("workspace/conquest", json!({})), Err(-32601));
    assert_eq!(client.try_ask("textDocument/hover", json!({"position": 3})), Err(-32602));
    client.note("textDocument/didOpen", json!({"textDocument": 7}));
    client.note("$/setTrace", json!({"value": "off"}));
    let nowhere = json!({
        "textDocument": {"uri": "file:///elsewhere/p.md"},
        "position": {"line": 0, "character": 0},
    });
    assert_eq!(client.ask("textDocument/hover", nowhere), Json::Null);
    assert!(client.said.iter().any(|said| said.contains("didOpen")), "{:?}", client.said);
    assert_eq!(client.leave(), Ended::Properly);
}

#[test]
fn messages_come_in_any_order() {
    let mut client = manual();
    client.change(PATH, 5, "nobody has opened this");
    client.note("textDocument/didClose", json!({"textDocument": {"uri": uri(PATH)}}));
    client.open("elsewhere/notes.md", "# Notes of no document\n");
    client.open(PATH, PROCESS);
    client.open(PATH, &PROCESS.replace("[[8.6.1]]", "[[8.6.99]]"));
    client.codes_once(PATH, |codes| codes.contains(&"dangling-link".to_owned()));
    assert!(client.found("elsewhere/notes.md").is_empty());
}

#[test]
fn places_that_there_are_not_are_answered() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    for (line, character) in [(0, u32::MAX), (u32::MAX, 0), (u32::MAX, u32::MAX), (9, 9_999)] {
        let place = json!({
            "textDocument": {"uri": uri(PATH)},
            "position": {"line": line, "character": character},
        });
        for method in ["completion", "hover", "definition"] {
            client.ask(&format!("textDocument/{method}"), place.clone());
        }
        let change = json!({
            "textDocument": {"uri": uri(PATH), "version": 2},
            "contentChanges": [{
                "range": {"start": {"line": line, "character": character},
                          "end": {"line": 0, "character": 0}},
                "text": "",
            }],
        });
        client.note("textDocument/didChange", change);
        client.open(PATH, PROCESS);
    }
    assert_eq!(client.leave(), Ended::Properly);
}

#[test]
fn every_beginning_of_a_document_is_answered() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    for (end, _) in PROCESS.char_indices().step_by(7) {
        let text = &PROCESS[..end];
        client.change(PATH, 2, text);
        let lines = text.matches('\n').count();
        let column = text.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
        let place = json!({
            "textDocument": {"uri": uri(PATH)},
            "position": {"line": lines, "character": column},
        });
        client.ask("textDocument/completion", place.clone());
        client.ask("textDocument/hover", place);
    }
    assert_eq!(client.leave(), Ended::Properly);
}

#[test]
fn a_line_of_two_megabytes_and_a_text_too_large_are_borne() {
    let mut client = manual();
    client.open(PATH, PROCESS);
    let long = format!("{PROCESS}\n{}[[8.6.99]]\n", "word ".repeat(400_000));
    client.change(PATH, 2, &long);
    client.codes_once(PATH, |codes| codes.contains(&"dangling-link".to_owned()));
    // What no run would read is not read here either: the file on the disk counts.
    client.change(PATH, 3, &format!("{PROCESS}\n{}", "x".repeat(5 << 20)));
    client.codes_once(PATH, |codes| !codes.contains(&"dangling-link".to_owned()));
    client.change(PATH, 4, &PROCESS.replace("[[8.6.1]]", "[[8.6.98]]"));
    client.codes_once(PATH, |codes| codes.contains(&"dangling-link".to_owned()));
}
