//! The product's programs, in an environment that holds nothing but what a test puts there.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use mission_control_testkit::process::Process;

pub(crate) const API: &str = "mission-control-api";
pub(crate) const WORKER: &str = "mission-control-worker";
pub(crate) const GATEWAY: &str = "mission-control-gateway";
pub(crate) const MC: &str = "mc";

/// A command that runs `program` with its data, its working directory and its `HOME` in `directory`.
pub(crate) fn command(program: &str, directory: &Path) -> Command {
    let mut command = Process::command(&path(program));
    command
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("HOME", directory)
        .env("MISSION_CONTROL_DATA_DIR", directory)
        .current_dir(directory);
    command
}

/// Starts a [`command`]; its output goes to `<program>.log` in the directory it runs in.
pub(crate) fn start(command: Command, program: &str) -> Process {
    let directory = command.get_current_dir().expect("set by `command`").to_path_buf();
    Process::spawn(command, &directory.join(program).with_extension("log"))
}

/// Cargo puts tests into `deps`, in the directory of the programs.
pub(crate) fn path(program: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let path = test.parent().and_then(Path::parent).unwrap().join(program);
    assert!(path.exists(), "{} is not built: run `cargo build --workspace --bins`", path.display());
    path
}
