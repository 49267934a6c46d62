//! What an operator sees when a program cannot start: the cause with its cure, and an exit code.

use std::net::TcpListener;
use std::time::Duration;

use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use crate::binary::{self, API, GATEWAY, WORKER};

#[rstest]
#[case::api(&[API, "serve"])]
#[case::worker(&[WORKER])]
#[case::gateway(&[GATEWAY, "serve"])]
#[tokio::test]
async fn a_program_lists_every_fault_of_its_configuration(#[case] command: &[&str]) {
    let variables = [("LOCAL_AUTH_TOKEN", "short"), ("RQ_REDIS_URL", "ftp://redis")];
    let report = failure(command, &variables, 2).await;
    for (variable, _) in variables {
        assert!(report.contains(variable), "{report}");
    }
}

#[rstest]
#[case::database("DATABASE_URL", "postgresql://mc@127.0.0.1:1/mc", 3)]
#[case::redis("RQ_REDIS_URL", "redis://127.0.0.1:1/0", 4)]
#[tokio::test]
async fn a_program_without_a_service_names_the_variable_to_correct(
    #[values(&[API, "serve", "--port", "0"], &[WORKER], &[GATEWAY, "serve"])] command: &[&str],
    #[case] variable: &str,
    #[case] nobody_listens: &str,
    #[case] code: i32,
) {
    let report = one_line(&failure(command, &[(variable, nobody_listens)], code).await);
    assert!(report.contains(variable) && report.contains("127.0.0.1:1"), "{report}");
}

#[tokio::test]
async fn the_api_names_the_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let report = one_line(&failure(&[API, "serve", "--port", &port], &[], 5).await);
    assert!(report.contains(&port) && report.contains("--port"), "{report}");
}

#[tokio::test]
async fn the_api_names_the_command_that_migrates() {
    let database = ScratchDatabase::empty(Backend::Postgres);
    let variables = [("DATABASE_URL", database.url()), ("DB_AUTO_MIGRATE", "false")];
    let report = one_line(&failure(&[API, "serve", "--port", "0"], &variables, 6).await);
    assert!(report.contains("mission-control-api migrate up"), "{report}");
}

/// Runs a command that fails with `code`, and returns what it says.
async fn failure(command: &[&str], variables: &[(&str, &str)], code: i32) -> String {
    let (program, arguments) = command.split_first().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let mut command = binary::command(program, directory.path());
    command.args(arguments).envs(variables.iter().copied());
    let mut process = binary::start(command, program);
    let status = wait_until("the program to end", Duration::from_secs(60), async || process.exited()).await;
    let output = process.output();
    assert_eq!(status.code(), Some(code), "{output}");
    output
}

/// The report of a failure, after whatever the program logged before.
fn one_line(output: &str) -> String {
    let mut reports = output.lines().filter(|line| line.starts_with("mission-control-"));
    let report = reports.next().unwrap_or_else(|| panic!("no report in {output}"));
    assert_eq!(reports.next(), None, "one line reports it");
    assert_eq!(output.lines().last(), Some(report), "nothing comes after it");
    report.to_owned()
}
