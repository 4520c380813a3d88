//! Which sections differ, for the list at the top.

use serde::Serialize;

use super::{Kind, Redline, State};

/// A section in which something differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedSection {
    /// Its number; empty where it has none.
    pub number: String,
    /// Its heading; empty for what stands before the first.
    pub title: String,
    /// What became of its heading; where that moved, it is away.
    pub state: State,
    /// How many lines of it differ.
    pub lines: usize,
    /// The first of its lines that differs, counted from 0.
    pub first: usize,
}

/// The sections in which something differs, in their order.
pub fn sections(redline: &Redline) -> Vec<ChangedSection> {
    let mut found: Vec<ChangedSection> = Vec::new();
    let mut open = ChangedSection {
        number: String::new(),
        title: String::new(),
        state: State::Same,
        lines: 0,
        first: 0,
    };
    for (first, line) in redline.lines.iter().enumerate() {
        if line.state == State::Away {
            continue;
        }
        if let Kind::Heading { number, .. } = &line.place.kind {
            let state = match line.state {
                State::Same if line.moved.is_some() => State::Away,
                state => state,
            };
            let done = ChangedSection {
                number: number.clone(),
                title: line.plain(),
                state,
                lines: 0,
                first,
            };
            found.push(std::mem::replace(&mut open, done));
        }
        if line.differs() {
            open.first = if open.lines == 0 { first } else { open.first };
            open.lines += 1;
        }
    }
    found.push(open);
    found.retain(|section| section.lines > 0);
    found
}
