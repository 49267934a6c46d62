use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

use mission_control_gateway_rpc::{Client, ConnectOptions, GetHealth, ListAgents};
use tempfile::TempDir;

use crate::tool::{Home, run, token_file};

/// A simulated gateway in a process of its own, which ends with the test.
struct Simulated {
    child: Child,
    shown: BufReader<ChildStdout>,
    _directory: TempDir,
}

impl Simulated {
    fn start(arguments: &[&str]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("mission-control-gateway"))
            .args(["simulate", "--port", "0"])
            .args(arguments)
            .current_dir(directory.path())
            .env_clear()
            .env("MISSION_CONTROL_DATA_DIR", directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let shown = BufReader::new(child.stdout.take().unwrap());
        Self { child, shown, _directory: directory }
    }

    /// What it prints up to and with the line that contains `text`.
    fn shown_until(&mut self, text: &str) -> String {
        let mut all = String::new();
        while !all.lines().last().is_some_and(|line| line.contains(text)) {
            let read = self.shown.read_line(&mut all).unwrap();
            assert_ne!(read, 0, "it ended after:\n{all}");
        }
        all
    }

    fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn url_in(text: &str) -> String {
    let start = text.find("ws://").expect("the address is shown");
    text[start..].split_whitespace().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulated_gateway_says_how_to_register_it_and_stops_on_term() {
    let (_kept, file) = token_file("a token of the test");
    let mut simulated = Simulated::start(&["--agents", "3", "--profile", "old", "--token-file", &file]);
    let shown = simulated.shown_until("Ctrl-C");
    assert!(shown.contains("curl -X POST http://127.0.0.1:8000/api/v1/gateways"), "{shown}");
    assert!(shown.contains("a token of the test") && shown.contains("2026.3.2 (protocol 3)"), "{shown}");

    let options = ConnectOptions::new(&url_in(&shown)).unwrap().token("a token of the test");
    let client = Client::connect(options).await.unwrap();
    assert_eq!(client.info().unwrap().protocol, Some(3));
    assert_eq!(client.ask(&ListAgents {}).await.unwrap().agents.len(), 4, "three and `main`");
    client.close();
    assert_eq!(simulated.stop(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_script_is_followed() {
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("faults.json");
    let rule = r#"{"rules":[{"on":{"method":"health"},"do":{"error":{"code":"UNAVAILABLE","message":"as scripted"}}}]}"#;
    std::fs::write(&script, rule).unwrap();
    let mut simulated = Simulated::start(&["--faults", script.to_str().unwrap()]);
    let url = url_in(&simulated.shown_until("Ctrl-C"));
    let client =
        Client::connect(ConnectOptions::new(&url).unwrap().token("simulated-gateway-token")).await.unwrap();
    assert!(client.ask(&GetHealth {}).await.unwrap_err().to_string().contains("as scripted"));
    assert_eq!(simulated.stop(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_and_a_script_that_is_none_have_their_exit_codes() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let outcome = run(Home::Empty, &["simulate", "--port", &port], &[]).await;
    assert_eq!(outcome.code, Some(5), "{}", outcome.told);
    assert!(outcome.told.contains(&port) && outcome.told.contains("--port"), "{}", outcome.told);

    let (_kept, no_script) = token_file("not json");
    let outcome = run(Home::Empty, &["simulate", "--port", "0", "--faults", &no_script], &[]).await;
    assert_eq!(outcome.code, Some(2), "{}", outcome.told);
}
