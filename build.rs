//! Tells Cargo that the binary carries these folders: a new file in one of them makes it anew.

fn main() {
    for folder in ["policies", "processes", "schema", "themes"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
