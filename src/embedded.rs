//! What the binary carries with it: the built-in theme and the built-in schemas, so that an
//! installed program needs nothing beside it.

use include_dir::{Dir, include_dir};

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
static SCHEMA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schema");

/// The files of the built-in theme, by their paths inside it (`templates/base.html`), sorted.
pub fn theme_files() -> Vec<(String, &'static [u8])> {
    files(&THEME)
}

/// The files of the built-in schemas, by their paths below `schema/`, sorted.
pub fn schema_files() -> Vec<(String, &'static [u8])> {
    files(&SCHEMA)
}

fn files(dir: &Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut found = Vec::new();
    gather(dir, &mut found);
    found.sort();
    found
}

fn gather(dir: &Dir<'static>, found: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        found.push((path, file.contents()));
    }
    for inner in dir.dirs() {
        gather(inner, found);
    }
}
