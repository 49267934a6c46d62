use std::time::Duration;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::id::GatewayId;
use crate::models::AgentState;
use crate::rules::condition;

const HERE: Observed = Observed::Present { files_missing: false };
const FILES_GONE: Observed = Observed::Present { files_missing: true };
const GONE: Observed = Observed::Absent;
const AWAY: Observed = Observed::Unreachable;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-23T10:00:00").unwrap()
}

fn ago(seconds: u64) -> Timestamp {
    now().minus(Duration::from_secs(seconds))
}

/// One that has lived and was seen so many seconds ago.
fn seen(status: &str, seconds: u64) -> Agent {
    let mut agent = Agent::new(GatewayId::random(), "Ada");
    agent.status = AgentStatus::from(status);
    agent.token_digest = Some("digest".to_owned());
    agent.last_seen_at = Some(ago(seconds));
    agent.last_wake_sent_at = Some(ago(seconds + 1));
    agent
}

fn desired(agent: &Agent) -> Desired<'_> {
    Desired {
        agent,
        at_work: false,
        looked_after: false,
        drift: DriftPolicy::Repair,
        given_up_lately: false,
        gateway_up_since: Some(ago(600)),
    }
}

fn again(fresh: bool, why: Why) -> Action {
    Action::Provision { fresh, why }
}

/// It was heard of while a run was on its way, so it is online; then the run was lost.
#[rstest]
#[case::online("online", again(false, Why::LeftBehind))]
#[case::given_up("offline", Action::Nothing)]
fn a_run_that_nobody_goes_on_with_is_left_behind_whatever_the_agent_says(
    #[case] status: &str,
    #[case] expected: Action,
) {
    let mut agent = seen(status, 5);
    agent.provision_requested_at = Some(ago(30));
    assert_eq!(decide(&desired(&agent), HERE, now()), expected);
}

#[rstest]
#[case::online("online", 5, HERE, Action::Nothing)]
#[case::ready("ready", 5, HERE, Action::Nothing)]
#[case::online_while_the_gateway_is_away("online", 5, AWAY, Action::Nothing)]
#[case::silent("online", 2_000, HERE, Action::Wake)]
#[case::silent_while_the_gateway_is_away("online", 2_000, AWAY, Action::Nothing)]
#[case::lost("online", 5, GONE, again(true, Why::Lost))]
#[case::silent_because_lost("online", 2_000, GONE, again(true, Why::Lost))]
#[case::robbed_of_files("online", 5, FILES_GONE, again(false, Why::FilesMissing))]
#[case::provisioning_left_behind("provisioning", 5, HERE, again(true, Why::LeftBehind))]
#[case::update_left_behind("updating", 5, HERE, again(false, Why::LeftBehind))]
#[case::update_left_behind_while_the_gateway_is_away("updating", 5, AWAY, again(false, Why::LeftBehind))]
#[case::deletion_left_behind("deleting", 5, AWAY, Action::Delete)]
#[case::failed("offline", 5, HERE, Action::Nothing)]
#[case::failed_and_lost("offline", 5, GONE, again(true, Why::Lost))]
fn each_difference_has_its_action(
    #[case] status: &str,
    #[case] silent_for: u64,
    #[case] observed: Observed,
    #[case] expected: Action,
) {
    let agent = seen(status, silent_for);
    // Failed after its gateway was reached last.
    assert_eq!(decide(&desired(&agent), observed, now()), expected);
    assert_eq!(
        decide(&Desired { at_work: true, ..desired(&agent) }, observed, now()),
        Action::Nothing,
        "nobody interferes with a job"
    );
}

#[test]
fn what_a_gateway_lost_is_only_reported_where_people_decide() {
    let agent = seen("online", 5);
    let reporting = Desired { drift: DriftPolicy::Report, ..desired(&agent) };
    assert_eq!(decide(&reporting, GONE, now()), Action::ReportLost);
}

#[test]
fn a_woken_agent_is_looked_after_by_one_job() {
    let mut agent = seen("online", 100);
    agent.last_wake_sent_at = Some(ago(10));
    agent.checkin_deadline_at = Some(now());
    assert_eq!(decide(&desired(&agent), HERE, now()), Action::LookAfter);
    assert_eq!(decide(&Desired { looked_after: true, ..desired(&agent) }, HERE, now()), Action::Nothing);
}

#[test]
fn a_failure_gets_a_second_chance_when_its_gateway_comes_back_unless_it_was_silence() {
    let mut agent = seen("offline", 5_000);
    agent.status_since = Some(ago(900));
    assert_eq!(decide(&desired(&agent), HERE, now()), again(false, Why::GatewayBack));
    agent.token_digest = None;
    let given_up = Desired { given_up_lately: true, ..desired(&agent) };
    assert_eq!(decide(&given_up, GONE, now()), again(true, Why::GatewayBack));
    agent.wake_attempts = WAKE_ATTEMPTS;
    assert_eq!(decide(&desired(&agent), HERE, now()), Action::Nothing);
}

#[test]
fn what_failed_and_is_gone_follows_the_policy_once_and_a_paused_agent_waits() {
    let mut agent = seen("offline", 5);
    let repair = desired(&agent);
    assert_eq!(decide(&repair, GONE, now()), again(true, Why::Lost));
    assert_eq!(decide(&Desired { given_up_lately: true, ..repair }, GONE, now()), Action::Nothing);
    assert_eq!(decide(&Desired { drift: DriftPolicy::Report, ..repair }, GONE, now()), Action::ReportLost);
    agent.last_provision_error = Some("It was said.".to_owned());
    let report = Desired { drift: DriftPolicy::Report, ..desired(&agent) };
    assert_eq!(decide(&report, GONE, now()), Action::Nothing);
    agent.paused_at = Some(now());
    assert_eq!(decide(&desired(&agent), GONE, now()), Action::Nothing);
}

#[test]
fn a_paused_agent_is_neither_woken_nor_forgotten() {
    let mut agent = seen("online", 100_000);
    agent.paused_at = Some(ago(50_000));
    assert_eq!(decide(&desired(&agent), HERE, now()), Action::Nothing);
    assert_eq!(decide(&desired(&agent), GONE, now()), again(true, Why::Lost));
}

/// An agent, its gateway and the jobs about it, as far as this rule is concerned. A step is one look of the reconciler
/// followed by everything that it set off.
#[derive(Debug, Clone)]
struct World {
    agent: Option<Agent>,
    on_gateway: bool,
    files: bool,
    drift: DriftPolicy,
    /// The agent checks in when it is woken.
    answers: bool,
    /// The gateway takes agents in.
    takes: bool,
    given_up_lately: bool,
    now: Timestamp,
}

impl World {
    fn look(&self) -> Action {
        let Some(agent) = &self.agent else { return Action::Nothing };
        let desired = Desired {
            drift: self.drift,
            given_up_lately: self.given_up_lately,
            gateway_up_since: None,
            ..desired(agent)
        };
        let observed = if self.on_gateway { Observed::Present { files_missing: !self.files } } else { GONE };
        decide(&desired, observed, self.now)
    }

    fn step(&mut self) {
        match self.look() {
            Action::Nothing => {}
            Action::Provision { why: Why::Lost, .. } => {
                self.change(|agent| agent.wake_attempts = 0);
                self.provision();
            }
            Action::Provision { .. } => self.provision(),
            Action::Wake => self.wake(),
            Action::LookAfter => self.look_after(),
            Action::Delete => {
                self.on_gateway = false;
                self.agent = None;
            }
            Action::ReportLost => self.fail("its gateway lost it — create it again"),
        }
        self.now = self.now.plus(Duration::from_secs(30));
    }

    fn change(&mut self, change: impl FnOnce(&mut Agent)) {
        change(self.agent.as_mut().unwrap());
    }

    fn fail(&mut self, cause: &str) {
        self.change(|agent| {
            agent.status = AgentStatus::Offline;
            agent.checkin_deadline_at = None;
            agent.last_provision_error = Some(cause.to_owned());
        });
    }

    fn provision(&mut self) {
        if !self.takes {
            self.given_up_lately = true;
            return self.fail("disk full — free some space");
        }
        (self.on_gateway, self.files) = (true, true);
        self.change(|agent| {
            agent.status = AgentStatus::Online;
            agent.token_digest = Some("digest".to_owned());
        });
        if self.agent.as_ref().unwrap().paused_at.is_none() {
            self.wake();
        }
    }

    fn wake(&mut self) {
        let (now, answers) = (self.now, self.answers);
        self.change(|agent| {
            agent.wake_attempts += 1;
            agent.last_wake_sent_at = Some(now);
            agent.checkin_deadline_at = Some(now.plus(Duration::from_secs(30)));
            if answers {
                agent.status = AgentStatus::Online;
                agent.last_seen_at = Some(now);
                agent.checkin_deadline_at = None;
                agent.wake_attempts = 0;
            }
        });
    }

    fn look_after(&mut self) {
        if self.agent.as_ref().unwrap().wake_attempts < WAKE_ATTEMPTS {
            return self.provision();
        }
        self.fail("silent — look at its session");
    }
}

prop_compose! {
    fn world()(
        status in prop::sample::select(vec!["provisioning", "updating", "online", "ready", "busy", "offline", "deleting"]),
        seen in prop::option::of(0_u64..10_000),
        woken in prop::option::of(0_u64..10_000),
        wake_attempts in 0..5,
        [awaited, lived, paused, on_gateway, files, repair, answers, takes, beats] in any::<[bool; 9]>(),
    ) -> World {
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.status = AgentStatus::from(status);
        agent.last_seen_at = seen.map(ago);
        agent.last_wake_sent_at = woken.map(ago);
        agent.wake_attempts = wake_attempts;
        agent.checkin_deadline_at = awaited.then(now);
        agent.token_digest = lived.then(|| "digest".to_owned());
        agent.paused_at = paused.then(now);
        agent.paced_every = (!beats).then(|| "0m".to_owned());
        let drift = if repair { DriftPolicy::Repair } else { DriftPolicy::Report };
        let given_up_lately = false;
        World { agent: Some(agent), on_gateway, files, drift, answers, takes, given_up_lately, now: now() }
    }
}

proptest! {
    /// From wherever a crash left it: at rest after a few looks, in a state that people understand, and looking again
    /// changes nothing.
    #[test]
    fn every_agent_comes_to_rest(mut world in world()) {
        let mut looks = 0;
        while world.look() != Action::Nothing {
            world.step();
            looks += 1;
            prop_assert!(looks <= 8, "still restless: {world:?}");
            if let Some(agent) = &world.agent {
                let condition = condition::of(agent, world.now);
                let told = condition.cause.is_some() && condition.remedy.is_some();
                prop_assert!(condition.state != AgentState::Failed || told, "{condition:?}");
            }
        }
        let Some(agent) = &world.agent else { return Ok(()) };
        let state = condition::of(agent, world.now).state;
        prop_assert!(!matches!(state, AgentState::Updating | AgentState::Deleting), "{world:?}");
        prop_assert!(agent.status == AgentStatus::Offline || world.on_gateway, "{world:?}");
        if world.answers && agent.status != AgentStatus::Offline && state != AgentState::Paused {
            prop_assert!(matches!(state, AgentState::Online | AgentState::Ready | AgentState::Provisioning), "{state} {world:?}");
        }
        let before = world.clone();
        world.step();
        prop_assert_eq!(&world.agent, &before.agent);
    }
}
