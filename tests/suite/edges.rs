//! Rules at their edges: what is just told, and what just is not.

use crate::support::Case;

const SETTINGS: (&str, &str) =
    ("clausebook.yaml", "standards: []\nrules: {orphan-document: off, weak-wording: off}\n");

const ROLES: &str = "---\nid: REG-01\ntitle: Roles\nkind: register\nversion: \"0.1\"\nstatus: draft\n\
    owner: incident-manager\nroles:\n  - {id: incident-manager, title: Incident manager, holder: A. One}\n\
    \x20 - {id: service-desk, title: Service desk, holder: B. Two}\n\
    \x20 - {id: duty-lead, title: Duty lead, holder: C. Three}\n---\n\n# Roles\n\nWords.\n";

/// What is found in a document with this body, and more lines of front matter: line of the body,
/// columns, code.
fn found_with(more: &str, body: &str) -> Vec<String> {
    let text = format!(
        "---\nid: PRC-01\ntitle: Work\nkind: process\nversion: \"0.1\"\nstatus: draft\n\
         owner: service-desk\n{more}---\n\n# Work\n\n{body}"
    );
    let before = text[..text.len() - body.len()].lines().count();
    let case =
        Case::from_memory([SETTINGS, ("policies/a.md", &text), ("policies/roles.md", ROLES)]);
    let found = case.found().into_iter().map(|one| {
        let end = one.end.map(|end| end.to_string()).unwrap_or_default();
        let line = one.line.checked_sub(before).map_or("front".to_owned(), |line| line.to_string());
        format!("{line}:{}-{end} {}", one.column, one.code)
    });
    found.collect()
}

fn found(body: &str) -> Vec<String> {
    found_with("", body)
}

#[test]
fn brackets_that_are_half_a_link_are_told_where_a_name_stands_in_them() {
    for (body, expected) in [
        ("A [PRC-01]] b.\n", &["1:3-12 half-written-link"][..]),
        ("A [see [PRC-01]] b.\n", &[]),
        ("A [word]] b.\n", &[]),
        ("A [two-part words]] b.\n", &[]),
        ("A \\[PRC-01]] b.\n", &[]),
    ] {
        assert_eq!(found(body), expected, "{body}");
    }
}

#[test]
fn a_section_that_is_swallowed_is_told_once_and_what_follows_is_not() {
    for (body, expected) in [
        ("See [[#steps]].\n\n```sh\ncode\n\n## Steps\n\nMore.\n", &["3:1-6 swallowed-heading"][..]),
        (
            "See [[#other]].\n\n```sh\ncode\n\n## Steps\n\nMore.\n",
            &["1:7-13 dangling-anchor", "3:1-6 swallowed-heading"],
        ),
        // Four spaces make no heading anywhere, and six marks are the most.
        ("```sh\ncode\n\n    ## Steps\n\nMore.\n", &[]),
        ("```sh\ncode\n\n####### Steps\n\nMore.\n", &[]),
        ("```sh\ncode\n\n##\n\nMore.\n", &[]),
        (
            "<details><summary>x</summary>\n\nWords.\n\n## Steps\n\nMore.\n",
            &["1:1-9 swallowed-heading"],
        ),
        (
            "> <details><summary>x</summary>\n\nWords.\n\n## Steps\n\nMore.\n",
            &["1:3-11 swallowed-heading"],
        ),
        ("<p>x</p>\n<details>\n\n## Steps\n\nMore.\n", &["2:1-9 swallowed-heading"]),
        ("<details><summary>x</summary>\n\nWords.\n\n</details>\n\n## Steps\n\nMore.\n", &[]),
    ] {
        assert_eq!(found(body), expected, "{body}");
    }
}

#[test]
fn braces_that_other_programs_read_are_told_and_others_are_not() {
    for (body, expected) in [
        ("See [x](https://x.example){target=_blank}.\n", &["1:27-42 converter-remains"][..]),
        ("See [x](https://x.example){1=2}.\n", &[]),
        ("See [x](https://x.example){=x}.\n", &[]),
        ("See {target=_blank}.\n", &[]),
    ] {
        assert_eq!(found(body), expected, "{body}");
    }
}

#[test]
fn a_table_with_letters_is_a_matrix_where_its_head_names_roles() {
    let table = |head: &str| {
        let columns = head.matches('|').count() + 1;
        let (rule, cells) = ("|---".repeat(columns + 1), "| R".repeat(columns));
        format!("## Table\n\n| Activity | {head} |\n{rule}|\n| Log {cells} |\n")
    };
    for (head, is_told) in [
        ("Incident manager | Service desk | Other", true),
        ("Incident manager | Other | Service desk | More | And more", true),
        ("Incident manager | Other | More", false),
        ("Incident manager", true),
        ("Other", false),
        ("Other | More", false),
        ("Incident manager | Service desk | Duty lead", true),
    ] {
        let told = found(&table(head)).iter().any(|one| one.ends_with(" undeclared-raci"));
        assert_eq!(told, is_told, "{head}");
    }
}

#[test]
fn a_target_that_is_always_met_or_never_is_no_target() {
    for (target, is_told) in [
        (">= 0", true),
        ("> 0", false),
        ("> -1", true),
        (">= -1", true),
        (">= 1", false),
        ("> 100", false),
        ("<= 4", false),
        (">= 100 %", false),
        ("> 100 %", true),
        (">= 101 %", true),
        ("> 99 %", false),
        ("<= 100 %", true),
        ("< 100 %", false),
        ("< 101 %", true),
        ("<= 99 %", false),
        ("<= -1 %", true),
        ("<= 0 %", false),
        ("< 0 %", true),
        ("< 1 %", false),
        ("\u{2265} 0", true),
    ] {
        let kpi = format!(
            "kpis: [{{id: K1, name: Speed, unit: things, target: \"{target}\", direction: up, \
             measured: monthly, source: Tool}}]\n"
        );
        let told = found_with(&kpi, "Words.\n");
        assert_eq!(told.len(), usize::from(is_told), "{target}: {told:?}");
    }
}

#[test]
fn a_tag_without_an_end_hides_what_follows() {
    let labels = |body: &str| {
        let text = format!(
            "---\nid: PRC-01\ntitle: Work\nkind: process\nversion: \"0.1\"\nstatus: draft\n\
             owner: desk\n---\n\n# Work\n\n{body}"
        );
        let case = Case::from_memory([SETTINGS, ("policies/a.md", &text)]);
        let [one] = &case.findings.standing[..] else { panic!("{:?}", case.found()) };
        assert_eq!(one.code.0, "markdown-in-html");
        let labels = one.labels.iter().map(|label| text[label.at.range()].to_owned());
        (text[one.at.range()].to_owned(), labels.collect::<Vec<_>>())
    };
    assert_eq!(labels("Words.\n\n<div"), ("<div".to_owned(), vec![]));
    let expected = ("<div".to_owned(), vec![" class=x".to_owned()]);
    assert_eq!(labels("Words.\n\n<div class=x"), expected);
}

#[test]
fn each_topic_of_a_mark_is_told_at_its_place() {
    let text = "---\nid: PRC-01\ntitle: Work\nkind: process\nversion: \"0.1\"\nstatus: draft\n\
        owner: desk\nclauses: [\"8.6.1\"]\n---\n\n# Work\n\n\
        ## All of it {covers=recording,clasification,nothing}\n\nWords.\n";
    let settings = ("clausebook.yaml", "rules: {missing-topic: off, clause-uncovered: off}\n");
    let case = Case::from_memory([settings, ("policies/a.md", text)]);
    let told = case.findings.standing.iter().filter(|one| one.code.0 == "unknown-mark");
    let told: Vec<(&str, Option<&str>)> =
        told.map(|one| (&text[one.at.range()], one.help.as_deref())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], ("clasification", Some("did you mean `classification`?")));
    assert_eq!(told[1].0, "nothing");
}

#[test]
fn what_a_link_meant_is_said_as_it_would_be_written() {
    let text = "---\nid: PRC-01\ntitle: Work\nkind: process\nversion: \"0.1\"\nstatus: draft\n\
        owner: service-desk\n---\n\n# Work\n\n[[role:incidnt-manager]], [[REG-O1]], [[service:x]]\n";
    let case = Case::from_memory([SETTINGS, ("policies/a.md", text), ("policies/r.md", ROLES)]);
    let told: Vec<(&str, Option<&str>)> = case
        .findings
        .standing
        .iter()
        .map(|one| (&text[one.at.range()], one.help.as_deref()))
        .collect();
    let [role, document, service] = told[..] else { panic!("{told:?}") };
    let meant = Some("did you mean `role:incident-manager`?");
    assert_eq!(role, ("role:incidnt-manager", meant));
    assert_eq!(document, ("REG-O1", Some("did you mean `REG-01`?")));
    assert_eq!(service.0, "service:x");
    assert!(service.1.is_none_or(|help| !help.contains("did you mean")), "{service:?}");
}

#[test]
fn lines_to_write_on_are_placeholders_and_names_are_not() {
    for (body, expected) in [
        ("The lead is ____ today.\n", &["1:13-17 placeholder"][..]),
        ("The lead is Name____ today.\n", &[]),
        ("A name like some____name stays.\n", &[]),
        ("Signature: ________\n", &[]),
        ("Ask [name] or [date] now.\n", &["1:5-11 placeholder", "1:15-21 placeholder"]),
        ("TBDTBD and TBD.\n", &["1:12-15 placeholder"]),
    ] {
        assert_eq!(found(body), expected, "{body}");
    }
}

#[test]
fn a_field_that_other_languages_and_people_write_otherwise_is_understood() {
    let front = |key: &str, value: &str| {
        let text = format!(
            "---\nid: POL-01\ntitle: Rules\nkind: policy\nversion: \"0.1\"\nstatus: draft\n\
             owner: service-desk\n{key}: {value}\n---\n\n# Rules\n\nWords.\n"
        );
        let case =
            Case::from_memory([SETTINGS, ("policies/a.md", &text), ("policies/r.md", ROLES)]);
        let told: Vec<(String, String)> = case
            .findings
            .standing
            .iter()
            .map(|one| {
                let fix = one.fixes.first().map(|fix| fix.edits[0].text.clone());
                (one.code.to_string(), fix.unwrap_or_default())
            })
            .collect();
        told
    };
    let field = |key: &str| front(key, "service-desk");
    for (key, meant) in [
        ("Verfasser", "author"),
        ("autor", "author"),
        ("auteur", "author"),
        ("authr", "author"),
        ("aufbewahrung", "retention"),
    ] {
        assert_eq!(field(key), [("unknown-field".to_owned(), meant.to_owned())], "{key}");
    }
    for (every, meant) in [
        ("yearly", "12 months"),
        ("half-yearly", "6 months"),
        ("quarterly", "3 months"),
        ("viertelj\u{e4}hrlich", "3 months"),
        ("every quarter", "3 months"),
        ("monthly", "1 month"),
        ("weekly", "1 week"),
        ("every two years", "24 months"),
        ("daily", "1 day"),
    ] {
        let told = front("review", &format!("{{every: {every}}}"));
        assert_eq!(told, [("wrong-type".to_owned(), meant.to_owned())], "{every}");
    }
}

#[test]
fn a_value_of_few_words_names_them() {
    let roles = ROLES.replace("holder: A. One}", "holder: A. One, top_management: maybe}");
    let case = Case::from_memory([SETTINGS, ("policies/r.md", &roles)]);
    let [one] = &case.findings.standing[..] else { panic!("{:?}", case.found()) };
    let said = format!("{} {}", one.message, one.help.as_deref().unwrap_or_default());
    assert!(said.contains("true") && said.contains("false"), "{said}");
}

/// What is found in a document of this kind with one more field: code, and the words of its first fix.
fn of_field(kind: &str, field: &str, body: &str) -> Vec<(String, String)> {
    let text = format!(
        "---\nid: POL-01\ntitle: Rules\nkind: {kind}\nversion: \"0.1\"\nstatus: draft\n\
         owner: service-desk\n{field}\n---\n\n# Rules\n\n{body}"
    );
    let case = Case::from_memory([SETTINGS, ("policies/a.md", &text), ("policies/r.md", ROLES)]);
    let path =
        |one: &clausebook::diag::Diagnostic| case.sources.file(one.at.file).path.ends_with("a.md");
    let own = case.findings.standing.iter().filter(|one| path(one));
    own.map(|one| {
        let fix = one.fixes.first().map(|fix| fix.edits[0].text.clone());
        (one.code.to_string(), fix.unwrap_or_default())
    })
    .collect()
}

#[test]
fn a_field_is_known_where_it_belongs_and_mended_where_it_is_plain() {
    type Told = &'static [(&'static str, &'static str)];
    let none: Told = &[];
    let services = "services: [{id: SVC-01, title: Hosting}]";
    let terms = "terms: [{term: A, definition: Bee}]";
    let rows: [(&str, &str, Told); 13] = [
        ("policy", services, &[("unknown-field", "")]),
        ("catalogue", services, none),
        ("register", services, none),
        ("catalogue", terms, &[("unknown-field", "")]),
        ("register", terms, none),
        ("register", "scope: {organization: We}", &[("unknown-field", "")]),
        ("policy", "effective: 15.03.2026", &[("bad-date", "2026-03-15")]),
        ("policy", "effective: 2026-02-30", &[("bad-date", "")]),
        ("process", "inputs: [{name: A, from: PRC-NOT-01}]", &[("dangling-link", "")]),
        // Too short for an id, of small letters, without a digit: a party outside.
        ("process", "inputs: [{name: A, from: AB-1}]", &[("input-without-producer", "")]),
        ("process", "inputs: [{name: A, from: Team-100x}]", &[("input-without-producer", "")]),
        ("process", "inputs: [{name: A, from: TEAM-NORTH}]", &[("input-without-producer", "")]),
        ("process", "inputs: [{name: A, from: TEAM100}]", &[("input-without-producer", "")]),
    ];
    for (kind, field, expected) in rows {
        let found = of_field(kind, field, "Words.\n");
        let found: Vec<_> = found.iter().map(|(code, fix)| (code.as_str(), fix.as_str())).collect();
        assert_eq!(found, expected, "{kind} {field}");
    }
}

#[test]
fn a_link_with_backslashes_leads_out_or_is_written_otherwise() {
    for (to, expected) in [
        (r"C:\\docs\\a.md", "outside-link"),
        (r"C:\\docs\\r.md", "outside-link"),
        (r"..\\policies\\r.md", "dangling-link"),
        (r"..\\policies\\none.md", "outside-link"),
    ] {
        let found = of_field("policy", "distribution: [a]", &format!("[x]({to})\n"));
        let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, [expected], "{to}");
    }
}

#[test]
fn a_role_that_is_often_misnamed_is_told_once_for_all_its_places() {
    let body = "[[role:incidnt-lead]] and [[role:incidnt-lead]]\n\n## RACI\n\n| A | incidnt-lead |\n\
                |---|---|\n| x | RA |\n";
    let found = of_field("policy", "author: incidnt-lead", body);
    assert_eq!(found, [("unknown-role".to_owned(), String::new())]);
}

#[test]
fn an_id_that_is_named_and_not_linked_is_told_at_its_place() {
    for (body, expected) in [
        ("See REG-01 now.\n", &["1:5-11 unlinked-id"][..]),
        ("See [REG-01].\n", &["1:5-13 unlinked-id"]),
        ("See REG-01x, x/REG-01, a.REG-01, #REG-01.\n", &[]),
        ("See A-B, 12-34 and PRC-.\n", &[]),
        ("See `REG-01` and [[REG-01]].\n", &[]),
        ("See \\[[REG-01\\]].\n", &[]),
        ("See REG-01 and REG-01.\n", &["1:5-11 unlinked-id"]),
        ("Ask [name][date] now.\n", &["1:5-17 missing-definition", "1:11-17 placeholder"]),
    ] {
        assert_eq!(found(body), expected, "{body}");
    }
}

#[test]
fn a_section_that_is_marked_with_too_much_is_told_how() {
    let told = |mark: &str, words: &str| {
        let text = format!(
            "---\nid: PRC-01\ntitle: Work\nkind: process\nversion: \"0.1\"\nstatus: draft\n\
             owner: desk\nclauses: [\"8.6.1\"]\n---\n\n# Work\n\n## All of it {mark}\n\n{words}\n"
        );
        let case = Case::from_memory([
            ("clausebook.yaml", "rules: {missing-topic: off, clause-uncovered: off}\n"),
            ("policies/a.md", text.as_str()),
        ]);
        let found = case.findings.standing.iter().find(|one| one.code.0 == "hollow-section");
        found.map(|one| one.message.clone()).unwrap_or_default()
    };
    let many = "Tickets are written, sorted, ranked and handed on by the desk, each in its order, \
                with a name, a day, a kind, an urgency and the one who has it now.";
    let four = "{covers=recording,classification,prioritisation,escalation}";
    assert_eq!(
        told(four, many),
        "\u{201c}All of it\u{201d} is marked to cover 4 topics; no more than 3 count unless it says why"
    );
    let why = "{covers=recording,classification,prioritisation,escalation why=one-row-for-each}";
    assert_eq!(told(why, many), "");
    assert_eq!(
        told(why, "The desk writes, sorts and ranks."),
        "\u{201c}All of it\u{201d} is marked to cover 4 topics in 6 words"
    );
    assert_eq!(
        told("{covers=recording,classification}", "The desk writes and sorts tickets."),
        "\u{201c}All of it\u{201d} is marked to cover 2 topics in 6 words"
    );
    assert_eq!(
        told("{covers=recording}", "Yes."),
        "\u{201c}All of it\u{201d} covers nothing: it has 1 word"
    );
    assert_eq!(told("{covers=recording}", "The desk writes each ticket."), "");
}
