//! The command line of `mission-control-gateway`.

mod call;
mod context;
mod pair;
mod reach;
mod serve;
mod simulate;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use mission_control_core::config::Settings;
use mission_control_process::settings::{self, Variables};
use mission_control_process::{Failure, memory, runtime, tls, version};
use mission_control_terminal::Reference;

use context::Context;

const AFTER_HELP: &str = "\
Environment (completed by the file of --env-file, else by .env in the working directory, else, where neither DATABASE_URL
nor MISSION_CONTROL_DATA_DIR is set, by /etc/mission-control/env):
  DATABASE_URL              where gateways are registered; default: a file in the data directory
  MISSION_CONTROL_DATA_DIR  where keys and the device identity are kept
  SECRETS_KEY               the key that seals stored tokens, unless it is kept in the data directory
  RQ_REDIS_URL              for `serve`: how processes wake each other
  OPENCLAW_GATEWAY_TOKEN    for --url: the gateway's shared token, when no --token-file is given
  LOG_LEVEL, LOG_FORMAT     how much `serve` and `simulate` write to standard error, and how
The whole list, with defaults and rules, is in .env.example.

Exit status:
  0  done, or stopped as asked
  1  a gateway cannot be reached, refuses or answers with an error; anything without a code of its own
  2  wrong arguments or configuration
  3  the database cannot be reached or used
  4  Redis cannot be reached
  5  the address cannot be listened on, e.g. the port is in use
  6  the database schema is not the one of this version

Examples:
  mission-control-gateway status
  mission-control-gateway call sessions.list --gateway Home
  mission-control-gateway call health --url ws://host:18789 --token-file token.txt
  mission-control-gateway pair --gateway Home
  mission-control-gateway simulate --agents 10";

/// Keeps OpenClaw gateways connected, and looks at them by hand.
#[derive(Debug, Parser)]
#[command(name = "mission-control-gateway", version = version(), max_term_width = 100, after_long_help = AFTER_HELP)]
struct Cli {
    /// File with variables, in place of .env and /etc/mission-control/env
    #[arg(long, global = true, value_name = "FILE")]
    env_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Keep every registered gateway connected and write down what becomes of it.
    #[command(long_about = serve::MANUAL)]
    Serve,
    /// Call a method of a gateway and print its answer.
    #[command(long_about = call::MANUAL, after_long_help = call::EXAMPLES)]
    Call(call::Arguments),
    /// Show what gateways say of themselves, and what to do about those that do not.
    #[command(long_about = status::MANUAL)]
    Status(status::Arguments),
    /// Have a gateway approve this installation.
    #[command(long_about = pair::MANUAL)]
    Pair(pair::Arguments),
    /// Play a gateway, to try things on.
    #[command(long_about = simulate::MANUAL, after_long_help = simulate::EXAMPLES)]
    Simulate(simulate::Arguments),
    #[command(flatten)]
    Reference(Reference),
}

/// Parses the arguments and does what they ask for; failures are told on standard error.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, Command::Serve) {
        memory::few_arenas();
    }
    tls::install_provider();
    match runtime().and_then(|runtime| runtime.block_on(cli.dispatch())) {
        Ok(code) => code,
        Err(failure) => failure.report("mission-control-gateway"),
    }
}

impl Cli {
    async fn dispatch(self) -> Result<ExitCode, Failure> {
        let env_file = self.env_file.as_deref();
        let context = || {
            let Variables { values: variables, file } = settings::variables(env_file)?;
            let settings = Settings::from_env(variables.clone())?;
            Ok::<_, Failure>(Context { settings, variables, file })
        };
        match self.command {
            Command::Serve => serve::run(&context()?.settings).await,
            Command::Call(arguments) => call::run(arguments, &context()?).await,
            Command::Status(arguments) => status::run(arguments, &context()?).await,
            Command::Pair(arguments) => pair::run(arguments, &context()?).await,
            Command::Simulate(arguments) => simulate::run(arguments, &context()?.settings).await,
            Command::Reference(reference) => Ok(reference.run(Self::command())?),
        }
    }
}

#[cfg(test)]
mod tests {
    use mission_control_process::Exit;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_manual_lists_every_exit_code() {
        for exit in [Exit::Failed, Exit::Usage, Exit::Database, Exit::Queue, Exit::Address, Exit::Migration] {
            assert!(AFTER_HELP.contains(&format!("\n  {}  ", exit as u8)), "{exit:?}");
        }
    }
}
