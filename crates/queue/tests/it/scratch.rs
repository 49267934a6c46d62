use std::time::Duration;

use mission_control_core::config::QueueSettings;
use mission_control_core::id::JobId;
use mission_control_queue::{Lane, Message, Queue};
use mission_control_testkit::scratch;
use uuid::Uuid;

pub(crate) const BOTH_LANES: [Lane; 2] = [Lane::Interactive, Lane::Bulk];
/// Long enough never to pass within a test.
pub(crate) const HIDDEN: Duration = Duration::from_secs(60);

/// A corner of Redis for one test: a queue name and an ACL user of its own, so that connections can be killed
/// and keys deleted without disturbing the neighbours. Gone when dropped.
pub(crate) struct ScratchRedis {
    namespace: scratch::ScratchRedis,
    server: redis::Client,
    password: String,
}

impl ScratchRedis {
    pub(crate) fn new() -> ScratchRedis {
        let namespace = scratch::ScratchRedis::new();
        let server = redis::Client::open(namespace.url()).expect("the scratch Redis has a URL");
        let redis = ScratchRedis { namespace, server, password: Uuid::new_v4().simple().to_string() };
        redis.come_back();
        redis
    }

    fn name(&self) -> &str {
        self.namespace.name()
    }

    pub(crate) fn settings(&self) -> QueueSettings {
        let address = self.server.get_connection_info().addr().to_string();
        let url = format!("redis://{}:{}@{address}/0", self.name(), self.password);
        QueueSettings { redis_url: Some(url.into()), name: self.name().to_owned(), ..in_process() }
    }

    pub(crate) async fn queue(&self) -> Queue {
        Queue::open(&self.settings()).await.expect("Redis answers")
    }

    pub(crate) fn password(&self) -> &str {
        &self.password
    }

    pub(crate) fn key(&self, suffix: &str) -> String {
        format!("mission-control:{}{suffix}", self.name())
    }

    /// Ends every connection of this test's user.
    pub(crate) fn kill_connections(&self) {
        self.admin(&["CLIENT", "KILL", "USER", self.name()]);
    }

    /// From now on this test's user is refused, as if the server were gone.
    pub(crate) fn go_away(&self) {
        self.admin(&["ACL", "SETUSER", self.name(), "off"]);
        self.kill_connections();
    }

    pub(crate) fn come_back(&self) {
        let secret = format!(">{}", self.password);
        self.admin(&["ACL", "SETUSER", self.name(), "on", &secret, "~*", "&*", "+@all"]);
    }

    /// Deletes what the test has in Redis, as a flush or a fail-over to an empty replica would.
    pub(crate) fn wipe(&self) {
        for key in self.namespace.keys() {
            self.admin(&["DEL", &key]);
        }
        for lane in BOTH_LANES {
            self.admin(&["SREM", "mission-control:QUEUES", &format!("{}-{lane}", self.name())]);
        }
    }

    pub(crate) fn admin(&self, command: &[&str]) {
        let mut connection = self.server.get_connection().expect("connect to Redis");
        redis::cmd(command[0])
            .arg(&command[1..])
            .exec(&mut connection)
            .expect("a command of the test's administrator");
    }
}

impl Drop for ScratchRedis {
    fn drop(&mut self) {
        self.wipe();
        self.admin(&["ACL", "DELUSER", self.name()]);
    }
}

/// Asserts that something happens because somebody is told, and not at the next look, two seconds later: of a few attempts one
/// takes less than a second. A busy machine can make any one of them late, never all of them early.
pub(crate) async fn assert_prompt(attempt: impl AsyncFn() -> Duration) {
    let mut took = Vec::new();
    for _ in 0..5 {
        took.push(attempt().await);
        if took.last() < Some(&Duration::from_secs(1)) {
            return;
        }
    }
    panic!("it came at the next look each time: {took:?}");
}

pub(crate) fn in_process() -> QueueSettings {
    QueueSettings {
        redis_url: None,
        name: "default".to_owned(),
        throttle: Duration::ZERO,
        max_retries: 3,
        retry_base: Duration::from_secs(10),
        retry_max: Duration::from_secs(120),
    }
}

/// Where the lanes of a test are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    InProcess,
    Redis,
}

/// A queue together with the Redis it lives in.
pub(crate) struct Placed {
    pub(crate) queue: Queue,
    /// Held for its clean-up.
    pub(crate) _redis: Option<ScratchRedis>,
}

impl Place {
    pub(crate) async fn queue(self) -> Placed {
        match self {
            Place::InProcess => Placed { queue: Queue::in_process(), _redis: None },
            Place::Redis => {
                let redis = ScratchRedis::new();
                Placed { queue: redis.queue().await, _redis: Some(redis) }
            }
        }
    }
}

/// The next job of `lanes`, which must arrive soon.
pub(crate) async fn next(queue: &Queue, lanes: &[Lane], hidden_for: Duration) -> Message {
    tokio::time::timeout(Duration::from_secs(10), queue.receive(lanes, hidden_for))
        .await
        .expect("a job within 10 s")
}

/// Whether the lane holds nothing, visible or hidden.
pub(crate) async fn is_empty(queue: &Queue, lane: Lane) -> bool {
    let depth = queue.depth(lane).await.expect("the lane is readable");
    depth.ready + depth.hidden == 0
}

pub(crate) async fn send(queue: &Queue, lane: Lane) -> JobId {
    let job = JobId::random();
    queue.send(lane, job, Duration::ZERO).await.expect("the lane takes a job");
    job
}
