//! Printed to PDF, a document carries its control on every sheet, and nothing is cut off.

use std::process::Command;

use serde_json::json;

use crate::chromium::on_path;
use crate::deadline::Finish as _;
use crate::site::{Site, drafts, own, scratch, wide};
use crate::tab::{Manner, Tab};

/// A page on paper.
struct Paper {
    /// The text of each sheet, laid out as it stands there.
    sheets: Vec<String>,
    /// Width and height of each sheet, in points.
    sizes: Vec<(f64, f64)>,
    /// The letters of each sheet that are more than 40 points high.
    large: Vec<String>,
}

/// The program that reads the text of a PDF is there.
pub(crate) fn reader() -> bool {
    on_path("pdftotext").is_some() && on_path("pdfinfo").is_some()
}

/// Width and height of a sheet of A4, in inches.
const A4: (f64, f64) = (8.27, 11.69);
/// Width and height of a sheet of US letter, in inches.
const LETTER: (f64, f64) = (8.5, 11.0);

/// Prints a page on A4 and reads it.
fn print(site: &Site, page: &str) -> Paper {
    print_on(A4, site, page)
}

/// Prints a page on sheets of a size and reads it.
fn print_on((width, height): (f64, f64), site: &Site, page: &str) -> Paper {
    let tab = Tab::open(&Manner::on(&site.day));
    tab.go(&format!("{}{page}", site.file));
    let pdf = tab.call(
        "Page.printToPDF",
        &json!({"preferCSSPageSize": true, "printBackground": true, "paperWidth": width,
            "paperHeight": height}),
    );
    let name = format!("{}-{width}-{}", site.day, page.replace('/', "-"));
    let file = scratch("print").join(name).with_extension("pdf");
    let bytes = decode(pdf["data"].as_str().expect("the bytes of the PDF"));
    std::fs::write(&file, bytes).expect("a file");
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).finish().expect("poppler runs");
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let path = file.to_str().expect("a path of letters");
    let text = run("pdftotext", &["-layout", path, "-"]);
    let mut sheets: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    sheets.pop();
    let count = sheets.len().to_string();
    let info = run("pdfinfo", &["-f", "1", "-l", &count, path]);
    let sizes = info
        .lines()
        .filter(|line| line.starts_with("Page ") && line.contains(" size:"))
        .map(|line| {
            let numbers: Vec<f64> =
                line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            (numbers[1], numbers[2])
        })
        .collect();
    let boxes = run("pdftotext", &["-bbox", path, "-"]);
    let large = boxes.split("<page ").skip(1).map(large).collect();
    Paper { sheets, sizes, large }
}

/// The words of a sheet that are more than 40 points high, from a list of words with their boxes.
fn large(sheet: &str) -> String {
    let side = |word: &str, name: &str| -> f64 {
        let value = word.split(name).nth(1).and_then(|rest| rest.split('"').nth(1));
        value.and_then(|value| value.parse().ok()).expect("a box has four sides")
    };
    let words = sheet.split("<word ").skip(1);
    let large = words.filter(|word| side(word, "yMax=") - side(word, "yMin=") > 40.0);
    large.filter_map(|word| word.split(['>', '<']).nth(1)).collect()
}

/// Text without its line breaks and columns.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Paper {
    /// Fails the test unless every sheet says all of it.
    #[track_caller]
    fn every_sheet_says(&self, what: &[&str]) {
        assert!(!self.sheets.is_empty());
        let of = self.sheets.len();
        for (n, sheet) in self.sheets.iter().enumerate() {
            let text = flat(sheet);
            for words in what {
                assert!(text.contains(words), "sheet {} does not say {words:?}:\n{sheet}", n + 1);
            }
            let number = format!("{} of {of}", n + 1);
            assert!(text.contains(&number), "sheet {} does not say {number:?}:\n{sheet}", n + 1);
        }
    }

    fn all(&self) -> String {
        flat(&self.sheets.join("\n"))
    }
}

/// Every word of the document, in the order of the page, that a reader of the paper must find.
fn words(site: &Site, page: &str) -> Vec<String> {
    let tab = Tab::open(&Manner::on(&site.day));
    tab.call("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    tab.go(&format!("{}{page}", site.file));
    tab.texts(
        "(() => { const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
            const found = [];
            for (let node; (node = walk.nextNode());) {
                const e = node.parentElement;
                if (!e.closest('svg, .vh, button') && e.checkVisibility({visibilityProperty: true}))
                    found.push(...(node.data.match(/[\\p{L}\\p{N}]{3,}/gu) ?? []));
            }
            return found; })()",
    )
}

/// What of a page is not on its paper.
fn lost(site: &Site, page: &str, paper: &Paper) -> Vec<String> {
    // A word may be broken at the end of a line, so spaces do not count.
    let close = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let text = close(&paper.sheets.concat());
    words(site, page).into_iter().filter(|word| !text.contains(&close(word))).collect()
}

pub(crate) fn documents_carry_their_control() {
    let site = own();
    let register: serde_json::Value =
        serde_json::from_str(&site.read("register.json")).expect("JSON");
    for id in ["PRC-INC-01", "RAC-SMS-01", "SCP-SMS-01", "CAT-SVC-01"] {
        let one = register["documents"].as_array().expect("documents").iter();
        let one = one.clone().find(|one| one["id"] == id).expect("it is in the register");
        let text = |key: &str| one[key].as_str().expect("text").to_owned();
        let page = text("url");
        let paper = print(site, &page);
        assert!(paper.sheets.len() > 1, "{id}");
        let version = format!("Version {}", text("version"));
        let approved = format!("Approved {}", text("approved"));
        let effective = format!("Effective {}", text("effective"));
        let level = text("classification");
        let level = level[..1].to_uppercase() + &level[1..];
        paper.every_sheet_says(&[
            "Aurora Managed Services",
            &format!("{id} {}", text("title")),
            &version,
            &approved,
            &effective,
            &level,
            "Uncontrolled when printed.",
            &format!("Edition {}", site.day),
        ]);
        let all = paper.all();
        assert!(all.contains("Revision history"), "{id}");
        // No navigation, and nothing that is not there on paper.
        for screen in ["Skip to content", "On this page", "Previous", "Overview"] {
            assert!(!all.contains(screen), "{id} prints {screen:?}");
        }
        assert_eq!(lost(site, &page, &paper), [""; 0], "{id}");
        // A4, upright.
        assert!(paper.sizes.iter().all(|(width, height)| width < height), "{:?}", paper.sizes);
        assert_eq!(paper.sizes.len(), paper.sheets.len());
    }
}

pub(crate) fn drafts_are_marked() {
    let site = drafts();
    let page = "documents/PRC-INC-01/index.html";
    let paper = print(site, page);
    assert!(paper.sheets.len() > 1);
    paper.every_sheet_says(&[
        "DRAFT 0.1, NOT IN FORCE",
        "Draft for comment. Do not work to this text.",
    ]);
    // Across each sheet stands the mark itself, in letters that nobody overlooks.
    assert_eq!(paper.large.len(), paper.sheets.len());
    for (sheet, large) in paper.sheets.iter().zip(&paper.large) {
        assert!(large.contains("NOT") && large.len() >= 8, "{large:?} across\n{sheet}");
        assert!(!sheet.contains("Uncontrolled"), "{sheet}");
    }
    assert_eq!(lost(site, page, &paper), [""; 0]);
}

pub(crate) fn wide_lists_lie_across() {
    let site = own();
    for (page, head) in [
        ("register/index.html", ["ID", "Title", "Effective"]),
        ("readiness/index.html", ["Clause", "Item", "Version"]),
    ] {
        let paper = print(site, page);
        assert!(paper.sheets.len() > 1, "{page}");
        assert!(paper.sizes.iter().all(|(width, height)| width > height), "{:?}", paper.sizes);
        paper.every_sheet_says(&[
            "Aurora Managed Services",
            "Uncontrolled when printed.",
            &format!("As of {}", site.day),
        ]);
        assert_eq!(lost(site, page, &paper), [""; 0], "{page}");
        // The head of the table is on every sheet that holds rows of it.
        let is_row = |line: &&str| line.split_whitespace().filter(|word| is_day(word)).count() >= 2;
        let sheets: Vec<&String> =
            paper.sheets.iter().filter(|sheet| sheet.lines().filter(is_row).count() > 2).collect();
        assert!(sheets.len() > 1, "{page} has its rows on one sheet");
        for sheet in sheets {
            let found = sheet.lines().any(|line| head.iter().all(|name| line.contains(name)));
            assert!(found, "{page}: no head on\n{sheet}");
        }
    }
}

pub(crate) fn nothing_is_cut_off_or_folded_away() {
    let site = wide();
    for size in [A4, LETTER] {
        for page in ["RAC-16", "RAC-40", "PRC-08", "POL-09", "POL-40"] {
            let page = format!("documents/{page}/index.html");
            let paper = print_on(size, site, &page);
            assert_eq!(lost(site, &page, &paper), [""; 0], "{page} on {size:?}");
            let last = paper.sheets.last().expect("a sheet").lines();
            let lines = last.filter(|line| !line.trim().is_empty()).count();
            assert!(lines >= 6, "{page} on {size:?} ends with a sheet of {lines} lines");
        }
    }
    // What the screen folds away has no box to be seen there, so it is asked for by its words.
    let paper = print(site, "documents/POL-09/index.html").all();
    assert!(paper.contains("Never on public holidays"), "{paper}");
    // A matrix of sixteen roles lies across, a table of forty columns goes row by row.
    let sheets = print(site, "documents/RAC-16/index.html").sizes;
    assert!(sheets.iter().any(|(width, height)| width > height), "{sheets:?}");
    let paper = print(site, "documents/POL-40/index.html").all();
    assert!(paper.contains("Target 40: Longvalue40"), "{paper}");
    // No word of a table that fits is broken.
    let paper = print(site, "documents/POL-09/index.html").all();
    assert!((1..=9).all(|n| paper.contains(&format!("Longvalue{n}"))), "{paper}");
}

fn is_day(word: &str) -> bool {
    word.len() == 10
        && word
            .bytes()
            .enumerate()
            .all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Bytes from base64.
fn decode(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | u32::from(value(*byte)));
        let bits = bits << (6 * (4 - four.len()));
        bytes.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}
