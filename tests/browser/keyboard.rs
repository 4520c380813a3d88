//! The keyboard alone suffices: everything is reached, seen where it is, and worked.

use crate::site::own;
use crate::tab::{Manner, Tab};

/// Where the focus is, in words.
const HERE: &str =
    "(e => !e || e === document.body ? '' : e.outerHTML.slice(0, 160))(document.activeElement)";

/// Everything that a keyboard has to reach on the page as it stands, numbered; gives how many.
const NUMBER: &str = "(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]
        .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}));
    all.forEach((e, n) => { e.dataset.number = n; });
    return all.length;
})()";

/// Whether the focus is seen: an outline, a line of the field's frame, or the skip link that comes
/// into view.
const SEEN: &str = "(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
        && box.right > 0 && box.left < innerWidth;
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const line = [e, e.parentElement].some(e => getComputedStyle(e).boxShadow.includes('inset'));
    return inside && (outline || line || e.classList.contains('skip'));
})(document.activeElement)";

pub(crate) fn reaches_everything() {
    let site = own();
    let tab = Tab::open(&Manner::on(&site.day));
    for page in
        ["index.html", "documents/PRC-INC-01/index.html", "roles/index.html", "search/index.html"]
    {
        tab.go(&format!("{}{page}", site.file));
        tab.eval("document.activeElement.blur()");
        let count = tab.eval(NUMBER).as_u64().expect("a number");
        assert!(count > 10, "{page} has {count}");
        let mut reached = std::collections::BTreeSet::new();
        let mut unseen = Vec::new();
        let mut rounds = 0;
        // As many steps again as there are places, for those that a browser adds.
        for _ in 0..count * 2 + 10 {
            tab.press("Tab");
            let number = tab.eval("Number(document.activeElement?.dataset.number ?? -1)");
            match number.as_u64() {
                Some(number) => {
                    if !reached.insert(number) {
                        break;
                    }
                    if tab.eval(SEEN) != true {
                        unseen.push(tab.text(HERE));
                    }
                }
                // Past the last place lies the browser itself, and then the first place.
                None if tab.text(HERE).is_empty() && rounds == 1 => break,
                None if tab.text(HERE).is_empty() => rounds += 1,
                None => {}
            }
        }
        let missed: Vec<u64> = (0..count).filter(|number| !reached.contains(number)).collect();
        let missed: Vec<String> = missed
            .iter()
            .map(|n| {
                tab.text(&format!(
                    "document.querySelector('[data-number=\"{n}\"]').outerHTML.slice(0, 160)"
                ))
            })
            .collect();
        assert_eq!(missed, [""; 0], "not reached on {page}");
        assert_eq!(unseen, [""; 0], "focus not seen on {page}");
    }
}

pub(crate) fn skips_to_the_content() {
    let site = own();
    let tab = Tab::open(&Manner::on(&site.day));
    for page in site.kinds() {
        tab.go(&format!("{}{page}", site.file));
        if page == "search/index.html" {
            // Here the field for the query has the focus from the start.
            tab.wait("document.activeElement.type === 'search'");
            continue;
        }
        if page == "404.html" {
            // It has no navigation that could be skipped.
            continue;
        }
        tab.press("Tab");
        assert!(tab.text(HERE).contains("class=\"skip\""), "{page}: {}", tab.text(HERE));
        assert_eq!(tab.eval(SEEN), true, "{page}");
        tab.press("Enter");
        tab.wait("location.hash !== ''");
        tab.press("Tab");
        let inside = "document.querySelector('main').contains(document.activeElement)
            || Boolean(document.querySelector('main').compareDocumentPosition(document.activeElement)
                & Node.DOCUMENT_POSITION_FOLLOWING)";
        assert_eq!(tab.eval(inside), true, "{page}: {}", tab.text(HERE));
    }
}

pub(crate) fn works_the_search() {
    let site = own();
    for base in site.addresses() {
        let tab = Tab::open(&Manner::on(&site.day));
        tab.go(&format!("{base}index.html"));
        tab.press("/");
        let open = "document.querySelector('dialog[open]')";
        let hits = "[...document.querySelectorAll('.hits li:not([hidden]) a')]";
        tab.wait(&format!("{open}?.contains(document.activeElement)"));
        tab.type_text("incident");
        tab.wait(&format!("{hits}.length > 3"));
        for n in 0..3 {
            tab.press("ArrowDown");
            tab.wait(&format!("document.activeElement === {hits}[{n}]"));
            assert_eq!(tab.eval(SEEN), true);
        }
        tab.press("ArrowUp");
        tab.wait(&format!("document.activeElement === {hits}[1]"));
        tab.press("Escape");
        tab.wait(&format!("{open} === null"));
        // It opens again with what was typed selected, and Enter takes the first.
        tab.press("/");
        tab.wait(&format!("{open}?.contains(document.activeElement)"));
        tab.type_text("PRC-PRB-01");
        let first = format!("{base}documents/PRC-PRB-01/index.html");
        tab.wait(&format!("{hits}[0]?.href.split('#')[0] === '{first}'"));
        tab.press("Enter");
        tab.wait(&format!("location.href.split('#')[0] === '{first}'"));
        tab.wait("document.readyState === 'complete'");
        // In a field a slash is a slash.
        tab.go(&format!("{base}register/index.html"));
        tab.eval("document.querySelector('.filters [name=find]').focus()");
        tab.press("/");
        tab.wait("document.activeElement.value === '/'");
        assert_eq!(tab.eval(&format!("{open} === null")), true);
    }
}

pub(crate) fn works_lists_and_menus() {
    let site = own();
    let tab = Tab::open(&Manner::on(&site.day));
    tab.go(&format!("{}register/index.html", site.file));
    // A letter chooses in a list of choices, Enter sorts, Space takes a filter away.
    tab.eval("document.querySelector('.filters [name=kind]').focus()");
    tab.press("p");
    tab.wait("document.querySelector('.found .tag') !== null");
    tab.eval("document.querySelector('thead button').focus()");
    tab.press("Enter");
    tab.wait("document.querySelector('thead th').ariaSort === 'ascending'");
    tab.eval("document.querySelector('.found .tag').focus()");
    tab.press("Space");
    tab.wait("document.querySelector('.found .tag') === null");
    assert_eq!(tab.text("document.activeElement.name"), "kind");

    // The menu opens, and Escape closes it and goes back to its button.
    tab.eval("document.querySelector('.nav summary').focus()");
    tab.press("Enter");
    tab.wait("document.querySelector('.nav details').open");
    tab.press("Tab");
    tab.press("Escape");
    tab.wait("!document.querySelector('.nav details').open");
    assert_eq!(tab.text("document.activeElement.localName"), "summary");

    // The theme switch says what it did.
    tab.eval("document.querySelector('[data-switch]').focus()");
    tab.press("Space");
    tab.wait("document.querySelector('[data-switch]').ariaPressed === 'true'");
    assert_eq!(tab.troubles(&site.file), [""; 0]);

    // On a phone the menu is behind a button.
    let tab = Tab::open(&Manner { size: (390, 844), ..Manner::on(&site.day) });
    tab.go(&format!("{}index.html", site.file));
    let shown = "document.querySelector('.nav a').checkVisibility()";
    assert_eq!(tab.eval(shown), false);
    tab.eval("document.querySelector('.burger').focus()");
    tab.press("Enter");
    tab.wait(shown);
    tab.press("Tab");
    tab.wait("document.querySelector('.nav').contains(document.activeElement)");
    tab.press("Escape");
    tab.wait(&format!("!{shown}"));
    assert_eq!(tab.troubles(&site.file), [""; 0]);
}
