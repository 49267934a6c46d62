use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_api::openapi;
use mission_control_core::id::MemberId;
use mission_control_core::models::{MemberChanges, OrgRole, TokenScope};
use mission_control_core::rules::api_tokens::{includes, needed};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, members};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::{Backend, ScratchRedis};
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::Route;
use crate::events::SECRETS_KEY;
use crate::everything;
use crate::foreign::dump;
use crate::scene::Scene;
use crate::sse::Stream;

const TOKENS: &str = "/api/v1/tokens";

/// Makes a token as somebody, and returns what was answered with a client that holds it.
async fn make(scene: &Scene, client: &TestClient, body: Value) -> (Value, TestClient) {
    let made = client.post(TOKENS, body).expect(200).await;
    let holder = scene.server.stranger().user(made["token"].as_str().unwrap());
    (made, holder)
}

/// Whether two descriptions of a token tell of the same one.
fn id(token: &Value) -> &Value {
    &token["id"]
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_works_until_it_is_revoked_and_tells_when_it_was_used(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let (made, holder) = make(&scene, &owner, json!({ "name": " CI ", "scope": "admin" })).await;
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("mct_") && token.len() == 47, "{made}");
    assert_eq!((&made["name"], &made["scope"]), (&json!("CI"), &json!("admin")));

    let listed = owner.get(TOKENS).expect(200).await;
    assert_eq!((listed["total"].as_i64(), id(&listed["items"][0])), (Some(1), id(&made)));
    assert!(!listed.to_string().contains(token) && listed["items"][0]["last_used_at"].is_null(), "{listed}");
    let rows = dump(&scene.db).await;
    assert!(!rows.iter().any(|row| row.contains(token)), "the token itself is kept nowhere");

    holder.get("/api/v1/users/me").expect(200).await;
    holder.post("/api/v1/board-groups", json!({ "name": "g", "slug": "g" })).expect(200).await;
    let used = owner.get(TOKENS).expect(200).await["items"][0].clone();
    assert!(used["last_used_at"].as_str().unwrap().ends_with(":00"), "{used}");
    assert_eq!(used["last_used_address"], "127.0.0.1");

    let path = format!("{TOKENS}/{}", made["id"].as_str().unwrap());
    assert_eq!(id(&owner.delete(&path).expect(200).await), id(&made));
    holder.get("/api/v1/users/me").expect(401).await;
    owner.delete(&path).expect(404).await;
    let kinds: Vec<_> = scene.events("api_token").await.iter().map(|event| event.kind.clone()).collect();
    assert_eq!(kinds, ["api_token.created", "api_token.deleted"]);
}

#[rstest]
#[case(json!({ "name": " " }), "name")]
#[case(json!({ "name": "CI", "scope": "everything" }), "scope")]
#[case(json!({ "name": "CI", "expires_at": "2020-01-01T00:00:00" }), "expires_at")]
#[case(json!({ "name": "CI", "scope": "admin", "board_ids": [] }), "scope")]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_cannot_be_is_refused_with_the_field(#[case] body: Value, #[case] field: &str) {
    let scene = Scene::start(Backend::Sqlite).await;
    let owner = scene.enter(Actor::Owner).await;
    let refused = owner.post(TOKENS, body).expect(422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", field]), "{refused}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_never_may_more_than_its_member_may_now_and_ends_with_the_membership(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let account = json!({ "name": "Deployments", "role": "admin", "all_boards_write": true });
    let account = owner.post("/api/v1/service-accounts", account).expect(200).await;
    let member = account["id"].as_str().unwrap();
    let body = json!({ "name": "t", "scope": "admin", "member_id": member });
    let (made, holder) = make(&scene, &owner, body).await;
    assert_eq!((&made["is_service_account"], &made["user_name"]), (&json!(true), &json!("Deployments")));
    let (gateways, tasks) = ("/api/v1/gateways", scene.on_board("tasks"));
    holder.get(gateways).expect(200).await;
    let task = holder.post(&tasks, json!({ "title": "Dig" })).expect(200).await;
    assert_eq!(task["created_by_user_id"], account["user_id"]);

    let (home, id): (_, MemberId) = (scene.organization, member.parse().unwrap());
    scene
        .write(move |tx| {
            let changes = MemberChanges {
                role: Some(OrgRole::Member),
                all_boards_read: Some(true),
                all_boards_write: Some(false),
            };
            members::update(tx, id, &changes)
        })
        .await;
    holder.get(gateways).expect(403).await;
    holder.get(&tasks).expect(200).await;
    holder.post(&tasks, json!({ "title": "Dig" })).expect(403).await;

    let listed = owner.get("/api/v1/service-accounts").expect(200).await;
    assert_eq!((listed["total"].as_i64(), &listed["items"][0]["id"]), (Some(1), &account["id"]));
    owner.delete(&format!("/api/v1/organizations/me/members/{member}")).expect(200).await;
    holder.get(&tasks).expect(401).await;
    assert_eq!(owner.get(TOKENS).expect(200).await["total"], 0);
    assert!(
        scene
            .db
            .read(move |conn| members::find(conn, home, id))
            .await
            .map_err(|error: StoreError| error)
            .unwrap()
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_account_becomes_an_owner_on_no_way() {
    let scene = Scene::start(Backend::Sqlite).await;
    let owner = scene.enter(Actor::Owner).await;
    let new = |role: &str| owner.post("/api/v1/service-accounts", json!({ "name": "Bot", "role": role }));
    let refused = new("owner").expect(422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "role"]));
    let account = new("admin").expect(200).await;
    let member = format!("/api/v1/organizations/me/members/{}", account["id"].as_str().unwrap());
    let refused = owner.patch(&member, json!({ "role": "owner" })).expect(422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "role"]));
    assert_eq!(owner.get(&member).expect(200).await["role"], "admin");
    let token = json!({ "name": "t", "scope": "admin", "member_id": account["id"] });
    let (_, bot) = make(&scene, &owner, token).await;
    bot.post("/api/v1/organizations", json!({ "name": "Its own" })).expect(403).await;
    bot.patch(&member, json!({ "role": "owner" })).expect(403).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_tokens_of_their_own_and_admins_those_of_all() {
    let scene = Scene::start(Backend::Sqlite).await;
    let owner = scene.enter(Actor::Owner).await;
    let account = owner.post("/api/v1/service-accounts", json!({ "name": "Bot" })).expect(200).await;
    let bots = json!({ "name": "bot's", "scope": "admin", "member_id": account["id"] });
    let (of_bot, bot) = make(&scene, &owner, bots.clone()).await;
    let (of_owner, _) = make(&scene, &owner, json!({ "name": "owner's" })).await;
    assert_eq!(owner.get(TOKENS).expect(200).await["total"], 2);

    let own = bot.get(TOKENS).expect(200).await;
    assert_eq!((own["total"].as_i64(), id(&own["items"][0])), (Some(1), id(&of_bot)));
    bot.delete(&format!("{TOKENS}/{}", of_owner["id"].as_str().unwrap())).expect(404).await;
    let member = scene.enter(Actor::Member).await;
    assert_eq!(member.get(TOKENS).expect(200).await["total"], 1);
    member.post(TOKENS, bots).expect(403).await;
    let owner = scene.enter(Actor::Owner).await;
    let me = owner.get("/api/v1/organizations/me/member").expect(200).await;
    bot.post(TOKENS, json!({ "name": "x", "member_id": me["id"] })).expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn streams_end_when_their_token_is_revoked_or_runs_out(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let url = format!("{}/api/v1/events", scene.server.base_url);
    let (made, _) = make(&scene, &owner, json!({ "name": "watch" })).await;
    let mut stream = Stream::open_with(made["token"].as_str().unwrap(), &url, None).await;
    owner.delete(&format!("{TOKENS}/{}", made["id"].as_str().unwrap())).expect(200).await;
    while let Some(sent) = stream.next().await {
        assert!(!sent.event.starts_with("api_token.deleted"), "{sent:?}");
    }

    let soon = Timestamp::now().plus(Duration::from_secs(2));
    let (made, holder) = make(&scene, &owner, json!({ "name": "brief", "expires_at": soon })).await;
    let mut stream = Stream::open_with(made["token"].as_str().unwrap(), &url, None).await;
    while stream.next().await.is_some() {}
    assert!(Timestamp::now() >= soon);
    holder.get("/api/v1/users/me").expect(401).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn each_route_takes_the_scopes_that_include_what_it_needs_and_a_reading_token_changes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    // With a Redis jobs wait for a worker, and there is none.
    let redis = tokio::task::spawn_blocking(ScratchRedis::new).await.unwrap();
    let variables =
        [("RQ_REDIS_URL", redis.url()), ("RQ_QUEUE_NAME", redis.name()), ("SECRETS_KEY", SECRETS_KEY)];
    let scene = Scene::start_with(backend, &variables).await;
    let places = everything::add(&scene, 1).await;
    let document = openapi::document();
    let as_json = serde_json::to_value(&document).unwrap();
    let mut wrong = Vec::new();
    for (scope, actor) in [(TokenScope::Read, Actor::ReadToken), (TokenScope::Write, Actor::WriteToken)] {
        let client = scene.enter(actor).await;
        let before = unrelated_rows(&scene).await;
        for route in Route::all(&as_json)
            .iter()
            .filter(|route| route.takes_a_credential() && route.admits("user") && !route.is_stream())
        {
            let (operation, tags) = (route.operation_id(), route.tags());
            if operation == "auth_session_create" {
                continue;
            }
            let needed = needed(operation, &tags, !route.method().is_safe());
            let call = client.call(route.method(), &route.path(&places)).json(route.body(&places));
            if includes(scope, needed) && !route.method().is_safe() && scope != TokenScope::Read {
                // What it does is other tests' affair.
                continue;
            }
            let answer = call.send().await;
            let is_missing = answer.status == 403 && answer.body["code"] == "scope_missing";
            if is_missing == includes(scope, needed) {
                wrong.push(format!("{actor} {}: {} {}", route.name(), answer.status, answer.body));
            }
            if is_missing && answer.body["params"]["scope"] != needed.as_str() {
                wrong.push(format!("{actor} {}: {}", route.name(), answer.body));
            }
        }
        let now = unrelated_rows(&scene).await;
        let changed: Vec<_> = before.symmetric_difference(&now).collect();
        assert!(changed.is_empty(), "{actor} has changed {changed:#?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything in the database but when tokens were used, the record of refusals, and how a gateway was found that somebody
/// asked for its status, with the look at its agents that is booked when it is there again.
async fn unrelated_rows(scene: &Scene) -> BTreeSet<String> {
    let rows = dump(&scene.db).await.into_iter();
    let own = [
        "api_tokens|",
        "audit_log|",
        "audit_chains|",
        "gateway_circuits|",
        "gateways|",
        "leases|",
        "schedules|",
    ];
    let observed = |row: &str| {
        let tells = |table: &str, kind: &str| row.starts_with(table) && row.contains(kind);
        tells("event_log|", "|gateway.connection|") || tells("jobs|", "|gateway.reconcile|")
    };
    rows.filter(|row| !own.iter().any(|table| row.starts_with(table)) && !observed(row)).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_one_board_is_shown_nothing_of_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let places = everything::add(&scene, 1).await;
    let closed = everything::add_closed(&scene).await;
    let client = scene.enter(Actor::BoardToken).await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut wrong = Vec::new();
    for route in Route::all(&document).iter().filter(|route| route.method().is_safe() && !route.is_stream()) {
        let answer = client.get(&route.path(&places)).send().await;
        let shown: Vec<_> = closed.ids.iter().filter(|id| answer.body.to_string().contains(*id)).collect();
        if !shown.is_empty() {
            wrong.push(format!("{}: {} shows {shown:?}", route.name(), answer.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    client.get(&scene.on_board("tasks")).expect(200).await;
    client.post(&scene.on_board("tasks"), json!({ "title": "Dig" })).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_that_change_something_need_a_token_that_writes() {
    let scene = Scene::start(Backend::Sqlite).await;
    let tool = |client: TestClient, name: &'static str| {
        let arguments = json!({ "board_id": scene.board, "title": "Dig" });
        let params = json!({ "name": name, "arguments": arguments });
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        async move { client.post("/mcp", request).expect(200).await["result"].clone() }
    };
    let reader = scene.enter(Actor::ReadToken).await;
    assert_eq!(tool(reader.clone(), "list_tasks").await["isError"], false);
    let refused = tool(reader, "create_task").await;
    assert_eq!(refused["structuredContent"]["code"], "scope_missing", "{refused}");
    let writer = scene.enter(Actor::WriteToken).await;
    assert_eq!(tool(writer, "create_task").await["isError"], false);
}
