//! Budgets: when each of their windows begins and ends, and what is done as one is used up.

use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::limits::BUDGET_AMOUNT;
use crate::models::{Budget, BudgetMetric, BudgetPeriod, BudgetStage};
use crate::time::Timestamp;

/// Clocks that are put forward at midnight skip whole quarters of an hour; an island that crossed the date line a whole day.
const QUARTERS: i64 = 26 * 4;

/// Whether this is the name of a time zone.
pub fn is_time_zone(name: &str) -> bool {
    Tz::from_str(name).is_ok()
}

/// The window of a budget that `at` lies in: its first moment, and the first one after it. Days are those of the zone's
/// clocks, so some have 23 or 25 hours. A zone that is not known here counts as UTC.
pub fn window(period: BudgetPeriod, time_zone: &str, at: Timestamp) -> (Timestamp, Timestamp) {
    let zone = Tz::from_str(time_zone).unwrap_or(Tz::UTC);
    let at = at.utc();
    let first = first_day(period, at.with_timezone(&zone).date_naive());
    let next = |day| following(period, day);
    let (mut start, mut day) = (beginning(zone, first), next(first));
    // Where clocks are put back over midnight, the hour that comes twice belongs to both days by its name: it counts for
    // the day that had begun.
    while beginning(zone, day) <= at && beginning(zone, next(day)) > beginning(zone, day) {
        (start, day) = (beginning(zone, day), next(day));
    }
    (Timestamp::from_utc(start), Timestamp::from_utc(beginning(zone, day)))
}

fn first_day(period: BudgetPeriod, day: NaiveDate) -> NaiveDate {
    match period {
        BudgetPeriod::Day | BudgetPeriod::Foreign(_) => day,
        BudgetPeriod::Week => {
            day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
        }
        BudgetPeriod::Month => day.with_day(1).unwrap_or(day),
    }
}

/// The first day after the period that begins with `day`.
fn following(period: BudgetPeriod, day: NaiveDate) -> NaiveDate {
    match period {
        BudgetPeriod::Day | BudgetPeriod::Foreign(_) => day.checked_add_days(Days::new(1)),
        BudgetPeriod::Week => day.checked_add_days(Days::new(7)),
        BudgetPeriod::Month => day.checked_add_months(Months::new(1)),
    }
    .unwrap_or(NaiveDate::MAX)
}

/// The first moment of a day in a zone: midnight, or what comes instead of it where clocks skip it.
fn beginning(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let moment = |quarter| {
        let local = midnight.checked_add_signed(TimeDelta::minutes(15 * quarter))?;
        zone.from_local_datetime(&local).earliest()
    };
    (0..=QUARTERS).find_map(moment).map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

/// How far a budget is used up with `used` in a window in which `extra` is allowed beyond its limit.
pub fn stage(budget: &Budget, used: i64, extra: i64) -> BudgetStage {
    let allowed = i128::from(budget.limit_amount) + i128::from(extra);
    let reached = |percent: i32| i128::from(used) * 100 >= allowed * i128::from(percent);
    match () {
        () if reached(100) => BudgetStage::Stopped,
        () if reached(budget.slow_percent) => BudgetStage::Slowed,
        () if reached(budget.warn_percent) => BudgetStage::Warned,
        () => BudgetStage::Ok,
    }
}

/// What is allowed beyond the limit so that, of what was `used`, so much more may be used from now on.
pub fn extended(budget: &Budget, used: i64, extra: i64, more: i64) -> i64 {
    extra.max(used.saturating_sub(budget.limit_amount)).saturating_add(more).min(BUDGET_AMOUNT)
}

/// Whether `stage` is further than `other`.
pub fn is_further(stage: BudgetStage, other: BudgetStage) -> bool {
    rank(stage) > rank(other)
}

fn rank(stage: BudgetStage) -> u8 {
    match stage {
        BudgetStage::Ok | BudgetStage::Foreign(_) => 0,
        BudgetStage::Warned => 1,
        BudgetStage::Slowed => 2,
        BudgetStage::Stopped => 3,
    }
}

/// An amount as people read it.
pub fn in_words(metric: BudgetMetric, amount: i64) -> String {
    match metric {
        BudgetMetric::Cost => format!("${}.{:02}", grouped(amount / 1_000_000), amount % 1_000_000 / 10_000),
        BudgetMetric::Tokens => format!("{} tokens", grouped(amount)),
        BudgetMetric::Runs | BudgetMetric::Foreign(_) => format!("{} runs", grouped(amount)),
    }
}

/// A number with a comma after every third digit from the right.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let places = digits.chars().enumerate().map(|(place, digit)| {
        let left = digits.len() - place;
        let comma = place > 0 && left.is_multiple_of(3);
        (comma.then_some(','), digit)
    });
    places.flat_map(|(comma, digit)| comma.into_iter().chain([digit])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::id::OrganizationId;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[rstest]
    #[case::utc(
        BudgetPeriod::Day,
        "UTC",
        "2026-11-29T15:00:00",
        "2026-11-29T00:00:00",
        "2026-11-30T00:00:00"
    )]
    #[case::east(
        BudgetPeriod::Day,
        "Asia/Shanghai",
        "2026-11-29T17:00:00",
        "2026-11-29T16:00:00",
        "2026-11-30T16:00:00"
    )]
    #[case::half_an_hour(
        BudgetPeriod::Day,
        "Asia/Kolkata",
        "2026-11-29T00:00:00",
        "2026-11-28T18:30:00",
        "2026-11-29T18:30:00"
    )]
    #[case::of_23_hours(
        BudgetPeriod::Day,
        "Europe/Berlin",
        "2026-03-29T12:00:00",
        "2026-03-28T23:00:00",
        "2026-03-29T22:00:00"
    )]
    #[case::of_25_hours(
        BudgetPeriod::Day,
        "Europe/Berlin",
        "2026-10-25T12:00:00",
        "2026-10-24T22:00:00",
        "2026-10-25T23:00:00"
    )]
    #[case::midnight_is_skipped(
        BudgetPeriod::Day,
        "Africa/Cairo",
        "2026-04-24T09:00:00",
        "2026-04-23T22:00:00",
        "2026-04-24T21:00:00"
    )]
    #[case::midnight_comes_twice(
        BudgetPeriod::Day,
        "America/Havana",
        "2026-11-01T05:30:00",
        "2026-11-01T04:00:00",
        "2026-11-02T05:00:00"
    )]
    #[case::a_day_that_never_was(
        BudgetPeriod::Day,
        "Pacific/Apia",
        "2011-12-30T09:00:00",
        "2011-12-29T10:00:00",
        "2011-12-30T10:00:00"
    )]
    #[case::monday(
        BudgetPeriod::Week,
        "UTC",
        "2026-11-29T15:00:00",
        "2026-11-23T00:00:00",
        "2026-11-30T00:00:00"
    )]
    #[case::month(
        BudgetPeriod::Month,
        "Europe/Berlin",
        "2026-10-31T23:30:00",
        "2026-10-31T23:00:00",
        "2026-11-30T23:00:00"
    )]
    #[case::unknown(
        BudgetPeriod::Day,
        "Moon/Tycho",
        "2026-11-29T15:00:00",
        "2026-11-29T00:00:00",
        "2026-11-30T00:00:00"
    )]
    fn a_window_is_one_of_the_zones_own(
        #[case] period: BudgetPeriod,
        #[case] zone: &str,
        #[case] moment: &str,
        #[case] start: &str,
        #[case] end: &str,
    ) {
        assert_eq!(window(period, zone, at(moment)), (at(start), at(end)));
    }

    #[rstest]
    #[case(0, 0, BudgetStage::Ok)]
    #[case(799, 0, BudgetStage::Ok)]
    #[case(800, 0, BudgetStage::Warned)]
    #[case(900, 0, BudgetStage::Slowed)]
    #[case(999, 0, BudgetStage::Slowed)]
    #[case(1000, 0, BudgetStage::Stopped)]
    #[case(5000, 0, BudgetStage::Stopped)]
    #[case(1000, 1000, BudgetStage::Ok)]
    #[case(i64::MAX, i64::MAX, BudgetStage::Slowed)]
    fn a_budget_warns_slows_and_stops(#[case] used: i64, #[case] extra: i64, #[case] expected: BudgetStage) {
        let budget = Budget::new(OrganizationId::random(), BudgetMetric::Tokens, 1000);
        assert_eq!(stage(&budget, used, extra), expected);
    }

    #[test]
    fn who_is_allowed_more_has_that_much_left_however_far_it_was_overdrawn() {
        let budget = Budget::new(OrganizationId::random(), BudgetMetric::Tokens, 1000);
        for (used, extra) in [(1000, 0), (26_000, 0), (2000, 1000), (400, 200)] {
            let extra_now = extended(&budget, used, extra, 500);
            let left = 1000 + extra_now - used;
            assert_eq!(left, 500 + (1000 + extra - used).max(0), "{used} {extra}");
        }
    }

    #[test]
    fn zones_are_those_of_the_iana() {
        assert!(is_time_zone("Europe/Berlin") && is_time_zone("UTC"));
        assert!(!is_time_zone("Berlin") && !is_time_zone(""));
    }

    #[test]
    fn amounts_are_told_in_their_unit() {
        assert_eq!(in_words(BudgetMetric::Cost, 1_234_567), "$1.23");
        assert_eq!(in_words(BudgetMetric::Tokens, 999), "999 tokens");
        assert_eq!(in_words(BudgetMetric::Tokens, 1_000), "1,000 tokens");
        assert_eq!(in_words(BudgetMetric::Runs, 12_345_678), "12,345,678 runs");
    }

    fn zone() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "America/Havana",
            "Asia/Beirut",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "America/St_Johns",
        ])
    }

    proptest! {
        #[test]
        fn every_moment_lies_in_one_window_and_windows_leave_no_gap(
            zone in zone(),
            period in prop::sample::select(BudgetPeriod::ALL.to_vec()),
            second in 0_i64..4_000_000_000,
        ) {
            let moment = Timestamp::from_micros(second * 1_000_000);
            let (start, end) = window(period, zone, moment);
            prop_assert!(start <= moment && moment < end, "{} {} {}", start, moment, end);
            prop_assert_eq!(window(period, zone, start), (start, end));
            prop_assert_eq!(window(period, zone, end).0, end);
            let last = end.minus(std::time::Duration::from_micros(1));
            prop_assert_eq!(window(period, zone, last), (start, end));
        }
    }
}
