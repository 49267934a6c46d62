//! Changing a gateway's registration.

use mission_control_core::id::GatewayId;
use mission_control_core::models::{DriftPolicy, Gateway, GatewayChanges, GatewayObservation};
use mission_control_store::gateways;
use secrecy::SecretString;

use super::create::{current, present, seal};
use super::main_agent;
use super::probe::probe;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::pool::Target;
use crate::record;
use crate::wait::Reply;

/// Changes to a gateway; `None` leaves a field alone.
#[derive(Debug, Clone, Default)]
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
    let patch = GatewayPatch { token: present(patch.token), ..patch };
    let before = fleet.target(&gateway)?;
    let after = target(&before, &patch);
    if after != before {
        let (client, info) = probe(fleet, &after).await?;
        drop(client);
        tracing::debug!(gateway.id = %id, version = ?info.server_version, "gateway.probed");
    }
    let moved = after.url != before.url;
    let changes = GatewayChanges {
        name: patch.name,
        url: patch.url.map(|url| url.trim().to_owned()),
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
            gateways::lock(tx, id)?.ok_or(FleetError::not_found("Gateway"))?;
            let gateway = gateways::update(tx, id, &changes)?;
            if moved {
                // Another gateway knows nothing of what this one gave us.
                gateways::observe(
                    tx,
                    id,
                    &GatewayObservation { device_token: Some(None), ..Default::default() },
                )?;
            }
            record::gateway_changed(tx, "gateway.updated", &gateway);
            let (_, job) = main_agent::refresh(tx, &gateway, caller)?;
            Ok::<_, FleetError>((gateway, job))
        })
        .await?;
    match fleet.settle(job, "Gateway update failed").await? {
        Some(_) => current(fleet, id).await.map(Reply::Done),
        None => Ok(Reply::Accepted { value: gateway, job }),
    }
}

fn target(before: &Target, patch: &GatewayPatch) -> Target {
    let url = patch.url.as_ref().map_or_else(|| before.url.clone(), |url| url.trim().to_owned());
    let token = match (&patch.token, patch.clear_token) {
        (Some(token), _) => Some(token.clone()),
        (None, true) => None,
        (None, false) => before.token.clone(),
    };
    Target {
        device_token: before.device_token.clone().filter(|_| url == before.url),
        url,
        token,
        allow_insecure_tls: patch.allow_insecure_tls.unwrap_or(before.allow_insecure_tls),
        disable_device_pairing: patch.disable_device_pairing.unwrap_or(before.disable_device_pairing),
    }
}
