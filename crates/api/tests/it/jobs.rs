use std::time::Duration;

use mission_control_core::id::JobId;
use mission_control_core::models::Lane;
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{circuits, event_log};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// Far enough away that no worker takes the job.
const LATER: Duration = Duration::from_secs(3600);

impl Scene {
    /// A job that waits for its time.
    async fn job(&self, kind: &'static str, change: impl FnOnce(&mut NewJob) + Send + 'static) -> JobId {
        let organization = self.organization;
        self.write(move |tx| {
            let mut job = NewJob::new(kind, json!({ "n": 1, "access_token": "hunter2" }));
            job.organization_id = Some(organization);
            job.run_at = Timestamp::now().plus(LATER);
            change(&mut job);
            jobs::enqueue(tx, job)
        })
        .await
    }

    /// The same, dead.
    async fn dead_job(&self, kind: &'static str, change: impl FnOnce(&mut NewJob) + Send + 'static) -> JobId {
        let id = self.job(kind, change).await;
        self.write(move |tx| {
            let cancelled = jobs::cancel(tx, id)?;
            assert!(matches!(cancelled, jobs::Cancellation::Done(_)), "{cancelled:?}");
            let queued = jobs::requeue(tx, id)?.expect("it was cancelled");
            let leased = jobs::lease(tx, &[id], "a worker", LATER)?.pop().expect("it is due");
            assert_eq!(queued.id, leased.id);
            jobs::bury(tx, id, leased.attempts, &"the gateway refused".into())
        })
        .await;
        id
    }

    async fn ids(&self, query: &str) -> Vec<String> {
        let page = self.server.user().get(&format!("/api/v1/jobs?{query}")).expect(200).await;
        let items = page["items"].as_array().unwrap();
        assert_eq!(page["total"], items.len());
        items.iter().map(|job| job["id"].as_str().unwrap().to_owned()).collect()
    }
}

fn path(id: JobId, action: &str) -> String {
    format!("/api/v1/jobs/{id}{action}")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn admins_find_the_jobs_of_their_organization(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (ada, gateway, board) = (scene.ada.0, scene.gateway, scene.board);
    let about_ada = scene.job("agent.test", move |job| job.agent_id = Some(ada)).await;
    let bulk = scene.job("webhook.test", |job| job.lane = Lane::Bulk).await;
    let dead = scene.dead_job("gateway.test", move |job| job.gateway_id = Some(gateway)).await;
    let foreign = scene.job("agent.test", |job| job.organization_id = None).await;

    let all = [dead, bulk, about_ada].map(|id| id.to_string());
    assert_eq!(scene.ids("").await, all, "newest first");
    assert_eq!(scene.ids("state=dead").await, [dead.to_string()]);
    assert_eq!(scene.ids("lane=bulk&state=queued").await, [bulk.to_string()]);
    assert_eq!(scene.ids("kind=agent.test").await, [about_ada.to_string()]);
    assert_eq!(scene.ids(&format!("agent_id={ada}")).await, [about_ada.to_string()]);
    assert_eq!(scene.ids(&format!("board_id={board}")).await, [about_ada.to_string()], "Ada's board");
    let on_gateway = scene.ids(&format!("gateway_id={gateway}")).await;
    assert_eq!(on_gateway, [dead, about_ada].map(|id| id.to_string()), "Ada's gateway, and its own");

    let user = scene.server.user();
    let job = user.get(&path(about_ada, "")).expect(200).await;
    assert_eq!(job["payload"], json!({ "n": 1, "access_token": "••••" }));
    assert_eq!((&job["state"], &job["attempts"]), (&json!("queued"), &json!(0)));
    user.get(&path(foreign, "")).expect(404).await;
    user.get("/api/v1/jobs?state=asleep").expect(422).await;
    scene.server.stranger().get("/api/v1/jobs").expect(401).await;
    scene.ada.1.get("/api/v1/jobs").expect(401).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_cancelled_and_queued_again_and_whoever_follows_sees_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let id = scene.job("agent.test", |_| ()).await;
    let before = scene.db.read(event_log::last_seq).await.unwrap();
    let cancelled = user.post(&path(id, "/cancel"), json!({})).expect(200).await;
    assert_eq!(cancelled["state"], "cancelled");
    let refused = user.post(&path(id, "/cancel"), json!({})).expect(409).await;
    assert_eq!(refused["code"], "conflict");
    let states: Vec<Value> = scene
        .events("job.")
        .await
        .into_iter()
        .filter(|event| event.seq > before && event.payload["job"]["id"] == id.to_string())
        .map(|event| event.payload["job"]["state"].clone())
        .collect();
    assert_eq!(states, [json!("cancelled")]);

    let dead = scene.dead_job("agent.test", |_| ()).await;
    let queued = user.post(&path(dead, "/retry"), json!({})).expect(200).await;
    assert_eq!(queued["finished_at"], Value::Null);
    let foreign = scene.dead_job("agent.test", |job| job.organization_id = None).await;
    user.post(&path(foreign, "/retry"), json!({})).expect(404).await;
    user.post(&path(foreign, "/cancel"), json!({})).expect(404).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_bulk_jobs_only_what_goes_wrong_is_told(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let dead = scene.dead_job("webhook.test", |job| job.lane = Lane::Bulk).await;
    let told = scene.events("job.").await;
    let states: Vec<_> = told
        .iter()
        .filter(|event| event.payload["job"]["id"] == dead.to_string())
        .map(|event| event.payload["job"]["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["cancelled", "dead"]);
    assert!(told.iter().all(|event| event.board_id.is_none()), "for admins, not for everybody on a board");
    assert!(told.iter().all(|event| !event.payload.to_string().contains("hunter2")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_queue_shows_what_waits_who_works_and_what_is_in_the_way(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    scene.job("agent.test", |_| ()).await;
    scene.dead_job("agent.test", |job| job.lane = Lane::Bulk).await;
    let gateway = scene.gateway;
    scene
        .write(move |tx| {
            (0..3).try_for_each(|_| circuits::fail(tx, gateway, &"connection refused".into()).map(drop))
        })
        .await;

    let queue = user.get("/api/v1/queue").expect(200).await;
    assert_eq!((&queue["backend"], &queue["healthy"]), (&json!("in-process"), &json!(true)));
    let [interactive, bulk] = queue["lanes"].as_array().unwrap().as_slice() else { panic!("{queue}") };
    assert_eq!((&interactive["lane"], &interactive["scheduled"]), (&json!("interactive"), &json!(1)));
    assert_eq!(
        (&bulk["lane"], &bulk["dead"], &bulk["oldest_due"]),
        (&json!("bulk"), &json!(1), &Value::Null)
    );
    assert_eq!(queue["throughput"]["last_hour"], json!({ "succeeded": 0, "dead": 1 }));
    let [circuit] = queue["circuits"].as_array().unwrap().as_slice() else { panic!("{queue}") };
    assert_eq!((&circuit["state"], &circuit["failures"]), (&json!("open"), &json!(3)));
    assert_eq!(circuit["last_error"], "connection refused");
    scene.server.stranger().get("/api/v1/queue").expect(401).await;
}
