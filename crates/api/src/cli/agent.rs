//! `agent`.

use mission_control_process::{Exit, Failure, runtime, settings};
use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_core::config::Settings;
use mission_control_core::id::AgentId;
use mission_control_core::models::Agent;
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents::{self, AgentPatch};
use mission_control_fleet::{Caller, Fleet};
use mission_control_shapes::AgentRead;
use mission_control_store::{Db, StoreError, agents as rows, gateways};

use super::output::{print, show, table};
use super::start::open_database;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List agents, with what is going on with each and why.
    List,
    /// Say that an agent is fine: `ready` until it is heard of again. Everything else follows from its heartbeats.
    SetStatus {
        /// The agent's id
        agent: AgentId,
        /// The status
        #[arg(value_parser = ["ready"])]
        status: String,
    },
    /// Pause an agent: it is not woken, its heartbeats are off, and what is said to it waits.
    Pause {
        /// The agent's id
        agent: AgentId,
    },
    /// Resume a paused agent; a worker wakes it.
    Resume {
        /// The agent's id
        agent: AgentId,
    },
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let settings = settings::told_settings(env_file)?;
    runtime()?.block_on(async {
        let db = open_database(&settings).await?;
        let agents = match &arguments.action {
            Action::List => db.read(rows::all).await?,
            Action::SetStatus { agent, status } => {
                let (fleet, caller) = owner(&settings, &db, *agent).await?;
                let patch = AgentPatch { status: Some(status.clone()), ..AgentPatch::default() };
                agents::update(&fleet, caller, *agent, Seen::WHATEVER, patch, false).await?;
                vec![found(&db, *agent).await?]
            }
            Action::Pause { agent } => {
                let (fleet, caller) = owner(&settings, &db, *agent).await?;
                vec![agents::pause(&fleet, caller, *agent).await?]
            }
            Action::Resume { agent } => {
                let (fleet, caller) = owner(&settings, &db, *agent).await?;
                agents::resume(&fleet, caller, *agent).await?;
                vec![found(&db, *agent).await?]
            }
        };
        let now = Timestamp::now();
        let shown: Vec<AgentRead> = agents.iter().map(|agent| AgentRead::of(agent, now)).collect();
        show(arguments.json, &shown, |agents| print_agents(agents))
    })
}

async fn found(db: &Db, id: AgentId) -> Result<Agent, Failure> {
    let agent: Option<Agent> = db.read(move |conn| rows::find(conn, id)).await?;
    agent.ok_or_else(|| Failure::usage(format!("no agent has the id {id}; `agent list` shows them")))
}

/// The use-cases, on behalf of the organization that the agent belongs to.
async fn owner(settings: &Settings, db: &Db, id: AgentId) -> Result<(Fleet, Caller), Failure> {
    let gateway = found(db, id).await?.gateway_id;
    let row = db.read(move |conn| gateways::find(conn, gateway)).await.map_err(|error: StoreError| error)?;
    let row = row.ok_or_else(|| Failure::new(Exit::Failed, "the agent's gateway is gone"))?;
    let mut settings = settings.clone();
    settings.database.auto_migrate = false;
    let fleet = Fleet::open(&settings).await?;
    Ok((fleet, Caller { organization: row.organization_id, user: None }))
}

fn print_agents(agents: &[AgentRead]) {
    let mut table = table(["agent", "name", "state", "status", "last seen (UTC)", "cause"]);
    for agent in agents {
        table.add_row([
            agent.id.to_string(),
            agent.name.clone(),
            agent.state.to_string(),
            agent.status.clone(),
            agent.last_seen_at.map_or_else(|| "-".to_owned(), |at| at.to_string()),
            agent.cause.clone().unwrap_or_default(),
        ]);
    }
    print(table);
}
