//! What decides is in the application layer: a handler reads input, calls one use-case and shapes the answer.

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
