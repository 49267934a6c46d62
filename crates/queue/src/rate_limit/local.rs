use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::Decision;

/// Expired subjects are dropped once in this many attempts, so that memory follows the live ones.
const TIDY_EVERY: u32 = 256;

/// Sliding windows of this process.
#[derive(Default)]
pub(super) struct LocalWindows {
    windows: Mutex<Windows>,
}

#[derive(Default)]
struct Windows {
    by_key: HashMap<String, Window>,
    attempts: u32,
}

struct Window {
    attempts: VecDeque<Instant>,
    expires: Instant,
}

impl LocalWindows {
    pub(super) fn check(&self, key: &str, limit: u32, window: Duration) -> Decision {
        let now = Instant::now();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.attempts = windows.attempts.wrapping_add(1);
        if windows.attempts.is_multiple_of(TIDY_EVERY) {
            windows.by_key.retain(|_, window| window.expires > now);
        }
        let entry = windows
            .by_key
            .entry(key.to_owned())
            .or_insert_with(|| Window { attempts: VecDeque::new(), expires: now });
        entry.expires = now + window;
        entry.attempt(now, limit as usize, window)
    }
}

impl Window {
    fn attempt(&mut self, now: Instant, limit: usize, window: Duration) -> Decision {
        while self.attempts.front().is_some_and(|&at| at + window <= now) {
            self.attempts.pop_front();
        }
        let before = self.attempts.len();
        let allowed = before < limit;
        self.attempts.push_back(now);
        if allowed {
            return Decision::allowed((limit - before - 1) as u32);
        }
        while self.attempts.len() > limit.max(1) {
            self.attempts.pop_front();
        }
        let oldest = self.attempts.front().copied().unwrap_or(now);
        Decision::refused((oldest + window).saturating_duration_since(now))
    }
}
