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
    settings: Vec<String>,
}

/// How a PostgreSQL server differs from one that trusts everybody and speaks no TLS.
#[derive(Default)]
pub struct PostgresSetup<'a> {
    /// Files in its data directory, such as `server.key`, with their content.
    pub files: &'a [(&'a str, String)],
    /// Settings, as `name=value`.
    pub settings: &'a [&'a str],
    /// Lines of `pg_hba.conf` in place of those that trust everybody.
    pub access: Option<&'a str>,
}

impl PostgresServer {
    /// Makes a cluster and starts it; `None` where PostgreSQL is not installed.
    pub async fn start() -> Option<PostgresServer> {
        Self::start_with(&PostgresSetup::default()).await
    }

    /// The same, set up differently.
    pub async fn start_with(setup: &PostgresSetup<'_>) -> Option<PostgresServer> {
        let programs = postgres_programs()?;
        let directory = unprivileged_directory();
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
        fs::copy(data.join("pg_hba.conf"), directory.path().join("trusting")).expect("keep pg_hba.conf");
        let port = free_port();
        let settings = install(directory.path(), setup);
        let process = spawn_postgres(&programs, directory.path(), port, &settings);
        let mut server = PostgresServer { process, directory, programs, port, settings };
        server.answers().await;
        Some(server)
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it again, set up differently, with the same data.
    pub async fn set_up(&mut self, setup: &PostgresSetup<'_>) {
        self.settings = install(self.directory.path(), setup);
        self.crash_and_recover().await;
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Kills it without a warning and starts it again; returns when it answers.
    pub async fn crash_and_recover(&mut self) {
        self.process.kill();
        self.process = spawn_postgres(&self.programs, self.directory.path(), self.port, &self.settings);
        self.answers().await;
    }

    /// The memory that the killed server shared with its last processes is free a moment later: until then the new one
    /// gives up at once.
    async fn answers(&mut self) {
        let deadline = tokio::time::Instant::now() + STARTS_WITHIN;
        while !postgres_answers(self.port).await {
            assert!(tokio::time::Instant::now() < deadline, "PostgreSQL: {}", self.process.tail(20));
            if self.process.exited().is_some() {
                self.process =
                    spawn_postgres(&self.programs, self.directory.path(), self.port, &self.settings);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Writes the files of the set-up; returns its settings.
fn install(directory: &Path, setup: &PostgresSetup<'_>) -> Vec<String> {
    let data = directory.join("data");
    for (name, content) in setup.files {
        give(&data.join(name), content);
    }
    let trusting = fs::read_to_string(directory.join("trusting")).expect("read pg_hba.conf");
    give(&data.join("pg_hba.conf"), setup.access.unwrap_or(&trusting));
    setup.settings.iter().map(|setting| (*setting).to_owned()).collect()
}

/// Writes a file that only the user of the servers may read.
fn give(path: &Path, content: &str) {
    fs::write(path, content).expect("write a file of a server");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("close a file of a server");
    if let Some((user, group)) = unprivileged_ids() {
        chown(path, Some(user), Some(group)).expect("give a file to a server");
    }
}

/// A temporary directory in which the user of the servers may write.
fn unprivileged_directory() -> TempDir {
    let directory = tempfile::tempdir().expect("create a temporary directory");
    if let Some((user, group)) = unprivileged_ids() {
        chown(directory.path(), Some(user), Some(group)).expect("give the directory to the server");
    }
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).expect("open the directory");
    directory
}

fn spawn_postgres(programs: &Path, directory: &Path, port: u16, settings: &[String]) -> Process {
    let (program, before) = unprivileged(&programs.join("postgres"));
    let mut command = Process::command(&program);
    command.args(before).arg("-D").arg(directory.join("data")).current_dir(directory);
    command.args(["-p", &port.to_string()]);
    for setting in
        ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"]
    {
        command.args(["-c", setting]);
    }
    for setting in settings {
        command.args(["-c", setting]);
    }
    Process::spawn(command, &directory.join("server.log"))
}

/// Whether it takes connections: `AuthenticationOk` answers the start-up message, or a refusal of this very caller.
async fn postgres_answers(port: u16) -> bool {
    let mut hello = Vec::from(196_608_u32.to_be_bytes());
    hello.extend(b"user\0postgres\0database\0postgres\0\0");
    let length = u32::try_from(hello.len() + 4).expect("a short message").to_be_bytes();
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else { return false };
    let mut kind = [0];
    let mut refusal = Vec::new();
    stream.write_all(&[&length, hello.as_slice()].concat()).await.is_ok()
        && stream.read_exact(&mut kind).await.is_ok()
        && (kind == *b"R"
            || stream.read_to_end(&mut refusal).await.is_ok()
                && String::from_utf8_lossy(&refusal).contains("pg_hba.conf"))
}

/// PgBouncer in front of a PostgreSQL server. Ends when dropped.
pub struct PgBouncer {
    // Dropped before its directory.
    _process: Process,
    _directory: TempDir,
    port: u16,
}

impl PgBouncer {
    /// Starts one with these lines in its configuration; `None` where PgBouncer is not installed.
    pub async fn start(server: &PostgresServer, settings: &[&str]) -> Option<PgBouncer> {
        let program = Path::new("/usr/sbin/pgbouncer");
        if !program.exists() {
            return None;
        }
        let (directory, port) = (unprivileged_directory(), free_port());
        let configuration = format!(
            "[databases]\npostgres = host=127.0.0.1 port={} dbname=postgres user=postgres\n[pgbouncer]\n\
             listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n{}\n",
            server.port,
            settings.join("\n")
        );
        give(&directory.path().join("pgbouncer.ini"), &configuration);
        let (program, before) = unprivileged(program);
        let mut command = Process::command(&program);
        command.args(before).arg("pgbouncer.ini").current_dir(directory.path());
        let process = Process::spawn(command, &directory.path().join("pooler.log"));
        wait_until("PgBouncer to answer", STARTS_WITHIN, async || postgres_answers(port).await.then_some(()))
            .await;
        Some(PgBouncer { _process: process, _directory: directory, port })
    }

    /// The address of the database behind it.
    pub fn url(&self) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/postgres", self.port)
    }
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
    options: &'static [&'static str],
}

impl RedisServer {
    /// Starts one; `None` where Redis is not installed.
    pub async fn start() -> Option<RedisServer> {
        Self::start_with(&[]).await
    }

    /// Starts one as the only node of a cluster.
    pub async fn start_cluster() -> Option<RedisServer> {
        Self::start_with(&["--cluster-enabled", "yes"]).await
    }

    async fn start_with(options: &'static [&'static str]) -> Option<RedisServer> {
        let found = Command::new("redis-server").arg("--version").output();
        if !found.is_ok_and(|output| output.status.success()) {
            return None;
        }
        let directory = tempfile::tempdir().expect("create a temporary directory");
        let port = free_port();
        let server =
            RedisServer { process: spawn_redis(directory.path(), port, options), directory, port, options };
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
        self.process = spawn_redis(self.directory.path(), self.port, self.options);
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

fn spawn_redis(directory: &Path, port: u16, options: &[&str]) -> Process {
    let mut command = Process::command(Path::new("redis-server"));
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
    command.args(options);
    command.current_dir(directory);
    Process::spawn(command, &directory.join("server.log"))
}
