//! Browsers that signed in.

use diesel::prelude::*;

use super::guarded::guarded_debug;
use crate::id::{UserId, WebSessionId};
use crate::schema;
use crate::time::Timestamp;

/// A browser that signed in, known by its cookie until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::web_sessions, treat_none_as_default_value = false)]
pub struct WebSession {
    /// Key.
    pub id: WebSessionId,
    /// Who signed in.
    pub user_id: UserId,
    /// SHA-256 of the cookie, in hex.
    pub cookie_digest: String,
    /// SHA-256 of what the session was given for, in hex: the access token, or the hash of the account's password. With another
    /// token, or another password, it is over.
    pub credential_digest: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What the browser calls itself.
    pub device: Option<String>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// The address that used it last.
    pub last_used_address: Option<String>,
}

/// By what the identity provider is asked whether the person of a session may still come in.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::provider_grants, primary_key(session_id))]
pub struct ProviderGrant {
    /// The session, which ends when the provider refuses.
    pub session_id: WebSessionId,
    /// The refresh token, sealed.
    pub refresh_token: String,
    /// When the provider is asked next.
    pub due_at: Timestamp,
}

guarded_debug!(ProviderGrant shows session_id, due_at);

impl ProviderGrant {
    /// Where the token is sealed.
    pub const TOKEN_COLUMN: &'static str = "provider_grants.refresh_token";
}
