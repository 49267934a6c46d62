//! `usage.*` and `sessions.usage*`: tokens and cost.
//!
//! A question names whose use it is about: without that, gateways answer for their default agent, or refuse. They count in
//! the background and answer with what they have meanwhile, so an answer is only passed on once they say that it is
//! complete.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{nullable, rows};
use crate::limits::SESSIONS_OF_EVERYBODY;
use crate::turns::micros;
use crate::{CallTokens, Client, Features, GatewayError, Request};

/// Counting takes a busy gateway this long.
const SLOW: Duration = Duration::from_secs(60);

/// Whose use is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsageOf<'a> {
    /// One agent's, by its id.
    Agent(&'a str),
    /// That of every agent.
    Everybody,
}

/// What a gateway says of tokens and cost.
#[derive(Debug, Clone, PartialEq)]
pub enum Usage<T> {
    /// The figures.
    Counted(T),
    /// It is still counting; ask again in some seconds. Its figures of now, often zero, are not passed on.
    Counting,
    /// This release cannot say.
    Untold,
}

impl<T> Usage<T> {
    /// The figures, when there are any.
    pub fn counted(self) -> Option<T> {
        match self {
            Self::Counted(figures) => Some(figures),
            Self::Counting | Self::Untold => None,
        }
    }
}

/// An answer with the state of the cache that it comes from; releases without a cache say nothing of one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cached<T> {
    #[serde(default)]
    cache_status: Option<CacheStatus>,
    #[serde(flatten)]
    figures: T,
}

#[derive(Deserialize)]
struct CacheStatus {
    status: String,
}

impl<T> From<Cached<T>> for Usage<T> {
    fn from(answer: Cached<T>) -> Self {
        match answer.cache_status {
            Some(cache) if cache.status != "fresh" => Self::Counting,
            _ => Self::Counted(answer.figures),
        }
    }
}

/// `usage.status`: asks for the providers' quotas.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct GetUsageStatus {}

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
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct SessionsUsage {
    /// The sessions.
    #[serde(deserialize_with = "nullable")]
    pub sessions: Vec<SessionUsage>,
    /// The sum.
    pub totals: UsageTotals,
    /// There may be more sessions than were counted: the sum is of those that were used last.
    #[serde(skip)]
    pub is_partial: bool,
}

/// One session's use.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
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

/// What one model used in a session, all its calls together.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ModelTotals {
    /// Who runs the model.
    #[serde(deserialize_with = "nullable")]
    pub provider: String,
    /// The model.
    #[serde(deserialize_with = "nullable")]
    pub model: String,
    /// What it used.
    #[serde(deserialize_with = "nullable")]
    pub totals: UsageTotals,
}

impl ModelTotals {
    /// Tokens, as whole numbers.
    pub fn tokens(&self) -> CallTokens {
        let of = |tokens: f64| tokens.clamp(0.0, 1e15).round() as i64;
        let UsageTotals { input, output, cache_read, cache_write, .. } = self.totals;
        CallTokens {
            input: of(input),
            output: of(output),
            cache_read: of(cache_read),
            cache_write: of(cache_write),
        }
    }

    /// The cost in millionths of a US dollar.
    pub fn cost_micros(&self) -> Option<i64> {
        micros(Some(self.totals.total_cost))
    }

    /// Whether a model used it, and not the gateway with messages of its own.
    pub fn is_of_a_model(&self) -> bool {
        self.provider != "openclaw"
    }
}

/// `sessions.usage` of one session.
#[derive(Serialize)]
struct CountOfSession<'a> {
    key: &'a str,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct SessionModels {
    #[serde(deserialize_with = "rows")]
    sessions: Vec<SessionModelsRow>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct SessionModelsRow {
    session_id: Option<String>,
    usage: Option<ModelUsage>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct ModelUsage {
    #[serde(deserialize_with = "rows")]
    model_usage: Vec<ModelTotals>,
}

impl Request for CountOfSession<'_> {
    const METHOD: &'static str = "sessions.usage";
    type Answer = Cached<SessionModels>;

    fn patience(&self, usually: Duration) -> Duration {
        usually.max(SLOW)
    }
}

/// `sessions.usage.timeseries`: asks for the use of one session over time.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ReadUsageSeries<'a> {
    /// The session.
    pub key: &'a str,
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

/// The parameters that say whose use is asked for.
#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Scope<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_scope: Option<&'static str>,
}

impl<'a> From<UsageOf<'a>> for Scope<'a> {
    fn from(of: UsageOf<'a>) -> Self {
        match of {
            UsageOf::Agent(id) => Self { agent_id: Some(id), agent_scope: None },
            UsageOf::Everybody => Self { agent_id: None, agent_scope: Some("all") },
        }
    }
}

#[derive(Serialize)]
struct CountByDay<'a> {
    #[serde(flatten)]
    scope: Scope<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
}

#[derive(Serialize)]
struct CountBySession<'a> {
    #[serde(flatten)]
    scope: Scope<'a>,
    limit: u32,
}

impl Request for GetUsageStatus {
    const METHOD: &'static str = "usage.status";
    type Answer = UsageStatus;
}

impl Request for ReadUsageSeries<'_> {
    const METHOD: &'static str = "sessions.usage.timeseries";
    type Answer = UsageSeries;
}

impl Request for CountByDay<'_> {
    const METHOD: &'static str = "usage.cost";
    type Answer = Cached<UsageCost>;

    fn patience(&self, usually: Duration) -> Duration {
        usually.max(SLOW)
    }
}

impl Request for CountBySession<'_> {
    const METHOD: &'static str = "sessions.usage";
    type Answer = Cached<SessionsUsage>;

    fn patience(&self, usually: Duration) -> Duration {
        usually.max(SLOW)
    }
}

impl SessionsUsage {
    /// What of it is the use of `of`.
    fn of(mut self, of: UsageOf<'_>) -> Self {
        let UsageOf::Agent(id) = of else { return self };
        let prefix = format!("agent:{id}:");
        self.sessions
            .retain(|session| session.agent_id.as_deref() == Some(id) || session.key.starts_with(&prefix));
        let used = self.sessions.iter().filter_map(|session| session.usage);
        self.totals = used.fold(UsageTotals::default(), UsageTotals::plus);
        self
    }

    /// The answer to a question for at most `limit` sessions.
    fn of_at_most(mut self, limit: u32) -> Self {
        self.is_partial = u32::try_from(self.sessions.len()).is_ok_and(|sessions| sessions >= limit);
        self
    }
}

impl UsageTotals {
    fn plus(self, other: Self) -> Self {
        Self {
            input: self.input + other.input,
            output: self.output + other.output,
            cache_read: self.cache_read + other.cache_read,
            cache_write: self.cache_write + other.cache_write,
            total_tokens: self.total_tokens + other.total_tokens,
            total_cost: self.total_cost + other.total_cost,
        }
    }
}

/// Calls whose parameters depend on the gateway's version.
impl Client {
    /// `usage.cost`: use by day, over the last `days`. Releases before 2026.6 cannot say it of an agent; there
    /// [`Self::sessions_usage`] can.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn usage_cost(
        &self,
        of: UsageOf<'_>,
        days: Option<u32>,
    ) -> Result<Usage<UsageCost>, GatewayError> {
        if !self.usage_takes_agent().await? {
            return Ok(Usage::Untold);
        }
        Ok(self.ask(&CountByDay { scope: of.into(), days }).await?.into())
    }

    /// `sessions.usage`: use by session, of at most `limit` sessions; [`SessionsUsage::is_partial`] says whether that may not be
    /// all of them. Releases before 2026.6 count the sessions of all agents, whoever is asked about, so there many more are
    /// asked for, and those of others left out.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_usage(
        &self,
        of: UsageOf<'_>,
        limit: u32,
    ) -> Result<Usage<SessionsUsage>, GatewayError> {
        let takes_agent = self.usage_takes_agent().await?;
        let scope = if takes_agent { of.into() } else { Scope::default() };
        let of_others = !takes_agent && matches!(of, UsageOf::Agent(_));
        let limit = if of_others { limit.max(SESSIONS_OF_EVERYBODY) } else { limit };
        let answer = self.ask(&CountBySession { scope, limit }).await?;
        Ok(match Usage::from(answer) {
            Usage::Counted(counted) => {
                let counted = counted.of_at_most(limit);
                Usage::Counted(if takes_agent { counted } else { counted.of(of) })
            }
            told => told,
        })
    }

    /// `sessions.usage` of one session: the id of its transcript, and what each model used in it so far.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn session_usage(&self, key: &str) -> Result<Usage<Vec<(String, ModelTotals)>>, GatewayError> {
        let told = Usage::from(self.ask(&CountOfSession { key }).await?);
        Ok(match told {
            Usage::Counted(SessionModels { sessions }) => Usage::Counted(
                sessions
                    .into_iter()
                    .filter_map(|row| Some((row.session_id?, row.usage?.model_usage)))
                    .flat_map(|(id, models)| models.into_iter().map(move |model| (id.clone(), model)))
                    .filter(|(_, model)| model.is_of_a_model())
                    .collect(),
            ),
            Usage::Counting => Usage::Counting,
            Usage::Untold => Usage::Untold,
        })
    }

    async fn usage_takes_agent(&self) -> Result<bool, GatewayError> {
        let connected = self.connected(self.timing().link_wait).await?;
        Ok(Features::of(&connected, None).usage_takes_agent())
    }
}
