use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use mission_control_core::config::QueueSettings;
use mission_control_core::id::JobId;
use mission_control_core::limits::WAKE_UPS;
use mission_control_core::models::Lane;
use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;
use tokio::sync::{Notify, broadcast, mpsc};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::error::QueueError;
use crate::local::LocalLanes;
use crate::looks::{Depth, Health};
use crate::redis::{RedisLanes, RedisWakes};

/// How long a receiver waits before it looks into Redis again without having been woken: the price of a lost
/// wake-up.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// The shortest wait between two looks, whatever the lanes say.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);
/// RSMQ stores times as numbers of limited width. A job that is due later is found by the sweep.
const LONGEST_DELAY: Duration = Duration::from_secs(7 * 24 * 3600);
/// Wake-ups taken from the hook at once; the event wake-ups among them are sent as one.
const DISPATCH_BATCH: usize = 256;

/// Job lanes and wake-ups of one deployment. Cheap to clone; the tasks behind it end with the last clone.
///
/// Open the queue first and give [`Queue::hook`] to the database: what a transaction wants to announce is then
/// sent after its commit, in order, without anybody calling [`Queue::send`].
#[derive(Clone)]
pub struct Queue {
    carrier: Arc<Carrier>,
    hook: mpsc::UnboundedSender<Wakeup>,
    _tasks: Arc<DropGuard>,
}

/// A job id taken from a lane. It comes again after its visibility timeout unless [`Queue::done`] is called.
#[derive(Debug)]
pub struct Message {
    /// The job to look at.
    pub job: JobId,
    /// The lane it came from.
    pub lane: Lane,
    /// How often this message has been received, this time included.
    pub deliveries: u64,
    receipt: Receipt,
}

#[derive(Debug)]
enum Receipt {
    Local(u64),
    Redis(String),
}

struct Carrier {
    local: LocalLanes,
    shared: Option<Shared>,
    wakes: broadcast::Sender<Wakeup>,
    news: Arc<Notify>,
}

struct Shared {
    lanes: RedisLanes,
    wakes: RedisWakes,
}

impl Queue {
    /// Lanes and wake-ups for a deployment of one process. Must be called inside a Tokio runtime.
    #[must_use]
    pub fn in_process() -> Queue {
        let stop = CancellationToken::new();
        Queue::start(None, broadcast::channel(WAKE_UPS).0, Arc::new(Notify::new()), stop)
    }

    /// Opens what `settings` ask for: Redis when there is a URL, else [`Queue::in_process`].
    ///
    /// # Errors
    /// When the URL is none, or Redis does not answer now or is a cluster. Later outages are ridden out.
    pub async fn open(settings: &QueueSettings) -> Result<Queue, QueueError> {
        let Some(url) = &settings.redis_url else { return Ok(Queue::in_process()) };
        let stop = CancellationToken::new();
        let (wakes, news) = (broadcast::channel(WAKE_UPS).0, Arc::new(Notify::new()));
        let link = crate::redis::Link::new(url, "RQ_REDIS_URL")?;
        link.refuse_cluster().await?;
        let shared = Shared {
            lanes: RedisLanes::open(link.clone(), &settings.name).await?,
            wakes: RedisWakes::open(link, &settings.name, wakes.clone(), news.clone(), stop.clone()).await?,
        };
        Ok(Queue::start(Some(shared), wakes, news, stop))
    }

    fn start(
        shared: Option<Shared>,
        wakes: broadcast::Sender<Wakeup>,
        news: Arc<Notify>,
        stop: CancellationToken,
    ) -> Queue {
        let carrier = Arc::new(Carrier { local: LocalLanes::default(), shared, wakes, news });
        let (hook, wakeups) = mpsc::unbounded_channel();
        tokio::spawn(stop.clone().run_until_cancelled_owned(dispatch(carrier.clone(), wakeups)));
        Queue { carrier, hook, _tasks: Arc::new(stop.drop_guard()) }
    }

    /// Where committed transactions hand in their wake-ups.
    #[must_use]
    pub fn hook(&self) -> mpsc::UnboundedSender<Wakeup> {
        self.hook.clone()
    }

    /// Wake-ups of this process and of all the others, from now on.
    ///
    /// Several [`Wakeup::Event`]s may arrive as one that carries the newest number. A `Lagged` error and
    /// `Event { seq: 0 }` (sent after the connection to Redis was lost) both mean: something may have been
    /// missed, look.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Wakeup> {
        self.carrier.wakes.subscribe()
    }

    /// Tells this process and, as far as Redis is there, the others. The hook does this for transactions.
    pub async fn publish(&self, wakeup: Wakeup) {
        self.carrier.publish(vec![wakeup]).await;
    }

    /// Puts a job into its lane, visible after `delay`.
    ///
    /// # Errors
    /// When Redis is away. The job is safe in its row and will be found by the sweep.
    pub async fn send(&self, lane: Lane, job: JobId, delay: Duration) -> Result<(), QueueError> {
        self.carrier.send(lane, job, delay).await?;
        let run_at = Timestamp::now().plus(delay);
        self.carrier.publish(vec![Wakeup::JobQueued { id: job, lane, run_at }]).await;
        Ok(())
    }

    /// Puts a job into the lane of this process alone, once: never fails, needs no Redis. For jobs that the database says
    /// are due. Where somebody has a message of the job already, another follows when that one is [`done`](Queue::done):
    /// it may have been turned away just before the offer.
    pub fn offer(&self, lane: Lane, job: JobId) {
        self.carrier.local.offer(lane, job);
        self.carrier.news.notify_waiters();
    }

    /// Waits for the next job; earlier lanes of `lanes` win. The message is hidden from other receivers for
    /// `hidden_for`.
    ///
    /// Woken by a send from any process; when wake-ups get lost, Redis is looked at every two seconds. While
    /// Redis is away this waits for it, and for [`Queue::offer`]. A receive that is cancelled loses no job.
    pub async fn receive(&self, lanes: &[Lane], hidden_for: Duration) -> Message {
        loop {
            if let Some(message) = self.receive_many(lanes, hidden_for, 1).await.pop() {
                return message;
            }
        }
    }

    /// Like [`Queue::receive`], with what else is due at that moment, `most` messages in all.
    pub async fn receive_many(&self, lanes: &[Lane], hidden_for: Duration, most: usize) -> Vec<Message> {
        loop {
            let news = self.carrier.news.notified();
            tokio::pin!(news);
            news.as_mut().enable();
            let mut received = Vec::new();
            for &lane in lanes {
                let room = most.saturating_sub(received.len());
                received.extend(self.carrier.take_many(lane, hidden_for, room).await);
            }
            if !received.is_empty() {
                return received;
            }
            tokio::select! {
                () = news => {}
                () = self.carrier.until_due(lanes) => {}
            }
        }
    }

    /// Takes a message out of its lane. When Redis is away the message comes again, which is harmless: its
    /// job's row says that there is nothing left to do.
    pub async fn done(&self, message: &Message) {
        match (&message.receipt, &self.carrier.shared) {
            (Receipt::Local(id), _) => {
                if self.carrier.local.done(message.lane, *id) {
                    self.carrier.news.notify_waiters();
                }
            }
            (Receipt::Redis(id), Some(shared)) => {
                if let Err(error) = shared.lanes.delete(message.lane, id).await {
                    tracing::debug!(job_id = %message.job, %error, "message not deleted, will be seen again");
                }
            }
            (Receipt::Redis(_), None) => {}
        }
    }

    /// How many messages are in a lane; with Redis, those of [`Queue::offer`] are not counted.
    ///
    /// # Errors
    /// When Redis is away.
    pub async fn depth(&self, lane: Lane) -> Result<Depth, QueueError> {
        match &self.carrier.shared {
            Some(shared) => shared.lanes.depth(lane).await,
            None => Ok(self.carrier.local.depth(lane)),
        }
    }

    /// Asks Redis for a sign of life.
    ///
    /// # Errors
    /// When Redis is away.
    pub async fn health(&self) -> Result<Health, QueueError> {
        let asked = Instant::now();
        let backend = match &self.carrier.shared {
            Some(shared) => shared.wakes.ping().await.map(|()| "redis")?,
            None => "in-process",
        };
        Ok(Health { backend, round_trip: asked.elapsed() })
    }
}

impl Carrier {
    /// Puts a job into its lane without telling anybody.
    async fn send(&self, lane: Lane, job: JobId, delay: Duration) -> Result<(), QueueError> {
        let delay = delay.min(LONGEST_DELAY);
        match &self.shared {
            Some(shared) => shared.lanes.send(lane, job, delay).await,
            None => {
                self.local.send(lane, job, delay);
                Ok(())
            }
        }
    }

    /// Puts the queued jobs among `wakeups` into their lanes.
    async fn fill_lanes(&self, wakeups: &[Wakeup]) {
        let now = Timestamp::now();
        let sending = wakeups.iter().filter_map(|wakeup| match *wakeup {
            Wakeup::JobQueued { id, lane, run_at } => Some((id, self.send(lane, id, run_at.since(now)))),
            _ => None,
        });
        let sending = sending.map(|(id, sent)| async move {
            if let Err(error) = sent.await {
                tracing::debug!(job_id = %id, %error, "job not announced, the sweep will find it");
            }
        });
        join_all(sending).await;
    }

    async fn publish(&self, wakeups: Vec<Wakeup>) {
        for wakeup in &wakeups {
            // An error means that nobody in this process listens.
            let _ = self.wakes.send(*wakeup);
        }
        if wakeups.iter().any(|wakeup| matches!(wakeup, Wakeup::JobQueued { .. })) {
            self.news.notify_waiters();
        }
        if let Some(shared) = &self.shared {
            shared.wakes.publish(&wakeups).await;
        }
    }

    /// Up to `most` messages. A lane that has one is asked for the others at once.
    async fn take_many(&self, lane: Lane, hidden_for: Duration, most: usize) -> Vec<Message> {
        let mut taken = Vec::new();
        if most > 0
            && let Some(first) = self.take(lane, hidden_for).await
        {
            taken.push(first);
            let others = (1..most).map(|_| self.take(lane, hidden_for));
            taken.extend(join_all(others).await.into_iter().flatten());
        }
        taken
    }

    async fn take(&self, lane: Lane, hidden_for: Duration) -> Option<Message> {
        if let Some(taken) = self.local.take(lane, hidden_for) {
            let receipt = Receipt::Local(taken.id);
            return Some(Message { job: taken.job, lane, deliveries: taken.deliveries, receipt });
        }
        match self.shared.as_ref()?.lanes.receive(lane, hidden_for).await {
            Ok(taken) => taken.map(|taken| Message {
                job: taken.job,
                lane,
                deliveries: taken.deliveries,
                receipt: Receipt::Redis(taken.id),
            }),
            Err(error) => {
                tracing::debug!(lane = lane.as_str(), %error, "lane not readable");
                None
            }
        }
    }

    /// Sleeps until a message that is in a lane now becomes due; with Redis, not longer than [`LOOK_AGAIN`].
    async fn until_due(&self, lanes: &[Lane]) {
        let mut wait = self.shared.as_ref().map(|_| LOOK_AGAIN);
        for &lane in lanes {
            let mut due = vec![self.local.next_due(lane)];
            if let Some(shared) = &self.shared {
                // Not readable is as good as empty: we look again soon anyway.
                due.push(shared.lanes.next_due(lane).await.unwrap_or_default());
            }
            wait = due.into_iter().chain([wait]).flatten().min();
        }
        match wait {
            Some(wait) => tokio::time::sleep(wait.max(SHORTEST_WAIT)).await,
            None => std::future::pending().await,
        }
    }
}

async fn dispatch(carrier: Arc<Carrier>, mut wakeups: mpsc::UnboundedReceiver<Wakeup>) {
    let mut batch = Vec::with_capacity(DISPATCH_BATCH);
    while wakeups.recv_many(&mut batch, DISPATCH_BATCH).await > 0 {
        carrier.fill_lanes(&batch).await;
        let seq = |wakeup: &Wakeup| match wakeup {
            Wakeup::Event { seq } => Some(*seq),
            _ => None,
        };
        // The newest event stands for the others.
        let newest = batch.iter().filter_map(seq).max();
        let mut news: Vec<Wakeup> = batch.drain(..).filter(|wakeup| seq(wakeup).is_none()).collect();
        news.extend(newest.map(|seq| Wakeup::Event { seq }));
        carrier.publish(news).await;
    }
}
