//! Word files of a few elements, and what becomes of each.

use std::io::Write as _;

use super::*;

/// A Word file with a body, and other parts.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let space = "xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:wp=\"wp\" xmlns:mc=\"mc\"";
    add("word/document.xml", &format!("<w:document {space}><w:body>{body}</w:body></w:document>"));
    for (name, text) in parts {
        add(name, &text.replace("SPACE", space));
    }
    zip.finish().unwrap().into_inner()
}

fn text(body: &str) -> String {
    read(&docx(body, &[]), "x").unwrap().text
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

const STYLES: &str = "<w:styles SPACE>\
    <w:style w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:styleId=\"Own\"><w:name w:val=\"Firm title\"/><w:basedOn w:val=\"H2\"/></w:style>\
    <w:style w:styleId=\"H2\"><w:name w:val=\"x\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
    <w:style w:styleId=\"LB\"><w:name w:val=\"List\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>\
    </w:styles>";

const NUMBERS: &str = "<w:numbering SPACE>\
    <w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text))
}

fn item(number: u8, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr></w:pPr>{}</w:p>",
        run(text)
    )
}

#[test]
fn headings_and_lists_are_found_through_styles_and_numberings() {
    let body = [
        styled("H1", "Title"),
        styled("Own", "Section"),
        item(1, 0, "first"),
        item(1, 1, "inner"),
        item(1, 0, "second"),
        styled("LB", "by style"),
        format!("<w:p>{}</w:p>", run("After")),
    ];
    let bytes =
        docx(&body.concat(), &[("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERS)]);
    assert_eq!(
        read(&bytes, "x").unwrap().text,
        "# Title\n\n## Section\n\n1. first\n   - inner\n1. second\n- by style\n\nAfter\n"
    );
}

#[test]
fn tracked_changes_are_taken_as_accepted_and_told() {
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
        run("kept "),
        run("new")
    );
    let made = read(&docx(&body, &[]), "x").unwrap();
    assert_eq!(made.text, "kept new\n");
    assert_eq!(made.notes.len(), 1);
}

#[test]
fn tables_keep_every_cell_where_it_was() {
    let cell = |inner: &str, properties: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{}</w:p></w:tc>", run(inner))
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[cell("A|B", ""), cell("wide", "<w:gridSpan w:val=\"2\"/>")]),
        row(&[cell("top", "<w:vMerge w:val=\"restart\"/>"), cell("1", ""), cell("2", "")]),
        row(&[cell("", "<w:vMerge/>"), cell("3", ""), cell("4", "")]),
    ];
    let made = read(&docx(&format!("<w:tbl>{}</w:tbl>", table.concat()), &[]), "x").unwrap();
    assert_eq!(made.text, "| A\\|B | wide |  |\n|---|---|---|\n| top | 1 | 2 |\n|  | 3 | 4 |\n");
    assert_eq!(made.notes.len(), 1);
}

#[test]
fn links_notes_boxes_and_looks_are_carried_over() {
    let rels = "<Relationships><Relationship Id=\"r1\" Target=\"https://e.org/a b\"/>\
        <Relationship Id=\"r2\" Target=\"media/image1.png\"/></Relationships>";
    let notes = "<w:footnotes SPACE><w:footnote w:id=\"2\"><w:p><w:r><w:t>Below</w:t></w:r></w:p>\
        </w:footnote></w:footnotes>";
    let body = format!(
        "<w:p><w:hyperlink r:id=\"r1\">{}</w:hyperlink><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
         <w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">bold </w:t></w:r>{}</w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p>{}</w:p></w:txbxContent>\
         </w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict>\
         </mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:p><w:r><w:drawing><wp:docPr descr=\"A plan\"/><a:blip r:embed=\"r2\"/></w:drawing></w:r></w:p>",
        run("words"),
        run("a*b"),
        run("boxed"),
        run("boxed")
    );
    let parts = [
        ("word/_rels/document.xml.rels", rels),
        ("word/footnotes.xml", notes),
        ("word/media/image1.png", "PNG"),
    ];
    let made = read(&docx(&body, &parts), "plan").unwrap();
    assert_eq!(
        made.text,
        "[words](https://e.org/a%20b)[^fn2]\n\n**bold** a\\*b\n\nboxed\n\n\
         ![A plan](plan-image1.png)\n\n[^fn2]: Below\n"
    );
    assert_eq!(made.pictures, [("plan-image1.png".to_owned(), b"PNG".to_vec())]);
}

#[test]
fn fields_show_their_result_and_lead_where_they_led() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}{}{}{}</w:p>",
        char("begin"),
        code("HYPERLINK &quot;https://e.org&quot;"),
        char("separate"),
        run("site"),
        char("end"),
        char("begin"),
        code(" PAGE "),
        char("separate"),
        run(" 7"),
        char("end"),
    );
    assert_eq!(text(&body), "[site](https://e.org) 7\n");
}

#[test]
fn headers_are_read_as_control_data_or_told() {
    let header = "<w:hdr SPACE><w:p><w:r><w:t>Secret Ltd</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r>\
        <w:t>Version</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1.0</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:hdr>";
    let body = format!("<w:p>{}</w:p>", run("Text"));
    let made = read(&docx(&body, &[("word/header1.xml", header)]), "x").unwrap();
    assert!(made.text.starts_with("| Version | 1.0 |"), "{}", made.text);
    assert!(made.notes.iter().any(|note| note.what.contains("Secret Ltd")));
}

#[test]
fn what_is_no_word_file_is_told() {
    let read = |bytes: &[u8]| read(bytes, "x").map(|read| read.text);
    assert_eq!(read(b"\xd0\xcf\x11\xe0rest"), Err(Unreadable::Compound));
    assert!(matches!(read(b"PK\x03\x04"), Err(Unreadable::NoPackage(_))));
    assert!(matches!(read(b""), Err(Unreadable::NoPackage(_))));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/other.xml", zip::write::SimpleFileOptions::default()).unwrap();
    assert_eq!(read(&zip.finish().unwrap().into_inner()), Err(Unreadable::NoDocument));
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><w:styles SPACE>&a;</w:styles>";
    let with_entity = docx("<w:p/>", &[("word/styles.xml", entity)]);
    assert!(matches!(read(&with_entity), Err(Unreadable::Broken(_))));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = " ".repeat(65 << 20);
    let bytes = docx("<w:p/>", &[("word/styles.xml", bomb.as_str())]);
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read(&bytes, "x").map(|read| read.text), Err(Unreadable::TooLarge));
    let deep = format!(
        "{}{}",
        "<w:sdt><w:sdtContent>".repeat(3_000),
        "</w:sdtContent></w:sdt>".repeat(3_000)
    );
    let _ = read(&docx(&deep, &[]), "x");
}
