//! Sliding-window rate limits, in the process or shared through Redis.

mod decision;
mod local;

use std::sync::Arc;
use std::time::{Duration, Instant};

use mission_control_core::config::{RateLimitBackend, RateLimitSettings};
use redis::Script;
use uuid::Uuid;

pub use self::decision::Decision;
use self::local::LocalWindows;
use crate::error::QueueError;
use crate::looks::Health;
use crate::redis::{Link, NAMESPACE, safe_name};

/// Counts attempts per subject. Cheap to clone; clones count together.
///
/// A refused attempt does not count: nobody can keep a window closed for others by hammering at it.
///
/// With Redis, all processes count together. When Redis is away, **every attempt is allowed** and a warning is
/// logged: an outage of the counter must not become an outage of the product.
#[derive(Clone)]
pub struct RateLimiter {
    counter: Arc<Counter>,
}

enum Counter {
    Local(LocalWindows),
    Shared(Box<SharedWindows>),
}

struct SharedWindows {
    link: Link,
    prefix: String,
    script: Script,
}

impl RateLimiter {
    /// Counts in this process alone.
    #[must_use]
    pub fn in_process() -> RateLimiter {
        RateLimiter { counter: Arc::new(Counter::Local(LocalWindows::default())) }
    }

    /// Opens the configured back end; `name` is that of the deployment's queue and separates deployments that
    /// share a Redis.
    ///
    /// # Errors
    /// When the URL is none, or Redis does not answer now or is a cluster.
    pub async fn open(settings: &RateLimitSettings, name: &str) -> Result<RateLimiter, QueueError> {
        let RateLimitBackend::Redis(url) = &settings.backend else { return Ok(RateLimiter::in_process()) };
        let link = Link::new(url, "RATE_LIMIT_REDIS_URL (or RQ_REDIS_URL)")?;
        link.refuse_cluster().await?;
        let prefix = format!("{NAMESPACE}:{}:rate:", safe_name(name));
        let script = Script::new(include_str!("window.lua"));
        Ok(RateLimiter {
            counter: Arc::new(Counter::Shared(Box::new(SharedWindows { link, prefix, script }))),
        })
    }

    /// Records one attempt of `key` and says whether it is among the first `limit` within `window`.
    pub async fn check(&self, key: &str, limit: u32, window: Duration) -> Decision {
        match &*self.counter {
            Counter::Local(windows) => windows.check(key, limit, window),
            Counter::Shared(windows) => windows.check(key, limit, window).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "rate limit not checked, attempt allowed");
                Decision::allowed(limit.saturating_sub(1))
            }),
        }
    }

    /// Asks the back end for a sign of life.
    ///
    /// # Errors
    /// When Redis is away.
    pub async fn health(&self) -> Result<Health, QueueError> {
        let asked = Instant::now();
        let backend = match &*self.counter {
            Counter::Local(_) => "in-process",
            Counter::Shared(windows) => windows.link.connection().await.map(|_| "redis")?,
        };
        Ok(Health { backend, round_trip: asked.elapsed() })
    }
}

impl SharedWindows {
    async fn check(&self, key: &str, limit: u32, window: Duration) -> Result<Decision, QueueError> {
        let mut connection = self.link.connection().await?;
        let (allowed, remaining, wait): (bool, u32, u64) = self
            .script
            .key(format!("{}{key}", self.prefix))
            .arg(limit)
            .arg(window.as_millis().max(1) as u64)
            .arg(Uuid::new_v4().to_string())
            .invoke_async(&mut *connection)
            .await
            .map_err(|error| self.link.error(&error))?;
        Ok(if allowed {
            Decision::allowed(remaining)
        } else {
            Decision::refused(Duration::from_millis(wait))
        })
    }
}
