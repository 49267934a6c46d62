//! `agent.provision`: brings an agent onto its gateway and wakes it.

use mission_control_core::id::{AgentId, OrganizationId};
use mission_control_core::models::{Agent, AgentChanges, AgentStatus};
use mission_control_core::time::Timestamp;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::{StoreError, agents, gateways, jobs};
use serde_json::{Value, json};

use crate::agents::pause;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::booking::{self, CHECK_IN_WITHIN};
use crate::jobs::payload::Provision;
use crate::naming;
use crate::provision::files::Rules;
use crate::provision::load;
use crate::provision::remove::{self, Removal};
use crate::provision::run::{self as steps, Options, Report, Subjects};
use crate::reach::Trouble;
use crate::record;
use crate::text::readable;

pub(super) async fn run(fleet: &Fleet, task: Provision) -> Result<Value, JobError> {
    let found = load::load(fleet, task.agent, &task.edit, task.user).await;
    let (stored, subjects) = match found {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(json!({ "skipped": "the agent is gone" })),
        Err(trouble) => return Err(fail(fleet, &task, None, trouble).await),
    };
    if stored.lifecycle_generation != task.generation || stored.status == AgentStatus::Deleting {
        return Ok(json!({ "skipped": "a newer request replaced this one" }));
    }
    let organization = subjects.organization();
    match attempt(fleet, &task, &subjects).await {
        Ok(report) => {
            leave_former_gateway(fleet, &stored, &subjects.agent).await;
            conclude(fleet, task, organization, report).await
        }
        Err(trouble) => Err(fail(fleet, &task, Some(organization), trouble).await),
    }
}

async fn attempt(fleet: &Fleet, task: &Provision, subjects: &Subjects) -> Result<Report, Trouble> {
    let remote = fleet.gateways().remote(&subjects.gateway).await?;
    let options = Options {
        rules: Rules {
            fresh: task.fresh,
            force_bootstrap: task.force_bootstrap,
            overwrite: false,
            keep_edited: task.keep_edited,
        },
        rotate_token: false,
        reset_session: task.reset_session,
        wake: task.wake && subjects.agent.paused_at.is_none(),
    };
    steps::run(fleet, &remote, subjects, options).await
}

/// Everything worked: the change takes effect, and the agent has until its deadline to check in.
async fn conclude(
    fleet: &Fleet,
    task: Provision,
    organization: OrganizationId,
    report: Report,
) -> Result<Value, JobError> {
    let result = json!({ "folded": report.folded, "woken": report.woken_at.is_some() });
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok(()) };
            if agent.lifecycle_generation != task.generation {
                return Ok(());
            }
            let action = if task.fresh { "provision" } else { "update" };
            // An agent may be faster than this transaction.
            let waiting = report.woken_at.filter(|woken| agent.last_seen_at.is_none_or(|seen| seen < *woken));
            let deadline = waiting.map(|_| Timestamp::now().plus(CHECK_IN_WITHIN));
            let session = task.edit.applied(&agent).openclaw_session_id;
            let to = task.edit.place.map_or(agent.board_id, |place| place.board);
            let changes = AgentChanges {
                openclaw_session_id: Some(session),
                paused_at: Some(pause::after_move(tx, &agent, to)?),
                status: Some(AgentStatus::Online),
                provision_requested_at: Some(None),
                provision_action: Some(None),
                last_provision_error: Some(None),
                last_wake_sent_at: report.woken_at.map(Some),
                wake_attempts: waiting.map(|_| agent.wake_attempts + 1),
                checkin_deadline_at: Some(deadline),
                ..task.edit.changes()
            };
            let agent = agents::update(tx, agent.id, &changes)?;
            let done = if action == "provision" { "Provisioned" } else { "Updated" };
            record::activity_of(
                tx,
                &agent,
                &format!("agent.{action}.direct"),
                format!("{done} directly for {}.", agent.name),
            )?;
            if report.woken_at.is_some() {
                agent_counts::count(tx, agent.id, Counted::Wake)?;
                let message = format!("Wakeup message sent to {}.", agent.name);
                record::activity_of(tx, &agent, "agent.wakeup.sent", message)?;
            }
            record::agent_changed(tx, organization, "agent.updated", &agent);
            if let Some(deadline) = deadline {
                jobs::enqueue(tx, booking::check_in(&agent, organization, deadline))?;
            }
            Ok(())
        })
        .await
        .map_err(|error: StoreError| JobError::from(error))?;
    Ok(result)
}

/// Notes why it failed. An attended change leaves everything else as it was and ends; other runs go on trying.
async fn fail(
    fleet: &Fleet,
    task: &Provision,
    organization: Option<OrganizationId>,
    trouble: Trouble,
) -> JobError {
    if let Trouble::Later { reason, .. } = &trouble {
        let noted = note_delay(fleet, task, organization, reason.clone()).await;
        warn_unless(noted, task.agent);
        return trouble.retry();
    }
    let text = readable(&trouble.text());
    tracing::warn!(agent.id = %task.agent, error = %text, "agent.provision_failed");
    warn_unless(note_failure(fleet, task.clone(), organization, text).await, task.agent);
    if task.attended.is_some() { trouble.give_up() } else { trouble.retry() }
}

fn warn_unless(noted: Result<(), StoreError>, agent: AgentId) {
    if let Err(error) = noted {
        tracing::warn!(agent.id = %agent, error = %error, "agent.provision_failure_not_noted");
    }
}

/// Notes what the work waits for. Nothing has failed.
async fn note_delay(
    fleet: &Fleet,
    task: &Provision,
    organization: Option<OrganizationId>,
    text: String,
) -> Result<(), StoreError> {
    let (id, generation) = (task.agent, task.generation);
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, id)? else { return Ok(()) };
            if agent.lifecycle_generation != generation || agent.last_provision_error.as_ref() == Some(&text)
            {
                return Ok(());
            }
            let changes = AgentChanges { last_provision_error: Some(Some(text)), ..AgentChanges::default() };
            let agent = agents::update(tx, id, &changes)?;
            if let Some(organization) = organization {
                record::agent_changed(tx, organization, "agent.updated", &agent);
            }
            Ok(())
        })
        .await
}

async fn note_failure(
    fleet: &Fleet,
    task: Provision,
    organization: Option<OrganizationId>,
    text: String,
) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok(()) };
            if agent.lifecycle_generation != task.generation {
                return Ok(());
            }
            let mut changes =
                AgentChanges { last_provision_error: Some(Some(text.clone())), ..AgentChanges::default() };
            if let Some(before) = &task.attended {
                changes.status = Some(AgentStatus::from(before.status.as_str()));
                changes.provision_requested_at = Some(None);
                changes.provision_action = Some(None);
            }
            let is_news = agent.last_provision_error.as_ref() != Some(&text);
            let agent = agents::update(tx, agent.id, &changes)?;
            // A gateway that is away for hours is told of once.
            if is_news {
                let action = if task.fresh { "provision" } else { "update" };
                let label = if task.fresh { "Provision" } else { "Update" };
                let kind = format!("agent.{action}.failed");
                record::failure_of(tx, &agent, &kind, format!("{label} message failed: {text}"))?;
            }
            let Some(organization) = organization else { return Ok(()) };
            record::agent_changed(tx, organization, "agent.updated", &agent);
            // The request made the pending look at the last check-in void.
            if let (Some(_), Some(deadline)) = (&task.attended, agent.checkin_deadline_at) {
                jobs::enqueue(tx, booking::check_in(&agent, organization, deadline))?;
            }
            Ok(())
        })
        .await
}

/// Nobody tries any more: the agent is offline, with the cause.
pub(super) async fn gave_up(fleet: &Fleet, task: Provision, message: &str) -> Result<(), FleetError> {
    let text = readable(message);
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok(()) };
            if agent.lifecycle_generation != task.generation {
                return Ok(());
            }
            let status = match &task.attended {
                Some(before) => AgentStatus::from(before.status.as_str()),
                None => AgentStatus::Offline,
            };
            let changes = AgentChanges {
                status: Some(status),
                provision_requested_at: Some(None),
                provision_action: Some(None),
                checkin_deadline_at: Some(None),
                last_provision_error: Some(Some(text)),
                ..AgentChanges::default()
            };
            let agent = agents::update(tx, agent.id, &changes)?;
            if let Some(gateway) = gateways::find(tx, agent.gateway_id)? {
                record::agent_changed(tx, gateway.organization_id, "agent.updated", &agent);
            }
            Ok(())
        })
        .await
        .map_err(|error: StoreError| error.into())
}

/// An agent that moved to another gateway, or to another place on it, leaves nothing at the old one. What cannot be
/// removed does no harm there: its token belongs to the agent, and the agent works elsewhere.
async fn leave_former_gateway(fleet: &Fleet, before: &Agent, after: &Agent) {
    let moved =
        before.gateway_id != after.gateway_id || naming::session_key(before) != naming::session_key(after);
    if !moved || before.token_digest.is_none() {
        return;
    }
    match remove(fleet, before).await {
        Ok(removed) => {
            if let Some(left) = removed.sentence() {
                tracing::warn!(agent.id = %before.id, gateway.id = %before.gateway_id, left, "agent.files_left_behind");
            }
        }
        Err(trouble) => {
            tracing::warn!(agent.id = %before.id, gateway.id = %before.gateway_id, error = %trouble, "agent.left_behind");
        }
    }
}

async fn remove(fleet: &Fleet, agent: &Agent) -> Result<Removal, Trouble> {
    let id = agent.gateway_id;
    let gateway: Option<_> = fleet.db().read(move |conn| gateways::find(conn, id)).await?;
    let Some(gateway) = gateway else { return Ok(Removal::default()) };
    remove::remove(fleet, &gateway, agent).await
}
