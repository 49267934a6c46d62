use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::id::GatewayId;
use crate::models::{AgentState, DriftPolicy};
use crate::rules::condition;
use crate::rules::reconcile::{Action, Desired, Observed, Why, decide};

fn start() -> Timestamp {
    Timestamp::parse("2026-11-23T10:00:00").unwrap()
}

fn agent(status: &str) -> Agent {
    let mut agent = Agent::new(GatewayId::random(), "Ada");
    agent.status = AgentStatus::from(status);
    agent
}

#[test]
fn only_a_sign_of_life_after_the_wake_counts() {
    let now = start();
    let mut agent = agent("online");
    agent.last_wake_sent_at = Some(now);
    assert_eq!(at_deadline(&agent), Deadline::WakeAgain);
    agent.last_seen_at = Some(now.minus(Duration::from_secs(1)));
    assert_eq!(at_deadline(&agent), Deadline::WakeAgain);
    agent.wake_attempts = WAKE_ATTEMPTS;
    assert_eq!(at_deadline(&agent), Deadline::GiveUp);
    agent.last_seen_at = Some(now);
    assert_eq!(at_deadline(&agent), Deadline::CheckedIn);
    agent.paused_at = Some(now);
    assert_eq!(at_deadline(&agent), Deadline::Paused);
}

#[test]
fn an_agent_that_was_faster_than_its_wake_is_not_waited_for() {
    let now = start();
    let mut agent = agent("updating");
    agent.last_seen_at = Some(now);
    for step in [provisioned(&agent, Some(now), now), woken(&agent, now, now), synced(&agent, Some(now), now)]
    {
        assert_eq!((step.check_in, step.changes.wake_attempts), (None, None));
    }
    agent.last_seen_at = Some(now.minus(Duration::from_secs(1)));
    let deadline = Some(now.plus(CHECK_IN_WITHIN));
    for step in [provisioned(&agent, Some(now), now), woken(&agent, now, now), synced(&agent, Some(now), now)]
    {
        assert_eq!((step.check_in, step.changes.wake_attempts), (deadline, Some(1)));
    }
}

#[rstest]
#[case("deleting", Some("online"), None)]
#[case("provisioning", None, Some("online"))]
#[case("offline", None, Some("online"))]
#[case("updating", None, Some("online"))]
#[case("ready", None, Some("online"))]
#[case("online", None, None)]
#[case("busy", None, None)]
#[case("online", Some("busy"), Some("busy"))]
#[case("online", Some("deleting"), None)]
#[case("updating", Some("provisioning"), Some("online"))]
fn what_an_agent_says_of_itself_does_not_move_it_in_its_life(
    #[case] status: &str,
    #[case] word: Option<&str>,
    #[case] expected: Option<&str>,
) {
    let step = checked_in(&agent(status), word.map(AgentStatus::from), start());
    assert_eq!(step.changes.status, expected.map(AgentStatus::from));
}

#[test]
fn a_deletion_that_is_refused_leaves_no_run_that_nobody_carries_out() {
    let now = start();
    let mut agent = agent("online");
    provisioning(&agent, false, Occasion::Wanted, now).changes.apply(&mut agent);
    checked_in(&agent, None, now).changes.apply(&mut agent);
    let before = agent.status.clone();
    deleting(now).changes.apply(&mut agent);
    kept(before).changes.apply(&mut agent);
    assert_eq!((agent.provision_requested_at, agent.provision_action.as_deref()), (None, None));
}

#[rstest]
#[case("updating", None)]
#[case("deleting", None)]
#[case("offline", Some("online"))]
#[case("busy", Some("online"))]
fn a_mere_sign_of_life_ends_no_run(#[case] status: &str, #[case] expected: Option<&str>) {
    let step = heard_of(&agent(status), start());
    assert_eq!(step.changes.status, expected.map(AgentStatus::from));
}

/// A job about the agent, as far as its life is concerned.
#[derive(Debug, Clone, PartialEq)]
enum Work {
    Provision { generation: i32, fresh: bool, before: Option<AgentStatus>, wake: bool },
    Wake { generation: i32, attended: bool },
    CheckIn { generation: i32 },
    Delete { before: AgentStatus },
}

impl Work {
    fn generation(&self) -> Option<i32> {
        match self {
            Self::Provision { generation, .. }
            | Self::Wake { generation, .. }
            | Self::CheckIn { generation } => Some(*generation),
            Self::Delete { .. } => None,
        }
    }
}

/// How far an attempt at a job gets.
#[derive(Debug, Clone, Copy)]
enum Attempt {
    Succeeds,
    /// The worker dies after the gateway did what it was asked.
    DiesBeforeItsConclusion,
    /// The worker dies after the conclusion: the job is run once more.
    DiesAfterItsConclusion,
    /// The gateway refuses; it is tried again.
    Fails,
    /// It was tried often enough.
    GivesUp,
}

#[derive(Debug, Clone)]
enum Event {
    Reprovision,
    Update,
    Wake,
    Pause,
    Resume,
    Delete,
    Ready,
    Sync { wakes: bool },
    Heard,
    ChecksIn(Option<&'static str>),
    GatewayLosesIt,
    Reconcile,
    Passes(u64),
    Runs(prop::sample::Index, Attempt),
}

#[derive(Debug, Clone)]
struct World {
    agent: Option<Agent>,
    jobs: Vec<Work>,
    on_gateway: bool,
    now: Timestamp,
}

impl World {
    fn take(&mut self, step: Step) {
        let Some(agent) = &mut self.agent else { return };
        let before = agent.lifecycle_generation;
        step.changes.apply(agent);
        assert!(agent.lifecycle_generation >= before, "a generation never comes back");
        if step.check_in.is_some() {
            self.jobs.push(Work::CheckIn { generation: agent.lifecycle_generation });
        }
    }

    /// Starts a run of provisioning.
    fn provision(&mut self, fresh: bool, occasion: Occasion, before: Option<AgentStatus>, wake: bool) {
        let Some(agent) = &self.agent else { return };
        self.take(provisioning(agent, fresh, occasion, self.now));
        let generation = self.supersede();
        self.jobs.push(Work::Provision { generation, fresh, before, wake });
    }

    /// The generation of a run that begins now: nothing that was booked before it is about the agent any more.
    fn supersede(&self) -> i32 {
        let agent = self.agent.as_ref().unwrap();
        let is_about =
            |work: &Work| work.generation().is_some_and(|generation| is_current(agent, generation));
        assert!(!self.jobs.iter().any(is_about), "two runs at once: {self:?}");
        agent.lifecycle_generation
    }

    fn happen(&mut self, event: Event) {
        self.now = self.now.plus(Duration::from_secs(1));
        let now = self.now;
        let Some(agent) = self.agent.clone() else { return };
        let busy =
            matches!(agent.status, AgentStatus::Provisioning | AgentStatus::Updating | AgentStatus::Deleting);
        match event {
            Event::Reprovision if agent.status != AgentStatus::Deleting => {
                self.provision(never_lived(&agent), Occasion::Wanted, None, true);
            }
            Event::Update if agent.status != AgentStatus::Deleting => {
                let before = (!never_lived(&agent)).then(|| agent.status.clone());
                self.provision(false, Occasion::Wanted, before, true);
            }
            Event::Wake if !busy && !is_under_way(&agent) && agent.paused_at.is_none() => {
                self.take(waking(&agent));
                let generation = self.supersede();
                self.jobs.push(Work::Wake { generation, attended: true });
            }
            Event::Pause if agent.paused_at.is_none() => self.take(paused(Some(now))),
            Event::Resume if agent.paused_at.is_some() => self.take(paused(None)),
            Event::Delete if agent.status != AgentStatus::Deleting => {
                self.jobs.push(Work::Delete { before: agent.status.clone() });
                self.take(deleting(now));
            }
            Event::Ready if !busy => self.take(ready()),
            Event::Sync { wakes } if !busy && self.on_gateway => {
                let woken = (wakes && agent.paused_at.is_none()).then_some(now);
                self.take(synced(&agent, woken, now));
            }
            Event::Heard if self.on_gateway => self.take(heard_of(&agent, now)),
            Event::ChecksIn(word) if self.on_gateway => {
                self.take(checked_in(&agent, word.map(AgentStatus::from), now));
            }
            Event::GatewayLosesIt => self.on_gateway = false,
            Event::Reconcile => self.reconcile(),
            Event::Passes(seconds) => self.now = now.plus(Duration::from_secs(seconds)),
            Event::Runs(which, attempt) if !self.jobs.is_empty() => {
                let work = self.jobs.remove(which.index(self.jobs.len()));
                self.run(&agent, work, attempt);
            }
            _ => {}
        }
    }

    fn look(&self) -> Action {
        let Some(agent) = &self.agent else { return Action::Nothing };
        let is_work = |work: &Work| !matches!(work, Work::CheckIn { .. });
        let desired = Desired {
            agent,
            at_work: self.jobs.iter().any(is_work),
            looked_after: self.jobs.iter().any(|work| !is_work(work)),
            drift: DriftPolicy::Repair,
            given_up_lately: false,
            gateway_up_since: None,
        };
        let observed =
            if self.on_gateway { Observed::Present { files_missing: false } } else { Observed::Absent };
        decide(&desired, observed, self.now)
    }

    fn reconcile(&mut self) {
        let Some(agent) = self.agent.clone() else { return };
        let generation = agent.lifecycle_generation;
        match self.look() {
            Action::Nothing => {}
            Action::Provision { fresh, why } => {
                let occasion = if why == Why::Lost { Occasion::Lost } else { Occasion::Again };
                self.provision(fresh, occasion, None, true);
            }
            Action::Wake => self.jobs.push(Work::Wake { generation, attended: false }),
            Action::LookAfter => self.jobs.push(Work::CheckIn { generation }),
            Action::Delete => self.jobs.push(Work::Delete { before: AgentStatus::Offline }),
            Action::ReportLost => self.take(failed("its gateway lost it".into())),
        }
    }

    /// What a worker does with a job: the order of a look at the row, the gateway's part and the conclusion is that of the
    /// handlers.
    fn run(&mut self, agent: &Agent, work: Work, attempt: Attempt) {
        let now = self.now;
        if work.generation().is_some_and(|generation| !is_current(agent, generation)) {
            return;
        }
        let paused = agent.paused_at.is_some();
        let cause = || Reason::from("the disk is full");
        if matches!(attempt, Attempt::Fails | Attempt::GivesUp) {
            let gives_up = matches!(attempt, Attempt::GivesUp);
            let step = match &work {
                Work::Provision { before: Some(before), .. } => {
                    Some(put_back(agent, before.clone(), cause()))
                }
                Work::Provision { .. } if gives_up => Some(failed(cause())),
                Work::Provision { .. } => Some(held_up(cause())),
                Work::Wake { attended: false, .. } if gives_up => Some(failed(cause())),
                Work::Delete { before } if agent.status == AgentStatus::Deleting => {
                    Some(kept(before.clone()))
                }
                _ => None,
            };
            step.into_iter().for_each(|step| self.take(step));
            let ends = gives_up
                || matches!(
                    work,
                    Work::Delete { .. }
                        | Work::Provision { before: Some(_), .. }
                        | Work::Wake { attended: true, .. }
                );
            if !ends {
                self.jobs.push(work);
            }
            return;
        }
        let concludes = !matches!(attempt, Attempt::DiesBeforeItsConclusion);
        match &work {
            Work::Provision { wake, .. } => {
                self.on_gateway = true;
                self.take(token_issued("digest".to_owned()));
                self.take(token_confirmed("digest".to_owned()));
                if concludes {
                    let woken = (*wake && !paused).then_some(now);
                    self.take(provisioned(agent, woken, now));
                }
            }
            Work::Wake { .. } if paused => {}
            Work::Wake { .. } if concludes => self.take(woken(agent, now, now)),
            Work::Wake { .. } => {}
            Work::CheckIn { .. } if concludes => match at_deadline(agent) {
                Deadline::Paused | Deadline::CheckedIn => {}
                Deadline::GiveUp => self.take(silent()),
                Deadline::WakeAgain => self.provision(false, Occasion::Again, None, true),
            },
            Work::CheckIn { .. } => {}
            Work::Delete { .. } => {
                self.on_gateway = false;
                if concludes {
                    self.agent = None;
                }
            }
        }
        if !matches!(attempt, Attempt::Succeeds) {
            self.jobs.push(work);
        }
    }

    /// Everything works from now on: jobs run in their order, the reconciler looks when there are none.
    fn come_to_rest(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..40 {
            self.now = self.now.plus(Duration::from_secs(31));
            let Some(agent) = self.agent.clone() else { return Ok(()) };
            if !self.jobs.is_empty() {
                let work = self.jobs.remove(0);
                self.run(&agent, work, Attempt::Succeeds);
            } else if self.look() != Action::Nothing {
                self.reconcile();
            } else {
                return Ok(());
            }
        }
        Err(TestCaseError::fail(format!("still restless: {self:?}")))
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let attempt = prop::sample::select(vec![
        Attempt::Succeeds,
        Attempt::DiesBeforeItsConclusion,
        Attempt::DiesAfterItsConclusion,
        Attempt::Fails,
        Attempt::GivesUp,
    ]);
    let word =
        prop::sample::select(vec![None, Some("busy"), Some("online"), Some("updating"), Some("deleting")]);
    let event = prop_oneof![
        2 => Just(Event::Reprovision),
        2 => Just(Event::Update),
        2 => Just(Event::Wake),
        2 => Just(Event::Pause),
        2 => Just(Event::Resume),
        1 => Just(Event::Delete),
        2 => Just(Event::Ready),
        2 => any::<bool>().prop_map(|wakes| Event::Sync { wakes }),
        2 => Just(Event::Heard),
        2 => word.prop_map(Event::ChecksIn),
        2 => Just(Event::GatewayLosesIt),
        2 => Just(Event::Reconcile),
        2 => (0_u64..3_000).prop_map(Event::Passes),
        8 => (any::<prop::sample::Index>(), attempt).prop_map(|(which, attempt)| Event::Runs(which, attempt)),
    ];
    prop::collection::vec(event, 0..40)
}

proptest! {
    /// Whatever people do, wherever workers die and whatever gateways lose: a job of an earlier run changes nothing, nobody
    /// forgets an agent that is under way, and it ends in a state that people understand.
    #[test]
    fn a_whole_life_comes_to_rest(events in events()) {
        let now = start();
        let mut world = World { agent: Some(agent("provisioning")), jobs: Vec::new(), on_gateway: false, now };
        world.provision(true, Occasion::Wanted, None, true);
        for event in events {
            let (before, told) = (world.clone(), format!("{event:?}"));
            let void = match (&event, &before.agent) {
                (Event::Runs(which, _), Some(agent)) if !before.jobs.is_empty() => {
                    let work = which.get(&before.jobs);
                    work.generation().is_some_and(|generation| !is_current(agent, generation))
                }
                _ => false,
            };
            let deletes = match &event {
                Event::Runs(which, _) if !before.jobs.is_empty() => {
                    matches!(which.get(&before.jobs), Work::Delete { .. })
                }
                _ => false,
            };
            world.happen(event);
            let deleting = |world: &World| world.agent.as_ref().is_none_or(|agent| agent.status == AgentStatus::Deleting);
            prop_assert!(!deleting(&before) || deleting(&world) || deletes, "{told} ends a deletion: {world:?}");
            if void {
                prop_assert_eq!(&world.agent, &before.agent, "{}", told);
            }
            let Some(agent) = &world.agent else { continue };
            prop_assert!(agent.checkin_deadline_at.is_none() || agent.last_wake_sent_at.is_some(), "{told}: {world:?}");
            let condition = condition::of(agent, world.now);
            let explained = condition.cause.is_some() && condition.remedy.is_some();
            prop_assert!(condition.state != AgentState::Failed || explained, "{told}: {condition:?}");
        }
        let was_deleting = world.agent.as_ref().is_some_and(|agent| agent.status == AgentStatus::Deleting);
        world.come_to_rest()?;
        let Some(agent) = &world.agent else { return Ok(()) };
        prop_assert!(!was_deleting, "a deletion goes on to its end: {world:?}");
        let under_way = matches!(agent.status, AgentStatus::Provisioning | AgentStatus::Updating | AgentStatus::Deleting);
        prop_assert!(!under_way, "{world:?}");
        prop_assert!(agent.provision_requested_at.is_none() && agent.provision_action.is_none(), "{world:?}");
        prop_assert!(agent.status == AgentStatus::Offline || world.on_gateway, "{world:?}");
    }
}
