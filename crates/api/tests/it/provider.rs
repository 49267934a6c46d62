//! There and back to an identity provider, by the two addresses that browsers go to.

use mission_control_testkit::client::TestClient;
use mission_control_testkit::identity_provider::{CLIENT, IdentityProvider};
use mission_control_testkit::scratch::Backend;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use rstest::rstest;
use serde_json::{Value, json};
use url::Url;

use crate::server::{Server, plain_client};

const ME: &str = "/api/v1/users/me";
const ATTEMPT: &str = "mission_control_attempt=";
const SESSION: &str = "mission_control_session=";

/// What a browser is answered.
struct Led {
    status: u16,
    to: String,
    headers: HeaderMap,
}

impl Led {
    /// The cookie of this name that the browser is to keep, as `name=value`; `None` when it is to have none.
    fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut kept = all.filter_map(|cookie| cookie.split(';').next()).filter(|it| it.starts_with(name));
        kept.find(|cookie| cookie.len() > name.len()).map(str::to_owned)
    }
}

async fn start(backend: Backend) -> (IdentityProvider, Server) {
    let provider = IdentityProvider::start();
    let variables = [
        ("AUTH_MODE", "local,oidc"),
        ("OIDC_ISSUER", provider.issuer.as_str()),
        ("OIDC_CLIENT_ID", CLIENT),
        ("OIDC_ORGANIZATION", "Personal"),
        ("OIDC_ALLOWED_DOMAINS", "firm.example.com"),
    ];
    let server = Server::start_with(backend, &variables).await;
    server.user().get(ME).expect(200).await;
    (provider, server)
}

async fn go(server: &Server, path: &str, cookie: &str) -> Led {
    let url = format!("{}{path}", server.base_url);
    let answer = plain_client().get(url).header(COOKIE, cookie).send().await.unwrap();
    let to = answer.headers().get(LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    Led { status: answer.status().as_u16(), to, headers: answer.headers().clone() }
}

/// Begins to sign in; returns the address of the provider, and what the browser keeps.
async fn begin(server: &Server) -> (Url, String) {
    let led = go(server, "/api/v1/auth/oidc?return_to=%2Ftags", "").await;
    assert_eq!(led.status, 302);
    (led.to.parse().unwrap(), led.cookie(ATTEMPT).unwrap())
}

async fn come_back(server: &Server, query: &str, cookie: &str) -> Led {
    let led = go(server, &format!("/api/v1/auth/oidc/callback?{query}"), cookie).await;
    assert_eq!(led.status, 303);
    assert_eq!(led.cookie(ATTEMPT), None, "the attempt is over");
    led
}

fn ada() -> Value {
    json!({ "sub": "ada", "name": "Ada Lovelace", "email": "ada@firm.example.com", "email_verified": true })
}

/// Whoever was signed in.
fn browser(server: &Server, led: &Led) -> TestClient {
    server.stranger().own_page(&led.cookie(SESSION).unwrap())
}

fn is_not_signed_in(led: &Led, reason: &str) {
    assert_eq!((led.to.as_str(), led.cookie(SESSION)), (&*format!("/?sign_in={reason}"), None));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn somebody_comes_back_signed_in_on_the_page_that_they_wanted(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (provider, server) = start(backend).await;
    let (url, cookie) = begin(&server).await;
    let (state, code) = provider.agree(&url, &ada());
    let led = come_back(&server, &format!("state={state}&code={code}"), &cookie).await;
    assert_eq!(led.to, "/tags");
    let me = browser(&server, &led).get(ME).expect(200).await;
    assert_eq!((&me["name"], &me["email"]), (&json!("Ada Lovelace"), &json!("ada@firm.example.com")));
    let session = browser(&server, &led).get("/api/v1/auth/session").expect(200).await;
    assert_eq!(session["has_password"], false);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_back_in_another_browser_or_without_an_attempt(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (provider, server) = start(backend).await;
    let (url, cookie) = begin(&server).await;
    let (state, code) = provider.agree(&url, &ada());
    let (_, of_another) = begin(&server).await;
    let query = format!("state={state}&code={code}");
    for kept in ["", of_another.as_str(), "mission_control_attempt=made-up"] {
        is_not_signed_in(&come_back(&server, &query, kept).await, "expired");
    }
    for query in [format!("code={code}"), format!("state=&code={code}"), String::new()] {
        is_not_signed_in(&come_back(&server, &query, &cookie).await, "expired");
    }
    is_not_signed_in(&come_back(&server, &format!("state={state}"), &cookie).await, "denied");
    let refused = server.user().get("/api/v1/audit?action=session.refused").expect(200).await;
    assert!(refused["total"].as_i64().unwrap() > 0, "{refused}");
    assert_eq!(come_back(&server, &format!("state={state}&code={code}"), &cookie).await.to, "/tags");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_and_for_its_own_attempt(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (provider, server) = start(backend).await;
    let (url, cookie) = begin(&server).await;
    let (state, code) = provider.agree(&url, &ada());
    let query = format!("state={state}&code={code}");
    assert!(come_back(&server, &query, &cookie).await.cookie(SESSION).is_some());
    is_not_signed_in(&come_back(&server, &query, &cookie).await, "failed");

    // A code that somebody else was given.
    let (theirs, _) = begin(&server).await;
    let (_, stolen) = provider.agree(&theirs, &ada());
    let (own, cookie) = begin(&server).await;
    let (state, _) = provider.agree(&own, &ada());
    is_not_signed_in(&come_back(&server, &format!("state={state}&code={stolen}"), &cookie).await, "failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_refuses_or_says_of_somebody_is_told() {
    let (provider, server) = start(Backend::Sqlite).await;
    let (url, cookie) = begin(&server).await;
    let (state, code) = provider.agree(&url, &ada());
    let query = format!("state={state}&code={code}&error=access_denied");
    is_not_signed_in(&come_back(&server, &query, &cookie).await, "denied");
    let query = format!("state={state}&code={code}&iss=https%3A%2F%2Fevil.example.com");
    is_not_signed_in(&come_back(&server, &query, &cookie).await, "failed");
    let people = [
        ("uninvited", json!({ "sub": "eve", "email": "eve@elsewhere.example.com", "email_verified": true })),
        ("unverified", json!({ "sub": "mallory", "email": "mallory@firm.example.com" })),
        ("failed", json!({ "sub": "ada", "iss": "https://evil.example.com" })),
        ("failed", json!({ "sub": "ada", "nonce": "of another attempt" })),
        ("failed", json!({ "sub": "ada", "exp": 1 })),
    ];
    for (reason, claims) in people {
        let (url, cookie) = begin(&server).await;
        let (state, code) = provider.agree(&url, &claims);
        is_not_signed_in(&come_back(&server, &format!("state={state}&code={code}"), &cookie).await, reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_away_is_named_before_and_after() {
    let (provider, server) = start(Backend::Sqlite).await;
    provider.be_away(true);
    assert_eq!(go(&server, "/api/v1/auth/oidc", "").await.status, 502);
    // Within its pause nobody asks again; another server does at once.
    provider.be_away(false);
    let (provider, server) = start(Backend::Sqlite).await;
    let (url, cookie) = begin(&server).await;
    let (state, code) = provider.agree(&url, &ada());
    provider.be_away(true);
    let query = format!("state={state}&code={code}");
    is_not_signed_in(&come_back(&server, &query, &cookie).await, "failed");
    provider.be_away(false);
    assert_eq!(come_back(&server, &query, &cookie).await.to, "/tags");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_provider_there_is_nowhere_to_go() {
    let server = Server::start(Backend::Sqlite).await;
    for path in ["/api/v1/auth/oidc", "/api/v1/auth/oidc/callback?state=a&code=b"] {
        assert_eq!(go(&server, path, "").await.status, 403);
    }
}
