//! What to do about one agent so that it becomes what it shall be: from its row (desired) and what its gateway shows
//! (observed) to one action. Pure, so that whether it converges can be tested.

use super::condition::is_awaited;
use super::lifecycle::{WAKE_ATTEMPTS, is_under_way, never_lived};
use super::presence;
use crate::models::{Agent, AgentStatus, DriftPolicy};
use crate::time::Timestamp;

/// What is wanted of an agent.
#[derive(Debug, Clone, Copy)]
pub struct Desired<'a> {
    /// Its row.
    pub agent: &'a Agent,
    /// A job provisions, wakes or deletes it at this moment, or is about to.
    pub at_work: bool,
    /// A job looks after it at its deadline.
    pub looked_after: bool,
    /// What is done when its gateway lost it.
    pub drift: DriftPolicy,
    /// Bringing it onto its gateway was given up a short while ago.
    pub given_up_lately: bool,
    /// When its gateway was last reached anew.
    pub gateway_up_since: Option<Timestamp>,
}

/// What its gateway shows of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// The gateway does not answer.
    Unreachable,
    /// The gateway does not have the agent.
    Absent,
    /// The gateway has the agent.
    Present {
        /// Files that we wrote are gone from its workspace.
        files_missing: bool,
    },
}

/// Why an agent is provisioned again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A run of provisioning ended without a conclusion.
    LeftBehind,
    /// Its gateway lost it.
    Lost,
    /// Workspace files are gone.
    FilesMissing,
    /// It could not be provisioned, and its gateway has come back since.
    GatewayBack,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is as it shall be, or somebody sees to it.
    Nothing,
    /// Bring it onto its gateway again.
    Provision {
        /// The gateway does not have it.
        fresh: bool,
        /// Why.
        why: Why,
    },
    /// Wake it: it is silent.
    Wake,
    /// Look whether it checked in.
    LookAfter,
    /// Go on with its deletion.
    Delete,
    /// Its gateway lost it, and people are to decide.
    ReportLost,
}

/// What to do about an agent.
pub fn decide(desired: &Desired<'_>, observed: Observed, now: Timestamp) -> Action {
    let agent = desired.agent;
    if desired.at_work {
        return Action::Nothing;
    }
    match agent.status {
        AgentStatus::Deleting => return Action::Delete,
        AgentStatus::Provisioning => return Action::Provision { fresh: true, why: Why::LeftBehind },
        AgentStatus::Updating => return Action::Provision { fresh: false, why: Why::LeftBehind },
        _ if is_under_way(agent) => {
            let fresh = never_lived(agent);
            return Action::Provision { fresh, why: Why::LeftBehind };
        }
        _ => {}
    }
    let failed = agent.status == AgentStatus::Offline;
    match observed {
        Observed::Present { .. } if failed => return second_chance(desired, false),
        Observed::Absent if failed => return failed_and_gone(desired),
        Observed::Absent if never_lived(agent) => {
            return Action::Provision { fresh: true, why: Why::LeftBehind };
        }
        Observed::Absent => {
            return match desired.drift {
                DriftPolicy::Repair => Action::Provision { fresh: true, why: Why::Lost },
                DriftPolicy::Report | DriftPolicy::Foreign(_) => Action::ReportLost,
            };
        }
        Observed::Present { files_missing: true } => {
            return Action::Provision { fresh: false, why: Why::FilesMissing };
        }
        Observed::Present { .. } | Observed::Unreachable => {}
    }
    if failed || agent.paused_at.is_some() {
        return Action::Nothing;
    }
    if is_awaited(agent) {
        return if desired.looked_after { Action::Nothing } else { Action::LookAfter };
    }
    match observed {
        Observed::Present { .. } if presence::is_silent(agent, now) => Action::Wake,
        _ => Action::Nothing,
    }
}

/// Whatever it failed of, an agent that its gateway does not have cannot work: it is dealt with like any other that was
/// lost, unless that has just been tried.
fn failed_and_gone(desired: &Desired<'_>) -> Action {
    let agent = desired.agent;
    match desired.drift {
        _ if agent.paused_at.is_some() => Action::Nothing,
        DriftPolicy::Report if agent.last_provision_error.is_none() => Action::ReportLost,
        DriftPolicy::Repair if !desired.given_up_lately => Action::Provision { fresh: true, why: Why::Lost },
        _ => second_chance(desired, true),
    }
}

/// One that could not be provisioned is tried once more when its gateway has come back since. One that stays silent
/// however often it is woken is not: somebody has to look.
fn second_chance(desired: &Desired<'_>, absent: bool) -> Action {
    let agent = desired.agent;
    let back = match (agent.status_since, desired.gateway_up_since) {
        (Some(failed), Some(up)) => up > failed,
        _ => false,
    };
    let silent = agent.wake_attempts >= WAKE_ATTEMPTS;
    if back && agent.paused_at.is_none() && !silent {
        let fresh = absent || never_lived(agent);
        return Action::Provision { fresh, why: Why::GatewayBack };
    }
    Action::Nothing
}

#[cfg(test)]
mod tests;
