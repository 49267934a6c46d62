//! The `connect` request: strict parameters, protocol number, token, device, pairing.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::now_ms;
use crate::config::{AuthMode, Pairing};
use crate::frame::{Event, RpcError};
use crate::gateway::Gateway;
use crate::methods::system::{health_snapshot, presence_list};
use crate::methods::{Client, offered};
use crate::signature::Signed;
use crate::state::{Device, Standing};

mod params;

/// A client that was let in.
pub(crate) struct Welcome {
    pub(crate) client: Client,
    /// The `hello-ok` payload.
    pub(crate) hello: Value,
}

/// A client that was turned away: the answer, and the close code that follows it.
pub(crate) struct Refusal {
    pub(crate) error: RpcError,
    pub(crate) close_code: u16,
}

impl From<RpcError> for Refusal {
    fn from(error: RpcError) -> Self {
        Self { error, close_code: 1008 }
    }
}

/// Judges a `connect` request that answers the challenge `nonce`.
pub(crate) fn judge(gateway: &Gateway, connect: &Value, nonce: &str) -> Result<Welcome, Refusal> {
    let modern = gateway.config.profile.is_modern();
    params::check(connect, modern)?;
    check_protocol(gateway, connect)?;
    let device = device_of(connect);
    if device.is_some() {
        Signed { connect, nonce, now_ms: now_ms() }.verify()?;
    }
    check_control_ui(gateway, connect, device.is_some())?;
    check_token(gateway, connect, device.as_ref())?;

    let mut scopes = strings(connect.get("scopes"));
    let mut device_token = None;
    match (&device, gateway.config.pairing) {
        (Some(device), Pairing::Required) => device_token = Some(check_pairing(gateway, device)?),
        // Newer gateways let a remote client without a device in, to no avail.
        (None, Pairing::Required) if gateway.config.profile.protocol >= 4 => scopes.clear(),
        _ => {}
    }
    let capabilities = strings(connect.get("caps"));
    let takes_approvals = !gateway.config.profile.wants_capabilities()
        || capabilities.iter().any(|name| name == "approvals" || name == "exec-approvals");
    let client = Client {
        takes_approvals,
        connection_id: Uuid::new_v4().to_string(),
        device_id: device.map(|device| device.id),
        scopes,
        follows_sessions: AtomicBool::new(false),
        followed: Mutex::default(),
    };
    let hello = hello(gateway, connect, &client, device_token);
    Ok(Welcome { client, hello })
}

fn check_protocol(gateway: &Gateway, connect: &Value) -> Result<(), Refusal> {
    let spoken = gateway.config.profile.protocol;
    let bound = |name: &str| connect.get(name).and_then(Value::as_u64).unwrap_or(0);
    let (min, max) = (bound("minProtocol"), bound("maxProtocol"));
    if (min..=max).contains(&spoken) {
        return Ok(());
    }
    let details = if spoken == 3 {
        json!({"expectedProtocol": spoken})
    } else {
        json!({
            "code": "PROTOCOL_MISMATCH", "clientMinProtocol": min, "clientMaxProtocol": max,
            "expectedProtocol": spoken, "minimumProbeProtocol": 3,
        })
    };
    let error = RpcError::invalid("protocol mismatch").with_details(details);
    Err(Refusal { error, close_code: 1002 })
}

/// A control UI without a device: an old switch allows it, newer gateways never do.
fn check_control_ui(gateway: &Gateway, connect: &Value, has_device: bool) -> Result<(), RpcError> {
    let is_control_ui = text(connect, "/client/id") == "openclaw-control-ui";
    let switched_off = gateway.read(|state| {
        ["dangerouslyDisableDeviceAuth", "allowInsecureAuth"]
            .iter()
            .any(|key| state.config.pointer(&format!("/gateway/controlUi/{key}")) == Some(&Value::Bool(true)))
    });
    if !is_control_ui || has_device || (switched_off && !gateway.config.profile.is_modern()) {
        return Ok(());
    }
    Err(RpcError::invalid("control ui requires device identity (use HTTPS or localhost secure context)")
        .with_details(json!({"code": "CONTROL_UI_DEVICE_IDENTITY_REQUIRED"})))
}

fn check_token(gateway: &Gateway, connect: &Value, device: Option<&Device>) -> Result<(), RpcError> {
    let Some(expected) = gateway.config.token.as_deref() else { return Ok(()) };
    let modern = gateway.config.profile.is_modern();
    let wants_password = gateway.config.auth == AuthMode::Password && !modern;
    let mut given = vec![text(connect, "/auth/deviceToken")];
    if !wants_password {
        given.push(text(connect, "/auth/token"));
    }
    if wants_password || modern {
        given.push(text(connect, "/auth/password"));
    }
    given.retain(|secret| !secret.is_empty());
    let accepted = |secret: &&str| {
        *secret == expected
            || device
                .is_some_and(|device| gateway.read(|state| state.devices.knows_token(&device.id, secret)))
    };
    if given.iter().any(accepted) {
        return Ok(());
    }
    if given.is_empty() && device.is_none() && !wants_password {
        return Err(RpcError::new("NOT_PAIRED", "device identity required")
            .with_details(json!({"code": "DEVICE_IDENTITY_REQUIRED"})));
    }
    let secret = if gateway.config.auth == AuthMode::Password { "password" } else { "token" };
    let state = if given.is_empty() { "missing" } else { "mismatch" };
    let reason = format!("{secret}_{state}");
    let code = format!("AUTH_{}", reason.to_uppercase());
    let details = if modern {
        json!({"code": code, "authReason": reason, "canRetryWithDeviceToken": false})
    } else {
        json!({"code": code, "authReason": reason})
    };
    Err(RpcError::invalid(format!("unauthorized: gateway {secret} {state} (provide gateway auth {secret})"))
        .with_details(details))
}

/// The device's token, or the request it has to wait for.
fn check_pairing(gateway: &Gateway, device: &Device) -> Result<String, RpcError> {
    let reason = match gateway.read(|state| state.devices.standing(device)) {
        Standing::Paired(token) => return Ok(token),
        Standing::NeedsScopes => "scope-upgrade",
        Standing::Unknown => "not-paired",
    };
    let (request_id, is_new) = gateway.update(|state| state.devices.request(device.clone()));
    if is_new {
        let payload = json!({"requestId": request_id, "deviceId": device.id, "ts": now_ms()});
        gateway.emit(Event::scoped("device.pair.requested", payload, "operator.pairing"));
    }
    let (message, details) = if gateway.config.profile.is_modern() {
        let details = json!({
            "code": "PAIRING_REQUIRED", "reason": reason, "requestId": request_id,
            "deviceId": device.id, "requestedScopes": device.scopes,
        });
        ("pairing required: device is not approved yet", details)
    } else {
        ("pairing required", json!({"code": "PAIRING_REQUIRED", "reason": reason, "requestId": request_id}))
    };
    Err(RpcError::new("NOT_PAIRED", message).with_details(details))
}

fn device_of(connect: &Value) -> Option<Device> {
    connect.get("device")?;
    Some(Device {
        id: text(connect, "/device/id").to_owned(),
        public_key: text(connect, "/device/publicKey").to_owned(),
        client_id: text(connect, "/client/id").to_owned(),
        platform: text(connect, "/client/platform").to_owned(),
        role: role_of(connect).to_owned(),
        scopes: strings(connect.get("scopes")),
    })
}

fn hello(gateway: &Gateway, connect: &Value, client: &Client, device_token: Option<String>) -> Value {
    let profile = &gateway.config.profile;
    let (presence, health) = gateway.read(|state| (presence_list(state), health_snapshot(state)));
    let state_dir = &gateway.config.state_dir;
    let mut hello = json!({
        "type": "hello-ok",
        "protocol": profile.protocol,
        "server": {"version": profile.announced_version, "connId": client.connection_id},
        "features": {"methods": offered(profile.is_modern()), "events": EVENTS},
        "snapshot": {
            "presence": presence, "health": health, "stateVersion": {"presence": 1, "health": 1}, "uptimeMs": 1000,
            "configPath": format!("{state_dir}/openclaw.json"), "stateDir": state_dir,
            "sessionDefaults": {
                "defaultAgentId": "main", "mainKey": "main", "mainSessionKey": "agent:main:main", "scope": "per-sender",
            },
            "authMode": match (&gateway.config.token, gateway.config.auth) {
                (None, _) => "none",
                (Some(_), AuthMode::Token) => "token",
                (Some(_), AuthMode::Password) => "password",
            },
        },
        "policy": {"maxPayload": 26_214_400, "maxBufferedBytes": 52_428_800,
            "tickIntervalMs": gateway.config.tick_interval.as_millis() as u64},
    });
    if let Some(object) = hello.as_object_mut() {
        if profile.protocol == 3 {
            object.insert("canvasHostUrl".to_owned(), json!("http://127.0.0.1:0"));
        } else {
            object.insert("pluginSurfaceUrls".to_owned(), json!({}));
        }
        // The old generation says nothing about the grant unless a device token comes with it.
        if profile.protocol >= 4 || device_token.is_some() {
            let mut auth = json!({"role": role_of(connect), "scopes": client.scopes});
            if let (Some(auth), Some(token)) = (auth.as_object_mut(), device_token) {
                auth.insert("deviceToken".to_owned(), json!(token));
                auth.insert("issuedAtMs".to_owned(), json!(now_ms()));
            }
            object.insert("auth".to_owned(), auth);
        }
    }
    hello
}

const EVENTS: &[&str] = &[
    "connect.challenge",
    "agent",
    "chat",
    "presence",
    "tick",
    "shutdown",
    "health",
    "heartbeat",
    "device.pair.requested",
    "device.pair.resolved",
    "exec.approval.requested",
    "exec.approval.resolved",
    "sessions.changed",
];

fn role_of(connect: &Value) -> &str {
    connect.get("role").and_then(Value::as_str).unwrap_or("operator")
}

fn text<'a>(connect: &'a Value, pointer: &str) -> &'a str {
    connect.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}
