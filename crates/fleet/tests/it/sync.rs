use mission_control_core::id::BoardId;
use mission_control_core::models::{Agent, AgentChanges, AgentState, AgentStatus, Board, Gateway};
use mission_control_core::time::Timestamp;
use mission_control_fleet::sync::SyncOptions;
use mission_control_fleet::{FleetError, agents, gateways};
use mission_control_gateway_rpc::{DeleteAgent, WriteFile};
use mission_control_shapes::{AgentPlan, AgentRead, FileAction, TemplatesSyncResult};
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, RecordedRequest, Simulator, Trigger};
use mission_control_store::jobs::{self as job_rows, NewJob};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::json;

use super::support::{PATIENCE, World, done, operator, simulator};

struct Place {
    world: World,
    simulator: Simulator,
    gateway: Gateway,
    board: Board,
    agent: Agent,
}

impl Place {
    async fn new(backend: Backend, profile: GatewayProfile) -> Self {
        let simulator = simulator(profile, FaultScript::default()).await;
        let world = World::new(backend).await;
        let gateway = world.gateway(&simulator).await;
        let board = world.board(gateway.id, "Ship").await;
        let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
        Self { world, simulator, gateway, board, agent }
    }

    async fn sync(&self, options: SyncOptions) -> TemplatesSyncResult {
        let (fleet, caller) = (&self.world.fleet, self.world.caller);
        done(gateways::sync_templates(fleet, caller, self.gateway.id, options).await.unwrap())
    }

    fn key(&self) -> String {
        format!("mc-{}", self.agent.id)
    }

    fn writes(&self, file: &str) -> usize {
        let log = self.simulator.log();
        log.iter()
            .filter(|r| {
                r.method == "agents.files.set"
                    && r.text("name") == Some(file)
                    && r.text("agentId") == Some(self.key().as_str())
            })
            .count()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sync_finds_the_token_that_it_wrote_and_keeps_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let place = Place::new(backend, profile).await;
    let memory = place.writes("MEMORY.md");
    let result = place.sync(SyncOptions::default()).await;
    assert_eq!(
        (result.agents_updated, result.agents_skipped, result.main_updated),
        (1, 0, true),
        "{result:?}"
    );
    assert_eq!(result.errors, []);
    assert_eq!(place.world.agent(place.agent.id).await.token_digest, place.agent.token_digest);
    assert_eq!(place.writes("MEMORY.md"), memory);

    let overwritten = place.sync(SyncOptions { overwrite: true, ..SyncOptions::default() }).await;
    assert_eq!(overwritten.agents_updated, 1);
    assert_eq!(place.writes("MEMORY.md"), memory + 1);

    let rotated = place.sync(SyncOptions { rotate_tokens: true, ..SyncOptions::default() }).await;
    assert_eq!((rotated.agents_updated, rotated.errors.len()), (1, 0), "{rotated:?}");
    let agent = place.world.agent(place.agent.id).await;
    assert_ne!(agent.token_digest, place.agent.token_digest);
    assert_eq!(agent.provision_confirm_token_hash, None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_agent_is_named_as_the_cause_and_rotate_tokens_is_the_cure(
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let place = Place::new(Backend::Sqlite, profile.clone()).await;
    let key = place.key();
    if profile.version == "2026.9.6" {
        place.simulator.edit_config(&json!({"agents": {"entries": {key.as_str(): null}}}));
    } else {
        let list: Vec<_> = place.simulator.config()["agents"]["list"].as_array().unwrap().clone();
        let kept: Vec<_> = list.into_iter().filter(|entry| entry["id"] != key.as_str()).collect();
        place.simulator.edit_config(&json!({"agents": {"list": null}}));
        place.simulator.edit_config(&json!({"agents": {"list": kept}}));
    }
    assert!(!place.simulator.agents().iter().any(|agent| agent.id == key));

    let result = place.sync(SyncOptions::default()).await;
    assert_eq!((result.agents_updated, result.agents_skipped), (0, 1), "{result:?}");
    let message = &result.errors[0].message;
    assert!(message.contains(&key) && message.contains("openclaw.json"), "{message}");
    assert!(message.contains("rotate_tokens=true"), "{message}");

    let result = place.sync(SyncOptions { rotate_tokens: true, ..SyncOptions::default() }).await;
    assert_eq!((result.agents_updated, result.errors.len()), (1, 0), "{result:?}");
    assert!(place.simulator.agents().iter().any(|agent| agent.id == key));
    let agent = place.world.agent(place.agent.id).await;
    assert!(agent.checkin_deadline_at.is_some(), "it is woken and looked after");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_asked_for_is_synced() {
    let place = Place::new(Backend::Sqlite, GatewayProfile::modern()).await;
    let none =
        place.sync(SyncOptions { lead_only: true, include_main: false, ..SyncOptions::default() }).await;
    assert_eq!((none.agents_updated, none.agents_skipped, none.main_updated), (0, 0, false));
    let here = SyncOptions { board_id: Some(place.board.id), include_main: false, ..SyncOptions::default() };
    assert_eq!(place.sync(here).await.agents_updated, 1);
    let elsewhere = SyncOptions { board_id: Some(BoardId::random()), ..SyncOptions::default() };
    let (fleet, caller) = (&place.world.fleet, place.world.caller);
    let refused = gateways::sync_templates(fleet, caller, place.gateway.id, elsewhere).await;
    assert!(matches!(refused, Err(FleetError::NotFound { entity: "Board" })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_token_is_left_in_place_with_a_warning_until_it_may_be_rotated() {
    let place = Place::new(Backend::Sqlite, GatewayProfile::old()).await;
    let url = place.simulator.url();
    let options = mission_control_gateway_rpc::ConnectOptions::new(&url)
        .unwrap()
        .token(place.simulator.token().unwrap());
    let client = mission_control_gateway_rpc::Client::connect(options).await.unwrap();
    let params =
        json!({"agentId": place.key(), "name": "TOOLS.md", "content": "- `AUTH_TOKEN=wrong-token-value`"});
    client.call("agents.files.set", params).await.unwrap();

    let result = place.sync(SyncOptions { include_main: false, ..SyncOptions::default() }).await;
    assert_eq!((result.agents_updated, result.errors.len()), (1, 1), "{result:?}");
    let rotate = SyncOptions { include_main: false, rotate_tokens: true, ..SyncOptions::default() };
    let result = place.sync(rotate).await;
    assert_eq!((result.agents_updated, result.errors.len()), (1, 0), "{result:?}");
    assert!(!place.simulator.file(&place.key(), "TOOLS.md").unwrap().contains("wrong-token-value"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_per_file_what_would_be_done_and_does_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::transitional(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let place = Place::new(backend, profile).await;
    let operator = super::support::operator(&place.simulator).await;
    operator
        .ask(&WriteFile { agent_id: &place.key(), name: "SOUL.md", content: "I found myself." })
        .await
        .unwrap();
    let writes = super::support::count(&place.simulator, "agents.files.set");
    let dry = SyncOptions { dry_run: true, include_main: false, ..SyncOptions::default() };
    let planned = place.sync(dry.clone()).await.plan.unwrap();
    assert_eq!((planned.len(), planned[0].agent_id), (1, place.agent.id));
    let of = |plan: &AgentPlan, name: &str| plan.files.iter().find(|file| file.name == name).unwrap().clone();
    let soul = of(&planned[0], "SOUL.md");
    assert_eq!((soul.action, soul.written), (FileAction::Edited, false));
    assert!(soul.diff.unwrap().contains("-I found myself."));
    assert_eq!(of(&planned[0], "AGENTS.md").action, FileAction::Unchanged);
    assert!(!planned[0].changes, "{planned:?}");

    let overwriting = place.sync(SyncOptions { overwrite: true, ..dry }).await.plan.unwrap();
    assert!(of(&overwriting[0], "SOUL.md").written && overwriting[0].changes);
    let token = place.simulator.file(&place.key(), "AGENTS.md").unwrap();
    let secret = mission_control_fleet::provision::files::token_in(&token).unwrap_or("no token here");
    assert!(!serde_json::to_string(&overwriting).unwrap().contains(secret));
    assert_eq!(super::support::count(&place.simulator, "agents.files.set"), writes, "nothing is written");

    let synced = place.sync(SyncOptions { include_main: false, ..SyncOptions::default() }).await;
    assert_eq!((synced.agents_updated, synced.plan), (1, None));
    assert_eq!(synced.kept, ["Ada: SOUL.md"]);
    assert_eq!(place.simulator.file(&place.key(), "SOUL.md").as_deref(), Some("I found myself."));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_and_its_sync_agree_on_what_the_gateway_keeps(
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
) {
    let is_modern = profile.is_modern();
    let place = Place::new(Backend::Sqlite, profile).await;
    let overwriting = SyncOptions { overwrite: true, include_main: false, ..SyncOptions::default() };
    let plan = place.sync(SyncOptions { dry_run: true, ..overwriting.clone() }).await.plan.unwrap().remove(0);
    let before: Vec<usize> = plan.files.iter().map(|file| place.writes(&file.name)).collect();
    place.sync(overwriting).await;
    for (file, before) in plan.files.iter().zip(before) {
        let is_kept = file.action != FileAction::Unsupported;
        assert_eq!(place.writes(&file.name) > before, is_kept, "{}", file.name);
        assert!(is_kept || before == 0, "{} was never asked for", file.name);
    }
    assert_eq!(plan.files.iter().any(|file| file.action == FileAction::Unsupported), is_modern);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_reader_of_a_workspace_sees_a_token_wherever_it_stands(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let place = Place::new(backend, GatewayProfile::old()).await;
    let world = &place.world;
    let tools = place.simulator.file(&place.key(), "TOOLS.md").unwrap();
    let token = mission_control_fleet::provision::files::token_in(&tools).unwrap().to_owned();
    let operator = super::support::operator(&place.simulator).await;
    let gateway_token = place.simulator.token().unwrap_or("no token of the gateway").to_owned();
    let told = format!("I am x{token}x, and the gateway's is {gateway_token}.");
    operator.ask(&WriteFile { agent_id: &place.key(), name: "SOUL.md", content: &told }).await.unwrap();

    let board = place.agent.board_id.unwrap();
    let found: Result<_, mission_control_store::StoreError> =
        world.fleet.db().read(move |conn| mission_control_store::boards::find(conn, board)).await;
    let board = found.unwrap().unwrap();
    let soul = mission_control_fleet::coordination::read_soul(&world.fleet, &board, place.agent.id).await;
    let file = agents::file(&world.fleet, world.caller, place.agent.id, "SOUL.md").await.unwrap();
    let tools = agents::file(&world.fleet, world.caller, place.agent.id, "TOOLS.md").await.unwrap();
    let dry = SyncOptions { dry_run: true, overwrite: true, ..SyncOptions::default() };
    let plan = serde_json::to_string(&place.sync(dry).await.plan).unwrap();
    for shown in [soul.unwrap(), file.content, tools.content, plan] {
        assert!(shown.contains("***"), "{shown}");
        assert!(!shown.contains(&token) && !shown.contains(&gateway_token), "{shown}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn after_a_sync_there_is_nothing_to_do_also_where_heartbeats_are_off(
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let place = Place::new(Backend::Sqlite, profile).await;
    let key = place.key();
    agents::pause(&place.world.fleet, place.world.caller, place.agent.id).await.unwrap();
    wait_until("heartbeats are off", PATIENCE, async || {
        let agents = place.simulator.agents();
        agents.iter().any(|agent| agent.id == key && agent.heartbeat["every"] == "0m").then_some(())
    })
    .await;

    let options = SyncOptions { include_main: false, ..SyncOptions::default() };
    assert_eq!(place.sync(options.clone()).await.agents_updated, 1);
    let plan = place.sync(SyncOptions { dry_run: true, ..options }).await.plan.unwrap();
    assert!(plan.len() == 1 && !plan[0].changes, "{plan:#?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_was_cut_short_goes_on_after_the_agents_that_it_finished(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let place = Place::new(backend, GatewayProfile::modern()).await;
    let second = done(place.world.create_agent(place.board.id, "Bob").await.unwrap());
    place.world.stop_worker();
    let options = SyncOptions { rotate_tokens: true, include_main: false, ..SyncOptions::default() };
    let payload = json!({ "gateway": place.gateway.id, "user": null, "options": options });
    let new = NewJob::new("gateway.sync_templates", payload);
    let id = place.world.write(move |tx| job_rows::enqueue(tx, new)).await;
    let job = place.world.lease(id).await;
    let slow = Trigger { agent: Some(format!("mc-{}", second.id)), ..Trigger::nth("agents.files.set", 1) };
    place.simulator.set_faults(FaultScript::one(slow, Fault::Delay { ms: 5_000 }));
    let written = |key: &str| {
        let log = place.simulator.log();
        log.iter().filter(|r| r.method == "agents.files.set" && r.text("agentId") == Some(key)).count()
    };
    let (first_key, second_key) = (place.key(), format!("mc-{}", second.id));
    let before = written(&second_key);
    tokio::select! {
        outcome = place.world.run(&job) => panic!("it was not cut short: {outcome:?}"),
        reached = place.simulator.wait_for(|log| {
            let of_second = |r: &&RecordedRequest| {
                r.method == "agents.files.set" && r.text("agentId") == Some(second_key.as_str())
            };
            log.iter().filter(of_second).count() > before
        }) => reached.unwrap(),
    }
    place.simulator.set_faults(FaultScript::default());
    let seen = place.world.job(id).await;
    assert_eq!((seen.progress, seen.progress_message.as_deref()), (50, Some("1 of 2: Ada")));
    let (token, files) = (place.world.agent(place.agent.id).await.token_digest, written(&first_key));

    place
        .world
        .write(move |tx| job_rows::postpone(tx, id, job.attempts, Timestamp::now(), "its worker died"))
        .await;
    let again = place.world.lease(id).await;
    let result = place.world.run(&again).await.unwrap();
    assert_eq!((&result["agents_updated"], &result["errors"]), (&json!(2), &json!([])));
    assert_eq!(place.world.agent(place.agent.id).await.token_digest, token, "the first is not rotated twice");
    assert_eq!(written(&first_key), files);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_agent_whose_recovery_is_cut_short_by_a_limit_is_brought_back_and_woken() {
    let place = Place::new(Backend::Sqlite, GatewayProfile::old()).await;
    agents::heartbeat(&place.world.fleet, place.agent.id, None).await.unwrap();
    operator(&place.simulator)
        .await
        .ask(&DeleteAgent { agent_id: &place.key(), delete_files: false })
        .await
        .unwrap();
    let fault = Fault::RateLimit { retry_after_ms: 6_000 };
    place.simulator.set_faults(FaultScript::one(Trigger::nth("config.patch", 1), fault));
    let options = SyncOptions { rotate_tokens: true, ..SyncOptions::default() };
    let (fleet, caller) = (&place.world.fleet, place.world.caller);
    gateways::sync_templates(fleet, caller, place.gateway.id, options).await.unwrap();
    let back = place
        .world
        .wait_for_agent("it is brought back", place.agent.id, |agent| {
            agent.status == AgentStatus::Online && agent.checkin_deadline_at.is_some()
        })
        .await;
    assert!(back.last_wake_sent_at > place.agent.last_wake_sent_at && back.wake_attempts == 1, "{back:?}");
    assert_ne!(back.token_digest, place.agent.token_digest);
    assert_eq!(AgentRead::of(&back, Timestamp::now()).state, AgentState::Waking);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_brings_a_failed_agent_up_to_date_wakes_it() {
    let place = Place::new(Backend::Sqlite, GatewayProfile::modern()).await;
    let id = place.agent.id;
    let failed = AgentChanges { status: Some(AgentStatus::Offline), ..AgentChanges::default() };
    place.world.write(move |tx| mission_control_store::agents::update(tx, id, &failed)).await;
    let read = AgentRead::of(&place.world.agent(id).await, Timestamp::now());
    assert!(read.state == AgentState::Failed && read.cause.is_some() && read.remedy.is_some(), "{read:?}");
    place.sync(SyncOptions::default()).await;
    let read = AgentRead::of(&place.world.agent(id).await, Timestamp::now());
    assert_eq!(read.state, AgentState::Waking);
}
