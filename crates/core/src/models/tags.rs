//! Tags, and the tasks that bear them.

use diesel::prelude::*;

use crate::id::{OrganizationId, TagAssignmentId, TagId, TaskId};
use crate::schema;
use crate::time::Timestamp;

/// A tag of an organization.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::tags, treat_none_as_default_value = false)]
pub struct Tag {
    /// Key.
    pub id: TagId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Name in addresses. Unique per organization.
    pub slug: String,
    /// Six hexadecimal digits, lower case.
    pub color: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Tag {
    /// The color of a tag for which none was chosen.
    pub const DEFAULT_COLOR: &str = "9e9e9e";

    /// A tag of the default color.
    pub fn new(organization_id: OrganizationId, name: impl Into<String>, slug: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self {
            id: TagId::random(),
            organization_id,
            name: name.into(),
            slug: slug.into(),
            color: Self::DEFAULT_COLOR.to_owned(),
            description: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Changes to a [`Tag`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::tags)]
pub struct TagChanges {
    pub name: Option<String>,
    pub slug: Option<String>,
    pub color: Option<String>,
    pub description: Option<Option<String>>,
}

/// A task bears a tag.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::tag_assignments, treat_none_as_default_value = false)]
pub struct TagAssignment {
    /// Key.
    pub id: TagAssignmentId,
    /// The task.
    pub task_id: TaskId,
    /// The tag. Unique per task.
    pub tag_id: TagId,
    /// When the task got it.
    pub created_at: Timestamp,
}

impl TagAssignment {
    /// Gives a task a tag.
    pub fn new(task_id: TaskId, tag_id: TagId) -> Self {
        Self { id: TagAssignmentId::random(), task_id, tag_id, created_at: Timestamp::now() }
    }
}
