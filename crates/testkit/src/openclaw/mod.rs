//! A real OpenClaw gateway with a stub model, for tests that must not trust a simulation.
//!
//! [`OpenClaw::start`] installs the wanted release from npm into a cache shared by all tests and runs it on
//! loopback with a state directory of its own. Agent turns go to a [`StubModel`], which answers wake-ups with
//! a shell command that checks in, so agents come online the way real ones do.
//!
//! Without npm or its registry `start` returns a [`Skip`] instead, which the test reports:
//!
//! ```no_run
//! # use mission_control_testkit::openclaw::{OpenClaw, Options, Version};
//! # async fn test() {
//! let gateway = match OpenClaw::start(Version::V2026_9_6, Options::default()).await {
//!     Ok(gateway) => gateway,
//!     Err(skip) => return skip.report(),
//! };
//! # }
//! ```
//!
//! | variable | meaning |
//! |---|---|
//! | `OPENCLAW_CACHE` | directory of installed releases; default `openclaw-cache` in cargo's target directory |
//! | `OPENCLAW_REQUIRED` | when set, a test that would be skipped fails |

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test kit reports failures by panicking, and JSON is indexed by key"
)]

mod config;
mod forwarding_proxy;
mod install;
mod options;
mod skip;
mod stub_model;
mod version;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

use crate::process::{Process, free_port};
use install::Installation;

pub use forwarding_proxy::ForwardingProxy;
pub use options::Options;
pub use skip::Skip;
pub use stub_model::{Answer, Rule, StubModel, Turn};
pub use version::Version;

/// From process start to readiness; the newest release needs 25 s on a small idle machine.
const START_DEADLINE: Duration = Duration::from_secs(240);

/// A running gateway; dropping it ends its processes and removes its state.
#[derive(Debug)]
pub struct OpenClaw {
    // Dropped first: the process uses everything below.
    process: Process,
    model: StubModel,
    directory: TempDir,
    installation: Installation,
    options: Options,
    token: String,
}

impl OpenClaw {
    /// Installs (once per machine) and starts a gateway, and waits until it is ready.
    ///
    /// # Errors
    /// [`Skip`] when the release cannot be installed here.
    ///
    /// # Panics
    /// When an installed gateway does not become ready: the message carries the end of its log.
    pub async fn start(version: Version, mut options: Options) -> Result<OpenClaw, Skip> {
        let installation = tokio::task::spawn_blocking(move || Installation::ensure(version))
            .await
            .expect("the installation does not panic")?;
        if options.port == 0 {
            options.port = free_port();
        }
        let model = StubModel::start();
        let directory = TempDir::with_prefix("openclaw-").expect("create a state directory");
        let token = Uuid::new_v4().simple().to_string();
        let state = state_dir(&directory);
        for created in [&state, &home_dir(&directory), &temporary_dir(&directory)] {
            fs::create_dir(created).expect("create a state directory");
        }
        // Where Node.js keeps what it has compiled: a fifth of the work of a start is the same each time.
        symlink(installation.compiled(), temporary_dir(&directory).join("node-compile-cache"))
            .expect("share what is compiled");
        let config = config::initial(version, options, &token, &state, &model.base_url());
        let text =
            if options.lived_in { config::lived_in(config, version, &state) } else { config.to_string() };
        fs::write(state.join(config::FILE), text).expect("write the gateway's configuration");

        let process = spawn(&installation, &directory, options.port);
        let mut gateway = OpenClaw { process, model, directory, installation, options, token };
        gateway.wait_until_ready().await;
        Ok(gateway)
    }

    /// The WebSocket address, `ws://` or `wss://`.
    pub fn url(&self) -> String {
        let scheme = if self.options.tls { "wss" } else { "ws" };
        format!("{scheme}://127.0.0.1:{}", self.options.port)
    }

    /// The port the gateway listens on.
    pub fn port(&self) -> u16 {
        self.options.port
    }

    /// The shared token that clients present.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The directory of the gateway's configuration and sessions; also a good workspace root.
    pub fn state_dir(&self) -> PathBuf {
        state_dir(&self.directory)
    }

    /// The model that answers the agents' turns.
    pub fn model(&self) -> &StubModel {
        &self.model
    }

    /// The end of the gateway's log, for failure messages.
    pub fn log_tail(&self) -> String {
        self.process.tail(40)
    }

    /// Everything the gateway has logged since it was started last: a line `⇄ res ✓ <method>` (or `✗`) for each request
    /// that it answered, among others.
    pub fn log(&self) -> String {
        fs::read_to_string(log_file(&self.directory)).expect("read the gateway's log")
    }

    /// Stops the process and starts it again on the same port and state, and waits until it is ready.
    pub async fn restart(&mut self) {
        self.stop();
        self.start_again().await;
    }

    /// Stops the process.
    pub fn stop(&mut self) {
        self.process.stop();
    }

    /// Starts a stopped process on the same port and state, and waits until it is ready.
    pub async fn start_again(&mut self) {
        self.process = spawn(&self.installation, &self.directory, self.options.port);
        self.wait_until_ready().await;
    }

    /// The text of the configuration file.
    pub fn config_text(&self) -> String {
        fs::read_to_string(self.state_dir().join(config::FILE)).expect("read the gateway's configuration")
    }

    /// Changes the configuration file as an operator with an editor would; the gateway reloads it by itself.
    pub fn edit_config(&self, change: impl FnOnce(&mut Value)) {
        let path = self.state_dir().join(config::FILE);
        let text = fs::read_to_string(&path).expect("read the gateway's configuration");
        let mut config = serde_json::from_str(&text).expect("the gateway's configuration is JSON");
        change(&mut config);
        fs::write(&path, config.to_string()).expect("write the gateway's configuration");
    }

    async fn wait_until_ready(&mut self) {
        let scheme = if self.options.tls { "https" } else { "http" };
        let address = format!("{scheme}://127.0.0.1:{}/readyz", self.options.port);
        let client = probe_client();
        let deadline = Instant::now() + START_DEADLINE;
        // Answers 503 while parts of the gateway still start; old releases do not know the path.
        let starting = |status: StatusCode| status == StatusCode::SERVICE_UNAVAILABLE;
        while !client.get(&address).send().await.is_ok_and(|answer| !starting(answer.status())) {
            if let Some(status) = self.process.exited() {
                panic!("the gateway ended with {status}:\n{}", self.log_tail());
            }
            assert!(Instant::now() < deadline, "the gateway is not ready:\n{}", self.log_tail());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Drop for OpenClaw {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- turns of the model: {:#?}", self.model.turns());
        }
    }
}

fn spawn(installation: &Installation, directory: &TempDir, port: u16) -> Process {
    let state = state_dir(directory);
    let mut command = Process::command(&installation.node());
    command
        .arg(installation.entry_point())
        // Without it the log leaves out requests that were answered quickly.
        .args(["gateway", "--verbose", "--port", &port.to_string()])
        .current_dir(directory.path())
        .env("PATH", installation.search_path())
        .env("HOME", home_dir(directory))
        .env("TMPDIR", temporary_dir(directory))
        .env("OPENCLAW_CONFIG_PATH", state.join(config::FILE))
        .env("OPENCLAW_STATE_DIR", state)
        .env(config::VARIABLE, "unused")
        .env("OPENCLAW_SKIP_CHANNELS", "1")
        .env("OPENCLAW_DISABLE_BONJOUR", "1")
        // Restart inside the process: one that respawns would leave the supervised group.
        .env("OPENCLAW_NO_RESPAWN", "1")
        .env("NO_PROXY", "127.0.0.1,localhost")
        .env("NO_COLOR", "1");
    Process::spawn(command, &log_file(directory))
}

fn log_file(directory: &TempDir) -> PathBuf {
    directory.path().join("gateway.log")
}

fn state_dir(directory: &TempDir) -> PathBuf {
    directory.path().join("state")
}

fn home_dir(directory: &TempDir) -> PathBuf {
    directory.path().join("home")
}

fn temporary_dir(directory: &TempDir) -> PathBuf {
    directory.path().join("tmp")
}

/// A client that takes the gateway's own certificate and gives up soon.
fn probe_client() -> reqwest::Client {
    // Fails when the test has installed a provider already.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .timeout(Duration::from_secs(2))
        .no_proxy()
        .build()
        .expect("build an HTTP client")
}
