//! When and from where a credential was last used: known to the minute, so that reading does not become writing.

use std::time::Duration;

use crate::time::Timestamp;

/// Whether a use at `now`, from `address`, is worth writing down after the `last` one: its minute or its address is another.
pub fn is_news(
    last: Option<Timestamp>,
    last_address: Option<&str>,
    address: Option<&str>,
    now: Timestamp,
) -> bool {
    last_address != address || last.is_none_or(|last| last != to_the_minute(now))
}

/// The minute of a point in time.
pub fn to_the_minute(at: Timestamp) -> Timestamp {
    let micros = i64::try_from(Duration::from_secs(60).as_micros()).unwrap_or(1);
    Timestamp::from_micros(at.micros().div_euclid(micros).saturating_mul(micros))
}

/// Whether what was last used at `last` has been left alone for longer than `most` by `now`.
pub fn is_idle(last: Timestamp, most: Option<Duration>, now: Timestamp) -> bool {
    most.is_some_and(|most| last.plus(most) <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn a_minute_begins_with_its_first_second() {
        assert_eq!(to_the_minute(at("2026-11-29T10:11:12.5")), at("2026-11-29T10:11:00"));
        assert_eq!(to_the_minute(at("1969-12-31T23:59:59")), at("1969-12-31T23:59:00"));
    }

    #[test]
    fn a_use_is_news_in_another_minute_or_from_another_address() {
        let (last, now) = (Some(at("2026-11-29T10:11:00")), at("2026-11-29T10:11:59"));
        assert!(!is_news(last, Some("::1"), Some("::1"), now));
        assert!(is_news(last, Some("::1"), Some("::2"), now));
        assert!(is_news(last, Some("::1"), Some("::1"), at("2026-11-29T10:12:00")));
        assert!(is_news(None, None, None, now));
    }

    #[test]
    fn what_is_left_alone_for_long_is_idle() {
        let (last, hour) = (at("2026-11-29T10:00:00"), Some(Duration::from_secs(3600)));
        assert!(!is_idle(last, hour, at("2026-11-29T10:59:59")));
        assert!(is_idle(last, hour, at("2026-11-29T11:00:00")));
        assert!(!is_idle(last, None, at("2036-11-29T11:00:00")));
    }
}
