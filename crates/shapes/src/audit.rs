//! The record of who did what, as clients see it.

use mission_control_core::id::{ApiTokenId, AuditActorId, BoardId};
use mission_control_core::models::AuditEntry;
use mission_control_core::rules::audit::csv_line;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An entry of the record.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AuditEntryRead {
    /// Its number in the organization's record, from 1 on without a gap.
    pub seq: i64,
    /// When it was done.
    pub at: Timestamp,
    /// What kind of somebody did it: `user`, `token`, `agent`, `job` or `system`.
    #[schema(example = "user")]
    pub actor: String,
    /// Who: a user, an agent, a job; for a token the user or service account that it acts as.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub actor_id: Option<AuditActorId>,
    /// What that was called then.
    pub actor_name: Option<String>,
    /// The API token.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub token_id: Option<ApiTokenId>,
    /// The address that it came from.
    pub address: Option<String>,
    /// The request that it was done for, as in `X-Request-Id` and in the log.
    pub request_id: Option<String>,
    /// What was done: a kind of the event stream, or a word of the audit's own such as `session.refused`.
    #[schema(example = "member.updated")]
    pub action: String,
    /// What kind of thing it was done to.
    pub object_kind: Option<String>,
    /// Which one.
    pub object_id: Option<String>,
    /// The board concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// How a governed thing was, as far as it changed, without secrets.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// How it is now.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
    /// SHA-256 of the entry and of the hash before it.
    pub hash: String,
}

impl From<AuditEntry> for AuditEntryRead {
    fn from(row: AuditEntry) -> Self {
        let read = |text: Option<String>| {
            text.map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text)))
        };
        Self {
            seq: row.seq,
            at: row.at,
            actor: row.actor.as_str().to_owned(),
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            token_id: row.token_id,
            address: row.address,
            request_id: row.request_id,
            action: row.action,
            object_kind: row.object_kind,
            object_id: row.object_id,
            board_id: row.board_id,
            before: read(row.before_change),
            after: read(row.after_change),
            hash: row.hash,
        }
    }
}

/// The columns of a table of entries, in their order.
pub const AUDIT_COLUMNS: [&str; 15] = [
    "seq",
    "at",
    "actor",
    "actor_id",
    "actor_name",
    "token_id",
    "address",
    "request_id",
    "action",
    "object_kind",
    "object_id",
    "board_id",
    "before",
    "after",
    "hash",
];

impl AuditEntryRead {
    /// The entry as a line of a table with these [`AUDIT_COLUMNS`].
    pub fn to_csv(&self) -> String {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let cell = |name: &&str| match fields.get(*name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        csv_line(&AUDIT_COLUMNS.iter().map(cell).collect::<Vec<_>>())
    }
}
