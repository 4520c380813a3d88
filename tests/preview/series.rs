//! Whatever is done to the files, and in whatever order: what the preview shows is what a fresh
//! build would, byte for byte, and so are the findings.
//!
//! A series is a manual on disk and some edits of it, drawn from a seed. After each edit every
//! route is printed twice: from the state that has lived through all edits, and from one that
//! knows nothing but the disk. A few series are run with all other tests, a thousand in CI:
//! `CLAUSEBOOK_SERIES=0..1000`. `CLAUSEBOOK_SERIES=17` runs one, which a failure names.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clausebook::model::value::Date;
use clausebook::render::Options;
use rayon::prelude::*;

use crate::live::{self, Live, State};

/// What a clause asks for: a topic of its documents, and a record.
const TOPICS: &str = "topics: [{topic: seeds, asks: Say which seeds., aliases: [sowing]}]\n";
const ASKED: &str = "topics: [{topic: seeds, asks: Say which seeds.}]\n\
    items: [{item: log, name: Log, information: retain, obligation: explicit, kinds: [register], \
    names: [log]}]\n";

/// Which series are tried unless told, and how many edits each has.
const SERIES: std::ops::Range<u64> = 0..40;
const EDITS: usize = 5;

#[test]
fn edits_in_any_order_show_what_a_fresh_build_would() {
    let chosen = std::env::var("CLAUSEBOOK_SERIES").unwrap_or_default();
    let range = match chosen.split_once("..") {
        Some((from, to)) => from.parse().expect("a number")..to.parse().expect("a number"),
        None => chosen.parse().map_or(SERIES, |one: u64| one..one + 1),
    };
    let wrong: Vec<String> = range.into_par_iter().filter_map(|seed| series(seed).err()).collect();
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} series differ; the first:\n{}", wrong[0]);
}

/// One series; the answer tells the edits and the first difference, if there is one.
fn series(seed: u64) -> Result<(), String> {
    let mut hand = Hand::new(seed);
    let today = Date::parse("2026-06-15").expect("a date");
    let options = Options { drafts: hand.dice(4) > 0, ..Options::default() };
    let mut live = Live::new(hand.root(), today);
    let mut told = format!("series {seed}:\n");
    for _ in 0..=EDITS {
        let (lived, fresh) = (live.state(&options), live::fresh(hand.root(), today, &options));
        if let Some(difference) = difference(&lived, &fresh) {
            return Err(format!("{told}{difference}"));
        }
        let _ = writeln!(told, "  {}", hand.edit());
        // Some edits come in pairs, before anybody looks.
        if hand.dice(4) == 0 {
            let _ = writeln!(told, "  {}", hand.edit());
        }
    }
    Ok(())
}

fn difference(lived: &State, fresh: &State) -> Option<String> {
    if lived.findings != fresh.findings {
        let lines = |state: &State| state.findings.lines().map(str::to_owned).collect::<Vec<_>>();
        let (lived, fresh) = (lines(lived), lines(fresh));
        let at = lived.iter().zip(&fresh).take_while(|(a, b)| a == b).count();
        return Some(format!(
            "findings differ\n  lived: {:?}\n  fresh: {:?}",
            lived.get(at),
            fresh.get(at)
        ));
    }
    let routes = lived.pages.keys().chain(fresh.pages.keys());
    let differing = |route: &&String| lived.pages.get(*route) != fresh.pages.get(*route);
    let route = routes.clone().find(differing)?;
    let show = |pages: &BTreeMap<String, Vec<u8>>| {
        pages.get(route).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let (lived, fresh) = (show(&lived.pages), show(&fresh.pages));
    let (a, b) = (lived.unwrap_or("(none)".into()), fresh.unwrap_or("(none)".into()));
    let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    Some(format!("{route} differs\n  {line:?}"))
}

/// The hand that edits: a generator of numbers, and the folder of the manual.
struct Hand {
    state: u64,
    folder: tempfile::TempDir,
    /// Numbers given to documents so far.
    given: usize,
}

impl Hand {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut hand =
            Hand { state: seed.wrapping_mul(0x9e37_79b9).wrapping_add(1), folder, given: 0 };
        hand.settings();
        for folder in ["policies", "policies/deep", "processes"] {
            hand.write(
                &format!("{folder}/picture.svg"),
                b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            );
            hand.document(folder);
        }
        hand.document("policies");
        hand
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The next number of the series (`SplitMix64`).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn dice(&mut self, sides: usize) -> usize {
        usize::try_from(self.next() % sides as u64).expect("small")
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.dice(words.len())]
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    /// All files below some folders, or all documents.
    fn files(&self, is: impl Fn(&str) -> bool) -> Vec<PathBuf> {
        let found = walkdir::WalkDir::new(self.root()).sort_by_file_name().into_iter().flatten();
        let found = found.filter(|entry| entry.file_type().is_file());
        found.map(walkdir::DirEntry::into_path).filter(|path| is(&self.shown(path))).collect()
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.root()).expect("below").to_string_lossy().replace('\\', "/")
    }

    /// One of the documents.
    fn one(&mut self) -> Option<PathBuf> {
        let all = self.files(|path| path.ends_with(".md"));
        let place = self.dice(all.len().max(1));
        all.get(place).cloned()
    }

    fn settings(&mut self) {
        let name = self.pick(&["Example Ltd", "Other Ltd", "\"Third: Ltd\""]);
        let standards = self.pick(&["[]", "[tiny-1]", "[tiny-1]", "[none-1]"]);
        let rules =
            self.pick(&["{}", "{orphan-document: off}", "{dangling-link: note}", "{nonsense: 7}"]);
        let content = self.pick(&[
            "",
            "",
            "content: [policies]\n",
            "content: [policies, processes, extra]\n",
        ]);
        let theme = self.pick(&["", "", "site: {title: Handbook}\n", "site: {theme: ours}\n"]);
        let text = format!(
            "organization: {{name: {name}}}\nstandards: {standards}\nrules: {rules}\n{content}{theme}"
        );
        self.write("clausebook.yaml", text.as_bytes());
        self.standard();
    }

    fn standard(&mut self) {
        let title = self.pick(&["A tiny standard", "A small standard"]);
        let text = format!("standard: tiny-1\ntitle: {title}\n");
        self.write("schema/tiny-1/standard.yaml", text.as_bytes());
        let third = self.pick(&["", "  - {number: \"1.3\", title: Three, parent: \"1\", role: requirement, summary: Three.}\n"]);
        let text = format!(
            "clauses:\n  - {{number: \"1\", title: One, role: heading, summary: All.}}\n  \
             - {{number: \"1.1\", title: First, parent: \"1\", role: requirement, summary: First.}}\n  \
             - {{number: \"1.2\", title: Second, parent: \"1\", role: requirement, summary: Second.}}\n\
             {third}"
        );
        self.write("schema/tiny-1/catalogue.yaml", text.as_bytes());
        let asked = self.pick(&["", TOPICS, ASKED]);
        self.write(
            "schema/tiny-1/clauses/1.1.yaml",
            format!("clause: \"1.1\"\n{asked}").as_bytes(),
        );
    }

    fn document(&mut self, folder: &str) -> String {
        self.given += 1;
        let path = format!("{folder}/doc-{}.md", self.given);
        let id = if self.dice(6) == 0 { self.given.saturating_sub(1) } else { self.given };
        let text = self.text(id);
        self.write(&path, text.as_bytes());
        path
    }

    /// A document: front matter and body, more or less right.
    fn text(&mut self, number: usize) -> String {
        let kind = self.pick(&["policy", "process", "guideline", "register", "plan"]);
        let title = self.pick(&["Incidents", "Changes", "Words", "Ärger & \\\"Lob\\\""]);
        let status =
            self.pick(&["draft", "approved", "approved", "in-review", "withdrawn", "nonsense"]);
        let clause = self.pick(&["1.1", "1.2", "1.3", "9.9"]);
        let other = self.dice(self.given + 2);
        let (topic, record) =
            (self.pick(&["1.1", "1.2", "1.3"]), self.pick(&["Log", "Log of seeds", "Book"]));
        let more = match self.dice(7) {
            0 => format!("supersedes: DOC-{other:03}\n"),
            1 => format!("related: [DOC-{other:03}]\n"),
            2 => "roles:\n  - {id: process-office, title: Process office, holder: A. Example}\n"
                .into(),
            3 => "terms:\n  - {term: Incident, definition: Something broke.}\n".into(),
            5 => format!(
                "records: [{{name: {record}, clause: \"{topic}\", held_in: Tool, retention: 3 years, \
                 owner: process-office}}]\n"
            ),
            4 => "kpis:\n  - {id: k1, name: Speed, target: \"< 4 h\", measure: tool}\n".into(),
            _ => String::new(),
        };
        let body = self.body();
        format!(
            "---\nid: DOC-{number:03}\ntitle: \"{title} {number}\"\nkind: {kind}\nversion: \"1.0\"\n\
             status: {status}\nclassification: internal\nowner: process-office\n\
             approved: {{by: A. Example, on: 2026-01-0{day}}}\neffective: 2026-01-1{day}\n\
             review: {{every: 12 months, last: {{on: 2025-0{day}-01, by: A. Example}}}}\n\
             clauses: [\"{clause}\"]\n{more}---\n\n# {title} {number}\n\n{body}",
            day = 1 + self.dice(9)
        )
    }

    fn body(&mut self) -> String {
        let mut body = String::from("## Purpose\n\n");
        for _ in 0..=self.dice(4) {
            let other = self.dice(self.given + 2);
            let piece = match self.dice(13) {
                0 => format!("See [[DOC-{other:03}]] and [[DOC-{other:03}#purpose]].\n"),
                1 => format!("See [the other](doc-{other}.md#purpose), [gone](gone.md).\n"),
                2 => "![A picture](picture.svg)\n".into(),
                3 => {
                    "## Steps\n\n| Activity | Process office |\n|---|---|\n| Do it | A/R |\n".into()
                }
                4 => "The term Incident; {{ organization.name }}, {{ nothing }}.\n".into(),
                5 => "## Purpose\n\nTwice. TBD: [decision].\n".into(),
                6 => "```mermaid\nflowchart TD\n  a --> b\n```\n".into(),
                9 => "## Seeds\n\nSunflower, hemp, millet, oats and flax.\n".into(),
                10 => format!(
                    "## About {other} {{covers=seeds}}\n\nThey are sown in rows of {other}.\n"
                ),
                11 => format!("### Deeper {other}\n\n1. One step of many.\n2. Another step.\n"),
                7 => "<b>raw</b> <script>no</script>\n".into(),
                8 => format!(
                    "See [[Incidents {other}]], [[words {other}#steps]], [[doc-{other:03}]], [[#steps]].\n"
                ),
                _ => format!("Plain words {other}, näher.\n"),
            };
            body.push_str(&piece);
            body.push('\n');
        }
        body
    }

    /// Does something to the files, and says what.
    fn edit(&mut self) -> String {
        match self.dice(18) {
            0 | 1 => self.save_body(),
            2 => self.save_whole(),
            3 => self.save_letter(),
            4 => self.save_atomically(),
            5 => self.cut(),
            6 => self.rename(),
            7 => self.move_away(),
            8 => self.delete(),
            9 => {
                let folder = self.pick(&["policies", "processes/new", "extra", "policies/deep"]);
                format!("new {}", self.document(folder))
            }
            10 => self.rename_folder(),
            11 => self.many(),
            12 => self.theme(),
            13 => {
                self.standard();
                let part = self.pick(&["1.1", "1.2"]);
                let text = self.pick(&["", "clause: [\n", "summary: Do it.\n", ASKED, TOPICS]);
                let text = format!("clause: \"{part}\"\n{text}");
                self.write(&format!("schema/tiny-1/clauses/{part}.yaml"), text.as_bytes());
                format!("schema, clause {part}")
            }
            14 => {
                self.settings();
                "settings".into()
            }
            15 => {
                let text =
                    self.pick(&["organization: [\n", "", "\u{feff}standards: []\n", "- a\n"]);
                self.write("clausebook.yaml", text.as_bytes());
                format!("settings {text:?}")
            }
            16 => self.picture(),
            _ => self.mend(),
        }
    }

    fn save_body(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let bytes = std::fs::read(&path).expect("a file");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let head = text.split("\n# ").next().unwrap_or_default().to_owned();
        let body = self.body();
        std::fs::write(&path, format!("{head}\n# Heading\n\n{body}")).expect("a file");
        format!("body of {}", self.shown(&path))
    }

    fn save_whole(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let number = self.dice(self.given + 1);
        let text = self.text(number);
        std::fs::write(&path, text).expect("a file");
        format!("{} becomes DOC-{number:03}", self.shown(&path))
    }

    /// Another letter, the same length: nothing but the bytes tells.
    fn save_letter(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let mut bytes = std::fs::read(&path).expect("a file");
        let letters: Vec<usize> =
            (0..bytes.len()).filter(|at| bytes[*at].is_ascii_lowercase()).collect();
        if letters.is_empty() {
            return "nothing".into();
        }
        let at = letters[self.dice(letters.len())];
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        std::fs::write(&path, bytes).expect("a file");
        format!("letter {at} of {}", self.shown(&path))
    }

    fn save_atomically(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let number = self.dice(self.given + 1);
        let text = self.text(number);
        let beside = path.with_extension("md.tmp");
        std::fs::write(&beside, text).expect("a file");
        std::fs::rename(&beside, &path).expect("renamed");
        format!("{} is exchanged", self.shown(&path))
    }

    fn cut(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let bytes = std::fs::read(&path).expect("a file");
        let length = self.dice(bytes.len() + 1);
        std::fs::write(&path, &bytes[..length]).expect("a file");
        format!("{} is cut to {length} bytes", self.shown(&path))
    }

    fn rename(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let name = format!("{}-{}.md", self.pick(&["a", "doc", "z"]), self.dice(9));
        std::fs::rename(&path, path.with_file_name(&name)).expect("renamed");
        format!("{} becomes {name}", self.shown(&path))
    }

    fn move_away(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        let folder = self.pick(&["policies", "processes", "processes/other", "extra"]);
        let there = self.root().join(folder);
        std::fs::create_dir_all(&there).expect("a folder");
        std::fs::rename(&path, there.join(path.file_name().expect("a name"))).expect("moved");
        format!("{} moves to {folder}", self.shown(&path))
    }

    fn delete(&mut self) -> String {
        let Some(path) = self.one() else { return "nothing".into() };
        std::fs::remove_file(&path).expect("removed");
        format!("{} goes", self.shown(&path))
    }

    fn rename_folder(&mut self) -> String {
        let (from, to) = [
            ("policies/deep", "policies/deeper"),
            ("policies/deeper", "processes/deep"),
            ("processes", "policies/processes"),
            ("policies/processes", "processes"),
            ("policies", "away"),
            ("away", "policies"),
        ][self.dice(6)];
        let (from, to) = (self.root().join(from), self.root().join(to));
        std::fs::create_dir_all(to.parent().expect("a folder above")).expect("a folder");
        match std::fs::rename(&from, &to) {
            Ok(()) => format!("folder {} becomes {}", self.shown(&from), self.shown(&to)),
            Err(_) => "no folder".into(),
        }
    }

    /// Many files at once, as a checkout changes them.
    fn many(&mut self) -> String {
        let all = self.files(|path| path.ends_with(".md"));
        for (number, path) in all.iter().enumerate() {
            match self.dice(4) {
                0 => std::fs::remove_file(path).expect("removed"),
                1 => {}
                _ => {
                    let text = self.text(number);
                    std::fs::write(path, text).expect("a file");
                }
            }
        }
        self.document("policies");
        "many at once".into()
    }

    fn theme(&mut self) -> String {
        let name = self.pick(&["default", "default", "ours"]);
        let file = self.pick(&[
            "templates/missing.html",
            "templates/document.html",
            "assets/style.css",
            "assets/new.png",
        ]);
        let path = format!("themes/{name}/{file}");
        if self.dice(3) == 0 {
            let removed = std::fs::remove_file(self.root().join(&path)).is_ok();
            return format!("{path} goes ({removed})");
        }
        let text = match self.dice(4) {
            0 => "{% if %}".to_owned(),
            1 => "<main>{{ page.title }} {{ nothing.at.all }}</main>\n".to_owned(),
            other => format!("<main>{{{{ page.title }}}} {other} {}</main>\n", self.dice(9)),
        };
        self.write(&path, text.as_bytes());
        format!("{path} is {text:?}")
    }

    fn picture(&mut self) -> String {
        let all = self.files(|path| path.ends_with(".svg"));
        let letter = self.dice(9);
        let Some(path) = all.get(self.dice(all.len().max(1))) else { return "nothing".into() };
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'><g id='a{letter}'/></svg>");
        std::fs::write(path, text).expect("a file");
        format!("picture {}", self.shown(path))
    }

    /// Whatever was broken is made right.
    fn mend(&mut self) -> String {
        let all = self.files(|path| path.ends_with(".md"));
        for (number, path) in all.iter().enumerate() {
            let text = std::fs::read(path).expect("a file");
            if !text.starts_with(b"---\nid: DOC") {
                let text = self.text(number);
                std::fs::write(path, text).expect("a file");
            }
        }
        let _ = std::fs::remove_dir_all(self.root().join("themes"));
        self.settings();
        "everything is mended".into()
    }
}
