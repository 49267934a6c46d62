//! `adopt`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use mission_control_core::config::{DatabaseLocation, Settings, of_reference};
use mission_control_process::{Exit, Failure, runtime, settings};
use mission_control_store::migrate::{self, Reference};
use mission_control_store::{DbOptions, private};
use serde::Serialize;

use super::output::{confirmed, print, show};
use crate::data_dir;

pub(super) const MANUAL: &str = "\
Take over a database of abhi1693/openclaw-mission-control. Organizations, boards, tasks, agents and their tokens keep their ids, \
so that agents never notice.

Where the settings name this database (DATABASE_URL of PostgreSQL) it is taken over in place: tables and columns are added, \
and nothing of the reference's is changed or removed. --rollback gives it back as long as nothing was written to the reference's \
tables since: it proves that by comparing every value with what was there.

Where the settings name SQLite (the default), the database at DATABASE_URL of the command is copied into it, and only read.

Stop the reference first, and take a backup of its database. --plan shows what would be done. A database of an unknown or an \
earlier revision is refused with the reason.

A password need not be an argument, where others see it: it is also taken from PGPASSWORD and ~/.pgpass.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The reference's database [default: the one of the settings]
    #[arg(value_name = "DATABASE_URL")]
    url: Option<String>,
    /// Show what would be done, and change nothing
    #[arg(long, conflicts_with = "rollback")]
    plan: bool,
    /// Give a database that was taken over in place back to the reference
    #[arg(long)]
    rollback: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How a database is taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    InPlace,
    Copied(PathBuf),
}

/// What is done, or would be.
#[derive(Serialize)]
struct Adoption {
    revision: Option<String>,
    way: &'static str,
    database: String,
    rows: BTreeMap<String, i64>,
    migrations: usize,
    done: bool,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let variables = settings::variables(env_file)?;
    let notes = of_reference(&variables.values);
    let environment = variables.values.clone();
    let settings = Settings::from_env(variables.values)?;
    settings::announce(&settings, variables.file.as_deref());
    notes.iter().for_each(|note| eprintln!("note: {note}"));
    let from = match &arguments.url {
        Some(url) => told(url, |name| environment.get(name).map(String::as_str))?,
        None => settings.database.location.clone(),
    };
    runtime()?.block_on(async {
        if arguments.rollback {
            return roll_back(arguments, &from).await;
        }
        let way = way(&from, &settings.database.location)?;
        if way == Way::InPlace {
            private::directory(&settings.data_dir)
                .map_err(|error| data_dir::failure(&settings.data_dir, &error))?;
        }
        adopt(arguments, &from, &way).await
    })
}

fn told<'a>(url: &str, variable: impl Fn(&str) -> Option<&'a str>) -> Result<DatabaseLocation, Failure> {
    let wrong = |rule: String| Failure::usage(format!("the address of the reference's database {rule}"));
    match DatabaseLocation::parse(url).map_err(wrong)? {
        DatabaseLocation::Postgres(parameters) => {
            parameters.completed_by(variable).map(DatabaseLocation::Postgres).map_err(wrong)
        }
        DatabaseLocation::Sqlite(_) => {
            Err(wrong("is of SQLite, and the reference has PostgreSQL alone".to_owned()))
        }
    }
}

/// How the database at `from` becomes the one of the settings.
fn way(from: &DatabaseLocation, ours: &DatabaseLocation) -> Result<Way, Failure> {
    match (from, ours) {
        (DatabaseLocation::Sqlite(_), _) => Err(Failure::usage(
            "which database is to be taken over? Give its address: mission-control-api adopt postgresql://…",
        )),
        (_, DatabaseLocation::Sqlite(path)) => Ok(Way::Copied(path.clone())),
        (_, ours) if from.to_string() == ours.to_string() => Ok(Way::InPlace),
        (_, ours) => Err(Failure::usage(format!(
            "the settings name another database ({ours}): name {from} in DATABASE_URL to take it over in place, or no \
             PostgreSQL to have it copied into SQLite"
        ))),
    }
}

async fn adopt(arguments: &Arguments, from: &DatabaseLocation, way: &Way) -> Result<(), Failure> {
    let options = DbOptions::new(from.clone());
    let Some(Reference { revision, rows }) = migrate::reference(&options).await? else {
        return Err(Failure::new(
            Exit::Migration,
            format!("{from} is no database of the reference, or was taken over already (`migrate status`)"),
        ));
    };
    let adoption = |done| Adoption {
        revision: revision.clone(),
        way: if *way == Way::InPlace { "in_place" } else { "copied" },
        database: match way {
            Way::InPlace => from.to_string(),
            Way::Copied(path) => format!("sqlite://{}", path.display()),
        },
        rows: rows.clone(),
        migrations: migrate::history().len().saturating_sub(1),
        done,
    };
    if arguments.plan {
        return show(arguments.json, &adoption(false), print_adoption);
    }
    let question = format!("Take over {from}? The reference must not run, and its database needs a backup.");
    if !arguments.yes && !confirmed(&question) {
        return Err(Failure::usage("nothing was done; repeat the command with --yes to go ahead"));
    }
    match way {
        Way::InPlace => drop(migrate::up(&options).await?),
        Way::Copied(path) => drop(migrate::copy_reference(&options, path).await?),
    }
    show(arguments.json, &adoption(true), print_adoption)
}

async fn roll_back(arguments: &Arguments, from: &DatabaseLocation) -> Result<(), Failure> {
    let question =
        format!("Give {from} back to the reference? What only Mission Control keeps there is lost.");
    if !arguments.yes && !confirmed(&question) {
        return Err(Failure::usage("nothing was done; repeat the command with --yes to go ahead"));
    }
    let reverted = migrate::give_back(&DbOptions::new(from.clone())).await?;
    show(
        arguments.json,
        &serde_json::json!({ "given_back": from.to_string(), "migrations": reverted }),
        |_| {
            print(format_args!("{from} is the reference's again: every value in its tables is what it was"));
        },
    )
}

fn print_adoption(adoption: &Adoption) {
    let Adoption { revision, way, database, rows, migrations, done } = adoption;
    let revision = revision.as_deref().unwrap_or("not told, by its columns");
    let verb = if *done { "taken over" } else { "would be taken over" };
    let way = if *way == "in_place" { "in place" } else { "by a copy; the original is only read" };
    print(format_args!("{verb} {way}: {database}"));
    print(format_args!("  revision    {revision}"));
    print(format_args!("  migrations  {migrations} of ours"));
    for (table, count) in rows.iter().filter(|(_, count)| **count > 0) {
        print(format_args!("  {count:>10}  {table}"));
    }
    print(match done {
        true => "Start the server now with the reference's settings; agents keep their tokens.",
        false => "Nothing was changed.",
    });
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const THEIRS: &str = "postgresql://me:secret@db/mission_control";

    #[rstest]
    #[case::in_place(THEIRS, "postgresql://db/mission_control", Some(Way::InPlace))]
    #[case::copied(THEIRS, "sqlite:///data/mc.db", Some(Way::Copied("/data/mc.db".into())))]
    #[case::elsewhere(THEIRS, "postgresql://other/mission_control", None)]
    #[case::nothing_named("sqlite:///data/mc.db", "sqlite:///data/mc.db", None)]
    fn the_settings_say_how(#[case] from: &str, #[case] ours: &str, #[case] expected: Option<Way>) {
        let location = |url| DatabaseLocation::parse(url).unwrap();
        assert_eq!(way(&location(from), &location(ours)).ok(), expected);
    }
}
