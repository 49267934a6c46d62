//! What people read of a failure: a sentence of the web UI for every code and for every type of fault, in both languages.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mission_control_api::error::status;
use mission_control_core::problem::Code;
use regex::Regex;
use serde_json::Value;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn texts(language: &str, section: &str) -> BTreeSet<String> {
    let path = repository().join(format!("crates/web/ui/src/i18n/problems/{language}.json"));
    let texts: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    texts[section].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_web_ui_has_a_sentence_for_every_code_in_both_languages() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    for language in ["en", "zh"] {
        assert_eq!(texts(language, "problem"), codes, "{language}");
    }
}

/// The types of faults that the source names: the first text after where a fault is made, or the one after its place.
fn types_of_faults() -> BTreeSet<String> {
    let made = Regex::new(
        r#"(?s)(?:\bfail|\bfail_with|Fault::of_body)(?:::<\w+>)?\(\s*"([a-z_]+)"|Fault::of_(?:parameter|header|field)\(\s*[\w"-]+,\s*"([a-z_]+)"|kind:\s*"([a-z_]+)""#,
    )
    .unwrap();
    let mut types = BTreeSet::new();
    let mut folders = vec![repository().join("crates/api/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                for found in made.captures_iter(&source) {
                    types.extend(found.iter().skip(1).flatten().map(|found| found.as_str().to_owned()));
                }
            }
        }
    }
    types
}

#[test]
fn the_web_ui_has_a_sentence_for_every_type_of_fault_in_both_languages() {
    let types = types_of_faults();
    assert!(types.len() > 15, "{types:?}");
    for language in ["en", "zh"] {
        let missing: Vec<_> = types.difference(&texts(language, "fault")).cloned().collect();
        assert_eq!(missing, [""; 0], "{language}");
    }
}

#[test]
fn the_documentation_lists_every_code() {
    let mut table = String::from("| code | status | meaning |\n|---|---|---|\n");
    for code in Code::ALL {
        let _ = writeln!(
            table,
            "| `{}` | {} | {} |",
            code.as_str(),
            status(*code).as_u16(),
            code.meaning().trim()
        );
    }
    let path = repository().join("docs/errors.md");
    let kept = std::fs::read_to_string(&path).unwrap();
    let (head, _) = kept.split_once("| code |").unwrap();
    let wanted = format!("{head}{table}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
    } else {
        assert_eq!(kept, wanted, "run this test with UPDATE_DOCS=1");
    }
}
