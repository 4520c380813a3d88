//! The documents of a library, each with its number, and lists with one value for each of them.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

use rayon::prelude::*;

use super::document::Document;
use super::value::Classification;

/// Which document of a library it is. Look-ups alone give it out, so each is that of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber(usize);

/// Documents in the order of their paths. Each is shared with the next reading of the manual when
/// it stays as it is.
///
/// Old editions can be kept behind them, with the numbers after theirs: they are found by their number
/// alone, so that nobody who goes through the documents, counts them or looks one up meets one.
#[derive(Debug, Default)]
pub struct Documents {
    all: Vec<Arc<Document>>,
    old: Vec<Arc<Document>>,
}

/// One value for each document of a library.
#[derive(Clone, Debug)]
pub struct ByDocument<T>(Vec<T>);

impl Documents {
    /// In the order of their paths.
    pub(super) fn new(mut documents: Vec<Arc<Document>>) -> Self {
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        Documents { all: documents, old: Vec::new() }
    }

    /// Keeps an old edition behind them.
    pub(super) fn keep(&mut self, old: Arc<Document>) -> DocumentNumber {
        self.old.push(old);
        DocumentNumber(self.all.len() + self.old.len() - 1)
    }

    /// Forgets the old editions.
    pub(super) fn forget_old(&mut self) {
        self.old.clear();
    }

    /// Makes a document one for nobody below a classification.
    pub(super) fn restrict(&mut self, number: DocumentNumber, level: Classification) {
        let document = &mut self.all[number.0];
        if document.classification() < level {
            *document = Arc::new(Document::clone(document).at_least(level));
        }
    }

    /// Whether a number is that of an old edition.
    pub fn is_old(&self, number: DocumentNumber) -> bool {
        number.0 >= self.all.len()
    }

    /// One after another.
    pub fn iter(&self) -> Iter<'_> {
        self.all.iter().map(|document| &**document)
    }

    /// On several threads.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Document> {
        self.all.par_iter().map(|document| &**document)
    }

    /// Their numbers.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = DocumentNumber> + use<> {
        (0..self.all.len()).map(DocumentNumber)
    }

    /// Their numbers, on several threads.
    pub fn par_numbers(&self) -> impl IndexedParallelIterator<Item = DocumentNumber> + use<> {
        (0..self.all.len()).into_par_iter().map(DocumentNumber)
    }

    /// One after another, each with its number.
    pub fn numbered(&self) -> impl Iterator<Item = (DocumentNumber, &Document)> {
        self.numbers().zip(self)
    }

    /// The document of a number, as it is shared.
    pub fn shared_at(&self, number: DocumentNumber) -> &Arc<Document> {
        self.all.get(number.0).unwrap_or_else(|| &self.old[number.0 - self.all.len()])
    }

    /// All of them, as they are shared.
    pub fn shared(&self) -> &[Arc<Document>] {
        &self.all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The number of the document at a path.
    pub fn at_path(&self, path: &str) -> Option<DocumentNumber> {
        let found = self.all.binary_search_by(|document| document.path.as_str().cmp(path));
        found.ok().map(DocumentNumber)
    }

    /// Whether there is one below a folder.
    pub fn any_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let first = self.all.partition_point(|document| document.path < below);
        self.all.get(first).is_some_and(|document| document.path.starts_with(&below))
    }
}

impl<T> ByDocument<T> {
    /// The values, in the order of the documents.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Forgets the values of old editions, behind those of so many documents.
    pub fn forget_old(&mut self, documents: usize) {
        self.0.truncate(documents);
    }

    /// Adds the value of an old edition that is kept behind the documents.
    pub fn keep(&mut self, value: T) {
        self.0.push(value);
    }

    /// The values, each with the number of its document.
    pub fn numbered(&self) -> impl Iterator<Item = (DocumentNumber, &T)> {
        self.0.iter().enumerate().map(|(number, value)| (DocumentNumber(number), value))
    }
}

impl<T> Default for ByDocument<T> {
    fn default() -> Self {
        ByDocument(Vec::new())
    }
}

impl<T> FromIterator<T> for ByDocument<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        ByDocument(values.into_iter().collect())
    }
}

impl<T: Send> FromParallelIterator<T> for ByDocument<T> {
    fn from_par_iter<I: IntoParallelIterator<Item = T>>(values: I) -> Self {
        ByDocument(values.into_par_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a ByDocument<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Index<DocumentNumber> for ByDocument<T> {
    type Output = T;

    fn index(&self, number: DocumentNumber) -> &T {
        &self.0[number.0]
    }
}

impl<T> IndexMut<DocumentNumber> for ByDocument<T> {
    fn index_mut(&mut self, number: DocumentNumber) -> &mut T {
        &mut self.0[number.0]
    }
}

/// Documents, one after another.
pub type Iter<'a> =
    std::iter::Map<std::slice::Iter<'a, Arc<Document>>, fn(&Arc<Document>) -> &Document>;

impl<'a> IntoIterator for &'a Documents {
    type Item = &'a Document;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Index<DocumentNumber> for Documents {
    type Output = Document;

    fn index(&self, number: DocumentNumber) -> &Document {
        self.shared_at(number)
    }
}
