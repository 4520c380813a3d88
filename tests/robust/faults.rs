//! Faults of the machine: a full disk, files that come and go, folders that may not be read or
//! written, kills, crashes of our own. Always a message that names the file, exit code 2, the
//! earlier site whole, and nothing left over after the next build.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::deadline::Finish as _;
use crate::support::{Folder, Run, assert_whole, document, files, program};
use crate::untried::not_tried;

/// What stands beside the site and should not.
fn debris(manual: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(manual.path()).expect("a folder");
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("clausebook-")).collect()
}

/// A manual with a site, of which one document has changed since.
fn changed() -> (Folder, std::collections::BTreeMap<String, String>) {
    let manual = Folder::manual(5);
    manual.run("build --drafts").code(0);
    let site = manual.files("site");
    manual.write("policies/guide-0.md", &document(0, "Other words"));
    (manual, site)
}

/// Runs the program until it has gone well once more, and looks for remains.
fn assert_mended(manual: &Folder) {
    manual.run("build --drafts").code(0);
    assert_whole(&manual.at("site"));
    assert!(debris(manual).is_empty(), "{:?}", debris(manual));
}

/// The program, with a shell's `before` in front of it.
#[cfg(unix)]
fn shell(manual: &Folder, before: &str, line: &str) -> Run {
    let script = format!("{before}; exec \"$0\" {line}");
    let mut command = Command::new("sh");
    command.current_dir(manual.path()).arg("-c").arg(script);
    command.arg(env!("CARGO_BIN_EXE_clausebook")).finish().expect("a shell runs").into()
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_to_its_end_is_named() {
    let (manual, site) = changed();
    // No file may grow beyond 4 kB. The system says so to a program that ignores its signal.
    let run = shell(&manual, "trap '' XFSZ; ulimit -f 8", "build --drafts").code(2);
    assert!(run.err.contains("error: nothing was published"), "{}", run.err);
    assert!(run.err.contains("cannot write") && run.err.contains("clausebook-new/"), "{}", run.err);
    assert_eq!(manual.files("site"), site);
    assert_mended(&manual);
}

/// A disk of three megabytes, made in a name space of its own: where the system allows those, nobody's
/// leave is needed.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_the_earlier_site_is_whole() {
    let manual = Folder::manual(2);
    manual.write("clausebook.yaml", "organization: {name: Example Ltd}\nstandards: []\n");
    std::fs::create_dir(manual.at("disk")).unwrap();
    std::fs::write(manual.at("policies/big.png"), vec![7; 4 << 20]).unwrap();
    let script = "mount -t tmpfs -o size=3m tmpfs disk || exit 77
        \"$0\" build --drafts --out disk/site || exit 78
        echo '![Big](big.png)' >> policies/guide-1.md
        \"$0\" build --drafts --out disk/site
        echo \"code $?\"
        cp -a disk/site after
        sed -i '$d' policies/guide-1.md
        echo More. >> policies/guide-1.md
        \"$0\" build --drafts --out disk/site || exit 79
        ls -A disk > left";
    let alone = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        command.arg(env!("CARGO_BIN_EXE_clausebook")).current_dir(manual.path()).finish()
    };
    let can = alone("mount -t tmpfs -o size=3m tmpfs disk");
    if !can.is_ok_and(|run| run.status.success()) {
        not_tried("no disk of one's own here (unshare --user --mount)");
        return;
    }
    let run = Run::from(alone(script).expect("a shell runs")).code(0);
    assert!(run.out.contains("code 2"), "{}{}", run.out, run.err);
    assert!(run.err.contains("cannot write") && run.err.contains("big.png"), "{}", run.err);
    assert!(run.err.contains("No space left on device"), "{}", run.err);
    assert_whole(&manual.at("after"));
    assert_eq!(manual.read("left"), "site\n");
}

/// Runs the program as a user who has no rights here, whoever runs the test.
#[cfg(unix)]
fn as_nobody(manual: &Folder, line: &str) -> Output {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let words: Vec<&str> = line.split_whitespace().collect();
    if std::fs::metadata(manual.path()).unwrap().uid() != 0 {
        return program(manual.path()).args(words).finish().expect("the program runs");
    }
    let open = |path: &Path| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    open(manual.path());
    // Where the tests are built may be closed to others.
    let own = Folder::new();
    open(own.path());
    std::fs::copy(env!("CARGO_BIN_EXE_clausebook"), own.at("clausebook")).unwrap();
    let mut command = Command::new(own.at("clausebook"));
    command.current_dir(manual.path()).args(words).uid(65534).gid(65534);
    // A program that another test starts just now may hold the copy open for a moment.
    for _ in 0..100_000 {
        match command.finish() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::yield_now();
            }
            ended => return ended.expect("the program runs"),
        }
    }
    panic!("the copy of the program stays busy");
}

#[cfg(unix)]
fn forbid(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    let (manual, site) = changed();
    forbid(&manual.at("policies/guide-1.md"), 0o000);
    for line in ["check", "build --drafts --out /nowhere"] {
        let run = Run::from(as_nobody(&manual, line)).code(2);
        assert!(run.err.contains("policies/guide-1.md"), "{}", run.err);
        assert!(run.err.contains("Permission denied"), "{}", run.err);
    }
    forbid(&manual.at("policies/guide-1.md"), 0o644);
    forbid(&manual.at("policies"), 0o000);
    let run = Run::from(as_nobody(&manual, "check"));
    forbid(&manual.at("policies"), 0o755);
    let run = run.code(2);
    assert!(run.err.contains("policies") && run.err.contains("denied"), "{}", run.err);
    assert_eq!(manual.files("site"), site);
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_may_not_be_written_is_named() {
    let (manual, site) = changed();
    std::fs::create_dir(manual.at("closed")).unwrap();
    forbid(&manual.at("closed"), 0o555);
    for out in ["closed/site", "site"] {
        forbid(manual.path(), 0o555);
        let run = Run::from(as_nobody(&manual, &format!("build --drafts --out {out}")));
        forbid(manual.path(), 0o755);
        let run = run.code(2);
        assert!(run.err.contains(out) && run.err.contains("denied"), "{}", run.err);
    }
    assert_eq!(manual.files("site"), site);
    assert_mended(&manual);
}

#[test]
fn sources_may_change_while_they_are_read() {
    let manual = Folder::manual(20);
    manual.write("policies/guide-0.md", &document(0, "![A picture](p.png)"));
    manual.write("policies/p.png", "0");
    manual.run("build --drafts").code(0);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let restless = scope.spawn(|| {
            let mut round = 0;
            while !over.load(Ordering::Relaxed) {
                round += 1;
                let name = format!("policies/guide-{}.md", 1 + round % 25);
                let _ = std::fs::remove_file(manual.at(&name));
                let _ = std::fs::remove_file(manual.at("policies/p.png"));
                manual.write("policies/p.png", &"1".repeat(round % 100));
                let words = format!("Round {round}");
                manual.write(&name, &document(1 + round % 25, &words));
            }
        });
        for _ in 0..15 {
            let run = manual.run("build --drafts");
            match run.code {
                Some(0) => {}
                // A picture that was not there when it was linked; a document cut short.
                Some(1) => assert!(run.out.contains("error["), "{}{}", run.out, run.err),
                Some(2) => assert!(run.err.contains("policies/"), "{}", run.err),
                other => panic!("{other:?}: {}", run.err),
            }
            assert!(!run.err.contains("clausebook broke"), "{}", run.err);
            assert_whole(&manual.at("site"));
        }
        over.store(true, Ordering::Relaxed);
        restless.join().expect("the restless one ends");
    });
    assert_mended(&manual);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_told_of() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let (manual, site) = changed();
    let odd = OsStr::from_bytes(b"od\xffd");
    std::fs::write(manual.path().join("policies").join(odd), "").unwrap();
    let run = manual.run("build --drafts").code(1);
    assert!(run.out.contains("unreadable-file") && run.out.contains("policies/od\u{fffd}d"));
    assert_eq!(manual.files("site"), site);
    std::fs::remove_file(manual.path().join("policies").join(odd)).unwrap();

    // Where the manual stands, and where the site goes, is nobody's business.
    let place = manual.path().join(odd);
    std::fs::create_dir(&place).unwrap();
    std::fs::rename(manual.at("policies"), place.join("policies")).unwrap();
    std::fs::rename(manual.at("clausebook.yaml"), place.join("clausebook.yaml")).unwrap();
    let out = place.join("out");
    let mut command = program(manual.path());
    command.arg("-C").arg(&place).args(["build", "--drafts", "--out"]).arg(&out);
    Run::from(command.finish().unwrap()).code(0);
    assert_whole(&out);
}

#[test]
fn the_clock_may_jump() {
    let manual = Folder::manual(3);
    manual.run("build --drafts --today 2026-03-01").code(0);
    let site = manual.files("site");
    let times = [0, 1, u64::from(u32::MAX) * 2];
    for (number, seconds) in times.into_iter().enumerate() {
        let file = manual.at(&format!("policies/guide-{number}.md"));
        let file = std::fs::File::options().write(true).open(file).unwrap();
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        file.set_modified(time).unwrap();
    }
    let run = manual.run("build --drafts --today 2026-03-01").code(0);
    assert!(run.err.contains("(0 new or changed"), "{}", run.err);
    assert_eq!(manual.files("site"), site);
    // The first and the last day that can be typed, one after the other.
    for day in ["9999-12-31", "0001-01-01", "9999-12-31"] {
        for command in ["build --drafts", "check", "review --within 365d", "coverage"] {
            let run = manual.run(&format!("{command} --today {day}"));
            assert!(matches!(run.code, Some(0 | 1)), "{command} {day}: {}", run.err);
        }
        assert_whole(&manual.at("site"));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_sources_is_not_waited_for() {
    let manual = Folder::manual(1);
    let made = Command::new("mkfifo").arg(manual.at("policies/pipe.md")).finish();
    assert!(made.expect("a pipe can be made").status.success());
    let run = manual.run("check").code(1);
    assert!(run.out.contains("unreadable-file"), "{}", run.out);
    assert!(run.out.contains("pipe"), "{}", run.out);
}

#[cfg(debug_assertions)]
#[test]
fn a_crash_is_a_message() {
    for at in ["policies/guide-3.md", "documents/GDL-TST-003/index.html", "broken-raci"] {
        let (manual, site) = changed();
        let mut command = program(manual.path());
        command.env("CLAUSEBOOK_CRASH_AT", at).args(["build", "--drafts"]);
        let run = Run::from(command.finish().unwrap());
        if at == "broken-raci" {
            // No rule goes by that name.
            run.code(0);
            continue;
        }
        let run = run.code(2);
        let said = format!("error: clausebook broke while building the site, at {at}.");
        assert_eq!(run.err.matches("clausebook broke").count(), 1, "{}", run.err);
        assert!(run.err.contains(&said) && run.err.contains("Please report"), "{}", run.err);
        assert_eq!(manual.files("site"), site);
        assert_mended(&manual);
    }
}

#[test]
fn a_bar_is_for_terminals() {
    let manual = Folder::manual(60);
    let run = manual.run("build --drafts").code(0);
    assert!(!run.err.contains('\r') && !run.err.contains('\x1b'), "{:?}", run.err);
    assert!(files(&manual.at("site")).len() > 60);
}
