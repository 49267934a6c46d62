//! The variables of the process, completed by a `.env` file.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

/// A `.env` file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {cause}", path.display())]
pub struct DotenvError {
    path: PathBuf,
    #[source]
    cause: dotenvy::Error,
}

/// The variables of the process, and those of the file at `dotenv` which the process does not set itself. A file that
/// does not exist is no error. Changes nothing: neither the environment nor the file.
///
/// # Errors
/// The file exists and cannot be read or has a malformed line.
pub fn environment(dotenv: Option<&Path>) -> Result<BTreeMap<String, String>, DotenvError> {
    let mut variables = match dotenv {
        Some(path) => read(path).map_err(|cause| DotenvError { path: path.to_owned(), cause })?,
        None => BTreeMap::new(),
    };
    variables.extend(
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
    );
    Ok(variables)
}

fn read(path: &Path) -> Result<BTreeMap<String, String>, dotenvy::Error> {
    match dotenvy::from_path_iter(path) {
        Ok(lines) => lines.collect(),
        Err(dotenvy::Error::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}
