//! `completions` and `man`: what packages ship beside a program.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Command, Subcommand};
use clap_complete::Shell;

/// The commands by which a program tells of itself.
#[derive(Debug, Subcommand)]
pub enum Reference {
    /// Print what completes commands in a shell.
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual as a man page.
    Man {
        /// Write a page per command into this directory, in place of the first one to standard output
        #[arg(long, value_name = "DIRECTORY")]
        out: Option<PathBuf>,
    },
}

impl Reference {
    /// Tells of `program`.
    ///
    /// # Errors
    /// The directory cannot be written to; it is named.
    pub fn run(&self, mut program: Command) -> io::Result<ExitCode> {
        let mut text = Vec::new();
        match self {
            Self::Completions { shell } => {
                let name = program.get_name().to_owned();
                clap_complete::generate(*shell, &mut program, name, &mut text);
            }
            Self::Man { out: Some(directory) } => std::fs::create_dir_all(directory)
                .and_then(|()| clap_mangen::generate_to(program, directory))
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", directory.display())))?,
            Self::Man { out: None } => clap_mangen::Man::new(program).render(&mut text)?,
        }
        // A reader that closes early is no failure.
        drop(io::stdout().write_all(&text));
        Ok(ExitCode::SUCCESS)
    }
}
