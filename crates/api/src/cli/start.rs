//! What commands begin with.

use std::path::Path;

use mission_control_core::config::{self, Settings};
use mission_control_fleet::failure::{Exit, Failure};

/// The configuration; arguments win over the environment, the environment over `.env`.
pub(super) fn settings(
    arguments: impl IntoIterator<Item = (&'static str, Option<String>)>,
) -> Result<Settings, Failure> {
    let mut variables = config::environment(Some(Path::new(".env")))?;
    variables.extend(arguments.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Ok(Settings::from_env(variables)?)
}

/// A runtime for commands that talk to the database or serve.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, format!("cannot start threads: {error}")))
}
