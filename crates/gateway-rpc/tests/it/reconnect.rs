//! Losing the connection and getting it back.

use std::time::Duration;

use mission_control_gateway_rpc::{Client, GatewayError, GetHealth, LinkState, Signal, Timing};
use serde_json::json;
use tungstenite::Message;

use crate::support::{Gateway, hello, timing};

#[tokio::test]
async fn a_restart_fails_the_call_in_flight_and_serves_the_next_one() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        if peer.number == 1 {
            peer.request().await;
            peer.event("shutdown", json!({"reason": "gateway restarting", "restartExpectedMs": 1500})).await;
            return peer.close(1012, "service restart").await;
        }
        peer.serve(|_| json!({"ok": true})).await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let mut events = client.events();
    let error = client.call("config.patch", json!({})).await.expect_err("lost");
    assert_eq!(error, GatewayError::Closed { code: 1012, reason: "service restart".to_owned() });
    assert!(error.is_transient());
    assert!(client.ask(&GetHealth {}).await.expect("the next connection serves").ok);
    assert!(matches!(events.next().await, Some(Signal::Event(e)) if e.name == "shutdown"));
    assert!(matches!(events.next().await, Some(Signal::Down(GatewayError::Closed { code: 1012, .. }))));
    assert!(matches!(events.next().await, Some(Signal::Up(info)) if info.conn_id.as_deref() == Some("c2")));
}

#[tokio::test]
async fn a_gateway_that_stops_ticking_counts_as_dead() {
    let gateway = Gateway::start(|mut peer| async move {
        let mut hello = hello();
        hello["policy"]["tickIntervalMs"] = json!(50);
        hello["server"]["connId"] = json!(format!("c{}", peer.number));
        peer.accept_with(hello).await;
        if peer.number == 1 {
            // Hears pings and would answer them, but ticks no more.
            return peer.until_gone().await;
        }
        while peer.request().await.is_some() {}
    })
    .await;
    let clock = Timing { silence: Duration::from_millis(200), ..timing() };
    let client = Client::connect(gateway.options().timing(clock)).await.expect("connects");
    let mut events = client.events();
    let down = loop {
        if let Signal::Down(error) = events.next().await.expect("open") {
            break error;
        }
    };
    assert!(matches!(down, GatewayError::Closed { code: 4000, .. }), "{down:?}");
    assert!(matches!(events.next().await, Some(Signal::Up(info)) if info.conn_id.as_deref() == Some("c2")));
}

#[tokio::test]
async fn a_gateway_that_never_ticks_is_pinged_and_kept() {
    let (pinged, mut pings) = tokio::sync::mpsc::channel(16);
    let gateway = Gateway::start(move |mut peer| {
        let pinged = pinged.clone();
        async move {
            peer.accept_with(json!({"type": "hello-ok", "protocol": 3})).await;
            while let Some(message) = peer.message().await {
                if matches!(message, Message::Ping(_)) {
                    let _ = pinged.send(peer.number).await;
                }
            }
        }
    })
    .await;
    // On a busy machine an answer to a ping may take its time.
    let clock = Timing { silence: Duration::from_secs(2), ..timing() };
    let client = Client::connect(gateway.options().timing(clock)).await.expect("connects");
    for _ in 0..3 {
        assert_eq!(pings.recv().await, Some(1));
    }
    assert!(client.info().is_some());
    assert_eq!(gateway.connects().len(), 1);
}

#[tokio::test]
async fn a_socket_that_says_nothing_ends_the_attempt_at_its_deadline() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    let clock = Timing { connect: Duration::from_millis(100), ..timing() };
    let error = Client::connect(crate::support::options(&url).timing(clock)).await.expect_err("silence");
    assert!(matches!(error, GatewayError::Timeout { .. }), "{error:?}");
    assert!(error.is_transient());
}

#[tokio::test]
async fn stable_means_up_without_a_break_since_asked() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        if peer.number < 3 {
            let Some(request) = peer.request().await else { return };
            peer.answer(&request, json!({"restart": {"delayMs": 10}})).await;
            return peer.close(1012, "service restart").await;
        }
        peer.serve(|_| json!({"ok": true})).await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let waiting = client.clone();
    let stable = tokio::spawn(async move { waiting.wait_stable(Duration::from_secs(10)).await });
    let mut events = client.events();
    for _ in 0..2 {
        client.call("config.patch", json!({})).await.expect("answered before the restart");
        while !matches!(events.next().await, Some(Signal::Up(_))) {}
    }
    let info = stable.await.expect("no panic").expect("stable in the end");
    assert_eq!(info.conn_id.as_deref(), Some("c3"));
}

#[tokio::test]
async fn stable_is_not_promised_of_a_gateway_that_stays_away() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = Client::open(crate::support::options(&url));
    let error = client.wait_stable(Duration::from_millis(200)).await.expect_err("away");
    let GatewayError::NotConnected { cause: Some(cause) } = &error else { panic!("{error:?}") };
    assert!(matches!(**cause, GatewayError::Transport { .. }), "{cause:?}");
    assert!(error.is_transient() && error.code() == "gateway_unreachable");
}

#[tokio::test]
async fn dropping_the_last_clone_closes_the_connection_politely() {
    let (closed, mut codes) = tokio::sync::mpsc::channel(1);
    let gateway = Gateway::start(move |mut peer| {
        let closed = closed.clone();
        async move {
            peer.accept().await;
            while let Some(message) = peer.message().await {
                if let Message::Close(frame) = message {
                    let _ = closed.send(frame.map(|f| u16::from(f.code))).await;
                }
            }
        }
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let clone = client.clone();
    let mut events = client.events();
    drop(client);
    assert!(clone.info().is_some());
    drop(clone);
    assert_eq!(codes.recv().await, Some(Some(1000)));
    assert!(matches!(events.next().await, Some(Signal::Down(GatewayError::Stopped)) | None));
}

#[tokio::test]
async fn a_closed_client_says_so() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    client.close();
    let mut state = client.watch();
    state.wait_for(|s| matches!(s, LinkState::Stopped)).await.expect("the last state stays readable");
    assert_eq!(client.ask(&GetHealth {}).await.expect_err("closed"), GatewayError::Stopped);
    assert!(client.events().next().await.is_none());
}
