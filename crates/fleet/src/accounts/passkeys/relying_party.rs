//! The server as devices know it.

use mission_control_core::rules::passkeys::{PATIENCE, place};
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder, WebauthnError};

use crate::error::FleetError;
use crate::fleet::Fleet;

/// What devices call the server.
const NAME: &str = "Mission Control";

/// The server at its address.
///
/// # Errors
/// An address for which browsers keep no passkeys.
pub(super) fn relying_party(fleet: &Fleet) -> Result<Webauthn, FleetError> {
    let Some((name, origin)) = place(&fleet.settings().http.base_url) else {
        return Err(FleetError::conflict(
            "Browsers keep passkeys for host names and https alone: whoever runs the server sets BASE_URL to such an address.",
        ));
    };
    let builder = WebauthnBuilder::new(&name, &origin).map_err(defect)?;
    builder.rp_name(NAME).timeout(PATIENCE).build().map_err(defect)
}

/// A question that cannot be asked.
pub(super) fn defect(error: WebauthnError) -> FleetError {
    FleetError::Internal(error.to_string())
}

/// An answer that is not taken. The reason is for whoever runs the server.
pub(super) fn refused(error: WebauthnError) -> FleetError {
    tracing::info!(%error, "passkey refused");
    FleetError::PasskeyRefused
}
