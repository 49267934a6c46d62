//! Organizations.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::Organization;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<Organization> for OrganizationRead {
    fn from(row: Organization) -> Self {
        Self { id: row.id, name: row.name, created_at: row.created_at, updated_at: row.updated_at }
    }
}

/// One of the caller's organizations.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationListItem {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// The caller's role in it.
    #[schema(example = "owner")]
    pub role: String,
    /// Whether the caller works in it now.
    pub is_active: bool,
}
