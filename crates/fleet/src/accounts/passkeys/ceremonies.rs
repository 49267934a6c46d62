//! Between a question to a device and its answer.

use mission_control_core::id::{PasskeyCeremonyId, UserId};
use mission_control_core::models::{CeremonyKind, PasskeyCeremony};
use mission_control_core::rules::passkeys::PATIENCE;
use mission_control_core::time::Timestamp;
use mission_control_store::passkeys as rows;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::FleetError;
use crate::fleet::Fleet;

/// What a device is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// What the answer has to name.
    pub ceremony: PasskeyCeremonyId,
    /// What the browser's `navigator.credentials` is called with, binary values in base64url.
    pub options: Value,
}

/// What a browser brings from a device.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The question.
    pub ceremony: PasskeyCeremonyId,
    /// The browser's `PublicKeyCredential`, binary values in base64url.
    pub credential: Value,
}

impl Answer {
    /// The credential in the form that is expected.
    ///
    /// # Errors
    /// [`FleetError::PasskeyRefused`].
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, FleetError> {
        serde_json::from_value(self.credential.clone()).map_err(|_| FleetError::PasskeyRefused)
    }
}

/// Asks `options` of `user`, or of whoever comes, and keeps the state of the question.
pub(super) async fn keep(
    fleet: &Fleet,
    kind: CeremonyKind,
    user: Option<UserId>,
    state: &impl Serialize,
    options: &impl Serialize,
) -> Result<Question, FleetError> {
    let defect = |error: serde_json::Error| FleetError::Internal(error.to_string());
    let now = Timestamp::now();
    let ceremony = PasskeyCeremony {
        id: PasskeyCeremonyId::random(),
        kind,
        user_id: user,
        state: serde_json::to_string(state).map_err(defect)?,
        expires_at: now.plus(PATIENCE),
    };
    let question =
        Question { ceremony: ceremony.id, options: serde_json::to_value(options).map_err(defect)? };
    fleet.db().write(move |tx| rows::begin(tx, &ceremony, now)).await?;
    Ok(question)
}

/// The state of a question of this kind that was asked of `user`. It is gone from now on.
///
/// # Errors
/// [`FleetError::PasskeyRefused`] for one that was answered, took too long, or was asked of somebody else.
pub(super) async fn take<T: DeserializeOwned>(
    fleet: &Fleet,
    kind: CeremonyKind,
    user: Option<UserId>,
    id: PasskeyCeremonyId,
) -> Result<T, FleetError> {
    let taken = fleet.db().write(move |tx| rows::take(tx, id, kind, Timestamp::now())).await?;
    let taken = taken.filter(|ceremony| ceremony.user_id == user).ok_or(FleetError::PasskeyRefused)?;
    serde_json::from_str(&taken.state).map_err(|error| FleetError::Internal(error.to_string()))
}
