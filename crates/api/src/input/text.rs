//! Values with a rule of their own.

use std::ops::Deref;
use std::time::Duration;

use mission_control_core::rules::durations::{format_every, parse_every};
use mission_control_core::rules::task_key;
use serde_json::Value;
use url::Url;
use utoipa::openapi::schema::{SchemaFormat, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::{FromInput, Reader};

/// Text that says something: trimmed, not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl FromInput for Text {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = String::from_input(value, reader)?;
        match text.trim() {
            "" => reader.fail("string_too_short", "This may not be blank."),
            trimmed => Some(Self(trimmed.to_owned())),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).into()
    }
}

/// The address of something on the web: an absolute URL without a secret in it, in its usual form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.as_str()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.into()
    }
}

impl FromInput for Address {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = String::from_input(value, reader)?;
        let Ok(url) = Url::parse(text.trim()) else {
            return reader
                .fail("url_parsing", "Expected an absolute URL, such as https://example.com/skill.");
        };
        if !matches!(url.scheme(), "http" | "https") {
            return reader.fail("url_scheme", "Expected a URL that begins with https://.");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return reader
                .fail("value_error", "This URL would show its user name and password to everybody.");
        }
        Some(Self(url))
    }

    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::Custom("uri".to_owned());
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).min_length(Some(1)).into()
    }
}

/// An interval such as `30s`, `10m` or `1h`: half a minute at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval(String);

/// Shortest interval.
const SHORTEST: Duration = Duration::from_secs(30);

impl From<Interval> for String {
    fn from(interval: Interval) -> Self {
        interval.0
    }
}

impl FromInput for Interval {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = String::from_input(value, reader)?;
        match parse_every(&text) {
            Ok(Some(interval)) if interval >= SHORTEST => Some(Self(format_every(interval))),
            Ok(_) => reader.fail("value_error", "Expected an interval of at least 30 seconds, such as 10m."),
            Err(error) => reader.fail("value_error", format!("{error}.")),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).examples(["10m"]).into()
    }
}

/// First part of the keys of a board's tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPrefix(pub String);

impl FromInput for TaskPrefix {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        match task_key::chosen(String::from_input(value, reader)?.trim()) {
            Some(prefix) => Some(Self(prefix)),
            None => reader
                .fail("value_error", format!("Expected up to {} letters and digits.", task_key::LONGEST)),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(task_key::LONGEST))
            .examples(["REL"])
            .into()
    }
}

/// Something to say in text that may as well be left out: `null` and blanks are no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blankable<T>(pub Option<T>);

impl<T: FromInput> FromInput for Blankable<T> {
    const REQUIRED: bool = false;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        match value {
            Value::String(text) if text.trim().is_empty() => Some(Self(None)),
            Value::String(text) => {
                T::from_input(&Value::from(text.trim()), reader).map(|read| Self(Some(read)))
            }
            other => Option::<T>::from_input(other, reader).map(Self),
        }
    }

    fn absent(_reader: &mut Reader) -> Option<Self> {
        Some(Self(None))
    }

    fn schema() -> RefOr<Schema> {
        Option::<T>::schema()
    }
}

/// A whole number from `MIN` to `MAX`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounded<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> FromInput for Bounded<MIN, MAX> {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let number = i64::from_input(value, reader)?;
        if number < MIN {
            reader.fail("greater_than_equal", format!("Expected at least {MIN}."))
        } else if number > MAX {
            reader.fail("less_than_equal", format!("Expected at most {MAX}."))
        } else {
            Some(Self(number))
        }
    }

    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(MIN));
        if MAX == i64::MAX { number.into() } else { number.maximum(Some(MAX)).into() }
    }
}
