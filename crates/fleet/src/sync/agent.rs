//! Syncing one agent.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, AgentStatus};
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Features, RpcErrorKind};
use mission_control_shapes::TemplatesSyncResult;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::{StoreError, agents};

use super::outcome::Outcome;
use crate::fleet::Fleet;
use crate::jobs::SyncOptions;
use crate::naming::OnGateway;
use crate::provision::files::Rules;
use crate::provision::run::{self, Options, Report, Subjects};
use crate::provision::token::{self, Standing};
use crate::reach::{Remote, Trouble, remote};
use crate::{life, record};

/// What the gateway has of an agent.
pub(super) enum Found {
    /// Everything needed to write its files; how far its token is known.
    Present(Standing),
    /// Its agent entry is gone.
    Lost,
    /// Its token cannot be read.
    NoToken,
}

pub(super) async fn sync(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: &SyncOptions,
    result: &mut TemplatesSyncResult,
) -> Result<Outcome, Trouble> {
    let agent = subjects.agent.clone();
    if agent.status == AgentStatus::Deleting {
        return Ok(Outcome::Skipped);
    }
    let place = remote.place(&agent, &subjects.gateway);
    let found = match look(remote, &agent, &place).await {
        Ok(found) => found,
        Err(trouble) => return failed(trouble, remote, &agent, result),
    };
    let never_lived = lifecycle::never_lived(&agent);
    let may_write_token = options.rotate_tokens || never_lived;
    match found {
        Found::Lost if !may_write_token => {
            result.note(Some(&agent), lost(&place));
            return Ok(Outcome::Skipped);
        }
        Found::NoToken if !may_write_token => {
            result.note(Some(&agent), NO_TOKEN.to_owned());
            return Ok(Outcome::Skipped);
        }
        _ => {}
    }
    // An attempt that was cut short may have brought a lost agent back already; its row tells.
    let anew = matches!(found, Found::Lost) || never_lived || agent.status == AgentStatus::Provisioning;
    if matches!(found, Found::Lost) && !never_lived {
        note_lost(fleet, &agent, subjects.organization()).await?;
    }
    let how = Options {
        rules: Rules {
            fresh: anew,
            force_bootstrap: options.force_bootstrap,
            overwrite: options.overwrite,
            keep_edited: !options.overwrite,
        },
        rotate_token: may_write_token,
        reset_session: options.reset_sessions,
        // Nobody is disturbed for new texts; one that was lost, or has failed, has to be started.
        wake: (anew && (agent.board_id.is_some() || !never_lived) || agent.status == AgentStatus::Offline)
            && agent.paused_at.is_none(),
    };
    match run::run(fleet, remote, subjects, how).await {
        Ok(report) => {
            result.keep(report.kept.iter().map(|file| format!("{}: {file}", agent.name)));
            if report.foreign_token {
                result.note(Some(&agent), FOREIGN_TOKEN.to_owned());
            }
            conclude(fleet, subjects, report).await?;
            Ok(Outcome::Updated)
        }
        Err(trouble) => failed(trouble, remote, &agent, result),
    }
}

/// From now on the agent is being brought back: should that be cut short, the next attempt goes on with it, or the
/// reconciler does.
async fn note_lost(fleet: &Fleet, agent: &Agent, organization: OrganizationId) -> Result<(), StoreError> {
    let id = agent.id;
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, id)? else { return Ok(()) };
            if agent.status == AgentStatus::Deleting {
                return Ok(());
            }
            let step = lifecycle::found_lost(LOST.into(), Timestamp::now());
            life::take(tx, organization, id, &step).map(drop)
        })
        .await
}

/// What an agent says while it is brought back.
const LOST: &str = "its gateway had no such agent any more";

pub(super) const NO_TOKEN: &str = "Skipping agent: unable to read AUTH_TOKEN from TOOLS.md or AGENTS.md (run with \
     rotate_tokens=true to re-key).";
pub(super) const FOREIGN_TOKEN: &str = "Warning: AUTH_TOKEN in TOOLS.md is not the agent's token, so the agent cannot \
     authenticate (run with rotate_tokens=true to re-key).";

pub(super) fn lost(place: &OnGateway) -> String {
    let key = &place.key;
    format!(
        "Skipping agent: the gateway has no agent `{key}` (its entry is missing in openclaw.json), so TOOLS.md cannot \
         be read. Run the sync with rotate_tokens=true to create the entry again with a new token."
    )
}

pub(super) async fn look(remote: &Remote, agent: &Agent, place: &OnGateway) -> Result<Found, Trouble> {
    match token::find(remote, agent, &place.key).await {
        Ok(Some((_, standing))) => Ok(Found::Present(standing)),
        Ok(None) => Ok(Found::NoToken),
        Err(Trouble::Gateway(error)) if remote::is_missing_agent(&error) => Ok(Found::Lost),
        Err(trouble) => Err(trouble),
    }
}

/// Notes the failure of one agent; the database's is everybody's.
pub(super) fn failed(
    trouble: Trouble,
    remote: &Remote,
    agent: &Agent,
    result: &mut TemplatesSyncResult,
) -> Result<Outcome, Trouble> {
    let text = match &trouble {
        Trouble::Store(_) | Trouble::Later { .. } => return Err(trouble),
        Trouble::Gateway(error) if remote::kind(error) == Some(RpcErrorKind::UnsupportedFile) => {
            let version = remote.info().server_version.as_deref().unwrap_or("of unknown version");
            format!(
                "Gateway rejected required workspace files as unsupported: {error}. The gateway ({version}) is older \
                 or newer than what is known; all known releases keep {}. Upgrade the gateway.",
                Features::FILES_OF_ALL.join(", ")
            )
        }
        other => format!("Failed to sync templates: {}", other.reason()),
    };
    result.note(Some(agent), text);
    match trouble {
        Trouble::Gateway(error) if error.rpc().is_none() => Ok(Outcome::GatewayLost),
        _ => Ok(Outcome::Skipped),
    }
}

/// The agent is well again; one that was woken has until its deadline to say so.
async fn conclude(fleet: &Fleet, subjects: &Subjects, report: Report) -> Result<(), StoreError> {
    let (id, organization) = (subjects.agent.id, subjects.organization());
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, id)? else { return Ok(()) };
            let step = lifecycle::synced(&agent, report.woken_at, Timestamp::now());
            let agent = life::take(tx, organization, id, &step)?;
            if report.woken_at.is_some() {
                agent_counts::count(tx, id, Counted::Wake)?;
            }
            let message = format!("Templates synced for {}.", agent.name);
            record::activity_of(tx, &agent, "agent.update.direct", message)
        })
        .await
}
