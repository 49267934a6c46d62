use diesel::prelude::*;

use crate::schema;
use crate::time::Timestamp;

/// A write that was sent with an `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::idempotency_keys, treat_none_as_default_value = false)]
pub struct IdempotencyKey {
    /// Digest of the caller, the method, the path and the key.
    pub id: String,
    /// Digest of the rest of the request: another one is another request.
    pub request_digest: String,
    /// The sealed answer; `None` while the request is served.
    pub answer: Option<String>,
    /// Until when the request is believed to be served; it also tells one attempt from the next.
    pub locked_until: Timestamp,
    /// When the first attempt began.
    pub created_at: Timestamp,
}

impl IdempotencyKey {
    /// Where [`IdempotencyKey::answer`] is sealed.
    pub const ANSWER_COLUMN: &'static str = "idempotency_keys.answer";
}
