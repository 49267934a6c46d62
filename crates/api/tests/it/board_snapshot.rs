use std::collections::BTreeSet;

use mission_control_api::routes::snapshots::{Wanted, board_snapshot, group_snapshot};
use mission_control_core::id::TaskId;
use mission_control_core::models::{Board, Task, TaskStatus};
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

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_board_with_more_tasks_than_a_snapshot_holds_counts_all_of_them_and_says_where_they_go_on(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const MANY: usize = 2_030;
    let scene = Scene::start(backend).await;
    let (user, board) = (scene.server.user(), scene.board);
    let add = scene.write(move |tx| {
        let statuses = TaskStatus::ALL.iter().cycle();
        (0..MANY).zip(statuses).try_for_each(|(n, status)| {
            let task = Task { status: *status, ..Task::new(board, format!("Task {n}")) };
            tasks::insert(tx, &task).map(drop)
        })
    });
    add.await;
    let snapshot = user.get(&scene.on_board("snapshot")).expect(200).await;
    assert_eq!(snapshot["tasks_total"], json!(MANY));
    let counts = snapshot["task_counts"].as_object().unwrap();
    assert_eq!(counts.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), 2_030);
    let ids = |tasks: &Value| -> Vec<String> {
        tasks.as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut seen = ids(&snapshot["tasks"]);
    assert_eq!(seen.len(), 2_000);
    let mut cursor = snapshot["tasks_next_cursor"].clone();
    while let Some(text) = cursor.as_str() {
        let page = user.get(&scene.on_board(&format!("tasks?limit=20&cursor={text}"))).expect(200).await;
        assert!(page["items"][0].get("approvals_pending_count").is_some(), "{page}");
        seen.extend(ids(&page["items"]));
        cursor = page["next_cursor"].clone();
    }
    let distinct: BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), distinct.len()), (MANY, MANY));

    // The oldest of them is beyond the snapshot.
    let key = |number: usize| {
        let newest = snapshot["tasks"][0]["key"].as_str().unwrap();
        format!("{}-{number}", newest.rsplit_once('-').unwrap().0)
    };
    let found = user.get(&scene.on_board(&format!("tasks?key={}", key(1).to_lowercase()))).expect(200).await;
    assert_eq!(ids(&found["items"]), [seen[MANY - 1].clone()]);
    for name in [key(1), key(1).to_lowercase(), seen[MANY - 1].clone()] {
        let task = user.get(&scene.on_board(&format!("tasks/{name}"))).expect(200).await;
        assert_eq!((&task["id"], &task["key"]), (&json!(seen[MANY - 1]), &json!(key(1))));
    }
    for nothing in [key(MANY + 1), "XYZ-1".to_owned(), TaskId::random().to_string(), "nonsense".to_owned()] {
        user.get(&scene.on_board(&format!("tasks/{nothing}"))).expect(404).await;
    }
    assert_eq!(user.get(&scene.on_board("tasks?key=XYZ-1")).expect(200).await["total"], 0);
    user.get(&scene.on_board("tasks?key=nonsense")).expect(422).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_holds_so_many_bytes_of_tasks_and_no_more(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (user, board) = (scene.server.user(), scene.board);
    let add = scene.write(move |tx| {
        (0..600).try_for_each(|n| {
            let description = Some("x".repeat(20_000));
            tasks::insert(tx, &Task { description, ..Task::new(board, format!("Task {n}")) }).map(drop)
        })
    });
    add.await;
    let snapshot = user.get(&scene.on_board("snapshot")).expect(200).await;
    assert!(snapshot.to_string().len() < 5 << 20);
    let [shown, cursor] =
        [snapshot["tasks"].as_array().unwrap().len().to_string(), snapshot["tasks_next_cursor"].to_string()];
    let rest = user
        .get(&scene.on_board(&format!("tasks?limit=1&cursor={}", cursor.trim_matches('"'))))
        .expect(200)
        .await;
    let next = rest["items"][0]["title"].as_str().unwrap();
    assert_eq!(next, format!("Task {}", 599 - shown.parse::<usize>().unwrap()));
    assert_eq!(snapshot["tasks_total"], 600);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_has_the_values_of_custom_fields_and_their_defaults(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    for field in [
        json!({"field_key": "customer", "field_type": "text", "board_ids": [scene.board]}),
        json!({"field_key": "estimate", "field_type": "integer", "default_value": 3, "board_ids": [scene.board]}),
    ] {
        user.post("/api/v1/organizations/me/custom-fields", field).expect(200).await;
    }
    let values = json!({"customer": "Acme"});
    let task = user
        .post(&scene.on_board("tasks"), json!({"title": "t", "custom_field_values": values}))
        .expect(200)
        .await;
    let snapshot = user.get(&scene.on_board("snapshot")).expect(200).await;
    assert_eq!(snapshot["tasks"][0]["custom_field_values"], json!({"customer": "Acme", "estimate": 3}));
    assert_eq!(snapshot["tasks"][0]["custom_field_values"], task["custom_field_values"]);
}
