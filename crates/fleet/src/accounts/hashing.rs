//! Computing with passwords: two at a time, on threads of their own, since each takes a core and 19 MiB for as long as it lasts.

use mission_control_core::limits::PASSWORD_PATIENCE;
use mission_control_core::rules::passwords;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

use crate::error::FleetError;
use crate::fleet::Fleet;

/// What is kept of a password.
///
/// # Errors
/// [`FleetError::Crowded`].
pub(super) async fn hash(fleet: &Fleet, password: SecretString) -> Result<String, FleetError> {
    let hash = in_turn(fleet, move || passwords::hash(password.expose_secret())).await?;
    hash.map_err(|error| FleetError::Internal(error.to_string()))
}

/// Whether a password is the one of this hash.
///
/// # Errors
/// [`FleetError::Crowded`].
pub(super) async fn is_same(fleet: &Fleet, password: SecretString, hash: String) -> Result<bool, FleetError> {
    in_turn(fleet, move || passwords::is_same(password.expose_secret(), &hash)).await
}

async fn in_turn<T: Send + 'static>(
    fleet: &Fleet,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, FleetError> {
    let patience = Duration::from_secs(PASSWORD_PATIENCE);
    let turn = tokio::time::timeout(patience, fleet.passwords().acquire()).await;
    let _turn = match turn {
        Ok(turn) => turn.map_err(|error| FleetError::Internal(error.to_string()))?,
        Err(_) => return Err(FleetError::Crowded { retry_after: patience }),
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| FleetError::Internal(error.to_string()))
}
