use std::net::TcpListener;
use std::time::Duration;

use mission_control_core::config::Settings;
use mission_control_core::time::Timestamp;
use mission_control_process::Failure;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::server::TOKEN;

/// What `/api/v1/agents` has to show within this time of the start.
const PROMISED: Duration = Duration::from_secs(60);

/// What the agents may take for a step of theirs: several turns of several agents.
const WORKS: Duration = Duration::from_secs(180);

struct Demo {
    user: TestClient,
    shutdown: CancellationToken,
    running: JoinHandle<Result<(), Failure>>,
    started: Timestamp,
}

impl Demo {
    fn start(data_dir: &TempDir, database: &ScratchDatabase) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let settings = Settings::from_env([
            ("MISSION_CONTROL_DATA_DIR", data_dir.path().to_str().unwrap()),
            ("DATABASE_URL", database.url()),
            ("DB_AUTO_MIGRATE", "true"),
            ("LOCAL_AUTH_TOKEN", TOKEN),
            ("BASE_URL", &base_url),
        ])
        .unwrap();
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(mission_control_api::run_demo(settings, listener, shutdown.clone()));
        Self {
            user: TestClient::stranger(&base_url).user(TOKEN),
            shutdown,
            running,
            started: Timestamp::now(),
        }
    }

    async fn items(&self, path: &str) -> Vec<Value> {
        let listed = self.user.get(path).send().await;
        listed.body["items"].as_array().cloned().unwrap_or_default()
    }

    async fn board(&self) -> Option<String> {
        self.items("/api/v1/boards").await.first().map(|board| board["id"].as_str().unwrap().to_owned())
    }

    async fn tasks(&self) -> Vec<Value> {
        match self.board().await {
            Some(board) => self.items(&format!("/api/v1/boards/{board}/tasks")).await,
            None => Vec::new(),
        }
    }

    /// The agents, once four of them are online and were heard of since the start.
    async fn agents_online(&self) -> Vec<Value> {
        wait_until("the demo's agents to be online", PROMISED, async || {
            let agents = self.items("/api/v1/agents").await;
            let alive = agents.iter().filter(|agent| agent["status"] == "online" && self.was_heard_of(agent));
            (alive.count() == 4).then_some(agents)
        })
        .await
    }

    fn was_heard_of(&self, agent: &Value) -> bool {
        let seen = agent["last_seen_at"].as_str().and_then(|text| text.parse::<Timestamp>().ok());
        seen.is_some_and(|seen| seen > self.started)
    }

    async fn stop(self) {
        self.shutdown.cancel();
        self.running.await.unwrap().unwrap();
    }
}

fn names(rows: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_demos_agents_come_online_by_themselves_and_again_after_a_restart(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (data_dir, database) = (tempfile::tempdir().unwrap(), ScratchDatabase::empty(backend));
    let demo = Demo::start(&data_dir, &database);
    let agents = demo.agents_online().await;
    assert_eq!(names(&agents), ["Builder", "Demo gateway Gateway Agent", "Lead Agent", "Reviewer"]);
    assert_eq!(agents.iter().filter(|agent| agent["is_gateway_main"] == true).count(), 1);
    assert_eq!(agents.iter().filter(|agent| agent["is_board_lead"] == true).count(), 1);
    demo.stop().await;

    let demo = Demo::start(&data_dir, &database);
    let again = demo.agents_online().await;
    let ids = |agents: &[Value]| {
        let mut ids: Vec<String> = agents.iter().map(|agent| agent["id"].to_string()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&again), ids(&agents), "the same agents, on a gateway that had forgotten them");
    assert_eq!(names(&demo.items("/api/v1/gateways").await), ["Demo gateway"]);
    assert_eq!(names(&demo.items("/api/v1/boards").await), ["Demo board"]);
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_of_the_demo_decides_about_a_command_of_its_agents() {
    let (data_dir, database) = (tempfile::tempdir().unwrap(), ScratchDatabase::empty(Backend::Sqlite));
    let demo = Demo::start(&data_dir, &database);
    let decided = wait_until("a command that was allowed", WORKS, async || {
        let commands = demo.items("/api/v1/exec-approvals").await;
        commands.into_iter().find(|command| command["state"] == "allowed")
    })
    .await;
    let policies = demo.items("/api/v1/exec-policies").await;
    assert_eq!((policies.len(), &policies[0]["id"]), (1, &decided["policy_id"]));
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_agents_work_until_a_person_has_to_decide_and_then_finish_the_task() {
    let (data_dir, database) = (tempfile::tempdir().unwrap(), ScratchDatabase::empty(Backend::Sqlite));
    let demo = Demo::start(&data_dir, &database);
    let approval = wait_until("the lead to ask for an approval", WORKS, async || {
        let board = demo.board().await?;
        demo.items(&format!("/api/v1/boards/{board}/approvals?status=pending")).await.into_iter().next()
    })
    .await;
    let board = demo.board().await.unwrap();
    let task = approval["task_ids"][0].as_str().unwrap().to_owned();
    let said = demo.items(&format!("/api/v1/boards/{board}/tasks/{task}/comments")).await;
    assert!(said.len() >= 2, "its worker said that it begins and what came out: {said:?}");

    let path = format!("/api/v1/boards/{board}/approvals/{}", approval["id"].as_str().unwrap());
    demo.user.patch(&path, json!({ "status": "approved" })).expect(200).await;
    wait_until("the lead to close the approved task", WORKS, async || {
        let tasks = demo.tasks().await;
        tasks.into_iter().find(|found| found["id"] == *task && found["status"] == "done")
    })
    .await;
    demo.stop().await;
}
