//! The starter manual, mutated: bytes flipped, lines cut, doubled and swapped, encodings mixed,
//! brackets opened by the hundred, anchors that multiply. No panic, every finding inside its file,
//! and what the untouched documents yield by themselves is what they always yielded.
//!
//! In each round every second document is mutated, each in a way of its own, and the others are
//! held against what they yield in the whole manual: so one reading of the manual tries two dozen
//! mutations. Seeded: round N is the same on every machine. `CLAUSEBOOK_MUTATIONS` sets how many
//! mutations are tried.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use clausebook::check;
use clausebook::check::Findings;
use clausebook::compile::{self, Inputs, Session};
use clausebook::diag::Diagnostic;
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::render::{self, Options};
use clausebook::source::{SETTINGS, Sources};

/// How many mutations are tried when nobody says.
const COUNT: usize = 2_000;

type File = (String, Vec<u8>);

#[test]
fn mutated_documents_are_findings_and_harm_no_other() {
    let count = std::env::var("CLAUSEBOOK_MUTATIONS").ok().and_then(|n| n.parse().ok());
    let count: usize = count.unwrap_or(COUNT);
    let manual = starter();
    let before = compile(&manual, &mut Session::default());
    // One session for all rounds: what was mutated in the last one is as it was in the next, so
    // every document is read anew each time, and only the standard is not.
    let mut session = Session::default();
    let mut tried = 0;
    for round in 0.. {
        if tried >= count {
            break;
        }
        let mut dice = Dice(round);
        let mut files = manual.clone();
        let mut touched = BTreeSet::new();
        // The settings change what is asked of everybody: they are mutated alone.
        let alone = round % 40 == 39;
        for (number, (path, bytes)) in files.iter_mut().enumerate() {
            let turn = alone || number as u64 % 2 == round % 2;
            if turn && (path == SETTINGS) == alone {
                *bytes = mutate(&manual, number, &mut dice);
                touched.insert(path.clone());
            }
        }
        tried += touched.len();
        let after = catch_unwind(AssertUnwindSafe(|| {
            let compiled = compile(&files, &mut session);
            assert_places(&compiled);
            draw(&compiled.0);
            compiled
        }));
        let after = after.unwrap_or_else(|_| panic!("round {round} breaks"));
        if !touched.contains(SETTINGS) {
            let rest = |path: &str| !touched.contains(path);
            assert_eq!(own(&after, rest), own(&before, rest), "round {round}");
        }
        if round % 20 == 0 {
            let (_, fresh) = compile(&files, &mut Session::default());
            assert_eq!(after.1.standing, fresh.standing, "round {round} in a session");
        }
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_a_finding() {
    let folder = crate::support::Folder::manual(1);
    let line = "a".repeat(50 << 20);
    folder.write("policies/long.md", &line);
    let run = folder.run("check --format short").code(1);
    assert!(run.out.contains("policies/long.md:1:1: error[unreadable-file]"), "{}", run.out);
    assert!(run.out.contains("larger than"), "{}", run.out);
}

/// The files of the starter manual, which is that of this repository.
fn starter() -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![(SETTINGS.to_owned(), std::fs::read(top.join(SETTINGS)).unwrap())];
    for folder in ["policies", "processes"] {
        for entry in walkdir::WalkDir::new(top.join(folder)).sort_by_file_name() {
            let entry = entry.expect("the starter manual can be read");
            let name = entry.file_name().to_string_lossy();
            if entry.file_type().is_file() && name.ends_with(".md") {
                files.push((format!("{folder}/{name}"), std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    assert!(files.len() > 40, "{} files are no manual", files.len());
    files
}

fn compile(files: &[File], session: &mut Session) -> (Manual, Findings) {
    let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let today = Date::parse("2026-11-22").expect("a day");
    let inputs = Inputs::new(Sources::from_memory(files), today);
    let compiled = compile::compile(inputs, session);
    let findings = compile::check(&compiled, session);
    (compiled, findings)
}

/// Every place that a finding names is inside its file, on the bounds of characters.
fn assert_places((compiled, findings): &(Manual, Findings)) {
    for finding in &findings.standing {
        for at in finding.labels.iter().map(|label| label.at).chain([finding.at]) {
            let file = compiled.sources.file(at.file);
            assert!(file.text.get(at.range()).is_some(), "{finding:#?} in {}", file.path);
        }
    }
}

/// Makes what the pages of all documents show.
fn draw(compiled: &Manual) {
    let options = Options { drafts: true, ..Options::default() };
    let pages = render::unthemed::documents(compiled, &options);
    assert!(pages.is_ok());
}

/// What the rules find that look at one document at a time.
fn own(compiled: &(Manual, Findings), of: impl Fn(&str) -> bool) -> Vec<&Diagnostic> {
    let (compiled, findings) = compiled;
    let is_own = |one: &&Diagnostic| check::rule(one.code.0).is_some_and(check::Rule::is_of_one);
    let path = |one: &Diagnostic| compiled.sources.file(one.at.file).path.as_str();
    findings.standing.iter().filter(is_own).filter(|one| of(path(one))).collect()
}

/// One document, changed in one to three ways.
fn mutate(manual: &[File], number: usize, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = manual[number].1.clone();
    for _ in 0..=dice.below(3) {
        let other = &manual[dice.below(manual.len())].1;
        bytes = changed(bytes, other, dice);
    }
    bytes
}

/// What is put in by the hundred.
const OPENERS: [&str; 20] = [
    "[",
    "{",
    "(",
    "[[",
    "![",
    "]",
    "> ",
    "- ",
    "  - ",
    "<div>",
    "<a href=\"",
    "`",
    "**",
    "{{",
    "|",
    "# ",
    "\"",
    "'",
    "[^1]",
    "&a [",
];

/// What editors, merges and hands leave behind.
const ODD: [&[u8]; 14] = [
    b"\xff",
    b"\xc3",
    b"\0",
    b"\r",
    b"\xef\xbb\xbf",
    "\u{202e}".as_bytes(),
    "\u{2028}".as_bytes(),
    "🚒".as_bytes(),
    b"\n---\n",
    b"\n<<<<<<< HEAD\n",
    b"\t",
    b"\x1b[31m",
    b"&#0;",
    b"9999-99-99",
];

fn changed(mut bytes: Vec<u8>, other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.below(bytes.len() + 1);
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let (one, two) = (dice.below(lines.len().max(1)), dice.below(lines.len().max(1)));
    match dice.below(13) {
        _ if bytes.is_empty() => {}
        0 => {
            for _ in 0..=dice.below(8) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
        }
        1 => {
            lines.drain(one.min(two)..one.max(two).min(one.min(two) + 5));
            bytes = lines.concat();
        }
        2 => {
            lines.insert(two, lines[one]);
            bytes = lines.concat();
        }
        3 => {
            lines.swap(one, two);
            bytes = lines.concat();
        }
        4 => bytes = mixed(&lines, one, dice),
        5 => {
            let opened = dice.pick(&OPENERS).repeat(100 + dice.below(900));
            bytes.splice(at..at, opened.into_bytes());
        }
        6 => {
            bytes.splice(at..at, ODD[dice.below(ODD.len())].iter().copied());
        }
        7 => bytes = [multiplying(dice).as_bytes(), &bytes[bytes.len().min(4)..]].concat(),
        8 => bytes.truncate(at),
        9 => {
            let from = dice.below(other.len() + 1);
            let piece = &other[from..other.len().min(from + dice.below(2_000))];
            bytes.splice(at..at, piece.iter().copied());
        }
        10 => lines[one].repeat(200).clone_into(&mut bytes),
        11 => {
            bytes.splice(at..at, std::iter::repeat_n(b'a', 20_000));
        }
        _ => bytes = text(&bytes).replace('\n', "\r\n").into_bytes(),
    }
    bytes
}

/// One line, or the whole document, in another encoding.
fn mixed(lines: &[&[u8]], line: usize, dice: &mut Dice) -> Vec<u8> {
    let latin = |bytes: &[u8]| text(bytes).chars().map(|c| c as u8).collect::<Vec<u8>>();
    let wide =
        |bytes: &[u8]| text(bytes).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    match dice.below(3) {
        0 => [&b"\xff\xfe"[..], &wide(&lines.concat())].concat(),
        kind => {
            let odd: Vec<u8> = if kind == 1 { latin("Ä\n".as_bytes()) } else { wide(lines[line]) };
            [&lines[..line].concat()[..], &odd, &lines[line..].concat()].concat()
        }
    }
}

/// Front matter in which each anchor stands for ten of the one before.
fn multiplying(dice: &mut Dice) -> String {
    let mut front = "---\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for n in 1..=dice.below(9) {
        let copies = vec![format!("*x{}", n - 1); 10].join(", ");
        let line = format!("x{n}: &x{n} [{copies}]\n");
        front.push_str(&line);
    }
    front
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The same throws for the same seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("a count");
        usize::try_from(self.next() % end).expect("less than a count")
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}
