//! `usage.*` and `sessions.usage*`: tokens and cost.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::nullable;
use crate::{Client, GatewayError};

/// What the model providers say of their quotas.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsageStatus {
    /// Read at, milliseconds since 1970.
    pub updated_at: Option<f64>,
    /// One object per provider, as the gateway has it.
    #[serde(deserialize_with = "nullable")]
    pub providers: Vec<Value>,
}

/// Tokens and their cost in US dollars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsageTotals {
    /// Tokens read.
    #[serde(deserialize_with = "nullable")]
    pub input: f64,
    /// Tokens written.
    #[serde(deserialize_with = "nullable")]
    pub output: f64,
    /// Tokens read from the provider's cache.
    #[serde(deserialize_with = "nullable")]
    pub cache_read: f64,
    /// Tokens written to the provider's cache.
    #[serde(deserialize_with = "nullable")]
    pub cache_write: f64,
    /// All tokens.
    #[serde(deserialize_with = "nullable")]
    pub total_tokens: f64,
    /// Their cost.
    #[serde(deserialize_with = "nullable")]
    pub total_cost: f64,
}

/// One day's use.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsageDay {
    /// The day, `2026-11-23`.
    pub date: String,
    /// Its use.
    #[serde(flatten)]
    pub totals: UsageTotals,
}

/// Use by day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UsageCost {
    /// How many days are covered.
    pub days: Option<u64>,
    /// The days with use, or all days on new gateways.
    #[serde(deserialize_with = "nullable")]
    pub daily: Vec<UsageDay>,
    /// The sum.
    pub totals: UsageTotals,
}

/// Use by session.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SessionsUsage {
    /// The sessions.
    #[serde(deserialize_with = "nullable")]
    pub sessions: Vec<SessionUsage>,
    /// The sum.
    pub totals: UsageTotals,
}

/// One session's use.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionUsage {
    /// The session.
    pub key: String,
    /// Its label.
    pub label: Option<String>,
    /// Its agent.
    pub agent_id: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its use, when it has any.
    pub usage: Option<UsageTotals>,
}

/// Use of one session over time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UsageSeries {
    /// The points, oldest first.
    #[serde(deserialize_with = "nullable")]
    pub points: Vec<UsagePoint>,
}

/// One model call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsagePoint {
    /// At, milliseconds since 1970.
    pub timestamp: f64,
    /// Tokens of this call.
    #[serde(deserialize_with = "nullable")]
    pub total_tokens: f64,
    /// Cost of this call in US dollars.
    #[serde(deserialize_with = "nullable")]
    pub cost: f64,
    /// Tokens so far.
    #[serde(deserialize_with = "nullable")]
    pub cumulative_tokens: f64,
    /// Cost so far in US dollars.
    #[serde(deserialize_with = "nullable")]
    pub cumulative_cost: f64,
}

/// `usage.*` and `sessions.usage*`
impl Client {
    /// `usage.status`: the providers' quotas.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn usage_status(&self) -> Result<UsageStatus, GatewayError> {
        self.ask("usage.status", json!({})).await
    }

    /// `usage.cost`: use by day, over the last `days`.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn usage_cost(&self, days: Option<u32>) -> Result<UsageCost, GatewayError> {
        let params = days.map_or_else(|| json!({}), |days| json!({"days": days}));
        self.ask("usage.cost", params).await
    }

    /// `sessions.usage`: use by session, of at most `limit` sessions.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_usage(&self, limit: u32) -> Result<SessionsUsage, GatewayError> {
        self.ask("sessions.usage", json!({"limit": limit})).await
    }

    /// `sessions.usage.timeseries`: use of one session over time.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_usage_timeseries(&self, key: &str) -> Result<UsageSeries, GatewayError> {
        self.ask("sessions.usage.timeseries", json!({"key": key})).await
    }
}
