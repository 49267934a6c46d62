//! How far a run is, by what is told of it.
//!
//! Facts arrive in any order, several times, or not at all, and every release has its own. So a run has the state of the
//! strongest fact: an end that the gateway told stays, whatever comes after it; an end that was only presumed gives way to
//! any fact.

use crate::models::{Run, RunReason, RunState};
use crate::time::Timestamp;

#[cfg(test)]
mod properties;

/// Something that a gateway told of a run, or that is concluded about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunFact {
    /// The gateway took the message that starts it.
    Asked,
    /// It began.
    Began,
    /// It is at work: words, output.
    GoesOn,
    /// It got a step further: an answer of its model, the result of a tool.
    Proceeds,
    /// The model that answers.
    Answers {
        /// Who runs the model.
        provider: Option<String>,
        /// The model.
        model: String,
    },
    /// A command of it waits for a decision.
    Waits,
    /// The command was decided, or waits no more.
    Decided,
    /// It is over.
    Ended {
        /// How.
        how: RunEnding,
        /// Why the model stopped.
        stop_reason: Option<String>,
        /// What went wrong.
        error: Option<String>,
    },
    /// Nothing is known of it at the moment.
    Unheard(RunReason),
    /// It left no trace.
    GivenUp,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunEnding {
    /// With an answer.
    Done,
    /// With an error.
    Error,
    /// Somebody stopped it.
    Aborted,
}

impl RunEnding {
    const fn state(self) -> RunState {
        match self {
            Self::Done => RunState::Done,
            Self::Error => RunState::Error,
            Self::Aborted => RunState::Aborted,
        }
    }
}

/// Whether the end of the run is a fact, so that nothing changes it.
pub fn is_settled(run: &Run) -> bool {
    run.state.is_over() && run.reason.is_none()
}

/// Notes a fact of the time `at`.
pub fn note(run: &mut Run, fact: &RunFact, at: Timestamp) {
    match fact {
        RunFact::Unheard(reason) => {
            if !run.state.is_over() && run.state != RunState::Stale {
                (run.state, run.reason) = (RunState::Stale, Some(*reason));
            }
            return;
        }
        RunFact::GivenUp => {
            if !run.state.is_over() {
                (run.state, run.reason) = (RunState::Error, Some(RunReason::Lost));
                run.ended_at = Some(run.last_event_at);
            }
            return;
        }
        _ => run.last_event_at = run.last_event_at.max(at),
    }
    match fact {
        RunFact::Asked => run.queued_at = earlier(run.queued_at, at),
        RunFact::Began => run.started_at = earlier(run.started_at, at),
        RunFact::Answers { provider, model } => {
            run.model = Some(model.clone());
            run.provider = provider.clone().or_else(|| run.provider.take());
        }
        _ => {}
    }
    if let RunFact::Ended { how, stop_reason, error } = fact {
        end(run, *how, at);
        if run.state == how.state() {
            run.stop_reason = run.stop_reason.take().or_else(|| stop_reason.clone());
            run.error = run.error.take().or_else(|| error.clone());
        }
        return;
    }
    if is_settled(run) || *fact == RunFact::Asked {
        return;
    }
    run.state = match (run.state, fact) {
        (_, RunFact::Waits) => RunState::WaitingApproval,
        // Words that were on their way when the question was asked do not answer it.
        (RunState::WaitingApproval | RunState::WaitingInput, RunFact::Began | RunFact::GoesOn) => run.state,
        _ => RunState::Running,
    };
    run.started_at = run.started_at.or(Some(at));
    (run.reason, run.ended_at) = (None, None);
}

fn end(run: &mut Run, how: RunEnding, at: Timestamp) {
    if is_settled(run) {
        return;
    }
    // An end is never before its beginning, whatever two clocks say.
    let at = run.started_at.map_or(at, |started| at.max(started));
    (run.state, run.reason, run.ended_at) = (how.state(), None, Some(at));
}

fn earlier(known: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
    Some(known.map_or(at, |known| known.min(at)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{AgentId, GatewayId, OrganizationId};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_795_000_000_000_000 + second * 1_000_000)
    }

    fn ended(how: RunEnding) -> RunFact {
        RunFact::Ended { how, stop_reason: None, error: None }
    }

    fn told(facts: &[RunFact]) -> Run {
        let mut run = Run::new(OrganizationId::random(), GatewayId::random(), AgentId::random(), "s", at(0));
        for (second, fact) in (1..).zip(facts) {
            note(&mut run, fact, at(second));
        }
        run
    }

    #[rstest]
    #[case::asked(&[RunFact::Asked], RunState::Queued)]
    #[case::began(&[RunFact::Asked, RunFact::Began], RunState::Running)]
    #[case::began_before_it_was_asked(&[RunFact::Began, RunFact::Asked], RunState::Running)]
    #[case::waits(&[RunFact::Began, RunFact::Waits, RunFact::GoesOn], RunState::WaitingApproval)]
    #[case::goes_on(&[RunFact::Began, RunFact::Waits, RunFact::Decided], RunState::Running)]
    #[case::decided_unseen(&[RunFact::Began, RunFact::Waits, RunFact::Proceeds], RunState::Running)]
    #[case::ended_while_it_waits(&[RunFact::Waits, ended(RunEnding::Done)], RunState::Done)]
    #[case::an_error_after_the_answer(&[ended(RunEnding::Done), ended(RunEnding::Error)], RunState::Done)]
    #[case::stopped_and_then_settled(&[ended(RunEnding::Aborted), ended(RunEnding::Error)], RunState::Aborted)]
    #[case::words_after_the_end(&[ended(RunEnding::Done), RunFact::GoesOn], RunState::Done)]
    #[case::unheard(&[RunFact::Began, RunFact::Unheard(RunReason::LinkLost)], RunState::Stale)]
    #[case::heard_again(&[RunFact::Unheard(RunReason::Silent), RunFact::GoesOn], RunState::Running)]
    #[case::given_up(&[RunFact::Began, RunFact::GivenUp], RunState::Error)]
    #[case::given_up_too_early(&[RunFact::GivenUp, RunFact::GoesOn], RunState::Running)]
    #[case::given_up_and_yet_done(&[RunFact::GivenUp, ended(RunEnding::Done)], RunState::Done)]
    #[case::not_unheard_after_its_end(&[ended(RunEnding::Done), RunFact::Unheard(RunReason::Silent)], RunState::Done)]
    fn a_run_has_the_state_of_its_strongest_fact(#[case] facts: &[RunFact], #[case] expected: RunState) {
        let run = told(facts);
        assert_eq!(run.state, expected);
        assert_eq!(run.ended_at.is_some(), expected.is_over());
    }

    #[test]
    fn an_end_is_completed_by_what_says_the_same_alone() {
        let error = |text: &str| RunFact::Ended {
            how: RunEnding::Error,
            stop_reason: None,
            error: Some(text.to_owned()),
        };
        assert_eq!(told(&[ended(RunEnding::Done), error("late")]).error, None);
        assert_eq!(told(&[ended(RunEnding::Error), error("why")]).error.as_deref(), Some("why"));
    }
}
