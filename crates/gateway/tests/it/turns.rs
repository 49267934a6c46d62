//! What the link makes of turns, commands that wait, and absences.

use mission_control_core::id::{AgentId, GatewayId};
use mission_control_core::models::{
    ApprovalStatus, ConnectionState, ExecApprovalState, Run, RunReason, RunState,
};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Client, SendMessage};
use mission_control_simulator::{AgentBehaviour, GatewayProfile, Simulator, SimulatorConfig};
use mission_control_store::{StoreError, approvals, exec_approvals, runs};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use crate::installation::{Installation, PATIENCE, Running, quick, start};

struct Scene {
    installation: Installation,
    simulator: Simulator,
    gateway: GatewayId,
    agent: AgentId,
    session: String,
    config: SimulatorConfig,
    link: Running,
}

/// A link, and an agent whose gateway was not told of it: these two releases run it all the same.
async fn scene(backend: Backend, profile: GatewayProfile) -> Scene {
    let installation = Installation::new(backend).await;
    let config =
        SimulatorConfig { profile, agent_behaviour: AgentBehaviour::Silent, ..SimulatorConfig::default() };
    let simulator = start(config.clone()).await;
    let gateway = installation.register("Home", &simulator.url(), simulator.token()).await;
    let agent = installation.add_agent(gateway).await;
    installation.give_session(agent).await;
    let link = Running::start(&installation.fleet, quick());
    installation.row_when(gateway, ConnectionState::Up).await;
    let session = format!("agent:mc-{agent}:main");
    Scene { installation, simulator, gateway, agent, session, config, link }
}

impl Scene {
    async fn client(&self) -> Client {
        let row = self.installation.row(self.gateway).await;
        let target = self.installation.fleet.gateways().target(&row).unwrap();
        self.installation.fleet.gateways().client(self.gateway, &target).unwrap()
    }

    async fn say(&self, text: &str) -> String {
        let message = SendMessage::new(&self.session, text);
        message.run(self.client().await.ask(&message).await.unwrap())
    }

    async fn run(&self, name: &str) -> Option<Run> {
        let (gateway, name) = (self.gateway, name.to_owned());
        let found: Result<Option<Run>, StoreError> =
            self.installation.fleet.db().write(move |tx| runs::lock_of_gateway(tx, gateway, &name)).await;
        found.unwrap()
    }

    async fn run_when(&self, name: &str, what: &str, test: impl Fn(&Run) -> bool) -> Run {
        wait_until(what, PATIENCE, async || self.run(name).await.filter(|run| test(run))).await
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_turn_is_seen_with_what_it_used(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::transitional())] profile: GatewayProfile,
) {
    let scene = scene(backend, profile).await;
    // The session exists with the first message; from then on the link asks for what is said in it.
    let name = scene.say("Hello").await;
    let run = scene.run_when(&name, "the end of the run", |run| run.state == RunState::Done).await;
    assert_eq!((run.agent_id, run.gateway_id), (scene.agent, scene.gateway));
    let run = scene.run_when(&name, "what it used", |run| run.output_tokens > 0).await;
    assert_eq!(run.model.as_deref(), Some("simulated-1"));
    assert!(run.input_tokens > 0 && run.cost_micros.is_some());
    scene.link.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_waits_is_in_the_inbox_within_a_second(
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let scene = scene(Backend::Sqlite, profile).await;
    let asked = Timestamp::now();
    let id = scene.simulator.request_exec_approval(&format!("mc-{}", scene.agent), "make deploy");
    let gateway = scene.gateway;
    let command = wait_until("the command", PATIENCE, async || {
        let id = id.clone();
        let found: Result<_, StoreError> = scene
            .installation
            .fleet
            .db()
            .read(move |conn| exec_approvals::of_gateway(conn, gateway, &id))
            .await;
        found.unwrap()
    })
    .await;
    assert!(Timestamp::now().since(asked).as_millis() < 1000, "it took too long");
    assert_eq!((command.state, command.command.as_str()), (ExecApprovalState::Pending, "make deploy"));
    let (board, approval) = (command.board_id.unwrap(), command.approval_id.unwrap());
    let waiting: Result<_, StoreError> =
        scene.installation.fleet.db().read(move |conn| approvals::find_on(conn, board, approval)).await;
    assert_eq!(waiting.unwrap().unwrap().status, ApprovalStatus::Pending);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_end_nobody_heard_is_told_by_the_history() {
    let scene = scene(Backend::Sqlite, GatewayProfile::transitional()).await;
    let name = scene.say("Hello").await;
    let run = scene.run_when(&name, "the end of the run", |run| run.state == RunState::Done).await;
    scene.link.stop().await;
    // As if the link had been away from the middle of the turn on.
    let open = Run {
        state: RunState::Stale,
        reason: Some(RunReason::LinkLost),
        ended_at: None,
        output_tokens: 0,
        ..run.clone()
    };
    let written: Result<(), StoreError> =
        scene.installation.fleet.db().write(move |tx| runs::save(tx, &open)).await;
    written.unwrap();
    let link = Running::start(&scene.installation.fleet, quick());
    let (gateway, wanted) = (scene.gateway, name.clone());
    let told = wait_until("the history", PATIENCE, async || {
        let wanted = wanted.clone();
        let found: Result<Option<Run>, StoreError> =
            scene.installation.fleet.db().write(move |tx| runs::lock_of_gateway(tx, gateway, &wanted)).await;
        found.unwrap().filter(|run| run.state == RunState::Done)
    })
    .await;
    assert_eq!((told.reason, told.events_complete), (None, false));
    assert_eq!(scene.config.profile.protocol, 4);
    link.stop().await;
}
