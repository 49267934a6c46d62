//! Events of the log are short sentences, and `docs/logging.md` has each of them with its fields.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use crate::sources::sources;

/// An event or a span of the log, as it stands in a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    /// `error` to `trace`, or `span`.
    level: String,
    /// The sentence, or the name of the span.
    says: String,
    fields: Vec<String>,
}

/// The calls of the macros that write to the log.
fn lines_of(source: &str) -> Vec<Line> {
    let call = Regex::new(r"tracing::(?:(error|warn|info|debug|trace)|[a-z]+_(span))!\(").unwrap();
    let found = call.captures_iter(source).map(|call| {
        let level = call.get(1).or(call.get(2)).unwrap().as_str().to_owned();
        let mut line = Line { level, says: String::new(), fields: Vec::new() };
        for argument in arguments(&source[call.get(0).unwrap().end()..]) {
            match argument.strip_prefix('"') {
                Some(text) => line.says = text.trim_end_matches('"').to_owned(),
                None => line.fields.push(field_of(&argument).to_owned()),
            }
        }
        (!line.fields.iter().any(|field| field == "target: TRACE")).then_some(line)
    });
    // What is for a collector of traces is not in the log.
    found.flatten().collect()
}

/// The name of `name = value`, or of `value`, `%value` and `?value`.
fn field_of(argument: &str) -> &str {
    let name = argument.split_once('=').map_or(argument, |(name, _)| name);
    name.trim().trim_start_matches(['%', '?'])
}

/// What stands between the commas until the parenthesis closes.
fn arguments(rest: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let mut arguments = vec![String::new()];
    for letter in rest.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            ')' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        arguments.last_mut().unwrap().push(letter);
    }
    let trimmed = arguments.iter().map(|argument| argument.trim().to_owned());
    trimmed.filter(|argument| !argument.is_empty()).collect()
}

fn written() -> Vec<Line> {
    sources().iter().flat_map(|file| lines_of(&fs::read_to_string(file).unwrap())).collect()
}

/// The cells of the rows of the table below a heading of the manual, without what marks code.
fn table(heading: &str) -> Vec<Vec<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/logging.md");
    let manual = fs::read_to_string(file).unwrap();
    let (_, section) = manual.split_once(&format!("\n## {heading}\n")).unwrap();
    let rows =
        section.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with('|'));
    rows.skip(2)
        .map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect())
        .collect()
}

fn pairs(rows: Vec<Vec<String>>) -> BTreeSet<(String, String)> {
    rows.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
}

#[test]
fn the_manual_has_every_event_of_the_log_with_its_meaning() {
    let (spans, events): (Vec<_>, Vec<_>) = written().into_iter().partition(|line| line.level == "span");
    let rows = table("Events");
    assert!(rows.iter().all(|row| row.len() == 3 && !row[2].is_empty()), "an event without its meaning");
    let events: BTreeSet<_> = events.into_iter().map(|line| (line.level, line.says)).collect();
    assert_eq!(pairs(rows), events);
    let spans: BTreeSet<_> = spans.into_iter().map(|line| (line.says, line.fields.join(", "))).collect();
    assert_eq!(pairs(table("Spans")), spans);
}

#[test]
fn the_manual_has_every_field_of_the_log_and_no_other() {
    let written: BTreeSet<_> = written().into_iter().flat_map(|line| line.fields).collect();
    let rows = table("Fields");
    assert!(rows.iter().all(|row| row.len() == 2 && !row[1].is_empty()), "a field without its meaning");
    let told: BTreeSet<_> = rows.into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(told, written);
}

#[test]
fn events_are_sentences_that_begin_small_and_fields_are_words() {
    let field = Regex::new("^[a-z][a-z0-9]*(_[a-z0-9]+)*$").unwrap();
    let dotted = Regex::new(r"^\S*\.\S*$").unwrap();
    for line in written() {
        let begins_small = line.says.starts_with(|first: char| first.is_ascii_lowercase());
        let is_sentence = begins_small && !line.says.ends_with('.') && !dotted.is_match(&line.says);
        assert!(is_sentence, "{line:?}");
        assert!(line.fields.iter().all(|name| field.is_match(name)), "{line:?}");
    }
}

#[test]
fn the_search_finds_sentence_and_fields_of_a_call() {
    let source = r#"
        tracing::warn!(job_id = %job.id, ?pause, error, left = of(&[1, 2], ")"), "not, \"done\" (yet)");
        let span = tracing::info_span!(
            "attempt",
            agent_id = job.agent_id.map(display),
        );
        let span = tracing::info_span!(target: TRACE, "elsewhere", http.route = Empty);
    "#;
    let line = |level: &str, says: &str, fields: &[&str]| Line {
        level: level.to_owned(),
        says: says.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    let expected = [
        line("warn", r#"not, \"done\" (yet)"#, &["job_id", "pause", "error", "left"]),
        line("span", "attempt", &["agent_id"]),
    ];
    assert_eq!(lines_of(source), expected);
}
