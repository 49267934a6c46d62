//! What OpenClaw calls its methods, and what its releases are numbered, stands in this crate and nowhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mission_control_gateway_rpc::METHODS;

/// Crates that speak the gateways' dialect, or play a gateway.
const SPEAKERS: [&str; 3] = ["gateway-rpc", "simulator", "testkit"];
/// An operator's setting and its manual name the oldest release that may be registered.
const SETTINGS: &str = "core/src/config/variables.rs";
/// The part of the product that talks with gateways: it has neither parameters nor answers of its own making.
const REACH: &str = "fleet/src/reach/";

fn crates() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder of crates")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
}

/// The lines of a source that are compiled into the product, without comments.
fn product_lines(source: &str) -> impl Iterator<Item = &str> {
    let product = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    product.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The methods that this crate has requests for.
pub(crate) fn asked() -> BTreeSet<String> {
    let mut own = Vec::new();
    sources(&crates().join("gateway-rpc/src"), &mut own);
    let named = |file: &PathBuf| {
        let source = fs::read_to_string(file).expect("a source");
        let named = source.split("const METHOD: &'static str = \"").skip(1);
        named.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect::<Vec<_>>()
    };
    own.iter().flat_map(named).collect()
}

/// The methods whose names are no words of everyday life.
fn methods() -> BTreeSet<String> {
    let known = METHODS.iter().map(|&method| method.to_owned());
    asked().into_iter().chain(known).filter(|name| name.contains('.')).collect()
}

/// Whether a line has the number of a release in it: `2026.9`, or `GatewayVersion::new(2026, 9, 6)`.
fn names_a_release(line: &str) -> bool {
    let numbered = line.match_indices("20").any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let year =
            line.get(at + 2..at + 4).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        let mut after = line.get(at + 4..).unwrap_or_default().chars();
        let point = after.next() == Some('.') && after.next().is_some_and(|next| next.is_ascii_digit());
        year && point && !before.is_some_and(|before| before.is_ascii_alphanumeric() || before == '.')
    });
    numbered || line.contains("GatewayVersion::new(")
}

/// What a source says of the dialect, a line of it each.
fn said(name: &str, source: &str, methods: &BTreeSet<String>) -> Vec<String> {
    let is_said = |line: &str| {
        line.split('"').skip(1).step_by(2).any(|text| methods.contains(text))
            || (name != SETTINGS && names_a_release(line))
            || (name.starts_with(REACH) && (line.contains("json!(") || line.contains(".pointer(")))
    };
    let lines = product_lines(source).filter(|line| is_said(line));
    lines.map(|line| format!("{name}: {}", line.trim())).collect()
}

#[test]
fn the_names_of_methods_and_the_numbers_of_releases_stand_in_one_crate() {
    let methods = methods();
    assert!(methods.contains("agents.create") && methods.contains("cron.scratch.set"), "{methods:?}");
    let mut files = Vec::new();
    for entry in fs::read_dir(crates()).expect("crates") {
        let folder = entry.expect("an entry").path();
        if !SPEAKERS.iter().any(|speaker| folder.ends_with(speaker)) {
            sources(&folder.join("src"), &mut files);
        }
    }
    assert!(files.len() > 300, "{} files", files.len());
    let found: Vec<String> = files
        .iter()
        .filter(|file| {
            !file.ends_with("tests.rs") && !file.components().any(|part| part.as_os_str() == "tests")
        })
        .flat_map(|file| {
            let name = file.strip_prefix(crates()).expect("a crate's file").to_string_lossy();
            said(&name, &fs::read_to_string(file).expect("a source"), &methods)
        })
        .collect();
    assert_eq!(found, Vec::<String>::new(), "what gateways call things belongs into gateway-rpc");
}

#[test]
fn the_search_finds_what_it_is_for() {
    let methods = methods();
    let source = "//! Since 2026.8.1.\nfn ask() {\n    // \"config.get\" of 2026.9\n    call(\"config.get\");\n    let day = \"2026-11-23\";\n    let new = version >= \"2026.9.6\";\n    job(\"agent.wake\");\n}\n#[cfg(test)]\nmod tests {\n    call(\"config.patch\");\n}\n";
    let found = said("fleet/src/some.rs", source, &methods);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with("call(\"config.get\");") && found[1].ends_with("\"2026.9.6\";"), "{found:?}");
    assert_eq!(said("fleet/src/reach/some.rs", "ask(json!({}))\n", &methods).len(), 1);
    assert_eq!(said(SETTINGS, "MIN = \"2026.02.9\"\n", &methods), [] as [&str; 0]);
}
