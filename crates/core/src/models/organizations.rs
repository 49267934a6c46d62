//! Organizations, their members and the members' boards.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{BoardAccessId, BoardId, MemberId, OrganizationId, UserId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What a member may do; see the access policy for what each role includes.
    open OrgRole {
        /// Everything, deletion of the organization included.
        Owner = "owner",
        /// Everything but what only owners may.
        Admin = "admin",
        /// Works on boards that were granted.
        Member = "member",
    }
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::organizations, treat_none_as_default_value = false)]
pub struct Organization {
    /// Key.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Organization {
    /// A new organization.
    pub fn new(name: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self { id: OrganizationId::random(), name: name.into(), created_at: now, updated_at: now }
    }
}

/// Changes to an [`Organization`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::organizations)]
pub struct OrganizationChanges {
    pub name: Option<String>,
}

/// A person's membership.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::organization_members, treat_none_as_default_value = false)]
pub struct OrganizationMember {
    /// Key.
    pub id: MemberId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The member. Unique per organization.
    pub user_id: UserId,
    /// What the member may do.
    pub role: OrgRole,
    /// Reads every board, with no grant per board.
    pub all_boards_read: bool,
    /// Writes every board, with no grant per board.
    pub all_boards_write: bool,
    /// When the member joined.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl OrganizationMember {
    /// A membership; owners read and write every board, others none yet.
    pub fn new(organization_id: OrganizationId, user_id: UserId, role: OrgRole) -> Self {
        let now = Timestamp::now();
        let owner = role == OrgRole::Owner;
        Self {
            id: MemberId::random(),
            organization_id,
            user_id,
            role,
            all_boards_read: owner,
            all_boards_write: owner,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Changes to an [`OrganizationMember`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::organization_members)]
pub struct MemberChanges {
    pub role: Option<OrgRole>,
    pub all_boards_read: Option<bool>,
    pub all_boards_write: Option<bool>,
}

/// What a member may do on one board.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::organization_board_access, treat_none_as_default_value = false)]
pub struct OrganizationBoardAccess {
    /// Key.
    pub id: BoardAccessId,
    /// The member.
    pub organization_member_id: MemberId,
    /// The board. Unique per member.
    pub board_id: BoardId,
    /// May read the board.
    pub can_read: bool,
    /// May change the board.
    pub can_write: bool,
    /// When it was granted.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl OrganizationBoardAccess {
    /// A grant; writing includes reading.
    pub fn new(organization_member_id: MemberId, board_id: BoardId, can_read: bool, can_write: bool) -> Self {
        let now = Timestamp::now();
        Self {
            id: BoardAccessId::random(),
            organization_member_id,
            board_id,
            can_read: can_read || can_write,
            can_write,
            created_at: now,
            updated_at: now,
        }
    }
}
