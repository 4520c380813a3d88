//! As much of HTTP/1.1 as a preview needs: one `GET` or `HEAD` a connection, an answer, the end.
//!
//! Every read and every write has an end in time and in size, so that a client that is slow, mute
//! or endless costs no more than a place at the door. Libraries that we looked at have no such
//! ends, or bring a runtime along.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Longest head of a request.
const MOST_BYTES: usize = 16 << 10;
/// Longest time that a client may take for the head of a request.
const TO_ASK: Duration = Duration::from_secs(5);
/// Longest time that a client may take to read an answer.
const TO_READ: Duration = Duration::from_secs(20);

/// The head of a request, as far as anybody asks for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET` or `HEAD`.
    pub(super) head_only: bool,
    /// The target, as it was sent.
    pub(super) target: String,
    /// Its one `Host`.
    pub(super) host: String,
    /// What the browser calls itself.
    pub(super) agent: String,
    /// Whether a page of another site asks for it as a part of itself: as its script, its picture,
    /// its data. Somebody who follows a link asks for a page.
    pub(super) for_other_site: bool,
}

/// Why a request is not answered with what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// A status.
    pub(super) status: &'static str,
    /// The reason, for whoever sees the answer.
    pub(super) why: String,
}

impl Refusal {
    /// A refusal that says no more than its status.
    fn bare(status: &'static str) -> Self {
        Refusal { status, why: status.to_owned() }
    }

    fn bad() -> Self {
        Refusal::bare("400 Bad Request")
    }
}

/// Reads the head of a request; nothing when the client went away or took too long.
pub(super) fn read(stream: &TcpStream) -> Option<Result<Request, Refusal>> {
    let until = Instant::now() + TO_ASK;
    let mut head = Vec::with_capacity(1024);
    let mut chunk = [0; 2048];
    loop {
        let left = until.checked_duration_since(Instant::now())?;
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1)))).ok()?;
        let count = match (&mut &*stream).read(&mut chunk) {
            Ok(0) => return None,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        // The end may lie across two chunks.
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(&chunk[..count]);
        if let Some(end) = head[from..].windows(4).position(|four| four == b"\r\n\r\n") {
            return Some(parse(&head[..from + end]));
        }
        if head.len() > MOST_BYTES {
            return Some(Err(Refusal::bare("431 Request Header Fields Too Large")));
        }
    }
}

/// Understands the head of a request, without the empty line at its end.
fn parse(head: &[u8]) -> Result<Request, Refusal> {
    let head = std::str::from_utf8(head).map_err(|_| Refusal::bad())?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut word = || words.next().filter(|word| !word.is_empty()).ok_or_else(Refusal::bad);
    let (method, target, version) = (word()?, word()?, word()?);
    if words.next().is_some() || !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(Refusal::bad());
    }
    let (mut hosts, mut agent) = (Vec::new(), "");
    let (mut site, mut mode, mut dest) = ("", "", "");
    for line in lines {
        let (name, value) = line.split_once(':').ok_or_else(Refusal::bad)?;
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Refusal::bad());
        }
        match name.to_ascii_lowercase().as_str() {
            "host" => hosts.push(value.trim()),
            "user-agent" => agent = value.trim(),
            "sec-fetch-site" => site = value.trim(),
            "sec-fetch-mode" => mode = value.trim(),
            "sec-fetch-dest" => dest = value.trim(),
            _ => {}
        }
    }
    let head_only = match method {
        "GET" => false,
        "HEAD" => true,
        _ => return Err(Refusal::bare("405 Method Not Allowed")),
    };
    let [host] = hosts[..] else { return Err(Refusal::bad()) };
    let [target, host, agent] = [target, host, agent].map(str::to_owned);
    // A frame navigates, too; how long it takes, and whether it changes, would tell of what is there.
    let is_page = mode == "navigate" && matches!(dest, "" | "document");
    let for_other_site = matches!(site, "cross-site" | "same-site") && !is_page;
    Ok(Request { head_only, target, host, agent, for_other_site })
}

/// An answer.
pub(super) struct Response<'a> {
    /// Status, as `200 OK`.
    pub(super) status: &'a str,
    /// Media type.
    pub(super) media: &'a str,
    /// Further headers, each with its end.
    pub(super) headers: String,
    /// The bytes.
    pub(super) body: &'a [u8],
}

/// Headers of every answer. Nothing is kept by a browser: the next request may find another
/// text. Nothing is shown to a page of another site, nor within one.
const ALWAYS: &str = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n\
    Content-Security-Policy: frame-ancestors 'self'; object-src 'none'; base-uri 'none'\r\n\
    X-Frame-Options: SAMEORIGIN\r\nConnection: close\r\n";

/// Answers a request; `false` when the client did not take it all.
pub(super) fn write(stream: &TcpStream, head_only: bool, response: &Response<'_>) -> bool {
    let Response { status, media, headers, body } = response;
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\n{ALWAYS}{headers}\r\n",
        body.len()
    );
    let until = Instant::now() + TO_READ;
    // One packet for a small answer, instead of two.
    let mut first = head.into_bytes();
    let beside = if head_only { 0 } else { body.len().min(16 << 10) };
    first.extend_from_slice(&body[..beside]);
    let rest = if head_only { &[] } else { &body[beside..] };
    send(stream, &first, until) && send(stream, rest, until)
}

/// Begins an answer that has no end: a stream of events.
pub(super) fn begin_stream(stream: &TcpStream) -> bool {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
         {ALWAYS}\r\nretry: 500\n\n"
    );
    send_now(stream, head.as_bytes())
}

/// Sends a few bytes of a stream.
pub(super) fn send_now(stream: &TcpStream, bytes: &[u8]) -> bool {
    send(stream, bytes, Instant::now() + Duration::from_secs(2))
}

fn send(stream: &TcpStream, mut bytes: &[u8], until: Instant) -> bool {
    while !bytes.is_empty() {
        let Some(left) = until.checked_duration_since(Instant::now()) else { return false };
        if stream.set_write_timeout(Some(left.max(Duration::from_millis(1)))).is_err() {
            return false;
        }
        match (&mut &*stream).write(bytes) {
            Ok(0) => return false,
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}

/// Whether the other side has closed a connection on which it has nothing more to say.
pub(super) fn is_gone(stream: &TcpStream) -> bool {
    let mut byte = [0];
    let waits = stream.set_read_timeout(Some(Duration::from_millis(1))).is_ok();
    match stream.peek(&mut byte) {
        Ok(0) => true,
        Ok(_) => false,
        Err(error) => {
            !waits || !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
        }
    }
}

/// Ends a connection whose client may still be sending: what it sends is thrown away for a
/// moment, so that the answer reaches it before the end does.
pub(super) fn part(stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let until = Instant::now() + Duration::from_millis(500);
    let mut chunk = [0; 4096];
    let mut left = 1 << 20;
    while left > 0 && Instant::now() < until {
        let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
        match (&mut &*stream).read(&mut chunk) {
            Ok(count) if count > 0 => left -= count.min(left),
            _ => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_understood() {
        let head = b"GET /a?b HTTP/1.1\r\nHOST: localhost:1 \r\nUser-Agent: x";
        let request = parse(head).unwrap();
        assert_eq!((request.target.as_str(), request.host.as_str()), ("/a?b", "localhost:1"));
        assert!(!request.head_only);
        assert!(parse(b"HEAD / HTTP/1.0\r\nHost: a").unwrap().head_only);
    }

    #[test]
    fn parts_for_pages_of_other_sites_are_told_apart() {
        let asked = |site: &str, mode: &str| {
            let head = format!(
                "GET / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}"
            );
            parse(head.as_bytes()).unwrap().for_other_site
        };
        assert!(asked("cross-site", "no-cors") && asked("same-site", "cors"));
        assert!(!asked("cross-site", "navigate") && !asked("same-origin", "no-cors"));
        assert!(!asked("none", "navigate"));
        for (dest, is_part) in
            [("iframe", true), ("object", true), ("embed", true), ("document", false)]
        {
            let mode = format!("navigate\r\nSec-Fetch-Dest: {dest}");
            assert_eq!(asked("cross-site", &mode), is_part, "{dest}");
            assert!(!asked("same-origin", &mode), "{dest}");
        }
    }

    #[test]
    fn a_bad_request_is_refused() {
        for head in [
            &b""[..],
            b"GET",
            b"GET /",
            b"GET / HTTP/2.0\r\nHost: a",
            b"GET / x HTTP/1.1\r\nHost: a",
            b"GET / HTTP/1.1",
            b"GET / HTTP/1.1\r\nHost: a\r\nHost: b",
            b"GET / HTTP/1.1\r\nHost: a\r\nno colon",
            b"GET / HTTP/1.1\r\nHost : a",
            b"GET /\xff HTTP/1.1\r\nHost: a",
        ] {
            assert_eq!(parse(head), Err(Refusal::bad()), "{}", String::from_utf8_lossy(head));
        }
        let post = parse(b"POST / HTTP/1.1\r\nHost: a");
        assert_eq!(post, Err(Refusal::bare("405 Method Not Allowed")));
    }
}
