//! Tells browsers that something is new: streams of server-sent events.
//!
//! What is new they ask themselves. Every stream begins with an event, so whoever comes back
//! after a while has missed nothing. A browser opens six connections to a host at most, so it
//! gets [`MOST`] streams; beyond that the oldest is sent away and asks now and then instead.

use std::net::{IpAddr, TcpStream};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::http;

/// Most streams of one browser.
const MOST: usize = 3;
/// Most streams of all browsers.
const MOST_OF_ALL: usize = 64;
/// How often a stream looks whether its browser is still there.
const LOOK: Duration = Duration::from_secs(1);
/// A comment is sent after so many looks without news, for whatever lies between.
const QUIET: u32 = 15;

/// Who listens: address and name of a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who(pub(super) IpAddr, pub(super) String);

/// The board that is listened to.
#[derive(Default)]
pub struct Board {
    news: Mutex<News>,
    changed: Condvar,
}

#[derive(Default)]
struct News {
    number: u64,
    /// Who listens, the oldest first.
    listeners: Vec<(u64, Who)>,
    next: u64,
}

impl News {
    fn enter(&mut self, who: Who) -> u64 {
        let same = self.listeners.iter().filter(|(_, other)| *other == who).count();
        let leaves = if same >= MOST {
            self.listeners.iter().position(|(_, other)| *other == who)
        } else {
            (self.listeners.len() >= MOST_OF_ALL).then_some(0)
        };
        if let Some(place) = leaves {
            self.listeners.remove(place);
        }
        self.next += 1;
        self.listeners.push((self.next, who));
        self.next
    }
}

impl Board {
    /// Says that something is new.
    pub fn tell(&self) {
        self.news().number += 1;
        self.changed.notify_all();
    }

    /// Keeps a browser informed until one of the two has enough.
    pub(super) fn listen(&self, stream: &TcpStream, who: Who) {
        let own = self.news().enter(who);
        self.changed.notify_all();
        if http::begin_stream(stream) {
            self.stream(stream, own);
        }
        self.news().listeners.retain(|(id, _)| *id != own);
    }

    fn stream(&self, stream: &TcpStream, own: u64) {
        let mut told = None;
        let mut quiet = 0;
        loop {
            let mut news = self.news();
            let stays = |news: &News| news.listeners.iter().any(|(id, _)| *id == own);
            if Some(news.number) == told && stays(&news) {
                let waited = self.changed.wait_timeout(news, LOOK);
                news = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            let (number, stays) = (news.number, stays(&news));
            drop(news);
            if !stays {
                http::send_now(stream, b"event: crowded\ndata: 0\n\n");
                return;
            }
            let sent = if told != Some(number) {
                quiet = 0;
                http::send_now(stream, format!("data: {number}\n\n").as_bytes())
            } else if quiet == QUIET {
                quiet = 0;
                http::send_now(stream, b":\n\n")
            } else {
                quiet += 1;
                !http::is_gone(stream)
            };
            if !sent {
                return;
            }
            told = Some(number);
        }
    }

    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
