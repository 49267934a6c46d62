//! The kinds of jobs.

use std::time::Duration;

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Job, Lane};
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::NewJob;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::payload::{
    CheckIn, DeleteAgent, DeleteBoard, DeleteGateway, DeleteOrganization, DeleteUser, DeliverWebhook,
    FirstMessage, Message, Provision, Prune, Receipt, Reconcile, ReconcileAll, SetSkill, SyncSkillPack,
    SyncTemplates, Wake, WriteConfig, WriteSoul,
};
use crate::error::JobError;

/// Every kind of job that this version knows.
const KINDS: &[&str] = &[
    "agent.provision",
    "agent.wake",
    "agent.check_in",
    "agent.message",
    "agent.receipt",
    "agent.write_soul",
    "webhook.deliver",
    "agent.delete",
    "board.delete",
    "gateway.delete",
    "organization.delete",
    "user.delete",
    "gateway.sync_templates",
    "gateway.write_config",
    "maintenance.prune",
    "skill_pack.sync",
    "gateway.set_skill",
    "gateway.reconcile",
    "fleet.reconcile",
];

/// What a job does; stored as `kind` and `payload`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload")]
pub(crate) enum Task {
    /// Brings an agent onto its gateway, or its gateway's copy up to date, and wakes it.
    #[serde(rename = "agent.provision")]
    Provision(Provision),
    /// Wakes an agent.
    #[serde(rename = "agent.wake")]
    Wake(Wake),
    /// Looks whether a woken agent checked in.
    #[serde(rename = "agent.check_in")]
    CheckIn(CheckIn),
    /// Says something in an agent's session.
    #[serde(rename = "agent.message")]
    Message(Message),
    /// The same in its first form, in which the job held what is said.
    #[serde(rename = "agent.message:1")]
    FirstMessage(FirstMessage),
    /// Looks whether a message that the gateway took started a turn.
    #[serde(rename = "agent.receipt")]
    Receipt(Receipt),
    /// Writes an agent's SOUL.md.
    #[serde(rename = "agent.write_soul")]
    WriteSoul(WriteSoul),
    /// Tells an agent what was posted to a webhook.
    #[serde(rename = "webhook.deliver")]
    DeliverWebhook(DeliverWebhook),
    /// Removes an agent from its gateway, then its row.
    #[serde(rename = "agent.delete")]
    DeleteAgent(DeleteAgent),
    /// Removes a board's agents from their gateway, then the board.
    #[serde(rename = "board.delete")]
    DeleteBoard(DeleteBoard),
    /// Removes a gateway's main agent from it, then the gateway.
    #[serde(rename = "gateway.delete")]
    DeleteGateway(DeleteGateway),
    /// Removes an organization's agents from their gateways, then the organization.
    #[serde(rename = "organization.delete")]
    DeleteOrganization(DeleteOrganization),
    /// Deletes an account, with the organizations that nobody else is in.
    #[serde(rename = "user.delete")]
    DeleteUser(DeleteUser),
    /// Writes the workspace files of a gateway's agents anew.
    #[serde(rename = "gateway.sync_templates")]
    SyncTemplates(SyncTemplates),
    /// Makes a gateway's configuration have the settings of its agents.
    #[serde(rename = "gateway.write_config")]
    WriteConfig(WriteConfig),
    /// Deletes what is kept long enough.
    #[serde(rename = "maintenance.prune")]
    Prune(Prune),
    /// Brings the catalogue of skills up to date with a pack's repository.
    #[serde(rename = "skill_pack.sync")]
    SyncSkillPack(SyncSkillPack),
    /// Has a skill installed on a gateway, or removed.
    #[serde(rename = "gateway.set_skill")]
    SetSkill(SetSkill),
    /// Brings the agents of a gateway to what they shall be.
    #[serde(rename = "gateway.reconcile")]
    Reconcile(Reconcile),
    /// Has every gateway looked at.
    #[serde(rename = "fleet.reconcile")]
    ReconcileAll(ReconcileAll),
}

/// Attempts of a job that nobody waits for, or that goes on after the waiting.
const ATTEMPTS: i32 = 5;
/// Attempts of a job that ends with its first failure: only a crash of the worker makes it run again. Crashes are seldom
/// the job's fault; if they are, it may not go on for ever.
const ATTEMPTS_AFTER_CRASH: i32 = 10;

impl Task {
    /// The task of `job`, whichever form its payload has. What a newer version of Mission Control enqueued waits for a
    /// worker of that version.
    pub(crate) fn of(job: &Job) -> Result<Self, JobError> {
        if !KINDS.contains(&job.kind.as_str()) || job.version > newest_form(&job.kind) {
            let (kind, version) = (&job.kind, job.version);
            if Timestamp::now().since(job.created_at) > UPGRADE_WITHIN {
                let message = format!(
                    "no worker knows form {version} of {kind} jobs; upgrade the workers, then queue it again"
                );
                return Err(JobError::Fatal { message });
            }
            let reason = format!("form {version} of {kind} jobs is known to newer workers only");
            return Err(JobError::Later { reason, after: NEWER_WORKER_WITHIN });
        }
        let value = serde_json::json!({ "kind": read_as(&job.kind, job.version), "payload": job.payload });
        serde_json::from_value(value).map_err(|error| JobError::Fatal {
            message: format!("job {} is not understood: {error}", job.kind),
        })
    }

    /// The job to enqueue for this task.
    pub(crate) fn job(&self, organization: impl Into<Option<OrganizationId>>) -> NewJob {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        let payload = value.get_mut("payload").map(Value::take).unwrap_or_default();
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        let version = newest_form(&kind);
        let mut job = NewJob::new(kind, payload);
        job.version = version;
        (job.agent_id, job.board_id, job.gateway_id) = self.about();
        job.lane = self.lane();
        job.max_attempts = self.attempts();
        job.group_key = Some(self.group());
        job.organization_id = organization.into();
        job
    }

    const fn lane(&self) -> Lane {
        match self {
            Self::CheckIn(_)
            | Self::Receipt(_)
            | Self::DeliverWebhook(_)
            | Self::Prune(_)
            | Self::Reconcile(_)
            | Self::ReconcileAll(_) => Lane::Bulk,
            Self::Wake(task) if !task.attended => Lane::Bulk,
            Self::Message(task) if !task.urgent => Lane::Bulk,
            Self::Provision(task) if task.attended.is_none() && !task.fresh => Lane::Bulk,
            _ => Lane::Interactive,
        }
    }

    const fn attempts(&self) -> i32 {
        match self {
            Self::Provision(task) if task.attended.is_some() => ATTEMPTS_AFTER_CRASH,
            Self::Message(task) if task.has_waiter() => ATTEMPTS_AFTER_CRASH,
            Self::Wake(task) if task.attended => ATTEMPTS_AFTER_CRASH,
            Self::Provision(_)
            | Self::Wake(_)
            | Self::CheckIn(_)
            | Self::Message(_)
            | Self::Receipt(_)
            | Self::DeliverWebhook(_)
            | Self::WriteConfig(_) => ATTEMPTS,
            _ => ATTEMPTS_AFTER_CRASH,
        }
    }

    /// What it is about, as far as it says itself.
    fn about(&self) -> (Option<AgentId>, Option<BoardId>, Option<GatewayId>) {
        match self {
            Self::Provision(task) => (Some(task.agent), None, None),
            Self::Wake(task) => (Some(task.agent), None, None),
            Self::CheckIn(task) => (Some(task.agent), None, None),
            Self::Message(task) => (Some(task.agent), None, None),
            Self::FirstMessage(task) => (Some(task.agent), None, None),
            Self::Receipt(task) => (Some(task.agent), None, None),
            Self::WriteSoul(task) => (Some(task.agent), None, None),
            Self::DeleteAgent(task) => (Some(task.agent), None, None),
            Self::DeliverWebhook(task) => (None, Some(task.board), None),
            Self::DeleteBoard(task) => (None, Some(task.board), None),
            Self::DeleteGateway(task) => (None, None, Some(task.gateway)),
            Self::SyncTemplates(task) => (None, None, Some(task.gateway)),
            Self::WriteConfig(task) => (None, None, Some(task.gateway)),
            Self::SetSkill(task) => (None, None, Some(task.gateway)),
            Self::Reconcile(task) => (None, None, Some(task.gateway)),
            Self::DeleteOrganization(_)
            | Self::DeleteUser(_)
            | Self::Prune(_)
            | Self::SyncSkillPack(_)
            | Self::ReconcileAll(_) => (None, None, None),
        }
    }

    fn group(&self) -> String {
        match self {
            Self::Provision(task) => format!("agent:{}", task.agent),
            Self::Wake(task) => format!("agent:{}", task.agent),
            Self::CheckIn(task) => format!("agent:{}", task.agent),
            Self::Message(task) => format!("agent:{}", task.agent),
            Self::FirstMessage(task) => format!("agent:{}", task.agent),
            Self::Receipt(task) => format!("agent:{}", task.agent),
            Self::WriteSoul(task) => format!("agent:{}", task.agent),
            Self::DeliverWebhook(task) => format!("webhook:{}", task.webhook),
            Self::DeleteAgent(task) => format!("agent:{}", task.agent),
            Self::DeleteBoard(task) => format!("board:{}", task.board),
            Self::DeleteGateway(task) => format!("gateway:{}", task.gateway),
            Self::DeleteOrganization(task) => format!("organization:{}", task.organization),
            Self::DeleteUser(task) => format!("user:{}", task.user),
            Self::SyncTemplates(task) => format!("gateway:{}", task.gateway),
            Self::WriteConfig(task) => format!("gateway:{}", task.gateway),
            Self::Prune(_) => "maintenance".to_owned(),
            Self::SyncSkillPack(task) => format!("skill_pack:{}", task.pack),
            Self::SetSkill(task) => format!("gateway:{}", task.gateway),
            Self::Reconcile(task) => format!("gateway:{}", task.gateway),
            Self::ReconcileAll(_) => "fleet".to_owned(),
        }
    }
}

/// The form of a kind's payload that this version writes; it reads all the older ones.
fn newest_form(kind: &str) -> i32 {
    match kind {
        "agent.message" => 2,
        _ => 1,
    }
}

/// The kind under which a payload of the form `version` is read.
fn read_as(kind: &str, version: i32) -> &str {
    match (kind, version) {
        ("agent.message", 1) => "agent.message:1",
        _ => kind,
    }
}

/// How soon a job that this worker does not know is offered again.
const NEWER_WORKER_WITHIN: Duration = Duration::from_secs(30);
/// How long it may stay unknown.
const UPGRADE_WITHIN: Duration = Duration::from_secs(24 * 3600);

#[cfg(test)]
mod tests {
    use mission_control_core::id::JobId;
    use mission_control_core::models::JobState;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_task_survives_the_jobs_table() {
        let task = Task::CheckIn(CheckIn { agent: AgentId::random(), generation: 3 });
        let value = serde_json::to_value(&task).unwrap();
        assert_eq!(value["kind"], "agent.check_in");
        assert_eq!(serde_json::from_value::<Task>(value).unwrap(), task);
    }

    fn job(kind: &str, version: i32, payload: Value) -> Job {
        let now = Timestamp::now();
        Job {
            id: JobId::random(),
            kind: kind.to_owned(),
            payload,
            lane: Lane::Bulk,
            group_key: None,
            dedupe_key: None,
            state: JobState::Running,
            attempts: 1,
            max_attempts: 3,
            run_at: now,
            lease_until: None,
            leased_by: None,
            progress: 0,
            progress_message: None,
            result: None,
            last_error: None,
            organization_id: None,
            created_at: now,
            started_at: None,
            finished_at: None,
            version,
            agent_id: None,
            board_id: None,
            gateway_id: None,
            cancel_requested_at: None,
            deaths: 0,
        }
    }

    #[test]
    fn a_payload_of_an_older_form_is_still_read() {
        let agent = AgentId::random();
        let old = json!({ "agent": agent, "text": "Hello", "sent": null, "failed": null });
        let task = Task::of(&job("agent.message", 1, old)).unwrap();
        let Task::FirstMessage(task) = task else { panic!("{task:?}") };
        assert_eq!((task.agent, task.text.as_str()), (agent, "Hello"));
    }

    #[test]
    fn what_a_newer_version_enqueued_waits_for_its_workers_and_is_given_up_after_a_day() {
        for (kind, version) in [("agent.message", 3), ("agent.sing", 1)] {
            let mut job = job(kind, version, json!({}));
            assert!(matches!(Task::of(&job), Err(JobError::Later { .. })), "{kind}");
            job.created_at = Timestamp::now().minus(2 * UPGRADE_WITHIN);
            assert!(matches!(Task::of(&job), Err(JobError::Fatal { .. })), "{kind}");
        }
    }

    #[test]
    fn every_kind_is_known_by_its_name() {
        for kind in KINDS {
            assert!(matches!(Task::of(&job(kind, 1, json!(null))), Ok(_) | Err(JobError::Fatal { .. })));
        }
    }
}
