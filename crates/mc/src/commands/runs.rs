//! `runs`: turns of agents.

use clap::{Args, Subcommand};
use mission_control_terminal::print;
use reqwest::Method;
use serde_json::json;

use crate::client::Client;
use crate::failure::Failure;
use crate::find::{self, RUN, escaped};
use crate::json::list_at;
use crate::session::Session;
use crate::show::{print_fields, show, show_rows};
use crate::text::{field, minute, short};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List turns, the newest first.
    List(List),
    /// Show a turn and its steps.
    Show {
        /// Its id, or the beginning of it
        run: String,
    },
    /// Stop a turn that goes on.
    Abort {
        /// Its id, or the beginning of it
        run: String,
    },
}

#[derive(Debug, Args)]
struct List {
    /// Of this agent: its name or id
    #[arg(long)]
    agent: Option<String>,
    /// On this board: its slug, name or id
    #[arg(long)]
    board: Option<String>,
    /// For this task: its key or id
    #[arg(long)]
    task: Option<String>,
    /// In this state, such as running
    #[arg(long)]
    state: Option<String>,
    /// How many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=200))]
    limit: u16,
}

pub(crate) async fn run(session: &Session, arguments: &Arguments) -> Result<(), Failure> {
    let Session { client, json } = session;
    match &arguments.action {
        Action::List(wanted) => list(session, wanted).await,
        Action::Show { run } => {
            let run = client.get(&format!("/api/v1/runs/{}", run_id(client, run).await?), &[]).await?;
            show(*json, &run, |run| {
                print_fields(
                    run,
                    &[
                        ("run", "/id"),
                        ("state", "/state"),
                        ("trigger", "/trigger"),
                        ("model", "/model"),
                        ("began", "/started_at"),
                        ("ended", "/ended_at"),
                        ("calls", "/calls"),
                        ("tools", "/tool_calls"),
                        ("tokens in", "/input_tokens"),
                        ("tokens out", "/output_tokens"),
                        ("reason", "/reason"),
                        ("error", "/error"),
                    ],
                    &[("Steps", "/steps")],
                );
            })
        }
        Action::Abort { run } => {
            let path = format!("/api/v1/runs/{}/abort", run_id(client, run).await?);
            let aborted = client.write(Method::POST, &path, &json!({})).await?.body;
            show(*json, &aborted, |run| {
                print(format_args!("{} is {}", short(run, "/id"), field(run, "/state")));
            })
        }
    }
}

async fn list(Session { client, json }: &Session, wanted: &List) -> Result<(), Failure> {
    let mut query = vec![("limit", wanted.limit.to_string())];
    if let Some(agent) = &wanted.agent {
        query.push(("agent_id", find::agent_id(client, agent).await?));
    }
    if let Some(board) = &wanted.board {
        query.push(("board_id", find::board_id(client, board).await?));
    }
    if let Some(task) = &wanted.task {
        query.push(("task_id", field(&find::task(client, task, None).await?, "/id")));
    }
    if let Some(state) = &wanted.state {
        query.push(("state", state.clone()));
    }
    let page = client.get("/api/v1/runs", &query).await?;
    let runs = list_at(&page, "items");
    show_rows(*json, runs, "No such turn.", ["id", "state", "began", "trigger", "model", "why"], |run| {
        [
            short(run, "/id"),
            field(run, "/state"),
            minute(run, "/started_at"),
            field(run, "/trigger"),
            field(run, "/model"),
            field(run, "/error"),
        ]
    })
}

/// A whole id is one; the beginning of one is looked for among the newest turns.
async fn run_id(client: &Client, word: &str) -> Result<String, Failure> {
    if word.matches('-').count() == 4 {
        return Ok(escaped(word));
    }
    let page = client.get("/api/v1/runs", &[]).await?;
    let runs = list_at(&page, "items");
    Ok(field(RUN.among(word, runs)?, "/id"))
}
