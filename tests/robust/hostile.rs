//! A merge request from a stranger, built by CI: links and paths that lead out of the repository,
//! themes and schemas that read files, run for ever or fill the memory. Refused or bounded, said
//! plainly, never followed.

use std::net::TcpListener;
use std::path::Path;

use crate::deadline::Finish as _;
use crate::support::{Folder, Run, document, files, program};

/// A manual in `inside`, and beside it a secret that no answer and no site may show.
struct Trap(Folder);

/// What must not be seen.
const SECRET: &str = "lighthouse-keeper";

impl Trap {
    fn new() -> Self {
        let folder = Folder::new();
        folder
            .write("inside/clausebook.yaml", "organization: {name: Example Ltd}\nstandards: []\n");
        folder.write("inside/policies/guide.md", &document(0, "First words"));
        folder.write("outside/secret.md", &document(9, SECRET));
        folder.write("outside/secret.html", SECRET);
        folder.write("outside/policies/secret.md", &document(9, SECRET));
        folder.write("outside/templates/document.html", SECRET);
        folder.write("outside/standard.yaml", &format!("standard: x\ntitle: {SECRET}\n"));
        Trap(folder)
    }

    fn write(&self, path: &str, text: &str) {
        self.0.write(&format!("inside/{path}"), text);
    }

    fn inside(&self) -> std::path::PathBuf {
        self.0.at("inside")
    }

    /// Runs the program inside; whatever it comes to, the secret is not told.
    #[track_caller]
    fn run(&self, line: &str, with: &[(&str, &str)]) -> Run {
        let outside = self.0.files("outside");
        let mut command = program(&self.inside());
        command.args(line.split_whitespace()).envs(with.iter().copied());
        let run = Run::from(command.finish().expect("the program runs"));
        assert!(!run.err.contains("clausebook broke"), "{}", run.err);
        assert!(matches!(run.code, Some(0..=2)), "{:?} {}", run.code, run.err);
        let told = run.out.contains(SECRET) || run.err.contains(SECRET);
        assert!(!told, "{}{}", run.out, run.err);
        for path in files(&self.inside().join("site")).into_keys() {
            let bytes = std::fs::read(self.inside().join("site").join(&path)).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path}");
        }
        assert_eq!(self.0.files("outside"), outside);
        run
    }
}

/// A theme of one template.
fn theme(trap: &Trap, template: &str) {
    trap.write(
        "clausebook.yaml",
        "organization: {name: Example Ltd}\nstandards: []\nsite: {theme: own}\n",
    );
    trap.write("themes/own/templates/document.html", template);
}

#[cfg(unix)]
#[test]
fn folders_that_are_links_out_of_the_repository_are_not_read() {
    use std::os::unix::fs::symlink;
    for name in ["policies", "schema", "themes", "processes"] {
        let trap = Trap::new();
        let place = trap.inside().join(name);
        if place.exists() {
            std::fs::remove_dir_all(&place).unwrap();
        }
        symlink("../outside", &place).unwrap();
        let run = trap.run("build --drafts", &[]).code(1);
        assert!(run.out.contains(&format!("{name}:1:1")), "{name}: {}", run.out);
        assert!(run.out.contains("unreadable-file"), "{name}: {}", run.out);
    }
    // A folder above the one that is named.
    let trap = Trap::new();
    trap.write("clausebook.yaml", "standards: []\ncontent: [link/policies]\n");
    symlink("../outside", trap.inside().join("link")).unwrap();
    let run = trap.run("build --drafts", &[]).code(1);
    assert!(run.out.contains("unreadable-file"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn files_that_are_links_out_of_the_repository_are_not_read() {
    use std::os::unix::fs::symlink;
    for place in
        ["policies/a.md", "policies/a.png", "schema/own/standard.yaml", "themes/own/assets/a.css"]
    {
        let trap = Trap::new();
        trap.write("policies/more.md", &document(1, "![A](a.png) [B](a.md)"));
        let place = trap.inside().join(place);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        symlink(trap.0.at("outside/secret.md"), &place).unwrap();
        let run = trap.run("build --drafts", &[]).code(1);
        assert!(run.out.contains("unreadable-file"), "{}", run.out);
    }
    let trap = Trap::new();
    std::fs::remove_file(trap.inside().join("clausebook.yaml")).unwrap();
    symlink(trap.0.at("outside/standard.yaml"), trap.inside().join("clausebook.yaml")).unwrap();
    trap.run("build --drafts", &[]).code(1);
}

#[test]
fn no_path_leads_out_of_the_repository() {
    let settings = [
        "content: [../outside]",
        "content: [policies, policies/../../outside]",
        "content: [/etc]",
        "content: [.git, policies]",
        "content: [policies/./.hidden]",
        "content: ['..\\outside']",
        "site: {theme: ../../outside}",
        "site: {theme: ../outside}",
        "standards: [../../outside]",
        "standards: [../outside]",
    ];
    for line in settings {
        let trap = Trap::new();
        let rest = if line.starts_with("standards") { "" } else { "standards: []\n" };
        trap.write("clausebook.yaml", &format!("organization: {{name: E}}\n{rest}{line}\n"));
        let run = trap.run("build --drafts", &[]).code(1);
        assert!(run.out.contains("error["), "{line}: {}", run.out);
    }
    let bodies = [
        "[a](../../outside/secret.md)",
        "![a](../../outside/secret.html)",
        "[a](%2e%2e/%2e%2e/outside/secret.html)",
        "![a](/../outside/secret.html)",
        "[a]: ../../outside/secret.md\n\n[a]",
        "[[../../outside/secret]]",
        "![[../../outside/secret.html]]",
        "[a](file:///etc/passwd)",
        "[a](\\\\..\\\\..\\\\outside\\\\secret.md)",
    ];
    for body in bodies {
        let trap = Trap::new();
        trap.write("policies/guide.md", &document(0, body));
        let run = trap.run("check", &[]);
        assert!(run.out.contains("error[") || run.out.contains("warning["), "{body}: {}", run.out);
        trap.run("build --drafts", &[]);
    }
    // What would become the name of a folder of the site.
    let fields = ["id: ../../x", "id: a/b", "id: ..", "id: /x", "id: 'a\\b'", "id: CON"];
    for field in fields {
        let trap = Trap::new();
        let text = document(0, "Words").replace("id: GDL-TST-000", field);
        trap.write("policies/guide.md", &text);
        let run = trap.run("build --drafts", &[]).code(1);
        assert!(run.out.contains("error["), "{field}: {}", run.out);
    }
    let trap = Trap::new();
    let roles = "roles:\n- {id: ../../../x, title: A}\n- {id: '..', title: B}\n---\n";
    trap.write(
        "policies/guide.md",
        &document(0, "Words").replacen("\n---\n", &format!("\n{roles}"), 1),
    );
    trap.run("build --drafts", &[]).code(1);
}

#[test]
fn a_theme_reads_no_file() {
    let templates = [
        "{% include \"../../../outside/secret.html\" %}",
        "{% include \"/etc/passwd\" %}",
        "{% extends \"../../../outside/secret.html\" %}",
        "{% import \"/etc/passwd\" as x %}",
        "{{ load_data(path=\"../outside/secret.html\") }}",
        "{{ get_file(path=\"../outside/secret.html\") }}",
        "{{ get_env(name=\"PATH\") }}",
        "{{ \"../outside/secret.html\" | read }}",
        "{{ now() }}",
        "{{ get_random(start=0, end=9) }}",
    ];
    for template in templates {
        let trap = Trap::new();
        theme(&trap, template);
        let run = trap.run("build --drafts", &[]).code(1);
        assert!(run.out.contains("theme-fault"), "{template}: {}", run.out);
        assert!(run.out.contains("themes/own/templates/document.html"), "{template}: {}", run.out);
    }
}

#[test]
fn templates_that_draw_in_each_other_are_findings() {
    let templates = [
        "{% include \"document.html\" %}",
        "{% extends \"document.html\" %}",
        "{% component A() %}{{ <A/> }}{{ <A/> }}{% endcomponent %}{{ <A/> }}",
    ];
    for template in templates {
        let trap = Trap::new();
        theme(&trap, template);
        let run = trap.run("build --drafts", &[]).code(1);
        assert!(run.out.contains("theme-fault"), "{template}: {}", run.out);
    }
}

#[test]
fn a_template_nested_without_end_is_a_finding() {
    let many = 200_000;
    let templates = [
        format!("{{{{ {}1{} }}}}", "(".repeat(many), ")".repeat(many)),
        format!("{{{{ {}1{} }}}}", "[".repeat(many), "]".repeat(many)),
        format!("{{{{ {}1 }}}}", "not ".repeat(many)),
        format!("{{{{ {}1 }}}}", "-".repeat(many)),
        format!("{{{{ 1{} }}}}", " ~ 1".repeat(many)),
        format!("{{{{ 1{} }}}}", " | abs".repeat(many)),
        format!("{{{{ 1{} }}}}", " ** 1".repeat(many)),
        format!("{}{}", "{% if true %}".repeat(many / 10), "{% endif %}".repeat(many / 10)),
        format!("{{{{ {}1{} }}}}", "range(end=".repeat(many / 10), ")".repeat(many / 10)),
        format!("{{{{ {}1{} }}}}", "{\"a\": ".repeat(many / 10), "}".repeat(many / 10)),
    ];
    for template in templates {
        let trap = Trap::new();
        theme(&trap, &template);
        let run = trap.run("build --drafts", &[]);
        let start = &template[..40];
        assert!(matches!(run.code, Some(0 | 1)), "{start}: {}", run.err);
        assert!(run.code == Some(0) || run.out.contains("theme-fault"), "{start}: {}", run.out);
    }
}

#[test]
fn a_template_that_writes_a_gigabyte_is_a_finding() {
    let trap = Trap::new();
    let lines = format!("{{% for i in range(end=100000) %}}{}{{% endfor %}}", "x".repeat(10_000));
    theme(&trap, &lines);
    let run = trap.run("build --drafts", &[]).code(1);
    assert!(run.out.contains("error[theme-fault]"), "{}", run.out);
    assert!(run.out.contains("this template writes more than 64 MiB into one page"), "{}", run.out);
    assert!(run.out.contains("themes/own/templates/document.html"), "{}", run.out);
}

/// The bounds are those of a release, divided by many, so that nobody waits for them.
#[cfg(debug_assertions)]
#[test]
fn a_template_that_loops_for_ever_ends_the_build() {
    let trap = Trap::new();
    trap.run("build --drafts", &[]).code(0);
    let site = files(&trap.inside().join("site"));
    let a_loop = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}\
                  {% for c in range(end=100000) %}{% endfor %}{% endfor %}{% endfor %}";
    theme(&trap, a_loop);
    let run = trap.run("build --drafts", &[("CLAUSEBOOK_PATIENCE_MS", "1500")]).code(2);
    let said = "the template `document.html` for documents/GDL-TST-000/index.html does not come to \
                an end";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(files(&trap.inside().join("site")), site);
    theme(&trap, "Short.");
    trap.run("build --drafts", &[]).code(0);
    crate::support::assert_whole(&trap.inside().join("site"));
    let left: Vec<_> = std::fs::read_dir(trap.inside()).unwrap().flatten().collect();
    let left: Vec<_> = left.iter().map(std::fs::DirEntry::file_name).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("clausebook-")), "{left:?}");
}

#[cfg(all(debug_assertions, target_os = "linux"))]
#[test]
fn a_template_that_fills_the_memory_ends_the_build() {
    let trap = Trap::new();
    let doubling = format!("{{% set x = \"x\" %}}{}", "{% set x = x ~ x %}".repeat(40));
    let capture = "{% set x %}{% for a in range(end=100000) %}{% for b in range(end=100000) %}\
                   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}{% endset %}";
    for template in [doubling.as_str(), capture] {
        theme(&trap, template);
        let run = trap.run("build --drafts", &[("CLAUSEBOOK_MEMORY_MB", "300")]).code(2);
        assert!(run.err.contains("takes more than 300 MiB of memory"), "{}", run.err);
        assert!(run.err.contains("an earlier site is as it was"), "{}", run.err);
    }
}

/// A standard of one clause, which one document claims, with a JSON Schema for it.
fn standard(trap: &Trap, schema: &str) {
    trap.write("clausebook.yaml", "organization: {name: Example Ltd}\nstandards: [own]\n");
    trap.write("schema/own/standard.yaml", "standard: own\ntitle: Our own\n");
    let catalogue = "clauses:\n- {number: \"1\", title: T, role: requirement, summary: S, \
                     information: maintain}\n";
    trap.write("schema/own/catalogue.yaml", catalogue);
    let clause = format!(
        "clause: \"1\"\nitems:\n- item: one\n  name: A thing\n  information: maintain\n  obligation: explicit\n  schema: {schema}\n"
    );
    trap.write("schema/own/clauses/1.yaml", &clause);
    let words = format!("[a]({}!)", "a".repeat(5_000));
    let text = document(0, &words).replacen("\n---\n", "\nclauses: [\"1\"]\n---\n", 1);
    trap.write("policies/guide.md", &text);
}

#[test]
fn a_pattern_that_explodes_takes_no_time() {
    let of_links = |pattern: &str| {
        format!("{{properties: {{links: {{items: {{type: string, pattern: '{pattern}'}}}}}}}}")
    };
    // A backtracking engine takes longer than the universe for each of these.
    for pattern in ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^([a-z]+)*$", "(.*)*(.*)*(.*)*x$"] {
        let trap = Trap::new();
        standard(&trap, &of_links(pattern));
        let run = trap.run("check", &[]);
        assert!(!run.out.contains("no JSON Schema"), "{pattern}: {}", run.out);
    }
    // What cannot be had in linear time or in a little memory is no pattern.
    for pattern in ["(?=a)a", r"(a)\1", "a{1000}{1000}{1000}", "(?<!a)b"] {
        let trap = Trap::new();
        standard(&trap, &of_links(pattern));
        let run = trap.run("check", &[]).code(1);
        assert!(run.out.contains("schema/own/clauses/1.yaml"), "{pattern}: {}", run.out);
        assert!(run.out.contains("no JSON Schema"), "{pattern}: {}", run.out);
    }
}

#[test]
fn a_schema_fetches_nothing() {
    let trap = Trap::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    listener.set_nonblocking(true).expect("a port that is not waited for");
    let secret = trap.0.at("outside/secret.html");
    for target in [
        format!("http://127.0.0.1:{port}/schema.json"),
        format!("https://127.0.0.1:{port}/schema.json"),
        format!("//127.0.0.1:{port}/schema.json"),
        format!("file://{}", secret.display()),
        "../../../outside/secret.html".to_owned(),
        "/etc/passwd".to_owned(),
        "schema.json".to_owned(),
    ] {
        standard(&trap, &format!("{{$ref: '{target}'}}"));
        let run = trap.run("check", &[]).code(1);
        let said = "a `$ref` leads to nothing in this schema, and nothing else is read";
        assert!(run.out.contains(said), "{target}: {}", run.out);
        for keyword in ["$id", "$schema", "$dynamicRef", "$recursiveRef"] {
            standard(&trap, &format!("{{{keyword}: '{target}', $ref: x}}"));
            trap.run("check", &[]).code(1);
        }
        let called = listener.accept().map(|_| ()).unwrap_err().kind();
        assert_eq!(called, std::io::ErrorKind::WouldBlock, "{target} was called");
    }
}

#[test]
fn a_schema_that_turns_in_circles_ends() {
    for schema in [
        "{$ref: '#'}",
        "{allOf: [{$ref: '#'}, {$ref: '#'}]}",
        "{$defs: {a: {$ref: '#/$defs/b'}, b: {$ref: '#/$defs/a'}}, $ref: '#/$defs/a'}",
        "{properties: {front: {$ref: '#'}}}",
        "{anyOf: [{not: {$ref: '#'}}]}",
        "{$dynamicRef: '#x', $dynamicAnchor: x}",
    ] {
        let trap = Trap::new();
        standard(&trap, schema);
        let run = trap.run("check", &[]);
        assert!(matches!(run.code, Some(0 | 1)), "{schema}: {}", run.err);
    }
}

#[test]
fn nothing_of_an_author_runs_in_a_page() {
    let trap = Trap::new();
    let words = "<script>alert(1)</script> <b onclick=\"x()\">b</b> [a](javascript:alert(1)) \
                 <a href=\"javascript:alert(1)\">x</a> ![x](javascript:alert(1)) <svg onload=x()>";
    trap.write("policies/guide.md", &document(0, words));
    trap.write(
        "clausebook.yaml",
        "organization: {name: '<script>alert(2)</script>'}\nstandards: []\n\
        rules: {unsafe-html: off, dangling-link: off}\n",
    );
    let run = trap.run("build --drafts", &[]);
    if run.code == Some(0) {
        let page = trap.inside().join("site/documents/GDL-TST-000/index.html");
        let page = std::fs::read_to_string(page).unwrap();
        for never in ["<script>alert", "onclick", "onload", "href=\"javascript:"] {
            assert!(!page.contains(never), "{never}");
        }
    }
    assert!(Path::new(&trap.inside()).exists());
}

#[test]
fn elements_nested_without_end_are_a_finding() {
    let trap = Trap::new();
    let words = format!("{}deep{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
    trap.write("policies/guide.md", &document(0, &words));
    let run = trap.run("build --drafts", &[]).code(1);
    assert!(run.out.contains("error[unsafe-html]"), "{}", run.out);
    assert!(run.out.contains("more than 100 elements stand in one another"), "{}", run.out);
}
