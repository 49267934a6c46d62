//! What a gateway had before us is as it was: while our agents are there, and after they left.

use std::time::Duration;

use mission_control_core::models::{Job, JobState};
use mission_control_core::problem::Code;
use mission_control_core::rules::version::Seen;
use mission_control_fleet::agents::AgentPatch;
use mission_control_fleet::boards::{LeadOptions, ensure_lead};
use mission_control_fleet::coordination::nudge;
use mission_control_fleet::gateways::NewGateway;
use mission_control_fleet::{agents, boards, gateways};
use mission_control_simulator::{
    AgentBehaviour, AuthMode, Fault, FaultScript, GatewayProfile, Outcome, RecordedRequest, Simulator,
    SimulatorConfig, Trigger,
};
use mission_control_store::activity::{self, ActivityFilter};
use mission_control_store::jobs::{self as job_rows, JobFilter};
use mission_control_store::{Page, StoreError};
use mission_control_testkit::chaos::ChaosProxy;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{World, done, registration, simulator};

const HALF_HOUR: Duration = Duration::from_secs(1800);

/// The configuration without what a gateway notes about its own writes.
fn settings(simulator: &Simulator) -> Value {
    let mut config = simulator.config();
    config.as_object_mut().unwrap().remove("meta");
    config
}

async fn newest_job(world: &World, kind: &str) -> Job {
    let filter = JobFilter { kind: Some(kind.to_owned()), ..JobFilter::default() };
    let listed: Result<_, StoreError> =
        world.fleet.db().read(move |conn| job_rows::list(conn, &filter, Page::ALL)).await;
    listed.unwrap().items.into_iter().next().unwrap()
}

async fn activity_of(world: &World, kind: &str) -> Vec<String> {
    let filter = ActivityFilter { event_type: Some(kind.to_owned()), ..ActivityFilter::default() };
    let listed: Result<_, StoreError> =
        world.fleet.db().read(move |conn| activity::list(conn, &filter, Page::ALL)).await;
    listed.unwrap().items.into_iter().filter_map(|event| event.message).collect()
}

fn deletions(simulator: &Simulator) -> Vec<RecordedRequest> {
    simulator.log().into_iter().filter(|request| request.method == "agents.delete").collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_owners_heartbeats_go_on_and_their_settings_are_as_before_when_we_are_gone(
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let modern = profile.is_modern();
    let simulator = simulator(profile, FaultScript::default()).await;
    // Named, because a gateway names its implied agent for good when a second one comes.
    let named = match modern {
        true => json!({"entries": {"main": {"name": "Mine"}}, "ownership": "explicit"}),
        false => json!({"list": [{"id": "main", "name": "Mine"}]}),
    };
    simulator.edit_config(&json!({"agents": named}));
    simulator
        .edit_config(&json!({"agents": {"defaults": {"heartbeat": {"every": "30m", "prompt": "Look."}}}}));
    let before = settings(&simulator);
    assert_eq!(simulator.heartbeats()["main"], HALF_HOUR);

    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    assert_eq!(simulator.heartbeats().get("main"), Some(&HALF_HOUR), "{:?}", simulator.heartbeats());
    assert_eq!(settings(&simulator).get("tools"), None);
    assert_eq!(settings(&simulator).get("channels"), None);
    let board = world.board(gateway.id, "Ship").await;
    done(world.create_agent(board.id, "One").await.unwrap());
    assert_eq!(simulator.heartbeats().get("main"), Some(&HALF_HOUR));
    assert_eq!(simulator.heartbeats().len(), 3);

    done(boards::delete(&world.fleet, world.caller, board.id).await.unwrap());
    assert_eq!(simulator.heartbeats().get("main"), Some(&HALF_HOUR));
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    assert_eq!(simulator.heartbeats().get("main"), Some(&HALF_HOUR));
    assert_eq!(settings(&simulator), before);
}

/// Agents by hand, one of them the default, and references to variables.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_that_was_made_by_hand_stays_as_it_was_made(
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
) {
    let modern = profile.is_modern();
    let variables =
        [("EVERY", "45m"), ("HOUSE", "/srv/house")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let config = SimulatorConfig {
        profile: GatewayProfile { restart_delay: Duration::from_millis(300), ..profile },
        agent_behaviour: AgentBehaviour::Silent,
        variables: variables.into(),
        ..SimulatorConfig::default()
    };
    let simulator = Simulator::start(config).await.unwrap();
    let house = |id: &str| json!({"name": id, "workspace": format!("${{HOUSE}}/{id}")});
    let named = match modern {
        true => {
            json!({"entries": {"main": house("main"), "Garden": house("Garden")}, "ownership": "explicit"})
        }
        false => {
            let (mut main, mut garden) = (house("main"), house("Garden"));
            (main["id"], garden["id"], garden["default"]) = (json!("main"), json!("Garden"), json!(true));
            json!({"list": [main, garden]})
        }
    };
    simulator.edit_config(&json!({"agents": named}));
    simulator.edit_config(&json!({
        "agents": {"defaults": {"heartbeat": {"every": "${EVERY}"}}},
        "tools": {"exec": {"pathPrepend": ["${HOUSE}/bin"]}},
        "channels": {"defaults": {"groupPolicy": "open"}},
    }));
    let (before, beating) = (settings(&simulator), simulator.heartbeats());
    assert!(!beating.is_empty());

    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let theirs = |mut beating: std::collections::BTreeMap<String, Duration>| {
        beating.retain(|id, _| matches!(id.as_str(), "main" | "Garden"));
        beating
    };
    assert_eq!(theirs(simulator.heartbeats()), beating);
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    assert_eq!(settings(&simulator), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_whose_owner_was_silenced_before_is_repaired_by_the_next_look() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    simulator.edit_config(&json!({"agents": {"defaults": {"heartbeat": {"every": "30m"}}}}));
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    // As an earlier release left it.
    simulator.edit_config(&json!({"agents": {"entries": {"main": {"heartbeat": null}}}}));
    let id = gateway.id;
    world.write(move |tx| mission_control_store::gateways::set_heartbeat_copies(tx, id, json!(null))).await;
    assert_eq!(simulator.heartbeats().get("main"), None);

    world.reconcile(gateway.id).await;
    assert_eq!(simulator.heartbeats().get("main"), Some(&HALF_HOUR));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_is_cut_in_the_middle_converges(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let profile = GatewayProfile { deletion_takes: Duration::from_secs(2), ..GatewayProfile::modern() };
    let simulator = simulator(profile, FaultScript::default()).await;
    let proxy = ChaosProxy::start(simulator.url().trim_start_matches("ws://")).await;
    let world = World::new(backend).await;
    let through = NewGateway { url: format!("ws://{}", proxy.address()), ..registration(&simulator) };
    let gateway = done(gateways::create(&world.fleet, world.caller, through).await.unwrap());
    let board = world.board(gateway.id, "Ship").await;
    done(world.create_agent(board.id, "One").await.unwrap());

    let cut = async {
        simulator.wait_for(|log| log.iter().any(|request| request.method == "agents.delete")).await.unwrap();
        proxy.cut();
    };
    let (deleted, ()) = tokio::join!(boards::delete(&world.fleet, world.caller, board.id), cut);
    done(deleted.unwrap());
    assert_eq!(simulator.agents().len(), 2, "the gateway's own agent and our main agent");
    let refused = |request: &&RecordedRequest| matches!(&request.outcome, Outcome::Error(text) if text.contains("OPENCLAW_STATE_LEASE_HELD"));
    assert!(deletions(&simulator).iter().any(|request| refused(&request)), "{:?}", deletions(&simulator));
    let job = newest_job(&world, "board.delete").await;
    assert_eq!((job.state, job.attempts), (JobState::Succeeded, 1));
}

#[rstest]
#[case("OPENCLAW_STATE_LEASE_LOST")]
#[case("OPENCLAW_STATE_LEASE_HELD")]
#[case("SQLITE_BUSY")]
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_busy_with_a_deletion_is_waited_for(#[case] code: &str) {
    let busy = || Fault::Error {
        code: "UNAVAILABLE".to_owned(),
        message: format!("OpenClawStateLeaseError: agent deletion was not possible now code={code}"),
    };
    let faults = FaultScript::one(Trigger::nth("agents.delete", 1), busy())
        .and(Trigger::nth("agents.delete", 3), busy())
        .and(Trigger::nth("agents.delete", 5), busy());
    let simulator = simulator(GatewayProfile::modern(), faults).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let one = done(world.create_agent(board.id, "One").await.unwrap());
    done(world.create_agent(board.id, "Two").await.unwrap());
    done(agents::delete(&world.fleet, world.caller, one.id).await.unwrap());
    done(boards::delete(&world.fleet, world.caller, board.id).await.unwrap());
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    assert_eq!(simulator.agents().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_a_gateway_could_not_remove_are_tried_again_and_then_named() {
    let once = FaultScript::one(Trigger::nth("agents.delete", 1), Fault::PurgeFails);
    let simulator = simulator(GatewayProfile::modern(), once).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let one = done(world.create_agent(board.id, "One").await.unwrap());
    let two = done(world.create_agent(board.id, "Two").await.unwrap());
    let three = done(world.create_agent(board.id, "Three").await.unwrap());

    done(agents::delete(&world.fleet, world.caller, one.id).await.unwrap());
    let result = newest_job(&world, "agent.delete").await.result.unwrap();
    assert_eq!(result["left_behind"], json!([]));
    assert!(!result["in_trash"].as_array().unwrap().is_empty());
    assert!(simulator.left_on_disk().is_empty());

    simulator.set_faults(FaultScript::one(Trigger::always("agents.delete"), Fault::PurgeFails));
    done(agents::delete(&world.fleet, world.caller, two.id).await.unwrap());
    let folder = format!("/srv/openclaw/workspace-mc-{}", two.id);
    let named = |left: &Value| left.as_array().unwrap().iter().any(|left| left["path"] == folder.as_str());
    let result = newest_job(&world, "agent.delete").await.result.unwrap();
    assert!(named(&result["left_behind"]), "{result}");
    let told = activity_of(&world, "agent.delete.left_behind").await;
    assert!(told.len() == 1 && told[0].contains(&folder), "{told:?}");

    done(boards::delete(&world.fleet, world.caller, board.id).await.unwrap());
    let result = newest_job(&world, "board.delete").await.result.unwrap();
    assert_eq!(result["left_behind"][0]["agent"], format!("mc-{}", three.id));
    assert_eq!(activity_of(&world, "board.delete.left_behind").await.len(), 1);

    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    let result = newest_job(&world, "gateway.delete").await.result.unwrap();
    assert_eq!(result["left_behind"][0]["agent"], format!("mc-gateway-{}", gateway.id));
    let folder = format!("/srv/openclaw/workspace-gateway-{}", gateway.id);
    let told = activity_of(&world, "gateway.delete.left_behind").await;
    assert!(told.len() == 1 && told[0].contains(&folder), "{told:?}");
}

/// The folders of an agent at its gateway, which is asked for nothing.
fn folders(agent: &str) -> [String; 2] {
    let workspace = agent.strip_prefix("mc-gateway-").map(|id| format!("gateway-{id}"));
    let workspace = workspace.unwrap_or_else(|| agent.to_owned());
    [format!("/srv/openclaw/workspace-{workspace}"), format!("/agents/{agent}")]
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_a_gateway_that_is_gone_the_folders_of_its_agents_are_named(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    simulator.shutdown().await;
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    let result = newest_job(&world, "gateway.delete").await.result.unwrap();
    let told = activity_of(&world, "gateway.delete.left_behind").await;
    for folder in folders(&format!("mc-gateway-{}", gateway.id)) {
        assert!(result["left_behind"].to_string().contains(&folder), "{folder}: {result}");
        assert!(told.len() == 1 && told[0].contains(&folder), "{folder}: {told:?}");
    }
}

#[rstest]
#[case::that_is_there(false)]
#[case::that_is_gone(true)]
#[tokio::test(flavor = "multi_thread")]
async fn what_an_agent_leaves_at_the_gateway_that_it_moved_from_is_named(#[case] is_gone: bool) {
    let faults = FaultScript::one(Trigger::always("agents.delete"), Fault::PurgeFails);
    let (old, new) = (
        simulator(GatewayProfile::modern(), faults).await,
        simulator(GatewayProfile::modern(), FaultScript::default()).await,
    );
    let world = World::new(Backend::Sqlite).await;
    let (from, to) = (world.gateway(&old).await, world.gateway(&new).await);
    let board = world.board(from.id, "Ship").await;
    let other = world.board(to.id, "Shore").await;
    let one = done(world.create_agent(board.id, "One").await.unwrap());
    if is_gone {
        old.shutdown().await;
    }
    let patch = AgentPatch { board_id: Some(Some(other.id)), ..AgentPatch::default() };
    done(agents::update(&world.fleet, world.caller, one.id, Seen::WHATEVER, patch, false).await.unwrap());
    let told = activity_of(&world, "agent.move.left_behind").await;
    for folder in folders(&format!("mc-{}", one.id)) {
        assert!(told.len() == 1 && told[0].contains(&folder), "{folder}: {told:?}");
    }
}

#[rstest]
#[case(GatewayProfile::old(), "heartbeat")]
#[case(GatewayProfile::modern(), "heartbeatVisibility")]
#[tokio::test(flavor = "multi_thread")]
async fn settings_that_an_earlier_release_left_are_named_and_stay(
    #[case] profile: GatewayProfile,
    #[case] key: &str,
) {
    let simulator = simulator(profile, FaultScript::default()).await;
    let quiet = json!({ "showOk": false, "showAlerts": true, "useIndicator": true });
    simulator.edit_config(&json!({
        "tools": { "exec": { "host": "gateway" } }, "channels": { "defaults": { key: quiet } },
    }));
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let remarks = world.reconcile(gateway.id).await.remarks;
    let settings = ["tools.exec.host".to_owned(), format!("channels.defaults.{key}")];
    for setting in &settings {
        assert!(remarks.iter().any(|remark| remark.contains(setting)), "{setting}: {remarks:?}");
    }
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    let told = activity_of(&world, "gateway.delete.left_behind").await;
    assert!(settings.iter().all(|setting| told.iter().any(|told| told.contains(setting))), "{told:?}");
    assert_eq!(simulator.config()["channels"]["defaults"][key], quiet);
    assert_eq!(simulator.config()["tools"]["exec"]["host"], "gateway");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_does_not_say_what_it_removed_leaves_nothing_unnamed(
    #[values(GatewayProfile::old(), GatewayProfile::transitional())] profile: GatewayProfile,
) {
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let one = done(world.create_agent(board.id, "One").await.unwrap());
    done(agents::delete(&world.fleet, world.caller, one.id).await.unwrap());
    let result = newest_job(&world, "agent.delete").await.result.unwrap();
    for left in simulator.left_on_disk() {
        assert!(result["left_behind"].to_string().contains(&left), "{left} is not in {result}");
    }
    assert!(!simulator.left_on_disk().iter().any(|path| path.contains("/sessions/")), "made anew");
    done(agents::delete(&world.fleet, world.caller, one.id).await.unwrap());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_in_password_mode_takes_the_token_as_its_password(
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let config = SimulatorConfig { profile, auth: AuthMode::Password, ..SimulatorConfig::default() };
    let simulator = Simulator::start(config).await.unwrap();
    let world = World::new(Backend::Sqlite).await;
    let mut wrong = registration(&simulator);
    wrong.token = Some("wrong".to_owned().into());
    let error = gateways::create(&world.fleet, world.caller, wrong).await.unwrap_err();
    assert!(error.next_step().unwrap().contains("gateway.auth.password"), "{:?}", error.next_step());
    world.gateway(&simulator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nudge_rides_out_a_restart_of_the_gateway() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Research").await;
    let (lead, _) = ensure_lead(&world.fleet, world.caller, board.id, LeadOptions::default()).await.unwrap();
    let lead = done(lead);
    let worker = done(world.create_agent(board.id, "Ada").await.unwrap());

    let answer = Fault::Error { code: "ERR".to_owned(), message: "service restart".to_owned() };
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), answer));
    done(nudge(&world.fleet, &lead, &board, worker.id, "One").await.unwrap());

    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), Fault::Close1012));
    done(nudge(&world.fleet, &lead, &board, worker.id, "Two").await.unwrap());

    simulator.restart();
    done(nudge(&world.fleet, &lead, &board, worker.id, "Three").await.unwrap());

    let refusal = Fault::Error { code: "ERR".to_owned(), message: "hard failure".to_owned() };
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), refusal));
    let refused = nudge(&world.fleet, &lead, &board, worker.id, "Four").await;
    assert_eq!(refused.unwrap_err().code(), Code::GatewayFailed);
}
