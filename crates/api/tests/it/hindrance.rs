//! Who waits for a job hears that no worker is there to do it.

use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_api::openapi;
use mission_control_core::models::JobState;
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::JobFilter;
use mission_control_store::{Page, jobs, leases};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::{Route, connect_quiet_gateway};
use crate::everything;
use crate::scene;
use crate::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);
const WARNING: &str = "x-warning";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_names_a_job_says_that_no_worker_is_alive_and_so_does_the_agent(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let scene = scene::set_on(&server).await;
    let user = server.user();
    let new = json!({ "name": "Grace", "board_id": scene.board });
    let created = user.post("/api/v1/agents", new).send().await;
    assert_eq!(created.status, 202, "{}", created.body);
    assert!(created.header(WARNING).unwrap().starts_with("no_worker: "), "{:?}", created.header(WARNING));
    let says_so = |agent: &Value| {
        let remedy = agent["remedy"].as_str().unwrap_or_default();
        agent["cause"].as_str().unwrap_or_default().contains("none is alive")
            && remedy.contains("mission-control-worker")
    };
    assert!(says_so(&created.body), "{}", created.body);
    let id = created.body["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/agents/{id}");
    assert!(says_so(&user.get(&path).expect(200).await));
    let board = user.get(&format!("/api/v1/boards/{}/snapshot", scene.board)).expect(200).await;
    let all = user.get("/api/v1/agents").expect(200).await;
    for agents in [&board["agents"], &all["items"]] {
        let agents = agents.as_array().unwrap();
        assert!(says_so(agents.iter().find(|agent| agent["id"] == id.as_str()).unwrap()));
        let online = agents.iter().filter(|agent| agent["state"] == "online");
        assert!(online.into_iter().all(|agent| agent["cause"].is_null()), "only those who wait for a job");
    }
    // Another job that nobody does, which is about no agent.
    let deleted = user.delete(&path).send().await;
    assert_eq!(deleted.status, 202, "{}", deleted.body);
    assert!(deleted.header(WARNING).unwrap().starts_with("no_worker: "));

    // A worker comes, and the queue is as long as it was.
    scene
        .write(|tx| leases::acquire(tx, &format!("{}late", leases::WORKER), "late", Duration::from_secs(600)))
        .await;
    wait_until("the worker to be seen", PATIENCE, async || {
        user.get(&path).expect(200).await["cause"].is_null().then_some(())
    })
    .await;
    scene
        .write(|tx| {
            let overdue = jobs::NewJob {
                run_at: Timestamp::now().minus(Duration::from_secs(120)),
                ..jobs::NewJob::new("agent.wake", json!({}))
            };
            jobs::enqueue(tx, overdue)
        })
        .await;
    let agent = wait_until("the queue to be seen", PATIENCE, async || {
        let agent = user.get(&path).expect(200).await;
        agent["cause"].is_string().then_some(agent)
    })
    .await;
    assert!(agent["cause"].as_str().unwrap().contains("waits behind"), "{agent}");
    let repeated = user.delete(&path).send().await;
    assert!(repeated.header(WARNING).is_none_or(|warning| warning.starts_with("queue_growing: ")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_where_a_worker_is_alive(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let scene = scene::set_on(&server).await;
    scene
        .write(|tx| leases::acquire(tx, &format!("{}busy", leases::WORKER), "busy", Duration::from_secs(600)))
        .await;
    let new = json!({ "name": "Grace", "board_id": scene.board });
    let created = server.user().post("/api/v1/agents", new).send().await;
    assert_eq!((created.status, created.header(WARNING)), (202, None));
    assert_eq!(created.body["cause"], Value::Null);
}

/// Whether a job that this request caused is due, and not taken.
async fn has_left_work(scene: &Scene, request: String) -> bool {
    let all = scene.write(|tx| jobs::list(tx, &JobFilter::default(), Page::ALL)).await.items;
    let now = Timestamp::now();
    let waits = |state: JobState, run_at: Timestamp| state == JobState::Queued && run_at <= now;
    all.iter().any(|job| job.request_id.as_ref() == Some(&request) && waits(job.state, job.run_at))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_route_that_leaves_work_to_a_worker_says_that_none_is_alive(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut routes = Route::all(&document);
    routes.retain(|route| route.method() != Method::GET && !route.is_stream());
    let (mut warned, mut silent) = (BTreeSet::new(), Vec::new());
    for actor in [Actor::Owner, Actor::Agent, Actor::Lead] {
        let scene = scene::set_on(&server).await;
        let _gateway = connect_quiet_gateway(&scene).await;
        let places = everything::add(&scene, 1).await;
        // Whom leads ask.
        scene.enter(Actor::MainAgent).await;
        for route in &routes {
            // Perhaps the last call has changed who the caller is.
            let client = scene.enter(actor).await;
            let call = client.call(route.method(), &route.narrowed_path(&places)).json(route.body(&places));
            let answer = call.send().await;
            let warning = answer.header(WARNING).map(str::to_owned);
            let request = answer.header("x-request-id").unwrap().to_owned();
            if let Some(warning) = &warning {
                assert!(warning.starts_with("no_worker: "), "{}: {warning}", route.name());
                warned.insert((answer.status, route.name()));
            } else if has_left_work(&scene, request).await {
                silent.push(format!("{} as {actor}: {}", route.name(), answer.status));
            }
        }
    }
    assert_eq!(silent, [""; 0], "they leave work that nobody does, and do not say so");
    let as_if_done = warned.iter().filter(|(status, _)| *status == 200).count();
    assert!(as_if_done > 0 && as_if_done < warned.len(), "it is no matter of the status: {warned:?}");
}
