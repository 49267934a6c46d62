//! The command line of `mission-control-worker`.

pub mod queue;
mod run;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use mission_control_core::config::Settings;
use mission_control_process::{Failure, memory, runtime, settings, version};
use mission_control_terminal::Reference;

const MANUAL: &str = "\
Jobs are rows of the database; they are safe there whatever happens to workers, lanes or Redis. Any number of workers \
may run against one PostgreSQL database, on any number of machines. They hear of new jobs through Redis \
(RQ_REDIS_URL); without it, this process looks into the database every few seconds.

`mission-control-api serve` runs a worker of its own while RQ_REDIS_URL is not set; a separate one is for scaling out.

On TERM or INT the worker takes no more jobs and finishes what is under way. What is not finished after \
SHUTDOWN_GRACE_SECONDS (25) goes back to the queue and is taken by the next worker.";

const AFTER_HELP: &str = "\
Environment (completed by the file of --env-file, else by .env in the working directory, else, where neither DATABASE_URL
nor MISSION_CONTROL_DATA_DIR is set, by /etc/mission-control/env):
  DATABASE_URL              sqlite://<path> or postgresql://…; default: a file in the data directory
  RQ_REDIS_URL              redis://[user:password@]host:6379/0 or rediss://…
  RQ_QUEUE_NAME             name of the lanes (`default`)
  WORKER_CONCURRENCY        jobs at the same time (8)
  SHUTDOWN_GRACE_SECONDS    time to finish after TERM (25)
  MISSION_CONTROL_DATA_DIR  where keys are kept
  LOG_LEVEL, LOG_FORMAT     how much is written to standard error, and how
The whole list, with defaults and rules, is in .env.example.

Exit codes:
  0  stopped as asked; for `status`: a worker is alive
  1  failed while running; for `status`: no worker is alive; for `queue retry`: a job was not
     queued; for `queue drain`: jobs were left when the time was over
  2  wrong arguments or configuration
  3  the database cannot be reached or used
  4  Redis cannot be reached
  6  the database schema is not the one of this version, or a migration failed

Examples:
  mission-control-worker --concurrency 16
  mission-control-worker status
  mission-control-worker queue list --state dead
  mission-control-worker queue retry --dead --kind webhook.deliver
  mission-control-worker queue drain --timeout 120";

/// Takes Mission Control's jobs from the queue and runs them.
#[derive(Debug, Parser)]
#[command(name = "mission-control-worker", version = version(), long_about = long_about(), after_long_help = AFTER_HELP)]
struct Cli {
    /// File with variables, in place of .env and /etc/mission-control/env
    #[arg(long, global = true, value_name = "FILE")]
    env_file: Option<PathBuf>,
    #[command(flatten)]
    run: run::Arguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run jobs until told to stop (the default).
    Run(run::Arguments),
    /// Show the workers that are alive and the jobs that wait.
    Status(status::Arguments),
    /// List jobs, queue dead ones again, work off what is due.
    Queue(queue::Arguments),
    #[command(flatten)]
    Reference(Reference),
}

fn long_about() -> String {
    format!("Takes Mission Control's jobs from the queue and runs them.\n\n{MANUAL}")
}

/// Parses the arguments and does what they ask for; failures are told on standard error.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, None | Some(Command::Run(_))) {
        memory::few_arenas();
    }
    match runtime().and_then(|runtime| runtime.block_on(cli.dispatch())) {
        Ok(code) => code,
        Err(failure) => failure.report("mission-control-worker"),
    }
}

impl Cli {
    async fn dispatch(self) -> Result<ExitCode, Failure> {
        let env_file = self.env_file.as_deref();
        if self.command.is_some() && self.run.is_given() {
            return Err(Failure::usage("--concurrency goes with `run`, and with no other command"));
        }
        match self.command.unwrap_or(Command::Run(self.run)) {
            Command::Run(args) => {
                let settings = Settings::from_env(settings::variables(env_file)?.values)?;
                run::run(args, settings).await
            }
            Command::Status(args) => status::show(&args, &settings::told_settings(env_file)?).await,
            Command::Queue(args) => queue::execute(args, settings::told_settings(env_file)?).await,
            Command::Reference(reference) => Ok(reference.run(Self::command())?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
