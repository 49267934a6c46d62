use mission_control_core::id::AgentId;
use mission_control_core::models::{Agent, AgentChanges, AgentStatus, Gateway, Organization};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_store::{Db, StoreError, agents, gateways, organizations};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::scene::Scene;
use crate::server::Server;

const HEALTH: &str = "/api/v1/agent/healthz";
/// PBKDF2 hash of `agent-token` as the reference stores it.
const OLD_HASH: &str =
    "pbkdf2_sha256$200000$AAECAwQFBgcICQoLDA0ODw$59S_L6gjgYrp7Gvg_wA-psP4zoAffYKEL0idE92ddEc";

/// A server with one agent that `draft` has changed.
async fn server_with_agent(backend: Backend, draft: impl FnOnce(&mut Agent)) -> (Server, Db, AgentId) {
    let server = Server::start(backend).await;
    server.stranger().get("/readyz").expect(200).await;
    let db = server.db().await;
    let organization = Organization::new("Personal");
    let gateway = Gateway::new(organization.id, "g", "ws://127.0.0.1:1", "~");
    let mut agent = Agent::new(gateway.id, "Ada");
    draft(&mut agent);
    let id = agent.id;
    let rows = db.write(move |tx| {
        organizations::insert(tx, &organization)?;
        gateways::insert(tx, &gateway)?;
        agents::insert(tx, &agent)
    });
    rows.await.map_err(|error: StoreError| error).unwrap();
    (server, db, id)
}

async fn stored(db: &Db, id: AgentId) -> Agent {
    db.read(move |conn| agents::find(conn, id)).await.map_err(|error: StoreError| error).unwrap().unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_known_by_its_token_in_either_header_and_comes_online(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let token = agent_token::generate();
    let token = token.expose_secret();
    let (server, db, id) =
        server_with_agent(backend, |agent| agent.token_digest = Some(agent_token::digest(token))).await;
    let answer = server.stranger().agent(token).get(HEALTH).expect(200).await;
    assert_eq!(
        (&answer["agent_id"], &answer["status"], &answer["ok"]),
        (&json!(id), &json!("online"), &json!(true))
    );
    assert_eq!(server.stranger().user(token).get(HEALTH).expect(200).await, answer);
    let agent = stored(&db, id).await;
    assert_eq!(agent.status, AgentStatus::Online);
    assert!(Timestamp::now().since(agent.last_seen_at.unwrap()).as_secs() < 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_of_life_are_noted_at_intervals_and_do_not_end_an_update() {
    let token = agent_token::generate();
    let token = token.expose_secret();
    let (server, db, id) =
        server_with_agent(Backend::Sqlite, |agent| agent.token_digest = Some(agent_token::digest(token)))
            .await;
    let recently = Timestamp::now().minus(std::time::Duration::from_secs(10));
    let changes = AgentChanges {
        last_seen_at: Some(Some(recently)),
        status: Some(AgentStatus::Updating),
        ..AgentChanges::default()
    };
    let touch = |changes: AgentChanges| db.write(move |tx| agents::update(tx, id, &changes));
    touch(changes).await.map_err(|error: StoreError| error).unwrap();
    server.stranger().agent(token).get(HEALTH).expect(200).await;
    assert_eq!(stored(&db, id).await.last_seen_at, Some(recently));

    let long_ago = Timestamp::now().minus(std::time::Duration::from_secs(60));
    let changes = AgentChanges { last_seen_at: Some(Some(long_ago)), ..AgentChanges::default() };
    touch(changes).await.map_err(|error: StoreError| error).unwrap();
    server.stranger().agent(token).get(HEALTH).expect(200).await;
    let agent = stored(&db, id).await;
    assert!(agent.last_seen_at > Some(long_ago));
    assert_eq!(agent.status, AgentStatus::Updating);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_hash_of_the_reference_is_verified_once_and_replaced(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, db, id) =
        server_with_agent(backend, |agent| agent.agent_token_hash = Some(OLD_HASH.into())).await;
    server.stranger().agent("agent-tokeN").get(HEALTH).expect(401).await;
    server.stranger().agent("agent-token").get(HEALTH).expect(200).await;
    let agent = stored(&db, id).await;
    assert_eq!(agent.agent_token_hash, None);
    assert_eq!(agent.token_digest, Some(agent_token::digest("agent-token")));
    server.stranger().agent("agent-token").get(HEALTH).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_limited_per_address_and_a_valid_token_is_never_locked_out() {
    let token = agent_token::generate();
    let token = token.expose_secret();
    let (server, _db, _id) =
        server_with_agent(Backend::Sqlite, |agent| agent.token_digest = Some(agent_token::digest(token)))
            .await;
    for _ in 0..20 {
        server.stranger().get(HEALTH).expect(401).await;
    }
    let limited = server.stranger().agent("guess").get(HEALTH).send().await;
    assert_eq!((limited.status, limited.body["code"].as_str()), (429, Some("rate_limited")));
    assert!(limited.header("retry-after").unwrap().parse::<u64>().unwrap() > 0);
    server.stranger().agent(token).get(HEALTH).expect(200).await;
    server.user().get("/api/v1/users/me").expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guessed_token_is_limited_whatever_address_it_comes_from() {
    let server = Server::start_with(Backend::Sqlite, &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let guess = |address: String| {
        server.stranger().agent("guess").get(HEALTH).header("x-forwarded-for", &address).send()
    };
    for number in 0..20 {
        assert_eq!(guess(format!("9.9.9.{number}")).await.status, 401);
    }
    assert_eq!(guess("9.9.9.99".to_owned()).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_local_users_token_is_no_agents_token() {
    let server = Server::start(Backend::Sqlite).await;
    server.user().get(HEALTH).expect(401).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_admin_manages_the_agents_of_those_boards_only_that_are_open_to_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    scene.enter(Actor::MainAgent).await;
    let admin = scene.enter(Actor::Admin).await;
    let seen = admin.get("/api/v1/agents").expect(200).await;
    assert_eq!((&seen["total"], &seen["items"][0]["name"]), (&json!(1), &json!("Main")));
    let main = format!("/api/v1/agents/{}", seen["items"][0]["id"].as_str().unwrap());
    admin.patch(&main, json!({ "board_id": scene.board })).expect(403).await;
    admin.post("/api/v1/agents", json!({ "name": "Eve", "board_id": scene.board })).expect(403).await;
    let beat = admin.post("/api/v1/agents/heartbeat", json!({ "name": "Bob" })).expect(403).await;
    assert_eq!(beat["next_step"], "Say by `board_id` which board the agent is on.");
    let owner = scene.enter(Actor::Owner).await;
    assert_eq!(owner.get("/api/v1/agents").expect(200).await["total"], 4);
    owner.post("/api/v1/agents/heartbeat", json!({ "name": "Bob" })).expect(200).await;
}
