//! What `deploy/` says of the product is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, endings, found);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| *wanted == ending)) {
            found.push(path);
        }
    }
}

fn deployed(endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&root().join("deploy"), endings, &mut found);
    assert!(!found.is_empty());
    found
}

/// Names that look like variables of the environment, as keys of mappings.
fn variables(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| variables(value, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                if name.len() > 3 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
                    found.insert(name.clone());
                }
                variables(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_file_in_yaml_is_yaml_and_names_variables_that_there_are() {
    let example = fs::read_to_string(root().join(".env.example")).unwrap();
    let known: BTreeSet<&str> = example
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once('=').map(|(name, _)| name))
        .collect();
    for path in deployed(&["yml", "yaml"]) {
        let text = fs::read_to_string(&path).unwrap();
        let documents: Vec<Value> =
            serde_saphyr::from_multiple(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut named = BTreeSet::new();
        documents.iter().for_each(|document| variables(document, &mut named));
        named.retain(|name| !name.starts_with("POSTGRES_") && !known.contains(name.as_str()));
        assert_eq!(named, BTreeSet::new(), "{}", path.display());
    }
}

#[test]
fn every_unit_starts_a_program_of_ours_and_there_is_one_for_the_system_and_one_for_a_user() {
    let programs = ["mission-control-api serve", "mission-control-worker", "mission-control-gateway serve"];
    let units = deployed(&["service"]);
    assert_eq!(units.len(), 2 * programs.len());
    for path in units {
        let unit = fs::read_to_string(&path).unwrap();
        let directory =
            if path.parent().unwrap().ends_with("user") { "%h/.local/bin" } else { "/usr/local/bin" };
        let starts = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
        let program = starts.strip_prefix(directory).and_then(|rest| rest.strip_prefix('/'));
        assert!(program.is_some_and(|program| programs.contains(&program)), "{}: {starts}", path.display());
        assert_eq!(
            directory.starts_with('%'),
            unit.contains("WantedBy=default.target"),
            "{}",
            path.display()
        );
    }
}
