//! The preview in a browser: an open page follows the files without a click, keeps the reader's
//! place, and shows what is wrong where the author looks.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::site::{run, scratch};
use crate::tab::{Manner, Tab};

const DAY: &str = "2026-06-15";

/// A manual of drafts with its preview.
struct Preview {
    folder: PathBuf,
    process: Child,
    url: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    fn start(name: &str) -> Self {
        let folder = scratch(&format!("preview-{name}"));
        run(&folder, &["init", ".", "--name", "Example Ltd"]);
        let mut process = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["serve", "--port", "0", "--today", DAY])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let out = process.stdout.take().expect("its output");
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let url = lines.find_map(|line| {
            let at = line.find("http://")?;
            line[at..].split_whitespace().next().map(str::to_owned)
        });
        std::thread::spawn(move || lines.for_each(drop));
        Preview { folder, process, url: url.expect("it says where it is") }
    }

    /// The address of a document's page, and its file.
    fn document(&self, id: &str, path: &str) -> (String, PathBuf) {
        (format!("{}documents/{id}/", self.url), self.folder.join(path))
    }
}

/// Writes a file anew.
fn edit(path: &PathBuf, change: impl Fn(&str) -> String) {
    let text = std::fs::read_to_string(path).expect("a document");
    let changed = change(&text);
    assert_ne!(text, changed, "nothing was changed");
    std::fs::write(path, changed).expect("saved");
}

const ID: &str = "PRC-INC-01";
const PATH: &str = "processes/incident-management.md";

/// Nothing is in the way any more.
const MENDED: &str = "document.querySelector('#cb-preview .bar') && \
                      !document.querySelector('#cb-preview .stop')";

/// A page of a preview, with a mark that a reload would wipe out.
fn open(preview: &Preview, url: &str) -> Tab {
    let tab = Tab::open(&Manner::on(DAY));
    tab.go(url);
    tab.wait("document.querySelector('#cb-preview .bar')");
    tab.eval("globalThis.stays = true");
    assert_eq!(tab.troubles(&preview.url), Vec::<String>::new());
    tab
}

fn with_words(text: &str, words: &str) -> String {
    let at = text.find("\n## ").expect("a section");
    let end = at + 1 + text[at + 1..].find('\n').expect("its end");
    format!("{}\n\n{words}\n{}", &text[..end], &text[end..])
}

pub(crate) fn follows_what_is_saved() {
    let preview = Preview::start("saved");
    let (url, path) = preview.document(ID, PATH);
    let tab = open(&preview, &url);
    edit(&path, |text| with_words(text, "Quite new words."));
    tab.wait("document.querySelector('main').innerText.includes('Quite new words.')");
    edit(&path, |text| text.replace("Quite new words.", "Quite *other* words."));
    tab.wait("document.querySelector('main em')?.parentElement.innerText === 'Quite other words.'");
    // Prose is exchanged in place.
    assert_eq!(tab.eval("globalThis.stays"), true);
    edit(&path, |text| text.replace("Quite *other* words.", "## One more section\n\nText."));
    tab.wait("document.querySelector('.toc').textContent.includes('One more section')");
    tab.wait("document.querySelector('#one-more-section')");
    assert_eq!(tab.troubles(&preview.url), Vec::<String>::new());
}

pub(crate) fn keeps_the_place() {
    let preview = Preview::start("place");
    let (url, path) = preview.document(ID, PATH);
    let tab = open(&preview, &url);
    let heading = "[...document.querySelectorAll('.text h2')].at(-3)";
    tab.eval(&format!("{heading}.scrollIntoView({{behavior: 'instant'}})"));
    tab.eval("document.querySelector('.nav details').open = true");
    let top = format!("Math.round({heading}.getBoundingClientRect().top)");
    let before = tab.eval(&top);
    // A new section far above: the page is loaded anew.
    edit(&path, |text| with_words(text, "A line.\n\n## Another section\n\nMore text."));
    tab.wait("globalThis.stays === undefined && document.querySelector('#another-section')");
    tab.wait(&format!("Math.abs({top} - {before}) < 3"));
    tab.wait("document.querySelector('.nav details').open");
}

pub(crate) fn shows_what_is_wrong() {
    let preview = Preview::start("wrong");
    let (url, path) = preview.document(ID, PATH);
    std::fs::write(
        preview.folder.join("clausebook.yaml"),
        "organization: {name: Example Ltd}\neditor: \"vscode://file/{path}:{line}:{column}\"\n",
    )
    .expect("saved");
    let tab = open(&preview, &url);
    // A finding of the document stands in its bar.
    edit(&path, |text| with_words(text, "See [[PRC-NOT-99]]."));
    let entry = "[...document.querySelectorAll('#cb-preview .bar li')].find(e => e.textContent.includes('PRC-NOT-99'))";
    tab.wait(entry);
    // The bar is written anew with each word of the server; a click may fall between two of them.
    for _ in 0..5 {
        tab.click("#cb-preview summary");
        if tab.text(&format!("String({entry}.checkVisibility())")) == "true" {
            break;
        }
    }
    tab.wait(&format!("{entry}.checkVisibility()"));
    let link = tab.text(&format!("{entry}.querySelector('a').href"));
    let place = tab.text(&format!("{entry}.querySelector('a').textContent"));
    assert!(place.starts_with(PATH), "{place}");
    assert!(link.starts_with("vscode://file/") && link.ends_with(&place), "{link}");
    let text = tab.text(&format!("{entry}.querySelector('pre').textContent"));
    assert!(text.contains("^^^^"), "{text}");
    edit(&path, |text| text.replace("See [[PRC-NOT-99]].", "See."));
    tab.wait(&format!("document.querySelector('#cb-preview .bar') && !({entry})"));

    // Front matter that cannot be read: its place is in the bar, what could be had on the page.
    edit(&path, |text| text.replacen("clauses: [", "clauses: [[", 1));
    let entry = "[...document.querySelectorAll('#cb-preview .bar li')].find(e => e.textContent.includes('unreadable-yaml'))";
    tab.wait(entry);
    let place = tab.text(&format!("{entry}.querySelector('a').textContent"));
    assert!(place.starts_with(&format!("{PATH}:")), "{place}");
    let title = "document.querySelector('main h1').innerText";
    assert_eq!(tab.text(title), "Incident management");
    // It is still there for somebody who comes back.
    tab.go(&url);
    tab.wait(entry);
    edit(&path, |text| text.replacen("clauses: [[", "clauses: [", 1));
    tab.wait(&format!("document.querySelector('#cb-preview .bar') && !({entry})"));
    let words = tab.text("document.querySelector('main').innerText");

    // A theme that cannot be used.
    let template = preview.folder.join("themes/default/templates/document.html");
    std::fs::create_dir_all(template.parent().expect("a folder")).expect("a folder");
    std::fs::write(&template, "{% if %}\n").expect("saved");
    tab.wait("document.querySelector('#cb-preview .stop')?.innerText.includes('theme-fault')");
    std::fs::remove_file(&template).expect("removed");
    tab.wait(MENDED);
    assert_eq!(tab.text("document.querySelector('main').innerText"), words);
}

pub(crate) fn follows_a_document() {
    let preview = Preview::start("renamed");
    let (url, path) = preview.document(ID, PATH);
    let tab = open(&preview, &url);
    edit(&path, |text| text.replacen(ID, "PRC-NEW-77", 1));
    tab.wait("location.pathname === '/documents/PRC-NEW-77/'");
    tab.wait("document.querySelector('main .id')?.textContent === 'PRC-NEW-77'");
    std::fs::remove_file(&path).expect("removed");
    tab.wait("document.querySelector('#cb-preview .gone a[href=\"/register/\"]')");
}

pub(crate) fn changes_the_style() {
    let preview = Preview::start("style");
    let tab = open(&preview, &preview.url);
    let sheet = preview.folder.join("themes/default/assets/style.css");
    std::fs::create_dir_all(sheet.parent().expect("a folder")).expect("a folder");
    std::fs::write(&sheet, "body{color:rgb(1, 2, 3)}\n").expect("saved");
    tab.wait("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'");
    std::fs::write(&sheet, "body{color:rgb(4, 5, 6)}\n").expect("saved");
    tab.wait("getComputedStyle(document.body).color === 'rgb(4, 5, 6)'");
    assert_eq!(tab.eval("globalThis.stays"), true);
}
