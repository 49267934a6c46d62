//! Waiting for what another task or process does.

#![allow(clippy::panic, reason = "a test kit reports failures by panicking")]

use std::time::{Duration, Instant};

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks until `probe` returns `Some`, and returns what it found. For outcomes that announce themselves, wait for the
/// announcement instead.
///
/// # Panics
/// Nothing was found within `limit`: the message names `what`.
pub async fn wait_until<T>(what: &str, limit: Duration, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        if Instant::now() >= deadline {
            panic!("still waiting for {what} after {limit:?}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
