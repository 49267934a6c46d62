//! PostgreSQL and Redis of a test's own, to be killed and started again.

#![allow(clippy::expect_used, clippy::panic, reason = "a test kit reports failures by panicking")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::process::{Process, free_port};
use crate::wait::wait_until;

/// How long a server may take to answer after its start.
const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// A PostgreSQL server. Ends, with its data, when dropped.
pub struct PostgresServer {
    // Dropped before its directory.
    process: Process,
    directory: TempDir,
    programs: PathBuf,
    port: u16,
}

impl PostgresServer {
    /// Makes a cluster and starts it; `None` where PostgreSQL is not installed.
    pub async fn start() -> Option<PostgresServer> {
        let programs = postgres_programs()?;
        let directory = tempfile::tempdir().expect("create a temporary directory");
        if let Some((user, group)) = unprivileged_ids() {
            chown(directory.path(), Some(user), Some(group)).expect("give the directory to PostgreSQL");
        }
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).expect("open the directory");
        let data = directory.path().join("data");
        let (program, before) = unprivileged(&programs.join("initdb"));
        let made = Command::new(program)
            .args(before)
            .arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            .current_dir(directory.path())
            .output()
            .expect("run initdb");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let port = free_port();
        let process = spawn_postgres(&programs, directory.path(), port);
        let mut server = PostgresServer { process, directory, programs, port };
        server.answers().await;
        Some(server)
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Kills it without a warning and starts it again; returns when it answers.
    pub async fn crash_and_recover(&mut self) {
        self.process.kill();
        self.process = spawn_postgres(&self.programs, self.directory.path(), self.port);
        self.answers().await;
    }

    /// The memory that the killed server shared with its last processes is free a moment later: until then the new one
    /// gives up at once.
    async fn answers(&mut self) {
        let deadline = tokio::time::Instant::now() + STARTS_WITHIN;
        while !postgres_answers(self.port).await {
            assert!(tokio::time::Instant::now() < deadline, "PostgreSQL: {}", self.process.tail(20));
            if self.process.exited().is_some() {
                self.process = spawn_postgres(&self.programs, self.directory.path(), self.port);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn spawn_postgres(programs: &Path, directory: &Path, port: u16) -> Process {
    let (program, before) = unprivileged(&programs.join("postgres"));
    let mut command = Process::command(&program);
    command.args(before).arg("-D").arg(directory.join("data")).current_dir(directory);
    command.args(["-p", &port.to_string()]);
    for setting in
        ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"]
    {
        command.args(["-c", setting]);
    }
    Process::spawn(command, &directory.join("server.log"))
}

/// Whether a connection is let in: `AuthenticationOk` answers the start-up message.
async fn postgres_answers(port: u16) -> bool {
    let mut hello = Vec::from(196_608_u32.to_be_bytes());
    hello.extend(b"user\0postgres\0database\0postgres\0\0");
    let length = u32::try_from(hello.len() + 4).expect("a short message").to_be_bytes();
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else { return false };
    let mut kind = [0];
    stream.write_all(&[&length, hello.as_slice()].concat()).await.is_ok()
        && stream.read_exact(&mut kind).await.is_ok()
        && kind == *b"R"
}

fn postgres_programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    versions.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    versions
        .into_iter()
        .rev()
        .find(|directory| ["initdb", "postgres"].iter().all(|program| directory.join(program).exists()))
}

/// PostgreSQL refuses to run as root: it runs as the user that its package makes, else as nobody.
fn unprivileged(program: &Path) -> (PathBuf, Vec<PathBuf>) {
    match unprivileged_user() {
        Some(user) => {
            ("/usr/sbin/runuser".into(), vec!["-u".into(), user.into(), "--".into(), program.into()])
        }
        None => (program.into(), Vec::new()),
    }
}

fn unprivileged_user() -> Option<&'static str> {
    let id = |arguments: &[&str]| Command::new("id").args(arguments).output().expect("run id");
    let is_root = id(&["-u"]).stdout.trim_ascii() == b"0";
    let has_postgres = || id(&["-u", "postgres"]).status.success();
    is_root.then(|| if has_postgres() { "postgres" } else { "nobody" })
}

fn unprivileged_ids() -> Option<(u32, u32)> {
    let user = unprivileged_user()?;
    let number = |option: &str| {
        let output = Command::new("id").args([option, user]).output().expect("run id");
        String::from_utf8_lossy(&output.stdout).trim().parse().expect("a numeric id")
    };
    Some((number("-u"), number("-g")))
}

/// A Redis server that keeps nothing. Ends when dropped.
pub struct RedisServer {
    process: Process,
    directory: TempDir,
    port: u16,
}

impl RedisServer {
    /// Starts one; `None` where Redis is not installed.
    pub async fn start() -> Option<RedisServer> {
        let found = Command::new("redis-server").arg("--version").output();
        if !found.is_ok_and(|output| output.status.success()) {
            return None;
        }
        let directory = tempfile::tempdir().expect("create a temporary directory");
        let port = free_port();
        let server = RedisServer { process: spawn_redis(directory.path(), port), directory, port };
        server.answers().await;
        Some(server)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Kills it without a warning and starts it again, empty; returns when it answers.
    pub async fn crash_and_recover(&mut self) {
        self.process.kill();
        self.process = spawn_redis(self.directory.path(), self.port);
        self.answers().await;
    }

    /// Deletes everything in it.
    pub async fn flush(&self) {
        assert!(self.says("FLUSHALL", "+OK").await, "Redis is not flushed: {}", self.process.tail(5));
    }

    async fn answers(&self) {
        wait_until("Redis to answer", STARTS_WITHIN, async || self.says("PING", "+PONG").await.then_some(()))
            .await;
    }

    async fn says(&self, command: &str, expected: &str) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)).await else { return false };
        let mut answer = vec![0; expected.len()];
        stream.write_all(format!("{command}\r\n").as_bytes()).await.is_ok()
            && stream.read_exact(&mut answer).await.is_ok()
            && answer == expected.as_bytes()
    }
}

fn spawn_redis(directory: &Path, port: u16) -> Process {
    let mut command = Process::command(Path::new("redis-server"));
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
    command.current_dir(directory);
    Process::spawn(command, &directory.join("server.log"))
}
