//! Stale tasks: when nothing is to be expected of the agent that has a task in progress, and what becomes of the task.
//!
//! A task is first marked, and only after the board's time released or asked about, so that an agent that comes back keeps
//! what it has. Of an agent whose gateway is away nothing is known, so its tasks are never given to another: two would do
//! the same work.

use std::time::Duration;

use super::presence::is_silent;
use crate::models::{
    Agent, AgentPause, AgentStatus, BoardStaleRule, ConnectionState, PauseCause, StaleCause, StaleRule,
    StaleTask,
};
use crate::time::Timestamp;

/// Shortest and longest time after which something becomes of a stale task, in minutes.
pub const MINUTES: std::ops::RangeInclusive<i32> = 1..=10_080;

/// Why and since when nothing is to be expected of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Why.
    pub cause: StaleCause,
    /// Since when.
    pub since: Timestamp,
}

/// Why nothing is to be expected of an agent, which a rule may have paused, and whose gateway is connected or not. `None`
/// when something is, or when nothing speaks against it: an agent without heartbeats is never silent.
pub fn absence(
    agent: &Agent,
    pause: Option<&AgentPause>,
    gateway: ConnectionState,
    now: Timestamp,
) -> Option<Absence> {
    let changed = agent.status_since.unwrap_or(agent.updated_at);
    let absent = |cause, since| Some(Absence { cause, since });
    match (&agent.status, agent.paused_at, agent.last_seen_at) {
        (AgentStatus::Deleting, ..) => {
            absent(StaleCause::Deleting, agent.delete_requested_at.unwrap_or(changed))
        }
        (_, Some(since), _) => {
            let of_rule = pause.filter(|pause| pause.paused_at == since).map(|pause| pause.cause);
            let cause = match of_rule {
                Some(PauseCause::Budget) => StaleCause::Budget,
                Some(PauseCause::Breaker) => StaleCause::Breaker,
                _ => StaleCause::Paused,
            };
            absent(cause, since)
        }
        (AgentStatus::Offline, ..) => absent(StaleCause::GivenUp, changed),
        (_, _, Some(seen)) if is_silent(agent, now) => match gateway {
            ConnectionState::Up | ConnectionState::Unknown => absent(StaleCause::Silent, seen),
            _ => absent(StaleCause::GatewayAway, seen),
        },
        _ => None,
    }
}

/// What is to be done about a task in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// It is marked, for this.
    Mark(Absence),
    /// Its mark is taken off: its agent is back.
    Clear,
    /// It goes back to the inbox.
    Release,
    /// People are asked.
    Escalate,
}

/// What is to be done about a task, whose agent is absent or not, and which is marked or not.
pub fn step(
    found: Option<Absence>,
    known: Option<&StaleTask>,
    rule: &BoardStaleRule,
    now: Timestamp,
) -> Step {
    let (found, known) = match (found, known) {
        (None, None) => return Step::Nothing,
        (None, Some(_)) => return Step::Clear,
        (Some(found), Some(known)) if (known.cause, known.since) == (found.cause, found.since) => {
            (found, known)
        }
        // What comes after it is no earlier than the time of the board after its cause was found.
        (Some(found), _) => return Step::Mark(found),
    };
    let minutes = u64::try_from(rule.after_minutes).unwrap_or_default();
    if now.since(known.marked_at) < Duration::from_secs(minutes * 60) {
        return Step::Nothing;
    }
    match rule.rule {
        StaleRule::Release if found.cause != StaleCause::GatewayAway => Step::Release,
        StaleRule::Release | StaleRule::Escalate if known.approval_id.is_none() => Step::Escalate,
        _ => Step::Nothing,
    }
}

/// Why nothing is to be expected of an agent of this name, for people and agents.
pub fn in_words(name: &str, absence: &Absence) -> String {
    let since = absence.since.in_words();
    match absence.cause {
        StaleCause::Silent => format!("{name} has been silent since {since}"),
        StaleCause::GatewayAway => format!("{name} has been silent since {since}, and its gateway is away"),
        StaleCause::Paused => format!("{name} has been paused since {since}"),
        StaleCause::Budget => format!("{name} has been paused since {since}: a budget is used up"),
        StaleCause::Breaker => format!("{name} has been paused since {since}: nothing came of its runs"),
        StaleCause::GivenUp => format!("{name} has not been running since {since}"),
        StaleCause::Deleting => format!("{name} is being deleted since {since}"),
        StaleCause::Foreign(_) => format!("nothing has been heard of {name} since {since}"),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::id::{AgentId, ApprovalId, BoardId, GatewayId, TaskId};

    const MINUTE: Duration = Duration::from_secs(60);

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-23T10:00:00").unwrap()
    }

    fn ago(minutes: u32) -> Timestamp {
        now().minus(MINUTE * minutes)
    }

    /// Seen so many minutes ago.
    fn agent(seen: u32) -> Agent {
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.status = AgentStatus::Online;
        agent.status_since = Some(ago(90));
        agent.last_seen_at = Some(ago(seen));
        agent
    }

    fn found(agent: &Agent) -> Option<(StaleCause, Timestamp)> {
        absence(agent, None, ConnectionState::Up, now()).map(|absence| (absence.cause, absence.since))
    }

    #[test]
    fn something_is_expected_of_whoever_was_heard_of_lately_or_has_no_heartbeat_or_is_not_there_yet() {
        assert_eq!(found(&agent(20)), None);
        let mut quiet = agent(9_000);
        quiet.heartbeat_config = Some(json!({ "every": "0m" }));
        assert_eq!(found(&quiet), None);
        let new = Agent { last_seen_at: None, status: AgentStatus::Provisioning, ..agent(0) };
        assert_eq!(found(&new), None);
    }

    #[test]
    fn nothing_is_expected_of_the_silent_the_paused_those_given_up_on_and_those_that_are_deleted() {
        assert_eq!(found(&agent(26)), Some((StaleCause::Silent, ago(26))));
        let paused = Agent { paused_at: Some(ago(5)), ..agent(1) };
        assert_eq!(found(&paused), Some((StaleCause::Paused, ago(5))));
        let given_up = Agent { status: AgentStatus::Offline, ..agent(1) };
        assert_eq!(found(&given_up), Some((StaleCause::GivenUp, ago(90))));
        let deleted = Agent { status: AgentStatus::Deleting, delete_requested_at: Some(ago(3)), ..agent(1) };
        assert_eq!(found(&deleted), Some((StaleCause::Deleting, ago(3))));
    }

    #[rstest]
    #[case(PauseCause::Budget, 5, StaleCause::Budget)]
    #[case(PauseCause::Breaker, 5, StaleCause::Breaker)]
    #[case::that_pause_is_over(PauseCause::Budget, 7, StaleCause::Paused)]
    fn what_paused_an_agent_is_told_apart(
        #[case] cause: PauseCause,
        #[case] minutes: u32,
        #[case] expected: StaleCause,
    ) {
        let agent = Agent { paused_at: Some(ago(5)), ..agent(1) };
        let pause = AgentPause {
            agent_id: agent.id,
            paused_at: ago(minutes),
            cause,
            reason: String::new(),
            budget_id: None,
            window_starts_at: None,
        };
        let absence = absence(&agent, Some(&pause), ConnectionState::Up, now());
        assert_eq!(absence, Some(Absence { cause: expected, since: ago(5) }));
    }

    #[test]
    fn the_silence_of_an_agent_whose_gateway_is_away_is_told_apart() {
        let absence = absence(&agent(26), None, ConnectionState::Down, now()).unwrap();
        assert_eq!(absence.cause, StaleCause::GatewayAway);
    }

    fn marked(cause: StaleCause, minutes_ago: u32, asked: bool) -> StaleTask {
        StaleTask {
            task_id: TaskId::random(),
            agent_id: AgentId::random(),
            cause,
            since: ago(100),
            marked_at: ago(minutes_ago),
            approval_id: asked.then(ApprovalId::random),
        }
    }

    #[rstest]
    #[case::not_yet(StaleRule::Release, StaleCause::Silent, 29, false, Step::Nothing)]
    #[case::released_in_time(StaleRule::Release, StaleCause::Silent, 30, false, Step::Release)]
    #[case::whatever_was_asked(StaleRule::Release, StaleCause::Paused, 30, true, Step::Release)]
    #[case::not_of_a_gateway_that_is_away(
        StaleRule::Release,
        StaleCause::GatewayAway,
        30,
        false,
        Step::Escalate
    )]
    #[case::nor_asked_twice(StaleRule::Release, StaleCause::GatewayAway, 30, true, Step::Nothing)]
    #[case::asked_in_time(StaleRule::Escalate, StaleCause::Budget, 30, false, Step::Escalate)]
    #[case::asked_once(StaleRule::Escalate, StaleCause::Budget, 9_000, true, Step::Nothing)]
    #[case::not_asked_yet(StaleRule::Escalate, StaleCause::Silent, 29, false, Step::Nothing)]
    #[case::kept(StaleRule::Keep, StaleCause::Deleting, 9_000, false, Step::Nothing)]
    fn what_becomes_of_a_marked_task_is_the_boards_rule(
        #[case] rule: StaleRule,
        #[case] cause: StaleCause,
        #[case] marked_minutes_ago: u32,
        #[case] asked: bool,
        #[case] expected: Step,
    ) {
        let board = BoardStaleRule { rule, ..BoardStaleRule::usual(BoardId::random(), now()) };
        let known = marked(cause, marked_minutes_ago, asked);
        let found = Absence { cause, since: known.since };
        assert_eq!(step(Some(found), Some(&known), &board, now()), expected);
    }

    #[test]
    fn a_task_is_marked_before_anything_becomes_of_it_anew_for_another_cause_and_no_more_when_its_agent_is_back()
     {
        let rule =
            BoardStaleRule { rule: StaleRule::Release, ..BoardStaleRule::usual(BoardId::random(), now()) };
        let silent = Absence { cause: StaleCause::Silent, since: ago(9_000) };
        assert_eq!(step(Some(silent), None, &rule, now()), Step::Mark(silent));
        let known = marked(StaleCause::GatewayAway, 9_000, false);
        assert_eq!(step(Some(silent), Some(&known), &rule, now()), Step::Mark(silent));
        assert_eq!(step(None, Some(&known), &rule, now()), Step::Clear);
        assert_eq!(step(None, None, &rule, now()), Step::Nothing);
    }
}
