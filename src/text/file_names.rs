//! Names of files: which of them every system can hold.

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a name cannot be that of a file on every system; nothing where it can. Repositories are
/// checked out on Windows too, which knows devices by name, keeps some characters for itself and
/// drops what ends a name without being seen.
pub fn unportable(name: &str) -> Option<String> {
    let bare = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = bare.strip_prefix("com").or_else(|| bare.strip_prefix("lpt"));
    let is_port = |rest: &str| matches!(rest, "¹" | "²" | "³") || is_digit(rest);
    if DEVICES.contains(&bare.as_str()) || numbered.is_some_and(is_port) {
        return Some(format!("Windows knows `{bare}` as a device, whatever its ending"));
    }
    if let Some(letter) = name.chars().find(|letter| "<>:\"|?*\\/".contains(*letter)) {
        return Some(format!("Windows allows no `{letter}` in it"));
    }
    if name.chars().any(|letter| letter.is_ascii_control()) {
        return Some("it holds a control character".to_owned());
    }
    if name.ends_with(['.', ' ']) {
        let last = if name.ends_with(' ') { "space" } else { "dot" };
        return Some(format!("Windows drops the {last} at its end"));
    }
    None
}

fn is_digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_cannot_hold_is_known() {
        for bad in [
            "con.md",
            "CON",
            "Aux.md",
            "nul",
            "com1.md",
            "LPT9.tar.gz",
            "com¹",
            "a?.md",
            "a:b.md",
            "what\"s",
            "a|b",
            "x.",
            "x ",
            "con .md",
            "a\u{7}",
            "a\\b.md",
        ] {
            assert!(unportable(bad).is_some(), "{bad}");
        }
        for good in ["console.md", "com.md", "com10.md", "a.con", "über.md", "x y.md", ".x", "lpt"]
        {
            assert_eq!(unportable(good), None, "{good}");
        }
    }
}
