use mission_control_core::limits::SESSIONS;
use mission_control_core::models::{AgentStatus, ConnectionState};
use mission_control_core::problem::Code;
use mission_control_fleet::gateways::{self, Asked, GatewayPatch};
use mission_control_fleet::{FleetError, sessions};
use mission_control_gateway_rpc::PatchSession;
use mission_control_shapes::GatewayRead;
use mission_control_simulator::{FaultScript, GatewayProfile, Pairing, Simulator, SimulatorConfig};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::support::{World, count, done, operator, registration, simulator};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_registered_gateway_has_its_main_agent_with_files_and_a_wake(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let modern = profile.version == "2026.9.6";
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;

    let key = format!("mc-gateway-{}", gateway.id);
    let tools = simulator.file(&key, if modern { "AGENTS.md" } else { "TOOLS.md" }).unwrap();
    assert!(tools.contains("\nBASE_URL=http://127.0.0.1:9\n") && tools.contains("\nAUTH_TOKEN="));
    let agents = simulator.agents();
    let view = agents.iter().find(|agent| agent.id == key).unwrap();
    assert_eq!(view.workspace, format!("/srv/openclaw/workspace-gateway-{}", gateway.id));
    assert_eq!(view.heartbeat["every"], "10m");
    assert_eq!(count(&simulator, "config.patch"), 1);
    if modern {
        assert!(simulator.heartbeat_scratch(&key).unwrap().contains("Check in first"));
    }
    simulator.wait_for_turns(|turns| turns.iter().any(|turn| turn.agent_id == key)).await.unwrap();

    assert_eq!(gateway.connection_state, ConnectionState::Up);
    assert_eq!(gateway.version.as_deref(), Some(if modern { "2026.9.6" } else { "2026.3.2" }));
    let main = world.main_of(gateway.id).await;
    assert_eq!(main.name, "Home Gateway Agent");
    assert_eq!(main.status, AgentStatus::Online);
    assert_eq!(main.openclaw_session_id, Some(format!("agent:{key}:main")));
    assert!(main.token_digest.is_some() && main.provision_confirm_token_hash.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_kept_sealed_and_never_shown() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    assert!(gateway.token.as_ref().unwrap().starts_with("mcs1:"));
    let read = GatewayRead::of(&gateway);
    assert_eq!((read.token, read.has_token), (None, true));

    let patch = GatewayPatch { token: Some(SecretString::from("  ")), ..GatewayPatch::default() };
    let same = done(gateways::update(&world.fleet, world.caller, gateway.id, patch).await.unwrap());
    assert_eq!(same.token, gateway.token);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_kept_of_a_gateway_that_refuses() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let mut wrong = registration(&simulator);
    wrong.token = Some(SecretString::from("wrong"));
    let error = gateways::create(&world.fleet, world.caller, wrong).await.unwrap_err();
    assert!(matches!(error, FleetError::Gateway { .. }), "{error:?}");
    assert!(error.next_step().unwrap().contains("token"));
    for url in ["nonsense", "", "ws://127.0.0.1:9"] {
        let mut elsewhere = registration(&simulator);
        url.clone_into(&mut elsewhere.url);
        let error = gateways::create(&world.fleet, world.caller, elsewhere).await.unwrap_err();
        assert_eq!(error.code(), Code::GatewayFailed, "{url}");
    }
    let status = gateways::status(&world.fleet, world.caller, Asked::Default).await;
    assert!(matches!(status, Err(FleetError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_too_old_is_refused_before_anything_is_kept() {
    let mut profile = GatewayProfile::old();
    "2026.1.5".clone_into(&mut profile.version);
    "2026.1.5".clone_into(&mut profile.announced_version);
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let error = gateways::create(&world.fleet, world.caller, registration(&simulator)).await.unwrap_err();
    assert_eq!(error.code(), Code::Invalid);
    assert!(error.detail().contains("2026.1.5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_calls_itself_dev_is_taken_by_what_it_can_do() {
    let profile = GatewayProfile { announced_version: "dev".to_owned(), ..GatewayProfile::old() };
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    assert_eq!((gateway.version, gateway.protocol), (None, Some(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_the_gateway_refuses_changes_nothing() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let patch = GatewayPatch {
        name: Some("Renamed".to_owned()),
        token: Some(SecretString::from("wrong")),
        ..GatewayPatch::default()
    };
    let error = gateways::update(&world.fleet, world.caller, gateway.id, patch).await.unwrap_err();
    assert_eq!(error.code(), Code::GatewayFailed);
    let status = gateways::status(&world.fleet, world.caller, Asked::Default).await.unwrap();
    assert!(status.connected, "{status:?}");
    assert_eq!(world.main_of(gateway.id).await.name, "Home Gateway Agent");
}

#[tokio::test(flavor = "multi_thread")]
async fn status_by_address_uses_what_is_kept_of_a_registered_gateway() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let by_url = |token: Option<&str>| Asked::Url {
        url: simulator.url(),
        token: token.map(|token| SecretString::from(token.to_owned())),
        disable_device_pairing: None,
        allow_insecure_tls: None,
    };
    let status = gateways::status(&world.fleet, world.caller, by_url(None)).await.unwrap();
    assert!(status.connected, "{status:?}");
    assert_eq!(status.version.as_deref(), Some("2026.9.6"));
    assert_eq!(status.main_session, None);
    let status = gateways::status(&world.fleet, world.caller, by_url(Some("wrong"))).await.unwrap();
    assert!(!status.connected && status.error.is_some() && status.next_step.is_some());

    let board = world.board(gateway.id, "Ship").await;
    let status = gateways::status(&world.fleet, world.caller, Asked::Board(board.id)).await.unwrap();
    assert!(status.connected && status.main_session.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_read_and_written_through_a_board() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let key = format!("agent:mc-gateway-{}:main", gateway.id);
    let (fleet, caller) = (&world.fleet, world.caller);
    sessions::send(fleet, caller, board.id, &key, "How are you?").await.unwrap();
    let history = sessions::history(fleet, caller, board.id, &key).await.unwrap();
    assert!(history.iter().any(|message| message.to_string().contains("How are you?")));
    let listed = sessions::list(fleet, caller, Some(board.id)).await.unwrap();
    assert!(listed.sessions.iter().any(|session| session["key"] == key.as_str()));
    assert!(listed.main_session.is_some());
    assert_eq!(sessions::get(fleet, caller, board.id, &key).await.unwrap()["key"], key.as_str());
    let missing = sessions::get(fleet, caller, board.id, "agent:none:main").await;
    assert!(matches!(missing, Err(FleetError::NotFound { .. })));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_gateway_lists_in_parts_is_found_wherever_it_stands(
    #[values(GatewayProfile::transitional(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let modern = profile.is_modern();
    let simulator = simulator(profile, FaultScript::default()).await;
    if modern {
        let beats = || json!({"heartbeat": {"every": "1h"}});
        let garden: Map<String, Value> = (0..250).map(|bed| (format!("bed-{bed}"), beats())).collect();
        simulator.edit_config(&json!({"agents": {"entries": garden}}));
    }
    let session = |number: u32| format!("agent:bed-{number}:main");
    let owner = operator(&simulator).await;
    for number in 0..=SESSIONS {
        owner.ask(&PatchSession { key: &session(number), label: None }).await.unwrap();
    }
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    if modern {
        let scratch = simulator.heartbeat_scratch(&format!("mc-gateway-{}", gateway.id)).unwrap();
        assert!(scratch.contains("Check in first"), "{scratch}");
    }
    let board = world.board(gateway.id, "Ship").await;
    let (fleet, caller) = (&world.fleet, world.caller);
    let listed = sessions::list(fleet, caller, Some(board.id)).await.unwrap().sessions;
    assert_eq!(listed.len(), SESSIONS as usize);
    assert!(listed.iter().all(|listed| listed["key"] != session(0)), "the newest are listed");
    assert_eq!(sessions::get(fleet, caller, board.id, &session(0)).await.unwrap()["key"], session(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaired_device_is_told_what_to_approve_and_then_gets_in() {
    let simulator = Simulator::start(SimulatorConfig {
        pairing: Pairing::Required,
        agent_behaviour: mission_control_simulator::AgentBehaviour::Silent,
        ..SimulatorConfig::default()
    })
    .await
    .unwrap();
    let world = World::new(Backend::Sqlite).await;
    let error = gateways::create(&world.fleet, world.caller, registration(&simulator)).await.unwrap_err();
    let request = simulator.pending_devices().pop().unwrap();
    assert!(error.detail().contains(&request), "{}", error.detail());
    assert!(error.next_step().unwrap().contains(&format!("openclaw devices approve {request}")));
    assert!(simulator.approve_device(&request));
    let gateway = world.gateway(&simulator).await;
    assert!(gateway.device_token.as_ref().is_some_and(|token| token.starts_with("mcs1:")));
}
