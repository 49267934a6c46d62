use futures_util::future::join_all;
use mission_control_core::id::{ApprovalId, UserId};
use mission_control_core::limits::DECISIONS;
use mission_control_core::models::{ApprovalStatus, Board, Organization, Task};
use mission_control_store::{approvals, boards, organizations, tasks};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::{Scene, headlines};

fn asked(task_ids: &[&Task]) -> Value {
    let ids: Vec<_> = task_ids.iter().map(|task| task.id).collect();
    json!({"action_type": "deploy", "confidence": 72.5, "lead_reasoning": " why ", "task_ids": ids})
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_made_once_and_the_lead_is_told(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    let (first, second) = (scene.task("First").await, scene.task("Second").await);
    let mut wanted = asked(&[&second]);
    wanted["task_id"] = json!(first.id);
    wanted["rubric_scores"] = json!({"risk": 5, "clarity": "20"});
    let approval = user.post(&path, &wanted).expect(200).await;
    assert_eq!(
        (&approval["task_ids"], &approval["task_id"]),
        (&json!([first.id, second.id]), &json!(first.id))
    );
    assert_eq!(approval["task_titles"], json!(["First", "Second"]));
    assert_eq!(
        (&approval["payload"], &approval["rubric_scores"]),
        (&json!({"reason": "why"}), &json!({"risk": 5, "clarity": 20}))
    );

    let refused = user.post(&path, asked(&[&second])).expect(409).await;
    let conflict = json!([{"task_id": second.id, "approval_id": approval["id"]}]);
    assert_eq!(refused["detail"]["conflicts"], conflict);
    let one = format!("{path}/{}", approval["id"].as_str().unwrap());
    assert_eq!(user.patch(&one, json!({})).expect(200).await, approval);
    let decided = user.patch(&one, json!({"status": "approved"})).expect(200).await;
    assert_eq!((&decided["status"], decided["resolved_at"].is_string()), (&json!("approved"), true));
    for again in ["approved", "rejected"] {
        user.patch(&one, json!({"status": again})).expect(409).await;
    }
    assert_eq!(scene.headlines().await, headlines(&[(scene.lead.0, "APPROVAL RESOLVED")]));

    let next = user.post(&path, asked(&[&second])).expect(200).await;
    let back = json!({"status": "pending"});
    let refused = user.patch(&one, &back).expect(409).await;
    assert_eq!(refused["detail"]["conflicts"][0]["approval_id"], next["id"]);
    user.patch(&format!("{path}/{}", next["id"].as_str().unwrap()), json!({"status": "rejected"}))
        .expect(200)
        .await;
    assert_eq!(user.patch(&one, &back).expect(200).await["status"], "pending");

    let pending = user.get(&format!("{path}?status=pending")).expect(200).await;
    assert_eq!((&pending["total"], &pending["items"][0]["id"]), (&json!(1), &approval["id"]));
    let events = scene.events("approval.").await;
    let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
    let (created, updated) = ("approval.created", "approval.updated");
    assert_eq!(kinds, [created, updated, created, updated, updated]);
    assert_eq!(events[1].payload["approval"], decided);
    assert_eq!(events[2].payload["task_counts"]["approvals_count"], 2);
    assert_eq!(events[4].payload["pending_approvals_count"], 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_decide_or_ask_at_once_one_succeeds(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    let task = scene.task("T").await;
    let asked = asked(&[&task]);
    let asks = join_all((0..8).map(|_| user.post(&path, &asked).send())).await;
    let (won, lost): (Vec<_>, Vec<_>) = asks.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.iter().filter(|answer| answer.status == 409).count()), (1, 7));
    let one = format!("{path}/{}", won[0].body["id"].as_str().unwrap());
    let decisions = ["approved", "rejected"].into_iter().cycle().take(8);
    let answers = join_all(decisions.map(|status| user.patch(&one, json!({"status": status})).send())).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(scene.headlines().await, headlines(&[(scene.lead.0, "APPROVAL RESOLVED")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_agent_asks_for_waits_for_a_person() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = scene.on_board("approvals");
    let task = scene.task("T").await;
    let mut wanted = asked(&[&task]);
    wanted["status"] = json!("approved");
    let approval = scene.ada.1.post(&path, &wanted).expect(200).await;
    assert_eq!((&approval["status"], &approval["resolved_at"]), (&json!("pending"), &Value::Null));
    let one = format!("{path}/{}", approval["id"].as_str().unwrap());
    scene.ada.1.patch(&one, json!({"status": "approved"})).expect(401).await;
    scene.server.stranger().post(&path, &wanted).expect(401).await;
    let noted = json!({"action_type": "x", "confidence": 1, "lead_reasoning": "r", "status": "approved"});
    assert_eq!(scene.server.user().post(&path, noted).expect(200).await["status"], "approved");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn tasks_and_agents_of_others_cannot_be_named(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    let organization = Organization::new("Other");
    let mut board = Board::new(scene.organization, "B", "b");
    let mut foreign = Board::new(organization.id, "F", "f");
    (board.gateway_id, foreign.gateway_id) = (None, None);
    let strangers = [Task::new(board.id, "elsewhere"), Task::new(foreign.id, "foreign")];
    let (other, rows) = (foreign.id, strangers.clone());
    scene
        .write(move |tx| {
            organizations::insert(tx, &organization)?;
            boards::insert(tx, &board)?;
            boards::insert(tx, &foreign)?;
            rows.iter().try_for_each(|task| tasks::insert(tx, task).map(drop))
        })
        .await;
    for task in &strangers {
        user.post(&path, asked(&[task])).expect(404).await;
        let mut hidden = asked(&[]);
        hidden["payload"] = json!({"taskId": task.id});
        user.post(&path, hidden).expect(404).await;
    }
    let mut by = asked(&[]);
    by["agent_id"] = json!("00000000-0000-4000-8000-00000000dead");
    user.post(&path, by).expect(404).await;
    user.get(&format!("/api/v1/boards/{other}/approvals")).expect(404).await;
    scene.ada.1.get(&format!("/api/v1/boards/{other}/approvals")).expect(404).await;
}

#[rstest]
#[case(json!({"confidence": 101}), json!(["body", "confidence"]))]
#[case(json!({"confidence": -1}), json!(["body", "confidence"]))]
#[case(json!({"rubric_scores": {"a": "x"}}), json!(["body", "rubric_scores", "a"]))]
#[case(json!({"status": "maybe"}), json!(["body", "status"]))]
#[case(json!({"task_ids": ["x"]}), json!(["body", "task_ids", 0]))]
#[case(json!({"lead_reasoning": " "}), json!(["body"]))]
#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_makes_no_sense_is_a_422(#[case] wrong: Value, #[case] place: Value) {
    let scene = Scene::start(Backend::Sqlite).await;
    let mut body = asked(&[]);
    body.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
    let answer = scene.server.user().post(&scene.on_board("approvals"), body).expect(422).await;
    assert_eq!(answer["detail"][0]["loc"], place);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_was_taken_back_as_often_as_it_may_stands() {
    let scene = Scene::start(Backend::Sqlite).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    let task = scene.task("First").await;
    let approval = user.post(&path, asked(&[&task])).expect(200).await;
    let id: ApprovalId = approval["id"].as_str().unwrap().parse().unwrap();
    let me: UserId = user.get("/api/v1/users/me").expect(200).await["id"].as_str().unwrap().parse().unwrap();
    scene
        .write(move |tx| {
            for _ in 0..DECISIONS / 2 - 1 {
                approvals::set_status(tx, id, ApprovalStatus::Approved, me, None)?;
                approvals::set_status(tx, id, ApprovalStatus::Pending, me, None)?;
            }
            approvals::set_status(tx, id, ApprovalStatus::Approved, me, None)
        })
        .await;
    let one = format!("{path}/{id}");
    let refused = user.patch(&one, json!({"status": "pending"})).expect(409).await;
    assert!(refused["detail"].as_str().unwrap().contains("stands"), "{refused}");
    let shown = &user.get(&path).expect(200).await["items"][0];
    assert_eq!(
        (shown["decisions"].as_array().unwrap().len(), &shown["status"]),
        (DECISIONS - 1, &json!("approved"))
    );
}
