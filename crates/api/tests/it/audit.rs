use std::collections::BTreeSet;

use mission_control_api::openapi;
use mission_control_store::{StoreError, audit as rows};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::{Route, connect_quiet_gateway};
use crate::server::Server;
use crate::{everything, scene};

const AUDIT: &str = "/api/v1/audit";

/// Operations whose method writes, and that leave no entry; and why.
const NO_ENTRY: [(&str, &str); 16] = [
    ("agent_heartbeat", "checking in is no act: an agent does so every few minutes"),
    ("agents_heartbeat", "as above"),
    ("agents_heartbeat_by_name", "as above"),
    ("auth_bootstrap", "it changes nothing for somebody who is there already"),
    ("gateways_status_ask", "a question"),
    ("exec_policies_dry_run", "a question"),
    ("gateway_sessions_send", "nothing is written here: the gateway keeps what is said in its sessions"),
    (
        "inbox_marks_update",
        "what somebody has done with in their inbox is nobody else's, and changes nothing for others",
    ),
    ("board_views_create", "how somebody looks at a board changes nothing of it"),
    ("board_views_update", "as above"),
    ("board_views_delete", "as above"),
    ("mcp", "its tools are the use-cases of the routes"),
    ("board_webhooks_ingest", "what other systems post is kept itself, with its sender"),
    ("board_onboarding_answer", "the conversation is kept itself, and its outcome is a change of the board"),
    ("board_onboarding_ask", "as above"),
    ("agent_board_onboarding_ask", "as above"),
];

/// Bodies for operations that find nothing to change in the smallest one.
const BODIES: [(&str, &str); 4] = [
    ("agents_update", r#"{"name": "Renamed"}"#),
    ("approvals_update", r#"{"status": "approved"}"#),
    ("board_webhooks_update", r#"{"description": "text"}"#),
    ("users_update_me", r#"{"name": "Renamed"}"#),
];

fn body(route: &Route<'_>, places: &everything::Places) -> Value {
    let own = BODIES.iter().find(|(id, _)| *id == route.operation_id());
    own.map_or_else(|| route.body(places), |(_, body)| serde_json::from_str(body).unwrap())
}

/// How many entries there are in all records, without those of refusals.
async fn entries(scene: &Scene) -> BTreeSet<(String, i64, String)> {
    let read = scene.db.read::<_, StoreError, _>(|conn| {
        let mut found = BTreeSet::new();
        for chain in rows::chains(conn)? {
            for entry in rows::after(conn, chain.organization_id, 0, i64::MAX)? {
                found.insert((chain.organization_id.to_string(), entry.seq, entry.action));
            }
        }
        Ok(found)
    });
    let found = read.await.unwrap().into_iter();
    found.filter(|(_, _, action)| action != "request.refused").collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_route_that_writes_leaves_an_entry_when_it_does(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let writing = |route: &&Route<'_>| !route.method().is_safe();
    let routes = Route::all(&document);
    let (mut silent, mut done) = (BTreeSet::new(), BTreeSet::new());
    for actor in [Actor::Owner, Actor::Lead, Actor::Agent, Actor::MainAgent] {
        let scene = scene::set_on(&server).await;
        let _gateway = connect_quiet_gateway(&scene).await;
        let places = everything::add(&scene, 1).await;
        scene.enter(Actor::MainAgent).await;
        let client = scene.enter(actor).await;
        for route in routes.iter().filter(writing) {
            let before = entries(&scene).await;
            let call = client.call(route.method(), &route.narrowed_path(&places)).json(body(route, &places));
            let status = call.send().await.status;
            if (200..300).contains(&status) {
                done.insert(route.operation_id().to_owned());
                if entries(&scene).await == before {
                    silent.insert(route.operation_id().to_owned());
                }
            }
            if actor.is_person() {
                scene.enter(actor).await;
            }
        }
    }
    let excused: BTreeSet<String> = NO_ENTRY.iter().map(|(id, _)| (*id).to_owned()).collect();
    let forgotten: Vec<_> = silent.difference(&excused).collect();
    assert!(forgotten.is_empty(), "leave no entry: {forgotten:#?}");
    let known: BTreeSet<String> = routes.iter().map(|route| route.operation_id().to_owned()).collect();
    let unknown: Vec<_> = excused.difference(&known).collect();
    assert!(unknown.is_empty(), "are no operations: {unknown:#?}");
    // How people sign in is tested where accounts are.
    let writing = routes.iter().filter(writing).filter(|route| route.takes_credential());
    let writing: Vec<_> = writing.map(|route| route.operation_id()).collect();
    let untried = writing.iter().filter(|id| !done.contains(**id)).collect::<Vec<_>>();
    // What the smallest body does not succeed with is few.
    assert!(untried.len() * 4 < writing.len(), "of {} were refused: {untried:#?}", writing.len());
}

async fn newest(client: &mission_control_testkit::client::TestClient, query: &str) -> Value {
    let page = client.get(&format!("{AUDIT}?{query}")).expect(200).await;
    page["items"][0].clone()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_names_who_did_what_from_where_and_for_which_request(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = crate::scene::Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let made = owner.post("/api/v1/board-groups", json!({ "name": "g", "slug": "g" }));
    let made = made.header("x-request-id", "r-1").expect(200).await;
    let entry = newest(&owner, "action=board_group.created").await;
    assert_eq!(newest(&owner, "request_id=r-1").await, entry);
    assert_eq!(newest(&owner, "request_id=r-2").await, json!(null));
    for (field, value) in [
        ("actor", json!("user")),
        ("actor_id", json!(scene.user())),
        ("actor_name", json!("Local User")),
        ("address", json!("127.0.0.1")),
        ("request_id", json!("r-1")),
        ("object_kind", json!("board_group")),
        ("object_id", made["id"].clone()),
    ] {
        assert_eq!(entry[field], value, "{field} of {entry}");
    }
    let token = scene.enter(Actor::WriteToken).await;
    token.post(&scene.on_board("tasks"), json!({ "title": "Dig" })).expect(200).await;
    let entry = newest(&owner, "action=task.created").await;
    assert_eq!(entry["actor"], "token", "{entry}");
    assert!(entry["token_id"].is_string(), "{entry}");
    let ada = &scene.ada.1;
    ada.post(&format!("/api/v1/agent/boards/{}/memory", scene.board), json!({ "content": "note" }))
        .expect(200)
        .await;
    let entry = newest(&owner, "object_kind=memory").await;
    assert_eq!((&entry["actor"], &entry["actor_name"]), (&json!("agent"), &json!("Ada Lovelace")), "{entry}");

    scene.enter(Actor::Member).await.get("/api/v1/gateways").expect(403).await;
    scene.server.stranger().user("wrong").get("/api/v1/users/me").expect(401).await;
    let owner = scene.enter(Actor::Owner).await;
    let refused = newest(&owner, "action=request.refused").await;
    assert_eq!(
        refused["after"],
        json!({ "code": "forbidden", "route": "GET /api/v1/gateways" }),
        "{refused}"
    );
    assert_eq!(newest(&owner, "action=session.refused").await["actor"], "system");
    let none = owner.get(&format!("{AUDIT}?until=2020-01-01T00:00:00")).expect(200).await;
    assert_eq!(none["total"], 0);
    scene.enter(Actor::Member).await.get(AUDIT).expect(403).await;
    assert_eq!(token.get(AUDIT).expect(403).await["code"], "scope_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_is_exported_as_a_table_and_as_lines_of_json() {
    let scene = crate::scene::Scene::start(Backend::Sqlite).await;
    let owner = scene.enter(Actor::Owner).await;
    for name in ["=a", "b"] {
        owner.post("/api/v1/board-groups", json!({ "name": name, "slug": "g" })).expect(200).await;
    }
    let text = |format: &'static str| {
        let call = owner.get(&format!("{AUDIT}/export?format={format}&action=board_group.created"));
        async move { call.expect(200).await }
    };
    let lines = text("jsonl").await;
    let lines: Vec<Value> =
        lines.as_str().unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|line| line["after"]["name"].as_str().unwrap()).collect::<Vec<_>>(),
        ["=a", "b"]
    );
    let table = text("csv").await;
    let table: Vec<&str> = table.as_str().unwrap().split("\r\n").collect();
    assert!(table[0].starts_with("\"seq\",\"at\",\"actor\"") && table.len() == 4, "{table:#?}");
    owner.get(&format!("{AUDIT}/export?format=xml")).expect(422).await;
}
