//! Each fault is made, and the doctor names it; a system in order has no finding.

mod command;
mod fleet;
mod installation;
mod running;
mod upkeep;

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Duration;

use mission_control_core::config::Settings;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{
    Agent, AgentStatus, Board, ConnectionState, DriftPolicy, Gateway, GatewayObservation, OrgRole,
    Organization, OrganizationMember, User,
};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_fleet::Fleet;
use mission_control_fleet::doctor::examine;
use mission_control_simulator::{GatewayProfile, Simulator, SimulatorConfig};
use mission_control_store::{
    Db, DbOptions, StoreError, Tx, agents, boards, gateways, leases, members, organizations, users,
};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use tempfile::TempDir;

use crate::events::SECRETS_KEY;
use crate::server::TOKEN;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// An installation with everything in order but a server that runs: its worker and its link have just said that they are
/// alive.
struct Ward {
    database: ScratchDatabase,
    data: TempDir,
    port: String,
    db: Db,
    organization: OrganizationId,
    gateway: Gateway,
    agent: Agent,
}

impl Ward {
    async fn new() -> Self {
        Self::on(ScratchDatabase::migrated(Backend::Sqlite)).await
    }

    async fn on(database: ScratchDatabase) -> Self {
        let data = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let settings = settings(database.url(), &data, &port, &[]);
        // The identity is made and sealed.
        Fleet::open(&settings).await.unwrap().shutdown();
        let (wakeups, _) = tokio::sync::mpsc::unbounded_channel();
        let db = Db::open(DbOptions::from(&settings.database), wakeups).await.unwrap();
        let organization = Organization::new("Home");
        let mut gateway = Gateway::new(organization.id, "Attic", "ws://127.0.0.1:1", "~");
        gateway.drift_policy = DriftPolicy::Report;
        let mut agent = Agent::new(gateway.id, "Ada");
        (agent.status, agent.last_seen_at) = (AgentStatus::Online, Some(Timestamp::now()));
        agent.token_digest = Some(agent_token::digest("right"));
        let ward = Self { database, data, port, db, organization: organization.id, gateway, agent };
        ward.write(move |tx| {
            organizations::insert(tx, &organization)?;
            let user = User {
                name: Some("Ada".into()),
                timezone: Some("UTC".into()),
                ..User::new("local-auth-user")
            };
            users::get_or_insert(tx, &user)?;
            members::insert(tx, &OrganizationMember::new(organization.id, user.id, OrgRole::Owner))?;
            leases::acquire(tx, "worker:test", "test", PATIENCE * 10)?;
            leases::acquire(tx, leases::LINK, "test", PATIENCE * 10).map(drop)
        })
        .await;
        ward
    }

    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.db.write(change).await.unwrap()
    }

    /// Puts the gateway there, at this address, with its agent.
    async fn with_gateway(&self, url: String, state: ConnectionState) {
        let mut board = Board::new(self.organization, "Research", "research");
        let mut gateway = self.gateway.clone();
        gateway.url = url;
        board.gateway_id = Some(gateway.id);
        let agent = Agent { board_id: Some(board.id), ..self.agent.clone() };
        self.write(move |tx| {
            gateways::insert(tx, &gateway)?;
            boards::insert(tx, &board)?;
            agents::insert(tx, &agent)?;
            let seen = GatewayObservation { connection_state: Some(state), ..GatewayObservation::default() };
            gateways::observe(tx, gateway.id, &seen).map(drop)
        })
        .await;
    }

    fn settings(&self, variables: &[(&str, &str)]) -> Settings {
        settings(self.database.url(), &self.data, &self.port, variables)
    }

    /// What is found beside the server that does not run.
    async fn codes(&self, variables: &[(&str, &str)]) -> BTreeSet<&'static str> {
        let mut codes = codes(&self.settings(variables)).await;
        codes.remove("server_down");
        codes
    }
}

fn settings(database: &str, data: &TempDir, port: &str, variables: &[(&str, &str)]) -> Settings {
    let own = [
        ("MISSION_CONTROL_DATA_DIR", data.path().to_str().unwrap()),
        ("DATABASE_URL", database),
        ("SECRETS_KEY", SECRETS_KEY),
        ("LOCAL_AUTH_TOKEN", TOKEN),
        ("PORT", port),
    ];
    Settings::from_env(own.iter().chain(variables).copied().filter(|(_, value)| !value.is_empty())).unwrap()
}

async fn codes(settings: &Settings) -> BTreeSet<&'static str> {
    examine(settings).await.findings.iter().map(|finding| finding.code.as_str()).collect()
}

async fn simulator(config: SimulatorConfig) -> Simulator {
    let profile = GatewayProfile { restart_delay: Duration::from_millis(300), ..config.profile };
    Simulator::start(SimulatorConfig { profile, ..config }).await.unwrap()
}

fn expected(codes: &[&'static str]) -> BTreeSet<&'static str> {
    codes.iter().copied().collect()
}
