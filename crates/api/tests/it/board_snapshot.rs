use mission_control_api::routes::snapshots::{Wanted, board_snapshot, group_snapshot};
use mission_control_core::models::{Board, Task};
use mission_control_store::{StoreError, board_groups, boards, tasks};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_boards_snapshot_has_its_tasks_agents_approvals_and_chat(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let (first, second) = (scene.task("First").await, scene.task("Second").await);
    let wanted = json!({"depends_on_task_ids": [first.id]});
    user.patch(&scene.on_board(&format!("tasks/{}", second.id)), wanted).expect(200).await;
    let wanted = json!({"assigned_agent_id": scene.ada.0});
    user.patch(&scene.on_board(&format!("tasks/{}", first.id)), wanted).expect(200).await;
    let ask = json!({"action_type": "x", "confidence": 1, "lead_reasoning": "r", "task_ids": [first.id]});
    let approval = user.post(&scene.on_board("approvals"), ask).expect(200).await;
    let mut chat = Vec::new();
    for text in ["one", "two"] {
        let body = json!({"content": text, "tags": ["chat"]});
        chat.push(user.post(&scene.on_board("memory"), body).expect(200).await);
    }
    user.post(&scene.on_board("memory"), json!({"content": "note"})).expect(200).await;

    let snapshot = scene.ada.1.get(&scene.on_board("snapshot")).expect(200).await;
    let [newest, oldest] = &snapshot["tasks"].as_array().unwrap()[..] else { panic!("{snapshot}") };
    assert_eq!((&newest["title"], &newest["blocked_by_task_ids"]), (&json!("Second"), &json!([first.id])));
    assert_eq!((&newest["approvals_count"], &newest["assignee"]), (&json!(0), &Value::Null));
    assert_eq!((&oldest["approvals_count"], &oldest["approvals_pending_count"]), (&json!(1), &json!(1)));
    assert_eq!(oldest["assignee"], "Ada Lovelace");
    assert_eq!(
        (&snapshot["approvals"], &snapshot["pending_approvals_count"]),
        (&json!([approval]), &json!(1))
    );
    assert_eq!((snapshot["agents"].as_array().unwrap().len(), &snapshot["chat_messages"]), (3, &json!(chat)));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn snapshots_cost_the_same_queries_however_much_there_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (id, group) = (scene.board, scene.group);
    let mut statements = Vec::new();
    for round in 0..3 {
        let (organization, gateway) = (scene.organization, scene.gateway);
        let more = scene.write(move |tx| {
            let mut board = Board::new(organization, format!("b{round}"), "b");
            (board.gateway_id, board.board_group_id) = (Some(gateway), Some(group));
            boards::insert(tx, &board)?;
            for on in [board.id, id, id] {
                tasks::insert(tx, &Task::new(on, "t"))?;
            }
            Ok(())
        });
        more.await;
        let task = scene.task("asked").await;
        let ask = json!({"action_type": "x", "confidence": 1, "lead_reasoning": "r", "task_ids": [task.id]});
        scene.server.user().post(&scene.on_board("approvals"), ask).expect(200).await;
        let before = scene.db.statements_executed();
        let wanted = Wanted { except: None, only: None, include_done: true, per_board: 100 };
        let read = scene.db.read(move |conn| {
            let board = boards::find(conn, id)?.unwrap();
            let group = board_groups::find(conn, group)?.unwrap();
            Ok::<_, StoreError>((board_snapshot(conn, board)?, group_snapshot(conn, group, &wanted)?))
        });
        let (on_board, in_group) = read.await.unwrap();
        let found = (on_board.tasks.len(), on_board.approvals.len(), in_group.boards.len());
        assert_eq!(found, (3 * (round + 1), round + 1, round + 2));
        statements.push(scene.db.statements_executed() - before);
    }
    let [few, more, many] = statements[..] else { panic!("{statements:?}") };
    assert_eq!((few, more), (more, many));
}
