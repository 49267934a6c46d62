//! A running Mission Control, and an administrator who uses it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use mission_control_testkit::client::{Answer, Call, TestClient};
use mission_control_testkit::process::{Process, free_port};
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::binary::{self, API, GATEWAY, WORKER};

pub(crate) const TOKEN: &str = "an-access-token-for-end-to-end-tests-that-is-long-enough";

/// For what a busy machine does within seconds when it is idle.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

/// The processes of an installation and its administrator.
pub(crate) struct Product {
    // Dropped in this order: processes before what they use.
    _processes: Vec<Process>,
    _services: Option<(ScratchDatabase, ScratchRedis)>,
    _directory: TempDir,
    pub(crate) admin: TestClient,
    base_url: String,
}

impl Product {
    /// One process without any configuration or service, with the demo's fleet.
    pub(crate) async fn demo() -> Product {
        let directory = tempfile::tempdir().unwrap();
        let port = free_port();
        let mut command = binary::command(API, directory.path());
        command.args(["serve", "--demo", "--port", &port.to_string()]);
        let mut api = binary::start(command, API);
        let base_url = format!("http://127.0.0.1:{port}");
        wait_until_ready(&mut api, &base_url).await;
        let token = std::fs::read_to_string(directory.path().join("local-auth-token")).unwrap();
        Product {
            _processes: vec![api],
            _services: None,
            _directory: directory,
            admin: TestClient::stranger(&base_url).user(token.trim()),
            base_url,
        }
    }

    /// One process with its database in a file.
    pub(crate) async fn alone() -> Product {
        let directory = tempfile::tempdir().unwrap();
        let port = free_port();
        let base_url = format!("http://127.0.0.1:{port}");
        let mut command = binary::command(API, directory.path());
        command.args(["serve", "--port", &port.to_string()]);
        command.env("BASE_URL", &base_url).env("LOCAL_AUTH_TOKEN", TOKEN).env("LOG_LEVEL", "WARNING");
        let mut api = binary::start(command, API);
        wait_until_ready(&mut api, &base_url).await;
        Product {
            _processes: vec![api],
            _services: None,
            _directory: directory,
            admin: TestClient::stranger(&base_url).user(TOKEN),
            base_url,
        }
    }

    /// API, worker and gateway link as processes of their own, joined by PostgreSQL and Redis.
    pub(crate) async fn scaled_out() -> Product {
        let directory = tempfile::tempdir().unwrap();
        let (database, redis) = (ScratchDatabase::empty(Backend::Postgres), ScratchRedis::new());
        let port = free_port();
        let base_url = format!("http://127.0.0.1:{port}");
        let configured = |program: &str, arguments: &[&str]| -> Command {
            let mut command = binary::command(program, directory.path());
            command
                .args(arguments)
                .env("PORT", port.to_string())
                .env("BASE_URL", &base_url)
                .env("LOCAL_AUTH_TOKEN", TOKEN)
                .env("DATABASE_URL", database.url())
                .env("RQ_REDIS_URL", redis.url())
                .env("RQ_QUEUE_NAME", redis.name());
            command
        };
        let mut serve = configured(API, &["serve"]);
        // Without a line for each of the tests' many requests.
        serve.env("LOG_LEVEL", "WARNING");
        let mut api = binary::start(serve, API);
        wait_until_ready(&mut api, &base_url).await;
        let worker = binary::start(configured(WORKER, &[]), WORKER);
        let link = binary::start(configured(GATEWAY, &["serve"]), GATEWAY);
        Product {
            _processes: vec![api, worker, link],
            _services: Some((database, redis)),
            _directory: directory,
            admin: TestClient::stranger(&base_url).user(TOKEN),
            base_url,
        }
    }

    /// Where agents and people reach the API.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Registers a gateway.
    pub(crate) fn register(&self, url: &str, token: &str, workspace_root: &Path) -> Call {
        let gateway = json!({"name": "Home", "url": url, "token": token, "workspace_root": workspace_root});
        self.admin.post("/api/v1/gateways", gateway)
    }

    /// Creates a board and returns its id.
    pub(crate) async fn create_board(&self, gateway: &str) -> String {
        let board = json!({
            "name": "Harbour",
            "slug": "harbour",
            "description": "Ships come in and go out.",
            "gateway_id": gateway,
            "board_type": "general",
        });
        id_of(&done(self.admin.post("/api/v1/boards", board)).await)
    }

    /// The items of a list.
    pub(crate) async fn list(&self, path: &str) -> Vec<Value> {
        let page = self.admin.get(path).expect(200).await;
        page["items"].as_array().unwrap_or_else(|| panic!("{path} is no list: {page}")).clone()
    }

    /// Waits for an agent that fits, in any status.
    pub(crate) async fn agent(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let fits = &fits;
        let find = async || self.list("/api/v1/agents").await.into_iter().find(fits);
        wait_until(what, PATIENCE, find).await
    }

    /// Waits for an agent that fits and has checked in.
    pub(crate) async fn online(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let online = |agent: &Value| agent["status"] == "online" && agent["last_seen_at"].is_string();
        self.agent(&format!("{what} to be online"), |agent| fits(agent) && online(agent)).await
    }
}

/// The body of an answer that says the request was carried out, at once or soon.
pub(crate) async fn done(call: Call) -> Value {
    let Answer { status, body, .. } = call.send().await;
    assert!(matches!(status, 200 | 202), "{status}: {body}");
    body
}

/// The `id` of a body.
pub(crate) fn id_of(body: &Value) -> String {
    body["id"].as_str().unwrap_or_else(|| panic!("no id in {body}")).to_owned()
}

/// Fits the agent of a name.
pub(crate) fn named(name: &str) -> impl Fn(&Value) -> bool {
    move |agent| agent["name"] == name
}

/// A request that arrives while the database is still migrated waits in the listener's queue.
pub(crate) async fn wait_until_ready(api: &mut Process, base_url: &str) {
    let address = base_url.trim_start_matches("http://");
    wait_until("the API to listen", Duration::from_secs(60), async || {
        assert!(api.exited().is_none(), "the API ended: {}", api.tail(20));
        TcpStream::connect(address).await.ok().map(drop)
    })
    .await;
    TestClient::stranger(base_url).get("/readyz").expect(200).await;
}
