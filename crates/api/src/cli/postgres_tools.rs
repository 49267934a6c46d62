//! How PostgreSQL's own tools back an installation up and bring it back.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::Command;

use mission_control_core::config::{PostgresParameters, Settings};
use mission_control_process::{Exit, Failure};

use super::output::print;

/// How a dump of pg_dump's custom format begins.
const MARK: &[u8] = b"PGDMP";
/// Parameters that the tools take as arguments.
const ARGUMENTS: [(&str, &str); 4] =
    [("host", "--host"), ("port", "--port"), ("user", "--username"), ("dbname", "--dbname")];
/// Parameters that they take from their environment.
const VARIABLES: [(&str, &str); 3] =
    [("sslmode", "PGSSLMODE"), ("sslrootcert", "PGSSLROOTCERT"), ("passfile", "PGPASSFILE")];
/// Tables that no dump of an installation is without.
const TABLES: [&str; 4] = ["organizations", "agents", "tasks", "__diesel_schema_migrations"];

/// How to take a backup of this database, and the key.
pub(super) fn guidance(parameters: &PostgresParameters, settings: &Settings) -> String {
    let dump =
        command("pg_dump", parameters, &["--format=custom", "--no-owner", "--file=mission-control.dump"]);
    let key = match settings.secrets_key {
        Some(_) => "SECRETS_KEY is in your settings: keep a copy of it, away from the dump.".to_owned(),
        None => format!(
            "Keep a copy of {} as well, away from the dump: without it nobody opens the secrets.",
            quoted(&settings.data_dir.join("secrets-key").display().to_string())
        ),
    };
    format!(
        "{dump}\n\n# The password is asked for, or comes from PGPASSWORD or ~/.pgpass; it is never an argument, where others see it.\n\
         # pg_dump has to be of the server's release or a later one.\n# {key}\n\
         # Then look at it: mission-control-api backup --check mission-control.dump"
    )
}

/// How to bring a dump back.
pub(super) fn way_back(parameters: &PostgresParameters, dump: &Path) -> String {
    let options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"];
    let restore = command("pg_restore", parameters, &options);
    format!(
        "{restore} {}\n\n# Stop the server, the workers and the gateway link before; put the secrets key back where it was.",
        quoted(&dump.display().to_string())
    )
}

fn command(tool: &str, parameters: &PostgresParameters, options: &[&str]) -> String {
    let given = |(keyword, name): &(&str, &str)| {
        parameters
            .get(keyword)
            .filter(|value| !value.is_empty())
            .map(|value| format!("{name}={}", quoted(value)))
    };
    let variables = VARIABLES.iter().filter_map(given);
    let arguments = ARGUMENTS.iter().filter_map(given);
    let options = options.iter().map(|option| (*option).to_owned());
    variables.chain([tool.to_owned()]).chain(options).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// A word as shells take it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,@+=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Whether a file is a dump of PostgreSQL.
pub(super) fn is_dump(file: &Path) -> io::Result<bool> {
    let mut beginning = Vec::new();
    File::open(file)?.take(MARK.len() as u64).read_to_end(&mut beginning)?;
    Ok(beginning == MARK)
}

/// Has pg_restore read all of a dump, and looks for the tables that have to be in it.
pub(super) fn check(file: &Path) -> Result<(), Failure> {
    let read = |options: &[&str]| {
        let asked = Command::new("pg_restore").args(options).arg(file).output();
        asked.map_err(|error| {
            let remedy = "Install PostgreSQL's client programs; without them only PostgreSQL can say whether it is whole.";
            Failure::new(Exit::Failed, format!("pg_restore cannot be run: {error}")).with_remedy(Some(remedy))
        })
    };
    let damaged = |reason: &str| {
        Failure::new(Exit::Failed, format!("{} is no whole dump: {}", file.display(), reason.trim()))
    };
    let listed = read(&["--list"])?;
    if !listed.status.success() {
        return Err(damaged(&String::from_utf8_lossy(&listed.stderr)));
    }
    let list = String::from_utf8_lossy(&listed.stdout);
    let has = |table: &&str| list.lines().any(|line| line.contains(&format!(" TABLE DATA public {table} ")));
    if let Some(missing) = TABLES.iter().find(|table| !has(table)) {
        return Err(damaged(&format!("it has no rows of the table {missing}")));
    }
    // A script made of it reads every row, and goes nowhere.
    let whole = read(&["--file=/dev/null"])?;
    if !whole.status.success() {
        return Err(damaged(&String::from_utf8_lossy(&whole.stderr)));
    }
    let tables = list.lines().filter(|line| line.contains(" TABLE DATA ")).count();
    print(format_args!(
        "{}\n  rows of {tables} tables, all readable; the secrets key is not in a dump",
        file.display()
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_has_every_argument_and_no_password() {
        let parameters = PostgresParameters::parse_url(
            "postgresql://mc:hid'den@db.lan:5433/mission%20control?sslmode=require",
        )
        .unwrap();
        let told = way_back(&parameters, Path::new("it's.dump"));
        let first = told.lines().next().unwrap();
        assert_eq!(
            first,
            "PGSSLMODE=require pg_restore --clean --if-exists --no-owner --single-transaction --exit-on-error \
             --host=db.lan --port=5433 --username=mc --dbname='mission control' 'it'\\''s.dump'"
        );
        assert!(!told.contains("hid"));
    }
}
