//! What commands begin with.

use std::collections::BTreeMap;
use std::path::Path;

use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_process::settings::variables;
use mission_control_process::{Exit, Failure};
use mission_control_store::{Db, DbOptions};
use tokio::sync::mpsc;

/// The variables; arguments win over the environment, the environment over the file.
pub(super) fn told(
    env_file: Option<&Path>,
    arguments: impl IntoIterator<Item = (&'static str, Option<String>)>,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut values = variables(env_file)?.values;
    values.extend(arguments.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Ok(values)
}

/// The configured database: it is neither created nor migrated.
pub(super) async fn open_database(settings: &Settings) -> Result<Db, Failure> {
    if let DatabaseLocation::Sqlite(path) = &settings.database.location
        && !path.exists()
    {
        let path = path.display();
        let fix = "start `mission-control-api serve` first, or correct DATABASE_URL";
        return Err(Failure::new(Exit::Database, format!("there is no database at {path}; {fix}")));
    }
    let (nobody, _) = mpsc::unbounded_channel();
    Ok(Db::open(DbOptions { pool_size: 2, ..DbOptions::from(&settings.database) }, nobody).await?)
}
