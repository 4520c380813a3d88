//! Two documents side by side, from their Markdown to what a reader sees.

use std::collections::BTreeMap;

use super::{Looks, Redline, Side, State, html, redline, sections, terminal, value};
use crate::archive::{self, WholeReader};
use crate::compile::{Inputs, Session, compile};
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::model::value::Date;
use crate::source::Sources;

/// Texts of documents, read together.
fn read<'t>(texts: impl Iterator<Item = &'t String>) -> Manual {
    let other = |id: &str| format!("---\nid: {id}\ntitle: Other {id}\n---\n");
    let texts = texts.enumerate().map(|(n, text)| (format!("processes/{n}.md"), text.clone()));
    let others = [("processes/c.md", other("C-01")), ("processes/d.md", other("D-01"))];
    let others = others.map(|(path, text)| (path.to_owned(), text));
    let files: Vec<(String, String)> = texts.chain(others).collect();
    let sources = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    let today = Date::parse("2026-06-15").unwrap();
    compile(Inputs::new(Sources::from_memory(sources), today), &mut Session::default())
}

/// The redline of two of them, by their places.
fn of_two(manual: &Manual, old: usize, new: usize) -> Redline {
    let library = &manual.library;
    let reader = WholeReader::new(manual);
    let name = |number: DocumentNumber| library.documents[number].id.clone();
    let numbers = [old, new].map(|n| {
        let path = format!("processes/{n}.md");
        library.documents.at_path(&path).expect("it was given")
    });
    let [a, b] = numbers.map(|number| archive::content(manual, number, &reader));
    let side =
        |n: usize, body| Side { text: &library.documents[numbers[n]].text, body, name: &name };
    redline(side(0, &a), side(1, &b))
}

/// The redline of two texts.
fn between(old: &str, new: &str) -> Redline {
    of_two(&read([old.to_owned(), new.to_owned()].iter()), 0, 1)
}

/// The redline of two bodies.
fn bodies(old: &str, new: &str) -> Redline {
    between(&format!("---\nid: A\n---\n{old}"), &format!("---\nid: A\n---\n{new}"))
}

const SIGNS: Looks = Looks { colour: false, whole: false };

fn shown(old: &str, new: &str) -> String {
    terminal(&bodies(old, new), SIGNS)
}

#[test]
fn words_are_marked_inside_their_line() {
    assert_eq!(
        shown("## Purpose\n\nAnswer in 30 minutes.\n", "## Purpose\n\nAnswer in 15 minutes.\n"),
        "  ## 1 Purpose\n~ Answer in [-30-]{+15+} minutes.\n"
    );
    // Only the target of the link is another.
    assert_eq!(
        shown("See [it](c.md).\n", "See [it](d.md).\n"),
        "~ See it[- (-> C-01)-]{+ (-> D-01)+}.\n"
    );
    assert_eq!(shown("A **b** c.\n", "A b c.\n"), "~ A [-**b**-]{+b+} c.\n");
    assert_eq!(shown("One.\n\nTwo.\n", "One.\nTwo.\n"), "~ One.{+ Two.+}\n- [-Two.-]\n");
}

#[test]
fn a_table_differs_by_cells_rows_and_columns() {
    let old = "| Step | Desk | Days |\n|---|---|---|\n| Log it | R | 3 |\n| Close it | A | 4 |\n";
    let new = "| Step | Desk | Owner | Days |\n|---|---|---|---|\n| Log it | R | x | 2 |\n\
               | Solve it | R | y | 1 |\n| Close it | A | z | 4 |\n";
    assert_eq!(
        shown(old, new),
        "~ \n\
         ~     | Step | Desk | {+Owner+} | Days |\n\
         ~     | Log it | R | {+x+} | [-3-]{+2+} |\n\
         +     | {+Solve it+} | {+R+} | {+y+} | {+1+} |\n\
         ~     | Close it | A | {+z+} | 4 |\n"
    );
    let html = html(&bodies(old, new));
    for part in [
        "<th class=\"added\"><ins>Owner</ins></th>",
        "<td><del>3</del><ins>2</ins></td>",
        "<tr class=\"added\"><td><ins>Solve it</ins></td>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_section_that_stands_elsewhere_has_moved() {
    let section = |name: &str| format!("## {name}\n\nThe {name} section says {name} and more.\n\n");
    let [one, two, three] = ["Alpha", "Beta", "Gamma"].map(section);
    let redline = bodies(
        &format!("{one}{two}{three}"),
        &format!("{three}{one}{two}").replace("Gamma and more", "Gamma and less"),
    );
    assert_eq!(
        terminal(&redline, SIGNS),
        "> moved here (1): ## 1 Gamma\n\
         ~ moved here (1): The Gamma section says Gamma and [-more-]{+less+}.\n\
         > moved away (1): Gamma\n"
    );
    let list: Vec<_> =
        sections(&redline).into_iter().map(|one| (one.title, one.state, one.lines)).collect();
    assert_eq!(list, [("Gamma".to_owned(), State::Away, 2)]);
    let html = html(&redline);
    for part in
        ["<section class=\"moved\" id=\"moved-1\">", "id=\"moved-from-1\"", "id=\"change-0\""]
    {
        assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
    }
}

#[test]
fn lists_code_drawings_and_boxes_are_compared_by_what_they_are() {
    assert_eq!(
        shown(
            "- one thing\n- two things\n- three\n",
            "- one thing\n- two more things\n- new\n- three\n"
        ),
        "~   * two {+more +}things\n+   * {+new+}\n"
    );
    assert_eq!(
        shown("```\na\nb\nc\n```\n", "```\na\nx\nc\n```\n"),
        "~ \n      a\n-     [-b-]\n+     {+x+}\n      c\n"
    );
    assert_eq!(
        shown(
            "```mermaid\nflowchart LR\n A --> B\n```\n",
            "```mermaid\nflowchart LR\n A --> C\n```\n"
        ),
        "~ (drawing)\n      flowchart LR\n-     [- A --> B-]\n+     {+ A --> C+}\n"
    );
    assert_eq!(
        shown("Some words here.\n", "> [!WARNING]\n> Some words here.\n"),
        "~ (warning) Some words here.  (was a paragraph)\n"
    );
    assert_eq!(shown("- [ ] do it\n", "- [x] do it\n"), "~   * [-☐-]{+☑+} do it\n");
}

#[test]
fn front_matter_differs_by_key() {
    let front = "---\nid: A\nversion: \"2.1\"\nowner: x\nkpis:\n  - {id: K-1, target: 5}\n  - {id: K-2, target: 6}\n---\n";
    let new = front
        .replace("2.1", "2.2")
        .replace("owner: x\n", "")
        .replace("target: 6", "target: 7}\n  - {id: K-3, target: 8");
    let redline = between(front, &new);
    let keys: Vec<_> = redline.front.iter().map(|key| (key.path.join("/"), key.state)).collect();
    assert_eq!(
        keys,
        [
            ("version".to_owned(), State::Changed),
            ("owner".to_owned(), State::Removed),
            ("kpis/K-2/target".to_owned(), State::Changed),
            ("kpis/K-3".to_owned(), State::Added)
        ]
    );
    assert_eq!(value(&redline.front[0]), "<del>2.1</del><ins>2.2</ins>");
    assert!(bodies("Text.\n", "Text.\n").is_empty());
}

/// Throws that are the same for the same seed (`SplitMix64`).
struct Throws(u64);

impl Throws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (end.max(1) as u64)).unwrap()
    }

    fn words(&mut self, most: usize) -> String {
        const WORDS: [&str; 14] = [
            "the",
            "desk",
            "answers",
            "within",
            "30",
            "minutes",
            "and",
            "tells",
            "users",
            "PRC-A-01",
            "of",
            "outages",
            "`code`",
            "**strong**",
        ];
        let count = 1 + self.below(most);
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    fn block(&mut self) -> String {
        let words = self.words(20);
        match self.below(9) {
            0 => format!("## {words}"),
            1 => format!("- {words}\n- {}\n  - {}", self.words(5), self.words(5)),
            2 => format!("1. {words}\n2. {}", self.words(5)),
            3 => {
                let (a, b, c) = (self.words(2), self.words(2), self.words(6));
                format!("| {a} | {b} |\n|---|---|\n| {words} | {c} |\n| {} | {c} |", self.words(3))
            }
            4 => format!("```\n{words}\n{}\n```", self.words(3)),
            5 => format!("> {words}"),
            6 => format!("See [{words}](c.md) and ![{}](x.png).", self.words(2)),
            _ => words,
        }
    }

    fn edited(&mut self, blocks: &[String]) -> Vec<String> {
        let mut blocks = blocks.to_vec();
        for _ in 0..=self.below(4) {
            let (a, b) = (self.below(blocks.len()), self.below(blocks.len()));
            match self.below(6) {
                0 if blocks.len() > 1 => drop(blocks.remove(a)),
                1 => blocks.insert(a, self.block()),
                2 => blocks.swap(a, b),
                3 => {
                    let from = blocks.remove(a);
                    blocks.insert(b.min(blocks.len()), from);
                }
                _ => {
                    let (word, other) =
                        (["desk", "30", "the", "users"][self.below(4)], self.words(3));
                    blocks[a] = blocks[a].replacen(word, &other, 1 + self.below(2));
                }
            }
        }
        blocks
    }
}

/// A text without all that stands between two marks, and what stood there.
fn without(text: &str, from: &str, to: &str) -> (String, Vec<String>) {
    let (mut left, mut taken, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once(from) {
        let (inside, after) = after.split_once(to).expect("what is opened is closed");
        left.push_str(before);
        taken.push(inside.to_owned());
        rest = after;
    }
    (left + rest, taken)
}

/// The text of a page: no tags, no blanks, nothing that the writer says itself.
fn bare(html: &str) -> String {
    let html = without(html, "<span class=\"was\">", "</span>").0;
    let html = without(&html, "<p class=\"from\">", "</p>").0;
    let html = without(&html, "<span class=\"s\">", "</span>").0;
    without(&html, "<", ">").0.split_whitespace().collect()
}

/// What a page said before, and what it says now.
fn sides(html: &str) -> [String; 2] {
    let (rest, moved) = without(html, "<section class=\"moved\" id=\"moved-", "</section>");
    let moved: BTreeMap<&str, &str> =
        moved.iter().map(|one| one.split_once("\">").unwrap()).collect();
    let mut old = String::new();
    for (n, piece) in rest.split("<div class=\"away\" id=\"moved-from-").enumerate() {
        if n == 0 {
            old.push_str(piece);
            continue;
        }
        let (number, after) = piece.split_once("\">").unwrap();
        old.push_str(moved[number]);
        old.push_str(after.split_once("</div>").unwrap().1);
    }
    let new = without(html, "<div class=\"away\"", "</div>").0;
    [without(&old, "<ins>", "</ins>").0, without(&new, "<del>", "</del>").0].map(|it| bare(&it))
}

/// The words of one side of a terminal, in the order of the alphabet: what moved stands elsewhere.
fn words_of(terminal: &str, gone: (&str, &str), kept: (&str, &str), sign: char) -> Vec<char> {
    let lines =
        terminal.lines().filter(|line| !line.starts_with(sign) || line.contains("moved here"));
    let lines = lines.filter(|line| !line.contains("moved away"));
    let lines: String = lines.map(|line| line.get(2..).unwrap_or_default()).collect();
    let text = without(&lines, gone.0, gone.1).0;
    let text = without(&text, "  (was ", ")").0;
    let mut text: Vec<char> = without_numbers(&text.replace(kept.0, "").replace(kept.1, ""));
    text.sort_unstable();
    text
}

/// Without what the writer says itself, and without the numbers of sections.
fn without_numbers(text: &str) -> Vec<char> {
    let text = without(text, "moved here (", "): ").0;
    text.chars().filter(|letter| letter.is_alphabetic()).collect()
}

#[test]
fn without_what_is_gone_it_is_the_new_text_and_without_what_is_new_the_old() {
    const SIGNS: Looks = Looks { colour: false, whole: true };
    const EDITS: u64 = 1500;
    let mut texts = Vec::new();
    for seed in 0..EDITS {
        let mut throws = Throws(seed);
        let blocks: Vec<String> = (0..3 + throws.below(10)).map(|_| throws.block()).collect();
        let edited = throws.edited(&blocks);
        texts.extend([blocks, edited].map(|it| format!("---\nid: A\n---\n{}", it.join("\n\n"))));
    }
    let manual = read(texts.iter());
    for (old, new) in (0..texts.len()).step_by(2).map(|n| (n, n + 1)) {
        let both = of_two(&manual, old, new);
        let page = html(&both);
        let [before, after] = sides(&page);
        let screen = terminal(&both, SIGNS);
        for (n, found, gone, kept, sign) in [
            (old, before, ("{+", "+}"), ("[-", "-]"), '+'),
            (new, after, ("[-", "-]"), ("{+", "+}"), '-'),
        ] {
            let (alone, text) = (of_two(&manual, n, n), &texts[n]);
            assert_eq!(found, bare(&html(&alone)), "{text}\n\n{page}");
            let wanted = words_of(&terminal(&alone, SIGNS), ("{+", "+}"), ("{+", "+}"), '?');
            assert_eq!(words_of(&screen, gone, kept, sign), wanted, "{screen}\nof {text}");
        }
    }
}
