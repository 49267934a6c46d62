//! What decides is in the application layer: a handler reads input, calls one use-case and shapes the answer.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_handler_and_no_extractor_writes_to_the_database() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for folder in ["auth", "routes", "mcp"] {
        sources(&root.join(folder), &mut found);
    }
    assert!(found.len() > 50, "{found:?}");
    let writes = |path: &PathBuf| {
        // As rustfmt may have broken the chain.
        let text: String = fs::read_to_string(path).unwrap().split_whitespace().collect();
        text.contains("db.write(") || text.contains("db().write(") || text.contains("&mutTx<")
    };
    found.retain(writes);
    assert_eq!(found, [] as [PathBuf; 0], "write in a use-case of crates/fleet");
}

#[test]
fn an_entry_of_the_log_is_made_of_an_event_and_of_nothing_else() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for name in ["store", "queue", "fleet", "worker", "gateway", "api"] {
        sources(&crates.join(name).join("src"), &mut found);
    }
    assert!(found.len() > 300, "{}", found.len());
    let makes = |path: &PathBuf| {
        let text: String = fs::read_to_string(path).unwrap().split_whitespace().collect();
        text.contains("NewLogEntry{")
    };
    found.retain(makes);
    assert_eq!(found, [] as [PathBuf; 0], "append a variant of mission_control_shapes::events::Event");
}

#[test]
fn no_statement_compares_each_row_with_a_whole_table() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/src"), &mut found);
    assert!(found.len() > 50, "{found:?}");
    found.retain(|path| fs::read_to_string(path).unwrap().contains(".ne_all("));
    // `NOT IN (SELECT …)` is no join to PostgreSQL: it reads the table for each row, of all organizations.
    assert_eq!(found, [] as [PathBuf; 0], "join and look for what is null, or ask for `not(exists(…))`");
}

/// What names a release and is no knowledge of its ways, with the reason.
const NAMES_A_RELEASE: [(&str, &str); 1] = [(
    "core/src/config/variables.rs",
    "the oldest release that may be registered, unless a setting names another",
)];

/// The parts of all crates that do not speak with gateways, without their tests: file and text.
fn speechless() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for name in
        ["core", "shapes", "store", "queue", "fleet", "process", "worker", "gateway", "api", "web", "limits"]
    {
        sources(&crates.join(name).join("src"), &mut found);
    }
    assert!(found.len() > 500, "{}", found.len());
    let of_tests = |path: &Path| path.ends_with("tests.rs") || path.iter().any(|part| part == "tests");
    let text = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let product = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
        (path.strip_prefix(&crates).unwrap().display().to_string(), product)
    };
    found.iter().filter(|path| !of_tests(path)).map(text).collect()
}

#[test]
fn what_openclaw_calls_its_methods_stands_in_its_client_alone() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gateway-rpc/src");
    let mut files = Vec::new();
    sources(&client, &mut files);
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect::<Vec<_>>().join("\n");
    let declared = texts.split("const METHOD: &'static str = \"").skip(1);
    // Methods of one word (`status`, `wake`) are called as much else is.
    let methods: BTreeSet<&str> =
        declared.filter_map(|rest| rest.split('"').next()).filter(|name| name.contains('.')).collect();
    assert!(methods.len() > 30, "{methods:?}");
    let mut wrong = Vec::new();
    for (file, text) in speechless() {
        let names = methods.iter().filter(|name| text.contains(&format!("\"{name}\"")));
        wrong.extend(names.map(|name| format!("{file}: {name}")));
    }
    assert_eq!(wrong, [""; 0], "ask by a type of mission_control_gateway_rpc");
}

#[test]
fn what_a_release_of_openclaw_can_do_stands_in_its_client_alone() {
    let is_release = |word: &str| {
        let (year, rest) = word.split_once('.').unwrap_or_default();
        year.len() == 4 && year.starts_with("202") && rest.starts_with(|letter: char| letter.is_ascii_digit())
    };
    let mut wrong = Vec::new();
    for (file, text) in speechless() {
        let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.'));
        let named = words.filter(|word| is_release(word)).map(|word| format!("{file}: {word}"));
        wrong.extend(named);
    }
    wrong.retain(|line| !NAMES_A_RELEASE.iter().any(|(file, _)| line.starts_with(file)));
    assert_eq!(wrong, [""; 0], "ask mission_control_gateway_rpc::Features");
}
