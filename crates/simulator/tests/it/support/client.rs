use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mission_control_simulator::Simulator;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tungstenite::Message;

const PATIENCE: Duration = Duration::from_secs(10);

/// What came over the socket.
#[derive(Debug)]
enum Frame {
    Json(Value),
    Closed(u16),
    Gone,
}

/// A client that speaks frames and assumes nothing.
pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) nonce: String,
    pub(crate) challenge_ts: u64,
    events: VecDeque<Value>,
    calls: u64,
}

impl Client {
    /// Opens the socket and takes the challenge.
    pub(crate) async fn open(url: &str) -> Self {
        let (socket, _) = connect_async(url).await.unwrap();
        let mut client =
            Self { socket, nonce: String::new(), challenge_ts: 0, events: VecDeque::new(), calls: 0 };
        let Frame::Json(challenge) = client.next().await else { panic!("no challenge") };
        assert_eq!(challenge["event"], "connect.challenge");
        client.nonce = challenge["payload"]["nonce"].as_str().unwrap().to_owned();
        client.challenge_ts = challenge["payload"]["ts"].as_u64().unwrap();
        client
    }

    /// Opens the socket and connects as an operator with all scopes.
    pub(crate) async fn connect(simulator: &Simulator) -> Self {
        let mut client = Self::open(&simulator.url()).await;
        client.call("connect", connect_params(simulator.token())).await.unwrap();
        client
    }

    /// Sends a request and waits for its answer; events on the way are kept.
    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.send(method, params).await;
        let answer = self.answer(&id).await;
        if answer["ok"] == true { Ok(answer["payload"].clone()) } else { Err(answer["error"].clone()) }
    }

    /// Sends a request without waiting; returns its id.
    pub(crate) async fn send(&mut self, method: &str, params: Value) -> String {
        self.calls += 1;
        let id = format!("call-{}", self.calls);
        let request = json!({"type": "req", "id": id, "method": method, "params": params});
        self.socket.send(Message::text(request.to_string())).await.unwrap();
        id
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// The next event of a name that passes the test; others before it are dropped.
    pub(crate) async fn event(&mut self, name: &str, test: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = match self.events.pop_front() {
                Some(frame) => frame,
                None => match self.next().await {
                    Frame::Json(frame) => frame,
                    end => panic!("no event {name}: {end:?}"),
                },
            };
            if frame["event"] == name && test(&frame["payload"]) {
                return frame["payload"].clone();
            }
        }
    }

    /// The next answer with this id; events before it are kept.
    pub(crate) async fn answer(&mut self, id: &str) -> Value {
        loop {
            match self.next().await {
                Frame::Json(frame) if frame["id"] == id => return frame,
                Frame::Json(frame) => self.events.push_back(frame),
                end => panic!("no answer {id}: {end:?}"),
            }
        }
    }

    /// Reads to the end of the connection; the frames on the way and the close code, if there was one.
    pub(crate) async fn until_closed(&mut self) -> (Vec<Value>, Option<u16>) {
        let mut frames: Vec<Value> = self.events.drain(..).collect();
        loop {
            match self.next().await {
                Frame::Json(frame) => frames.push(frame),
                Frame::Closed(code) => return (frames, Some(code)),
                Frame::Gone => return (frames, None),
            }
        }
    }

    async fn next(&mut self) -> Frame {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("silent socket");
            match message {
                Some(Ok(Message::Text(text))) => return Frame::Json(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => return Frame::Closed(frame.code.into()),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Frame::Gone,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Reads the config, patches it behind its fence.
    pub(crate) async fn patch_config(&mut self, patch: &Value) -> Result<Value, Value> {
        let config = self.call("config.get", json!({})).await?;
        self.call("config.patch", json!({"raw": patch.to_string(), "baseHash": config["hash"]})).await
    }

    pub(crate) async fn create_agent(&mut self, name: &str) {
        let workspace = format!("/home/operator/.openclaw/workspace-{name}");
        self.call("agents.create", json!({"name": name, "workspace": workspace})).await.unwrap();
        while self.call("agents.files.list", json!({"agentId": name})).await.is_err() {}
    }

    pub(crate) async fn set_file(&mut self, agent: &str, name: &str, content: &str) {
        self.call("agents.files.set", json!({"agentId": agent, "name": name, "content": content}))
            .await
            .unwrap();
    }

    /// Sends a message to an agent's main session under an idempotency key.
    pub(crate) async fn chat(&mut self, agent: &str, text: &str, key: &str) -> Result<Value, Value> {
        let session = format!("agent:{agent}:main");
        self.call("chat.send", json!({"sessionKey": session, "message": text, "idempotencyKey": key})).await
    }
}

/// The parameters of a backend client that speaks protocols 3 to 4.
pub(crate) fn connect_params(token: Option<&str>) -> Value {
    json!({
        "minProtocol": 3, "maxProtocol": 4,
        "client": {"id": "gateway-client", "version": "1.0.0", "platform": "linux", "mode": "backend"},
        "role": "operator",
        "scopes": ["operator.read", "operator.write", "operator.admin", "operator.approvals", "operator.pairing"],
        "caps": ["tool-events", "approvals"],
        "auth": {"token": token},
    })
}
