//! The life of an agent: what each thing that happens to it changes of its row, and what has to follow. Pure, so that a
//! whole life can be walked in a test. Callers store a [`Step`] under the agent's lock and enqueue what follows.
//!
//! A *generation* is one run through bringing it somewhere. Whoever starts one raises it, and jobs of an earlier one are
//! void ([`is_current`]).

use std::time::Duration;

use super::presence::{has_answered, is_silent};
use crate::models::{Agent, AgentChanges, AgentStatus};
use crate::reason::Reason;
use crate::time::Timestamp;

/// Wakes after which a silent agent is given up on.
pub const WAKE_ATTEMPTS: i32 = 3;

/// How long a woken agent has to check in.
pub const CHECK_IN_WITHIN: Duration = Duration::from_secs(30);

/// What an agent that was given up on says about itself.
const SILENT: &str = "The agent did not check in after it was woken three times";
/// What to do about that.
const LOOK: &str = "Look at its session on the gateway for the reason (model, credentials, refused commands), then \
     update the agent to try again.";

/// A step in the life of an agent.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Step {
    /// What changes of its row.
    pub changes: AgentChanges,
    /// When somebody has to look whether it checked in.
    pub check_in: Option<Timestamp>,
}

impl From<AgentChanges> for Step {
    fn from(changes: AgentChanges) -> Self {
        Self { changes, check_in: None }
    }
}

/// Why an agent is brought onto its gateway, or up to date there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A person wants it: what failed before is over, and its wakes are counted anew.
    Wanted,
    /// An earlier run did not get it to answer: what is known of that stays, and its wakes go on being counted.
    Again,
    /// Its gateway lost it, so that it could not have answered when it was woken.
    Lost,
}

/// Whether a job of `generation` is about `agent` as it is.
pub fn is_current(agent: &Agent, generation: i32) -> bool {
    agent.lifecycle_generation == generation && agent.status != AgentStatus::Deleting
}

/// Whether `agent` never got onto a gateway.
pub const fn never_lived(agent: &Agent) -> bool {
    agent.token_digest.is_none() && agent.agent_token_hash.is_none()
}

/// Whether a run that was asked for has still to end: also while it is online, since it was heard of meanwhile.
pub const fn is_under_way(agent: &Agent) -> bool {
    match agent.status {
        AgentStatus::Provisioning | AgentStatus::Updating => true,
        AgentStatus::Deleting | AgentStatus::Offline => false,
        _ => agent.provision_requested_at.is_some(),
    }
}

/// It is to be brought onto its gateway (`fresh`), or up to date there.
pub fn provisioning(agent: &Agent, fresh: bool, occasion: Occasion, now: Timestamp) -> Step {
    let (status, action) = match fresh {
        true => (AgentStatus::Provisioning, "provision"),
        false => (AgentStatus::Updating, "update"),
    };
    AgentChanges {
        status: Some(status),
        provision_requested_at: Some(Some(now)),
        provision_action: Some(Some(action.to_owned())),
        last_provision_error: (occasion == Occasion::Wanted).then_some(None),
        wake_attempts: (occasion != Occasion::Again).then_some(0),
        lifecycle_generation: Some(agent.lifecycle_generation + 1),
        ..AgentChanges::default()
    }
    .into()
}

/// A sync found that its gateway lost it, and brings it back: should that be cut short, whoever comes next goes on with it.
pub fn found_lost(why: Reason, now: Timestamp) -> Step {
    AgentChanges {
        status: Some(AgentStatus::Provisioning),
        provision_requested_at: Some(Some(now)),
        provision_action: Some(Some("provision".to_owned())),
        wake_attempts: Some(0),
        ..AgentChanges::failing(why)
    }
    .into()
}

/// Its gateway has it as it shall be; with `woken_at` it was woken, too.
pub fn provisioned(agent: &Agent, woken_at: Option<Timestamp>, now: Timestamp) -> Step {
    let settled =
        AgentChanges { status: Some(AgentStatus::Online), last_provision_error: Some(None), ..no_request() };
    awaited(agent, woken_at, agent.wake_attempts, now, settled)
}

/// Its workspace was written anew, outside of any run: only what was on its way, or had failed, is online by that. Its
/// wakes are counted anew, and who looks after an earlier one need not any more.
pub fn synced(agent: &Agent, woken_at: Option<Timestamp>, now: Timestamp) -> Step {
    let arrives = woken_at.is_some()
        || matches!(agent.status, AgentStatus::Provisioning | AgentStatus::Updating | AgentStatus::Offline);
    if !arrives {
        return AgentChanges { last_provision_error: Some(None), ..AgentChanges::default() }.into();
    }
    let settled = AgentChanges {
        status: Some(AgentStatus::Online),
        last_provision_error: Some(None),
        lifecycle_generation: woken_at.map(|_| agent.lifecycle_generation + 1),
        ..no_request()
    };
    awaited(agent, woken_at, 0, now, settled)
}

/// It is to be woken on somebody's wish, so its wakes are counted anew.
pub fn waking(agent: &Agent) -> Step {
    AgentChanges {
        wake_attempts: Some(0),
        lifecycle_generation: Some(agent.lifecycle_generation + 1),
        ..AgentChanges::default()
    }
    .into()
}

/// It was woken. Who was given up on gets another chance; who looks after an earlier wake need not any more, and a
/// repetition of the same job is void.
pub fn woken(agent: &Agent, woken_at: Timestamp, now: Timestamp) -> Step {
    let settled = AgentChanges {
        status: (agent.status == AgentStatus::Offline).then_some(AgentStatus::Online),
        last_provision_error: Some(None),
        lifecycle_generation: Some(agent.lifecycle_generation + 1),
        ..AgentChanges::default()
    };
    awaited(agent, Some(woken_at), agent.wake_attempts, now, settled)
}

/// `settled`, and when the agent has to check in unless it was faster than whoever writes this down.
fn awaited(
    agent: &Agent,
    woken_at: Option<Timestamp>,
    attempts: i32,
    now: Timestamp,
    settled: AgentChanges,
) -> Step {
    let waiting = woken_at.is_some_and(|woken| agent.last_seen_at.is_none_or(|seen| seen < woken));
    let check_in = waiting.then(|| now.plus(CHECK_IN_WITHIN));
    let changes = AgentChanges {
        last_wake_sent_at: woken_at.map(Some),
        wake_attempts: waiting.then_some(attempts + 1),
        checkin_deadline_at: Some(check_in),
        ..settled
    };
    Step { changes, check_in }
}

/// What is to be done about a woken agent at its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// It is paused: nobody waits for it.
    Paused,
    /// It checked in.
    CheckedIn,
    /// It is brought up to date and woken again.
    WakeAgain,
    /// It was woken often enough.
    GiveUp,
}

/// Looks at `agent` at the deadline of its check-in.
pub fn at_deadline(agent: &Agent) -> Deadline {
    if agent.paused_at.is_some() {
        Deadline::Paused
    } else if has_answered(agent) {
        Deadline::CheckedIn
    } else if agent.wake_attempts >= WAKE_ATTEMPTS {
        Deadline::GiveUp
    } else {
        Deadline::WakeAgain
    }
}

/// It stayed silent however often it was woken.
pub fn silent() -> Step {
    failed(Reason::new(SILENT, Some(LOOK)))
}

/// Nobody tries any more, and this is why.
pub fn failed(why: Reason) -> Step {
    AgentChanges {
        status: Some(AgentStatus::Offline),
        provision_requested_at: Some(None),
        provision_action: Some(None),
        checkin_deadline_at: Some(None),
        ..AgentChanges::failing(why)
    }
    .into()
}

/// A change that somebody waited for did not come about: it is as it was. The run made void whoever looked after its last
/// wake.
pub fn put_back(agent: &Agent, before: AgentStatus, why: Reason) -> Step {
    let changes = AgentChanges {
        status: Some(before),
        provision_requested_at: Some(None),
        provision_action: Some(None),
        ..AgentChanges::failing(why)
    };
    Step { changes, check_in: agent.checkin_deadline_at }
}

/// Something went wrong, and is tried again.
pub fn held_up(why: Reason) -> Step {
    AgentChanges::failing(why).into()
}

/// A person says that it is fine.
pub fn ready() -> Step {
    AgentChanges {
        status: Some(AgentStatus::Ready),
        checkin_deadline_at: Some(None),
        last_provision_error: Some(None),
        ..no_request()
    }
    .into()
}

/// It checks in, with a word of its own about how it is. Where it is in its life follows from what is done with it, not from
/// what it says, and its last words do not undo a deletion.
pub fn checked_in(agent: &Agent, word: Option<AgentStatus>, now: Timestamp) -> Step {
    let word = word.filter(|word| {
        !matches!(word, AgentStatus::Provisioning | AgentStatus::Updating | AgentStatus::Deleting)
    });
    let status = match (&agent.status, word) {
        (AgentStatus::Deleting, _) => None,
        (_, Some(word)) => Some(word),
        (
            AgentStatus::Provisioning | AgentStatus::Offline | AgentStatus::Updating | AgentStatus::Ready,
            None,
        ) => Some(AgentStatus::Online),
        _ => None,
    };
    AgentChanges { status, ..alive(agent, now) }.into()
}

/// It did something, without saying how it is: that ends no run that is under way.
pub fn heard_of(agent: &Agent, now: Timestamp) -> Step {
    if matches!(agent.status, AgentStatus::Updating | AgentStatus::Deleting) {
        return seen(agent, now).into();
    }
    AgentChanges { status: Some(AgentStatus::Online), ..alive(agent, now) }.into()
}

fn seen(agent: &Agent, now: Timestamp) -> AgentChanges {
    AgentChanges {
        last_seen_at: Some(Some(now)),
        status_since: is_silent(agent, now).then_some(Some(now)),
        ..AgentChanges::default()
    }
}

/// Who speaks, lives: nobody waits for it, and what failed before is over.
fn alive(agent: &Agent, now: Timestamp) -> AgentChanges {
    AgentChanges {
        wake_attempts: Some(0),
        checkin_deadline_at: Some(None),
        last_provision_error: Some(None),
        ..seen(agent, now)
    }
}

/// It is paused since then, or resumed. Whether it is awaited is asked anew.
pub fn paused(since: Option<Timestamp>) -> Step {
    AgentChanges { paused_at: Some(since), checkin_deadline_at: Some(None), ..AgentChanges::default() }.into()
}

/// It is to be deleted. A run that was asked for before is void from now on; should the deletion be refused, the reconciler
/// finds an agent that was under way, and begins another.
pub fn deleting(now: Timestamp) -> Step {
    AgentChanges { status: Some(AgentStatus::Deleting), delete_requested_at: Some(Some(now)), ..no_request() }
        .into()
}

/// Its deletion was refused: it is as it was.
pub fn kept(before: AgentStatus) -> Step {
    AgentChanges { status: Some(before), delete_requested_at: Some(None), ..AgentChanges::default() }.into()
}

/// A token is about to be written into its workspace; it is not valid before it is there.
pub fn token_issued(digest: String) -> Step {
    AgentChanges { provision_confirm_token_hash: Some(Some(digest)), ..AgentChanges::default() }.into()
}

/// The token in its workspace is the valid one from now on.
pub fn token_confirmed(digest: String) -> Step {
    AgentChanges {
        token_digest: Some(Some(digest)),
        agent_token_hash: Some(None),
        provision_confirm_token_hash: Some(None),
        ..AgentChanges::default()
    }
    .into()
}

/// It showed a token that fits its slow hash, one of the reference's: the digest takes the hash's place.
pub fn token_recognized(digest: String) -> Step {
    AgentChanges { token_digest: Some(Some(digest)), agent_token_hash: Some(None), ..AgentChanges::default() }
        .into()
}

/// No run is asked for.
fn no_request() -> AgentChanges {
    AgentChanges {
        provision_requested_at: Some(None),
        provision_action: Some(None),
        ..AgentChanges::default()
    }
}

#[cfg(test)]
mod tests;
