//! Invitations into organizations.

use diesel::prelude::*;

use super::OrgRole;
use super::guarded::guarded_debug;
use crate::id::{BoardId, InviteAccessId, InviteId, OrganizationId, UserId};
use crate::schema;
use crate::time::Timestamp;

/// An invitation of a person, known by e-mail address.
#[derive(Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::organization_invites, treat_none_as_default_value = false)]
pub struct OrganizationInvite {
    /// Key.
    pub id: InviteId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Whom it is for, lower case.
    pub invited_email: String,
    /// SHA-256 of the token, in hex. Invitations that the reference made have the token itself, and no `expires_at`.
    pub token: String,
    /// The role that it gives.
    pub role: OrgRole,
    /// It opens every board for reading.
    pub all_boards_read: bool,
    /// It opens every board for writing.
    pub all_boards_write: bool,
    /// Who invited; none when that account is gone.
    pub created_by_user_id: Option<UserId>,
    /// Who accepted.
    pub accepted_by_user_id: Option<UserId>,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Option<Timestamp>,
}

guarded_debug!(OrganizationInvite shows id, organization_id, accepted_at);

/// What an invitation opens of one board.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::organization_invite_board_access, treat_none_as_default_value = false)]
pub struct InviteBoardAccess {
    /// Key.
    pub id: InviteAccessId,
    /// The invitation.
    pub organization_invite_id: InviteId,
    /// The board. Unique per invitation.
    pub board_id: BoardId,
    /// May read the board.
    pub can_read: bool,
    /// May change the board.
    pub can_write: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl InviteBoardAccess {
    /// A grant; writing includes reading.
    pub fn new(invite: InviteId, board_id: BoardId, can_read: bool, can_write: bool) -> Self {
        let now = Timestamp::now();
        Self {
            id: InviteAccessId::random(),
            organization_invite_id: invite,
            board_id,
            can_read: can_read || can_write,
            can_write,
            created_at: now,
            updated_at: now,
        }
    }
}
