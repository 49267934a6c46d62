//! Whether an agent is there, from what is stored about it.

use std::time::Duration;

use serde_json::Value;

use super::durations::{format_every, parse_every};
use crate::{
    models::{Agent, AgentStatus},
    time::Timestamp,
};

/// Interval of heartbeats when an agent's settings name none, and shortest silence that makes an agent offline.
pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(600);

/// The status to show: the stored one, unless silence says otherwise.
///
/// An agent that is being updated or deleted keeps its status. One that never checked in is `provisioning`, until it is
/// given up on (`offline`). One silent for longer than [`offline_after`] is `offline`.
pub fn computed_status(agent: &Agent, now: Timestamp) -> AgentStatus {
    match (&agent.status, agent.last_seen_at) {
        (AgentStatus::Updating | AgentStatus::Deleting | AgentStatus::Offline, _) => agent.status.clone(),
        (_, None) => AgentStatus::Provisioning,
        (status, Some(_)) if !is_silent(agent, now) => status.clone(),
        _ => AgentStatus::Offline,
    }
}

/// Whether an agent that was seen before has been silent for longer than [`offline_after`]. The silence of a paused one
/// says nothing.
pub fn is_silent(agent: &Agent, now: Timestamp) -> bool {
    let limit = heartbeat_interval(agent).map(tolerance);
    limit.zip(agent.last_seen_at).is_some_and(|(limit, last_seen)| now.since(last_seen) > limit)
}

/// Whether an agent was heard of since it was last woken, if it ever was.
pub fn has_answered(agent: &Agent) -> bool {
    agent.last_wake_sent_at.is_none_or(|woken| agent.last_seen_at.is_some_and(|seen| seen >= woken))
}

/// The interval of an agent's heartbeats as it is in effect: slower while its board is idle, `None` when it is paused or
/// has none.
pub fn heartbeat_interval(agent: &Agent) -> Option<Duration> {
    if agent.paused_at.is_some() {
        return None;
    }
    match agent.paced_every.as_deref().map(parse_every) {
        Some(Ok(paced)) => paced,
        _ => own_interval(agent.heartbeat_config.as_ref()),
    }
}

/// The interval that heartbeat settings name, as gateways are told it: `every`, or else `interval_seconds`. What is no interval
/// counts as not there.
pub fn own_every(heartbeat_config: Option<&Value>) -> String {
    let field = |name: &str| heartbeat_config.and_then(|config| config.get(name));
    let every = field("every").and_then(Value::as_str).map(|text| text.trim().to_owned());
    let seconds = || field("interval_seconds").and_then(Value::as_u64).map(|seconds| format!("{seconds}s"));
    let is_interval = |text: &String| parse_every(text).is_ok();
    let named = every.filter(is_interval).or_else(|| seconds().filter(is_interval));
    named.unwrap_or_else(|| format_every(DEFAULT_INTERVAL))
}

/// The same as time; `None` turns heartbeats off.
pub fn own_interval(heartbeat_config: Option<&Value>) -> Option<Duration> {
    parse_every(&own_every(heartbeat_config)).unwrap_or(Some(DEFAULT_INTERVAL))
}

/// How long an agent with these heartbeat settings may be silent. `None` when its heartbeat is off, so that silence says
/// nothing.
pub fn offline_after(heartbeat_config: Option<&Value>) -> Option<Duration> {
    own_interval(heartbeat_config).map(tolerance)
}

/// 2.5 intervals, ten minutes at least.
fn tolerance(interval: Duration) -> Duration {
    (interval * 5 / 2).max(DEFAULT_INTERVAL)
}

/// How often signs of life are written down.
const NOTED_EVERY: Duration = Duration::from_secs(30);

/// Whether a sign of life at `now` is worth writing down: none was for a while, or something was said to the agent since.
pub fn is_news(agent: &Agent, now: Timestamp) -> bool {
    agent.last_seen_at.is_none_or(|seen| {
        now.since(seen) >= NOTED_EVERY || agent.last_message_at.is_some_and(|said| said > seen)
    })
}

/// How long what is said to an agent and a sign of life of it may be written down one after the other, whichever came first.
const AT_ONCE: Duration = Duration::from_secs(120);

/// Whether something may have been said to an agent that it had not seen at its last sign of life.
pub fn may_have_unseen(agent: &Agent) -> bool {
    agent.last_message_at.is_some_and(|said| agent.last_seen_at.is_none_or(|seen| said.plus(AT_ONCE) >= seen))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::id::GatewayId;

    fn agent(status: &str, silent_seconds: Option<u64>, every: Value) -> (Agent, Timestamp) {
        let now = Timestamp::parse("2026-11-23T10:00:00").unwrap();
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.status = AgentStatus::from(status);
        agent.last_seen_at = silent_seconds.map(|seconds| now.minus(Duration::from_secs(seconds)));
        agent.heartbeat_config = Some(json!({ "every": every }));
        (agent, now)
    }

    #[rstest]
    #[case::nothing_was_said(None, Some(60), false)]
    #[case::never_seen(Some(9_000), None, true)]
    #[case::said_since(Some(30), Some(60), true)]
    #[case::said_and_seen_at_once(Some(180), Some(60), true)]
    #[case::said_long_before(Some(181), Some(60), false)]
    fn what_was_said_before_the_last_sign_of_life_was_seen_then(
        #[case] said: Option<u64>,
        #[case] seen: Option<u64>,
        #[case] unseen: bool,
    ) {
        let (mut agent, now) = agent("online", seen, "10m".into());
        agent.last_message_at = said.map(|seconds| now.minus(Duration::from_secs(seconds)));
        assert_eq!(may_have_unseen(&agent), unseen);
    }

    #[rstest]
    #[case::never_seen("provisioning", None, "10m", "provisioning")]
    #[case::never_seen_whatever_is_stored("online", None, "10m", "provisioning")]
    #[case::given_up_on("offline", None, "10m", "offline")]
    #[case::given_up_on_after_a_check_in("offline", Some(1), "10m", "offline")]
    #[case::seen_lately("online", Some(1), "10m", "online")]
    #[case::one_interval_is_no_silence("online", Some(601), "10m", "online")]
    #[case::two_and_a_half_intervals_are_the_limit("online", Some(1500), "10m", "online")]
    #[case::beyond_the_limit("online", Some(1501), "10m", "offline")]
    #[case::ten_minutes_at_least("online", Some(600), "30s", "online")]
    #[case::ten_minutes_and_no_more("online", Some(601), "30s", "offline")]
    #[case::long_intervals("online", Some(9_000), "1h", "online")]
    #[case::beyond_long_intervals("online", Some(9_001), "1h", "offline")]
    #[case::heartbeat_off("online", Some(1_000_000), "0m", "online")]
    #[case::unreadable_interval_means_the_default("online", Some(1_501), "soon", "offline")]
    #[case::words_of_the_agents_own("busy", Some(1), "10m", "busy")]
    #[case::ready("ready", Some(1_501), "10m", "offline")]
    #[case::updating("updating", Some(1_000_000), "10m", "updating")]
    #[case::updating_and_never_seen("updating", None, "10m", "updating")]
    #[case::deleting("deleting", None, "10m", "deleting")]
    fn the_status_follows_from_the_last_check_in(
        #[case] stored: &str,
        #[case] silent_seconds: Option<u64>,
        #[case] every: &str,
        #[case] shown: &str,
    ) {
        let (agent, now) = agent(stored, silent_seconds, json!(every));
        assert_eq!(computed_status(&agent, now).as_str(), shown);
    }

    #[test]
    fn signs_of_life_are_news_twice_a_minute_and_after_a_message() {
        let (mut agent, now) = agent("online", None, json!("10m"));
        assert!(is_news(&agent, now));
        agent.last_seen_at = Some(now);
        let soon = now.plus(Duration::from_secs(29));
        assert!(!is_news(&agent, soon));
        assert!(is_news(&agent, now.plus(Duration::from_secs(30))));
        agent.last_message_at = Some(now.plus(Duration::from_secs(1)));
        assert!(is_news(&agent, soon));
        agent.last_seen_at = Some(soon);
        assert!(!is_news(&agent, soon));
    }

    #[test]
    fn settings_without_an_interval_mean_ten_minutes() {
        for config in [None, Some(json!({})), Some(json!({ "every": 5 })), Some(json!("10m"))] {
            assert_eq!(offline_after(config.as_ref()), Some(Duration::from_secs(1500)));
        }
    }

    #[rstest]
    #[case(json!({ "every": " 5m ", "interval_seconds": 90 }), "5m", 300)]
    #[case(json!({ "every": "", "interval_seconds": 90 }), "90s", 90)]
    #[case(json!({ "every": "soon", "interval_seconds": 90 }), "90s", 90)]
    #[case(json!({ "interval_seconds": 90 }), "90s", 90)]
    #[case(json!({ "every": "soon" }), "10m", 600)]
    #[case(json!({ "interval_seconds": u64::MAX }), "10m", 600)]
    #[case(json!({ "interval_seconds": 0 }), "0s", 0)]
    #[case(json!({ "every": "0m" }), "0m", 0)]
    fn what_a_gateway_is_told_is_what_silence_is_measured_by(
        #[case] config: Value,
        #[case] every: &str,
        #[case] seconds: u64,
    ) {
        assert_eq!(own_every(Some(&config)), every);
        assert_eq!(own_interval(Some(&config)).unwrap_or_default(), Duration::from_secs(seconds));
    }

    #[test]
    fn a_slower_pace_or_a_pause_lets_an_agent_be_silent_for_longer() {
        let (mut agent, now) = agent("online", Some(5_000), json!("10m"));
        assert_eq!(computed_status(&agent, now), AgentStatus::Offline);
        agent.paced_every = Some("40m".to_owned());
        assert_eq!(computed_status(&agent, now), AgentStatus::Online);
        agent.paced_every = Some("0m".to_owned());
        assert_eq!((computed_status(&agent, now), heartbeat_interval(&agent)), (AgentStatus::Online, None));
        agent.paced_every = None;
        agent.paused_at = Some(now);
        assert_eq!(computed_status(&agent, now), AgentStatus::Online);
    }

    #[test]
    fn a_check_in_ahead_of_our_clock_is_fresh() {
        let (mut agent, now) = agent("online", None, json!("10m"));
        agent.last_seen_at = Some(now.plus(Duration::from_secs(3_600)));
        assert_eq!(computed_status(&agent, now), AgentStatus::Online);
    }
}
