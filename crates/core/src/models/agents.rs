//! Agents.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{AgentId, BoardId, GatewayId};
use crate::reason::Reason;
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// Where an agent is in its life. Agents report words of their own in heartbeats; those are kept.
    open AgentStatus {
        /// Being created on its gateway, or woken and not yet checked in.
        Provisioning = "provisioning",
        /// Checked in lately.
        Online = "online",
        /// Silent for too long, or given up on.
        Offline = "offline",
        /// Its files are being rewritten.
        Updating = "updating",
        /// Being removed from its gateway.
        Deleting = "deleting",
        /// Set by an operator: provisioned and waiting for work. Holds until the agent is heard of again.
        Ready = "ready",
    }
}

text_enum! {
    /// What is really going on with an agent, for people.
    closed AgentState {
        /// Being brought onto its gateway.
        Provisioning = "provisioning",
        /// Woken, and expected to check in.
        Waking = "waking",
        /// Checks in as it should.
        Online = "online",
        /// Said by an operator to be fine; nothing was heard of it since.
        Ready = "ready",
        /// Its files are being rewritten.
        Updating = "updating",
        /// Silent for too long.
        Offline = "offline",
        /// Given up on; somebody has to act.
        Failed = "failed",
        /// Being removed from its gateway.
        Deleting = "deleting",
        /// Not woken and without heartbeats until it is resumed.
        Paused = "paused",
    }
}

/// An agent: a gateway's main agent, a board's lead or a worker.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::agents, treat_none_as_default_value = false)]
pub struct Agent {
    /// Key.
    pub id: AgentId,
    /// Its board; `None` for a gateway's main agent.
    pub board_id: Option<BoardId>,
    /// Name.
    pub name: String,
    /// Stored status; readers derive `offline` from `last_seen_at`.
    pub status: AgentStatus,
    /// Session key on the gateway.
    pub openclaw_session_id: Option<String>,
    /// PBKDF2 hash of the token as the reference stores it; replaced by `token_digest` at first use.
    pub agent_token_hash: Option<String>,
    /// Heartbeat settings as written to the gateway.
    pub heartbeat_config: Option<Value>,
    /// Role, style, emoji and further traits for the templates.
    pub identity_profile: Option<Value>,
    /// Template that replaces the built-in IDENTITY.
    pub identity_template: Option<String>,
    /// Template that replaces the built-in SOUL.
    pub soul_template: Option<String>,
    /// When provisioning was asked for and is not confirmed.
    pub provision_requested_at: Option<Timestamp>,
    /// Hash of the token that confirms provisioning.
    pub provision_confirm_token_hash: Option<String>,
    /// `provision` or `update`, while requested.
    pub provision_action: Option<String>,
    /// When deletion was asked for.
    pub delete_requested_at: Option<Timestamp>,
    /// Last check-in.
    pub last_seen_at: Option<Timestamp>,
    /// Leads its board.
    pub is_board_lead: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Gateway on which it runs.
    pub gateway_id: GatewayId,
    /// Counts lifecycle runs; a stale check-in job sees another number.
    pub lifecycle_generation: i32,
    /// Wakes since the last check-in.
    pub wake_attempts: i32,
    /// When it was last woken.
    pub last_wake_sent_at: Option<Timestamp>,
    /// When it must have checked in after a wake.
    pub checkin_deadline_at: Option<Timestamp>,
    /// Why it is not running.
    pub last_provision_error: Option<String>,
    /// SHA-256 of the token in hex. Unique.
    pub token_digest: Option<String>,
    /// When something was last said to it.
    pub last_message_at: Option<Timestamp>,
    /// Since when it is paused; a pause of its board pauses its agents.
    pub paused_at: Option<Timestamp>,
    /// Heartbeat interval in effect while its board is idle; `None` is its own.
    pub paced_every: Option<String>,
    /// When the stored status last changed.
    pub status_since: Option<Timestamp>,
    /// Why it is silent, as far as the reconciler knows.
    pub offline_cause: Option<String>,
    /// What to do about `last_provision_error`.
    pub last_provision_remedy: Option<String>,
    /// What to do about `offline_cause`.
    pub offline_remedy: Option<String>,
}

impl Agent {
    /// A worker to be provisioned; set `board_id` and `is_board_lead` as needed.
    pub fn new(gateway_id: GatewayId, name: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self {
            id: AgentId::random(),
            board_id: None,
            name: name.into(),
            status: AgentStatus::Provisioning,
            openclaw_session_id: None,
            agent_token_hash: None,
            heartbeat_config: None,
            identity_profile: None,
            identity_template: None,
            soul_template: None,
            provision_requested_at: None,
            provision_confirm_token_hash: None,
            provision_action: None,
            delete_requested_at: None,
            last_seen_at: None,
            is_board_lead: false,
            created_at: now,
            updated_at: now,
            gateway_id,
            lifecycle_generation: 0,
            wake_attempts: 0,
            last_wake_sent_at: None,
            checkin_deadline_at: None,
            last_provision_error: None,
            token_digest: None,
            last_message_at: None,
            paused_at: None,
            paced_every: None,
            status_since: Some(now),
            offline_cause: None,
            last_provision_remedy: None,
            offline_remedy: None,
        }
    }

    /// Why it is not running.
    pub fn failure(&self) -> Option<Reason> {
        let cause = self.last_provision_error.as_ref();
        cause.map(|cause| Reason::new(cause, self.last_provision_remedy.as_ref()))
    }

    /// Why it is silent, as far as the reconciler knows.
    pub fn silence(&self) -> Option<Reason> {
        self.offline_cause.as_ref().map(|cause| Reason::new(cause, self.offline_remedy.as_ref()))
    }
}

/// Changes to an [`Agent`]. An error that is replaced or forgotten takes its remedy with it.
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::agents)]
pub struct AgentChanges {
    pub board_id: Option<Option<BoardId>>,
    pub name: Option<String>,
    pub status: Option<AgentStatus>,
    pub openclaw_session_id: Option<Option<String>>,
    pub agent_token_hash: Option<Option<String>>,
    pub heartbeat_config: Option<Option<Value>>,
    pub identity_profile: Option<Option<Value>>,
    pub identity_template: Option<Option<String>>,
    pub soul_template: Option<Option<String>>,
    pub provision_requested_at: Option<Option<Timestamp>>,
    pub provision_confirm_token_hash: Option<Option<String>>,
    pub provision_action: Option<Option<String>>,
    pub delete_requested_at: Option<Option<Timestamp>>,
    pub last_seen_at: Option<Option<Timestamp>>,
    pub is_board_lead: Option<bool>,
    pub gateway_id: Option<GatewayId>,
    pub lifecycle_generation: Option<i32>,
    pub wake_attempts: Option<i32>,
    pub last_wake_sent_at: Option<Option<Timestamp>>,
    pub checkin_deadline_at: Option<Option<Timestamp>>,
    pub last_provision_error: Option<Option<String>>,
    pub token_digest: Option<Option<String>>,
    pub last_message_at: Option<Option<Timestamp>>,
    pub paused_at: Option<Option<Timestamp>>,
    pub paced_every: Option<Option<String>>,
    pub status_since: Option<Option<Timestamp>>,
    pub offline_cause: Option<Option<String>>,
    pub last_provision_remedy: Option<Option<String>>,
}

impl AgentChanges {
    /// Why it is not running.
    pub fn failing(why: Reason) -> Self {
        Self {
            last_provision_error: Some(Some(why.cause)),
            last_provision_remedy: Some(why.remedy),
            ..Self::default()
        }
    }

    /// The same, with a remedy that goes with its error.
    pub fn complete(self) -> Self {
        let remedy = self.last_provision_error.as_ref().map(|_| self.last_provision_remedy.clone().flatten());
        Self { last_provision_remedy: remedy, ..self }
    }

    /// Changes `agent` as the row will be changed.
    pub fn apply(self, agent: &mut Agent) {
        fn set<T>(field: &mut T, change: Option<T>) {
            if let Some(value) = change {
                *field = value;
            }
        }
        let Self {
            board_id,
            name,
            status,
            openclaw_session_id,
            agent_token_hash,
            heartbeat_config,
            identity_profile,
            identity_template,
            soul_template,
            provision_requested_at,
            provision_confirm_token_hash,
            provision_action,
            delete_requested_at,
            last_seen_at,
            is_board_lead,
            gateway_id,
            lifecycle_generation,
            wake_attempts,
            last_wake_sent_at,
            checkin_deadline_at,
            last_provision_error,
            token_digest,
            last_message_at,
            paused_at,
            paced_every,
            status_since,
            offline_cause,
            last_provision_remedy,
        } = self.complete();
        set(&mut agent.board_id, board_id);
        set(&mut agent.name, name);
        set(&mut agent.status, status);
        set(&mut agent.openclaw_session_id, openclaw_session_id);
        set(&mut agent.agent_token_hash, agent_token_hash);
        set(&mut agent.heartbeat_config, heartbeat_config);
        set(&mut agent.identity_profile, identity_profile);
        set(&mut agent.identity_template, identity_template);
        set(&mut agent.soul_template, soul_template);
        set(&mut agent.provision_requested_at, provision_requested_at);
        set(&mut agent.provision_confirm_token_hash, provision_confirm_token_hash);
        set(&mut agent.provision_action, provision_action);
        set(&mut agent.delete_requested_at, delete_requested_at);
        set(&mut agent.last_seen_at, last_seen_at);
        set(&mut agent.is_board_lead, is_board_lead);
        set(&mut agent.gateway_id, gateway_id);
        set(&mut agent.lifecycle_generation, lifecycle_generation);
        set(&mut agent.wake_attempts, wake_attempts);
        set(&mut agent.last_wake_sent_at, last_wake_sent_at);
        set(&mut agent.checkin_deadline_at, checkin_deadline_at);
        set(&mut agent.last_provision_error, last_provision_error);
        set(&mut agent.token_digest, token_digest);
        set(&mut agent.last_message_at, last_message_at);
        set(&mut agent.paused_at, paused_at);
        set(&mut agent.paced_every, paced_every);
        set(&mut agent.status_since, status_since);
        set(&mut agent.offline_cause, offline_cause);
        set(&mut agent.last_provision_remedy, last_provision_remedy);
    }
}

/// A workspace file as it was last written to an agent's gateway.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::agent_files, treat_none_as_default_value = false)]
pub struct AgentFile {
    /// Whose it is.
    pub agent_id: AgentId,
    /// Its name, such as `AGENTS.md`.
    pub name: String,
    /// SHA-256 of its content in hex.
    pub sha256: String,
    /// That of the content before: a write that was cut short may have left it.
    pub previous_sha256: Option<String>,
    /// Size of its content in bytes.
    pub size: i64,
    /// When it was written.
    pub written_at: Timestamp,
    /// The agent has changed it since.
    pub edited: bool,
    /// When its gateway last changed it, in that gateway's milliseconds, as of the last look at its content; none when
    /// nobody has looked since it was written.
    pub seen_modified_ms: Option<i64>,
}

/// What an agent was made to do, and did, on one day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::agent_activity_counts)]
pub struct AgentActivityCount {
    /// The agent.
    pub agent_id: AgentId,
    /// The UTC day, `2026-11-23`.
    pub day: String,
    /// Times it was woken.
    pub wakes: i32,
    /// Messages that it was sent.
    pub messages: i32,
    /// Check-ins.
    pub heartbeats: i32,
}
