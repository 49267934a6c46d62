//! Writing a gateway's configuration: by one process at a time, all agents of the gateway at once, and in whatever
//! shape the gateway takes.

use std::time::Duration;

use mission_control_core::models::{Agent, AgentStatus, Gateway};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{GatewayError, RpcErrorKind};
use mission_control_store::agents;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::config_patch::{self, Wanted};
use super::shape::Dialect;
use crate::fleet::Fleet;
use crate::gateways::connect::workspace_root;
use crate::lease::Lease;
use crate::remote::{self, Remote};
use crate::trouble::Trouble;
use crate::{heartbeat, naming};

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
    let snapshot = remote.config().await?;
    let dialect = Dialect::of(&snapshot.config, remote.is_newer());
    let alone = std::slice::from_ref(&wanted);
    let nothing_to_do = config_patch::plan(&snapshot.config, alone, &dialect).is_none();
    // Somebody who is writing may just have caused a restart: what follows would be lost in it.
    if nothing_to_do && !Lease::is_taken(fleet, lease_name(gateway)).await? {
        return Ok(false);
    }
    if !remote.is_newer() {
        gather(fleet, remote, gateway).await?;
    }
    exclusively(fleet, gateway, write(fleet, remote, gateway, Some(&wanted), dialect)).await
}

/// Makes the configuration of `gateway` have the settings of those agents that are in it. True when something was written.
pub(crate) async fn bring_up_to_date(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
) -> Result<bool, Trouble> {
    let snapshot = remote.config().await?;
    let dialect = Dialect::of(&snapshot.config, remote.is_newer());
    let all = everyone(fleet, remote, gateway, None).await?;
    if config_patch::plan(&snapshot.config, &all, &dialect).is_none() {
        return Ok(false);
    }
    exclusively(fleet, gateway, write(fleet, remote, gateway, None, dialect)).await
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
        let all_there = coming.map(naming::agent_key).all(|key| present.contains(&key));
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
    wanted: Option<&Wanted>,
    mut dialect: Dialect,
) -> Result<bool, Trouble> {
    let all = everyone(fleet, remote, gateway, wanted).await?;
    let mut last = None;
    let mut written = false;
    for _ in 0..ROUNDS {
        let snapshot = remote.config().await?;
        let Some(patch) = config_patch::plan(&snapshot.config, &all, &dialect) else { return Ok(written) };
        match patch_once(remote, &patch, snapshot.hash.as_deref()).await {
            Ok(answer) => {
                settle(remote, restarts(&answer)).await?;
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

async fn patch_once(remote: &Remote, patch: &Value, hash: Option<&str>) -> Result<Value, GatewayError> {
    let mut params = json!({ "raw": patch.to_string() });
    if let (Some(hash), Some(params)) = (hash, params.as_object_mut()) {
        params.insert("baseHash".to_owned(), json!(hash));
    }
    remote.call_once("config.patch", params).await
}

/// Whether the answer announces a restart.
fn restarts(answer: &Value) -> bool {
    answer.get("restart").is_some_and(|restart| !restart.is_null() && restart.as_bool() != Some(false))
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
    let rows: Vec<Agent> = fleet.db().read(move |conn| agents::of_gateway(conn, id)).await?;
    let root = workspace_root(gateway, Some(remote.info()));
    let others = rows
        .into_iter()
        .filter(|agent| agent.status != AgentStatus::Deleting)
        .map(|agent| Wanted {
            key: naming::agent_key(&agent),
            workspace: naming::workspace_path(&agent, &root),
            heartbeat: heartbeat::in_effect(&agent),
            bootstrap_max_chars: None,
            required: false,
        })
        .filter(|other| wanted.is_none_or(|wanted| other.key != wanted.key));
    Ok(wanted.cloned().into_iter().chain(others).collect())
}

/// The lease of a gateway's configuration.
fn lease_name(gateway: &Gateway) -> String {
    format!("gateway-config:{}", gateway.id)
}
