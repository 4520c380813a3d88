//! An output that nobody takes.
//!
//! # Why it matters
//!
//! A result that no other process needs is either waste or a hand-over that fails. Weak links between
//! processes are a frequent audit finding.
//!
//! # Mend it
//!
//! Name the output among the `inputs` of the document that it goes to, with the same name and `from:`
//! this document. A partner outside the manual is a role or another party: give its id.

use std::collections::HashMap;

use super::side::Side;
use super::{Partner, WHO, dangling, is_in_doubt, known, partner};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::text::NameIndex;

pub(super) const RULE: Rule = Rule::new(
    "output-without-consumer",
    Family::Process,
    Severity::Warning,
    include_str!("output_without_consumer.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = NameIndex::of(known(manual));
    let mut sides: HashMap<&str, Side<'_>> = HashMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        if is_in_doubt(manual, document) {
            continue;
        }
        for (n, output) in document.front.outputs.iter().enumerate() {
            let number = n.to_string();
            let at = document.at(&["outputs", &number, "to"]);
            match partner(&manual.library, &output.to) {
                Partner::Outside => {}
                Partner::Nobody if dangling(manual, document, at) => {}
                Partner::Nobody => {
                    let message = format!("nobody called `{}` takes “{}”", output.to, output.name);
                    let finding = RULE.at(at, message).help(WHO);
                    found.push(finding.meant(names.near(&output.to), at));
                }
                Partner::Document(to) if is_in_doubt(manual, to) => {}
                Partner::Document(to) => {
                    let inputs = sides.entry(to.path.as_str()).or_insert_with(|| {
                        let inputs = to.front.inputs.iter();
                        Side::of(inputs.map(|it| (&*it.name, &*it.from)), &manual.library)
                    });
                    // The other side of a slip in a name has the finding.
                    let slipped = || inputs.slip(&output.name, &document.id).is_some();
                    let is_told = || inputs.is_astray(&output.name) || slipped();
                    if inputs.has(&output.name, &document.id) || is_told() {
                        continue;
                    }
                    let help = format!(
                        "add to its front matter: `inputs: [{{name: {}, from: {}}}]`",
                        output.name, document.id
                    );
                    let finding = RULE
                        .at(
                            document.at(&["outputs", &number, "name"]),
                            format!("{} does not take “{}”", to.id, output.name),
                        )
                        .label(to.key("inputs"), "its inputs do not name it")
                        .help(help);
                    found.push(finding);
                }
            }
        }
    }
}
