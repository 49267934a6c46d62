use mission_control_core::models::{BoardChanges, Task, TaskStatus};
use mission_control_store::boards;
use mission_control_store::tasks::{self, dependencies};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;
use tokio::join;

use crate::scene::Scene;

impl Scene {
    fn claim_of(&self, task: &Task) -> String {
        format!("/api/v1/agent/boards/{}/tasks/{}/claim", self.board, task.id)
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_agents_that_claim_a_task_at_once_one_gets_it_and_the_other_hears_who(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    for round in 0..10 {
        let task = scene.task(&format!("Race {round}")).await;
        let path = scene.claim_of(&task);
        let (ada, bob) =
            join!(scene.ada.1.post(&path, json!({})).send(), scene.bob.1.post(&path, json!({})).send());
        let ((winner, won), lost) = match (ada.status, bob.status) {
            (200, 409) => (((scene.ada.0, "Ada Lovelace"), ada.body), bob.body),
            (409, 200) => (((scene.bob.0, "Bob"), bob.body), ada.body),
            other => panic!("{other:?}"),
        };
        assert_eq!((&won["status"], &won["assigned_agent_id"]), (&json!("in_progress"), &json!(winner.0)));
        assert_eq!(lost["detail"]["code"], "task_taken");
        assert_eq!(lost["detail"]["assigned_agent_id"], json!(winner.0));
        assert_eq!(lost["detail"]["assigned_agent_name"], winner.1);
        assert!(lost["next_step"].as_str().unwrap().contains("unassigned=true"), "{lost}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_keeps_the_rules_of_the_board(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (first, second) = (scene.task("First").await, scene.task("Second").await);
    let (board, waiting, needed) = (scene.board, second.id, first.id);
    scene.write(move |tx| dependencies::replace(tx, board, waiting, &[needed])).await;
    let blocked = scene.ada.1.post(&scene.claim_of(&second), json!({})).expect(409).await;
    assert_eq!(blocked["detail"]["blocked_by_task_ids"], json!([first.id]));

    scene.lead.1.post(&scene.claim_of(&first), json!({})).expect(403).await;
    let only_lead = BoardChanges { only_lead_can_change_status: Some(true), ..BoardChanges::default() };
    scene.write(move |tx| boards::update(tx, board, &only_lead)).await;
    scene.ada.1.post(&scene.claim_of(&first), json!({})).expect(403).await;
    let again = BoardChanges { only_lead_can_change_status: Some(false), ..BoardChanges::default() };
    scene.write(move |tx| boards::update(tx, board, &again)).await;

    scene.ada.1.post(&scene.claim_of(&first), json!({})).expect(200).await;
    let before = scene.events("task.").await.len();
    let same = scene.ada.1.post(&scene.claim_of(&first), json!({})).expect(200).await;
    assert_eq!(same["status"], "in_progress");
    assert_eq!(scene.events("task.").await.len(), before, "claiming one's own work changes nothing");
    let mut done = Task::new(scene.board, "Done");
    done.status = TaskStatus::Done;
    let row = done.clone();
    scene.write(move |tx| tasks::insert(tx, &row)).await;
    let late = scene.bob.1.post(&scene.claim_of(&done), json!({})).expect(409).await;
    assert_eq!(
        (&late["detail"]["code"], &late["detail"]["status"]),
        (&json!("task_not_claimable"), &json!("done"))
    );
}
