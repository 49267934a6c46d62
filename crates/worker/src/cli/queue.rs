//! `queue`.

use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use mission_control_core::config::Settings;
use mission_control_core::id::JobId;
use mission_control_core::limits::REQUEUED_JOBS;
use mission_control_core::models::{Job, JobState, Lane};
use mission_control_core::time::Timestamp;
use mission_control_fleet::Fleet;
use mission_control_process::{Exit, Failure};
use mission_control_store::jobs::{self, Cancellation, JobFilter};
use mission_control_store::{Db, Page, StoreError};
use mission_control_terminal::table;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::run::prepare;
use super::status::{open_database, print_json};
use serde::Serialize;

/// What is asked of the queue.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List jobs, the newest first.
    List(ListArgs),
    /// Queue dead or cancelled jobs again, with fresh attempts.
    Retry(RetryArgs),
    /// Take jobs back: queued ones at once, running ones as soon as their handler stops.
    Cancel(CancelArgs),
    /// Work until no job is due or running any more, then stop.
    ///
    /// For a backlog that nobody works on, and before an upgrade or a backup: other workers may run beside it. Jobs that
    /// are due later stay queued.
    Drain(DrainArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Only jobs in this state
    #[arg(long, value_parser = states())]
    state: Option<JobState>,
    /// Only jobs of this kind, such as `agent.provision`
    #[arg(long)]
    kind: Option<String>,
    /// Only jobs of this lane
    #[arg(long, value_parser = lanes())]
    lane: Option<Lane>,
    /// At most this many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
    limit: i64,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true))]
struct RetryArgs {
    /// These jobs
    #[arg(value_name = "JOB", group = "which")]
    jobs: Vec<JobId>,
    /// Every dead job
    #[arg(long, group = "which")]
    dead: bool,
    /// With --dead: only those of this kind
    #[arg(long, requires = "dead")]
    kind: Option<String>,
}

#[derive(Debug, Args)]
struct CancelArgs {
    /// These jobs
    #[arg(value_name = "JOB", required = true)]
    jobs: Vec<JobId>,
}

#[derive(Debug, Args)]
struct DrainArgs {
    /// Give up after so many seconds; the jobs stay queued
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    timeout: u64,
}

fn states() -> impl TypedValueParser<Value = JobState> {
    PossibleValuesParser::new(JobState::ALL.iter().map(JobState::as_str))
        .try_map(|text| text.parse::<JobState>())
}

fn lanes() -> impl TypedValueParser<Value = Lane> {
    PossibleValuesParser::new(Lane::ALL.iter().map(Lane::as_str)).try_map(|text| text.parse::<Lane>())
}

/// A job as programs read it.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    id: JobId,
    kind: &'a str,
    group: Option<&'a str>,
    state: &'a str,
    lane: &'a str,
    attempts: i32,
    max_attempts: i32,
    run_at: Timestamp,
    last_error: Option<&'a str>,
    remedy: Option<&'a str>,
}

/// What became of one job of a command.
#[derive(Debug, Serialize)]
struct Outcome {
    id: JobId,
    done: bool,
    outcome: String,
}

/// Does what is asked; failures of single jobs are told, and make the code 1.
///
/// # Errors
/// The database's; a job that is asked for and cannot be read.
pub async fn execute(args: Arguments, settings: Settings) -> Result<ExitCode, Failure> {
    let json = args.json;
    match args.command {
        Command::List(args) => list(args, &settings, json).await,
        Command::Retry(args) => retry(args, &settings, json).await,
        Command::Cancel(args) => cancel(args, &settings, json).await,
        Command::Drain(args) => drain(args, settings).await,
    }
}

async fn list(args: ListArgs, settings: &Settings, json: bool) -> Result<ExitCode, Failure> {
    let filter = JobFilter { state: args.state, kind: args.kind, lane: args.lane, ..JobFilter::default() };
    let page = Page::first(args.limit);
    let jobs = open_database(settings).await?.read(move |conn| jobs::list(conn, &filter, page)).await?;
    if json {
        print_json(&jobs.items.iter().map(listed).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut listing = table(["job", "kind", "of", "state", "lane", "attempts", "run at (UTC)", "last error"]);
    for job in &jobs.items {
        listing.add_row(row(job));
    }
    println!("{listing}");
    if jobs.total > args.limit {
        println!("… and {} more", jobs.total - args.limit);
    }
    Ok(ExitCode::SUCCESS)
}

fn listed(job: &Job) -> Listed<'_> {
    Listed {
        id: job.id,
        kind: &job.kind,
        group: job.group_key.as_deref(),
        state: job.state.as_str(),
        lane: job.lane.as_str(),
        attempts: job.attempts,
        max_attempts: job.max_attempts,
        run_at: job.run_at,
        last_error: job.last_error.as_deref(),
        remedy: job.remedy.as_deref(),
    }
}

fn row(job: &Job) -> [String; 8] {
    [
        job.id.to_string(),
        job.kind.clone(),
        job.group_key.clone().unwrap_or_default(),
        job.state.to_string(),
        job.lane.to_string(),
        format!("{}/{}", job.attempts, job.max_attempts),
        job.run_at.utc().format("%Y-%m-%d %H:%M:%S").to_string(),
        job.failure().map(|why| why.to_string().replace('\n', " ")).unwrap_or_default(),
    ]
}

/// The workers find the jobs by looking: nobody needs to be told.
async fn retry(args: RetryArgs, settings: &Settings, json: bool) -> Result<ExitCode, Failure> {
    let db = open_database(settings).await?;
    let wanted = if args.dead { dead(&db, args.kind).await? } else { args.jobs };
    let mut outcomes = Vec::new();
    for id in wanted {
        let (done, outcome) = match db.write(move |tx| jobs::requeue(tx, id)).await {
            Ok(Some(job)) => (true, format!("queued: {}", job.kind)),
            Ok(None) => (false, "not queued: it is neither dead nor cancelled".to_owned()),
            Err(StoreError::Duplicate { .. }) => {
                (false, "not queued: another job does the same already".to_owned())
            }
            Err(error) => return Err(error.into()),
        };
        outcomes.push(Outcome { id, done, outcome });
    }
    told(&outcomes, json)
}

async fn cancel(args: CancelArgs, settings: &Settings, json: bool) -> Result<ExitCode, Failure> {
    let db = open_database(settings).await?;
    let mut outcomes = Vec::new();
    for id in args.jobs {
        let cancelled: Result<Cancellation, StoreError> = db.write(move |tx| jobs::cancel(tx, id)).await;
        let (done, outcome) = match cancelled? {
            Cancellation::Done(job) => (true, format!("cancelled: {}", job.kind)),
            Cancellation::Requested(job) => (true, format!("asked to stop: {}", job.kind)),
            Cancellation::TooLate => {
                (false, "not cancelled: it has ended, or there is no such job".to_owned())
            }
        };
        outcomes.push(Outcome { id, done, outcome });
    }
    told(&outcomes, json)
}

fn told(outcomes: &[Outcome], json: bool) -> Result<ExitCode, Failure> {
    if json {
        print_json(&outcomes)?;
    } else {
        outcomes.iter().for_each(|Outcome { id, outcome, .. }| println!("{id} {outcome}"));
    }
    let all_done = outcomes.iter().all(|outcome| outcome.done);
    Ok(if all_done { ExitCode::SUCCESS } else { Exit::Failed.into() })
}

async fn dead(db: &Db, kind: Option<String>) -> Result<Vec<JobId>, StoreError> {
    let filter = JobFilter { state: Some(JobState::Dead), kind, ..JobFilter::default() };
    let page = Page::first(REQUEUED_JOBS);
    let dead = db.read(move |conn| jobs::list(conn, &filter, page)).await?;
    Ok(dead.items.into_iter().map(|job| job.id).collect())
}

async fn drain(args: DrainArgs, settings: Settings) -> Result<ExitCode, Failure> {
    prepare(&settings);
    let fleet = Fleet::open(&settings).await?;
    let stop = CancellationToken::new();
    let working = {
        let (fleet, stop) = (fleet.clone(), stop.clone());
        tokio::spawn(async move { crate::run(&settings, fleet, stop).await })
    };
    let deadline = Instant::now() + Duration::from_secs(args.timeout);
    let left = loop {
        let left = unfinished(fleet.db()).await?;
        if left == 0 || Instant::now() >= deadline {
            break left;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    };
    stop.cancel();
    // A worker that panicked has said so.
    let _ = working.await;
    fleet.shutdown();
    match left {
        0 => println!("drained: no job is due"),
        left => println!("not drained: {left} jobs are due or running"),
    }
    Ok(if left == 0 { ExitCode::SUCCESS } else { Exit::Failed.into() })
}

async fn unfinished(db: &Db) -> Result<i64, StoreError> {
    let depths = db.read(|conn| jobs::depths(conn, None)).await?;
    Ok(depths.iter().map(|lane| lane.due + lane.running).sum())
}
