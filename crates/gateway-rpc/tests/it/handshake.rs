//! Who the client says it is, and what it falls back to.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use mission_control_gateway_rpc::{
    Client, ConnectMode, ConnectOptions, DeviceIdentity, GatewayError, GetHealth, LinkState, Persona,
    RefusalKind, SignatureVersion, probe,
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::{CHALLENGE_TS, Gateway, NONCE, hello, options};

fn device() -> Arc<DeviceIdentity> {
    Arc::new(DeviceIdentity::from_seed(&[7; 32]))
}

/// Checks the device part of a connect frame the way a gateway does.
fn signature_is_valid(connect: &Value, version: &str, tail: &str) -> bool {
    let device = &connect["device"];
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let bytes = |v: &Value| URL_SAFE_NO_PAD.decode(text(v)).expect("base64url");
    let scopes: Vec<String> = connect["scopes"].as_array().expect("scopes").iter().map(text).collect();
    let signed = format!(
        "{version}|{}|{}|{}|{}|{}|{}|{}{tail}",
        text(&device["id"]),
        text(&connect["client"]["id"]),
        text(&connect["client"]["mode"]),
        text(&connect["role"]),
        scopes.join(","),
        device["signedAt"],
        text(&connect["auth"]["token"]),
    );
    let key: [u8; 32] = bytes(&device["publicKey"]).try_into().expect("32 bytes");
    let signature = Signature::from_slice(&bytes(&device["signature"])).expect("64 bytes");
    VerifyingKey::from_bytes(&key).expect("a key").verify(signed.as_bytes(), &signature).is_ok()
}

async fn welcoming() -> Gateway {
    Gateway::start(|mut peer| async move {
        peer.accept().await;
        peer.serve(|_| json!({})).await;
    })
    .await
}

fn pairing(request_id: &str) -> Value {
    json!({"code": "NOT_PAIRED", "message": "pairing required",
        "details": {"code": "PAIRING_REQUIRED", "requestId": request_id, "reason": "not-paired"}})
}

#[tokio::test]
async fn the_connect_frame_offers_both_protocols_and_a_valid_v2_signature() {
    let gateway = welcoming().await;
    let url = format!("{}/?token=in-the-url", gateway.url);
    let client = Client::connect(options(&url).identity(device())).await.expect("connects");
    let connect = gateway.connects().remove(0);
    assert_eq!((&connect["minProtocol"], &connect["maxProtocol"]), (&json!(3), &json!(4)));
    assert_eq!(connect["client"]["id"], "gateway-client");
    assert_eq!(connect["client"]["mode"], "backend");
    assert_eq!(connect["client"]["displayName"], "Mission Control");
    assert_eq!(connect["auth"], json!({"token": "s3cret-token"}));
    assert_eq!(connect["device"]["signedAt"], json!(CHALLENGE_TS));
    assert_eq!(connect["device"]["nonce"], NONCE);
    assert!(signature_is_valid(&connect, "v2", &format!("|{NONCE}")));
    assert_eq!(gateway.log.lock().expect("log").uris, ["/"]);

    let info = client.info().expect("up");
    assert_eq!((info.persona, info.protocol), (Persona::Device, Some(4)));
    assert_eq!(info.state_dir.as_deref(), Some("/state"));
    // Not reported by this gateway, so those asked for.
    assert!(info.has_scope("operator.write") && info.scopes.len() == 4);
}

#[tokio::test]
async fn a_gateway_without_challenge_gets_a_v1_signature() {
    let gateway = Gateway::start(|mut peer| async move {
        let Some(request) = peer.connect().await else { return };
        peer.answer(&request, json!({"type": "hello-ok"})).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options().identity(device())).await.expect("connects");
    let connect = gateway.connects().remove(0);
    assert!(connect["device"].get("nonce").is_none());
    assert!(signature_is_valid(&connect, "v1", ""));
    let info = client.info().expect("a hello without any facts is enough");
    assert_eq!((info.protocol, info.version(), info.max_payload), (None, None, None));
}

#[tokio::test]
async fn a_v3_signature_falls_back_to_v2_on_gateways_that_do_not_know_it() {
    let gateway = Gateway::start(|mut peer| async move {
        if peer.number == 1 {
            let error = json!({"code": "INVALID_REQUEST", "message": "device signature invalid"});
            return peer.refuse(error).await;
        }
        peer.accept().await;
        peer.until_gone().await;
    })
    .await;
    let options = gateway.options().identity(device()).signature(SignatureVersion::V3);
    let client = Client::connect(options).await.expect("connects");
    let connects = gateway.connects();
    let platform = connects[0]["client"]["platform"].as_str().expect("a platform");
    assert!(signature_is_valid(&connects[0], "v3", &format!("|{NONCE}|{platform}|")));
    assert!(signature_is_valid(&connects[1], "v2", &format!("|{NONCE}")));
    assert_eq!(client.info().expect("up").persona, Persona::Device);
}

#[tokio::test]
async fn pairing_names_the_request_and_comes_up_once_approved() {
    let gateway = Gateway::start(|mut peer| async move {
        if peer.number == 1 {
            return peer.refuse(pairing("r-1")).await;
        }
        let mut hello = hello();
        hello["auth"] = json!({"role": "operator", "scopes": ["operator.read"], "deviceToken": "dev-tok"});
        peer.accept_with(hello).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::open(gateway.options().identity(device()));
    let mut state = client.watch();
    let down = state.wait_for(|s| matches!(s, LinkState::Down { .. })).await.expect("open").clone();
    let LinkState::Down { error, retry_in } = down else { panic!("{down:?}") };
    let refusal = error.refusal().expect("a refusal");
    assert_eq!(refusal.kind, RefusalKind::PairingRequired);
    assert_eq!(refusal.approve_command().as_deref(), Some("openclaw devices approve r-1"));
    assert_eq!(error.to_string(), "pairing required (pairing request r-1)");
    assert!(error.remedy().expect("a remedy").contains("openclaw devices approve r-1"));
    assert!(retry_in.as_secs() >= 5, "{retry_in:?}");
    // A call does not wait for an operator.
    assert_eq!(client.ask(&GetHealth {}).await.expect_err("refused"), error);

    client.retry_now();
    let connected = client.watch();
    let mut connected = connected;
    connected.wait_for(|s| matches!(s, LinkState::Connected(_))).await.expect("open");
    let info = client.info().expect("up");
    assert_eq!(info.device_token.as_ref().expect("a token").expose_secret(), "dev-tok");
    assert!(!info.has_scope("operator.admin"));
}

#[tokio::test]
async fn the_device_token_stands_in_for_a_rotated_shared_token() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.challenge().await;
        let Some(request) = peer.connect().await else { return };
        if request["params"]["auth"]["token"] == "dev-tok" {
            peer.answer(&request, hello()).await;
        } else {
            let details = json!({"code": "AUTH_TOKEN_MISMATCH", "canRetryWithDeviceToken": true});
            let error = json!({"code": "INVALID_REQUEST", "message": "unauthorized", "details": details});
            peer.fail(&request, error).await;
        }
        peer.until_gone().await;
    })
    .await;
    let options = gateway.options().identity(device()).device_token("dev-tok");
    Client::connect(options).await.expect("connects by the device token");
    assert_eq!(gateway.connects().len(), 2);

    let alone = ConnectOptions::new(&gateway.url).expect("valid").identity(device()).device_token("dev-tok");
    Client::connect(alone).await.expect("connects without any shared token");
    assert_eq!(gateway.connects().len(), 3);
    assert!(signature_is_valid(&gateway.connects()[2], "v2", &format!("|{NONCE}")));

    let stale = ConnectOptions::new(&gateway.url).expect("valid").identity(device()).device_token("old");
    let error = Client::connect(stale).await.expect_err("refused");
    assert_eq!(error.refusal().expect("a refusal").kind, RefusalKind::DeviceTokenMismatch);
}

#[tokio::test]
async fn without_pairing_the_control_ui_comes_first_with_its_origin() {
    let gateway = welcoming().await;
    let options = gateway.options().identity(device()).mode(ConnectMode::WithoutPairing);
    let client = Client::connect(options).await.expect("connects");
    let connect = gateway.connects().remove(0);
    assert_eq!(
        (&connect["client"]["id"], &connect["client"]["mode"]),
        (&json!("openclaw-control-ui"), &json!("ui"))
    );
    assert!(connect.get("device").is_none());
    let origin = gateway.url.replace("ws://", "http://");
    assert_eq!(gateway.log.lock().expect("log").origins, [Some(origin)]);
    assert_eq!(client.info().expect("up").persona, Persona::ControlUi);
}

/// A new gateway: no control UI without a device, and no rights for a client from elsewhere.
async fn new_gateway(loopback: bool) -> Gateway {
    Gateway::start(move |mut peer| async move {
        peer.challenge().await;
        let Some(request) = peer.connect().await else { return };
        let params = &request["params"];
        if params["client"]["id"] == "openclaw-control-ui" {
            let details = json!({"code": "CONTROL_UI_DEVICE_IDENTITY_REQUIRED"});
            let message = "control ui requires device identity (use HTTPS or localhost secure context)";
            let error = json!({"code": "NOT_PAIRED", "message": message, "details": details});
            peer.fail(&request, error).await;
        } else if params.get("device").is_some() {
            peer.fail(&request, pairing("r-9")).await;
        } else {
            let mut hello = hello();
            let scopes = if loopback { params["scopes"].clone() } else { json!([]) };
            hello["auth"] = json!({"role": "operator", "scopes": scopes});
            peer.answer(&request, hello).await;
        }
        peer.until_gone().await;
    })
    .await
}

#[tokio::test]
async fn without_pairing_a_new_gateway_on_loopback_takes_a_client_without_device() {
    let gateway = new_gateway(true).await;
    let options = gateway.options().identity(device()).mode(ConnectMode::WithoutPairing);
    let client = Client::connect(options).await.expect("connects");
    assert_eq!(client.info().expect("up").persona, Persona::Deviceless);
    assert_eq!(gateway.connects().len(), 2);
}

#[tokio::test]
async fn without_pairing_a_new_gateway_elsewhere_ends_in_a_pairing_request() {
    let gateway = new_gateway(false).await;
    let options = gateway.options().identity(device()).mode(ConnectMode::WithoutPairing);
    let error = Client::connect(options).await.expect_err("needs approval");
    assert_eq!(error.refusal().expect("a refusal").request_id.as_deref(), Some("r-9"));
    assert_eq!(gateway.connects().len(), 3);
}

#[tokio::test]
async fn what_worked_is_tried_first_after_a_loss() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.challenge().await;
        let Some(request) = peer.connect().await else { return };
        if request["params"]["client"]["id"] == "openclaw-control-ui" {
            let error =
                json!({"code": "INVALID_REQUEST", "message": "origin not allowed (open the Control UI)"});
            return peer.fail(&request, error).await;
        }
        peer.answer(&request, hello()).await;
        if peer.number == 2 {
            return peer.close(1012, "service restart").await;
        }
        peer.serve(|_| json!({"ok": true})).await;
    })
    .await;
    let client = Client::open(gateway.options().mode(ConnectMode::WithoutPairing));
    let mut state = client.watch();
    let is_third = |s: &LinkState| matches!(s, LinkState::Connected(_));
    state.wait_for(is_third).await.expect("up");
    client.wait_stable(std::time::Duration::from_secs(5)).await.expect("stable");
    let ids: Vec<_> = gateway.connects().iter().map(|c| c["client"]["id"].clone()).collect();
    assert_eq!(ids, ["openclaw-control-ui", "gateway-client", "gateway-client"]);
}

#[tokio::test]
async fn no_secret_shows_in_debug_texts_and_errors() {
    let gateway = Gateway::start(|mut peer| async move {
        let mut hello = hello();
        hello["auth"] = json!({"role": "operator", "scopes": [], "deviceToken": "dev-tok"});
        peer.accept_with(hello).await;
        peer.close(1012, "service restart").await;
    })
    .await;
    let options = gateway.options().password("pass-word").identity(device());
    let shown = format!("{options:?}");
    let client = Client::connect(options).await.expect("connects");
    let info = client.info();
    let shown = format!("{shown} {client:?} {info:?} {:?} {:?}", client.events(), client.state());
    for secret in ["s3cret-token", "pass-word", "dev-tok", &hex::encode([7u8; 32])] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn a_probe_tells_version_scopes_and_state_directory_and_leaves() {
    let (left, mut gone) = tokio::sync::mpsc::channel(1);
    let gateway = Gateway::start(move |mut peer| {
        let left = left.clone();
        async move {
            let mut hello = hello();
            hello["server"]["version"] = json!("dev");
            peer.accept_with(hello).await;
            peer.serve(|_| json!({"config": {"meta": {"lastTouchedVersion": "2026.3.2"}}, "hash": "h"}))
                .await;
            let _ = left.send(()).await;
        }
    })
    .await;
    let seen = probe(gateway.options()).await.expect("a probe");
    assert_eq!(seen.version.expect("a version").to_string(), "2026.3.2");
    assert_eq!(seen.server_version.as_deref(), Some("dev"));
    assert_eq!((seen.protocol, seen.state_dir.as_deref()), (Some(4), Some("/state")));
    assert_eq!(seen.methods, ["health"]);
    gone.recv().await.expect("the connection is closed");
}

#[tokio::test]
async fn a_probe_of_nothing_fails_at_once_with_a_remedy() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = probe(options(&url)).await.expect_err("nobody there");
    assert!(matches!(error, GatewayError::Transport { .. }), "{error:?}");
    assert!(error.is_transient() && error.remedy().is_some());
}
