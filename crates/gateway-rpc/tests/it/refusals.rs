//! Every refusal of the protocol's table, recorded or in its wording.

use mission_control_gateway_rpc::{Client, GatewayError, GetHealth, LinkState, RefusalKind};
use rstest::rstest;
use serde_json::json;

use crate::support::Gateway;

#[rstest]
#[case::no_token(
    "INVALID_REQUEST",
    "unauthorized: gateway token missing (provide gateway auth token)",
    "AUTH_TOKEN_MISSING",
    RefusalKind::TokenMissing
)]
#[case::no_token_before_details(
    "INVALID_REQUEST",
    "unauthorized: gateway token missing (provide gateway auth token)",
    "",
    RefusalKind::TokenMissing
)]
#[case::wrong_token(
    "INVALID_REQUEST",
    "unauthorized: gateway token mismatch (provide gateway auth token)",
    "AUTH_TOKEN_MISMATCH",
    RefusalKind::TokenMismatch
)]
#[case::wrong_token_before_details(
    "AUTH",
    "unauthorized: gateway token mismatch",
    "",
    RefusalKind::TokenMismatch
)]
#[case::token_not_configured(
    "INVALID_REQUEST",
    "unauthorized",
    "AUTH_TOKEN_NOT_CONFIGURED",
    RefusalKind::TokenNotConfigured
)]
#[case::password_missing(
    "INVALID_REQUEST",
    "unauthorized",
    "AUTH_PASSWORD_MISSING",
    RefusalKind::PasswordMissing
)]
#[case::password_mismatch(
    "INVALID_REQUEST",
    "unauthorized",
    "AUTH_PASSWORD_MISMATCH",
    RefusalKind::PasswordMismatch
)]
#[case::device_token(
    "INVALID_REQUEST",
    "unauthorized",
    "AUTH_DEVICE_TOKEN_MISMATCH",
    RefusalKind::DeviceTokenMismatch
)]
#[case::scopes("INVALID_REQUEST", "unauthorized", "AUTH_SCOPE_MISMATCH", RefusalKind::ScopeMismatch)]
#[case::too_many(
    "INVALID_REQUEST",
    "unauthorized: too many failed authentication attempts (retry later)",
    "AUTH_RATE_LIMITED",
    RefusalKind::RateLimited
)]
#[case::no_device(
    "NOT_PAIRED",
    "device identity required",
    "DEVICE_IDENTITY_REQUIRED",
    RefusalKind::DeviceIdentityRequired
)]
#[case::control_ui(
    "NOT_PAIRED",
    "control ui requires device identity",
    "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
    RefusalKind::DeviceIdentityRequired
)]
#[case::control_ui_in_2026_2(
    "INVALID_REQUEST",
    "control ui requires HTTPS or localhost (secure context)",
    "",
    RefusalKind::DeviceIdentityRequired
)]
#[case::origin(
    "INVALID_REQUEST",
    "origin not allowed (open the Control UI from the gateway host)",
    "CONTROL_UI_ORIGIN_NOT_ALLOWED",
    RefusalKind::OriginNotAllowed
)]
#[case::unpaired(
    "NOT_PAIRED",
    "pairing required: device is not approved yet",
    "PAIRING_REQUIRED",
    RefusalKind::PairingRequired
)]
#[case::signature(
    "INVALID_REQUEST",
    "device signature invalid",
    "DEVICE_AUTH_SIGNATURE_INVALID",
    RefusalKind::DeviceSignature
)]
#[case::expired(
    "INVALID_REQUEST",
    "device signature expired",
    "DEVICE_AUTH_SIGNATURE_EXPIRED",
    RefusalKind::DeviceSignatureExpired
)]
#[case::identity("INVALID_REQUEST", "device identity mismatch", "", RefusalKind::DeviceSignature)]
#[case::protocol("INVALID_REQUEST", "protocol mismatch", "PROTOCOL_MISMATCH", RefusalKind::ProtocolMismatch)]
#[case::connect_frame(
    "INVALID_REQUEST",
    "invalid connect params: at /client/id: must be equal to constant",
    "",
    RefusalKind::InvalidConnect
)]
#[case::unknown("INVALID_REQUEST", "the moon is in the wrong house", "", RefusalKind::Other)]
#[tokio::test]
async fn a_refusal_that_time_does_not_cure_is_named_explained_and_not_repeated_fast(
    #[case] code: &'static str,
    #[case] message: &'static str,
    #[case] detail: &'static str,
    #[case] kind: RefusalKind,
) {
    let details = if detail.is_empty() { json!(null) } else { json!({"code": detail}) };
    let error = json!({"code": code, "message": message, "details": details});
    let gateway = Gateway::start(move |mut peer| {
        let error = error.clone();
        async move { peer.refuse(error).await }
    })
    .await;
    let client = Client::open(gateway.options());
    let mut state = client.watch();
    let down = state.wait_for(|s| matches!(s, LinkState::Down { .. })).await.expect("open").clone();
    let LinkState::Down { error, retry_in } = down else { panic!("{down:?}") };
    assert_eq!(error.refusal().expect("a refusal").kind, kind);
    assert_eq!(error.code(), kind.code());
    assert_eq!(error.to_string(), message);
    assert!(!error.is_transient());
    assert!(error.remedy().is_some_and(|remedy| remedy.len() > 20 && remedy.ends_with('.')));
    assert!(retry_in.as_secs() >= 5, "{retry_in:?}");
    assert_eq!(client.ask(&GetHealth {}).await.expect_err("refused"), error);
    // Who misses a password is given the token as one, once.
    let attempts = if kind == RefusalKind::PasswordMissing { 2 } else { 1 };
    assert_eq!(gateway.connects().len(), attempts);
}

#[tokio::test]
async fn a_gateway_that_misses_a_password_gets_the_token_as_one_and_again_when_it_comes_back() {
    let gateway = Gateway::start(|mut peer| async move {
        match peer.number {
            1 => {
                let details = json!({"code": "AUTH_PASSWORD_MISSING"});
                peer.refuse(
                    json!({"code": "INVALID_REQUEST", "message": "unauthorized", "details": details}),
                )
                .await;
            }
            2 => {
                peer.accept().await;
                peer.close(1012, "service restart").await;
            }
            _ => {
                peer.accept().await;
                peer.until_gone().await;
            }
        }
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    client.wait_stable(std::time::Duration::from_secs(10)).await.expect("stable");
    let connects = gateway.connects();
    assert_eq!(connects.len(), 3);
    assert_eq!(connects[0]["auth"].get("password"), None);
    for connect in &connects[1..] {
        assert_eq!(connect["auth"]["password"], connect["auth"]["token"]);
    }
}

#[tokio::test]
async fn a_gateway_that_only_closes_is_understood_by_its_reason() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.challenge().await;
        peer.connect().await;
        peer.close(1008, "unauthorized: gateway token mismatch (provide gateway auth token)").await;
    })
    .await;
    let error = Client::connect(gateway.options()).await.expect_err("refused");
    assert_eq!(error.refusal().expect("a refusal").kind, RefusalKind::TokenMismatch);
}

#[rstest]
#[case(503, "", true)]
#[case(429, "", true)]
#[case(403, r#"{"error":"proxy_attribution_required"}"#, false)]
#[case(404, "<html>", false)]
#[tokio::test]
async fn a_plain_http_answer_is_told_by_its_status(
    #[case] status: u16,
    #[case] body: &'static str,
    #[case] transient: bool,
) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((mut tcp, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = tcp.read(&mut request).await;
            let head = format!("HTTP/1.1 {status} No\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            let _ = tcp.write_all(head.as_bytes()).await;
        }
    });
    let error = Client::connect(crate::support::options(&url)).await.expect_err("no WebSocket");
    assert!(
        matches!(error, GatewayError::UpgradeRefused { status: seen, .. } if seen == status),
        "{error:?}"
    );
    assert_eq!(error.is_transient(), transient);
    let remedy = error.remedy().expect("a remedy");
    assert_eq!(remedy.contains("trustedProxies"), status == 403, "{remedy}");
}
