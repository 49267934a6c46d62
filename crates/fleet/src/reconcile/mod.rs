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

use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::models::Gateway;
use mission_control_core::rules::reconcile::{Action, Observed, decide};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::GatewayVersion;
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, Tx, agents, gateways, jobs};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::fleet::Fleet;
use crate::jobs::payload::Reconcile;
use crate::jobs::task::Task;
use crate::provision::config_write;
use crate::remote::Remote;
use crate::trouble::Trouble;
use crate::wait::readable;

/// How long a gateway that restarts for each configuration write is left alone after something was said on it: the
/// restart would cut the agents off in the middle of a word. It also gathers what else is to be written.
const GATHER: Duration = Duration::from_secs(20);
/// The first release that takes a change of agents without a restart.
const FIRST_WITHOUT_RESTART: GatewayVersion = GatewayVersion::new(2026, 4, 0);

/// What a look at a gateway's agents found and set off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReconcileReport {
    /// Agents of the gateway.
    pub agents: usize,
    /// Why the gateway did not answer; none when it did.
    pub unreachable: Option<String>,
    /// What was set off, a line per agent.
    pub actions: Vec<String>,
    /// Files that agents changed, as `agent: file`.
    pub edited: Vec<String>,
    /// Agents whose heartbeats got another pace.
    pub paced: usize,
    /// The gateway's configuration was brought up to date.
    pub config_written: bool,
}

/// Has a gateway looked at, soon.
///
/// # Errors
/// The database's.
pub(crate) fn ask(tx: &mut Tx<'_>, gateway: GatewayId) -> Result<(), StoreError> {
    match gateways::find(tx, gateway)? {
        Some(gateway) => jobs::enqueue(tx, job(&gateway)).map(drop),
        None => Ok(()),
    }
}

/// The job that looks at `gateway`: one at a time.
pub(crate) fn job(gateway: &Gateway) -> NewJob {
    let version = gateway.version.as_deref().and_then(GatewayVersion::parse);
    let restarts = version.is_none_or(|version| version < FIRST_WITHOUT_RESTART);
    let mut job = Task::Reconcile(Reconcile { gateway: gateway.id }).job(gateway.organization_id);
    job.dedupe_key = Some(format!("gateway.reconcile:{}", gateway.id));
    if restarts {
        job.run_at = job.run_at.plus(GATHER);
    }
    job
}

/// Looks at a gateway once. A gateway that does not answer is part of the report.
pub(crate) async fn run(fleet: &Fleet, gateway: &Gateway) -> Result<ReconcileReport, Trouble> {
    let id = gateway.id;
    let wanted = fleet.db().snapshot(move |conn| desired::load(conn, id)).await?;
    let mut report = ReconcileReport { agents: wanted.agents.len(), ..ReconcileReport::default() };
    let remote = match reach(fleet, gateway).await {
        Ok(remote) => Some(remote),
        Err(Trouble::Gateway(error)) => {
            report.unreachable = Some(readable(&Trouble::Gateway(error).text()));
            None
        }
        Err(trouble) => return Err(trouble),
    };
    note_reachability(fleet, id, report.unreachable.clone()).await?;
    let up_since = reached_since(fleet, id).await?;
    let mut sights = match &remote {
        Some(remote) => observe::look(remote, &wanted).await?,
        None => observe::Sights::default(),
    };
    for one in &wanted.agents {
        let sight = sights.remove(&one.agent.id);
        let observed = sight.as_ref().map_or(Observed::Unreachable, |sight| sight.observed);
        let action = decide(&one.desired(gateway.drift_policy, up_since), observed, Timestamp::now());
        if action != Action::Nothing
            && let Some(line) = act::act(fleet, gateway.organization_id, one, action).await?
        {
            tracing::info!(agent.id = %one.agent.id, gateway.id = %id, action = line, "agent.reconciled");
            report.actions.push(format!("{}: {line}", one.agent.name));
        }
        let edited = sight.map(|sight| sight.edited).unwrap_or_default();
        report.edited.extend(edited.iter().map(|file| format!("{}: {file}", one.agent.name)));
        observe::note_edits(fleet, one, edited).await?;
    }
    report.paced = pace::apply(fleet, gateway).await?;
    if let Some(remote) = remote
        && !wanted.busy
    {
        report.config_written = config_write::bring_up_to_date(fleet, &remote, gateway).await?;
    }
    Ok(report)
}

async fn reach(fleet: &Fleet, gateway: &Gateway) -> Result<Remote, Trouble> {
    let remote = fleet.remote(gateway).await?;
    remote.call_once("health", serde_json::json!({})).await?;
    Ok(remote)
}

/// The silence of agents has a cause while their gateway is away.
async fn note_reachability(
    fleet: &Fleet,
    gateway: GatewayId,
    unreachable: Option<String>,
) -> Result<(), StoreError> {
    let cause = unreachable.map(|error| format!("The gateway cannot be reached: {error}"));
    fleet.db().write(move |tx| agents::set_offline_cause(tx, gateway, cause.as_deref())).await
}

async fn reached_since(fleet: &Fleet, gateway: GatewayId) -> Result<Option<Timestamp>, StoreError> {
    let row = fleet.db().read(move |conn| gateways::find(conn, gateway)).await?;
    Ok(row.and_then(|row| row.last_connected_at))
}
