//! Tests of where links lead on the pages of a site, on a small manual in memory.

use super::tests::{built, drafts, text};

const HEAD: &str =
    "---\nid: {id}\ntitle: {id}\nkind: policy\nversion: \"0.1\"\nstatus: draft\n---\n\n";

/// The page of a document with this body, among neighbours that it may lead to.
fn page(settings: &str, body: &str) -> String {
    let document = |id: &str, body: &str| format!("{}# {id}\n\n{body}", HEAD.replace("{id}", id));
    let main = document("POL-01", body);
    let other = document("POL-02", "<a name=\"part\"></a>\n\nText.\n");
    let folder = document("POL-03", "[Up](..) and [here](.).\n");
    let decomposed = document("POL-04", "## U\u{308}bung\n\nText.\n");
    let files: Vec<(&str, &[u8])> = vec![
        ("clausebook.yaml", settings.as_bytes()),
        ("README.md", b"# Read\n"),
        ("policies/policy.md", main.as_bytes()),
        ("policies/other.md", other.as_bytes()),
        ("policies/sub/README.md", folder.as_bytes()),
        ("policies/U\u{308}ber uns.md", decomposed.as_bytes()),
        ("policies/files/t.csv", b"a,b\n"),
        ("policies/files/d.xml", b"<x/>\n"),
        (
            "policies/files/f.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n",
        ),
    ];
    let (site, _) = built(&files, &drafts());
    assert!(!site.pages.contains_key("assets/content/policies/files/d.xml"), "XML is published");
    text(&site, "documents/POL-01/index.html")
}

/// Each line of Markdown with a part of the page that it makes.
fn leads(settings: &str, lines: &[(&str, &str)]) {
    let body: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    let page = page(settings, &body.join("\n\n"));
    for (line, wanted) in lines {
        assert!(page.contains(wanted), "{line}\nis not\n{wanted}\nin\n{page}");
    }
}

#[test]
fn what_git_hosts_link_is_a_link() {
    leads(
        "standards: []\n",
        &[
            (
                "Bare https://example.com/a?b=1&amp;c=2.",
                "<a href=\"https://example.com/a?b=1&amp;c=2\" rel=\"noopener\">\
                 https://example.com/a?b=1&amp;c=2</a>.",
            ),
            (
                "(www.example.com)",
                "(<a href=\"http://www.example.com\" rel=\"noopener\">www.example.com</a>)",
            ),
            (
                "Ask desk@example.com",
                "Ask <a href=\"mailto:desk@example.com\" rel=\"noopener\">desk@",
            ),
            ("<duty@example.com>", "<a href=\"mailto:duty@example.com\" rel=\"noopener\">duty@"),
            ("Not `www.example.org`", "Not <code>www.example.org</code>"),
            (
                "See [[1]](https://example.com/1).",
                "See <a href=\"https://example.com/1\" rel=\"noopener\">[1]</a>.",
            ),
            ("x[[0]], [[2]] and [[0|y]]", "<p>x[[0]], [[2]] and [[0|y]]</p>"),
            ("javascript://example.com/%0aalert(1)", "<p>javascript://example.com/%0aalert(1)</p>"),
        ],
    );
}

#[test]
fn folders_files_and_anchors_are_found() {
    leads(
        "standards: []\n",
        &[
            ("[folder](sub/) [b](sub)", "<a href=\"../POL-03/index.html\">folder</a>"),
            ("[part](other.md#part)", "<a href=\"../POL-02/index.html#part\">part</a>"),
            (
                "[own](#own) and <span id=\"own\">this</span>",
                "<a href=\"#own\">own</a> and <span id=\"own\">this</span>",
            ),
            (
                "[other form](Über%20uns.md#übung)",
                "<a href=\"../POL-04/index.html#u\u{308}bung\">other form</a>",
            ),
            (
                "[table](files/t.csv)",
                "<a href=\"../../assets/content/policies/files/t.csv\">table</a>",
            ),
            (
                "[drawing](files/f.svg)",
                "<a href=\"../../assets/content/policies/files/f.svg\">drawing</a>",
            ),
            ("[data](files/d.xml)", ">data</span>"),
            ("[readme](../README.md)", ">readme</span>"),
        ],
    );
}

#[test]
fn the_frame_is_english_and_the_text_is_not() {
    let page = page("standards: []\nsite: {language: de}\n", "Wir prüfen.");
    for wanted in
        ["<html lang=\"en\">", "<h1 id=\"pol-01\" lang=\"de\">", "<div class=\"text\" lang=\"de\">"]
    {
        assert!(page.contains(wanted), "{wanted} is not in\n{page}");
    }
}

#[test]
fn what_is_not_published_is_led_to_in_the_repository() {
    for pattern in ["https://git.example/m/blob/main/{path}", "https://git.example/m/blob/main/"] {
        leads(
            &format!("standards: []\nsite: {{source_url: \"{pattern}\"}}\n"),
            &[
                (
                    "[readme](../README.md#use)",
                    "<a href=\"https://git.example/m/blob/main/README.md#use\" rel=\"noopener\">readme</a>",
                ),
                (
                    "[data](files/d.xml)",
                    "<a href=\"https://git.example/m/blob/main/policies/files/d.xml\" rel=\"noopener\">data</a>",
                ),
            ],
        );
    }
}
