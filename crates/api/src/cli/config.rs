//! `config`.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_core::config::{Settings, of_reference};
use mission_control_process::Failure;
use mission_control_process::settings;

use super::output::{print, print_json};

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
    /// Show every setting with the value in effect, secrets masked.
    Show,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let Action::Show = arguments.action;
    let variables = settings::variables(env_file)?;
    let of_reference = of_reference(&variables.values);
    let lines = Settings::from_env(variables.values)?.summary();
    if arguments.json {
        let values: BTreeMap<_, _> = lines.into_iter().map(|line| (line.name, line.value)).collect();
        return print_json(&values);
    }
    match &variables.file {
        Some(file) => print(format_args!("# the environment, completed by {}", file.display())),
        None => print("# the environment alone"),
    }
    of_reference.iter().for_each(|line| print(format_args!("# {line}")));
    lines.iter().for_each(print);
    Ok(())
}
