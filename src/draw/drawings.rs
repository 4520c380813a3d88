//! Diagrams that have been drawn, by their source: the pages of a manual are printed again and again
//! while it is written, and hardly ever has a diagram changed in between.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::mermaid::{self, Fault};

/// Drawings that are kept. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct Drawings(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    drawn: BTreeMap<String, Drawn>,
    bytes: usize,
    /// The most lines of a diagram, where those of all together are too many.
    most: Option<usize>,
}

type Drawn = Result<Arc<str>, Fault>;

/// So many bytes are kept; then all are forgotten. A manual being written has no more than that,
/// and a build of a larger one needs each drawing for one page alone.
const MOST_BYTES: usize = 8 << 20;

/// Most lines of all diagrams of a manual that are laid out: a minute or two of work.
const MOST_LINES: usize = 10_000;
/// And so many more for each of its documents.
const LINES_A_DOCUMENT: usize = 20;

impl Drawings {
    /// Learns of all diagrams of a manual of so many documents. Where they are more than can be drawn in
    /// a time that anybody waits for, the largest are not drawn, whoever has them.
    pub fn bound(&self, lines: &[usize], documents: usize) {
        let most = bound(lines, MOST_LINES + documents * LINES_A_DOCUMENT);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.most != most {
            *kept = Kept { most, ..Kept::default() };
        }
    }

    /// Draws a diagram, unless it is known how it looks. `id` makes the ids in it unique on the
    /// page; `title` is what it is called by those who cannot see it.
    ///
    /// # Errors
    /// Why it cannot be drawn.
    pub fn draw(&self, source: &str, id: &str, title: &str) -> Result<String, Fault> {
        let svg = self.drawn(source)?;
        Ok(mermaid::named(&svg, id, title, source))
    }

    /// Why a diagram cannot be drawn although it can be read: what only shows when it is drawn.
    pub fn fault(&self, source: &str) -> Option<Fault> {
        let fault = self.drawn(source).err()?;
        mermaid::check(source).is_ok().then_some(fault)
    }

    fn drawn(&self, source: &str) -> Drawn {
        let known = |kept: &Kept| (kept.drawn.get(source).cloned(), kept.most);
        let (drawn, most) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(drawn) = drawn {
            return drawn;
        }
        let drawn: Drawn = match most {
            Some(most) if lines(source) > most => Err(too_much(most)),
            _ => mermaid::draw(source).map(Arc::from),
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes > MOST_BYTES {
            *kept = Kept { most: kept.most, ..Kept::default() };
        }
        kept.bytes += source.len() + drawn.as_ref().map_or(0, |svg| svg.len());
        kept.drawn.insert(source.to_owned(), drawn.clone());
        drawn
    }
}

/// The lines of a diagram that take time to be laid out.
pub fn lines(source: &str) -> usize {
    mermaid::laid_lines(source)
}

/// The most lines that a diagram may have, so that those with no more have `all` together; nothing
/// where that holds for each of them.
fn bound(lines: &[usize], all: usize) -> Option<usize> {
    let mut sorted = lines.to_vec();
    sorted.sort_unstable();
    let mut sum = 0;
    let first = sorted.iter().position(|lines| {
        sum += lines;
        sum > all
    })?;
    // Of those that are alike none comes before the other.
    Some(sorted[first].saturating_sub(1))
}

fn too_much(most: usize) -> Fault {
    let message = format!(
        "the diagrams of the manual have more lines together than are laid out, so none of more than \
         {most} is drawn; draw fewer or smaller ones"
    );
    Fault { line: 1, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_are_not_drawn_where_all_together_are_too_many() {
        assert_eq!(bound(&[3, 9, 4], 16), None);
        assert_eq!(bound(&[3, 9, 4], 15), Some(8));
        assert_eq!(bound(&[9, 3, 9, 9], 25), Some(8), "those that are alike fare alike");
        assert_eq!(bound(&[5, 5], 4), Some(4));
        let (small, large) = ("flowchart LR\n a --> b", "flowchart LR\n a --> b --> c --> d");
        let drawings = Drawings::default();
        assert!(drawings.draw(large, "d", "T").is_ok());
        let many: Vec<usize> = [lines(large)].repeat(MOST_LINES);
        drawings.bound(&many, 1);
        assert!(drawings.draw(small, "d", "T").is_ok());
        let fault = drawings.fault(large).expect("it is told");
        assert!(fault.message.contains("none of more than 2"), "{}", fault.message);
        drawings.bound(&[lines(large)], 1);
        assert_eq!(drawings.fault(large), None);
    }

    #[test]
    fn what_is_kept_looks_as_it_did_and_bears_the_name_that_is_asked_for() {
        let drawings = Drawings::default();
        let source = "flowchart LR\n A[Start] --> B[End]";
        let first = drawings.draw(source, "d1", "One").unwrap();
        assert_eq!(drawings.draw(source, "d1", "One").unwrap(), first);
        let second = drawings.draw(source, "d2", "Two").unwrap();
        assert!(second.contains("id=\"d2-title\">Two<") && !second.contains("d1"), "{second}");
        assert!(drawings.draw("nonsense", "d", "T").is_err());
        assert_eq!(drawings.fault("nonsense"), None, "that is told by its words");
    }
}
