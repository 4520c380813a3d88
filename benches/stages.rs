//! Each station alone, and the whole: `cargo bench --bench stages`.
//!
//! Manuals are made in memory and so no figure has the disk in it, but for those of `disk`.

#[path = "corpus/mod.rs"]
mod made_up;

use std::sync::Arc;

use clausebook::check::{self, Check, Findings};
use clausebook::compile::{self, Inputs, Session};
use clausebook::coverage::Coverage;
use clausebook::graph::LinkGraph;
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::model::{self, DocumentMemo};
use clausebook::parse;
use clausebook::render::site::Pages as _;
use clausebook::render::visibility::VisibleManual;
use clausebook::render::{Options, Printer};
use clausebook::source::Sources;
use divan::{Bencher, black_box};
use made_up::Shape;

#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 2] = [100, 1000];

fn main() {
    divan::main();
}

fn sources(count: usize, shape: Shape) -> Sources {
    let files = made_up::manual(count, shape);
    Sources::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))
}

fn inputs(sources: &Sources) -> Inputs {
    let today = Date::parse("2026-06-15").expect("a date");
    Inputs::new(sources.clone(), today)
}

fn compiled(count: usize, shape: Shape) -> (Manual, Findings) {
    let mut session = Session::default();
    let compiled = compile::compile(inputs(&sources(count, shape)), &mut session);
    let findings = compile::check(&compiled, &mut session);
    (compiled, findings)
}

/// Files to parsed documents.
#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher<'_, '_>, count: usize) {
    let sources = sources(count, Shape::Even);
    bencher.bench(|| {
        sources.files.iter().map(parse::parse).filter(parse::Parsed::has_front_matter).count()
    });
}

/// Files to the library.
#[divan::bench(args = SIZES)]
fn library(bencher: Bencher<'_, '_>, count: usize) {
    let sources = sources(count, Shape::Even);
    let settings = model::settings(&sources);
    bencher.bench(|| model::library(&sources, &settings.checked, &mut DocumentMemo::default()));
}

/// All links followed.
#[divan::bench(args = SIZES)]
fn graph(bencher: Bencher<'_, '_>, count: usize) {
    let (compiled, _) = compiled(count, Shape::Even);
    bencher.bench(|| LinkGraph::new(&compiled.library, &compiled.link_targets));
}

/// Every clause surveyed.
#[divan::bench(args = SIZES)]
fn coverage(bencher: Bencher<'_, '_>, count: usize) {
    let (compiled, _) = compiled(count, Shape::Even);
    let Manual { library, standards, settings, today, .. } = &compiled;
    bencher.bench(|| Coverage::new(library, standards, &settings.checked.value, *today));
}

/// One rule over the whole library.
#[divan::bench(args = ["weak-wording", "dangling-link", "missing-topic"])]
fn rule(bencher: Bencher<'_, '_>, code: &str) {
    let (compiled, _) = compiled(1000, Shape::Even);
    let manual = &compiled;
    let rule = check::rule(code).expect("a rule of this name");
    bencher.bench(|| {
        let mut found = Vec::new();
        match rule.check() {
            Check::Manual(run) => run(manual, &mut found),
            Check::Document(run) => {
                let scene = check::Scene { settings: manual.settings(), today: manual.today };
                for document in &manual.library.documents {
                    run(document, &scene, &mut found);
                }
            }
            Check::Elsewhere => {}
        }
        found
    });
}

/// `check` from files in memory to judged findings.
#[divan::bench(args = SIZES)]
fn check_all(bencher: Bencher<'_, '_>, count: usize) {
    let sources = sources(count, Shape::Even);
    bencher.bench(|| {
        let mut session = Session::default();
        let compiled = compile::compile(inputs(&sources), &mut session);
        compile::check(&compiled, &mut session)
    });
}

/// Adds a line to the last document.
fn edit(sources: &mut Sources, number: usize) {
    let file = sources.files.last_mut().expect("a document");
    file.text = Arc::from(format!("{}\nEdit {number}.\n", file.text.trim_end()));
}

/// The same manual again, with one document changed: what the preview does on each save.
#[divan::bench(args = [100, 1000, 10_000])]
fn check_again(bencher: Bencher<'_, '_>, count: usize) {
    let mut session = Session::default();
    let mut sources = sources(count, Shape::Even);
    let mut edits = 0;
    bencher.bench_local(|| {
        edits += 1;
        edit(&mut sources, edits);
        let compiled = compile::compile(inputs(&sources), &mut session);
        let findings = compile::check(&compiled, &mut session);
        (compiled, findings)
    });
}

/// Start-up: a manual that holds nothing.
#[divan::bench]
fn check_empty() -> Findings {
    let (compiled, findings) = compiled(0, Shape::Even);
    black_box(compiled);
    findings
}

/// The same up to the first page: what an author waits for.
#[divan::bench(args = [100, 1000, 10_000])]
fn page_again(bencher: Bencher<'_, '_>, count: usize) {
    let (mut session, options) = (Session::default(), Options::default());
    let mut sources = sources(count, Shape::Even);
    let mut edits = 0;
    bencher.bench_local(|| {
        edits += 1;
        edit(&mut sources, edits);
        let compiled = compile::compile(inputs(&sources), &mut session);
        let (manual, findings) = (&compiled, Findings::default());
        let found = || &findings;
        let visible = VisibleManual::new(manual, &options);
        let printer = Printer::new(&visible, &found).expect("plain facts");
        let Ok(printer) = printer else { unreachable!("the built-in theme has no faults") };
        printer.page("documents/PLN-00100/index.html").expect("a page").expect("a document")
    });
}

/// The search index.
#[divan::bench(args = SIZES)]
fn search_index(bencher: Bencher<'_, '_>, count: usize) {
    let (compiled, findings) = compiled(count, Shape::Even);
    let (manual, options) = (&compiled, Options::default());
    bencher.bench(|| {
        let found = || &findings;
        let visible = VisibleManual::new(manual, &options);
        let printer = Printer::new(&visible, &found).expect("plain facts");
        let Ok(printer) = printer else { unreachable!("the built-in theme has no faults") };
        printer.page("search/meta.js").expect("an index")
    });
}

/// Every page printed and dropped.
#[divan::bench(args = SIZES)]
fn print(bencher: Bencher<'_, '_>, count: usize) {
    let (compiled, findings) = compiled(count, Shape::Even);
    print_all(bencher, &compiled, &findings);
}

/// Other shapes, from files to printed pages: ten documents of 2 MB, folders twenty deep, and one
/// document to which all others link.
#[divan::bench(args = [(Shape::Huge, 10), (Shape::Deep, 1000), (Shape::Star, 1000)])]
fn shapes(bencher: Bencher<'_, '_>, (shape, count): (Shape, usize)) {
    let (compiled, findings) = compiled(count, shape);
    print_all(bencher, &compiled, &findings);
}

fn print_all(bencher: Bencher<'_, '_>, compiled: &Manual, findings: &Findings) {
    let (manual, options) = (&compiled, Options::default());
    bencher.bench(|| {
        let found = || findings;
        let visible = VisibleManual::new(manual, &options);
        let printer = Printer::new(&visible, &found).expect("plain facts");
        let Ok(printer) = printer else { unreachable!("the built-in theme has no faults") };
        let routes = printer.routes();
        routes.iter().filter(|route| printer.page(route).expect("a page").is_some()).count()
    });
}
