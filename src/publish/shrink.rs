//! A site never shrinks by accident: a folder that was renamed, or a list of folders with a slip in
//! it, must not take a manual off its site without a word.

use anyhow::{Result, bail};

use super::Place;
use crate::render::site::SiteContents;

/// Refuses to put a site in the place of one that shows more than twice as much, or that shows
/// documents of a folder that is gone. `old` says what the earlier site shows; of one that was made
/// before sites said so, its documents alone are known.
pub(super) fn refuse(old: &SiteContents, new: &SiteContents, place: &Place<'_>) -> Result<()> {
    let fewer = new.documents < old.documents;
    let is_gone = |folder: &&String| !place.root.join(folder).is_dir();
    let gone = old.folders.iter().find(is_gone).filter(|_| fewer);
    let is_enough = gone.is_none() && new.documents.saturating_mul(2) >= old.documents;
    if place.may_shrink || is_enough {
        return Ok(());
    }
    let gone = gone
        .map(|gone| format!(": the folder {gone}/, from which some of them came, is not there"));
    let (before, now) = (old.edition(), new.edition());
    let editions =
        (before != now).then(|| format!(". The earlier one was built {before}, this one {now}"));
    let why = format!(
        "the site in {} shows {}, and the new one would show {}{}{}",
        place.out.display(),
        documents(old.documents),
        new.documents,
        gone.unwrap_or_default(),
        editions.unwrap_or_default()
    );
    bail!(
        "{why}. Nothing was published, and the earlier site is as it was. Look whether the folders \
         that `content` of clausebook.yaml names hold all documents; if it is meant, build with \
         --allow-shrink"
    )
}

fn documents(count: usize) -> String {
    format!("{count} document{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn extent(documents: usize, drafts: bool, folder: &str) -> SiteContents {
        SiteContents { documents, drafts, audience: None, folders: vec![folder.to_owned()] }
    }

    #[test]
    fn half_of_the_documents_may_go() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let place = Place {
            out: Path::new("site"),
            root,
            sources: &[],
            in_place: false,
            may_shrink: false,
        };
        let refused = |old: &SiteContents, new: &SiteContents| {
            refuse(old, new, &place).map_err(|error| error.to_string())
        };
        let old = extent(9, true, "src");
        assert_eq!(refused(&old, &extent(5, true, "src")), Ok(()));
        let why = refused(&old, &extent(4, true, "src")).unwrap_err();
        assert!(why.contains("shows 9 documents, and the new one would show 4."), "{why}");
        assert!(why.contains("--allow-shrink") && !why.contains("was built"), "{why}");
        let why = refused(&old, &extent(0, false, "src")).unwrap_err();
        assert!(why.contains("was built with --drafts, this one without drafts"), "{why}");
        // A folder that is gone, with some of the documents; one that has another name is not.
        let old = extent(9, true, "no-such-folder");
        let why = refused(&old, &extent(8, true, "src")).unwrap_err();
        assert!(why.contains("the folder no-such-folder/"), "{why}");
        assert_eq!(refused(&old, &extent(9, true, "src")), Ok(()));
        assert_eq!(refused(&SiteContents::default(), &SiteContents::default()), Ok(()));
    }
}
