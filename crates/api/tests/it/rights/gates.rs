//! What has to be decided before a task is done, on every way there.

use mission_control_core::models::{BoardChanges, OnboardingSession};
use mission_control_core::rules::onboarding::from_person;
use mission_control_core::time::Timestamp;
use mission_control_store::onboarding;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use super::for_agents;
use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_created_only_where_it_could_be_moved(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (tasks, user) = (scene.on_board("tasks"), scene.server.user());
    let lead =
        |status: &str| scene.lead.1.post(&for_agents(&tasks), json!({ "title": "x", "status": status }));
    for status in ["done", "review", "in_progress"] {
        lead(status).expect(403).await;
    }
    lead("inbox").expect(200).await;
    let begun = json!({ "title": "x", "status": "in_progress", "assigned_agent_id": scene.ada.0 });
    scene.lead.1.post(&for_agents(&tasks), begun).expect(200).await;

    let strict = BoardChanges {
        require_review_before_done: Some(true),
        comment_required_for_review: Some(true),
        ..BoardChanges::default()
    };
    scene.change_board(strict).await;
    user.post(&tasks, json!({ "title": "x", "status": "done" })).expect(409).await;
    user.post(&tasks, json!({ "title": "x", "status": "review" })).expect(422).await;
    let lenient = BoardChanges {
        require_review_before_done: Some(false),
        comment_required_for_review: Some(false),
        ..BoardChanges::default()
    };
    scene.change_board(lenient).await;
    user.post(&tasks, json!({ "title": "x", "status": "done" })).expect(200).await;
    let reviewed = user.post(&tasks, json!({ "title": "x", "status": "review" })).expect(200).await;
    assert_eq!(reviewed["assigned_agent_id"], json!(scene.lead.0), "reviews are the lead's");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_last_decision_counts_and_who_took_one_back_is_kept(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    let task = scene.task("Close").await;
    let one = scene.on_board(&format!("tasks/{}", task.id));
    let done = || scene.ada.1.patch(&one, json!({ "status": "done" }));
    let ask = |action: &str| {
        let body = json!({
            "action_type": action, "confidence": 90, "lead_reasoning": "why", "task_id": task.id,
            "agent_id": scene.bob.0,
        });
        scene.ada.1.post(&path, body)
    };
    let read_docs = ask("read docs").expect(200).await;
    assert_eq!(read_docs["agent_id"], json!(scene.ada.0), "who asks is who holds the token");
    let decide = |approval: &Value, status: &str| {
        let one = format!("{path}/{}", approval["id"].as_str().unwrap());
        user.patch(&one, json!({ "status": status, "reason": format!("because {status}") }))
    };
    decide(&read_docs, "approved").expect(200).await;
    let close = ask("close").expect(200).await;
    scene.lead.1.delete(&for_agents(&one)).expect(409).await;
    decide(&close, "rejected").expect(200).await;
    done().expect(409).await;
    decide(&close, "pending").expect(200).await;
    done().expect(409).await;
    decide(&close, "approved").expect(200).await;
    decide(&close, "pending").expect(200).await;
    done().expect(409).await;
    let closed = decide(&close, "approved").expect(200).await;
    let me = user.get("/api/v1/users/me").expect(200).await;
    let acts: Vec<_> = closed["decisions"].as_array().unwrap().iter().collect();
    let statuses: Vec<_> = acts.iter().map(|act| act["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["rejected", "pending", "approved", "pending", "approved"]);
    assert!(acts.iter().all(|act| act["user_id"] == me["id"] && act["reason"].is_string()), "{acts:?}");
    done().expect(200).await;
    let told = scene.headlines().await;
    assert!(told.contains(&(scene.ada.0, "APPROVAL REOPENED".to_owned())), "{told:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_for_what_the_task_said_when_it_was_given(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let (path, tasks) = (scene.on_board("approvals"), scene.on_board("tasks"));
    let rewritings = [
        (json!({ "title": "Delete the database" }), true),
        (json!({ "description": "and the backups" }), true),
        (json!({ "title": "Delete", "description": null }), true),
        (json!({ "title": "Tidy up" }), false),
        (json!({ "description": "the desk" }), false),
        (json!({ "priority": "high", "due_at": "2030-01-01T00:00:00Z" }), false),
        (json!({ "comment": "soon" }), false),
    ];
    for (rewriting, outdates) in rewritings {
        let new = json!({ "title": "Tidy up", "description": "the desk" });
        let task = user.post(&tasks, new).expect(200).await;
        let one = format!("{tasks}/{}", task["id"].as_str().unwrap());
        let approve = async || {
            let approved = json!({
                "action_type": "close", "confidence": 90, "lead_reasoning": "why", "task_id": task["id"], "status": "approved",
            });
            user.post(&path, approved).expect(200).await;
        };
        approve().await;
        user.patch(&one, &rewriting).expect(200).await;
        for caller in [&scene.ada.1, &user] {
            let done = caller.patch(&one, json!({ "status": "done" })).send().await;
            assert_eq!(done.status, if outdates { 409 } else { 200 }, "{rewriting}: {}", done.body);
            if outdates {
                assert_eq!(done.body["code"], "approval_outdated", "{rewriting}");
                assert!(
                    done.body["next_step"].as_str().unwrap().contains("another approval"),
                    "{}",
                    done.body
                );
            }
        }
        if outdates {
            approve().await;
            scene.ada.1.patch(&one, json!({ "status": "done" })).expect(200).await;
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_confirmed_is_the_proposal_that_was_shown_and_lowers_no_gate(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start_with(backend, &[("PROVISION_WAIT_SECONDS", "0")]).await;
    let session = OnboardingSession::new(scene.board, "s", from_person("begin", Timestamp::now()));
    scene.write(move |tx| onboarding::insert(tx, &session)).await;
    let main = scene.enter(Actor::MainAgent).await;
    let (path, user) = (scene.on_board("onboarding"), scene.enter(Actor::Writer).await);
    let propose = |name: &str| {
        let lead = json!({ "name": name, "autonomy_level": "autonomous" });
        let body = json!({ "status": "complete", "board_type": "general", "lead_agent": lead });
        main.post(&for_agents(&path), body)
    };
    let first = propose("Ava").expect(200).await;
    let second = propose("Mallory").expect(200).await;
    assert_eq!((&first["draft_version"], &second["draft_version"]), (&json!(1), &json!(2)));
    let confirm = |more: Value| {
        let mut body = json!({ "board_type": "general" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        user.post(&format!("{path}/confirm"), body)
    };
    confirm(json!({ "draft_version": 1 })).expect(409).await;
    confirm(json!({})).expect(409).await;
    confirm(json!({ "draft_version": 2, "require_approval_for_done": false })).expect(403).await;
    let board = confirm(json!({ "draft_version": 2 })).expect(200).await;
    assert_eq!(board["require_approval_for_done"], json!(true));
    scene.enter(Actor::Owner).await;
    let board = confirm(json!({ "draft_version": 2, "require_approval_for_done": false })).expect(200).await;
    assert_eq!(board["require_approval_for_done"], json!(false), "the person says so, and governs the board");
}
