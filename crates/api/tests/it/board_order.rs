//! The order that people give a board, and how full its columns are to be.

use mission_control_core::limits::RANK;
use mission_control_store::tasks as rows;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::join;

use crate::scene::Scene;

struct World {
    scene: Scene,
    user: TestClient,
}

impl World {
    async fn start(backend: Backend) -> Self {
        let scene = Scene::start(backend).await;
        let user = scene.server.user();
        Self { scene, user }
    }

    async fn task(&self, title: &str) -> Value {
        self.user.post(&self.scene.on_board("tasks"), json!({ "title": title })).expect(200).await
    }

    fn path(&self, task: &Value) -> String {
        self.scene.on_board(&format!("tasks/{}", task["id"].as_str().unwrap()))
    }

    async fn put(&self, task: &Value, after: Value) -> Value {
        self.user.patch(&self.path(task), json!({ "after_task_id": after })).expect(200).await
    }

    /// The titles in the order of the ranks.
    async fn order(&self) -> String {
        let list = self.user.get(&self.scene.on_board("tasks?limit=200")).expect(200).await;
        let mut tasks: Vec<(String, String)> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|task| {
                (task["rank"].as_str().unwrap().to_owned(), task["title"].as_str().unwrap().to_owned())
            })
            .collect();
        tasks.sort();
        tasks.into_iter().map(|(_, title)| title).collect()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_put_behind_another_or_before_all_and_new_ones_come_first(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let (a, b, c) = (world.task("a").await, world.task("b").await, world.task("c").await);
    assert_eq!(world.order().await, "cba");
    let put = world.put(&c, a["id"].clone()).await;
    assert_eq!(put["updated_at"], c["updated_at"], "it is no other task by that");
    assert_eq!(world.order().await, "bac");
    world.put(&a, Value::Null).await;
    assert_eq!(world.order().await, "abc");
    world.put(&b, b["id"].clone()).await;
    assert_eq!(world.order().await, "abc", "behind itself is where it is");
    world.task("d").await;
    assert_eq!(world.order().await, "dabc");
    let both = json!({ "status": "in_progress", "after_task_id": c["id"] });
    let moved = world.user.patch(&world.path(&a), both).expect(200).await;
    assert_eq!(moved["status"], "in_progress");
    assert_eq!(world.order().await, "dbca");

    world.user.patch(&world.path(&a), json!({ "after_task_id": uuid::Uuid::nil() })).expect(404).await;
    let refused =
        world.scene.ada.1.patch(&world.path(&b), json!({ "after_task_id": null })).expect(403).await;
    assert_eq!(refused["detail"]["code"], "task_update_field_forbidden");
    world.scene.lead.1.patch(&world.path(&b), json!({ "after_task_id": null })).expect(200).await;
    assert_eq!(world.order().await, "bdca");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_who_put_tasks_behind_the_same_one_at_once_end_with_one_order(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let (a, b, c) = (world.task("a").await, world.task("b").await, world.task("c").await);
    for _ in 0..10 {
        let (one, other) = join!(world.put(&b, a["id"].clone()), world.put(&c, a["id"].clone()));
        assert_ne!(one["rank"], other["rank"]);
        let order = world.order().await;
        assert!(order == "abc" || order == "acb", "{order}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn ranks_that_have_grown_long_are_given_anew_in_the_same_order(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let (a, b, c) = (world.task("a").await, world.task("b").await, world.task("c").await);
    let id = |task: &Value| task["id"].as_str().unwrap().parse().unwrap();
    let (low, high) = ("1".repeat(RANK), format!("{}1", "1".repeat(RANK)));
    let (first, second) = (id(&a), id(&b));
    world
        .scene
        .write(move |tx| {
            rows::set_rank(tx, first, &low)?;
            rows::set_rank(tx, second, &high)
        })
        .await;
    assert_eq!(world.order().await, "abc");
    let put = world.put(&c, a["id"].clone()).await;
    assert!(put["rank"].as_str().unwrap().len() < 20, "{put}");
    assert_eq!(world.order().await, "acb");
    world.task("d").await;
    assert_eq!(world.order().await, "dacb");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_column_is_shown_and_refuses_agents_where_the_board_says_so(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    // A board is changed where its gateway has a main agent.
    world.scene.enter(Actor::MainAgent).await;
    let board = format!("/api/v1/boards/{}", world.scene.board);
    let limits = json!({ "wip_limits": { "in_progress": 1, "done": null } });
    let changed = world.user.patch(&board, limits).expect(200).await;
    assert_eq!(
        (&changed["wip_limits"], &changed["wip_refuses_agents"]),
        (&json!({ "in_progress": 1 }), &json!(false))
    );
    for odd in [json!({ "doing": 1 }), json!({ "review": 0 }), json!({ "review": "x" })] {
        let refused = world.user.patch(&board, json!({ "wip_limits": odd })).expect(422).await;
        assert!(refused.to_string().contains("wip_limits"), "{refused}");
    }
    let (first, second, third) = (world.task("a").await, world.task("b").await, world.task("c").await);
    let begin = json!({ "status": "in_progress" });
    world.scene.ada.1.patch(&world.path(&first), begin.clone()).expect(200).await;
    // Shown, and no more than that.
    world.scene.bob.1.patch(&world.path(&second), begin.clone()).expect(200).await;
    world.user.patch(&board, json!({ "wip_refuses_agents": true })).expect(200).await;
    let refused = world.scene.bob.1.patch(&world.path(&third), begin.clone()).expect(409).await;
    assert_eq!(refused["detail"]["code"], "wip_limit_reached", "{refused}");
    assert_eq!(
        (&refused["detail"]["status"], &refused["detail"]["limit"]),
        (&json!("in_progress"), &json!(1))
    );
    let claim =
        format!("/api/v1/agent/boards/{}/tasks/{}/claim", world.scene.board, third["id"].as_str().unwrap());
    world.scene.bob.1.post(&claim, json!({})).expect(409).await;
    let start = json!({ "title": "x", "status": "in_progress", "assigned_agent_id": world.scene.bob.0 });
    let tasks = format!("/api/v1/agent/boards/{}/tasks", world.scene.board);
    world.scene.lead.1.post(&tasks, start).expect(409).await;
    // What is in the column already may stay and be worked on, and people are not held up.
    world.scene.ada.1.patch(&world.path(&first), begin.clone()).expect(200).await;
    world.user.patch(&world.path(&third), begin).expect(200).await;
    world.user.patch(&board, json!({ "wip_limits": null })).expect(200).await;
}
