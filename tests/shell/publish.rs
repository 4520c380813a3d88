//! A build never loses anything: neither the earlier site nor somebody else's files.

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use crate::deadline::{Finish as _, end};
use crate::support::{Folder, assert_whole, document, files, program};
use crate::untried::not_tried;

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let manual = Folder::manual(60);
    manual.run("build --drafts").code(0);
    let took = {
        let start = std::time::Instant::now();
        manual.write("policies/guide-0.md", &document(0, "Other words"));
        manual.run("build --drafts").code(0);
        start.elapsed()
    };
    let rounds = 100;
    for round in 0..rounds {
        for number in 0..60 {
            let words = format!("Round {round}");
            manual.write(&format!("policies/guide-{number}.md"), &document(number, &words));
        }
        let mut child = program(manual.path())
            .args(["build", "--drafts"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(took * round * 5 / (rounds * 4));
        child.kill().expect("it can be killed");
        end(&mut child, "a build that was killed");
        assert_whole(&manual.at("site"));
    }
    let last = manual.run("build --drafts").code(0);
    assert_whole(&manual.at("site"));
    assert!(hidden(&manual).is_empty(), "{:?} {last:?}", hidden(&manual));
}

#[test]
fn what_a_killed_build_left_is_mended() {
    let manual = Folder::manual(2);
    manual.run("build --drafts").code(0);
    let site = manual.files("site");

    // Killed between the two renames of a disk that cannot exchange.
    std::fs::create_dir(manual.at(".site.clausebook-new")).unwrap();
    std::fs::rename(manual.at("site"), manual.at(".site.clausebook-new/old")).unwrap();
    manual.write(".site.clausebook-new/site/manifest.json", "{\"files\": [{\"pa");
    manual.run("build --drafts").code(0);
    assert_eq!(manual.files("site"), site);
    assert!(hidden(&manual).is_empty(), "{:?}", hidden(&manual));

    // Killed after the exchange: the old site stands where the new one was made.
    std::fs::create_dir(manual.at(".site.clausebook-new")).unwrap();
    std::fs::rename(manual.at("site"), manual.at(".site.clausebook-new/site")).unwrap();
    manual.run("build --drafts").code(0);
    assert_eq!(manual.files("site"), site);
    assert!(hidden(&manual).is_empty(), "{:?}", hidden(&manual));

    // Somebody else's file in the remains is not removed with them.
    for place in ["precious.txt", "site/precious.txt", "old/precious.txt"] {
        let place = format!(".site.clausebook-new/{place}");
        manual.write(&place, "mine");
        let run = manual.run("build --drafts").code(2);
        assert!(run.err.contains("precious.txt"), "{}", run.err);
        assert_eq!(manual.read(&place), "mine");
        assert_eq!(manual.files("site"), site);
        std::fs::remove_file(manual.at(&place)).unwrap();
    }
    manual.run("build --drafts").code(0);
    assert!(hidden(&manual).is_empty(), "{:?}", hidden(&manual));
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    for foreign in ["notes.txt", "documents/notes.txt", "empty/"] {
        let manual = Folder::manual(2);
        manual.run("build --drafts").code(0);
        match foreign.strip_suffix('/') {
            Some(folder) => std::fs::create_dir(manual.at("site").join(folder)).unwrap(),
            None => manual.write(&format!("site/{foreign}"), "mine"),
        }
        let before = manual.files("site");
        manual.write("policies/guide-0.md", &document(0, "Other words"));
        let run = manual.run("build --drafts").code(2);
        assert!(run.err.contains(foreign.trim_end_matches('/')), "{}", run.err);
        assert_eq!(manual.files("site"), before);
        assert!(manual.at("site").join(foreign).exists());
    }
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let manual = Folder::manual(1);
    // A list of another program is not a list of ours.
    manual.write("web/manifest.json", "{\"name\": \"app\", \"files\": [\"a.txt\"]}");
    manual.write("web/a.txt", "mine");
    manual.run("build --drafts --out web").code(2);
    assert_eq!(manual.read("web/a.txt"), "mine");
    manual.write("file", "mine");
    manual.run("build --drafts --out file").code(2);
    assert_eq!(manual.read("file"), "mine");
    std::fs::create_dir(manual.at("nothing")).unwrap();
    manual.run("build --drafts --out nothing").code(0);
    assert_whole(&manual.at("nothing"));
}

#[test]
fn a_site_stays_out_of_its_sources() {
    let manual = Folder::manual(1);
    manual.write("themes/own/x.css", "");
    let before = files(manual.path());
    for out in [".", "..", "policies", "policies/site", "./policies/../policies", "themes/own", "/"]
    {
        let run = manual.run(&format!("build --drafts --out {out}")).code(2);
        assert!(run.err.contains("\nerror: "), "{out}: {}", run.err);
        assert_eq!(files(manual.path()), before, "{out}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_never_followed() {
    use std::os::unix::fs::symlink;
    let manual = Folder::manual(1);
    let other = Folder::new();
    other.write("keep/index.html", "mine");
    symlink(other.at("keep"), manual.at("site")).unwrap();
    let run = manual.run("build --drafts").code(2);
    assert!(run.err.contains("symbolic link"), "{}", run.err);

    std::fs::remove_file(manual.at("site")).unwrap();
    manual.run("build --drafts").code(0);
    // A link in the place of a page, and one to a folder.
    for (place, target) in [("index.html", "keep/index.html"), ("documents", "keep")] {
        let place = manual.at("site").join(place);
        if place.is_dir() {
            std::fs::rename(&place, manual.at("aside")).unwrap();
        } else {
            std::fs::remove_file(&place).unwrap();
        }
        symlink(other.at(target), &place).unwrap();
        manual.run("build --drafts").code(2);
        assert_eq!(other.read("keep/index.html"), "mine");
        assert!(place.is_symlink());
        std::fs::remove_file(&place).unwrap();
        if place.ends_with("documents") {
            std::fs::rename(manual.at("aside"), &place).unwrap();
        }
    }
    manual.run("build --drafts").code(0);
    assert_whole(&manual.at("site"));

    // A content folder behind a link is a source all the same.
    symlink(manual.at("policies"), manual.at("alias")).unwrap();
    manual.run("build --drafts --out alias/site").code(2);
    assert!(!manual.at("policies/site").exists());
}

#[cfg(unix)]
#[test]
fn links_beside_the_site_are_never_followed() {
    use std::os::unix::fs::symlink;
    let (manual, other) = (Folder::manual(1), Folder::manual(2));
    other.run("build --drafts --out pub").code(0);
    let before = other.files("pub");
    // A lock that leads elsewhere would make a file there.
    symlink(other.at("made"), manual.at(".site.clausebook-lock")).unwrap();
    let run = manual.run("build --drafts").code(2);
    assert!(run.err.contains("no file"), "{}", run.err);
    assert!(!other.at("made").exists());
    std::fs::remove_file(manual.at(".site.clausebook-lock")).unwrap();
    // What was left beside the site is cleared away, but not where a link leads.
    for left in [".site.clausebook-new/old", ".site.clausebook-new/site", ".site.clausebook-new"] {
        let _ = std::fs::remove_dir(manual.at(".site.clausebook-new"));
        if left.contains('/') {
            std::fs::create_dir(manual.at(".site.clausebook-new")).unwrap();
        }
        symlink(other.at("pub"), manual.at(left)).unwrap();
        let run = manual.run("build --drafts").code(2);
        assert!(run.err.contains(left), "{}", run.err);
        assert_eq!(other.files("pub"), before);
        std::fs::remove_file(manual.at(left)).unwrap();
    }
    manual.run("build --drafts").code(0);
}

#[cfg(unix)]
#[test]
fn a_site_in_place_keeps_its_folder_and_is_the_same_in_the_end() {
    use std::os::unix::fs::MetadataExt as _;
    let (manual, fresh) = (Folder::manual(3), Folder::manual(3));
    let folder = |manual: &Folder| std::fs::metadata(manual.at("site")).unwrap().ino();
    manual.run("build --drafts --today 2026-03-01").code(0);
    let before = folder(&manual);
    for one in [&manual, &fresh] {
        std::fs::remove_file(one.at("policies/guide-2.md")).unwrap();
        let text = one.read("policies/guide-1.md");
        one.write("policies/guide-1.md", &format!("{text}\nOther words.\n"));
    }
    manual.run("build --drafts --in-place --today 2026-03-01").code(0);
    fresh.run("build --drafts --today 2026-03-01").code(0);
    assert_eq!(folder(&manual), before, "a container that has it mounted sees another folder");
    assert_eq!(manual.files("site"), fresh.files("site"));
    assert_whole(&manual.at("site"));
    assert!(!manual.at("site/documents/GDL-TST-002").exists());
    // One that was killed half way is taken up again.
    std::fs::write(manual.at("site/.clausebook-part"), "half").unwrap();
    let list = manual.read("site/manifest.json").replacen(
        "\"files\": [",
        "\"files\": [{\"path\": \".clausebook-part\", \"sha256\": \"\"},",
        1,
    );
    manual.write("site/manifest.json", &list);
    manual.write("policies/guide-1.md", &fresh.read("policies/guide-1.md").replace("Other", "New"));
    manual.run("build --drafts --in-place --today 2026-03-01").code(0);
    assert!(!manual.at("site/.clausebook-part").exists());
    assert_whole(&manual.at("site"));
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_what_is_only_being_made() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: std::path::PathBuf| std::fs::metadata(path).unwrap().permissions().mode();
    let manual = Folder::manual(1);
    manual.run("build --drafts").code(0);
    assert_eq!(mode(manual.at("site")) & 0o777, mode(manual.at("policies")) & 0o777);
    // What an earlier build left and cannot be cleared is closed to others, and is an error.
    manual.write(".site.clausebook-new/site/mine", "x");
    manual.run("build --drafts").code(2);
    assert_eq!(mode(manual.at(".site.clausebook-new")) & 0o777, 0o700);
}

/// A build that is killed, for readers that a document of `text` is for.
#[cfg(unix)]
fn killed(manual: &Folder, line: &str, after: Duration) {
    let mut child = program(manual.path())
        .args(line.split(' '))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    std::thread::sleep(after);
    child.kill().expect("it can be killed");
    end(&mut child, "a build that was killed");
}

#[cfg(unix)]
#[test]
fn a_killed_build_shows_nobody_what_it_was_making() {
    use std::os::unix::fs::PermissionsExt as _;
    let is_open = |path: &std::path::Path| {
        std::fs::symlink_metadata(path).is_ok_and(|it| it.permissions().mode() & 0o077 != 0)
    };
    let manual = Folder::manual(20);
    for number in 10..20 {
        let text = document(number, "Qqzz words").replace(": internal", ": restricted");
        manual.write(&format!("policies/guide-{number}.md"), &text);
    }
    manual.run("build --drafts --audience internal --allow-shrink").code(0);
    let start = std::time::Instant::now();
    manual.run("build --drafts --audience restricted --out closed").code(0);
    let took = start.elapsed();
    let rounds: u32 = 40;
    for round in 0..rounds {
        let fewer = round % 2 == 0;
        let line = if fewer {
            "build --drafts --audience restricted --out site"
        } else {
            "build --drafts --audience internal --allow-shrink"
        };
        killed(&manual, line, took * round / rounds);
        for entry in std::fs::read_dir(manual.path()).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let beside = name.contains("clausebook-") && entry.path().is_dir();
            assert!(!(beside && is_open(&entry.path())), "{name} is left open to others");
        }
        assert_whole(&manual.at("site"));
    }
    manual.run("build --drafts --audience internal --allow-shrink").code(0);
    assert!(hidden(&manual).is_empty(), "{:?}", hidden(&manual));
    let site = files(&manual.at("site"));
    assert!(!site.is_empty() && !site.keys().any(|path| path.contains("GDL-TST-015")), "{site:?}");
}

/// The folder of a site that a container has mounted must stay the one that it is: a build that would
/// leave the container with an empty one says so.
#[cfg(target_os = "linux")]
#[test]
fn a_site_that_is_mounted_elsewhere_is_not_taken_away() {
    let manual = Folder::manual(1);
    manual.run("build --drafts").code(0);
    std::fs::create_dir(manual.at("seen")).unwrap();
    let script = "mount --bind site seen || exit 77
        echo More. >> policies/guide-0.md
        \"$0\" build --drafts
        echo \"code $?, $(ls seen | grep -c index.html) page\"
        \"$0\" build --drafts --in-place
        echo \"code $?, $(grep -l More seen/documents/GDL-TST-000/index.html | wc -l) page\"";
    let alone = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        command.arg(env!("CARGO_BIN_EXE_clausebook")).current_dir(manual.path()).finish()
    };
    if !alone("mount --bind site seen").is_ok_and(|run| run.status.success()) {
        not_tried("no mounts of one's own here (unshare --user --mount)");
        return;
    }
    let run = crate::support::Run::from(alone(script).expect("a shell runs"));
    assert!(run.err.contains("/seen as well") && run.err.contains("--in-place"), "{}", run.err);
    let said: Vec<&str> = run.out.lines().filter(|line| line.starts_with("code ")).collect();
    assert_eq!(said, ["code 2, 1 page", "code 0, 1 page"]);
    assert_whole(&manual.at("site"));
}

#[test]
fn what_is_gone_from_the_manual_is_gone_from_the_site() {
    let manual = Folder::manual(3);
    manual.run("build --drafts").code(0);
    let page = manual.at("site/documents/GDL-TST-002/index.html");
    assert!(page.exists());
    std::fs::remove_file(manual.at("policies/guide-2.md")).unwrap();
    manual.run("build --drafts").code(0);
    assert!(!page.parent().unwrap().exists());
    assert_whole(&manual.at("site"));
}

#[test]
fn two_builds_in_two_folders_are_the_same() {
    let (one, two) = (Folder::manual(5), Folder::manual(5));
    one.run("build --drafts --today 2026-03-01").code(0);
    two.run("build --drafts --today 2026-03-01 --out other/place").code(0);
    assert_eq!(one.files("site"), two.files("other/place"));
    assert_whole(&one.at("site"));
}

#[test]
fn builds_take_turns() {
    let manual = Folder::manual(1);
    // A lock file that nobody holds is nobody's lock.
    manual.write(".site.clausebook-lock", "");
    manual.run("build --drafts").code(0);
    let lock = File::create(manual.at(".site.clausebook-lock")).unwrap();
    lock.try_lock().unwrap();
    let run = manual.run("build --drafts").code(2);
    assert!(run.err.contains("another build is writing"), "{}", run.err);
    drop(lock);
    manual.run("build --drafts").code(0);
}

#[test]
fn many_builds_at_once_leave_one_whole_site() {
    let manual = Folder::manual(40);
    let children: Vec<_> = (0..6)
        .map(|_| {
            program(manual.path())
                .args(["build", "--drafts"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program runs")
        })
        .collect();
    let codes: Vec<_> =
        children.into_iter().map(|mut child| end(&mut child, "build").code().unwrap()).collect();
    assert!(codes.contains(&0), "{codes:?}");
    assert!(codes.iter().all(|code| [0, 2].contains(code)), "{codes:?}");
    assert_whole(&manual.at("site"));
    assert!(hidden(&manual).is_empty(), "{:?}", hidden(&manual));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let manual = Folder::manual(1);
    let run = manual.run("build --drafts --out /proc/clausebook/site").code(2);
    assert!(run.err.contains("/proc/clausebook"), "{}", run.err);
}

#[test]
fn errors_keep_the_earlier_site() {
    let manual = Folder::manual(2);
    manual.run("build --drafts").code(0);
    let before = manual.files("site");
    manual.write("policies/guide-1.md", &document(0, "The same id"));
    let run = manual.run("build --drafts").code(1);
    assert!(run.out.contains("duplicate-id"), "{}", run.out);
    assert_eq!(manual.files("site"), before);
}

/// What stands beside the site and should not.
fn hidden(manual: &Folder) -> Vec<String> {
    // Another build may be just about to let go of its lock.
    std::thread::sleep(Duration::from_millis(10));
    let entries = std::fs::read_dir(manual.path()).expect("a folder");
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("clausebook-")).collect()
}

#[test]
fn a_site_never_shrinks_by_accident() {
    let folder = Folder::new();
    folder.run("init . --name Example").code(0);
    // Nothing is in force yet: a first site without documents is no accident.
    folder.run("build").code(0);
    folder.run("build --drafts").code(0);
    let site = folder.files("site");
    let documents = site.keys().filter(|path| path.starts_with("documents/")).count();
    assert!(documents > 40);
    let refused = |line: &str, said: &[&str]| {
        let run = folder.run(line).code(2);
        for said in said.iter().chain(&["--allow-shrink"]) {
            assert!(run.err.contains(said), "{line}: {said}: {}", run.err);
        }
        assert_eq!(folder.files("site"), site, "{line}");
    };
    let both = format!("shows {documents} documents, and the new one would show 0");
    refused("build", &[&both, "built with --drafts, this one without drafts"]);
    // Less than half is missing, but a whole folder.
    folder.run("build --drafts --out other").code(0);
    std::fs::rename(folder.at("processes"), folder.at("elsewhere")).unwrap();
    folder
        .write("clausebook.yaml", "rules: {dangling-link: off, approved-depends-on-draft: off}\n");
    refused("build --drafts", &["the folder processes/", &format!("shows {documents} documents")]);
    std::fs::rename(folder.at("policies"), folder.at("elsewhere/policies")).unwrap();
    refused("build --drafts", &["no document in policies/, processes/", "0 documents"]);
    folder.write("clausebook.yaml", "content: [elsewhere, polices]\nrules: {dangling-link: off}\n");
    refused("build --drafts", &["polices/ is not there"]);
    // What was only moved is all there.
    folder.write("clausebook.yaml", "content: [elsewhere]\nrules: {dangling-link: off}\n");
    folder.run("build --drafts").code(0);
    // The list of an earlier version says nothing of what the site shows: its files tell.
    let mut list: serde_json::Value =
        serde_json::from_str(&folder.read("site/manifest.json")).unwrap();
    list.as_object_mut().unwrap().remove("shows");
    folder.write("site/manifest.json", &list.to_string());
    let run = folder.run("build").code(2);
    assert!(run.err.contains(&both), "{}", run.err);
    folder.run("build --allow-shrink").code(0);
    assert!(!folder.at("site/documents").exists());
    // And growing back needs no leave.
    folder.run("build --drafts").code(0);
}
