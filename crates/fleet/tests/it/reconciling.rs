use std::time::Duration;

use mission_control_core::id::{AgentId, UserId};
use mission_control_core::models::{AgentState, AgentStatus, Board, DriftPolicy};
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use mission_control_fleet::boards;
use mission_control_fleet::gateways::{self, GatewayPatch};
use mission_control_fleet::jobs::JobError;
use mission_control_fleet::memory::{self, Author, NewMemory};
use mission_control_gateway_rpc::{DeleteAgent, WriteFile};
use mission_control_shapes::AgentRead;
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, Simulator, Trigger};
use mission_control_store::jobs::NewJob;
use mission_control_store::{agent_files, jobs as job_rows, leases};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{PATIENCE, World, count, done, operator, simulator};

fn key(agent: AgentId) -> String {
    format!("mc-{agent}")
}

/// How often the gateway has an agent of this id.
fn on(simulator: &Simulator, key: &str) -> usize {
    simulator.agents().iter().filter(|agent| agent.id == key).count()
}

fn every(simulator: &Simulator, key: &str) -> Value {
    simulator.agents().into_iter().find(|agent| agent.id == key).unwrap().heartbeat["every"].clone()
}

async fn delete_by_hand(simulator: &Simulator, key: &str) {
    operator(simulator).await.ask(&DeleteAgent { agent_id: key, delete_files: true }).await.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_its_gateway_lost_comes_back_with_a_new_token(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::transitional(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    assert_eq!(world.reconcile(gateway.id).await.actions, Vec::<String>::new(), "nothing to do");

    delete_by_hand(&simulator, &key(agent.id)).await;
    for _ in 0..2 {
        let plan = gateways::plan(&world.fleet, world.caller, gateway.id).await.unwrap();
        assert_eq!(plan.actions, ["Ada: its gateway lost it and gets it again"], "it is only said");
    }
    assert_eq!(world.agent(agent.id).await.lifecycle_generation, agent.lifecycle_generation);
    let report = world.reconcile(gateway.id).await;
    assert_eq!(report.actions, ["Ada: its gateway lost it and gets it again"]);
    let back =
        world.wait_for_agent("it is back", agent.id, |agent| agent.status == AgentStatus::Online).await;
    assert_eq!(on(&simulator, &key(agent.id)), 1);
    assert_ne!(back.token_digest, agent.token_digest);
    assert_eq!(AgentRead::of(&back, Timestamp::now()).state, AgentState::Waking);
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    assert_eq!(world.reconcile(gateway.id).await.actions, Vec::<String>::new(), "at rest again");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_people_decide_a_lost_agent_fails_with_cause_and_remedy() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let patch = GatewayPatch { drift_policy: Some(DriftPolicy::Report), ..GatewayPatch::default() };
    done(gateways::update(&world.fleet, world.caller, gateway.id, patch).await.unwrap());
    delete_by_hand(&simulator, &key(agent.id)).await;
    assert_eq!(world.reconcile(gateway.id).await.actions, ["Ada: its gateway lost it"]);
    let read = AgentRead::of(&world.agent(agent.id).await, Timestamp::now());
    assert_eq!((read.state, read.status.as_str()), (AgentState::Failed, "offline"));
    assert!(read.cause.unwrap().contains("no such agent") && read.remedy.unwrap().contains("eprovision"));
    assert_eq!(on(&simulator, &key(agent.id)), 0);
    assert_eq!(world.reconcile(gateway.id).await.actions, Vec::<String>::new(), "said once");

    let how = agents::Reprovision::default();
    done(agents::reprovision(&world.fleet, world.caller, agent.id, how).await.unwrap());
    assert_eq!(on(&simulator, &key(agent.id)), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_creation_whose_worker_dies_at_any_step_and_whose_job_is_lost_is_completed(
    #[values(
        "agents.create",
        "agents.update",
        "config.patch",
        "agents.files.set",
        "sessions.patch",
        "chat.send"
    )]
    method: &str,
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let mut world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    agents::heartbeat(&world.fleet, world.main_of(gateway.id).await.id, None).await.unwrap();
    let board = world.board(gateway.id, "Ship").await;
    world.stop_worker();
    let creation = {
        let (fleet, caller) = (world.fleet.clone(), world.caller);
        let new = agents::NewAgent { board_id: Some(board.id), name: "Ada".to_owned(), ..Default::default() };
        tokio::spawn(async move { agents::create(&fleet, caller, new, agents::CreatedBy::User).await })
    };
    let job =
        wait_until("the creation is booked", PATIENCE, async || world.waiting("agent.provision").await.pop())
            .await;
    let slow = FaultScript::one(Trigger::nth(method, 1), Fault::Delay { ms: 1_500 });
    simulator.set_faults(slow);
    let before = count(&simulator, method);
    let job = world.lease(job.id).await;
    tokio::select! {
        outcome = world.run(&job) => panic!("it was not cut short: {outcome:?}"),
        reached = simulator.wait_for(|log| log.iter().filter(|r| r.method == method).count() > before) => {
            reached.unwrap();
        }
    }
    creation.abort();
    simulator.set_faults(FaultScript::default());
    let (id, attempt) = (job.id, job.attempts);
    assert!(world.write(move |tx| job_rows::bury(tx, id, attempt, &"its worker died".into())).await);
    // The dead worker's right to write the configuration runs out.
    let name = format!("gateway-config:{}", gateway.id);
    world
        .write(move |tx| match leases::find(tx, &name)? {
            Some(lease) => leases::release(tx, &name, &lease.holder),
            None => Ok(()),
        })
        .await;
    let agent: AgentId = job.payload["agent"].as_str().unwrap().parse().unwrap();
    assert_eq!(world.agent(agent).await.status, AgentStatus::Provisioning, "left behind");

    world.start_worker().await;
    let report = world.reconcile(gateway.id).await;
    assert_eq!(report.actions, ["Ada: its provisioning was left behind and goes on"]);
    let done =
        world.wait_for_agent("it is provisioned", agent, |agent| agent.status == AgentStatus::Online).await;
    assert_eq!(on(&simulator, &key(agent)), 1);
    assert!(done.token_digest.is_some() && done.provision_confirm_token_hash.is_none());
    let tools = simulator.file(&key(agent), "AGENTS.md").unwrap();
    let token = mission_control_fleet::provision::files::token_in(&tools).unwrap();
    assert_eq!(done.token_digest, Some(mission_control_core::rules::agent_token::digest(token)));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_workers_that_look_at_once_set_things_off_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let mut world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    world.stop_worker();
    delete_by_hand(&simulator, &key(agent.id)).await;
    let created = count(&simulator, "agents.create");
    let payload = json!({ "gateway": gateway.id });
    // Two rows, as if one of them had been leased again while its first worker still lived.
    let [first, second] = [payload.clone(), payload].map(|payload| NewJob::new("gateway.reconcile", payload));
    let ids =
        world.write(move |tx| Ok([job_rows::enqueue(tx, first)?, job_rows::enqueue(tx, second)?])).await;
    let mut rows = Vec::new();
    for id in ids {
        rows.push(world.lease(id).await);
    }
    let (left, right) = tokio::join!(world.run(&rows[0]), world.run(&rows[1]));
    let acted = [left, right].into_iter().filter(|outcome| match outcome {
        Ok(report) => report["actions"].as_array().is_some_and(|actions| !actions.is_empty()),
        Err(JobError::Later { .. }) => false,
        Err(error) => panic!("{error}"),
    });
    assert_eq!(acted.count(), 1);
    assert_eq!(world.waiting("agent.provision").await.len(), 1);
    for id in ids {
        world.write(move |tx| job_rows::cancel(tx, id)).await;
    }
    world.start_worker().await;
    world.wait_for_agent("it is back", agent.id, |agent| agent.status == AgentStatus::Online).await;
    assert_eq!((on(&simulator, &key(agent.id)), count(&simulator, "agents.create") - created), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_agent_is_woken_and_in_the_end_given_up_on_with_the_cause() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    assert_eq!(world.look_at(agent.id).await["outcome"], "it checked in");
    let long_ago = Timestamp::now().minus(Duration::from_secs(3_600));
    let changes = mission_control_core::models::AgentChanges {
        last_seen_at: Some(Some(long_ago)),
        last_wake_sent_at: Some(Some(long_ago)),
        ..Default::default()
    };
    let id = agent.id;
    world.write(move |tx| mission_control_store::agents::update(tx, id, &changes)).await;
    let read = AgentRead::of(&world.agent(id).await, Timestamp::now());
    assert_eq!((read.state, read.status.as_str()), (AgentState::Offline, "offline"));
    assert!(read.cause.is_some() && read.remedy.is_some());

    assert_eq!(world.reconcile(gateway.id).await.actions, ["Ada: it was silent and is woken"]);
    let woken = world.wait_for_agent("it is woken", id, |agent| agent.wake_attempts == 1).await;
    assert_eq!(AgentRead::of(&woken, Timestamp::now()).state, AgentState::Waking);
    for wake in 2..=3 {
        assert_eq!(world.look_at(id).await["outcome"], "woken again");
        world
            .wait_for_agent("it is woken again", id, |agent| {
                agent.wake_attempts == wake && agent.status == AgentStatus::Online
            })
            .await;
    }
    assert_eq!(world.look_at(id).await["outcome"], "given up");
    assert_eq!(AgentRead::of(&world.agent(id).await, Timestamp::now()).state, AgentState::Failed);
    assert_eq!(world.reconcile(gateway.id).await.actions, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_agent_changed_is_told_and_kept_until_it_is_to_be_overwritten() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let operator = operator(&simulator).await;
    operator
        .ask(&WriteFile { agent_id: &key(agent.id), name: "SOUL.md", content: "I found myself." })
        .await
        .unwrap();
    assert_eq!(world.reconcile(gateway.id).await.edited, ["Ada: SOUL.md"]);
    let soul = || simulator.file(&key(agent.id), "SOUL.md").unwrap();
    let again = async |overwrite| {
        let how = agents::Reprovision { overwrite, reset_session: false };
        done(agents::reprovision(&world.fleet, world.caller, agent.id, how).await.unwrap());
    };
    again(false).await;
    assert_eq!(soul(), "I found myself.");
    again(true).await;
    assert_ne!(soul(), "I found myself.");
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    assert_eq!(world.reconcile(gateway.id).await.edited, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_gone_are_written_again_and_those_that_a_newer_gateway_refuses_are_forgotten() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let id = agent.id;
    // As an older release of the gateway left it.
    world.write(move |tx| agent_files::note_write(tx, id, "TOOLS.md", "digest", 3)).await;
    let wakes = count(&simulator, "chat.send");
    let report = world.reconcile(gateway.id).await;
    assert_eq!(report.actions, ["Ada: workspace files were gone and are written again"]);
    world.wait_for_agent("they are written", id, |agent| agent.status == AgentStatus::Online).await;
    assert_eq!(world.reconcile(gateway.id).await.actions, Vec::<String>::new());
    assert_eq!(count(&simulator, "chat.send"), wakes, "nobody is disturbed");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn heartbeats_slow_down_on_an_idle_board_and_return_when_work_arrives(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let mut board = Board::new(world.caller.organization, "Ship", "ship");
    board.gateway_id = Some(gateway.id);
    board.created_at = Timestamp::now().minus(Duration::from_secs(3 * 3_600));
    let board = boards::create(&world.fleet, world.caller, board).await.unwrap();
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let report = world.reconcile(gateway.id).await;
    assert_eq!((report.paced, report.config_written), (1, true), "{report:?}");
    assert_eq!(every(&simulator, &key(agent.id)), "40m");
    let read = AgentRead::of(&world.agent(agent.id).await, Timestamp::now());
    assert_eq!(read.heartbeat_every.as_deref(), Some("40m"));
    assert_eq!(read.heartbeat_config.unwrap()["every"], "10m", "its own setting stays");
    let writes = count(&simulator, "config.patch");
    let report = world.reconcile(gateway.id).await;
    assert_eq!((report.paced, count(&simulator, "config.patch")), (0, writes), "no needless write");

    let said = NewMemory {
        content: "@ada look at this".to_owned(),
        tags: Some(vec!["chat".to_owned()]),
        source: None,
    };
    let author = Author::Person(UserId::random(), "Sam".to_owned());
    memory::post(&world.fleet, board, author, said).await.unwrap();
    world.wait_for_agent("the pace is back", agent.id, |agent| agent.paced_every.is_none()).await;
    wait_until("the gateway has it", PATIENCE, async || {
        (every(&simulator, &key(agent.id)) == "10m").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_failed_and_is_gone_comes_back_and_is_left_alone_for_a_while_when_that_fails() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let id = agent.id;
    let fail = async || {
        let failed = mission_control_core::models::AgentChanges {
            status: Some(AgentStatus::Offline),
            wake_attempts: Some(3),
            checkin_deadline_at: Some(None),
            ..Default::default()
        };
        world.write(move |tx| mission_control_store::agents::update(tx, id, &failed)).await;
        delete_by_hand(&simulator, &key(id)).await;
    };
    fail().await;
    assert_eq!(world.reconcile(gateway.id).await.actions, ["Ada: its gateway lost it and gets it again"]);
    let back = world.wait_for_agent("it is back", id, |agent| agent.status == AgentStatus::Online).await;
    assert_eq!((on(&simulator, &key(id)), back.wake_attempts), (1, 1));

    fail().await;
    let refused = Fault::Error { code: "UNAVAILABLE".to_owned(), message: "disk full".to_owned() };
    simulator.set_faults(FaultScript::one(Trigger::always("agents.create"), refused));
    world.reconcile(gateway.id).await;
    let failed =
        world.wait_for_agent("it is given up", id, |agent| agent.status == AgentStatus::Offline).await;
    let read = AgentRead::of(&failed, Timestamp::now());
    assert_eq!(read.state, AgentState::Failed);
    assert!(read.cause.unwrap().contains("disk full") && read.remedy.is_some());
    assert_eq!(world.reconcile(gateway.id).await.actions, Vec::<String>::new(), "not again at once");
}
