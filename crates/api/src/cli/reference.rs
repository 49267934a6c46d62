//! `completions` and `man`: what packages ship beside the program.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_complete::Shell;
use mission_control_process::{Exit, Failure};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Manual {
    /// Write a page per command into this directory, in place of the first one to standard output
    #[arg(long, value_name = "DIRECTORY")]
    out: Option<PathBuf>,
}

/// Writes the completions of `command`.
pub(super) fn completions(arguments: &Completions, mut command: Command) {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    // A reader that closes early is no failure.
    drop(std::io::stdout().write_all(&script));
}

/// Writes the manual of `command`.
pub(super) fn manual(arguments: &Manual, command: Command) -> Result<(), Failure> {
    let failed = |path: &Path, error| Failure::new(Exit::Failed, format!("{}: {error}", path.display()));
    match &arguments.out {
        Some(directory) => {
            std::fs::create_dir_all(directory).map_err(|error| failed(directory, error))?;
            clap_mangen::generate_to(command, directory).map_err(|error| failed(directory, error))
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command)
                .render(&mut page)
                .map_err(|error| failed(Path::new("the page"), error))?;
            drop(std::io::stdout().write_all(&page));
            Ok(())
        }
    }
}
