//! How much is read: a bound for each kind of file, and one for all files of a manual together.

use super::{SETTINGS, is_text};

/// The largest text that is read: 4 MiB, a hundred times the largest document that anybody reads.
pub const MAX_BYTES: u64 = 4 << 20;

/// The largest picture or other attached file that is published: 64 MiB.
pub const MAX_ASSET_BYTES: u64 = 64 << 20;

/// The most text that all files of a manual may hold together: 256 MiB.
const MAX_TEXT: u64 = 256 << 20;

/// The most that pictures and other attached files may hold together: 4 GiB.
const MAX_ASSETS: u64 = 4 << 30;

/// The most files of either kind.
const MAX_FILES: usize = 100_000;

/// How much of one kind of file has been taken.
#[derive(Default)]
struct Taken {
    bytes: u64,
    files: usize,
}

impl Taken {
    /// Takes one file more, where there is room; a small one may find room where a large one did not,
    /// so what follows the first that was refused is refused too.
    fn take(&mut self, bytes: u64, most: u64) -> bool {
        self.bytes = self.bytes.saturating_add(bytes);
        self.files += 1;
        self.bytes <= most && self.files <= MAX_FILES
    }
}

/// For each file, by its path from the top of the manual and its length where it is a plain file,
/// whether there is room for it beside those before it. Files that are too large by themselves have a
/// finding of their own and take no room; without its settings nothing of a manual can be understood,
/// so they are always read.
pub(super) fn room<'a>(files: impl Iterator<Item = (&'a str, Option<u64>)>) -> Vec<bool> {
    let (mut texts, mut assets) = (Taken::default(), Taken::default());
    let has_room = |(path, length): (&str, Option<u64>)| {
        let Some(length) = length.filter(|_| path != SETTINGS) else { return true };
        let (taken, each, all) = if is_text(path) {
            (&mut texts, MAX_BYTES, MAX_TEXT)
        } else {
            (&mut assets, MAX_ASSET_BYTES, MAX_ASSETS)
        };
        length > each || taken.take(length, all)
    };
    files.map(has_room).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_together_have_a_bound() {
        let mut taken = Taken::default();
        assert!(taken.take(6, 10) && !taken.take(5, 10));
        assert!(!taken.take(1, 10), "what follows is refused, too");
        let mut taken = Taken { bytes: 0, files: MAX_FILES - 1 };
        assert!(taken.take(0, 10) && !taken.take(0, 10));
    }
}
