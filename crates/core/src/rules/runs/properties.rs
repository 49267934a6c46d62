//! Whatever order facts come in, however often, and whichever are lost.

use proptest::prelude::*;

use super::*;
use crate::id::{AgentId, GatewayId, OrganizationId};

fn at(second: i64) -> Timestamp {
    Timestamp::from_micros(1_795_000_000_000_000 + second * 1_000_000)
}

fn fact() -> impl Strategy<Value = RunFact> {
    let ended = prop_oneof![Just(RunEnding::Done), Just(RunEnding::Error), Just(RunEnding::Aborted)];
    prop_oneof![
        Just(RunFact::Asked),
        Just(RunFact::Began),
        Just(RunFact::GoesOn),
        Just(RunFact::Proceeds),
        Just(RunFact::Answers { provider: None, model: "m".to_owned() }),
        Just(RunFact::Waits),
        Just(RunFact::Decided),
        Just(RunFact::Unheard(RunReason::LinkLost)),
        Just(RunFact::GivenUp),
        (ended, proptest::option::of("[a-z]{1,4}")).prop_map(|(how, error)| RunFact::Ended {
            how,
            stop_reason: None,
            error
        }),
    ]
}

fn facts() -> impl Strategy<Value = Vec<(RunFact, i64)>> {
    prop::collection::vec((fact(), 0..100_i64), 0..30)
}

fn told(facts: &[(RunFact, i64)]) -> Run {
    let mut run = Run::new(OrganizationId::random(), GatewayId::random(), AgentId::random(), "s", at(0));
    (run.id, run.organization_id) = (crate::id::RunId::from_uuid(uuid::Uuid::nil()), run.organization_id);
    facts.iter().for_each(|(fact, second)| note(&mut run, fact, at(*second)));
    run
}

fn shape(run: &Run) -> (RunState, Option<RunReason>, Option<Timestamp>, Option<Timestamp>, Option<String>) {
    (run.state, run.reason, run.started_at, run.ended_at, run.error.clone())
}

proptest! {
    #[test]
    fn the_first_end_that_was_told_stays(facts in facts()) {
        let run = told(&facts);
        let first = facts.iter().find_map(|(fact, _)| match fact {
            RunFact::Ended { how, .. } => Some(how.state()),
            _ => None,
        });
        match first {
            Some(state) => prop_assert_eq!((run.state, run.reason), (state, None)),
            None => prop_assert!(!is_settled(&run)),
        }
    }

    #[test]
    fn what_is_told_twice_changes_nothing(facts in facts()) {
        let twice: Vec<_> = facts.iter().flat_map(|fact| [fact.clone(), fact.clone()]).collect();
        prop_assert_eq!(shape(&told(&facts)), shape(&told(&twice)));
    }

    #[test]
    fn a_run_that_is_told_all_over_again_is_what_it_was(facts in facts()) {
        let ended = (RunFact::Ended { how: RunEnding::Done, stop_reason: None, error: None }, 99);
        let whole: Vec<_> = facts.iter().cloned().chain([ended]).collect();
        let again: Vec<_> = whole.iter().chain(&whole).cloned().collect();
        prop_assert_eq!(shape(&told(&whole)).0, shape(&told(&again)).0);
        prop_assert_eq!(told(&whole).ended_at, told(&again).ended_at);
    }

    #[test]
    fn the_end_is_known_whatever_was_lost_before_it(facts in facts(), lost in prop::collection::vec(any::<bool>(), 30)) {
        let kept: Vec<_> = facts.iter().zip(&lost).filter(|(_, lost)| !**lost).map(|(fact, _)| fact.clone()).collect();
        let told_end = kept.iter().any(|(fact, _)| matches!(fact, RunFact::Ended { .. }));
        prop_assert_eq!(is_settled(&told(&kept)), told_end);
    }

    #[test]
    fn times_are_in_order(facts in facts()) {
        let run = told(&facts);
        prop_assert_eq!(run.ended_at.is_some(), run.state.is_over());
        if run.state == RunState::Running || run.state == RunState::WaitingApproval {
            prop_assert!(run.started_at.is_some());
        }
        let heard = facts.iter().filter(|(fact, _)| !matches!(fact, RunFact::Unheard(_) | RunFact::GivenUp));
        let last = heard.map(|(_, second)| at(*second)).max();
        prop_assert_eq!(run.last_event_at, last.map_or(at(0), |last| last.max(at(0))));
    }
}
