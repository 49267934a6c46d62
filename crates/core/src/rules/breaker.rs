//! The progress breaker: what came of a run, and when an agent is paused whose runs change nothing.
//!
//! What counts is what is left behind, not what an agent says of itself: a task that moved, a comment, a note, an approval.
//! A loop that "succeeds" forty times has done nothing.

use std::time::Duration;

use crate::id::RunId;
use crate::models::{BreakerMode, Run, RunState, RunTrigger, RunVerdict};
use crate::time::Timestamp;

/// How long after the end of a run something still counts as done in it.
pub const AFTERMATH: Duration = Duration::from_secs(30);
/// How long the breaker of a board only watches, unless it is told otherwise.
pub const WATCHES_FOR: Duration = Duration::from_secs(7 * 86_400);

/// What was left behind by a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Tasks, comments, notes, approvals.
    pub strong: i64,
    /// Steps that did something which the agent had not done lately.
    pub weak: i64,
}

/// What came of a run that is over.
pub fn verdict(run: &Run, facts: Facts) -> RunVerdict {
    // A failure of the provider, a person's stop, or what was heard in part says nothing of the agent.
    let says_nothing = run.state != RunState::Done
        || run.reason.is_some()
        || !run.events_complete
        || run.trigger_kind == RunTrigger::Person;
    match facts {
        Facts { strong: 1.., .. } => RunVerdict::Progress,
        _ if says_nothing => RunVerdict::Neutral,
        Facts { weak: 1.., .. } => RunVerdict::Weak,
        _ => RunVerdict::Empty,
    }
}

/// A run of which it is known what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The run.
    pub id: RunId,
    /// What came of it.
    pub verdict: RunVerdict,
    /// What it used.
    pub tokens: i64,
}

/// The runs since something last came of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Streak {
    /// Those that did nothing.
    pub empty: usize,
    /// All that count.
    pub runs: Vec<RunId>,
    /// What they used.
    pub tokens: i64,
}

/// The streak at the end of an agent's runs, of which the newest comes first.
pub fn streak(newest_first: &[Judged]) -> Streak {
    let since_progress = newest_first.iter().take_while(|run| run.verdict != RunVerdict::Progress);
    since_progress.fold(Streak::default(), |mut streak, run| {
        if matches!(run.verdict, RunVerdict::Empty | RunVerdict::Weak) {
            streak.empty += usize::from(run.verdict == RunVerdict::Empty);
            streak.runs.push(run.id);
            streak.tokens = streak.tokens.saturating_add(run.tokens);
        }
        streak
    })
}

/// When the breaker of a board pauses an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// After so many runs that did nothing, while there is work for it.
    pub empty: usize,
    /// After so many runs of which nothing came, while there is work for it.
    pub weak: usize,
    /// After so many runs that did nothing, while there is no work.
    pub idle: usize,
    /// Not before they used so many tokens.
    pub tokens: i64,
}

impl Thresholds {
    /// The usual numbers.
    pub const USUAL: Self = Self { empty: 10, weak: 30, idle: 48, tokens: 20_000 };
}

/// What is to be done about a streak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing.
    Nothing,
    /// People are warned.
    Warn,
    /// The agent is paused.
    Pause,
}

/// What is to be done about a streak of an agent, which has work or has none.
pub fn reaction(streak: &Streak, limits: &Thresholds, has_work: bool) -> Reaction {
    let (empty, all) = (streak.empty, streak.runs.len());
    let is_over = match has_work {
        true => empty >= limits.empty || all >= limits.weak,
        false => empty >= limits.idle,
    };
    match () {
        () if is_over && streak.tokens >= limits.tokens => Reaction::Pause,
        () if has_work && empty * 10 >= limits.empty * 6 => Reaction::Warn,
        () => Reaction::Nothing,
    }
}

/// Whether the breaker of a board pauses agents, or only tells of whom it would pause; nothing when it is off.
pub fn pauses(mode: BreakerMode, board_made_at: Timestamp, now: Timestamp) -> Option<bool> {
    match mode {
        BreakerMode::Off => None,
        BreakerMode::Shadow => Some(false),
        BreakerMode::On => Some(true),
        BreakerMode::Auto | BreakerMode::Foreign(_) => Some(now.since(board_made_at) >= WATCHES_FOR),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::id::{AgentId, GatewayId, OrganizationId};
    use crate::models::RunReason;

    fn done() -> Run {
        let ids = (OrganizationId::random(), GatewayId::random(), AgentId::random());
        Run { state: RunState::Done, ..Run::new(ids.0, ids.1, ids.2, "s", Timestamp::now()) }
    }

    fn facts(strong: i64, weak: i64) -> Facts {
        Facts { strong, weak }
    }

    #[rstest]
    #[case::moved_a_task(done(), facts(1, 0), RunVerdict::Progress)]
    #[case::read_something(done(), facts(0, 3), RunVerdict::Weak)]
    #[case::did_nothing(done(), facts(0, 0), RunVerdict::Empty)]
    #[case::was_stopped(Run { state: RunState::Aborted, ..done() }, facts(0, 0), RunVerdict::Neutral)]
    #[case::failed(Run { state: RunState::Error, ..done() }, facts(0, 0), RunVerdict::Neutral)]
    #[case::got_lost(Run { reason: Some(RunReason::Lost), ..done() }, facts(0, 0), RunVerdict::Neutral)]
    #[case::heard_in_part(Run { events_complete: false, ..done() }, facts(0, 0), RunVerdict::Neutral)]
    #[case::a_persons(Run { trigger_kind: RunTrigger::Person, ..done() }, facts(0, 0), RunVerdict::Neutral)]
    #[case::stopped_after_work(Run { state: RunState::Aborted, ..done() }, facts(2, 0), RunVerdict::Progress)]
    fn a_run_is_judged_by_what_it_left_behind(
        #[case] run: Run,
        #[case] facts: Facts,
        #[case] expected: RunVerdict,
    ) {
        assert_eq!(verdict(&run, facts), expected);
    }

    /// The history of an agent, told from its beginning: `p`rogress, `w`eak, `e`mpty, `n`eutral.
    fn history(letters: &str) -> Vec<Judged> {
        let judged = |letter| {
            let verdict = match letter {
                'p' => RunVerdict::Progress,
                'w' => RunVerdict::Weak,
                'e' => RunVerdict::Empty,
                _ => RunVerdict::Neutral,
            };
            Judged { id: RunId::random(), verdict, tokens: 5_000 }
        };
        letters.chars().rev().map(judged).collect()
    }

    fn after(letters: &str, has_work: bool) -> Reaction {
        reaction(&streak(&history(letters)), &Thresholds::USUAL, has_work)
    }

    #[rstest]
    #[case::loop_of_empty_heartbeats("peeeeeeeeee", true, Reaction::Pause)]
    #[case::one_fewer("peeeeeeeee", true, Reaction::Warn)]
    #[case::warned("eeeeee", true, Reaction::Warn)]
    #[case::not_yet("eeeee", true, Reaction::Nothing)]
    #[case::neutral_runs_neither_count_nor_end_it("eeeeenenennnneneeee", true, Reaction::Pause)]
    #[case::progress_ends_it("eeeeeeeeep", true, Reaction::Nothing)]
    #[case::only_reading("wwwwwwwwwwwwwwwwwwwwwwwwwwwwww", true, Reaction::Pause)]
    #[case::reading_for_a_while("wwwwwwwwwwwwwwwwwwww", true, Reaction::Nothing)]
    #[case::nothing_to_do("eeeeeeeeeeeeeeeeeeee", false, Reaction::Nothing)]
    #[case::nothing_to_do_for_a_working_day(
        "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
        false,
        Reaction::Pause
    )]
    fn a_streak_without_progress_ends_in_a_pause(
        #[case] letters: &str,
        #[case] has_work: bool,
        #[case] expected: Reaction,
    ) {
        assert_eq!(after(letters, has_work), expected);
    }

    #[test]
    fn a_streak_that_costs_next_to_nothing_pauses_nobody() {
        let cheap: Vec<Judged> =
            history(&"e".repeat(20)).into_iter().map(|run| Judged { tokens: 100, ..run }).collect();
        assert_eq!(reaction(&streak(&cheap), &Thresholds::USUAL, true), Reaction::Warn);
    }

    #[test]
    fn a_breaker_watches_a_new_board_for_a_week() {
        let now = Timestamp::now();
        let old = now.minus(WATCHES_FOR);
        assert_eq!(pauses(BreakerMode::Auto, now, now), Some(false));
        assert_eq!(pauses(BreakerMode::Auto, old, now), Some(true));
        assert_eq!(pauses(BreakerMode::Shadow, old, now), Some(false));
        assert_eq!(pauses(BreakerMode::Off, old, now), None);
    }

    proptest! {
        /// Twenty agents that get something done at least once in nine runs, whatever else happens: none is ever paused.
        #[test]
        fn who_makes_progress_is_never_paused(
            agents in prop::collection::vec(prop::collection::vec("[ewn]{0,8}", 20), 20),
        ) {
            for stretches in agents {
                let letters: String = stretches.iter().map(|stretch| format!("{stretch}p")).collect();
                for end in 1..=letters.len() {
                    prop_assert_ne!(after(&letters[..end], true), Reaction::Pause);
                }
            }
        }

        /// Whatever went before, a loop is stopped by its tenth run.
        #[test]
        fn a_loop_is_stopped_in_time(before in "[pewn]{0,40}", neutral in prop::collection::vec("n{0,3}", 10)) {
            let tail: String = neutral.iter().map(|pause| format!("{pause}e")).collect();
            prop_assert_eq!(after(&format!("{before}p{tail}"), true), Reaction::Pause);
            prop_assert_eq!(after(&format!("{before}{tail}"), true), Reaction::Pause);
        }
    }
}
