//! `restore`.

use std::path::{Path, PathBuf};

use clap::Args;
use mission_control_core::config::DatabaseLocation;
use mission_control_fleet::backup::{self, Restored};
use mission_control_process::{Failure, runtime, settings};
use serde::Serialize;

use super::backup::{Backup, failure};
use super::output::{print, show};
use super::postgres_tools;

pub(super) const MANUAL: &str = "\
Put the database and the keys of a backup where the settings say (DATABASE_URL, MISSION_CONTROL_DATA_DIR), after a look at \
all of it. The server, the worker and the gateway link have to be stopped.

Where there is a database already nothing is done; with --force it goes into a folder before-restore-<time> beside, and the \
backup takes its place. If anything fails on the way, everything is where it was.

Agents keep their tokens. What happened after the backup was taken is forgotten; the agents of that time are made to agree \
with their gateways again when the server starts. Of PostgreSQL, pg_restore restores dumps: the command says how.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Keep what is there aside, and take its place
    #[arg(long)]
    force: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was done.
#[derive(Serialize)]
struct Done<'a> {
    database: &'a Path,
    aside: &'a [PathBuf],
    backup: Backup<'a>,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let settings = settings::told_settings(env_file)?;
    if let DatabaseLocation::Postgres(parameters) = &settings.database.location {
        print(postgres_tools::way_back(parameters, &arguments.file));
        return Err(Failure::usage(
            "nothing was restored: pg_restore restores dumps of PostgreSQL, as told above",
        ));
    }
    let restored = runtime()?.block_on(backup::restore(&settings, &arguments.file, arguments.force));
    let Restored { checked, database, aside } = restored.map_err(failure)?;
    let backup = Backup::of(&arguments.file, None, &checked);
    show(arguments.json, &Done { database: &database, aside: &aside, backup }, |done| {
        done.backup.print();
        print(format_args!("restored to {}", done.database.display()));
        for kept in done.aside {
            print(format_args!("kept aside: {}", kept.display()));
        }
        print("Start the server now; if it asks for it, `mission-control-api migrate up` first.");
    })
}
