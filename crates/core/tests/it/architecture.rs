//! `docs/architecture.md` names every crate with what it uses of the others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const NAMESPACE: &str = "mission-control-";

/// The crates of the workspace that a manifest names as dependencies, tests aside, in the order of the alphabet.
fn uses(manifest: &str) -> String {
    let dependencies = manifest.split("[dependencies]\n").nth(1).unwrap_or_default();
    let lines = dependencies.lines().take_while(|line| !line.starts_with('['));
    let mut names: Vec<_> =
        lines.filter_map(|line| line.strip_prefix(NAMESPACE)?.split(['.', ' ']).next()).collect();
    names.sort_unstable();
    names.join(", ")
}

#[test]
fn the_table_of_crates_has_every_arrow() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut expected = BTreeMap::new();
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let folder = entry.unwrap();
        let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
        expected.insert(folder.file_name().into_string().unwrap(), uses(&manifest));
    }
    let told = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let rows = told.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split('|');
        let (name, uses) = (cells.next()?.trim().strip_suffix('`')?, cells.next()?);
        expected.contains_key(name).then(|| (name.to_owned(), uses.trim().to_owned()))
    });
    assert_eq!(rows.collect::<BTreeMap<_, _>>(), expected, "docs/architecture.md against the manifests");
}
