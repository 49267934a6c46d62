//! Models that were chosen reach the configuration of their gateway, and leave it again.

use mission_control_core::models::ThinkingLevel;
use std::time::Duration;

use mission_control_core::models::{Agent, Board};
use mission_control_core::rules::model_choice::ModelChanges;
use mission_control_fleet::model_choices;
use mission_control_gateway_rpc::{Client, ConnectOptions, GetConfig, PatchConfig};
use mission_control_simulator::{FaultScript, GatewayProfile, Simulator};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{PATIENCE, World, count, done, operator, simulator};

struct Scene {
    simulator: Simulator,
    world: World,
    board: Board,
    agent: Agent,
}

impl Scene {
    async fn new(backend: Backend, profile: GatewayProfile) -> Self {
        let simulator = simulator(profile, FaultScript::default()).await;
        let world = World::new(backend).await;
        let gateway = world.gateway(&simulator).await;
        let board = world.board(gateway.id, "Ship").await;
        let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
        Self { simulator, world, board, agent }
    }

    /// What the gateway has of the agent, once it is so. An old one restarts for a change of its configuration.
    async fn entry_when(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let key = format!("mc-{}", self.agent.id);
        wait_until(what, PATIENCE, async || {
            let options = ConnectOptions::new(&self.simulator.url()).unwrap().token(self.simulator.token()?);
            let client = Client::connect(options).await.ok()?;
            let snapshot = client.ask(&GetConfig {}).await.ok()?;
            Some(snapshot.agent(&key)?.settings.clone()).filter(&fits)
        })
        .await
    }

    async fn choose(&self, changes: ModelChanges) {
        let (fleet, caller) = (&self.world.fleet, self.world.caller);
        model_choices::change_of_agent(fleet, caller, self.agent.id, changes).await.unwrap();
    }

    async fn choose_for_board(&self, changes: ModelChanges) {
        model_choices::change_of_board(&self.world.fleet, self.board.clone(), changes).await.unwrap();
    }
}

fn model(name: Option<&str>) -> ModelChanges {
    ModelChanges { model: Some(name.map(str::to_owned)), ..ModelChanges::default() }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_choice_reaches_the_gateway_goes_before_the_boards_and_leaves_it_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend, GatewayProfile::modern()).await;
    let everything = ModelChanges {
        fallbacks: Some(vec!["b/two".to_owned()]),
        thinking: Some(Some(ThinkingLevel::High)),
        heartbeat_model: Some(Some("a/cheap".to_owned())),
        light_context: Some(Some(true)),
        ..model(Some("a/board"))
    };
    scene.choose_for_board(everything).await;
    let entry = scene.entry_when("the board's model", |entry| entry["model"]["primary"] == "a/board").await;
    assert_eq!(entry["model"]["fallbacks"], json!(["b/two"]));
    assert_eq!(entry["thinkingDefault"], "high");
    assert_eq!(
        (&entry["heartbeat"]["model"], &entry["heartbeat"]["lightContext"]),
        (&json!("a/cheap"), &json!(true))
    );

    scene.choose(model(Some("a/own"))).await;
    scene.entry_when("its own model", |entry| entry["model"] == "a/own").await;
    let seen = model_choices::observed(&scene.world.fleet, scene.world.caller, scene.agent.id).await.unwrap();
    assert!(seen.is_as_wanted && seen.takes_thinking, "{seen:?}");

    // The gateway wants to be told that a list may lose entries.
    let shorter = ModelChanges { fallbacks: Some(Vec::new()), ..ModelChanges::default() };
    scene.choose(model(None)).await;
    scene.entry_when("the board's again", |entry| entry["model"]["primary"] == "a/board").await;
    scene.choose_for_board(shorter).await;
    scene.entry_when("no fallbacks", |entry| entry["model"] == "a/board").await;
    let nothing = ModelChanges {
        thinking: Some(None),
        heartbeat_model: Some(None),
        light_context: Some(None),
        ..model(None)
    };
    scene.choose_for_board(nothing).await;
    let entry = scene.entry_when("no model", |entry| entry["model"].is_null()).await;
    for gone in [&entry["thinkingDefault"], &entry["heartbeat"]["model"], &entry["heartbeat"]["lightContext"]]
    {
        assert!(gone.is_null(), "{entry}");
    }
    let writes = count(&scene.simulator, "config.patch");
    scene.world.reconcile(scene.agent.gateway_id).await;
    assert_eq!(count(&scene.simulator, "config.patch"), writes, "it is as it shall be");
}

/// It takes three changes in its window, and two of them have brought the agents there.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_gateway_is_told_what_it_knows_of() {
    let profile = GatewayProfile { write_window: Duration::from_secs(2), ..GatewayProfile::old() };
    let scene = Scene::new(Backend::Sqlite, profile).await;
    let both = ModelChanges { thinking: Some(Some(ThinkingLevel::High)), ..model(Some("a/one")) };
    scene.choose(both).await;
    let entry = scene.entry_when("the model", |entry| entry["model"] == "a/one").await;
    assert!(entry["thinkingDefault"].is_null(), "{entry}");
    let seen =
        async || model_choices::observed(&scene.world.fleet, scene.world.caller, scene.agent.id).await.ok();
    let seen = wait_until("the gateway to be back", PATIENCE, seen).await;
    assert!(seen.is_as_wanted && !seen.takes_thinking, "what it does not know is not missing: {seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_somebody_set_on_the_gateway_stays_while_nobody_chooses_one_here() {
    let scene = Scene::new(Backend::Sqlite, GatewayProfile::modern()).await;
    let key = format!("mc-{}", scene.agent.id);
    let client = operator(&scene.simulator).await;
    let hash = client.ask(&GetConfig {}).await.unwrap().hash;
    let patch = json!({ "agents": { "entries": { key: { "model": "a/by-hand" } } } });
    let change = PatchConfig { patch, base_hash: hash.as_deref(), ..PatchConfig::default() };
    client.ask(&change).await.unwrap();
    let thinking = ModelChanges { thinking: Some(Some(ThinkingLevel::Low)), ..ModelChanges::default() };
    scene.choose_for_board(thinking).await;
    let entry = scene.entry_when("how much it thinks", |entry| entry["thinkingDefault"] == "low").await;
    assert_eq!(entry["model"], "a/by-hand");
    scene.world.reconcile(scene.agent.gateway_id).await;
    scene.entry_when("the model that somebody set", |entry| entry["model"] == "a/by-hand").await;
    let models = model_choices::offered(&scene.world.fleet, scene.world.caller, scene.agent.gateway_id).await;
    assert!(!models.unwrap().models.is_empty());
}
