//! The text of a Word file, paragraph by paragraph.
//!
//! Longer than most: one pass over the paragraphs, with one arm an element of the format.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use roxmltree::Node;

use super::parts::{Package, Styles, attribute, child, is_on, numbering, relations, tree, value};
use super::{Read, Unreadable};
use crate::adopt::Note;
use crate::text::slug;

/// Elements within each other, at most.
const DEEPEST: usize = 200;
/// Sizes of text from which bold lines are headings, in half points.
const LARGE: u32 = 26;

const DELETED: &str = "deletions that were tracked are taken as accepted";
const MERGED: &str = "cells that were merged stand apart, the text in the first";
const TOO_DEEP: &str = "something lies too deep and is left out";

/// Reads the text of a package.
pub(super) fn read(package: &Package, name: &str) -> Result<Read, Unreadable> {
    let part = "word/document.xml";
    let text = package.text(part)?.ok_or(Unreadable::NoDocument)?;
    let document = tree(part, text)?;
    let body = child(document.root_element(), "body").ok_or(Unreadable::NoDocument)?;
    let styles = Styles::of(package)?;
    let mut writer = Writer::new(package, &styles, name, relations(package, part)?);
    writer.bookmarks = bookmarks(body, &styles);
    writer.head()?;
    writer.blocks(body, 0);
    writer.footnotes()?;
    writer.comments()?;
    if package.names().any(|name| name.ends_with("vbaProject.bin")) {
        writer.note("macros are not taken over");
    }
    let Writer { out, notes, pictures, .. } = writer;
    let text = format!("{}\n", out.trim());
    Ok(Read { text, notes, pictures })
}

/// Targets within a document that are headings: their names, and the addresses of the headings.
fn bookmarks(body: Node<'_, '_>, styles: &Styles) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for paragraph in body.descendants().filter(|one| one.tag_name().name() == "p") {
        let style = child(paragraph, "pPr").and_then(|one| value(one, "pStyle"));
        if style.is_none_or(|style| styles.heading(style).is_none()) {
            continue;
        }
        let words: String = paragraph
            .descendants()
            .filter(|one| one.tag_name().name() == "t")
            .filter_map(|one| one.text())
            .collect();
        for mark in paragraph.descendants().filter(|one| one.tag_name().name() == "bookmarkStart") {
            if let Some(name) = attribute(mark, "name") {
                found.insert(name.to_owned(), slug(words.trim()));
            }
        }
    }
    found
}

/// How a run of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    bold: bool,
    italic: bool,
    struck: bool,
}

/// A field of Word within a paragraph.
#[derive(Default)]
struct FieldCode {
    code: String,
    /// Whether what follows is its result.
    shows: bool,
    /// Where its result begins.
    from: usize,
}

struct Writer<'a> {
    package: &'a Package,
    styles: &'a Styles,
    name: String,
    relations: BTreeMap<String, String>,
    bookmarks: BTreeMap<String, String>,
    out: String,
    notes: Vec<Note>,
    pictures: Vec<(String, Vec<u8>)>,
    footnotes: Vec<(String, String)>,
    comments: Vec<String>,
    /// Whether a list is open at the end, and how the levels of it count.
    list: Option<Vec<bool>>,
    said: BTreeSet<String>,
    fields: Vec<FieldCode>,
    in_table: bool,
}

impl<'a> Writer<'a> {
    fn new(
        package: &'a Package,
        styles: &'a Styles,
        name: &str,
        relations: BTreeMap<String, String>,
    ) -> Self {
        Writer {
            package,
            styles,
            name: name.to_owned(),
            relations,
            bookmarks: BTreeMap::new(),
            out: String::new(),
            notes: Vec::new(),
            pictures: Vec::new(),
            footnotes: Vec::new(),
            comments: Vec::new(),
            list: None,
            said: BTreeSet::new(),
            fields: Vec::new(),
            in_table: false,
        }
    }

    /// Says something once, with where it is.
    fn note(&mut self, what: &str) {
        if self.said.insert(what.to_owned()) {
            let after = self.out.trim_end().rsplit('\n').next().unwrap_or_default();
            let after: String =
                after.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            let place =
                if after.is_empty() { String::new() } else { format!(" (after “{after}”)") };
            self.notes.push(Note::of_all(format!("{what}{place}")));
        }
    }

    /// Headers: tables of control data become part of the text, words are told.
    fn head(&mut self) -> Result<(), Unreadable> {
        let names: Vec<String> = self.package.names().map(str::to_owned).collect();
        let mut seen = BTreeSet::new();
        for name in names {
            let is_foot = name.starts_with("word/footer");
            if !name.starts_with("word/header") && !is_foot {
                continue;
            }
            let Some(text) = self.package.text(&name)? else { continue };
            let document = tree(&name, text)?;
            let own = std::mem::replace(&mut self.relations, relations(self.package, &name)?);
            let root = document.root_element();
            let before = self.out.len();
            for table in root.children().filter(|one| one.tag_name().name() == "tbl") {
                self.table(table, 0);
            }
            let made = self.out.split_off(before);
            if !made.trim().is_empty() && seen.insert(made.clone()) {
                self.out.push_str(&made);
            }
            for paragraph in root.children().filter(|one| one.tag_name().name() == "p") {
                let words = self.paragraph_text(paragraph, 0);
                let words = words.trim();
                if !words.is_empty() && seen.insert(words.to_owned()) {
                    let which = if is_foot { "foot" } else { "head" };
                    self.notes
                        .push(Note::of_all(format!("the {which} of each sheet said: {words}")));
                }
            }
            self.relations = own;
        }
        Ok(())
    }

    /// The blocks of a body, a cell or a box.
    fn blocks(&mut self, parent: Node<'_, '_>, depth: usize) {
        if depth > DEEPEST {
            self.note(TOO_DEEP);
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, depth),
                "tbl" => {
                    self.end_list();
                    self.table(node, depth);
                }
                "sdt" => {
                    if let Some(content) = child(node, "sdtContent") {
                        self.blocks(content, depth + 1);
                    }
                }
                "ins" | "moveTo" | "smartTag" | "customXml" => self.blocks(node, depth + 1),
                "del" | "moveFrom" => {
                    self.note(DELETED);
                }
                "altChunk" => self.note("a file within the file is not taken over"),
                _ => {}
            }
        }
    }

    fn end_list(&mut self) {
        if self.list.take().is_some() {
            self.out.push('\n');
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|one| value(one, "pStyle")).unwrap_or_default().to_owned();
        if self.styles.is_of_contents(&style) {
            self.note("the table of contents is left out: pages have one");
            return;
        }
        let text = self.paragraph_text(node, depth);
        let boxes = self.boxes(node, depth);
        if !text.trim().is_empty() {
            self.line(node, properties, &style, text.trim());
        }
        for text in boxes {
            self.end_list();
            self.out.push_str(&text);
        }
    }

    /// A paragraph as a heading, an item of a list, or plain.
    fn line(
        &mut self,
        node: Node<'_, '_>,
        properties: Option<Node<'_, '_>>,
        style: &str,
        text: &str,
    ) {
        let outline = properties.and_then(|one| value(one, "outlineLvl")?.parse::<u8>().ok());
        let outline = outline.filter(|level| *level < 9).map(|level| level + 1);
        if let Some(level) = outline.or_else(|| self.styles.heading(style)) {
            self.end_list();
            let text = text.replace("\\\n", " ").replace("**", "");
            let _ = write!(self.out, "{} {text}\n\n", "#".repeat(usize::from(level).min(6)));
            return;
        }
        let own = properties.and_then(numbering);
        let numbered = own.or_else(|| self.styles.numbering(style)).filter(|(id, _)| id != "0");
        if let Some((id, level)) = numbered {
            let counts = self.styles.counts(&id, level);
            let levels = self.list.get_or_insert_default();
            levels.resize(usize::from(level) + 1, false);
            levels[usize::from(level)] = counts;
            let indent: usize =
                levels[..usize::from(level)].iter().map(|one| if *one { 3 } else { 2 }).sum();
            let sign = if counts { "1." } else { "-" };
            let indent = " ".repeat(indent);
            let inner = format!("\n{indent}{}", " ".repeat(sign.len() + 1));
            let _ = writeln!(self.out, "{indent}{sign} {}", text.replace('\n', &inner));
            return;
        }
        self.end_list();
        if self.looks_like_heading(node, style, text) {
            let plain = text.trim_matches('*').trim();
            let _ = write!(self.out, "## {plain}\n\n");
            self.note("lines in large bold letters are taken for headings");
            return;
        }
        self.out.push_str(&at_line_start(text));
        self.out.push_str("\n\n");
    }

    /// Whether a line is a heading by its looks alone: short, bold and large.
    fn looks_like_heading(&self, node: Node<'_, '_>, style: &str, text: &str) -> bool {
        let runs: Vec<_> = node.descendants().filter(|one| one.tag_name().name() == "r").collect();
        let with_text =
            runs.iter().filter(|run| run.descendants().any(|one| one.tag_name().name() == "t"));
        let is_large = |run: &Node<'_, '_>| {
            let properties = child(*run, "rPr");
            let size = properties.and_then(|one| value(one, "sz")?.parse::<u32>().ok());
            let bold =
                properties.and_then(|one| is_on(one, "b")).unwrap_or(self.styles.is_bold(style));
            bold && size.is_some_and(|size| size >= LARGE)
        };
        let mut with_text = with_text.peekable();
        with_text.peek().is_some()
            && with_text.all(is_large)
            && text.chars().count() <= 100
            && !text.contains('\n')
            && !text.ends_with(['.', ';', ','])
    }

    /// The words of a paragraph.
    fn paragraph_text(&mut self, node: Node<'_, '_>, depth: usize) -> String {
        let mut line = Line::default();
        self.fields.clear();
        self.inline(node, depth, &mut line);
        line.finish()
    }

    fn inline(&mut self, parent: Node<'_, '_>, depth: usize, line: &mut Line) {
        if depth > DEEPEST {
            self.note(TOO_DEEP);
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node, line),
                "hyperlink" => {
                    let start = line.mark();
                    self.inline(node, depth + 1, line);
                    let target = self.target(node);
                    line.link(start, target);
                }
                "ins" | "moveTo" | "smartTag" | "customXml" | "fldSimple" | "dir" | "bdo" => {
                    self.inline(node, depth + 1, line);
                }
                "sdt" => {
                    if let Some(content) = child(node, "sdtContent") {
                        self.inline(content, depth + 1, line);
                    }
                }
                "del" | "moveFrom" => {
                    self.note(DELETED);
                }
                "oMath" | "oMathPara" => {
                    let words = node.descendants().filter(|one| one.tag_name().name() == "t");
                    let words: String = words.filter_map(|one| one.text()).collect();
                    line.push(&words, Look::default());
                    self.note("a formula is taken over as plain letters");
                }
                _ => {}
            }
        }
    }

    /// Where a link leads.
    fn target(&self, node: Node<'_, '_>) -> Option<String> {
        if let Some(id) = attribute(node, "id") {
            return self.relations.get(id).cloned();
        }
        let anchor = attribute(node, "anchor")?;
        self.bookmarks.get(anchor).map(|slug| format!("#{slug}"))
    }

    fn run(&mut self, run: Node<'_, '_>, line: &mut Line) {
        let properties = child(run, "rPr");
        let is = |name: &str| properties.and_then(|one| is_on(one, name)).unwrap_or(false);
        let look = Look { bold: is("b"), italic: is("i"), struck: is("strike") || is("dstrike") };
        for node in run.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "t" if self.fields.iter().all(|field| field.shows) => {
                    line.push(node.text().unwrap_or_default(), look);
                }
                "tab" | "ptab" => line.push(" ", look),
                "br" | "cr" => line.end_of_line(self.in_table),
                "noBreakHyphen" => line.push("\u{2011}", look),
                "sym" => self.sign(node, look, line),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.code.push_str(node.text().unwrap_or_default());
                    }
                }
                "fldChar" => self.field(node, line),
                "footnoteReference" => self.reference("fn", node, line),
                "endnoteReference" => self.reference("en", node, line),
                "commentReference" => {
                    self.comments.extend(attribute(node, "id").map(str::to_owned));
                }
                "drawing" | "pict" | "object" => self.picture(node, line),
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice") {
                        for inner in
                            choice.descendants().filter(|one| one.tag_name().name() == "drawing")
                        {
                            self.picture(inner, line);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A sign that is named by its number in a font.
    fn sign(&mut self, node: Node<'_, '_>, look: Look, line: &mut Line) {
        let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
        // Signs of fonts of their own lie in an area that means nothing elsewhere.
        let code = code.filter(|code| !(0xe000..=0xf8ff).contains(code));
        match code.and_then(char::from_u32) {
            Some(letter) => line.push(&letter.to_string(), look),
            None => self.note("a sign of a font of its own is left out"),
        }
    }

    /// The mark of a footnote or an endnote.
    fn reference(&mut self, kind: &str, node: Node<'_, '_>, line: &mut Line) {
        let Some(id) = attribute(node, "id") else { return };
        line.raw(&format!("[^{kind}{id}]"));
        self.footnotes.push((kind.to_owned(), id.to_owned()));
    }

    /// The beginning, the middle and the end of a field; links are fields, too.
    fn field(&mut self, node: Node<'_, '_>, line: &mut Line) {
        match attribute(node, "fldCharType") {
            Some("begin") => self.fields.push(FieldCode::default()),
            Some("separate") => {
                let mark = line.mark();
                if let Some(field) = self.fields.last_mut() {
                    (field.shows, field.from) = (true, mark);
                }
            }
            Some("end") => {
                let Some(field) = self.fields.pop() else { return };
                let code = field.code.trim();
                if let Some(rest) = code.strip_prefix("HYPERLINK") {
                    let inner = rest.split('"').nth(1).unwrap_or_default();
                    let target = if rest.contains("\\l") {
                        self.bookmarks.get(inner).map(|slug| format!("#{slug}"))
                    } else {
                        Some(inner.to_owned()).filter(|target| !target.is_empty())
                    };
                    if field.shows {
                        line.link(field.from, target);
                    }
                }
            }
            _ => {}
        }
    }

    /// A picture, where it is of a kind that pages show.
    fn picture(&mut self, node: Node<'_, '_>, line: &mut Line) {
        let blip =
            node.descendants().find(|one| matches!(one.tag_name().name(), "blip" | "imagedata"));
        let Some(blip) = blip else {
            let has_words = node.descendants().any(|one| one.tag_name().name() == "txbxContent");
            if !has_words {
                self.note("a drawing of shapes, a chart or an embedded object is not taken over");
            }
            return;
        };
        let id = attribute(blip, "embed").or_else(|| attribute(blip, "id"));
        let target = id.and_then(|id| self.relations.get(id)).cloned();
        let Some(target) = target else {
            self.note("a picture that lies outside of the file is not taken over");
            return;
        };
        let part = format!("word/{}", target.trim_start_matches("/word/").trim_start_matches("./"));
        let ending = part.rsplit('.').next().unwrap_or_default().to_lowercase();
        let bytes = self.package.bytes(&part).map(<[u8]>::to_vec);
        let about = node.descendants().find(|one| one.tag_name().name() == "docPr");
        let about = about.and_then(|one| attribute(one, "descr")).unwrap_or_default();
        match bytes {
            Some(bytes)
                if matches!(
                    ending.as_str(),
                    "png" | "jpg" | "jpeg" | "gif" | "bmp" | "svg" | "webp"
                ) =>
            {
                let file = part.rsplit('/').next().unwrap_or_default();
                let name = format!("{}-{file}", self.name);
                let alt = about.replace(['[', ']', '\n', '\r'], " ");
                line.raw(&format!("![{}]({name})", alt.trim()));
                if self.pictures.iter().all(|(known, _)| *known != name) {
                    self.pictures.push((name, bytes));
                }
            }
            Some(_) => self.note(&format!("a picture in the form {ending} is not taken over")),
            None => self.note("a picture is missing in the file"),
        }
    }

    /// The texts of boxes within a paragraph; of two forms of one box, the newer.
    fn boxes(&mut self, node: Node<'_, '_>, depth: usize) -> Vec<String> {
        let is_older =
            |one: &Node<'_, '_>| one.ancestors().any(|above| above.tag_name().name() == "Fallback");
        let boxes: Vec<_> = node
            .descendants()
            .filter(|one| one.tag_name().name() == "txbxContent" && !is_older(one))
            .collect();
        let mut texts = Vec::new();
        for one in boxes {
            let own = std::mem::take(&mut self.out);
            self.blocks(one, depth + 1);
            self.end_list();
            texts.push(std::mem::replace(&mut self.out, own));
        }
        texts
    }

    /// A table; one of a single cell is a box around a text.
    fn table(&mut self, table: Node<'_, '_>, depth: usize) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let was_in_table = std::mem::replace(&mut self.in_table, true);
        let mut stack: Vec<Node<'_, '_>> = vec![table];
        let mut found = Vec::new();
        while let Some(node) = stack.pop() {
            for one in node.children() {
                match one.tag_name().name() {
                    "tr" => found.push(one),
                    "sdt" | "sdtContent" | "ins" | "customXml" => stack.push(one),
                    _ => {}
                }
            }
        }
        for row in found {
            if child(row, "trPr").is_some_and(|one| child(one, "del").is_some()) {
                self.note(DELETED);
                continue;
            }
            rows.push(self.row(row, depth));
        }
        self.in_table = was_in_table;
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        if let ([row], 1) = (rows.as_slice(), columns) {
            let text = row[0].replace("<br>", "\n> ");
            let _ = write!(self.out, "> {text}\n\n");
            return;
        }
        for (number, mut row) in rows.into_iter().enumerate() {
            row.resize(columns, String::new());
            let _ = writeln!(self.out, "| {} |", row.join(" | "));
            if number == 0 {
                let _ = writeln!(self.out, "|{}", "---|".repeat(columns));
            }
        }
        self.out.push('\n');
    }

    fn row(&mut self, row: Node<'_, '_>, depth: usize) -> Vec<String> {
        let mut cells = Vec::new();
        let direct = row.children().flat_map(|one| match one.tag_name().name() {
            "tc" => vec![one],
            "sdt" => child(one, "sdtContent")
                .map(|content| {
                    content.children().filter(|one| one.tag_name().name() == "tc").collect()
                })
                .unwrap_or_default(),
            _ => Vec::new(),
        });
        for cell in direct {
            let properties = child(cell, "tcPr");
            let merged = properties.and_then(|one| child(one, "vMerge"));
            let goes_on = merged.is_some_and(|one| attribute(one, "val") != Some("restart"));
            if merged.is_some() {
                self.note(MERGED);
            }
            let text = if goes_on { String::new() } else { self.cell(cell, depth) };
            cells.push(text);
            let span = properties.and_then(|one| value(one, "gridSpan")?.parse::<usize>().ok());
            let span = span.unwrap_or(1).min(64);
            if span > 1 {
                self.note(MERGED);
                cells.extend(std::iter::repeat_n(String::new(), span - 1));
            }
        }
        cells
    }

    fn cell(&mut self, cell: Node<'_, '_>, depth: usize) -> String {
        let mut parts = Vec::new();
        if depth > DEEPEST {
            self.note(TOO_DEEP);
            return String::new();
        }
        for node in cell.descendants().filter(|one| one.tag_name().name() == "p") {
            if node.ancestors().any(|above| above.tag_name().name() == "Fallback") {
                continue;
            }
            let text = self.paragraph_text(node, depth + 1);
            let text = text.trim().replace('|', "\\|").replace("\\\n", "<br>").replace('\n', " ");
            if !text.is_empty() {
                parts.push(text);
            }
        }
        if cell.descendants().any(|one| one.tag_name().name() == "tbl") {
            self.note("a table within a table is taken over as lines");
        }
        parts.join("<br>")
    }

    fn footnotes(&mut self) -> Result<(), Unreadable> {
        let wanted = std::mem::take(&mut self.footnotes);
        self.end_list();
        for (kind, part, tag) in
            [("fn", "word/footnotes.xml", "footnote"), ("en", "word/endnotes.xml", "endnote")]
        {
            let Some(text) = self.package.text(part)? else { continue };
            let document = tree(part, text)?;
            self.relations = relations(self.package, part)?;
            for note in
                document.root_element().children().filter(|one| one.tag_name().name() == tag)
            {
                let Some(id) = attribute(note, "id") else { continue };
                if !wanted.iter().any(|(of, one)| of == kind && one == id) {
                    continue;
                }
                let paragraphs = note.descendants().filter(|one| one.tag_name().name() == "p");
                let paragraphs: Vec<_> = paragraphs.collect();
                let texts: Vec<String> = paragraphs
                    .into_iter()
                    .map(|one| self.paragraph_text(one, 0).trim().to_owned())
                    .collect();
                let _ = write!(self.out, "[^{kind}{id}]: {}\n\n", texts.join(" "));
            }
        }
        Ok(())
    }

    fn comments(&mut self) -> Result<(), Unreadable> {
        let Some(text) = self.package.text("word/comments.xml")? else { return Ok(()) };
        let document = tree("comments.xml", text)?;
        for one in
            document.root_element().children().filter(|one| one.tag_name().name() == "comment")
        {
            let words: Vec<&str> = one
                .descendants()
                .filter(|one| one.tag_name().name() == "t")
                .filter_map(|one| one.text())
                .collect();
            let who = attribute(one, "author").unwrap_or("somebody");
            self.notes.push(Note::of_all(format!("{who} remarked: {}", words.concat())));
        }
        Ok(())
    }
}

/// A line that is being written: runs of one look are joined.
#[derive(Default)]
struct Line {
    parts: Vec<(String, Look, bool)>,
}

impl Line {
    fn push(&mut self, text: &str, look: Look) {
        match self.parts.last_mut() {
            Some((last, own, false)) if *own == look => last.push_str(text),
            _ => self.parts.push((text.to_owned(), look, false)),
        }
    }

    /// Text that is Markdown already.
    fn raw(&mut self, text: &str) {
        self.parts.push((text.to_owned(), Look::default(), true));
    }

    fn end_of_line(&mut self, in_table: bool) {
        self.raw(if in_table { "<br>" } else { "\\\n" });
    }

    fn mark(&mut self) -> usize {
        // What follows must not be joined with what is there.
        self.parts.push((String::new(), Look::default(), true));
        self.parts.len()
    }

    /// Makes a link of what was written since a mark.
    fn link(&mut self, from: usize, target: Option<String>) {
        let words = Line { parts: self.parts.split_off(from.min(self.parts.len())) }.finish();
        let words = words.trim();
        let target = target.filter(|target| !target.contains(['\n', '<', '>']));
        match target {
            Some(target) if !words.is_empty() => {
                let target = target.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
                self.raw(&format!("[{words}]({target})"));
            }
            _ => self.raw(words),
        }
    }

    fn finish(self) -> String {
        let mut out = String::new();
        for (text, look, is_raw) in self.parts {
            if is_raw {
                out.push_str(&text);
                continue;
            }
            let marks = [(look.bold, "**"), (look.italic, "*"), (look.struck, "~~")];
            let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
            let inner = text.trim();
            if marks.is_empty() || inner.is_empty() {
                out.push_str(&escaped(&text));
                continue;
            }
            let start = &text[..text.len() - text.trim_start().len()];
            let end = &text[text.trim_end().len()..];
            let back: String = match (look.struck, look.italic, look.bold) {
                (true, true, true) => "~~***".to_owned(),
                (true, true, false) => "~~*".to_owned(),
                (true, false, true) => "~~**".to_owned(),
                _ => marks.clone(),
            };
            let _ = write!(out, "{start}{marks}{}{back}{end}", escaped(inner));
        }
        out
    }
}

/// Text in Markdown that shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<~{".contains(letter) {
            out.push('\\');
        }
        out.push(if letter == '\n' || letter == '\r' { ' ' } else { letter });
    }
    out
}

/// A line that does not begin like a heading, a list or a quotation.
fn at_line_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    let is_sign = text.starts_with('#')
        || ["- ", "+ ", "> ", "| ", "=", "---"].iter().any(|sign| text.starts_with(sign));
    if is_sign { format!("\\{text}") } else { text.to_owned() }
}
