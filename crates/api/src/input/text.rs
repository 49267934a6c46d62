//! Values with a rule of their own.

use std::ops::Deref;
use std::time::Duration;

use mission_control_core::limits;
use mission_control_core::rules::durations::{format_every, parse_every};
use mission_control_core::rules::skills::{RefusedSkill, skill_address};
use mission_control_core::rules::task_key;
use serde_json::Value;
use url::Url;
use utoipa::openapi::schema::{SchemaFormat, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::bounded::text;
use super::{FromInput, Reader};

/// The address of a skill: an absolute URL that is safe to show and to hand on, in its usual form.
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
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = text(value, reader, limits::ADDRESS)?;
        match skill_address(text) {
            Ok(url) => Some(Self(url)),
            Err(why @ RefusedSkill::Form) => reader.fail("url_parsing", why.to_string()),
            Err(why @ RefusedSkill::Scheme) => reader.fail("url_scheme", why.to_string()),
            Err(why) => reader.fail("value_error", why.to_string()),
        }
    }

    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::Custom("uri".to_owned());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(format))
            .min_length(Some(1))
            .max_length(Some(limits::ADDRESS))
            .into()
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
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = text(value, reader, limits::WORD)?;
        match parse_every(text) {
            Ok(Some(interval)) if interval >= SHORTEST => Some(Self(format_every(interval))),
            Ok(_) => reader.fail("value_error", "Expected an interval of at least 30 seconds, such as 10m."),
            Err(error) => reader.fail("value_error", format!("{error}.")),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(limits::WORD)).examples(["10m"]).into()
    }
}

/// First part of the keys of a board's tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPrefix(pub String);

impl FromInput for TaskPrefix {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        match task_key::chosen(text(value, reader, limits::WORD)?.trim()) {
            Some(prefix) => Some(Self(prefix)),
            None => reader
                .fail("value_error", format!("Expected up to {} letters and digits.", limits::TASK_PREFIX)),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(limits::TASK_PREFIX))
            .examples(["REL"])
            .into()
    }
}

/// Something to say in text that may as well be left out: `null` and blanks are no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blankable<T>(pub Option<T>);

impl<T: FromInput> FromInput for Blankable<T> {
    type Output = Blankable<T::Output>;

    const REQUIRED: bool = false;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self::Output> {
        match value {
            Value::String(text) if text.trim().is_empty() => Some(Blankable(None)),
            Value::String(text) => {
                T::from_input(&Value::from(text.trim()), reader).map(|read| Blankable(Some(read)))
            }
            other => Option::<T>::from_input(other, reader).map(Blankable),
        }
    }

    fn absent(_reader: &mut Reader) -> Option<Self::Output> {
        Some(Blankable(None))
    }

    fn schema() -> RefOr<Schema> {
        Option::<T>::schema()
    }
}
