//! Few bytes that ask for much work: each manual is done in seconds of processor time, where what its
//! author multiplies would take minutes or days.

use std::fmt::Write as _;
use std::process::Command;

use crate::deadline::Finish as _;
use crate::support::{Folder, Run, document};

/// Runs the program with so many seconds of processor time, after which the system ends it.
fn within(seconds: u32, manual: &Folder, line: &str) -> Run {
    let script = format!("ulimit -t {seconds}; exec \"$0\" {line}");
    let mut command = Command::new("sh");
    command.current_dir(manual.path()).arg("-c").arg(script);
    command.arg(env!("CARGO_BIN_EXE_clausebook")).finish().expect("a shell runs").into()
}

fn with(manual: &Folder, number: usize, front: &str, body: &str) {
    let text = document(number, "Words");
    let text = text.replacen("\nowner:", &format!("\n{front}owner:"), 1);
    manual.write(&format!("policies/guide-{number}.md"), &format!("{text}\n{body}\n"));
}

#[cfg(unix)]
#[test]
fn thousands_of_hand_overs_that_nearly_fit_are_not_compared_one_by_one() {
    let manual = Folder::manual(0);
    let list = |key: &str, what: &str, partner: &str| {
        let one = |n| format!("  - {{name: {what} number {n}, {partner}}}\n");
        format!("{key}:\n{}", (0..6000).map(one).collect::<String>())
    };
    with(&manual, 1, &list("outputs", "a plan", "to: GDL-TST-002"), "");
    with(&manual, 2, &list("inputs", "a plann", "from: GDL-TST-001"), "");
    let run = within(60, &manual, "check --format short");
    assert!(run.out.contains("input-without-producer"), "{} {}", run.out, run.err);
}

#[cfg(unix)]
#[test]
fn documents_that_supersede_each_other_in_a_circle_are_not_followed_round_and_round() {
    let manual = Folder::manual(0);
    for number in 0..1500 {
        let front = format!("supersedes: GDL-TST-{:03}\n", (number + 1) % 1500);
        with(&manual, number, &front, "");
    }
    within(60, &manual, "build --drafts").code(0);
    assert!(manual.at("site/index.html").exists());
}

#[cfg(unix)]
#[test]
fn brackets_without_end_are_read_once() {
    let manual = Folder::manual(0);
    with(&manual, 1, "", &"![a](".repeat(200_000));
    within(60, &manual, "check").code(0);
}

#[cfg(unix)]
#[test]
fn diagrams_are_bounded_each_and_all_together() {
    let manual = Folder::manual(0);
    let star = |lines: usize| {
        let boxes: String = (0..lines).fold(String::new(), |mut out, n| {
            let _ = writeln!(out, "  a --> b{n}");
            out
        });
        format!("```mermaid\nflowchart LR\n{boxes}```\n\n")
    };
    with(&manual, 1, "", &star(60));
    let run = within(60, &manual, "check").code(1);
    assert!(run.out.contains("error[broken-diagram]"), "{}", run.out);
    assert!(run.out.contains("60 lines meet at \"a\""), "{}", run.out);
    // Each can be drawn, and has another text than the others.
    let many = (0..700).map(|n| star(30).replace("b0\n", &format!("c{n}\n"))).collect::<String>();
    with(&manual, 1, "", &format!("{}{many}", star(3)));
    let run = within(60, &manual, "build --drafts").code(1);
    assert!(run.out.contains("so none of more than 29 is drawn"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_list_of_files_that_is_none_of_ours_is_not_read() {
    let manual = Folder::manual(1);
    std::fs::create_dir(manual.at("site")).unwrap();
    let list = std::fs::File::create(manual.at("site/manifest.json")).unwrap();
    list.set_len(3 << 30).unwrap();
    let run = within(20, &manual, "build --drafts").code(2);
    assert!(run.err.contains("`manifest.json`"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_file_of_entries_that_is_named_a_thousand_times_is_read_once() {
    let manual = Folder::manual(0);
    let named = "  - {register: risks, file: risks.csv}\n".repeat(3000);
    with(&manual, 1, &format!("entries:\n{named}"), "");
    let rows: String = (0..2000).fold("Id,Title,Owner\n".to_owned(), |mut out, n| {
        let _ = writeln!(out, "R-{n},Fire,owner");
        out
    });
    manual.write("policies/risks.csv", &rows);
    let run = within(60, &manual, "check").code(1);
    assert!(run.out.contains("error[unreadable-entries]"), "{}", run.out);
    assert!(run.out.contains("has been read for this register before"), "{}", run.out);
}
