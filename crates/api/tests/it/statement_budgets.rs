//! What the most frequent operations cost in statements, against `statement_budgets.txt`: exactly that, whether there is one
//! of everything or twenty. Whoever makes an operation cheaper lowers its figures there; whoever has to raise one says why.
//!
//! Every message to the database counts: `BEGIN`, `COMMIT` and, on PostgreSQL, the lock under which events get their numbers.

use std::collections::BTreeMap;
use std::time::Duration;

use mission_control_core::id::{AgentId, JobId, OrganizationId, TagId, TaskId, WebhookId};
use mission_control_core::models::{ActivityEvent, Tag, Task, TaskChanges, Webhook};
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{Db, StoreError, Tx, activity, event_log, leases, tags, tasks, webhooks};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::{Backend, ScratchRedis};
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::connect_quiet_gateway;
use crate::events::SECRETS_KEY;
use crate::everything;
use crate::scene;
use crate::server::Server;
use crate::sse::Stream;

const BUDGETS: &str = include_str!("statement_budgets.txt");
const LEASE: Duration = Duration::from_secs(60);
/// What else the server does now and then only adds to a count: the least of so many.
const TRIES: usize = 3;
/// The server reads the events of a transaction once, for all streams.
const FOLLOWING: u64 = 1;

/// The figures of a back end by operation.
fn budgets(backend: Backend) -> BTreeMap<String, u64> {
    let lines = BUDGETS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let figures = lines.map(|line| {
        let (operation, figures) = line.split_once('|').unwrap();
        let (sqlite, postgres) = figures.split_once('|').unwrap();
        let figure = if backend == Backend::Sqlite { sqlite } else { postgres };
        (operation.trim().to_owned(), figure.trim().parse().unwrap())
    });
    figures.collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn frequent_operations_cost_as_many_statements_as_their_budgets_say_with_one_of_everything_and_with_twenty(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    // With a Redis the server runs no worker, whose statements would be counted too.
    let redis = tokio::task::spawn_blocking(ScratchRedis::new).await.unwrap();
    let variables =
        [("RQ_REDIS_URL", redis.url()), ("RQ_QUEUE_NAME", redis.name()), ("SECRETS_KEY", SECRETS_KEY)];
    let (server, db) = Server::start_counting(backend, &variables).await;
    let scene = scene::set_on(&server).await;
    // Before anything is booked: where no worker is alive, who books a job is told, and that has a price of its own.
    scene.write(|tx| leases::acquire(tx, &format!("{}bench", leases::WORKER), "bench", LEASE * 60)).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let mut bench = Bench::set(&scene, db, &server).await;

    everything::add(&scene, 1).await;
    let one = bench.measure(1).await;
    everything::add(&scene, 19).await;
    let twenty = bench.measure(20).await;
    assert_eq!(one, twenty, "what is there makes a difference");
    assert_eq!(one, budgets(backend), "put the left figures into statement_budgets.txt");
}

/// The operations, and what they are done to.
struct Bench<'s> {
    scene: &'s Scene,
    db: Db,
    person: TestClient,
    /// It has an agent.
    task: TaskId,
    webhook: WebhookId,
    /// Says up to where the server has read the events.
    stream: Stream,
}

impl<'s> Bench<'s> {
    async fn set(scene: &'s Scene, db: Db, server: &Server) -> Self {
        let person = scene.enter(Actor::Owner).await;
        let (task, ada) = (scene.task("Talked about").await.id, scene.ada.0);
        let (webhook, board, user) = (Webhook::new(scene.board, "Bench"), scene.board, scene.user());
        // The activity feed has a page of what a person did.
        let busy: Vec<_> =
            std::iter::repeat_with(|| ActivityEvent::new("task.created", "Before").board(board).user(user))
                .take(50)
                .collect();
        let id = webhook.id;
        scene
            .write(move |tx| {
                tasks::update(tx, task, &given_to(ada))?;
                activity::record_all(tx, &busy)?;
                webhooks::insert(tx, &webhook)
            })
            .await;
        let stream = Stream::open(&format!("{}/api/v1/events", server.base_url), None).await;
        Self { scene, db, person, task, webhook: id, stream }
    }

    /// What each operation costs where there are so many of everything.
    async fn measure(&mut self, count: usize) -> BTreeMap<String, u64> {
        let (tags, tasks) = self.tags_and_tasks(count).await;
        let described = json!({"title": "Described", "tag_ids": tags, "depends_on_task_ids": tasks});
        let scene = self.scene;
        let on_board = |path: &str| scene.on_board(path);
        let (board, task) = (format!("/api/v1/boards/{}", self.scene.board), self.task);
        let comments = on_board(&format!("tasks/{task}/comments"));
        let hook = on_board(&format!("webhooks/{}", self.webhook));
        let (person, ada) = (&self.person.clone(), &self.scene.ada.1.clone());
        BTreeMap::from([
            ("read a board".to_owned(), self.cost_of_read(&board).await),
            ("read 50 tasks".to_owned(), self.cost_of_read(&on_board("tasks?limit=50")).await),
            ("read a snapshot".to_owned(), self.cost_of_read(&on_board("snapshot")).await),
            ("read 50 activities".to_owned(), self.cost_of_read("/api/v1/activity?limit=50").await),
            ("read the dashboard".to_owned(), self.cost_of_read("/api/v1/metrics/dashboard").await),
            (
                "create a task".to_owned(),
                self.cost_of_write(person, &on_board("tasks"), json!({"title": "New"})).await,
            ),
            (
                "create a task with tags and dependencies".to_owned(),
                self.cost_of_write(person, &on_board("tasks"), described).await,
            ),
            (
                "comment on a task".to_owned(),
                self.cost_of_write(person, &comments, json!({"message": "Hello"})).await,
            ),
            (
                "comment on a task as its agent".to_owned(),
                self.cost_of_write(ada, &comments, json!({"message": "Hello"})).await,
            ),
            (
                "check in as an agent".to_owned(),
                self.cost_of_write(ada, "/api/v1/agent/heartbeat", json!({})).await,
            ),
            ("take a webhook".to_owned(), self.cost_of_write(person, &hook, json!({"event": "push"})).await),
            ("lease jobs".to_owned(), self.cost_of_lease(count).await),
        ])
    }

    async fn cost_of_read(&self, path: &str) -> u64 {
        let mut least = u64::MAX;
        for _ in 0..TRIES {
            let before = self.db.statements_executed();
            self.person.get(path).expect(200).await;
            least = least.min(self.db.statements_executed() - before);
        }
        least
    }

    async fn cost_of_write(&mut self, client: &TestClient, path: &str, body: Value) -> u64 {
        let mut least = u64::MAX;
        for _ in 0..TRIES {
            let before = self.db.statements_executed();
            let status = client.post(path, &body).send().await.status;
            assert!([200, 202].contains(&status), "{path}: {status}");
            self.caught_up().await;
            least = least.min(self.db.statements_executed() - before - FOLLOWING);
        }
        least
    }

    /// As a worker does it.
    async fn cost_of_lease(&mut self, count: usize) -> u64 {
        let (organization, agent) = (self.scene.organization, self.scene.ada.0);
        let mut least = u64::MAX;
        for _ in 0..TRIES {
            let enqueue = move |tx: &mut Tx<'_>| -> Result<Vec<JobId>, StoreError> {
                (0..count).map(|_| jobs::enqueue(tx, job(organization, agent))).collect()
            };
            let ids = self.db.write(enqueue).await.unwrap();
            self.caught_up().await;
            let before = self.db.statements_executed();
            let lease = move |tx: &mut Tx<'_>| -> Result<usize, StoreError> {
                let free = jobs::candidates(tx, &ids)?;
                let free: Vec<JobId> = free.iter().map(|it| it.id).collect();
                Ok(jobs::lease(tx, &free, "a worker", LEASE)?.len())
            };
            assert_eq!(self.db.write(lease).await.unwrap(), count);
            self.caught_up().await;
            least = least.min(self.db.statements_executed() - before - FOLLOWING);
        }
        least
    }

    /// Waits until the server has read every event.
    async fn caught_up(&mut self) {
        let last: Result<i64, StoreError> = self.scene.db.read(event_log::last_seq).await;
        let last = last.unwrap();
        while self.stream.last_id.is_none_or(|id| id < last) {
            self.stream.next().await.unwrap();
        }
    }

    async fn tags_and_tasks(&self, count: usize) -> (Vec<TagId>, Vec<TaskId>) {
        let (organization, board) = (self.scene.organization, self.scene.board);
        self.scene
            .write(move |tx| {
                let mut made = (Vec::new(), Vec::new());
                for _ in 0..count {
                    let unique = TaskId::random().to_string();
                    let tag = Tag::new(organization, &unique, &unique);
                    tags::insert(tx, &tag)?;
                    made.0.push(tag.id);
                    made.1.push(tasks::insert(tx, &Task::new(board, "Before"))?.id);
                }
                Ok(made)
            })
            .await
    }
}

fn given_to(agent: AgentId) -> TaskChanges {
    TaskChanges { assigned_agent_id: Some(Some(agent)), ..TaskChanges::default() }
}

fn job(organization: OrganizationId, agent: AgentId) -> NewJob {
    NewJob {
        organization_id: Some(organization),
        agent_id: Some(agent),
        ..NewJob::new("agent.check_in", json!({}))
    }
}
