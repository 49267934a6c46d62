use std::collections::BTreeSet;

use mission_control_core::id::UserId;
use mission_control_core::models::{Agent, Board, MessageKind, MessageState};
use mission_control_core::problem::Code;
use mission_control_fleet::agents::presence;
use mission_control_fleet::boards::{LeadOptions, ensure_lead};
use mission_control_fleet::coordination::nudge;
use mission_control_fleet::memory::{Author, NewMemory, post};
use mission_control_simulator::{
    Fault, FaultScript, GatewayProfile, RecordedRequest, Simulator, Trigger, Turn, TurnOutcome,
};
use mission_control_store::{StoreError, event_log};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;

use super::support::{World, done, simulator};

/// A board with a lead, on a gateway.
struct Staffed {
    world: World,
    board: Board,
    lead: Agent,
}

impl Staffed {
    async fn on(simulator: &Simulator, backend: Backend) -> Self {
        let world = World::new(backend).await;
        let gateway = world.gateway(simulator).await;
        let board = world.board(gateway.id, "Research").await;
        let (lead, _) =
            ensure_lead(&world.fleet, world.caller, board.id, LeadOptions::default()).await.unwrap();
        Self { world, board, lead: done(lead) }
    }

    /// A person says something in the chat, which the lead hears.
    async fn say(&self, text: &str) {
        let author = Author::Person(UserId::random(), "Sam".to_owned());
        let chat = Some(vec!["chat".to_owned()]);
        let new = NewMemory { content: text.to_owned(), tags: chat, source: None };
        post(&self.world.fleet, self.board.clone(), author, new).await.unwrap();
    }

    /// The states that streams were told of, oldest first.
    async fn told(&self) -> Vec<String> {
        let events: Result<_, StoreError> =
            self.world.fleet.db().read(|conn| event_log::after(conn, 0, 1_000)).await;
        let of_messages = events.unwrap().into_iter().filter(|event| event.kind.starts_with("message."));
        of_messages.map(|event| event.payload["message"]["state"].as_str().unwrap().to_owned()).collect()
    }
}

/// Whether the last turn ended so.
fn ended(turns: &[Turn], outcome: TurnOutcome) -> bool {
    turns.last().is_some_and(|turn| turn.outcome == outcome)
}

/// The keys under which the gateway was told something.
fn keys(requests: &[RecordedRequest], text: &str) -> Vec<String> {
    let said = |request: &&RecordedRequest| {
        request.method == "chat.send" && request.text("message").is_some_and(|said| said.contains(text))
    };
    let key = |request: &RecordedRequest| request.text("idempotencyKey").unwrap().to_owned();
    requests.iter().filter(said).map(key).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_queued_sent_and_seen_at_the_agents_next_sign_of_life(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, backend).await;
    let lead = &staffed.lead;
    staffed.say("How far are you?").await;

    let sent = staffed.world.message_when(lead.id, MessageState::Sent).await;
    assert_eq!((sent.kind, sent.attempts, &sent.error), (MessageKind::Chat, 1, &None));
    assert_eq!(sent.board_id, Some(staffed.board.id));
    assert_eq!(keys(&simulator.log(), "How far"), [sent.id.to_string()]);
    assert!(sent.sent_at >= Some(sent.created_at) && sent.seen_at.is_none());

    let agent = staffed.world.agent(lead.id).await;
    presence::alive(&staffed.world.fleet, agent).await.unwrap();
    let seen = staffed.world.message_when(lead.id, MessageState::Seen).await;
    assert!(seen.seen_at >= seen.sent_at);
    assert_eq!(staffed.told().await, ["queued", "sent", "seen"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_taken_to_its_gateway_until_it_arrives(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, backend).await;
    let away = |nth| (Trigger::nth("chat.send", nth), Fault::DropConnection);
    let [first, second] = [away(1), away(2)];
    simulator.set_faults(FaultScript::one(first.0, first.1).and(second.0, second.1));
    staffed.say("Are you there?").await;

    let sent = staffed.world.message_when(staffed.lead.id, MessageState::Sent).await;
    assert!(sent.attempts > 2 && sent.error.is_none(), "{sent:?}");
    let keys: BTreeSet<String> = keys(&simulator.log(), "Are you there?").into_iter().collect();
    assert_eq!(keys, BTreeSet::from([sent.id.to_string()]), "however often it is sent, it is heard once");
    let told = staffed.told().await;
    assert_eq!((told.first().unwrap(), told.last().unwrap()), (&"queued".to_owned(), &"sent".to_owned()));
    assert!(told.len() > 2, "streams hear that it is held up: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_turn_was_lost_starts_another_one_and_fails_after_three() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, Backend::Sqlite).await;
    let lead = staffed.lead.id;
    simulator.set_faults(FaultScript::one(Trigger::always("chat.send"), Fault::LoseWake));
    staffed.say("Lost?").await;

    for turn in 1..3 {
        staffed.world.message_when(lead, MessageState::Sent).await;
        assert_eq!(staffed.world.look_after_message(lead).await["outcome"], "sent again", "turn {turn}");
        simulator.wait_for(|log| keys(log, "Lost?").len() > turn).await.unwrap();
    }
    let sent = staffed.world.message_when(lead, MessageState::Sent).await;
    let id = sent.id;
    assert_eq!(keys(&simulator.log(), "Lost?"), [format!("{id}"), format!("{id}:2"), format!("{id}:3")]);
    assert_eq!(staffed.world.look_after_message(lead).await["outcome"], "given up");
    let failed = staffed.world.message_when(lead, MessageState::Failed).await;
    assert!(failed.remedy.unwrap().contains("Look at the agent's session"));
    assert!(failed.failed_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_ran_is_seen_and_one_that_died_of_a_new_configuration_runs_again() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, Backend::Sqlite).await;
    let lead = staffed.lead.id;
    let message = "prepared model runtime plugin generation was superseded".to_owned();
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), Fault::FailTurn { message }));
    staffed.say("Twice?").await;
    staffed.world.message_when(lead, MessageState::Sent).await;
    simulator.wait_for_turns(|turns| ended(turns, TurnOutcome::Failed)).await.unwrap();
    assert_eq!(staffed.world.look_after_message(lead).await["outcome"], "sent again");
    simulator.wait_for(|log| keys(log, "Twice?").len() == 2).await.unwrap();
    staffed.world.message_when(lead, MessageState::Sent).await;
    simulator.wait_for_turns(|turns| ended(turns, TurnOutcome::Silent)).await.unwrap();
    assert_eq!(staffed.world.look_after_message(lead).await["outcome"], "seen");
    assert_eq!(staffed.world.message_when(lead, MessageState::Seen).await.turn, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_its_model_failed_is_a_failure_with_the_cause() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, Backend::Sqlite).await;
    let message = "401 invalid api key".to_owned();
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), Fault::FailTurn { message }));
    staffed.say("Well?").await;
    staffed.world.message_when(staffed.lead.id, MessageState::Sent).await;
    simulator.wait_for_turns(|turns| ended(turns, TurnOutcome::Failed)).await.unwrap();
    assert_eq!(staffed.world.look_after_message(staffed.lead.id).await["outcome"], "failed");
    let failed = staffed.world.message_when(staffed.lead.id, MessageState::Failed).await;
    assert!(failed.error.unwrap().contains("401 invalid api key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nudge_that_the_gateway_refuses_is_a_failure_for_whoever_waits_for_it() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, Backend::Sqlite).await;
    let worker = done(staffed.world.create_agent(staffed.board.id, "Ada").await.unwrap());
    simulator.shutdown().await;
    let nudged = nudge(&staffed.world.fleet, &staffed.lead, &staffed.board, worker.id, "Hello?").await;
    assert_eq!(nudged.unwrap_err().code(), Code::GatewayFailed);
    let failed = staffed.world.message_when(worker.id, MessageState::Failed).await;
    assert_eq!((failed.kind, failed.from_agent_id), (MessageKind::Nudge, Some(staffed.lead.id)));
    assert!(failed.error.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_met_another_turn_is_sent_again_though_that_turn_gave_a_sign_of_life() {
    let simulator = simulator(GatewayProfile::transitional(), FaultScript::default()).await;
    let staffed = Staffed::on(&simulator, Backend::Sqlite).await;
    let lead = staffed.lead.id;
    let message =
        "EmbeddedAttemptSessionTakeoverError: session file changed while embedded prompt lock was released";
    let fault = Fault::FailTurn { message: message.to_owned() };
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), fault));
    staffed.say("Met?").await;
    staffed.world.message_when(lead, MessageState::Sent).await;
    simulator.wait_for_turns(|turns| ended(turns, TurnOutcome::Failed)).await.unwrap();
    presence::alive(&staffed.world.fleet, staffed.world.agent(lead).await).await.unwrap();
    staffed.world.message_when(lead, MessageState::Seen).await;
    assert_eq!(staffed.world.look_after_message(lead).await["outcome"], "sent again");
    simulator.wait_for(|log| keys(log, "Met?").len() == 2).await.unwrap();
    let again = staffed.world.message_when(lead, MessageState::Sent).await;
    assert_eq!((again.turn, again.seen_at), (2, None));
}
