//! Agents, and what is in their workspaces.

use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::models::{Agent, AgentState};
use mission_control_core::rules::condition::{self, Condition};
use mission_control_core::rules::doctor::FindingCode;
use mission_control_core::rules::doctor::work::Hindrance;
use mission_control_core::rules::durations::format_every;
use mission_control_core::rules::presence;
use mission_control_core::rules::version::Version;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An agent.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AgentRead {
    /// Id.
    pub id: AgentId,
    /// Its board; none for a gateway's main agent.
    pub board_id: Option<BoardId>,
    /// Its gateway.
    pub gateway_id: GatewayId,
    /// Name.
    pub name: String,
    /// `provisioning`, `online`, `offline`, `updating`, `deleting`, or a word of the agent's own.
    pub status: String,
    /// Heartbeat settings.
    pub heartbeat_config: Option<Value>,
    /// Role, style and further traits.
    pub identity_profile: Option<Value>,
    /// Template that replaces the built-in IDENTITY.
    pub identity_template: Option<String>,
    /// Template that replaces the built-in SOUL.
    pub soul_template: Option<String>,
    /// Leads its board.
    pub is_board_lead: bool,
    /// Is its gateway's main agent.
    pub is_gateway_main: bool,
    /// Session key on the gateway.
    pub openclaw_session_id: Option<String>,
    /// Last check-in.
    pub last_seen_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Why it does not run, with the remedy.
    pub last_provision_error: Option<String>,
    /// Until when it must check in after its last wake.
    pub checkin_deadline_at: Option<Timestamp>,
    /// Wakes since its last check-in.
    pub wake_attempts: i32,
    /// Counts lifecycle runs.
    pub lifecycle_generation: i32,
    /// What is really going on: `provisioning`, `waking`, `online`, `updating`, `offline`, `failed`, `deleting`, `paused`.
    pub state: AgentState,
    /// Since when, as far as is known.
    pub since: Option<Timestamp>,
    /// What is wrong, if anything.
    pub cause: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// Since when it is paused.
    pub paused_at: Option<Timestamp>,
    /// The heartbeat interval in effect: slower than its own while its board is idle; none when it has no heartbeats.
    pub heartbeat_every: Option<String>,
    /// When its next heartbeat is due; in the past when it is late.
    pub next_heartbeat_at: Option<Timestamp>,
    /// Names what people change of it, for `If-Match`.
    pub version: String,
}

impl AgentRead {
    /// What people change of an agent.
    pub fn seen_of(agent: &Agent) -> Version {
        Version::default()
            .with("name", &agent.name)
            .with("board_id", &agent.board_id)
            .with("gateway_id", &agent.gateway_id)
            .with("heartbeat_config", &agent.heartbeat_config)
            .with("identity_profile", &agent.identity_profile)
            .with("identity_template", &agent.identity_template)
            .with("soul_template", &agent.soul_template)
    }

    /// `agent` as it is at `now`: silence makes it offline.
    pub fn of(agent: &Agent, now: Timestamp) -> Self {
        let Condition { state, since, cause, remedy, next_heartbeat_at } = condition::of(agent, now);
        let agent = agent.clone();
        Self {
            state,
            since,
            cause,
            remedy,
            next_heartbeat_at,
            version: Self::seen_of(&agent).into(),
            heartbeat_every: presence::heartbeat_interval(&agent).map(format_every),
            last_provision_error: agent.failure().map(|why| why.to_string()),
            paused_at: agent.paused_at,
            status: presence::computed_status(&agent, now).as_str().to_owned(),
            is_gateway_main: agent.board_id.is_none(),
            id: agent.id,
            board_id: agent.board_id,
            gateway_id: agent.gateway_id,
            name: agent.name,
            heartbeat_config: agent.heartbeat_config,
            identity_profile: agent.identity_profile,
            identity_template: agent.identity_template,
            soul_template: agent.soul_template,
            is_board_lead: agent.is_board_lead,
            openclaw_session_id: agent.openclaw_session_id,
            last_seen_at: agent.last_seen_at,
            created_at: agent.created_at,
            updated_at: agent.updated_at,
            checkin_deadline_at: agent.checkin_deadline_at,
            wake_attempts: agent.wake_attempts,
            lifecycle_generation: agent.lifecycle_generation,
        }
    }
}

impl AgentRead {
    /// Whether a job is to bring it on.
    pub const fn waits_for_a_job(&self) -> bool {
        matches!(self.state, AgentState::Provisioning | AgentState::Updating | AgentState::Deleting)
    }

    /// Says why nothing is done for it, if a job is to bring it on. Where no worker is alive, nothing is tried again either,
    /// whatever stood in its way before.
    pub fn hinder(&mut self, hindrance: &Hindrance) {
        if self.waits_for_a_job() && (self.cause.is_none() || hindrance.code == FindingCode::NoWorker) {
            self.cause = Some(hindrance.reason.cause.clone());
            self.remedy.clone_from(&hindrance.reason.remedy);
        }
    }
}

/// A workspace file of an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentFileRead {
    /// Its name.
    pub name: String,
    /// Size in bytes, where the gateway says it.
    pub size: Option<i64>,
    /// When Mission Control wrote it last; none when it did not.
    pub written_at: Option<Timestamp>,
    /// The agent has changed it since, as far as was seen.
    pub edited: bool,
}

/// The content of a workspace file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentFileContent {
    /// Its name.
    pub name: String,
    /// Its content, without tokens.
    pub content: String,
    /// The content was too long and is cut.
    pub truncated: bool,
    /// When Mission Control wrote it last; none when it did not.
    pub written_at: Option<Timestamp>,
    /// The agent has changed it since.
    pub edited: bool,
}

#[cfg(test)]
mod tests {
    use mission_control_core::models::AgentStatus;
    use mission_control_core::reason::Reason;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("provisioning", None, FindingCode::QueueGrowing, Some("hindered"))]
    #[case("updating", None, FindingCode::NoWorker, Some("hindered"))]
    #[case("deleting", None, FindingCode::NoWorker, Some("hindered"))]
    #[case("offline", Some("disk full"), FindingCode::NoWorker, Some("disk full"))]
    #[case("updating", Some("disk full"), FindingCode::QueueGrowing, Some("Trying again: disk full"))]
    #[case("updating", Some("disk full"), FindingCode::NoWorker, Some("hindered"))]
    fn who_waits_for_a_job_says_what_hinders_it(
        #[case] status: &str,
        #[case] failure: Option<&str>,
        #[case] code: FindingCode,
        #[case] cause: Option<&str>,
    ) {
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.status = AgentStatus::from(status);
        agent.last_provision_error = failure.map(str::to_owned);
        let mut read = AgentRead::of(&agent, Timestamp::now());
        read.hinder(&Hindrance { code, reason: Reason::new("hindered", Some("start one")) });
        assert_eq!(read.cause.as_deref(), cause);
    }
}
