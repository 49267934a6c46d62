//! `agents`.

use clap::{Args, Subcommand};
use mission_control_terminal::{Colour, coloured, print};
use reqwest::Method;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::find;
use crate::json::at;
use crate::session::Session;
use crate::show::{print_fields, show, show_rows};
use crate::text::{field, minute};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List agents: how each is, and since when.
    List {
        /// Of this board: its slug, name or id
        #[arg(long)]
        board: Option<String>,
        /// Of this gateway: its name or id
        #[arg(long)]
        gateway: Option<String>,
    },
    /// Show an agent: what is wrong, and what to do.
    Show(Named),
    /// Pause an agent: it is not woken, and what it sends is not carried out.
    Pause(Named),
    /// Let a paused agent go on.
    Resume(Named),
    /// Wake an agent now.
    Wake(Named),
}

#[derive(Debug, Args)]
struct Named {
    /// Its name or id
    agent: String,
}

pub(crate) async fn run(session: &Session, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.action {
        Action::List { board, gateway } => list(session, board.as_deref(), gateway.as_deref()).await,
        Action::Show(named) => show_agent(session, named).await,
        Action::Pause(named) => order(session, named, "pause").await,
        Action::Resume(named) => order(session, named, "resume").await,
        Action::Wake(named) => order(session, named, "wake").await,
    }
}

fn coloured_state(agent: &Value) -> String {
    let state = field(agent, "/state");
    match state.as_str() {
        "online" | "ready" => coloured(state, Colour::Green),
        "failed" | "offline" => coloured(state, Colour::Red),
        _ => coloured(state, Colour::Yellow),
    }
}

async fn list(
    Session { client, json }: &Session,
    board: Option<&str>,
    gateway: Option<&str>,
) -> Result<(), Failure> {
    let mut query = Vec::new();
    if let Some(board) = board {
        query.push(("board_id", find::board_id(client, board).await?));
    }
    if let Some(gateway) = gateway {
        query.push(("gateway_id", find::gateway_id(client, gateway).await?));
    }
    let agents = client.all("/api/v1/agents", &query).await?;
    show_rows(*json, &agents, "No such agent.", ["name", "state", "role", "last seen", "cause"], |agent| {
        let role = match (at(agent, "is_gateway_main") == true, at(agent, "is_board_lead") == true) {
            (true, _) => "main",
            (_, true) => "lead",
            _ => "",
        };
        [
            field(agent, "/name"),
            coloured_state(agent),
            role.to_owned(),
            minute(agent, "/last_seen_at"),
            field(agent, "/cause"),
        ]
    })
}

async fn show_agent(Session { client, json }: &Session, named: &Named) -> Result<(), Failure> {
    show(*json, &find::agent(client, &named.agent).await?, |agent| {
        print_fields(
            agent,
            &[
                ("agent", "/name"),
                ("state", "/state"),
                ("since", "/since"),
                ("last seen", "/last_seen_at"),
                ("heartbeat every", "/heartbeat_every"),
                ("paused since", "/paused_at"),
                ("cause", "/cause"),
                ("remedy", "/remedy"),
                ("id", "/id"),
            ],
            &[("Identity", "/identity_profile")],
        );
    })
}

async fn order(Session { client, json }: &Session, named: &Named, verb: &str) -> Result<(), Failure> {
    let id = find::agent_id(client, &named.agent).await?;
    let answer = client.write(Method::POST, &format!("/api/v1/agents/{id}/{verb}"), &json!({})).await?;
    show(*json, &answer.body, |agent| {
        print(format_args!("{} is {}", field(agent, "/name"), coloured_state(agent)));
    })
}
