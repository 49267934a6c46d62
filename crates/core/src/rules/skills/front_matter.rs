//! The front matter of a document: YAML, where it is, and what can be made of it where it is broken.
//!
//! The one place that reads YAML. It is written by strangers, so size, depth and everything that could multiply it are
//! bounded before and while it is read.

use serde::Deserialize;
use serde_saphyr::{DuplicateKeyPolicy, Options, budget, options};

use crate::limits::{FRONT_MATTER, FRONT_MATTER_LEVELS, FRONT_MATTER_VALUES};

/// The fields that tell of a skill.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    #[serde(alias = "Name", alias = "NAME")]
    pub(super) name: Option<String>,
    #[serde(alias = "Description", alias = "DESCRIPTION")]
    pub(super) description: Option<String>,
}

/// The fields of front matter, given by its lines. What is no YAML is read line by line.
pub(super) fn read(lines: &[&str]) -> Fields {
    yaml(&lines.join("\n"))
        .unwrap_or_else(|| Fields { name: field(lines, "name"), description: field(lines, "description") })
}

/// The fields, if the text is a YAML mapping without anchors within the bounds.
fn yaml(text: &str) -> Option<Fields> {
    if text.len() > FRONT_MATTER || text.trim().is_empty() {
        return None;
    }
    serde_saphyr::from_str_with_options(text, bounds()).ok()
}

fn bounds() -> Options {
    options! {
        budget: budget! {
            max_reader_input_bytes: Some(FRONT_MATTER),
            max_depth: FRONT_MATTER_LEVELS,
            flow_nesting_limit: FRONT_MATTER_LEVELS,
            max_nodes: FRONT_MATTER_VALUES,
            max_events: 4 * FRONT_MATTER_VALUES,
            max_documents: 1,
            max_anchors: 0,
            max_aliases: 0,
        },
        duplicate_keys: DuplicateKeyPolicy::FirstWins,
    }
}

/// The value of a top-level field: plain, quoted, or a block on the lines below it.
fn field(front_matter: &[&str], name: &str) -> Option<String> {
    let mut lines = front_matter.iter();
    let value = lines.by_ref().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })?;
    if value.starts_with(['>', '|']) {
        let block = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '\t']));
        Some(block.copied().collect::<Vec<_>>().join(" "))
    } else {
        Some(value.trim_matches(['"', '\'']).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn description(front: &str) -> Option<String> {
        read(&front.lines().collect::<Vec<_>>()).description
    }

    #[rstest]
    #[case::plain("description: Reads PDFs.", "Reads PDFs.")]
    #[case::folded("description: >\n  Two lines\n  in one.\nname: x", "Two lines in one.")]
    #[case::folded_and_stripped("description: >-\n  Two lines\n  in one.", "Two lines in one.")]
    #[case::literal("description: |\n  Two\n  lines.\n", "Two lines.")]
    #[case::indented_block("description: |2-\n  Two\n  lines.", "Two lines.")]
    #[case::continued("description: Two lines\n  in one.\nname: x", "Two lines in one.")]
    #[case::on_the_next_line("description:\n  On the next line.\nname: x", "On the next line.")]
    #[case::double_quoted("description: \"A \\\"quoted\\\" word: \\u00e9\"", "A \"quoted\" word: é")]
    #[case::single_quoted("description: 'It''s: all of it'", "It's: all of it")]
    #[case::quoted_over_lines("description: \"Two lines\n  in one.\"", "Two lines in one.")]
    #[case::comment("description: Reads. # not this\n# nor this", "Reads.")]
    #[case::hash_inside("description: 'Issue #12'", "Issue #12")]
    #[case::number("description: 1.10", "1.10")]
    #[case::flow("{name: x, description: 'In braces'}", "In braces")]
    #[case::beside_others("tags: [a, b]\nmeta:\n  description: inner\ndescription: Outer.", "Outer.")]
    #[case::capitals("Description: Reads.", "Reads.")]
    #[case::first_of_two("description: first\ndescription: second", "first")]
    #[case::not_yaml("description: Use when: asked\nname: x", "Use when: asked")]
    #[case::not_yaml_elsewhere("tags: [a\ndescription: Reads.", "Reads.")]
    #[case::tab("description: >\n\tfolded by a tab", "folded by a tab")]
    fn a_description_is_read_as_it_is_meant(#[case] front: &str, #[case] expected: &str) {
        let read = description(front).map(|text| super::super::one_line(&text));
        assert_eq!(read.as_deref(), Some(expected));
    }

    #[rstest]
    #[case::anchor("a: &a x\ndescription: y")]
    #[case::alias("a: &a x\ndescription: *a")]
    #[case::merge("a: &a {description: x}\n<<: *a")]
    #[case::list("- description: x")]
    #[case::text("just text")]
    #[case::two_documents("description: x\n...\n---\ndescription: y")]
    #[case::nothing("")]
    fn what_is_no_plain_mapping_is_no_yaml_of_ours(#[case] front: &str) {
        assert_eq!(yaml(front), None);
    }

    #[rstest]
    #[case::sequences("[", "")]
    #[case::mappings("{a: ", "")]
    #[case::blocks("- ", "")]
    #[case::questions("? ", "")]
    #[case::tags("!a ", "")]
    #[case::anchors("&a ", "")]
    #[case::quotes("\"a\\\n", "\"")]
    #[case::documents("--- ", "")]
    #[case::keys("a: b\n", "")]
    #[case::bangs("!", "")]
    fn no_repetition_is_too_much(#[case] part: &str, #[case] end: &str) {
        for bytes in [FRONT_MATTER / 4, FRONT_MATTER - 1, 4 * FRONT_MATTER] {
            let text = format!("x: {}{end}", part.repeat(bytes / part.len()));
            drop(yaml(&text));
            drop(yaml(text.trim_start_matches("x: ")));
        }
        let mut nested = String::new();
        for depth in 0..200 {
            nested.push_str(&format!("{}a:\n", " ".repeat(depth)));
        }
        assert_eq!(yaml(&nested), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read(front in "(\\PC{0,20}\n|[-a-c:>|\"'# \\[\\]{}&*!]{0,12}\n){0,8}") {
            drop(description(&front));
        }
    }
}
