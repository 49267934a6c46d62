use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use mission_control_core::limits::COUNTED_SUBJECTS;
use tokio::time::Instant;

use super::decision::Decision;

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
        if windows.by_key.len() >= COUNTED_SUBJECTS && !windows.by_key.contains_key(key) {
            windows.make_room(now);
        }
        let entry = windows
            .by_key
            .entry(key.to_owned())
            .or_insert_with(|| Window { attempts: VecDeque::new(), expires: now });
        entry.expires = now + window;
        entry.attempt(now, limit as usize, window)
    }
}

impl Windows {
    /// Drops what has expired, and when that is not enough, the half that expires first.
    fn make_room(&mut self, now: Instant) {
        self.by_key.retain(|_, window| window.expires > now);
        if self.by_key.len() >= COUNTED_SUBJECTS {
            let mut times: Vec<Instant> = self.by_key.values().map(|window| window.expires).collect();
            let middle = times.len() / 2;
            let (_, median, _) = times.select_nth_unstable(middle);
            let median = *median;
            self.by_key.retain(|_, window| window.expires > median);
        }
    }
}

impl Window {
    fn attempt(&mut self, now: Instant, limit: usize, window: Duration) -> Decision {
        while self.attempts.front().is_some_and(|&at| at + window <= now) {
            self.attempts.pop_front();
        }
        let before = self.attempts.len();
        if before < limit {
            self.attempts.push_back(now);
            return Decision::allowed((limit - before - 1) as u32);
        }
        let oldest = self.attempts.front().copied().unwrap_or(now);
        Decision::refused((oldest + window).saturating_duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_subjects_are_counted_and_no_more() {
        let windows = LocalWindows::default();
        for nth in 0..2 * COUNTED_SUBJECTS {
            windows.check(&nth.to_string(), 1, Duration::from_secs(60));
        }
        assert!(windows.windows.lock().unwrap().by_key.len() <= COUNTED_SUBJECTS);
        let last = (2 * COUNTED_SUBJECTS - 1).to_string();
        assert!(!windows.check(&last, 1, Duration::from_secs(60)).allowed, "the newest is still counted");
    }
}
