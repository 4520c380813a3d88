//! The preview as an author meets it: saved files show, findings stand beside them, addresses
//! follow.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use crate::deadline::Finish as _;
use crate::support::{Lines, Manual, Preview, guide, until};

const HOME: &str = "/documents/GDL-TST-000/";

/// The notes on a page, once the rules have looked at the manual.
fn notes(preview: &Preview, at: &str) -> serde_json::Value {
    let answer = preview.until(&format!("/_preview/notes?at={at}"), |answer| {
        answer.status == 200 && answer.body.contains("\"late\":false")
    });
    serde_json::from_str(&answer.body).expect("notes are JSON")
}

#[test]
fn what_is_saved_shows() {
    for how in ["", "--poll=0.05"] {
        let manual = Manual::new(2);
        let preview = manual.serve(how);
        let page = preview.get(HOME);
        assert!(page.body.contains("First words") && page.body.contains("client.js"), "{page:?}");
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));

        manual.write("policies/guide-0.md", &guide(0, "Other words"));
        preview.until(HOME, |page| page.body.contains("Other words"));

        // As editors save: beside, then in its place.
        manual.write("policies/guide-0.md.tmp", &guide(0, "Third words"));
        std::fs::rename(manual.at("policies/guide-0.md.tmp"), manual.at("policies/guide-0.md"))
            .expect("renamed");
        preview.until(HOME, |page| page.body.contains("Third words"));

        // Folders that come later, and files in them.
        manual.write("processes/deep/er/guide.md", &guide(7, "Deep words"));
        preview.until("/documents/GDL-TST-007/", |page| page.status == 200);
        manual.write("processes/deep/er/guide.md", &guide(7, "Deeper words"));
        preview.until("/documents/GDL-TST-007/", |page| page.body.contains("Deeper words"));

        // The theme, the settings.
        manual.write("themes/default/assets/style.css", "body{color:teal}\n");
        preview.until("/assets/style.css", |page| page.body.contains("teal"));
        manual.write("clausebook.yaml", "organization: {name: Other Ltd}\nstandards: []\n");
        preview.until("/", |page| page.body.contains("Other Ltd"));

        std::fs::remove_file(manual.at("processes/deep/er/guide.md")).expect("removed");
        let page = preview.until("/documents/GDL-TST-007/", |page| page.status == 404);
        // Its script shows a way back.
        assert!(page.body.contains("client.js"), "{page:?}");
    }
}

#[test]
fn what_is_wrong_stands_beside_it() {
    let manual = Manual::new(2);
    manual.write(
        "clausebook.yaml",
        "standards: []\neditor: \"vscode://file/{path}:{line}:{column}\"\n",
    );
    let preview = manual.serve("");
    let was = preview.get(HOME).body;

    // A finding of the document.
    manual.write("policies/guide-0.md", &guide(0, "See [[PRC-NOT-01]]"));
    preview.until(HOME, |page| page.body.contains("PRC-NOT-01"));
    let said = notes(&preview, HOME);
    let found = said["notes"]["findings"].as_array().expect("findings").iter();
    let found = found.clone().find(|one| one["code"] == "dangling-link").expect("a finding");
    assert_eq!(found["place"], "policies/guide-0.md:16:7");
    assert!(found["text"].as_str().is_some_and(|text| text.contains("^^^^")), "{found}");
    let editor = found["editor"].as_str().expect("an address");
    assert!(
        editor.starts_with("vscode://file/") && editor.ends_with("guide-0.md:16:7"),
        "{editor}"
    );
    assert!(!editor.contains("file//"), "{editor}");
    assert_eq!(said["notes"]["stops"], serde_json::json!([]));
    let other = notes(&preview, "/documents/GDL-TST-001/");
    assert!(!other.to_string().contains("PRC-NOT-01"), "{other}");

    // Front matter that cannot be read: the page shows what could be had, and why not all of it.
    let broken = guide(0, "Other words").replace("title: Guide 0", "title: [Guide");
    manual.write("policies/guide-0.md", &broken);
    preview.until(HOME, |page| page.body.contains("Other words"));
    let said = notes(&preview, HOME);
    let codes = said["notes"]["findings"].as_array().expect("findings").iter();
    let errors = codes.filter(|one| one["severity"] == "error");
    let codes: Vec<_> = errors.map(|one| one["code"].as_str().unwrap_or_default()).collect();
    assert_eq!(codes, ["unreadable-yaml"], "{said}");
    assert_eq!(said["notes"]["stops"], serde_json::json!([]));
    let stopped = || notes(&preview, HOME)["notes"]["stops"].as_array().map_or(0, Vec::len) > 0;
    manual.write("policies/guide-0.md", &guide(0, "First words"));
    preview.until(HOME, |page| page.body.contains("First words"));
    let body = |text: &str| text.split("<main").nth(1).map(str::to_owned);
    assert_eq!(body(&preview.get(HOME).body), body(&was));

    // A theme that cannot be used: pages stay, on all of them is said why.
    manual.write("themes/default/templates/document.html", "{% if %}\n");
    until("something stops it", stopped);
    assert!(preview.get(HOME).body.contains("First words"));
    assert_eq!(preview.get("/documents/GDL-TST-001/").status, 500);
    assert_eq!(notes(&preview, "/")["notes"]["stops"][0]["code"], "theme-fault");
    std::fs::remove_file(manual.at("themes/default/templates/document.html")).expect("removed");
    until("nothing stops it", || !stopped());

    // Settings that cannot be read.
    manual.write("clausebook.yaml", "organization: [\n");
    until("something stops it", stopped);
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let manual = Manual::new(2);
    let preview = manual.serve("");
    preview.get(HOME);
    // Another id in the same file.
    let renamed = guide(0, "First words").replace("GDL-TST-000", "GDL-NEW-000");
    manual.write("policies/guide-0.md", &renamed);
    let answer = preview.until(HOME, |answer| answer.status != 200);
    assert_eq!(answer.header("location"), Some("/documents/GDL-NEW-000/"));
    // The same id in another file: the address stays.
    std::fs::create_dir_all(manual.at("processes")).expect("a folder");
    std::fs::rename(manual.at("policies/guide-1.md"), manual.at("processes/other.md"))
        .expect("renamed");
    manual.write("processes/other.md", &guide(1, "Moved words"));
    preview.until("/documents/GDL-TST-001/", |page| page.body.contains("Moved words"));
}

#[test]
fn an_audience_sees_what_is_for_it() {
    let manual = Manual::new(1);
    let secret = guide(9, "See [[PRC-NOT-01]]").replace("internal", "restricted");
    manual.write("policies/secret.md", &secret);
    let preview = manual.serve("--audience internal --drafts");
    assert_eq!(preview.get(HOME).status, 200);
    assert_eq!(preview.get("/documents/GDL-TST-009/").status, 404);
    for at in [HOME, "/", "/findings/", "/documents/GDL-TST-009/"] {
        let said = notes(&preview, at).to_string();
        assert!(!said.contains("PRC-NOT-01") && !said.contains("secret.md"), "{at}: {said}");
    }
    assert_eq!(manual.serve("--audience internal").get(HOME).status, 404);
    // Nothing tells a document that is not for these readers from one that is not there.
    assert_eq!(notes(&preview, "/documents/GDL-TST-009/"), notes(&preview, "/documents/NOPE/"));
    manual.write("policies/secret.md", &secret.replace("kind: guideline", "kind: [zqxj"));
    preview
        .until("/", |_| !notes(&preview, "/documents/GDL-TST-009/").to_string().contains("zqxj"));
    // A page that was shown goes when its document is closed to these readers, whatever keeps the
    // others from being made.
    manual.write("policies/guide-1.md", &guide(1, "QQZ").replace("internal", "restricted"));
    manual.write("themes/default/templates/base.html", "{{ x");
    preview.until(HOME, |page| page.status == 500);
    assert!(!preview.get(HOME).body.contains("Guide 1"));
}

#[test]
fn a_busy_port_is_named() {
    let manual = Manual::new(1);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port();
    let run = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(["serve", "--port", &port.to_string()])
        .current_dir(manual.path())
        .finish()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(said.contains(&format!("port {port} is in use")) && said.contains("--port "), "{said}");
}

/// `--open` asks the system for the browser; here the system is a folder with one program, which notes
/// what it was asked for.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_address_when_asked_for() {
    use std::os::unix::fs::PermissionsExt as _;

    let manual = Manual::new(1);
    manual.write("bin/xdg-open", "#!/bin/sh\nprintf '%s\\n' \"$@\" >> \"$OPENED\"\n");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(manual.at("bin/xdg-open"), mode).expect("it may be run");
    let opened = manual.at("opened");
    let serve = |path: &std::path::Path, line: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["serve", "--port", "0", "--today", "2026-06-15"])
            .args(line.split_whitespace())
            .env("PATH", path)
            .env("OPENED", &opened)
            .current_dir(manual.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let warnings = Lines::of(child.stderr.take().expect("its output"));
        let mut lines = Lines::of(child.stdout.take().expect("its output"));
        (Preview::of(child, &mut lines, "127.0.0.1"), warnings)
    };
    let asked = || std::fs::read_to_string(&opened).unwrap_or_default();

    let (preview, _) = serve(&manual.at("bin"), "");
    assert_eq!(preview.get(HOME).status, 200);
    assert_eq!(asked(), "", "nobody asked for a browser");
    let (preview, _) = serve(&manual.at("bin"), "--open");
    until("the browser is asked for", || asked().ends_with('\n'));
    assert_eq!(asked(), format!("http://127.0.0.1:{}/\n", preview.port));

    // Where there is none, the address is said, and the preview goes on.
    let (preview, mut warnings) = serve(&manual.at("policies"), "--open");
    let warning = warnings.next().expect("a warning");
    let address = format!("open http://127.0.0.1:{}/ yourself", preview.port);
    assert!(warning.starts_with("warning: no browser could be started"), "{warning}");
    assert!(warning.ends_with(&address), "{warning}");
    assert_eq!(preview.get(HOME).status, 200);
}

/// Three documents, of which one has more findings than a page is sent.
#[test]
fn what_is_wrong_is_counted_on_the_page_and_on_the_screen() {
    let manual = Manual::new(3);
    let rules = "rules: {orphan-document: off, dangling-anchor: warning}\n";
    manual.write("clausebook.yaml", &format!("standards: []\n{rules}"));
    let links = |count: usize| {
        let links: Vec<String> = (0..count).map(|n| format!("See [[PRC-NOT-{n:03}]].")).collect();
        links.join("\n")
    };
    manual.write("policies/guide-0.md", &guide(0, &links(210)));
    manual.write("policies/guide-1.md", &guide(1, &format!("{} [x](#nowhere)", links(1))));
    let secret = guide(2, &links(4)).replace("internal", "restricted");
    manual.write("policies/guide-2.md", &secret);
    let other = "/documents/GDL-TST-001/";

    let counts = |preview: &Preview, at: &str| {
        let said = notes(preview, at);
        let notes = &said["notes"];
        let number = |key: &str| notes[key].as_u64().expect("a count");
        let shown = notes["findings"].as_array().expect("findings").len();
        (shown, number("count"), [number("errors"), number("warnings"), number("notes")])
    };
    let (preview, head) = manual.serve_and_hear("");
    assert!(head.ends_with("  3 documents, 215 errors, 1 warning, as of 2026-06-15"), "{head}");
    assert_eq!(counts(&preview, HOME), (200, 210, [215, 1, 0]));
    assert_eq!(counts(&preview, other), (2, 2, [215, 1, 0]));
    assert_eq!(counts(&preview, "/register/"), (0, 0, [215, 1, 0]));
    assert_eq!(counts(&preview, "/findings/"), (200, 216, [215, 1, 0]));
    // Of documents that its readers do not see nothing is counted.
    let (preview, head) = manual.serve_and_hear("--drafts --audience internal");
    assert!(head.contains(", 211 errors, 1 warning, as of 2026-06-15"), "{head}");
    // What is wrong is told its author at the terminal, and nobody on a page for other readers.
    assert_eq!(counts(&preview, other), (0, 0, [0, 0, 0]));
    manual.write("policies/guide-0.md", &guide(0, "Plain words"));
    manual.write("policies/guide-1.md", &guide(1, "Plain words"));
    manual.write("policies/guide-2.md", &guide(2, "Plain words"));
    let (preview, head) = manual.serve_and_hear("");
    assert!(head.ends_with("  3 documents, no findings, as of 2026-06-15"), "{head}");
    assert_eq!(counts(&preview, HOME), (0, 0, [0, 0, 0]));
}

#[test]
fn an_editor_is_opened_by_an_address_that_runs_nothing() {
    let manual = Manual::new(1);
    manual.write("policies/guide-0.md", &guide(0, "See [[PRC-NOT-01]]"));
    let set = |editor: &str| {
        let typed = serde_json::to_string(editor).expect("text");
        manual.write("clausebook.yaml", &format!("standards: []\neditor: {typed}\n"));
    };
    set("");
    let preview = manual.serve("");
    let root = manual.path().canonicalize().expect("a folder");
    let path = format!("{}/policies/guide-0.md", root.display());
    let told = || {
        let said = notes(&preview, HOME);
        said["notes"]["findings"][0]["editor"].as_str().map(str::to_owned)
    };
    let vscode = format!("vscode://file{path}:16:7");
    for (editor, expected) in [
        ("idea://open?file={path}&line={line}", Some(format!("idea://open?file={path}&line=16"))),
        ("javascript:alert(1)//{path}", None),
        ("JavaScript:alert(1)//{path}", None),
        ("data:text/html,{path}", None),
        ("DATA:text/html,{path}", None),
        ("vbscript:{path}", None),
        (" javascript:{path}", None),
        ("java\tscript:{path}", None),
    ] {
        // Between any two the address is a good one, so that none is taken for the one before.
        set("vscode://file/{path}:{line}:{column}");
        until("the editor is one that is known", || told().as_ref() == Some(&vscode));
        set(editor);
        until(editor, || told() == expected);
    }
}
