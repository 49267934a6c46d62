//! Browsers that signed in.

use diesel::prelude::*;

use crate::id::{UserId, WebSessionId};
use crate::schema;
use crate::time::Timestamp;

/// A browser that signed in, known by its cookie until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::web_sessions)]
pub struct WebSession {
    /// Key.
    pub id: WebSessionId,
    /// Who signed in.
    pub user_id: UserId,
    /// SHA-256 of the cookie, in hex.
    pub cookie_digest: String,
    /// SHA-256 of the access token that the session was given for, in hex.
    pub credential_digest: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}
