use mission_control_core::problem::Code;
use mission_control_fleet::boards::{LeadOptions, ensure_lead};
use mission_control_fleet::coordination::{
    Kind, LeadMessage, NewSoul, broadcast, nudge, read_soul, write_soul,
};
use mission_control_simulator::{FaultScript, GatewayProfile};
use mission_control_testkit::scratch::Backend;

use super::support::{World, done, simulator};

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_shapes_and_nudges_its_agents_and_the_main_agent_reaches_the_leads() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Research").await;
    let (lead, _) = ensure_lead(&world.fleet, world.caller, board.id, LeadOptions::default()).await.unwrap();
    let lead = done(lead);
    let worker = done(world.create_agent(board.id, "Ada").await.unwrap());
    let main = world.main_of(gateway.id).await;

    let soul = NewSoul { content: " Patient. ".to_owned(), ..NewSoul::default() };
    done(write_soul(&world.fleet, &lead, &board, worker.id, soul).await.unwrap());
    assert_eq!(read_soul(&world.fleet, &board, worker.id).await.unwrap(), "Patient.");
    assert_eq!(world.agent(worker.id).await.soul_template.as_deref(), Some("Patient."));

    done(nudge(&world.fleet, &lead, &board, worker.id, "Still there?").await.unwrap());
    let missing = nudge(&world.fleet, &lead, &board, main.id, "Hello").await;
    assert_eq!(missing.unwrap_err().code(), Code::NotFound, "the main agent is not on the board");
    let message = LeadMessage {
        kind: Kind::Question,
        content: "How far are you?".to_owned(),
        correlation_id: None,
        reply_tags: Vec::new(),
        reply_source: None,
    };
    let organization = world.caller.organization;
    let results = broadcast(&world.fleet, &main, organization, &[], &message).await.unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].1.as_ref().unwrap().lead.id, lead.id);
    let refused = broadcast(&world.fleet, &lead, organization, &[], &message).await;
    assert_eq!(refused.unwrap_err().code(), Code::Forbidden);

    let said = |session: &str, text: &str| {
        let of = |request: &&mission_control_simulator::RecordedRequest| {
            request.method == "chat.send"
                && request.text("sessionKey") == Some(session)
                && request.text("message").is_some_and(|message| message.contains(text))
        };
        simulator.log().iter().filter(of).count()
    };
    assert_eq!(said(worker.openclaw_session_id.as_deref().unwrap(), "Still there?"), 1);
    assert_eq!(said(lead.openclaw_session_id.as_deref().unwrap(), "How far are you?"), 1);

    simulator.shutdown().await;
    let failed = nudge(&world.fleet, &lead, &board, worker.id, "Anybody?").await;
    assert_eq!(failed.unwrap_err().code(), Code::GatewayFailed);
    assert!(
        world.waiting("agent.message").await.is_empty(),
        "who was told of the failure tries again themselves"
    );
}
