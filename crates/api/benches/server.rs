//! The server, in a process of its own, which tells what it costs.

use std::io::{BufRead, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;

use mission_control_core::config::Settings;
use mission_control_fleet::Fleet;
use mission_control_testkit::scratch::{ScratchDatabase, ScratchRedis};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio_util::sync::CancellationToken;

pub(crate) const TOKEN: &str = "a-local-token-for-benchmarks-that-is-longer-than-fifty-characters";

/// What the lines begin with that the process tells its parent.
const ADDRESS: &str = "address ";
const STATEMENTS: &str = "statements ";

/// What the processes of the installation have in common.
pub(crate) fn settings<'a>(
    database: &'a ScratchDatabase,
    redis: &'a ScratchRedis,
) -> [(&'static str, &'a str); 7] {
    [
        ("DATABASE_URL", database.url()),
        ("RQ_REDIS_URL", redis.url()),
        ("RQ_QUEUE_NAME", redis.name()),
        ("LOCAL_AUTH_TOKEN", TOKEN),
        ("SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        ("MISSION_CONTROL_DATA_DIR", "/nonexistent"),
        // All clients are on this machine, and more than one address may have.
        ("TRUSTED_PROXIES", "127.0.0.1"),
    ]
}

/// The process as its parent sees it. Ends when dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    questions: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    _data_dir: TempDir,
}

impl Server {
    pub(crate) async fn start(database: &ScratchDatabase, redis: &ScratchRedis) -> Self {
        let data_dir = tempfile::tempdir().unwrap();
        let mut process = Command::new(std::env::current_exe().unwrap())
            .arg("--serve")
            .env_clear()
            .envs(settings(database, redis))
            .env("MISSION_CONTROL_DATA_DIR", data_dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let questions = process.stdin.take().unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = told(&mut answers, ADDRESS).await.parse().unwrap();
        Self { address, process, questions, answers, _data_dir: data_dir }
    }

    /// Statements that it has sent to its database so far.
    pub(crate) async fn statements(&mut self) -> u64 {
        self.questions.write_all(b"\n").await.unwrap();
        told(&mut self.answers, STATEMENTS).await.parse().unwrap()
    }

    /// Its resident memory, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id().unwrap())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }
}

/// The next line that says this, without what it begins with: a server tells its operator of other things too.
async fn told(answers: &mut Lines<BufReader<ChildStdout>>, what: &str) -> String {
    loop {
        let line = answers.next_line().await.unwrap().unwrap();
        if let Some(told) = line.strip_prefix(what) {
            return told.to_owned();
        }
    }
}

/// What the process does: it serves, says where, and answers each line with the number of its statements.
pub(crate) async fn serve() {
    mission_control_process::tls::install_provider();
    let fleet = Fleet::open(&Settings::from_env(std::env::vars()).unwrap()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{ADDRESS}{}", listener.local_addr().unwrap());
    let (db, stop) = (fleet.db().clone(), CancellationToken::new());
    std::thread::spawn({
        let stop = stop.clone();
        move || {
            for _ in std::io::stdin().lock().lines() {
                println!("{STATEMENTS}{}", db.statements_executed());
                std::io::stdout().flush().unwrap();
            }
            stop.cancel();
        }
    });
    mission_control_api::run_on(fleet, listener, stop).await.unwrap();
}
