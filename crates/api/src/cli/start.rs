//! What commands begin with.

use mission_control_core::config::Settings;
use mission_control_process::{Failure, environment};

/// The configuration; arguments win over the environment, the environment over `.env`.
pub(super) fn settings(
    arguments: impl IntoIterator<Item = (&'static str, Option<String>)>,
) -> Result<Settings, Failure> {
    let mut variables = environment()?;
    variables.extend(arguments.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Ok(Settings::from_env(variables)?)
}
