//! What routes and streams cost in statements: the same, however much there is and however many are listening.

use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_api::openapi;
use mission_control_core::models::AgentChanges;
use mission_control_core::time::Timestamp;
use mission_control_store::{Db, agents};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::log;
use mission_control_testkit::scratch::{Backend, ScratchRedis};
use rstest::rstest;
use serde_json::json;

use crate::access::{Route, connect_quiet_gateway};
use crate::events::{Pair, SECRETS_KEY};
use crate::everything;
use crate::scene;
use crate::server::Server;
use crate::sse::Stream;

const HOUR: Duration = Duration::from_secs(3600);

/// With a Redis the server runs no worker, whose statements would be counted too.
fn variables(redis: &ScratchRedis) -> [(&str, &str); 5] {
    [
        ("RQ_REDIS_URL", redis.url()),
        ("RQ_QUEUE_NAME", redis.name()),
        ("SECRETS_KEY", SECRETS_KEY),
        ("SOULS_DIRECTORY_URL", "http://127.0.0.1:1"),
        ("DATABASE_POOL_SIZE", "1"),
    ]
}

/// Statements of one request. What else the server does meanwhile only adds to them: the least of three counts.
async fn statements(db: &Db, client: &TestClient, path: &str) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..3 {
        let before = db.statements_executed();
        let status = client.get(path).send().await.status;
        least = least.min(db.statements_executed() - before);
        assert!(![401, 403, 404].contains(&status), "{path}: {status}");
    }
    least
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_route_that_reads_costs_the_same_statements_with_one_of_everything_and_with_twenty(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let redis = tokio::task::spawn_blocking(ScratchRedis::new).await.unwrap();
    let (server, db) = Server::start_counting(backend, &variables(&redis)).await;
    let scene = scene::set_on(&server).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let lead = scene.lead.0;
    // A request of an agent that was not seen lately is noted.
    let seen =
        AgentChanges { last_seen_at: Some(Some(Timestamp::now().plus(HOUR))), ..AgentChanges::default() };
    scene.write(move |tx| agents::update(tx, lead, &seen)).await;
    let (person, agent) = (scene.enter(Actor::Owner).await, scene.enter(Actor::Lead).await);

    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut reading = Route::all(&document);
    reading.retain(|route| route.method() == reqwest::Method::GET && !route.is_stream());
    // What is left out is about the browser's own session.
    reading.retain(|route| route.admits("user") || route.admits("agent"));
    // Where there is no identity provider, nobody is led to it.
    reading.retain(|route| !route.template().starts_with("/api/v1/auth/oidc"));
    let places = everything::add(&scene, 1).await;
    let mut few = Vec::new();
    for route in &reading {
        let client = if route.admits("user") { &person } else { &agent };
        let paths = BTreeSet::from([route.path(&places), route.narrowed_path(&places)]);
        for path in paths {
            few.push((statements(&db, client, &path).await, client, path));
        }
    }
    everything::add(&scene, 19).await;
    let mut growing = Vec::new();
    for (few, client, path) in few {
        let many = statements(&db, client, &path).await;
        if many != few {
            growing.push(format!("{path}: {few} statements, then {many}"));
        }
    }
    assert_eq!(growing, [""; 0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_event_costs_the_same_statements_however_many_listen_even_one_about_rights(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let pair = Pair::start(backend).await;
    let mut streams = Vec::new();
    let mut costs = Vec::new();
    for (kind, listeners) in [("tag.updated", 1), ("tag.updated", 20), ("member.updated", 20)] {
        while streams.len() < listeners {
            streams.push(Stream::open(&pair.url("/events"), None).await);
        }
        let mut least = u64::MAX;
        for _ in 0..3 {
            let before = pair.served.statements_executed();
            pair.append(vec![log::entry(pair.organization, kind, json!({}))]).await;
            for stream in &mut streams {
                assert_eq!(stream.next().await.unwrap().event, kind);
            }
            least = least.min(pair.served.statements_executed() - before);
        }
        costs.push(least);
    }
    let [alone, among_many, about_rights] = costs[..] else { panic!("{costs:?}") };
    assert_eq!(alone, among_many);
    // Who the member is, what was granted, and the boards.
    assert_eq!(about_rights - among_many, 3);
}
