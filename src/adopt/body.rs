//! The text of a foreign document as Markdown that means here what it meant there: admonitions,
//! shortcodes and templates of site generators, pictures in HTML, several titles.

use std::fmt::Write as _;

use super::Note;

/// A text that was made over.
pub(super) struct Body {
    /// Its first title, where it has one.
    pub(super) title: Option<String>,
    /// The text.
    pub(super) text: String,
    /// What could not be carried over as it was.
    pub(super) notes: Vec<Note>,
}

/// Makes a text over.
pub(super) fn adopt(text: &str) -> Body {
    let mut notes = Vec::new();
    let text = blocks(text, &mut notes);
    let text = inline(&text, &mut notes);
    let (title, text) = titles(&text, &mut notes);
    Body { title, text, notes }
}

/// The kind of alert that a word of another tool means.
fn alert(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "callout" | "quote" | "example" | "notice"
        | "hint" | "question" | "faq" | "seealso" => "NOTE",
        "tip" | "success" | "check" | "done" => "TIP",
        "important" | "attention" => "IMPORTANT",
        "warning" | "warn" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// Lines of an alert, as git hosts write them.
fn as_alert(kind: &str, title: &str, lines: &[&str]) -> String {
    let mut out = format!("> [!{kind}]\n");
    if !title.is_empty() {
        let _ = write!(out, "> **{title}**\n>\n");
    }
    for line in lines {
        let line = line.trim_end();
        out.push_str(if line.is_empty() { ">" } else { "> " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Whether a line opens or closes a fence of code, and with which sign.
fn fence(line: &str) -> Option<char> {
    let line = line.trim_start();
    ['`', '~'].into_iter().find(|sign| line.starts_with(&sign.to_string().repeat(3)))
}

/// Admonitions that begin on one line and end on another.
fn blocks(text: &str, notes: &mut Vec<Note>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut open) = (0, None);
    while at < lines.len() {
        let line = lines[at];
        if let Some(sign) = fence(line) {
            open = match open {
                None => Some(sign),
                Some(own) if own == sign => None,
                other => other,
            };
        } else if open.is_none() {
            if let Some((made, used)) = admonition(&lines[at..]) {
                out.push_str(&made);
                at += used;
                continue;
            }
            if matches!(line.trim(), "[TOC]" | "[toc]" | "[[_TOC_]]" | "{:toc}" | "* TOC" | "- TOC")
            {
                notes.push(Note::at(
                    at + 1,
                    "a mark for a table of contents is left out: pages have one",
                ));
                at += 1;
                continue;
            }
        }
        out.push_str(line);
        out.push('\n');
        at += 1;
    }
    out
}

/// An admonition at the beginning of some lines, and how many of them it takes.
fn admonition(lines: &[&str]) -> Option<(String, usize)> {
    let first = lines[0].trim_start();
    if let Some(rest) = first.strip_prefix("!!! ").or_else(|| first.strip_prefix("???")) {
        let rest = rest.trim_start_matches(['+', ' ']);
        let (word, title) = rest.split_once(' ').unwrap_or((rest, ""));
        let kind = alert(word).unwrap_or("NOTE");
        let body = lines[1..].iter().take_while(|line| {
            line.is_empty() || line.starts_with("    ") || line.starts_with('\t')
        });
        let mut count = body.count();
        while count > 0 && lines[count].trim().is_empty() {
            count -= 1;
        }
        let inner: Vec<&str> = lines[1..=count]
            .iter()
            .map(|line| {
                line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')).unwrap_or(line)
            })
            .collect();
        let title = title.trim().trim_matches('"');
        let title = if alert(word).is_none() && title.is_empty() { word } else { title };
        return Some((as_alert(kind, title, &inner), count + 1));
    }
    if let Some(rest) = first.strip_prefix(":::").filter(|rest| !rest.trim().is_empty()) {
        let rest = rest.trim_start_matches(':').trim();
        let (word, title) = rest.split_once([' ', '[']).unwrap_or((rest, ""));
        let kind = alert(word)?;
        let end = lines
            .iter()
            .skip(1)
            .position(|line| line.trim().trim_matches(':').is_empty() && line.trim().len() >= 3)?;
        let title = title.trim().trim_end_matches(']').trim_matches(['"', '*']);
        return Some((as_alert(kind, title, &lines[1..=end]), end + 2));
    }
    let (open, close) = if first.starts_with("{%") {
        ("{%", "%}")
    } else if first.starts_with("{{<") {
        ("{{<", ">}}")
    } else if first.starts_with("{{%") {
        ("{{%", "%}}")
    } else {
        return None;
    };
    let head = first.strip_prefix(open)?.trim_end().strip_suffix(close)?.trim();
    let (name, rest) = head.split_once(' ').unwrap_or((head, ""));
    let words = rest.split([' ', '"', '\'', '=']).filter(|word| !word.is_empty());
    let kind = words.clone().find_map(alert).or_else(|| alert(name))?;
    let is_end = |line: &&str| {
        let inner = line.trim().strip_prefix(open).and_then(|line| line.strip_suffix(close));
        inner.is_some_and(|inner| {
            matches!(inner.trim().trim_start_matches('/').trim(), end if end == name || end == format!("end{name}"))
                && (inner.contains('/') || inner.contains("end"))
        })
    };
    let end = lines.iter().skip(1).position(is_end)?;
    let title = rest.split_once("title=").map(|(_, title)| title.trim_matches(['"', '\'']));
    Some((as_alert(kind, title.unwrap_or_default(), &lines[1..=end]), end + 2))
}

/// What stands within lines: templates as code, pictures of HTML as pictures.
fn inline(text: &str, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = None;
    for (number, line) in text.lines().enumerate() {
        if let Some(sign) = fence(line) {
            open = match open {
                None => Some(sign),
                Some(own) if own == sign => None,
                other => other,
            };
            out.push_str(line);
        } else if open.is_some() {
            out.push_str(line);
        } else {
            out.push_str(&without_templates(&with_pictures(line), number + 1, notes));
        }
        out.push('\n');
    }
    out
}

/// `{{ … }}`, `{% … %}` and `<%= … %>` outside code become code: they are text here, and would mean
/// something else, or vanish.
fn without_templates(line: &str, number: usize, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(line.len());
    let (mut rest, mut in_code) = (line, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('`') {
            in_code = !in_code;
            out.push('`');
            rest = after;
            continue;
        }
        let pair = [("{{", "}}"), ("{%", "%}"), ("<%", "%>")]
            .into_iter()
            .find(|(open, _)| !in_code && rest.starts_with(open));
        let end = pair.and_then(|(open, close)| {
            rest[open.len()..].find(close).map(|at| open.len() + at + close.len())
        });
        if let Some(end) = end {
            let typed = &rest[..end];
            if let Some(made) = shortcode(typed) {
                out.push_str(&made);
            } else {
                let _ = write!(out, "`{}`", typed.replace('`', "'"));
                let what = format!("a template stands as it was typed: {typed}");
                notes.push(Note::at(number, what));
            }
            rest = &rest[end..];
            continue;
        }
        let letter = rest.chars().next().unwrap_or_default();
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// Shortcodes that mean something here: pictures and references.
fn shortcode(typed: &str) -> Option<String> {
    let inner = typed.trim_matches(['{', '}', '<', '>', '%', ' ']).trim_end_matches('/').trim();
    let (name, rest) = inner.split_once(' ')?;
    let value = |key: &str| {
        let (_, after) = rest.split_once(&format!("{key}="))?;
        let quote = after.chars().next()?;
        if quote == '"' || quote == '\'' {
            after[1..].split(quote).next()
        } else {
            after.split(' ').next()
        }
    };
    match name {
        "figure" | "img" | "image" => {
            let alt = value("alt").or_else(|| value("caption")).or_else(|| value("title"));
            Some(format!("![{}]({})", alt.unwrap_or_default(), value("src")?))
        }
        "ref" | "relref" => Some(rest.trim().trim_matches(['"', '\'']).to_owned()),
        _ => None,
    }
}

/// `<img src="…" alt="…">` as a picture of Markdown.
fn with_pictures(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("<img ") {
        let Some(length) = rest[start..].find('>') else { break };
        let tag = &rest[start..=start + length];
        let attribute = |name: &str| {
            let (_, after) = tag.split_once(&format!(" {name}="))?;
            let quote = after.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
            after[1..].split(quote).next()
        };
        out.push_str(&rest[..start]);
        match attribute("src") {
            Some(src) if !src.contains([' ', ')']) => {
                let alt = attribute("alt").unwrap_or_default();
                let _ = write!(out, "![{alt}]({src})");
            }
            _ => out.push_str(tag),
        }
        rest = &rest[start + length + 1..];
    }
    out.push_str(rest);
    out
}

/// The first title; where there are several, the others and all headings below them go down by one.
fn titles(text: &str, notes: &mut Vec<Note>) -> (Option<String>, String) {
    let read = crate::parse::markdown::read(text, 0..text.len());
    let mut tops = read.headings.iter().filter(|heading| heading.level == 1);
    let Some(first) = tops.next() else { return (None, text.to_owned()) };
    let title = Some(first.text.trim().to_owned()).filter(|title| !title.is_empty());
    if tops.next().is_none() {
        return (title, text.to_owned());
    }
    let mut edits = crate::edit::Edits::of(text);
    for heading in read.headings.iter().filter(|heading| heading.at.start > first.at.start) {
        let typed = &text[heading.at.clone()];
        if typed.starts_with('#') && heading.level < 6 {
            edits.replace(heading.at.start..heading.at.start, "#");
        } else if !typed.starts_with('#') {
            let words = typed.lines().next().unwrap_or_default();
            edits.replace(
                heading.at.clone(),
                format!("{} {words}", "#".repeat(usize::from(heading.level) + 1)),
            );
        }
    }
    let line = text[..first.at.start].matches('\n').count() + 1;
    notes.push(Note::at(line, "there are several titles: all but the first are headings below it"));
    (title, edits.applied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admonitions_become_alerts() {
        let wanted = "> [!WARNING]\n> **Hot**\n>\n> One\n>\n> Two\n";
        for text in [
            "!!! warning \"Hot\"\n    One\n\n    Two\n",
            "??? warning \"Hot\"\n    One\n\n    Two\n",
            ":::warning Hot\nOne\n\nTwo\n:::\n",
            "{{% notice warning title=\"Hot\" %}}\nOne\n\nTwo\n{{% /notice %}}\n",
            "{{< hint warning title=Hot >}}\nOne\n\nTwo\n{{< /hint >}}\n",
            "{% hint style=\"warning\" title=\"Hot\" %}\nOne\n\nTwo\n{% endhint %}\n",
        ] {
            assert_eq!(adopt(text).text, wanted, "{text}");
        }
        let fenced = "```\n!!! note\n    x\n{{ y }}\n```\n";
        assert_eq!(adopt(fenced).text, fenced);
        assert_eq!(adopt(":::unknown\nx\n:::\n").text, ":::unknown\nx\n:::\n");
    }

    #[test]
    fn templates_are_text_and_are_told() {
        let body = adopt("a {{ .Site.Title }} b `{{ c }}` <%= d %> {% e %}\n");
        assert_eq!(body.text, "a `{{ .Site.Title }}` b `{{ c }}` `<%= d %>` `{% e %}`\n");
        assert_eq!(body.notes.len(), 3);
        let figure = adopt("{{< figure src=\"a.png\" alt=\"An A\" >}} [x]({{< ref \"b.md\" >}})\n");
        assert_eq!(figure.text, "![An A](a.png) [x](b.md)\n");
        assert_eq!(adopt("<img src=\"a.png\" alt=\"A\">!\n").text, "![A](a.png)!\n");
    }

    #[test]
    fn one_title_stays_and_others_go_below_it() {
        let body = adopt("# One\n\n## A\n\n# Two\n\nThree\n=====\n");
        assert_eq!(body.title.as_deref(), Some("One"));
        assert_eq!(body.text, "# One\n\n### A\n\n## Two\n\n## Three\n");
        assert_eq!(adopt("No title\n").title, None);
    }
}
