//! The command line: arguments in, exit code out.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use mission_control_terminal::Reference;

use crate::client::Client;
use crate::commands::{agents, api, approvals, boards, context, login, runs, status, tasks, watch};
use crate::contexts;
use crate::failure::{Exit, Failure};
use crate::fleet::{apply, export, schema};
use crate::session::Session;
use crate::show::print_json;

const MANUAL: &str = "\
Names:
  A board is named by its slug, its name or the beginning of its tasks' keys; a task by its key (REL-12) or its id; an agent
  by its name. The first letters of an id will do where no other begins with them.

Servers:
  `mc login URL` asks for a token, tries it and keeps both under a name. MC_URL and MC_TOKEN stand for a server that is
  kept nowhere.

Files:
  ~/.config/mission-control/mc.json     servers and tokens, for you alone [XDG_CONFIG_HOME, MC_CONFIG]

Exit codes:
  0  done
  1  failed; for anything that has no code of its own
  2  wrong arguments, a wrong file, or input that the server does not take
  3  no credential, a wrong one, or one that may not do this
  4  nothing of this name, or nothing that you may see
  5  in conflict with what is there, or changed meanwhile
  6  the server cannot be reached, is not ready, or does not answer in time

Examples:
  mc login https://mission-control.example.com
  mc tasks list --board release --status in_progress
  mc tasks move REL-12 review --comment 'Please look at the numbers.'
  mc approvals list
  mc watch --kind task,approval --json
  mc export > fleet.yaml
  mc apply fleet.yaml --plan";

/// Works with Mission Control from anywhere.
#[derive(Debug, Parser)]
#[command(name = "mc", version, max_term_width = 100, after_long_help = MANUAL)]
struct Cli {
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
    /// The server, by the name that `mc context list` shows
    #[arg(long, global = true, value_name = "NAME")]
    context: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Log in to a server: a token is asked for, tried and kept.
    Login(login::Arguments),
    /// Forget a server and its token.
    Logout,
    /// List the servers that are kept, or change which one is meant.
    Context(context::Arguments),
    /// Whether the server is ready, who you are there, and what needs somebody.
    Status,
    /// Boards.
    Boards(boards::Arguments),
    /// Tasks: list, show, create, move, comment.
    Tasks(tasks::Arguments),
    /// Agents: list, show, pause, resume, wake.
    Agents(agents::Arguments),
    /// Approvals: list, show, approve, reject.
    #[command(long_about = approvals::MANUAL)]
    Approvals(approvals::Arguments),
    /// Turns of agents: list, show, abort.
    Runs(runs::Arguments),
    /// Follow what happens.
    #[command(long_about = watch::MANUAL)]
    Watch(watch::Arguments),
    /// Call any route of the API.
    #[command(long_about = api::MANUAL)]
    Api(api::Arguments),
    /// Write the fleet as a file: gateways, boards, agents and what belongs to them.
    #[command(long_about = export::MANUAL)]
    Export(export::Arguments),
    /// Make the fleet what a file says.
    #[command(long_about = apply::MANUAL)]
    Apply(apply::Arguments),
    /// Print the JSON schema of such a file.
    Schema,
    #[command(flatten)]
    Reference(Reference),
}

/// Parses the arguments, runs the command, reports a failure on standard error.
pub fn main() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn dispatch(Cli { json, context, command }: Cli) -> Result<ExitCode, Failure> {
    let named = context.as_deref();
    match command {
        Command::Login(arguments) => block_on(login::run(&arguments, named, json))?,
        Command::Logout => login::forget(named)?,
        Command::Context(arguments) => context::run(&arguments, json)?,
        Command::Schema => print_json(&schema())?,
        Command::Reference(reference) => return Ok(reference.run(Cli::command())?),
        command => {
            let session = Session { client: Client::new(&contexts::server(named)?)?, json };
            block_on(remote(&session, command))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn remote(session: &Session, command: Command) -> Result<(), Failure> {
    match command {
        Command::Status => status::run(session).await,
        Command::Boards(arguments) => boards::run(session, &arguments).await,
        Command::Tasks(arguments) => tasks::run(session, &arguments).await,
        Command::Agents(arguments) => agents::run(session, &arguments).await,
        Command::Approvals(arguments) => approvals::run(session, &arguments).await,
        Command::Runs(arguments) => runs::run(session, &arguments).await,
        Command::Watch(arguments) => watch::run(session, &arguments).await,
        Command::Api(arguments) => api::run(session, &arguments).await,
        Command::Export(arguments) => export::run(session, &arguments).await,
        Command::Apply(arguments) => apply::run(session, &arguments).await,
        // Those that need no server are done.
        Command::Login(_) | Command::Logout | Command::Context(_) | Command::Schema => Ok(()),
        Command::Reference(_) => Ok(()),
    }
}

fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, error))?
        .block_on(work)
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
        for exit in Exit::ALL {
            assert!(MANUAL.contains(&format!("\n  {}  ", exit as u8)), "{exit:?}");
        }
    }
}
