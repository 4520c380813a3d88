//! A real editor, without a window: Neovim with its own client.

use std::path::Path;
use std::process::Command;

use crate::client::{PROCESS, ROLES, SETTINGS};
use crate::deadline::Finish as _;
use crate::untried::not_tried;

/// What is done in the editor; what comes of it is printed line by line.
const SCRIPT: &str = include_str!("neovim.lua");

#[test]
fn a_slip_is_seen_and_mended_in_neovim() {
    let found = Command::new("nvim").arg("--version").finish();
    if !found.is_ok_and(|output| output.status.success()) {
        assert!(std::env::var("CLAUSEBOOK_REQUIRE_BROWSER").is_err(), "there is no nvim");
        return not_tried("there is no Neovim on this machine");
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("clausebook.yaml", SETTINGS);
    write("policies/roles.md", ROLES);
    write("processes/incident.md", PROCESS);
    write("try.lua", SCRIPT);
    let said = neovim(folder.path());
    let wanted = [
        "dangling-link on line 15",
        "offered: write `REG-ROL-01`",
        "mended: See [[REG-ROL-01]] and [[8.6.1]].",
        "undone: See [[REG-ROL-O1]] and [[8.6.1]].",
        "completed: incident-manager",
        "hover: **8.6.1 Incident management**",
        "definition: roles.md line 10",
    ];
    for line in wanted {
        assert!(said.lines().any(|one| one.trim() == line), "{line}\n\nin\n\n{said}");
    }
}

/// Runs the script in the editor; what it printed.
fn neovim(folder: &Path) -> String {
    let mut command = Command::new("nvim");
    command
        .args(["--headless", "--clean", "-n", "-c", "luafile try.lua", "-c", "qall!"])
        .env("CLAUSEBOOK", env!("CARGO_BIN_EXE_clausebook"))
        .env("HOME", folder)
        .current_dir(folder);
    let output = command.finish().expect("the editor runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\r', "");
    format!("{}\n{}", text(&output.stdout), text(&output.stderr))
}
