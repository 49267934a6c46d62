//! A peer may say anything of any length; what is taken of it is bounded.

use std::time::Duration;

use mission_control_gateway_rpc::{Client, GatewayError, Signal};
use serde_json::json;

use crate::support::{Gateway, hello};

const MIB: usize = 1 << 20;

#[tokio::test]
async fn a_long_refusal_is_told_in_short() {
    let error = json!({"code": "X".repeat(MIB), "message": "n".repeat(2 * MIB), "details": {"code": "Y".repeat(MIB / 2)}});
    let gateway = Gateway::start(move |mut peer| {
        let error = error.clone();
        async move {
            peer.challenge().await;
            let Some(request) = peer.connect().await else { return };
            peer.fail(&request, error).await;
            peer.until_gone().await;
        }
    })
    .await;
    let error = Client::connect(gateway.options()).await.unwrap_err();
    assert!(matches!(error, GatewayError::Refused(_)), "{error:.100}");
    assert!(format!("{error:?}").len() < 4_096 && error.to_string().len() < 2_048);
}

#[tokio::test]
async fn whoever_says_too_much_before_accepting_is_left() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.challenge().await;
        let Some(request) = peer.connect().await else { return };
        peer.fail(&request, json!({"message": "n".repeat(20 * MIB)})).await;
        peer.until_gone().await;
    })
    .await;
    let error = Client::connect(gateway.options()).await.unwrap_err();
    assert!(error.to_string().contains("more than 4 MiB before it accepted"), "{:.300}", error.to_string());
}

#[tokio::test]
async fn an_accepted_gateway_is_heard_at_length_and_its_words_are_cut() {
    let gateway = Gateway::start(|mut peer| async move {
        let mut hello = hello();
        hello["server"]["version"] = json!("2026.9.6-".to_owned() + &"v".repeat(MIB));
        peer.accept_with(hello).await;
        let Some(request) = peer.request().await else { return };
        peer.event("chat", json!({"message": "m".repeat(MIB), "many": vec![0; 100_000]})).await;
        peer.answer(&request, json!({"content": "c".repeat(6 * MIB)})).await;
        let Some(request) = peer.request().await else { return };
        peer.fail(&request, json!({"code": "FAILED", "message": "m".repeat(5 * MIB)})).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.unwrap();
    let mut events = client.events();
    let connected = client.connected(Duration::from_secs(10)).await.unwrap();
    assert_eq!(connected.server_version.as_deref().map(str::len), Some(64));
    let answer = client.call("any", json!({})).await.unwrap();
    assert_eq!(answer["content"].as_str().map(str::len), Some(6 * MIB));
    let event = loop {
        if let Signal::Event(event) = events.next().await.unwrap() {
            break event;
        }
    };
    assert_eq!(event.payload["message"].as_str().map(str::len), Some(4_096));
    assert_eq!(event.payload["many"].as_array().map(Vec::len), Some(200));
    let error = client.call("any", json!({})).await.unwrap_err();
    assert!(error.to_string().len() < 2_048 && error.rpc().is_some());
}
