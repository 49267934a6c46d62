//! `.env.example` and `docs/configuration.md` are written from the table of variables.
//!
//! `UPDATE_DOCS=1 cargo test -p mission-control-core` rewrites them.

use std::fmt::Write;

use mission_control_core::config::{SECTIONS, Section, Settings, Variable};

use crate::manual::assert_file_is;

const EXAMPLE_HEAD: &str = "\
# Configuration of Mission Control. Copy to `.env`, remove the `#` before what you change.
# Everything is optional. Variables of the process win over this file.
# Written from the table in crates/core/src/config/variables.rs.
";

const MANUAL_HEAD: &str = "\
# Configuration

Mission Control is configured by environment variables, or by a file `.env` in the working directory with one `NAME=value` per
line. Variables of the process win over the file. Everything is optional: `mission-control-api serve` without any
configuration runs on SQLite in one process.

The file is read as python-dotenv reads it without interpolation: `$` is a character like any other, a blank and a `#` start a
comment, quotes keep both and may span lines, `\\n` and the like mean something in double quotes only, `export` in front is
allowed. A line that cannot be read is named by its number and variable, and nothing starts.

The whole configuration is checked at start: every fault is reported at once, with the variable, the rule and the fix. A blank
value counts as unset, except where noted. Truth values are `true` or `false` (also `1`/`0`, `yes`/`no`, `on`/`off`). Durations
are in seconds, fractions allowed, unless the name says otherwise.

[.env.example](../.env.example) holds the same as a file to copy.
";

fn example() -> String {
    SECTIONS.iter().fold(EXAMPLE_HEAD.to_owned(), |mut text, Section { title, variables }| {
        write!(text, "\n# --- {title} ---\n").unwrap();
        for Variable { name, default, doc, .. } in *variables {
            for line in wrapped(doc) {
                writeln!(text, "# {line}").unwrap();
            }
            writeln!(text, "#{name}={default}").unwrap();
        }
        text
    })
}

fn manual() -> String {
    SECTIONS.iter().fold(MANUAL_HEAD.to_owned(), |mut text, Section { title, variables }| {
        write!(text, "\n## {title}\n\n| variable | default | |\n|---|---|---|\n").unwrap();
        for Variable { name, default, secret, doc } in *variables {
            let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
            let secret = if *secret { " **Secret.**" } else { "" };
            writeln!(text, "| `{name}` | {default} | {doc}{secret} |").unwrap();
        }
        text
    })
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if line.len() + word.len() > 110 {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

#[test]
fn the_example_file_equals_the_table_of_variables() {
    assert_file_is(".env.example", &example());
}

#[test]
fn the_manual_equals_the_table_of_variables() {
    assert_file_is("docs/configuration.md", &manual());
}

#[test]
fn the_defaults_written_in_the_manual_are_valid_values() {
    let written = SECTIONS.iter().flat_map(|section| section.variables).map(|v| (v.name, v.default));
    let given = written.chain([("HOME", "/home/operator")]);
    let explicit = Settings::from_env(given).unwrap().summary();
    let implicit = Settings::from_env([("HOME", "/home/operator")]).unwrap().summary();
    assert_eq!(explicit, implicit);
}
