//! `audit`.

use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_fleet::{Fleet, audit};
use mission_control_process::{Exit, Failure, runtime, settings};
use serde::Serialize;

use super::output::{print, show};

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
    /// Follow the hashes of every organization's record from its beginning to its end, and name the first broken link.
    Verify,
}

/// What was found of a record.
#[derive(Serialize)]
struct Looked {
    organization: String,
    first: i64,
    last: i64,
    broken: Option<String>,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let Action::Verify = arguments.action;
    let mut settings = settings::told_settings(env_file)?;
    settings.database.auto_migrate = false;
    runtime()?.block_on(async {
        let fleet = Fleet::open(&settings).await?;
        let found = audit::verify(&fleet).await;
        fleet.shutdown();
        let looked: Vec<Looked> = found?
            .into_iter()
            .map(|record| Looked {
                organization: record.organization.to_string(),
                first: record.entries.0.saturating_add(1),
                last: record.entries.1,
                broken: record.broken.map(|link| link.to_string()),
            })
            .collect();
        show(arguments.json, &looked, |looked| looked.iter().for_each(print_record))?;
        match looked.iter().filter(|record| record.broken.is_some()).count() {
            0 => Ok(()),
            broken => Err(Failure::new(Exit::Failed, format!("{broken} records are not whole"))),
        }
    })
}

fn print_record(Looked { organization, first, last, broken }: &Looked) {
    match broken {
        None => print(format_args!("{organization}: entries {first} to {last} are whole")),
        Some(link) => print(format_args!("{organization}: BROKEN: {link}")),
    }
}
