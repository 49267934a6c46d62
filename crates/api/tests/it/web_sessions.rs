use std::net::TcpListener;

use mission_control_core::config::Settings;
use mission_control_testkit::client::{Answer, TestClient};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::server::{Server, TOKEN, plain_client};

const SESSION: &str = "/api/v1/auth/session";
const ME: &str = "/api/v1/users/me";

async fn sign_in(server: &Server, token: &str) -> Answer {
    let call = server.stranger().post(SESSION, json!({ "token": token }));
    call.header("origin", &server.base_url).send().await
}

/// What the browser sends back of the answer's cookie.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

async fn browser(server: &Server) -> TestClient {
    server.stranger().browser(&cookie(&sign_in(server, TOKEN).await))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_exchanges_the_token_once_for_a_cookie_that_scripts_cannot_read(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let answer = sign_in(&server, &format!(" {TOKEN} ")).await;
    assert_eq!((answer.status, &answer.body["user"]["email"]), (200, &json!("admin@home.local")));
    let set = answer.header("set-cookie").unwrap();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"] {
        assert!(set.contains(attribute), "{attribute} in {set}");
    }
    assert!(!set.contains("Secure") && !set.contains(TOKEN), "{set}");

    let browser = server.stranger().browser(&cookie(&answer));
    assert_eq!(browser.get(SESSION).expect(200).await, answer.body);
    browser.get("/api/v1/organizations/me").expect(200).await;
    let change = browser.patch(ME, json!({"timezone": "Europe/Oslo"}));
    change.header("sec-fetch-site", "same-origin").expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_https_the_cookie_is_for_https_and_this_host_alone() {
    let server = Server::start_with(Backend::Sqlite, &[("BASE_URL", "https://MC.example.com:443/")]).await;
    let from =
        |origin: &str| server.stranger().post(SESSION, json!({ "token": TOKEN })).header("origin", origin);
    let answer = from("https://mc.example.com").send().await;
    let set = answer.header("set-cookie").unwrap();
    assert!(set.starts_with("__Host-") && set.contains("Secure") && set.contains("Path=/"), "{set}");
    assert!(!set.contains("Domain"), "{set}");
    server.stranger().browser(&cookie(&answer)).get(ME).expect(200).await;
    let plain = cookie(&answer).replace("__Host-", "");
    server.stranger().browser(&plain).get(ME).expect(401).await;

    // Over plain http the browser would drop the cookie without a word.
    for origin in ["http://mc.example.com", server.base_url.as_str()] {
        let refused = from(origin).expect(403).await;
        assert_eq!(refused["code"], "https_required", "{refused}");
        assert!(refused["detail"].as_str().unwrap().contains("https://mc.example.com"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_somebody_else_points_at_the_server_is_not_its_own() {
    let server = Server::start_with(Backend::Sqlite, &[("ALLOWED_HOSTS", "mc.local")]).await;
    let sign_in = |host: &str| {
        let call = server.stranger().post(SESSION, json!({ "token": TOKEN })).header("host", host);
        call.header("origin", &format!("http://{host}")).header("sec-fetch-site", "same-origin").send()
    };
    let refused = sign_in("evil.example.com").await;
    assert_eq!((refused.status, refused.body["code"].as_str()), (403, Some("host_unknown")));
    assert!(refused.body["next_step"].as_str().unwrap().contains("ALLOWED_HOSTS"), "{}", refused.body);
    assert_eq!(sign_in("mc.local:8000").await.status, 200);
    assert_eq!(sign_in("192.168.1.5:8000").await.status, 200);
    let bearer = server.user().patch(ME, json!({"timezone": "Europe/Oslo"}));
    bearer.header("host", "evil.example.com").expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_by_address_is_taken_from_own_pages_alone() {
    let server = Server::start(Backend::Sqlite).await;
    let browser = browser(&server).await;
    let path = "/api/v1/gateways/status?gateway_url=ws://127.0.0.1:1";
    browser.get(path).header("origin", "https://evil.example.com").expect(403).await;
    browser.get(path).header("referer", "https://evil.example.com/").expect(403).await;
    browser.get(path).expect(403).await;
    browser.get(path).header("referer", &format!("{}/gateways", server.base_url)).expect(200).await;
    browser.get(path).header("sec-fetch-site", "same-origin").expect(200).await;
    server.user().get(path).expect(200).await;
    let body = json!({"gateway_url": "ws://127.0.0.1:1"});
    browser.post("/api/v1/gateways/status", &body).expect(403).await;
    let own = browser.post("/api/v1/gateways/status", &body).header("origin", &server.base_url);
    assert_eq!(own.expect(200).await["connected"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_a_401_and_too_many_of_them_a_429() {
    let server = Server::start(Backend::Sqlite).await;
    for _ in 0..20 {
        let answer = sign_in(&server, "wrong").await;
        assert_eq!((answer.status, answer.header("set-cookie")), (401, None));
    }
    assert_eq!(sign_in(&server, "wrong").await.status, 429);
    assert_eq!(sign_in(&server, TOKEN).await.status, 200, "the right token is never locked out");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_can_neither_sign_in_nor_change_anything() {
    let server = Server::start(Backend::Sqlite).await;
    let evil =
        |call: mission_control_testkit::client::Call| call.header("origin", "https://evil.example.com");
    evil(server.stranger().post(SESSION, json!({ "token": TOKEN }))).expect(403).await;
    let browser = browser(&server).await;
    let refused = evil(browser.patch(ME, json!({"name": "Mallory"}))).expect(403).await;
    assert_eq!(refused["code"], "forbidden");
    browser.patch(ME, json!({"name": "Mallory"})).expect(403).await;
    evil(browser.get(ME)).expect(200).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_one_session_or_all_of_them_with_their_streams(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let first = cookie(&sign_in(&server, TOKEN).await);
    let (leaving, second, third) =
        (server.stranger().browser(&first), browser(&server).await, browser(&server).await);
    let own = |client: &TestClient, path: &str| client.delete(path).header("origin", &server.base_url);
    let url = format!("{}/api/v1/events", server.base_url);
    let mut stream = plain_client().get(url).header("cookie", &first).send().await.unwrap();
    assert_eq!(stream.status(), 200);

    let answer = own(&leaving, SESSION).send().await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    while stream.chunk().await.unwrap().is_some() {}
    leaving.get(ME).expect(401).await;
    leaving.get(SESSION).expect(401).await;

    second.get(ME).expect(200).await;
    own(&second, "/api/v1/auth/sessions").expect(200).await;
    second.get(ME).expect(401).await;
    third.get(ME).expect(401).await;
    server.user().get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_has_no_session_to_read_or_end() {
    let server = Server::start(Backend::Sqlite).await;
    server.user().get(SESSION).expect(401).await;
    server.user().delete(SESSION).expect(401).await;
    let browser = browser(&server).await;
    browser.get(ME).header("authorization", "Bearer wrong").expect(401).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_access_token_ends_the_sessions_of_the_old_one() {
    let key = ("SECRETS_KEY", "c2VjcmV0cyBrZXkgb2YgZXhhY3RseSAzMiBieXRlcyE=");
    let server = Server::start_with(Backend::Sqlite, &[key]).await;
    let cookie = cookie(&sign_in(&server, TOKEN).await);
    let (data_dir, listener) = (tempfile::tempdir().unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings::from_env([
        ("MISSION_CONTROL_DATA_DIR", data_dir.path().to_str().unwrap()),
        ("DATABASE_URL", server.database.url()),
        ("LOCAL_AUTH_TOKEN", &TOKEN.to_uppercase()),
        key,
    ])
    .unwrap();
    let running = tokio::spawn(mission_control_api::run(settings, listener, server.shutdown.clone()));
    TestClient::stranger(&base_url).browser(&cookie).get(ME).expect(401).await;
    server.stranger().browser(&cookie).get(ME).expect(200).await;
    running.abort();
}
