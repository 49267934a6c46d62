//! The command line: arguments in, exit code out.

mod healthcheck;
mod migrate;
mod serve;
mod start;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::openapi;
use mission_control_process::{Exit, Failure};

const MANUAL: &str = "\
Configuration:
  Environment variables, completed by a .env file in the current directory. Nothing has to be set: without
  configuration the server keeps a SQLite database, its access token and its keys in the data directory
  (MISSION_CONTROL_DATA_DIR) and needs no other service. .env.example explains every variable.

Files:
  <data directory>/mission-control.db   the database, unless DATABASE_URL names another
  <data directory>/local-auth-token     the access token, unless LOCAL_AUTH_TOKEN is set
  <data directory>/secrets-key          the key that seals stored secrets, unless SECRETS_KEY is set

Exit codes:
  0  done, or stopped by a signal after finishing what was begun
  1  failed while running
  2  wrong arguments or configuration
  3  the database cannot be reached or used
  4  Redis cannot be reached
  5  the address cannot be listened on, e.g. the port is in use
  6  the database schema is not the one of this version, or a migration failed

Signals:
  TERM, INT  stop: no new connections, requests under way are finished (SHUTDOWN_GRACE_SECONDS)

Examples:
  mission-control-api serve
  mission-control-api serve --demo
  mission-control-api serve --host 0.0.0.0 --port 9000
  DATABASE_URL=postgresql://mc@db/mc mission-control-api migrate status";

/// Serves the Mission Control API, and administers its database.
#[derive(Debug, Parser)]
#[command(name = "mission-control-api", version, max_term_width = 100, after_long_help = MANUAL)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API.
    Serve(serve::Arguments),
    /// Bring the database schema up or down, or show where it is.
    #[command(subcommand)]
    Migrate(migrate::Action),
    /// Ask a running server whether it is ready; for container and service supervisors.
    Healthcheck(healthcheck::Arguments),
    /// Print the API document (OpenAPI 3.1, JSON).
    Openapi,
}

/// Parses the arguments, runs the command, reports a failure in one line on standard error.
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Migrate(action) => migrate::run(action),
        Command::Healthcheck(arguments) => healthcheck::run(&arguments),
        Command::Openapi => print_document(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report("mission-control-api"),
    }
}

fn print_document() -> Result<(), Failure> {
    let document = openapi::document().to_pretty_json().map_err(|error| Failure::new(Exit::Failed, error))?;
    // A reader that closes early, such as `head`, is no failure.
    drop(writeln!(std::io::stdout(), "{document}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_manual_lists_every_exit_code() {
        for exit in [Exit::Failed, Exit::Usage, Exit::Database, Exit::Queue, Exit::Address, Exit::Migration] {
            assert!(MANUAL.contains(&format!("\n  {}  ", exit as u8)), "{exit:?}");
        }
    }
}
