//! A running server for one test.

use std::net::TcpListener;

use mission_control_core::config::Settings;
use mission_control_fleet::Fleet;
use mission_control_process::Failure;
use mission_control_store::{Db, DbOptions};
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::events::SECRETS_KEY;

pub(crate) const TOKEN: &str = "a-local-token-for-tests-that-is-longer-than-fifty-characters";

/// Stops with the test.
pub(crate) struct Server {
    pub(crate) base_url: String,
    pub(crate) database: ScratchDatabase,
    pub(crate) shutdown: CancellationToken,
    pub(crate) running: JoinHandle<Result<(), Failure>>,
    data_dir: TempDir,
    _redis: Option<ScratchRedis>,
}

impl Server {
    pub(crate) async fn start(backend: Backend) -> Self {
        Self::start_with(backend, &[]).await
    }

    /// With these variables beside those of every test.
    pub(crate) async fn start_with(backend: Backend, variables: &[(&str, &str)]) -> Self {
        let database = ScratchDatabase::migrated(backend);
        let url = database.url().to_owned();
        Self::start_on(database, &url, variables).await
    }

    /// With nobody who runs jobs: with a Redis they wait for a worker, and there is none.
    pub(crate) async fn without_worker(backend: Backend) -> Self {
        Self::without_worker_with(backend, &[]).await
    }

    /// The same with these variables.
    pub(crate) async fn without_worker_with(backend: Backend, more: &[(&str, &str)]) -> Self {
        let redis = tokio::task::spawn_blocking(ScratchRedis::new).await.unwrap();
        let variables = [
            ("RQ_REDIS_URL", redis.url()),
            ("RQ_QUEUE_NAME", redis.name()),
            ("SECRETS_KEY", SECRETS_KEY),
            ("PROVISION_WAIT_SECONDS", "0"),
            ("AUTH_MODE", "local,accounts"),
            ("SOULS_DIRECTORY_URL", "http://127.0.0.1:1"),
        ];
        let mut server = Self::start_with(backend, &[&variables[..], more].concat()).await;
        server._redis = Some(redis);
        server
    }

    /// On `database`, reached by `url`.
    pub(crate) async fn start_on(database: ScratchDatabase, url: &str, variables: &[(&str, &str)]) -> Self {
        let place = Place::new(url, variables);
        let shutdown = CancellationToken::new();
        let running =
            tokio::spawn(mission_control_api::run(place.settings, place.listener, shutdown.clone()));
        Self { base_url: place.base_url, database, shutdown, running, data_dir: place.data_dir, _redis: None }
    }

    /// With its own view of its database, which counts the statements of the server.
    pub(crate) async fn start_counting(backend: Backend, variables: &[(&str, &str)]) -> (Self, Db) {
        let database = ScratchDatabase::migrated(backend);
        let place = Place::new(database.url(), variables);
        let fleet = Fleet::open(&place.settings).await.unwrap();
        let (db, shutdown) = (fleet.db().clone(), CancellationToken::new());
        let running = tokio::spawn(mission_control_api::run_on(fleet, place.listener, shutdown.clone()));
        let server = Self {
            base_url: place.base_url,
            database,
            shutdown,
            running,
            data_dir: place.data_dir,
            _redis: None,
        };
        (server, db)
    }

    /// What the server keeps on disk.
    pub(crate) fn data_dir(&self) -> &std::path::Path {
        self.data_dir.path()
    }

    /// Somebody without a credential.
    pub(crate) fn stranger(&self) -> TestClient {
        TestClient::stranger(&self.base_url)
    }

    /// The local user.
    pub(crate) fn user(&self) -> TestClient {
        self.stranger().user(TOKEN)
    }

    /// The server's database, from beside it.
    pub(crate) async fn db(&self) -> Db {
        let (wakeups, _) = mpsc::unbounded_channel();
        Db::open(DbOptions::parse(self.database.url()).unwrap(), wakeups).await.unwrap()
    }
}

/// Where a server will be.
struct Place {
    settings: Settings,
    listener: TcpListener,
    base_url: String,
    data_dir: TempDir,
}

impl Place {
    fn new(database_url: &str, variables: &[(&str, &str)]) -> Self {
        let data_dir = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let mut settings = vec![
            ("MISSION_CONTROL_DATA_DIR", data_dir.path().to_str().unwrap()),
            ("DATABASE_URL", database_url),
            ("DB_AUTO_MIGRATE", "true"),
            ("LOCAL_AUTH_TOKEN", TOKEN),
            ("BASE_URL", &base_url),
            // Each thread compiles the routes for itself, which is much of what a test costs.
            ("API_WORKERS", "1"),
        ];
        settings.extend_from_slice(variables);
        let settings = Settings::from_env(settings).unwrap();
        Self { settings, listener, base_url, data_dir }
    }
}

/// For requests that the test client would not send: it follows no redirect and adds no content type.
pub(crate) fn plain_client() -> reqwest::Client {
    mission_control_process::tls::install_provider();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
        self.running.abort();
    }
}
