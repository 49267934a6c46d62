//! What callers send about a custom field.

use mission_control_core::id::BoardId;
use mission_control_core::limits::{BOARDS, NAME, PATTERN, PAYLOAD_JSON, PROSE, SETTINGS_JSON, WORD};
use mission_control_core::models::{CustomFieldType, CustomFieldVisibility};
use serde_json::Value;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use crate::input::{AnyJson, AnyText, Change, FromInput, ListOf, Patch, Reader, Text, text};

/// A word of a closed set, in any case and in the spellings that existing clients use.
macro_rules! word {
    ($(#[doc = $doc:literal])+ $name:ident($of:ty), $expected:literal, { $($alias:literal => $value:literal),* $(,)? }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name(pub $of);

        impl FromInput for $name {
            type Output = Self;

            fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
                let text = text(value, reader, WORD)?.trim().to_lowercase();
                let word = match text.as_str() {
                    $($alias => $value,)*
                    word => word,
                };
                word.parse().ok().map(Self).or_else(|| reader.fail("enum", $expected))
            }

            fn schema() -> RefOr<Schema> {
                let words = <$of>::ALL.iter().map(|word| word.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }
    };
}

word! {
    /// The type of a field.
    FieldType(CustomFieldType),
    "Expected one of: text, text_long, integer, decimal, boolean, date, date_time, url, json.",
    {
        "text (long)" => "text_long",
        "long_text" => "text_long",
        "true/false" => "boolean",
        "date & time" => "date_time",
        "datetime" => "date_time",
    }
}

word! {
    /// When the web UI shows a field.
    Visibility(CustomFieldVisibility),
    "Expected one of: always, if_set, hidden.",
    { "if set" => "if_set" }
}

/// A regular expression that runs in linear time, if it is one; blank is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(pub Option<String>);

impl FromInput for Pattern {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = text(value, reader, PATTERN)?.trim();
        Some(Self((!text.is_empty()).then(|| text.to_owned())))
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(PATTERN)).into()
    }
}

/// At least one board, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardIds(pub Vec<BoardId>);

impl FromInput for BoardIds {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let mut ids = ListOf::<BoardId, BOARDS>::from_input(value, reader)?;
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            reader.fail("too_short", "Expected at least one board.")
        } else {
            Some(Self(ids))
        }
    }

    fn schema() -> RefOr<Schema> {
        ListOf::<BoardId, BOARDS>::schema()
    }
}

crate::input! {
    /// A custom field to create.
    pub struct TaskCustomFieldDefinitionCreate {
        /// The name of the field in a task's values; it never changes.
        pub field_key: Text<NAME>,
        /// The name that people see; the key when absent.
        pub label: Option<Text<NAME>>,
        /// What values it takes.
        pub field_type: FieldType = FieldType(CustomFieldType::Text),
        /// When the web UI shows it on a task.
        pub ui_visibility: Visibility = Visibility(CustomFieldVisibility::Always),
        /// What the whole of a text value must match: no look-around, no back-references.
        pub validation_regex: Option<Pattern>,
        /// What it is for.
        pub description: Option<AnyText<PROSE>>,
        /// Whether a task must have a value.
        pub required: bool = false,
        /// The value of a task that has none of its own.
        pub default_value: Option<AnyJson<PAYLOAD_JSON>>,
        /// The boards whose tasks have it.
        pub board_ids: BoardIds,
    }
}

crate::input! {
    /// Changes to a custom field. What is absent stays; `null` empties where that makes sense.
    pub struct TaskCustomFieldDefinitionUpdate {
        /// Refused: tasks hold their values under it.
        pub field_key: Patch<AnyJson<SETTINGS_JSON>>,
        /// The name that people see.
        pub label: Change<Text<NAME>>,
        /// What values it takes.
        pub field_type: Change<FieldType>,
        /// When the web UI shows it on a task.
        pub ui_visibility: Change<Visibility>,
        /// What the whole of a text value must match.
        pub validation_regex: Patch<Pattern>,
        /// What it is for.
        pub description: Patch<AnyText<PROSE>>,
        /// Whether a task must have a value.
        pub required: Change<bool>,
        /// The value of a task that has none of its own.
        pub default_value: Patch<AnyJson<PAYLOAD_JSON>>,
        /// The boards whose tasks have it, instead of those that have it now.
        pub board_ids: Option<BoardIds>,
    }
}
