//! Reading the plain types, as leniently as the reference does.

use mission_control_core::id::{Entity, Id};
use mission_control_core::time::{InvalidTimestamp, Timestamp, YEARS};
use serde_json::Value;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use uuid::Uuid;

use super::{FromInput, Reader};

fn plain(kind: Type) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(kind).into()
}

fn formatted(kind: Type, format: KnownFormat) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(kind).format(Some(SchemaFormat::KnownFormat(format))).into()
}

impl FromInput for bool {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let read = match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
            Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
                "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
                _ => None,
            },
            Value::Number(_) => None,
            _ => return reader.fail("bool_type", "Expected true or false."),
        };
        read.or_else(|| reader.fail("bool_parsing", "Expected true or false."))
    }

    fn schema() -> RefOr<Schema> {
        plain(Type::Boolean)
    }
}

impl FromInput for i64 {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(i64::from(*flag)),
            Value::Number(number) => match number.as_i64().or_else(|| number.as_f64().and_then(whole)) {
                Some(whole) => Some(whole),
                None => reader.fail("int_from_float", "Expected a whole number."),
            },
            Value::String(text) => {
                let text = text.trim();
                match text.parse().ok().or_else(|| text.parse::<f64>().ok().and_then(whole)) {
                    Some(whole) => Some(whole),
                    None => reader.fail("int_parsing", "Expected a whole number."),
                }
            }
            _ => reader.fail("int_type", "Expected a whole number."),
        }
    }

    fn schema() -> RefOr<Schema> {
        plain(Type::Integer)
    }
}

/// The float as an integer, when it is one and exactly representable.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT { format!("{number:.0}").parse().ok() } else { None }
}

impl FromInput for i32 {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let wide = i64::from_input(value, reader)?;
        i32::try_from(wide).ok().or_else(|| reader.fail("int_parsing_size", "This number is too large."))
    }

    fn schema() -> RefOr<Schema> {
        plain(Type::Integer)
    }
}

impl FromInput for f64 {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let read = match value {
            Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => return reader.fail("float_type", "Expected a number."),
        };
        read.or_else(|| reader.fail("float_parsing", "Expected a number."))
    }

    fn schema() -> RefOr<Schema> {
        plain(Type::Number)
    }
}

impl<E: Entity> FromInput for Id<E> {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let Value::String(text) = value else {
            return reader.fail("uuid_type", "Expected a UUID.");
        };
        match Uuid::parse_str(text.trim()) {
            Ok(uuid) => Some(Self::from_uuid(uuid)),
            Err(_) => reader.fail("uuid_parsing", "Expected a UUID."),
        }
    }

    fn schema() -> RefOr<Schema> {
        formatted(Type::String, KnownFormat::Uuid)
    }
}

impl FromInput for Timestamp {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let (read, unreadable) = match value {
            Value::String(text) => (Self::parse(text), "datetime_from_date_parsing"),
            Value::Number(number) => {
                (Self::from_number(number.as_f64().unwrap_or(f64::NAN)), "datetime_parsing")
            }
            _ => return reader.fail("datetime_type", "Expected a date and time (ISO 8601)."),
        };
        match read {
            Ok(at) => Some(at),
            Err(InvalidTimestamp::Text(_)) => reader.fail(unreadable, "Expected a date and time (ISO 8601)."),
            Err(InvalidTimestamp::Year) => reader.fail(
                "datetime_range",
                format!("Expected a date between the years {} and {} (UTC).", YEARS.start(), YEARS.end()),
            ),
        }
    }

    fn schema() -> RefOr<Schema> {
        formatted(Type::String, KnownFormat::DateTime)
    }
}
