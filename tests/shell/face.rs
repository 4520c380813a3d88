//! What an organization puts on the pages, and what the pages draw by themselves.

use crate::support::Folder;

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"/>\n";

#[test]
fn logo_and_colour_come_from_the_settings() {
    let folder = Folder::manual(1);
    folder.write("policies/pictures/logo.svg", LOGO);
    folder.write(
        "clausebook.yaml",
        "organization: {name: A & B}\nsite: {accent: \"#8A1C7C\", logo: ./policies/pictures/logo.svg}\n",
    );
    folder.run("build --drafts").code(0);
    // It is written anew, and shows the same.
    let logo = folder.read("site/assets/logo.svg");
    assert!(logo.starts_with("<svg xmlns=") && logo.contains("viewBox=\"0 0 2 1\""), "{logo}");
    let page = folder.read("site/documents/GDL-TST-000/index.html");
    assert!(page.contains("<img class=\"logo\" src=\"../../assets/logo.svg\" alt=\"A &amp; B\">"));
    let sheet = folder.read("site/assets/style.css");
    let own = sheet.rsplit(":root{").next().expect("there is a last rule");
    assert!(own.starts_with("--accent:light-dark(#8a1c7c,#"), "{own}");
    assert!(folder.read("site/assets/icon.svg").contains("#8a1c7c"));

    folder.write("clausebook.yaml", "site: {accent: \"#ffcc00\"}\n");
    let refused = folder.run("build --drafts").code(1);
    assert!(refused.out.contains("pale-accent"), "{}", refused.out);
    assert_eq!(folder.read("site/assets/style.css"), sheet, "the earlier site is as it was");
    for (bad, says) in [("teal", "`teal` is no colour"), ("#0b5", "`#0b5` is no colour")] {
        folder.write("clausebook.yaml", &format!("site: {{accent: \"{bad}\"}}\n"));
        let refused = folder.run("check").code(1);
        assert!(refused.out.contains(says), "{}", refused.out);
    }
}

#[test]
fn the_page_for_a_missing_page_reads_well_at_any_address() {
    let folder = Folder::manual(1);
    for (line, links) in [
        ("build --drafts", vec![]),
        (
            "build --drafts --base-url https://sms.example/x",
            vec![
                "https://sms.example/x/index.html",
                "https://sms.example/x/register/index.html",
                "https://sms.example/x/search/index.html",
            ],
        ),
    ] {
        folder.run(line).code(0);
        let page = folder.read("site/404.html");
        let after = |start: &str| -> Vec<String> {
            let found = page.split(start).skip(1).filter_map(|rest| rest.split('"').next());
            found.map(str::to_owned).collect()
        };
        assert_eq!(after("<a href=\""), links);
        assert_eq!(after(" src=\""), Vec::<String>::new());
        assert_eq!(after("<link rel=\"icon\" href=\""), ["data:,"]);
        assert!(!page.contains("rel=\"stylesheet\""), "it would not be found at another depth");
        assert!(page.contains("<style>") && page.contains("sha256-"));
    }
}

#[test]
fn a_block_draws_the_steps_of_a_process_where_it_stands() {
    let folder = Folder::manual(1);
    let text = folder.read("policies/guide-0.md");
    let matrix = "| Activity | Desk | Office | Next |\n|---|---|---|---|\n| Log | R | A | 2 (if so) |\n\
                  | Close | A/R | I | end |\n";
    let drawn = |text: &str| {
        folder.write("policies/guide-0.md", text);
        folder.run("build --drafts").code(0);
        folder.read("site/documents/GDL-TST-000/index.html")
    };
    let page = drawn(&format!("{text}\n## RACI\n\n{matrix}\n"));
    assert_eq!(page.matches("class=\"swim\"").count(), 1);
    assert!(page.contains("drawn from the matrix above"));
    assert!(page.contains("assets/drawing.css"));
    let page = drawn(&format!("{text}\n```clausebook\nflow\n```\n\n## RACI\n\n{matrix}\n"));
    assert_eq!(page.matches("class=\"swim\"").count(), 1, "once, where the block stands");
    assert!(page.find("class=\"swim\"") < page.find("<table class=\"raci\">"));
    assert!(page.contains("Log: Desk; then step 2 (if so)"), "the same in words");
    let page = drawn(&format!("{text}\n```clausebook\nflow: {{document: GDL-TST-000}}\n```\n"));
    assert!(!page.contains("class=\"swim\"") && !page.contains("assets/drawing.css"));
}

#[test]
fn the_map_of_the_processes_comes_from_their_hand_overs() {
    let folder = Folder::new();
    folder.write("clausebook.yaml", "organization: {name: Example Ltd}\n");
    let process = |id: &str, more: &str| {
        let text = format!(
            "---\nid: {id}\ntitle: Handling of {id}\nkind: process\nversion: \"0.1\"\nstatus: draft\n\
             classification: internal\nowner: process-office\nclauses: [\"8.6.1\"]\n{more}---\n\n# Handling of {id}\n\n\
             ## Purpose\n\nWords.\n"
        );
        folder.write(&format!("processes/{id}.md"), &text);
    };
    process("PRC-A-01", "outputs: [{name: Case <1>, to: PRC-B-01}]\n");
    process(
        "PRC-B-01",
        "inputs: [{name: Case <1>, from: PRC-A-01}, {name: Call, from: Customer}]\n",
    );
    folder.run("build --drafts").code(0);
    let page = folder.read("site/processes/index.html");
    assert_eq!(page.matches("marker-end").count(), 1, "named at both ends, drawn once");
    assert_eq!(page.matches("<th scope=\"row\">Case &lt;1&gt;</th>").count(), 1);
    assert!(page.contains("<td>Customer</td>"), "what comes from outside is in the table");
    assert!(page.contains("<a href=\"../documents/PRC-B-01/index.html\">PRC-B-01</a>"));
    for number in 0..60 {
        process(&format!("PRC-M-{number:02}"), "");
    }
    folder.run("build --drafts").code(0);
    let page = folder.read("site/processes/index.html");
    assert!(!page.contains("<svg"), "nobody could read a map of 62 processes");
    assert!(page.contains("Case &lt;1&gt;"));
}
