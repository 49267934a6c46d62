use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use mission_control_core::wakeup::Wakeup;
use redis::aio::{PubSubSink, PubSubStream};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, broadcast};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::link::{Link, PATIENCE, backoff};
use super::{NAMESPACE, safe_name};
use crate::error::QueueError;

/// A silent subscription is asked for a sign of life this often, so that a connection which died without a
/// word is noticed.
const PING_EVERY: Duration = Duration::from_secs(15);

/// Wake-ups to and from the other processes over one pub/sub channel.
pub(crate) struct RedisWakes {
    link: Link,
    channel: String,
    me: Uuid,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    from: Uuid,
    wake: Wakeup,
}

/// Carries what the others publish to the subscribers of this process.
struct Listener {
    link: Link,
    channel: String,
    me: Uuid,
    wakes: broadcast::Sender<Wakeup>,
    news: Arc<Notify>,
}

impl RedisWakes {
    /// Returns when the subscription stands.
    pub(crate) async fn open(
        link: Link,
        name: &str,
        wakes: broadcast::Sender<Wakeup>,
        news: Arc<Notify>,
        stop: CancellationToken,
    ) -> Result<RedisWakes, QueueError> {
        let channel = format!("{NAMESPACE}:{}:wake:{}", safe_name(name), link.database());
        let me = Uuid::new_v4();
        let listener = Listener { link: link.clone(), channel: channel.clone(), me, wakes, news };
        let subscription = listener.subscribe().await.map_err(|error| link.error(&error))?;
        tokio::spawn(stop.run_until_cancelled_owned(listener.listen(subscription)));
        Ok(RedisWakes { link, channel, me })
    }

    /// Best effort: whoever misses it looks a little later.
    pub(crate) async fn publish(&self, wakes: &[Wakeup]) {
        if let Err(error) = self.try_publish(wakes).await {
            tracing::debug!(%error, "wake-ups not published");
        }
    }

    pub(crate) async fn ping(&self) -> Result<(), QueueError> {
        // The link pings a connection before it hands it out.
        self.link.connection().await.map(|_| ())
    }

    async fn try_publish(&self, wakes: &[Wakeup]) -> Result<(), QueueError> {
        let mut publish = redis::pipe();
        for wake in wakes {
            let body = serde_json::to_string(&Envelope { from: self.me, wake: *wake });
            let body = body.map_err(|error| self.link.error(&error))?;
            publish.cmd("PUBLISH").arg(&self.channel).arg(body).ignore();
        }
        let mut connection = self.link.connection().await?;
        publish.exec_async(&mut connection).await.map_err(|error| self.link.error(&error))
    }
}

impl Listener {
    async fn listen(self, first: (PubSubSink, PubSubStream)) {
        let mut subscription = Some(first);
        let mut failures = 0;
        loop {
            if let Some(current) = subscription.take() {
                failures = 0;
                self.relay(current).await;
            }
            failures += 1;
            tokio::time::sleep(backoff(failures)).await;
            match self.subscribe().await {
                Ok(renewed) => {
                    subscription = Some(renewed);
                    self.tell(Wakeup::Event { seq: 0 });
                    self.news.notify_waiters();
                }
                Err(error) => tracing::debug!(%error, "no subscription to wake-ups"),
            }
        }
    }

    async fn subscribe(&self) -> redis::RedisResult<(PubSubSink, PubSubStream)> {
        let attempt = async {
            let (mut sink, stream) = self.link.client.get_async_pubsub().await?.split();
            sink.subscribe(&self.channel).await?;
            Ok((sink, stream))
        };
        timeout(PATIENCE, attempt)
            .await
            .unwrap_or_else(|_| Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()))
    }

    /// Returns when the connection is lost.
    async fn relay(&self, (mut sink, mut stream): (PubSubSink, PubSubStream)) {
        loop {
            match timeout(PING_EVERY, stream.next()).await {
                Ok(Some(message)) => self.hear(message.get_payload_bytes()),
                Ok(None) => return,
                Err(_silence) => {
                    if !matches!(timeout(PATIENCE, sink.ping::<redis::Value>()).await, Ok(Ok(_))) {
                        return;
                    }
                }
            }
        }
    }

    fn hear(&self, payload: &[u8]) {
        match serde_json::from_slice::<Envelope>(payload) {
            Ok(envelope) if envelope.from == self.me => {}
            Ok(Envelope { wake, .. }) => {
                self.tell(wake);
                if matches!(wake, Wakeup::JobQueued { .. }) {
                    self.news.notify_waiters();
                }
            }
            Err(error) => tracing::debug!(%error, "wake-up of another release ignored"),
        }
    }

    fn tell(&self, wake: Wakeup) {
        // An error means that nobody in this process listens.
        let _ = self.wakes.send(wake);
    }
}
