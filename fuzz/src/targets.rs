//! What the fuzzing targets do with any bytes: read them as one part of a manual, and hold the
//! promises of the program against what comes out.
//!
//! Ordinary functions, so that `cargo test` runs the kept inputs through them on stable Rust
//! (`tests/robust/kept.rs`); libFuzzer calls the same ones.

use std::cell::RefCell;

use clausebook::check::{Denied, Findings};
use clausebook::compile::{self, Inputs, Session};
use clausebook::diag::Diagnostic;
use clausebook::draw::picture::{self, names};
use clausebook::manual::Manual;
use clausebook::model;
use clausebook::model::settings::Settings;
use clausebook::model::value::Date;
use clausebook::render::{self, Options};
use clausebook::report::{Extent, Format, Report, Stand};
use clausebook::serve;
use clausebook::source::Sources;

/// A target: its name, which is that of its folder of kept inputs, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 9] = [
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("links", links),
    ("raci", raci),
    ("clause_schema", clause_schema),
    ("settings", settings),
    ("serve", serve),
    ("picture", picture),
    ("site", site),
];

const SETTINGS: &[u8] = b"organization: {name: Example Ltd}\nstandards: []\n";

/// Front matter without the line that closes it.
const FRONT: &str = "---\nid: PRC-INC-01\ntitle: Incidents\nkind: process\nversion: \"1.0\"\n\
    status: draft\nclassification: internal\nowner: incident-manager\nreview: {every: 12 months}\n";

const REGISTER: &[u8] = b"---\nid: REG-ROL-01\ntitle: Roles\nkind: register\nversion: \"0.1\"\n\
    status: draft\nclassification: internal\nowner: incident-manager\nroles:\n\
    - {id: incident-manager, title: Incident manager}\n\
    - {id: service-desk, title: Service desk, held_by: [Ann]}\n\
    terms:\n- {term: incident, definition: An interruption}\n---\n\n# Roles\n\n## List\n\nBoth.\n";

/// A whole document, front matter first.
pub fn front_matter(bytes: &[u8]) {
    look(&[("clausebook.yaml", SETTINGS), ("policies/a.md", bytes), ("policies/r.md", REGISTER)]);
}

/// The body of a document, through to the HTML of its page.
pub fn markdown(bytes: &[u8]) {
    let document = [FRONT.as_bytes(), b"---\n", bytes].concat();
    look(&[("clausebook.yaml", SETTINGS), ("policies/a.md", &document)]);
}

/// The target of a link, in each of the places where one can stand; one a line.
pub fn links(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut front = format!("{FRONT}related:\n");
    let mut body = "# Incidents\n\n## Steps\n\n".to_owned();
    for line in text.lines().take(20) {
        let item = format!("- {line:?}\n");
        front.push_str(&item);
        let all = format!("[a](<{line}>) [b]({line}) [[{line}]] [[{line}|c]] ![d](<{line}>)\n");
        body.push_str(&all);
    }
    let document = format!("{front}---\n\n{body}");
    look(&[
        ("clausebook.yaml", SETTINGS),
        ("policies/sub/a.md", document.as_bytes()),
        ("policies/r.md", REGISTER),
        ("policies/p.png", b"\x89PNG"),
    ]);
}

/// The rows of a matrix of responsibilities.
pub fn raci(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let document = format!(
        "{FRONT}---\n\n# Incidents\n\n## RACI\n\n| Activity | Incident manager | Service desk | Next |\n\
         |---|---|---|---|\n{text}\n"
    );
    look(&[
        ("clausebook.yaml", SETTINGS),
        ("policies/a.md", document.as_bytes()),
        ("policies/r.md", REGISTER),
    ]);
}

/// The file of a clause, with a document that claims the clause.
pub fn clause_schema(bytes: &[u8]) {
    const CATALOGUE: &[u8] = b"clauses:\n- {number: \"1\", title: One, role: heading, summary: S}\n\
        - {number: \"1.1\", title: Two, parent: \"1\", role: requirement, summary: S, information: maintain}\n";
    let document = format!(
        "{FRONT}clauses: [\"1.1\"]\nkpis:\n- {{id: K, name: N, target: \">= 9\"}}\n\
         records:\n- {{name: Log, retention: 2 years}}\n---\n\n# Incidents\n\n## Recording\n\n\
         All of them, in the tool, at once.\n\n## Closure\n\nBy the caller.\n"
    );
    look(&[
        ("clausebook.yaml", b"organization: {name: Example Ltd}\nstandards: [own]\n"),
        ("policies/a.md", document.as_bytes()),
        ("schema/own/catalogue.yaml", CATALOGUE),
        ("schema/own/clauses/1.1.yaml", bytes),
        ("schema/own/standard.yaml", b"standard: own\ntitle: Our own\n"),
    ]);
}

/// `clausebook.yaml`.
///
/// Settings that cannot be read, and those that name no standard, stand for the built-in one. To
/// read that takes a hundred times as long as everything else here and depends on nothing in the
/// input, so all inputs that stand for it share a session, which reads it once.
pub fn settings(bytes: &[u8]) {
    thread_local! {
        static BUILT_IN: RefCell<Session> = RefCell::default();
    }
    let document =
        format!("{FRONT}---\n\n# Incidents\n\n## Purpose\n\nOf {{{{ organization.name }}}}.\n");
    let files = [("clausebook.yaml", bytes), ("policies/a.md", document.as_bytes())];
    let settings = model::settings(&Sources::from_memory(files));
    let is_built_in = settings.checked.value.standards() == Settings::default().standards();
    if is_built_in {
        BUILT_IN.with_borrow_mut(|session| look_in(session, &files));
    } else {
        look(&files);
    }
}

/// What a browser asks the preview for: what becomes of it never leads out of the site, and has an
/// address that leads to it.
pub fn serve(bytes: &[u8]) {
    let target = String::from_utf8_lossy(bytes);
    let Some(route) = serve::route(&target) else { return };
    for part in route.split('/') {
        assert!(!matches!(part, "" | "." | ".."), "{route:?}");
        assert!(!part.contains(|c: char| c == '\\' || c.is_control()), "{route:?}");
    }
    let address = serve::address(&route);
    assert!(address.is_ascii(), "{address:?}");
    assert_eq!(serve::route(&address).as_deref(), Some(route.as_str()));
}

/// An SVG picture: what is written for it has nothing in it that is not allowed, and is written the
/// same when it is read again.
pub fn picture(bytes: &[u8]) {
    let Ok(written) = picture::clean(bytes) else { return };
    let svg = &written.svg;
    for tag in svg.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
        let name = name.unwrap_or_default();
        let is_allowed = names::ELEMENTS.contains(&name) || names::HTML.contains(&name);
        assert!(is_allowed, "<{name} in {svg}");
    }
    let small = svg.to_ascii_lowercase();
    for never in
        [" on", "href=\"http", "href=\"//", "javascript:", "@import", "url(http", "<script"]
    {
        // Links are a reader's choice, and words of texts are words.
        let found = small.match_indices(never).any(|(at, _)| {
            let tag =
                small[..at].rfind(['<', '>']).is_some_and(|open| small.as_bytes()[open] == b'<');
            let element = small[..at].rsplit('<').next().unwrap_or_default();
            let value = element.matches('"').count() % 2 == 1;
            let is_link = element.starts_with("a ") && never.starts_with("href");
            tag && !value
                && !is_link
                && (never != " on"
                    || small[at + 3..].split(['=', ' ', '>']).next().is_some_and(|name| {
                        !name.is_empty() && small[at + 3 + name.len()..].starts_with('=')
                    }))
        });
        assert!(!found, "{never} in {svg}");
    }
    let again = picture::clean(svg.as_bytes()).expect("what is written can be read");
    assert_eq!(&again.svg, svg, "written again it is another");
    assert!(again.left_out.is_empty(), "{:?} in {svg}", again.left_out);
}

/// A whole manual, file after file with lines `=== path` between them, through to every page of its
/// site, within bounds of time and size that a hostile one must not pass.
pub fn site(bytes: &[u8]) {
    /// A thousand times what a small manual takes.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
    /// The largest site of so few bytes: the pages of the program itself are most of it.
    const LARGEST: usize = 64 << 20;
    let bytes = &bytes[..bytes.len().min(64 << 10)];
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let path = line.strip_prefix(b"=== ").and_then(|path| std::str::from_utf8(path).ok());
        match path.map(str::trim).filter(|path| !path.is_empty()) {
            Some(path) if files.iter().all(|(other, _)| other != path) => {
                files.push((path.to_owned(), Vec::new()));
            }
            _ => match files.last_mut() {
                Some((_, text)) => text.extend_from_slice(line),
                None => files.push(("policies/a.md".to_owned(), line.to_vec())),
            },
        }
    }
    let begun = std::time::Instant::now();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_slice())).collect();
    let today = Date::parse("2026-06-15").expect("a day");
    let mut session = Session::default();
    let manual = compile::compile(Inputs::new(Sources::from_memory(files), today), &mut session);
    let findings = compile::check(&manual, &mut session);
    assert_places(&manual, &findings);
    let options = Options { drafts: true, ..Options::default() };
    let (site, _) = render::site(&manual, &findings, &options).expect("memory can be read");
    let size: usize = site.pages.values().map(|page| page.bytes.len()).sum();
    assert!(size <= LARGEST, "{size} bytes of {}", bytes.len());
    for route in site.pages.keys() {
        assert!(route.split('/').all(|part| !matches!(part, "" | "." | "..")), "{route:?}");
    }
    let took = begun.elapsed();
    assert!(took < PATIENCE, "{took:?} for {} bytes", bytes.len());
}

/// Reads a manual, shows its findings in every form, and makes the pages of its documents.
fn look(files: &[(&str, &[u8])]) {
    look_in(&mut Session::default(), files);
}

/// The same, with what is kept from the last manual.
fn look_in(session: &mut Session, files: &[(&str, &[u8])]) {
    let today = Date::parse("2026-06-15").expect("a day");
    let sources = Sources::from_memory(files.iter().copied());
    let compiled = compile::compile(Inputs::new(sources, today), session);
    let findings = compile::check(&compiled, session);
    assert_places(&compiled, &findings);
    show(&compiled, &findings);
    for drafts in [true, false] {
        let options = Options { drafts, ..Options::default() };
        let pages = render::unthemed::documents(&compiled, &options);
        for page in pages.expect("pages are values") {
            assert_harmless(&page.html);
        }
    }
}

/// Every finding stands inside its file, on the bounds of characters.
fn assert_places(compiled: &Manual, findings: &Findings) {
    for finding in &findings.standing {
        for at in finding.labels.iter().map(|label| label.at).chain([finding.at]) {
            let file = compiled.sources.file(at.file);
            assert!(file.text.get(at.range()).is_some(), "{finding:#?} in {:?}", file.text);
        }
    }
}

/// What an author wrote never becomes something that runs.
fn assert_harmless(page: &str) {
    let page = page.to_ascii_lowercase();
    for never in ["<script", "<iframe", "<object", "<embed", "href=\"javascript:", "<base"] {
        assert!(!page.contains(never), "{never} in {page}");
    }
}

/// Every form of report takes every finding.
fn show(compiled: &Manual, findings: &Findings) {
    let findings: Vec<&Diagnostic> = findings.standing.iter().collect();
    let report = Report {
        sources: &compiled.sources,
        findings: &findings,
        documents: &[],
        unpublished: &[],
        stand: &Stand::default(),
        colour: true,
        denied: Denied::default(),
        extent: Extent::WHOLE,
    };
    let mut formats =
        vec![Format::Human, Format::Short, Format::Json, Format::Github, Format::Junit];
    // SARIF holds the pages of all rules, which takes longer than everything else here and is
    // always the same: one input in eight has to do for it.
    if findings.iter().map(|finding| finding.message.len()).sum::<usize>() % 8 == 0 {
        formats.push(Format::Sarif);
    }
    let mut out = Vec::new();
    for format in formats {
        report.write(format, &mut out).expect("memory can be written to");
    }
    std::str::from_utf8(&out).expect("reports are UTF-8");
}
