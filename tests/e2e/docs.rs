//! Every command of the documentation is run here, or it is said why not.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mission_control_simulator::{AgentBehaviour, Simulator, SimulatorConfig};
use mission_control_testkit::process::{Process, free_port};
use tempfile::TempDir;

use crate::binary::{self, API, MC};
use crate::product::wait_until_ready;

/// What becomes of a command.
enum Verdict {
    /// It is run, and succeeds.
    Runs,
    /// It is run; what it finds decides about its exit code, 0 or 1.
    Finds,
    /// It is not run, for this reason.
    Not(&'static str),
}

use Verdict::{Finds, Not, Runs};

const ROOT: &str = "changes the machine, as root: tried by hand in a chroot before a release";
const BUILDS: &str = "builds the product, which took place before this test";
const SUITE: &str = "is a part of .ci/run, or is run before a release";
const OTHER: &str = "a test of that program runs it";
const GATEWAY: &str = "needs a gateway, or a person, that is not here; tests of the gateway tool run it";

/// By how a command begins; the longest fits. Each is in the documentation.
const VERDICTS: &[(&str, Verdict)] = &[
    (".ci/run", Not(SUITE)),
    ("scripts/", Not(SUITE)),
    ("cargo build", Not(BUILDS)),
    ("cargo run", Not(BUILDS)),
    ("cargo install", Not(BUILDS)),
    ("MISSION_CONTROL_COMMIT=", Not(BUILDS)),
    ("cd crates/web/ui", Not(SUITE)),
    ("npm run", Not(SUITE)),
    ("sudo ", Not(ROOT)),
    ("tar -xzf", Not("scripts/release makes the archive: tried by hand before a release")),
    ("./mission-control-0.1.0", Not("scripts/release makes the archive: tried by hand before a release")),
    ("docker compose", Not("needs a container engine")),
    ("psql ", Not("looks into PostgreSQL by hand: the tests of the store hold the tables")),
    ("redis-cli", Not("looks into Redis by hand: the tests of the queue hold the keys")),
    ("openclaw ", Not(GATEWAY)),
    ("DATABASE_URL=", Not("is a line of a file, no command")),
    ("ENVIRONMENT=", Not("is a line of a file, no command")),
    ("DB_AUTO_MIGRATE=", Not("is a line of a file, no command")),
    ("RQ_REDIS_URL=", Not("is a line of a file, no command")),
    ("BASE_URL=", Not("is a line of a file, no command")),
    ("target/release/mission-control-api serve", Not("is started before, in the same way")),
    ("target/release/mc login", Runs),
    ("export TOKEN=$(cat data/demo", Not("is of the demo; the test of the demo reads the same file")),
    ("curl -s -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:8000/api/v1/agents", Runs),
    ("curl -X POST http://127.0.0.1:8000/api/v1/gateways", Not("is the same as with mc, which is run")),
    ("curl -s localhost:8000/readyz", Runs),
    ("body='{\"status\"", Not("is run as a whole by the tests of webhooks")),
    ("curl -H \"X-Webhook-Signature", Not("is run as a whole by the tests of webhooks")),
    ("mission-control-api doctor", Finds),
    ("mission-control-api doctor --fix", Not("asks; the tests of the doctor answer")),
    ("mission-control-api migrate status", Runs),
    (
        "mission-control-api --env-file",
        Not("is of an installation that is not here; a test of the settings runs it"),
    ),
    ("mission-control-api config show", Runs),
    ("mission-control-api user set local-auth-user", Runs),
    (
        "mission-control-api user set ada@example.com",
        Not("names a person that is not here; a test of the operator runs it"),
    ),
    ("mission-control-api completions", Not("writes into the home of who runs it; scripts/release runs it")),
    ("mission-control-api token create", Runs),
    ("mission-control-api audit verify", Runs),
    ("mission-control-api serve", Not("is started before, in the same way")),
    (
        "mission-control-api adopt",
        Not("takes a database of the Python product; the tests of moving in make one"),
    ),
    ("mission-control-api backup", Not("writes to a disk that is not here; the tests of backups run it")),
    (
        "mission-control-api restore",
        Not("takes the place of a server that runs; the tests of backups run it"),
    ),
    ("mission-control-api secrets rotate", Not("changes a server that runs; the tests of secrets run it")),
    (
        "mission-control-api user create --owner",
        Not("needs accounts, which are off at a first start; the tests of accounts run it"),
    ),
    (
        "mission-control-api user reset",
        Not("needs accounts, which are off at a first start; the tests of accounts run it"),
    ),
    ("systemctl --user stop openclaw-mission-control", Not("stops the Python product, which is not here")),
    ("cd openclaw-mission-control", Not("is of the Python product, which is not here")),
    ("pg_dump", Not("is of PostgreSQL, and of a database that is not here")),
    ("mission-control-worker status", Finds),
    ("mission-control-worker queue list", Runs),
    ("mission-control-worker queue retry", Not(OTHER)),
    ("mission-control-worker queue cancel", Not(OTHER)),
    ("mission-control-worker queue drain", Not(OTHER)),
    ("mission-control-gateway status", Runs),
    ("mission-control-gateway status --url", Not(GATEWAY)),
    ("mission-control-gateway call", Not(GATEWAY)),
    ("mission-control-gateway call sessions.list --gateway Home", Runs),
    ("mission-control-gateway pair", Not(GATEWAY)),
    (
        "mission-control-gateway simulate",
        Not("plays a gateway until it is stopped; a test of the gateway tool runs it"),
    ),
    ("mc login", Not("asks for the token; the same is run with the token of the first start")),
    ("mc status", Runs),
    ("mc agents list", Runs),
    ("mc api GET", Runs),
    ("mc api PATCH users/me", Runs),
    ("mc api POST gateways --data", Runs),
    ("mc api POST \"gateways/$GATEWAY_ID", Runs),
    ("mc apply fleet.yaml", Runs),
    ("mc export --out fleet.yaml", Runs),
    ("mc approvals list", Runs),
    ("mc tasks create", Runs),
    ("mc tasks list", Runs),
    ("mc watch", Runs),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// In the order in which somebody reads who begins.
fn documents() -> Vec<PathBuf> {
    let mut others: Vec<PathBuf> = fs::read_dir(root().join("docs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    others.sort();
    let first = ["docs/getting-started.md", "README.md", "deploy/README.md"].map(|name| root().join(name));
    first
        .clone()
        .into_iter()
        .chain(others.into_iter().filter(|path| !path.ends_with("getting-started.md")))
        .collect()
}

/// The blocks of a kind, without their fences.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    text.split(&fence).skip(1).map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

/// The commands of a block: a command ends where a shell finds it whole.
fn commands(block: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut command = String::new();
    for line in block.lines() {
        // What follows two blanks and a number sign is said to people.
        command.push_str(line.split("  #").next().unwrap_or_default().trim_end());
        let quotes = |quote: char| command.matches(quote).count() % 2 == 1;
        if command.ends_with('\\') || quotes('\'') {
            command.push('\n');
        } else {
            found.push(std::mem::take(&mut command));
        }
    }
    assert_eq!(command, "", "a command without an end");
    found.retain(|command| !command.trim().is_empty());
    found
}

fn verdict(command: &str) -> Option<&'static (&'static str, Verdict)> {
    VERDICTS.iter().filter(|(begin, _)| command.starts_with(begin)).max_by_key(|(begin, _)| begin.len())
}

/// A first start as the documentation has it: nothing is configured.
struct Newcomer {
    home: TempDir,
    _api: Process,
    base_url: String,
    gateway: Simulator,
}

impl Newcomer {
    async fn start() -> Self {
        let gateway = Simulator::start(SimulatorConfig {
            agent_behaviour: AgentBehaviour::Silent,
            ..SimulatorConfig::default()
        });
        let gateway = gateway.await.unwrap();
        let home = tempfile::tempdir().unwrap();
        let port = free_port().to_string();
        let mut command = binary::command(API, home.path());
        command.env_remove("MISSION_CONTROL_DATA_DIR").args(["serve", "--port", &port]);
        let mut api = binary::start(command, API);
        let base_url = format!("http://127.0.0.1:{port}");
        wait_until_ready(&mut api, &base_url).await;
        Self { home, _api: api, base_url, gateway }
    }

    fn run(&self, command: &str) -> Output {
        let programs = binary::path(MC).parent().unwrap().to_path_buf();
        let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
        let token =
            fs::read_to_string(self.home.path().join(".local/share/mission-control/local-auth-token"));
        let here = command
            .replace("target/release/", "")
            .replace("http://127.0.0.1:8000", &self.base_url)
            .replace("localhost:8000", self.base_url.trim_start_matches("http://"))
            .replace("ws://127.0.0.1:18789", &self.gateway.url())
            .replace("<gateway token>", self.gateway.token().unwrap());
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", &here])
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.home.path())
            .env("TOKEN", token.unwrap().trim())
            .env("GATEWAY_ID", self.gateway_id())
            .current_dir(self.home.path())
            .output()
            .unwrap()
    }

    /// Nothing, before there is one.
    fn gateway_id(&self) -> String {
        let mut command = Command::new(binary::path(MC));
        command.env_clear().env("HOME", self.home.path()).args(["api", "GET", "gateways"]);
        let listed: serde_json::Value =
            serde_json::from_slice(&command.output().unwrap().stdout).unwrap_or_default();
        listed["items"][0]["id"].as_str().unwrap_or_default().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_does_what_it_says_or_it_is_known_why_it_is_not_run() {
    let newcomer = Newcomer::start().await;
    let mut used = BTreeSet::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for yaml in blocks(&text, "yaml")
            .iter()
            .filter(|yaml| document.ends_with("getting-started.md") && yaml.starts_with("version: 1"))
        {
            fs::write(newcomer.home.path().join("fleet.yaml"), yaml).unwrap();
        }
        for command in blocks(&text, "sh").iter().flat_map(|block| commands(block)) {
            let place = document.strip_prefix(root()).unwrap().display().to_string();
            let Some((begin, verdict)) = verdict(&command) else {
                panic!(
                    "{place}: nobody has said what becomes of `{command}`: see VERDICTS in tests/e2e/docs.rs"
                );
            };
            used.insert(*begin);
            let allowed: &[i32] = match verdict {
                Runs => &[0],
                Finds => &[0, 1],
                Not(reason) => {
                    assert!(reason.len() > 10);
                    continue;
                }
            };
            // A board to create tasks on is the one of the demo in the examples, and of the file here.
            let output = newcomer.run(&command.replace("--board harbour", "--board release"));
            let told = format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            assert!(
                output.status.code().is_some_and(|code| allowed.contains(&code))
                    && !told.contains("\"detail\""),
                "{place}: `{command}` ended with {:?}: {told}",
                output.status.code()
            );
        }
    }
    let unused: Vec<_> =
        VERDICTS.iter().map(|(begin, _)| *begin).filter(|begin| !used.contains(begin)).collect();
    assert_eq!(unused, [] as [&str; 0], "no document has these commands any more");
}
