//! Registering a gateway.

use mission_control_core::id::{GatewayId, JobId};
use mission_control_core::models::{Gateway, GatewayChanges, GatewayObservation};
use mission_control_core::rules::gateway_address::{Destination, GatewayAddress};
use mission_control_shapes::events::Event;
use mission_control_store::{Page, Tx, agents, gateways};
use secrecy::{ExposeSecret, SecretString};

use super::probe::probe_stranger;
use crate::agents::main_agent;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::reach::Target;
use crate::record;
use crate::wait::Reply;

/// A gateway to register. No `Debug`: an address may have a password in it.
#[derive(Clone)]
pub struct NewGateway {
    /// Name.
    pub name: String,
    /// WebSocket URL.
    pub url: String,
    /// Shared token.
    pub token: Option<SecretString>,
    /// Directory below which workspaces go; blank for the gateway's own.
    pub workspace_root: String,
    /// Accept any certificate.
    pub allow_insecure_tls: bool,
    /// Connect without a device identity where the gateway allows it.
    pub disable_device_pairing: bool,
}

/// Registers a gateway that answers and is new enough, and brings its main agent onto it.
///
/// A registration that failed half-way is taken up again by the next one for the same address.
///
/// # Errors
/// The gateway's refusal before anything is kept; the main agent's failure, after which the gateway stays registered
/// and the agent is tried again.
pub async fn create(fleet: &Fleet, caller: Caller, new: NewGateway) -> Result<Reply<Gateway>, FleetError> {
    let address = address(&new.url)?;
    let new = NewGateway { token: present(new.token).or(address.secret), url: address.url, ..new };
    let target = Target {
        url: new.url.clone(),
        token: new.token.clone(),
        device_token: None,
        allow_insecure_tls: new.allow_insecure_tls,
        disable_device_pairing: new.disable_device_pairing,
    };
    let (client, info) = probe_stranger(fleet, &target).await?;
    let inside = fleet.clone();
    let (gateway, job) = fleet.db().write(move |tx| insert(tx, &inside, caller, &new)).await?;
    fleet.gateways().learn(&gateway, &info).await?;
    drop(client);
    let id = gateway.id;
    match fleet.settle(job, "Gateway provision failed").await? {
        Some(_) => current(fleet, id).await.map(Reply::Done),
        None => Ok(Reply::Accepted { value: gateway, job }),
    }
}

fn insert(
    tx: &mut Tx<'_>,
    fleet: &Fleet,
    caller: Caller,
    new: &NewGateway,
) -> Result<(Gateway, JobId), FleetError> {
    let gateway = match half_registered(tx, caller, &new.url)? {
        Some(gateway) => {
            // What the gateway gave us then was not given for this way of connecting.
            let forgotten = GatewayObservation { device_token: Some(None), ..GatewayObservation::default() };
            gateways::observe(tx, gateway.id, &forgotten)?;
            let changes = GatewayChanges {
                name: Some(new.name.clone()),
                token: Some(seal(fleet, gateway.id, new.token.as_ref())),
                workspace_root: Some(new.workspace_root.clone()),
                allow_insecure_tls: Some(new.allow_insecure_tls),
                disable_device_pairing: Some(new.disable_device_pairing),
                ..GatewayChanges::default()
            };
            gateways::update(tx, gateway.id, &changes)?
        }
        None => {
            let mut gateway = Gateway::new(
                caller.organization,
                new.name.as_str(),
                new.url.as_str(),
                new.workspace_root.as_str(),
            );
            gateway.token = seal(fleet, gateway.id, new.token.as_ref());
            gateway.allow_insecure_tls = new.allow_insecure_tls;
            gateway.disable_device_pairing = new.disable_device_pairing;
            gateways::insert(tx, &gateway)?;
            record::gateway_changed(tx, Event::GatewayCreated, &gateway);
            gateway
        }
    };
    let (_, job) = main_agent::refresh(tx, &gateway, caller)?;
    Ok((gateway, job))
}

/// A gateway at `url` whose main agent never got onto it.
fn half_registered(tx: &mut Tx<'_>, caller: Caller, url: &str) -> Result<Option<Gateway>, FleetError> {
    for gateway in gateways::list(tx, caller.organization, Page::ALL)?.items {
        if Destination::of(&GatewayAddress::read(&gateway.url).url) != Destination::of(url) {
            continue;
        }
        let main = agents::main_of(tx, gateway.id)?;
        if main.is_none_or(|main| main.token_digest.is_none() && main.last_provision_error.is_some()) {
            return Ok(Some(gateway));
        }
    }
    Ok(None)
}

/// An address as a person gave it, without the secret that was in it.
pub(super) fn address(text: &str) -> Result<GatewayAddress, FleetError> {
    let address = GatewayAddress::read(text);
    match address.fault {
        Some(fault) => Err(FleetError::invalid_field("url", fault.to_string())),
        None => Ok(address),
    }
}

/// The token as the row keeps it.
pub(super) fn seal(fleet: &Fleet, id: GatewayId, token: Option<&SecretString>) -> Option<String> {
    token.map(|token| fleet.vault().seal(Gateway::TOKEN_COLUMN, id, token.expose_secret()))
}

/// A token that is not blank, without surrounding blanks.
pub(super) fn present(token: Option<SecretString>) -> Option<SecretString> {
    let token = token?;
    let trimmed = token.expose_secret().trim();
    (!trimmed.is_empty()).then(|| SecretString::from(trimmed.to_owned()))
}

/// The gateway as it is now.
pub(super) async fn current(fleet: &Fleet, id: GatewayId) -> Result<Gateway, FleetError> {
    let gateway: Result<Option<Gateway>, FleetError> =
        fleet.db().read(move |conn| gateways::find(conn, id).map_err(FleetError::from)).await;
    gateway?.ok_or(FleetError::not_found("Gateway"))
}
