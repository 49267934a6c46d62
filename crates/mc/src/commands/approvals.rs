//! `approvals`: a decision is about what was shown.

use clap::{Args, Subcommand};
use mission_control_terminal::{can_ask, confirmed, print};
use reqwest::Method;
use reqwest::header::IF_MATCH;
use serde_json::{Value, json};

use super::given;
use crate::client::Client;
use crate::failure::{Exit, Failure};
use crate::find::{self, APPROVAL};
use crate::json::list_at;
use crate::session::Session;
use crate::show::{print_fields, show, show_rows};
use crate::text::{clean, field, minute, short};

pub(crate) const MANUAL: &str = "\
Approvals: list, show, approve, reject.

A decision is bound to what was shown: `approve` and `reject` show the approval and ask before they decide, and the server refuses \
the decision when the approval is another one by then. A program says which version it decides on: --version, as `list --json` and \
`show --json` have it. --yes decides on whatever is there.";

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List approvals; those that wait for somebody, unless told otherwise.
    List {
        /// pending, approved or rejected; `all` for every one
        #[arg(long, default_value = "pending")]
        status: String,
        /// On this board: its slug, name or id
        #[arg(long)]
        board: Option<String>,
    },
    /// Show what is asked.
    Show {
        /// Its id, or the beginning of it
        approval: String,
    },
    /// Approve.
    Approve(Decide),
    /// Reject, with a reason.
    Reject {
        #[command(flatten)]
        decide: Decide,
        /// Why; the agent is told. - reads it from standard input
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
struct Decide {
    /// Its id, or the beginning of it
    approval: String,
    /// The version that was shown; asks nothing
    #[arg(long, conflicts_with = "yes")]
    version: Option<String>,
    /// Decide without asking, whatever is there
    #[arg(long)]
    yes: bool,
}

pub(crate) async fn run(session: &Session, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.action {
        Action::List { status, board } => list(session, status, board.as_deref()).await,
        Action::Show { approval } => {
            let approval = find(&session.client, approval).await?;
            show(session.json, &approval, print_approval)
        }
        Action::Approve(decide) => decide_on(session, decide, "approved", None).await,
        Action::Reject { decide, reason } => {
            decide_on(session, decide, "rejected", Some(given::text(reason)?)).await
        }
    }
}

async fn list(Session { client, json }: &Session, status: &str, board: Option<&str>) -> Result<(), Failure> {
    let path = match board {
        Some(board) => format!("/api/v1/boards/{}/approvals", find::board_id(client, board).await?),
        None => "/api/v1/approvals".to_owned(),
    };
    let query: &[_] = if status == "all" { &[] } else { &[("status", status.to_owned())] };
    let approvals = client.all(&path, query).await?;
    let header = ["id", "status", "since", "action", "tasks"];
    show_rows(*json, &approvals, "Nothing waits for a decision.", header, |approval| {
        [
            short(approval, "/id"),
            field(approval, "/status"),
            minute(approval, "/created_at"),
            field(approval, "/action_type"),
            titles(approval),
        ]
    })
}

fn titles(approval: &Value) -> String {
    let titles = list_at(approval, "task_titles").iter().filter_map(Value::as_str);
    crate::text::cell(&titles.collect::<Vec<_>>().join("; "))
}

/// Among those that wait for a decision first: there are few of them.
async fn find(client: &Client, word: &str) -> Result<Value, Failure> {
    let pending = client.all("/api/v1/approvals", &[("status", "pending".to_owned())]).await?;
    match APPROVAL.among(word, &pending) {
        Err(failure) if failure.exit() == Exit::NotFound => {
            Ok(APPROVAL.among(word, &client.all("/api/v1/approvals", &[]).await?)?.clone())
        }
        found => found.cloned(),
    }
}

fn print_approval(approval: &Value) {
    print_fields(
        approval,
        &[
            ("approval", "/id"),
            ("action", "/action_type"),
            ("status", "/status"),
            ("confidence", "/confidence"),
            ("asked at", "/created_at"),
            ("decided at", "/resolved_at"),
            ("decided by", "/resolved_by"),
            ("version", "/version"),
        ],
        &[
            ("Why", "/payload/reason"),
            ("What it carries", "/payload"),
            ("Scores", "/rubric_scores"),
            ("Reason of the decision", "/decision_reason"),
        ],
    );
    for title in list_at(approval, "task_titles").iter().filter_map(Value::as_str) {
        print(format_args!("\nTask: {}", clean(title)));
    }
}

async fn decide_on(
    Session { client, json }: &Session,
    decide: &Decide,
    status: &str,
    reason: Option<String>,
) -> Result<(), Failure> {
    let approval = find(client, &decide.approval).await?;
    let shown = field(&approval, "/version");
    let version = match &decide.version {
        Some(version) => version.clone(),
        None if decide.yes => shown,
        None if !can_ask() => {
            return Err(Failure::usage("nobody is there to be asked, and no version was given")
                .with_next("--version, as `mc approvals show --json` has it, or --yes"));
        }
        None => {
            print_approval(&approval);
            if !confirmed(&format!("\nTo be {status}?")) {
                return Err(Failure::new(Exit::Failed, "nothing was decided"));
            }
            shown
        }
    };
    let board = field(&approval, "/board_id");
    let path = format!("/api/v1/boards/{board}/approvals/{}", field(&approval, "/id"));
    let request = client
        .request(Method::PATCH, &path)?
        .header(IF_MATCH, format!("\"{version}\""))
        .json(&json!({"status": status, "reason": reason}));
    let decided = client.send(request).await?.body;
    show(*json, &decided, |approval| {
        print(format_args!("{} is {}", short(approval, "/id"), field(approval, "/status")));
    })
}
