//! `log-level`.

use std::path::Path;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use mission_control_core::models::{LogOverride, Program};
use mission_control_core::rules::durations;
use mission_control_fleet::{Fleet, log_levels};
use mission_control_process::{Failure, log_filter, runtime, settings};
use serde_json::{Value, json};

use super::output::{print, show, table};

pub(super) const MANUAL: &str = "\
Have running programs log more, or less, for a while: no start anew is needed, and what the configuration says counts again by \
itself. All processes of a program follow, on every machine that uses this database: at once where they share a Redis, else within \
seconds.

The server (`api`) has the worker and the gateway link inside where RQ_REDIS_URL is not set.";

/// The longest time for which a level is set.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show what counts in place of the configuration.
    Show,
    /// Set a level, or a filter such as `INFO,mission_control_worker=DEBUG`.
    Set {
        /// `TRACE`, `DEBUG`, `INFO`, `WARNING` or `ERROR`, for everything or, after `=`, for a part of the programs
        #[arg(value_name = "LEVEL|FILTER")]
        filter: String,
        /// For how long, a week at most
        #[arg(long = "for", value_name = "TIME", default_value = "15m")]
        duration: String,
        /// Whose processes
        #[arg(long, value_enum, default_value = "all")]
        process: Whose,
    },
    /// Have the configuration count again.
    Reset {
        /// Whose processes
        #[arg(long, value_enum, default_value = "all")]
        process: Whose,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Whose {
    Api,
    Worker,
    Gateway,
    All,
}

impl Whose {
    const fn programs(self) -> &'static [Program] {
        match self {
            Self::Api => &[Program::Api],
            Self::Worker => &[Program::Worker],
            Self::Gateway => &[Program::Gateway],
            Self::All => Program::ALL,
        }
    }
}

pub(super) fn run(arguments: Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let mut settings = settings::told_settings(env_file)?;
    settings.database.auto_migrate = false;
    // Refused before anything is opened.
    if let Action::Set { filter, duration, .. } = &arguments.action {
        log_filter::parse(filter, settings.log.level).map_err(Failure::usage)?;
        parse_duration(duration)?;
    }
    runtime()?.block_on(async {
        let fleet = Fleet::open(&settings).await?;
        let outcome = execute(&fleet, arguments).await;
        fleet.shutdown();
        outcome
    })
}

async fn execute(fleet: &Fleet, Arguments { action, json }: Arguments) -> Result<(), Failure> {
    match action {
        Action::Show => {}
        Action::Set { filter, duration, process } => {
            log_levels::set(fleet, process.programs(), filter.trim(), parse_duration(&duration)?).await?;
        }
        Action::Reset { process } => log_levels::clear(fleet, process.programs()).await?,
    }
    let now = log_levels::all(fleet).await?;
    let shown: Vec<Value> = now.iter().map(read).collect();
    show(json, &shown, |_| print_all(&now))
}

fn read(row: &LogOverride) -> Value {
    json!({ "process": row.program, "filter": row.filter, "set_at": row.set_at, "expires_at": row.expires_at })
}

fn print_all(now: &[LogOverride]) {
    let mut table = table(["process", "logs", "until"]);
    for program in Program::ALL {
        let (filter, until) = match now.iter().find(|row| row.program == *program) {
            Some(row) => (row.filter.clone(), row.expires_at.to_string()),
            None => ("as configured".to_owned(), String::new()),
        };
        table.add_row([program.as_str().to_owned(), filter, until]);
    }
    print(table);
}

fn parse_duration(text: &str) -> Result<Duration, Failure> {
    let parsed = durations::parse_every(text).map_err(|error| Failure::usage(error.to_string()))?;
    let wanted = parsed.filter(|duration| *duration <= LONGEST);
    wanted
        .ok_or_else(|| Failure::usage("a level is set for a second at least, and for a week (`7d`) at most"))
}
