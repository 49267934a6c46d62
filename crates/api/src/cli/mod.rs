//! The command line: arguments in, exit code out.

mod adopt;
mod agent;
mod audit;
mod backup;
mod config;
mod doctor;
mod gateway;
mod healthcheck;
mod log_level;
mod mail;
mod migrate;
mod output;
mod postgres_tools;
mod restore;
mod secrets;
mod serve;
mod start;
mod support;
mod token;
mod user;

use mission_control_process::{Exit, Failure, runtime, settings, version};
use mission_control_terminal::Reference;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::openapi;
use mission_control_worker::cli::queue;

const MANUAL: &str = "\
Configuration:
  Environment variables, completed by the file of --env-file, else by .env in the current directory, else, where neither
  DATABASE_URL nor MISSION_CONTROL_DATA_DIR is set, by /etc/mission-control/env. Nothing has to be set: without
  configuration the server keeps a SQLite database, its access token and its keys in the data directory
  (MISSION_CONTROL_DATA_DIR) and needs no other service. .env.example explains every variable. Commands that speak of a
  database say of which, on standard error.

Files:
  <data directory>/mission-control.db   the database, unless DATABASE_URL names another
  <data directory>/local-auth-token     the access token, unless LOCAL_AUTH_TOKEN is set
  <data directory>/secrets-key          the key that seals stored secrets, unless SECRETS_KEY is set

Exit codes:
  0  done, or stopped by a signal after finishing what was begun
  1  failed while running; for `doctor`: something was found
  2  wrong arguments or configuration; for `doctor`: it could not be looked at
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
  mission-control-api doctor
  DATABASE_URL=postgresql://mc@db/mc mission-control-api migrate status";

/// Serves the Mission Control API, and administers its database.
#[derive(Debug, Parser)]
#[command(name = "mission-control-api", version = version(), max_term_width = 100, after_long_help = MANUAL)]
struct Cli {
    /// File with variables, in place of .env and /etc/mission-control/env
    #[arg(long, global = true, value_name = "FILE")]
    env_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API.
    Serve(serve::Arguments),
    /// Bring the database schema up or down, or show where it is.
    Migrate(migrate::Arguments),
    /// Take a backup while the server runs, or look whether one is whole.
    #[command(long_about = backup::MANUAL)]
    Backup(backup::Arguments),
    /// Make an installation of a backup.
    #[command(long_about = restore::MANUAL)]
    Restore(restore::Arguments),
    /// Take over a database of the reference, or give it back.
    #[command(long_about = adopt::MANUAL)]
    Adopt(adopt::Arguments),
    /// Find out what is wrong, and what to do about it.
    #[command(long_about = doctor::MANUAL)]
    Doctor(doctor::Arguments),
    /// List people, add and change them.
    User(user::Arguments),
    /// List agents, pause, resume them, say that one is fine.
    Agent(agent::Arguments),
    /// Look whether the record of who did what is whole.
    Audit(audit::Arguments),
    /// Make, list and revoke API tokens of the local user.
    Token(token::Arguments),
    /// Seal what is stored with another key.
    Secrets(secrets::Arguments),
    /// List gateways.
    Gateway(gateway::Arguments),
    /// List jobs, take them back, queue dead ones again, work off what is due.
    Queue(queue::Arguments),
    /// Have running programs log more, or less, for a while.
    #[command(long_about = log_level::MANUAL)]
    LogLevel(log_level::Arguments),
    /// Look whether letters to people can be sent.
    Mail(mail::Arguments),
    /// Show the configuration.
    Config(config::Arguments),
    /// Write what helps others to find a fault into a file, without secrets.
    #[command(long_about = support::MANUAL)]
    SupportBundle(support::Arguments),
    #[command(flatten)]
    Reference(Reference),
    /// Ask a running server whether it is ready; for container and service supervisors.
    Healthcheck(healthcheck::Arguments),
    /// Print the API document (OpenAPI 3.1, JSON).
    Openapi,
}

/// Parses the arguments, runs the command, reports a failure in one line on standard error.
pub fn main() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(code) => code,
        Err(failure) => failure.report("mission-control-api"),
    }
}

fn dispatch(cli: Cli) -> Result<ExitCode, Failure> {
    let env_file = cli.env_file.as_deref();
    match cli.command {
        Command::Serve(arguments) => serve::run(arguments, env_file)?,
        Command::Migrate(arguments) => migrate::run(&arguments, env_file)?,
        Command::Adopt(arguments) => adopt::run(&arguments, env_file)?,
        Command::Backup(arguments) => backup::run(&arguments, env_file)?,
        Command::Restore(arguments) => restore::run(&arguments, env_file)?,
        Command::Doctor(arguments) => return doctor::run(&arguments, env_file),
        Command::User(arguments) => user::run(arguments, env_file)?,
        Command::Agent(arguments) => agent::run(&arguments, env_file)?,
        Command::Audit(arguments) => audit::run(&arguments, env_file)?,
        Command::Token(arguments) => token::run(arguments, env_file)?,
        Command::Secrets(arguments) => secrets::run(&arguments, env_file)?,
        Command::Gateway(arguments) => gateway::run(&arguments, env_file)?,
        Command::Mail(arguments) => mail::run(arguments, env_file)?,
        Command::Queue(arguments) => {
            let settings = settings::told_settings(env_file)?;
            return runtime()?.block_on(queue::execute(arguments, settings));
        }
        Command::LogLevel(arguments) => log_level::run(arguments, env_file)?,
        Command::Config(arguments) => config::run(&arguments, env_file)?,
        Command::SupportBundle(arguments) => support::run(&arguments, env_file)?,
        Command::Reference(reference) => return Ok(reference.run(Cli::command())?),
        Command::Healthcheck(arguments) => healthcheck::run(&arguments, env_file)?,
        Command::Openapi => print_document()?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print_document() -> Result<(), Failure> {
    let document = openapi::document().to_pretty_json().map_err(|error| Failure::new(Exit::Failed, error))?;
    // A reader that closes early, such as `head`, is no failure.
    drop(writeln!(std::io::stdout(), "{document}"));
    Ok(())
}

#[cfg(test)]
mod tests {
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
