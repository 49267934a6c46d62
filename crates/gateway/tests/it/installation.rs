//! An installation of one test: a database, a data directory, registered gateways.

use std::time::Duration;

use mission_control_core::config::Settings;
use mission_control_core::id::{AgentId, GatewayId};
use mission_control_core::models::{
    Agent, AgentChanges, Board, ConnectionState, Gateway, GatewayChanges, LogEntry, Organization,
};
use mission_control_fleet::Fleet;
use mission_control_gateway::{Link, Options};
use mission_control_simulator::{Simulator, SimulatorConfig};
use mission_control_store::{
    Conn, StoreError, Tx, agents, boards, erase, event_log, gateways, organizations,
};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::wait::wait_until;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Installation {
    pub(crate) fleet: Fleet,
    pub(crate) database: ScratchDatabase,
    pub(crate) data_dir: TempDir,
    organization: Organization,
}

impl Installation {
    pub(crate) async fn new(backend: Backend) -> Self {
        let database = ScratchDatabase::migrated(backend);
        let data_dir = tempfile::tempdir().unwrap();
        let fleet = open(&database, &data_dir).await;
        let organization = Organization::new("Personal");
        let row = organization.clone();
        write(&fleet, move |tx| organizations::insert(tx, &row)).await;
        Self { fleet, database, data_dir, organization }
    }

    /// Another process of the same installation.
    pub(crate) async fn second_process(&self) -> Fleet {
        open(&self.database, &self.data_dir).await
    }

    pub(crate) async fn register(&self, name: &str, url: &str, token: Option<&str>) -> GatewayId {
        let mut row = Gateway::new(self.organization.id, name, url, "~/.openclaw");
        row.token = token.map(|token| self.fleet.vault().seal("gateways.token", row.id, token));
        let id = row.id;
        write(&self.fleet, move |tx| gateways::insert(tx, &row)).await;
        id
    }

    pub(crate) async fn set_token(&self, id: GatewayId, token: &str) {
        let token = self.fleet.vault().seal("gateways.token", id, token);
        let changes = GatewayChanges { token: Some(Some(token)), ..GatewayChanges::default() };
        write(&self.fleet, move |tx| gateways::update(tx, id, &changes)).await;
    }

    /// An agent of the gateway, not heard of yet.
    pub(crate) async fn add_agent(&self, gateway: GatewayId) -> AgentId {
        let agent = Agent::new(gateway, "Ada");
        let id = agent.id;
        let board = Board::new(self.organization.id, "Research", "research");
        let agent = Agent { board_id: Some(board.id), ..agent };
        write(&self.fleet, move |tx| {
            boards::insert(tx, &board)?;
            agents::insert(tx, &agent)
        })
        .await;
        id
    }

    /// The agent has a session on its gateway.
    pub(crate) async fn give_session(&self, id: AgentId) {
        let session = Some(Some("session".to_owned()));
        let changes = AgentChanges { openclaw_session_id: session, ..AgentChanges::default() };
        write(&self.fleet, move |tx| agents::update(tx, id, &changes)).await;
    }

    pub(crate) async fn agent(&self, id: AgentId) -> Agent {
        read(&self.fleet, move |conn| agents::find(conn, id)).await.expect("the agent was added")
    }

    pub(crate) async fn delete(&self, id: GatewayId) {
        write(&self.fleet, move |tx| erase::gateway(tx, id)).await;
    }

    pub(crate) async fn row(&self, id: GatewayId) -> Gateway {
        read(&self.fleet, move |conn| gateways::find(conn, id)).await.expect("the gateway is registered")
    }

    /// The gateway, once the link has seen it so.
    pub(crate) async fn row_when(&self, id: GatewayId, state: ConnectionState) -> Gateway {
        wait_until(&format!("the gateway to be {state}"), PATIENCE, async || {
            Some(self.row(id).await).filter(|row| row.connection_state == state)
        })
        .await
    }

    /// The events of a kind, oldest first.
    pub(crate) async fn events(&self, kind: &str) -> Vec<LogEntry> {
        let events: Vec<LogEntry> = read(&self.fleet, |conn| event_log::after(conn, 0, 1000)).await;
        events.into_iter().filter(|event| event.kind.as_str() == kind).collect()
    }

    /// The states that streams were told of, oldest first.
    pub(crate) async fn told(&self) -> Vec<String> {
        let of_link = self.events("gateway.connection").await;
        of_link
            .into_iter()
            .map(|event| event.payload["gateway"]["connection_state"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn open(database: &ScratchDatabase, data_dir: &TempDir) -> Fleet {
    let settings = Settings::from_env([
        ("MISSION_CONTROL_DATA_DIR", data_dir.path().to_str().unwrap()),
        ("DATABASE_URL", database.url()),
        ("DB_AUTO_MIGRATE", "true"),
    ]);
    Fleet::open(&settings.unwrap()).await.unwrap()
}

async fn read<T: Send + 'static>(
    fleet: &Fleet,
    work: impl FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
) -> T {
    fleet.db().read(work).await.unwrap()
}

async fn write<T: Send + 'static>(
    fleet: &Fleet,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    fleet.db().write(work).await.unwrap()
}

pub(crate) async fn simulator() -> Simulator {
    start(SimulatorConfig::default()).await
}

pub(crate) async fn start(config: SimulatorConfig) -> Simulator {
    Simulator::start(config).await.unwrap()
}

/// A link that is quick to notice.
pub(crate) fn quick() -> Options {
    Options {
        lease: Duration::from_millis(1500),
        look_every: Duration::from_millis(100),
        look_pause: Duration::from_millis(10),
        confirm_every: Duration::from_millis(200),
    }
}

/// A link at work; dropped, it dies without a word.
pub(crate) struct Running {
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    pub(crate) fn start(fleet: &Fleet, options: Options) -> Self {
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(Link::new(fleet.clone(), options).run(shutdown.clone()));
        Self { shutdown, task }
    }

    pub(crate) async fn stop(mut self) {
        self.shutdown.cancel();
        tokio::time::timeout(PATIENCE, &mut self.task)
            .await
            .expect("the link stops")
            .expect("it does not panic");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}
