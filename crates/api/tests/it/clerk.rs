//! People who have an account at clerk.com.

use diesel::connection::SimpleConnection;
use mission_control_core::models::{OrgRole, Organization, OrganizationMember, User};
use mission_control_store::{Db, DbOptions, StoreError, members, organizations, users};
use mission_control_testkit::client::TestClient;
use mission_control_testkit::identity_provider::{CLERK_KEY, IdentityProvider};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::server::{Server, TOKEN};

const ME: &str = "/api/v1/users/me";
const MEMBER: &str = "/api/v1/organizations/me/member";

const BASELINE: &str = include_str!("../../../../migrations/postgres/00000000000001_baseline/up.sql");

/// What the reference has of somebody who came by Clerk.
const REFERENCE_ROWS: &str = "
    CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
    INSERT INTO alembic_version VALUES ('a9b1c2d3e4f7');
    INSERT INTO organizations VALUES
        ('00000000-0000-4000-8000-000000000001', 'Acme', '2026-01-02 03:04:05', '2026-01-02 03:04:05');
    INSERT INTO users (id, clerk_user_id, email, name, is_super_admin, active_organization_id) VALUES
        ('00000000-0000-4000-8000-000000000002', 'user_ada', 'ada@firm.example.com', 'Ada', false,
         '00000000-0000-4000-8000-000000000001');
    INSERT INTO organization_members VALUES
        ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001',
         '00000000-0000-4000-8000-000000000002', 'owner', true, true, '2026-01-02 03:04:05', '2026-01-02 03:04:05');";

async fn start(backend: Backend) -> (IdentityProvider, Server) {
    start_on(ScratchDatabase::empty(backend)).await
}

async fn start_on(database: ScratchDatabase) -> (IdentityProvider, Server) {
    let clerk = IdentityProvider::start();
    let key = clerk.publishable_key();
    let variables = [
        ("AUTH_MODE", "local,clerk"),
        ("CLERK_SECRET_KEY", CLERK_KEY),
        ("CLERK_API_URL", clerk.issuer.as_str()),
        ("CLERK_PUBLISHABLE_KEY", &key),
    ];
    let url = database.url().to_owned();
    let server = Server::start_on(database, &url, &variables).await;
    clerk.know("user_ada", "Ada@Firm.example.com", "Ada", "Lovelace");
    (clerk, server)
}

fn token(clerk: &IdentityProvider, server: &Server, subject: &str) -> String {
    clerk.token(&json!({ "sub": subject, "azp": server.base_url, "sid": "sess_1" }))
}

fn come(clerk: &IdentityProvider, server: &Server, subject: &str) -> TestClient {
    server.stranger().user(&token(clerk, server, subject))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_gets_a_profile_and_an_organization(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (clerk, server) = start(backend).await;
    let ada = come(&clerk, &server, "user_ada");
    let both =
        tokio::join!(ada.get(ME).expect(200), ada.post("/api/v1/auth/bootstrap", Value::Null).expect(200));
    assert_eq!(both.0["id"], both.1["id"], "two first requests make one person");
    let me = &both.0;
    assert_eq!((&me["email"], &me["name"]), (&json!("ada@firm.example.com"), &json!("Ada Lovelace")));
    assert_eq!(me["clerk_user_id"], "user_ada");
    assert_eq!(ada.get(MEMBER).expect(200).await["role"], "owner");
    // From here on Clerk is not needed: its keys are known, and the person is.
    clerk.be_away(true);
    assert_eq!(ada.get(ME).expect(200).await["id"], me["id"]);
    ada.patch(ME, json!({ "timezone": "Europe/Berlin" })).expect(200).await;
    ada.post("/api/v1/organizations", json!({ "name": "Second" })).expect(200).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_known_by_clerk_already_finds_what_they_had(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (clerk, server) = start(backend).await;
    server.user().get(ME).expect(200).await;
    // As in a database of the reference: the subject is with the person.
    let user = User { email: Some("ada@old.example.com".into()), ..User::new("user_ada") };
    let (id, firm) = (user.id, Organization::new("The Firm"));
    let firm_id = firm.id;
    server
        .db()
        .await
        .write::<_, StoreError, _>(move |tx| {
            organizations::insert(tx, &firm)?;
            users::get_or_insert(tx, &user)?;
            members::insert(tx, &OrganizationMember::new(firm.id, user.id, OrgRole::Admin))
        })
        .await
        .unwrap();
    let ada = come(&clerk, &server, "user_ada");
    let me = ada.get(ME).expect(200).await;
    assert_eq!(me["id"], id.to_string());
    assert_eq!((&me["email"], &me["name"]), (&json!("ada@firm.example.com"), &json!("Ada Lovelace")));
    let member = ada.get(MEMBER).expect(200).await;
    assert_eq!((&member["organization_id"], &member["role"]), (&json!(firm_id.to_string()), &json!("admin")));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_an_adopted_database_find_their_organization() {
    let database = ScratchDatabase::empty(Backend::Postgres);
    let (wakeups, _) = mpsc::unbounded_channel();
    let db = Db::open(DbOptions::parse(database.url()).unwrap(), wakeups).await.unwrap();
    let sql = format!("{BASELINE}{REFERENCE_ROWS}");
    db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(&sql)?)).await.unwrap();
    drop(db);
    let (clerk, server) = start_on(database).await;
    let ada = come(&clerk, &server, "user_ada");
    assert_eq!(ada.get(ME).expect(200).await["id"], "00000000-0000-4000-8000-000000000002");
    assert_eq!(ada.get("/api/v1/organizations/me").expect(200).await["name"], "Acme");
    assert_eq!(ada.get(MEMBER).expect(200).await["role"], "owner");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_for_the_address_that_clerk_has_verified(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (clerk, server) = start(backend).await;
    let owner = server.user();
    let home = owner.get("/api/v1/organizations/me").expect(200).await;
    for email in ["ada@firm.example.com", "bob@firm.example.com"] {
        owner.post("/api/v1/organizations/me/invites", json!({ "invited_email": email })).expect(200).await;
    }
    let ada = come(&clerk, &server, "user_ada").get(MEMBER).expect(200).await;
    assert_eq!((&ada["organization_id"], &ada["role"]), (&home["id"], &json!("member")));
    // What a token says is what its maker may say: nobody has verified it.
    let said = json!({ "sub": "user_bob", "email": "bob@firm.example.com", "name": "Bob" });
    let bob = server.stranger().user(&clerk.token(&said));
    assert_eq!(bob.get(ME).expect(200).await["email"], "bob@firm.example.com");
    assert_ne!(bob.get(MEMBER).expect(200).await["organization_id"], home["id"]);
}

#[rstest]
#[case::over(json!({ "exp": 1 }))]
#[case::of_another_page(json!({ "azp": "https://evil.example.com" }))]
#[case::of_another_application(json!({ "iss": "https://clerk.evil.example.com" }))]
#[case::nobody(json!({ "sub": "" }))]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_good_opens_nothing(#[case] wrong: Value) {
    let (clerk, server) = start(Backend::Sqlite).await;
    let mut claims = json!({ "sub": "user_ada", "azp": server.base_url });
    claims.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
    let token = clerk.token(&claims);
    server.stranger().user(&token).get(ME).expect(401).await;
    let page = server.stranger().post("/api/v1/auth/session", json!({ "token": token }));
    page.header("origin", &server.base_url).expect(401).await;
    server.user().get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_at_clerk_becomes_the_local_user_or_a_service_account() {
    let (clerk, server) = start(Backend::Sqlite).await;
    server.user().get(ME).expect(200).await;
    for subject in ["local-auth-user", "service:1", "account:1"] {
        come(&clerk, &server, subject).get(ME).expect(403).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_exchanges_its_token_for_a_session() {
    let (clerk, server) = start(Backend::Sqlite).await;
    let ways = server.stranger().get("/api/v1/auth/ways").expect(200).await;
    let page = json!({ "publishable_key": clerk.publishable_key(), "address": clerk.issuer });
    assert_eq!(ways["clerk"], page);
    let call = server
        .stranger()
        .post("/api/v1/auth/session", json!({ "token": token(&clerk, &server, "user_ada") }));
    let answer = call.header("origin", &server.base_url).send().await;
    assert_eq!((answer.status, &answer.body["has_password"]), (200, &json!(false)), "{}", answer.body);
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let browser = server.stranger().own_page(&cookie);
    clerk.be_away(true);
    assert_eq!(browser.get(ME).expect(200).await["clerk_user_id"], "user_ada");
    browser.patch(ME, json!({ "name": "Countess" })).expect(200).await;
    clerk.be_away(false);
    browser.delete(ME).expect(200).await;
    assert_eq!(clerk.deleted(), ["user_ada"], "as the reference does");
    browser.get(ME).expect(401).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clerk_that_is_away_lets_the_others_in() {
    let (clerk, server) = start(Backend::Sqlite).await;
    clerk.be_away(true);
    come(&clerk, &server, "user_ada").get(ME).expect(502).await;
    server.stranger().user("no token at all").get(ME).expect(401).await;
    server.stranger().user(TOKEN).get(ME).expect(200).await;
}
