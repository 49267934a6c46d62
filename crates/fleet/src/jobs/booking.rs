//! The jobs that more than one use-case asks for.

use std::time::Duration;

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{Agent, AgentMessage, AgentStatus, Gateway};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Features, GatewayVersion, PatchRestart};
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, StoreResult, Tx, gateways, jobs};

use super::kind::Kind;
use super::kinds::{CheckIn, DeleteAgent, Receipt, Reconcile};

/// How long a gateway that restarts for each configuration write is left alone after something was said on it: the
/// restart would cut the agents off in the middle of a word. It also gathers what else is to be written.
const GATHER: Duration = Duration::from_secs(20);

/// When to look for the turn of a message: after the message was sent, and then after each look. Nothing at the last one:
/// the turn was lost.
pub(crate) const RECEIPT_LOOKS: [Duration; 3] =
    [Duration::from_secs(6), Duration::from_secs(15), Duration::from_secs(40)];

/// Has a gateway looked at, soon.
pub(crate) fn ask_to_reconcile(tx: &mut Tx<'_>, gateway: GatewayId) -> Result<(), StoreError> {
    match gateways::find(tx, gateway)? {
        Some(gateway) => jobs::enqueue(tx, reconcile(&gateway)?).map(drop),
        None => Ok(()),
    }
}

/// The job that looks at `gateway`: one at a time.
pub(crate) fn reconcile(gateway: &Gateway) -> StoreResult<NewJob> {
    let version = gateway.version.as_deref().and_then(GatewayVersion::parse);
    let restarts = Features::of_version(version).patch_restart(false) != PatchRestart::Never;
    let mut job = Reconcile { gateway: gateway.id }.job(gateway.organization_id)?;
    if restarts {
        job.run_at = job.run_at.plus(GATHER);
    }
    Ok(job)
}

/// The job that removes `agent`; its status is the one to go back to when the gateway refuses.
pub(crate) fn delete_agent(agent: &Agent, organization: OrganizationId) -> StoreResult<NewJob> {
    let before = match agent.status {
        AgentStatus::Deleting => AgentStatus::Offline,
        ref status => status.clone(),
    };
    DeleteAgent { agent: agent.id, status: before.as_str().to_owned() }.job(organization)
}

/// The job that looks at `deadline` whether `agent` checked in.
pub(crate) fn check_in(
    agent: &Agent,
    organization: OrganizationId,
    deadline: Timestamp,
) -> StoreResult<NewJob> {
    let mut job = CheckIn { agent: agent.id, generation: agent.lifecycle_generation }.job(organization)?;
    job.run_at = deadline;
    Ok(job)
}

/// The job that looks after `message`, which was just sent.
pub(crate) fn receipt(message: &AgentMessage) -> StoreResult<NewJob> {
    let receipt = Receipt { message: message.id, agent: message.agent_id, turn: message.turn };
    let mut job = receipt.job(message.organization_id)?;
    job.run_at = Timestamp::now().plus(RECEIPT_LOOKS[0]);
    Ok(job)
}
