//! Redlines: `cargo bench --bench redline`. Two documents of 10,000 words, two without a word in
//! common, and what a hostile author could write.

use clausebook::archive::{self, WholeReader};
use clausebook::compile::{self, Inputs, Session};
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::redline::{Redline, Side, html, redline};
use clausebook::source::Sources;
use divan::{Bencher, black_box};

#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Two documents, read.
fn read(old: &str, new: &str) -> Manual {
    let texts = [("processes/a.md", old), ("processes/b.md", new)];
    let texts = texts.map(|(path, text)| (path, format!("---\nid: A\n---\n{text}")));
    let files = texts.iter().map(|(path, text)| (*path, text.as_bytes()));
    let today = Date::parse("2026-06-15").expect("a date");
    compile::compile(Inputs::new(Sources::from_memory(files), today), &mut Session::default())
}

/// The redline of the two.
fn compare(manual: &Manual) -> Redline {
    let library = &manual.library;
    let reader = WholeReader::new(manual);
    let name = |number| library.documents[number].id.clone();
    let bodies = ["processes/a.md", "processes/b.md"].map(|path| {
        let number = library.documents.at_path(path).expect("it was given");
        let document = &library.documents[number];
        (document, archive::content(manual, number, &reader))
    });
    let [old, new] =
        bodies.each_ref().map(|(document, body)| Side { text: &document.text, body, name: &name });
    redline(old, new)
}

fn measure(bencher: Bencher<'_, '_>, old: &str, new: &str) {
    let manual = read(old, new);
    bencher.bench(|| black_box(html(&compare(&manual))));
}

/// Paragraphs, lists and tables, in all so many words; `kind` chooses the words.
fn text(words: usize, kind: &str) -> String {
    let word = |n: usize| format!("{kind}{}", n * n % 997);
    let block = |block: usize| {
        let line: Vec<String> = (0..48).map(|n| word(block * 48 + n)).collect();
        let (half, whole) = (line[24..].join(" "), line.join(" "));
        match block % 8 {
            0 => format!("## Section {kind}{block}\n\n{whole}"),
            1 => format!("- {half}\n- {half}"),
            2 => format!("| A | B |\n|---|---|\n| {half} | {half} |"),
            _ => whole,
        }
    };
    (0..words / 50).map(block).collect::<Vec<_>>().join("\n\n")
}

/// A text in which each tenth paragraph says something else, and one section stands elsewhere.
fn edited(text: &str) -> String {
    let blocks = text.split("\n\n").enumerate();
    let blocks: Vec<String> = blocks
        .map(
            |(n, block)| {
                if n % 10 == 3 { block.replacen(' ', " new words ", 3) } else { block.into() }
            },
        )
        .collect();
    let third = blocks.len() / 3;
    [&blocks[third..2 * third], &blocks[..third], &blocks[2 * third..]].concat().join("\n\n")
}

#[divan::bench]
fn ten_thousand_words(bencher: Bencher<'_, '_>) {
    let old = text(10_000, "w");
    measure(bencher, &old, &edited(&old));
}

#[divan::bench]
fn no_word_in_common(bencher: Bencher<'_, '_>) {
    measure(bencher, &text(10_000, "w"), &text(10_000, "x"));
}

#[divan::bench(sample_count = 3)]
fn blocks_by_the_hundred_thousand(bencher: Bencher<'_, '_>) {
    let blocks = |step: usize| -> String {
        let block = |n: usize| format!("a{} b{} c", n * step % 1009, n % 13);
        (0..100_000).map(block).collect::<Vec<_>>().join("\n\n")
    };
    measure(bencher, &blocks(7), &blocks(11));
}

#[divan::bench(sample_count = 3)]
fn one_line_of_two_megabytes(bencher: Bencher<'_, '_>) {
    let line = |step: usize| -> String {
        let word = |n: usize| format!("w{}", n * n % 4099 * step % 401);
        (0..400_000).map(word).collect::<Vec<_>>().join(" ")
    };
    measure(bencher, &line(3), &line(5));
}

#[divan::bench(sample_count = 3)]
fn a_table_of_a_thousand_columns(bencher: Bencher<'_, '_>) {
    let table = |step: usize| -> String {
        let row = |row: usize| -> String {
            let cell = |n: usize| format!("| {} ", (n * step + row) % 97);
            (0..1_000).map(cell).collect::<Vec<_>>().concat()
        };
        let rows: Vec<String> = (0..200).map(row).collect();
        format!("{}|\n{}|\n{}|\n", row(7), "|---".repeat(1_000), rows.join("|\n"))
    };
    measure(bencher, &table(3), &table(5));
}
