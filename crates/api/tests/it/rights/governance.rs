//! Who governs a board and its group, and who sees them.

use mission_control_core::id::GatewayId;
use mission_control_core::models::{BoardChanges, OrganizationBoardAccess};
use mission_control_store::{boards, members};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use super::next_board;
use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn how_a_board_is_governed_is_for_admins_and_its_group_for_those_who_write_to_both(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let next = next_board(&scene).await;
    // Boards need a gateway that has one.
    scene.enter(Actor::MainAgent).await;
    let board = format!("/api/v1/boards/{}", scene.board);
    let user = scene.enter(Actor::Writer).await;
    let as_it_is = user.get(&board).expect(200).await;
    let governing = [
        ("gateway_id", json!(GatewayId::random())),
        ("require_approval_for_done", json!(false)),
        ("require_review_before_done", json!(true)),
        ("comment_required_for_review", json!(true)),
        ("block_status_changes_with_pending_approval", json!(true)),
        ("only_lead_can_change_status", json!(true)),
        ("max_agents", json!(1000)),
        ("heartbeat_policy", json!("off")),
        ("heartbeat_floor", json!("1h")),
        ("heartbeat_ceiling", json!("2h")),
    ];
    for (field, value) in governing {
        let refused = user.patch(&board, json!({ field: value, "name": "Mine" })).expect(403).await;
        assert_eq!(refused["code"], "admins_only", "{field}");
        assert!(refused["detail"].as_str().unwrap().contains(field), "{refused}");
        user.patch(&board, json!({ field: as_it_is[field] })).expect(200).await;
    }
    user.patch(&board, json!({ "board_group_id": next.group })).expect(403).await;
    let of_group = |path: &str| format!("/api/v1/board-groups/{}{path}", next.group);
    user.get(&of_group("/memory")).expect(403).await;
    let after = user.get(&board).expect(200).await;
    for (field, _) in
        [("name", ()), ("board_group_id", ()), ("require_approval_for_done", ()), ("max_agents", ())]
    {
        assert_eq!(after[field], as_it_is[field], "{field}");
    }

    let (home, person, boards) = (scene.organization, scene.user(), [scene.board, next.board]);
    scene
        .write(move |tx| {
            let member = members::of_user(tx, home, person)?.unwrap();
            let grants = boards.map(|board| OrganizationBoardAccess::new(member.id, board, true, true));
            members::replace_access(tx, member.id, &grants)
        })
        .await;
    let moved = user.patch(&board, json!({ "board_group_id": next.group })).expect(200).await;
    assert_eq!(moved["board_group_id"], json!(next.group));
    let owner = scene.enter(Actor::Owner).await;
    owner.patch(&board, json!({ "max_agents": 5, "require_approval_for_done": false })).expect(200).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_group_shows_by_way_of_a_board_are_the_boards_that_the_person_sees(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let next = next_board(&scene).await;
    let (group, other) = (scene.group, next.board);
    let together = BoardChanges { board_group_id: Some(Some(group)), ..BoardChanges::default() };
    scene.write(move |tx| boards::update(tx, other, &together)).await;
    let path = scene.on_board("group-snapshot?include_self=true");
    for (actor, boards) in [(Actor::Reader, 1), (Actor::Writer, 1), (Actor::Owner, 2), (Actor::Agent, 2)] {
        let seen = scene.enter(actor).await.get(&path).expect(200).await;
        assert_eq!(seen["boards"].as_array().unwrap().len(), boards, "{actor}: {seen}");
        assert_eq!(seen.to_string().contains(&next.task.title), boards == 2, "{actor}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_two_organizations_reaches_the_boards_of_both_whichever_is_active(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let task = scene.task("At home").await;
    let user = scene.server.user();
    let paths = [
        format!("/api/v1/boards/{}", scene.board),
        scene.on_board("tasks"),
        scene.on_board(&format!("tasks/{}/comments", task.id)),
        scene.on_board("snapshot"),
        scene.on_board("approvals"),
        scene.on_board("memory"),
        format!("/api/v1/metrics/dashboard?board_id={}", scene.board),
    ];
    let read = |status: u16| {
        let (user, paths) = (user.clone(), paths.clone());
        async move { read_all(&user, &paths, status).await }
    };
    user.post("/api/v1/organizations", json!({ "name": "Second" })).expect(200).await;
    let boards = user.get("/api/v1/boards").expect(200).await;
    assert_eq!(boards["total"], 0, "lists are of the active organization");
    read(200).await;
    user.post(&paths[1], json!({ "title": "From afar" })).expect(200).await;

    let (home, person) = (scene.organization, scene.user());
    scene
        .write(move |tx| {
            let me = members::of_user(tx, home, person)?.unwrap();
            members::delete(tx, me.id)
        })
        .await;
    for path in &paths {
        let status = user.get(path).send().await.status;
        assert!([403, 404].contains(&status), "{path}: {status}");
    }
}

async fn read_all(user: &TestClient, paths: &[String], status: u16) {
    for path in paths {
        user.get(path).expect(status).await;
    }
}
