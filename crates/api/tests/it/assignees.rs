//! Tasks that people have.

use mission_control_core::id::UserId;
use mission_control_core::models::{
    BoardChanges, OrgRole, OrganizationBoardAccess, OrganizationMember, User,
};
use mission_control_store::{members, users};
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

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

    /// Another member, who may write to the board if `writes`.
    async fn colleague(&self, name: &str, writes: bool) -> OrganizationMember {
        let user = User { name: Some(name.to_owned()), ..User::new(UserId::random().to_string()) };
        let member = OrganizationMember::new(self.scene.organization, user.id, OrgRole::Member);
        let (board, row) = (self.scene.board, member.clone());
        self.scene
            .write(move |tx| {
                users::get_or_insert(tx, &user)?;
                members::insert(tx, &row)?;
                members::replace_access(
                    tx,
                    row.id,
                    &[OrganizationBoardAccess::new(row.id, board, true, writes)],
                )
            })
            .await;
        member
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

    async fn change(&self, task: &Value, body: Value) -> Value {
        self.user.patch(&self.task(task), body).expect(200).await
    }

    async fn titles(&self, path: &str) -> Vec<String> {
        let page = self.user.get(path).expect(200).await;
        let items = page["items"].as_array().unwrap().iter();
        items.map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_an_agents_or_a_persons_and_everybody_sees_whose(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let (me, ada) = (world.scene.user(), world.scene.ada.0);
    let eve = world.colleague("Eve Moneypenny", true).await.user_id;
    let mine = world.create(json!({ "title": "Mine", "assigned_user_id": me })).await;
    assert_eq!((&mine["assigned_user_id"], &mine["assigned_agent_id"]), (&json!(me), &Value::Null));
    assert!(mine["assigned_at"].is_string());
    let hers = world.create(json!({ "title": "Hers", "assigned_agent_id": ada })).await;
    assert_eq!((&hers["assigned_user_id"], &hers["assigned_agent_id"]), (&Value::Null, &json!(ada)));
    world.create(json!({ "title": "Nobody's" })).await;

    let both = json!({ "assigned_agent_id": ada, "assigned_user_id": eve });
    let refused = world.user.patch(&world.task(&hers), both.clone()).expect(422).await;
    assert!(refused.to_string().contains("assigned_user_id"), "{refused}");
    world
        .user
        .post(&world.tasks(), json!({ "title": "x", "assigned_agent_id": ada, "assigned_user_id": eve }))
        .expect(422)
        .await;

    let given = world.change(&hers, json!({ "assigned_user_id": eve })).await;
    assert_eq!((&given["assigned_user_id"], &given["assigned_agent_id"]), (&json!(eve), &Value::Null));
    let kept = world.change(&hers, json!({ "assigned_agent_id": null })).await;
    assert_eq!(
        kept["assigned_user_id"],
        json!(eve),
        "clients that know of agents alone take nothing from a person"
    );

    let list = world.tasks();
    assert_eq!(world.titles(&format!("{list}?assigned_user_id=me")).await, ["Mine"]);
    assert_eq!(world.titles(&format!("{list}?assigned_user_id={eve}")).await, ["Hers"]);
    assert_eq!(world.titles(&format!("{list}?unassigned=true")).await, ["Nobody's"]);
    world.user.get(&format!("{list}?assigned_user_id=you")).expect(422).await;
    let agents = format!("/api/v1/agent/boards/{}/tasks", world.scene.board);
    world.scene.ada.1.get(&format!("{agents}?assigned_user_id=me")).expect(422).await;
    let seen = world.scene.ada.1.get(&format!("{agents}?assigned_user_id={eve}")).expect(200).await;
    assert_eq!(seen["items"][0]["title"], "Hers");

    let snapshot = world.user.get(&world.scene.on_board("snapshot")).expect(200).await;
    let names: Vec<&str> =
        snapshot["people"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Local User", "Eve Moneypenny"]);
    let card = snapshot["tasks"].as_array().unwrap().iter().find(|task| task["title"] == "Hers").unwrap();
    assert_eq!(card["assignee"], "Eve Moneypenny");
    let found = world.user.get("/api/v1/search?q=hers").expect(200).await;
    assert_eq!(found["tasks"][0]["assigned_user_id"], json!(eve));
    let group =
        world.user.get(&format!("/api/v1/board-groups/{}/snapshot", world.scene.group)).expect(200).await;
    let tasks = group["boards"][0]["tasks"].as_array().unwrap();
    let task = tasks.iter().find(|task| task["title"] == "Hers").unwrap();
    assert_eq!((&task["assigned_user_id"], &task["assignee"]), (&json!(eve), &json!("Eve Moneypenny")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn agents_do_not_take_what_a_person_has_and_hear_who_it_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let task = world.create(json!({ "title": "Mine", "assigned_user_id": world.scene.user() })).await;
    let (id, scene) = (task["id"].as_str().unwrap(), &world.scene);
    let path = format!("/api/v1/agent/boards/{}/tasks/{id}", scene.board);
    let claimed = scene.ada.1.post(&format!("{path}/claim"), json!({})).expect(409).await;
    let moved = scene.ada.1.patch(&path, json!({ "status": "in_progress" })).expect(409).await;
    let given = scene.lead.1.patch(&path, json!({ "assigned_agent_id": scene.bob.0 })).expect(409).await;
    let taken = scene.lead.1.patch(&path, json!({ "assigned_user_id": null })).expect(409).await;
    let deleted = scene.lead.1.delete(&path).expect(409).await;
    for refused in [claimed, moved, given, taken, deleted] {
        assert_eq!(refused["detail"]["code"], "task_held_by_person", "{refused}");
        assert_eq!(refused["detail"]["assigned_user_name"], "Local User");
        assert!(refused["next_step"].as_str().unwrap().contains("unassigned=true"), "{refused}");
    }
    scene.lead.1.patch(&path, json!({ "tag_ids": [] })).expect(200).await;
    // A lead gives work to people as well.
    let asked = json!({ "title": "Sign it", "assigned_user_id": scene.user() });
    let asked =
        scene.lead.1.post(&format!("/api/v1/agent/boards/{}/tasks", scene.board), asked).expect(200).await;
    assert_eq!(asked["assigned_user_id"], json!(scene.user()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_persons_work_is_reviewed_by_the_lead_and_comes_back_to_the_person(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let (me, scene) = (world.scene.user(), &world.scene);
    let task =
        world.create(json!({ "title": "Mine", "assigned_user_id": me, "status": "in_progress" })).await;
    let handed = world.change(&task, json!({ "status": "review" })).await;
    assert_eq!(
        (&handed["assigned_agent_id"], &handed["assigned_user_id"]),
        (&json!(scene.lead.0), &Value::Null)
    );
    let back = scene.lead.1.patch(&world.task(&task), json!({ "status": "inbox" })).expect(200).await;
    assert_eq!((&back["assigned_agent_id"], &back["assigned_user_id"]), (&Value::Null, &json!(me)));
    let again = world.change(&task, json!({ "status": "in_progress" })).await;
    assert_eq!(again["assigned_user_id"], json!(me));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn only_people_who_may_write_to_the_board_are_given_its_tasks(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let reader = world.colleague("Reader", false).await.user_id;
    for person in [reader, UserId::random()] {
        let refused = world.user.post(&world.tasks(), json!({ "title": "x", "assigned_user_id": person }));
        assert_eq!(refused.expect(409).await["code"], "person_without_board");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_loses_the_board_or_leaves_has_no_tasks_any_more_and_the_activity_says_so(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(true, false)] leaves: bool,
) {
    let world = World::start(backend).await;
    let eve = world.colleague("Eve", true).await;
    let begun = world
        .create(json!({ "title": "Begun", "assigned_user_id": eve.user_id, "status": "in_progress" }))
        .await;
    let done = world.change(&begun, json!({ "title": "Begun" })).await;
    assert_eq!(done["assigned_user_id"], json!(eve.user_id));
    let finished = world.create(json!({ "title": "Reviewed", "assigned_user_id": eve.user_id })).await;
    let path = format!("/api/v1/organizations/me/members/{}", eve.id);
    // Other rights that leave the board open change nothing.
    world.user.put(&format!("{path}/access"), json!({ "all_boards_write": true })).expect(200).await;
    let kept = world.user.get(&world.task(&begun)).expect(200).await;
    assert_eq!(kept["assigned_user_id"], json!(eve.user_id));
    match leaves {
        true => world.user.delete(&path).expect(200).await,
        false => {
            world.user.put(&format!("{path}/access"), json!({ "all_boards_read": true })).expect(200).await
        }
    };
    for (task, status) in [(&begun, "inbox"), (&finished, "inbox")] {
        let now = world.user.get(&world.task(task)).expect(200).await;
        assert_eq!((&now["status"], &now["assigned_user_id"]), (&json!(status), &Value::Null));
        assert_eq!((&now["assignee"], &now["assigned_at"]), (&Value::Null, &Value::Null));
        let id = task["id"].as_str().unwrap();
        let activity = world.user.get(&format!("/api/v1/activity?task_id={id}")).expect(200).await;
        let said = activity["items"].as_array().unwrap().iter();
        let said = said.filter_map(|event| event["message"].as_str());
        let because = "assignee: Eve → –\nbecause: Eve may not write to the board any more";
        assert_eq!(said.filter(|text| text.contains(because)).count(), 1, "{activity}");
    }
    let told = world.scene.messages().await.into_iter();
    let told = told.filter(|(_, text)| text.starts_with("TASK BACK IN INBOX")).count();
    assert_eq!(told, 2, "the lead finds new owners");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_given_a_task_or_is_mentioned_finds_it_in_the_inbox(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::start(backend).await;
    let open = BoardChanges { require_approval_for_done: Some(false), ..BoardChanges::default() };
    world.scene.change_board(open).await;
    let me = world.scene.user();
    world.colleague("Eve", true).await;
    let first = world.create(json!({ "title": "First", "assigned_user_id": me })).await;
    world.create(json!({ "title": "Second", "assigned_user_id": me })).await;
    assert_eq!(world.titles("/api/v1/inbox/tasks").await, ["Second", "First"]);
    world.change(&first, json!({ "assigned_user_id": null })).await;
    world.change(&first, json!({ "assigned_user_id": me })).await;
    assert_eq!(world.titles("/api/v1/inbox/tasks").await, ["First", "Second"], "given anew");
    world.change(&first, json!({ "status": "done" })).await;
    assert_eq!(world.titles("/api/v1/inbox/tasks").await, ["Second"]);

    let comments = format!("{}/comments", world.task(&first));
    let say =
        async |text: &str| world.scene.ada.1.post(&comments, json!({ "message": text })).expect(200).await;
    say("@Eve, look").await;
    let meant = say("@Local-User, please decide").await;
    say("nobody@local-user.example").await;
    let feed = world.user.get("/api/v1/activity/task-comments?mentions_me=true").expect(200).await;
    let items = feed["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["id"]), (1, &meant["id"]));
    assert_eq!(items[0]["mentioned_user_ids"], json!([me]));
    let all = world.user.get("/api/v1/activity/task-comments").expect(200).await;
    assert_eq!(all["total"], 3);
    world.user.delete(&world.task(&first)).expect(200).await;
}
