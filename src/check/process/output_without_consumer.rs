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

use super::{Partner, WHO, dangling, is_in_doubt, known, partner, same};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::text::{NameIndex, is_one_slip};

pub(super) const RULE: Rule = Rule::new(
    "output-without-consumer",
    Family::Process,
    Severity::Warning,
    include_str!("output_without_consumer.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = NameIndex::of(known(manual));
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
                    let mut inputs = to.front.inputs.iter();
                    let takes = |input: &crate::model::front::Input| {
                        same(&input.name, &output.name) && same(&input.from, &document.id)
                    };
                    // The other side of a slip in a name has the finding.
                    let slipped = |input: &crate::model::front::Input| {
                        let nearly = is_one_slip(&input.name, &output.name)
                            && same(&input.from, &document.id);
                        let astray = same(&input.name, &output.name)
                            && manual.library.by_id(&input.from).is_none();
                        nearly || astray
                    };
                    if to.front.inputs.iter().any(slipped) || inputs.any(takes) {
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
