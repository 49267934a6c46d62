//! The WebSocket server: accepts connections and runs each one to its end.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, mpsc};
use tokio_tungstenite::{WebSocketStream, accept_async_with_config};
use tokio_util::sync::CancellationToken;
use tungstenite::Message;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, WebSocketConfig};
use uuid::Uuid;

use crate::agents::Fate;
use crate::clock::now_ms;
use crate::faults::Fault;
use crate::frame::{self, Event, Request, RpcError};
use crate::gateway::{Gateway, lock};
use crate::handshake::{self, Refusal, Welcome};
use crate::methods::system::presence_list;
use crate::methods::{self, Client, Restart};
use crate::request_log::{Outcome, RecordedRequest};
use crate::state::Session;

/// Largest frame after the handshake.
const MAX_PAYLOAD: usize = 26_214_400;
/// Largest frame before it, on newer gateways.
const MAX_HANDSHAKE_PAYLOAD: usize = 65_536;
/// Longest close reason that fits a control frame, in bytes.
const MAX_CLOSE_REASON: usize = 123;
/// Answers of slow requests that may wait for the socket.
const ANSWER_BACKLOG: usize = 64;

/// Accepts connections until the simulator stops. A restarting gateway answers 503.
pub(crate) async fn accept(gateway: Arc<Gateway>, listener: TcpListener) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::debug!(%error, "accept failed");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        if gateway.is_up() {
            gateway.spawn(serve(Arc::clone(&gateway), stream));
        } else {
            gateway.spawn(refuse(stream));
        }
    }
}

async fn refuse(mut stream: TcpStream) {
    let mut request = [0; 2048];
    let _ = stream.read(&mut request).await;
    let answer = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
}

async fn serve(gateway: Arc<Gateway>, stream: TcpStream) {
    let boot = gateway.boot();
    let limits =
        WebSocketConfig::default().max_message_size(Some(MAX_PAYLOAD)).max_frame_size(Some(MAX_PAYLOAD));
    let limit = gateway.config.handshake_timeout;
    let accepted = tokio::time::timeout(limit, accept_async_with_config(stream, Some(limits))).await;
    let Ok(Ok(socket)) = accepted else { return };
    // Subscribed before the handshake, so that nothing is missed after it.
    let events = gateway.events.subscribe();
    let mut socket = Socket { socket, seq: 0 };
    let welcomed = tokio::time::timeout(limit, greet(&gateway, &mut socket)).await;
    let client = match welcomed {
        Ok(Some(client)) => Arc::new(client),
        Ok(None) => return,
        Err(_) => {
            socket.close(CloseCode::Normal, "").await;
            return;
        }
    };
    let (answers_in, answers) = mpsc::channel(ANSWER_BACKLOG);
    let connection =
        Connection { gateway: Arc::clone(&gateway), client: Arc::clone(&client), socket, boot, answers_in };
    connection.run(events, answers).await;
    gateway.update(|state| state.presence.remove(&client.connection_id));
}

/// Challenge, `connect`, answer. `None`: refused and closed.
async fn greet(gateway: &Gateway, socket: &mut Socket) -> Option<Client> {
    let nonce = Uuid::new_v4().to_string();
    let challenge =
        json!({"type": "event", "event": "connect.challenge", "payload": {"nonce": nonce, "ts": now_ms()}});
    socket.send(challenge.to_string()).await.ok()?;
    let request = loop {
        let text = socket.next_text().await?;
        if gateway.config.profile.is_modern() && text.len() > MAX_HANDSHAKE_PAYLOAD {
            socket.close(CloseCode::Size, "handshake frame too large").await;
            return None;
        }
        if let Some(Ok(request)) = frame::parse_request(&text) {
            break request;
        }
    };
    let index = record(gateway, &request);
    let verdict = if request.method == "connect" {
        handshake::judge(gateway, &request.params, &nonce)
    } else {
        Err(Refusal::from(RpcError::invalid("invalid handshake: first request must be connect")))
    };
    match verdict {
        Ok(Welcome { client, hello }) => {
            settle(gateway, index, &Ok(Value::Null));
            announce(gateway, &client, &request.params);
            socket.send(frame::response(&request.id, &Ok(hello))).await.ok()?;
            Some(client)
        }
        Err(Refusal { error, close_code }) => {
            let reason = error.message.clone();
            let answer = Err(error);
            settle(gateway, index, &answer);
            socket.send(frame::response(&request.id, &answer)).await.ok()?;
            socket.close(CloseCode::from(close_code), &reason).await;
            None
        }
    }
}

fn announce(gateway: &Gateway, client: &Client, connect: &Value) {
    let entry = json!({
        "host": connect.pointer("/client/displayName").or(connect.pointer("/client/id")),
        "version": connect.pointer("/client/version"), "platform": connect.pointer("/client/platform"),
        "mode": connect.pointer("/client/mode"), "reason": "connect", "ts": now_ms(),
    });
    let presence = gateway.update(|state| {
        state.presence.insert(client.connection_id.clone(), entry);
        presence_list(state)
    });
    gateway.emit(Event::new("presence", json!({"presence": presence})));
}

struct Connection {
    gateway: Arc<Gateway>,
    client: Arc<Client>,
    socket: Socket,
    boot: CancellationToken,
    answers_in: mpsc::Sender<String>,
}

impl Connection {
    async fn run(mut self, mut events: broadcast::Receiver<Event>, mut answers: mpsc::Receiver<String>) {
        let mut tick = tokio::time::interval(self.gateway.config.tick_interval);
        tick.tick().await;
        let boot = self.boot.clone();
        loop {
            let flow = tokio::select! {
                biased;
                () = boot.cancelled() => return self.end_with_the_process().await,
                Some(answer) = answers.recv() => self.socket.send(answer).await,
                event = events.recv() => match event {
                    Ok(event) => self.tell(&event).await,
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        return self.socket.close(CloseCode::Policy, "slow consumer").await;
                    }
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                _ = tick.tick() => self.tell(&Event::new("tick", json!({"ts": now_ms()}))).await,
                text = self.socket.next_text() => match text {
                    None => return,
                    Some(text) => match self.take(&text).await {
                        ControlFlow::Continue(()) => Ok(()),
                        ControlFlow::Break(()) => return,
                    },
                },
            };
            if flow.is_err() {
                return;
            }
        }
    }

    async fn end_with_the_process(mut self) {
        let event =
            Event::new("shutdown", json!({"reason": "gateway restarting", "restartExpectedMs": 1500}));
        if self.tell(&event).await.is_ok() {
            self.socket.close(CloseCode::Restart, "service restart").await;
        }
    }

    async fn tell(&mut self, event: &Event) -> Result<(), tungstenite::Error> {
        if self.client.hears(event) { self.socket.send_event(event).await } else { Ok(()) }
    }

    /// Handles one message of the client. `Break`: the connection is over.
    async fn take(&mut self, text: &str) -> ControlFlow<()> {
        let request = match frame::parse_request(text) {
            None => return ControlFlow::Continue(()),
            Some(Err(error)) => {
                let answer = frame::response("invalid", &Err(error));
                return flow(self.socket.send(answer).await);
            }
            Some(Ok(request)) => request,
        };
        let index = record(&self.gateway, &request);
        let fault = lock(&self.gateway.faults).next(&request.method, agent_of(&request.params));
        let work = Work {
            gateway: Arc::clone(&self.gateway),
            client: Arc::clone(&self.client),
            request,
            index,
            fault: fault.clone(),
        };
        match fault {
            Some(Fault::Close1012) => {
                self.socket.close(CloseCode::Restart, "service restart").await;
                ControlFlow::Break(())
            }
            Some(Fault::DropConnection) => ControlFlow::Break(()),
            fault
                if matches!(fault, Some(Fault::Delay { .. }))
                    || matches!(work.request.method.as_str(), "agent.wait" | "agents.delete") =>
            {
                let answers = self.answers_in.clone();
                self.gateway.spawn(async move {
                    if let Some(answer) = work.answer().await {
                        // The connection may be gone by now; then nobody wants the answer.
                        let _ = answers.send(answer).await;
                    }
                });
                ControlFlow::Continue(())
            }
            _ => match work.answer().await {
                Some(answer) => flow(self.socket.send(answer).await),
                None => ControlFlow::Continue(()),
            },
        }
    }
}

fn flow(sent: Result<(), tungstenite::Error>) -> ControlFlow<()> {
    match sent {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

/// A request on its way to an answer.
struct Work {
    gateway: Arc<Gateway>,
    client: Arc<Client>,
    request: Request,
    index: usize,
    fault: Option<Fault>,
}

impl Work {
    /// The text of the answer; `None` when a restart comes instead.
    async fn answer(self) -> Option<String> {
        let gateway = &self.gateway;
        let early = match &self.fault {
            Some(Fault::Error { code, message }) => Some(RpcError::new(code, message)),
            Some(Fault::RateLimit { retry_after_ms }) => {
                Some(rate_limited(&self.request.method, *retry_after_ms))
            }
            Some(Fault::PurgeFails) => {
                gateway.update(|state| state.purge_fails = true);
                None
            }
            Some(Fault::Delay { ms }) => {
                tokio::time::sleep(Duration::from_millis(*ms)).await;
                None
            }
            _ => None,
        };
        let answer = match early {
            Some(error) => Err(error),
            None => {
                let fate = match &self.fault {
                    Some(Fault::LoseWake) => Fate::Lost,
                    Some(Fault::FailTurn { message }) => Fate::Fails(message.clone()),
                    _ => Fate::Runs,
                };
                methods::run(gateway, &self.client, &self.request, fate).await
            }
        };
        let (result, restart) = match answer {
            Ok(reply) => (Ok(reply.payload), reply.restart),
            Err(error) => (Err(error), Restart::No),
        };
        if self.fault == Some(Fault::RestartMidCall) {
            gateway.schedule_restart(Duration::ZERO);
            return None;
        }
        if restart != Restart::No {
            gateway.schedule_restart(gateway.config.profile.restart_delay);
        }
        if restart == Restart::InsteadOfTheAnswer {
            return None;
        }
        settle(gateway, self.index, &result);
        Some(frame::response(&self.request.id, &result))
    }
}

fn rate_limited(method: &str, retry_after_ms: u64) -> RpcError {
    let seconds = retry_after_ms.div_ceil(1000);
    RpcError::new("UNAVAILABLE", format!("rate limit exceeded for {method}; retry after {seconds}s"))
        .with_details(json!({"method": method}))
        .retry_after(retry_after_ms)
}

fn record(gateway: &Gateway, request: &Request) -> usize {
    gateway.update(|state| {
        state.requests.push(RecordedRequest {
            method: request.method.clone(),
            params: request.params.clone(),
            outcome: Outcome::Pending,
        });
        state.requests.len() - 1
    })
}

fn settle(gateway: &Gateway, index: usize, result: &Result<Value, RpcError>) {
    let outcome = match result {
        Ok(_) => Outcome::Ok,
        Err(error) => Outcome::Error(error.message.clone()),
    };
    gateway.update(|state| {
        if let Some(request) = state.requests.get_mut(index) {
            request.outcome = outcome;
        }
    });
}

/// The agent that a request is about, if it names one.
fn agent_of(params: &Value) -> Option<&str> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    text("agentId").or_else(|| text("sessionKey").or(text("key")).map(Session::agent_of)).or(text("name"))
}

/// A WebSocket that counts the events it sends.
struct Socket {
    socket: WebSocketStream<TcpStream>,
    seq: u64,
}

impl Socket {
    async fn send(&mut self, text: String) -> Result<(), tungstenite::Error> {
        self.socket.send(Message::text(text)).await
    }

    async fn send_event(&mut self, event: &Event) -> Result<(), tungstenite::Error> {
        self.seq += 1;
        let text = event.to_text(self.seq);
        self.send(text).await
    }

    /// The next text; pings are answered underneath. `None`: the peer is gone.
    async fn next_text(&mut self) -> Option<String> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => return Some(text.as_str().to_owned()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Closes with a reason, and gives the peer a moment to answer.
    async fn close(&mut self, code: CloseCode, reason: &str) {
        let reason = reason.get(..reason.floor_char_boundary(MAX_CLOSE_REASON)).unwrap_or_default();
        let frame = CloseFrame { code, reason: reason.into() };
        if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
            let _ = tokio::time::timeout(Duration::from_secs(1), self.next_text()).await;
        }
    }
}
