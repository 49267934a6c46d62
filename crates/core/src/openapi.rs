//! How the OpenAPI document describes ids and times; closed sets of words do it where they are declared.

use crate::id::{Entity, Id};
use crate::rules::doctor::FindingCode;
use crate::time::Timestamp;

impl<E: Entity> utoipa::PartialSchema for Id<E> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        let format = SchemaFormat::KnownFormat(KnownFormat::Uuid);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

impl<E: Entity> utoipa::ToSchema for Id<E> {
    fn name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{ObjectBuilder, Type};
        // Not the format `date-time`: that has a zone.
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Date and time, UTC, without a zone."))
            .examples(["2026-11-23T10:00:00.123456"])
            .into()
    }
}

impl utoipa::ToSchema for Timestamp {}

impl utoipa::PartialSchema for FindingCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{ObjectBuilder, Type};
        let words = Self::ALL.iter().map(|code| code.as_str());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("What was found. Later releases know more."))
            .examples(words.take(1))
            .into()
    }
}

impl utoipa::ToSchema for FindingCode {}
