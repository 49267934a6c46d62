//! Which file completes the variables of a process: one answer for all programs and commands.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mission_control_core::config::Settings;

use crate::environment::environment;
use crate::failure::Failure;

/// The file of the working directory.
const LOCAL: &str = ".env";
/// The file of an installation with system units.
const SYSTEM: &str = "/etc/mission-control/env";
/// Where such an installation keeps its data, as its units say.
const SYSTEM_DATA_DIR: &str = "/var/lib/mission-control";
/// Variables of the process which say what installation is meant.
const TELLING: [&str; 2] = ["DATABASE_URL", "MISSION_CONTROL_DATA_DIR"];

/// What a process was told by its environment and a file.
#[derive(Clone)]
pub struct Variables {
    /// Names and values.
    pub values: BTreeMap<String, String>,
    /// The file that completes the environment, if one does.
    pub file: Option<PathBuf>,
}

/// The variables of the process, completed by the file that was `given`, else by `.env` in the working directory, else,
/// where nothing says which installation is meant, by the one of the system.
///
/// # Errors
/// A file that was given and is not there; one that cannot be read.
pub fn variables(given: Option<&Path>) -> Result<Variables, Failure> {
    let is_told = TELLING.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if let Some(path) = given.filter(|path| !path.exists()) {
        return Err(Failure::unreadable(path, "there is no such file"));
    }
    let file = chosen(given, is_told, |path| path.exists());
    let mut values = environment(file.as_deref()).map_err(|error| {
        let remedy =
            "Run the command as a user who may read the file (`sudo`), or name another by --env-file.";
        Failure::from(error).with_remedy(file.as_ref().map(|_| remedy))
    })?;
    if file.as_deref() == Some(Path::new(SYSTEM)) {
        values.entry("MISSION_CONTROL_DATA_DIR".to_owned()).or_insert_with(|| SYSTEM_DATA_DIR.to_owned());
    }
    Ok(Variables { values, file })
}

/// The configuration of a command that speaks of a database, and says of which.
///
/// # Errors
/// As [`variables`]; settings that break their rules.
pub fn told_settings(given: Option<&Path>) -> Result<Settings, Failure> {
    let variables = variables(given)?;
    let settings = Settings::from_env(variables.values)?;
    announce(&settings, variables.file.as_deref());
    Ok(settings)
}

/// Says on standard error which database is meant, without its password.
pub fn announce(settings: &Settings, file: Option<&Path>) {
    let file = file.map(|file| format!(" (settings from {})", file.display())).unwrap_or_default();
    eprintln!("database: {}{file}", settings.database.location);
}

fn chosen(given: Option<&Path>, is_told: bool, exists: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    if let Some(given) = given {
        return Some(given.to_owned());
    }
    let local = Path::new(LOCAL);
    if exists(local) {
        return Some(local.to_owned());
    }
    let system = Path::new(SYSTEM);
    (!is_told && exists(system)).then(|| system.to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Some("a"), false, &[LOCAL, SYSTEM], Some("a"))]
    #[case(None, false, &[LOCAL, SYSTEM], Some(LOCAL))]
    #[case(None, true, &[LOCAL, SYSTEM], Some(LOCAL))]
    #[case(None, false, &[SYSTEM], Some(SYSTEM))]
    #[case(None, true, &[SYSTEM], None)]
    #[case(None, false, &[], None)]
    fn the_systems_file_counts_where_nothing_else_says_what_is_meant(
        #[case] given: Option<&str>,
        #[case] is_told: bool,
        #[case] there: &[&str],
        #[case] expected: Option<&str>,
    ) {
        let exists = |path: &Path| there.iter().any(|one| Path::new(one) == path);
        assert_eq!(chosen(given.map(Path::new), is_told, exists), expected.map(PathBuf::from));
    }
}
