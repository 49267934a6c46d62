//! A kind of event as the OpenAPI document describes it.

use mission_control_core::time::Timestamp;
use utoipa::ToSchema;
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};

/// A kind as the document describes it.
pub(super) struct Described {
    pub(super) name: String,
    about: &'static str,
    payload: String,
    /// That of the payload, and those that it refers to.
    pub(super) schemas: Vec<(String, RefOr<Schema>)>,
}

impl Described {
    /// The kind `name`, which carries a `P`.
    pub(super) fn of<P: ToSchema>(name: &str, about: &'static str) -> Self {
        let payload = P::name().into_owned();
        let mut schemas = vec![(payload.clone(), P::schema())];
        P::schemas(&mut schemas);
        Self { name: format!("{name}Event"), about: about.trim(), payload, schemas }
    }

    /// An entry of this kind, as streams deliver it.
    pub(super) fn entry(&self, kind: &str) -> Object {
        let number = SchemaFormat::KnownFormat(KnownFormat::Int64);
        let uuid = SchemaFormat::KnownFormat(KnownFormat::Uuid);
        let board = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .format(Some(uuid))
            .description(Some("The board that it is about."));
        ObjectBuilder::new()
            .description(Some(self.about))
            .property(
                "seq",
                ObjectBuilder::new()
                    .schema_type(Type::Integer)
                    .format(Some(number))
                    .description(Some("Its number in the log.")),
            )
            .required("seq")
            .property("kind", ObjectBuilder::new().schema_type(Type::String).enum_values(Some([kind])))
            .required("kind")
            .property("board_id", board)
            .required("board_id")
            .property("created_at", Ref::from_schema_name(Timestamp::name()))
            .required("created_at")
            .property("payload", Ref::from_schema_name(&self.payload))
            .required("payload")
            .build()
    }
}
