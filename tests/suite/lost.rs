//! Nothing that an author wrote is lost in silence: every word of a body is in the text of its page,
//! or a finding stands at its line.
//!
//! Tried with the examples of the specification of Markdown that the parser's own tests carry. They
//! are read where cargo unpacked the parser and are no part of this repository; where there are none
//! (a vendored build), the shapes below are all that is tried.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clausebook::compile::{self, Inputs, Session};
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::render::site::Pages as _;
use clausebook::render::visibility::VisibleManual;
use clausebook::render::{Options, Printer};
use clausebook::source::Sources;

use crate::untried::not_tried;

/// Shapes that real documents have.
const SHAPES: [&str; 14] = [
    "| Head one | Head two |\n|---|---|\n| cell | other | dropped |\n| short |\nbelow\n",
    "| Head one | Head two |\n|---|\n| cell | other |\n",
    "Lead:\n| Head one | Head two |\n| cell | other |\n",
    "[note]: vanishes\n\n[^one]: unused\n\n[plan]: <b.md> 'title of it'\n",
    "```sh\ncode here\n\n## Swallowed heading\n",
    "<details>\n<summary>More of it</summary>\n\n## Inside\n\ntext\n",
    "<div>\n**bold** [[link]]\n</div>\n",
    "| a | b |\n|---|---|\n| x | [[one\\|shown]] |\n| y | [[two|cut]] |\n",
    "Term\n: Definition of it\n\n::: warning\ninside\n:::\n",
    "- [ ] task one\n- [x] task two\n\n> [!NOTE]\n> alert text\n",
    "~~gone~~ H~2~O **bold**text __under__ <service name> &lt;tag&gt; &copy;\n",
    "Setext words\n===\n\nparagraph that ends.\n---\n",
    "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n",
    "Text[^a] and again[^a].\n\n[^a]: first note\n\n[^a]: second note\n",
];

#[test]
fn every_word_is_on_the_page_or_in_a_finding() {
    let mut bodies: Vec<String> = SHAPES.iter().map(|shape| (*shape).to_owned()).collect();
    let examples = examples();
    if examples.is_empty() {
        not_tried("the examples of the parser's own tests are not where cargo unpacks it");
    } else {
        assert!(examples.len() > 500, "only {} examples were found", examples.len());
    }
    bodies.extend(examples);
    let lost = lost(&bodies, "");
    assert!(lost.is_empty(), "{} bodies lose words:\n{}", lost.len(), lost.join("\n---\n"));
}

#[test]
fn what_no_rule_tells_of_is_lost() {
    let row = ["| Head |\n|---|\n| cell | dropped |\n".to_owned()];
    assert_eq!(lost(&row, ""), [""; 0]);
    assert_eq!(lost(&row, ", lost-cell: off").len(), 1);
}

/// What is in the source of a body, and neither on its page nor in a finding at its line.
fn lost(bodies: &[String], rules: &str) -> Vec<String> {
    let settings = format!("standards: []\nrules: {{orphan-document: off{rules}}}\n");
    let mut files: Vec<(String, String)> = bodies.iter().enumerate().map(document).collect();
    files.push(("clausebook.yaml".to_owned(), settings));
    let sources =
        Sources::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    let today = Date::parse("2026-06-15").expect("a date");
    let mut session = Session::default();
    let compiled = compile::compile(Inputs::new(sources, today), &mut session);
    let findings = compile::check(&compiled, &mut session);
    compared(&compiled, &findings)
}

/// A document with a body.
fn document((number, body): (usize, &String)) -> (String, String) {
    let front = format!(
        "---\nid: D-{number:04}\ntitle: Titled\nkind: guideline\nversion: \"0.1\"\n\
         status: draft\nowner: office\nauthor: writer\n---\n\n"
    );
    (format!("policies/{number:04}.md"), front + body)
}

/// The same of a manual that was checked.
fn compared(compiled: &Manual, findings: &clausebook::check::Findings) -> Vec<String> {
    let manual = &compiled;
    let options = Options { drafts: true, ..Options::default() };
    let own = || findings;
    let visible = VisibleManual::new(manual, &options);
    let printer = Printer::new(&visible, &own).expect("no picture").expect("no faults");
    let mut all = Vec::new();
    for document in &manual.library.documents {
        let route = format!("documents/{}/index.html", document.id);
        let page = printer.page(&route).ok().flatten().expect("a page for each document");
        let shown = words(&unescaped(&String::from_utf8_lossy(&page.bytes)));
        let told = findings.standing.iter().filter(|one| one.at.file == document.file);
        let told: Vec<(usize, usize)> = told
            .flat_map(|one| std::iter::once(one.at).chain(one.labels.iter().map(|label| label.at)))
            .map(|at| {
                (line(&document.text, at.range().start), line(&document.text, at.range().end))
            })
            .collect();
        let first = line(&document.text, document.body_at.start);
        let body = &document.text[document.body_at.clone()];
        let missing: Vec<String> = plain(body)
            .lines()
            .enumerate()
            .flat_map(|(n, text)| {
                words(&unescaped(text)).into_iter().map(move |word| (n + first, word))
            })
            .filter(|(n, word)| {
                !shown.contains(word) && !told.iter().any(|(from, to)| from <= n && *n <= to + 1)
            })
            .map(|(_, word)| word)
            .collect();
        if !missing.is_empty() {
            all.push(format!("{missing:?} of\n{body}"));
        }
    }
    all
}

fn line(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count()
}

/// A body without what are no words: comments, the insides of tags, info strings of fences, names
/// of footnotes. Lines stay where they are.
fn plain(body: &str) -> String {
    let body = without_labels(body);
    let body = body.as_str();
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map(|at| at + 3)
        } else if let Some(raw) = ["script", "style"].iter().find(|raw| tag[1..].starts_with(**raw))
        {
            Some(tag.find(&format!("</{raw}")).unwrap_or(tag.len()))
        } else if tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            tag_end(tag)
        } else {
            Some(1)
        };
        let end = end.unwrap_or(1);
        out.extend(tag[..end].chars().filter(|c| *c == '\n'));
        out.push(' ');
        rest = &tag[end..];
    }
    out.push_str(rest);
    // A definition goes on to the next blank line, with its address and its title.
    let mut in_definition = false;
    let lines = out.split('\n').map(|line| {
        let bare = line.trim_start_matches(|c: char| " >-*.)\t".contains(c) || c.is_ascii_digit());
        in_definition = !bare.is_empty()
            && (in_definition
                || (bare.starts_with('[') && (bare.contains("]:") || !bare.contains(']'))));
        let is_fence = bare.starts_with("```") || bare.starts_with("~~~");
        if is_fence || in_definition { "" } else { bare }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match quote {
            Some(open) if open == letter => quote = None,
            Some(_) => {}
            None if letter == '>' => return Some(at + 1),
            None => quote = matches!(letter, '"' | '\'').then_some(letter),
        }
    }
    None
}

/// A body without the names of footnotes, of what links refer to and of alerts, and without titles
/// of links: a page shows none of them.
fn without_labels(body: &str) -> String {
    let mut out = body.to_owned();
    for (open, close) in [("[^", "]"), ("[!", "]"), ("][", "]"), (" \"", "\")")] {
        let mut parts = out.split(open);
        let mut kept = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once(close) {
                Some((label, rest)) if !label.contains("\n\n") => {
                    kept.push(' ');
                    kept.extend(label.chars().filter(|c| *c == '\n'));
                    kept.push_str(rest);
                }
                _ => {
                    kept.push_str(open);
                    kept.push_str(part);
                }
            }
        }
        out = kept;
    }
    out
}

/// Words, however they are put together: letters and digits in a row.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// A text whose character references are the characters; names that are not known go, as they do
/// when a browser shows them.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let end = tail.find(';').filter(|end| {
            *end > 1
                && *end < 32
                && tail[..*end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        });
        if let Some(end) = end {
            out.push(' ');
            rest = &tail[end + 1..];
        } else {
            out.push('&');
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

/// The examples that the tests of the parser carry, where they can be found.
fn examples() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    let Some(home) = home else { return Vec::new() };
    let entries = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let crates = entries(home.join("registry/src")).flat_map(|index| entries(index.path()));
    let parser = crates
        .map(|one| one.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with("pulldown-cmark-0.")
        })
        .max();
    let suite = parser.map(|path| path.join("tests/suite"));
    let files = [
        "spec.rs",
        "gfm_table.rs",
        "gfm_tasklist.rs",
        "gfm_strikethrough.rs",
        "table.rs",
        "footnotes.rs",
    ];
    let read = |name| std::fs::read_to_string(suite.clone()?.join(name)).ok();
    let texts = files.into_iter().filter_map(read);
    texts.flat_map(|text| originals(&text)).collect()
}

/// The sources of the examples in a file of tests.
fn originals(text: &str) -> Vec<String> {
    let parts = text.split("let original = r##\"").skip(1);
    parts.filter_map(|part| part.split_once("\"##").map(|(source, _)| source.to_owned())).collect()
}
