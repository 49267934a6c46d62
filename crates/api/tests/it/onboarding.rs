use mission_control_core::models::OnboardingSession;
use mission_control_core::rules::onboarding::from_person;
use mission_control_core::time::Timestamp;
use mission_control_store::onboarding;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// The gateway's main agent, in the middle of an onboarding of the scene's board.
async fn interviewer(scene: &Scene) -> TestClient {
    let session =
        OnboardingSession::new(scene.board, "agent:main:main", from_person("begin", Timestamp::now()));
    scene.write(move |tx| onboarding::insert(tx, &session)).await;
    scene.enter(Actor::MainAgent).await
}

fn places(body: &Value) -> Vec<String> {
    let faults = body["detail"].as_array().unwrap();
    faults.iter().map(|fault| fault["loc"].to_string().replace('"', "")).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_main_agent_asks_and_proposes_and_what_it_left_open_reads_as_null(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (user, path) = (scene.server.user(), scene.on_board("onboarding"));
    user.get(&path).expect(404).await;
    let main = interviewer(&scene).await;
    let (for_all, for_agents) = (format!("{path}/agent"), path.replace("/boards/", "/agent/boards/"));
    let question = json!({"question": " Why? ", "options": [{"id": "1", "label": "So"}]});
    let asked = main.post(&for_all, &question).expect(200).await;
    let said = json!("{\"question\":\"Why?\",\"options\":[{\"id\":\"1\",\"label\":\"So\"}]}");
    assert_eq!((&asked["status"], &asked["messages"][1]["content"]), (&json!("active"), &said));
    user.post(&for_all, &question).expect(401).await;
    scene.lead.1.post(&for_all, &question).expect(403).await;
    scene.lead.1.post(&for_agents, &question).expect(403).await;

    let proposal = json!({
        "status": "complete", "board_type": "general", "target_date": "2030-03-04",
        "lead_agent": {"name": " Ava ", "verbosity": " ", "identity_profile": {"role": " Lead ", "mode": null}},
    });
    let proposed = main.post(&for_agents, proposal).expect(200).await;
    let draft = &proposed["draft_goal"];
    assert_eq!(
        (&proposed["status"], &draft["target_date"]),
        (&json!("completed"), &json!("2030-03-04T00:00:00"))
    );
    assert_eq!((&draft["user_profile"], &draft["lead_agent"]["verbosity"]), (&Value::Null, &Value::Null));
    assert_eq!(
        (&draft["lead_agent"]["name"], &draft["lead_agent"]["identity_profile"]),
        (&json!("Ava"), &json!({"role": "Lead"}))
    );
    assert_eq!(user.get(&path).expect(200).await, proposed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_neither_a_question_nor_a_proposal_is_told_why_for_both() {
    const COMPLETE: &str = "[body,function-after[validate_goal_fields(), BoardOnboardingAgentComplete]";
    let scene = Scene::start(Backend::Sqlite).await;
    let (main, path) = (interviewer(&scene).await, scene.on_board("onboarding/agent"));
    let goal = json!({"status": "complete", "board_type": "goal", "objective": "Grow"});
    let question = "[body,BoardOnboardingAgentQuestion".to_owned();
    let expected = [format!("{COMPLETE}]"), format!("{question},question]"), format!("{question},options]")];
    assert_eq!(places(&main.post(&path, goal).expect(422).await), expected);
    let empty = json!({"question": "Why?", "options": []});
    let expected =
        [format!("{COMPLETE},board_type]"), format!("{COMPLETE},status]"), format!("{question},options]")];
    assert_eq!(places(&main.post(&path, empty).expect(422).await), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_is_confirmed_only_with_an_objective_and_a_measure() {
    let scene = Scene::start(Backend::Sqlite).await;
    let (user, path) = (scene.server.user(), scene.on_board("onboarding/confirm"));
    user.post(&path, json!({"board_type": "general"})).expect(404).await;
    interviewer(&scene).await;
    let goal = json!({"board_type": "goal", "objective": "Grow", "success_metrics": {}});
    assert_eq!(places(&user.post(&path, goal).expect(422).await), ["[body]"]);
    let board = user.post(&path, json!({"board_type": "general"})).expect(200).await;
    assert_eq!((&board["goal_confirmed"], &board["board_type"]), (&json!(true), &json!("general")));
}
