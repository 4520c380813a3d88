//! Tells Cargo that the binary carries these folders: a new file in one of them makes it anew.
//! Turns the words of the built-in theme into code, so that a key that a language lacks, or a
//! placeholder that it does not fill, does not compile.

#![expect(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use granit_parser::{Event, Parser};

/// The language that the others are measured by.
const MEASURE: &str = "en";

/// The categories that a language's rules for plurals know.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A text, or one for each category of a count.
#[derive(Clone, Debug)]
enum Form {
    Text(String),
    Plural(Vec<(String, String)>),
}

/// A word of a language: its section, its key, its form.
type Word = (String, String, Form);

fn main() {
    for folder in ["policies", "processes", "schema", "themes"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    if let Err(message) = words() {
        println!("cargo::error={message}");
    }
}

/// Writes `words.rs` from the files of words.
fn words() -> Result<(), String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("themes/default/words")
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(|error| format!("themes/default/words: {error}"))?;
    files.sort();
    let mut languages = Vec::new();
    for path in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        languages.push((name, read(path).map_err(|why| format!("{}: {why}", path.display()))?));
    }
    let measure = languages.iter().find(|(name, _)| name == MEASURE);
    let measure = measure.map(|(_, words)| words.clone()).ok_or("there is no en.yaml")?;
    for (name, words) in &mut languages {
        *words = measured(&measure, words).map_err(|why| format!("words/{name}.yaml: {why}"))?;
    }
    let out = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
    std::fs::write(Path::new(&out).join("words.rs"), code(&measure, &languages))
        .map_err(|error| error.to_string())
}

/// The words of a file in the order in which they stand there.
fn read(path: &Path) -> Result<Vec<Word>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut words: Vec<Word> = Vec::new();
    // Section, key and category, as far as they are open, and whether a key comes next.
    let (mut open, mut key): (Vec<String>, Option<String>) = (Vec::new(), None);
    for event in Parser::new_from_str(&text) {
        let (event, span) = event.map_err(|error| error.to_string())?;
        let line = span.start.line();
        match event {
            Event::MappingStart(..) => open.extend(key.take()),
            Event::MappingEnd => drop(open.pop()),
            Event::SequenceStart(..) | Event::Alias(_) => {
                return Err(format!("line {line}: a section, a key or a text belongs here"));
            }
            Event::Scalar(text, ..) => match (key.take(), &open[..]) {
                (None, _) => key = Some(text.into_owned()),
                (Some(key), [section]) => {
                    words.push((section.clone(), key, Form::Text(text.into_owned())));
                }
                (Some(category), [section, key]) if CATEGORIES.contains(&&*category) => {
                    let form = (category, text.into_owned());
                    match words.last_mut() {
                        Some((_, last, Form::Plural(forms))) if last == key => forms.push(form),
                        _ => {
                            let forms = Form::Plural(vec![form]);
                            words.push((section.clone(), key.clone(), forms));
                        }
                    }
                }
                (Some(key), _) => {
                    return Err(format!("line {line}: `{key}` is no category of a count"));
                }
            },
            _ => {}
        }
    }
    Ok(words)
}

/// The words of a language in the order of the measure; or what is not as there.
fn measured(measure: &[Word], words: &[Word]) -> Result<Vec<Word>, String> {
    let name = |word: &Word| format!("{}.{}", word.0, word.1);
    let wanted: BTreeSet<String> = measure.iter().map(name).collect();
    let mut had = BTreeSet::new();
    for word in words {
        let name = name(word);
        if !wanted.contains(&name) {
            return Err(format!("`{name}` is no word of the site: en.yaml does not have it"));
        }
        if !had.insert(name.clone()) {
            return Err(format!("`{name}` is there twice"));
        }
    }
    let found = measure.iter().map(|like| {
        let own = words.iter().find(|word| name(word) == name(like));
        let own = own.ok_or_else(|| format!("`{}` is missing", name(like)))?;
        alike(like, own).map_err(|why| format!("`{}` {why}", name(like)))?;
        Ok(own.clone())
    });
    found.collect()
}

/// Whether a word has the placeholders and links of the measure.
fn alike((.., like): &Word, (.., own): &Word) -> Result<(), String> {
    let whole = |form: &Form| match form {
        Form::Text(text) => Ok(text.clone()),
        Form::Plural(forms) => forms
            .iter()
            .find_map(|(category, text)| (category == "other").then(|| text.clone()))
            .ok_or("has no form `other`".to_owned()),
    };
    let (like_whole, own_whole) = (whole(like)?, whole(own)?);
    let (wanted, had) = (marks(&like_whole), marks(&own_whole));
    if wanted != had {
        return Err(format!("has {had:?} and should have {wanted:?}"));
    }
    match (like, own) {
        (Form::Text(_), Form::Plural(_)) => Err("has several forms and should be a text".into()),
        (Form::Plural(_), Form::Text(_)) => Err("should have a form for each count".into()),
        (_, Form::Plural(forms)) => {
            let odd = forms.iter().find(|(_, text)| !marks(text).is_subset(&wanted));
            odd.map_or(Ok(()), |(category, _)| Err(format!("has odd marks in `{category}`")))
        }
        _ => Ok(()),
    }
}

/// The placeholders of a text, and `[]` where it has words for a link.
fn marks(text: &str) -> BTreeSet<&str> {
    let named = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    named.chain(text.contains('[').then_some("[]")).collect()
}

/// The code: a table of keys, the texts of each language, and a function for each word.
fn code(measure: &[Word], languages: &[(String, Vec<Word>)]) -> String {
    let mut out = String::new();
    let count = measure.len();
    let _ = writeln!(out, "static KEYS: [Key; {count}] = [");
    for (section, key, form) in measure {
        let (plural, names) = (matches!(form, Form::Plural(_)), placeholders(form));
        let _ = writeln!(
            out,
            "    Key {{ section: {section:?}, name: {key:?}, is_plural: {plural}, \
             placeholders: &{names:?}, links: {} }},",
            said(form).contains('[')
        );
    }
    let _ = writeln!(out, "];\n");
    let _ = writeln!(out, "static BUILT_IN: [(&str, [BuiltIn; {count}]); {}] = [", languages.len());
    for (name, words) in languages {
        let _ = writeln!(out, "({name:?}, [");
        for (.., form) in words {
            let _ = match form {
                Form::Text(text) => writeln!(out, "    BuiltIn::Text({text:?}),"),
                Form::Plural(forms) => writeln!(out, "    BuiltIn::Plural(&{forms:?}),"),
            };
        }
        let _ = writeln!(out, "]),");
    }
    let _ = writeln!(out, "];\n");
    let sections: BTreeSet<&str> = measure.iter().map(|word| &*word.0).collect();
    for section in sections {
        section_code(&mut out, measure, section);
    }
    out
}

/// The functions of a section.
fn section_code(out: &mut String, measure: &[Word], section: &str) {
    let name: String = section
        .split('_')
        .flat_map(|part| {
            part[..1].to_uppercase().chars().chain(part[1..].chars()).collect::<Vec<_>>()
        })
        .collect();
    let _ = writeln!(
        out,
        "/// The words of the section `{section}`.\n#[derive(Clone, Copy)]\n\
         pub struct {name}Words<'w>(&'w Words);\n\n\
         impl Words {{\n    /// The words of the section `{section}`.\n    \
         pub fn {section}(&self) -> {name}Words<'_> {{\n        {name}Words(self)\n    }}\n}}\n\n\
         impl<'w> {name}Words<'w> {{"
    );
    for (at, (own, key, form)) in measure.iter().enumerate() {
        if own != section {
            continue;
        }
        let doc = said(form).replace('`', "'");
        let _ = writeln!(out, "    /// `{doc}`");
        let names = placeholders(form);
        let takes = names.iter().filter(|name| **name != "count");
        let takes: Vec<String> = takes.map(|name| format!(", {name}: &dyn Display")).collect();
        let takes = takes.concat();
        let gives: Vec<String> = names
            .iter()
            .filter(|name| **name != "count")
            .map(|name| format!("({name:?}, {name})"))
            .collect();
        let gives = gives.join(", ");
        let _ = match (form, names.contains(&"count")) {
            (Form::Text(_), false) if gives.is_empty() => writeln!(
                out,
                "    pub fn {key}(self) -> &'w str {{\n        self.0.text({at})\n    }}"
            ),
            (Form::Text(_), false) => writeln!(
                out,
                "    pub fn {key}(self{takes}) -> String {{\n        \
                 self.0.filled({at}, &[{gives}])\n    }}"
            ),
            _ => writeln!(
                out,
                "    pub fn {key}(self, count: usize{takes}) -> String {{\n        \
                 self.0.counted({at}, count, &[{gives}])\n    }}"
            ),
        };
    }
    let _ = writeln!(out, "}}\n");
}

/// The whole text of a form.
fn said(form: &Form) -> &str {
    match form {
        Form::Text(text) => text,
        Form::Plural(forms) => {
            let other = forms.iter().find(|(category, _)| category == "other");
            other.map_or("", |(_, text)| text)
        }
    }
}

/// The placeholders of a form, each once, in the order in which they stand there.
fn placeholders(form: &Form) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in said(form).split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
