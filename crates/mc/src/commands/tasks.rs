//! `tasks`.

use clap::{Args, Subcommand, ValueEnum};
use mission_control_terminal::print;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::given;
use crate::client::Client;
use crate::failure::Failure;
use crate::find;
use crate::json::{list_at, text_at, with};
use crate::session::Session;
use crate::show::{print_fields, show, show_rows};
use crate::text::{clean, field, minute};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List tasks, of one board or of all.
    List(List),
    /// Show a task and what was said of it.
    Show(Named),
    /// Create a task.
    Create(Create),
    /// Move a task to another column.
    Move(Move),
    /// Say something about a task.
    Comment(Comment),
}

/// Columns of a board.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Column {
    Inbox,
    InProgress,
    Review,
    Done,
}

impl Column {
    fn as_str(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::InProgress => "in_progress",
            Self::Review => "review",
            Self::Done => "done",
        }
    }
}

#[derive(Debug, Args)]
struct List {
    /// Of this board: its slug, name or id
    #[arg(long)]
    board: Option<String>,
    /// In this column; may be repeated
    #[arg(long)]
    status: Vec<Column>,
    /// Of this agent: its name or id
    #[arg(long, value_name = "AGENT", conflicts_with = "unassigned")]
    assignee: Option<String>,
    /// Of nobody
    #[arg(long)]
    unassigned: bool,
}

#[derive(Debug, Args)]
struct Named {
    /// Its key, such as REL-12, or its id
    task: String,
    /// The board that it is on, where the key does not say it
    #[arg(long)]
    board: Option<String>,
}

#[derive(Debug, Args)]
struct Create {
    /// What is to be done
    title: String,
    /// The board: its slug, name or id
    #[arg(long)]
    board: String,
    /// What there is to know; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// In this column
    #[arg(long)]
    status: Option<Column>,
    /// low, medium, high, urgent, or a word of your own
    #[arg(long)]
    priority: Option<String>,
    /// For this agent: its name or id
    #[arg(long, value_name = "AGENT")]
    assignee: Option<String>,
    /// A tag: its slug or name; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Until when, such as 2026-12-24T12:00:00Z
    #[arg(long, value_name = "TIME")]
    due: Option<String>,
}

#[derive(Debug, Args)]
struct Move {
    #[command(flatten)]
    task: Named,
    /// The column
    status: Column,
    /// A comment with it; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
}

#[derive(Debug, Args)]
struct Comment {
    #[command(flatten)]
    task: Named,
    /// What to say; - reads it from standard input
    text: String,
}

pub(crate) async fn run(session: &Session, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.action {
        Action::List(wanted) => list(session, wanted).await,
        Action::Show(named) => show_task(session, named).await,
        Action::Create(wanted) => create(session, wanted).await,
        Action::Move(wanted) => move_task(session, wanted).await,
        Action::Comment(wanted) => comment(session, wanted).await,
    }
}

async fn list(Session { client, json }: &Session, wanted: &List) -> Result<(), Failure> {
    let mut query = Vec::new();
    if !wanted.status.is_empty() {
        let words: Vec<_> = wanted.status.iter().map(|column| column.as_str()).collect();
        query.push(("status", words.join(",")));
    }
    if let Some(agent) = &wanted.assignee {
        query.push(("assigned_agent_id", find::agent_id(client, agent).await?));
    }
    if wanted.unassigned {
        query.push(("unassigned", "true".to_owned()));
    }
    let boards = match &wanted.board {
        Some(board) => vec![find::board(client, board).await?],
        None => client.all("/api/v1/boards", &[]).await?,
    };
    let mut tasks = Vec::new();
    for board in boards {
        let path = format!("/api/v1/boards/{}/tasks", text_at(&board, "id"));
        tasks.extend(client.all(&path, &query).await?);
    }
    let header = ["key", "status", "priority", "assignee", "title"];
    show_rows(*json, &tasks, "No such task.", header, |task| {
        ["/key", "/status", "/priority", "/assignee", "/title"].map(|pointer| field(task, pointer))
    })
}

fn path_of(task: &Value) -> String {
    format!("/api/v1/boards/{}/tasks/{}", text_at(task, "board_id"), text_at(task, "id"))
}

async fn find(client: &Client, named: &Named) -> Result<Value, Failure> {
    find::task(client, &named.task, named.board.as_deref()).await
}

async fn show_task(Session { client, json }: &Session, named: &Named) -> Result<(), Failure> {
    let task = find(client, named).await?;
    let comments = client.all(&format!("{}/comments", path_of(&task)), &[]).await?;
    let task = with(task, "comments", comments.into());
    show(*json, &task, |task| {
        print_fields(
            task,
            &[
                ("task", "/key"),
                ("title", "/title"),
                ("status", "/status"),
                ("priority", "/priority"),
                ("assignee", "/assignee"),
                ("due", "/due_at"),
                ("blocked", "/is_blocked"),
                ("approvals pending", "/approvals_pending_count"),
                ("id", "/id"),
            ],
            &[("About", "/description")],
        );
        for comment in list_at(task, "comments") {
            let who = [field(comment, "/user_name"), field(comment, "/agent_id")];
            let who = who.into_iter().find(|who| !who.is_empty()).unwrap_or_default();
            let said = clean(text_at(comment, "message"));
            print(format_args!("\n{} {who}:\n{}", minute(comment, "/created_at"), said.trim_end()));
        }
    })
}

async fn create(Session { client, json }: &Session, wanted: &Create) -> Result<(), Failure> {
    let board = find::board_id(client, &wanted.board).await?;
    let mut body = Map::from_iter([("title".to_owned(), json!(wanted.title))]);
    let mut give = |name: &str, value: Value| {
        body.insert(name.to_owned(), value);
    };
    if let Some(description) = &wanted.description {
        give("description", json!(given::text(description)?));
    }
    if let Some(column) = wanted.status {
        give("status", json!(column.as_str()));
    }
    if let Some(priority) = &wanted.priority {
        give("priority", json!(priority));
    }
    if let Some(agent) = &wanted.assignee {
        give("assigned_agent_id", json!(find::agent_id(client, agent).await?));
    }
    if !wanted.tags.is_empty() {
        give("tag_ids", json!(find::tag_ids(client, &wanted.tags).await?));
    }
    if let Some(due) = &wanted.due {
        give("due_at", json!(due));
    }
    let path = format!("/api/v1/boards/{board}/tasks");
    let created = client.write(Method::POST, &path, &Value::Object(body)).await?.body;
    show(*json, &created, |task| {
        print(format_args!("{} created in {}", field(task, "/key"), field(task, "/status")));
    })
}

async fn move_task(Session { client, json }: &Session, wanted: &Move) -> Result<(), Failure> {
    let task = find(client, &wanted.task).await?;
    let mut body = json!({"status": wanted.status.as_str()});
    if let Some(comment) = &wanted.comment {
        body = with(body, "comment", given::text(comment)?.into());
    }
    let moved = client.write(Method::PATCH, &path_of(&task), &body).await?.body;
    show(*json, &moved, |task| {
        print(format_args!("{} is in {}", field(task, "/key"), field(task, "/status")))
    })
}

async fn comment(Session { client, json }: &Session, wanted: &Comment) -> Result<(), Failure> {
    let task = find(client, &wanted.task).await?;
    let body = json!({"message": given::text(&wanted.text)?});
    let path = format!("{}/comments", path_of(&task));
    let said = client.write(Method::POST, &path, &body).await?.body;
    show(*json, &said, |_| print(format_args!("said about {}", field(&task, "/key"))))
}
