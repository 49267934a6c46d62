//! The log of the whole product in one process, as a machine reads it.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use mission_control_testkit::client::TestClient;
use mission_control_testkit::process::{Process, free_port};
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::TOKEN;

const PATIENCE: Duration = Duration::from_secs(30);

/// The line of the log that is `wanted`, once it is there.
async fn line(server: &Process, wanted: impl Fn(&Value) -> bool) -> Value {
    wait_until("the line of the log", PATIENCE, async || {
        let output = server.output();
        let mut lines = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines.find(|line| wanted(line))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_logged_with_the_request_that_caused_it_and_no_line_has_a_secret() {
    let directory = tempfile::tempdir().unwrap();
    let port = free_port().to_string();
    let mut command = Process::command(Path::new(env!("CARGO_BIN_EXE_mission-control-api")));
    command
        .args(["serve", "--port", &port])
        .env_clear()
        .env("MISSION_CONTROL_DATA_DIR", directory.path().join("data"))
        .envs([("LOCAL_AUTH_TOKEN", TOKEN), ("LOG_FORMAT", "json"), ("LOG_LEVEL", "TRACE")])
        .current_dir(directory.path());
    let server = Process::spawn(command, &directory.path().join("log"));
    line(&server, |line| line["message"] == "listening").await;

    let stranger = TestClient::stranger(format!("http://127.0.0.1:{port}"));
    stranger.get("/readyz").expect(200).await;
    let user = stranger.user(TOKEN);
    let gateway = json!({
        "name": "Away",
        "url": "ws://127.0.0.1:1/?token=canary-in-the-address",
        "token": "canary-in-the-field",
        "workspace_root": "/srv/agents",
    });
    user.post("/api/v1/gateways", gateway).send().await;
    user.delete("/api/v1/organizations/me").header("x-request-id", "ends-it-all").expect(200).await;

    let done = line(&server, |line| {
        line["message"] == "job succeeded" && line["span"]["job_kind"] == "organization.delete"
    });
    let done = done.await;
    let span = &done["span"];
    assert_eq!((&span["name"], &span["request_id"]), (&json!("attempt"), &json!("ends-it-all")), "{done}");
    assert!(span["job_id"].is_string() && span["organization_id"].is_string(), "{done}");
    assert!(span["attempt"] == 1 && span.get("agent_id").is_none(), "{done}");
    let output = server.output();
    for secret in [TOKEN, "canary-in-the-address", "canary-in-the-field"] {
        assert_eq!(output.lines().find(|line| line.contains(secret)), None);
    }
}

/// A server that logs no more than warnings, and the commands that speak of its database.
struct Quiet {
    // Ends before its directory does.
    server: Process,
    directory: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
    base_url: String,
}

impl Quiet {
    async fn start(backend: Backend, redis: Option<&ScratchRedis>) -> (Self, ScratchDatabase) {
        let (directory, database) = (tempfile::tempdir().unwrap(), ScratchDatabase::empty(backend));
        let port = free_port().to_string();
        let mut variables = vec![
            ("MISSION_CONTROL_DATA_DIR", directory.path().join("data").display().to_string()),
            ("DATABASE_URL", database.url().to_owned()),
            ("LOCAL_AUTH_TOKEN", TOKEN.to_owned()),
            ("LOG_FORMAT", "json".to_owned()),
            ("LOG_LEVEL", "WARNING".to_owned()),
        ];
        if let Some(redis) = redis {
            variables.push(("RQ_REDIS_URL", redis.url().to_owned()));
            variables.push(("RQ_QUEUE_NAME", redis.name().to_owned()));
        }
        let mut command = Process::command(Path::new(env!("CARGO_BIN_EXE_mission-control-api")));
        command
            .args(["serve", "--port", &port])
            .env_clear()
            .envs(variables.clone())
            .current_dir(directory.path());
        let server = Process::spawn(command, &directory.path().join("log"));
        let quiet = Self { directory, variables, server, base_url: format!("http://127.0.0.1:{port}") };
        let stranger = TestClient::stranger(&quiet.base_url);
        wait_until("the server", PATIENCE, async || stranger.get("/healthz").try_send().await).await;
        (quiet, database)
    }

    fn command(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mission-control-api"));
        command
            .args(["log-level"])
            .args(arguments)
            .env_clear()
            .envs(self.variables.clone())
            .current_dir(self.directory.path());
        command.output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let done = self.command(&[arguments, &["--json"]].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    }
}

const SET: &str = "log level set";
const BACK: &str = "log level is that of the configuration again";

/// Without Redis the server finds by looking what it is told by otherwise.
#[rstest]
#[case::looking(Backend::Sqlite, false)]
#[case::told(Backend::Postgres, true)]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_logs_what_it_is_told_to_until_the_time_is_over_and_never_a_secret(
    #[case] backend: Backend,
    #[case] with_redis: bool,
) {
    let redis =
        if with_redis { Some(tokio::task::spawn_blocking(ScratchRedis::new).await.unwrap()) } else { None };
    let (quiet, _database) = Quiet::start(backend, redis.as_ref()).await;
    let stranger = TestClient::stranger(&quiet.base_url);
    stranger.get("/api/v1/agents").header("x-request-id", "unheard").send().await;

    let set = quiet.json(&["set", "TRACE", "--for", "1h", "--process", "api"]);
    assert_eq!(
        (&set[0]["process"], &set[0]["filter"], &set[1]),
        (&json!("api"), &json!("TRACE"), &Value::Null)
    );
    line(&quiet.server, |line| line["message"] == SET).await;
    let gateway = json!({
        "name": "Away",
        "url": "ws://127.0.0.1:1/?token=canary-in-the-address",
        "token": "canary-in-the-field",
        "workspace_root": "/srv/agents",
    });
    let user = stranger.user(TOKEN);
    user.post("/api/v1/gateways", gateway).header("x-request-id", "heard").send().await;
    // Nothing is there that could be a gateway.
    line(&quiet.server, |line| line["message"] == "request failed" && line["span"]["request_id"] == "heard")
        .await;
    // What a server says that logs no more than warnings does not.
    line(&quiet.server, |line| line["level"] == "INFO" && line["message"] == "no gateway at an address")
        .await;

    // Another one in its place, which ends by itself.
    quiet.json(&["set", "mission_control_api=INFO", "--for", "1s"]);
    line(&quiet.server, |line| line["message"] == BACK).await;
    assert_eq!(quiet.json(&["show"]), json!([]));

    quiet.json(&["set", "ERROR", "--for", "1h"]);
    assert_eq!(quiet.json(&["reset", "--process", "worker"]).as_array().unwrap().len(), 2);
    assert_eq!(quiet.json(&["reset"]), json!([]));

    let output = quiet.server.output();
    assert_eq!(output.lines().find(|line| line.contains("unheard")), None);
    for secret in [TOKEN, "canary-in-the-address", "canary-in-the-field"] {
        assert_eq!(output.lines().find(|line| line.contains(secret)), None);
    }
}

#[rstest]
#[case(&["set", "loud"], "is no level")]
#[case(&["set", "tungstenite=trace"], "secrets")]
#[case(&["set", "DEBUG", "--for", "0m"], "a second at least")]
#[case(&["set", "DEBUG", "--for", "8d"], "a week")]
#[case(&["set", "DEBUG", "--for", "soon"], "is not an interval")]
fn what_is_no_filter_or_no_time_is_refused_with_the_reason(#[case] arguments: &[&str], #[case] reason: &str) {
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mission-control-api"));
    command.arg("log-level").args(arguments).env_clear().current_dir(directory.path());
    let refused = command.env("MISSION_CONTROL_DATA_DIR", directory.path()).output().unwrap();
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains(reason), "{told}");
}
