//! Writes a made-up manual: `cargo bench --bench corpus -- FOLDER DOCUMENTS [even|huge|deep|star]`.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a tool of the benchmarks")]

#[path = "corpus/mod.rs"]
mod made_up;

use std::path::Path;

use anyhow::{Context as _, Result};
use made_up::Shape;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [folder, count, shape @ ..] = args.as_slice() else {
        eprintln!("cargo bench --bench corpus -- FOLDER DOCUMENTS [even|huge|deep|star]");
        return Ok(());
    };
    let shape = match shape.first().map(String::as_str) {
        Some("huge") => Shape::Huge,
        Some("deep") => Shape::Deep,
        Some("star") => Shape::Star,
        _ => Shape::Even,
    };
    for (path, text) in made_up::manual(count.parse().context("how many documents?")?, shape) {
        let path = Path::new(folder).join(path);
        std::fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
