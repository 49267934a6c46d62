//! A client of the Model Context Protocol that knows nothing of Mission Control: the `mcp` package, as it is published.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use mission_control_simulator::{AgentBehaviour, Simulator, SimulatorConfig};
use mission_control_testkit::skip::skipped;
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};

use crate::product::{PATIENCE, Product, done, id_of, named};

/// The release of the package; it speaks protocol versions 2024-11-05 to 2026-07-28.
const RELEASE: &str = "2.3.0";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/mcp_client.py");

#[tokio::test]
async fn an_unmodified_client_completes_a_task_after_a_person_approved_it() {
    let python = match python() {
        Ok(python) => python,
        Err(reason) => return skipped(reason),
    };
    let gateway = Simulator::start(SimulatorConfig {
        agent_behaviour: AgentBehaviour::Silent,
        ..SimulatorConfig::default()
    })
    .await
    .unwrap();
    let product = Product::alone().await;
    let registration = product.register(&gateway.url(), gateway.token().unwrap(), Path::new("/srv/openclaw"));
    let board = product.create_board(&id_of(&done(registration).await)).await;
    let strict = json!({ "require_approval_for_done": true });
    product.admin.patch(&format!("/api/v1/boards/{board}"), strict).expect(200).await;
    done(product.admin.post("/api/v1/agents", json!({ "name": "Scout", "board_id": board }))).await;
    let scout = product.agent("Scout", named("Scout")).await;
    let tasks = format!("/api/v1/boards/{board}/tasks");
    product.admin.post(&tasks, json!({ "title": "Count the crates" })).expect(200).await;

    let token = token_of(&gateway, &id_of(&scout)).await;
    let mut client =
        Conversation::start(&python, &[&format!("{}/mcp", product.base_url()), &token, "Count the crates"]);
    let [legacy, modern] = [client.hear(), client.hear()];
    assert_eq!((&legacy["mode"], &legacy["version"]), (&json!("legacy"), &json!("2025-11-25")));
    assert_eq!((&modern["mode"], &modern["version"]), (&json!("auto"), &json!("2026-07-28")));
    assert_eq!(legacy["tools"], modern["tools"]);
    let claimed = client.hear();
    assert_eq!(claimed["status"], "in_progress");
    let refusal = client.hear();
    assert_eq!(refusal["refused"], true, "{refusal}");

    let approval = client.hear()["approval"].as_str().unwrap().to_owned();
    let decision = format!("/api/v1/boards/{board}/approvals/{approval}");
    product.admin.patch(&decision, json!({ "status": "approved" })).expect(200).await;
    client.say("approved");
    assert_eq!(client.hear()["status"], "done");
    client.end();

    let comments = product.list(&format!("{tasks}/{}/comments", claimed["task"].as_str().unwrap())).await;
    assert_eq!(comments[0]["message"], "The crates are counted: 42.");
    assert_eq!(comments[0]["agent_id"], scout["id"]);
    product.online("Scout", named("Scout")).await;
}

/// The token in the workspace files that the gateway was given.
async fn token_of(gateway: &Simulator, agent: &str) -> String {
    let key = format!("mc-{agent}");
    let read = |name| gateway.file(&key, name).unwrap_or_default();
    wait_until("a token on the gateway", PATIENCE, async || {
        let files = read("TOOLS.md") + &read("AGENTS.md");
        let token = files.lines().find_map(|line| line.strip_prefix("AUTH_TOKEN="))?;
        Some(token.to_owned())
    })
    .await
}

/// The client at work.
struct Conversation {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Conversation {
    fn start(python: &Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(python)
            .arg(SCRIPT)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, input, output }
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("the client said {line:?}: {error}"))
    }

    fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    fn end(mut self) {
        assert!(self.process.wait().unwrap().success());
    }
}

/// A Python that has the package: made once, in cargo's target directory.
fn python() -> Result<PathBuf, String> {
    let target = env::current_exe().unwrap().ancestors().nth(3).unwrap().to_path_buf();
    let directory = target.join(format!("mcp-client-{RELEASE}"));
    fs::create_dir_all(&directory).map_err(|error| format!("{}: {error}", directory.display()))?;
    let lock = File::create(directory.join("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let python = directory.join("bin/python");
    let ready = directory.join("ready");
    if !ready.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&directory))?;
        let package = format!("mcp=={RELEASE}");
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--retries", "1", &package]))?;
        File::create(ready).map_err(|error| error.to_string())?;
    }
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim())),
    }
}
