//! The clausebook program.
fn main() {}
