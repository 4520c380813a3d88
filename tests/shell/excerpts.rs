//! The mark of an excerpt stands under what is wrong, whatever the file begins with and its lines end
//! with, and however wide its letters are.

use crate::support::Folder;

const DOCUMENT: &str = "---\nid: POL-01\ntitle: St\u{f6}rung \u{1f692}\nkind: policy\nversion: \"0.1\"\n\
    status: draft\nowner: leiter\neff\u{e9}ctive: 2026-01-01\nrelated: [POL-\u{c4}\u{c4}]\n---\n\n\
    # St\u{f6}rung \u{1f692}\n\n\u{dc}ber \u{1f692} [weg](w\u{e9}g.md) da.\n";

/// Columns that a text takes on a terminal: the fire engine takes two.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter == '\u{1f692}' { 2 } else { 1 }).sum()
}

/// What stands above the marks of a report: place, and the marked text.
fn marked(out: &str) -> Vec<String> {
    let lines: Vec<&str> = out.lines().collect();
    let mut found = Vec::new();
    let mut place = "";
    for pair in lines.windows(2) {
        place = pair[0].trim_start().strip_prefix("--> ").unwrap_or(place);
        let (Some((number, text)), Some((gutter, marks))) =
            (pair[0].split_once("| "), pair[1].split_once("| "))
        else {
            continue;
        };
        if !gutter.trim().is_empty() || number.trim().parse::<usize>().is_err() {
            continue;
        }
        let (from, to) = (marks.find('^').expect("a mark"), marks.rfind('^').expect("a mark") + 1);
        let mut at = 0;
        let under = text.chars().filter(|letter| {
            let own = at;
            at += width(&letter.to_string());
            (from..to).contains(&own)
        });
        found.push(format!("{place} {}", under.collect::<String>()));
    }
    found
}

#[test]
fn marks_stand_under_what_is_wrong() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let marked_of = |text: &str| {
        let folder = Folder::new();
        folder.write("clausebook.yaml", "standards: []\nrules: {orphan-document: off}\n");
        folder.write("policies/a.md", text);
        marked(&folder.run("check").code(1).out)
    };
    let expected = [
        "policies/a.md:8:1 eff\u{e9}ctive",
        "policies/a.md:9:11 POL-\u{c4}\u{c4}",
        "policies/a.md:14:14 w\u{e9}g.md",
    ];
    for text in [DOCUMENT.to_owned(), windows(DOCUMENT)] {
        assert_eq!(marked_of(&text), expected);
        assert_eq!(marked_of(&format!("\u{feff}{text}")), expected, "after a byte order mark");
    }
    let first = "----\nid: x\n---\n";
    for text in [first.to_owned(), windows(first)] {
        assert_eq!(marked_of(&text), ["policies/a.md:1:1 ----"]);
        assert_eq!(marked_of(&format!("\u{feff}{text}")), ["policies/a.md:1:1 ----"]);
    }
    // In the midst of a line, too, it is a letter that nobody sees, and takes no column.
    let inside = DOCUMENT.replace("\u{dc}ber", "\u{feff}ber");
    assert_eq!(marked_of(&inside)[2], "policies/a.md:14:13 w\u{e9}g.md");
}
