//! Lanes inside this process: the same delays and visibility timeouts as the lanes in Redis.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mission_control_core::id::JobId;
use mission_control_core::models::Lane;
use tokio::time::Instant;

use crate::looks::Depth;

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
    state: State,
}

enum State {
    /// Nobody has it, though it may not be due yet.
    Waiting,
    /// Somebody looks at its job.
    Taken {
        /// The job was offered meanwhile: whoever has the message may have looked too early.
        again: bool,
    },
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

    /// Sees to it that somebody looks at this job from now on, with no more than one message.
    pub(crate) fn offer(&self, lane: Lane, job: JobId) {
        let mut messages = self.messages(lane);
        let here = messages.by_due.iter_mut().find(|(_, body)| body.job == job);
        match here.map(|(key, body)| (*key, &mut body.state)) {
            None => messages.push(job, Duration::ZERO),
            Some((_, State::Taken { again })) => *again = true,
            Some(((due, id), State::Waiting)) => messages.hasten(due, id),
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
        body.state = State::Taken { again: false };
        let taken = Taken { id, job: body.job, deliveries: body.deliveries };
        messages.place(id, now + hidden_for, body);
        Some(taken)
    }

    /// Takes a message out, unless its job was offered while somebody had it: `true` says that it is due again.
    pub(crate) fn done(&self, lane: Lane, id: u64) -> bool {
        let mut messages = self.messages(lane);
        let removed = messages.due_of.remove(&id).and_then(|due| messages.by_due.remove(&(due, id)));
        let offered = removed.filter(|body| matches!(body.state, State::Taken { again: true }));
        let is_due_again = offered.is_some();
        if let Some(body) = offered {
            messages.push(body.job, Duration::ZERO);
        }
        is_due_again
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
            Lane::Bulk | Lane::Foreign(_) => &self.bulk,
        };
        messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Messages {
    fn push(&mut self, job: JobId, delay: Duration) {
        self.sent += 1;
        let body = Body { job, deliveries: 0, state: State::Waiting };
        self.place(self.sent, Instant::now() + delay, body);
    }

    /// Makes a message due, if it is not.
    fn hasten(&mut self, due: Instant, id: u64) {
        let now = Instant::now();
        if due > now
            && let Some(body) = self.by_due.remove(&(due, id))
        {
            self.place(id, now, body);
        }
    }

    fn place(&mut self, id: u64, due: Instant, body: Body) {
        self.by_due.insert((due, id), body);
        self.due_of.insert(id, due);
    }
}
