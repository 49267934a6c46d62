//! What is found across boards: approvals that wait, tasks by their title, and parts of the activity feed.

use mission_control_core::id::BoardId;
use mission_control_core::models::{ActivityEvent, Board, MemberChanges, Organization, Task};
use mission_control_store::{activity, boards, members, organizations, tasks};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// A second board of the organization, and one of strangers with a task.
async fn boards_beside(scene: &Scene) -> BoardId {
    let second = Board::new(scene.organization, "Second", "second");
    let strangers = Organization::new("Strangers");
    let foreign = Board::new(strangers.id, "Foreign", "foreign");
    let id = second.id;
    scene
        .write(move |tx| {
            boards::insert(tx, &second)?;
            organizations::insert(tx, &strangers)?;
            boards::insert(tx, &foreign)?;
            tasks::insert(tx, &Task::new(foreign.id, "Deploy theirs"))
        })
        .await;
    id
}

/// Takes the person's right to see boards away.
async fn blind(scene: &Scene) {
    let me = scene.server.user().get("/api/v1/organizations/me/member").expect(200).await["id"].clone();
    let me = me.as_str().unwrap().parse().unwrap();
    let changes =
        MemberChanges { all_boards_read: Some(false), all_boards_write: Some(false), ..Default::default() };
    scene.write(move |tx| members::update(tx, me, &changes)).await;
}

fn titles(found: &Value) -> Vec<&str> {
    found["tasks"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_found_by_words_of_their_title_on_the_boards_that_the_person_sees(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let second = boards_beside(&scene).await;
    scene.task("Deploy the Website").await;
    scene.task("Write 100% of it").await;
    scene.write(move |tx| tasks::insert(tx, &Task::new(second, "deploy the api"))).await;
    let user = scene.server.user();
    let found = user.get("/api/v1/search?q=DEPLOY").expect(200).await;
    assert_eq!(titles(&found), ["deploy the api", "Deploy the Website"]);
    assert_eq!(
        (&found["tasks"][0]["board_name"], &found["tasks"][0]["status"]),
        (&json!("Second"), &json!("inbox"))
    );
    // On PostgreSQL the locale of the database says which letters belong together.
    if backend == Backend::Sqlite {
        scene.task("\u{c4}rger mit \u{416}\u{417}").await;
        let letters = user.get("/api/v1/search?q=%C3%84RGER%20%D0%B6%D0%B7").expect(200).await;
        assert_eq!(titles(&letters), ["\u{c4}rger mit \u{416}\u{417}"], "letters of any alphabet");
    }
    let both = user.get("/api/v1/search?q=website%20deploy").expect(200).await;
    assert_eq!(titles(&both), ["Deploy the Website"], "every word counts, in any order");
    let percent = user.get("/api/v1/search?q=0%25").expect(200).await;
    assert_eq!(titles(&percent), ["Write 100% of it"], "a percent sign is no wildcard");
    assert_eq!(
        user.get("/api/v1/search?q=e&limit=1").expect(200).await["tasks"].as_array().unwrap().len(),
        1
    );
    user.get("/api/v1/search").expect(422).await;
    user.get(&format!("/api/v1/search?q={}", ["e"; 10].join("+"))).expect(200).await;
    for (too_much, said) in [
        ("a+".repeat(11), "10 words"),
        ("a+".repeat(3_000), "200 characters"),
        ("%25_".repeat(101), "200 characters"),
    ] {
        let refused = user.get(&format!("/api/v1/search?q={too_much}")).expect(422).await;
        assert!(refused.to_string().contains(said), "{refused}");
    }
    blind(&scene).await;
    assert_eq!(titles(&user.get("/api/v1/search?q=deploy").expect(200).await), Vec::<&str>::new());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_approvals_of_all_boards_are_one_list(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let second = boards_beside(&scene).await;
    let user = scene.server.user();
    let ask = json!({"action_type": "deploy", "confidence": 80, "lead_reasoning": "why"});
    let first = user.post(&scene.on_board("approvals"), &ask).expect(200).await;
    let other = user.post(&format!("/api/v1/boards/{second}/approvals"), &ask).expect(200).await;
    let all = user.get("/api/v1/approvals").expect(200).await;
    assert_eq!((&all["total"], &all["items"][0], &all["items"][1]), (&json!(2), &other, &first));
    let decided = scene.on_board(&format!("approvals/{}", first["id"].as_str().unwrap()));
    user.patch(&decided, json!({"status": "approved"})).expect(200).await;
    let pending = user.get("/api/v1/approvals?status=pending").expect(200).await;
    assert_eq!((&pending["total"], &pending["items"][0]["id"]), (&json!(1), &other["id"]));
    blind(&scene).await;
    assert_eq!(user.get("/api/v1/approvals").expect(200).await["total"], 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_feed_is_narrowed_by_board_task_agent_and_kind_and_shows_no_check_ins_when_asked(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let second = boards_beside(&scene).await;
    let task = scene.task("Task").await;
    let (board, ada) = (scene.board, scene.ada.0);
    let events = [
        ActivityEvent::new("agent.heartbeat", "here").board(board).agent(ada),
        ActivityEvent::new("task.created", "made").board(board).task(task.id),
        ActivityEvent::new("task.comment", "said").board(board).task(task.id).agent(ada),
        ActivityEvent::new("tasks", "no task").board(board),
        ActivityEvent::new("board.created", "second").board(second),
    ];
    scene.write(move |tx| events.iter().try_for_each(|event| activity::record(tx, event))).await;
    let user = scene.server.user();
    let shown = async |query: &str| -> Vec<String> {
        let feed = user.get(&format!("/api/v1/activity?{query}")).expect(200).await;
        let mut messages: Vec<String> = feed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["message"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(feed["total"], messages.len());
        messages.sort();
        messages
    };
    assert_eq!(shown("").await.len(), 5);
    assert_eq!(shown("heartbeats=false").await, ["made", "no task", "said", "second"]);
    assert_eq!(shown(&format!("board_id={second}")).await, ["second"]);
    assert_eq!(shown(&format!("task_id={}", task.id)).await, ["made", "said"]);
    assert_eq!(shown(&format!("agent_id={ada}")).await, ["here", "said"]);
    assert_eq!(shown("kind=task").await, ["made", "said"]);
    assert_eq!(shown("kind=task.comment").await, ["said"]);
}
