//! Tokens by which programs act for a member.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{ApiTokenId, BoardId, MemberId, OrganizationId, UserId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// How much of its member's rights a token has; each scope includes those before it.
    stored TokenScope {
        /// Sees what the member sees, and changes nothing.
        Read = "read",
        /// Works on boards as well: tasks, comments, approvals, memory, chat.
        Write = "write",
        /// Everything that the member may do.
        Admin = "admin",
    }
}

/// A token by which a program acts for a member of an organization, or as a service account.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::api_tokens, treat_none_as_default_value = false)]
pub struct ApiToken {
    /// Key.
    pub id: ApiTokenId,
    /// The organization that it acts in.
    pub organization_id: OrganizationId,
    /// The membership whose rights it has, and with which it ends.
    pub member_id: MemberId,
    /// What people call it.
    pub name: String,
    /// SHA-256 of the token, in hex.
    pub digest: String,
    /// How much of the member's rights it has.
    pub scope: TokenScope,
    /// The only boards that it opens, as a list of ids; `None` for all that are open to the member.
    pub board_ids: Option<Value>,
    /// Who made it.
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

impl ApiToken {
    /// The only boards that it opens; `None` for all that are open to the member. A list that is none opens no board.
    pub fn boards(&self) -> Option<Vec<BoardId>> {
        let ids = self.board_ids.clone()?;
        Some(serde_json::from_value(ids).unwrap_or_default())
    }
}
