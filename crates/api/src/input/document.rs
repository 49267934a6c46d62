//! How declared inputs appear in the API document. Called by the code that [`input!`](crate::input!) writes.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, RefOr, Required, Schema};

use super::FromInput;

/// Adds a field to an object's schema.
pub fn property<T: FromInput>(
    object: ObjectBuilder,
    name: &'static str,
    description: &'static str,
    optional: bool,
) -> ObjectBuilder {
    let object = object.property(name, described(T::schema(), description));
    if optional { object } else { object.required(name) }
}

/// A query parameter.
pub fn parameter<T: FromInput>(name: &'static str, description: &'static str, optional: bool) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(if optional { Required::False } else { Required::True })
        .description(Some(description))
        .schema(Some(T::schema()))
        .build()
}

fn described(schema: RefOr<Schema>, description: &str) -> RefOr<Schema> {
    let text = description.to_owned();
    let description = Some(text.clone());
    match schema {
        RefOr::Ref(mut reference) => {
            reference.description = text;
            RefOr::Ref(reference)
        }
        RefOr::T(Schema::Object(mut object)) => {
            object.description = description;
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.description = description;
            RefOr::T(Schema::Array(array))
        }
        RefOr::T(Schema::OneOf(mut one_of)) => {
            one_of.description = description;
            RefOr::T(Schema::OneOf(one_of))
        }
        other => other,
    }
}
