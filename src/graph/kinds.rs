//! Kinds of files by their endings: what a page shows, what it offers for opening, and what it does
//! neither with.

/// Endings of files that a browser would run, or show as a page of the site.
const ACTIVE: [&str; 14] = [
    "html", "htm", "xhtml", "xht", "svgz", "xml", "xsl", "js", "mjs", "mhtml", "swf", "wasm",
    "shtml", "hta",
];

/// Whether a file may be offered for opening: nothing that a browser would run. An SVG is published
/// as a picture that runs nothing.
pub fn is_offered(path: &str) -> bool {
    !ACTIVE.contains(&ending(path).as_str())
}

/// Whether a file is a picture that a page shows.
pub fn is_picture(path: &str) -> bool {
    let ending = ending(path);
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"].contains(&ending.as_str())
}

fn ending(path: &str) -> String {
    path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}
