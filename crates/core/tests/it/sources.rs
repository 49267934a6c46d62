//! The sources of the product, for tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates that stand in for gateways, in demos and tests: what is made up in them is no part of the product.
const STAGE: [&str; 2] = ["simulator", "testkit"];

/// The files of all crates but those of the stage.
pub(crate) fn sources() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for entry in fs::read_dir(crates).unwrap() {
        let folder = entry.unwrap().path();
        if !STAGE.iter().any(|stage| folder.ends_with(stage)) {
            below(&folder.join("src"), &mut files);
        }
    }
    assert!(files.len() > 300, "{} files", files.len());
    files
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}
