//! Trying an address before it is kept.

use std::sync::Arc;

use mission_control_gateway_rpc::{Client, Connected, GatewayError};
use serde_json::{Value, json};

use super::version;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::pool::Target;

/// Why an address will not do.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It could not be reached, or did not let us in.
    Gateway(GatewayError),
    /// It is too old.
    Unsupported(String),
}

impl From<GatewayError> for Refused {
    fn from(error: GatewayError) -> Self {
        Self::Gateway(error)
    }
}

impl From<Refused> for FleetError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unsupported(message) => Self::invalid(message),
            Refused::Gateway(error) => Self::Gateway {
                message: format!("Gateway compatibility check failed: {error}"),
                remedy: error.remedy(),
            },
        }
    }
}

/// Connects to `target` and checks what answers. The connection closes when the client is dropped.
pub(crate) async fn probe(fleet: &Fleet, target: &Target) -> Result<(Client, Arc<Connected>), Refused> {
    let client = fleet.gateways().connect(target).await?;
    let info = client.info().ok_or(GatewayError::NotConnected { cause: None })?;
    check(fleet, &client, &info).await?;
    Ok((client, info))
}

/// Whether the gateway behind `client` is supported and lets us do our work.
pub(crate) async fn check(fleet: &Fleet, client: &Client, info: &Connected) -> Result<(), Refused> {
    let touched = match info.version() {
        Some(_) => None,
        // A gateway that cannot be asked for its configuration answers below by what it lists.
        None => client.call("config.get", json!({})).await.ok(),
    };
    let touched = touched.as_ref().and_then(|answer| answer.pointer("/config/meta/lastTouchedVersion"));
    let objection = version::objection(
        info.server_version.as_deref(),
        touched.and_then(Value::as_str),
        &info.methods,
        &fleet.settings().gateway.min_version,
    );
    if let Some(objection) = objection {
        return Err(Refused::Unsupported(objection));
    }
    if !info.has_scope("operator.admin") {
        // Asking is the surest way to get the gateway's own words, with the scope it wants.
        client.call("config.get", json!({})).await?;
    }
    Ok(())
}
