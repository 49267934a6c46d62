//! What is really going on with an agent, in the words of [`AgentState`]: finer than the status that clients of the
//! reference know, with the cause and what to do.

use super::presence::{self, heartbeat_interval};
use crate::models::{Agent, AgentState, AgentStatus};
use crate::reason::Reason;
use crate::time::Timestamp;

/// What helps with a silence of which nothing is known.
const WAKE: &str = "Wake it; if it stays silent, look at its session on the gateway.";
/// What is said of a failure of which nothing was noted.
const UNTOLD: &str = "It was given up on, and nothing was noted of why";
/// What helps with a failure for which nothing else is known to.
const REPROVISION: &str = "Reprovision the agent; if that does not help, look at its gateway's log.";

/// An agent's state and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The state.
    pub state: AgentState,
    /// Since when, as far as is known.
    pub since: Option<Timestamp>,
    /// What is wrong.
    pub cause: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// When the next heartbeat is due; in the past when it is late.
    pub next_heartbeat_at: Option<Timestamp>,
}

/// The condition of `agent` at `now`.
pub fn of(agent: &Agent, now: Timestamp) -> Condition {
    let state = state(agent, now);
    let (cause, remedy) = why(agent, state).map(|why| (why.cause, why.remedy)).unzip();
    let beats = matches!(state, AgentState::Online | AgentState::Ready | AgentState::Offline);
    let next = beats.then(|| heartbeat_interval(agent).zip(agent.last_seen_at)).flatten();
    Condition {
        since: since(agent, state),
        next_heartbeat_at: next.map(|(interval, seen)| seen.plus(interval)),
        state,
        cause,
        remedy: remedy.flatten(),
    }
}

/// Whether the agent was woken and has not been heard of since.
pub fn is_awaited(agent: &Agent) -> bool {
    agent.checkin_deadline_at.is_some() && !presence::has_answered(agent)
}

fn state(agent: &Agent, now: Timestamp) -> AgentState {
    match &agent.status {
        AgentStatus::Deleting => AgentState::Deleting,
        _ if agent.paused_at.is_some() => AgentState::Paused,
        AgentStatus::Offline => AgentState::Failed,
        AgentStatus::Updating => AgentState::Updating,
        _ if is_awaited(agent) => AgentState::Waking,
        AgentStatus::Provisioning => AgentState::Provisioning,
        _ if agent.last_seen_at.is_none() => AgentState::Provisioning,
        _ if presence::is_silent(agent, now) => AgentState::Offline,
        AgentStatus::Ready => AgentState::Ready,
        _ => AgentState::Online,
    }
}

fn since(agent: &Agent, state: AgentState) -> Option<Timestamp> {
    match state {
        AgentState::Deleting => agent.delete_requested_at.or(agent.status_since),
        AgentState::Paused => agent.paused_at,
        AgentState::Waking => agent.last_wake_sent_at,
        AgentState::Provisioning | AgentState::Updating => {
            agent.provision_requested_at.or(agent.status_since)
        }
        AgentState::Offline => agent.last_seen_at,
        AgentState::Online | AgentState::Ready | AgentState::Failed => agent.status_since,
    }
}

fn why(agent: &Agent, state: AgentState) -> Option<Reason> {
    let why = match state {
        AgentState::Failed => failure(agent),
        AgentState::Provisioning | AgentState::Updating => agent.failure()?,
        AgentState::Offline => agent.silence().unwrap_or_else(|| silence(agent)),
        AgentState::Waking if agent.wake_attempts > 1 => {
            format!("It was woken {} times and has not checked in yet.", agent.wake_attempts).into()
        }
        _ => return None,
    };
    Some(match is_tried_again(agent, state) {
        true => Reason {
            cause: format!("Trying again: {}", why.cause),
            remedy: Some(patience(why.remedy.as_deref())),
        },
        false => why,
    })
}

/// Whether a job is bringing the agent somewhere, and goes on although something stood in its way.
fn is_tried_again(agent: &Agent, state: AgentState) -> bool {
    matches!(state, AgentState::Provisioning | AgentState::Updating)
        && matches!(agent.status, AgentStatus::Provisioning | AgentStatus::Updating)
}

/// What to do about what is tried again by itself.
fn patience(remedy: Option<&str>) -> String {
    let lasting = remedy.map(|remedy| format!(" If that does not help: {remedy}")).unwrap_or_default();
    format!("Nothing to do now: it is tried again by itself.{lasting}")
}

/// Who finds a failure is told of a cause and of what to do, whatever was noted.
fn failure(agent: &Agent) -> Reason {
    let noted = agent.failure().filter(|noted| !noted.cause.trim().is_empty());
    let Reason { cause, remedy } = noted.unwrap_or_else(|| UNTOLD.into());
    Reason { cause, remedy: Some(remedy.unwrap_or_else(|| REPROVISION.to_owned())) }
}

fn silence(agent: &Agent) -> Reason {
    let seen = agent.last_seen_at.map(|seen| format!(" since {seen} UTC")).unwrap_or_default();
    Reason::new(format!("It has not checked in{seen}"), Some(WAKE))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::id::GatewayId;

    const NOW: &str = "2026-11-23T10:00:00";

    fn at(seconds_ago: u64) -> Timestamp {
        Timestamp::parse(NOW).unwrap().minus(Duration::from_secs(seconds_ago))
    }

    fn agent(status: &str, seen: Option<u64>, woken: Option<u64>, awaited: bool) -> Agent {
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.status = AgentStatus::from(status);
        agent.last_seen_at = seen.map(at);
        agent.last_wake_sent_at = woken.map(at);
        agent.checkin_deadline_at = awaited.then(|| at(0));
        agent
    }

    #[rstest]
    #[case::new("provisioning", None, None, false, AgentState::Provisioning)]
    #[case::on_the_gateway_and_never_woken("online", None, None, false, AgentState::Provisioning)]
    #[case::woken("online", None, Some(10), true, AgentState::Waking)]
    #[case::woken_again("online", Some(60), Some(10), true, AgentState::Waking)]
    #[case::faster_than_the_note("online", Some(5), Some(10), true, AgentState::Online)]
    #[case::online("online", Some(5), Some(10), false, AgentState::Online)]
    #[case::words_of_its_own("busy", Some(5), None, false, AgentState::Online)]
    #[case::ready("ready", Some(5), None, false, AgentState::Ready)]
    #[case::ready_and_silent("ready", Some(1_501), None, false, AgentState::Offline)]
    #[case::ready_and_never_seen("ready", None, None, false, AgentState::Provisioning)]
    #[case::silent("online", Some(1_501), None, false, AgentState::Offline)]
    #[case::silent_and_woken("online", Some(1_501), Some(5), true, AgentState::Waking)]
    #[case::given_up("offline", Some(5), None, false, AgentState::Failed)]
    #[case::updating("updating", Some(5_000), None, false, AgentState::Updating)]
    #[case::deleting("deleting", None, None, false, AgentState::Deleting)]
    fn the_state_follows_from_the_row(
        #[case] status: &str,
        #[case] seen: Option<u64>,
        #[case] woken: Option<u64>,
        #[case] awaited: bool,
        #[case] expected: AgentState,
    ) {
        assert_eq!(of(&agent(status, seen, woken, awaited), at(0)).state, expected);
    }

    #[test]
    fn status_and_state_say_the_same_wherever_both_have_a_word_for_it() {
        let seen = [None, Some(5), Some(1_501)];
        let words = ["provisioning", "online", "offline", "updating", "deleting", "ready"];
        for (word, seen) in words.into_iter().flat_map(|word| seen.map(|seen| (word, seen))) {
            let agent = agent(word, seen, None, false);
            let (status, state) = (presence::computed_status(&agent, at(0)), of(&agent, at(0)).state);
            // What is given up on has a word of its own only as a state.
            let state = if state == AgentState::Failed { AgentState::Offline } else { state };
            // One that was there before and is brought back is silent, and it is known why.
            let again = word == "provisioning" && seen == Some(1_501);
            assert!(again || status.as_str() == state.as_str(), "{word} {seen:?}: {status} and {state}");
        }
    }

    #[test]
    fn a_pause_hides_everything_but_a_deletion() {
        let mut paused = agent("offline", None, None, false);
        paused.paused_at = Some(at(3));
        let condition = of(&paused, at(0));
        assert_eq!(
            (condition.state, condition.since, condition.cause),
            (AgentState::Paused, Some(at(3)), None)
        );
        paused.status = AgentStatus::Deleting;
        assert_eq!(of(&paused, at(0)).state, AgentState::Deleting);
    }

    #[test]
    fn a_failure_says_what_and_what_to_do() {
        let mut failed = agent("offline", None, None, false);
        failed.last_provision_error = Some("disk — full".to_owned());
        failed.last_provision_remedy = Some("Free some space.".to_owned());
        let condition = of(&failed, at(0));
        assert_eq!(condition.cause.as_deref(), Some("disk — full"));
        assert_eq!(condition.remedy.as_deref(), Some("Free some space."));
        failed.last_provision_remedy = None;
        assert!(of(&failed, at(0)).remedy.unwrap().starts_with("Reprovision"));
    }

    #[test]
    fn what_is_tried_again_says_so_with_the_cause_and_keeps_the_remedy_for_later() {
        let mut updating = agent("updating", Some(5), None, false);
        assert_eq!(of(&updating, at(0)).cause, None);
        updating.last_provision_error = Some("disk full".to_owned());
        updating.last_provision_remedy = Some("Free some space.".to_owned());
        let condition = of(&updating, at(0));
        assert_eq!(condition.cause.as_deref(), Some("Trying again: disk full"));
        let remedy = condition.remedy.unwrap();
        assert!(remedy.starts_with("Nothing to do now") && remedy.ends_with("Free some space."), "{remedy}");
    }

    proptest! {
        #[test]
        fn whoever_does_not_work_says_why_and_what_to_do(
            status in prop::sample::select(vec!["provisioning", "updating", "online", "ready", "busy", "offline"]),
            seen in prop::option::of(0_u64..10_000),
            woken in prop::option::of(0_u64..10_000),
            awaited in any::<bool>(),
            noted in prop::option::of("[a-z ]{0,12}"),
            attempts in 0..6,
        ) {
            let mut agent = agent(status, seen, woken, awaited);
            (agent.last_provision_error, agent.wake_attempts) = (noted, attempts);
            let condition = of(&agent, at(0));
            let text = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
            if matches!(condition.state, AgentState::Failed | AgentState::Offline) {
                prop_assert!(text(&condition.cause) && text(&condition.remedy), "{condition:?}");
            }
        }
    }

    #[test]
    fn a_silence_has_a_cause_whether_or_not_it_is_known() {
        let mut silent = agent("online", Some(5_000), None, false);
        let condition = of(&silent, at(0));
        assert!(condition.cause.unwrap().contains("not checked in since") && condition.remedy.is_some());
        silent.offline_cause = Some("The gateway is away".to_owned());
        assert_eq!(of(&silent, at(0)).cause.as_deref(), Some("The gateway is away"));
    }

    #[test]
    fn the_next_heartbeat_follows_the_pace() {
        let mut online = agent("online", Some(60), None, false);
        assert_eq!(of(&online, at(0)).next_heartbeat_at, Some(at(60).plus(Duration::from_secs(600))));
        online.paced_every = Some("1h".to_owned());
        assert_eq!(of(&online, at(0)).next_heartbeat_at, Some(at(60).plus(Duration::from_secs(3_600))));
        online.paused_at = Some(at(0));
        assert_eq!(of(&online, at(0)).next_heartbeat_at, None);
    }
}
