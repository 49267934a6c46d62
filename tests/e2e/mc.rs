//! `mc`, the remote client, against a running server: what people and scripts do with it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use mission_control_simulator::{AgentBehaviour, Simulator, SimulatorConfig};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::binary::{self, MC};
use crate::product::{Product, TOKEN, done, id_of, named};

/// Somebody with `mc`, and a home of their own.
struct Person {
    home: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Person {
    fn stranger() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    fn logged_in(product: &Product) -> Self {
        let person = Self::stranger();
        person.say(&["login", product.base_url()], TOKEN).success();
        person
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary::path(MC));
        command.env_clear().env("HOME", self.home.path()).envs(self.variables.iter().cloned());
        command.args(arguments).current_dir(self.home.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.say(arguments, "")
    }

    /// Runs it with a text on standard input.
    fn say(&self, arguments: &[&str], text: &str) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Who does not read it is not to blame.
        drop(child.stdin.take().unwrap().write_all(text.as_bytes()));
        Ran { line: arguments.join(" "), output: child.wait_with_output().unwrap() }
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let out = self.run(&[arguments, &["--json"]].concat()).success();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}"))
    }
}

struct Ran {
    line: String,
    output: Output,
}

impl Ran {
    /// What it printed.
    fn success(self) -> String {
        let told = String::from_utf8_lossy(&self.output.stderr);
        assert!(self.output.status.success(), "mc {}: {:?}: {told}", self.line, self.output.status);
        String::from_utf8(self.output.stdout).unwrap()
    }

    /// What it said was wrong.
    fn failure(self, code: i32) -> String {
        let told = String::from_utf8(self.output.stderr).unwrap();
        assert_eq!(self.output.status.code(), Some(code), "mc {}: {told}", self.line);
        told
    }
}

async fn gateway() -> Simulator {
    let config = SimulatorConfig { agent_behaviour: AgentBehaviour::Silent, ..SimulatorConfig::default() };
    Simulator::start(config).await.unwrap()
}

/// A server with a board, and an agent on it.
async fn working() -> (Product, Simulator, String) {
    let (gateway, product) = (gateway().await, Product::alone().await);
    let registration = product.register(&gateway.url(), gateway.token().unwrap(), Path::new("/srv/openclaw"));
    let board = product.create_board(&id_of(&done(registration).await)).await;
    done(product.admin.post("/api/v1/agents", json!({"name": "Scout", "board_id": board}))).await;
    product.agent("Scout", named("Scout")).await;
    (product, gateway, board)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_tried_before_it_is_kept_for_its_owner_alone() {
    let product = Product::alone().await;
    let person = Person::stranger();
    let file = person.home.path().join(".config/mission-control/mc.json");
    assert!(person.run(&["boards", "list"]).failure(3).contains("mc login URL"));
    let wrong = person.say(&["login", product.base_url()], "a-token-that-nobody-was-given").failure(3);
    assert!(!file.exists() && !wrong.contains("nobody-was-given"), "{wrong}");
    assert!(person.say(&["login", product.base_url()], "").failure(2).contains("token create"));

    person.say(&["login", product.base_url(), "--context", "home"], TOKEN).success();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let contexts = person.json(&["context", "list"]);
    assert_eq!((&contexts[0]["name"], &contexts[0]["current"]), (&json!("home"), &json!(true)));
    assert!(person.run(&["status"]).success().contains("ready"));
    assert_eq!(person.json(&["status"])["ready"]["ok"], true);

    person.run(&["logout"]).success();
    assert!(!fs::read_to_string(&file).unwrap().contains(TOKEN));
    person.run(&["boards", "list"]).failure(3);
    let program = Person::stranger().with("MC_URL", product.base_url()).with("MC_TOKEN", TOKEN);
    program.run(&["boards", "list"]).success();
    let nobody = Person::stranger().with("MC_URL", "http://127.0.0.1:1").with("MC_TOKEN", TOKEN);
    assert!(nobody.run(&["status"]).failure(6).contains("cannot be reached"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_goes_through_its_life_by_its_key() {
    let (product, _gateway, _board) = working().await;
    let mc = Person::logged_in(&product);
    let created =
        mc.json(&["tasks", "create", "Count \u{1b}[2Jcrates", "--board", "harbour", "--assignee", "scout"]);
    let key = created["key"].as_str().unwrap();
    assert!(key.starts_with("HAR"), "{created}");
    mc.say(&["tasks", "comment", key, "-"], "By \u{202e}noon, please.").success();
    mc.run(&["tasks", "move", &key.to_lowercase(), "in_progress"]).success();

    let listed = mc.run(&["tasks", "list", "--status", "in_progress"]).success();
    assert!(listed.contains(key) && listed.contains("Scout"), "{listed}");
    let shown = mc.run(&["tasks", "show", key]).success();
    assert!(shown.contains("noon, please."), "{shown}");
    for text in [listed, shown] {
        assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
    }
    assert_eq!(mc.json(&["tasks", "list", "--board", "harbour", "--status", "done"]), json!([]));
    assert_eq!(mc.json(&["tasks", "show", created["id"].as_str().unwrap()])["key"], key);

    assert!(mc.run(&["tasks", "show", "HAR-999"]).failure(4).contains("there is no task HAR-999"));
    assert!(mc.run(&["tasks", "move", key, "elsewhere"]).failure(2).contains("in_progress"));
    let gate = mc.run(&["tasks", "move", key, "done"]).failure(5);
    assert!(gate.contains("approval"), "{gate}");
    let wrong = mc.run(&["tasks", "create", "Late", "--board", "harbour", "--due", "tomorrow"]).failure(2);
    assert!(wrong.contains("due_at"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_bound_to_the_version_that_was_shown() {
    let (product, _gateway, board) = working().await;
    let mc = Person::logged_in(&product);
    let task = id_of(
        &product
            .admin
            .post(&format!("/api/v1/boards/{board}/tasks"), json!({"title": "Ship"}))
            .expect(200)
            .await,
    );
    let path = format!("/api/v1/boards/{board}/approvals");
    let asked = || json!({"action_type": "deploy", "confidence": 80, "task_ids": [task], "payload": {"reason": "All is green."}});
    let approval = product.admin.post(&path, asked()).expect(200).await;
    let id = approval["id"].as_str().unwrap();
    let short = id.split('-').next().unwrap();

    assert!(mc.run(&["approvals", "list"]).success().contains(short));
    let shown = mc.json(&["approvals", "show", short])["version"].as_str().unwrap().to_owned();
    assert!(mc.run(&["approvals", "approve", short]).failure(2).contains("--version"));
    product
        .admin
        .patch(&format!("{path}/{id}"), json!({"status": "rejected", "reason": "Not yet."}))
        .expect(200)
        .await;
    let stale = mc.run(&["approvals", "approve", short, "--version", &shown]).failure(5);
    assert!(stale.contains("decide again"), "{stale}");
    assert_eq!(mc.json(&["approvals", "show", short])["status"], "rejected");

    let decided = mc.run(&["approvals", "approve", id, "--yes"]).failure(5);
    assert!(decided.contains("rejected already"), "{decided}");
    assert_eq!(mc.json(&["approvals", "list"]), json!([]));
    let again = product.admin.post(&path, asked()).expect(200).await;
    let again = again["id"].as_str().unwrap();
    let reason = mc.json(&["approvals", "reject", again, "--yes", "--reason", "The harbour is full."]);
    assert_eq!(reason["decision_reason"], "The harbour is full.");
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_are_paused_and_a_program_reaches_every_route() {
    let (product, _gateway, _board) = working().await;
    let mc = Person::logged_in(&product);
    mc.run(&["agents", "pause", "Scout"]).success();
    assert_eq!(mc.json(&["agents", "show", "scout"])["state"], "paused");
    mc.run(&["agents", "resume", "scout"]).success();
    let listed = mc.run(&["agents", "list", "--board", "harbour"]).success();
    assert!(listed.contains("Scout") && !listed.contains("paused"), "{listed}");
    mc.run(&["agents", "show", "Nobody"]).failure(4);
    let scout = mc.json(&["agents", "show", "scout"]);
    let runs = mc.json(&["runs", "list", "--agent", "scout"]);
    assert!(runs.as_array().unwrap().iter().all(|run| run["agent_id"] == scout["id"]), "{runs}");
    mc.run(&["runs", "abort", "00000000-0000-4000-8000-000000000000"]).failure(4);

    let tags =
        mc.say(&["api", "POST", "tags", "--data", "-"], r#"{"name": "Urgent", "color": "ff0000"}"#).success();
    assert_eq!(serde_json::from_str::<Value>(&tags).unwrap()["slug"], "urgent");
    assert!(mc.run(&["api", "GET", "/readyz"]).success().contains("\"ok\": true"));
    let refused = mc.run(&["api", "POST", "tags", "--data", "{}"]).failure(2);
    assert!(refused.contains("name"), "{refused}");
    mc.run(&["api", "GET", "https://elsewhere.example/"]).failure(2);
    let read = product.admin.post("/api/v1/tokens", json!({"name": "CI", "scope": "read"})).expect(200).await;
    let reader = Person::stranger()
        .with("MC_URL", product.base_url())
        .with("MC_TOKEN", read["token"].as_str().unwrap());
    reader.run(&["boards", "show", "harbour"]).success();
    reader.run(&["agents", "pause", "Scout"]).failure(3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_goes_on_where_it_was() {
    let (product, _gateway, board) = working().await;
    let mc = Person::logged_in(&product);
    let tasks = format!("/api/v1/boards/{board}/tasks");
    for title in ["One", "Two", "Three"] {
        product.admin.post(&tasks, json!({ "title": title })).expect(200).await;
    }
    let watch = |more: &[&str]| -> Vec<Value> {
        let out = mc.run(&[&["watch", "--json", "--kind", "task.created"], more].concat()).success();
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let first = watch(&["--since", "0", "--count", "2"]);
    let titles = |events: &[Value]| -> Vec<String> {
        events.iter().map(|event| event["payload"]["task"]["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&first), ["One", "Two"]);
    let rest = watch(&["--since", &first[1]["seq"].to_string(), "--count", "1"]);
    assert_eq!(titles(&rest), ["Three"]);
    let line =
        mc.run(&["watch", "--board", "harbour", "--kind", "task", "--since", "0", "--count", "1"]).success();
    assert!(line.contains("task.created") && line.contains("HAR-1 One"), "{line}");
}

const FLEET: &str = r#"
version: 1
gateways:
  - name: Home
    url: ${URL}
    workspace_root: /srv/openclaw
    token: ${HOME_TOKEN}
    drift_policy: report
main_agents:
  - gateway: Home
    identity_profile: {role: Majordomo}
board_groups:
  - {slug: works, name: Works, description: All that is built.}
tags:
  - {slug: urgent, name: Urgent, color: ff0000}
boards:
  - slug: release
    name: Release
    description: |
      Ship the next release.

      And the one after it.
    gateway: Home
    group: works
    task_prefix: SHIP
    board_type: general
    target_date: 2026-12-24
    require_review_before_done: true
    max_agents: 3
    heartbeat_floor: 10m
    stale_rule: release
    stale_after_minutes: 45
  - {slug: docs, name: Docs, description: Write it down., gateway: Home}
agents:
  - board: release
    name: Captain
    lead: true
    identity_profile: {role: Lead, communication_style: dry}
  - board: release
    name: Ada
    heartbeat_config: {every: 30m}
    soul_template: "You are {{ agent_name }}.\n"
custom_fields:
  - {field_key: effort, label: Effort, field_type: integer, boards: [docs, release], default_value: 3}
webhooks:
  - {board: release, description: Builds, agent: Ada, secret: "file:secret", signature_header: X-Signature}
skill_packs:
  - {source_url: "https://github.com/example/skills", name: Skills, branch: main, metadata: {team: core}}
exec_policies:
  - {board: release, pattern: cargo test, matching: prefix, effect: allow, reason: Tests harm nobody.}
  - {agent: release/Ada, host: gateway, pattern: "git push*", matching: glob, effect: ask, expires_at: 2999-12-31}
  - {pattern: "*rm -rf*", matching: glob, effect: refuse}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_makes_a_fleet_and_an_export_makes_an_equal_one_elsewhere() {
    let gateway = gateway().await;
    let token = gateway.token().unwrap().to_owned();
    let fleet = FLEET.replace("${URL}", &gateway.url());
    let product = Product::alone().await;
    let mc = Person::logged_in(&product).with("HOME_TOKEN", &token);
    fs::write(mc.home.path().join("secret"), "a-secret-of-the-sender\n").unwrap();
    fs::write(mc.home.path().join("fleet.yaml"), &fleet).unwrap();

    let plan = mc.run(&["apply", "fleet.yaml", "--plan"]).success();
    assert!(plan.contains("+ gateway Home") && plan.contains("+ agent release/Captain"), "{plan}");
    assert!(!plan.contains(&token), "{plan}");
    assert_eq!(product.list("/api/v1/gateways").await, [] as [Value; 0], "a plan does nothing");

    let applied = mc.run(&["apply", "fleet.yaml"]);
    let told = String::from_utf8_lossy(&applied.output.stderr).into_owned();
    let applied = applied.success();
    assert!(applied.contains("created agent release/Ada"), "{applied}");
    assert_eq!(told, "", "everything is as the file says");
    let again = mc.json(&["apply", "fleet.yaml"]);
    assert_eq!(again["steps"], json!([]), "a second apply has nothing to do");

    let exported = mc.run(&["export"]).success();
    assert!(!exported.contains(&token) && !exported.contains("a-secret-of"), "{exported}");
    let captain = product.agent("the lead", named("Captain")).await;
    assert_eq!(captain["is_board_lead"], true);
    let webhook =
        &product.list(&format!("/api/v1/boards/{}/webhooks", captain["board_id"].as_str().unwrap())).await[0];
    assert_eq!(webhook["has_secret"], true);

    let elsewhere = Product::alone().await;
    let other = Person::logged_in(&elsewhere)
        .with("MC_GATEWAYS_HOME_TOKEN", &token)
        .with("MC_WEBHOOKS_RELEASE_BUILDS_SECRET", "a-secret-of-the-sender");
    other.say(&["apply", "-"], &exported).success();
    assert_eq!(other.run(&["export"]).success(), exported, "an export makes an equal fleet");
    let as_json = other.run(&["export", "--json"]).success();
    assert_eq!(
        serde_json::from_str::<Value>(&other.say(&["apply", "-", "--json"], &as_json).success()).unwrap()["steps"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_differs_is_shown_and_changed_and_what_is_surplus_goes_only_when_told() {
    let gateway = gateway().await;
    let product = Product::alone().await;
    let mc = Person::logged_in(&product).with("HOME_TOKEN", gateway.token().unwrap());
    fs::write(mc.home.path().join("secret"), "a-secret-of-the-sender").unwrap();
    let fleet = FLEET.replace("${URL}", &gateway.url());
    mc.say(&["apply", "-"], &fleet).success();

    let changed = fleet
        .replace("max_agents: 3", "max_agents: 4")
        .replace("And the one after it.", "And no other.")
        .replace("  - {slug: urgent, name: Urgent, color: ff0000}", "  []")
        .replace("stale_rule: release", "stale_rule: escalate")
        .replace("effect: allow, reason: Tests harm nobody.", "effect: ask");
    let plan = mc.say(&["apply", "-", "--plan"], &changed).success();
    for expected in [
        "~ board release",
        "max_agents: 3 → 4",
        "- And the one after it.",
        "+ And no other.",
        "stale_rule: release → escalate",
        "~ rule for commands release/prefix/cargo test",
        "effect: allow → ask",
        "tag urgent",
    ] {
        assert!(plan.contains(expected), "{expected} is not in\n{plan}");
    }
    mc.say(&["apply", "-"], &changed).success();
    let board = mc.json(&["boards", "show", "release"]);
    assert_eq!(board["max_agents"], 4);
    let stale = format!("boards/{}/stale-tasks", board["id"].as_str().unwrap());
    let stale = mc.json(&["api", "GET", &stale]);
    assert_eq!((&stale["rule"], &stale["after_minutes"]), (&json!("escalate"), &json!(45)));
    let rules = product.list("/api/v1/exec-policies?live=true").await;
    let tests = rules.iter().find(|rule| rule["pattern"] == "cargo test").unwrap();
    assert_eq!((&tests["effect"], &tests["reason"]), (&json!("ask"), &json!("Tests harm nobody.")));
    assert_eq!(rules.len(), 3, "there is one in place of the one that was changed");
    assert_eq!(product.list("/api/v1/tags").await.len(), 1, "nothing goes unless told");
    assert!(mc.say(&["apply", "-", "--prune"], &changed).failure(2).contains("--yes"));
    mc.say(&["apply", "-", "--prune", "--yes"], &changed).success();
    assert_eq!(product.list("/api/v1/tags").await, [] as [Value; 0]);

    let gone = "version: 1\nboards: []\ngateways: []\nagents: []\nwebhooks: []\ncustom_fields: []\nexec_policies: []\n";
    mc.say(&["apply", "-", "--prune", "--yes"], gone).success();
    assert_eq!(product.list("/api/v1/gateways").await, [] as [Value; 0]);
    assert_eq!(product.list("/api/v1/exec-policies?live=true").await, [] as [Value; 0]);

    let wrong = "version: 1\nboards:\n  - {slug: a, name: A, description: x, gateway: Nowhere}\n";
    let told = mc.say(&["apply", "-"], wrong).failure(2);
    assert!(told.contains("there is no gateway Nowhere"), "{told}");
    let literal = "version: 1\ngateways:\n  - {name: H, url: ws://h, workspace_root: ~, token: abc}\n";
    let told = mc.say(&["apply", "-"], literal).failure(2);
    assert!(told.contains("gateways[0].workspace_root") && told.contains("gateways[0].token"), "{told}");
    assert!(!told.contains("abc"), "{told}");
    let unset = format!(
        "version: 1\ngateways:\n  - {{name: H, url: {}, workspace_root: /w, token: \"${{UNSET}}\"}}\n",
        gateway.url()
    );
    assert!(mc.say(&["apply", "-"], &unset).failure(2).contains("set UNSET in the environment"));
    assert_eq!(product.list("/api/v1/gateways").await, [] as [Value; 0], "nothing is half-done");
}
