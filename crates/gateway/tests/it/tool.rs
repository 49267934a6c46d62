//! The executable, in an empty directory and with nothing but the variables given.

use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::installation::Installation;

/// Where the tool keeps its things and looks for a database.
pub(crate) enum Home<'a> {
    /// Nowhere: a data directory without anything in it.
    Empty,
    /// This data directory, without a database.
    Directory(&'a TempDir),
    /// The installation's.
    Of(&'a Installation),
}

pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) shown: String,
    pub(crate) told: String,
}

/// Runs it to its end, on a thread that may block.
pub(crate) async fn run(home: Home<'_>, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let command = command(home, arguments, variables);
    let (output, _directory) = tokio::task::spawn_blocking(move || {
        let (mut command, directory) = command;
        (command.timeout(Duration::from_secs(60)).output().unwrap(), directory)
    })
    .await
    .unwrap();
    Outcome::of(&output)
}

impl Outcome {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), shown: text(&output.stdout), told: text(&output.stderr) }
    }
}

fn command(home: Home<'_>, arguments: &[&str], variables: &[(&str, &str)]) -> (Command, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mission-control-gateway"));
    command.args(arguments).current_dir(directory.path()).env_clear();
    match home {
        Home::Empty => command.env("MISSION_CONTROL_DATA_DIR", directory.path().join("data")),
        Home::Directory(data_dir) => command.env("MISSION_CONTROL_DATA_DIR", data_dir.path()),
        Home::Of(installation) => command
            .env("MISSION_CONTROL_DATA_DIR", installation.data_dir.path())
            .env("DATABASE_URL", installation.database.url()),
    };
    command.envs(variables.iter().copied());
    (command, directory)
}

/// A file with a token in it.
pub(crate) fn token_file(token: &str) -> (TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token.txt");
    std::fs::write(&path, format!("{token}\n")).unwrap();
    (directory, path.to_str().unwrap().to_owned())
}
