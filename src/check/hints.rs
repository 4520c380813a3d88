//! The nearest known name, for rules that may have thousands of names to look for among
//! thousands.

use std::collections::BTreeMap;

use crate::text::nearest;

/// So many pairs of names are compared for one rule: half a second's work. A manual that needs
/// more has another fault than a slip of the pen.
const PAIRS: usize = 1_000_000;

/// Names that there are, and what has been looked for among them.
pub(super) struct Hints<'a> {
    known: Vec<&'a str>,
    looked_for: BTreeMap<String, Option<&'a str>>,
    left: usize,
}

impl<'a> Hints<'a> {
    /// Hints among these names.
    pub(super) fn among(known: impl IntoIterator<Item = &'a str>) -> Self {
        let known = known.into_iter().collect();
        Hints { known, looked_for: BTreeMap::new(), left: PAIRS }
    }

    /// The known name that was perhaps meant.
    pub(super) fn nearest(&mut self, name: &str) -> Option<&'a str> {
        if let Some(found) = self.looked_for.get(name) {
            return *found;
        }
        self.left = self.left.checked_sub(self.known.len())?;
        let found = nearest(name, self.known.iter().copied());
        self.looked_for.insert(name.to_owned(), found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_end_to_looking() {
        let names: Vec<String> = (0..PAIRS / 2).map(|n| format!("role-{n}")).collect();
        let mut hints = Hints::among(names.iter().map(String::as_str));
        assert_eq!(hints.nearest("rule-7"), Some("role-7"));
        assert_eq!(hints.nearest("rule-7"), Some("role-7"));
        assert_eq!(hints.nearest("rule-8"), Some("role-8"));
        assert_eq!(hints.nearest("rule-9"), None);
        assert_eq!(hints.nearest("rule-8"), Some("role-8"));
    }
}
