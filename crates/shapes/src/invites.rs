//! Invitations.

use mission_control_core::id::{InviteId, OrganizationId, UserId};
use mission_control_core::models::OrganizationInvite;
use mission_control_core::rules::invites as rules;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// An invitation.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationInviteRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: InviteId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Whom it is for.
    pub invited_email: String,
    /// The role that it gives: `owner`, `admin` or `member`.
    #[schema(example = "member")]
    pub role: String,
    /// It opens every board for reading.
    pub all_boards_read: bool,
    /// It opens every board for writing.
    pub all_boards_write: bool,
    /// What the invited person accepts with. Only the answer of the creation has it.
    pub token: Option<String>,
    /// Whether the link was mailed to whom it is for. Only the answer of the creation has it; null where no mail is sent from here.
    pub mailed: Option<bool>,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// Who invited.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub created_by_user_id: Option<UserId>,
    /// Who accepted.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub accepted_by_user_id: Option<UserId>,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<OrganizationInvite> for OrganizationInviteRead {
    fn from(row: OrganizationInvite) -> Self {
        Self {
            expires_at: rules::expires_at(&row),
            id: row.id,
            organization_id: row.organization_id,
            invited_email: row.invited_email,
            role: row.role.as_str().to_owned(),
            all_boards_read: row.all_boards_read,
            all_boards_write: row.all_boards_write,
            token: None,
            mailed: None,
            created_by_user_id: row.created_by_user_id,
            accepted_by_user_id: row.accepted_by_user_id,
            accepted_at: row.accepted_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
