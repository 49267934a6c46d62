use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use mission_control_core::config::Settings;
use mission_control_core::id::JobId;
use mission_control_core::limits::REQUEUED_JOBS;
use mission_control_core::models::{Job, JobState, Lane};
use mission_control_fleet::Fleet;
use mission_control_process::{Exit, Failure};
use mission_control_store::jobs::{self, JobFilter};
use mission_control_store::{Db, Page, StoreError};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::run::prepare;
use super::status::{open_database, table};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List jobs, the newest first.
    List(ListArgs),
    /// Queue dead or cancelled jobs again, with fresh attempts.
    Retry(RetryArgs),
    /// Work until no job is due or running any more, then stop.
    ///
    /// For a backlog that nobody works on, and before an upgrade or a backup: other workers may run beside it. Jobs that
    /// are due later stay queued.
    Drain(DrainArgs),
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
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
pub(super) struct RetryArgs {
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
pub(super) struct DrainArgs {
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

pub(super) async fn execute(command: Command, settings: Settings) -> Result<ExitCode, Failure> {
    match command {
        Command::List(args) => list(args, &settings).await,
        Command::Retry(args) => retry(args, &settings).await,
        Command::Drain(args) => drain(args, settings).await,
    }
}

async fn list(args: ListArgs, settings: &Settings) -> Result<ExitCode, Failure> {
    let filter = JobFilter { state: args.state, kind: args.kind, lane: args.lane, ..JobFilter::default() };
    let page = Page::first(args.limit);
    let jobs = open_database(settings).await?.read(move |conn| jobs::list(conn, &filter, page)).await?;
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
async fn retry(args: RetryArgs, settings: &Settings) -> Result<ExitCode, Failure> {
    let db = open_database(settings).await?;
    let wanted = if args.dead { dead(&db, args.kind).await? } else { args.jobs };
    let mut refused = 0;
    for id in wanted {
        match db.write(move |tx| jobs::requeue(tx, id)).await {
            Ok(Some(job)) => println!("{id} queued: {}", job.kind),
            Ok(None) => {
                refused += 1;
                println!("{id} not queued: it is neither dead nor cancelled");
            }
            Err(StoreError::Duplicate { .. }) => {
                refused += 1;
                println!("{id} not queued: another job does the same already");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(if refused == 0 { ExitCode::SUCCESS } else { Exit::Failed.into() })
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
