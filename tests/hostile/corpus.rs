//! A manual that wants to run something in its readers' browsers, or to write where it must not.
//!
//! Every payload of `payloads.json` stands in every field of a document of its own: in the
//! templates beside this file `@@` is the payload, `##` its number and `~~` a status. `text/`
//! holds bodies that are hostile in themselves. Some files have hostile names; they are made here,
//! since not every system can hold them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Names of documents that are markup, template text, addresses and ways out.
const NAMES: [&str; 8] = [
    "\"><img src=x onerror=globalThis.__pwned=130>",
    "'onclick='globalThis.__pwned=131",
    "javascript:globalThis.__pwned=132",
    "{{ title | safe }}",
    "..%2f..%2fescape",
    "\u{202e}dm.live\u{2028}",
    "<script>globalThis.__pwned=133<",
    "&quot;&gt;&lt;b&gt; #hash?query%00",
];

/// The day for which it is built.
pub(crate) const DAY: &str = "2026-06-15";

/// The codes in the list of all rules, as `explain` prints it.
pub(crate) fn codes(list: &str) -> Vec<&str> {
    let words = list.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    words.collect()
}

/// The payloads, in order.
fn payloads() -> Vec<String> {
    serde_json::from_str(&read("payloads.json")).expect("a list of texts")
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(path);
    std::fs::read_to_string(path).expect("a part of the corpus")
}

/// Writes the manual to a folder. `rules` are the codes of all rules: the site must be safe
/// without them, so none of them stops the build.
pub(crate) fn write(folder: &Path, rules: &[&str]) {
    write_fields(folder, rules, &payloads());
    let write = |path: PathBuf, text: &str| put(folder, &path, text);
    let mut number = 100;
    let bodies = ["html", "markdown", "mermaid"].map(|name| read(&format!("text/{name}.md")));
    for (n, body) in bodies.iter().enumerate() {
        number += 1;
        write(format!("policies/body-{n}.md").into(), &document(number, body));
        // Paragraph by paragraph, too, since one may disarm what stands after it.
        for part in body.split("\n\n") {
            number += 1;
            write(format!("policies/part-{number}.md").into(), &document(number, part));
        }
    }
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"globalThis.__pwned=140\">\
        <script>globalThis.__pwned=141;alert(141)</script><image href=\"https://evil.example/s\"/>\
        <text>x</text></svg>";
    write("policies/pictures/evil.svg".into(), svg);
    write("policies/pictures/evil.html".into(), "<script>globalThis.__pwned=142</script>");
    write("policies/pictures/plain.png".into(), "\u{89}PNG");
    if cfg!(unix) {
        for name in NAMES {
            number += 1;
            let picture = format!("![p](<pictures/{name}.png>) ![q](<pictures/{name}.svg>)");
            let encoded = name.bytes().fold(String::new(), |mut out, byte| {
                let _ = write!(out, "%{byte:02x}");
                out
            });
            let body = format!("[[{name}]] {picture} ![r](pictures/{encoded}.svg)");
            write(format!("policies/{name}.md").into(), &document(number, &body));
            write(format!("policies/pictures/{name}.png").into(), "\u{89}PNG");
            write(format!("policies/pictures/{name}.svg").into(), svg);
        }
    }
}

/// Writes settings and, for each payload, documents of which every field holds it.
pub(crate) fn write_fields(folder: &Path, rules: &[&str], payloads: &[String]) {
    let every = quoted(&payloads.join(" "));
    let mut settings = read("clausebook.yaml").replace("@@", &every);
    settings.push_str("rules:\n");
    for rule in rules {
        let _ = writeln!(settings, "  {rule}: note");
    }
    put(folder, Path::new("clausebook.yaml"), &settings);
    for (n, payload) in payloads.iter().enumerate() {
        for (template, below) in
            [("process.md", "processes"), ("register.md", "policies"), ("scope.md", "policies")]
        {
            let text = filled(&read(template), n + 1, payload);
            put(folder, Path::new(&format!("{below}/{n:02}-{template}")), &text);
        }
    }
}

fn put(folder: &Path, path: &Path, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// A template with a payload in it: as a scalar in front matter, as it stands in the body.
fn filled(template: &str, number: usize, payload: &str) -> String {
    let status = ["approved", "draft", "in-review", "superseded"][number % 4];
    let template = template.replace("~~", status).replace("##", &format!("{number:02}"));
    let (front, body) = template.split_once("\n---\n").expect("front matter and a body");
    let line: String = payload.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{}\n---\n{}", front.replace("@@", &quoted(payload)), body.replace("@@", &line))
}

/// A document with a hostile body and nothing else to say against it.
fn document(number: usize, body: &str) -> String {
    format!(
        "---\nid: GDL-HOS-{number}\ntitle: Text {number}\nkind: guideline\nversion: \"1.0\"\n\
         status: approved\nclassification: public\nowner: hos-role-01\nauthor: x\n\
         approved: {{by: y, on: 2026-01-07}}\neffective: 2026-01-08\n\
         review: {{every: 12 months, last: 2026-01-07, reviewer: y, outcome: confirmed}}\n---\n\n\
         # Text {number}\n\n{body}\n"
    )
}

/// A scalar of YAML that is this text: a string of JSON is one.
fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).expect("text can be written");
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    json.chars().fold(String::new(), |mut out, c| {
        if odd(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}
