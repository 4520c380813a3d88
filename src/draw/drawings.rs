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
}

type Drawn = Result<Arc<str>, Fault>;

/// So many bytes are kept; then all are forgotten. A manual being written has no more than that,
/// and a build of a larger one needs each drawing for one page alone.
const MOST_BYTES: usize = 8 << 20;

impl Drawings {
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
        let known = |kept: &Kept| kept.drawn.get(source).cloned();
        if let Some(drawn) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return drawn;
        }
        let drawn: Drawn = mermaid::draw(source).map(Arc::from);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes > MOST_BYTES {
            *kept = Kept::default();
        }
        kept.bytes += source.len() + drawn.as_ref().map_or(0, |svg| svg.len());
        kept.drawn.insert(source.to_owned(), drawn.clone());
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
