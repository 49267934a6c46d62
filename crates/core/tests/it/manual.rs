//! Files of the manual that are written from tables of the code.

use std::fs;
use std::path::PathBuf;

/// Compares a file with what it should be, or writes it when `UPDATE_DOCS` is set.
pub(crate) fn assert_file_is(path: &str, expected: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, expected).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{path} is out of date: run `UPDATE_DOCS=1 cargo test -p mission-control-core`"
    );
}
