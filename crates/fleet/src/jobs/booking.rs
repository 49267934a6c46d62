//! The jobs that more than one use-case asks for.

use std::time::Duration;

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{Agent, AgentMessage, AgentStatus, Gateway};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Features, GatewayVersion, PatchRestart};
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, Tx, gateways, jobs};

use super::payload::{CheckIn, DeleteAgent, Receipt, Reconcile};
use super::task::Task;

/// How long a gateway that restarts for each configuration write is left alone after something was said on it: the
/// restart would cut the agents off in the middle of a word. It also gathers what else is to be written.
const GATHER: Duration = Duration::from_secs(20);

/// How long a woken agent has to check in.
pub(crate) const CHECK_IN_WITHIN: Duration = Duration::from_secs(30);

/// When to look for the turn of a message: after the message was sent, and then after each look. Nothing at the last one:
/// the turn was lost.
pub(crate) const RECEIPT_LOOKS: [Duration; 3] =
    [Duration::from_secs(6), Duration::from_secs(15), Duration::from_secs(40)];

/// Has a gateway looked at, soon.
pub(crate) fn ask_to_reconcile(tx: &mut Tx<'_>, gateway: GatewayId) -> Result<(), StoreError> {
    match gateways::find(tx, gateway)? {
        Some(gateway) => jobs::enqueue(tx, reconcile(&gateway)).map(drop),
        None => Ok(()),
    }
}

/// The job that looks at `gateway`: one at a time.
pub(crate) fn reconcile(gateway: &Gateway) -> NewJob {
    let version = gateway.version.as_deref().and_then(GatewayVersion::parse);
    let restarts = Features::of_version(version).patch_restart(false) != PatchRestart::Never;
    let mut job = Task::Reconcile(Reconcile { gateway: gateway.id }).job(gateway.organization_id);
    job.dedupe_key = Some(format!("gateway.reconcile:{}", gateway.id));
    if restarts {
        job.run_at = job.run_at.plus(GATHER);
    }
    job
}

/// The job that removes `agent`; its status is the one to go back to when the gateway refuses.
pub(crate) fn delete_agent(agent: &Agent, organization: OrganizationId) -> NewJob {
    let before = match agent.status {
        AgentStatus::Deleting => AgentStatus::Offline,
        ref status => status.clone(),
    };
    let task = DeleteAgent { agent: agent.id, status: before.as_str().to_owned() };
    let mut job = Task::DeleteAgent(task).job(organization);
    job.dedupe_key = Some(format!("agent.delete:{}", agent.id));
    job
}

/// The job that looks at `deadline` whether `agent` checked in.
pub(crate) fn check_in(agent: &Agent, organization: OrganizationId, deadline: Timestamp) -> NewJob {
    let task = Task::CheckIn(CheckIn { agent: agent.id, generation: agent.lifecycle_generation });
    let mut job = task.job(organization);
    job.run_at = deadline;
    job
}

/// The job that looks after `message`, which was just sent.
pub(crate) fn receipt(message: &AgentMessage) -> NewJob {
    let task = Receipt { message: message.id, agent: message.agent_id, turn: message.turn };
    let mut job = Task::Receipt(task).job(message.organization_id);
    job.run_at = Timestamp::now().plus(RECEIPT_LOOKS[0]);
    job
}
