//! Heartbeat jobs: one per agent whose config has an interval, each with its scratch text.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::now_ms;

/// The heartbeat of one agent.
#[derive(Debug, Clone)]
pub(crate) struct HeartbeatJob {
    pub(crate) id: String,
    pub(crate) agent_id: String,
    pub(crate) every: Duration,
    pub(crate) target: Option<String>,
    pub(crate) scratch: Option<String>,
    pub(crate) revision: u64,
    pub(crate) created_at_ms: u64,
    due: Instant,
}

impl HeartbeatJob {
    /// The job as `cron.list` shows it.
    pub(crate) fn to_json(&self) -> Value {
        let due_in = self.due.saturating_duration_since(Instant::now()).as_millis() as u64;
        json!({
            "id": self.id,
            "declarationKey": format!("heartbeat:{}", self.agent_id),
            "displayName": format!("Heartbeat ({})", self.agent_id),
            "agentId": self.agent_id,
            "name": format!("heartbeat-{}", self.agent_id),
            "enabled": true,
            "createdAtMs": self.created_at_ms,
            "schedule": {"kind": "every", "everyMs": self.every.as_millis() as u64},
            "sessionTarget": "main",
            "wakeMode": "next-heartbeat",
            "payload": {"kind": "heartbeat"},
            "state": {"nextRunAtMs": now_ms() + due_in},
        })
    }

    pub(crate) fn scratch_json(&self) -> Value {
        let scratch =
            self.scratch.as_ref().map(|content| json!({"content": content, "revision": self.revision}));
        json!({"ok": true, "scratch": scratch, "currentRevision": self.revision, "maxBytes": 262_144})
    }
}

/// All heartbeat jobs by agent.
#[derive(Debug, Default)]
pub(crate) struct Heartbeats {
    jobs: BTreeMap<String, HeartbeatJob>,
}

impl Heartbeats {
    /// Makes, changes and drops jobs so that they match the agents that have heartbeats, with their settings.
    pub(crate) fn follow(&mut self, agents: &[(String, Value)]) {
        self.jobs.retain(|id, _| {
            agents.iter().any(|(agent, settings)| agent == id && interval(settings).is_some())
        });
        for (agent, settings) in agents {
            let Some(every) = interval(settings) else { continue };
            let target = settings.pointer("/heartbeat/target").and_then(Value::as_str).map(str::to_owned);
            let job = self.jobs.entry(agent.clone()).or_insert_with(|| HeartbeatJob {
                id: Uuid::new_v4().to_string(),
                agent_id: agent.clone(),
                every: Duration::ZERO,
                target: None,
                scratch: None,
                revision: 0,
                created_at_ms: now_ms(),
                due: Instant::now(),
            });
            if job.every != every {
                job.every = every;
                job.due = Instant::now() + jittered(every);
            }
            job.target = target;
        }
    }

    /// Takes the jobs that are due, each at most once per interval; no interval is longer than `pace`.
    pub(crate) fn take_due(&mut self, now: Instant, pace: Option<Duration>) -> Vec<HeartbeatJob> {
        let mut due = Vec::new();
        for job in self.jobs.values_mut() {
            let every = pace.map_or(job.every, |pace| pace.min(job.every));
            job.due = job.due.min(now + every);
            if job.due <= now {
                job.due = now + jittered(every);
                due.push(job.clone());
            }
        }
        due
    }

    /// When the next job is due.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        self.jobs.values().map(|job| job.due).min()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &HeartbeatJob> {
        self.jobs.values()
    }

    pub(crate) fn of_agent(&self, agent_id: &str) -> Option<&HeartbeatJob> {
        self.jobs.get(agent_id)
    }

    pub(crate) fn by_id(&mut self, id: &str) -> Option<&mut HeartbeatJob> {
        self.jobs.values_mut().find(|job| job.id == id)
    }
}

/// Shortens an interval by up to a tenth, so that a fleet does not beat in step.
fn jittered(every: Duration) -> Duration {
    every.mul_f64(1.0 - rand::random::<f64>() / 10.0)
}

/// The heartbeat interval of an agent's settings; `None` when it is off.
pub(crate) fn interval(settings: &Value) -> Option<Duration> {
    parse_interval(settings.pointer("/heartbeat/every")?.as_str()?)
}

/// Reads `90s`, `10m`, `2h`, `1d`, `500ms`; a bare number is minutes. Zero and other text mean "off".
fn parse_interval(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    let unit_ms = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" | "" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let every = Duration::from_millis(number.checked_mul(unit_ms)?);
    (!every.is_zero()).then_some(every)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_as_gateways_write_them() {
        assert_eq!(parse_interval("10m"), Some(Duration::from_secs(600)));
        assert_eq!(parse_interval("90s"), Some(Duration::from_secs(90)));
        assert_eq!(parse_interval("0m"), None);
        assert_eq!(parse_interval("disabled"), None);
    }
}
