//! Every page is valid HTML, as the Nu Html Checker sees it.
//!
//! The checker is not part of the repository: `CLAUSEBOOK_VNU` names its `vnu.jar`.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::deadline::Finish as _;
use crate::site::{Site, drafts, hostile, own};

/// Where the checker is, if it is anywhere.
pub(crate) fn checker() -> Option<PathBuf> {
    std::env::var_os("CLAUSEBOOK_VNU").map(PathBuf::from)
}

/// What the checker says of the hostile manual where an author's own HTML is not whole.
const LACKING: [&str; 2] = ["Element “dl” is missing", "Table columns in range"];

/// Fails the test unless the checker has nothing to say about a site.
#[track_caller]
fn check(site: &Site, allowed: &[&str]) {
    let jar = checker().expect("this test runs only with it");
    let output = Command::new("java")
        .args(["-Xss8m", "-jar"])
        .arg(jar)
        .args(["--format", "json", "--skip-non-html"])
        .arg(&site.folder)
        .finish()
        .expect("Java runs");
    let said: Value = serde_json::from_slice(&output.stderr).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    });
    let found: Vec<String> = said["messages"]
        .as_array()
        .expect("a list of messages")
        .iter()
        .filter(|message| {
            // A table or a list of an author's own HTML may lack parts.
            let text = message["message"].as_str().unwrap_or_default();
            !allowed.iter().any(|start| text.starts_with(start))
        })
        .filter(|message| {
            // To the checker a file on the disk is not `'self'`; to a browser it is.
            let text = message["message"].as_str().unwrap_or_default();
            !(text.starts_with("Resource violates Content Security Policy")
                && text.contains("assets/"))
        })
        .map(Value::to_string)
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

pub(crate) fn our_own_manual() {
    check(own(), &[]);
}

pub(crate) fn a_manual_of_drafts() {
    check(drafts(), &[]);
}

pub(crate) fn hostile_content() {
    check(hostile(), &LACKING);
}
