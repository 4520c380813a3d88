//! Front matter with mistakes in it: read on after each, so that all of them are told in one run
//! and what is right around them is kept.
//!
//! A text that is no YAML is taken apart at the lines where a field begins. In each piece the
//! mistake is looked for ([`super::slips`]), mended in a copy, and the piece read again; places in
//! the copy lead back to the file.

use std::collections::BTreeSet;
use std::ops::Range;

use super::alike;
use super::front_matter::{is_key, lines};
use super::slips;
use super::yaml::{self, Entry, Fault, Node, Repair, Stop, Value};

/// Most faults of one file that are told.
const MOST: usize = 50;
/// Most faults of one piece that are told.
const MOST_A_PIECE: usize = 12;
/// The largest piece in which mistakes are looked for; front matter has some kilobytes.
const LARGEST: usize = 1 << 16;

/// A map as it was written, and all that is wrong with it.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// What could be read: always a map.
    pub node: Node,
    /// What is wrong, in the order of the places.
    pub faults: Vec<Fault>,
    /// What is not certain.
    pub doubt: Doubt,
}

/// What is not certain of a map that has faults: whatever is missing or wrong there may be the
/// consequence of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// Fields whose value may be another one than was meant.
    pub keys: BTreeSet<String>,
    /// Whether fields may be missing.
    pub lost: bool,
}

/// Reads a map.
pub fn read(text: &str, range: Range<usize>) -> Recovered {
    let empty = || Node { at: range.clone(), value: Value::Map(Vec::new()) };
    match yaml::parse(text, range.clone()) {
        Ok((mut node, mut faults)) if matches!(node.value, Value::Map(_)) => {
            alike::find(text, &mut node, &mut faults);
            Recovered { node, faults, doubt: Doubt::default() }
        }
        Ok((Node { value: Value::Null, .. }, faults)) => {
            Recovered { node: empty(), faults, doubt: Doubt::default() }
        }
        Ok((Node { value: Value::List(_), at }, _)) => {
            let doubt = Doubt { lost: true, ..Doubt::default() };
            let line = text[at.clone()].lines().next().map_or(0, str::len);
            let mut fault = Fault::new(at.start..at.start + line, "expected `name: value` lines");
            fault.help = Some("a list has no name here: write `name:` above it".to_owned());
            Recovered { node: empty(), faults: vec![fault], doubt }
        }
        Err(Stop::Bound(fault)) => {
            let doubt = Doubt { lost: true, ..Doubt::default() };
            Recovered { node: empty(), faults: vec![*fault], doubt }
        }
        Ok(_) | Err(Stop::Syntax(_)) => in_pieces(text, range),
    }
}

/// Reads a map piece by piece.
fn in_pieces(text: &str, range: Range<usize>) -> Recovered {
    let mut whole =
        Whole { text, entries: Vec::new(), faults: Vec::new(), doubt: Doubt::default() };
    for piece in pieces(text, range.clone()) {
        if whole.faults.len() >= MOST {
            whole.doubt.lost = true;
            break;
        }
        whole.add(piece);
    }
    let Whole { entries, mut faults, doubt, .. } = whole;
    let mut node = Node { at: range, value: Value::Map(entries) };
    alike::find(text, &mut node, &mut faults);
    faults.sort_by_key(|fault| fault.at.start);
    Recovered { node, faults, doubt }
}

/// The parts of a text that begin with a field at the start of a line.
fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for line in lines(text, range) {
        match pieces.last_mut() {
            Some(last) if !is_key(&text[line.clone()]) => last.end = line.end,
            _ => pieces.push(line),
        }
    }
    pieces
}

struct Whole<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
    doubt: Doubt,
}

impl Whole<'_> {
    fn add(&mut self, piece: Range<usize>) {
        let text = &self.text[piece.clone()];
        let mut work = Work::new(text, piece.start);
        let read = work.mend();
        // What else is wrong with a value that had to be mended is most often a consequence.
        let mut in_doubt = work.lost || work.mended;
        self.doubt.lost |= work.lost;
        let mut entries = match read.map(|node| node.value) {
            Some(Value::Map(entries)) => entries,
            Some(Value::Null) => Vec::new(),
            _ => {
                in_doubt = true;
                self.doubt.lost = true;
                as_typed(text, piece.start).into_iter().collect()
            }
        };
        self.faults.append(&mut work.faults);
        for entry in entries.drain(..) {
            if in_doubt {
                self.doubt.keys.insert(entry.key.to_string());
            }
            match self.entries.iter().find(|one| one.key == entry.key) {
                Some(first) => self.faults.push(yaml::twice(self.text, first, &entry)),
                None => self.entries.push(entry),
            }
        }
    }
}

/// The first line of a piece as a field whose value is the rest of the line.
fn as_typed(text: &str, base: usize) -> Option<Entry> {
    let line = text.lines().next().filter(|line| is_key(line))?;
    let (key, rest) = line.split_once(':')?;
    let value = rest.trim().trim_matches(['"', '\'', '“', '”']);
    let at = rest.find(value).map_or(line.len(), |at| key.len() + 1 + at);
    let value_at = base + at..base + at + value.len();
    let key = key.trim_end();
    let value = if value.is_empty() || value.starts_with(['[', '{', '|', '>']) {
        Value::Null
    } else {
        Value::Text(value.to_owned())
    };
    let node = Node { at: value_at, value };
    Some(Entry { key: key.into(), key_at: base..base + key.len(), node })
}

/// A copy of a piece in which mistakes are mended.
struct Work<'t> {
    text: String,
    /// The place in the file of each byte, and of the end.
    from: Vec<usize>,
    faults: Vec<Fault>,
    /// Whether something had to be left out.
    lost: bool,
    /// Whether something had to be mended.
    mended: bool,
    /// The piece as it was written, and where it begins in the file.
    written: &'t str,
    base: usize,
}

impl<'t> Work<'t> {
    fn new(written: &'t str, base: usize) -> Self {
        let from = (base..=base + written.len()).collect();
        let text = written.to_owned();
        Work { text, from, faults: Vec::new(), lost: false, mended: false, written, base }
    }

    /// Whether two faults stand in one line.
    fn is_in_line(&self, one: &Fault, other: &Fault) -> bool {
        let place = |fault: &Fault| fault.at.start.saturating_sub(self.base);
        let (one, other) = (place(one), place(other));
        let between = self.written.get(one.min(other)..one.max(other));
        between.is_some_and(|text| !text.contains('\n'))
    }

    /// Mends the copy until it can be read; nothing when it cannot.
    fn mend(&mut self) -> Option<Node> {
        for _ in 0..MOST_A_PIECE {
            let stop = match yaml::parse(&self.text, 0..self.text.len()) {
                Ok((node, faults)) if matches!(node.value, Value::Map(_) | Value::Null) => {
                    for fault in faults {
                        let fault = self.placed(fault);
                        if !self.faults.iter().any(|one| self.is_in_line(one, &fault)) {
                            self.faults.push(fault);
                        }
                    }
                    return Some(self.node(node));
                }
                Ok((node, _)) => Fault::new(node.at, ""),
                Err(Stop::Syntax(stop)) => *stop,
                Err(Stop::Bound(fault)) => {
                    self.faults.push(self.placed(*fault));
                    return None;
                }
            };
            if self.text.len() > LARGEST {
                let fault = slips::unclear(&self.text, &stop);
                self.faults.push(self.placed(fault));
                return None;
            }
            let (fault, understood) = slips::find(&self.text, &stop);
            let edits = fault.repair.clone().map(|repair| repair.edits).unwrap_or_default();
            let fault = self.placed(fault);
            self.mended = true;
            // What is wrong in the line of a slip is most often its consequence.
            let near = self.faults.iter().any(|one| self.is_in_line(one, &fault));
            if understood && !near {
                self.faults.push(fault);
            } else if understood {
                self.lost = true;
            } else if !self.lost {
                // What is left out is told once: what follows from it is no fault of its own.
                self.faults.push(Fault { repair: None, ..fault });
                self.lost = true;
            }
            self.apply(edits);
        }
        None
    }

    fn apply(&mut self, mut edits: Vec<(Range<usize>, String)>) {
        edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
        for (at, new) in edits {
            let (start, end) = (self.from[at.start], self.from[at.end]);
            // What stays in what is put in keeps its place.
            let old = &self.text[at.clone()];
            let kept = new.find(old).filter(|_| !old.is_empty()).map(|from| from..from + old.len());
            let places: Vec<usize> = (0..new.len())
                .map(|n| match &kept {
                    Some(kept) if kept.contains(&n) => self.from[at.start + n - kept.start],
                    Some(kept) if n >= kept.end => end,
                    _ => start,
                })
                .collect();
            self.from.splice(at.clone(), places);
            self.text.replace_range(at, &new);
        }
    }

    /// A range of the copy in the file.
    fn at(&self, at: &Range<usize>) -> Range<usize> {
        let start = self.from[at.start];
        start..self.from[at.end].max(start)
    }

    fn placed(&self, fault: Fault) -> Fault {
        let repair = fault.repair.map(|repair| Repair {
            edits: repair.edits.into_iter().map(|(at, new)| (self.at(&at), new)).collect(),
            ..repair
        });
        let related = fault.related.map(|(at, what)| (self.at(&at), what));
        Fault { at: self.at(&fault.at), related, repair, ..fault }
    }

    fn node(&self, node: Node) -> Node {
        let value = match node.value {
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| self.node(item)).collect())
            }
            Value::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|entry| Entry {
                        key_at: self.at(&entry.key_at),
                        node: self.node(entry.node),
                        key: entry.key,
                    })
                    .collect(),
            ),
            other => other,
        };
        Node { at: self.at(&node.at), value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String)> {
        let read = read(text, 0..text.len());
        let told = |fault: Fault| (text[fault.at].to_owned(), fault.message);
        read.faults.into_iter().map(told).collect()
    }

    /// The place and a part of the message of the only fault, and what its repair makes of the text.
    fn one(text: &str) -> (String, String, String) {
        let read = read(text, 0..text.len());
        let [fault] = &read.faults[..] else { panic!("{text}: {:#?}", read.faults) };
        let mut edits: Vec<_> = fault.repair.iter().flat_map(|repair| &repair.edits).collect();
        edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
        let mut mended = text.to_owned();
        for (at, new) in edits {
            mended.replace_range(at.clone(), new);
        }
        (text[fault.at.clone()].to_owned(), fault.message.clone(), mended)
    }

    #[test]
    fn what_is_wrong_is_told_where_it_is_and_how_it_is_mended() {
        for (text, place, message, mended) in [
            ("a: [x, y\nb: c\n", "[", "`[` is opened here and not closed", "a: [x, y]\nb: c\n"),
            ("a: {k: x\nb: c\n", "{", "`{` is opened here and not closed", "a: {k: x}\nb: c\n"),
            ("a: \"x y\nb: c\n", "\"", "opened here and not closed", "a: \"x y\"\nb: c\n"),
            ("a: [\"x, y]\nb: c\n", "\"", "opened here and not closed", "a: [\"x\", y]\nb: c\n"),
            ("a: x: y\n", ":", "a second `:`", "a: \"x: y\"\n"),
            ("a: %x\n", "%", "`%` at the start of a value", "a: \"%x\"\n"),
            ("a: > 5\n", ">", "`>` at the start of a value", "a: \"> 5\"\n"),
            ("a: @x\n", "@", "`@` at the start of a value", "a: \"@x\"\n"),
            ("a: `x`\n", "`", "at the start of a value", "a: \"`x`\"\n"),
            ("a: *x\n", "*", "`*` at the start of a value", "a: \"*x\"\n"),
            ("a: {{ x }}\n", "{{", "`{{` at the start of a value", "a: \"{{ x }}\"\n"),
            ("a: [{{ x }}]\n", "{{", "`{{` at the start of a value", "a: [\"{{ x }}\"]\n"),
            ("a: x\nb:y\nc: z\n", "b:", "a space is missing after `b:`", "a: x\nb: y\nc: z\n"),
            ("a: x\n b: y\n", " ", "`b` is indented", "a: x\nb: y\n"),
            ("a:\n\t- x\n", "\t", "a tab stands", "a:\n  - x\n"),
            (
                "a:\n  - {k: x}\n  -{k: y}\n",
                "-",
                "a space is missing after `-`",
                "a:\n  - {k: x}\n  - {k: y}\n",
            ),
            ("a:\n  - {k: x}\n   - {k: y}\n", "   ", "is indented", "a:\n  - {k: x}\n  - {k: y}\n"),
            ("a: {k: x l: y}\n", "l:", "a comma is missing", "a: {k: x, l: y}\n"),
            ("a: [x, y]]\n", "]", "`]` closes what was never opened", "a: [x, y]\n"),
            ("a: [x, y}\n", "}", "`}` stands where `]` is meant", "a: [x, y]\n"),
            ("a: k: x, l: y}\n", "}", "`}` closes what was never opened", "a: {k: x, l: y}\n"),
            ("a: {k: x,, l: y}\n", ",", "a comma too many", "a: {k: x, l: y}\n"),
            ("a: x\nowner y\nb: z\n", "owner", "no `:` after `owner`", "a: x\nowner: y\nb: z\n"),
            (
                "a: x\nowner\u{ff1a}y\nb: z\n",
                "\u{ff1a}",
                "a full-width colon",
                "a: x\nowner: y\nb: z\n",
            ),
            ("a: x\nb:\u{a0}y\n", "\u{a0}", "a no-break space", "a: x\nb: y\n"),
            ("a: \"x\" y\n", "y", "after the closing quotation mark", "a: '\"x\" y'\n"),
            ("a:  - x\n  - y\n", "-", "begins in the line of its name", "a:\n  - x\n  - y\n"),
            (
                "a:\n - {k: x}\n  - {k: y}\n  - {k: z}\n",
                " ",
                "is indented",
                "a:\n  - {k: x}\n  - {k: y}\n  - {k: z}\n",
            ),
            ("a:\n  - x\n\tb: y\n", "\t", "a tab stands", "a:\n  - x\nb: y\n"),
            ("a:\n\tb: y\n", "\t", "a tab stands", "a:\n  b: y\n"),
            ("a: {k:x, l: y}\n", "k:x", "a space is missing", "a: {k: x, l: y}\n"),
            ("a: {k x, l: y}\n", "k x", "there is no `:`", "a: {k: x, l: y}\n"),
            ("a: {k: x], l: y}\n", "]", "closes what was never opened", "a: {k: x, l: y}\n"),
            ("title: 'A's b\n", "s b", "after the closing", "title: \"A's b\"\n"),
            ("title: - A b\n", "-", "has one value", "title: \"- A b\"\n"),
            ("title: [A b\n", "[", "a meaning of its own", "title: \"[A b\"\n"),
            (
                "a:\n- k: x\n   l: y\n",
                "   ",
                "is indented by 3, what it belongs to by 2",
                "a:\n- k: x\n  l: y\n",
            ),
            ("a: {k: x]y, l: y}\n", "]", "in the middle of a text", "a: {k: \"x]y\", l: y}\n"),
            ("a: {k: x[y, l: y}\n", "[", "in the middle of a text", "a: {k: \"x[y\", l: y}\n"),
            ("a: x\nb: y\na: x\n", "a", "`a` stands twice", "a: x\nb: y\n"),
        ] {
            let found = one(text);
            assert!(found.1.contains(message), "{text}: {found:?}");
            assert_eq!(
                (found.0.as_str(), found.2.as_str()),
                (place, mended),
                "{text}: {}",
                found.1
            );
        }
    }

    #[test]
    fn every_fault_is_told_and_the_rest_is_kept() {
        let text = "id: A\ntitle: a: b\nkind:process\nclauses: [\"8.6\"\nlist:\n  - {k: x}\n  - {k: \"y}\nlast: z\n";
        let found = told(text);
        assert_eq!(found.len(), 4, "{found:#?}");
        let node = read(text, 0..text.len()).node;
        assert_eq!(node.get("title").and_then(Node::text), Some("a: b"));
        assert_eq!(node.get("kind").and_then(Node::text), Some("process"));
        assert_eq!(node.nearest(["clauses", "0"]).text(), Some("8.6"));
        assert_eq!(&text[node.nearest(["list", "1", "k"]).at.clone()], "\"y");
        assert_eq!(&text[node.get("last").unwrap().at.clone()], "z");
    }

    #[test]
    fn what_is_not_understood_loses_itself_alone() {
        let text = "id: A\nlist:\n  - {k: x}\n  - ]{: [,\n  - {k: z}\nlast: z\n";
        let read = read(text, 0..text.len());
        assert_eq!(read.faults.len(), 1, "{:#?}", read.faults);
        assert_eq!(read.node.get("id").and_then(Node::text), Some("A"));
        assert_eq!(read.node.get("last").and_then(Node::text), Some("z"));
    }
}
