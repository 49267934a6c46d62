//! `boards`.

use clap::{Args, Subcommand};

use crate::failure::Failure;
use crate::find;
use crate::json::at;
use crate::session::Session;
use crate::show::{print_fields, show, show_rows};
use crate::text::field;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the boards that you see.
    List,
    /// Show a board and its rules.
    Show {
        /// Its slug, name or id
        board: String,
    },
}

pub(crate) async fn run(Session { client, json }: &Session, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.action {
        Action::List => {
            let boards = client.all("/api/v1/boards", &[]).await?;
            let header = ["slug", "name", "keys", "type", "paused"];
            show_rows(*json, &boards, "No board is yours to see.", header, |board| {
                let paused = if at(board, "paused_at").is_null() { "" } else { "paused" };
                [
                    field(board, "/slug"),
                    field(board, "/name"),
                    field(board, "/task_prefix"),
                    field(board, "/board_type"),
                    paused.to_owned(),
                ]
            })
        }
        Action::Show { board } => show(*json, &find::board(client, board).await?, |board| {
            print_fields(
                board,
                &[
                    ("board", "/name"),
                    ("slug", "/slug"),
                    ("id", "/id"),
                    ("keys", "/task_prefix"),
                    ("type", "/board_type"),
                    ("until", "/target_date"),
                    ("paused since", "/paused_at"),
                    ("approval before done", "/require_approval_for_done"),
                    ("review before done", "/require_review_before_done"),
                    ("comment for review", "/comment_required_for_review"),
                    ("approvals hold tasks", "/block_status_changes_with_pending_approval"),
                    ("only the lead moves", "/only_lead_can_change_status"),
                    ("agents at most", "/max_agents"),
                    ("heartbeats", "/heartbeat_policy"),
                ],
                &[("About", "/description"), ("Objective", "/objective"), ("Success", "/success_metrics")],
            );
        }),
    }
}
