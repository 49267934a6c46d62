//! `migrate`.

use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_core::config::Settings;
use mission_control_process::{Failure, runtime, settings};
use mission_control_store::{DbOptions, migrate, private};
use serde::Serialize;

use super::output::{confirmed, print, show, table};
use crate::data_dir;

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
    /// Apply every pending migration. Safe while other processes do the same.
    Up,
    /// Undo the latest migrations, with what is stored in what they added.
    Down {
        /// How many, or the migration to go back to: its name or number, as `history` shows it
        #[arg(default_value = "1", value_name = "COUNT|MIGRATION")]
        to: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Show which migrations are applied, and which are pending.
    Status,
    /// Show every migration of this version.
    History,
}

/// What was done.
#[derive(Serialize)]
struct Done {
    done: &'static str,
    migrations: Vec<String>,
}

/// A migration and when it was applied.
#[derive(Serialize)]
struct Row {
    migration: String,
    applied_at: Option<String>,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    if let Action::History = &arguments.action {
        return show(arguments.json, &migrate::history(), |names| names.iter().for_each(print));
    }
    let settings = settings::told_settings(env_file)?;
    private::directory(&settings.data_dir).map_err(|error| data_dir::failure(&settings.data_dir, &error))?;
    runtime()?.block_on(execute(arguments, &settings))
}

async fn execute(arguments: &Arguments, settings: &Settings) -> Result<(), Failure> {
    let options = DbOptions::from(&settings.database);
    let done = match &arguments.action {
        Action::Up => Done { done: "applied", migrations: migrate::up(&options).await? },
        Action::Down { to, yes } => {
            let applied = migrate::status(&options).await?.applied;
            let steps = steps(to, &applied)?;
            let question =
                format!("Undo {steps} migration(s) of {}? What they added is lost.", options.location);
            if steps > 0 && !yes && !confirmed(&question) {
                return Err(Failure::usage("nothing was undone; repeat the command with --yes to go ahead"));
            }
            Done { done: "undone", migrations: migrate::down(&options, steps).await? }
        }
        Action::Status | Action::History => {
            tell_of_reference(&options).await;
            return show(arguments.json, &rows(migrate::status(&options).await?), |rows| print_rows(rows));
        }
    };
    show(arguments.json, &done, |Done { done, migrations }| match migrations.as_slice() {
        [] => print("nothing to do"),
        names => names.iter().for_each(|name| print(format_args!("{done} {name}"))),
    })
}

/// Says on standard error that the database is one of the reference, where it is.
async fn tell_of_reference(options: &DbOptions) {
    match migrate::reference(options).await {
        Ok(Some(found)) => {
            let revision = found.revision.as_deref().unwrap_or("unknown");
            eprintln!(
                "a database of the reference (revision {revision}), not taken over yet: see `mission-control-api adopt --plan`"
            );
        }
        // The status is what was asked for; it names what is wrong with the database by itself.
        Ok(None) => {}
        Err(error) => eprintln!("{error}"),
    }
}

/// How many of the latest migrations are undone to keep the one that `to` names.
fn steps(to: &str, applied: &[migrate::Applied]) -> Result<usize, Failure> {
    let is_named = |migration: &migrate::Applied| {
        migration.name == to
            || migration.version == to
            || migration.name.split_once('_').is_some_and(|(_, name)| name == to)
    };
    if let Some(kept) = applied.iter().rposition(is_named) {
        return Ok(applied.len() - kept - 1);
    }
    let count = to.parse().map_err(|_| {
        Failure::usage(format!("no applied migration is called {to}; `migrate status` lists them"))
    })?;
    Ok(applied.len().min(count))
}

fn rows(status: migrate::Status) -> Vec<Row> {
    let applied = status
        .applied
        .into_iter()
        .map(|applied| Row { migration: applied.name, applied_at: Some(applied.run_on.to_string()) });
    let pending = status.pending.into_iter().map(|migration| Row { migration, applied_at: None });
    applied.chain(pending).collect()
}

fn print_rows(rows: &[Row]) {
    let mut table = table(["migration", "applied"]);
    for Row { migration, applied_at } in rows {
        table.add_row([migration.as_str(), applied_at.as_deref().unwrap_or("pending")]);
    }
    print(table);
}

#[cfg(test)]
mod tests {
    use mission_control_core::time::Timestamp;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("1", Some(1))]
    #[case("9", Some(3))]
    #[case("00000000000001_baseline", Some(2))]
    #[case("00000000000002", Some(1))]
    #[case("jobs", Some(0))]
    #[case("never", None)]
    fn a_migration_to_go_back_to_stays(#[case] to: &str, #[case] expected: Option<usize>) {
        let applied =
            ["00000000000001_baseline", "00000000000002_boards", "00000000000003_jobs"].map(|name| {
                let version = name.split('_').next().unwrap().to_owned();
                migrate::Applied { version, name: name.to_owned(), run_on: Timestamp::now() }
            });
        assert_eq!(steps(to, &applied).ok(), expected);
    }
}
