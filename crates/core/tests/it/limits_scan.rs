//! A maximum is a row of a table, and not a constant or a number beside its use.

use std::fs;
use std::path::Path;

use regex::Regex;

use crate::sources::sources;

/// Files with a table.
const TABLES: [&str; 3] = ["core/src/limits.rs", "gateway-rpc/src/limits.rs", "mc/src/limits.rs"];
/// Constants that bound nothing which the product takes, keeps or answers, by what they are instead. Durations are seen
/// only where they are plain numbers.
const NO_MAXIMA: &[(&str, &[&str])] = &[
    (
        "how much is done at a time, of what is all done",
        &["BATCH", "BUFFER", "DISPATCH_BATCH", "ROWS", "STEP", "TIDY_EVERY"],
    ),
    ("how many are brought forward: the others come at their time", &["AT_ONCE"]),
    ("patience", &["ATTEMPTS", "MISSED_ROUNDS", "PATIENCE", "ROUNDS", "TURNS", "WAKE_ATTEMPTS"]),
    ("a duration", &["RETRY_MS", "TOLERANCE"]),
    ("a least or a usual size", &["DISK_NEEDED", "MEMORY_NEEDED", "SHORTEST", "TOKEN_LENGTH", "UNSAID"]),
    ("an estimate of what a row has beside its texts", &["PER_ID", "PER_TAG", "REST"]),
    ("a size that a cipher or a token of ours has", &["DIGEST", "LENGTH", "NONCE", "TOKEN"]),
    (
        "a number of the calendar, an operating system, a protocol or a stored form",
        &[
            "BASE",
            "DIRECTORY",
            "FILE",
            "FORM",
            "LONGEST_PATH",
            "MICROS_TO_2000",
            "OLDEST_PROTOCOL",
            "OTHERS",
            "QUARTERS",
            "READY",
            "SHARED",
        ],
    ),
    ("what gateways do by default", &["DEFAULT_FILE_CHARS"]),
    ("the number of a lock", &["APPEND_LOCK", "MIGRATION_LOCK", "NAMES_LOCK"]),
    ("how a text is looked at or shown", &["CONTEXT", "GROUP", "STYLE_RULE"]),
    ("no maximum at all", &["UNLIMITED"]),
    ("a unit", &["KIB", "MIB"]),
];

/// What looks like a maximum in a source: integer constants, and large numbers where something is cut off.
fn maxima_in(source: &str) -> Vec<String> {
    let constant =
        Regex::new(r"^\s*(?:pub(?:\([^)]*\))? )?const ([A-Z][A-Z0-9_]*): [iu](?:\d+|size) =").unwrap();
    let number = Regex::new(
        r"Bounded<[^<>]*, *\d|\b(?:channel|const_new|first|limit|max_capacity|take|truncate)\(\d[\d_]{2}",
    )
    .unwrap();
    let lines: Vec<&str> = source.lines().collect();
    let tests = lines.windows(2).position(|pair| pair[0] == "#[cfg(test)]" && pair[1].ends_with('{'));
    let product = &lines[..tests.unwrap_or(lines.len())];
    let is_none = |name: &str| NO_MAXIMA.iter().any(|(_, names)| names.contains(&name));
    let found = product.iter().filter_map(|line| match constant.captures(line) {
        Some(named) => Some(named[1].to_owned()).filter(|name| !is_none(name)),
        None => number.is_match(line).then(|| line.trim().to_owned()),
    });
    found.collect()
}

#[test]
fn a_maximum_is_a_row_of_a_table() {
    let is_product = |file: &Path| {
        let mut within = file.iter().rev().take_while(|part| *part != "src");
        !TABLES.iter().any(|table| file.ends_with(table))
            && !within.any(|part| part == "tests" || part == "tests.rs" || part == "properties.rs")
    };
    let files = sources().into_iter().filter(|file| is_product(file));
    let found: Vec<_> = files
        .flat_map(|file| {
            let place = file.display().to_string();
            maxima_in(&fs::read_to_string(file).unwrap()).into_iter().map(move |it| format!("{place}: {it}"))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new(), "write them as rows of crates/core/src/limits.rs");
}

#[test]
fn the_search_finds_constants_and_numbers_outside_of_tests() {
    let source = "pub(super) const LONGEST: usize = 7;\n    const ENTRIES: i64 =\n        8;\nconst BATCH: i64 = 5;\nlimit: Bounded<1, 200>,\nPage::first(STEP)\nPage::first(1_000)\nstruct Text<const MAX: usize>;\n#[cfg(test)]\nmod tests {\n    const LARGE: u64 = 9;\n";
    assert_eq!(maxima_in(source), ["LONGEST", "ENTRIES", "limit: Bounded<1, 200>,", "Page::first(1_000)"]);
}
