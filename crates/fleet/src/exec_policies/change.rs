//! Making rules for commands, and withdrawing them. Only people do.

use mission_control_core::id::{AgentId, BoardId, ExecPolicyId};
use mission_control_core::limits::EXEC_POLICIES;
use mission_control_core::models::{ExecEffect, ExecMatch, ExecPolicy};
use mission_control_core::rules::exec_policies as rules;
use mission_control_core::time::Timestamp;
use mission_control_shapes::ExecPolicyRead;
use mission_control_shapes::events::{Event, EventSubject, ExecPolicyChanged};
use mission_control_store::owners::Owner;
use mission_control_store::{Conn, StoreResult, Tx, boards, exec_policies};
use serde_json::{Value, json};

use super::read::{board_of, read};
use crate::agents::check::agent_in;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::room;

/// A rule to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExecPolicy {
    /// Only for agents of this board; for the organization, with neither a board nor an agent.
    pub board_id: Option<BoardId>,
    /// Only for this agent.
    pub agent_id: Option<AgentId>,
    /// Only for commands that would run there.
    pub host: Option<String>,
    /// What commands are held against.
    pub pattern: String,
    /// How they are.
    pub matching: ExecMatch,
    /// What it does with those that match.
    pub effect: ExecEffect,
    /// Why there is such a rule.
    pub reason: Option<String>,
    /// From then on it does not count.
    pub expires_at: Option<Timestamp>,
}

impl NewExecPolicy {
    /// The rule that a caller makes of it.
    ///
    /// # Errors
    /// A board and an agent at once; a pattern that is none; an end that is over.
    pub(super) fn policy(self, caller: Caller) -> Result<ExecPolicy, FleetError> {
        if self.board_id.is_some() && self.agent_id.is_some() {
            let message = "A rule is for a board or for an agent, not for both.";
            return Err(FleetError::invalid_field("agent_id", message));
        }
        if let Err(error) = rules::check(self.effect, self.matching, &self.pattern) {
            return Err(FleetError::invalid_field("pattern", error.to_string()));
        }
        if self.expires_at.is_some_and(|end| end <= Timestamp::now()) {
            return Err(FleetError::invalid_field("expires_at", "Expected a moment to come."));
        }
        Ok(ExecPolicy {
            board_id: self.board_id,
            agent_id: self.agent_id,
            host: self.host,
            reason: self.reason,
            author_user_id: caller.user,
            expires_at: self.expires_at,
            ..ExecPolicy::new(caller.organization, self.effect, self.matching, &self.pattern)
        })
    }
}

/// Makes a rule. It decides about commands that are asked about from then on.
///
/// # Errors
/// What no rule can be; a board or agent that is not the organization's; too many rules.
pub async fn create(fleet: &Fleet, caller: Caller, new: NewExecPolicy) -> Result<ExecPolicyRead, FleetError> {
    let policy = new.policy(caller)?;
    fleet
        .db()
        .write(move |tx| {
            require_places(tx, &policy)?;
            let organization = policy.organization_id;
            let count = |conn: &mut Conn| exec_policies::count(conn, organization);
            let what = "rules already: withdraw those that nobody needs";
            room::require(tx, Owner::Organization(organization), EXEC_POLICIES, count, what)?;
            exec_policies::insert(tx, &policy)?;
            tx.changed(EventSubject::ExecPolicy, policy.id, Value::Null, governed(&policy));
            Ok(tell(tx, Event::ExecPolicyCreated, policy)?)
        })
        .await
}

/// Withdraws a rule: from then on it decides nothing. One that was withdrawn before stays as it is.
///
/// # Errors
/// A missing rule, or another organization's.
pub async fn withdraw(fleet: &Fleet, caller: Caller, id: ExecPolicyId) -> Result<ExecPolicyRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let found = exec_policies::find(tx, id)?;
            let before = found.filter(|policy| policy.organization_id == caller.organization);
            let before = before.ok_or(FleetError::not_found("Exec policy"))?;
            let Some(policy) = exec_policies::revoke(tx, id, caller.user, Timestamp::now())? else {
                return Ok(read(tx, before)?);
            };
            tx.changed(EventSubject::ExecPolicy, id, governed(&before), governed(&policy));
            Ok(tell(tx, Event::ExecPolicyWithdrawn, policy)?)
        })
        .await
}

/// The board or the agent of a rule is the organization's.
pub(super) fn require_places(conn: &mut Conn, policy: &ExecPolicy) -> Result<(), FleetError> {
    if let Some(board) = policy.board_id {
        boards::find_in(conn, policy.organization_id, board)?.ok_or(FleetError::not_found("Board"))?;
    }
    if let Some(agent) = policy.agent_id {
        agent_in(conn, policy.organization_id, agent)?;
    }
    Ok(())
}

fn tell(
    tx: &mut Tx<'_>,
    event: fn(ExecPolicyChanged) -> Event,
    policy: ExecPolicy,
) -> StoreResult<ExecPolicyRead> {
    let (organization, board) = (policy.organization_id, board_of(tx, &policy)?);
    let read = read(tx, policy)?;
    tx.append(event(read.clone().into()).organization(organization).board(board));
    Ok(read)
}

/// How a rule is, for the audit.
fn governed(policy: &ExecPolicy) -> Value {
    json!({
        "board_id": policy.board_id,
        "agent_id": policy.agent_id,
        "host": policy.host,
        "pattern": policy.pattern,
        "matching": policy.matching.as_str(),
        "effect": policy.effect.as_str(),
        "reason": policy.reason,
        "expires_at": policy.expires_at,
        "revoked_at": policy.revoked_at,
    })
}
