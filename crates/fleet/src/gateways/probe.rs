//! Trying an address before it is kept.

use std::sync::Arc;

use mission_control_gateway_rpc::{Client, Connected, GatewayError, GetConfig};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::reach::Target;

/// Why an address will not do.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It could not be reached, or did not let us in.
    Gateway(GatewayError),
    /// It is too old.
    Unsupported(String),
    /// Nothing there speaks the gateways' protocol. What else there is, or is not, is told to nobody: whoever may name
    /// addresses could learn what runs in the server's network.
    NoGateway,
}

/// What is said of an address where no gateway answers.
pub(crate) const NO_GATEWAY: &str = "No gateway answers at this address.";
/// What to do about it.
pub(crate) const NO_GATEWAY_REMEDY: &str = "Check that the gateway runs (`openclaw gateway status`), that host, port and \
     firewall are right, and that ws:// or wss:// fits; if its certificate is its own, allow insecure TLS. The server's log \
     has the cause.";

impl From<GatewayError> for Refused {
    fn from(error: GatewayError) -> Self {
        Self::Gateway(error)
    }
}

impl From<Refused> for FleetError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unsupported(message) => Self::invalid(message),
            Refused::NoGateway => Self::Gateway {
                message: format!("Gateway compatibility check failed: {NO_GATEWAY}"),
                remedy: Some(NO_GATEWAY_REMEDY.to_owned()),
            },
            Refused::Gateway(error) => Self::Gateway {
                message: format!("Gateway compatibility check failed: {error}"),
                remedy: error.remedy(),
            },
        }
    }
}

/// Connects to `target` and checks what answers. The connection closes when the client is dropped.
pub(crate) async fn probe(fleet: &Fleet, target: &Target) -> Result<(Client, Arc<Connected>), Refused> {
    looked_at(fleet, fleet.gateways().connect(target).await?).await
}

async fn looked_at(fleet: &Fleet, client: Client) -> Result<(Client, Arc<Connected>), Refused> {
    let info = client.info().ok_or(GatewayError::NotConnected { cause: None })?;
    check(fleet, &client, &info).await?;
    Ok((client, info))
}

/// The same for an address that is not registered: of what answers and is no gateway, nothing is told.
pub(crate) async fn probe_stranger(
    fleet: &Fleet,
    target: &Target,
) -> Result<(Client, Arc<Connected>), Refused> {
    let found = async { looked_at(fleet, fleet.gateways().connect_to_stranger(target).await?).await };
    found.await.map_err(|refused| match refused {
        Refused::Gateway(
            error @ (GatewayError::Transport { .. }
            | GatewayError::Tls { .. }
            | GatewayError::UpgradeRefused { .. }
            | GatewayError::Timeout { .. }
            | GatewayError::Closed { .. }
            | GatewayError::Decode { .. }
            | GatewayError::NotConnected { .. }),
        ) => {
            tracing::info!(endpoint = target.url, %error, "no gateway at an address");
            Refused::NoGateway
        }
        other => other,
    })
}

/// Whether the gateway behind `client` is supported and lets us do our work.
pub(crate) async fn check(fleet: &Fleet, client: &Client, info: &Connected) -> Result<(), Refused> {
    let touched = match info.version() {
        Some(_) => None,
        // A gateway that cannot be asked for its configuration answers below by what it lists.
        None => client.ask(&GetConfig {}).await.ok().and_then(|config| config.last_touched_version()),
    };
    if let Some(objection) = info.objection(touched, &fleet.settings().gateway.min_version) {
        return Err(Refused::Unsupported(objection));
    }
    if !info.may_administer() {
        // Asking is the surest way to get the gateway's own words, with the scope it wants.
        client.ask(&GetConfig {}).await?;
    }
    Ok(())
}
