//! A gateway on a loopback port that does what a script says.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mission_control_gateway_rpc::{ConnectOptions, Timing};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};
use tungstenite::Message;
use tungstenite::handshake::server::{Request, Response};
use tungstenite::protocol::CloseFrame;

pub(crate) const NONCE: &str = "nonce-123";
pub(crate) const CHALLENGE_TS: u64 = 1_700_000_000_000;

pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Turns an accepted TCP connection into the stream the WebSocket runs on.
pub(crate) type Wrap = Arc<
    dyn Fn(tokio::net::TcpStream) -> Pin<Box<dyn Future<Output = Option<Box<dyn Stream>>> + Send>>
        + Send
        + Sync,
>;

/// The gateway's side of one connection.
pub(crate) struct Peer {
    socket: WebSocketStream<Box<dyn Stream>>,
    log: Arc<Mutex<Log>>,
    /// Counts connections from 1.
    pub(crate) number: usize,
}

/// What a test may ask about afterwards.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) connects: Vec<Value>,
    pub(crate) origins: Vec<Option<String>>,
    pub(crate) uris: Vec<String>,
}

pub(crate) struct Gateway {
    pub(crate) url: String,
    pub(crate) log: Arc<Mutex<Log>>,
}

impl Gateway {
    pub(crate) async fn start<F, Fut>(script: F) -> Self
    where
        F: Fn(Peer) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let plain: Wrap = Arc::new(|tcp| Box::pin(async move { Some(Box::new(tcp) as Box<dyn Stream>) }));
        Self::start_on("ws", plain, script).await
    }

    pub(crate) async fn start_on<F, Fut>(scheme: &str, wrap: Wrap, script: F) -> Self
    where
        F: Fn(Peer) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("{scheme}://{}", listener.local_addr().expect("an address"));
        let log = Arc::new(Mutex::new(Log::default()));
        let script = Arc::new(script);
        let shared = Arc::clone(&log);
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((tcp, _)) = listener.accept().await {
                let (wrap, script, log) = (Arc::clone(&wrap), Arc::clone(&script), Arc::clone(&shared));
                number += 1;
                tokio::spawn(async move {
                    let Some(stream) = wrap(tcp).await else { return };
                    let seen = Arc::clone(&log);
                    #[allow(clippy::result_large_err)]
                    let note = move |request: &Request, response: Response| {
                        let mut log = seen.lock().expect("log");
                        let origin = request.headers().get("origin").and_then(|o| o.to_str().ok());
                        log.origins.push(origin.map(str::to_owned));
                        log.uris.push(request.uri().to_string());
                        Ok(response)
                    };
                    let Ok(socket) = accept_hdr_async(stream, note).await else { return };
                    script(Peer { socket, log, number }).await;
                });
            }
        });
        Self { url, log }
    }

    /// Options for this gateway with clocks fit for a test.
    pub(crate) fn options(&self) -> ConnectOptions {
        options(&self.url)
    }

    pub(crate) fn connects(&self) -> Vec<Value> {
        self.log.lock().expect("log").connects.clone()
    }
}

pub(crate) fn options(url: &str) -> ConnectOptions {
    ConnectOptions::new(url).expect("a valid url").token("s3cret-token").timing(timing())
}

pub(crate) fn timing() -> Timing {
    Timing {
        connect: Duration::from_secs(5),
        call: Duration::from_secs(10),
        link_wait: Duration::from_secs(5),
        backoff_first: Duration::from_millis(20),
        backoff_max: Duration::from_millis(100),
        stable: Duration::from_millis(300),
        ..Timing::default()
    }
}

pub(crate) fn hello() -> Value {
    json!({
        "type": "hello-ok", "protocol": 4,
        "server": {"version": "2026.9.6", "connId": "c1"},
        "features": {"methods": ["health"], "events": ["tick"]},
        "snapshot": {"stateDir": "/state"},
        "policy": {"maxPayload": 26_214_400, "tickIntervalMs": 30_000},
    })
}

impl Peer {
    pub(crate) async fn send(&mut self, frame: Value) {
        // The client may be gone already; what it sees is what the test looks at.
        let _ = self.socket.send(Message::text(frame.to_string())).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        let _ = self.socket.send(Message::text(text.to_owned())).await;
    }

    pub(crate) async fn event(&mut self, name: &str, payload: Value) {
        self.send(json!({"type": "event", "event": name, "payload": payload, "seq": 1})).await;
    }

    pub(crate) async fn challenge(&mut self) {
        self.event("connect.challenge", json!({"nonce": NONCE, "ts": CHALLENGE_TS})).await;
    }

    /// The next request, `None` when the client is gone.
    pub(crate) async fn request(&mut self) -> Option<Value> {
        loop {
            match self.message().await? {
                Message::Text(text) => return serde_json::from_str(&text).ok(),
                _ => continue,
            }
        }
    }

    /// The next message of any kind.
    pub(crate) async fn message(&mut self) -> Option<Message> {
        self.socket.next().await?.ok()
    }

    /// The connect request, noted in the log.
    pub(crate) async fn connect(&mut self) -> Option<Value> {
        let request = self.request().await?;
        self.log.lock().expect("log").connects.push(request["params"].clone());
        Some(request)
    }

    pub(crate) async fn answer(&mut self, request: &Value, payload: Value) {
        self.send(json!({"type": "res", "id": request["id"], "ok": true, "payload": payload})).await;
    }

    pub(crate) async fn fail(&mut self, request: &Value, error: Value) {
        self.send(json!({"type": "res", "id": request["id"], "ok": false, "error": error})).await;
    }

    /// Refuses the connect request as gateways do: an error, then a close that repeats its message.
    pub(crate) async fn refuse(&mut self, error: Value) {
        self.challenge().await;
        let Some(request) = self.connect().await else { return };
        self.fail(&request, error.clone()).await;
        self.close(1008, error["message"].as_str().unwrap_or_default()).await;
    }

    pub(crate) async fn accept_with(&mut self, hello: Value) {
        self.challenge().await;
        if let Some(request) = self.connect().await {
            self.answer(&request, hello).await;
        }
    }

    pub(crate) async fn accept(&mut self) {
        let mut hello = hello();
        hello["server"]["connId"] = json!(format!("c{}", self.number));
        self.accept_with(hello).await;
    }

    pub(crate) async fn close(&mut self, code: u16, reason: &str) {
        let frame = CloseFrame { code: code.into(), reason: reason.to_owned().into() };
        let _ = self.socket.send(Message::Close(Some(frame))).await;
        self.until_gone().await;
    }

    pub(crate) async fn until_gone(&mut self) {
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    /// Answers every request with what `answer` makes of it.
    pub(crate) async fn serve(&mut self, answer: impl Fn(&Value) -> Value) {
        while let Some(request) = self.request().await {
            let payload = answer(&request);
            self.answer(&request, payload).await;
        }
    }
}
