//! The client: a cheap handle to one self-healing connection.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, broadcast, mpsc, oneshot, watch};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::{CancellationToken, DropGuard};
use tracing::Instrument;

use crate::connected::Connected;
use crate::error::GatewayError;
use crate::events::{Events, Signal};
use crate::link::{Link, LinkState};
use crate::session::{Answer, Request, Waiting};
use crate::trace::TRACE;
use crate::{ConnectOptions, Timing};

/// A connection to one gateway, shared by all its clones and rebuilt by itself.
///
/// All calls go over one WebSocket and may be answered in any order. A call made while the link
/// is down waits a little for it ([`Timing::link_wait`]); a call in flight when the link
/// breaks fails with [`GatewayError::Closed`] and is never repeated by the client, because
/// it may have been carried out. The connection closes when the last clone is dropped.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    options: Arc<ConnectOptions>,
    requests: mpsc::Sender<Request>,
    places: Arc<Semaphore>,
    state: watch::Receiver<LinkState>,
    signals: broadcast::WeakSender<Signal>,
    retry_now: Arc<Notify>,
    cancel: CancellationToken,
    _stop_on_drop: DropGuard,
}

impl Client {
    /// Starts connecting in the background and returns at once.
    ///
    /// # Panics
    /// Like `tokio::spawn`, when called outside a runtime and the options name none.
    pub fn open(options: ConnectOptions) -> Self {
        let runtime = options.runtime.clone().unwrap_or_else(Handle::current);
        let options = Arc::new(options);
        let (requests, queue) = mpsc::channel(options.max_pending);
        let (state_sender, state) = watch::channel(LinkState::Connecting);
        let (signals, _) = broadcast::channel(options.event_buffer);
        let retry_now = Arc::new(Notify::new());
        let cancel = CancellationToken::new();
        let shared = Shared {
            places: Arc::new(Semaphore::new(options.max_pending)),
            requests,
            state,
            signals: signals.downgrade(),
            retry_now: Arc::clone(&retry_now),
            cancel: cancel.clone(),
            _stop_on_drop: cancel.clone().drop_guard(),
            options: Arc::clone(&options),
        };
        let link = Link { options, requests: queue, state: state_sender, signals, retry_now, cancel };
        runtime.spawn(link.run());
        Self { shared: Arc::new(shared) }
    }

    /// Connects, and fails when the first attempt does.
    ///
    /// # Errors
    /// Whatever kept the first attempt from succeeding.
    pub async fn connect(options: ConnectOptions) -> Result<Self, GatewayError> {
        let client = Self::open(options);
        let mut state = client.watch();
        let first = state.wait_for(|s| !matches!(s, LinkState::Connecting)).await;
        match first.map(|s| s.clone()) {
            Ok(LinkState::Connected(_)) => Ok(client),
            Ok(LinkState::Down { error, .. }) => Err(error),
            Ok(LinkState::Connecting | LinkState::Stopped) | Err(_) => Err(GatewayError::Stopped),
        }
    }

    /// The options this client was opened with.
    pub fn options(&self) -> &ConnectOptions {
        &self.shared.options
    }

    /// The state of the connection now.
    pub fn state(&self) -> LinkState {
        self.shared.state.borrow().clone()
    }

    /// A view of the connection's state that can be waited on.
    pub fn watch(&self) -> watch::Receiver<LinkState> {
        self.shared.state.clone()
    }

    /// What the gateway said of itself, when the link is up now.
    pub fn info(&self) -> Option<Arc<Connected>> {
        match &*self.shared.state.borrow() {
            LinkState::Connected(connected) => Some(Arc::clone(connected)),
            _ => None,
        }
    }

    /// Waits until the link is up. Fails at once when the gateway refuses for a reason that time does
    /// not cure.
    ///
    /// # Errors
    /// The refusal; [`GatewayError::NotConnected`] when the time is over.
    pub async fn connected(&self, within: Duration) -> Result<Arc<Connected>, GatewayError> {
        self.link_by(Instant::now() + within).await
    }

    /// Waits until the link is up and stays up for [`Timing::stable`], counted from
    /// this call: old gateways answer a configuration write first and restart two seconds
    /// later, some even twice, and work handed over in between is lost.
    ///
    /// # Errors
    /// As [`Client::connected`].
    pub async fn wait_stable(&self, within: Duration) -> Result<Arc<Connected>, GatewayError> {
        let deadline = Instant::now() + within;
        let mut state = self.watch();
        loop {
            let connected = self.link_by(deadline).await?;
            let same = |s: &LinkState| matches!(s, LinkState::Connected(now) if Arc::ptr_eq(now, &connected));
            let stable_at = Instant::now() + self.timing().stable;
            match timeout_at(stable_at.min(deadline), state.wait_for(|s| !same(s))).await {
                Err(_) if stable_at <= deadline => return Ok(connected),
                Err(_) => return Err(GatewayError::NotConnected { cause: None }),
                Ok(_) => {}
            }
        }
    }

    /// Ends the pause before the next attempt to connect, for instance when a pairing was just approved.
    pub fn retry_now(&self) {
        self.shared.retry_now.notify_one();
    }

    /// Closes the connection for all clones of this client.
    pub fn close(&self) {
        self.shared.cancel.cancel();
    }

    /// A subscription to events and to the link's ups and downs, from now on.
    pub fn events(&self) -> Events {
        let signals = self.shared.signals.upgrade();
        // A closed client has no more signals: a subscription to nothing ends at once.
        Events(signals.map_or_else(|| broadcast::channel(1).1, |s| s.subscribe()))
    }

    /// Calls a method and returns its answer as it is, within [`Timing::call`].
    ///
    /// # Errors
    /// Any [`GatewayError`]; an error answer is [`GatewayError::Rpc`].
    pub async fn call(&self, method: &str, params: Value) -> Result<Value, GatewayError> {
        self.call_within(method, params, self.timing().call).await
    }

    /// Calls a method with a deadline of its own.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub async fn call_within(
        &self,
        method: &str,
        params: Value,
        within: Duration,
    ) -> Result<Value, GatewayError> {
        let deadline = Instant::now() + within;
        let (first, answer) = oneshot::channel();
        let waiting = Waiting { first: Some(first), last: None };
        let span = tracing::info_span!(
            target: TRACE,
            "gateway call",
            otel.name = method,
            otel.kind = "client",
            rpc.system.name = "openclaw",
            rpc.method = method,
            otel.status_code = tracing::field::Empty,
        );
        let call = async {
            let _place = self.send(method, params, waiting, deadline).await?;
            self.receive(method, answer, deadline, within).await
        };
        let answer = call.instrument(span.clone()).await;
        if answer.is_err() {
            span.record("otel.status_code", "ERROR");
        }
        answer
    }

    pub(crate) fn timing(&self) -> &Timing {
        &self.shared.options.timing
    }

    /// Hands a request to the link. The permit keeps its place among the pending calls.
    pub(crate) async fn send(
        &self,
        method: &str,
        params: Value,
        waiting: Waiting,
        deadline: Instant,
    ) -> Result<OwnedSemaphorePermit, GatewayError> {
        let link_deadline = deadline.min(Instant::now() + self.timing().link_wait);
        self.link_by(link_deadline).await?;
        let overloaded = || GatewayError::Overloaded { limit: self.shared.options.max_pending };
        let places = Arc::clone(&self.shared.places);
        let place = timeout_at(deadline, places.acquire_owned()).await.map_err(|_| overloaded())?;
        let place = place.map_err(|_| GatewayError::Stopped)?;
        let request = Request { method: method.to_owned(), params, waiting };
        match timeout_at(deadline, self.shared.requests.send(request)).await {
            Ok(Ok(())) => Ok(place),
            Ok(Err(_)) => Err(GatewayError::Stopped),
            Err(_) => Err(overloaded()),
        }
    }

    pub(crate) async fn receive(
        &self,
        what: &str,
        answer: oneshot::Receiver<Answer>,
        deadline: Instant,
        within: Duration,
    ) -> Result<Value, GatewayError> {
        match timeout_at(deadline, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(GatewayError::Stopped),
            // When the link is down now, the request still waits in the queue: a broken link
            // fails those that were sent.
            Err(_) => Err(match self.state() {
                LinkState::Connected(_) => GatewayError::Timeout { what: what.to_owned(), after: within },
                LinkState::Down { error, .. } => GatewayError::NotConnected { cause: Some(Box::new(error)) },
                LinkState::Connecting => GatewayError::NotConnected { cause: None },
                LinkState::Stopped => GatewayError::Stopped,
            }),
        }
    }

    async fn link_by(&self, deadline: Instant) -> Result<Arc<Connected>, GatewayError> {
        let mut state = self.watch();
        let settled = |s: &LinkState| match s {
            LinkState::Connected(_) | LinkState::Stopped => true,
            LinkState::Down { error, .. } => !error.is_transient(),
            LinkState::Connecting => false,
        };
        let _ = timeout_at(deadline, state.wait_for(settled)).await;
        match self.state() {
            LinkState::Connected(connected) => Ok(connected),
            LinkState::Stopped => Err(GatewayError::Stopped),
            LinkState::Connecting => Err(GatewayError::NotConnected { cause: None }),
            LinkState::Down { error, .. } if error.is_transient() => {
                Err(GatewayError::NotConnected { cause: Some(Box::new(error)) })
            }
            LinkState::Down { error, .. } => Err(error),
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("gateway", &self.shared.options.endpoint())
            .field("state", &*self.shared.state.borrow())
            .finish_non_exhaustive()
    }
}

pub(crate) fn encode(method: &str, params: impl Serialize) -> Result<Value, GatewayError> {
    serde_json::to_value(params)
        .map_err(|e| GatewayError::Decode { method: method.to_owned(), message: format!("parameters: {e}") })
}

pub(crate) fn decode<T: DeserializeOwned>(method: &str, answer: Value) -> Result<T, GatewayError> {
    serde_json::from_value(answer).map_err(|error| GatewayError::unexpected(method, &error))
}
