//! Answers: from what the manual has to what a browser gets.
//!
//! A page goes out as it is, with one line more in its head: the preview's own script. Its
//! content security policy is widened by what that script needs, and no more.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem;
use serde_json::json;

use super::queue::{Answer, Answered, Delivered, PATIENCE, Query, Queue};
use super::route::{self, address, route};
use crate::render::site::{Bytes, Page, Route};

/// Where the preview's own files are. No page of a site begins like that.
pub(super) const OWN: &str = "/_preview/";
/// Most files that are kept for the time when they cannot be made.
const KEPT: usize = 300;

/// The policy of a page that brings none.
const OF_PAGES: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; \
                        img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'";
/// The policy of a picture that somebody opens by itself.
const OF_PICTURES: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
/// How a page begins to say its policy.
const POLICY: &[u8] = b"http-equiv=\"Content-Security-Policy\" content=\"";

/// What goes back to a browser.
pub(super) struct Reply {
    pub(super) status: &'static str,
    pub(super) media: String,
    pub(super) headers: String,
    pub(super) body: Bytes,
}

impl Reply {
    fn new(status: &'static str, media: &str, body: impl Into<Bytes>) -> Self {
        Reply { status, media: media.to_owned(), headers: String::new(), body: body.into() }
    }

    /// A few words of our own.
    pub(super) fn words(status: &'static str, text: &str) -> Self {
        let reply =
            Reply::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes());
        reply.with_policy("default-src 'none'")
    }

    /// With a content security policy beside the one that every answer has.
    fn with_policy(mut self, policy: &str) -> Self {
        self.headers.push_str("Content-Security-Policy: ");
        self.headers.push_str(policy);
        self.headers.push_str("\r\n");
        self
    }

    fn to(route: &str, target: &str) -> Self {
        let query = target.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        let plain = query.bytes().all(|byte| byte.is_ascii_graphic());
        let folder = address(route);
        let folder = folder.strip_suffix("index.html").unwrap_or(&folder);
        let mut reply = Reply::words("302 Found", "It stands elsewhere.");
        reply.headers = format!("Location: {folder}{}\r\n", if plain { &query } else { "" });
        reply
    }
}

/// Answers targets from a queue.
pub(super) struct Pages {
    queue: Arc<Queue>,
    /// A word that no other run of the program has.
    run: u64,
    kept: Mutex<Kept>,
}

/// The last good state of what was shown.
#[derive(Default)]
struct Kept {
    pages: BTreeMap<Route, Page>,
    query: VecDeque<Route>,
}

impl Kept {
    fn keep(&mut self, route: &str, page: &Page) {
        if self.pages.insert(route.to_owned(), page.clone()).is_none() {
            self.query.push_back(route.to_owned());
        }
        if self.query.len() > KEPT
            && let Some(oldest) = self.query.pop_front()
        {
            self.pages.remove(&oldest);
        }
    }
}

impl Pages {
    pub(super) fn new(queue: Arc<Queue>) -> Self {
        // Another number in every run, without a clock.
        let run = std::hash::RandomState::new().hash_one(0);
        Pages { queue, run, kept: Mutex::default() }
    }

    /// Answers a target.
    pub(super) fn reply(&self, target: &str) -> Reply {
        if let Some(own) = target.strip_prefix(OWN) {
            return self.own(own.split('?').next().unwrap_or_default(), target);
        }
        let Some(wanted) = route(target) else {
            return Reply::words("400 Bad Request", "This is no address of a page.");
        };
        let Some((version, answer)) = self.page(&wanted) else { return late() };
        match answer {
            Answer::Page(page) => {
                self.kept().keep(&wanted, &page);
                self.shown("200 OK", &page, version)
            }
            Answer::Moved(there) => Reply::to(&there, target),
            Answer::Missing => self.missing(&wanted, target, version),
            Answer::Withheld => self.shown("500 Internal Server Error", &broken(), version),
            Answer::Broken => {
                let kept = self.kept().pages.get(&wanted).cloned();
                match kept {
                    Some(page) => self.shown("200 OK", &page, version),
                    None => self.shown("500 Internal Server Error", &broken(), version),
                }
            }
        }
    }

    /// The manual's own page for what is not there; a folder without its slash is led on.
    fn missing(&self, wanted: &str, target: &str, version: u64) -> Reply {
        if !wanted.ends_with("index.html") {
            let inside = format!("{wanted}/index.html");
            match self.page(&inside) {
                Some((_, Answer::Page(_) | Answer::Broken | Answer::Withheld)) => {
                    return Reply::to(&inside, target);
                }
                Some((_, Answer::Moved(there))) => return Reply::to(&there, target),
                _ => {}
            }
        }
        match self.page("404.html") {
            Some((version, Answer::Page(page))) => {
                // It was made for the top of the site, and is shown anywhere.
                let up = "../".repeat(wanted.matches('/').count());
                self.shown("404 Not Found", &lifted(&page, &up), version)
            }
            _ => self.shown("404 Not Found", &broken(), version),
        }
    }

    /// The preview's own files.
    fn own(&self, name: &str, target: &str) -> Reply {
        match name {
            "client.js" => Reply::new(
                "200 OK",
                "text/javascript; charset=utf-8",
                include_bytes!("client.js").to_vec(),
            ),
            "client.css" => Reply::new(
                "200 OK",
                "text/css; charset=utf-8",
                include_bytes!("client.css").to_vec(),
            ),
            "notes" => self.notes(target),
            _ => Reply::words("404 Not Found", "The preview has no such file."),
        }
    }

    /// What the preview's script asks for when something is new.
    fn notes(&self, target: &str) -> Reply {
        let asked = route::field(target, "at").and_then(|at| route(&at));
        let Some(at) = asked else {
            return Reply::words("400 Bad Request", "Notes are about a page.");
        };
        let uses: Vec<Route> =
            route::fields(target, "use").take(100).filter_map(|target| route(&target)).collect();
        let query = Query::Notes { at, uses: uses.clone() };
        let Ok(Delivered { version, result }) = self.queue.query(query).recv_timeout(PATIENCE)
        else {
            return late();
        };
        let Answered::Notes { page, uses: answers, notes } = result else { return late() };
        let moved = match &page {
            Answer::Moved(there) => Some(address(there)),
            _ => None,
        };
        let marks: BTreeMap<String, Option<String>> = uses
            .iter()
            .zip(&answers)
            .map(|(route, answer)| (address(route), mark_of(answer)))
            .collect();
        let whole = json!({
            "version": self.version(version),
            "page": mark_of(&page),
            "broken": matches!(page, Answer::Broken | Answer::Withheld),
            "moved": moved,
            "uses": marks,
            "notes": notes,
        });
        Reply::new("200 OK", "application/json", whole.to_string().into_bytes())
    }

    /// A page, or another file, as a browser gets it.
    fn shown(&self, status: &'static str, page: &Page, version: u64) -> Reply {
        if !page.media.starts_with("text/html") {
            let reply = Reply::new(status, page.media, Arc::clone(&page.bytes));
            // Opened by itself, a picture is a page.
            return if page.media.starts_with("image/") {
                reply.with_policy(OF_PICTURES)
            } else {
                reply
            };
        }
        let line = format!(
            "<script src=\"{OWN}client.js\" data-version=\"{}\" data-mark=\"{}\" defer></script>",
            self.version(version),
            mark(page)
        );
        let reply = Reply::new(status, page.media, with_script(&page.bytes, &line));
        // Those of a theme that says none, as our own for what is broken.
        if has_policy(&page.bytes) { reply } else { reply.with_policy(OF_PAGES) }
    }

    fn version(&self, version: u64) -> String {
        format!("{:x}.{version}", self.run)
    }

    fn page(&self, route: &str) -> Option<(u64, Answer)> {
        let delivery = self.queue.query(Query::Page(route.to_owned()));
        let Delivered { version, result } = delivery.recv_timeout(PATIENCE).ok()?;
        match result {
            Answered::Page(answer) => Some((version, answer)),
            Answered::Notes { .. } => None,
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn late() -> Reply {
    let mut reply =
        Reply::words("503 Service Unavailable", "The manual is still being read. Try again.");
    reply.headers.push_str("Retry-After: 1\r\n");
    reply
}

/// What stands where a page cannot be made and was not seen before: the script says why.
fn broken() -> Page {
    let text = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                <title>Not to be shown</title>\n</head>\n<body>\n<main>\n\
                <p>This page cannot be shown at present.</p>\n</main>\n</body>\n</html>\n";
    Page::new("broken.html", text.as_bytes().to_vec())
}

/// A word that changes with the bytes of a file.
fn mark(page: &Page) -> String {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    format!("{:016x}", hasher.hash_one(&page.bytes))
}

fn mark_of(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Page(page) => Some(mark(page)),
        _ => None,
    }
}

/// Whether a page says its policy, in its head.
fn has_policy(page: &[u8]) -> bool {
    let head = memmem::find(page, b"</head>").unwrap_or(page.len());
    memmem::find(&page[..head], POLICY).is_some()
}

/// A page with a line more at the start of its head, and with a policy that lets its script ask
/// the server.
fn with_script(page: &[u8], line: &str) -> Vec<u8> {
    let mut out = page.to_vec();
    let find = |out: &[u8], what: &[u8]| memmem::find(out, what);
    if let Some(at) = find(&out, POLICY) {
        let inside = at + POLICY.len();
        let end = out[inside..].iter().position(|byte| *byte == b'"').unwrap_or_default();
        let more = b"; connect-src 'self'";
        out.splice(inside + end..inside + end, more.iter().copied());
    }
    // Before every other script, so that it sees the page as it came.
    let first = find(&out, b"<script").or_else(|| find(&out, b"</head>"));
    let at = first.unwrap_or(out.len());
    out.splice(at..at, line.bytes());
    out
}

/// A page that was made for the top of the site, for a place further down: its relative links are
/// led there.
fn lifted(page: &Page, up: &str) -> Page {
    let Ok(text) = std::str::from_utf8(&page.bytes) else { return page.clone() };
    let mut out = String::with_capacity(text.len() + 512);
    let mut rest = text;
    while let Some(at) = rest.find("=\"") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        let name = before[..at].rsplit([' ', '<', '\n']).next().unwrap_or_default();
        let value = after.split('"').next().unwrap_or_default();
        let relative = !value.is_empty() && !value.starts_with(['#', '/']) && !value.contains(':');
        if matches!(name, "href" | "src") && relative {
            out.push_str(up);
        }
        rest = after;
    }
    out.push_str(rest);
    Page { bytes: out.into_bytes().into(), media: page.media }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_comes_first_and_may_ask() {
        let page =
            b"<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\
                     <script src=\"a.js\"></script></head>";
        let out = String::from_utf8(with_script(page, "<X>")).unwrap();
        assert!(out.contains("default-src 'none'; connect-src 'self'\"><X><script src"), "{out}");
        assert_eq!(with_script(b"<head></head>", "<X>"), b"<head><X></head>");
        assert_eq!(with_script(b"text", "<X>"), b"text<X>");
    }

    #[test]
    fn a_page_of_the_top_is_lifted() {
        let page = Page::new(
            "404.html",
            b"<a href=\"a/b.html\"><a href=\"#x\" src=\"/y\"><i id=\"q\">".to_vec(),
        );
        let lifted = lifted(&page, "../../");
        let expected = b"<a href=\"../../a/b.html\"><a href=\"#x\" src=\"/y\"><i id=\"q\">";
        assert_eq!(&*lifted.bytes, expected);
    }
}
