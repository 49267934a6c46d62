//! Groups of boards that share memory.

use diesel::prelude::*;

use crate::id::{BoardGroupId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

/// A group of boards.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_groups, treat_none_as_default_value = false)]
pub struct BoardGroup {
    /// Key.
    pub id: BoardGroupId,
    /// Owner.
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

impl BoardGroup {
    /// A group without boards.
    pub fn new(organization_id: OrganizationId, name: impl Into<String>, slug: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self {
            id: BoardGroupId::random(),
            organization_id,
            name: name.into(),
            slug: slug.into(),
            description: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Changes to a [`BoardGroup`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::board_groups)]
pub struct BoardGroupChanges {
    pub name: Option<String>,
    pub slug: Option<String>,
    pub description: Option<Option<String>>,
}
