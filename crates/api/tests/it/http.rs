use std::time::Duration;

use mission_control_core::limits::STRANGERS_BODIES_OF_ADDRESS;
use mission_control_testkit::client::Answer;
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use reqwest::Method;
use rstest::rstest;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::server::{Server, plain_client};

async fn server() -> Server {
    Server::start_with(Backend::Sqlite, &[("CORS_ORIGINS", "http://localhost:3000")]).await
}

fn is_generated_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn assert_error(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.body["code"], code);
    assert!(answer.body["detail"].is_string());
    assert_eq!(answer.body["request_id"].as_str(), answer.header("x-request-id"));
}

const PATIENCE: Duration = Duration::from_secs(30);

fn address_of(server: &Server) -> &str {
    server.base_url.trim_start_matches("http://")
}

/// Sends the head of a request and so much of its body, and holds on to the connection.
async fn half_sent(server: &Server, path: &str, credential: &str, length: usize, sent: usize) -> TcpStream {
    let mut connection = TcpStream::connect(address_of(server)).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{credential}\r\n",
        address_of(server)
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    // A server that refuses it does not read to the end.
    drop(connection.write_all(&vec![b' '; sent]).await);
    connection
}

/// The first line of an answer, should there be one.
async fn status_line(connection: &mut TcpStream) -> String {
    let mut answer = [0; 64];
    let count = connection.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..count]).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_send_so_much_at_a_time_and_hold_up_nobody_who_is_known() {
    let server = Server::start(Backend::Sqlite).await;
    server.stranger().get("/readyz").expect(200).await;
    let size = 1 << 20;
    let mut held = Vec::new();
    let refused = wait_until("a refusal", PATIENCE, async || {
        held.push(half_sent(&server, "/api/v1/auth/session", "", size + 10, size).await);
        let mut small = half_sent(&server, "/api/v1/auth/session", "", 3_000, 2_999).await;
        timeout(Duration::from_secs(1), status_line(&mut small)).await.ok()
    })
    .await;
    assert!(held.len() >= STRANGERS_BODIES_OF_ADDRESS / size, "refused after {}", held.len());
    assert!(refused.contains("429"), "{refused}");
    let claimed = "Authorization: Bearer made-up\r\n";
    let mut stranger = half_sent(&server, "/api/v1/auth/session", claimed, 3_000, 2_999).await;
    assert!(status_line(&mut stranger).await.contains("429"));
    // Somebody who is known, at the same address, is served all the same.
    for nth in 0..5 {
        let description = "d".repeat(50_000);
        let tag = json!({ "name": format!("tag {nth}"), "description": description.get(..400) });
        server.user().post("/api/v1/tags", tag).expect(200).await;
        let task = json!({ "name": "x".repeat(300_000) });
        server.user().post("/api/v1/tags", task).expect(422).await;
    }
    drop(held);
    wait_until("room again", PATIENCE, async || {
        let answer = server
            .stranger()
            .post("/api/v1/auth/session", json!({ "token": "x".repeat(100_000) }))
            .send()
            .await;
        (answer.status != 429).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_path_is_a_404_in_the_shape_of_every_error() {
    let server = server().await;
    for path in ["/nope", "/api/v1", "/api/v1/nope", "/api/v1/users/me/nope"] {
        let answer = server.user().get(path).send().await;
        assert_error(&answer, 404, "not_found");
        assert!(is_generated_id(answer.header("x-request-id").unwrap()));
    }
}

#[rstest]
#[case(Method::PUT, "/api/v1/users/me", "DELETE, GET, PATCH")]
#[case(Method::DELETE, "/readyz", "GET")]
#[case(Method::POST, "/healthz", "GET")]
#[case(Method::OPTIONS, "/api/v1/auth/bootstrap", "GET, POST")]
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_method_is_a_405_that_lists_the_right_ones(
    #[case] method: Method,
    #[case] path: &str,
    #[case] allowed: &str,
) {
    let answer = server().await.user().call(method, path).send().await;
    assert_error(&answer, 405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some(allowed));
}

#[tokio::test(flavor = "multi_thread")]
async fn head_is_answered_like_any_method_that_is_not_served() {
    let answer = server().await.stranger().call(Method::HEAD, "/healthz").send().await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trailing_slash_redirects_and_keeps_the_query() {
    let server = server().await;
    let client = plain_client();
    let response =
        client.get(format!("{}/api/v1/organizations/me/?a=b%20c", server.base_url)).send().await.unwrap();
    assert_eq!(response.status(), 307);
    assert_eq!(response.headers()["location"], "/api/v1/organizations/me?a=b%20c");
    let response = client.get(format!("{}//example.com/", server.base_url)).send().await.unwrap();
    assert_eq!(response.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_id_is_taken_over_or_made_and_is_in_header_and_body() {
    let server = server().await;
    let taken = server.stranger().get("/api/v1/users/me").header("x-request-id", " my-req-1 ").send().await;
    assert_eq!(taken.header("x-request-id"), Some("my-req-1"));
    assert_eq!(taken.body["request_id"], "my-req-1");
    for unusable in [
        String::new(),
        "x".repeat(200),
        "<script>".to_owned(),
        "a b".to_owned(),
        "a\"b".to_owned(),
        "a;b".to_owned(),
    ] {
        let made = server.stranger().get("/healthz").header("x-request-id", &unusable).send().await;
        assert!(is_generated_id(made.header("x-request-id").unwrap()));
    }
}

/// Every path of the document with something in the place of its parameters, and those beside it.
fn paths() -> Vec<(Method, String)> {
    let document = serde_json::to_value(mission_control_api::openapi::document()).unwrap();
    let operations = document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let place = |part: &str| if part.starts_with('{') { "0" } else { part }.to_owned();
        let path = path.split('/').map(place).collect::<Vec<_>>().join("/");
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| (method.to_uppercase().parse().unwrap(), path.clone())).collect::<Vec<_>>()
    });
    let others =
        ["/", "/boards", "/nope", "/api/v1/nope", "/docs", "/docs/", "/openapi.json", "/docs/index.css"];
    operations.chain(others.map(|path| (Method::GET, path.to_owned()))).collect()
}

#[rstest]
#[case("http://mc.example.com", None)]
#[case("https://mc.example.com", Some("max-age=31536000"))]
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_every_route_has_the_security_headers(
    #[case] base_url: &str,
    #[case] transport: Option<&str>,
) {
    let variables = [("BASE_URL", base_url), ("SOULS_DIRECTORY_URL", "http://127.0.0.1:1")];
    let server = Server::start_with(Backend::Sqlite, &variables).await;
    let (client, token) = (plain_client(), crate::server::TOKEN);
    for (method, path) in paths() {
        for credential in ["", token] {
            let request = client.request(method.clone(), format!("{}{path}", server.base_url));
            let request = request.header("accept", "text/html, */*").bearer_auth(credential);
            // A stream has no end; its head is enough.
            let response = request.header("content-type", "application/json").send().await.unwrap();
            let header =
                |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            let at = format!("{method} {path} {}", response.status());
            assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{at}");
            assert_eq!(header("x-frame-options").as_deref(), Some("DENY"), "{at}");
            assert_eq!(header("referrer-policy").as_deref(), Some("strict-origin-when-cross-origin"), "{at}");
            assert_eq!(header("cross-origin-opener-policy").as_deref(), Some("same-origin"), "{at}");
            assert_eq!(header("cross-origin-resource-policy").as_deref(), Some("same-origin"), "{at}");
            assert_eq!(header("strict-transport-security").as_deref(), transport, "{at}");
            assert!(header("x-request-id").is_some(), "{at}");
            let policy = header("content-security-policy").unwrap_or_default();
            let kind = header("content-type").unwrap_or_default();
            if kind.starts_with("text/html") || path.starts_with("/api/") {
                assert!(
                    policy.contains("default-src 'none'") || policy.contains("default-src 'self'"),
                    "{at}: {policy}"
                );
                assert!(policy.contains("frame-ancestors 'none'"), "{at}: {policy}");
                assert!(
                    !policy.contains("script-src") || !policy.contains("'unsafe-eval'"),
                    "{at}: {policy}"
                );
            }
            if path.starts_with("/api/") || path == "/mcp" {
                let caching = header("cache-control").unwrap_or_default();
                assert!(caching.contains("no-store") || caching.contains("no-cache"), "{at}: {caching}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_with_secrets_are_stored_nowhere() {
    let server = server().await;
    let invite =
        server.user().post("/api/v1/organizations/me/invites", json!({"invited_email": "ada@example.com"}));
    let answer = invite.send().await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_tokens_are_counted_on_every_route_and_lock_no_right_one_out() {
    let server = Server::start_with(Backend::Sqlite, &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let guess = |n: u32, path: &str, from: &str| {
        let guesser = server.stranger().user(&format!("guess-{n}"));
        guesser.get(path).header("x-forwarded-for", from).send()
    };
    let paths = ["/api/v1/users/me", "/api/v1/boards", "/api/v1/agent/boards", "/api/v1/organizations/me"];
    for n in 0..20 {
        let answer = guess(n, paths[n as usize % paths.len()], "9.9.9.1").await;
        assert_eq!(answer.status, 401, "{n}");
    }
    for (n, path) in (100..).zip(paths) {
        let answer = guess(n, path, "9.9.9.1").await;
        assert_eq!((answer.status, answer.body["code"].as_str()), (429, Some("rate_limited")), "{path}");
        assert!(answer.header("retry-after").is_some(), "{path}");
    }
    assert_eq!(guess(200, paths[0], "9.9.9.2").await.status, 401, "others are not concerned");
    server.user().get(paths[0]).header("x-forwarded-for", "9.9.9.1").expect(200).await;
    assert_eq!(guess(300, paths[0], "2001:db8::1").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allowed_origin_may_read_answers_errors_included() {
    let server = server().await;
    for path in ["/healthz", "/api/v1/users/me", "/nope"] {
        let answer = server.stranger().get(path).header("origin", "http://localhost:3000").send().await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:3000"), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
        assert_eq!(answer.header("access-control-expose-headers"), Some("X-Total-Count, X-Limit, X-Offset"));
        assert!(answer.header("vary").unwrap().contains("Origin"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_origin_is_served_and_may_not_read() {
    let server = server().await;
    let answer = server.stranger().get("/healthz").header("origin", "http://evil.example").send().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preflight_grants_what_was_asked_to_allowed_origins_only() {
    let server = server().await;
    let preflight = |origin: &str| {
        server
            .stranger()
            .call(Method::OPTIONS, "/api/v1/users/me")
            .header("origin", origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "authorization,content-type")
            .send()
    };
    let granted = preflight("http://localhost:3000").await;
    assert_eq!(granted.status, 200);
    assert!(granted.header("access-control-allow-methods").unwrap().contains("PATCH"));
    assert_eq!(granted.header("access-control-allow-headers"), Some("authorization,content-type"));
    assert_eq!(granted.header("access-control-max-age"), Some("600"));
    let refused = preflight("http://evil.example").await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.header("access-control-allow-origin"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_origin_is_granted_without_credentials() {
    let server = Server::start_with(Backend::Sqlite, &[("CORS_ORIGINS", "*")]).await;
    let answer = server.stranger().get("/healthz").header("origin", "http://any.example").send().await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_beyond_the_limit_is_a_413() {
    let server = Server::start_with(Backend::Sqlite, &[("REQUEST_MAX_BODY_BYTES", "1024")]).await;
    let answer = server.user().patch("/api/v1/users/me", json!({"notes": "x".repeat(2000)})).send().await;
    assert_error(&answer, 413, "payload_too_large");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_reads_is_named_in_headers() {
    let server = server().await;
    let answer = server.user().patch("/api/v1/users/me", json!({"nmae": "typo", "email": "x"})).send().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-ignored-fields"), Some("email, nmae"));
    let answer = server.user().get("/api/v1/users/me").send().await;
    assert_eq!(answer.header("x-ignored-fields"), None);
}
