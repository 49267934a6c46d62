//! How long the largest answers take: a busy board, asked for one page or all at once, one request after the other.
//!
//! `scripts/bench-lists` runs it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark reports what it did not expect by panicking"
)]

#[path = "../server.rs"]
mod server;

use std::time::Instant;

use clap::Parser;
use diesel::RunQueryDsl;
use mission_control_core::models::{ActivityEvent, Agent, Approval, Tag, Task};
use mission_control_store::{Db, DbOptions, activity, agents, approvals, tags, tasks};
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use tokio::sync::mpsc;

use server::{Server, TOKEN};

/// Measures lists and snapshots on both databases.
#[derive(Debug, Parser)]
struct Arguments {
    /// Tasks on the board; each has a tag, an assignee, a comment, and waits for the one before
    #[arg(long, default_value_t = 2000)]
    tasks: usize,
    /// Requests per answer
    #[arg(long, default_value_t = 200)]
    requests: usize,
    /// Serves: this is how the benchmark starts its other process
    #[arg(long, hide = true)]
    serve: bool,
    /// What cargo tells a benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if arguments.serve {
        return runtime.block_on(server::serve());
    }
    println!("| database | answer | size | statements | p50 | p99 |\n|---|---|---|---|---|---|");
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = ScratchDatabase::empty(backend);
        let redis = ScratchRedis::new();
        runtime.block_on(measure(&arguments, backend, &database, &redis));
    }
}

async fn measure(arguments: &Arguments, backend: Backend, database: &ScratchDatabase, redis: &ScratchRedis) {
    let mut server = Server::start(database, redis).await;
    let anonymous = TestClient::stranger(format!("http://{}", server.address));
    let (wakeups, _) = mpsc::unbounded_channel();
    let db = Db::open(DbOptions::parse(database.url()).unwrap(), wakeups).await.unwrap();
    let scene = Scene::set(db, anonymous.clone(), TOKEN).await;
    fill(&scene, arguments.tasks).await;
    let user = anonymous.user(TOKEN);
    let paths = [
        scene.on_board("tasks?limit=200"),
        scene.on_board("snapshot"),
        scene.on_board("group-snapshot"),
        scene.on_board("approvals?limit=200"),
        "/api/v1/activity?limit=200".to_owned(),
        "/api/v1/activity/task-comments?limit=200".to_owned(),
        "/api/v1/agents?limit=200".to_owned(),
        "/api/v1/metrics/dashboard?range_key=1y".to_owned(),
    ];
    for path in paths {
        let size = user.get(&path).expect(200).await.to_string().len();
        let before = server.statements().await;
        let mut times = Vec::with_capacity(arguments.requests);
        for _ in 0..arguments.requests {
            let start = Instant::now();
            user.get(&path).expect(200).await;
            times.push(start.elapsed());
        }
        let statements = (server.statements().await - before) / arguments.requests as u64;
        times.sort_unstable();
        let percentile =
            |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
        let shown = path.replace(&scene.board.to_string(), "{id}");
        println!(
            "| {backend:?} | `{}` | {} KiB | {statements} | {:.1} ms | {:.1} ms |",
            shown.trim_start_matches("/api/v1"),
            size / 1024,
            percentile(50),
            percentile(99),
        );
    }
    eprintln!("{backend:?}: the server holds {} MiB", server.memory() / 1024 / 1024);
}

async fn fill(scene: &Scene, count: usize) {
    let (board, organization, gateway, agent) = (scene.board, scene.organization, scene.gateway, scene.ada.0);
    scene
        .write(move |tx| {
            let tag = Tag::new(organization, "Tag", "tag");
            tags::insert(tx, &tag)?;
            for number in 0..200 {
                let worker =
                    Agent { board_id: Some(board), ..Agent::new(gateway, format!("Worker {number}")) };
                agents::insert(tx, &worker)?;
            }
            let mut before = None;
            for number in 0..count {
                let task = Task {
                    assigned_agent_id: Some(agent),
                    description: Some("What has to be done, in a few words. ".repeat(5)),
                    ..Task::new(board, format!("Task {number}"))
                };
                tasks::insert(tx, &task)?;
                tags::replace(tx, task.id, &[tag.id])?;
                if let Some(before) = before.replace(task.id) {
                    tasks::dependencies::replace(tx, board, task.id, &[before])?;
                }
                let mut comment =
                    ActivityEvent::new(tasks::comments::KIND, "Done so far").agent(agent).board(board);
                comment.task_id = Some(task.id);
                activity::record(tx, &comment)?;
                let approval = Approval { task_id: Some(task.id), ..Approval::new(board, "close", 90.0) };
                approvals::insert(tx, &approval, &[task.id])?;
            }
            // What PostgreSQL does by itself within a minute; before it, it takes every table for an empty one.
            if tx.backend() == mission_control_store::Backend::Postgres {
                diesel::sql_query("ANALYZE").execute(&mut **tx)?;
            }
            Ok(())
        })
        .await;
}
