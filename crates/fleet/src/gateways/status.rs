//! Whether a gateway answers, and what runs on it.

use mission_control_core::id::BoardId;
use mission_control_core::models::Gateway;
use mission_control_core::rules::gateway_address::{Destination, GatewayAddress};
use mission_control_shapes::GatewayStatus;
use mission_control_store::{Page, boards, gateways};
use secrecy::SecretString;
use serde_json::Value;

use super::create::{address, present};
use super::probe::{self, NO_GATEWAY, NO_GATEWAY_REMEDY, Refused};
use crate::agents::check::gateway_of;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::mask::Mask;
use crate::naming;
use crate::reach::{Remote, Target};

/// Which gateway a question is about. No `Debug`: an address may have a password in it.
#[derive(Clone)]
pub enum Asked {
    /// The gateway of a board.
    Board(BoardId),
    /// Whatever answers at an address; a registered gateway's settings stand in for what is not given.
    Url {
        /// The address.
        url: String,
        /// The token.
        token: Option<SecretString>,
        /// Connect without a device identity.
        disable_device_pairing: Option<bool>,
        /// Accept any certificate.
        allow_insecure_tls: Option<bool>,
    },
    /// The organization's oldest gateway.
    Default,
}

/// Asks a gateway how it is.
///
/// # Errors
/// A board or gateway that does not exist; a gateway that does not answer is no error but an answer.
pub async fn status(fleet: &Fleet, caller: Caller, asked: Asked) -> Result<GatewayStatus, FleetError> {
    let (target, gateway, with_main) = resolve(fleet, caller, asked).await?;
    let mut status = GatewayStatus { gateway_url: target.url.clone(), ..GatewayStatus::default() };
    let opened = match &gateway {
        Some(gateway) => open_registered(fleet, gateway, &target).await,
        None => open(fleet, &target).await,
    };
    let remote = match opened {
        Ok(remote) => remote,
        Err(Refused::Unsupported(objection)) => {
            status.error = Some(objection);
            return Ok(status);
        }
        Err(Refused::NoGateway) => {
            status.error = Some(NO_GATEWAY.to_owned());
            status.next_step = Some(NO_GATEWAY_REMEDY.to_owned());
            return Ok(status);
        }
        Err(Refused::Gateway(error)) => {
            status.error = Some(error.to_string());
            status.next_step = error.remedy();
            return Ok(status);
        }
    };
    status.version.clone_from(&remote.info().server_version);
    status.protocol = remote.info().protocol;
    match remote.sessions(None).await {
        Ok(sessions) => {
            status.connected = true;
            status.sessions_count = Some(sessions.len());
            let sessions = sessions.into_iter().map(Value::from).collect();
            status.sessions = Some(Mask::of(fleet, caller.organization).await?.applied(sessions).await?);
        }
        Err(error) => {
            status.error = Some(error.to_string());
            status.next_step = error.remedy();
            return Ok(status);
        }
    }
    if let Some(gateway) = gateway.filter(|_| with_main) {
        match remote.label_session(&naming::main_session_key(gateway.id), MAIN_LABEL).await {
            Ok(entry) => {
                let mask = Mask::of(fleet, caller.organization).await?;
                status.main_session = mask.applied(vec![entry]).await?.pop();
            }
            Err(error) => status.main_session_error = Some(error.to_string()),
        }
    }
    Ok(status)
}

/// The label of a main agent's session.
pub(crate) const MAIN_LABEL: &str = "Gateway Agent";

async fn open_registered(fleet: &Fleet, gateway: &Gateway, target: &Target) -> Result<Remote, Refused> {
    let client = fleet.gateways().client(gateway.id, target)?;
    let remote = Remote::look(client).await?;
    probe::check(fleet, remote.client(), remote.info()).await?;
    // Only a note of what was seen: the answer does not depend on it.
    if let Err(error) = fleet.gateways().learn(gateway, remote.info()).await {
        tracing::warn!(gateway_id = %gateway.id, %error, "version of a gateway not written down");
    }
    Ok(remote)
}

async fn open(fleet: &Fleet, target: &Target) -> Result<Remote, Refused> {
    let (client, _) = probe::probe_stranger(fleet, target).await?;
    Ok(Remote::open(client).await?)
}

/// The way to connect, the registered gateway where it is used as registered, and whether its main session counts.
async fn resolve(
    fleet: &Fleet,
    caller: Caller,
    asked: Asked,
) -> Result<(Target, Option<Gateway>, bool), FleetError> {
    match asked {
        Asked::Board(_) | Asked::Default => {
            let gateway = registered(fleet, caller, &asked).await?;
            Ok((fleet.gateways().target(&gateway)?, Some(gateway), true))
        }
        Asked::Url { url, token, disable_device_pairing, allow_insecure_tls } => {
            if url.trim().is_empty() {
                return Err(FleetError::invalid("board_id or gateway_url is required"));
            }
            let address = address(&url)?;
            let known = gateway_at(fleet, caller, &address.url).await?;
            let kept = known.as_ref().map(|gateway| fleet.gateways().target(gateway)).transpose()?;
            // What is kept goes where it was given for, protected as it was then, or nowhere.
            let kept = kept.filter(|kept| kept.allow_insecure_tls || allow_insecure_tls != Some(true));
            let of_kept = |take: fn(&Target) -> Option<SecretString>| kept.as_ref().and_then(take);
            let given = Target {
                url: kept.as_ref().map_or(address.url, |kept| kept.url.clone()),
                token: present(token).or(address.secret).or_else(|| of_kept(|kept| kept.token.clone())),
                device_token: of_kept(|kept| kept.device_token.clone()),
                allow_insecure_tls: allow_insecure_tls
                    .unwrap_or_else(|| kept.as_ref().is_some_and(|kept| kept.allow_insecure_tls)),
                disable_device_pairing: disable_device_pairing
                    .unwrap_or_else(|| kept.as_ref().is_some_and(|kept| kept.disable_device_pairing)),
            };
            let as_registered = known.filter(|_| kept.as_ref() == Some(&given));
            Ok((given, as_registered, false))
        }
    }
}

/// The registered gateway that is asked about.
pub(crate) async fn registered(fleet: &Fleet, caller: Caller, asked: &Asked) -> Result<Gateway, FleetError> {
    let board = match asked {
        Asked::Board(board) => Some(*board),
        _ => None,
    };
    fleet
        .db()
        .read(move |conn| match board {
            Some(board) => {
                let board = boards::find_in(conn, caller.organization, board)?;
                gateway_of(conn, &board.ok_or(FleetError::not_found("Board"))?)
            }
            None => {
                let gateways = gateways::list(conn, caller.organization, Page::ALL)?.items;
                gateways
                    .into_iter()
                    .min_by_key(|gateway| gateway.created_at)
                    .ok_or(FleetError::not_found("Gateway"))
            }
        })
        .await
}

/// The registered gateway to which an address leads.
async fn gateway_at(fleet: &Fleet, caller: Caller, url: &str) -> Result<Option<Gateway>, FleetError> {
    let Some(wanted) = Destination::of(url) else { return Ok(None) };
    let gateways = fleet
        .db()
        .read(move |conn| gateways::list(conn, caller.organization, Page::ALL).map_err(FleetError::from))
        .await?;
    Ok(gateways
        .items
        .into_iter()
        .find(|gateway| Destination::of(&GatewayAddress::read(&gateway.url).url).as_ref() == Some(&wanted)))
}
