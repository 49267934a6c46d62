//! One attempt to connect: TCP, TLS, upgrade, challenge, `connect`, `hello-ok`.

use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt, StreamExt};
use rustls::ClientConfig;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config};
use tungstenite::Message;
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::client::Request;
use tungstenite::http::{HeaderValue, header};
use tungstenite::protocol::WebSocketConfig;

use crate::connected::{Connected, Persona};
use crate::error::GatewayError;
use crate::limits;
use crate::peer::{self, Allowance, Metered};
use crate::refusal::Refusal;
use crate::signature::SignedFacts;
use crate::wire::{self, Frame};
use crate::{ConnectOptions, OLDEST_PROTOCOL, SignatureVersion};

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<Metered>>;

const ROLE: &str = "operator";
const CONNECT_ID: &str = "connect";

/// What one attempt presents to the gateway.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) persona: Persona,
    pub(crate) signature: SignatureVersion,
    pub(crate) token: Option<SecretString>,
    pub(crate) password: Option<SecretString>,
}

struct Challenge {
    nonce: String,
    ts: Option<u64>,
}

/// Connects once, within the options' connect deadline.
pub(crate) async fn connect(
    options: &ConnectOptions,
    tls: Option<Arc<ClientConfig>>,
    credentials: &Credentials,
) -> Result<(Socket, Connected), GatewayError> {
    let started = Instant::now();
    let steps = async {
        let (mut socket, allowance) = open(options, tls, credentials.persona).await?;
        let challenge = timeout(options.timing.challenge, challenge(&mut socket)).await;
        let challenge = challenge.ok().transpose()?;
        let params = connect_params(options, credentials, challenge.as_ref());
        let frame = wire::request(CONNECT_ID, "connect", &params);
        socket.send(Message::text(frame)).await.map_err(|e| transport(options, e))?;
        let hello = answer(&mut socket, options).await?;
        allowance.lift();
        Ok((socket, Connected::from_hello(hello, credentials.persona, &options.scopes, started.elapsed())))
    };
    timeout(options.timing.connect, steps).await.unwrap_or_else(|_| {
        Err(GatewayError::Timeout { what: "connecting".to_owned(), after: options.timing.connect })
    })
}

async fn open(
    options: &ConnectOptions,
    tls: Option<Arc<ClientConfig>>,
    persona: Persona,
) -> Result<(Socket, Allowance), GatewayError> {
    let tcp = TcpStream::connect(options.addresses().await?.as_slice()).await;
    let tcp = tcp.map_err(|e| transport(options, e.into()))?;
    // Frames are small and answers are waited for; without this the socket works all the same.
    let _ = tcp.set_nodelay(true);
    let connector = tls.map_or(Connector::Plain, Connector::Rustls);
    let config =
        WebSocketConfig::default().max_message_size(Some(limits::FRAME)).max_frame_size(Some(limits::FRAME));
    let request = upgrade_request(options, persona)?;
    let (metered, allowance) = Metered::new(tcp);
    let (socket, _) = client_async_tls_with_config(request, metered, Some(config), Some(connector))
        .await
        .map_err(|e| transport(options, e))?;
    Ok((socket, allowance))
}

fn upgrade_request(options: &ConnectOptions, persona: Persona) -> Result<Request, GatewayError> {
    let invalid = |reason: String| GatewayError::InvalidUrl { reason };
    let mut request = options.url.as_str().into_client_request().map_err(|e| invalid(e.to_string()))?;
    let headers = request.headers_mut();
    if persona == Persona::ControlUi {
        let origin = HeaderValue::try_from(options.origin()).map_err(|e| invalid(e.to_string()))?;
        headers.insert(header::ORIGIN, origin);
    }
    for (name, value) in &options.headers {
        headers.insert(name, value.clone());
    }
    Ok(request)
}

/// The next frame of the gateway; whatever is no frame is passed over.
async fn next_frame(socket: &mut Socket) -> Result<Frame, GatewayError> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                if let Some(frame) = Frame::parse(&text) {
                    return Ok(frame);
                }
            }
            Some(Ok(Message::Close(frame))) => return Err(closed(frame)),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(broken(&error)),
            None => return Err(closed(None)),
        }
    }
}

async fn challenge(socket: &mut Socket) -> Result<Challenge, GatewayError> {
    loop {
        let frame = next_frame(socket).await?;
        if !(frame.is_event() && frame.event.as_deref() == Some("connect.challenge")) {
            continue;
        }
        let payload = frame.payload.unwrap_or_default();
        let nonce = payload.get("nonce").and_then(Value::as_str).unwrap_or_default().trim();
        // One that is longer would be signed and sent back.
        if (1..=limits::PEER_NAME).contains(&nonce.len()) {
            let ts = payload.get("ts").and_then(Value::as_u64);
            return Ok(Challenge { nonce: nonce.to_owned(), ts });
        }
    }
}

async fn answer(socket: &mut Socket, options: &ConnectOptions) -> Result<Value, GatewayError> {
    loop {
        let frame = match next_frame(socket).await {
            // A gateway that only closes says in the reason what others say in the answer.
            Err(GatewayError::Closed { code: 1002 | 1008, reason }) => {
                return Err(GatewayError::Refused(Box::new(Refusal::from_close(&reason))));
            }
            other => other?,
        };
        if frame.is_event() || frame.id.as_deref() != Some(CONNECT_ID) {
            continue;
        }
        return match frame.into_answer() {
            Ok(hello) => Ok(hello),
            Err(error) => {
                let refusal = Refusal::from_wire(&error);
                tracing::debug!(
                    endpoint = options.endpoint(),
                    reason = refusal.kind.code(),
                    "gateway refused the handshake"
                );
                Err(GatewayError::Refused(Box::new(refusal)))
            }
        };
    }
}

fn connect_params(
    options: &ConnectOptions,
    credentials: &Credentials,
    challenge: Option<&Challenge>,
) -> Value {
    let (client_id, mode) = match credentials.persona {
        Persona::ControlUi => ("openclaw-control-ui", "ui"),
        Persona::Deviceless | Persona::Device => ("gateway-client", "backend"),
    };
    // The names OpenClaw's own clients use.
    let platform = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let mut params = json!({
        "minProtocol": OLDEST_PROTOCOL,
        "maxProtocol": 4,
        "role": ROLE,
        "scopes": options.scopes,
        "caps": options.capabilities,
        "client": {
            "id": client_id,
            "mode": mode,
            "version": options.client_version,
            "platform": platform,
            "displayName": options.display_name,
        },
    });
    let mut auth = serde_json::Map::new();
    let token = credentials.token.as_ref().map(ExposeSecret::expose_secret);
    if let Some(token) = token {
        auth.insert("token".to_owned(), json!(token));
    }
    if let Some(password) = &credentials.password {
        auth.insert("password".to_owned(), json!(password.expose_secret()));
    }
    let Some(fields) = params.as_object_mut() else { return params };
    if !auth.is_empty() {
        fields.insert("auth".to_owned(), Value::Object(auth));
    }
    if let (Persona::Device, Some(identity)) = (credentials.persona, &options.identity) {
        // The gateway's clock counts: the signature may be at most 2 minutes old by it.
        let signed_at_ms = challenge.and_then(|c| c.ts).unwrap_or_else(now_ms);
        let facts = SignedFacts {
            device_id: identity.device_id(),
            client_id,
            client_mode: mode,
            role: ROLE,
            scopes: &options.scopes,
            signed_at_ms,
            token: token.unwrap_or_default(),
            nonce: challenge.map(|c| c.nonce.as_str()).unwrap_or_default(),
            platform,
            device_family: "",
        };
        let version = if challenge.is_some() { credentials.signature } else { SignatureVersion::V1 };
        let mut device = json!({
            "id": identity.device_id(),
            "publicKey": identity.public_key(),
            "signature": identity.sign(&facts.text(version)),
            "signedAt": signed_at_ms,
        });
        if let (Some(challenge), Some(device)) = (challenge, device.as_object_mut()) {
            device.insert("nonce".to_owned(), json!(challenge.nonce));
        }
        fields.insert("device".to_owned(), device);
    }
    params
}

fn now_ms() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or_default()
}

pub(crate) fn closed(frame: Option<tungstenite::protocol::CloseFrame>) -> GatewayError {
    match frame {
        Some(frame) => GatewayError::Closed { code: frame.code.into(), reason: peer::message(&frame.reason) },
        None => GatewayError::Closed { code: 1006, reason: "connection lost".to_owned() },
    }
}

/// A line that broke after the WebSocket was open.
pub(crate) fn broken(error: &tungstenite::Error) -> GatewayError {
    GatewayError::Closed { code: 1006, reason: peer::message(&error.to_string()) }
}

fn transport(options: &ConnectOptions, error: tungstenite::Error) -> GatewayError {
    match error {
        tungstenite::Error::Http(response) => {
            let body = response.body().as_deref().map(String::from_utf8_lossy).unwrap_or_default();
            let reason = "proxy_attribution_required";
            GatewayError::UpgradeRefused {
                status: response.status().as_u16(),
                reason: body.contains(reason).then(|| reason.to_owned()),
            }
        }
        tungstenite::Error::Tls(error) => GatewayError::Tls { message: peer::message(&error.to_string()) },
        tungstenite::Error::Io(error) => {
            match error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) {
                Some(tls) => GatewayError::Tls { message: peer::message(&tls.to_string()) },
                None => unreachable(options, &error),
            }
        }
        other => unreachable(options, &other),
    }
}

fn unreachable(options: &ConnectOptions, error: &dyn std::fmt::Display) -> GatewayError {
    let message = peer::message(&format!("could not reach {}: {error}", options.endpoint()));
    GatewayError::Transport { message }
}
