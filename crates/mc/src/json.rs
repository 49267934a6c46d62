//! Parts of the JSON that servers answer.

use serde_json::Value;

/// What is not there.
static NOTHING: Value = Value::Null;

/// A field of an object; `null` where there is none.
pub(crate) fn at<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&NOTHING)
}

/// The text of a field; empty where there is none.
pub(crate) fn text_at<'a>(value: &'a Value, name: &str) -> &'a str {
    at(value, name).as_str().unwrap_or_default()
}

/// The entries of a field; none where it is no list.
pub(crate) fn list_at<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    at(value, name).as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The object with a field more, or another one in its place.
pub(crate) fn with(mut value: Value, name: &str, part: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(name.to_owned(), part);
    }
    value
}
