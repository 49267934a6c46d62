use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use mission_control_simulator::{GatewayProfile, Pairing, Simulator, SimulatorConfig};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Client, connect_params, message, simulator};

#[tokio::test]
async fn a_client_with_the_token_gets_hello_ok_with_version_state_dir_and_methods() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::open(&simulator.url()).await;

    let hello = client.call("connect", connect_params(simulator.token())).await.unwrap();

    assert_eq!(hello["type"], "hello-ok");
    assert_eq!(hello["protocol"], 4);
    assert_eq!(hello["server"]["version"], "2026.9.6");
    assert_eq!(hello["snapshot"]["stateDir"], "/home/operator/.openclaw");
    assert!(hello["features"]["methods"].as_array().unwrap().contains(&json!("chat.send")));
    assert_eq!(hello["auth"]["role"], "operator");
    simulator.shutdown().await;
}

#[tokio::test]
async fn the_old_generation_speaks_protocol_3_and_says_nothing_of_the_grant() {
    let simulator = simulator(GatewayProfile::old()).await;
    let mut client = Client::open(&simulator.url()).await;

    let hello = client.call("connect", connect_params(simulator.token())).await.unwrap();

    assert_eq!(hello["protocol"], 3);
    assert!(hello.get("auth").is_none());
    assert!(hello.get("canvasHostUrl").is_some());
}

/// Connects with changed parameters and returns the error and the close code.
async fn refused(simulator: &Simulator, change: impl FnOnce(&mut Value)) -> (Value, Option<u16>) {
    let mut client = Client::open(&simulator.url()).await;
    let mut params = connect_params(simulator.token());
    change(&mut params);
    let error = client.call("connect", params).await.unwrap_err();
    (error, client.until_closed().await.1)
}

#[tokio::test]
async fn a_wrong_token_is_refused_with_1008() {
    let simulator = simulator(GatewayProfile::modern()).await;

    let (error, close) = refused(&simulator, |params| params["auth"]["token"] = json!("wrong")).await;

    assert_eq!(message(&error), "unauthorized: gateway token mismatch (provide gateway auth token)");
    assert_eq!(error["details"]["code"], "AUTH_TOKEN_MISMATCH");
    assert_eq!(close, Some(1008));
}

#[tokio::test]
async fn no_token_and_no_device_needs_a_device_identity() {
    let simulator = simulator(GatewayProfile::old()).await;

    let (error, close) = refused(&simulator, |params| params["auth"] = json!({})).await;

    assert_eq!(error["code"], "NOT_PAIRED");
    assert_eq!(error["details"]["code"], "DEVICE_IDENTITY_REQUIRED");
    assert_eq!(close, Some(1008));
}

#[tokio::test]
async fn a_protocol_range_that_misses_is_refused_with_1002() {
    let modern = simulator(GatewayProfile::modern()).await;
    let (error, close) = refused(&modern, |params| params["maxProtocol"] = json!(3)).await;
    assert_eq!(message(&error), "protocol mismatch");
    assert_eq!(error["details"]["expectedProtocol"], 4);
    assert_eq!(error["details"]["clientMaxProtocol"], 3);
    assert_eq!(close, Some(1002));

    let old = simulator(GatewayProfile::old()).await;
    let (error, close) = refused(&old, |params| params["minProtocol"] = json!(4)).await;
    assert_eq!(error["details"], json!({"expectedProtocol": 3}));
    assert_eq!(close, Some(1002));
}

#[tokio::test]
async fn connect_parameters_are_closed() {
    let simulator = simulator(GatewayProfile::modern()).await;

    let (error, _) = refused(&simulator, |params| params["product"] = json!("x")).await;
    assert_eq!(message(&error), "invalid connect params: at root: unexpected property 'product'");

    let (error, close) =
        refused(&simulator, |params| params["client"]["id"] = json!("mission-control")).await;
    assert_eq!(
        message(&error),
        "invalid connect params: at /client/id: must be equal to one of the allowed values"
    );
    assert_eq!(close, Some(1008));
}

/// A device that signs with the second payload version.
struct TestDevice(SigningKey);

impl TestDevice {
    fn new() -> Self {
        Self(SigningKey::from_bytes(&[7; 32]))
    }

    fn params(&self, client: &Client, token: &str) -> Value {
        let mut params = connect_params(Some(token));
        let public = self.0.verifying_key().to_bytes();
        let id = hex::encode(Sha256::digest(public));
        let scopes: Vec<&str> =
            params["scopes"].as_array().unwrap().iter().map(|scope| scope.as_str().unwrap()).collect();
        let text = format!(
            "v2|{id}|gateway-client|backend|operator|{}|{}|{token}|{}",
            scopes.join(","),
            client.challenge_ts,
            client.nonce
        );
        let signature = self.0.sign(text.as_bytes());
        params["device"] = json!({
            "id": id, "publicKey": URL_SAFE_NO_PAD.encode(public), "nonce": client.nonce,
            "signature": URL_SAFE_NO_PAD.encode(signature.to_bytes()), "signedAt": client.challenge_ts,
        });
        params
    }
}

#[tokio::test]
async fn a_signature_over_another_nonce_or_text_is_refused() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let device = TestDevice::new();

    let mut client = Client::open(&simulator.url()).await;
    let mut params = device.params(&client, simulator.token().unwrap());
    params["device"]["nonce"] = json!("another");
    let error = client.call("connect", params).await.unwrap_err();
    assert_eq!(error["details"]["reason"], "device-nonce-mismatch");

    let mut client = Client::open(&simulator.url()).await;
    let mut params = device.params(&client, simulator.token().unwrap());
    params["role"] = json!("node");
    let error = client.call("connect", params).await.unwrap_err();
    assert_eq!(message(&error), "device signature invalid");

    let mut client = Client::open(&simulator.url()).await;
    let params = device.params(&client, simulator.token().unwrap());
    client.call("connect", params).await.unwrap();
}

#[tokio::test]
async fn a_new_device_waits_for_its_approval_then_gets_a_token_that_replaces_the_shared_one() {
    let simulator =
        Simulator::start(SimulatorConfig { pairing: Pairing::Required, ..SimulatorConfig::default() })
            .await
            .unwrap();
    let device = TestDevice::new();
    let shared = simulator.token().unwrap();

    let mut request_ids = Vec::new();
    for _ in 0..2 {
        let mut client = Client::open(&simulator.url()).await;
        let params = device.params(&client, shared);
        let error = client.call("connect", params).await.unwrap_err();
        assert_eq!(error["code"], "NOT_PAIRED");
        assert_eq!(error["details"]["code"], "PAIRING_REQUIRED");
        request_ids.push(error["details"]["requestId"].as_str().unwrap().to_owned());
    }
    assert_eq!(request_ids[0], request_ids[1], "a retry keeps its request");
    assert_eq!(simulator.pending_devices(), [request_ids[0].clone()]);
    assert!(simulator.approve_device(&request_ids[0]));

    let mut client = Client::open(&simulator.url()).await;
    let params = device.params(&client, shared);
    let hello = client.call("connect", params).await.unwrap();
    let token = hello["auth"]["deviceToken"].as_str().unwrap();

    let mut client = Client::open(&simulator.url()).await;
    let params = device.params(&client, token);
    client.call("connect", params).await.unwrap();
}

#[tokio::test]
async fn a_remote_client_without_a_device_connects_to_a_new_gateway_without_any_scope() {
    let simulator =
        Simulator::start(SimulatorConfig { pairing: Pairing::Required, ..SimulatorConfig::default() })
            .await
            .unwrap();
    let mut client = Client::connect(&simulator).await;

    client.call("health", json!({})).await.unwrap();
    let error = client.call("agents.list", json!({})).await.unwrap_err();

    assert_eq!(error["code"], "FORBIDDEN");
    assert_eq!(error["details"]["missingScope"], "operator.read");
}

#[tokio::test]
async fn text_that_is_not_json_is_ignored_and_a_wrong_shape_is_answered() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;

    client.send_text("not json").await;
    client.send_text("{\"type\":\"nonsense\"}").await;
    let answer = client.answer("invalid").await;
    assert_eq!(answer["ok"], false);
    client.call("health", json!({})).await.unwrap();
}

#[tokio::test]
async fn unknown_methods_and_parameters_are_named_in_the_error() {
    let simulator = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&simulator).await;

    let error = client.call("nope.method", json!({})).await.unwrap_err();
    assert_eq!(message(&error), "unknown method: nope.method");

    let error = client.call("models.list", json!({"view": "configured"})).await.unwrap_err();
    assert_eq!(message(&error), "invalid models.list params: at root: unexpected property 'view'");

    let error = client.call("agents.files.list", json!({})).await.unwrap_err();
    assert_eq!(message(&error), "invalid agents.files.list params: must have required property 'agentId'");
}
