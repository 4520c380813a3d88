//! Which table is a matrix, and how its cells are read.

use clausebook::model::raci::Matrix;

use super::{all_found, compiled, front};

/// Findings of a document without standards, and its matrices.
fn read(body: &str) -> (Vec<String>, Vec<Matrix>) {
    let text = front("PRC-01", "process", "approved", "") + body;
    let settings = "standards: []\n";
    let manual = compiled([("clausebook.yaml", settings), ("processes/a.md", text.as_str())]);
    let findings = all_found(&manual).into_iter();
    let findings = findings.map(|one| format!("{}: {}", one.code, one.message)).collect();
    let document = manual.library.documents.iter().next().expect("a document");
    (findings, document.matrices.clone())
}

#[test]
fn a_table_of_letters_under_another_heading_is_no_matrix() {
    let table = "| Grade | A | C |\n|---|---|---|\n| R | A | A |\n| I | C | Q |\n| C | | |\n";
    for heading in ["Grades", "RACI letters", "What A, R, C and I mean", "Responsibilities"] {
        let (findings, matrices) = read(&format!("## {heading}\n\nThe table:\n\n{table}"));
        assert_eq!(findings, [""; 0], "{heading}");
        assert!(matrices.is_empty(), "{heading}");
    }
    let (_, matrices) = read(&format!("## RACI\n\n{table}\n## Grades\n\n{table}"));
    assert_eq!(matrices.len(), 1);
}

#[test]
fn every_odd_form_of_a_cell_is_read_right_and_without_a_finding() {
    let forms = [
        ("A/R", "AR"),
        ("A, R", "AR"),
        ("A,R", "AR"),
        ("A R", "AR"),
        ("RA", "RA"),
        ("R&A", "RA"),
        ("R + A", "RA"),
        ("R (A)", "RA"),
        ("A\\|R", "AR"),
        ("a/r", "AR"),
        ("ra", "RA"),
        ("A*/R", "AR"),
        ("**A**/R", "AR"),
        ("*A* R", "AR"),
        ("**A/R**", "AR"),
        ("`A/R`", "AR"),
        ("A[^1]/R", "AR"),
        ("A/R¹", "AR"),
        ("A/R 1)", "AR"),
        ("A<br>R", "AR"),
        ("  A/R  ", "AR"),
    ];
    for (form, letters) in forms {
        let note = if form.contains("[^1]") { "\n[^1]: Note.\n" } else { "" };
        let (findings, matrices) = read(&format!(
            "## RACI\n\n| Activity | Desk | Manager |\n|---|:-:|--:|\n| Do it | {form} | i* |\n{note}"
        ));
        assert_eq!(findings, [""; 0], "{form}");
        let cells = &matrices[0].rows[0].cells;
        assert_eq!(cells[0].letters.iter().collect::<String>(), letters, "{form}");
        assert_eq!(cells[1].letters.iter().collect::<String>(), "I", "{form}");
    }
    for none in ["-", "–", "—", "--", "·", "", " ", "&nbsp;", "[^1]"] {
        let note = if none == "[^1]" { "\n[^1]: Note.\n" } else { "" };
        let (findings, matrices) = read(&format!(
            "## RACI\n\n| Activity | Desk | Manager |\n|---|---|---|\n| A | {none} | A/R |\n\
             | B | I | A/R |\n{note}"
        ));
        assert_eq!(findings, [""; 0], "{none}");
        assert!(matrices[0].rows[0].cells[0].letters.is_empty(), "{none}");
    }
}

#[test]
fn tables_of_any_shape_are_taken() {
    let head = "## RACI\n\n";
    for table in [
        "| Activity |\n|---|\n| Do it |\n",
        "| Activity | Next |\n|---|---|\n| Do it | end |\n",
        "| Next | Next |\n|---|---|\n| Do it | 1 |\n",
        "| Activity | Desk |\n|---|---|\n",
        "| Activity | Desk | Next |\n|---|---|---|\n| Do it |\n| | |\n|\n",
        "| Activity | Desk |\n|---|---|\n| Do it | A/R | I | C | 7 |\n",
        "| Activity | Desk | Desk |\n|---|---|---|\n| Do it | A | A |\n",
        "| | |\n|---|---|\n| | |\n",
        "Activity | Desk\n---|---\nDo it | A/R\n",
        "> | Activity | Desk |\n> |---|---|\n> | Do it | X |\n",
        "- | Activity | Desk |\n  |---|---|\n  | Do it | |\n",
    ] {
        let (_, matrices) = read(&format!("{head}{table}"));
        for matrix in matrices {
            assert!(matrix.rows.iter().all(|row| row.cells.len() == matrix.roles.len()), "{table}");
        }
    }
}
