//! The preview and the system that it runs on: how it ends, how many folders may be watched, from
//! where it can be reached.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{IpAddr, TcpStream, UdpSocket};
use std::process::{Command, Stdio};

use crate::deadline::Finish as _;
use crate::support::{LONG, Lines, Manual, Preview, guide};
use crate::untried::not_tried;

/// All files and folders of a manual.
fn everything(manual: &Manual) -> BTreeSet<std::path::PathBuf> {
    let all = walkdir::WalkDir::new(manual.path()).into_iter();
    all.map(|entry| entry.expect("it can be listed").into_path()).collect()
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_whoever_listens() {
    use std::os::unix::process::ExitStatusExt as _;

    let manual = Manual::new(2);
    let before = everything(&manual);
    let mut preview = manual.serve("");
    let mut listeners: Vec<TcpStream> = (0..20).map(|number| listen(&preview, number)).collect();
    // And one who has not made up his mind.
    let mut silent = preview.connect();
    silent.write_all(b"GET / HT").expect("it listens");

    // Whoever is started in the background of a shell does not hear Ctrl-C, and neither do those
    // that it starts: the shell's other word to end is tried there.
    let (name, number) = if hears_interrupts() { ("INT", 2) } else { ("TERM", 15) };
    let word = format!("kill -{name} {}", preview.pid());
    let sent = Command::new("sh").args(["-c", &word]).finish().expect("a shell");
    assert!(sent.status.success());
    let status = preview.wait();
    // As a program ends that the terminal interrupts: the shell sees it.
    assert_eq!(status.signal(), Some(number), "{status:?}");
    for stream in listeners.iter_mut().chain([&mut silent]) {
        let mut rest = Vec::new();
        // Closed or cut, but not left open.
        let _ = stream.read_to_end(&mut rest);
    }
    assert!(TcpStream::connect(("127.0.0.1", preview.port)).is_err(), "the port is free again");
    assert_eq!(everything(&manual), before, "nothing is left behind");
}

/// Whether a program that is started from here is ended by Ctrl-C.
#[cfg(unix)]
fn hears_interrupts() -> bool {
    let run = Command::new("sh").args(["-c", "kill -INT $$; echo alive"]).finish();
    !String::from_utf8_lossy(&run.expect("a shell").stdout).contains("alive")
}

/// Opens a stream of events, and waits for the first.
fn listen(preview: &Preview, number: usize) -> TcpStream {
    let mut stream = preview.connect();
    let port = preview.port;
    write!(
        stream,
        "GET /_preview/events HTTP/1.1\r\nHost: localhost:{port}\r\nUser-Agent: {number}\r\n\r\n"
    )
    .expect("it listens");
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
    let first = lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("data: ")));
    assert!(first.is_some(), "a stream begins with an event");
    stream
}

/// Linux lets a user have limits of his own in a name space of his own, so this needs nobody's
/// leave where such spaces are allowed.
#[cfg(target_os = "linux")]
#[test]
fn more_folders_than_may_be_watched_are_looked_at() {
    let limits = [
        ("max_inotify_watches", 3, "fs.inotify.max_user_watches"),
        ("max_inotify_instances", 0, "fs.inotify.max_user_instances"),
    ];
    for (limit, most, named) in limits {
        let manual = Manual::new(1);
        for folder in ["a", "b", "c", "d", "e"] {
            manual.write(&format!("policies/{folder}/_note.md"), "");
        }
        let set = format!("echo {most} > /proc/sys/user/{limit}");
        let alone = |script: &str| {
            let mut command = Command::new("unshare");
            command.args(["--user", "--map-root-user", "sh", "-c", script]);
            command
        };
        let can = alone(&set).finish();
        if !can.is_ok_and(|run| run.status.success()) {
            not_tried("no limits of one's own here (unshare --user)");
            return;
        }
        let serve = format!(
            "{set} && exec '{}' serve --port 0 --today 2026-06-15",
            env!("CARGO_BIN_EXE_clausebook")
        );
        let mut command = alone(&serve);
        command.current_dir(manual.path()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        let mut lines = Lines::of(child.stdout.take().expect("its output"));
        let preview = Preview::of(child, &mut lines, "127.0.0.1");
        let said = lines.next().expect("it says more");
        assert!(said.contains(named) && said.contains("every 1 s"), "{said}");
        manual.write("policies/guide-0.md", &guide(0, "Other words"));
        preview.until("/documents/GDL-TST-000/", |page| page.body.contains("Other words"));
    }
}

/// The address that this machine would use to reach others; nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_loopback() && !own.is_unspecified()).then_some(own)
}

#[test]
fn others_come_in_when_asked_for_and_by_its_name_alone() {
    let Some(own) = own_address() else {
        not_tried("this machine has no address but its own");
        return;
    };
    let manual = Manual::new(1);
    // Without `--host` nobody answers there.
    let preview = manual.serve("");
    assert!(TcpStream::connect((own, preview.port)).is_err(), "loopback only");

    for host in [own.to_string(), "0.0.0.0".to_owned()] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["serve", "--port", "0", "--today", "2026-06-15", "--host", &host])
            .current_dir(manual.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut warnings = Lines::of(child.stderr.take().expect("its output"));
        let mut lines = Lines::of(child.stdout.take().expect("its output"));
        let shown = if host == "0.0.0.0" { "127.0.0.1".to_owned() } else { host.clone() };
        let preview = Preview::of(child, &mut lines, &shown);
        let warning = warnings.next().expect("a warning");
        assert!(warning.starts_with("warning: ") && warning.contains(&host), "{warning}");

        let port = preview.port;
        let status = |name: &str| {
            let mut stream = TcpStream::connect((own, port)).expect("it is reached");
            stream.set_read_timeout(Some(LONG)).expect("a limit");
            write!(stream, "GET / HTTP/1.1\r\nHost: {name}\r\n\r\n").expect("it listens");
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).split(' ').nth(1).map(str::to_owned)
        };
        assert_eq!(status(&format!("{own}:{port}")).as_deref(), Some("200"));
        assert_eq!(status(&own.to_string()).as_deref(), Some("200"), "whatever the port is there");
        assert_eq!(status(&format!("evil.example:{port}")).as_deref(), Some("421"));
    }
}
