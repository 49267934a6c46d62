//! Groups of boards.

use mission_control_core::id::{BoardGroupId, OrganizationId};
use mission_control_core::models::BoardGroup;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A group of boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardGroupRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardGroupId,
    /// Owner.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Name for addresses.
    pub slug: String,
    /// What the group is for.
    pub description: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<BoardGroup> for BoardGroupRead {
    fn from(group: BoardGroup) -> Self {
        Self {
            id: group.id,
            organization_id: group.organization_id,
            name: group.name,
            slug: group.slug,
            description: group.description,
            created_at: group.created_at,
            updated_at: group.updated_at,
        }
    }
}
