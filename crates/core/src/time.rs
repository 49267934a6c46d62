//! Points in time: UTC, microseconds, written as the API's clients know them.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::data_types::PgTimestamp;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types;
use diesel::sqlite::Sqlite;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The years that dates from outside may lie in: everything that is planned or remembered, and every place where a date
/// is shown or kept can hold it.
pub const YEARS: RangeInclusive<i32> = 1900..=9999;

/// How SQLite stores a timestamp: fixed width, so that text order is time order.
const SQLITE_FORMAT: &str = "%Y-%m-%d %H:%M:%S%.6f";
/// From 1970 to 2000, where PostgreSQL begins to count.
const MICROS_TO_2000: i64 = 946_684_800_000_000;

/// A point in time, UTC, to the microsecond (what PostgreSQL keeps).
///
/// JSON: `2026-11-23T10:00:00.123456`, without a zone and without a fraction when that is zero. Reading accepts an
/// offset (`Z`, `+02:00`) and converts it; without one the text is UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Timestamp)]
pub struct Timestamp(NaiveDateTime);

/// What was sent is no point in time that is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTimestamp {
    /// The text is not a date and time.
    #[error("not a date and time (expected e.g. 2026-11-23T10:00:00 or 2026-11-23T10:00:00Z): {0:?}")]
    Text(String),
    /// It is one, before or after [`YEARS`] in UTC.
    #[error("outside the years {} to {} (UTC)", YEARS.start(), YEARS.end())]
    Year,
}

impl Timestamp {
    /// The current time.
    pub fn now() -> Self {
        Self::from_utc(Utc::now())
    }

    /// This instant, cut to microseconds.
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.naive_utc().trunc_subsecs(6))
    }

    /// The instant for `chrono`.
    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    /// From microseconds since 1970; values before the year 1 or after 9999 saturate.
    pub fn from_micros(micros: i64) -> Self {
        let limit = if micros < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        Self::kept(DateTime::from_timestamp_micros(micros).unwrap_or(limit).naive_utc())
    }

    /// A point in time as it is kept and shown: what another program stored beyond the years of four digits is moved to
    /// the nearest of them, which every reader of our answers understands.
    fn kept(at: NaiveDateTime) -> Self {
        Self(at.trunc_subsecs(6).clamp(first_second(), last_microsecond()))
    }

    /// The point in time, if it lies in [`YEARS`].
    fn taken(at: NaiveDateTime) -> Result<Self, InvalidTimestamp> {
        if YEARS.contains(&at.year()) { Ok(Self(at.trunc_subsecs(6))) } else { Err(InvalidTimestamp::Year) }
    }

    /// Reads seconds since 1970; numbers too large for that are milliseconds.
    ///
    /// # Errors
    /// [`InvalidTimestamp::Year`].
    pub fn from_number(since_1970: f64) -> Result<Self, InvalidTimestamp> {
        const LARGEST_SECONDS: f64 = 2e10;
        let seconds = if since_1970.abs() > LARGEST_SECONDS { since_1970 / 1000.0 } else { since_1970 };
        let micros = format!("{:.0}", seconds * 1e6).parse().map_err(|_| InvalidTimestamp::Year)?;
        let at = DateTime::from_timestamp_micros(micros).ok_or(InvalidTimestamp::Year)?;
        Self::taken(at.naive_utc())
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> i64 {
        self.utc().timestamp_micros()
    }

    /// Reads ISO 8601 text from outside; a space may stand for the `T`, the time of day may be left out.
    ///
    /// # Errors
    /// [`InvalidTimestamp`].
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        read(text).and_then(Self::taken)
    }

    /// Reads text that was kept: of the years that [`parse`](Self::parse) refuses it takes the nearest that can be shown.
    ///
    /// # Errors
    /// [`InvalidTimestamp::Text`].
    pub fn stored(text: &str) -> Result<Self, InvalidTimestamp> {
        read(text).map(Self::kept)
    }

    /// The minute, for people: `2026-11-23 10:00 UTC`.
    pub fn in_words(self) -> String {
        self.0.format("%Y-%m-%d %H:%M UTC").to_string()
    }

    /// This much later (saturating).
    pub fn plus(self, duration: Duration) -> Self {
        let delta = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        Self::kept(self.0.checked_add_signed(delta).unwrap_or(NaiveDateTime::MAX))
    }

    /// This much earlier (saturating).
    pub fn minus(self, duration: Duration) -> Self {
        let delta = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        Self::kept(self.0.checked_sub_signed(delta).unwrap_or(NaiveDateTime::MIN))
    }

    /// Time passed since `earlier`; zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.signed_duration_since(earlier.0).to_std().unwrap_or_default()
    }
}

fn read(text: &str) -> Result<NaiveDateTime, InvalidTimestamp> {
    let trimmed = text.trim();
    let normal = trimmed.replacen(' ', "T", 1);
    // Years of more than four digits have a sign, as browsers write them.
    let with_zone = match normal.starts_with(['+', '-']) {
        true => normal.parse(),
        false => DateTime::parse_from_rfc3339(&normal),
    };
    if let Ok(at) = with_zone {
        return Ok(at.naive_utc());
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&normal, format).ok())
        .or_else(|| normal.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0)))
        .ok_or_else(|| InvalidTimestamp::Text(trimmed.to_owned()))
}

fn first_second() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).unwrap_or(NaiveDateTime::MIN)
}

fn last_microsecond() -> NaiveDateTime {
    let last =
        NaiveDate::from_ymd_opt(9999, 12, 31).and_then(|day| day.and_hms_micro_opt(23, 59, 59, 999_999));
    last.unwrap_or(NaiveDateTime::MAX)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = if self.0.and_utc().timestamp_subsec_micros() == 0 {
            "%Y-%m-%dT%H:%M:%S"
        } else {
            "%Y-%m-%dT%H:%M:%S%.6f"
        };
        self.0.format(format).fmt(f)
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::stored(&text).map_err(de::Error::custom)
    }
}

impl ToSql<sql_types::Timestamp, Pg> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<sql_types::Timestamp, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<sql_types::Timestamp, Pg> for Timestamp {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        // Not by way of `NaiveDateTime`, which `infinity` and the like do not fit into.
        let PgTimestamp(since_2000) = FromSql::<sql_types::Timestamp, Pg>::from_sql(value)?;
        Ok(Self::from_micros(since_2000.saturating_add(MICROS_TO_2000)))
    }
}

impl ToSql<sql_types::Timestamp, Sqlite> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.format(SQLITE_FORMAT).to_string());
        Ok(IsNull::No)
    }
}

impl FromSql<sql_types::Timestamp, Sqlite> for Timestamp {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        // Text that is no time, which only another program can have written, is 1970: its row breaks no list.
        let at = <NaiveDateTime as FromSql<sql_types::Timestamp, Sqlite>>::from_sql(value).map(Self::kept);
        Ok(at.unwrap_or(Self::from_micros(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn json_has_no_zone_and_no_empty_fraction() {
        assert_eq!(serde_json::to_string(&at("2026-11-23T10:00:00Z")).unwrap(), "\"2026-11-23T10:00:00\"");
        assert_eq!(at("2026-11-23T10:00:00.5").to_string(), "2026-11-23T10:00:00.500000");
    }

    #[test]
    fn an_offset_is_converted_to_utc() {
        assert_eq!(at("2026-11-23T12:30:00+02:30"), at("2026-11-23 10:00"));
        assert_eq!(at("2026-11-23"), at("2026-11-23T00:00:00Z"));
    }

    #[test]
    fn anything_else_is_refused_with_the_text() {
        assert!(Timestamp::parse("soon").unwrap_err().to_string().contains("\"soon\""));
        assert!(serde_json::from_str::<Timestamp>("\"2026-13-01T00:00:00\"").is_err());
    }

    #[test]
    fn times_are_cut_to_microseconds_so_that_a_stored_one_reads_back_equal() {
        assert_eq!(at("2026-11-23T10:00:00.123456789"), at("2026-11-23T10:00:00.123456"));
        let now = Timestamp::now();
        assert_eq!(Timestamp::from_micros(now.micros()), now);
        assert_eq!(at(&now.to_string()), now);
    }

    #[test]
    fn dates_outside_the_years_that_are_taken_are_refused_however_they_are_written() {
        for text in [
            "9999-12-31T23:59:59-12:00",
            "1900-01-01T00:00:00+00:01",
            "-002020-11-04T23:06:31.000Z",
            "+10000-01-01",
            "0026-12-24",
            "1899-12-31T23:59",
            "-262143-01-01T00:00:00",
        ] {
            assert_eq!(Timestamp::parse(text), Err(InvalidTimestamp::Year), "{text}");
        }
        for number in [1e300, -1e300, f64::INFINITY, f64::NAN, 253_402_300_800_000.0, -2_208_988_801.0] {
            assert_eq!(Timestamp::from_number(number), Err(InvalidTimestamp::Year), "{number}");
        }
        for text in ["1900-01-01T00:00:00", "9999-12-31T23:59:59.999999"] {
            assert_eq!(at(text).to_string(), text);
        }
        assert_eq!(Timestamp::from_number(1_893_456_000.5), Ok(at("2030-01-01T00:00:00.5")));
        assert_eq!(Timestamp::from_number(-2_208_988_800.0), Ok(at("1900-01-01")));
    }

    #[test]
    fn what_is_kept_has_years_of_four_digits() {
        let never =
            [Timestamp::from_micros(i64::MAX), at("9999-12-31T23:59:59").plus(Duration::from_secs(9))];
        assert_eq!(never.map(|at| at.to_string()), ["9999-12-31T23:59:59.999999"; 2]);
        let ever = [Timestamp::from_micros(i64::MIN), Timestamp::now().minus(Duration::MAX)];
        assert_eq!(ever.map(|at| at.to_string()), ["0001-01-01T00:00:00"; 2]);
    }

    #[test]
    fn arithmetic_saturates() {
        let now = Timestamp::now();
        assert_eq!(now.plus(Duration::from_secs(3)).since(now), Duration::from_secs(3));
        assert_eq!(now.since(now.plus(Duration::from_secs(3))), Duration::ZERO);
        assert!(now.plus(Duration::MAX) > now && now.minus(Duration::MAX) < now);
    }
}
