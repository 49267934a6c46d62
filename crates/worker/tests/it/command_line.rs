use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use mission_control_core::models::JobState;
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, jobs};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;
use tempfile::TempDir;

use crate::scratch::{Bench, new_job};

/// Runs the executable in an empty directory with nothing but these variables.
fn worker(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let directory = TempDir::new().unwrap();
    Command::new(assert_cmd::cargo::cargo_bin!("mission-control-worker"))
        .args(arguments)
        .current_dir(directory.path())
        .env_clear()
        .env("MISSION_CONTROL_DATA_DIR", directory.path().join("data"))
        .envs(variables.iter().copied())
        .timeout(Duration::from_secs(30))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_help_explains_commands_variables_and_exit_codes() {
    let output = worker(&["--help"], &[]);
    let help = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for expected in ["status", "queue", "--concurrency", "RQ_REDIS_URL", "Exit codes", "\n  6  "] {
        assert!(help.contains(expected), "{expected} is missing in:\n{help}");
    }
}

#[test]
fn packages_get_completions_and_man_pages_without_any_configuration() {
    let broken = [("WORKER_CONCURRENCY", "many")];
    assert!(text(&worker(&["completions", "bash"], &broken).stdout).contains("status"));
    assert!(text(&worker(&["man"], &broken).stdout).contains(".TH"));
}

#[test]
fn a_wrong_configuration_is_told_with_the_variable_and_ends_with_2() {
    let output = worker(&["status"], &[("WORKER_CONCURRENCY", "many")]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("WORKER_CONCURRENCY"), "{told}");
}

#[test]
fn a_redis_that_is_away_at_the_start_is_one_line_and_ends_with_4() {
    let output = worker(&[], &[("RQ_REDIS_URL", "redis://someone:hunter2@127.0.0.1:1/0")]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{told}");
    assert!(told.contains("127.0.0.1:1") && told.contains("RQ_REDIS_URL"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(!told.contains("hunter2"), "{told}");
}

#[test]
fn looking_at_a_database_that_does_not_exist_creates_none() {
    let output = worker(&["queue", "list"], &[]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("there is no database"), "{told}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn status_and_queue_list_show_what_the_database_holds(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let id = bench.enqueue(new_job()).await;
    let url = [("DATABASE_URL", bench.database.url())];

    let status = worker(&["status"], &url);
    let shown = text(&status.stdout);
    assert_eq!(status.status.code(), Some(1), "nobody is working: {shown}{}", text(&status.stderr));
    assert!(shown.contains("workers alive: 0"), "{shown}");
    let interactive = shown.lines().find(|line| line.trim_start().starts_with("interactive")).unwrap();
    let numbers: Vec<_> = interactive.split_whitespace().skip(1).take(4).collect();
    assert_eq!(numbers, ["1", "0", "0", "0"], "due, later, running, dead: {shown}");

    let queued = worker(&["queue", "list", "--state", "queued"], &url);
    assert_eq!(queued.status.code(), Some(0), "{}", text(&queued.stderr));
    let line = text(&queued.stdout).lines().find(|line| line.contains(&id.to_string())).map(str::to_owned);
    assert!(
        line.is_some_and(|line| line.contains("queued") && line.contains("0/3")),
        "{}",
        text(&queued.stdout)
    );

    let dead = text(&worker(&["queue", "list", "--state", "dead"], &url).stdout);
    assert!(!dead.contains(&id.to_string()), "{dead}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dead_jobs_are_queued_again_and_a_backlog_is_worked_off(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let id = bench.enqueue(NewJob::new("maintenance.prune", json!({}))).await;
    let dead = bench.lease_and_die(id, Duration::from_secs(60)).await;
    let buried: Result<bool, StoreError> =
        bench.db.write(move |tx| jobs::bury(tx, id, dead.attempts, &"no".into())).await;
    assert!(buried.unwrap());
    let url = [("DATABASE_URL", bench.database.url())];

    let nothing = worker(&["queue", "retry"], &url);
    assert_eq!(nothing.status.code(), Some(2), "{}", text(&nothing.stderr));
    let other = worker(&["queue", "retry", "--dead", "--kind", "agent.message"], &url);
    assert_eq!((other.status.code(), text(&other.stdout)), (Some(0), String::new()));
    let queued = worker(&["queue", "retry", &id.to_string()], &url);
    assert_eq!(queued.status.code(), Some(0), "{}", text(&queued.stderr));
    let again = worker(&["queue", "retry", &id.to_string()], &url);
    assert_eq!(again.status.code(), Some(1), "{}", text(&again.stdout));

    let drained = worker(&["queue", "drain", "--timeout", "20"], &url);
    assert_eq!(drained.status.code(), Some(0), "{}{}", text(&drained.stdout), text(&drained.stderr));
    assert_eq!(bench.job(id).await.state, JobState::Succeeded);
}
