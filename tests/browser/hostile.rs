//! Nothing that an author writes runs in a reader's browser: every page of the manual of
//! `tests/hostile` is opened, and what would run or load, says so.

use serde_json::json;

use crate::site::{Site, hostile};
use crate::tab::{Manner, Tab};

/// What would show that a script of an author's has run.
const CANARY: &str = "globalThis.__pwned";

/// What the browser made of a page that could run or load something, as the browser reads it.
const TRAPS: &str = "(() => {
    const found = [];
    // Loaded by our own script once somebody types.
    const own = document.querySelector('script[src$=\"assets/site.js\"]')?.src;
    const query = own && new URL('query.js', own).href;
    for (const e of document.querySelectorAll('*')) {
        const say = why => found.push(why + ': ' + e.outerHTML.slice(0, 200));
        for (const a of e.attributes) if (/^on|^style$|^srcdoc$/i.test(a.name)) say(a.name);
        if (e.localName === 'script' && !/^(\\.\\.\\/)*assets\\/[a-z]+\\.js$/.test(e.getAttribute('src')))
            if (!/\\/search\\/[a-z0-9_-]+\\.js$/.test(e.src) && e.src !== query) say('script');
        if (/^(iframe|frame|object|embed|base|form|applet|template|animate|set|use|foreignobject)$/i
            .test(e.localName)) say('element');
        for (const key of ['href', 'src', 'action', 'formAction', 'data']) {
            const value = e[key]?.baseVal ?? e[key];
            if (typeof value !== 'string' || !value) continue;
            // No icon: so the browser does not ask for one where a missing page was asked for.
            if (e.localName === 'link' && e.rel === 'icon' && value === 'data:,') continue;
            let scheme = ''; try { scheme = new URL(value, document.baseURI).protocol; } catch { }
            if (!['http:', 'https:', 'file:', 'mailto:', 'tel:', ''].includes(scheme)) say(key);
        }
    }
    // The page for what is missing stands by itself: it has no foot.
    const foot = document.querySelector('body > .foot') || location.pathname.endsWith('/404.html');
    const whole = document.querySelectorAll('main').length === 1 && foot;
    if (!whole) found.push('the page is not whole');
    return found;
})()";

/// What went wrong on the page that is open.
fn harm(tab: &Tab, within: &str, url: &str) -> Vec<String> {
    let mut found = tab.troubles(within);
    if tab.eval(&format!("{CANARY} === undefined")) != true {
        found.push(format!("script {} has run", tab.eval(CANARY)));
    }
    found.extend(tab.texts(TRAPS));
    let place = tab.text("location.href");
    if place != url {
        found.push(format!("the page has gone to {place}"));
    }
    found.iter().map(|what| format!("{url}: {what}")).collect()
}

/// Opens every page and gives what went wrong.
fn open(site: &Site, base: &str, policy: bool) -> Vec<String> {
    let tab = Tab::open(&Manner { policy, ..Manner::on(&site.day) });
    let mut found = Vec::new();
    let pages = site.pages();
    assert!(pages.len() > 200, "{} pages are too few to mean anything", pages.len());
    for page in pages {
        let url = format!("{base}{page}");
        tab.go(&url);
        // What waits for a reader's hand: the mouse over it, the focus on it, a fold opened.
        tab.eval(
            "for (const e of document.querySelectorAll('main *')) {
                for (const type of ['mouseover', 'mouseenter', 'focus', 'toggle', 'click'])
                    if (type !== 'click' || e.localName === 'summary')
                        e.dispatchEvent(new Event(type));
            }",
        );
        found.extend(harm(&tab, base, &url));
    }
    found
}

pub(crate) fn nothing_runs_under_the_policy() {
    let site = hostile();
    let found = open(site, &site.http, true);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The policy is the second lock. This opens the pages without it, so that the first is tried.
pub(crate) fn nothing_runs_without_the_policy() {
    let site = hostile();
    let found = open(site, &site.file, false);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

pub(crate) fn what_is_found_does_not_run() {
    let site = hostile();
    let tab = Tab::open(&Manner { policy: false, ..Manner::on(&site.day) });
    let mut found = Vec::new();
    for text in [
        "script",
        "img",
        "onerror",
        "javascript",
        "constructor",
        "__proto__",
        "hasownproperty",
        "tostring",
        "evil",
        "<img src=x onerror=globalThis.__pwned=150>",
        "\"><script>",
        "7",
    ] {
        let query = tab.text(&format!("encodeURIComponent({})", json!(text)));
        let url = format!("{}search/index.html?q={query}", site.file);
        tab.go(&url);
        tab.wait("document.querySelector('.find [role=status]')?.textContent.includes('result')");
        found.extend(harm(&tab, &site.file, &url));
    }
    for page in ["register", "roles", "records", "kpis"] {
        for state in [
            "find=%22%3E%3Cimg%20src%3Dx%20onerror%3DglobalThis.__pwned%3D151%3E&sort=__proto__",
            "kind=__proto__&sort=constructor&__proto__=x",
        ] {
            let url = format!("{}{page}/index.html#{state}", site.file);
            tab.go(&url);
            found.extend(harm(&tab, &site.file, &url));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A picture is shown as a picture; opened by itself it must not run either.
pub(crate) fn files_beside_the_pages_do_not_run() {
    let site = hostile();
    let mut found = Vec::new();
    let files = site.files();
    let opened: Vec<&String> =
        files.iter().filter(|file| file.ends_with(".svg") || file.ends_with(".json")).collect();
    assert!(opened.len() > 5, "{opened:?}");
    for file in opened {
        let tab = Tab::open(&Manner { policy: false, ..Manner::on(&site.day) });
        let path =
            file.split('/').map(|part| tab.text(&format!("encodeURIComponent({})", json!(part))));
        let url = format!("{}{}", site.file, path.collect::<Vec<_>>().join("/"));
        tab.go(&url);
        let ran = tab.eval(&format!("{CANARY} !== undefined")) == true;
        if ran || !tab.heard("Page.javascriptDialogOpening").is_empty() {
            found.push(format!("{file} runs a script when it is opened"));
        }
        let away = tab.requests().into_iter().find(|to| !to.starts_with(&site.file));
        found.extend(away.map(|to| format!("{file} loads {to}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
