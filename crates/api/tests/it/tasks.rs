use mission_control_core::id::{AgentId, ApprovalId, TaskId, UserId};
use mission_control_core::models::{Approval, ApprovalStatus, BoardChanges};
use mission_control_store::approvals;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// A scene whose board lets anybody finish a task.
struct World {
    scene: Scene,
    user: TestClient,
}

impl World {
    async fn start(backend: Backend) -> Self {
        let scene = Scene::start(backend).await;
        let user = scene.server.user();
        let world = Self { scene, user };
        world.rules(BoardChanges { require_approval_for_done: Some(false), ..BoardChanges::default() }).await;
        world
    }

    async fn rules(&self, changes: BoardChanges) {
        self.scene.change_board(changes).await;
    }

    fn tasks(&self) -> String {
        self.scene.on_board("tasks")
    }

    fn task(&self, task: &Value) -> String {
        format!("{}/{}", self.tasks(), task["id"].as_str().unwrap())
    }

    async fn create(&self, body: Value) -> Value {
        self.user.post(&self.tasks(), body).expect(200).await
    }

    async fn move_to(&self, who: &TestClient, task: &Value, status: &str) -> Value {
        who.patch(&self.task(task), json!({"status": status})).expect(200).await
    }

    /// Every message to agents so far: to whom, and its first line.
    async fn messages(&self) -> Vec<(AgentId, String)> {
        let messages = self.scene.messages().await.into_iter();
        messages.map(|(agent, text)| (agent, text.lines().next().unwrap().to_owned())).collect()
    }

    async fn approval(&self, about: &[&Value], status: ApprovalStatus) -> ApprovalId {
        let tasks: Vec<TaskId> =
            about.iter().map(|task| task["id"].as_str().unwrap().parse().unwrap()).collect();
        let approval =
            Approval { task_id: Some(tasks[0]), status, ..Approval::new(self.scene.board, "close", 90.0) };
        let id = approval.id;
        self.scene.write(move |tx| approvals::insert(tx, &approval, &tasks)).await;
        id
    }

    async fn resolve(&self, approval: ApprovalId, status: ApprovalStatus) {
        let path = self.scene.on_board(&format!("approvals/{approval}"));
        self.user.patch(&path, json!({"status": status})).expect(200).await;
    }

    /// The task that an approval names; `None` when the approval is gone.
    async fn tasks_of(&self, approval: ApprovalId) -> Option<Value> {
        let list = self.user.get(&self.scene.on_board("approvals")).expect(200).await;
        let found =
            list["items"].as_array().unwrap().iter().find(|item| item["id"] == json!(approval)).cloned();
        found.map(|item| item["task_id"].clone())
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_goes_from_a_person_over_a_worker_to_the_lead_and_everybody_is_told(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let (lead, worker) = (world.scene.lead.0, world.scene.ada.0);
    let me = world.user.get("/api/v1/users/me").expect(200).await;
    let task = world.create(json!({"title": "Fix", "description": "d"})).await;
    assert_eq!(task["created_by_user_id"], me["id"]);
    assert_eq!((&task["status"], &task["priority"]), (&json!("inbox"), &json!("medium")));

    let assigned = json!({"assigned_agent_id": worker, "title": "Fix it"});
    world.user.patch(&world.task(&task), assigned).expect(200).await;
    let begun = world.move_to(&world.scene.ada.1, &task, "in_progress").await;
    assert_eq!((&begun["assigned_agent_id"], begun["in_progress_at"].is_string()), (&json!(worker), true));
    let comment =
        world.scene.ada.1.post(&format!("{}/comments", world.task(&task)), json!({"message": " see @lead "}));
    assert_eq!(comment.expect(200).await["message"], "see @lead");
    let reviewed = world.move_to(&world.scene.ada.1, &task, "review").await;
    assert_eq!((&reviewed["assigned_agent_id"], &reviewed["in_progress_at"]), (&json!(lead), &Value::Null));
    let rework = world.move_to(&world.scene.lead.1, &task, "inbox").await;
    assert_eq!(rework["assigned_agent_id"], json!(worker));

    let expected = [
        (lead, "NEW TASK ADDED"),
        (worker, "TASK ASSIGNED"),
        (lead, "TASK MENTION"),
        (lead, "TASK READY FOR LEAD REVIEW"),
        (worker, "CHANGES REQUESTED"),
    ];
    assert_eq!(world.messages().await, expected.map(|(agent, text)| (agent, text.to_owned())));

    let kinds: Vec<_> = world.scene.events("task.").await.into_iter().map(|event| event.kind).collect();
    let moved = "task.status_changed";
    assert_eq!(kinds, ["task.created", "task.updated", moved, "task.commented", moved, moved]);
    let last = world.scene.events("task.").await.pop().unwrap().payload;
    assert_eq!((&last["task"]["title"], &last["task"]["status"]), (&json!("Fix it"), &json!("inbox")));
    assert_eq!(last["activity"]["event_type"], moved);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn tasks_wait_for_each_other_without_cycles(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let user = &world.user;
    let first = world.create(json!({"title": "first"})).await;
    let second =
        world.create(json!({"title": "second", "depends_on_task_ids": [first["id"], first["id"]]})).await;
    assert_eq!(
        (&second["is_blocked"], &second["blocked_by_task_ids"]),
        (&json!(true), &json!([first["id"]]))
    );
    let third = world.create(json!({"title": "third", "depends_on_task_ids": [second["id"]]})).await;

    let wait_for = |task: &Value| json!({"depends_on_task_ids": [task["id"]]});
    user.patch(&world.task(&first), wait_for(&third)).expect(409).await;
    user.patch(&world.task(&first), wait_for(&first)).expect(422).await;
    let nowhere = json!({"depends_on_task_ids": ["00000000-0000-4000-8000-00000000dead"]});
    let missing = user.patch(&world.task(&first), &nowhere).expect(404).await;
    assert_eq!(missing["detail"]["missing_task_ids"], nowhere["depends_on_task_ids"]);

    let refused =
        world.scene.ada.1.patch(&world.task(&second), json!({"status": "in_progress"})).expect(409).await;
    assert_eq!(refused["detail"]["code"], "task_blocked_cannot_transition");
    assert_eq!(refused["detail"]["blocked_by_task_ids"], json!([first["id"]]));
    let begin_blocked = json!({"title": "x", "status": "in_progress", "depends_on_task_ids": [first["id"]]});
    user.post(&world.tasks(), begin_blocked).expect(409).await;

    world.move_to(user, &first, "done").await;
    world.move_to(user, &second, "in_progress").await;
    let reopened = world.move_to(user, &first, "review").await;
    assert_eq!(reopened["status"], "review");
    let list = user.get(&format!("{}?status=inbox", world.tasks())).expect(200).await;
    let titles: Vec<_> = list["items"].as_array().unwrap().iter().map(|task| &task["title"]).collect();
    assert_eq!(titles, ["third", "second"]);
    user.delete(&world.task(&first)).expect(200).await;
    let freed = user.patch(&world.task(&second), json!({"title": "free"})).expect(200).await;
    assert_eq!((&freed["is_blocked"], &freed["depends_on_task_ids"]), (&json!(false), &json!([])));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_board_keeps_its_rules(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let world = World::start(backend).await;
    let user = &world.user;
    world
        .rules(BoardChanges {
            require_approval_for_done: Some(true),
            require_review_before_done: Some(true),
            comment_required_for_review: Some(true),
            ..BoardChanges::default()
        })
        .await;
    let task = world.create(json!({"title": "t"})).await;
    let path = world.task(&task);
    let done = json!({"status": "done"});
    let refused = user.patch(&path, &done).expect(409).await;
    assert_eq!(refused["detail"]["blocked_by_task_ids"], json!([]));
    world.move_to(&world.scene.ada.1, &task, "in_progress").await;
    world.scene.ada.1.patch(&path, json!({"status": "review"})).expect(422).await;
    world.scene.ada.1.post(&format!("{path}/comments"), json!({"message": "evidence"})).expect(200).await;
    world.move_to(&world.scene.ada.1, &task, "review").await;
    user.patch(&path, &done).expect(409).await;
    world.scene.lead.1.patch(&path, &done).expect(409).await;
    world.rules(BoardChanges { require_approval_for_done: Some(false), ..BoardChanges::default() }).await;
    world.move_to(&world.scene.lead.1, &task, "done").await;
    user.patch(&path, json!({"depends_on_task_ids": []})).expect(409).await;

    world.rules(BoardChanges { only_lead_can_change_status: Some(true), ..BoardChanges::default() }).await;
    let other = world.create(json!({"title": "o"})).await;
    world.scene.ada.1.patch(&world.task(&other), json!({"status": "in_progress"})).expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_approval_freezes_or_frees_its_tasks_and_outlives_them_only_with_others(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let user = &world.user;
    world
        .rules(BoardChanges {
            require_approval_for_done: Some(true),
            block_status_changes_with_pending_approval: Some(true),
            ..BoardChanges::default()
        })
        .await;
    let (first, second) =
        (world.create(json!({"title": "1"})).await, world.create(json!({"title": "2"})).await);
    let approval = world.approval(&[&first, &second], ApprovalStatus::Pending).await;
    let frozen = user.patch(&world.task(&first), json!({"status": "review"})).expect(409).await;
    assert_eq!(frozen["detail"]["blocked_by_task_ids"], json!([]));
    user.patch(&world.task(&first), json!({"title": "one", "status": "inbox"})).expect(200).await;
    world.resolve(approval, ApprovalStatus::Approved).await;
    world.move_to(user, &second, "done").await;

    user.delete(&world.task(&first)).expect(200).await;
    assert_eq!(world.tasks_of(approval).await, Some(second["id"].clone()));
    user.delete(&world.task(&second)).expect(200).await;
    assert_eq!(world.tasks_of(approval).await, None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_at_once_that_contradict_each_other_one_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let user = &world.user;
    let main = world.scene.enter(Actor::MainAgent).await;
    for _ in 0..10 {
        let (first, second) =
            (world.create(json!({"title": "1"})).await, world.create(json!({"title": "2"})).await);
        let wait_for = |task: &Value| json!({"depends_on_task_ids": [task["id"]]});
        let edits = (
            user.patch(&world.task(&first), wait_for(&second)).send(),
            user.patch(&world.task(&second), wait_for(&first)).send(),
        );
        let (one, other) = tokio::join!(edits.0, edits.1);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);

        let free = world.create(json!({"title": "free"})).await;
        let claim = |who: &TestClient| who.patch(&world.task(&free), json!({"status": "in_progress"})).send();
        let (one, other) = tokio::join!(claim(&world.scene.ada.1), claim(&main));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 403]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_reaches_those_it_mentions_or_else_the_assignee_and_never_its_author() {
    let world = World::start(Backend::Sqlite).await;
    let (lead, worker) = (world.scene.lead.0, world.scene.ada.0);
    let task = world.create(json!({"title": "t", "assigned_agent_id": worker})).await;
    let comments = format!("{}/comments", world.task(&task));
    let before = world.messages().await.len();
    let say = |who: &TestClient, text: &str| who.post(&comments, json!({"message": text})).expect(200);
    say(&world.user, "please hurry").await;
    say(&world.user, "@ada and @lead: look").await;
    say(&world.scene.ada.1, "done by @Ada").await;
    say(&world.scene.ada.1, "nearly").await;
    say(&world.user, "hi @nobody").await;
    let mut told = world.messages().await.split_off(before);
    told[1..].sort_unstable_by_key(|(agent, _)| *agent != lead);
    let expected = [
        (worker, "NEW TASK COMMENT"),
        (lead, "TASK MENTION"),
        (worker, "TASK MENTION"),
        (worker, "NEW TASK COMMENT"),
    ];
    assert_eq!(told, expected.map(|(agent, text)| (agent, text.to_owned())));
    let page = world.scene.ada.1.get(&format!("{comments}?limit=2&offset=1")).expect(200).await;
    let said: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| &item["message"]).collect();
    assert_eq!(
        (said, &page["total"]),
        (vec![&json!("@ada and @lead: look"), &json!("done by @Ada")], &json!(5))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_changes_what_is_its_to_change() {
    let world = World::start(Backend::Sqlite).await;
    let task = world.create(json!({"title": "t"})).await;
    let path = world.task(&task);
    for refused in [json!({"title": "x"}), json!({"assigned_agent_id": null}), json!({"tag_ids": []})] {
        let answer = world.scene.ada.1.patch(&path, refused).expect(403).await;
        assert_eq!(answer["detail"]["code"], "task_update_field_forbidden");
    }
    for refused in [json!({"title": "x"}), json!({"comment": "x"}), json!({"status": "done"})] {
        world.scene.lead.1.patch(&path, refused).expect(403).await;
    }
    world.scene.lead.1.patch(&path, json!({"assigned_agent_id": world.scene.lead.0})).expect(403).await;
    world.scene.lead.1.post(&format!("{path}/comments"), json!({"message": "x"})).expect(403).await;
    let start = json!({"assigned_agent_id": world.scene.ada.0, "status": "in_progress"});
    world.scene.lead.1.patch(&path, start).expect(200).await;
    world.scene.ada.1.delete(&path).expect(401).await;
    world.scene.ada.1.post(&world.tasks(), json!({"title": "x"})).expect(401).await;
    let stranger = UserId::random();
    world.user.post(&world.tasks(), json!({"title": "x", "created_by_user_id": stranger})).expect(403).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_for_its_agents_and_the_main_agents_of_its_organization() {
    let world = World::start(Backend::Sqlite).await;
    let expected = [
        (Actor::Agent, 200),
        (Actor::Lead, 200),
        (Actor::MainAgent, 200),
        (Actor::OtherAgent, 403),
        (Actor::ForeignAgent, 404),
        (Actor::Anonymous, 401),
    ];
    for (actor, status) in expected {
        world.scene.enter(actor).await.get(&world.tasks()).expect(status).await;
    }
}
