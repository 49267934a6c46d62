//! The fault script: which requests go wrong, and how.
//!
//! As JSON: `{"rules":[{"on":{"method":"config.patch","nth":1},"do":"restart_mid_call"},
//! {"on":{"method":"chat.send","every":3},"do":"lose_wake"},
//! {"on":{"method":"*","probability":0.01},"do":{"delay":{"ms":500}}}]}`.

use serde::{Deserialize, Serialize};

/// An ordered list of rules; the first one that fires decides.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultScript {
    /// The rules, in order of precedence.
    pub rules: Vec<FaultRule>,
}

impl FaultScript {
    /// A script of one rule.
    pub fn one(on: Trigger, fault: Fault) -> Self {
        Self::default().and(on, fault)
    }

    /// The script with one more rule.
    #[must_use]
    pub fn and(mut self, on: Trigger, fault: Fault) -> Self {
        self.rules.push(FaultRule { on, fault });
        self
    }
}

/// One rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Which requests.
    pub on: Trigger,
    /// What happens to them.
    #[serde(rename = "do")]
    pub fault: Fault,
}

/// Which of the matching requests fire. With no selector every one of them does.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Method name; `*` means any.
    pub method: String,
    /// Only the n-th match, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// Each n-th match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// Each match with this chance, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Only requests that name this agent, by `agentId`, `name` or session key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

impl Trigger {
    /// Every request of a method.
    pub fn always(method: &str) -> Self {
        Self { method: method.to_owned(), ..Self::default() }
    }

    /// The n-th request of a method, counted from 1.
    pub fn nth(method: &str, nth: u64) -> Self {
        Self { nth: Some(nth), ..Self::always(method) }
    }

    fn matches(&self, method: &str, agent: Option<&str>) -> bool {
        (self.method == "*" || self.method == method)
            && self.agent.as_deref().is_none_or(|wanted| agent == Some(wanted))
    }

    fn selects(&self, count: u64) -> bool {
        self.nth.is_none_or(|nth| count == nth)
            && self.every.is_none_or(|every| every != 0 && count.is_multiple_of(every))
            && self.probability.is_none_or(|chance| rand::random::<f64>() < chance)
    }
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The request takes effect, then the gateway restarts instead of answering.
    RestartMidCall,
    /// The connection closes with 1012 and the request has no effect.
    #[serde(rename = "close_1012")]
    Close1012,
    /// Answers `UNAVAILABLE` with a time to wait.
    RateLimit {
        /// The time to wait, in milliseconds.
        retry_after_ms: u64,
    },
    /// The wake is accepted and never runs.
    LoseWake,
    /// The wake is accepted and its turn ends with an error, as turns that start right after a
    /// config write can do on newer gateways.
    FailTurn {
        /// The error of the `chat` event.
        message: String,
    },
    /// The request is handled later.
    Delay {
        /// How much later, in milliseconds.
        ms: u64,
    },
    /// Answers with an error.
    Error {
        /// Error code, such as `INVALID_REQUEST`.
        code: String,
        /// Error message.
        message: String,
    },
    /// An `agents.delete` takes the agent out of the configuration and stops before its files (newer gateways).
    PurgeFails,
    /// The socket ends without a close frame and the request has no effect.
    DropConnection,
}

/// The script with its counters.
#[derive(Debug, Default)]
pub(crate) struct FaultState {
    rules: Vec<(FaultRule, u64)>,
}

impl FaultState {
    pub(crate) fn new(script: FaultScript) -> Self {
        Self { rules: script.rules.into_iter().map(|rule| (rule, 0)).collect() }
    }

    /// Counts the request for every rule it matches and returns the fault of the first that fires.
    pub(crate) fn next(&mut self, method: &str, agent: Option<&str>) -> Option<Fault> {
        let mut fault = None;
        for (rule, count) in &mut self.rules {
            if rule.on.matches(method, agent) {
                *count += 1;
                if fault.is_none() && rule.on.selects(*count) {
                    fault = Some(rule.fault.clone());
                }
            }
        }
        fault
    }
}
