//! What a rule would have done.

use std::time::{Duration, Instant};

use mission_control_core::limits::{EXEC_EXAMPLES, EXEC_EXCERPT, EXEC_TRIAL, EXEC_TRIAL_TIME};
use mission_control_core::models::{ExecApproval, ExecDecision, ExecEffect, ExecPolicy};
use mission_control_core::rules::exec_policies::{Asked, Rules, decision};
use mission_control_core::time::Timestamp;
use mission_control_shapes::{ExecPolicyTrial, ExecTrialExample, ExecTrialGroup};
use mission_control_store::{Conn, exec_approvals, exec_policies};

use super::change::{NewExecPolicy, require_places};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};

/// How far a trial looks back.
const BACK: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What a rule would have done with the commands of the last thirty days, beside the rules of now. Nothing is changed.
///
/// # Errors
/// What no rule can be; a board or agent that is not the organization's.
pub async fn trial(fleet: &Fleet, caller: Caller, new: NewExecPolicy) -> Result<ExecPolicyTrial, FleetError> {
    let policy = new.policy(caller)?;
    fleet.db().read(move |conn| look(conn, policy)).await
}

fn look(conn: &mut Conn, policy: ExecPolicy) -> Result<ExecPolicyTrial, FleetError> {
    require_places(conn, &policy)?;
    let now = Timestamp::now();
    let since = now.minus(BACK);
    let (organization, id, whom) = (policy.organization_id, policy.id, policy.whom());
    let mut policies = exec_policies::live(conn, organization, now)?;
    policies.push(policy);
    let rules = Rules::new(&policies, now);
    let commands = exec_approvals::since(conn, organization, whom, since, EXEC_TRIAL + 1)?;
    let most = usize::try_from(EXEC_TRIAL).unwrap_or(usize::MAX);
    let mut trial = ExecPolicyTrial {
        since,
        considered: 0,
        complete: commands.len() <= most,
        allowed: ExecTrialGroup::default(),
        refused: ExecTrialGroup::default(),
        asked: ExecTrialGroup::default(),
        by_others: ExecTrialGroup::default(),
        otherwise: ExecTrialGroup::default(),
    };
    let ends = Instant::now() + Duration::from_secs(EXEC_TRIAL_TIME);
    for exec in commands.iter().take(most) {
        if Instant::now() >= ends {
            trial.complete = false;
            break;
        }
        trial.considered += 1;
        let decided = rules.decide(&asked(exec)).filter(|rule| takes(exec, rule.effect));
        let group = match decided {
            None => &mut trial.asked,
            Some(rule) if rule.id != id => &mut trial.by_others,
            Some(rule) if rule.effect == ExecEffect::Allow => &mut trial.allowed,
            Some(_) => &mut trial.refused,
        };
        add(group, exec);
        if decided.is_some_and(|rule| rule.id == id && contradicts(rule.effect, exec)) {
            add(&mut trial.otherwise, exec);
        }
    }
    Ok(trial)
}

/// A command as rules see it. Of one with secrets in it, they see it without them.
fn asked(exec: &ExecApproval) -> Asked<'_> {
    Asked {
        command: &exec.command,
        host: exec.host.as_deref(),
        agent: exec.agent_id,
        board: exec.board_id,
        is_single: exec.is_single_command,
    }
}

/// Whether the gateway takes what a rule with this effect decides; people are asked all the same about what it does not.
fn takes(exec: &ExecApproval, effect: ExecEffect) -> bool {
    decision(effect).is_some_and(|decision| exec.decisions().contains(&decision))
}

/// Whether people decided otherwise than a rule with this effect.
fn contradicts(effect: ExecEffect, exec: &ExecApproval) -> bool {
    let by_people = exec.policy_id.is_none();
    by_people
        && match exec.decision {
            Some(ExecDecision::Deny) => effect == ExecEffect::Allow,
            Some(_) => effect == ExecEffect::Refuse,
            None => false,
        }
}

fn add(group: &mut ExecTrialGroup, exec: &ExecApproval) {
    group.count += 1;
    if group.examples.len() < EXEC_EXAMPLES {
        let end = exec.command.floor_char_boundary(EXEC_EXCERPT);
        let command = exec.command.get(..end).unwrap_or_default().to_owned();
        group.examples.push(ExecTrialExample::new(exec, command));
    }
}
