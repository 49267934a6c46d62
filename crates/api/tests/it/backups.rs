//! Backups are whole, whatever happens while they are taken, and an installation can be made of them.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::models::{Agent, JobState};
use mission_control_core::rules::agent_token;
use mission_control_core::schema::{audit_log, event_log, tasks};
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{Db, DbOptions, StoreError, agents};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::events::SECRETS_KEY;
use crate::scene::Scene;
use crate::server::{Server, TOKEN};

const PATIENCE: Duration = Duration::from_secs(60);

/// A place for an installation, and a shell in it.
struct Place {
    directory: TempDir,
    database: String,
    key: &'static str,
}

impl Place {
    /// An empty one, without a key of its own.
    fn empty() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", directory.path().join("mc.db").display());
        Self { directory, database, key: "" }
    }

    /// One beside an installation that runs.
    fn beside(database: &str) -> Self {
        Self { database: database.to_owned(), key: SECRETS_KEY, ..Self::empty() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("MISSION_CONTROL_DATA_DIR", self.directory.path())
            .env("DATABASE_URL", &self.database)
            .env("SECRETS_KEY", self.key)
            .current_dir(self.directory.path())
            .output()
            .unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    async fn db(&self) -> Db {
        let (wakeups, _) = tokio::sync::mpsc::unbounded_channel();
        Db::open(DbOptions::parse(&self.database).unwrap(), wakeups).await.unwrap()
    }

    fn names(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(self.directory.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

/// A backup of an installation of its own.
async fn backup() -> (Place, String) {
    let scene = Scene::start_with(Backend::Sqlite, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    scene.task("Dig").await;
    let desk = Place::beside(scene.server.database.url());
    desk.json(&["backup", "it.tar.gz"]);
    let file = desk.path("it.tar.gz").display().to_string();
    (desk, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_under_load_restores_to_a_consistent_state() {
    let scene = Scene::start_with(Backend::Sqlite, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    let mut agent = Agent::new(scene.gateway, "Eve");
    (agent.board_id, agent.token_digest) = (Some(scene.board), Some(agent_token::digest("right")));
    scene.write(move |tx| agents::insert(tx, &agent)).await;
    let (made, enough) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicBool::new(false)));
    let path = scene.on_board("tasks");
    let mut load = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let (person, path) = (scene.enter(Actor::Owner).await, path.clone());
        let (made, enough) = (Arc::clone(&made), Arc::clone(&enough));
        load.spawn(async move {
            while !enough.load(Ordering::SeqCst) {
                let answer = person.post(&path, json!({ "title": "More" })).send().await;
                match answer.status {
                    200 => made.fetch_add(1, Ordering::SeqCst),
                    // So many a minute are enough of a load.
                    429 => break,
                    other => panic!("{other}: {}", answer.body),
                };
            }
        });
    }
    wait_until("the load", PATIENCE, async || (made.load(Ordering::SeqCst) > 10).then_some(())).await;
    let before = made.load(Ordering::SeqCst);
    let url = scene.server.database.url().to_owned();
    let (desk, taken) = tokio::task::spawn_blocking(move || {
        let desk = Place::beside(&url);
        let taken = desk.json(&["backup", "it.tar.gz"]);
        (desk, taken)
    })
    .await
    .unwrap();
    let after = made.load(Ordering::SeqCst);
    assert!(after > before, "the server went on: {before} tasks before, {after} after");
    enough.store(true, Ordering::SeqCst);
    while let Some(ended) = load.join_next().await {
        ended.unwrap();
    }
    let file = desk.path("it.tar.gz");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(taken["keys"], json!(["secrets-key"]));
    assert_eq!(desk.names(), BTreeSet::from(["it.tar.gz".to_owned()]), "nothing is left beside it");

    let place = Place::empty();
    let file = file.display().to_string();
    let restored = place.json(&["restore", &file]);
    assert_eq!(restored["aside"], json!([]));
    assert_eq!(std::fs::read_to_string(place.path("secrets-key")).unwrap(), SECRETS_KEY);
    let record = place.json(&["audit", "verify"]);
    let record = record.as_array().unwrap();
    assert_eq!(taken["audit_chains"], json!(record.len()));
    assert!(record.iter().all(|chain| chain["broken"].is_null()), "{record:?}");
    let db = place.db().await;
    let (kept, told, noted) = db
        .read(|conn| {
            let kept: i64 = tasks::table.count().get_result(conn)?;
            let told: i64 =
                event_log::table.filter(event_log::kind.eq("task.created")).count().get_result(conn)?;
            let noted: i64 =
                audit_log::table.filter(audit_log::action.eq("task.created")).count().get_result(conn)?;
            Ok::<_, StoreError>((kept, told, noted))
        })
        .await
        .unwrap();
    drop(db);
    assert!(kept >= before && kept <= after + 3, "{before} <= {kept} <= {after}");
    assert_eq!((told, noted), (kept, kept), "each task with its event and its entry");

    let database = ScratchDatabase::empty(Backend::Sqlite);
    let again = Server::start_on(database, &place.database, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    again.stranger().agent("right").get(&format!("/api/v1/agent/boards/{}", scene.board)).expect(200).await;
    let listed = again.user().get(&format!("{path}?limit=1")).expect(200).await;
    assert_eq!(listed["total"], kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_left_alone_or_kept_aside() {
    let (_desk, file) = backup().await;
    let place = Place::empty();
    place.json(&["restore", &file]);
    let occupied = place.refused(&["restore", &file], 2);
    assert!(occupied.contains("--force"), "{occupied}");
    let db = place.db().await;
    db.read(|conn| Ok::<i64, StoreError>(tasks::table.count().get_result(conn)?)).await.unwrap();
    let in_use = place.refused(&["restore", &file, "--force"], 2);
    assert!(in_use.contains("stop the server"), "{in_use}");
    drop(db);
    let restored = place.json(&["restore", &file, "--force"]);
    let aside = Path::new(restored["aside"][0].as_str().unwrap());
    assert!(aside.is_file() && aside.parent().unwrap().starts_with(place.directory.path()), "{restored}");
    assert_eq!(place.json(&["audit", "verify"])[0]["broken"], Value::Null);

    std::fs::write(place.path("mc.db"), "no database at all, which is why there is a backup").unwrap();
    let restored = place.json(&["restore", &file, "--force"]);
    let aside = Path::new(restored["aside"][0].as_str().unwrap());
    assert!(std::fs::read_to_string(aside).unwrap().starts_with("no database at all"), "{restored}");
    let record = place.json(&["audit", "verify"]);
    assert_eq!(record[0]["broken"], Value::Null);

    let other = Place { key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", ..Place::empty() };
    let refused = other.refused(&["restore", &file], 2);
    assert!(refused.contains("SECRETS_KEY"), "{refused}");
    assert_eq!(other.names(), BTreeSet::new(), "nothing came of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_not_whole_is_told_and_not_restored() {
    let (desk, file) = backup().await;
    desk.json(&["backup", "--check", &file]);
    assert!(desk.refused(&["backup", &file], 2).contains("is there already"));
    let whole = std::fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (name, bytes) in
        [("short", &whole[..whole.len() / 2]), ("flipped", flipped.as_slice()), ("other", b"something else")]
    {
        let path = desk.path(name).display().to_string();
        std::fs::write(&path, bytes).unwrap();
        for arguments in [&["backup", "--check", &path][..], &["restore", &path, "--force"]] {
            let told = desk.refused(arguments, 1);
            assert!(told.contains("is no whole backup"), "{name}: {told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_keys_a_backup_says_so() {
    let scene = Scene::start_with(Backend::Sqlite, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    let desk = Place::beside(scene.server.database.url());
    let taken = desk.json(&["backup", "bare.tar.gz", "--without-keys"]);
    assert_eq!((&taken["keys"], &taken["audit_chains"]), (&json!([]), &Value::Null));
    let told = String::from_utf8(desk.run(&["backup", "--check", "bare.tar.gz"]).stdout).unwrap();
    assert!(told.contains("NOT included"), "{told}");
    let place = Place::empty();
    place.json(&["restore", &desk.path("bare.tar.gz").display().to_string()]);
    assert!(!place.path("secrets-key").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_takes_backups_and_makes_room_for_them() {
    let shelf = tempfile::tempdir().unwrap();
    let directory = shelf.path().to_str().unwrap();
    let variables = [
        ("SECRETS_KEY", SECRETS_KEY),
        ("BACKUP_SCHEDULE", "0 0 1 1 *"),
        ("BACKUP_DIR", directory),
        ("BACKUP_KEEP", "1"),
    ];
    let scene = Scene::start_with(Backend::Sqlite, &variables).await;
    for _ in 0..2 {
        let id = scene.write(|tx| jobs::enqueue(tx, NewJob::new("maintenance.backup", json!({})))).await;
        let job = wait_until("the backup", PATIENCE, async || {
            let job = scene.db.read(move |conn| jobs::find(conn, id)).await.unwrap().unwrap();
            job.state.is_final().then_some(job)
        })
        .await;
        assert_eq!(job.state, JobState::Succeeded, "{job:?}");
    }
    let kept: Vec<_> = std::fs::read_dir(&shelf).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let desk = Place::beside(scene.server.database.url());
    for file in kept {
        desk.json(&["backup", "--check", file.to_str().unwrap()]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_postgresql_the_command_says_how_and_looks_at_dumps() {
    let scene = Scene::start_with(Backend::Postgres, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    let desk = Place::beside(scene.server.database.url());
    let told = desk.run(&["backup"]);
    assert_eq!(told.status.code(), Some(1), "nobody takes it for a backup: {told:?}");
    let told = String::from_utf8(told.stdout).unwrap();
    let command = told.lines().next().unwrap();
    assert!(command.contains("pg_dump --format=custom") && !told.contains(TOKEN), "{told}");
    let mut shell = Command::new("sh");
    match shell.args(["-c", command]).current_dir(desk.directory.path()).output() {
        Ok(done) if done.status.success() => {}
        other => return eprintln!("skipped: pg_dump does not work here: {other:?}"),
    }
    let checked = desk.run(&["backup", "--check", "mission-control.dump"]);
    assert!(checked.status.success(), "{checked:?}");
    let whole = std::fs::read(desk.path("mission-control.dump")).unwrap();
    std::fs::write(desk.path("short.dump"), &whole[..whole.len() - 2000]).unwrap();
    desk.refused(&["backup", "--check", "short.dump"], 1);
    assert!(desk.refused(&["restore", "mission-control.dump"], 2).contains("pg_restore"));
}
