//! The log of the whole product in one process, as a machine reads it.

use std::path::Path;
use std::time::Duration;

use mission_control_testkit::client::TestClient;
use mission_control_testkit::process::{Process, free_port};
use mission_control_testkit::wait::wait_until;
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
