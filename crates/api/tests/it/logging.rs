//! The log of the whole product in one process, as a machine reads it.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use mission_control_testkit::client::TestClient;
use serde_json::{Value, json};

use crate::cli::binary;

const PATIENCE: Duration = Duration::from_secs(30);

/// The lines until one of them is `wanted`.
fn lines_until(lines: &Receiver<String>, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    let mut seen = Vec::new();
    loop {
        let line = lines.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        let line = line.unwrap_or_else(|_| panic!("waited in vain, the log is\n{}", seen.join("\n")));
        let object: Value = serde_json::from_str(&line).unwrap();
        seen.push(line);
        if wanted(&object) {
            return seen;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_logged_with_the_request_that_caused_it_and_no_line_has_a_secret() {
    let parent = tempfile::tempdir().unwrap();
    let data_dir = parent.path().join("data");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = binary(&data_dir)
        .args(["serve", "--port", &port.to_string()])
        .envs([("LOG_FORMAT", "json"), ("LOG_LEVEL", "TRACE")])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = channel();
    let log = BufReader::new(server.stderr.take().unwrap());
    std::thread::spawn(move || log.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let mut seen = lines_until(&lines, |line| line["message"] == "listening");

    let stranger = TestClient::stranger(format!("http://127.0.0.1:{port}"));
    stranger.get("/readyz").expect(200).await;
    let token = std::fs::read_to_string(data_dir.join("local-auth-token")).unwrap();
    let user = stranger.user(token.trim());
    let gateway = json!({
        "name": "Away",
        "url": "ws://127.0.0.1:1/?token=canary-in-the-address",
        "token": "canary-in-the-field",
        "workspace_root": "/srv/agents",
    });
    user.post("/api/v1/gateways", gateway).send().await;
    user.delete("/api/v1/organizations/me").header("x-request-id", "ends-it-all").expect(200).await;

    seen.extend(lines_until(&lines, |line| {
        line["message"] == "job succeeded" && line["span"]["job_kind"] == "organization.delete"
    }));
    server.kill().unwrap();
    server.wait().unwrap();

    let done: Value = serde_json::from_str(seen.last().unwrap()).unwrap();
    let span = &done["span"];
    assert_eq!((&span["name"], &span["request_id"]), (&json!("attempt"), &json!("ends-it-all")), "{done}");
    assert!(span["job_id"].is_string() && span["organization_id"].is_string(), "{done}");
    assert!(span["attempt"] == 1 && span.get("agent_id").is_none(), "{done}");
    for secret in [token.trim(), "canary-in-the-address", "canary-in-the-field"] {
        let told: Vec<&String> = seen.iter().filter(|line| line.contains(secret)).collect();
        assert_eq!(told, Vec::<&String>::new());
    }
}
