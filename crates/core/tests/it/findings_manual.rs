//! `docs/findings.md` is written from the table of what the doctor can find.
//!
//! `UPDATE_DOCS=1 cargo test -p mission-control-core` rewrites it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use mission_control_core::rules::doctor::{FindingCode, Severity};
use regex::Regex;

use crate::manual::assert_file_is;

const HEAD: &str = "\
# What the doctor finds

`mission-control-api doctor`, the page Health of the web UI and `GET /api/v1/doctor` name what is wrong by these codes. Each
finding has what was seen, the cause, and what to do. A code never changes its meaning; later releases know more.

An error is something that does not work; a warning something that will not, or works badly.

The table is `crates/core/src/rules/doctor/codes.rs`.

| code | | meaning |
|---|---|---|
";

fn manual() -> String {
    FindingCode::ALL.iter().fold(HEAD.to_owned(), |mut text, code| {
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(text, "| `{}` | {severity} | {} |", code.as_str(), code.meaning().trim()).unwrap();
        text
    })
}

#[test]
fn the_manual_equals_the_table_of_findings() {
    assert_file_is("docs/findings.md", &manual());
}

#[test]
fn troubleshooting_names_codes_that_there_are() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/troubleshooting.md");
    let text = fs::read_to_string(file).unwrap();
    let (_, symptoms) = text.split_once("## What the doctor says").unwrap();
    let table: String = symptoms.lines().take_while(|line| !line.starts_with("## ")).collect();
    let known: BTreeSet<_> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    let word = Regex::new("`([a-z]+(?:_[a-z]+)+)`").unwrap();
    let named: BTreeSet<_> = word.captures_iter(&table).map(|word| word.extract::<1>().1[0]).collect();
    assert!(named.len() > 30, "{named:?}");
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
}
