//! One client's way along the log.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::{Stream, stream};
use mission_control_core::limits::EVENTS_AT_ONCE;
use mission_control_store::{Conn, Db, StoreError, StoreResult, event_log};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::audience::{Audience, Needs};
use super::entry::Entry;
use super::frame::{self, HEARTBEAT, RESET, RESUME};
use super::hub::EventHub;

/// Silence after which a comment is sent.
const HEARTBEAT_AFTER: Duration = Duration::from_secs(15);

/// Where a stream begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// The stream delivers what comes after this number.
    pub position: i64,
    /// Whether entries between the client's position and this one are gone.
    pub missed: bool,
}

impl Start {
    /// After the entry that the client saw last, or, without one, at the end of the log.
    ///
    /// # Errors
    /// The database's.
    pub fn after(conn: &mut Conn, seen: Option<i64>) -> StoreResult<Self> {
        let last = event_log::last_seq(conn)?;
        let Some(seen) = seen else { return Ok(Self { position: last, missed: false }) };
        let first = event_log::first_seq(conn)?;
        // A number that the log has not reached yet is of another database, or of one that was restored.
        let missed = seen > last || first.is_some_and(|first| first > seen + 1);
        Ok(Self { position: if missed { last } else { seen }, missed })
    }
}

type Show = Box<dyn Fn(&Entry) -> Option<Bytes>>;

/// A stream of frames for one client.
pub struct Follower {
    hub: EventHub,
    news: watch::Receiver<i64>,
    db: Db,
    stopping: CancellationToken,
    audience: Audience,
    /// The stream ends when the listener does not meet these any more.
    needs: Needs,
    show: Show,
    position: i64,
    /// Whether the position has been inside the tail.
    live: bool,
    quiet_since: Instant,
    heartbeat_after: Duration,
    /// Sent before anything else.
    first: Vec<Bytes>,
    ended: bool,
}

impl Follower {
    /// Follows the log from `start` and sends what `show` makes of those entries that `audience` may see.
    pub fn new(
        hub: &EventHub,
        db: Db,
        stopping: CancellationToken,
        audience: Audience,
        start: &Start,
        show: impl Fn(&Entry) -> Option<Bytes> + 'static,
    ) -> Self {
        let mut first = vec![frame::opening(None)];
        if start.missed {
            first.push(frame::notice(RESET, start.position));
        }
        Self {
            news: hub.news(),
            hub: hub.clone(),
            db,
            stopping,
            audience,
            needs: Needs::default(),
            show: Box::new(show),
            position: start.position,
            live: false,
            quiet_since: Instant::now(),
            heartbeat_after: HEARTBEAT_AFTER,
            first,
            ended: false,
        }
    }

    /// Begins with the position, which takes clients that take it for no event.
    pub fn naming_the_start(mut self) -> Self {
        if let Some(opening) = self.first.first_mut() {
            *opening = frame::opening(Some(self.position));
        }
        self
    }

    /// Sends these frames before those of the log.
    pub fn first(mut self, frames: impl IntoIterator<Item = Bytes>) -> Self {
        self.first.extend(frames);
        self
    }

    /// Sends a heartbeat after so much silence; 15 seconds otherwise.
    pub fn heartbeat_after(mut self, silence: Duration) -> Self {
        self.heartbeat_after = silence;
        self
    }

    /// Ends when the listener does not meet `needs` any more.
    pub fn only_while(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// The frames, until the server stops, the listener has lost the right to listen, or is too slow.
    pub fn frames(self) -> impl Stream<Item = Bytes> {
        stream::unfold(self, |mut follower| async move {
            let chunk = follower.next().await?;
            follower.quiet_since = Instant::now();
            Some((chunk, follower))
        })
    }

    async fn next(&mut self) -> Option<Bytes> {
        if !self.first.is_empty() {
            return Some(std::mem::take(&mut self.first).concat().into());
        }
        while !self.ended && !self.stopping.is_cancelled() && !self.has_run_out() {
            match self.step().await {
                Ok(Some(chunk)) => return Some(chunk),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "stream ended, its client resumes it");
                    return None;
                }
            }
        }
        None
    }

    /// Looks at the next entries; waits when there are none. `None` when there was nothing to send.
    async fn step(&mut self) -> Result<Option<Bytes>, StoreError> {
        self.news.mark_unchanged();
        match self.hub.after(self.position, usize::try_from(EVENTS_AT_ONCE).unwrap_or(1)) {
            Some(entries) if entries.is_empty() => {
                self.live = true;
                Ok(self.wait().await)
            }
            Some(entries) => {
                self.live = true;
                self.deliver(&entries).await
            }
            None if self.live => {
                self.ended = true;
                Ok(Some(frame::notice(RESUME, self.position)))
            }
            None => self.read_the_log().await,
        }
    }

    /// Whether the listener's credential has come to its end.
    fn has_run_out(&self) -> bool {
        self.audience.ends().is_some_and(|ends| ends <= Instant::now())
    }

    async fn wait(&mut self) -> Option<Bytes> {
        let quiet_until = self.quiet_since + self.heartbeat_after;
        // A position ahead of the reader waits like one at the head.
        tokio::select! {
            () = self.stopping.cancelled() => None,
            changed = self.news.changed() => {
                self.ended = changed.is_err();
                None
            }
            () = tokio::time::sleep_until(self.audience.ends().map_or(quiet_until, |ends| ends.min(quiet_until))) => {
                (!self.has_run_out()).then_some(HEARTBEAT)
            }
        }
    }

    /// A step on the way from the client's position to the tail.
    async fn read_the_log(&mut self) -> Result<Option<Bytes>, StoreError> {
        let (organization, position) = (self.audience.organization, self.position);
        let head = self.hub.head();
        let events = self
            .db
            .read(move |conn| event_log::after_in(conn, organization, position, EVENTS_AT_ONCE))
            .await?;
        let complete = i64::try_from(events.len()).is_ok_and(|read| read < EVENTS_AT_ONCE);
        let entries: Vec<Arc<Entry>> = events.into_iter().map(|event| Arc::new(event.into())).collect();
        let chunk = self.deliver(&entries).await?;
        if complete && !self.ended {
            // What is not of this organization has been skipped.
            self.position = self.position.max(head);
        }
        Ok(chunk)
    }

    /// Moves past `entries`; the frames of those that the listener sees.
    async fn deliver(&mut self, entries: &[Arc<Entry>]) -> Result<Option<Bytes>, StoreError> {
        let mut frames = Vec::new();
        for entry in entries {
            if self.audience.is_outdated_by(entry) && !self.look_again(entry.event.seq).await? {
                self.ended = true;
                break;
            }
            self.position = entry.event.seq;
            if self.audience.sees(entry) {
                frames.extend((self.show)(entry));
            }
        }
        Ok((!frames.is_empty()).then(|| frames.concat().into()))
    }

    /// Whether the listener may go on listening, by a look at rights that saw the entry `seq`.
    async fn look_again(&mut self, seq: i64) -> Result<bool, StoreError> {
        let head = self.hub.head();
        match self.hub.looks().again(&self.audience, seq, head, &self.db).await? {
            Some(audience) => self.audience = audience,
            None => return Ok(false),
        }
        Ok(self.audience.meets(&self.needs))
    }
}
