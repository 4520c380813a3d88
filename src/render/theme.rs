//! The theme: templates and assets, the built-in ones and a manual's own, which win file by file.
//!
//! Templates see one plain value and call nothing that reaches outside: no clock, no file, no
//! library. So a page is a function of its view and its theme, and nothing else.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::escape::{escape, plain_phrase};
use super::said_words;
use super::site::Bytes;
use super::view::{Page, Shared};
use crate::check::theme::theme_fault::RULE;
use crate::crash_context;
use crate::diag::Diagnostic;
use crate::draw::colour::{Accent, Colour};
use crate::embedded;
use crate::graph::is_of_theme;
use crate::manual::Manual;
use crate::source::SETTINGS;
use crate::text::{FileId, Span};
use crate::words::Words;

/// Templates, compiled, and assets.
pub(super) struct Theme {
    tera: Tera,
    own: BTreeMap<String, FileId>,
    anywhere: Option<FileId>,
    /// What the site says.
    pub(super) words: Arc<Words>,
    /// Assets by their route: `assets/style.css`.
    pub(super) assets: BTreeMap<String, Bytes>,
}

/// What a template is given.
pub(super) struct Content(Context);

impl Content {
    /// A page's own value, under its own name, beside the facts that every page shares.
    pub(super) fn new(
        shared: &SharedValue,
        page: &Page,
        name: &'static str,
        own: &impl Serialize,
    ) -> Result<Self, tera::Error> {
        let mut context = Context::new();
        context.insert_value("site", shared.0.clone());
        context.insert_value("page", Value::try_from_serializable(page)?);
        context.insert_value(name, Value::try_from_serializable(own)?);
        Ok(Content(context))
    }

    /// The same, with the rows of a list, which have been drawn already.
    pub(super) fn with_rows(mut self, rows: &str) -> Self {
        self.0.insert_value("rows", Value::from(rows));
        self
    }
}

/// The facts that every page shares, made once.
pub(super) struct SharedValue(Value);

impl SharedValue {
    /// Makes them.
    pub(super) fn new(shared: &Shared<'_>) -> Result<Self, tera::Error> {
        Value::try_from_serializable(shared).map(SharedValue)
    }
}

/// A page while it is drawn; it takes no more than [`MAX_PAGE`].
struct Bounded(Vec<u8>);

/// The largest page that a template may draw.
const MAX_PAGE: usize = 64 << 20;

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() > MAX_PAGE.saturating_sub(self.0.len()) {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Theme {
    /// Loads the theme that `clausebook.yaml` names.
    ///
    /// # Errors
    /// Templates that cannot be read, each at its place.
    pub(super) fn load(manual: &Manual) -> Result<Self, Vec<Diagnostic>> {
        Theme::made(manual, true)
    }

    /// The theme that every manual has, in the colours of this one.
    pub(super) fn builtin(manual: &Manual) -> Option<Self> {
        Theme::made(manual, false).ok()
    }

    /// Whether templates of the manual's own are among it: the built-in ones are not broken.
    pub(super) fn has_own_templates(&self) -> bool {
        !self.own.is_empty()
    }

    fn made(manual: &Manual, with_own: bool) -> Result<Self, Vec<Diagnostic>> {
        let mut theme = Theme {
            tera: Tera::new(),
            own: BTreeMap::new(),
            anywhere: manual.sources.files.first().map(|file| file.id),
            words: Arc::new(said_words::builtin(manual)),
            assets: BTreeMap::new(),
        };
        let mut templates = BTreeMap::new();
        for (path, bytes) in embedded::theme_files() {
            if let Some(name) = path.strip_prefix("templates/") {
                templates.insert(name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            } else if path.starts_with("assets/") {
                theme.assets.insert(path, bytes.to_vec().into());
            }
        }
        if with_own {
            theme.add_own(manual, &mut templates)?;
            theme.words = Arc::new(said_words::own(manual)?);
        }
        theme.tera.set_escape_fn(escape);
        theme.tera.register_filter("plain", plain_phrase);
        said_words::register(&mut theme.tera, &theme.words);
        for (route, bytes) in &mut theme.assets {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            match route.rsplit('.').next() {
                Some("css") => *bytes = small(text).into_bytes().into(),
                Some("js") => {
                    *bytes = said_words::in_script(&lean(text), &theme.words).into_bytes().into();
                }
                _ => {}
            }
        }
        theme.dress(manual);
        let Err(error) = theme.tera.add_raw_templates(&templates) else { return Ok(theme) };
        // Each by itself: all of them that cannot be read are named, not the first alone.
        let mut faults: Vec<Diagnostic> = templates
            .iter()
            .filter_map(|(name, text)| {
                let error = Tera::new().add_raw_template(name, text).err()?;
                let syntax = matches!(error.kind(), ErrorKind::SyntaxError(_));
                syntax.then(|| theme.fault(name, &error))
            })
            .collect();
        if faults.is_empty() {
            faults.push(theme.fault("", &error));
        }
        Err(faults)
    }

    /// Puts the organization's own colour into the style sheet and the icon.
    fn dress(&mut self, manual: &Manual) {
        let site = &manual.settings().site;
        let colour = |text: Option<&str>| text.and_then(Colour::parse);
        let Some(light) = colour(site.accent.as_deref()) else { return };
        let accent = Accent::new(light, colour(site.accent_dark.as_deref()));
        let [light, light_tint] = accent.light.map(Colour::hex);
        let [dark, dark_tint] = accent.dark.map(Colour::hex);
        let own = format!(
            ":root{{--accent:light-dark({light},{dark});\
             --accent-tint:light-dark({light_tint},{dark_tint})}}"
        );
        if let Some(sheet) = self.assets.get_mut("assets/style.css") {
            *sheet = [sheet, own.as_bytes()].concat().into();
        }
        if let Some(icon) = self.assets.get_mut("assets/icon.svg") {
            *icon = String::from_utf8_lossy(icon).replace("#0b5877", &light).into_bytes().into();
        }
    }

    /// Adds the files below `themes/NAME/` of the manual.
    fn add_own(
        &mut self,
        manual: &Manual,
        templates: &mut BTreeMap<String, String>,
    ) -> Result<(), Vec<Diagnostic>> {
        let name = manual.settings().theme();
        let folder = format!("themes/{name}");
        let mut found = name == "default";
        for file in manual.sources.below(&folder) {
            found = true;
            let path = &file.path[folder.len() + 1..];
            if let Some(name) = path.strip_prefix("templates/") {
                templates.insert(name.to_owned(), file.text.to_string());
                self.own.insert(name.to_owned(), file.id);
            } else if path.starts_with("assets/") && is_of_theme(path) {
                self.assets.insert(path.to_owned(), file.text.as_bytes().to_vec().into());
            }
        }
        let prefix = format!("{folder}/assets/");
        for path in manual.sources.assets.iter().filter(|path| path.starts_with(&prefix)) {
            found = true;
            if !is_of_theme(path) {
                continue;
            }
            match manual.sources.asset(path) {
                Ok(bytes) => {
                    self.assets.insert(path[folder.len() + 1..].to_owned(), bytes.into());
                }
                Err(error) => return Err(vec![self.message(error.to_string())]),
            }
        }
        if found {
            return Ok(());
        }
        let at = manual.sources.at_path(SETTINGS).map(|file| {
            let node = manual.settings.checked.node.nearest(["site", "theme"]);
            Span::new(file.id, node.at.clone())
        });
        let at = at.or(self.anywhere.map(Span::start_of)).into_iter();
        Err(at
            .map(|at| {
                RULE.at(at, format!("there is no theme `{name}`"))
                    .help(format!("put its files below `{folder}/`, or leave the key out"))
            })
            .collect())
    }

    /// The style of a page that may load nothing: the colours, which are the first rule of the
    /// style sheet, and a sheet of its own.
    pub(super) fn bare(&self) -> String {
        let text = |route: &str| {
            let bytes = self.assets.get(route).map(|bytes| String::from_utf8_lossy(bytes));
            bytes.unwrap_or_default().into_owned()
        };
        let sheet = text("assets/style.css");
        let roots = sheet.split_inclusive('}').filter(|rule| rule.starts_with(":root{--"));
        [roots.collect(), text("assets/missing.css")].concat()
    }

    /// Draws a page.
    ///
    /// # Errors
    /// What is wrong with the template, at its place.
    pub(super) fn render(
        &self,
        template: &str,
        content: &Content,
    ) -> Result<Bytes, Box<Diagnostic>> {
        let mut page = Bounded(Vec::with_capacity(64 << 10));
        let mut draw = || self.tera.render_to(template, &content.0, &mut page);
        let drawn = if self.own.is_empty() {
            draw()
        } else {
            let about =
                crash_context::current().map(|page| format!(" for {page}")).unwrap_or_default();
            crash_context::with_untrusted(format!("the template `{template}`{about}"), draw)
        };
        match drawn {
            Ok(()) => Ok(page.0.into()),
            Err(error) => Err(Box::new(self.fault(template, &error))),
        }
    }

    /// A mistake of a template as a finding.
    pub(super) fn fault(&self, template: &str, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let name = if report.filename().is_empty() { template } else { report.filename() };
                let message = plain(report.message());
                match self.own.get(name) {
                    Some(file) => RULE.at(Span::new(*file, report.span().range.clone()), message),
                    None => self.message(format!("{message} (built-in template `{name}`)")),
                }
            }
            ErrorKind::Io(_) => {
                // The page itself is all that is written to.
                let why = format!("writes more than {} MiB into one page", MAX_PAGE >> 20);
                match self.own.get(template) {
                    Some(file) => RULE.at(Span::start_of(*file), format!("this template {why}")),
                    None => self.message(format!("the template `{template}` {why}")),
                }
            }
            other => {
                let message = plain(&other.to_string());
                let named = self.own.get(template).or_else(|| {
                    self.own.iter().find(|(name, _)| message.contains(*name)).map(|(_, file)| file)
                });
                match named {
                    Some(file) => RULE.at(Span::start_of(*file), message),
                    None => self.message(message),
                }
            }
        }
    }

    /// A finding that concerns the theme as a whole.
    fn message(&self, message: String) -> Diagnostic {
        let first = self.own.values().next().copied().or(self.anywhere).unwrap_or(FileId(0));
        RULE.at(Span::start_of(first), message)
    }
}

/// A style sheet without comments, and without white space that says nothing. What stands in
/// quotes or in `url()` stays as it is; so does every space that could part two words.
fn small(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let (mut space, mut comment) = (false, false);
    while let Some(letter) = rest.chars().next() {
        if let Some(inside) = rest.strip_prefix("/*") {
            rest = inside.find("*/").map_or("", |end| &inside[end + 2..]);
            comment = true;
            continue;
        }
        if letter.is_ascii_whitespace() {
            rest = &rest[1..];
            space = true;
            continue;
        }
        let parts =
            out.is_empty() || out.ends_with(['{', '}', ';', ',']) || "{};,".contains(letter);
        match (parts, space, comment) {
            (false, true, _) => out.push(' '),
            // A comment alone parts two words, and yet is no space between two selectors.
            (false, false, true) => out.push_str("/**/"),
            _ => {}
        }
        (space, comment) = (false, false);
        if letter == '}' && out.ends_with(';') {
            out.pop();
        }
        let length = match letter {
            '"' | '\'' => quoted_length(rest, letter),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '(' if out.ends_with("url") => match rest[1..].trim_start().chars().next() {
                Some('"' | '\'') => 1,
                _ => rest.find(')').map_or(rest.len(), |end| end + 1),
            },
            _ => letter.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// A script without indentation, empty lines and lines that are comments. A script with a text
/// that goes on in the next line is left as it is.
fn lean(text: &str) -> String {
    let goes_on = |line: &str| line.matches('`').count() % 2 == 1 || line.ends_with('\\');
    if text.lines().any(goes_on) {
        return text.to_owned();
    }
    let lines = text.lines().map(str::trim);
    let lines =
        lines.filter(|line| !line.is_empty() && (!line.starts_with("//") || line.contains("*/")));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Length of the text in quotes with which a text begins, the quotes included.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == quote && !escaped {
            return at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    text.len()
}

/// A message in the form of ours: one line, no full stop.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut letters = line.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_what_nobody_runs() {
        assert_eq!(lean("// a\n{\n  b(\"// c\"); // d\n\n}\n"), "{\nb(\"// c\"); // d\n}\n");
        assert_eq!(lean("/*\n// a */ b()\n"), "/*\n// a */ b()\n");
        for whole in ["a = `\n  // b\n`;\n", "a = 'b\\\n  c';\n"] {
            assert_eq!(lean(whole), whole);
        }
    }

    #[test]
    fn style_sheets_are_made_small_and_mean_the_same() {
        let text = "/* a { } */\n.a  .b ,\n.c {\n  color: red;\n  &:is(.d, .e) { margin: 0 1px; }\n}\n\
                    @media (min-width: 1px) and (a) { .f::after { content: \"; /* } \\\"  x\" ; } }\n";
        assert_eq!(
            small(text),
            ".a .b,.c{color: red;&:is(.d,.e){margin: 0 1px}}@media (min-width: 1px) and (a){.f::after\
             {content: \"; /* } \\\"  x\"}}"
        );
        assert_eq!(small(".a/* 1 */.b{c:d/* 2 */ e}"), ".a/**/.b{c:d e}");
        assert_eq!(small("a{b:url(x/*y*/;}.png) ; }"), "a{b:url(x/*y*/;}.png)}");
        assert_eq!(small("a{b:url( 'x  y' )} .i\\{{c:d"), "a{b:url( 'x  y' )}.i\\{{c:d");
        assert_eq!(small("/* no end"), "");
        assert_eq!(small("\"no end"), "\"no end");
    }
}
