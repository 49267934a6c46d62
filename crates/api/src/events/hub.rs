//! The one reader of the log in a process, and the tail that all streams share.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use actix_web::web::Bytes;
use mission_control_core::models::Event;
use mission_control_queue::{Queue, Wakeup};
use mission_control_store::{Db, StoreError, event_log};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::frame;
use super::looks::Looks;

/// Entries kept in memory: how far a stream may fall behind before it has to come back.
const TAIL: usize = 2048;
/// Entries read from the database at once.
const READ_AT_ONCE: i64 = 256;
/// Pause before the log is asked again after it could not be read.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// An entry of the log, ready to be sent.
#[derive(Debug)]
pub struct Entry {
    /// The entry.
    pub event: Event,
    /// How the stream of all events shows it.
    pub frame: Bytes,
}

impl From<Event> for Entry {
    fn from(event: Event) -> Self {
        Self { frame: frame::entry(&event), event }
    }
}

/// The newest part of the log, and news of it. Cheap to clone.
#[derive(Clone)]
pub struct EventHub(Arc<Shared>);

struct Shared {
    tail: RwLock<Tail>,
    /// Number of the newest entry in the tail.
    head: watch::Sender<i64>,
    looks: Looks,
}

struct Tail {
    /// The tail has every entry after this one.
    start: i64,
    entries: VecDeque<Arc<Entry>>,
}

impl EventHub {
    /// Starts the reader, at the end of the log. It runs until `stop`.
    ///
    /// # Errors
    /// The database's.
    pub async fn start(db: Db, queue: &Queue, stop: CancellationToken) -> Result<Self, StoreError> {
        // Subscribed before the first look, so that nothing falls between the two.
        let wakes = queue.subscribe();
        let head: i64 = db.read(event_log::last_seq).await?;
        let tail = RwLock::new(Tail { start: head, entries: VecDeque::new() });
        let hub = Self(Arc::new(Shared { tail, head: watch::Sender::new(head), looks: Looks::new() }));
        tokio::spawn(stop.run_until_cancelled_owned(hub.clone().read(db, wakes)));
        Ok(hub)
    }

    /// Number of the newest entry that the reader has seen.
    pub fn head(&self) -> i64 {
        *self.0.head.borrow()
    }

    /// Tells whenever [`head`](Self::head) moves.
    pub fn news(&self) -> watch::Receiver<i64> {
        self.0.head.subscribe()
    }

    /// What the streams of this process found at their last look at rights.
    pub(super) fn looks(&self) -> &Looks {
        &self.0.looks
    }

    /// At most `limit` entries after `seq`; `None` when the tail does not reach back that far.
    pub fn after(&self, seq: i64, limit: usize) -> Option<Vec<Arc<Entry>>> {
        let tail = self.0.tail.read().unwrap_or_else(PoisonError::into_inner);
        let first = tail.entries.partition_point(|entry| entry.event.seq <= seq);
        (seq >= tail.start).then(|| tail.entries.iter().skip(first).take(limit).cloned().collect())
    }

    async fn read(self, db: Db, mut wakes: Receiver<Wakeup>) {
        loop {
            let news = match wakes.recv().await {
                // Number 0 says that wake-ups may have been lost.
                Ok(Wakeup::Event { seq }) => seq == 0 || seq > self.head(),
                Ok(_) => false,
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            };
            if news {
                self.catch_up(&db).await;
            }
        }
    }

    async fn catch_up(&self, db: &Db) {
        loop {
            let head = self.head();
            match db.read(move |conn| event_log::after(conn, head, READ_AT_ONCE)).await {
                Ok(events) => {
                    let read = i64::try_from(events.len()).unwrap_or(READ_AT_ONCE);
                    self.append(events);
                    // What is committed after this look wakes the reader again.
                    if read < READ_AT_ONCE {
                        return;
                    }
                }
                Err(StoreError::Busy(_) | StoreError::Unavailable(_)) => tokio::time::sleep(TRY_AGAIN).await,
                Err(error) => {
                    tracing::error!(%error, "the event log cannot be read");
                    tokio::time::sleep(TRY_AGAIN).await;
                }
            }
        }
    }

    fn append(&self, events: Vec<Event>) {
        let Some(newest) = events.last().map(|event| event.seq) else { return };
        // Rendered before the lock is taken.
        let entries: Vec<Arc<Entry>> = events.into_iter().map(|event| Arc::new(event.into())).collect();
        {
            let mut tail = self.0.tail.write().unwrap_or_else(PoisonError::into_inner);
            tail.entries.extend(entries);
            while tail.entries.len() > TAIL
                && let Some(dropped) = tail.entries.pop_front()
            {
                tail.start = dropped.event.seq;
            }
        }
        self.0.head.send_replace(newest);
    }
}
