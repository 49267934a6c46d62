use mission_control_testkit::client::Answer;
use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

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
    for unusable in [String::new(), "x".repeat(200)] {
        let made = server.stranger().get("/healthz").header("x-request-id", &unusable).send().await;
        assert!(is_generated_id(made.header("x-request-id").unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_security_headers() {
    let server = server().await;
    for path in ["/healthz", "/nope", "/api/v1/users/me", "/openapi.json", "/docs/"] {
        let answer = server.stranger().get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("strict-origin-when-cross-origin"), "{path}");
    }
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
