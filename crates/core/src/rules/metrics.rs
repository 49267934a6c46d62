//! The time axis of the dashboard: ranges, the buckets they are cut into, and what is made of counts in them.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveTime, TimeDelta, Timelike, Utc};

use crate::models::UnknownText;
use crate::time::Timestamp;

/// How far the dashboard looks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// As clients name it, e.g. `24h`.
    name: &'static str,
    days: u64,
    bucket: Bucket,
}

/// What a range is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    /// Full hours.
    Hour,
    /// Days, UTC.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Months of the calendar.
    Month,
}

/// A stretch of time, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub start: Timestamp,
    /// Its end.
    pub end: Timestamp,
}

impl Range {
    /// Every range.
    pub const ALL: &'static [Self] = &[
        Self::new("24h", 1, Bucket::Hour),
        Self::new("3d", 3, Bucket::Day),
        Self::new("7d", 7, Bucket::Day),
        Self::new("14d", 14, Bucket::Day),
        Self::new("1m", 30, Bucket::Day),
        Self::new("3m", 90, Bucket::Week),
        Self::new("6m", 180, Bucket::Week),
        Self::new("1y", 365, Bucket::Month),
    ];
    /// The last day, hour by hour.
    pub const DAY: Self = Self::new("24h", 1, Bucket::Hour);

    const fn new(name: &'static str, days: u64, bucket: Bucket) -> Self {
        Self { name, days, bucket }
    }

    /// As clients name it.
    pub const fn as_str(&self) -> &'static str {
        self.name
    }

    /// What it is cut into.
    pub const fn bucket(&self) -> Bucket {
        self.bucket
    }

    /// The range that ends at `now`, and the one before it.
    pub fn spans(&self, now: Timestamp) -> (Span, Span) {
        let length = std::time::Duration::from_secs(self.days * 24 * 3600);
        let start = now.minus(length);
        (Span { start, end: now }, Span { start: start.minus(length), end: start })
    }
}

impl FromStr for Range {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let found = Self::ALL.iter().find(|range| range.name == text).copied();
        found.ok_or_else(|| UnknownText { wanted: "Range", text: text.to_owned() })
    }
}

impl Bucket {
    /// As clients name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The beginning of the bucket that `at` is in.
    pub fn start(self, at: Timestamp) -> Timestamp {
        let at = at.utc();
        let midnight = at.date_naive().and_time(NaiveTime::MIN).and_utc();
        let start = match self {
            Self::Hour => Some(midnight + TimeDelta::hours(i64::from(at.hour()))),
            Self::Day => Some(midnight),
            Self::Week => {
                midnight.checked_sub_days(Days::new(u64::from(at.weekday().num_days_from_monday())))
            }
            Self::Month => midnight.with_day(1),
        };
        Timestamp::from_utc(start.unwrap_or(midnight))
    }

    /// The buckets that a span touches, oldest first.
    pub fn cut(self, span: Span) -> Vec<Timestamp> {
        let next = |at: &DateTime<Utc>| match self {
            Self::Hour => at.checked_add_signed(TimeDelta::hours(1)),
            Self::Day => at.checked_add_days(Days::new(1)),
            Self::Week => at.checked_add_days(Days::new(7)),
            Self::Month => at.checked_add_months(Months::new(1)),
        };
        std::iter::successors(Some(self.start(span.start).utc()), next)
            .take_while(|at| *at <= span.end.utc())
            .map(Timestamp::from_utc)
            .collect()
    }

    /// A value for each bucket of `span`: what `merge` made of the entries that fall into it, else the default.
    pub fn series<E, T: Default + Clone>(
        self,
        span: Span,
        entries: impl IntoIterator<Item = (Timestamp, E)>,
        mut merge: impl FnMut(&mut T, E),
    ) -> Vec<(Timestamp, T)> {
        let mut values: HashMap<Timestamp, T> = HashMap::new();
        for (at, entry) in entries {
            merge(values.entry(self.start(at)).or_default(), entry);
        }
        let buckets = self.cut(span).into_iter();
        buckets.map(|at| (at, values.get(&at).cloned().unwrap_or_default())).collect()
    }
}

/// The middle value, or the mean of the two in the middle; `None` of nothing.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get(values.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// `part` of `whole` in percent; 0 of nothing.
pub fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole * 100.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::limits::POINTS;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[rstest]
    #[case(Bucket::Hour, "2026-11-25T10:00:00")]
    #[case(Bucket::Day, "2026-11-25T00:00:00")]
    #[case(Bucket::Week, "2026-11-23T00:00:00")]
    #[case(Bucket::Month, "2026-11-01T00:00:00")]
    fn a_moment_is_in_the_bucket_that_began_last(#[case] bucket: Bucket, #[case] start: &str) {
        assert_eq!(bucket.start(at("2026-11-25T10:59:59.999999")), at(start));
        assert_eq!(bucket.start(at(start)), at(start));
    }

    #[test]
    fn no_range_has_more_points_than_a_series_may_have() {
        for range in Range::ALL {
            let (span, _) = range.spans(at("2026-11-25T10:30:00"));
            assert!(range.bucket().cut(span).len() <= POINTS, "{range:?}");
        }
    }

    #[rstest]
    #[case("24h", 25, "2026-11-24T10:00:00")]
    #[case("3d", 4, "2026-11-22T00:00:00")]
    #[case("3m", 14, "2026-08-24T00:00:00")]
    #[case("1y", 13, "2025-11-01T00:00:00")]
    fn a_range_is_cut_into_every_bucket_that_it_touches(
        #[case] name: &str,
        #[case] buckets: usize,
        #[case] first: &str,
    ) {
        let range: Range = name.parse().unwrap();
        let (span, before) = range.spans(at("2026-11-25T10:30:00"));
        let cut = range.bucket().cut(span);
        assert_eq!((cut.len(), cut[0]), (buckets, at(first)));
        assert_eq!(before.end, span.start);
    }

    #[test]
    fn entries_are_merged_in_their_bucket_and_empty_buckets_are_shown() {
        let span = Span { start: at("2026-12-30T12:00:00"), end: at("2027-01-02T12:00:00") };
        let entries =
            [(at("2026-12-31T01:00:00"), 1), (at("2026-12-31T23:00:00"), 2), (at("2027-01-02T00:00:00"), 4)];
        let series = Bucket::Day.series(span, entries, |sum: &mut i32, one| *sum += one);
        assert_eq!(series.iter().map(|(_, sum)| *sum).collect::<Vec<_>>(), [0, 3, 0, 4]);
    }

    #[rstest]
    #[case(&[], None)]
    #[case(&[3.0], Some(3.0))]
    #[case(&[9.0, 1.0, 2.0], Some(2.0))]
    #[case(&[4.0, 1.0, 2.0, 9.0], Some(3.0))]
    fn the_median_lies_in_the_middle(#[case] values: &[f64], #[case] expected: Option<f64>) {
        assert_eq!(median(values.to_vec()), expected);
    }
}
