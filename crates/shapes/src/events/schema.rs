//! The stream of all events as the OpenAPI document describes it.

use std::collections::BTreeMap;

use utoipa::openapi::schema::{Discriminator, OneOfBuilder};
use utoipa::openapi::{Ref, RefOr, Schema};

use super::kinds::EventKind;

/// The schema that is one of all events.
pub const EVENT: &str = "Event";

/// The schemas of all events, and of what they carry.
pub fn schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = Vec::new();
    let (mut kinds, mut mapping) = (OneOfBuilder::new(), BTreeMap::new());
    for kind in EventKind::ALL {
        let described = kind.described();
        let entry = described.entry(kind.as_str());
        let reference = Ref::from_schema_name(&described.name);
        mapping.insert(kind.as_str().to_owned(), reference.ref_location.clone());
        kinds = kinds.item(reference);
        schemas.extend(described.schemas);
        schemas.push((described.name, RefOr::T(Schema::Object(entry))));
    }
    let all = kinds
        .description(Some(
            "Something that happened. A payload that would be too large has its texts and lists cut, and says so: `truncated`.",
        ))
        .discriminator(Some(Discriminator::with_mapping("kind", mapping)));
    schemas.push((EVENT.to_owned(), RefOr::T(Schema::OneOf(all.build()))));
    schemas
}
