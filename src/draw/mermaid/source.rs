//! The source of a diagram: its kind, its lines without comments and settings, and labels as the
//! words that they are.

use super::entity::{attribute, attributes, one_line};

/// Largest source that is drawn; a diagram of this size is no longer read by anybody.
pub(super) const MOST_BYTES: usize = 16 * 1024;
pub(super) const MOST_LINES: usize = 300;

/// A source without what is not drawn: settings in front of it, comments and directives. Every line
/// stays where it is.
pub(super) struct Source {
    /// The lines; those that hold nothing to draw are empty.
    pub text: String,
    /// The title in the settings in front.
    pub title: Option<String>,
}

impl Source {
    pub(super) fn new(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut title = None;
        let mut lines = source.lines().peekable();
        while let Some(line) = lines.next_if(|line| line.trim().is_empty()) {
            text.push_str(line.trim());
            text.push('\n');
        }
        if lines.peek().is_some_and(|line| line.trim() == "---") && closes(source) {
            text.push('\n');
            lines.next();
            for line in lines.by_ref() {
                text.push('\n');
                match line.trim().split_once(':') {
                    Some(("title", said)) => title = Some(unquoted(said.trim()).to_owned()),
                    _ if line.trim() == "---" => break,
                    _ => {}
                }
            }
        }
        let mut directive = false;
        for line in lines {
            let trimmed = line.trim_start();
            directive |= trimmed.starts_with("%%{");
            if directive {
                directive = !trimmed.contains("}%%");
            } else if !trimmed.starts_with("%%") {
                text.push_str(line);
            }
            text.push('\n');
        }
        Source { text, title: title.filter(|title| !title.is_empty()) }
    }

    /// Word by which the kind of the diagram is told, and its line.
    pub(super) fn kind(&self) -> (&str, usize) {
        let first = self.text.lines().enumerate().find(|(_, line)| !line.trim().is_empty());
        let Some((n, line)) = first else { return ("", 1) };
        let end = |c: char| c.is_whitespace() || matches!(c, ';' | ':');
        (line.trim().split(end).next().unwrap_or_default(), n + 1)
    }
}

/// Whether settings that are begun end, too.
fn closes(source: &str) -> bool {
    source.lines().filter(|line| line.trim() == "---").nth(1).is_some()
}

/// What a diagram says of itself under `accTitle` or `accDescr`: in one line, or in braces.
pub fn said(source: &str, key: &str) -> Option<String> {
    let mut lines = source.lines().map(str::trim);
    let rest = lines.find_map(|line| {
        let rest = line.strip_prefix(key)?.trim_start();
        rest.starts_with([':', '{']).then_some(rest)
    })?;
    let words = match rest.strip_prefix('{') {
        None => rest[1..].trim().to_owned(),
        Some(first) => {
            let mut words = first.split('}').next().unwrap_or_default().trim().to_owned();
            if !first.contains('}') {
                for line in lines {
                    words.push(' ');
                    words.push_str(line.split('}').next().unwrap_or_default());
                    if line.contains('}') {
                        break;
                    }
                }
            }
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    (!words.is_empty()).then_some(words)
}

/// A text without the quotation marks around it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = |mark: char| text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// A label as its reader sees it: without marks, with its lines.
pub(super) fn label(raw: &str) -> String {
    let mut text = unquoted(raw).to_owned();
    if let Some(markdown) = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        text = plain(markdown);
    }
    let text = without_icons(&without_tags(&text));
    let lines = decoded(&text);
    let lines = lines.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Markdown in a label, without its marks.
fn plain(markdown: &str) -> String {
    let mut text = markdown.replace("**", "").replace("__", "");
    for mark in ['*', '_'] {
        let mut words: Vec<String> = Vec::new();
        for word in text.split(' ') {
            words.push(word.trim_matches(mark).to_owned());
        }
        text = words.join(" ");
    }
    text
}

/// The tags of HTML that Mermaid lets a label hold.
const TAGS: [&str; 16] = [
    "b", "i", "u", "s", "em", "strong", "small", "big", "sub", "sup", "span", "code", "p", "div",
    "center", "font",
];

fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        plain.push_str(before);
        let name: String = tag[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let name = name.to_ascii_lowercase();
        match tag.find('>') {
            Some(end) if name == "br" => {
                plain.push('\n');
                rest = &tag[end + 1..];
            }
            Some(end) if TAGS.contains(&name.as_str()) => rest = &tag[end + 1..],
            _ => {
                plain.push('<');
                rest = &tag[1..];
            }
        }
    }
    plain + rest
}

/// Names of icons are no words: `fa:fa-car`.
fn without_icons(text: &str) -> String {
    if !text.contains(":fa-") {
        return text.to_owned();
    }
    let words = text.split(' ').filter(|word| {
        let icon =
            word.split_once(":fa-").is_some_and(|(set, _)| set.len() <= 3 && set.starts_with("fa"));
        !icon
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The signs that `#quot;`, `#35;` and `&amp;` stand for. An unknown name stays as it is.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains(['#', '&']) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['#', '&']) {
        plain.push_str(&rest[..at]);
        let tail = &rest[at..];
        let (sign, length) = entity(tail).unwrap_or((char::from(tail.as_bytes()[0]), 1));
        plain.push(sign);
        rest = &tail[length..];
    }
    plain + rest
}

/// A text for the renderer's own readers: signs that would be taken for a part of the notation are
/// put in the private area of Unicode, from which [`plain_signs`] takes them back.
pub(super) fn prepared(text: &str, kind: &str) -> String {
    let text = joined(text, kind);
    let lines = text.lines().map(|line| {
        let mut plain = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(at) = rest.find(['#', '&']) {
            plain.push_str(&rest[..at]);
            let tail = &rest[at..];
            let (sign, length) = entity(tail).unwrap_or((char::from(tail.as_bytes()[0]), 1));
            let private = char::from_u32(PRIVATE + u32::from(sign));
            let hidden = length > 1 && sign.is_ascii_punctuation();
            plain.push(private.filter(|_| hidden).unwrap_or(sign));
            rest = &tail[length..];
        }
        plain.push_str(rest);
        plain.replace("<br />", "<br/>").replace("<BR>", "<br/>").replace("<BR/>", "<br/>")
    });
    lines.collect::<Vec<_>>().join("\n")
}

const PRIVATE: u32 = 0xe000;

/// Lines of a kind as the renderer reads them all: what goes on in the next line stands in one, and
/// the parts of an attribute are one word. No line changes its number, but below an entity in one line.
fn joined(text: &str, kind: &str) -> String {
    let is_er = kind == "erDiagram";
    let is_state = kind.starts_with("stateDiagram");
    let mut lines: Vec<String> = Vec::new();
    let mut held = None;
    let mut inside = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let mut own = line.to_owned();
        let last = lines.iter().rposition(|line| !line.trim().is_empty());
        if let Some((head, inner)) = one_line(trimmed).filter(|_| is_er && !inside) {
            let all = attributes(inner).into_iter().map(|one| attribute(&one));
            own = format!("{head}{{\n{}\n}}", all.collect::<Vec<_>>().join("\n"));
        } else if is_er && inside && trimmed != "}" && !trimmed.is_empty() {
            own = attribute(trimmed);
        } else if let Some(at) = held {
            own.clear();
            if trimmed.eq_ignore_ascii_case("end note") {
                held = None;
            } else if !trimmed.is_empty() {
                let note: &mut String = &mut lines[at];
                note.push_str(if note.contains(" : ") { "<br/>" } else { " : " });
                note.push_str(trimmed);
            }
        } else if is_state {
            own = trimmed.split_whitespace().collect::<Vec<_>>().join(" ");
            if own.starts_with("note ") && !own.contains(':') {
                held = Some(lines.len());
            }
        } else if let Some(last) = last.filter(|_| kind == "timeline" && trimmed.starts_with(':')) {
            lines[last].push(' ');
            lines[last].push_str(trimmed);
            own.clear();
        }
        inside = if inside { trimmed != "}" } else { is_er && trimmed.ends_with('{') };
        lines.push(own);
    }
    lines.join("\n")
}

/// A drawing in which the signs that were put away are what they were.
pub(super) fn plain_signs(svg: &str) -> String {
    let is_private = |c: char| (PRIVATE..PRIVATE + 128).contains(&u32::from(c));
    if !svg.contains(is_private) {
        return svg.to_owned();
    }
    let mut plain = String::with_capacity(svg.len());
    for letter in svg.chars() {
        match char::from_u32(u32::from(letter).wrapping_sub(PRIVATE)).filter(|_| is_private(letter))
        {
            Some(sign) => plain.push_str(&crate::text::escaped(&sign.to_string())),
            None => plain.push(letter),
        }
    }
    plain
}

/// The sign at the start of a text, and how many bytes stand for it.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.char_indices().take(12).find(|(_, c)| *c == ';')?.0;
    let name = text[1..end].trim_start_matches('#');
    let sign = if let Some(hex) = name.strip_prefix(['x', 'X']) {
        char::from_u32(u32::from_str_radix(hex, 16).ok()?)?
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        char::from_u32(name.parse().ok()?)?
    } else {
        named(name)?
    };
    (!sign.is_control()).then_some((sign, end + 1))
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "semi" => ';',
        "colon" => ':',
        "comma" => ',',
        "num" => '#',
        "lpar" => '(',
        "rpar" => ')',
        "lsqb" | "lbrack" => '[',
        "rsqb" | "rbrack" => ']',
        "lbrace" | "lcub" => '{',
        "rbrace" | "rcub" => '}',
        "hearts" => '♥',
        "infin" => '∞',
        "rarr" => '→',
        "larr" => '←',
        "harr" => '↔',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "pound" => '£',
        "sect" => '§',
        "deg" => '°',
        "micro" => 'µ',
        "times" => '×',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_comments_are_not_drawn_and_every_line_keeps_its_place() {
        let source =
            Source::new("---\ntitle: \"Flow\"\n---\n%%{init: {}}%%\ngraph LR\n  %% no\n A-->B");
        assert_eq!(source.title.as_deref(), Some("Flow"));
        assert_eq!(source.text, "\n\n\n\ngraph LR\n\n A-->B\n");
        assert_eq!(source.kind(), ("graph", 5));
        assert_eq!(Source::new("---\ngraph LR").text, "---\ngraph LR\n");
    }

    #[test]
    fn a_label_is_what_is_read() {
        assert_eq!(label("\"A<br>B<br />C\""), "A\nB\nC");
        assert_eq!(label("\"`**Bold** _word_ and\n  more`\""), "Bold word and\nmore");
        assert_eq!(label("5 #lt; 6 &amp; #35;7 #quot;x#quot; AT&T"), "5 < 6 & #7 \"x\" AT&T");
        assert_eq!(label("fa:fa-car <b>Car</b> <Name>"), "Car <Name>");
        assert_eq!(label("#0; #x110000; #99999999999;"), "#0; #x110000; #99999999999;");
    }

    #[test]
    fn what_the_renderer_does_not_read_is_written_as_it_does() {
        let er = "erDiagram\n A {\n  string name PK, FK \"its name\"\n }\n A ||--o{ B : has";
        assert_eq!(
            plain_signs(&prepared(er, "erDiagram")),
            "erDiagram\n A {\nstring name PK, FK its name\n }\n A ||--o{ B : has"
        );
        let state = "stateDiagram-v2\n note left of  A\n  one\n  two\n end note\n A --> B";
        let lines = "stateDiagram-v2\nnote left of A : one<br/>two\n\n\n\nA --> B";
        assert_eq!(prepared(state, "stateDiagram-v2"), lines);
        assert_eq!(prepared("timeline\n 2004 : A\n  : B", "timeline"), "timeline\n 2004 : A : B");
        assert_eq!(
            plain_signs(&prepared("pie\n \"a #quot;b#quot;\" : 1", "pie")),
            "pie\n \"a &quot;b&quot;\" : 1"
        );
    }

    #[test]
    fn a_diagram_says_what_it_shows_in_one_line_or_in_braces() {
        assert_eq!(said("graph\n accTitle: One", "accTitle").as_deref(), Some("One"));
        let braces = "graph\n accDescr {\n  One\n  two.\n }\n A-->B";
        assert_eq!(said(braces, "accDescr").as_deref(), Some("One two."));
        assert_eq!(said("flowchart LR\n accTitle\n A --> B", "accTitle"), None);
    }
}
