//! Rules that decide about commands before a person is asked: `allow`, `ask` or `refuse`, by pattern and host, for an agent, a
//! board or the organization.
//!
//! [`rules`](mission_control_core::rules::exec_policies) says which rule counts. It is asked in the transaction that notes the
//! command; the job of decisions tells the gateway. Only people who administer the organization make and withdraw rules.

mod change;
mod read;
mod trial;

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, ExecApproval, ExecDecision, ExecEffect, ExecPolicy};
use mission_control_core::rules::exec_policies::{Asked, Rules, decision};
use mission_control_core::time::Timestamp;
use mission_control_shapes::ExecApprovalRead;
use mission_control_shapes::events::{Event, EventSubject, ExecPolicyDecided};
use mission_control_store::{Conn, StoreResult, Tx, exec_policies};
use serde_json::{Value, json};

pub use change::{NewExecPolicy, create, withdraw};
pub use read::{find, list};
pub use trial::trial;

use crate::record::activity_of;
use crate::text::{one_line, snippet};

/// The rule that decides about a command now, and what it decides; `None` where people are asked.
pub(crate) fn decided(
    conn: &mut Conn,
    organization: OrganizationId,
    asked: &Asked<'_>,
) -> StoreResult<Option<(ExecPolicy, ExecDecision)>> {
    let now = Timestamp::now();
    let policies = exec_policies::live(conn, organization, now)?;
    let rule = Rules::new(&policies, now).decide(asked);
    Ok(rule.and_then(|policy| Some((policy.clone(), decision(policy.effect)?))))
}

/// Notes which rule decided about a command, for people, streams and the audit.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    policy: &ExecPolicy,
    agent: &Agent,
    exec: &ExecApproval,
) -> StoreResult<()> {
    let (kind, did) = match policy.effect {
        ExecEffect::Allow => ("exec_policy.allowed", "allowed"),
        _ => ("exec_policy.refused", "refused"),
    };
    let command = snippet(&one_line(&exec.command));
    let message = format!("{} {did} a command of {}: {command}", named(policy), one_line(&agent.name));
    activity_of(tx, agent, kind, message)?;
    let after = json!({
        "decision": exec.wanted_decision.map(|wanted| wanted.as_str()),
        "exec_approval_id": exec.id,
        "agent_id": exec.agent_id,
        "command": exec.command,
    });
    tx.changed(EventSubject::ExecPolicy, policy.id, Value::Null, after);
    let exec_policy = read::read(tx, policy.clone())?;
    let told = ExecPolicyDecided { exec_policy, exec_approval: ExecApprovalRead::from(exec) };
    tx.append(Event::ExecPolicyDecided(told).organization(exec.organization_id).board(exec.board_id));
    Ok(())
}

/// A rule as people read it.
pub(crate) fn named(policy: &ExecPolicy) -> String {
    let pattern = snippet(&one_line(&policy.pattern));
    format!("The rule to {} `{pattern}` ({})", policy.effect, policy.matching)
}
