//! Absent, null, or a value: the three things a partial update can say about a field.

use serde_json::Value;
use utoipa::openapi::schema::{OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::{FromInput, Reader};

/// Absent and `null` are the same: no value.
impl<T: FromInput> FromInput for Option<T> {
    type Output = Option<T::Output>;

    const REQUIRED: bool = false;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self::Output> {
        if value.is_null() { Some(None) } else { T::from_input(value, reader).map(Some) }
    }

    fn absent(_reader: &mut Reader) -> Option<Self::Output> {
        Some(None)
    }

    fn schema() -> RefOr<Schema> {
        nullable(T::schema())
    }

    fn named_schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        T::named_schemas(named);
    }
}

/// A field of a partial update that may be emptied: absent leaves it, `null` empties it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Not sent: leave it.
    #[default]
    Absent,
    /// `null`: empty it.
    Null,
    /// The new value.
    Value(T),
}

impl<T> Patch<T> {
    /// The form of changesets: outer `None` leaves the column, inner `None` empties it.
    pub fn into_change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T: FromInput> FromInput for Patch<T> {
    type Output = Patch<T::Output>;

    const REQUIRED: bool = false;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self::Output> {
        if value.is_null() { Some(Patch::Null) } else { T::from_input(value, reader).map(Patch::Value) }
    }

    fn absent(_reader: &mut Reader) -> Option<Self::Output> {
        Some(Patch::Absent)
    }

    fn schema() -> RefOr<Schema> {
        nullable(T::schema())
    }

    fn named_schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        T::named_schemas(named);
    }
}

/// A field of a partial update that always has a value: absent leaves it, `null` is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change<T>(pub Option<T>);

impl<T: FromInput> FromInput for Change<T> {
    type Output = Change<T::Output>;

    const REQUIRED: bool = false;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self::Output> {
        T::from_input(value, reader).map(|value| Change(Some(value)))
    }

    fn absent(_reader: &mut Reader) -> Option<Self::Output> {
        Some(Change(None))
    }

    fn schema() -> RefOr<Schema> {
        T::schema()
    }

    fn named_schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        T::named_schemas(named);
    }
}

/// The schema, with `null` allowed.
fn nullable(schema: RefOr<Schema>) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::Object(mut object)) => {
            if let SchemaType::Type(kind) = object.schema_type {
                object.schema_type = SchemaType::from_iter([kind, Type::Null]);
            }
            RefOr::T(Schema::Object(object))
        }
        other => OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::Null)).item(other).into(),
    }
}
