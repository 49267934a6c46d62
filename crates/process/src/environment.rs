//! The variables of the process, completed by a `.env` file.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use mission_control_core::config::SECTIONS;
use mission_control_core::limits::ENV_FILE;

use crate::env_file::{UnreadableLine, parse_env_file};

/// Variables that cannot be read. Names file, line and variable, never a value.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// The file is there and cannot be opened or read.
    #[error("cannot read {}: {cause}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        cause: io::Error,
    },
    /// The file is too large to be a configuration.
    #[error("cannot read {}: it has more than {ENV_FILE} bytes", path.display())]
    TooLarge {
        /// Which file.
        path: PathBuf,
    },
    /// The file is not text.
    #[error("cannot read {}: line {line} is not UTF-8 text; save the file as UTF-8", path.display())]
    NotText {
        /// Which file.
        path: PathBuf,
        /// Number of the line, from 1.
        line: usize,
    },
    /// A line of the file is malformed.
    #[error("cannot read {}: {cause}", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, and what is wrong with it.
        #[source]
        cause: UnreadableLine,
    },
    /// The process has a variable of ours with a value that is not text.
    #[error("the value of {0} is not UTF-8 text; set it again")]
    Variable(&'static str),
}

/// The variables of the process, and those of a file which the process does not set itself. A file that does not exist is
/// no error. Changes nothing: neither the environment nor the file.
///
/// # Errors
/// The file exists and cannot be read or has a malformed line, or a variable that we read is not text.
pub(crate) fn environment(file: Option<&Path>) -> Result<BTreeMap<String, String>, EnvironmentError> {
    let mut variables = file.map(read).transpose()?.unwrap_or_default();
    for (name, value) in std::env::vars_os() {
        let Ok(name) = name.into_string() else { continue };
        match value.into_string() {
            Ok(value) => drop(variables.insert(name, value)),
            Err(_) => known(&name).map_or(Ok(()), |ours| Err(EnvironmentError::Variable(ours)))?,
        }
    }
    Ok(variables)
}

fn known(name: &str) -> Option<&'static str> {
    let mut ours = SECTIONS.iter().flat_map(|section| section.variables);
    ours.find(|variable| variable.name == name).map(|variable| variable.name)
}

fn read(path: &Path) -> Result<BTreeMap<String, String>, EnvironmentError> {
    let path = || path.to_owned();
    let unreadable = |cause| EnvironmentError::File { path: path(), cause };
    let file = match File::open(path()) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut bytes = Vec::new();
    file.take(ENV_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > ENV_FILE) {
        return Err(EnvironmentError::TooLarge { path: path() });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let readable = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        EnvironmentError::NotText { path: path(), line: 1 + readable.filter(|byte| **byte == b'\n').count() }
    })?;
    parse_env_file(&text).map_err(|cause| EnvironmentError::Line { path: path(), cause })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_process_environment_wins_over_the_dotenv_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(".env");
        fs::write(&file, "PATH=from-file\nMISSION_CONTROL_TEST_ONLY='from file' # comment\n").unwrap();
        let variables = environment(Some(&file)).unwrap();
        assert_eq!(variables.get("MISSION_CONTROL_TEST_ONLY").map(String::as_str), Some("from file"));
        assert_eq!(variables.get("PATH").cloned(), std::env::var("PATH").ok());
    }

    #[test]
    fn an_absent_dotenv_file_is_no_error_and_a_malformed_one_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(".env");
        assert_eq!(environment(Some(&file)).unwrap(), std::env::vars().collect());
        fs::write(&file, "NO EQUALS SIGN\n").unwrap();
        let message = environment(Some(&file)).unwrap_err().to_string();
        assert!(message.starts_with(&format!("cannot read {}: ", file.display())), "{message}");
    }
}
