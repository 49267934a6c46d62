//! What is shown of jobs, and how long failing gateways are left alone.

use std::time::Duration;

use serde_json::Value;

use crate::models::{Job, JobState, Lane};

/// Stands for what is not shown.
const MASK: &str = "••••";
/// Parts of the names of arguments that are not shown.
const SECRET_WORDS: [&str; 6] = ["token", "secret", "password", "credential", "private", "api_key"];

/// Failures in a row that open a gateway's circuit.
const PATIENCE: i32 = 3;
/// How long it is open first; each further failure doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(15);
/// The longest that it is open.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// How long a gateway is left alone after so many failures in a row; `None` while they are few.
pub fn circuit_pause(failures: i32) -> Option<Duration> {
    let doublings = failures.checked_sub(PATIENCE).filter(|extra| *extra >= 0)?.min(16).unsigned_abs();
    Some(FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE))
}

/// Whether the state that a job is in now is told to those who follow jobs: all that happens to interactive jobs, of bulk
/// jobs what goes wrong.
pub fn is_news(job: &Job) -> bool {
    match (job.lane, job.state) {
        (Lane::Interactive, _) | (_, JobState::Dead | JobState::Cancelled) => true,
        (_, JobState::Queued) => job.last_error.is_some(),
        (_, JobState::Running | JobState::Succeeded | JobState::Foreign(_)) => false,
    }
}

/// A payload or result as it is shown: the values of arguments whose names speak of secrets are masked.
pub fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| match value {
                Value::Null | Value::Bool(_) | Value::Number(_) => (name, value),
                _ if is_secret(&name) => (name, MASK.into()),
                value => (name, without_secrets(value)),
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(without_secrets).collect(),
        other => other,
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET_WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(0, None)]
    #[case(2, None)]
    #[case(3, Some(15))]
    #[case(4, Some(30))]
    #[case(7, Some(240))]
    #[case(8, Some(300))]
    #[case(i32::MAX, Some(300))]
    fn a_gateway_that_goes_on_failing_is_left_alone_for_longer(
        #[case] failures: i32,
        #[case] seconds: Option<u64>,
    ) {
        assert_eq!(circuit_pause(failures), seconds.map(Duration::from_secs));
    }

    #[test]
    fn secrets_are_masked_at_any_depth_and_switches_are_not() {
        let payload = json!({
            "agent": "a1",
            "options": { "rotate_tokens": true, "gatewayToken": "t0p" },
            "list": [{ "client_secret": ["x"], "n": 1 }],
            "password": null,
        });
        let shown = json!({
            "agent": "a1",
            "options": { "rotate_tokens": true, "gatewayToken": "••••" },
            "list": [{ "client_secret": "••••", "n": 1 }],
            "password": null,
        });
        assert_eq!(without_secrets(payload), shown);
    }
}
