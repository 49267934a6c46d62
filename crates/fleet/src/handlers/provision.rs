//! `agent.provision`: brings an agent onto its gateway and wakes it.

use mission_control_core::id::{AgentId, OrganizationId};
use mission_control_core::models::{ActivityEvent, Agent, AgentChanges, Job};
use mission_control_core::reason::Reason;
use mission_control_core::rules::lifecycle::{self, Step};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, activity, agents, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::agents::pause;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::Provision;
use crate::provision::files::Rules;
use crate::provision::load;
use crate::provision::remove::{self, Removal};
use crate::provision::run::{self as steps, Options, Report, Subjects};
use crate::reach::Trouble;
use crate::text::one_line;
use crate::{life, naming, record};

impl Handler for Provision {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let found = load::load(fleet, self.agent, &self.edit, self.user).await;
        let (stored, subjects) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(json!({ "skipped": "the agent is gone" })),
            Err(trouble) => return Err(fail(fleet, &self, None, trouble).await),
        };
        if !lifecycle::is_current(&stored, self.generation) {
            return Ok(json!({ "skipped": "a newer request replaced this one" }));
        }
        let organization = subjects.organization();
        match attempt(fleet, &self, &subjects).await {
            Ok(report) => {
                warn_unless_told(leave_former_gateway(fleet, &stored, &subjects.agent).await, &stored);
                conclude(fleet, self, organization, report).await
            }
            Err(trouble) => Err(fail(fleet, &self, Some(organization), trouble).await),
        }
    }

    /// Nobody tries any more: the agent is offline, with the cause; one that was to be changed is as it was.
    async fn gave_up(self, fleet: &Fleet, _: &Job, why: &Reason) -> Result<(), FleetError> {
        let why = why.clone();
        fleet
            .db()
            .write(move |tx| {
                let agent = agents::lock_current(tx, self.agent, self.generation)?;
                let Some(agent) = agent else { return Ok(()) };
                let step = match &self.attended {
                    Some(before) => lifecycle::put_back(&agent, before.status(), why),
                    None => lifecycle::failed(why),
                };
                let gateway = gateways::find(tx, agent.gateway_id)?;
                write(tx, gateway.map(|gateway| gateway.organization_id), &agent, &step).map(drop)
            })
            .await
            .map_err(|error: StoreError| error.into())
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
    provision: Provision,
    organization: OrganizationId,
    report: Report,
) -> Result<Value, JobError> {
    let result = json!({ "folded": report.folded, "woken": report.woken_at.is_some() });
    fleet
        .db()
        .write(move |tx| {
            let agent = agents::lock_current(tx, provision.agent, provision.generation)?;
            let Some(agent) = agent else { return Ok(()) };
            let session = provision.edit.applied(&agent).openclaw_session_id;
            let to = provision.edit.place.map_or(agent.board_id, |place| place.board);
            let step = lifecycle::provisioned(&agent, report.woken_at, Timestamp::now());
            let changes = AgentChanges {
                openclaw_session_id: Some(session),
                paused_at: Some(pause::after_move(tx, &agent, to)?),
                ..provision.edit.on_top_of(step.changes)
            };
            let agent = life::take(tx, organization, agent.id, &Step { changes, ..step })?;
            let (kind, done) = match provision.fresh {
                true => ("agent.provision.direct", "Provisioned"),
                false => ("agent.update.direct", "Updated"),
            };
            record::activity_of(tx, &agent, kind, format!("{done} directly for {}.", agent.name))?;
            if report.woken_at.is_some() {
                life::woken(tx, &agent)?;
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
        let noted = note_delay(fleet, task, organization, reason.as_str().into()).await;
        warn_unless(noted, task.agent);
        return trouble.retry();
    }
    let why = trouble.reason();
    tracing::warn!(agent_id = %task.agent, error = %why, "agent not provisioned");
    warn_unless(note_failure(fleet, task.clone(), organization, why).await, task.agent);
    if task.attended.is_some() { trouble.give_up() } else { trouble.retry() }
}

fn warn_unless(noted: Result<(), StoreError>, agent: AgentId) {
    if let Err(error) = noted {
        tracing::warn!(agent_id = %agent, %error, "failure to provision an agent not written down");
    }
}

/// Notes what the work waits for. Nothing has failed.
async fn note_delay(
    fleet: &Fleet,
    provision: &Provision,
    organization: Option<OrganizationId>,
    why: Reason,
) -> Result<(), StoreError> {
    let (id, generation) = (provision.agent, provision.generation);
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock_current(tx, id, generation)? else { return Ok(()) };
            if agent.failure().as_ref() == Some(&why) {
                return Ok(());
            }
            write(tx, organization, &agent, &lifecycle::held_up(why)).map(drop)
        })
        .await
}

async fn note_failure(
    fleet: &Fleet,
    provision: Provision,
    organization: Option<OrganizationId>,
    why: Reason,
) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let agent = agents::lock_current(tx, provision.agent, provision.generation)?;
            let Some(agent) = agent else { return Ok(()) };
            let is_news = agent.failure().as_ref() != Some(&why);
            let step = match &provision.attended {
                Some(before) => lifecycle::put_back(&agent, before.status(), why.clone()),
                None => lifecycle::held_up(why.clone()),
            };
            let agent = write(tx, organization, &agent, &step)?;
            // A gateway that is away for hours is told of once.
            if !is_news {
                return Ok(());
            }
            let (kind, label) = match provision.fresh {
                true => ("agent.provision.failed", "Provision"),
                false => ("agent.update.failed", "Update"),
            };
            record::failure_of(tx, &agent, kind, format!("{label} message failed: {why}"))
        })
        .await
}

/// Takes a step of an agent whose gateway may be gone: then nobody is told of it.
fn write(
    tx: &mut Tx<'_>,
    organization: Option<OrganizationId>,
    agent: &Agent,
    step: &Step,
) -> Result<Agent, StoreError> {
    match organization {
        Some(organization) => life::take(tx, organization, agent.id, step),
        None => agents::update(tx, agent.id, &step.changes),
    }
}

/// An agent that moved to another gateway, or to another place on it, leaves nothing at the old one. What cannot be
/// removed does no harm there, since its token belongs to the agent, and the agent works elsewhere; people are told where it is.
async fn leave_former_gateway(fleet: &Fleet, before: &Agent, after: &Agent) -> Result<(), StoreError> {
    let moved =
        before.gateway_id != after.gateway_id || naming::session_key(before) != naming::session_key(after);
    if !moved || before.token_digest.is_none() {
        return Ok(());
    }
    let id = before.gateway_id;
    let gateway: Option<_> = fleet.db().read(move |conn| gateways::find(conn, id)).await?;
    let Some(gateway) = gateway else { return Ok(()) };
    let removed = match remove::remove(fleet, &gateway, before).await {
        Ok(removed) => removed,
        Err(trouble) => Removal::nothing_of(before, &gateway, &trouble),
    };
    let Some(left) = removed.sentence() else { return Ok(()) };
    tracing::warn!(agent_id = %before.id, gateway_id = %id, left, "files of an agent left behind");
    let message = format!("{} moved away from {}. {left}", one_line(&after.name), one_line(&gateway.name));
    let event = ActivityEvent::new("agent.move.left_behind", message).agent(after.id).board(after.board_id);
    fleet.db().write(move |tx| activity::record(tx, &event)).await
}

fn warn_unless_told(told: Result<(), StoreError>, agent: &Agent) {
    if let Err(error) = told {
        tracing::warn!(agent_id = %agent.id, gateway_id = %agent.gateway_id, %error, "agent left behind");
    }
}
