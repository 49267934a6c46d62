//! API tokens as clients see them.

use mission_control_core::id::{ApiTokenId, BoardId, MemberId, OrganizationId, UserId};
use mission_control_core::models::{ApiToken, TokenScope, User};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// An API token, without the token itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApiTokenRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: ApiTokenId,
    /// The organization that it acts in.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// The membership whose rights it has, and with which it ends.
    #[schema(value_type = uuid::Uuid)]
    pub member_id: MemberId,
    /// The person, or the service account, that it acts as.
    #[schema(value_type = uuid::Uuid)]
    pub user_id: UserId,
    /// What that is called.
    pub user_name: String,
    /// Whether that is a service account.
    pub is_service_account: bool,
    /// What people call it.
    pub name: String,
    /// How much of the member's rights it has; each scope includes those before it.
    pub scope: TokenScope,
    /// The only boards that it opens; absent for all that are open to the member.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    pub board_ids: Option<Vec<BoardId>>,
    /// Who made it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub created_by_user_id: Option<UserId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// The address that used it last.
    pub last_used_address: Option<String>,
}

impl ApiTokenRead {
    /// A token with whose it is.
    pub fn new((token, user): (ApiToken, User)) -> Self {
        Self {
            board_ids: token.boards(),
            id: token.id,
            organization_id: token.organization_id,
            member_id: token.member_id,
            user_id: user.id,
            user_name: user.shown_name().to_owned(),
            is_service_account: user.is_service_account(),
            name: token.name,
            scope: token.scope,
            created_by_user_id: token.created_by_user_id,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
            last_used_address: token.last_used_address,
        }
    }
}
