//! The list of what the programs are made of, which goes into every archive.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn output(command: &mut Command) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let done = command.current_dir(root).env("SOURCE_DATE_EPOCH", "1764460800").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn texts<'v>(list: &'v Value, field: &str) -> BTreeSet<&'v str> {
    list.as_array().unwrap().iter().filter_map(|entry| entry[field].as_str()).collect()
}

#[test]
fn the_list_names_all_that_is_linked_and_bundled_with_licence_and_checksum() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("SKIPPED: python3 is not installed");
        return;
    }
    let text = output(&mut Command::new("scripts/sbom"));
    assert_eq!(text, output(&mut Command::new("scripts/sbom")), "the same source makes the same list");
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&list["bomFormat"], &list["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    assert_eq!(list["metadata"]["timestamp"], "2025-11-30T00:00:00Z");

    let components = &list["components"];
    let mut known = texts(components, "bom-ref");
    assert_eq!(known.len(), components.as_array().unwrap().len(), "each is named once");
    known.insert(list["metadata"]["component"]["bom-ref"].as_str().unwrap());
    for component in components.as_array().unwrap() {
        assert!(component["licenses"][0]["expression"].is_string(), "{component}");
        // Ours have neither an address nor a checksum: they are what the list is about.
        let is_ours = component["name"].as_str().unwrap().starts_with("mission-control");
        assert_eq!(component["purl"].is_null(), is_ours, "{component}");
        assert_eq!(component["hashes"].is_null(), is_ours, "{component}");
    }
    let nodes = list["dependencies"].as_array().unwrap();
    assert_eq!(texts(&list["dependencies"], "ref"), known, "of each it is said on what it depends");
    for on in nodes.iter().flat_map(|node| node["dependsOn"].as_array().unwrap()) {
        assert!(known.contains(on.as_str().unwrap()), "{on}");
    }

    let names = texts(components, "name");
    assert!(names.contains("preact") && names.contains("libsqlite3-sys"));
    assert!(!names.contains("vite") && !names.contains("rstest"), "what only builds or tests is not in it");
    let tree = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let linked = output(Command::new("cargo").args(tree).args(["-p", "mission-control-api"]));
    for line in linked.lines().filter(|line| !line.is_empty()) {
        let (name, version) = line.split_once(" v").unwrap();
        let version = version.split_whitespace().next().unwrap();
        assert!(
            known.contains(format!("pkg:cargo/{name}@{}", version.replace('+', "%2B")).as_str()),
            "{line}"
        );
    }
}
