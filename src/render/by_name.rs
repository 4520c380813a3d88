//! Roles, services and terms: each is found under any of its names.

use std::collections::HashMap;

/// Things with several names.
pub(super) struct ByName<T> {
    /// The things.
    pub(super) all: Vec<T>,
    by_name: HashMap<String, usize>,
}

impl<T> ByName<T> {
    /// Takes things with the names of each; a name that two have is the first one's.
    pub(super) fn new<'n>(all: Vec<T>, names: impl Fn(&T) -> Vec<&'n str>) -> Self {
        let mut by_name = HashMap::new();
        for (number, thing) in all.iter().enumerate() {
            for name in names(thing) {
                by_name.entry(name.to_lowercase()).or_insert(number);
            }
        }
        ByName { all, by_name }
    }

    /// The number of a thing by any of its names.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.trim().to_lowercase()).copied()
    }

    /// A thing by any of its names.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.find(name).map(|number| &self.all[number])
    }
}
