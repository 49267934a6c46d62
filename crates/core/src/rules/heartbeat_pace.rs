//! How fast the heartbeats of a board's agents go: slower and slower while nothing happens on it.
//!
//! An interval doubles each time that the board has been idle for four times as long, up to the board's ceiling. Since
//! idleness only grows until work arrives, an interval changes a few times in as many hours and never flutters: older
//! gateways restart for each change.

use std::time::Duration;

use super::durations::{format_every, parse_every};
use crate::models::{Board, HeartbeatPolicy};

/// Longest interval of an idle board that names none.
pub const DEFAULT_CEILING: Duration = Duration::from_secs(3_600);
/// A board is idle for this many intervals before they double.
const PATIENCE: u32 = 4;

/// The policy of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// What becomes of heartbeats.
    pub policy: HeartbeatPolicy,
    /// Shortest interval; `None` leaves agents their own.
    pub floor: Option<Duration>,
    /// Longest interval while idle.
    pub ceiling: Duration,
}

impl Pace {
    /// The policy of `board`. Intervals that cannot be read count as not set.
    pub fn of(board: &Board) -> Self {
        let interval = |text: &Option<String>| parse_every(text.as_deref()?).ok().flatten();
        Self {
            policy: board.heartbeat_policy,
            floor: interval(&board.heartbeat_floor),
            ceiling: interval(&board.heartbeat_ceiling).unwrap_or(DEFAULT_CEILING),
        }
    }

    /// The interval in effect, as gateways write it, for an agent whose `own` one this is; `None` is its own. `idle` is
    /// how long nothing has happened on the board; `None` while there is work.
    pub fn every(&self, own: Option<Duration>, idle: Option<Duration>) -> Option<String> {
        // Who has no heartbeat gets none.
        let own = own?;
        let wanted = match self.policy {
            HeartbeatPolicy::Fixed | HeartbeatPolicy::Foreign(_) => own,
            HeartbeatPolicy::Off => Duration::ZERO,
            HeartbeatPolicy::Adaptive => {
                let floor = self.floor.unwrap_or(own).max(own);
                slowed(floor, self.ceiling.max(floor), idle.unwrap_or_default())
            }
        };
        (wanted != own).then(|| format_every(wanted))
    }
    /// The slowest interval, for an agent that is to use little, whatever happens on the board.
    pub fn slowest(&self, own: Option<Duration>) -> Option<String> {
        let policy = match self.policy {
            HeartbeatPolicy::Off => HeartbeatPolicy::Off,
            _ => HeartbeatPolicy::Adaptive,
        };
        Self { policy, ..*self }.every(own, Some(Duration::MAX))
    }
}

fn slowed(floor: Duration, ceiling: Duration, idle: Duration) -> Duration {
    let mut interval = floor;
    while interval < ceiling && idle >= interval * 2 * PATIENCE {
        interval *= 2;
    }
    interval.min(ceiling)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn minutes(count: u64) -> Duration {
        Duration::from_secs(count * 60)
    }

    fn adaptive() -> Pace {
        Pace { policy: HeartbeatPolicy::Adaptive, floor: None, ceiling: DEFAULT_CEILING }
    }

    #[rstest]
    #[case::work(None, None)]
    #[case::just_idle(Some(0), None)]
    #[case::idle_for_a_while(Some(79), None)]
    #[case::twice(Some(80), Some("20m"))]
    #[case::four_times(Some(160), Some("40m"))]
    #[case::the_ceiling(Some(320), Some("1h"))]
    #[case::for_ever(Some(1_000_000), Some("1h"))]
    fn intervals_double_while_a_board_is_idle(#[case] idle: Option<u64>, #[case] every: Option<&str>) {
        assert_eq!(adaptive().every(Some(minutes(10)), idle.map(minutes)).as_deref(), every);
    }

    #[rstest]
    #[case::fixed(HeartbeatPolicy::Fixed, None)]
    #[case::off(HeartbeatPolicy::Off, Some("0m"))]
    fn other_policies_ask_nothing(#[case] policy: HeartbeatPolicy, #[case] every: Option<&str>) {
        let pace = Pace { policy, ..adaptive() };
        for idle in [None, Some(minutes(10_000))] {
            assert_eq!(pace.every(Some(minutes(10)), idle).as_deref(), every);
        }
    }

    #[test]
    fn a_floor_slows_fast_agents_even_at_work_and_a_ceiling_below_it_counts_as_the_floor() {
        let pace = Pace { floor: Some(minutes(30)), ceiling: minutes(5), ..adaptive() };
        assert_eq!(pace.every(Some(minutes(10)), None).as_deref(), Some("30m"));
        assert_eq!(pace.every(Some(minutes(10)), Some(minutes(10_000))).as_deref(), Some("30m"));
        assert_eq!(pace.every(Some(minutes(90)), None), None);
    }

    #[test]
    fn who_is_to_use_little_goes_as_slowly_as_the_board_allows() {
        assert_eq!(adaptive().slowest(Some(minutes(10))).as_deref(), Some("1h"));
        let fixed = Pace { policy: HeartbeatPolicy::Fixed, ceiling: minutes(30), ..adaptive() };
        assert_eq!(fixed.slowest(Some(minutes(10))).as_deref(), Some("30m"));
        let off = Pace { policy: HeartbeatPolicy::Off, ..adaptive() };
        assert_eq!(off.slowest(Some(minutes(10))).as_deref(), Some("0m"));
    }

    #[test]
    fn an_agent_without_heartbeats_gets_none() {
        assert_eq!(adaptive().every(None, Some(minutes(10_000))), None);
    }

    proptest! {
        #[test]
        fn idleness_never_speeds_heartbeats_up_and_stays_within_bounds(
            own in 1_u64..100_000, floor in prop::option::of(1_u64..100_000), ceiling in 1_u64..100_000,
            first in 0_u64..10_000_000, more in 0_u64..10_000_000,
        ) {
            let own = Duration::from_secs(own);
            let pace = Pace { floor: floor.map(Duration::from_secs), ceiling: Duration::from_secs(ceiling), ..adaptive() };
            let effective = |idle: u64| match pace.every(Some(own), Some(Duration::from_secs(idle))) {
                Some(text) => parse_every(&text).unwrap().unwrap(),
                None => own,
            };
            let (early, late) = (effective(first), effective(first + more));
            prop_assert!(early <= late && early >= own);
            prop_assert!(late <= own.max(pace.floor.unwrap_or(own)).max(pace.ceiling));
        }
    }
}
