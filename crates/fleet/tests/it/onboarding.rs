use mission_control_core::models::{Completion, MessageKind, MessageState, OnboardingStatus, Verbosity};
use mission_control_core::problem::Code;
use mission_control_core::rules::onboarding::{Choice, Goal, Lead, Profile, Proposal, Question, Turn};
use mission_control_fleet::onboarding::{self, Confirmation};
use mission_control_fleet::{FleetError, naming};
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, Simulator, Trigger};
use mission_control_store::{StoreError, agents, users};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{World, done, simulator};

fn question() -> Turn {
    let options = vec![Choice { id: "1".to_owned(), label: "Speed".to_owned() }];
    Turn::Question(Question { question: "Which goal?".to_owned(), options })
}

fn goal() -> Goal {
    let metrics = json!({"metric": "m"}).as_object().unwrap().clone();
    Goal {
        board_type: "goal".to_owned(),
        objective: Some("Grow".to_owned()),
        success_metrics: Some(metrics),
        target_date: None,
    }
}

fn confirmed() -> Confirmation {
    Confirmation { goal: goal(), draft_version: None, require_approval_for_done: None }
}

fn proposal() -> Turn {
    Turn::Proposal(Box::new(Proposal {
        goal: goal(),
        status: Completion::Complete,
        user_profile: Some(Profile { preferred_name: Some("Robin".to_owned()), ..Profile::default() }),
        lead_agent: Some(Lead {
            name: Some("Ava".to_owned()),
            verbosity: Some(Verbosity::Concise),
            ..Lead::default()
        }),
    }))
}

fn roles(messages: Option<&Value>) -> Vec<&str> {
    messages.unwrap().as_array().unwrap().iter().map(|said| said["role"].as_str().unwrap()).collect()
}

/// What the gateway was asked to say in a session.
fn heard(simulator: &Simulator, session: &str) -> Vec<String> {
    let log = simulator.log();
    let sent = log.iter().filter(|request| request.method == "chat.send");
    let here = sent.filter(|request| request.text("sessionKey") == Some(session));
    here.map(|request| request.text("message").unwrap().to_owned()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_onboarding_gives_the_board_its_goal_and_the_lead_that_was_proposed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let (fleet, caller, main) = (&world.fleet, world.caller, world.main_of(gateway.id).await);
    let session = naming::main_session_key(gateway.id);
    let before = heard(&simulator, &session).len();

    let begun = onboarding::start(fleet, caller, board.id).await.unwrap();
    let reminded = onboarding::start(fleet, caller, board.id).await.unwrap();
    assert_eq!((begun.id, &begun.messages), (reminded.id, &reminded.messages));
    let asked = onboarding::ask(fleet, &main, &board, question()).await.unwrap();
    assert_eq!(onboarding::start(fleet, caller, board.id).await.unwrap(), asked);
    onboarding::answer(fleet, caller, board.id, "Speed".to_owned()).await.unwrap();
    let said = heard(&simulator, &session).split_off(before);
    assert_eq!((said.len(), &said[0]), (3, &said[1]));
    assert!(
        said[2].starts_with("BOARD ONBOARDING: ANSWER\n") && said[2].contains("\nSpeed\n"),
        "{}",
        said[2]
    );
    assert!(said[0].contains(&format!("/api/v1/agent/boards/{}/onboarding", board.id)), "{}", said[0]);

    let proposed = onboarding::ask(fleet, &main, &board, proposal()).await.unwrap();
    assert_eq!(proposed.status, OnboardingStatus::Completed);
    assert_eq!(roles(proposed.messages.as_ref()), ["user", "assistant", "user", "assistant"]);
    let board = done(onboarding::confirm(fleet, caller, board.id, confirmed()).await.unwrap());
    assert!(board.goal_confirmed && board.require_approval_for_done);
    assert_eq!(board.objective.as_deref(), Some("Grow"));
    let user = caller.user.unwrap();
    let (lead, user) = fleet
        .db()
        .read(move |conn| Ok::<_, StoreError>((agents::lead_of(conn, board.id)?, users::find(conn, user)?)))
        .await
        .unwrap();
    let lead = lead.unwrap();
    assert_eq!(
        (lead.name.as_str(), &lead.identity_profile.unwrap()["verbosity"]),
        ("Ava", &json!("concise"))
    );
    assert!(simulator.agents().iter().any(|agent| agent.id == format!("lead-{}", board.id)));
    assert_eq!(user.unwrap().preferred_name.as_deref(), Some("Robin"));

    let late = onboarding::ask(fleet, &main, &board, proposal()).await.unwrap_err();
    assert_eq!(late.code(), Code::Conflict);
    let stranger = onboarding::ask(fleet, &world.agent(lead.id).await, &board, question()).await.unwrap_err();
    assert!(matches!(stranger, FleetError::Forbidden { .. }), "{stranger}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_refuses_is_not_kept(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let refuse = || {
        let fault = Fault::Error { code: "UNAVAILABLE".to_owned(), message: "busy".to_owned() };
        simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), fault));
    };
    let (fleet, caller) = (&world.fleet, world.caller);
    refuse();
    assert_eq!(onboarding::start(fleet, caller, board.id).await.unwrap_err().code(), Code::GatewayFailed);
    assert_eq!(onboarding::current(fleet, board.id).await.unwrap_err().code(), Code::NotFound);

    let begun = onboarding::start(fleet, caller, board.id).await.unwrap();
    refuse();
    let refused = onboarding::answer(fleet, caller, board.id, "Speed".to_owned()).await.unwrap_err();
    assert_eq!(refused.code(), Code::GatewayFailed);
    assert_eq!(onboarding::current(fleet, board.id).await.unwrap().messages, begun.messages);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_onboarding_that_the_agent_never_saw_is_sent_again_and_says_how_far_it_got(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::transitional(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let (fleet, caller, main) = (&world.fleet, world.caller, world.main_of(gateway.id).await);
    let session = naming::main_session_key(gateway.id);
    simulator.set_faults(FaultScript::one(Trigger::always("chat.send"), Fault::LoseWake));
    onboarding::start(fleet, caller, board.id).await.unwrap();

    let message = world.message_when(main.id, MessageState::Sent).await;
    assert_eq!((message.kind, message.board_id), (MessageKind::Onboarding, Some(board.id)));
    let before = heard(&simulator, &session);
    assert_eq!(world.look_after_message(main.id).await["outcome"], "sent again");
    simulator
        .wait_for(|log| log.iter().filter(|r| r.method == "chat.send").count() > before.len())
        .await
        .unwrap();
    let again = heard(&simulator, &session).split_off(before.len());
    assert_eq!(again, [message.text.as_str()]);

    world.message_when(main.id, MessageState::Sent).await;
    world.look_after_message(main.id).await;
    world.message_when(main.id, MessageState::Sent).await;
    assert_eq!(world.look_after_message(main.id).await["outcome"], "given up");
    let last = onboarding::last_message(fleet, board.id).await.unwrap().unwrap();
    assert_eq!((last.id, last.state), (message.id, MessageState::Failed));
    assert!(last.remedy.unwrap().contains("Look at the agent's session"));
}
