//! What a gateway tells without being asked.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::broadcast;

use crate::connected::Connected;
use crate::error::GatewayError;

/// An event of the gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its name: `chat`, `health`, `exec.approval.requested` …
    pub name: String,
    /// Its content.
    pub payload: Value,
    /// The gateway's count of events on this connection; starts again after a reconnect.
    pub seq: Option<u64>,
}

/// The content of an event.
pub trait Told: DeserializeOwned {
    /// Its name.
    const EVENT: &'static str;
}

impl Event {
    /// The payload, when this is such an event and has the shape of one.
    pub fn told<T: Told>(&self) -> Option<T> {
        (self.name == T::EVENT).then(|| self.decode().ok()).flatten()
    }

    /// The payload as `T`.
    ///
    /// # Errors
    /// [`GatewayError::Decode`] when it has another shape.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, GatewayError> {
        T::deserialize(&self.payload).map_err(|error| GatewayError::unexpected(&self.name, &error))
    }
}

/// What a subscriber receives, in order.
#[derive(Debug, Clone)]
pub enum Signal {
    /// The connection is up. Subscriptions (`sessions.subscribe`) must be made again, and state
    /// read before may be out of date.
    Up(Arc<Connected>),
    /// The gateway sent an event.
    Event(Arc<Event>),
    /// The connection is down. It is rebuilt by itself.
    Down(GatewayError),
    /// This subscriber was too slow and lost that many signals: read the state again.
    Lagged(u64),
}

/// A subscription to a client's signals.
#[derive(Debug)]
pub struct Events(pub(crate) broadcast::Receiver<Signal>);

impl Events {
    /// The next signal; `None` when the client is closed. Safe to cancel.
    pub async fn next(&mut self) -> Option<Signal> {
        match self.0.recv().await {
            Ok(signal) => Some(signal),
            Err(broadcast::error::RecvError::Lagged(missed)) => Some(Signal::Lagged(missed)),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }

    /// The next event, passing over everything else; `None` when the client is closed.
    pub async fn next_event(&mut self) -> Option<Arc<Event>> {
        loop {
            if let Signal::Event(event) = self.next().await? {
                return Some(event);
            }
        }
    }
}
