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

/// Whether a `Host` header names this server. A page of another site can make its name lead
/// here, but cannot make its browser send another name than that (DNS rebinding); bare addresses
/// cannot be made to lead anywhere.
pub(super) fn is_ours(header: &str, port: u16, own: &str, open: bool) -> bool {
    let (name, there) = match header.rsplit_once(':') {
        Some((name, there)) if !there.ends_with(']') => (name, there),
        _ => (header, "80"),
    };
    if there.parse() != Ok(port) {
        return false;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return open || address.is_loopback();
    }
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    is("localhost") || is(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_name_is_answered() {
        let loopback = |header| is_ours(header, 20000, "127.0.0.1", false);
        for ours in ["127.0.0.1:20000", "localhost:20000", "LOCALHOST:20000", "[::1]:20000"] {
            assert!(loopback(ours), "{ours}");
        }
        for foreign in [
            "",
            ":",
            "localhost",
            "localhost:20001",
            "127.0.0.1",
            "evil.example:20000",
            "localhost.evil.example:20000",
            "127.0.0.1.evil.example:20000",
            "192.168.0.7:20000",
            "localhost:20000:20000",
            "[::1]",
            "localhost:020000x",
            "user@localhost:20000",
        ] {
            assert!(!loopback(foreign), "{foreign}");
        }
        assert!(is_ours("localhost", 80, "127.0.0.1", false));
        assert!(is_ours("desk.example:20000", 20000, "desk.example", true));
        assert!(is_ours("192.168.0.7:20000", 20000, "desk.example", true));
        assert!(!is_ours("evil.example:20000", 20000, "0.0.0.0", true));
    }
}
