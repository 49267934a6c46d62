//! The operator's commands, run as programs beside a server.

use std::os::unix::net::UnixDatagram;
use std::process::{Command, Output};
use std::time::Duration;

use mission_control_core::models::{Agent, AgentStatus};
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{StoreError, agents};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::events::SECRETS_KEY;
use crate::scene::Scene;
use crate::server::TOKEN;

/// A scene with a shell beside it.
struct Desk {
    scene: Scene,
    directory: TempDir,
}

impl Desk {
    async fn new(backend: Backend) -> Self {
        let scene = Scene::start_with(backend, &[("SECRETS_KEY", SECRETS_KEY)]).await;
        Self { scene, directory: tempfile::tempdir().unwrap() }
    }

    /// Runs a command with nothing in its environment, and the settings in a file.
    fn run(&self, arguments: &[&str]) -> Output {
        let file = self.directory.path().join("env");
        let data = self.directory.path().join("data");
        let settings = format!(
            "DATABASE_URL={}\nSECRETS_KEY={SECRETS_KEY}\nLOCAL_AUTH_TOKEN={TOKEN}\nMISSION_CONTROL_DATA_DIR={}\n",
            self.scene.server.database.url(),
            data.display()
        );
        std::fs::write(&file, settings).unwrap();
        Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
            .args(arguments)
            .arg("--env-file")
            .arg(file)
            .env_clear()
            .current_dir(self.directory.path())
            .output()
            .unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command prints for programs.
    fn json(&self, arguments: &[&str]) -> Value {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.text(&arguments)).unwrap()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_added_and_changed(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = Desk::new(backend).await;
    let organization = desk.scene.organization.to_string();
    let made = desk.json(&["user", "create", "--name", "Bo", "--email", "Bo@Example.com"]);
    assert_eq!((&made[0]["name"], &made[0]["email"]), (&json!("Bo"), &json!("bo@example.com")));
    let twice = desk.run(&["user", "create", "--email", "bo@example.com"]);
    assert_eq!(twice.status.code(), Some(1), "{twice:?}");
    let changes = ["--timezone", "UTC", "--organization", &organization, "--role", "admin"];
    let arguments: Vec<&str> = ["user", "set", "BO@example.com"].into_iter().chain(changes).collect();
    let set = desk.json(&arguments);
    assert_eq!(set[0]["timezone"], "UTC");
    assert_eq!(
        (&set[0]["organizations"][0]["id"], &set[0]["organizations"][0]["role"]),
        (&json!(organization), &json!("admin"))
    );
    let listed = desk.json(&["user", "list"]);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert!(desk.text(&["user", "list"]).contains("local-auth-user"));
    let last = ["user", "set", "local-auth-user", "--organization", &organization, "--role", "member"];
    let refused = desk.run(&last);
    assert_eq!(refused.status.code(), Some(1), "the last owner stays one: {refused:?}");
    assert_eq!(desk.run(&["user", "set", "nobody", "--name", "X"]).status.code(), Some(1));
    assert_eq!(desk.run(&["user", "set", "local-auth-user"]).status.code(), Some(2), "nothing to change");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn agents_gateways_and_jobs_are_listed_and_changed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let ada = desk.scene.ada.0.to_string();
    assert_eq!(desk.json(&["agent", "list"]).as_array().unwrap().len(), 3);
    assert_eq!(desk.json(&["agent", "pause", &ada])[0]["state"], "paused");
    desk.text(&["agent", "set-status", &ada, "ready"]);
    let id = desk.scene.ada.0;
    let stored: Result<Option<Agent>, StoreError> =
        desk.scene.db.read(move |conn| agents::find(conn, id)).await;
    assert_eq!(stored.unwrap().unwrap().status, AgentStatus::Ready);
    assert_eq!(desk.run(&["agent", "set-status", &ada, "online"]).status.code(), Some(2));
    assert!(desk.text(&["agent", "list"]).contains("Ada Lovelace"));
    let gateways = desk.json(&["gateway", "list"]);
    assert_eq!((&gateways[0]["name"], &gateways[0]["token"]), (&json!("g"), &Value::Null));
    let later = Timestamp::now().plus(Duration::from_secs(3600));
    let job = NewJob { run_at: later, ..NewJob::new("agent.wake", json!({})) };
    let job = desk.scene.write(move |tx| jobs::enqueue(tx, job)).await.to_string();
    let listed = desk.json(&["queue", "list", "--state", "queued"]);
    assert!(listed.as_array().unwrap().iter().any(|listed| listed["id"] == *job), "{listed:#}");
    assert_eq!(desk.json(&["queue", "cancel", &job])[0]["done"], true);
    let unknown = desk.run(&["queue", "cancel", &ada]);
    assert_eq!(unknown.status.code(), Some(1), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_says_of_which_database_it_speaks_and_no_secret() {
    let desk = Desk::new(Backend::Postgres).await;
    for arguments in [
        &["user", "list"][..],
        &["agent", "list"],
        &["gateway", "list"],
        &["queue", "list"],
        &["migrate", "status"],
    ] {
        let told = String::from_utf8(desk.run(arguments).stderr).unwrap();
        assert!(
            told.contains("database: postgresql://") && told.contains("settings from"),
            "{arguments:?}: {told}"
        );
    }
    let shown = desk.text(&["config", "show"]);
    assert!(shown.contains("LOCAL_AUTH_TOKEN = ••••") && !shown.contains(TOKEN), "{shown}");
    assert_eq!(desk.json(&["config", "show"])["SECRETS_KEY"], "••••");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_support_bundle_has_what_helps_and_no_secret() {
    let desk = Desk::new(Backend::Sqlite).await;
    desk.text(&["support-bundle", "--out", "bundle.json"]);
    let text = std::fs::read_to_string(desk.directory.path().join("bundle.json")).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    for part in ["version", "settings", "doctor", "state", "logs"] {
        assert!(!bundle[part].is_null(), "{part} in {bundle:#}");
    }
    assert_eq!(bundle["state"]["agents"].as_array().unwrap().len(), 3);
    assert!(!text.contains(TOKEN) && !text.contains(SECRETS_KEY));
    let again = desk.run(&["support-bundle", "--out", "bundle.json"]);
    assert_eq!(again.status.code(), Some(1), "a file that is there stays: {again:?}");
}

/// A server as systemd starts it.
#[test]
fn systemd_is_told_that_the_server_is_ready_and_that_it_lives() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["serve", "--port", "0"])
        .env_clear()
        .env("MISSION_CONTROL_DATA_DIR", directory.path().join("data"))
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "2000000")
        .current_dir(directory.path())
        .spawn()
        .unwrap();
    let mut told = String::new();
    let mut next = || {
        let mut text = [0; 256];
        let read = socket.recv(&mut text).map(|read| String::from_utf8_lossy(&text[..read]).into_owned());
        told.push_str(&read.unwrap_or_else(|error| format!("nothing more: {error}\n")));
        told.contains("nothing more") || (told.contains("READY=1") && told.matches("WATCHDOG=1").count() > 1)
    };
    while !next() {}
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(!told.contains("nothing more"), "{told}");
}

#[test]
fn packages_get_completions_and_man_pages() {
    let directory = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
            .args(arguments)
            .env_clear()
            .current_dir(directory.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&["completions", shell]).contains("support-bundle"), "{shell}");
    }
    assert!(run(&["man"]).contains(".TH"));
    run(&["man", "--out", "man"]);
    assert!(directory.path().join("man/mission-control-api-doctor.1").exists());
    assert!(run(&["--version"]).starts_with("mission-control-api 0."));
}
