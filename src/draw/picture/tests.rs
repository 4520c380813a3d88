//! What of a picture is published, and what is left out of it.

use super::*;

fn cleaned(inner: &str) -> Picture {
    let file = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\">{inner}</svg>");
    clean(file.as_bytes()).unwrap_or_else(|why| panic!("{why}: {inner}"))
}

fn whole(bytes: &[u8]) -> String {
    let picture = clean(bytes).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(picture.left_out, BTreeSet::new(), "{}", picture.svg);
    picture.svg
}

#[test]
fn what_shows_something_stays() {
    for part in [
        "<style>.a &gt; b{fill:url(#g);font-family:&quot;Segoe UI&quot;}@media print{.a{fill:red}}</style>",
        "<defs><symbol id=\"i\"><path d=\"M0 0\"></path></symbol></defs><use xlink:href=\"#i\"></use>",
        "<svg x=\"1\"><g style=\"fill: #fff\"><text>on = off &amp; onload=x</text></g></svg>",
        "<a xlink:href=\"https://example.org/\"><rect fill=\"url(#g)\"></rect></a>",
        "<image xlink:href=\"data:image/png;base64,AA==\"></image>",
        "<animate attributeName=\"opacity\" values=\"0;1\"></animate>",
    ] {
        let picture = cleaned(part);
        assert!(picture.left_out.is_empty(), "{part}: {:?}", picture.left_out);
        assert!(picture.svg.contains(part), "{part}: {}", picture.svg);
    }
    let html = "<switch><foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\"><b>x</b></div>\
                </foreignObject><text>x</text></switch>";
    assert!(cleaned(html).svg.contains(html));
}

#[test]
fn files_are_read_as_they_were_written() {
    let latin = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><text>\xdcber</text></svg>";
    assert!(whole(latin).contains("<text>Über</text>"));
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><text>Über</text></svg>";
    let wide: Vec<u8> = [0xfffe_u16.swap_bytes()]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(whole(&wide).contains("<text>Über</text>"));
    assert!(whole(&wide[2..]).contains("<text>Über</text>"));
    let entity = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
        \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [<!ENTITY n \"http://www.w3.org/2000/svg\">]>\
        <svg xmlns=\"&n;\"><rect width=\"5\"/></svg>";
    assert!(whole(entity.as_bytes()).contains("<rect width=\"5\">"));
    let editor = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\">\
        <i:view/><metadata/><g i:label=\"x\"><path d=\"M0 0\"/></g></svg>";
    let written = whole(editor.as_bytes());
    assert!(written.contains("<g><path d=\"M0 0\">") && !written.contains("inkscape"), "{written}");
}

#[test]
fn a_script_hidden_by_an_encoding_is_seen() {
    let file = b"<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><text>\x1b$B<!--\x1b(B</text><script>x</script><!-- --></svg>";
    let picture = clean(file).expect("an encoding that is known");
    assert!(!picture.svg.contains("script") && picture.left_out.contains(&LeftOut::Script));
}

#[test]
fn what_runs_or_loads_is_left_out_and_named() {
    for (part, what) in [
        ("<script>x</script>", LeftOut::Script),
        ("<x:script xmlns:x='http://www.w3.org/2000/svg'/>", LeftOut::Script),
        ("<g onload=\"x\"/>", LeftOut::Handler),
        ("<g ONLOAD='x'/>", LeftOut::Handler),
        ("<a href=\"javascript:x\"/>", LeftOut::Script),
        ("<a href=\"&#106;ava&#10;script:x\"/>", LeftOut::Script),
        ("<image href=\"https://example.org/x.png\"/>", LeftOut::Reference),
        ("<image href=\"data:text/html,x\"/>", LeftOut::Reference),
        ("<use href=\"other.svg#x\"/>", LeftOut::Reference),
        ("<use href=\"data:image/svg+xml,&lt;svg/>#x\"/>", LeftOut::Reference),
        ("<g fill=\"url(https://example.org/x)\"/>", LeftOut::Reference),
        ("<g style=\"fill:\\75rl(https://example.org/x)\"/>", LeftOut::Reference),
        ("<g style=\"background:image-set('https://example.org/x' 1x)\"/>", LeftOut::Style),
        ("<style>@import 'https://example.org/x';g{fill:red}</style>", LeftOut::Reference),
        ("<style><![CDATA[g{fill:url(//example.org/x)}]]></style>", LeftOut::Reference),
        (
            "<style>@font-face{font-family:x;src:url(data:font/woff2;base64,AA==)}</style>",
            LeftOut::Font,
        ),
        ("<animate attributeName=\"href\" values=\"javascript:x\"/>", LeftOut::Animation),
        ("<set attributeName=\"fill\" to=\"url(https://example.org/x)\"/>", LeftOut::Reference),
        ("<set attributeName=\"onclick\" to=\"x\"/>", LeftOut::Animation),
        (
            "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://example.org\"/></foreignObject>",
            LeftOut::Page,
        ),
        (
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"https://example.org/x\"/></p></foreignObject>",
            LeftOut::Page,
        ),
    ] {
        let picture = cleaned(part);
        assert!(picture.left_out.contains(&what), "{part}: {:?}", picture.left_out);
        for word in ["script", "example.org", "javascript", "@import", "onload", "ONLOAD", "iframe"]
        {
            assert!(!picture.svg.contains(word), "{part}: {}", picture.svg);
        }
        // What is published is left as it is when it is read again.
        assert_eq!(whole(picture.svg.as_bytes()), picture.svg);
    }
}

#[test]
fn a_picture_in_a_picture_is_cleaned_too() {
    let inner = cleaned("<image xlink:href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>");
    assert!(inner.svg.contains("data:image/svg+xml,%3Csvg xmlns="), "{}", inner.svg);
    assert!(inner.left_out.is_empty());
    let hostile = cleaned("<image href=\"data:image/svg+xml,%3Csvg%3E%3Cscript/%3E%3C/svg%3E\"/>");
    assert!(hostile.left_out.contains(&LeftOut::Script) && !hostile.svg.contains("cscript"));
}

#[test]
fn what_cannot_be_read_is_said() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>\
        <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>\
        <!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'>]><svg><text>&e;&e;&e;&e;</text></svg>";
    for (file, word) in [
        (bomb.as_bytes(), "other entities"),
        (b"<svg><g>", "XML"),
        (b"", "XML"),
        (b"<html/>", "no SVG"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"<svg><text>\xff</text></svg>", "UTF-8"),
        (b"<?xml version='1.0' encoding='x-none'?><svg/>", "encoding"),
    ] {
        let why = clean(file).unwrap_err();
        assert!(why.contains(word), "{why}");
    }
    let deep = format!("<svg>{}{}</svg>", "<g>".repeat(300), "</g>".repeat(300));
    assert!(clean(deep.as_bytes()).unwrap_err().contains("deep"));
}

#[test]
fn a_picture_as_deep_as_a_well_is_refused() {
    let deep = |depth: usize| {
        let svg =
            format!("<svg xmlns=\"{SVG}\">{}{}</svg>", "<g>".repeat(depth), "</g>".repeat(depth));
        clean(svg.as_bytes())
    };
    assert!(deep(100).is_ok());
    assert!(deep(90_000).is_err(), "and no stack ends before");
}

#[test]
fn entities_that_multiply_are_refused_before_they_are_put_in_place() {
    let entity = |value: &str, text: &str| {
        let svg =
            format!("<!DOCTYPE svg [<!ENTITY a '{value}'>]><svg xmlns=\"{SVG}\">{text}</svg>");
        clean(svg.as_bytes())
    };
    assert!(entity("&#104;a &amp; b", "<text>&a;</text>").unwrap().svg.contains("ha &amp; b"));
    let long = "x".repeat(60_000);
    for text in [format!("<rect id=\"{}\"/>", "&a;".repeat(200)), "<text>&a;</text>".repeat(200)] {
        assert!(entity(&long, &text).unwrap_err().contains("8 MiB"));
    }
    let nested =
        "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b \"&a;&a;\">]><svg><text>&b;</text></svg>";
    assert!(clean(nested.as_bytes()).unwrap_err().contains("other entities"));
}

#[test]
fn parts_that_name_each_other_without_end_are_refused() {
    let nested = |part: &dyn Fn(usize) -> String| {
        let parts: String = (0..9).map(part).collect();
        clean(format!("<svg xmlns=\"{SVG}\">{parts}</svg>").as_bytes()).map(|picture| picture.svg)
    };
    let ten =
        |n: usize, shape: &str| shape.replace('@', &n.saturating_sub(1).to_string()).repeat(10);
    let cases: [&dyn Fn(usize) -> String; 6] = [
        &|n| format!("<g id='a{n}'>{}</g>", ten(n, "<use href='#a@'/>")),
        &|n| format!("<mask id='a{n}'>{}</mask>", ten(n, "<rect mask='url(#a@)'/>")),
        &|n| {
            format!(
                "<pattern id='a{n}'><g fill='url(#a{})'>{}</g></pattern>",
                n.max(1) - 1,
                ten(n, "<rect/>")
            )
        },
        &|n| {
            format!(
                "<clipPath id='a{n}'>{}</clipPath>",
                ten(n, "<path style='clip-path:url(#a@)'/>")
            )
        },
        &|n| {
            let css = format!("<style>.b{n} {{ fill: \\75rl(#a{}) }}</style>", n.max(1) - 1);
            format!(
                "{css}<pattern id='a{n}'>{}</pattern>",
                format!("<rect class='b{n}'/>").repeat(10)
            )
        },
        &|n| {
            format!(
                "<marker id='a{n}'>{}</marker>",
                ten(n, "<path d='M0 0L1 1L2 2' marker-mid='url(#a@)'/>")
            )
        },
    ];
    for (number, part) in cases.into_iter().enumerate() {
        assert!(nested(part).unwrap_err().contains("name each other"), "{number}");
    }
    // What drawing programs write.
    let usual = "<style>.a{fill:url(#g)}.b{clip-path:url(#c)}</style><defs><linearGradient id='g'/>\
        <clipPath id='c'><path id='p' d='M0 0'/></clipPath></defs><g class='b'>";
    let shapes = "<path class='a b' d='M0 0L1 1'/><use href='#p'/>".repeat(5000);
    let svg = format!("<svg xmlns=\"{SVG}\">{usual}{shapes}</g></svg>");
    assert!(clean(svg.as_bytes()).is_ok());
    // A chain, and a circle.
    let chain: String = (0..3000)
        .flat_map(|n| ["<use id='a".to_owned(), (n + 1).to_string(), format!("' href='#a{n}'/>")])
        .collect();
    assert!(clean(format!("<svg>{chain}</svg>").as_bytes()).is_err());
    assert!(
        clean(b"<svg><g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>").is_ok()
    );
}
