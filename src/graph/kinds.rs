//! Kinds of files by their endings: what a page shows, what it offers for opening, and what it does
//! neither with.
//!
//! What is published is what is listed here: a list of what is dangerous would lack whatever somebody
//! thinks of next. A name is looked at part by part, as servers do: `plan.php.png` is a picture to a
//! browser and a program to some of them.

/// Pictures that every browser shows.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"];

/// Files that a browser shows as what they are, or hands on to another program.
const OFFERED: [&str; 59] = [
    // Text and data.
    "pdf",
    "txt",
    "md",
    "markdown",
    "csv",
    "tsv",
    "json",
    "yaml",
    "yml",
    "toml",
    "log",
    "ics",
    "vcf",
    // Documents of office programs, those without macros.
    "docx",
    "dotx",
    "doc",
    "odt",
    "ott",
    "rtf",
    "pages",
    "epub",
    "xlsx",
    "xltx",
    "xls",
    "ods",
    "ots",
    "numbers",
    "pptx",
    "potx",
    "ppsx",
    "ppt",
    "odp",
    "otp",
    "key",
    "odg",
    "vsdx",
    "vsd",
    "mpp",
    "one",
    // Drawings and models.
    "drawio",
    "bpmn",
    "archimate",
    "dwg",
    "dxf",
    "puml",
    "mmd",
    "tif",
    "tiff",
    "heic",
    "psd",
    // Archives, sound and film.
    "zip",
    "7z",
    "gz",
    "tar",
    "mp3",
    "ogg",
    "wav",
    "mp4",
    "webm",
];

/// Endings in the middle of a name by which servers take a file for a program, a page, or a part of
/// their own settings.
const SERVED_OTHERWISE: [&str; 40] = [
    "php", "php3", "php4", "php5", "php7", "php8", "phps", "phtml", "pht", "phar", "inc", "cgi",
    "fcgi", "pl", "py", "rb", "sh", "lua", "asp", "aspx", "ashx", "asmx", "asa", "cer", "jsp",
    "jspx", "jspf", "do", "cfm", "shtml", "shtm", "stm", "html", "htm", "xhtml", "xht", "svgz",
    "var", "map", "htaccess",
];

/// Whether a file may be offered for opening. An SVG is published as a picture that runs nothing.
pub fn is_offered(path: &str) -> bool {
    let ending = ending(path);
    let is_known = OFFERED.contains(&ending.as_str()) || PICTURES.contains(&ending.as_str());
    is_known && !is_served_otherwise(path)
}

/// Whether a file is a picture that a page shows.
pub fn is_picture(path: &str) -> bool {
    PICTURES.contains(&ending(path).as_str()) && !is_served_otherwise(path)
}

/// Whether a file may be part of a theme: what a page loads.
pub fn is_of_theme(path: &str) -> bool {
    let ending = ending(path);
    let of_pages = ["css", "js", "woff2", "woff", "ttf", "otf", "webmanifest", "json", "txt"];
    let is_known = of_pages.contains(&ending.as_str()) || PICTURES.contains(&ending.as_str());
    is_known && !is_served_otherwise(path)
}

/// Whether servers may go by another ending than the last.
fn is_served_otherwise(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.rsplit('.').skip(1);
    // The first part is the name itself.
    let count = name.split('.').count().saturating_sub(2);
    parts
        .by_ref()
        .take(count)
        .any(|part| SERVED_OTHERWISE.contains(&part.trim().to_ascii_lowercase().as_str()))
}

fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_not_published() {
        for good in ["a.pdf", "x/Report 1.2.DOCX", "a.b.c.txt", "php.png", "flow.svg", "dr. x.pdf"]
        {
            assert!(is_offered(good), "{good}");
        }
        for bad in [
            "a.atom",
            "a.rss",
            "a.xsd",
            "h.shtm",
            "x.php",
            "web.config",
            "x.html.abc",
            "a",
            "a.",
            "pdf",
            "x.php.png",
            "x.PHP .pdf",
            "a.html.txt",
            "x.cgi.7z",
            "a.xml",
            "a.mht",
            "a.eml",
            "a.docm",
            "a.html",
            "a.svgz",
            "a.swf",
            "a.htc",
            "x.pdf/",
            "a.pdf.",
            "a.pdf ",
        ] {
            assert!(!is_offered(bad), "{bad}");
        }
        assert!(is_picture("a.PNG") && !is_picture("a.php.png") && !is_picture("a.tiff"));
        assert!(is_of_theme("assets/a.js") && !is_of_theme("assets/a.html"));
    }
}
