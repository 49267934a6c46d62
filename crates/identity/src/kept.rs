//! What is fetched of the provider, and kept.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::error::IdentityError;

/// How long it is taken as it is.
const FRESH: Duration = Duration::from_secs(3600);

/// Something of the provider's. Reading it waits for nobody; of those who need a newer one, one asks, and the others wait.
pub(crate) struct Kept<T> {
    value: RwLock<Option<(Arc<T>, Instant)>>,
    asked: Mutex<Option<Instant>>,
    pause: Duration,
}

impl<T> Kept<T> {
    /// Nothing yet. The provider is asked once in `pause` at most.
    pub(crate) fn new(pause: Duration) -> Self {
        Self { value: RwLock::default(), asked: Mutex::default(), pause }
    }

    /// What is kept while it is fresh and `suits`; otherwise what `fetch` brings, or, when nothing can be had, what there is.
    ///
    /// # Errors
    /// Those of `fetch`, where there is nothing.
    pub(crate) async fn get(
        &self,
        suits: impl Fn(&T) -> bool,
        fetch: impl AsyncFnOnce() -> Result<T, IdentityError>,
    ) -> Result<Arc<T>, IdentityError> {
        if let Some(good) = self.good(&suits) {
            return Ok(good);
        }
        let mut asked = self.asked.lock().await;
        if let Some(good) = self.good(&suits) {
            return Ok(good);
        }
        let old = self.now().map(|(value, _)| value);
        if asked.is_some_and(|at| at.elapsed() < self.pause) {
            return old.ok_or_else(|| IdentityError::Away("it failed a moment ago".to_owned()));
        }
        *asked = Some(Instant::now());
        match fetch().await {
            Ok(value) => {
                let value = Arc::new(value);
                let mut place = self.value.write().unwrap_or_else(PoisonError::into_inner);
                *place = Some((Arc::clone(&value), Instant::now()));
                Ok(value)
            }
            Err(error) => {
                tracing::warn!(%error, "identity provider does not answer");
                old.ok_or(error)
            }
        }
    }

    fn good(&self, suits: impl Fn(&T) -> bool) -> Option<Arc<T>> {
        let (value, at) = self.now()?;
        (at.elapsed() < FRESH && suits(&value)).then_some(value)
    }

    fn now(&self) -> Option<(Arc<T>, Instant)> {
        self.value.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
