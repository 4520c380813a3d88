//! The preview's server: bytes to a browser, on this machine alone unless asked otherwise.
//!
//! Comes in: states of the manual as a [`ManualState`], handed over at a [`Queue`], and word on a
//! [`Board`] that something is new. Goes out: pages, and events that make open pages follow.
//! It knows no manual and reads no file: what a browser asks for is a key ([`route()`]).
//!
//! Every connection carries one request and has a thread of its own; all of them have an end in
//! time, in size and in number ([`http`], [`door`]). Only `GET` and `HEAD` are answered, and only
//! to those who call the server by its own name.
#![expect(
    clippy::disallowed_methods,
    reason = "clients have only so much time; no page has a clock"
)]

mod board;
mod queue;
mod door;
mod http;
mod pages;
mod route;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

pub use board::Board;
pub use queue::{Answer, ManualState, Queue};
pub use route::{address, route};

use board::Who;
use door::{Door, HostNames, Stage};
use http::{Refusal, Request, Response};
use pages::{OWN, Pages, Reply};

/// How many ports after the usual one are tried.
const TRIED: u16 = 20;

/// The port that a server takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// This, or the next one that is free.
    From(u16),
    /// This and no other; any free one when it is 0.
    Only(u16),
}

/// A server that has a port, and does not answer yet.
pub struct Server {
    listener: TcpListener,
    at: SocketAddr,
    /// The host by which it was asked for.
    host: String,
    /// Other names by which it may be called.
    allowed: Vec<String>,
}

impl Server {
    /// Takes a port; on this machine alone when no host is named. It answers to the names of this
    /// machine itself, to `host`, and to the names that are `allowed` besides.
    ///
    /// # Errors
    /// The host is not one of this machine, or the port is not free; the message says what to do.
    pub fn bind(host: Option<&str>, allowed: &[String], port: Port) -> Result<Server> {
        let name = host.unwrap_or("127.0.0.1");
        let (first, last) = match port {
            Port::From(port) => (port, port.saturating_add(TRIED)),
            Port::Only(port) => (port, port),
        };
        for port in first..=last {
            match listen(name, port) {
                Ok(listener) => {
                    let at = listener.local_addr().context("cannot learn the port")?;
                    let host = name.to_owned();
                    let allowed = allowed.iter().map(|name| door::without_port(name)).collect();
                    return Ok(Server { listener, at, host, allowed });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot open {name}:{port}"));
                }
            }
        }
        if first < last {
            bail!("all ports from {first} to {last} are in use; choose another with --port");
        }
        let free = (first.saturating_add(1)..=u16::MAX).take(100);
        match free.into_iter().find(|port| listen(name, *port).is_ok()) {
            Some(free) => {
                bail!("port {first} is in use by another program; {free} is free: --port {free}")
            }
            None => bail!("port {first} is in use by another program; choose another with --port"),
        }
    }

    /// The port that it has.
    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// Whether it can be reached from other machines.
    pub fn is_open(&self) -> bool {
        !self.at.ip().is_loopback()
    }

    /// Where a browser finds it.
    pub fn url(&self) -> String {
        let own = match self.at.ip() {
            ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        };
        format!("http://{own}:{}/", self.at.port())
    }

    /// Answers from now on, in threads of its own, until the end of the program.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(self, queue: Arc<Queue>, board: Arc<Board>) -> Result<()> {
        let is_open = self.is_open();
        let house = Arc::new(House {
            names: HostNames { own: self.host, allowed: self.allowed, is_open },
            door: Door::default(),
            board,
            pages: Pages::new(queue),
        });
        let listener = self.listener;
        let accept = move || {
            for number in 0.. {
                match listener.accept() {
                    Ok((stream, from)) => House::let_in(&house, number, stream, from.ip()),
                    // No more files, or a client that changed its mind: neither lasts.
                    Err(_) => thread::sleep(Duration::from_millis(20)),
                }
            }
        };
        thread::Builder::new().name("accept".into()).spawn(accept).context("cannot start")?;
        Ok(())
    }
}

fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let all: Vec<SocketAddr> = (bare, port).to_socket_addrs()?.collect();
    TcpListener::bind(&all[..])
}

/// The server at work.
struct House {
    names: HostNames,
    door: Door,
    board: Arc<Board>,
    pages: Pages,
}

impl House {
    fn let_in(house: &Arc<House>, number: u64, stream: TcpStream, from: IpAddr) {
        let stream = Arc::new(stream);
        house.door.enter(number, &stream);
        let inside = Arc::clone(house);
        let work = move || {
            // A small answer goes out at once; nothing is lost where the system refuses.
            let _ = stream.set_nodelay(true);
            inside.serve(number, &stream, from);
            inside.door.leave(number);
        };
        let small = thread::Builder::new().name("request".into()).stack_size(256 << 10);
        if small.spawn(work).is_err() {
            house.door.leave(number);
        }
    }

    fn serve(&self, number: u64, stream: &TcpStream, from: IpAddr) {
        let Some(request) = http::read(stream) else { return };
        self.door.stage(number, Stage::Served);
        let request = match request.and_then(|request| self.admitted(request)) {
            Ok(request) => request,
            Err(refusal) => {
                let reply = Reply::words(refusal.status, &refusal.why);
                answer(stream, false, &reply);
                http::part(stream);
                return;
            }
        };
        let Request { head_only, target, agent, .. } = request;
        if target.split('?').next() == Some(&format!("{OWN}events")) && !head_only {
            self.door.stage(number, Stage::Listening);
            self.board.listen(stream, Who(from, agent));
            return;
        }
        answer(stream, head_only, &self.pages.reply(&target));
    }

    fn admitted(&self, request: Request) -> Result<Request, Refusal> {
        if !self.names.has(&request.host) {
            return Err(misdirected(&request.host));
        }
        if request.for_other_site {
            let why = "A page of another site asked for this, and none may read the manual.";
            return Err(Refusal { status: "403 Forbidden", why: why.to_owned() });
        }
        Ok(request)
    }
}

/// What those hear who call the server by a name that is not its own.
fn misdirected(header: &str) -> Refusal {
    let why = match door::host(header).filter(|name| !name.is_empty()) {
        Some(name) => format!(
            "This preview was asked for under the name `{name}`, which is not one of its own. It \
             answers to the names of this machine alone, so that no page of another site can read \
             the manual. If `{name}` is how you reach it, start it with\n\n    clausebook serve \
             --allow-host {name}"
        ),
        None => "The `Host` of the request is empty or is not a name, so nothing tells under which name \
                 this preview was asked for. Ask for it under a name of this machine, or under one \
                 that it was started with:\n\n    clausebook serve --allow-host NAME"
            .to_owned(),
    };
    Refusal { status: "421 Misdirected Request", why }
}

fn answer(stream: &TcpStream, head_only: bool, reply: &Reply) {
    let mut headers = reply.headers.clone();
    if reply.status.starts_with("405") {
        headers.push_str("Allow: GET, HEAD\r\n");
    }
    let Reply { status, media, body, .. } = reply;
    http::write(stream, head_only, &Response { status, media, headers, body });
}
