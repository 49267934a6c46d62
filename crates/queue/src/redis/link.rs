use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use deadpool_redis::redis::{self, AsyncConnectionConfig, Client};
use deadpool_redis::{Connection, Manager, Pool, PoolError, Runtime, Timeouts};
use mission_control_core::limits::REDIS_CONNECTIONS;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

use crate::error::QueueError;

/// Longest wait for a connection or an answer: Redis answers in well under a millisecond, or not at all.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);
const FIRST_BACKOFF: Duration = Duration::from_millis(100);
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);

/// Connections to one Redis. After a failure, callers are turned away at once until the next attempt is due,
/// so that nobody waits for a dead server again and again.
#[derive(Clone)]
pub(crate) struct Link {
    pool: Pool,
    pub(crate) client: Client,
    address: Arc<str>,
    variable: &'static str,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// A server that was never there is told by the start that fails, not by the log.
    was_there: bool,
    outage: Option<Outage>,
}

struct Outage {
    failures: u32,
    retry_at: Instant,
    reason: String,
}

impl Link {
    pub(crate) fn new(url: &SecretString, variable: &'static str) -> Result<Link, QueueError> {
        let bad_url = |_| QueueError::Url { variable };
        let client = Client::open(url.expose_secret()).map_err(bad_url)?;
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let manager =
            Manager::new_with_config(client.get_connection_info().clone(), config).map_err(bad_url)?;
        let timeouts = Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) };
        let pool = Pool::builder(manager)
            .max_size(REDIS_CONNECTIONS)
            .timeouts(timeouts)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|_| QueueError::Url { variable })?;
        let address = client.get_connection_info().addr().to_string().into();
        Ok(Link { pool, client, address, variable, state: Arc::default() })
    }

    /// A connection that has just answered a ping.
    pub(crate) async fn connection(&self) -> Result<Connection, QueueError> {
        if let Some(reason) = self.turned_away() {
            return Err(self.unavailable(reason));
        }
        match self.pool.get().await {
            Ok(connection) => {
                let mut state = self.state();
                state.was_there = true;
                if state.outage.take().is_some() {
                    tracing::info!(address = %self.address, "redis is back");
                }
                Ok(connection)
            }
            Err(PoolError::Backend(error)) => Err(self.lost(&error)),
            Err(PoolError::Timeout(_)) => Err(self.lost(&format_args!("no answer within {PATIENCE:?}"))),
            Err(error) => Err(self.lost(&error)),
        }
    }

    /// Fails if the server is part of a cluster. One that tells nothing about itself is believed to be none.
    pub(crate) async fn refuse_cluster(&self) -> Result<(), QueueError> {
        let mut connection = self.connection().await?;
        let about: Result<String, _> = redis::cmd("INFO").arg("server").query_async(&mut connection).await;
        match about {
            Ok(about) if about.lines().any(|line| line.trim() == "redis_mode:cluster") => {
                Err(QueueError::Cluster { address: self.address.to_string(), variable: self.variable })
            }
            _ => Ok(()),
        }
    }

    /// What a failed command means to the caller.
    pub(crate) fn error(&self, error: &dyn Display) -> QueueError {
        self.unavailable(error.to_string())
    }

    /// Database number of the URL; channels, unlike keys, are not separated by it.
    pub(crate) fn database(&self) -> i64 {
        self.client.get_connection_info().redis_settings().db()
    }

    /// Remembers that no connection can be had and decides when to try again.
    pub(crate) fn lost(&self, error: &dyn Display) -> QueueError {
        let reason = error.to_string();
        let mut state = self.state();
        let failures = state.outage.as_ref().map_or(1, |known| known.failures.saturating_add(1));
        if failures == 1 && state.was_there {
            tracing::warn!(address = %self.address, error = reason, "redis is away, jobs are safe in the database");
        }
        let retry_at = Instant::now() + backoff(failures);
        state.outage = Some(Outage { failures, retry_at, reason: reason.clone() });
        self.unavailable(reason)
    }

    fn turned_away(&self) -> Option<String> {
        let state = self.state();
        let outage = state.outage.as_ref().filter(|outage| Instant::now() < outage.retry_at)?;
        Some(outage.reason.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unavailable(&self, reason: String) -> QueueError {
        QueueError::Unavailable { address: self.address.to_string(), reason, variable: self.variable }
    }
}

/// Doubles from 0.1 s to 5 s, then takes off up to half at random so that processes do not return in step.
pub(crate) fn backoff(failures: u32) -> Duration {
    let doubled = FIRST_BACKOFF.saturating_mul(1 << failures.saturating_sub(1).min(10));
    doubled.min(LONGEST_BACKOFF).mul_f64(rand::random_range(0.5..=1.0))
}
