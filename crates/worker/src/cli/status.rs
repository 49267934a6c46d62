use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_core::models::Lease;
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::{LaneDepth, Throughput};
use mission_control_store::{Db, DbOptions, StoreError, jobs, leases};
use mission_control_terminal::table;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use mission_control_process::{Exit, Failure};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn show(args: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let now = Timestamp::now();
    let (alive, depths, last_hour) = open_database(settings)
        .await?
        .read(move |conn| {
            let last_hour = jobs::throughput(conn, None, Duration::from_secs(3600))?;
            Ok::<_, StoreError>((leases::workers(conn, now)?, jobs::depths(conn, None)?, last_hour))
        })
        .await?;

    if args.json {
        print_json(&told(&alive, &depths, last_hour))?;
        return Ok(code(&alive));
    }
    println!("workers alive: {}", alive.len());
    for worker in &alive {
        println!("  {}", describe(worker, now));
    }
    let mut lanes = table(["lane", "due", "later", "running", "dead", "oldest due"]);
    for depth in &depths {
        lanes.add_row([
            depth.lane.to_string(),
            depth.due.to_string(),
            depth.scheduled.to_string(),
            depth.running.to_string(),
            depth.dead.to_string(),
            depth.oldest_due.map_or_else(|| "-".to_owned(), |since| human(now.since(since))),
        ]);
    }
    println!("{lanes}");
    println!("ended within the last hour: {} succeeded, {} dead", last_hour.succeeded, last_hour.dead);
    Ok(code(&alive))
}

fn code(alive: &[Lease]) -> ExitCode {
    if alive.is_empty() { Exit::Failed.into() } else { ExitCode::SUCCESS }
}

fn told(alive: &[Lease], depths: &[LaneDepth], last_hour: Throughput) -> Value {
    let workers =
        alive.iter().map(|worker| json!({ "name": worker.holder, "alive_since": worker.acquired_at }));
    let lanes = depths.iter().map(|depth| {
        json!({
            "lane": depth.lane, "due": depth.due, "scheduled": depth.scheduled, "running": depth.running,
            "dead": depth.dead, "oldest_due": depth.oldest_due,
        })
    });
    json!({
        "workers": workers.collect::<Vec<_>>(),
        "lanes": lanes.collect::<Vec<_>>(),
        "last_hour": { "succeeded": last_hour.succeeded, "dead": last_hour.dead },
    })
}

/// Prints a value for programs.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(Exit::Failed, error))?;
    println!("{text}");
    Ok(())
}

fn describe(worker: &Lease, now: Timestamp) -> String {
    format!("{}, for {}", worker.holder, human(now.since(worker.acquired_at)))
}

fn human(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ ..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

/// The configured database, for looking only: it is neither created nor migrated.
pub(super) async fn open_database(settings: &Settings) -> Result<Db, Failure> {
    if let DatabaseLocation::Sqlite(path) = &settings.database.location
        && !path.exists()
    {
        let path = path.display();
        let fix = "start `mission-control-api serve` first, or correct DATABASE_URL";
        return Err(Failure::new(Exit::Database, format!("there is no database at {path}; {fix}")));
    }
    let (nobody, _) = mpsc::unbounded_channel();
    Ok(Db::open(DbOptions::from(&settings.database), nobody).await?)
}
