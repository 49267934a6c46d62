//! Changing a gateway's registration.

use mission_control_core::id::GatewayId;
use mission_control_core::models::{DriftPolicy, Gateway, GatewayChanges, GatewayObservation};
use mission_control_core::rules::gateway_address::Destination;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::gateways;
use secrecy::SecretString;

use super::create::{address, current, present, seal};
use super::probe::{probe, probe_stranger};
use crate::agents::main_agent;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::reach::Target;
use crate::record;
use crate::wait::Reply;

/// Changes to a gateway; `None` leaves a field alone. No `Debug`: an address may have a password in it.
#[derive(Clone, Default)]
pub struct GatewayPatch {
    /// Another name.
    pub name: Option<String>,
    /// Another address.
    pub url: Option<String>,
    /// Another token; a blank one keeps what is there.
    pub token: Option<SecretString>,
    /// Forget the token.
    pub clear_token: bool,
    /// Another directory for workspaces.
    pub workspace_root: Option<String>,
    /// Accept any certificate, or not.
    pub allow_insecure_tls: Option<bool>,
    /// Connect without a device identity, or not.
    pub disable_device_pairing: Option<bool>,
    /// What is done about agents that it lost.
    pub drift_policy: Option<DriftPolicy>,
}

/// Changes a gateway and brings its main agent up to date. Whatever changes the way to connect is tried first.
///
/// # Errors
/// [`FleetError::CredentialNeeded`] when the stored token would follow a change of address, or of how well it is protected;
/// The gateway's refusal, and then nothing changes; the main agent's failure, which is tried again.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: GatewayId,
    patch: GatewayPatch,
) -> Result<Reply<Gateway>, FleetError> {
    let found: Option<Gateway> = fleet
        .db()
        .read(move |conn| gateways::find_in(conn, caller.organization, id).map_err(FleetError::from))
        .await?;
    let gateway = found.ok_or(FleetError::not_found("Gateway"))?;
    let address = patch.url.as_deref().map(address).transpose()?;
    let (url, secret) = address.map_or((None, None), |address| (Some(address.url), address.secret));
    let patch = GatewayPatch { token: present(patch.token).or(secret), url, ..patch };
    let before = fleet.gateways().target(&gateway)?;
    let moved = change_of_place(&before, &patch);
    if let Some(message) = moved
        && before.token.is_some()
        && patch.token.is_none()
        && !patch.clear_token
    {
        return Err(FleetError::CredentialNeeded { message: message.to_owned() });
    }
    let after = target(&before, &patch, moved.is_some());
    if after != before {
        let probed = match moved {
            Some(_) => probe_stranger(fleet, &after).await,
            None => probe(fleet, &after).await,
        };
        let (client, info) = probed?;
        drop(client);
        tracing::debug!(gateway_id = %id, version = info.server_version, "gateway probed");
    }
    let changes = GatewayChanges {
        name: patch.name,
        url: patch.url,
        token: match (&patch.token, patch.clear_token) {
            (Some(token), _) => Some(seal(fleet, id, Some(token))),
            (None, true) => Some(None),
            (None, false) => None,
        },
        workspace_root: patch.workspace_root,
        allow_insecure_tls: patch.allow_insecure_tls,
        disable_device_pairing: patch.disable_device_pairing,
        drift_policy: patch.drift_policy,
    };
    let (gateway, job) = fleet
        .db()
        .write(move |tx| {
            let now = gateways::lock(tx, id)?.ok_or(FleetError::not_found("Gateway"))?;
            if way(&now) != way(&gateway) {
                return Err(FleetError::conflict("Somebody else changed the way to this gateway meanwhile."));
            }
            let gateway = gateways::update(tx, id, &changes)?;
            if moved.is_some() {
                // Another gateway knows nothing of what this one gave us.
                gateways::observe(
                    tx,
                    id,
                    &GatewayObservation { device_token: Some(None), ..Default::default() },
                )?;
            }
            let (was, is) = (record::governed_gateway(&now), record::governed_gateway(&gateway));
            tx.changed(EventSubject::Gateway, id, was, is);
            record::gateway_changed(tx, Event::GatewayUpdated, &gateway);
            let (_, job) = main_agent::refresh(tx, &gateway, caller)?;
            Ok::<_, FleetError>((gateway, job))
        })
        .await?;
    match fleet.settle(job, "Gateway update failed").await? {
        Some(_) => current(fleet, id).await.map(Reply::Done),
        None => Ok(Reply::Accepted { value: gateway, job }),
    }
}

/// What a stored row says of the way to connect.
fn way(gateway: &Gateway) -> (&str, Option<&str>, bool) {
    (&gateway.url, gateway.token.as_deref(), gateway.allow_insecure_tls)
}

/// Why what is kept for `before` must not be used after `patch`: it would go elsewhere, or to whoever is in between.
fn change_of_place(before: &Target, patch: &GatewayPatch) -> Option<&'static str> {
    let leads_elsewhere =
        patch.url.as_ref().is_some_and(|url| Destination::of(url) != Destination::of(&before.url));
    if leads_elsewhere {
        Some("The stored token was given for another address.")
    } else if patch.allow_insecure_tls == Some(true) && !before.allow_insecure_tls {
        Some("The stored token was given for a connection whose certificate is checked.")
    } else {
        None
    }
}

fn target(before: &Target, patch: &GatewayPatch, moved: bool) -> Target {
    let token = match (&patch.token, patch.clear_token) {
        (Some(token), _) => Some(token.clone()),
        (None, true) => None,
        (None, false) => before.token.clone(),
    };
    Target {
        device_token: before.device_token.clone().filter(|_| !moved),
        url: patch.url.clone().unwrap_or_else(|| before.url.clone()),
        token,
        allow_insecure_tls: patch.allow_insecure_tls.unwrap_or(before.allow_insecure_tls),
        disable_device_pairing: patch.disable_device_pairing.unwrap_or(before.disable_device_pairing),
    }
}
