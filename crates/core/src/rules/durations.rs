//! Intervals as agents' heartbeat settings write them: `10m`, `30s`, `1h`.

use std::time::Duration;

use crate::limits::INTERVAL;

/// The text is not an interval.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an interval of at most ten years such as `30s`, `10m`, `1h`, `2d` or `1w` (`0m` turns it off)"
)]
pub struct InvalidInterval(String);

/// Reads an interval: a whole number and one of the units `s`, `m`, `h`, `d`, `w`, in either case, blanks ignored. A
/// number alone is minutes, as on gateways. `None` when it is zero: no heartbeat.
///
/// # Errors
/// [`InvalidInterval`] with the text.
pub fn parse_every(text: &str) -> Result<Option<Duration>, InvalidInterval> {
    let invalid = || InvalidInterval(text.trim().to_owned());
    let compact: String = text.to_ascii_lowercase().split_whitespace().collect();
    let digits = compact.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds_per_unit = match compact.strip_prefix(digits).unwrap_or_default() {
        "s" => 1,
        "" | "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => return Err(invalid()),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid());
    }
    let count: u64 = digits.parse().map_err(|_| invalid())?;
    match count.checked_mul(seconds_per_unit).filter(|seconds| *seconds <= INTERVAL) {
        Some(0) => Ok(None),
        Some(seconds) => Ok(Some(Duration::from_secs(seconds))),
        None => Err(invalid()),
    }
}

/// An interval in the largest unit that it is a whole number of, up to hours: `90s`, `10m`, `1h`.
pub fn format_every(interval: Duration) -> String {
    match interval.as_secs() {
        seconds if seconds % 60 != 0 => format!("{seconds}s"),
        seconds if seconds == 0 || seconds % 3_600 != 0 => format!("{}m", seconds / 60),
        seconds => format!("{}h", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("30s", 30)]
    #[case("10m", 600)]
    #[case("10", 600)]
    #[case(" 1 H ", 3_600)]
    #[case("2d", 172_800)]
    #[case("1w", 604_800)]
    #[case("3650d", INTERVAL)]
    fn intervals_are_a_number_and_a_unit(#[case] text: &str, #[case] seconds: u64) {
        assert_eq!(parse_every(text), Ok(Some(Duration::from_secs(seconds))));
    }

    #[rstest]
    #[case(0, "0m")]
    #[case(90, "90s")]
    #[case(600, "10m")]
    #[case(5_400, "90m")]
    #[case(7_200, "2h")]
    fn an_interval_is_written_in_its_largest_whole_unit(#[case] seconds: u64, #[case] text: &str) {
        assert_eq!(format_every(Duration::from_secs(seconds)), text);
        assert_eq!(parse_every(text).unwrap().unwrap_or_default().as_secs(), seconds);
    }

    #[rstest]
    #[case("0m")]
    #[case("0")]
    #[case("00s")]
    fn zero_turns_the_heartbeat_off(#[case] text: &str) {
        assert_eq!(parse_every(text), Ok(None));
    }

    #[rstest]
    #[case("")]
    #[case("m")]
    #[case("-5m")]
    #[case("+5m")]
    #[case("1.5h")]
    #[case("10 minutes")]
    #[case("5y")]
    #[case("3651d")]
    #[case("99999999999999999999s")]
    #[case("9223372036854775807w")]
    #[case("१०m")]
    fn anything_else_is_refused(#[case] text: &str) {
        assert_eq!(parse_every(text), Err(InvalidInterval(text.to_owned())));
    }
}
