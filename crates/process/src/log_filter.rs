//! What is logged: a level for everything, and levels for parts of the programs.

use mission_control_core::config::LogLevel;
use mission_control_core::limits::LOG_FILTER;
use mission_control_gateway_rpc::TRACE;

/// Crates whose details below `info` are of no use to whoever debugs this product.
const CHATTY: &[&str] = &["actix_http", "actix_server", "h2", "hyper", "mio", "rustls", "tungstenite"];
/// What the names of our own parts begin with. Others write what they carry, secrets included.
const OURS: &str = "mission_control";

/// The filter of a level.
pub(crate) fn of_level(level: LogLevel) -> String {
    // Spans of traces are for the collector alone.
    let mut filter = format!("{},{TRACE}=off", level.as_str());
    if matches!(level, LogLevel::Debug | LogLevel::Trace) {
        for chatty in CHATTY {
            filter.push_str(&format!(",{chatty}=info"));
        }
    }
    filter
}

/// The filter that people write as `text`: a level, or `part=level` separated by commas, on top of `usual` where no level for
/// everything is among them.
///
/// # Errors
/// Why it is no filter, for people.
pub fn parse(text: &str, usual: LogLevel) -> Result<String, String> {
    if text.len() > LOG_FILTER {
        return Err(format!("a filter has {LOG_FILTER} bytes at most"));
    }
    let mut everything = usual;
    let mut parts = Vec::new();
    for directive in text.split(',').map(str::trim) {
        match directive.split_once('=') {
            None => everything = level(directive)?,
            Some((part, wanted)) => parts.push((name(part)?, level(wanted)?)),
        }
    }
    let mut filter = of_level(everything);
    for (part, level) in parts {
        let is_deep = matches!(level, LogLevel::Debug | LogLevel::Trace);
        if is_deep && !part.starts_with(OURS) {
            return Err(format!(
                "`{part}` is no part of this product, and what it writes below `info` may hold secrets: only parts whose names \
                 begin with `{OURS}` can be looked at so closely"
            ));
        }
        filter.push_str(&format!(",{part}={}", level.as_str()));
    }
    Ok(filter)
}

fn level(name: &str) -> Result<LogLevel, String> {
    LogLevel::named(name.trim()).ok_or_else(|| {
        let levels = "`TRACE`, `DEBUG`, `INFO`, `WARNING` and `ERROR`";
        format!(
            "`{name}` is no level; there are {levels}, and filters such as `INFO,mission_control_worker=DEBUG`"
        )
    })
}

fn name(part: &str) -> Result<&str, String> {
    let part = part.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    if part.is_empty() || !part.chars().all(is_name) {
        return Err(format!(
            "`{part}` is no part of a program: those are named such as `mission_control_fleet::sync`"
        ));
    }
    Ok(part)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use tracing_subscriber::EnvFilter;

    use super::*;

    #[rstest]
    #[case("WARNING", "warn,mission_control_trace=off")]
    #[case(" error ", "error,mission_control_trace=off")]
    #[case("mission_control_worker=DEBUG", "info,mission_control_trace=off,mission_control_worker=debug")]
    #[case(
        "mission_control_fleet::sync=trace, warn,redis=ERROR",
        "warn,mission_control_trace=off,mission_control_fleet::sync=trace,redis=error"
    )]
    fn a_filter_is_levels_for_everything_and_for_parts(#[case] text: &str, #[case] filter: &str) {
        let parsed = parse(text, LogLevel::Info).unwrap();
        assert_eq!(parsed, filter);
        EnvFilter::try_new(parsed).unwrap();
    }

    #[test]
    fn what_carries_requests_is_not_looked_at_more_closely_than_info() {
        let everything = parse("TRACE", LogLevel::Info).unwrap();
        assert!(everything.starts_with("trace,") && everything.contains(",tungstenite=info"), "{everything}");
        for text in ["tungstenite=trace", "tungstenite::protocol=DEBUG", "TRACE,redis=trace", "hyper=debug"] {
            assert!(parse(text, LogLevel::Info).unwrap_err().contains("secrets"), "{text}");
        }
    }

    #[rstest]
    #[case("loud", "is no level")]
    #[case("", "is no level")]
    #[case("mission_control_worker", "is no level")]
    #[case("a=b=c", "is no level")]
    #[case("=debug", "is no part")]
    #[case("[span]=trace", "is no part")]
    #[case("mission control=trace", "is no part")]
    #[case("INFO,", "is no level")]
    fn what_is_none_is_refused_with_the_reason(#[case] text: &str, #[case] reason: &str) {
        let refused = parse(text, LogLevel::Info).unwrap_err();
        assert!(refused.contains(reason), "{refused}");
    }

    #[test]
    fn a_filter_is_short() {
        let long = vec!["mission_control_api=debug"; 100].join(",");
        assert!(parse(&long, LogLevel::Info).is_err());
    }
}
