//! The demo: a simulated gateway in this process, with a small fleet on it.
//!
//! What it makes is kept in the database and found again by name at the next start. The simulated gateway keeps nothing,
//! so its agents are brought back each time.

mod commands;
mod work;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::models::{Board, Gateway};
use mission_control_core::reason::Reason;
use mission_control_fleet::agents::{self, CreatedBy, NewAgent};
use mission_control_fleet::boards::{self, LeadOptions};
use mission_control_fleet::gateways::{self, GatewayPatch, NewGateway};
use mission_control_fleet::sync::SyncOptions;
use mission_control_fleet::tasks::TaskError;
use mission_control_fleet::{Caller, Fleet, FleetError, local_user};
use mission_control_simulator::{AgentBehaviour, Simulator, SimulatorConfig, SimulatorError};
use mission_control_store::{Page, StoreError};
use secrecy::SecretString;
use tokio::task::JoinHandle;

const GATEWAY: &str = "Demo gateway";
const BOARD: &str = "Demo board";
const WORKERS: [&str; 2] = ["Builder", "Reviewer"];
/// Longest time between two turns of an agent.
const PACE: Duration = Duration::from_secs(10);
/// Pause before what did not work is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// A gateway that is played, and what sees to it that the fleet is on it.
pub(crate) struct Demo {
    simulator: Arc<Simulator>,
    seeding: JoinHandle<()>,
}

/// Where the gateway is.
struct Stage {
    simulator: Arc<Simulator>,
    url: String,
    token: Option<SecretString>,
}

impl Demo {
    /// Plays the gateway from now on.
    pub(crate) async fn start(fleet: &Fleet) -> Result<Self, SimulatorError> {
        let simulator = Arc::new(listen(fleet).await?);
        let (url, token) = (simulator.url(), simulator.token().map(SecretString::from));
        let stage = Stage { simulator: Arc::clone(&simulator), url, token };
        let seeding = tokio::spawn(keep_trying(fleet.clone(), stage));
        Ok(Self { simulator, seeding })
    }

    pub(crate) async fn stop(self) {
        self.seeding.abort();
        self.simulator.shutdown().await;
    }
}

/// Listens where it did the last time, so that its registration stays right; elsewhere when that place is taken.
async fn listen(fleet: &Fleet) -> Result<Simulator, SimulatorError> {
    let known = match local_user::caller(fleet).await {
        Ok(caller) => registered(fleet, caller).await.unwrap_or_default(),
        Err(_) => None,
    };
    let address = known.and_then(|gateway| gateway.url.strip_prefix("ws://")?.parse::<SocketAddr>().ok());
    let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let config = |bind| SimulatorConfig {
        bind,
        agent_behaviour: AgentBehaviour::Works { pace: PACE },
        ..SimulatorConfig::default()
    };
    match Simulator::start(config(address.filter(|address| address.ip().is_loopback()).unwrap_or(free))).await
    {
        Err(SimulatorError::Listen { .. }) => Simulator::start(config(free)).await,
        started => started,
    }
}

async fn keep_trying(fleet: Fleet, stage: Stage) {
    while let Err(error) = seed(&fleet, &stage).await {
        let why = Reason::new(error.to_string(), error.next_step());
        tracing::warn!(error = %why, "the demo's fleet is not complete, trying again");
        tokio::time::sleep(RETRY).await;
    }
    tracing::info!(endpoint = stage.url, "the demo's fleet is ready");
}

/// Everything the demo has, made where it is missing.
async fn seed(fleet: &Fleet, stage: &Stage) -> Result<(), FleetError> {
    let caller = local_user::caller(fleet).await?;
    let gateway = gateway(fleet, caller, stage).await?;
    let board = board(fleet, caller, gateway).await?;
    boards::ensure_lead(fleet, caller, board.id, LeadOptions::default()).await?;
    let id = board.id;
    let present: Result<Vec<_>, StoreError> =
        fleet.db().read(move |conn| mission_control_store::agents::of_board(conn, id)).await;
    let present = present?;
    for name in WORKERS {
        if present.iter().any(|agent| agent.name == name) {
            continue;
        }
        let new = NewAgent { board_id: Some(board.id), name: name.to_owned(), ..NewAgent::default() };
        agents::create(fleet, caller, new, CreatedBy::User).await?;
    }
    work::seed(fleet, caller, board.id).await.map_err(|error| match error {
        TaskError::Store(error) => error.into(),
        refusal => FleetError::invalid(refusal.to_string()),
    })?;
    commands::seed(fleet, caller, board.id, &stage.simulator).await
}

/// The gateway, with the agents it had.
async fn gateway(fleet: &Fleet, caller: Caller, stage: &Stage) -> Result<GatewayId, FleetError> {
    let (url, token) = (stage.url.clone(), stage.token.clone());
    let Some(known) = registered(fleet, caller).await? else {
        let new = NewGateway {
            name: GATEWAY.to_owned(),
            url,
            token,
            workspace_root: "~/.openclaw".to_owned(),
            allow_insecure_tls: false,
            disable_device_pairing: false,
        };
        return Ok(gateways::create(fleet, caller, new).await?.into_value().id);
    };
    let patch = GatewayPatch { url: Some(url), token, ..GatewayPatch::default() };
    // Brings the main agent back, too.
    gateways::update(fleet, caller, known.id, patch).await?;
    // It starts empty: without a new token nothing could be written for agents that it does not have.
    let the_rest = SyncOptions { rotate_tokens: true, include_main: false, ..SyncOptions::default() };
    let synced = gateways::sync_templates(fleet, caller, known.id, the_rest).await?.into_value();
    for error in synced.errors {
        tracing::warn!(
            agent_id = error.agent_id.map(tracing::field::display),
            error = error.message,
            "agent of the demo not brought back"
        );
    }
    Ok(known.id)
}

async fn board(fleet: &Fleet, caller: Caller, gateway: GatewayId) -> Result<Board, FleetError> {
    let boards: Result<Vec<Board>, StoreError> =
        fleet.db().read(move |conn| mission_control_store::boards::of_gateway(conn, gateway)).await;
    if let Some(board) = boards?.into_iter().find(|board| board.name == BOARD) {
        return Ok(board);
    }
    let board = Board {
        gateway_id: Some(gateway),
        board_type: "general".to_owned(),
        description: "A board to try things on. Its agents are simulated.".to_owned(),
        max_agents: 2,
        ..Board::new(caller.organization, BOARD, "demo-board")
    };
    boards::create(fleet, caller, board).await
}

async fn registered(fleet: &Fleet, caller: Caller) -> Result<Option<Gateway>, StoreError> {
    let organization = caller.organization;
    let all = fleet
        .db()
        .read(move |conn| mission_control_store::gateways::list(conn, organization, Page::ALL))
        .await?;
    Ok(all.items.into_iter().find(|gateway| gateway.name == GATEWAY))
}
