//! `backup`.

use std::path::{Path, PathBuf};

use clap::Args;
use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_fleet::backup::{self, BackupError, Checked, Destination, Keys, SECRETS_KEY};
use mission_control_process::{Exit, Failure, runtime, settings};
use serde::Serialize;

use super::output::{print, show};
use super::postgres_tools;

pub(super) const MANUAL: &str = "\
Take a backup of a SQLite database and of the keys that it cannot be read without, while the server runs. It is one file that \
only you can read; before it gets its name, all of it is unpacked and looked at: hash, pages, references, migrations, rows, \
whether the key opens the secrets, and the record of who did what. `restore` makes an installation of it.

Whoever has the file can open every secret in it, gateway tokens included. With --without-keys it has no keys: keep the \
secrets key elsewhere then, since nobody opens the secrets without it.

Of PostgreSQL, pg_dump takes backups: the command says how, with this installation's arguments.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to write [default: mission-control-<time>.tar.gz in BACKUP_DIR]
    #[arg(value_name = "FILE", conflicts_with_all = ["dir", "check"])]
    file: Option<PathBuf>,
    /// Write into this directory, under a name with the time
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "check")]
    dir: Option<PathBuf>,
    /// Look whether this backup is whole, and take none
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Leave the secrets key and the access token out
    #[arg(long, conflicts_with = "check")]
    without_keys: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is said of a backup.
#[derive(Serialize)]
pub(super) struct Backup<'a> {
    file: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    made_at: String,
    version: &'a str,
    migration: Option<&'a String>,
    tables: usize,
    rows: i64,
    keys: &'a [String],
    audit_chains: Option<usize>,
}

impl<'a> Backup<'a> {
    pub(super) fn of(file: &'a Path, bytes: Option<u64>, checked: &'a Checked) -> Self {
        let manifest = &checked.manifest;
        Self {
            file,
            bytes,
            made_at: manifest.made_at.to_string(),
            version: &manifest.version,
            migration: manifest.migrations.last(),
            tables: manifest.rows.len(),
            rows: manifest.rows.values().sum(),
            keys: &manifest.keys,
            audit_chains: checked.audit_chains,
        }
    }

    pub(super) fn print(&self) {
        print(format_args!("{}", self.file.display()));
        if let Some(bytes) = self.bytes {
            print(format_args!("  size      {bytes} bytes, readable by its owner alone"));
        }
        print(format_args!("  taken     {} by release {}", self.made_at, self.version));
        print(format_args!("  database  {} rows in {} tables, whole", self.rows, self.tables));
        print(format_args!("  schema    {}", self.migration.map_or("none", String::as_str)));
        print(match self.audit_chains {
            Some(chains) => format!("  audit     {chains} record(s) followed from end to end"),
            None => "  audit     not looked at: no key, or of an older release".to_owned(),
        });
        if self.keys.iter().any(|key| key == SECRETS_KEY) {
            print("  keys      INCLUDED: whoever has this file can open every secret in it");
        } else {
            print("  keys      NOT included: without the secrets key nobody opens the secrets in it");
        }
    }
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    if let Some(file) = &arguments.check {
        return check(file, arguments.json);
    }
    let settings = settings::told_settings(env_file)?;
    if let DatabaseLocation::Postgres(parameters) = &settings.database.location {
        print(postgres_tools::guidance(parameters, &settings));
        return Err(Failure::new(
            Exit::Failed,
            "nothing was backed up: pg_dump takes backups of PostgreSQL, as told above",
        ));
    }
    let keys = if arguments.without_keys { Keys::LeftOut } else { Keys::Included };
    eprintln!("copying and checking; the server may go on");
    let taken = runtime()?.block_on(backup::take(&settings, &destination(arguments, &settings), keys));
    let taken = taken.map_err(failure)?;
    show(arguments.json, &Backup::of(&taken.path, Some(taken.bytes), &taken.checked), Backup::print)
}

fn destination(arguments: &Arguments, settings: &Settings) -> Destination {
    match (&arguments.file, &arguments.dir) {
        (Some(file), _) => Destination::File(file.clone()),
        (None, Some(directory)) => Destination::Directory(directory.clone()),
        (None, None) => Destination::Directory(settings.backup.dir.clone()),
    }
}

fn check(file: &Path, json: bool) -> Result<(), Failure> {
    if postgres_tools::is_dump(file).map_err(|error| Failure::unreadable(file, error))? {
        return postgres_tools::check(file);
    }
    let checked = runtime()?.block_on(backup::check(file)).map_err(failure)?;
    show(json, &Backup::of(file, None, &checked), Backup::print)
}

/// The exit code of what went wrong.
pub(super) fn failure(error: BackupError) -> Failure {
    match error {
        BackupError::Store(error) => error.into(),
        BackupError::NotSqlite(_)
        | BackupError::Exists(_)
        | BackupError::Occupied(_)
        | BackupError::InUse(_)
        | BackupError::OtherKey => Failure::usage(error),
        BackupError::Newer { .. } => Failure::new(Exit::Migration, error),
        BackupError::File { .. } | BackupError::Damaged { .. } => Failure::new(Exit::Failed, error),
    }
}
