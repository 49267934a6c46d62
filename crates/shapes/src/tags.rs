//! Tags.

use mission_control_core::id::{OrganizationId, TagId};
use mission_control_core::models::Tag;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A tag.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TagRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: TagId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Name for addresses.
    pub slug: String,
    /// Six hexadecimal digits.
    #[schema(example = "ff8800")]
    pub color: String,
    /// What it is for.
    pub description: Option<String>,
    /// How many tasks bear it on the boards that the caller sees; counted where tags are read, 0 in the answer of a change.
    pub task_count: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl TagRead {
    /// The tag, which so many tasks bear.
    pub fn new(row: Tag, task_count: i64) -> Self {
        Self {
            id: row.id,
            organization_id: row.organization_id,
            name: row.name,
            slug: row.slug,
            color: row.color,
            description: row.description,
            task_count,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A tag as tasks show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TagRef {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: TagId,
    /// Name.
    pub name: String,
    /// Name for addresses.
    pub slug: String,
    /// Six hexadecimal digits.
    #[schema(example = "ff8800")]
    pub color: String,
}

impl From<Tag> for TagRef {
    fn from(tag: Tag) -> Self {
        Self { id: tag.id, name: tag.name, slug: tag.slug, color: tag.color }
    }
}
