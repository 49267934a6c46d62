//! The reconciler: brings the agents of a gateway to what they shall be, or says why it cannot.
//!
//! One job per gateway looks at everything at once: rows and their jobs ([`desired`]), the gateway's agents, files and
//! configuration ([`observe`]), and the pace of heartbeats ([`pace`]). A pure rule decides per agent
//! ([`mission_control_core::rules::reconcile`]); what it decides is written under the agent's lifecycle generation
//! ([`act`]) and carried out by the same jobs that people's requests use. So it may be cut short, or run twice, at any
//! point. It runs when something happened that may concern it, and every few minutes.

mod act;
mod desired;
mod observe;
mod pace;

use mission_control_core::id::GatewayId;
use mission_control_core::limits::NAMED;
use mission_control_core::models::Gateway;
use mission_control_core::reason::Reason;
use mission_control_core::rules::reconcile::{Action, Observed, decide};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::GetHealth;
use mission_control_shapes::ReconcileReport;
use mission_control_store::{StoreError, agents, gateways};

use crate::fleet::Fleet;
use crate::provision::config_write;
use crate::reach::{Remote, Trouble};

/// Looks at a gateway once. A gateway that does not answer is part of the report.
pub(crate) async fn run(fleet: &Fleet, gateway: &Gateway) -> Result<ReconcileReport, Trouble> {
    look(fleet, gateway, true).await
}

/// Says what a look would set off for the gateway's agents; nothing is written here or there.
pub(crate) async fn plan(fleet: &Fleet, gateway: &Gateway) -> Result<ReconcileReport, Trouble> {
    look(fleet, gateway, false).await
}

async fn look(fleet: &Fleet, gateway: &Gateway, acts: bool) -> Result<ReconcileReport, Trouble> {
    let id = gateway.id;
    let wanted = fleet.db().snapshot(move |conn| desired::load(conn, id)).await?;
    let mut report = ReconcileReport { agents: wanted.agents.len(), ..ReconcileReport::default() };
    let (remote, unreachable) = match reach(fleet, gateway).await {
        Ok(remote) => (Some(remote), None),
        Err(trouble @ Trouble::Gateway(_)) => (None, Some(trouble.reason())),
        Err(trouble) => return Err(trouble),
    };
    report.unreachable = unreachable.as_ref().map(Reason::to_string);
    if acts {
        note_reachability(fleet, id, unreachable).await?;
    }
    let up_since = reached_since(fleet, id).await?;
    let (mut sights, settings) = match &remote {
        Some(remote) => observe::look(remote, gateway, &wanted).await?,
        None => Default::default(),
    };
    report.remarks = settings.iter().take(NAMED).map(|setting| remark(setting)).collect();
    for one in &wanted.agents {
        let sight = sights.remove(&one.agent.id);
        let observed = sight.as_ref().map_or(Observed::Unreachable, |sight| sight.observed);
        let action = decide(&one.desired(gateway.drift_policy, up_since), observed, Timestamp::now());
        let line = match acts {
            true if action == Action::Nothing => None,
            true => act::act(fleet, gateway.organization_id, one, action).await?,
            false => act::said(action),
        };
        if let Some(line) = line {
            if acts {
                tracing::info!(agent_id = %one.agent.id, gateway_id = %id, action = line, "agent reconciled");
            }
            if report.actions.len() < NAMED {
                report.actions.push(format!("{}: {line}", one.agent.name));
            }
        }
        if let Some(sight) = sight {
            let edited = sight.edited.iter().map(|file| format!("{}: {file}", one.agent.name));
            report.edited.extend(edited.take(NAMED.saturating_sub(report.edited.len())));
            if acts {
                observe::note_looks(fleet, sight.looks).await?;
            }
        }
    }
    if !acts {
        return Ok(report);
    }
    report.paced = pace::apply(fleet, gateway).await?;
    if let Some(remote) = remote
        && !wanted.busy
    {
        report.config_written = config_write::bring_up_to_date(fleet, &remote, gateway).await?;
    }
    Ok(report)
}

fn remark(setting: &str) -> String {
    format!(
        "An earlier release of Mission Control may have set {setting} for the whole gateway. It is not needed any more: if you \
         did not set it yourself, remove it (`openclaw config unset {setting}`)."
    )
}

async fn reach(fleet: &Fleet, gateway: &Gateway) -> Result<Remote, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    remote.ask_once(&GetHealth {}).await?;
    Ok(remote)
}

/// The silence of agents has a cause while their gateway is away.
async fn note_reachability(
    fleet: &Fleet,
    gateway: GatewayId,
    unreachable: Option<Reason>,
) -> Result<(), StoreError> {
    let why = unreachable.map(|why| why.because(|cause| format!("The gateway cannot be reached: {cause}")));
    fleet.db().write(move |tx| agents::set_silence(tx, gateway, why.as_ref())).await
}

async fn reached_since(fleet: &Fleet, gateway: GatewayId) -> Result<Option<Timestamp>, StoreError> {
    let row = fleet.db().read(move |conn| gateways::find(conn, gateway)).await?;
    Ok(row.and_then(|row| row.last_connected_at))
}
