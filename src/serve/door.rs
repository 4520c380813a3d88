//! Who may come in, and who has to go when the house is full.
//!
//! Every connection is a thread, so there is an end to their number. When it is reached, whoever
//! has been asking for longest without coming to a point makes room for the next one.

use std::collections::BTreeMap;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most connections at a time; some systems give a process 256 open files.
const MOST: usize = 192;

/// What a connection is doing, and for how long it may do so in a full house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Sending its request.
    Asking,
    /// Listening to the board.
    Listening,
    /// Getting its answer.
    Served,
}

impl Stage {
    fn patience(self) -> Duration {
        match self {
            Stage::Asking | Stage::Listening => Duration::from_secs(1),
            Stage::Served => Duration::from_secs(5),
        }
    }
}

/// The connections that are open.
#[derive(Default)]
pub(super) struct Door {
    guests: Mutex<BTreeMap<u64, Guest>>,
    left: Condvar,
}

struct Guest {
    stream: Arc<TcpStream>,
    since: Instant,
    stage: Stage,
    asked_to_go: bool,
}

impl Door {
    /// Lets a connection in, as soon as there is room.
    pub(super) fn enter(&self, number: u64, stream: &Arc<TcpStream>) {
        let mut guests = self.guests();
        while guests.len() >= MOST {
            make_room(&mut guests);
            let waited = self.left.wait_timeout(guests, Duration::from_millis(50));
            guests = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let stream = Arc::clone(stream);
        let (since, stage) = (Instant::now(), Stage::Asking);
        guests.insert(number, Guest { stream, since, stage, asked_to_go: false });
    }

    /// Notes what a connection is doing now.
    pub(super) fn stage(&self, number: u64, stage: Stage) {
        if let Some(guest) = self.guests().get_mut(&number) {
            (guest.stage, guest.since) = (stage, Instant::now());
        }
    }

    /// Lets a connection go.
    pub(super) fn leave(&self, number: u64) {
        self.guests().remove(&number);
        self.left.notify_all();
    }

    fn guests(&self) -> MutexGuard<'_, BTreeMap<u64, Guest>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks one guest to go whose time is up, if there is one.
fn make_room(guests: &mut BTreeMap<u64, Guest>) {
    let now = Instant::now();
    let late = |guest: &&mut Guest| {
        !guest.asked_to_go && now.duration_since(guest.since) >= guest.stage.patience()
    };
    let longest = guests.values_mut().filter(late).min_by_key(|guest| (guest.stage, guest.since));
    if let Some(guest) = longest {
        guest.asked_to_go = true;
        // Its thread finds the connection closed, and ends.
        let _ = guest.stream.shutdown(Shutdown::Both);
    }
}

/// The names by which a server may be called. A page of another site can make its name lead here,
/// but cannot make its browser send another name than that (DNS rebinding); bare addresses and the
/// names of this machine itself cannot be made to lead anywhere. The port says nothing: that of a
/// container, a tunnel or an editor is another one than ours.
pub(super) struct HostNames {
    /// The host by which it was asked for.
    pub(super) own: String,
    /// Names that were allowed besides.
    pub(super) allowed: Vec<String>,
    /// Whether it can be reached from other machines.
    pub(super) is_open: bool,
}

impl HostNames {
    /// Whether a `Host` header has one of them.
    pub(super) fn has(&self, header: &str) -> bool {
        let Some(name) = host(header) else { return false };
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return self.is_open || address.to_canonical().is_loopback();
        }
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let is = |known: &String| name.eq_ignore_ascii_case(known);
        !name.is_empty()
            && (name == "localhost"
                || name.ends_with(".localhost")
                || is(&self.own)
                || self.allowed.iter().any(is))
    }
}

/// The host of a `Host` header, without its port; nothing where that is none.
pub(super) fn host(header: &str) -> Option<&str> {
    let (name, port) = match header.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (header, "80"),
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    let is_port = !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit());
    let is_host = name.len() <= 255 && name.bytes().all(plain);
    (is_port && port.parse::<u16>().is_ok() && is_host).then_some(name)
}

/// A name that may be called, which may have been given with a port.
pub(super) fn without_port(name: &str) -> String {
    host(name).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_allowed_with_or_without_a_port() {
        let allowed = ["desk.test:8080", "desk.test"].map(without_port);
        assert_eq!(allowed, ["desk.test", "desk.test"]);
    }

    fn names(own: &str, is_open: bool) -> HostNames {
        HostNames { own: own.to_owned(), allowed: vec!["desk.test".to_owned()], is_open }
    }

    #[test]
    fn only_our_own_name_is_answered() {
        let loopback = names("127.0.0.1", false);
        for ours in [
            "127.0.0.1:20000",
            "127.0.0.1",
            "127.8.9.10:8080",
            "localhost",
            "localhost:20001",
            "LOCALHOST:20000",
            "localhost.:20000",
            "manual.localhost:8080",
            "[::1]",
            "[::1]:20000",
            "[::ffff:127.0.0.1]:20000",
            "desk.test",
            "DESK.test:8080",
        ] {
            assert!(loopback.has(ours), "{ours}");
        }
        for foreign in [
            "",
            ":",
            ":20000",
            ".",
            ".localhost.evil.example",
            "localhost:",
            "evil.example:20000",
            "localhost.evil.example:20000",
            "notlocalhost:20000",
            "127.0.0.1.evil.example:20000",
            "192.168.0.7:20000",
            "128.0.0.1",
            "[::2]:20000",
            "localhost:20000:20000",
            "localhost:020000x",
            "localhost:70000",
            "user@localhost:20000",
            "localhost/:20000",
        ] {
            assert!(!loopback.has(foreign), "{foreign}");
        }
        assert!(names("desk.example", true).has("desk.example:20000"));
        assert!(names("desk.example", true).has("192.168.0.7:8080"));
        assert!(!names("0.0.0.0", true).has("evil.example:20000"));
    }
}
