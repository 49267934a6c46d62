//! Points in time: UTC, microseconds, written as the API's clients know them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types;
use diesel::sqlite::Sqlite;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How SQLite stores a timestamp: fixed width, so that text order is time order.
const SQLITE_FORMAT: &str = "%Y-%m-%d %H:%M:%S%.6f";

/// A point in time, UTC, to the microsecond (what PostgreSQL keeps).
///
/// JSON: `2026-11-23T10:00:00.123456`, without a zone and without a fraction when that is zero. Reading accepts an
/// offset (`Z`, `+02:00`) and converts it; without one the text is UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Timestamp)]
pub struct Timestamp(NaiveDateTime);

/// The text is not a date and time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time (expected e.g. 2026-11-23T10:00:00 or 2026-11-23T10:00:00Z): {0:?}")]
pub struct InvalidTimestamp(String);

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

    /// From microseconds since 1970; out-of-range values saturate.
    pub fn from_micros(micros: i64) -> Self {
        let limit = if micros < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        Self::from_utc(DateTime::from_timestamp_micros(micros).unwrap_or(limit))
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> i64 {
        self.utc().timestamp_micros()
    }

    /// Reads ISO 8601 text; a space may stand for the `T`, the time of day may be left out.
    ///
    /// # Errors
    /// [`InvalidTimestamp`] with the text.
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        let trimmed = text.trim();
        let normal = trimmed.replacen(' ', "T", 1);
        if let Ok(at) = DateTime::parse_from_rfc3339(&normal) {
            return Ok(Self::from_utc(at.to_utc()));
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(&normal, format).ok())
            .or_else(|| normal.parse::<chrono::NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0)))
            .map(|naive| Self(naive.trunc_subsecs(6)))
            .ok_or_else(|| InvalidTimestamp(trimmed.to_owned()))
    }

    /// This much later (saturating).
    pub fn plus(self, duration: Duration) -> Self {
        let delta = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        Self(self.0.checked_add_signed(delta).unwrap_or(NaiveDateTime::MAX).trunc_subsecs(6))
    }

    /// This much earlier (saturating).
    pub fn minus(self, duration: Duration) -> Self {
        let delta = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        Self(self.0.checked_sub_signed(delta).unwrap_or(NaiveDateTime::MIN).trunc_subsecs(6))
    }

    /// Time passed since `earlier`; zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.signed_duration_since(earlier.0).to_std().unwrap_or_default()
    }
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
        Self::parse(&text).map_err(de::Error::custom)
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{ObjectBuilder, Type};
        // Not the format `date-time`: that has a zone.
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Date and time, UTC, without a zone."))
            .examples(["2026-11-23T10:00:00.123456"])
            .into()
    }
}

impl utoipa::ToSchema for Timestamp {}

impl ToSql<sql_types::Timestamp, Pg> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<sql_types::Timestamp, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<sql_types::Timestamp, Pg> for Timestamp {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <NaiveDateTime as FromSql<sql_types::Timestamp, Pg>>::from_sql(value).map(Self)
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
        <NaiveDateTime as FromSql<sql_types::Timestamp, Sqlite>>::from_sql(value).map(Self)
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
    fn arithmetic_saturates() {
        let now = Timestamp::now();
        assert_eq!(now.plus(Duration::from_secs(3)).since(now), Duration::from_secs(3));
        assert_eq!(now.since(now.plus(Duration::from_secs(3))), Duration::ZERO);
        assert!(now.plus(Duration::MAX) > now && now.minus(Duration::MAX) < now);
    }
}
