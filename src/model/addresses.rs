//! Addresses in `clausebook.yaml`: where the site will stand, where the repository shows its files,
//! what opens an editor. What is no plain address of its kind is not used; a finding says so.

use url::Url;

/// Editors, by the scheme that they answer to, and how an address of theirs goes on where it opens a
/// file. What else a scheme can do (to install something, to run something) is not asked for.
const EDITORS: [(&str, &str); 24] = [
    ("vscode", "//file/"),
    ("vscode-insiders", "//file/"),
    ("vscodium", "//file/"),
    ("code-oss", "//file/"),
    ("cursor", "//file/"),
    ("windsurf", "//file/"),
    ("zed", "//file/"),
    ("idea", "//open?"),
    ("clion", "//open?"),
    ("goland", "//open?"),
    ("phpstorm", "//open?"),
    ("pycharm", "//open?"),
    ("rider", "//open?"),
    ("rubymine", "//open?"),
    ("rustrover", "//open?"),
    ("webstorm", "//open?"),
    ("txmt", "//open?"),
    ("mvim", "//open?"),
    ("subl", "//open?"),
    ("bbedit", "//open?"),
    ("nova", "//open?"),
    ("emacs", "//open?"),
    ("atom", "//core/open/file?"),
    ("editor", "//open?"),
];

/// The address of a site: one that begins with `https://` or `http://`, or a path on its host.
pub fn is_of_site(text: &str) -> bool {
    let on_host = text.starts_with('/') && !text.starts_with("//");
    let whole = if on_host { format!("https://host.example{text}") } else { text.to_owned() };
    let url = plain(&whole);
    url.is_some_and(|url| url.query().is_none() && url.fragment().is_none())
}

/// The address of the files of a repository, perhaps with `{path}` in it.
pub fn is_of_source(text: &str) -> bool {
    plain(&text.replace("{path}", "path")).is_some()
}

/// The address that opens a file in an editor.
pub fn is_of_editor(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    let is_known = EDITORS.iter().any(|(name, start)| *name == scheme && rest.starts_with(start));
    let filled = ["{path}", "{line}", "{column}"]
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, "1"));
    is_known && rest.contains("{path}") && filled.chars().all(is_of_address)
}

/// The schemes of editors, for a finding.
pub fn editors() -> impl Iterator<Item = &'static str> {
    EDITORS.iter().map(|(name, _)| *name)
}

/// An address of the web, as it was typed and nothing else: a reader of addresses leaves out what it
/// takes for a slip, and other readers do not.
fn plain(text: &str) -> Option<Url> {
    let begins = |scheme: &str| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if !(begins("https://") || begins("http://")) || !text.chars().all(is_of_address) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let has_user = !url.username().is_empty() || url.password().is_some();
    let is_odd = text.contains("/../") || text.contains(":///");
    (url.has_host() && !has_user && !is_odd).then_some(url)
}

/// Whether an address may have a letter: no blank, no control character, nothing that ends one in
/// HTML, in a calendar or on a terminal.
fn is_of_address(letter: char) -> bool {
    let odd = "\"<>\\^`{|}'".contains(letter);
    letter.is_ascii_graphic() && !odd || !letter.is_ascii() && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_site_is_one_of_the_web() {
        for good in ["https://sms.example/", "HTTP://sms.example:8080/x", "/sms/", "https://[::1]/"]
        {
            assert!(is_of_site(good), "{good}");
        }
        for bad in [
            "",
            "sms.example",
            "//evil.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https:///x",
            "https://x.example/\r\nEND:VEVENT",
            "https://x.example/ y",
            "https://x.example/?q",
            "https://x.example/#f",
            "https://a@evil.example/",
            "https://x.example/\u{9b}m",
            "https://x.example/\u{202e}",
            "ftp://x.example/",
            "https://x.example/\"onload=",
            "/\\evil.example",
            "https:\\\\evil.example",
            "/a/../b",
            "https://x.example:99999/",
            "\thttps://x.example/",
            "ht\ntps://x.example/",
        ] {
            assert!(!is_of_site(bad), "{bad:?}");
        }
        assert!(is_of_source("https://git.example/m/-/blob/main/{path}?plain=1"));
        assert!(!is_of_source("javascript://x/{path}") && !is_of_source("https://x/{other}"));
    }

    #[test]
    fn an_editor_is_asked_to_open_a_file_and_nothing_else() {
        for good in ["vscode://file/{path}:{line}:{column}", "IDEA://open?file={path}&line={line}"]
        {
            assert!(is_of_editor(good), "{good}");
        }
        for bad in [
            "JavaScript:document.title=1//{path}",
            "javascript://file/{path}",
            "data:,{path}",
            "vscode://vscode.git/clone?url={path}",
            "vscode://extension/x",
            "vscode://file/x",
            "file:///{path}",
            "https://evil.example/{path}",
            "vbscript:{path}",
            " vscode://file/{path}",
            "vs\tcode://file/{path}",
            "vscode://file/{path}\"x",
            "vscode:{path}",
            "ms-word://file/{path}",
        ] {
            assert!(!is_of_editor(bad), "{bad}");
        }
    }
}
