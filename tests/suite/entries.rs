//! Registers: a type that nobody foresaw, and files as all sorts of programs write them.

use std::fmt::Write as _;

use crate::support::Case;

const SETTINGS: &str = "standards: []\nrules: {orphan-document: off}\n";

/// A register of visits, as a file says what it looks like and asks for.
const VISITS: &str = "\
register: visits
title: Visits to the data centre
entry: visit
prefix: VIS
owner: escort
due: until
state: {column: state, open: [announced], closed: [over]}
columns:
  - {column: visitor, required: true, aliases: [guest]}
  - {column: escort, type: role, required: true}
  - {column: from, type: date}
  - {column: until, type: date, required: true}
  - {column: people, type: number, from: \"1\"}
  - {column: hours, type: number}
  - {column: effort, type: number}
  - {column: after, type: entry, of: [visits]}
  - {column: state, type: word, required: true}
  - {column: badge}
checks:
  - {check: order, columns: [from, until]}
  - {check: product, columns: [people, hours], column: effort}
  - {check: filled, columns: [badge], when: [{column: people, above: \"2\"}], says: a group has no badge}
  - {check: interval, date: until, every: 6 months, when: [{open: false}]}
";

fn document(front: &str, body: &str) -> String {
    format!(
        "---\nid: REG-VIS-01\ntitle: Visits\nkind: register\nversion: \"0.1\"\nstatus: draft\n\
         owner: host\nroles: [{{id: host, title: Host, holder: Ann Other}}]\n{front}---\n\n\
         # Visits\n\n{body}"
    )
}

fn found(case: &Case) -> Vec<String> {
    let shown = case.found().into_iter();
    shown.map(|one| format!("{}:{}:{} {}", one.path, one.line, one.column, one.code)).collect()
}

#[test]
fn a_register_that_nobody_foresaw_is_a_file() {
    let table = "See [[VIS-2]].\n\n## Visits {.register .visits}\n\n\
        | id | guest | escort | from | until | people | hours | effort | after | state | colour |\n\
        |---|---|---|---|---|---|---|---|---|---|---|\n\
        | VIS-1 | Fibre Ltd | Host | 2025-01-01 | 2025-01-02 | 2 | 3 | 6 | | over | red |\n\
        | VIS-2 | Power Ltd | Hots | 2026-06-03 | 2026-06-01 | 3 | 2 | 5 | VIS-9 | Announced | |\n";
    let page = document("", table);
    let case = Case::from_memory([
        ("clausebook.yaml", SETTINGS),
        ("schema/registers/visits.yaml", VISITS),
        ("policies/visits.md", &page),
    ]);
    let wanted = [
        "policies/visits.md:19:54 interval-passed",
        "policies/visits.md:20:23 unknown-name",
        "policies/visits.md:20:43 overdue-entry",
        "policies/visits.md:20:43 wrong-order",
        "policies/visits.md:20:64 wrong-product",
        "policies/visits.md:20:68 unknown-name",
        "policies/visits.md:20:76 incomplete-entry",
    ];
    let found = found(&case);
    for one in ["interval-passed", "unknown-name", "overdue-entry", "wrong-order", "wrong-product"]
    {
        assert!(found.iter().any(|it| it.ends_with(one)), "{one} is missing: {found:#?}");
    }
    assert_eq!(found.len(), wanted.len(), "{found:#?}");
}

#[test]
fn a_file_means_the_same_however_it_is_written() {
    let lines = [
        "id,visitor,escort,until,hours,state",
        "VIS-1,Fibre Ltd,Host,2026-07-01,2.5,announced",
        "VIS-2,\"Power, \"\"the\"\" Ltd\",Host,2026-13-01,2.5,announced",
    ];
    let comma = lines.join("\n") + "\n";
    let semicolon = "id;Visitor;ESCORT;until;hours;State\nVIS-1;Fibre Ltd;Host;2026-07-01;2,5;Announced\n\
        VIS-2;\"Power, \"\"the\"\" Ltd\";Host;2026-13-01;2,5;announced\n";
    let written = [
        (comma.clone(), 3),
        (comma.replace('\n', "\r\n"), 3),
        (format!("\u{feff}{comma}"), 3),
        (semicolon.to_owned(), 3),
        (format!("sep=;\r\n{}", semicolon.replace('\n', "\r\n")), 4),
        (semicolon.replace(';', "\t"), 3),
        (comma.trim_end().to_owned(), 3),
        (comma.replace("\nVIS-1", "\n\n,,,,,\nVIS-1"), 5),
    ];
    let page =
        document("entries: [{register: visits, file: visits.csv}]\n", "They stand in a file.\n");
    for (file, line) in written {
        let case = Case::from_memory([
            ("clausebook.yaml", SETTINGS),
            ("schema/registers/visits.yaml", VISITS),
            ("policies/visits.md", &page),
            ("policies/visits.csv", &file),
        ]);
        let column = 6 + "\"Power, \"\"the\"\" Ltd\"".len() + 1 + 5 + 1;
        assert_eq!(
            found(&case),
            [format!("policies/visits.csv:{line}:{column} bad-cell")],
            "{file}"
        );
    }
}

#[test]
fn a_hundred_thousand_rows_are_read_and_few_findings_shown() {
    let mut file = String::from("id,visitor,escort,until,state\n");
    for n in 0..100_000 {
        writeln!(file, "VIS-{n},\"Visitor, {n}\",Host,11/27/20{:02},announced", n % 100).unwrap();
    }
    let page =
        document("entries: [{register: visits, file: visits.csv}]\n", "They stand in a file.\n");
    let case = Case::from_memory([
        ("clausebook.yaml", SETTINGS),
        ("schema/registers/visits.yaml", VISITS),
        ("policies/visits.md", &page),
        ("policies/visits.csv", &file),
    ]);
    let found = found(&case);
    assert!(found.iter().all(|one| one.ends_with("bad-cell")), "{:?}", found.first());
    assert_eq!(found.len(), 501);
}

#[test]
fn any_bytes_are_a_file_with_findings() {
    let files: [&[u8]; 8] = [
        b"",
        b"\0\0\0",
        b"\"",
        b"id,visitor\n\"\"\"\n\"\n",
        b"id;visitor;escort\xff;until;state\nVIS-1;\xe9;Host;2026-07-01;over\n",
        b"\xff\xfei\0d\0,\0",
        b"\xd0\xcf\x11\xe0workbook",
        b"id,visitor,escort,until,state\nVIS-1,\0,Host,2026-07-01,over\n",
    ];
    let page =
        document("entries: [{register: visits, file: visits.csv}]\n", "They stand in a file.\n");
    for file in files {
        let case = Case::from_bytes([
            ("clausebook.yaml", SETTINGS.as_bytes()),
            ("schema/registers/visits.yaml", VISITS.as_bytes()),
            ("policies/visits.md", page.as_bytes()),
            ("policies/visits.csv", file),
        ]);
        assert!(!found(&case).is_empty(), "{:?}", String::from_utf8_lossy(file));
    }
}

#[test]
fn rows_of_all_registers_of_the_program_are_records() {
    let files = clausebook::embedded::schema_files().into_iter();
    let mut names: Vec<String> = files
        .filter_map(|(path, _)| {
            path.strip_prefix("registers/")?.strip_suffix(".yaml").map(str::to_owned)
        })
        .collect();
    names.sort();
    assert_eq!(names, clausebook::model::controlled::BUILTIN);
}
