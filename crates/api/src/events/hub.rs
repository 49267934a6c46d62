//! The one reader of the log in a process, and the tail that all streams share.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use mission_control_core::limits::{EVENTS_AT_ONCE, STREAM_STEP, TAIL_BYTES, TAIL_ENTRIES};
use mission_control_core::models::LogEntry;
use mission_control_queue::{Queue, Wakeup};
use mission_control_store::{Db, StoreError, event_log};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::entry::Entry;
use super::looks::Looks;

/// Pause before the log is asked again after it could not be read.
const TRY_AGAIN: Duration = Duration::from_secs(1);

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
    /// Memory of all entries.
    weight: usize,
}

impl Tail {
    fn starting_at(start: i64) -> Self {
        Self { start, entries: VecDeque::new(), weight: 0 }
    }

    /// Adds entries at the end, and drops the oldest of those that are too many or too heavy together.
    fn extend(&mut self, entries: Vec<Arc<Entry>>) {
        self.weight += entries.iter().map(|entry| entry.weight()).sum::<usize>();
        self.entries.extend(entries);
        while (self.entries.len() > TAIL_ENTRIES || self.weight > TAIL_BYTES)
            && let Some(dropped) = self.entries.pop_front()
        {
            self.weight -= dropped.weight();
            self.start = dropped.event.seq;
        }
    }

    /// At most `limit` entries after `seq`, and of those as many as are sent at once; `None` when the tail does not reach
    /// back that far.
    fn after(&self, seq: i64, limit: usize) -> Option<Vec<Arc<Entry>>> {
        let first = self.entries.partition_point(|entry| entry.event.seq <= seq);
        let mut bytes = 0_usize;
        let at_once = self.entries.iter().skip(first).take(limit).take_while(|entry| {
            let fits = bytes == 0 || bytes + entry.frame.len() <= STREAM_STEP;
            bytes += entry.frame.len();
            fits
        });
        (seq >= self.start).then(|| at_once.cloned().collect())
    }
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
        let tail = RwLock::new(Tail::starting_at(head));
        let hub = Self(Arc::new(Shared { tail, head: watch::Sender::new(head), looks: Looks::new() }));
        tokio::spawn(stop.run_until_cancelled_owned(hub.clone().read(db, wakes)));
        Ok(hub)
    }

    /// Number of the newest entry that the reader has seen.
    pub fn head(&self) -> i64 {
        *self.0.head.borrow()
    }

    /// How many streams are open: each waits for news.
    pub fn streams(&self) -> usize {
        self.0.head.receiver_count()
    }

    /// Tells whenever [`head`](Self::head) moves.
    pub fn news(&self) -> watch::Receiver<i64> {
        self.0.head.subscribe()
    }

    /// What the streams of this process found at their last look at rights.
    pub(super) fn looks(&self) -> &Looks {
        &self.0.looks
    }

    /// At most `limit` entries after `seq`, and of those as many as are sent at once; `None` when the tail does not reach
    /// back that far.
    pub fn after(&self, seq: i64, limit: usize) -> Option<Vec<Arc<Entry>>> {
        self.0.tail.read().unwrap_or_else(PoisonError::into_inner).after(seq, limit)
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
            match db.read(move |conn| event_log::after(conn, head, EVENTS_AT_ONCE)).await {
                Ok(events) => {
                    let read = i64::try_from(events.len()).unwrap_or(EVENTS_AT_ONCE);
                    self.append(events);
                    // What is committed after this look wakes the reader again.
                    if read < EVENTS_AT_ONCE {
                        return;
                    }
                }
                Err(error) if error.is_transient() => tokio::time::sleep(TRY_AGAIN).await,
                Err(error) => {
                    tracing::error!(%error, "event log cannot be read");
                    tokio::time::sleep(TRY_AGAIN).await;
                }
            }
        }
    }

    fn append(&self, events: Vec<LogEntry>) {
        let Some(newest) = events.last().map(|event| event.seq) else { return };
        // Rendered before the lock is taken.
        let entries: Vec<Arc<Entry>> = events.into_iter().map(|event| Arc::new(event.into())).collect();
        self.0.tail.write().unwrap_or_else(PoisonError::into_inner).extend(entries);
        self.0.head.send_replace(newest);
    }
}

#[cfg(test)]
mod tests {
    use mission_control_core::time::Timestamp;
    use serde_json::json;

    use super::*;

    fn entries(seqs: std::ops::RangeInclusive<i64>, text: usize) -> Vec<Arc<Entry>> {
        let event = |seq| LogEntry {
            seq,
            organization_id: None,
            board_id: None,
            kind: "task.updated".to_owned(),
            payload: json!({ "text": "t".repeat(text) }),
            created_at: Timestamp::from_micros(0),
        };
        seqs.map(|seq| Arc::new(Entry::from(event(seq)))).collect()
    }

    #[test]
    fn the_tail_is_bounded_in_bytes_and_says_where_it_begins() {
        let mut tail = Tail::starting_at(0);
        for seq in 1..=200 {
            tail.extend(entries(seq..=seq, 500_000));
            assert!(tail.weight <= TAIL_BYTES);
        }
        let first = tail.entries.front().unwrap().event.seq;
        assert!(first > 180 && tail.start == first - 1, "{first}");
        assert!(tail.after(first - 2, 64).is_none(), "who is behind is told to come back");
        assert_eq!(tail.after(first - 1, 1).unwrap()[0].event.seq, first);
        assert_eq!(tail.weight, tail.entries.iter().map(|entry| entry.weight()).sum::<usize>());
    }

    #[test]
    fn the_tail_is_bounded_in_entries() {
        let mut tail = Tail::starting_at(0);
        tail.extend(entries(1..=3000, 1));
        assert_eq!((tail.entries.len(), tail.start), (TAIL_ENTRIES, 3000 - TAIL_ENTRIES as i64));
    }

    #[test]
    fn a_stream_gets_no_more_at_once_than_is_sent_at_once_and_one_entry_at_least() {
        let mut tail = Tail::starting_at(0);
        tail.extend(entries(1..=10, 400_000));
        assert_eq!(tail.after(0, 64).unwrap().len(), 2);
        assert_eq!(tail.after(0, 1).unwrap().len(), 1);
        let mut large = Tail::starting_at(0);
        large.extend(entries(1..=2, 2 * STREAM_STEP));
        assert_eq!(large.after(0, 64).unwrap().len(), 1);
    }
}
