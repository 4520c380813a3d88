//! An input that nobody gives.
//!
//! # Why it matters
//!
//! A process that waits for something which no other process makes will wait. Weak links between
//! processes are a frequent audit finding.
//!
//! # Mend it
//!
//! Name the input among the `outputs` of the document that it comes from, with the same name and `to:`
//! this document. A partner outside the manual is a role or another party: give its id.

use std::collections::HashMap;

use super::side::Side;
use super::{Partner, WHO, dangling, is_in_doubt, known, partner};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::text::NameIndex;

pub(super) const RULE: Rule = Rule::new(
    "input-without-producer",
    Family::Process,
    Severity::Warning,
    include_str!("input_without_producer.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = NameIndex::of(known(manual));
    let mut sides: HashMap<&str, Side<'_>> = HashMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        if is_in_doubt(manual, document) {
            continue;
        }
        for (n, input) in document.front.inputs.iter().enumerate() {
            let number = n.to_string();
            let at = document.at(&["inputs", &number, "from"]);
            match partner(&manual.library, &input.from) {
                Partner::Outside => {}
                Partner::Nobody if dangling(manual, document, at) => {}
                Partner::Nobody => {
                    let message = format!("nobody called `{}` gives “{}”", input.from, input.name);
                    let finding = RULE.at(at, message).help(WHO);
                    found.push(finding.meant(names.near(&input.from), at));
                }
                Partner::Document(from) if is_in_doubt(manual, from) => {}
                Partner::Document(from) => {
                    let outputs = sides.entry(from.path.as_str()).or_insert_with(|| {
                        let outputs = from.front.outputs.iter();
                        Side::of(outputs.map(|it| (&*it.name, &*it.to)), &manual.library)
                    });
                    if outputs.is_astray(&input.name) || outputs.has(&input.name, &document.id) {
                        continue;
                    }
                    let near = outputs.slip(&input.name, &document.id);
                    let help = format!(
                        "add to its front matter: `outputs: [{{name: {}, to: {}}}]`",
                        input.name, document.id
                    );
                    let finding = RULE
                        .at(
                            document.at(&["inputs", &number, "name"]),
                            format!("{} does not give “{}”", from.id, input.name),
                        )
                        .label(from.key("outputs"), "its outputs do not name it")
                        .help(help)
                        .did_you_mean(near);
                    found.push(finding);
                }
            }
        }
    }
}
