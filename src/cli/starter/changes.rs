//! What has to change in the words of this repository's manual before it is another
//! organization's, as `policies/_starter.yaml` lists it.

use std::ops::Range;

use anyhow::{Context as _, Result, anyhow, bail, ensure};

use crate::parse::front_matter::{self, Layout};
use crate::parse::yaml::{self, Entry, Node, Value};

/// The key of the changes that hold for every file.
const EVERYWHERE: &str = "everywhere";

/// All changes.
#[derive(Debug)]
pub(super) struct Changes {
    files: Vec<(String, Vec<Change>)>,
    everywhere: Vec<Change>,
}

/// Words, and what comes in their place.
#[derive(Debug)]
struct Change {
    words: String,
    /// The whole lines that hold the words are meant.
    lines: bool,
    instead: Instead,
    times: usize,
}

#[derive(Debug)]
enum Instead {
    Decision(String),
    Words(String),
}

impl Changes {
    /// Reads the list.
    pub(super) fn read(text: &str) -> Result<Changes> {
        let node = yaml::read(text, 0..text.len()).map_err(|fault| anyhow!(fault.message))?;
        let Value::Map(entries) = &node.value else { bail!("it is no map of files") };
        let mut changes = Changes { files: Vec::new(), everywhere: Vec::new() };
        for Entry { key, node, .. } in entries {
            let list: Result<Vec<Change>> = super::items(Some(node)).iter().map(change).collect();
            let list = list.with_context(|| key.clone())?;
            if **key == *EVERYWHERE {
                changes.everywhere = list;
            } else {
                changes.files.push((key.to_string(), list));
            }
        }
        Ok(changes)
    }

    /// The files that have changes of their own.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// A file's text after its changes; each must find its words as often as it says.
    pub(super) fn apply(&self, path: &str, text: &str) -> Result<String> {
        let of_file = self.files.iter().filter(|(file, _)| file == path);
        let mut text = text.to_owned();
        for change in of_file.flat_map(|(_, list)| list) {
            let places = change.places(&text);
            ensure!(
                places.len() == change.times,
                "`{}` occurs {} times, not {}",
                change.words,
                places.len(),
                change.times
            );
            text = change.done(&text, &places);
        }
        for change in &self.everywhere {
            text = change.done(&text, &change.places(&text));
        }
        Ok(text)
    }
}

fn change(node: &Node) -> Result<Change> {
    const KEYS: [&str; 5] = ["find", "lines", "decide", "write", "times"];
    let Value::Map(entries) = &node.value else { bail!("a change is no map") };
    for Entry { key, .. } in entries {
        ensure!(KEYS.contains(&&**key), "a change has no key `{key}`");
    }
    let text = |key| node.get(key).and_then(Node::text).map(str::to_owned);
    let (words, lines) = match (text("find"), text("lines")) {
        (Some(words), None) => (words, false),
        (None, Some(words)) => (words, true),
        _ => bail!("a change has either `find` or `lines`"),
    };
    ensure!(!words.is_empty(), "a change finds nothing");
    let instead = match (text("decide"), text("write")) {
        (Some(what), None) => Instead::Decision(what),
        (None, words) => Instead::Words(words.unwrap_or_default()),
        (Some(_), Some(_)) => bail!("`{words}` is both decided and written"),
    };
    let times = text("times").map_or(Ok(1), |times| times.parse()).context("times")?;
    Ok(Change { words, lines, instead, times })
}

impl Change {
    /// Where its words stand, or the lines that hold them.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        if !self.lines {
            let found = text.match_indices(&self.words);
            return found.map(|(at, words)| at..at + words.len()).collect();
        }
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let at = start..start + line.len();
            start = at.end;
            (at, line)
        });
        lines.filter(|(_, line)| line.contains(&self.words)).map(|(at, _)| at).collect()
    }

    /// A text with something else at these places.
    fn done(&self, text: &str, places: &[Range<usize>]) -> String {
        let body = match front_matter::split(text) {
            Layout::Both { body, .. } => body.start,
            Layout::NoFrontMatter => 0,
        };
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for at in places {
            out.push_str(&text[from..at.start]);
            let new = match &self.instead {
                Instead::Words(words) => words.clone(),
                // Braces begin a map in front matter, so a decision gets quotes there.
                Instead::Decision(what) if at.start < body => {
                    format!("\"{{{{ decide: {what} }}}}\"")
                }
                Instead::Decision(what) => format!("{{{{ decide: {what} }}}}"),
            };
            out.push_str(&new);
            if self.lines && !new.is_empty() {
                out.push('\n');
            }
            from = at.end;
        }
        out.push_str(&text[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
everywhere:
  - {find: blue, write: grey}
a.md:
  - {find: Ms Green, decide: who leads}
  - {lines: 'row 2'}
  - {lines: 'row 3', write: '| other |'}
  - {find: ' blue', times: 2}
";

    const TEXT: &str =
        "---\nowner: Ms Green\n---\n| row 1 blue |\n| row 2 |\n| row 3 |\nA blue bird, skyblue.\n";

    #[test]
    fn words_and_lines_give_way() {
        let changes = Changes::read(LIST).unwrap();
        assert_eq!(
            changes.apply("a.md", TEXT).unwrap(),
            "---\nowner: \"{{ decide: who leads }}\"\n---\n| row 1 |\n| other |\nA bird, skygrey.\n"
        );
        assert_eq!(changes.apply("b.md", "Ms Green, blue").unwrap(), "Ms Green, grey");
        assert_eq!(changes.files().collect::<Vec<_>>(), ["a.md"]);
    }

    #[test]
    fn words_that_are_not_there_are_an_error() {
        let changes = Changes::read(LIST).unwrap();
        let error = changes.apply("a.md", "Ms Green and Ms Green").unwrap_err();
        assert_eq!(error.to_string(), "`Ms Green` occurs 2 times, not 1");
    }

    #[test]
    fn a_change_that_says_nothing_clear_is_an_error() {
        for change in ["{}", "{find: a, lines: b}", "{find: a, write: b, decide: c}", "{find: ''}"]
        {
            assert!(Changes::read(&format!("a.md: [{change}]")).is_err(), "{change}");
        }
        let error = Changes::read("a.md: [{find: a, wirte: b}]").unwrap_err();
        assert_eq!(format!("{error:#}"), "a.md: a change has no key `wirte`");
        assert!(Changes::read("a.md: [{find: a, times: b}]").is_err());
        assert!(Changes::read("- a").is_err());
    }
}
