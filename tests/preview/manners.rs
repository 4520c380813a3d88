//! Clients without manners, and what they cost everybody else: nothing.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{LONG, Manual, Preview};

#[test]
fn only_our_own_name_is_answered() {
    let manual = Manual::new(1);
    let preview = manual.serve("--allow-host desk.test");
    let port = preview.port;
    let answer = |host: &str| {
        preview.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).expect("an answer")
    };
    for ours in ["127.0.0.1", "localhost", "[::1]", "manual.localhost", "desk.test"] {
        // Behind a mapped port or a tunnel the browser names another port than ours.
        for there in [format!("{ours}:{port}"), format!("{ours}:1"), ours.to_owned()] {
            assert_eq!(answer(&there).status, 200, "{there}");
        }
    }
    let own = format!("evil.example:{port}");
    for foreign in ["evil.example", "evil.example:20000", "192.0.2.1:1", "", "a b", own.as_str()] {
        assert_eq!(answer(foreign).status, 421, "{foreign}");
    }
    // Whoever comes by another name learns why, and what to do.
    let said = answer("desk.example:8080").body;
    assert!(
        said.contains("`desk.example`") && said.contains("--allow-host desk.example"),
        "{said}"
    );
    let two = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\n\r\n");
    assert_eq!(preview.send(&two).expect("an answer").status, 400);
    assert_eq!(preview.send("GET / HTTP/1.1\r\n\r\n").expect("an answer").status, 400);
}

#[test]
fn only_reading_is_answered() {
    let manual = Manual::new(1);
    let preview = manual.serve("");
    let host = format!("Host: localhost:{}", preview.port);
    let post = format!("POST / HTTP/1.1\r\n{host}\r\nContent-Length: 5\r\n\r\nhello");
    let answer = preview.send(&post).expect("an answer");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
    let whole = preview.get("/");
    let head = preview.send(&format!("HEAD / HTTP/1.1\r\n{host}\r\n\r\n")).expect("an answer");
    assert_eq!(head.header("content-length"), whole.header("content-length"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(preview.get("/register").header("location"), Some("/register/"));
    assert_eq!(preview.get("/register?a=b").header("location"), Some("/register/?a=b"));
}

#[test]
fn no_path_leaves_the_site() {
    let manual = Manual::new(1);
    manual.write("secret.txt", "the secret\n");
    let preview = manual.serve("");
    for target in TRICKS {
        let answer = preview.get(target);
        assert!(matches!(answer.status, 400 | 404), "{target}: {answer:?}");
        assert!(!answer.body.contains("the secret"), "{target}");
    }
}

const TRICKS: [&str; 12] = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/../../secret.txt",
    "/..%5csecret.txt",
    "/%252e%252e/secret.txt",
    "//secret.txt",
    "/./secret.txt",
    "/secret.txt",
    "/assets/content/../../secret.txt",
    "/secret.txt%00.html",
    "http://127.0.0.1/secret.txt",
];

/// Threads and resident memory (KiB) of a process.
fn size(preview: &Preview) -> (usize, usize) {
    let path = format!("/proc/{}/status", preview.pid());
    let status = std::fs::read_to_string(path).expect("the process is alive");
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a field");
        line.split_whitespace().next().and_then(|word| word.parse().ok()).expect("a number")
    };
    (field("Threads:"), field("VmRSS:"))
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn rude_clients_harm_nobody() {
    let manual = Manual::new(20);
    let preview = manual.serve("");
    let page = preview.get("/documents/GDL-TST-003/");
    assert_eq!(page.status, 200);
    let (threads, memory) = size(&preview);
    let over = AtomicBool::new(false);
    let answered = thread::scope(|scope| {
        let spawn = |number: usize| {
            let (preview, over) = (&preview, &over);
            let builder = thread::Builder::new().stack_size(256 << 10);
            let client = move || {
                if number.is_multiple_of(2) {
                    polite(preview, number)
                } else {
                    rude(preview, number / 2, over);
                    0
                }
            };
            builder.spawn_scoped(scope, client).expect("a thread")
        };
        // However this ends: who waits for it to be over is not left waiting.
        let _ending = Ending(&over);
        let clients: Vec<_> = (0..500).map(spawn).collect();
        let (polite, rude): (Vec<_>, Vec<_>) =
            clients.into_iter().enumerate().partition(|(number, _)| number.is_multiple_of(2));
        let answers: usize =
            polite.into_iter().map(|(_, client)| client.join().expect("no panic")).sum();
        let (_, most) = size(&preview);
        assert!(most < memory + (100 << 10), "{memory} KiB before, {most} KiB in between");
        over.store(true, Ordering::Relaxed);
        for (_, client) in rude {
            client.join().expect("no panic");
        }
        answers
    });
    assert_eq!(answered, 250 * 3, "answers to polite clients");
    let start = Instant::now();
    loop {
        let (now, _) = size(&preview);
        if now <= threads {
            break;
        }
        assert!(start.elapsed() < LONG, "{threads} threads before, {now} after");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Says that it is over when it goes, be it because a test failed.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Asks for three pages; the answer is how many came whole.
fn polite(preview: &Preview, number: usize) -> usize {
    let targets = [
        "/".to_owned(),
        format!("/documents/GDL-TST-{:03}/", number % 20),
        "/register/".to_owned(),
    ];
    let whole = |target: &String| {
        let answer = preview.get(target);
        let length: usize = answer.header("content-length")?.parse().ok()?;
        (answer.status == 200 && answer.body.len() == length).then_some(())
    };
    targets.iter().filter_map(whole).count()
}

/// Behaves badly, in one of several ways, until it is thrown out or everything is over.
fn rude(preview: &Preview, number: usize, over: &AtomicBool) {
    let host = format!("Host: 127.0.0.1:{}\r\n", preview.port);
    let mut stream = preview.connect();
    let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
    let wait = |stream: &mut std::net::TcpStream| {
        let mut byte = [0];
        while !over.load(Ordering::Relaxed) {
            match stream.read(&mut byte) {
                Ok(0) => break,
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
                _ => thread::sleep(Duration::from_millis(20)),
            }
        }
    };
    match number % 6 {
        // Says nothing at all.
        0 => wait(&mut stream),
        // A letter now and then, never a line.
        1 => {
            let letters = b"GET / HTTP/1.1\r\nX-Slow: ".iter().chain(std::iter::repeat(&b'a'));
            for letter in letters {
                if over.load(Ordering::Relaxed) || stream.write_all(&[*letter]).is_err() {
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        // A head without end.
        2 => {
            let line = format!("X-Giant: {}\r\n", "a".repeat(8000));
            let _ = stream.write_all(format!("GET / HTTP/1.1\r\n{host}").as_bytes());
            while !over.load(Ordering::Relaxed) && stream.write_all(line.as_bytes()).is_ok() {}
        }
        // Asks for much and takes none of it.
        3 => {
            let target = format!("GET /assets/style.css HTTP/1.1\r\n{host}\r\n");
            let _ = stream.write_all(target.as_bytes());
            while !over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(50));
            }
        }
        // Listens, and never reads.
        4 => {
            let target = format!("GET /_preview/events HTTP/1.1\r\n{host}\r\n");
            let _ = stream.write_all(target.as_bytes());
            while !over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(50));
            }
        }
        // Tries to get out of the site.
        _ => {
            for target in TRICKS {
                let request = format!("GET {target} HTTP/1.1\r\n{host}\r\n");
                let answer = preview.send(&request);
                assert!(answer.is_none_or(|answer| answer.status >= 400), "{target}");
            }
        }
    }
}

#[test]
fn many_open_tabs_leave_connections_free() {
    let manual = Manual::new(1);
    let preview = manual.serve("");
    let port = preview.port;
    let mut tabs: Vec<_> = (0..100)
        .map(|_| {
            let mut stream = preview.connect();
            let request = format!(
                "GET /_preview/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: one\r\n\r\n"
            );
            stream.write_all(request.as_bytes()).expect("sent");
            let mut seen = String::new();
            // Every stream begins with an event.
            while !seen.contains("data: ") && !seen.contains("crowded") {
                let mut chunk = [0; 512];
                let count = stream.read(&mut chunk).expect("an event");
                assert!(count > 0, "{seen}");
                seen.push_str(&String::from_utf8_lossy(&chunk[..count]));
            }
            stream
        })
        .collect();
    assert_eq!(preview.get("/").status, 200);
    // All but the last few were sent away, and know it.
    let mut told = BTreeSet::new();
    for (number, tab) in tabs.iter_mut().take(90).enumerate() {
        let mut rest = String::new();
        tab.read_to_string(&mut rest).expect("its end");
        if rest.contains("event: crowded") {
            told.insert(number);
        }
    }
    assert_eq!(told.len(), 90);
}
