//! When periodic jobs run.

use std::str::FromStr;

use croner::Cron;

use crate::time::Timestamp;

/// The first time after `after` at which a cron pattern (minute, hour, day of month, month, day of week; in UTC)
/// matches; `None` when it never does, or is no pattern.
pub fn next_run(pattern: &str, after: Timestamp) -> Option<Timestamp> {
    let next = Cron::from_str(pattern).ok()?.find_next_occurrence(&after.utc(), false).ok()?;
    Some(Timestamp::from_utc(next))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("17 * * * *", "2026-11-26T10:16:59.9", Some("2026-11-26T10:17:00"))]
    #[case::not_the_same_moment("17 * * * *", "2026-11-26T10:17:00", Some("2026-11-26T11:17:00"))]
    #[case("*/5 * * * *", "2026-12-31T23:56:00", Some("2027-01-01T00:00:00"))]
    #[case::a_leap_day("0 3 29 2 *", "2026-03-01T00:00:00", Some("2028-02-29T03:00:00"))]
    #[case::never("0 0 31 2 *", "2026-01-01T00:00:00", None)]
    #[case::no_pattern("soon", "2026-01-01T00:00:00", None)]
    fn a_pattern_says_when_to_run_next(
        #[case] pattern: &str,
        #[case] after: &str,
        #[case] next: Option<&str>,
    ) {
        let after = Timestamp::parse(after).unwrap();
        assert_eq!(next_run(pattern, after), next.map(|next| Timestamp::parse(next).unwrap()));
    }
}
