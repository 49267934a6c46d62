//! Which build this is.

use std::sync::LazyLock;

/// The version, with the commit that it was built of where the build was told (`MISSION_CONTROL_COMMIT`).
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let version = env!("CARGO_PKG_VERSION");
        match option_env!("MISSION_CONTROL_COMMIT").map(str::trim) {
            Some(commit) if !commit.is_empty() => format!("{version} ({commit})"),
            _ => version.to_owned(),
        }
    });
    &VERSION
}
