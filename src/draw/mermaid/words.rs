//! The words of a diagram that a drawing of it has to show, for the kinds that are read by the
//! renderer. Each reader is small and knows no more of a kind than where its words stand.
//!
//! Longer than most: a reader for each kind, each a few lines.

use super::entity::{attributes, one_line};
use super::source::{label, unquoted};

/// A word that the drawing has to show.
pub(super) struct Said {
    pub line: usize,
    pub text: String,
}

/// What is expected of a drawing.
pub(super) struct Expected {
    pub said: Vec<Said>,
    /// How many lines between boxes there are, where that is known.
    pub edges: Option<usize>,
}

/// The words of a source of a kind.
pub(super) fn expected(text: &str, kind: &str) -> Expected {
    let mut reader = Reader {
        said: Vec::new(),
        edges: 0,
        inside: Inside::Nothing,
        hidden: Vec::new(),
        texts: Vec::new(),
    };
    let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line));
    let head = lines.find(|(_, line)| !line.trim().is_empty());
    if let Some((number, line)) = head {
        reader.head(kind, line.trim(), number);
    }
    let mut spoken = false;
    for (number, line) in lines {
        let line = line.split(" %%").next().unwrap_or_default().trim();
        if spoken {
            spoken = !line.contains('}');
            continue;
        }
        if line.starts_with("accTitle") || line.starts_with("accDescr") {
            spoken = line.contains('{') && !line.contains('}');
            continue;
        }
        if !line.is_empty() && !is_look(line) {
            reader.line(kind, line, number);
        }
    }
    reader.done(kind)
}

/// Statements about how something looks or where it leads.
fn is_look(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    matches!(
        word,
        "classDef"
            | "style"
            | "linkStyle"
            | "click"
            | "direction"
            | "cssClass"
            | "callback"
            | "link"
    ) || (word == "class" && !line.contains(['{', '[', '~']) && line.split_whitespace().count() > 2)
}

#[derive(PartialEq, Eq)]
enum Inside {
    Nothing,
    Note,
    Body,
}

struct Reader {
    said: Vec<Said>,
    edges: usize,
    inside: Inside,
    /// Names that a description takes the place of.
    hidden: Vec<String>,
    /// Names that are shown unless they are hidden.
    texts: Vec<Said>,
}

impl Reader {
    fn say(&mut self, line: usize, raw: &str) {
        let text = label(raw);
        if !text.is_empty() {
            self.said.push(Said { line, text });
        }
    }

    fn name(&mut self, line: usize, raw: &str) {
        let text = raw.split(":::").next().unwrap_or_default().trim().to_owned();
        if !text.is_empty() && text != "[*]" {
            self.texts.push(Said { line, text });
        }
    }

    fn head(&mut self, kind: &str, line: &str, number: usize) {
        if kind == "pie" {
            let rest = line["pie".len()..].trim().trim_start_matches("showData").trim();
            if let Some(title) = rest.strip_prefix("title ") {
                self.say(number, title);
            }
        }
    }

    fn line(&mut self, kind: &str, line: &str, number: usize) {
        match kind {
            "stateDiagram" | "stateDiagram-v2" => self.state(line, number),
            "classDiagram" | "classDiagram-v2" => self.class(line, number),
            "erDiagram" => self.er(line, number),
            "pie" => self.pie(line, number),
            "gantt" => self.gantt(line, number),
            "timeline" => self.timeline(line, number),
            "journey" => self.journey(line, number),
            "mindmap" | "kanban" => self.tree(line, number),
            "quadrantChart" => self.quadrant(line, number),
            // Their title is the caption.
            _ if kind.starts_with("C4") && line.starts_with("title ") => {}
            _ => self.quoted(line, number),
        }
    }

    fn done(mut self, kind: &str) -> Expected {
        let hidden = std::mem::take(&mut self.hidden);
        let mut seen: Vec<String> = Vec::new();
        for one in std::mem::take(&mut self.texts) {
            if !hidden.contains(&one.text) && !seen.contains(&one.text) {
                seen.push(one.text.clone());
                self.say(one.line, &one.text);
            }
        }
        let counted = kind.starts_with("stateDiagram")
            || kind.starts_with("classDiagram")
            || kind == "erDiagram";
        Expected { said: self.said, edges: counted.then_some(self.edges) }
    }

    fn state(&mut self, line: &str, number: usize) {
        if self.inside == Inside::Note {
            if line.eq_ignore_ascii_case("end note") {
                self.inside = Inside::Nothing;
            } else {
                self.say(number, line);
            }
            return;
        }
        let line = line.trim_end_matches(';').trim();
        if let Some(rest) = line.strip_prefix("note ") {
            match rest.split_once(':') {
                Some((_, words)) => self.say(number, words),
                None => self.inside = Inside::Note,
            }
            return;
        }
        if matches!(line, "}" | "--")
            || line.starts_with("scale ")
            || line == "hide empty description"
        {
            return;
        }
        if let Some((from, rest)) = line.split_once("-->") {
            let (to, words) = rest
                .split_once(" :")
                .or_else(|| rest.rsplit_once(':').filter(|(to, _)| !to.ends_with(':')))
                .map_or((rest, ""), |(to, words)| (to, words));
            self.edges += 1;
            self.name(number, from);
            self.name(number, to);
            self.say(number, words);
            return;
        }
        let rest = line.strip_prefix("state ").unwrap_or(line).trim().trim_end_matches('{').trim();
        if let Some((words, id)) = rest.split_once(" as ") {
            self.say(number, words);
            self.hidden.push(id.trim().to_owned());
        } else if rest.contains("<<") || rest.contains("[[") {
            let id = rest.split(['<', '[']).next().unwrap_or_default();
            self.hidden.push(id.trim().to_owned());
        } else if let Some((id, words)) =
            rest.split_once(':').filter(|(_, words)| !words.starts_with(':'))
        {
            self.hidden.push(id.trim().to_owned());
            self.say(number, words);
        } else if rest.starts_with('"') {
            self.say(number, rest);
        } else {
            self.name(number, rest);
        }
    }

    fn class(&mut self, line: &str, number: usize) {
        if self.inside == Inside::Body {
            if line.starts_with('}') {
                self.inside = Inside::Nothing;
            } else {
                self.say(number, &line.replace('~', " "));
            }
            return;
        }
        if line == "}" {
            return;
        }
        if let Some(rest) = line.strip_prefix("note ") {
            self.quoted(rest, number);
            return;
        }
        if let Some(rest) = line.strip_prefix("namespace ") {
            self.say(
                number,
                rest.trim_end_matches('{').trim().rsplit('.').next().unwrap_or_default(),
            );
            return;
        }
        if let Some(rest) = line.strip_prefix("class ") {
            let (head, body) =
                rest.split_once('{').map_or((rest, None), |(head, body)| (head, Some(body)));
            self.class_name(head, number);
            match body.map(|body| body.split_once('}').map(|(inner, _)| inner)) {
                Some(None) => self.inside = Inside::Body,
                Some(Some(inner)) => self.say(number, &inner.replace(['~', ';'], " ")),
                None => {}
            }
            return;
        }
        if let Some(end) = line.find(">>").filter(|_| line.starts_with("<<")) {
            self.say(number, &line[2..end]);
            self.class_name(&line[end + 2..], number);
            return;
        }
        let (relation, words) = line
            .split_once(" :")
            .or_else(|| line.split_once(": "))
            .map_or((line, ""), |(a, b)| (a, b));
        let bare: String = relation.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        let Some((from, to)) = ["--", ".."].iter().find_map(|sign| bare.split_once(sign)) else {
            self.class_name(relation, number);
            self.say(number, &words.replace('~', " "));
            return;
        };
        self.edges += 1;
        // A sign stands apart from the name; a name may begin or end with an "o" of its own.
        let name = |side: &str| {
            let is_sign =
                |word: &&str| word.trim_matches(['<', '>', '|', '*', 'o', '(', ')']).is_empty();
            let word = side.split_whitespace().find(|word| !is_sign(word)).unwrap_or_default();
            word.trim_matches(['<', '>', '|', '*', '(', ')']).to_owned()
        };
        self.class_name(&name(from), number);
        self.class_name(&name(to), number);
        for quoted in relation.split('"').skip(1).step_by(2) {
            self.say(number, quoted);
        }
        self.say(number, words);
    }

    fn class_name(&mut self, raw: &str, number: usize) {
        let raw = raw.split(":::").next().unwrap_or_default();
        let raw = raw.split("<<").next().unwrap_or_default().trim();
        if let Some((id, title)) = raw.split_once('[').filter(|_| raw.ends_with(']')) {
            self.hidden.push(id.trim().trim_matches('`').to_owned());
            self.say(number, &title[..title.len() - 1]);
        } else {
            self.name(number, raw.trim_matches('`').split('~').next().unwrap_or_default());
        }
    }

    fn er(&mut self, line: &str, number: usize) {
        if self.inside == Inside::Body {
            if line.starts_with('}') {
                self.inside = Inside::Nothing;
            } else {
                self.say(number, &line.replace('"', " "));
            }
            return;
        }
        if let Some((head, inner)) = one_line(line) {
            self.entity(head.trim(), number);
            for one in attributes(inner) {
                self.say(number, &one);
            }
            return;
        }
        let (relation, words) = line.split_once(" : ").unwrap_or((line, ""));
        let split = ["--", "..", " to ", " optionally to "].iter().find_map(|sign| {
            let bare = mask_quotes(relation);
            bare.find(sign).map(|at| (at, sign.len()))
        });
        if let Some((at, length)) = split.filter(|_| !words.is_empty()) {
            self.edges += 1;
            let sides = [&relation[..at], &relation[at + length..]];
            let from = sides[0].trim_end_matches(['|', 'o', '}', '{', ' ']);
            let to = sides[1].trim_start_matches(['|', 'o', '}', '{', ' ']);
            self.entity(from.trim(), number);
            self.entity(to.trim(), number);
            self.say(number, words);
            return;
        }
        let (head, body) =
            relation.split_once('{').map_or((relation, None), |(head, body)| (head, Some(body)));
        self.entity(head.trim(), number);
        match body {
            Some(inner) if inner.contains('}') => {}
            Some(_) => self.inside = Inside::Body,
            None => {}
        }
    }

    fn entity(&mut self, raw: &str, number: usize) {
        let raw = raw.split(":::").next().unwrap_or_default().trim();
        // The words for how many belong to the line between them.
        let raw = raw.split("  ").next().unwrap_or_default();
        match raw.split_once('[').filter(|_| raw.ends_with(']')) {
            Some((id, title)) => {
                self.hidden.push(unquoted(id).to_owned());
                self.say(number, &title[..title.len() - 1]);
            }
            None => self.name(number, unquoted(raw)),
        }
    }

    fn pie(&mut self, line: &str, number: usize) {
        if let Some(title) = line.strip_prefix("title ") {
            self.say(number, title);
        } else if line.starts_with('"') {
            self.quoted(line, number);
        }
    }

    fn gantt(&mut self, line: &str, number: usize) {
        let word = line.split_whitespace().next().unwrap_or_default();
        match word {
            "title" | "section" => self.say(number, line[word.len()..].trim()),
            "dateFormat" | "axisFormat" | "excludes" | "includes" | "todayMarker"
            | "tickInterval" | "weekday" | "weekend" | "inclusiveEndDates" | "topAxis"
            | "displayMode" => {}
            _ => {
                if let Some((name, _)) = line.rsplit_once(" :").or_else(|| line.split_once(':')) {
                    self.say(number, name);
                }
            }
        }
    }

    fn timeline(&mut self, line: &str, number: usize) {
        let word = line.split_whitespace().next().unwrap_or_default();
        match word {
            "title" | "section" => self.say(number, line[word.len()..].trim()),
            _ => line.split(':').for_each(|part| self.say(number, part)),
        }
    }

    fn journey(&mut self, line: &str, number: usize) {
        let word = line.split_whitespace().next().unwrap_or_default();
        match word {
            "title" | "section" => self.say(number, line[word.len()..].trim()),
            _ => {
                let mut parts = line.split(':');
                self.say(number, parts.next().unwrap_or_default());
                if let Some(actors) = parts.nth(1) {
                    actors.split(',').for_each(|actor| self.name(number, actor));
                }
            }
        }
    }

    fn tree(&mut self, line: &str, number: usize) {
        if line.starts_with("::icon") || line.starts_with(":::") || line.starts_with('@') {
            return;
        }
        let line = line.split("@{").next().unwrap_or_default().trim();
        let open = line.find(['(', '[', '{', ')']).filter(|at| {
            line.ends_with([')', ']', '}', '(']) && (*at == 0 || !line[..*at].contains(' '))
        });
        let words = match open {
            Some(at) => line[at..].trim_matches(['(', ')', '[', ']', '{', '}']),
            None => line,
        };
        self.say(number, words);
    }

    fn quadrant(&mut self, line: &str, number: usize) {
        let word = line.split_whitespace().next().unwrap_or_default();
        let rest = line[word.len()..].trim();
        match word {
            "title" => self.say(number, rest),
            "x-axis" | "y-axis" => rest.split("-->").for_each(|part| self.say(number, part)),
            _ if word.starts_with("quadrant-") => self.say(number, rest),
            _ => {
                if let Some((name, _)) = line.rsplit_once(": [").or_else(|| line.rsplit_once(":["))
                {
                    self.say(number, name.split(":::").next().unwrap_or_default());
                }
            }
        }
    }

    /// What stands in quotation marks, and a title.
    fn quoted(&mut self, line: &str, number: usize) {
        if let Some(title) = line.strip_prefix("title ").filter(|title| !title.contains('"')) {
            self.say(number, title);
        }
        let marks = line.matches('"').count() / 2;
        for quoted in line.split('"').skip(1).step_by(2).take(marks) {
            self.say(number, quoted);
        }
    }
}

/// A line in which what stands in quotation marks is blank.
fn mask_quotes(line: &str) -> String {
    let mut quoted = false;
    let letters = line.chars().map(|c| {
        quoted ^= c == '"';
        if quoted && c.is_ascii() { '_' } else { c }
    });
    letters.collect()
}
