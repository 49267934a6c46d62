//! One open connection: requests out, answers and events in, and a watch on its life.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Bytes, Message};

use crate::connected::Connected;
use crate::error::GatewayError;
use crate::events::{Event, Signal};
use crate::handshake::{self, Socket};
use crate::limits;
use crate::rpc_error::RpcError;
use crate::wire::{self, Frame};

pub(crate) type Answer = Result<Value, GatewayError>;

/// A call on its way to the gateway.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) params: Value,
    pub(crate) waiting: Waiting,
}

/// Who waits for the answers of a call. `last` is set for methods that first say `accepted` and
/// answer again when they are done.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) first: Option<oneshot::Sender<Answer>>,
    pub(crate) last: Option<oneshot::Sender<Answer>>,
}

impl Waiting {
    /// Delivers an answer; true when no more is to come.
    fn deliver(&mut self, answer: Answer) -> bool {
        let accepted = matches!(&answer, Ok(payload) if payload.get("status").and_then(Value::as_str) == Some("accepted"));
        let Some(first) = self.first.take() else {
            self.last.take().map(|last| last.send(answer));
            return true;
        };
        // When the receiver is gone, the caller has given up.
        if self.last.is_none() || accepted {
            let _ = first.send(answer);
            return self.last.is_none();
        }
        let _ = first.send(answer.clone());
        self.last.take().map(|last| last.send(answer));
        true
    }

    pub(crate) fn fail(mut self, error: &GatewayError) {
        if let Some(first) = self.first.take() {
            let _ = first.send(Err(error.clone()));
        }
        if let Some(last) = self.last.take() {
            let _ = last.send(Err(error.clone()));
        }
    }

    fn is_abandoned(&self) -> bool {
        let gone =
            |sender: &Option<oneshot::Sender<Answer>>| sender.as_ref().is_none_or(oneshot::Sender::is_closed);
        gone(&self.first) && gone(&self.last)
    }
}

/// The calls waiting for an answer, and when the gateway was last heard.
struct Ledger {
    waiting: Mutex<HashMap<String, Waiting>>,
    heard: Mutex<Instant>,
    /// Whether only frames count as a sign of life. A gateway that announces ticks must send them.
    ticks: bool,
}

impl Ledger {
    fn waiting(&self) -> MutexGuard<'_, HashMap<String, Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mark_heard(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn silence(&self) -> Duration {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// Serves the connection until it ends; returns why. Every call still waiting fails with the same reason.
pub(crate) async fn serve(
    socket: Socket,
    connected: &Connected,
    silence: Duration,
    requests: &mut mpsc::Receiver<Request>,
    signals: &broadcast::Sender<Signal>,
    cancel: &CancellationToken,
) -> GatewayError {
    let ledger = Ledger {
        waiting: Mutex::default(),
        heard: Mutex::new(Instant::now()),
        ticks: connected.tick_interval.is_some(),
    };
    let silence = connected.tick_interval.map_or(silence, |tick| silence.max(tick * 2));
    let (sink, stream) = socket.split();
    let (pings, ping_requests) = mpsc::channel(1);
    let end = tokio::select! {
        end = read(stream, &ledger, signals) => end,
        end = write(sink, &ledger, connected.max_payload, requests, ping_requests, cancel) => end,
        end = watch(&ledger, silence, pings) => end,
    };
    for (_, waiting) in ledger.waiting().drain() {
        waiting.fail(&end);
    }
    end
}

async fn read(
    mut stream: SplitStream<Socket>,
    ledger: &Ledger,
    signals: &broadcast::Sender<Signal>,
) -> GatewayError {
    loop {
        match stream.next().await {
            Some(Ok(Message::Text(text))) => {
                ledger.mark_heard();
                match Frame::parse(&text) {
                    Some(frame) if frame.is_event() => publish(frame, signals),
                    Some(frame) => settle(frame, ledger),
                    None => tracing::debug!(bytes = text.len(), "frame ignored"),
                }
            }
            Some(Ok(Message::Close(frame))) => return handshake::closed(frame),
            Some(Ok(_)) if ledger.ticks => {}
            Some(Ok(_)) => ledger.mark_heard(),
            Some(Err(error)) => return handshake::broken(&error),
            None => return handshake::closed(None),
        }
    }
}

fn publish(frame: Frame, signals: &broadcast::Sender<Signal>) {
    let Some(name) = frame.event else { return };
    if name.len() > limits::PEER_NAME {
        return;
    }
    let event = Event { name, payload: frame.payload.unwrap_or_default(), seq: frame.seq };
    // Nobody listening is fine.
    let _ = signals.send(Signal::Event(event.into()));
}

fn settle(frame: Frame, ledger: &Ledger) {
    let Some(id) = frame.id.clone() else { return };
    let answer = frame.into_answer().map_err(|e| GatewayError::Rpc(RpcError::from_wire(e)));
    let mut all = ledger.waiting();
    let Some(mut waiting) = all.remove(&id) else { return };
    if !waiting.deliver(answer) {
        all.insert(id, waiting);
    }
}

async fn write(
    mut sink: SplitSink<Socket, Message>,
    ledger: &Ledger,
    max_payload: Option<usize>,
    requests: &mut mpsc::Receiver<Request>,
    mut pings: mpsc::Receiver<()>,
    cancel: &CancellationToken,
) -> GatewayError {
    let mut number = 0u64;
    loop {
        let message = tokio::select! {
            () = cancel.cancelled() => None,
            Some(()) = pings.recv() => Some(Message::Ping(Bytes::new())),
            request = requests.recv() => match request {
                None => None,
                Some(request) if request.waiting.is_abandoned() => continue,
                Some(request) => {
                    number += 1;
                    let id = number.to_string();
                    let text = wire::request(&id, &request.method, &request.params);
                    if let Some(limit) = max_payload.filter(|limit| text.len() > *limit) {
                        request.waiting.fail(&GatewayError::TooLarge { size: text.len(), limit });
                        continue;
                    }
                    ledger.waiting().insert(id, request.waiting);
                    Some(Message::text(text))
                }
            },
        };
        let Some(message) = message else {
            let goodbye = CloseFrame { code: CloseCode::Normal, reason: "client closed".into() };
            let _ =
                tokio::time::timeout(Duration::from_secs(1), sink.send(Message::Close(Some(goodbye)))).await;
            return GatewayError::Stopped;
        };
        if let Err(error) = sink.send(message).await {
            return handshake::broken(&error);
        }
    }
}

/// Ends the connection when the gateway says nothing for too long, and forgets calls whose caller
/// gave up.
async fn watch(ledger: &Ledger, limit: Duration, pings: mpsc::Sender<()>) -> GatewayError {
    loop {
        let silence = ledger.silence();
        if silence >= limit {
            let reason = format!("no sign of life for {} s", limit.as_secs_f32());
            return GatewayError::Closed { code: 4000, reason };
        }
        if !ledger.ticks && silence >= limit / 2 {
            let _ = pings.try_send(());
        }
        tokio::time::sleep((limit - silence).min(limit / 4)).await;
        ledger.waiting().retain(|_, waiting| !waiting.is_abandoned());
    }
}
