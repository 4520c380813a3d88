//! The program as a user meets it: commands, exit codes, the folder that a build writes, and the
//! shape of the source tree.
#![expect(clippy::disallowed_methods, reason = "tests read and write the disk and run the program")]

mod adopt;
mod attributes;
mod baseline;
mod cli;
mod deadline;
mod diff;
mod due;
mod excerpts;
mod face;
mod history;
mod hostile;
#[path = "../hostile/corpus.rs"]
mod hostile_corpus;
mod imports;
mod in_force;
mod layers;
mod leak;
mod mend;
mod publish;
mod start;
mod support;
mod tidy;
mod untried;
mod weight;
mod words;
