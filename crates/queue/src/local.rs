//! Lanes inside this process: the same delays and visibility timeouts as the lanes in Redis.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mission_control_core::id::JobId;
use mission_control_core::models::Lane;
use tokio::time::Instant;

use crate::queue::Depth;

#[derive(Default)]
pub(crate) struct LocalLanes {
    interactive: Mutex<Messages>,
    bulk: Mutex<Messages>,
}

/// Messages by the time they are due; a received one is due again when its visibility timeout is over.
#[derive(Default)]
struct Messages {
    by_due: BTreeMap<(Instant, u64), Body>,
    due_of: HashMap<u64, Instant>,
    sent: u64,
}

struct Body {
    job: JobId,
    deliveries: u64,
}

/// A message taken from a local lane.
pub(crate) struct Taken {
    pub(crate) id: u64,
    pub(crate) job: JobId,
    pub(crate) deliveries: u64,
}

impl LocalLanes {
    pub(crate) fn send(&self, lane: Lane, job: JobId, delay: Duration) {
        self.messages(lane).push(job, delay);
    }

    /// Sends unless a message for this job is already here.
    pub(crate) fn offer(&self, lane: Lane, job: JobId) {
        let mut messages = self.messages(lane);
        if !messages.by_due.values().any(|body| body.job == job) {
            messages.push(job, Duration::ZERO);
        }
    }

    pub(crate) fn take(&self, lane: Lane, hidden_for: Duration) -> Option<Taken> {
        let mut messages = self.messages(lane);
        let first = messages.by_due.first_entry()?;
        let (due, id) = *first.key();
        let now = Instant::now();
        if due > now {
            return None;
        }
        let mut body = first.remove();
        body.deliveries += 1;
        let taken = Taken { id, job: body.job, deliveries: body.deliveries };
        messages.place(id, now + hidden_for, body);
        Some(taken)
    }

    pub(crate) fn done(&self, lane: Lane, id: u64) {
        let mut messages = self.messages(lane);
        if let Some(due) = messages.due_of.remove(&id) {
            messages.by_due.remove(&(due, id));
        }
    }

    /// Time until the first message is due; `None` when the lane is empty.
    pub(crate) fn next_due(&self, lane: Lane) -> Option<Duration> {
        let messages = self.messages(lane);
        let ((due, _), _) = messages.by_due.first_key_value()?;
        Some(due.saturating_duration_since(Instant::now()))
    }

    pub(crate) fn depth(&self, lane: Lane) -> Depth {
        let messages = self.messages(lane);
        let now = Instant::now();
        let ready = messages.by_due.keys().take_while(|(due, _)| *due <= now).count() as u64;
        Depth { ready, hidden: messages.by_due.len() as u64 - ready }
    }

    fn messages(&self, lane: Lane) -> MutexGuard<'_, Messages> {
        let messages = match lane {
            Lane::Interactive => &self.interactive,
            Lane::Bulk => &self.bulk,
        };
        messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Messages {
    fn push(&mut self, job: JobId, delay: Duration) {
        self.sent += 1;
        self.place(self.sent, Instant::now() + delay, Body { job, deliveries: 0 });
    }

    fn place(&mut self, id: u64, due: Instant, body: Body) {
        self.by_due.insert((due, id), body);
        self.due_of.insert(id, due);
    }
}
