use mission_control_core::models::{AgentChanges, AgentState, AgentStatus};
use mission_control_core::problem::Code;
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents::{self, AgentPatch, CreatedBy, NewAgent, Reprovision};
use mission_control_fleet::{FleetError, boards};
use mission_control_shapes::AgentRead;
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, Trigger};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use super::support::{World, count, done, simulator};

fn failing(method: &str, nth: u64) -> FaultScript {
    let fault = Fault::Error { code: "ERR".to_owned(), message: "disk full".to_owned() };
    FaultScript::one(Trigger::nth(method, nth), fault)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_is_provisioned_and_online_once_it_checks_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, " Ada ").await.unwrap());
    assert_eq!(agent.name, "Ada");
    assert_eq!(AgentRead::of(&agent, Timestamp::now()).status, "provisioning");
    assert!(agent.checkin_deadline_at.is_some());
    assert!(simulator.agents().iter().any(|view| view.id == format!("mc-{}", agent.id)));

    let agent = agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let read = AgentRead::of(&agent, Timestamp::now());
    assert_eq!((read.status.as_str(), read.wake_attempts), ("online", 0));
    assert_eq!(world.look_at(agent.id).await["outcome"], "it checked in");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn names_are_unique_on_a_gateway_and_a_wildcard_is_only_a_character(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let (ship, shop) = (world.board(gateway.id, "Ship").await, world.board(gateway.id, "Shop").await);
    done(world.create_agent(ship.id, "Worker One").await.unwrap());
    for board in [ship.id, shop.id] {
        let error = world.create_agent(board, "worker one").await.unwrap_err();
        assert_eq!(error.code(), Code::Conflict);
    }
    done(world.create_agent(ship.id, "W%").await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_names_the_lead_of_a_board_that_has_none() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let lead = |name: &str| NewAgent {
        board_id: Some(board.id),
        name: name.to_owned(),
        is_board_lead: true,
        ..NewAgent::default()
    };
    let first = agents::create(&world.fleet, world.caller, lead("Captain"), CreatedBy::User).await.unwrap();
    assert!(done(first).is_board_lead);
    assert!(simulator.agents().iter().any(|view| view.id == format!("lead-{}", board.id)));
    let second = agents::create(&world.fleet, world.caller, lead("Mate"), CreatedBy::User).await.unwrap_err();
    assert_eq!((second.code(), second.detail().as_str()), (Code::Conflict, "The board has a lead already."));
    done(world.create_agent(board.id, "Mate").await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_template_is_refused_and_leaves_nothing() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let new = NewAgent {
        board_id: Some(board.id),
        name: "Broken".to_owned(),
        identity_template: Some("{{ no_such_variable }}".to_owned()),
        ..NewAgent::default()
    };
    let error = agents::create(&world.fleet, world.caller, new, CreatedBy::User).await.unwrap_err();
    assert!(matches!(error, FleetError::Validation { field: Some("identity_template"), .. }), "{error:?}");
    done(world.create_agent(board.id, "Broken").await.unwrap());
}

/// One that was stored before there were bounds, or by another program.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_stored_template_beyond_the_bounds_fails_its_job_and_says_why(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(
        (format!("{{{{ {}1 }}}}", "-".repeat(2_211)), "more than 256 names"),
        (format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(2_000)), "more than 50 if, elif"),
        ("tok={{ auth_token }}".to_owned(), "`auth_token`, which is not available"),
    )]
    stored: (String, &str),
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let (template, expected) = stored;
    let changes = AgentChanges { soul_template: Some(Some(template)), ..AgentChanges::default() };
    world.write(move |tx| mission_control_store::agents::update(tx, agent.id, &changes)).await;
    let again = agents::reprovision(&world.fleet, world.caller, agent.id, Reprovision::default()).await;
    let error = again.unwrap_err();
    assert!(error.detail().contains(expected), "{}", error.detail());
    let after = world.agent(agent.id).await;
    assert!(after.last_provision_remedy.as_ref().unwrap().contains("Correct the template"), "{after:?}");
    assert_eq!(after.token_digest, agent.token_digest);
    assert!(world.waiting("agent.provision").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_creation_is_told_at_once_and_goes_on_by_itself() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), failing("agents.create", 2)).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let error = world.create_agent(board.id, "Ada").await.unwrap_err();
    assert_eq!(error.code(), Code::GatewayFailed);
    assert!(error.detail().contains("disk full"), "{}", error.detail());
    let job = world.waiting("agent.provision").await.pop();
    let found: Result<_, mission_control_store::StoreError> =
        world.fleet.db().read(move |conn| mission_control_store::agents::of_board(conn, board.id)).await;
    let agent = found.unwrap().pop().unwrap();
    if job.is_some() {
        assert!(agent.last_provision_error.as_ref().unwrap().contains("disk full"));
    }
    let agent = world
        .wait_for_agent("the retry succeeds", agent.id, |agent| agent.status == AgentStatus::Online)
        .await;
    assert_eq!(agent.last_provision_error, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_creation_does_not_block_the_same_name() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), failing("agents.create", 2)).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    world.create_agent(board.id, "Ada").await.unwrap_err();
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    assert!(agent.token_digest.is_some());
    let found: Result<_, mission_control_store::StoreError> =
        world.fleet.db().read(move |conn| mission_control_store::agents::of_board(conn, board.id)).await;
    assert_eq!(found.unwrap().len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_update_reaches_the_gateway_and_keeps_the_token_and_what_the_agent_wrote(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let memory_writes = |name: &str| {
        let log = simulator.log();
        log.iter().filter(|r| r.method == "agents.files.set" && r.text("name") == Some(name)).count()
    };
    let before = memory_writes("MEMORY.md");
    let patch = AgentPatch {
        name: Some("Ada L.".to_owned()),
        identity_profile: Some(Some(json!({"role": " Poet "}))),
        soul_template: Some(Some("I am {{ agent_name }}, {{ identity_role }}".to_owned())),
        ..AgentPatch::default()
    };
    let updated = done(
        agents::update(&world.fleet, world.caller, agent.id, Seen::WHATEVER, patch, false).await.unwrap(),
    );
    assert_eq!(updated.name, "Ada L.");
    assert_eq!(updated.identity_profile, Some(json!({"role": "Poet"})));
    assert_eq!(updated.token_digest, agent.token_digest);
    assert_eq!(
        simulator.file(&format!("mc-{}", agent.id), "SOUL.md").as_deref(),
        Some("I am Ada L., Poet\n")
    );
    assert_eq!(memory_writes("MEMORY.md"), before);
    assert!(count(&simulator, "sessions.reset") > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_update_changes_nothing() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let agent = agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    simulator.set_faults(failing("agents.files.set", 1));
    let patch = AgentPatch { name: Some("Other".to_owned()), ..AgentPatch::default() };
    let error =
        agents::update(&world.fleet, world.caller, agent.id, Seen::WHATEVER, patch, false).await.unwrap_err();
    assert_eq!(error.code(), Code::GatewayFailed);
    let after = world.agent(agent.id).await;
    assert_eq!((after.name.as_str(), &after.status), ("Ada", &AgentStatus::Online));
    assert_eq!(after.token_digest, agent.token_digest);
    assert!(after.last_provision_error.unwrap().contains("disk full"));
    assert!(world.waiting("agent.provision").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn status_follows_from_heartbeats_except_for_ready() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let set = async |status: &str| {
        let patch = AgentPatch { status: Some(status.to_owned()), ..AgentPatch::default() };
        agents::update(&world.fleet, world.caller, agent.id, Seen::WHATEVER, patch, false).await
    };
    assert_eq!(set("online").await.unwrap_err().code(), Code::Forbidden);
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let ready = AgentRead::of(&done(set("ready").await.unwrap()), Timestamp::now());
    assert_eq!((ready.status.as_str(), ready.state), ("ready", AgentState::Ready));
    let heard = agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let heard = AgentRead::of(&heard, Timestamp::now());
    assert_eq!((heard.status.as_str(), heard.state), ("online", AgentState::Online));
    let busy = agents::heartbeat(&world.fleet, agent.id, Some(" busy ")).await.unwrap();
    assert_eq!(AgentRead::of(&busy, Timestamp::now()).status, "busy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_creates_only_as_many_agents_as_its_board_allows() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let (lead, created) =
        boards::ensure_lead(&world.fleet, world.caller, board.id, boards::LeadOptions::default())
            .await
            .unwrap();
    let lead = done(lead);
    assert!(created && lead.is_board_lead);
    assert!(simulator.agents().iter().any(|view| view.id == format!("lead-{}", board.id)));
    let (again, created) =
        boards::ensure_lead(&world.fleet, world.caller, board.id, boards::LeadOptions::default())
            .await
            .unwrap();
    assert!(!created && done(again).id == lead.id);

    let new = |name: &str| NewAgent { name: name.to_owned(), ..NewAgent::default() };
    let by = CreatedBy::Lead(lead.id);
    // One that is tried again takes no second place.
    simulator.set_faults(failing("agents.create", 1));
    agents::create(&world.fleet, world.caller, new("One"), by).await.unwrap_err();
    done(agents::create(&world.fleet, world.caller, new("One"), by).await.unwrap());
    let error = agents::create(&world.fleet, world.caller, new("Two"), by).await.unwrap_err();
    assert_eq!(error.code(), Code::Conflict);
    done(
        agents::create(
            &world.fleet,
            world.caller,
            NewAgent { board_id: Some(board.id), ..new("Two") },
            CreatedBy::User,
        )
        .await
        .unwrap(),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heartbeat_by_name_creates_the_agent_once() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let beat =
        async |board| agents::heartbeat_by_name(&world.fleet, world.caller, "Heart Born", board, None).await;
    assert_eq!(beat(None).await.unwrap_err().code(), Code::Invalid);
    let first = done(beat(Some(board.id)).await.unwrap());
    let second = done(beat(None).await.unwrap());
    assert_eq!(first.id, second.id);
    assert_eq!(AgentRead::of(&second, Timestamp::now()).status, "online");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_of_another_organization_does_not_exist() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let main = world.main_of(gateway.id).await;
    let stranger = mission_control_fleet::Caller {
        organization: mission_control_core::id::OrganizationId::random(),
        user: None,
    };
    let patched =
        agents::update(&world.fleet, stranger, main.id, Seen::WHATEVER, AgentPatch::default(), true).await;
    assert_eq!(patched.unwrap_err().code(), Code::NotFound);
    assert_eq!(agents::delete(&world.fleet, stranger, main.id).await.unwrap_err().code(), Code::NotFound);
}
