use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, ValueEnum};
use mission_control_core::config::{LocalSettings, Settings};
use mission_control_core::models::Program;
use mission_control_process::{Exit, Failure, logs, supervisor};
use mission_control_simulator::{
    AgentBehaviour, FaultScript, GatewayProfile, Simulator, SimulatorConfig, SimulatorError,
};
use mission_control_terminal::print;
use serde_json::json;

use super::reach::read_token;

pub(super) const MANUAL: &str = "\
Play a gateway that speaks the protocol without any model behind it. Its agents read address and token of Mission \
Control from the workspace files they are provisioned with, check in over HTTP and, on their heartbeats, take tasks, \
comment and ask for approvals.

Nothing is kept: a simulated gateway starts empty each time, and a template sync with rotate_tokens brings back the \
agents it had. It needs no database and runs until TERM or INT.";

pub(super) const EXAMPLES: &str = "\
A fault script names requests and what goes wrong with them; the first rule that fires decides:
  {\"rules\": [
    {\"on\": {\"method\": \"config.patch\", \"nth\": 1}, \"do\": \"restart_mid_call\"},
    {\"on\": {\"method\": \"chat.send\", \"every\": 3}, \"do\": \"lose_wake\"},
    {\"on\": {\"method\": \"*\", \"probability\": 0.01}, \"do\": {\"delay\": {\"ms\": 500}}}
  ]}
Selectors: nth, every, probability, agent. Faults: restart_mid_call, close_1012, drop_connection, lose_wake,
{\"rate_limit\": {\"retry_after_ms\": N}}, {\"delay\": {\"ms\": N}}, {\"fail_turn\": {\"message\": …}},
{\"error\": {\"code\": …, \"message\": …}}.

Examples:
  mission-control-gateway simulate --agents 10
  mission-control-gateway simulate --profile old --faults faults.json --port 18791";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Agents that are there from the start, besides `main`
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    agents: u32,
    /// Address to listen on
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Port to listen on; 0 for any free one
    #[arg(long, value_name = "P", default_value_t = 18790)]
    port: u16,
    #[arg(long, value_name = "NAME", default_value = "new", help = GatewayProfile::GENERATIONS)]
    profile: GatewayProfile,
    /// Speak this version of the protocol instead of the generation's own
    #[arg(long, value_name = "3|4", value_parser = clap::value_parser!(u64).range(3..=4))]
    protocol: Option<u64>,
    /// Fault script (JSON, see below)
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// What the agents do
    #[arg(long, value_enum, default_value_t = Behaviour::Works)]
    behaviour: Behaviour,
    /// Longest time between two working turns of an agent, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pace: u64,
    /// File with the token that clients must present [default: a fixed one, which is shown]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Behaviour {
    /// Answer in the chat, never over HTTP
    Silent,
    /// Check in
    CheckIn,
    /// Check in and work on the board
    Works,
}

fn not_started(error: SimulatorError) -> Failure {
    match error {
        SimulatorError::Listen { address, source } => Failure::new(
            Exit::Address,
            format!("cannot listen on {address}: {source}; choose another with --port"),
        ),
        other => Failure::new(Exit::Failed, other),
    }
}

pub(super) async fn run(arguments: Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    logs::init(settings, Program::Gateway);
    let simulator = Simulator::start(config(&arguments)?).await.map_err(not_started)?;
    let stopped = supervisor::stopped_by_signals()?;
    let profile = &arguments.profile;
    let protocol = arguments.protocol.unwrap_or(profile.protocol);
    print(format_args!("Simulated gateway {} (protocol {protocol}) at {}", profile.version, simulator.url()));
    print("Register it:");
    print(how_to_register(&simulator, settings));
    print("Stop with Ctrl-C.");
    stopped.cancelled().await;
    simulator.shutdown().await;
    Ok(ExitCode::SUCCESS)
}

fn config(arguments: &Arguments) -> Result<SimulatorConfig, Failure> {
    let mut config = SimulatorConfig {
        bind: SocketAddr::new(arguments.host, arguments.port),
        profile: arguments.profile.clone(),
        initial_agents: arguments.agents,
        agent_behaviour: match arguments.behaviour {
            Behaviour::Silent => AgentBehaviour::Silent,
            Behaviour::CheckIn => AgentBehaviour::CheckIn,
            Behaviour::Works => AgentBehaviour::Works { pace: Duration::from_secs(arguments.pace) },
        },
        ..SimulatorConfig::default()
    };
    if let Some(protocol) = arguments.protocol {
        config.profile.protocol = protocol;
    }
    if let Some(path) = &arguments.token_file {
        config.token = Some(read_token(path)?);
    }
    if let Some(path) = &arguments.faults {
        config.faults = read_faults(path)?;
    }
    Ok(config)
}

fn read_faults(path: &Path) -> Result<FaultScript, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, error))?;
    serde_json::from_str(&text).map_err(|error| Failure::unreadable(path, error))
}

/// A command to copy. Only a token made for this simulation is in it.
fn how_to_register(simulator: &Simulator, settings: &Settings) -> String {
    let gateway = json!({
        "name": "Simulated", "url": simulator.url(), "token": simulator.token(), "workspace_root": "~/.openclaw",
    });
    let access_token = match &settings.auth.local {
        Some(LocalSettings { token: None }) => {
            format!("$(cat {})", settings.data_dir.join("local-auth-token").display())
        }
        Some(_) => "$LOCAL_AUTH_TOKEN".to_owned(),
        None => "$TOKEN".to_owned(),
    };
    format!(
        "  curl -X POST {}/api/v1/gateways -H \"Authorization: Bearer {access_token}\" \\\n    \
         -H 'Content-Type: application/json' -d '{}'",
        settings.http.base_url,
        gateway.to_string().replace('\'', r"'\''"),
    )
}
