//! The limit on config writes: so many per window, method and device, failed attempts included.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

#[derive(Debug, Default)]
pub(crate) struct WriteLimit {
    windows: BTreeMap<(String, String), (Instant, usize)>,
}

impl WriteLimit {
    /// Counts an attempt; when it is one too many, says how long to wait.
    pub(crate) fn attempt(
        &mut self,
        method: &str,
        device: &str,
        limit: usize,
        window: Duration,
    ) -> Result<(), Duration> {
        let now = Instant::now();
        let (start, count) = self.windows.entry((method.to_owned(), device.to_owned())).or_insert((now, 0));
        if now.duration_since(*start) >= window {
            (*start, *count) = (now, 0);
        }
        if *count >= limit {
            return Err((*start + window).saturating_duration_since(now));
        }
        *count += 1;
        Ok(())
    }
}
