//! The file: YAML in, things out, and the other way round. The one place that knows of YAML.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_saphyr::{DuplicateKeyPolicy, Options, budget, options};

use super::kinds::KINDS;
use super::things::{FORM, Thing, Things};
use crate::failure::{Exit, Failure};
use crate::limits::{FLEET_FILE, FLEET_LEVELS, FLEET_VALUES};

/// Reads a file.
///
/// # Errors
/// What is no YAML, too large or too deep; what says something that no fleet has.
pub(crate) fn read(text: &str) -> Result<Things, Failure> {
    if text.len() > FLEET_FILE {
        return Err(Failure::usage(format!("the file is longer than {FLEET_FILE} bytes")));
    }
    let file: Value = serde_saphyr::from_str_with_options(text, bounds())
        .map_err(|error| Failure::usage(format!("the file is no YAML that is taken: {error}")))?;
    Things::of_file(&file)
}

/// Anchors and aliases could multiply what is written once, so there are none.
fn bounds() -> Options {
    options! {
        budget: budget! {
            max_reader_input_bytes: Some(FLEET_FILE),
            max_depth: FLEET_LEVELS,
            flow_nesting_limit: FLEET_LEVELS,
            max_nodes: FLEET_VALUES,
            max_events: 4 * FLEET_VALUES,
            max_documents: 1,
            max_anchors: 0,
            max_aliases: 0,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        // `no` and `on` are texts.
        strict_booleans: true,
    }
}

/// Writes a file: lists and fields in the order of the table.
///
/// # Errors
/// A value that cannot be written.
pub(crate) fn write(things: &Things) -> Result<String, Failure> {
    serde_saphyr::to_string(&Document(things)).map_err(|error| Failure::new(Exit::Failed, error))
}

/// The same as a value.
pub(crate) fn document(things: &Things) -> impl Serialize {
    Document(things)
}

struct Document<'a>(&'a Things);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("version", &FORM)?;
        for kind in KINDS.iter().filter(|kind| self.0.sections.contains(kind.section)) {
            let list = self.0.all.iter().filter(|thing| thing.kind.section == kind.section);
            document.serialize_entry(kind.section, &list.map(Entry).collect::<Vec<_>>())?;
        }
        document.end()
    }
}

struct Entry<'a>(&'a Thing);

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Thing { kind, fields } = self.0;
        serializer
            .collect_map(kind.fields.iter().filter_map(|field| Some((field.name, fields.get(field.name)?))))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::{Map, json};

    use super::*;

    fn pack(description: Value, metadata: Value) -> Things {
        let Value::Object(fields) = json!({
            "source_url": "https://github.com/a/b", "description": description, "metadata": metadata,
        }) else {
            unreachable!()
        };
        let kind = KINDS.iter().find(|kind| kind.section == "skill_packs").unwrap();
        Things { all: vec![Thing { kind, fields }], sections: ["tags", "skill_packs"].into() }
    }

    fn round(things: &Things) -> Map<String, Value> {
        let text = write(things).unwrap();
        let again = read(&text).unwrap_or_else(|failure| panic!("{failure}\n{text}"));
        assert_eq!(again.sections, things.sections);
        again.all[0].fields.clone()
    }

    #[rstest]
    #[case("no")]
    #[case("null")]
    #[case("~")]
    #[case("1.10")]
    #[case("0o7")]
    #[case("2026-12-24")]
    #[case(" spaces ")]
    #[case("two\nlines\n")]
    #[case("- a\n- b")]
    #[case("key: value # no comment")]
    #[case("\n\nlines before\n\n\n")]
    #[case("  indented first\nthen not")]
    #[case("tab\there\r\nand returns")]
    #[case("{{ agent.name }} %}")]
    #[case("---\n...\n")]
    #[case("\u{85}\u{2028}\u{feff}")]
    fn texts_come_back_as_they_were(#[case] text: &str) {
        let things = pack(json!(text), json!({ text: [text, {"a": text}] }));
        assert_eq!(round(&things), things.all[0].fields);
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            proptest::num::f64::NORMAL.prop_map(Value::from),
            "(\\PC|[\n\t :#'\"-]){0,20}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("(\\PC|[ :#-]){0,8}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(
            description in "(\\PC|\n){0,60}",
            metadata in proptest::collection::btree_map("[a-z]{1,8}", value(), 0..4),
        ) {
            let metadata = Value::Object(metadata.into_iter().collect());
            let things = pack(json!(description), metadata);
            prop_assert_eq!(round(&things), things.all[0].fields.clone());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(\\PC|[\n :#'\"&*!{}\\[\\]|>-]){0,80}") {
            drop(read(&text));
        }
    }

    #[rstest]
    #[case::alias("version: 1\ntags: &a []\nboards: *a")]
    #[case::twice("version: 1\ntags: []\ntags: []")]
    #[case::two_documents("version: 1\n---\nversion: 1")]
    #[case::no_yaml("version: [1")]
    #[case::text("just text")]
    #[case::nothing("")]
    fn what_is_no_plain_file_is_refused(#[case] text: &str) {
        assert_eq!(read(text).unwrap_err().exit(), Exit::Usage);
    }

    #[test]
    fn nothing_is_too_deep_or_too_long() {
        let deep = format!("version: 1\ntags: {}", "[".repeat(FLEET_LEVELS + 1));
        assert_eq!(read(&deep).unwrap_err().exit(), Exit::Usage);
        assert_eq!(read(&"#".repeat(FLEET_FILE + 1)).unwrap_err().exit(), Exit::Usage);
        let many = format!("version: 1\ntags: [{}]", "1,".repeat(FLEET_VALUES));
        assert_eq!(read(&many).unwrap_err().exit(), Exit::Usage);
    }
}
