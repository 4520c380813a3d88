//! Lists: found, filtered, sorted, sent as an address, saved as a file.

use serde_json::json;

use crate::chromium::browser;
use crate::site::{own, scratch};
use crate::tab::{Manner, Tab};

/// The text of a column of the rows that are shown.
fn column(tab: &Tab, n: usize) -> Vec<String> {
    tab.texts(&format!(
        "[...document.querySelectorAll('[data-list] tbody tr')].map(row => row.cells[{n}].textContent.trim())"
    ))
}

fn choose(tab: &Tab, name: &str, value: &str) {
    tab.eval(&format!(
        "(e => {{ e.value = {}; e.dispatchEvent(new Event('input', {{bubbles: true}})); }})
            (document.querySelector('.filters [name={name}]'))",
        json!(value)
    ));
}

const COUNT: &str = "document.querySelector('.found [role=status]').textContent";

pub(crate) fn filter_and_sort() {
    let site = own();
    let register: serde_json::Value =
        serde_json::from_str(&site.read("register.json")).expect("JSON");
    let documents = register["documents"].as_array().expect("documents");
    for base in site.addresses() {
        let tab = Tab::open(&Manner::on(&site.day));
        tab.go(&format!("{base}register/index.html"));
        let all = column(&tab, 0);
        assert_eq!(all.len(), documents.len());
        assert!(tab.text(COUNT).starts_with(&format!("{} documents", documents.len())));

        choose(&tab, "kind", "Process");
        let processes = documents.iter().filter(|one| one["kind"] == "process").count();
        assert_eq!(column(&tab, 2), vec!["Process"; processes]);
        assert_eq!(tab.text(COUNT), format!("{processes} of {} documents", documents.len()));
        choose(&tab, "clause", "8.6.1");
        let answering = column(&tab, 0);
        assert!(answering.contains(&"PRC-INC-01".to_owned()), "{answering:?}");
        assert!(answering.len() < processes);

        // The address holds what is set.
        let address = tab.text("location.href");
        let other = Tab::open(&Manner::on(&site.day));
        other.go(&address);
        assert_eq!(column(&other, 0), answering);
        assert_eq!(other.troubles(base), [""; 0]);
        choose(&tab, "kind", "");
        choose(&tab, "clause", "");
        assert_eq!(column(&tab, 0), all);

        // Words, anywhere in the row.
        tab.eval("document.querySelector('.filters [name=find]').focus()");
        tab.type_text("incident prc");
        tab.wait(&format!("{COUNT}.includes(' of ')"));
        let found = column(&tab, 0);
        assert!(found.contains(&"PRC-INC-01".to_owned()) && found.len() < all.len(), "{found:?}");
        tab.click(".found .tag");
        tab.wait(&format!("!{COUNT}.includes(' of ')"));

        // Sorted by the head that is clicked, and back again.
        for (n, name) in [(7, "Next review"), (6, "Effective"), (0, "ID"), (1, "Title")] {
            let button = format!("thead th:nth-child({}) button", n + 1);
            let head = format!("document.querySelectorAll('thead th')[{n}].ariaSort");
            tab.click(&button);
            tab.wait(&format!("{head} === 'ascending'"));
            let up: Vec<String> = column(&tab, n).iter().map(|text| text.to_lowercase()).collect();
            assert!(up.is_sorted(), "{name}: {up:?}");
            tab.click(&button);
            tab.wait(&format!("{head} === 'descending'"));
            let down: Vec<String> =
                column(&tab, n).iter().map(|text| text.to_lowercase()).collect();
            assert!(down.iter().rev().is_sorted(), "{name}: {down:?}");
        }
        assert_eq!(tab.troubles(base), [""; 0]);
    }
}

pub(crate) fn export_what_is_shown() {
    let site = own();
    for (n, base) in site.addresses().into_iter().enumerate() {
        let tab = Tab::open(&Manner::on(&site.day));
        tab.go(&format!("{base}register/index.html#kind=Policy&sort=-id"));
        let folder = scratch(&format!("csv-{n}"));
        let text = download(&tab, &folder, "[data-csv]", "register.csv");
        let lines: Vec<&str> =
            text.strip_prefix('\u{feff}').expect("a mark for spreadsheets").lines().collect();
        assert_eq!(lines[0], "ID,Title,Kind,Version,Status,Owner,Effective,Next review,Clauses");
        let ids: Vec<&str> = lines[1..].iter().filter_map(|line| line.split(',').next()).collect();
        assert_eq!(ids, column(&tab, 0));
        assert!(ids.len() > 1 && ids.iter().all(|id| id.starts_with("POL-")), "{ids:?}");
        let cells = tab.texts(
            "[...document.querySelector('[data-list] tbody tr').cells].map(cell => cell.innerText.trim())",
        );
        for cell in cells {
            assert!(lines[1].contains(&cell), "{cell:?} is not in {}", lines[1]);
        }
        assert_eq!(tab.troubles(base), [""; 0]);
        tab.go(&format!("{base}register/index.html"));
        assert_no_formula(&tab, &scratch(&format!("csv-formula-{n}")));
    }
}

/// What a spreadsheet would run is saved as text. Downloads are told of to all tabs, so this is no
/// test beside the other.
fn assert_no_formula(tab: &Tab, folder: &std::path::Path) {
    let typed = ["=1+1", "+1", "-1", "@A1", "\u{ff1d}1", "\t=1", "a=1", "say \"=1\", twice"];
    for (n, typed) in typed.iter().enumerate() {
        let cell = "document.querySelectorAll('[data-list] tbody tr')";
        tab.eval(&format!("{cell}[{n}].cells[0].textContent = {}", json!(typed)));
    }
    let text = download(tab, folder, "[data-csv]", "register.csv");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let expected = [
        "'=1+1,",
        "'+1,",
        "'-1,",
        "'@A1,",
        "'\u{ff1d}1,",
        "'=1,",
        "a=1,",
        "\"say \"\"=1\"\", twice\",",
    ];
    assert!(lines.len() > expected.len(), "{text}");
    for (line, start) in lines.iter().zip(expected) {
        assert!(line.starts_with(start), "{start} does not begin {line}");
    }
}

/// Clicks a button that saves a file, and gives what was saved.
fn download(tab: &Tab, folder: &std::path::Path, button: &str, name: &str) -> String {
    let to = json!({"behavior": "allow", "downloadPath": folder, "eventsEnabled": true,
        "browserContextId": tab.context()});
    let from = browser().count("");
    browser().call("", "Browser.setDownloadBehavior", &to);
    tab.click(button);
    let event =
        browser().event("", from, "download", |method, _| method == "Browser.downloadWillBegin");
    assert_eq!(event["params"]["suggestedFilename"], name);
    let guid = event["params"]["guid"].clone();
    browser().event("", from, "end of the download", |method, event| {
        method == "Browser.downloadProgress"
            && event["guid"] == guid
            && event["state"] == "completed"
    });
    std::fs::read_to_string(folder.join(name)).expect("the file that was saved")
}
