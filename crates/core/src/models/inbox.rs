//! What people have done with in their inbox.

use diesel::prelude::*;

use crate::id::MemberId;
use crate::schema;
use crate::time::Timestamp;

/// An item of a member's inbox that the member has done with.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::inbox_marks)]
pub struct InboxMark {
    /// Whose inbox.
    pub member_id: MemberId,
    /// What clients call the item.
    pub item: String,
    /// When it was marked.
    pub created_at: Timestamp,
}
