use std::time::Duration;

use deadpool_redis::Connection;
use mission_control_core::id::JobId;
use mission_control_core::models::Lane;
use redis::aio::MultiplexedConnection;
use rsmq_async::{Rsmq, RsmqConnection, RsmqError, RsmqResult};
use tokio::sync::Mutex;

use super::link::Link;
use super::{NAMESPACE, safe_name};
use crate::error::QueueError;
use crate::looks::Depth;

/// The lanes as RSMQ queues.
///
/// An RSMQ handle is bound to one connection and to scripts loaded on the server; it recovers from the loss of
/// neither. So any error drops the handle and the call is made once more with a new one.
pub(crate) struct RedisLanes {
    link: Link,
    name: String,
    handle: Mutex<Option<Handle>>,
}

#[derive(Clone)]
struct Handle {
    rsmq: Rsmq,
    generation: u64,
}

/// A message taken from a lane in Redis.
pub(crate) struct Taken {
    pub(crate) id: String,
    pub(crate) job: JobId,
    pub(crate) deliveries: u64,
}

impl RedisLanes {
    pub(crate) async fn open(link: Link, name: &str) -> Result<RedisLanes, QueueError> {
        let lanes = RedisLanes { link, name: safe_name(name), handle: Mutex::new(None) };
        lanes.handle(0).await?;
        Ok(lanes)
    }

    pub(crate) async fn send(&self, lane: Lane, job: JobId, delay: Duration) -> Result<(), QueueError> {
        let queue = self.queue_of(lane);
        self.call(|mut rsmq| {
            let queue = queue.clone();
            async move { rsmq.send_message(&queue, job.to_string(), Some(delay)).await }
        })
        .await
        .map(|_id| ())
    }

    /// Messages that hold no job id are not ours: they are deleted and skipped.
    pub(crate) async fn receive(
        &self,
        lane: Lane,
        hidden_for: Duration,
    ) -> Result<Option<Taken>, QueueError> {
        let queue = self.queue_of(lane);
        loop {
            let received = self
                .call(|mut rsmq| {
                    let queue = queue.clone();
                    async move { rsmq.receive_message::<Vec<u8>>(&queue, Some(hidden_for)).await }
                })
                .await?;
            let Some(message) = received else { return Ok(None) };
            let job = std::str::from_utf8(&message.message).ok().and_then(|text| text.parse().ok());
            match job {
                Some(job) => return Ok(Some(Taken { id: message.id, job, deliveries: message.rc })),
                None => {
                    tracing::warn!(
                        lane = lane.as_str(),
                        message_id = message.id,
                        "message that holds no job id deleted"
                    );
                    self.delete(lane, &message.id).await?;
                }
            }
        }
    }

    pub(crate) async fn delete(&self, lane: Lane, id: &str) -> Result<(), QueueError> {
        let (queue, id) = (self.queue_of(lane), id.to_owned());
        self.call(|mut rsmq| {
            let (queue, id) = (queue.clone(), id.clone());
            async move { rsmq.delete_message(&queue, &id).await }
        })
        .await
        .map(|_existed| ())
    }

    /// Time until the first message of the lane is due, by the server's clock; `None` when it is empty.
    pub(crate) async fn next_due(&self, lane: Lane) -> Result<Option<Duration>, QueueError> {
        let mut connection = self.link.connection().await?;
        let ((seconds, micros), first): ((u64, u64), Vec<(String, f64)>) = redis::pipe()
            .cmd("TIME")
            .zrange_withscores(self.key_of(lane), 0, 0)
            .query_async(&mut connection)
            .await
            .map_err(|error| self.link.error(&error))?;
        let now = (seconds * 1000 + micros / 1000) as f64;
        Ok(first.first().map(|(_, due)| Duration::from_millis((due - now).max(0.0) as u64)))
    }

    pub(crate) async fn depth(&self, lane: Lane) -> Result<Depth, QueueError> {
        let mut connection = self.link.connection().await?;
        let key = self.key_of(lane);
        let (seconds, _): (u64, u64) =
            redis::cmd("TIME").query_async(&mut connection).await.map_err(|error| self.link.error(&error))?;
        let (all, ready): (u64, u64) = redis::pipe()
            .zcard(&key)
            .zcount(&key, "-inf", seconds * 1000 + 999)
            .query_async(&mut connection)
            .await
            .map_err(|error| self.link.error(&error))?;
        Ok(Depth { ready, hidden: all.saturating_sub(ready) })
    }

    async fn call<T, F, Fut>(&self, command: F) -> Result<T, QueueError>
    where
        F: Fn(Rsmq) -> Fut,
        Fut: Future<Output = RsmqResult<T>>,
    {
        let handle = self.handle(0).await?;
        let error = match command(handle.rsmq).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        tracing::debug!(%error, "lane handle replaced");
        let handle = self.handle(handle.generation + 1).await?;
        command(handle.rsmq).await.map_err(|error| self.link.error(&error))
    }

    /// The current handle, or a new one when it is older than `at_least`.
    async fn handle(&self, at_least: u64) -> Result<Handle, QueueError> {
        let mut current = self.handle.lock().await;
        if let Some(handle) = current.as_ref().filter(|handle| handle.generation >= at_least) {
            return Ok(handle.clone());
        }
        let connection = Connection::take(self.link.connection().await?);
        let rsmq = self.prepare(connection).await.map_err(|error| self.link.lost(&error))?;
        Ok(current.insert(Handle { rsmq, generation: at_least }).clone())
    }

    async fn prepare(&self, mut connection: MultiplexedConnection) -> RsmqResult<Rsmq> {
        let mut rsmq = Rsmq::new_with_connection(connection.clone(), false, Some(NAMESPACE)).await?;
        for lane in [Lane::Interactive, Lane::Bulk] {
            match rsmq.create_queue(&self.queue_of(lane), None, None, None).await {
                // The hash was gone. Ids that were left without their bodies would block the lane for ever.
                Ok(()) => redis::cmd("DEL").arg(self.key_of(lane)).exec_async(&mut connection).await?,
                Err(RsmqError::QueueExists) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(rsmq)
    }

    fn queue_of(&self, lane: Lane) -> String {
        format!("{}-{}", self.name, lane.as_str())
    }

    fn key_of(&self, lane: Lane) -> String {
        format!("{NAMESPACE}:{}", self.queue_of(lane))
    }
}
