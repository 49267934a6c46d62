//! The binary: what it prints, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use mission_control_testkit::client::TestClient;
use rstest::rstest;

/// The binary with nothing in its environment but a data directory.
fn binary(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mission-control-api"));
    command.env_clear().env("MISSION_CONTROL_DATA_DIR", data_dir).current_dir(data_dir.parent().unwrap());
    command
}

fn assert_fails(output: &Output, code: i32, words: &[&str]) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    let said: Vec<&str> = errors.lines().filter(|line| line.starts_with("mission-control-api: ")).collect();
    assert_eq!(said.len(), 1, "one line says what is wrong: {errors}");
    for word in words {
        assert!(errors.contains(word), "{word} in: {errors}");
    }
}

#[rstest]
#[case::configuration(&[("LOG_FORMAT", "never")], 2, &["LOG_FORMAT"])]
#[case::sign_in(&[("AUTH_MODE", "clerk")], 2, &["CLERK_SECRET_KEY"])]
#[case::database(&[("DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/x")], 3, &["127.0.0.1", "DATABASE_URL"])]
#[case::redis(&[("RQ_REDIS_URL", "redis://:hidden@127.0.0.1:1/0")], 4, &["127.0.0.1:1", "RQ_REDIS_URL"])]
#[case::schema(&[("DB_AUTO_MIGRATE", "false")], 6, &["migrate up"])]
fn a_start_that_fails_says_why_in_one_line_and_has_a_code_of_its_own(
    #[case] variables: &[(&str, &str)],
    #[case] code: i32,
    #[case] words: &[&str],
) {
    let parent = tempfile::tempdir().unwrap();
    let output = binary(&parent.path().join("data"))
        .args(["serve", "--port", "0"])
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    assert_fails(&output, code, words);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("hidden"));
}

#[test]
fn a_port_in_use_is_named_with_the_fix() {
    let parent = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = binary(&parent.path().join("data")).args(["serve", "--port", &port]).output().unwrap();
    assert_fails(&output, 5, &[&port, "--port"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_without_configuration_serves_names_the_file_of_its_token_and_stops_on_term() {
    let parent = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut named = Vec::new();
    for _ in 0..2 {
        let mut child = binary(&parent.path().join("data"))
            .args(["serve", "--port", &port.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("listening") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "ended before it listened");
        }
        let drain = std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let client = TestClient::stranger(format!("http://127.0.0.1:{port}"));
        client.get("/readyz").expect(200).await;
        let token = std::fs::read_to_string(parent.path().join("data/local-auth-token")).unwrap();
        client.user(token.trim()).get("/api/v1/users/me").expect(200).await;
        let checked = binary(&parent.path().join("data"))
            .arg("healthcheck")
            .env("PORT", port.to_string())
            .output()
            .unwrap();
        assert!(checked.status.success(), "{checked:?}");
        Command::new("kill").arg(child.id().to_string()).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        drain.join().unwrap().unwrap();
        let mut printed = String::new();
        child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        assert!(
            !printed.contains(token.trim()),
            "a token stays where it is printed, unless that is a terminal"
        );
        named.push(printed.contains("local-auth-token"));
    }
    assert_eq!(named, [true, false]);
}

#[test]
fn the_schema_goes_up_and_down_and_says_where_it_is() {
    let parent = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = binary(&parent.path().join("data")).arg("migrate").args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let all = run(&["history"]).lines().count();
    assert!(all > 0);
    assert_eq!(run(&["status"]).matches("pending").count(), all);
    assert_eq!(run(&["up"]).lines().count(), all);
    assert_eq!(run(&["up"]), "nothing to do\n");
    let refused = binary(&parent.path().join("data")).args(["migrate", "down"]).output().unwrap();
    assert_fails(&refused, 2, &["--yes"]);
    assert_eq!(run(&["down", "--yes"]).lines().count(), 1);
    assert_eq!(run(&["status"]).matches("pending").count(), 1);
    let history = run(&["history"]);
    let second = history.lines().nth(1).unwrap();
    assert_eq!(
        run(&["down", second, "--yes"]).lines().count(),
        all - 3,
        "all after it but the one that is undone"
    );
    let rows: serde_json::Value = serde_json::from_str(&run(&["status", "--json"])).unwrap();
    assert_eq!(rows.as_array().unwrap().iter().filter(|row| !row["applied_at"].is_null()).count(), 2);
}

#[test]
fn without_a_server_the_health_check_fails() {
    let parent = tempfile::tempdir().unwrap();
    let output = binary(&parent.path().join("data"))
        .args(["healthcheck", "--address", "127.0.0.1:1"])
        .output()
        .unwrap();
    assert_fails(&output, 1, &["127.0.0.1:1"]);
}
