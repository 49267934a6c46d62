//! Writing a gateway's configuration: by one process at a time, all agents of the gateway at once, and in whatever
//! shape the gateway takes.

use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_core::models::{Agent, AgentStatus, Gateway, ModelChoice};
use mission_control_core::rules::model_choice::{Model, holds_for};
use mission_control_core::rules::presence;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::roster::{self, AgentModel, Dialect, Wanted};
use mission_control_gateway_rpc::{
    ConfigSnapshot, Features, GatewayError, GetConfig, PatchConfig, RpcErrorKind,
};
use mission_control_store::{StoreError, agents, gateways, model_choices};
use serde_json::json;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::fleet::Fleet;
use crate::heartbeat;
use crate::lease::Lease;
use crate::naming::{Named, OnGateway};
use crate::reach::{Remote, Trouble, remote};

/// How long a process that dies keeps others from writing.
const LEASE: Duration = Duration::from_secs(15);
/// How long to wait for agents that are just being created, so that one write serves them too.
const GATHER: Duration = Duration::from_secs(5);
/// An agent that was requested longer ago is not waited for.
const JUST: Duration = Duration::from_secs(60);
/// How long to queue for the lease; who waits longer lets others work meanwhile.
const QUEUE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How long a gateway may take to restart and settle.
const SETTLE: Duration = Duration::from_secs(45);
/// Refusals and races to learn from before giving up.
const ROUNDS: usize = 8;
/// A rate limit shorter than this is waited out here.
const SHORT_LIMIT: Duration = Duration::from_secs(5);

/// Makes the configuration of `gateway` have `wanted` and its other agents. True when something was written, after
/// which turns may die for a moment.
pub(crate) async fn ensure(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
    wanted: Wanted,
) -> Result<bool, Trouble> {
    let snapshot = remote.ask(&GetConfig {}).await?;
    let dialect = dialect(remote, &snapshot);
    let alone = std::slice::from_ref(&wanted);
    let nothing_to_do = plan(&snapshot, alone, &dialect, &copies(fleet, gateway).await?).is_none();
    // Somebody who is writing may just have caused a restart: what follows would be lost in it.
    if nothing_to_do && !Lease::is_taken(fleet, lease_name(gateway)).await? {
        return Ok(false);
    }
    if remote.features().patches_cost() {
        gather(fleet, remote, gateway).await?;
    }
    exclusively(fleet, gateway, async {
        let all = everyone(fleet, remote, gateway, Some(&wanted)).await?;
        write(fleet, remote, gateway, &all, dialect).await
    })
    .await
}

/// Makes the configuration of `gateway` have the settings of those agents that are in it. True when something was written.
pub(crate) async fn bring_up_to_date(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
) -> Result<bool, Trouble> {
    let snapshot = remote.ask(&GetConfig {}).await?;
    let dialect = dialect(remote, &snapshot);
    let all = everyone(fleet, remote, gateway, None).await?;
    if plan(&snapshot, &all, &dialect, &copies(fleet, gateway).await?).is_none() {
        return Ok(false);
    }
    exclusively(fleet, gateway, async {
        let all = everyone(fleet, remote, gateway, None).await?;
        write(fleet, remote, gateway, &all, dialect).await
    })
    .await
}

/// Takes out of the configuration of `gateway` what we wrote into it for the sake of our agents, once these are gone.
/// Returns the agents of others whose heartbeat block stays, because agents of ours, or of another Mission Control, do.
pub(crate) async fn withdraw(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
) -> Result<BTreeSet<String>, Trouble> {
    if copies(fleet, gateway).await?.is_empty() {
        return Ok(BTreeSet::new());
    }
    let dialect = dialect(remote, &remote.ask(&GetConfig {}).await?);
    exclusively(fleet, gateway, write(fleet, remote, gateway, &[], dialect)).await?;
    let config = remote.ask(&GetConfig {}).await?.config;
    let mut left = copies(fleet, gateway).await?;
    left.retain(|id| roster::has_copy(&config, id));
    Ok(left)
}

/// How to write the configuration of the gateway, as it was just read.
fn dialect(remote: &Remote, snapshot: &ConfigSnapshot) -> Dialect {
    Dialect::from(Features::of(remote.info(), Some(snapshot)))
}

/// What to change in a configuration for the sake of the `wanted` agents.
fn plan(
    snapshot: &ConfigSnapshot,
    wanted: &[Wanted],
    dialect: &Dialect,
    copies: &BTreeSet<String>,
) -> Option<roster::Plan> {
    roster::plan(&snapshot.config, wanted, dialect, |id| Named::of_key(id).is_some(), copies)
}

/// The agents of others on `gateway` that we gave a heartbeat block.
async fn copies(fleet: &Fleet, gateway: &Gateway) -> Result<BTreeSet<String>, StoreError> {
    let id = gateway.id;
    let row: Option<Gateway> = fleet.db().read(move |conn| gateways::find(conn, id)).await?;
    let copies = row.and_then(|row| row.heartbeat_copies);
    Ok(copies.and_then(|copies| serde_json::from_value(copies).ok()).unwrap_or_default())
}

/// Keeps to whom we gave a heartbeat block.
async fn keep_copies(fleet: &Fleet, gateway: &Gateway, copies: &BTreeSet<String>) -> Result<(), StoreError> {
    let (id, copies) = (gateway.id, json!(copies));
    fleet.db().write(move |tx| gateways::set_heartbeat_copies(tx, id, copies)).await
}

/// Makes a change to a gateway's configuration while nobody else does: releases without a fence would lose one of two.
pub(crate) async fn exclusively<T>(
    fleet: &Fleet,
    gateway: &Gateway,
    change: impl Future<Output = Result<T, Trouble>>,
) -> Result<T, Trouble> {
    let holder = Uuid::new_v4().to_string();
    let lease = Lease::take(fleet, lease_name(gateway), holder, LEASE, QUEUE).await?;
    let busy = || Trouble::Later {
        reason: "another process is writing this gateway's configuration".to_owned(),
        after: Duration::from_secs(5),
    };
    let lease = lease.ok_or_else(busy)?;
    let result = lease.during(fleet, LEASE, change).await.ok_or_else(busy)?;
    lease.release(fleet).await?;
    result
}

/// Older gateways restart for a write and take three a minute: waits for the agents that other jobs are creating.
async fn gather(fleet: &Fleet, remote: &Remote, gateway: &Gateway) -> Result<(), Trouble> {
    let deadline = Instant::now() + GATHER;
    loop {
        let id = gateway.id;
        let rows: Vec<Agent> = fleet.db().read(move |conn| agents::of_gateway(conn, id)).await?;
        let since = Timestamp::now().minus(JUST);
        let coming = rows.iter().filter(|agent| {
            agent.status == AgentStatus::Provisioning
                && agent.last_provision_error.is_none()
                && agent.provision_requested_at.is_some_and(|at| at > since)
        });
        let present = remote.agent_keys().await?;
        let all_there =
            coming.map(|agent| remote.place(agent, gateway)).all(|place| present.contains(&place.key));
        if all_there || Instant::now() >= deadline {
            return Ok(());
        }
        sleep(LOOK_EVERY).await;
    }
}

async fn write(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
    all: &[Wanted],
    mut dialect: Dialect,
) -> Result<bool, Trouble> {
    let mut last = None;
    let mut written = false;
    for _ in 0..ROUNDS {
        let snapshot = remote.ask(&GetConfig {}).await?;
        let known = copies(fleet, gateway).await?;
        let Some(plan) = plan(&snapshot, all, &dialect, &known) else {
            return Ok(written);
        };
        // Before they are there: a block that nobody remembers would stay for ever.
        if !plan.copies.is_subset(&known) {
            keep_copies(fleet, gateway, &known.union(&plan.copies).cloned().collect()).await?;
        }
        let change = PatchConfig {
            patch: plan.patch,
            base_hash: snapshot.hash.as_deref(),
            replace_paths: dialect.replaced(),
            note: None,
        };
        match remote.ask_once(&change).await {
            Ok(answer) => {
                settle(remote, answer.restarts).await?;
                if !known.is_subset(&plan.copies) {
                    keep_copies(fleet, gateway, &plan.copies).await?;
                }
                // What the gateway keeps may differ from what was sent (defaults, unknown keys): one write is enough.
                return Ok(true);
            }
            Err(error) => {
                written |= recover(remote, &error, &mut dialect).await?;
                last = Some(error);
            }
        }
    }
    Err(last.map_or(Trouble::Gone("the configuration keeps changing"), Trouble::from))
}

/// After a failed write: nothing to return means "try again". True when it may have been carried out.
async fn recover(remote: &Remote, error: &GatewayError, dialect: &mut Dialect) -> Result<bool, Trouble> {
    match remote::kind(error) {
        Some(RpcErrorKind::ConfigChanged) => return Ok(false),
        Some(RpcErrorKind::RateLimited) => {
            if let Some(after) = error.retry_after().filter(|after| *after <= SHORT_LIMIT) {
                sleep(after).await;
                return Ok(false);
            }
        }
        Some(_) => {
            let message = error.rpc().map(|error| error.message.as_str()).unwrap_or_default();
            if let Some(next) = dialect.after_refusal(message) {
                *dialect = next;
                return Ok(false);
            }
        }
        None if error.is_transient() => {
            // The connection went while the gateway was at it: probably it restarts with the new configuration.
            settle(remote, true).await?;
            return Ok(true);
        }
        None => {}
    }
    Err(error.clone().into())
}

/// Waits until work can be handed over: a wake sent into a restart is lost without an error.
async fn settle(remote: &Remote, restarting: bool) -> Result<(), GatewayError> {
    if restarting {
        remote.client().wait_stable(SETTLE).await?;
    }
    Ok(())
}

/// All agents that the gateway's configuration should have, `wanted` first.
async fn everyone(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
    wanted: Option<&Wanted>,
) -> Result<Vec<Wanted>, Trouble> {
    let id = gateway.id;
    let read: Result<_, StoreError> = fleet
        .db()
        .read(move |conn| Ok((agents::of_gateway(conn, id)?, model_choices::of_gateway(conn, id)?)))
        .await;
    let (rows, choices) = read?;
    let others = rows
        .into_iter()
        .filter(|agent| agent.status != AgentStatus::Deleting)
        .map(|agent| {
            let place = remote.place(&agent, gateway);
            Wanted { required: false, ..wanted_of(&agent, &place, &choices) }
        })
        .filter(|other| wanted.is_none_or(|wanted| other.key != wanted.key));
    Ok(wanted.cloned().into_iter().chain(others).collect())
}

/// An agent as its gateway's configuration should have it.
pub(super) async fn wanted(fleet: &Fleet, agent: &Agent, place: &OnGateway) -> Result<Wanted, StoreError> {
    let gateway = agent.gateway_id;
    let choices = fleet.db().read(move |conn| model_choices::of_gateway(conn, gateway)).await?;
    Ok(wanted_of(agent, place, &choices))
}

fn wanted_of(agent: &Agent, place: &OnGateway, choices: &[ModelChoice]) -> Wanted {
    let holds = holds_for(agent, choices);
    let heartbeat = heartbeat::with_choice(heartbeat::in_effect(agent), &holds);
    Wanted {
        key: place.key.clone(),
        workspace: place.workspace.clone(),
        every: presence::own_every(heartbeat.as_ref()),
        heartbeat_without: heartbeat::withdrawn(&holds),
        heartbeat,
        model: holds
            .model
            .map(|model| model.map(|Model { primary, fallbacks }| AgentModel { primary, fallbacks })),
        thinking: holds.thinking.map(|level| level.map(|level| level.as_str().to_owned())),
        bootstrap_max_chars: None,
        required: true,
    }
}

/// The lease of a gateway's configuration.
fn lease_name(gateway: &Gateway) -> String {
    format!("gateway-config:{}", gateway.id)
}
