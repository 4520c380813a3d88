//! A bound for what one rule finds in one file: a million findings help nobody, and whoever shows
//! them would need gigabytes.

use crate::diag::Diagnostic;

/// Most findings of one rule in one file.
const MOST: usize = 500;

/// Keeps of what a rule has found since `from` so many of each file as people can read, and says of
/// the others how many they are.
pub(super) fn curb(found: &mut Vec<Diagnostic>, from: usize) {
    if found.len() - from <= MOST {
        return;
    }
    let mut new = found.split_off(from);
    new.sort_by_key(|one| one.at);
    for of_file in new.chunk_by(|one, other| one.at.file == other.at.file) {
        let (kept, rest) = of_file.split_at(of_file.len().min(MOST));
        found.extend_from_slice(kept);
        // It matters as much as the worst of them, and whatever the calendar has not brought stands.
        let Some(worst) = rest.iter().max_by_key(|one| (!one.timed, one.severity)) else {
            continue;
        };
        let message = match rest.len() {
            1 => "1 more finding of this rule in this file is not shown".to_owned(),
            count => format!("{count} more findings of this rule in this file are not shown"),
        };
        let mut more = Diagnostic::new(worst.code, worst.severity, rest[0].at, message);
        more.timed = worst.timed;
        found.push(more.help("mend those before it first"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Severity};
    use crate::text::{FileId, Span};

    #[test]
    fn the_rest_is_counted_file_by_file() {
        let find = |file, at| {
            let severity = if at == 1 { Severity::Error } else { Severity::Warning };
            Diagnostic::new(Code("x"), severity, Span::new(FileId(file), at..at + 1), "m")
        };
        let mut found = vec![find(9, 0)];
        found.extend((0..MOST + 3).rev().map(|at| find(1, at)));
        found.extend((0..MOST).map(|at| find(2, at)));
        curb(&mut found, 1);
        assert_eq!(found.len(), 1 + MOST + 1 + MOST);
        let more: Vec<&Diagnostic> = found.iter().filter(|one| one.message != "m").collect();
        assert_eq!(more.len(), 1);
        assert!(more[0].message.starts_with("3 more findings"), "{}", more[0].message);
        assert_eq!(more[0].at, Span::new(FileId(1), MOST..MOST + 1));
        assert!(found.iter().any(|one| one.severity == Severity::Error));
    }

    #[test]
    fn few_stay_as_they_are() {
        let one = Diagnostic::new(Code("x"), Severity::Error, Span::start_of(FileId(0)), "m");
        let mut found = vec![one; MOST];
        curb(&mut found, 0);
        assert_eq!(found.len(), MOST);
    }
}
