//! How texts, lists, objects and numbers are read: never without a maximum. These types are written in declarations only;
//! what is read of them are plain texts, lists, values and numbers.

use mission_control_core::limits::{JSON_LEVELS, json_bytes};
use serde_json::{Map, Value};
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::schema::{ArrayBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::{FromInput, Reader, Step};

/// Text of at most `MAX` characters, blank or not.
#[derive(Debug, Clone, Copy)]
pub enum AnyText<const MAX: usize> {}

impl<const MAX: usize> FromInput for AnyText<MAX> {
    type Output = String;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<String> {
        text(value, reader, MAX).map(str::to_owned)
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(MAX)).into()
    }
}

/// Text that says something: not blank, read without the space around it; at most `MAX` characters.
#[derive(Debug, Clone, Copy)]
pub enum Text<const MAX: usize> {}

impl<const MAX: usize> FromInput for Text<MAX> {
    type Output = String;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<String> {
        match text(value, reader, MAX)?.trim() {
            "" => reader.fail("string_too_short", "This may not be blank."),
            trimmed => Some(trimmed.to_owned()),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(MAX)).into()
    }
}

/// The text that a value is, of at most `max` characters.
pub fn text<'v>(value: &'v Value, reader: &mut Reader, max: usize) -> Option<&'v str> {
    let Value::String(text) = value else { return reader.fail("string_type", "Expected text.") };
    // Characters are counted only where there may be too many.
    if text.len() > max && text.chars().count() > max {
        let msg = format!("Expected at most {max} characters.");
        return reader.fail_with("string_too_long", msg, ("max_length", max));
    }
    if text.contains('\0') {
        return reader.fail("string_type", "Text may not contain the NUL character.");
    }
    Some(text)
}

/// A list of at most `MAX` elements.
#[derive(Debug, Clone, Copy)]
pub struct ListOf<T, const MAX: usize>(std::marker::PhantomData<T>, std::convert::Infallible);

impl<T: FromInput, const MAX: usize> FromInput for ListOf<T, MAX> {
    type Output = Vec<T::Output>;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Vec<T::Output>> {
        let Value::Array(elements) = value else {
            return reader.fail("list_type", "Expected a list.");
        };
        if elements.len() > MAX {
            let msg = format!("Expected at most {MAX} elements, not {}.", elements.len());
            return reader.fail_with("too_long", msg, ("max_length", MAX));
        }
        // Every element is read, so that every fault is found.
        let read: Vec<Option<T::Output>> = elements
            .iter()
            .enumerate()
            .map(|(index, element)| reader.at(Step::Index(index), |reader| T::from_input(element, reader)))
            .collect();
        read.into_iter().collect()
    }

    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(T::schema()).max_items(Some(MAX)).into()
    }

    fn named_schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        T::named_schemas(named);
    }
}

/// An object with any fields, of at most `MAX` bytes as JSON.
#[derive(Debug, Clone, Copy)]
pub enum JsonObject<const MAX: usize> {}

impl<const MAX: usize> FromInput for JsonObject<MAX> {
    type Output = Map<String, Value>;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Map<String, Value>> {
        match value {
            Value::Object(object) => json(value, reader, MAX).map(|()| object.clone()),
            _ => reader.fail("dict_type", "Expected an object."),
        }
    }

    fn schema() -> RefOr<Schema> {
        any_json(Type::Object.into(), MAX).into()
    }
}

/// Anything at all, of at most `MAX` bytes as JSON.
#[derive(Debug, Clone, Copy)]
pub enum AnyJson<const MAX: usize> {}

impl<const MAX: usize> FromInput for AnyJson<MAX> {
    type Output = Value;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Value> {
        json(value, reader, MAX).map(|()| value.clone())
    }

    fn schema() -> RefOr<Schema> {
        any_json(SchemaType::AnyValue, MAX).into()
    }
}

/// Schema of JSON in any form, of at most `max` bytes.
pub fn any_json(kind: SchemaType, max: usize) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind).extensions(Some(Extensions::from_iter([("x-max-bytes", max)])))
}

/// Whether a value of any form can be kept: not too large, not too deep, and without NUL characters, which no database takes.
fn json(value: &Value, reader: &mut Reader, max: usize) -> Option<()> {
    if json_bytes(value) > max {
        let msg = format!("Expected at most {max} bytes of JSON.");
        return reader.fail_with("too_long", msg, ("max_bytes", max));
    }
    match fault_within(value, JSON_LEVELS) {
        None => Some(()),
        Some(Within::Depth) => {
            let msg = format!("Expected at most {JSON_LEVELS} lists and objects inside one another.");
            reader.fail_with("too_long", msg, ("max_levels", JSON_LEVELS))
        }
        Some(Within::Nul) => reader.fail("string_type", "Text may not contain the NUL character."),
    }
}

enum Within {
    Depth,
    Nul,
}

/// Goes no deeper than `levels`.
fn fault_within(value: &Value, levels: usize) -> Option<Within> {
    let inside = || levels.checked_sub(1);
    match value {
        Value::String(text) => text.contains('\0').then_some(Within::Nul),
        Value::Array(elements) => match inside() {
            None => Some(Within::Depth),
            Some(levels) => elements.iter().find_map(|element| fault_within(element, levels)),
        },
        Value::Object(fields) => match inside() {
            None => Some(Within::Depth),
            Some(_) if fields.keys().any(|name| name.contains('\0')) => Some(Within::Nul),
            Some(levels) => fields.values().find_map(|field| fault_within(field, levels)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// A whole number from `MIN` to `MAX`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounded<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> FromInput for Bounded<MIN, MAX> {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let number = i64::from_input(value, reader)?;
        if number < MIN {
            reader.fail_with("greater_than_equal", format!("Expected at least {MIN}."), ("ge", MIN))
        } else if number > MAX {
            reader.fail_with("less_than_equal", format!("Expected at most {MAX}."), ("le", MAX))
        } else {
            Some(Self(number))
        }
    }

    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(MIN));
        if MAX == i64::MAX { number.into() } else { number.maximum(Some(MAX)).into() }
    }
}
