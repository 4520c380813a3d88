//! Words: each that is asked for is there, and each that is there is asked for.

use std::collections::BTreeSet;
use std::path::Path;

use clausebook::words::Words;

/// The texts of all files below a folder that end in one of `ends`.
fn texts(folder: &str, ends: &[&str]) -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(top.join(folder)).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("the folder can be read").into_path());
    let files = files.filter(|path| ends.iter().any(|end| path.to_string_lossy().ends_with(end)));
    let text = |path: &Path| std::fs::read_to_string(path).expect("a text file");
    files
        .map(|path| (path.strip_prefix(top).unwrap_or(&path).display().to_string(), text(&path)))
        .collect()
}

#[test]
fn templates_ask_for_words_that_are_there() {
    let known: BTreeSet<String> = Words::all().collect();
    let mut wrong = Vec::new();
    for (path, text) in texts("themes/default/templates", &[".html"]) {
        for (before, _) in text.match_indices("\" | word").chain(text.match_indices("\" | pieces"))
        {
            let name = text[..before].rsplit('"').next().unwrap_or_default();
            // A name that a template puts together from parts is looked at where the page is drawn.
            if !name.starts_with('.') && !known.contains(name) {
                wrong.push(format!("{path} asks for `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_word_is_there_for_nothing() {
    let code: String = texts("src", &[".rs"]).into_iter().map(|(_, text)| text).collect();
    let code: String = code.split_whitespace().collect();
    let theme: String =
        texts("themes/default", &[".html", ".js"]).into_iter().map(|(_, text)| text).collect();
    let idle: Vec<String> = Words::all()
        .filter(|name| {
            let (section, key) = name.split_once('.').expect("a name has two parts");
            let in_code = code.contains(&format!("{section}().{key}("));
            let in_script = theme.contains(&format!("WORDS.{section}")) && theme.contains(key);
            !in_code && !in_script && !theme.contains(&format!("\"{name}\""))
        })
        .collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
}
