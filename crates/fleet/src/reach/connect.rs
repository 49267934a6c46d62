//! From a gateway's row to a connection, and what is learned on the way.

use std::time::Duration;

use mission_control_core::models::{ConnectionState, Gateway, GatewayObservation};
use mission_control_core::reason::Reason;
use mission_control_core::rules::gateway_address::GatewayAddress;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Connected, GatewayError};
use mission_control_store::{StoreError, gateways};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep};

use super::pool::{GatewayPool, Target};
use super::remote::Remote;
use super::trouble::Trouble;
use crate::error::FleetError;
use crate::jobs::booking;
use crate::record;

/// Pause between looks for a gateway that is away.
const LOOK_EVERY: Duration = Duration::from_millis(500);

impl GatewayPool {
    /// How to connect to a registered gateway.
    ///
    /// # Errors
    /// A secret that cannot be opened with this installation's key.
    pub fn target(&self, gateway: &Gateway) -> Result<Target, FleetError> {
        let open = |column: &str, sealed: &Option<String>| -> Result<Option<SecretString>, FleetError> {
            let Some(sealed) = sealed else { return Ok(None) };
            let secret = self.vault.open(column, gateway.id, sealed);
            secret
                .map(|secret| (!secret.expose_secret().is_empty()).then_some(secret))
                .map_err(|error| FleetError::Internal(format!("{column} of gateway {}: {error}", gateway.id)))
        };
        // Addresses are kept without secrets; this one may have been written by another program.
        let address = GatewayAddress::read(&gateway.url);
        Ok(Target {
            url: address.url,
            token: open(Gateway::TOKEN_COLUMN, &gateway.token)?.or(address.secret),
            device_token: open(Gateway::DEVICE_TOKEN_COLUMN, &gateway.device_token)?,
            allow_insecure_tls: gateway.allow_insecure_tls,
            disable_device_pairing: gateway.disable_device_pairing,
        })
    }

    /// The connection to a registered gateway.
    pub(crate) async fn remote(&self, gateway: &Gateway) -> Result<Remote, Trouble> {
        let client = self.client(gateway.id, &self.target(gateway)?)?;
        let remote = match Remote::open(client).await {
            Ok(remote) => remote,
            Err(error) => {
                self.learn_failure(gateway, &error).await?;
                return Err(error.into());
            }
        };
        self.learn(gateway, remote.info()).await?;
        Ok(remote)
    }

    /// The same; a gateway that is away, as one is that restarts, is waited for as long as `patience` allows.
    pub(crate) async fn remote_within(
        &self,
        gateway: &Gateway,
        patience: Duration,
    ) -> Result<Remote, Trouble> {
        let deadline = Instant::now() + patience;
        loop {
            match self.remote(gateway).await {
                Err(Trouble::Gateway(error)) if error.is_transient() && Instant::now() < deadline => {
                    sleep(LOOK_EVERY).await;
                }
                reached => return reached,
            }
        }
    }

    /// Keeps what a gateway said of itself, and the token that it gave this device. Returns whether any of it was news.
    ///
    /// # Errors
    /// The database's.
    pub async fn learn(&self, gateway: &Gateway, info: &Connected) -> Result<bool, StoreError> {
        let protocol = info.protocol.and_then(|protocol| i32::try_from(protocol).ok());
        // Some releases report `dev`: what the link found out from their configuration is worth more.
        let version = info.version().and(info.server_version.clone()).or_else(|| gateway.version.clone());
        let device_token = self.new_device_token(gateway, info);
        let known = gateway.connection_state == ConnectionState::Up
            && gateway.version == version
            && gateway.protocol == protocol
            && device_token.is_none();
        if known {
            return Ok(false);
        }
        let now = Timestamp::now();
        let seen = GatewayObservation {
            version: Some(version),
            protocol: Some(protocol),
            connection_state: Some(ConnectionState::Up),
            connection_error: Some(None),
            last_connected_at: Some(Some(now)),
            device_token: device_token.map(Some),
            ..GatewayObservation::default()
        };
        self.note(gateway, seen).await
    }

    /// Keeps why a gateway could not be reached. Returns whether that was news.
    ///
    /// # Errors
    /// The database's.
    pub async fn learn_failure(&self, gateway: &Gateway, error: &GatewayError) -> Result<bool, StoreError> {
        let refused = !error.is_transient();
        let state = if refused { ConnectionState::Refused } else { ConnectionState::Down };
        let text = Reason::new(error.to_string(), error.remedy()).to_string();
        if gateway.connection_state == state && gateway.connection_error.as_ref() == Some(&text) {
            return Ok(false);
        }
        let seen = GatewayObservation {
            connection_state: Some(state),
            connection_error: Some(Some(text)),
            ..GatewayObservation::default()
        };
        self.note(gateway, seen).await
    }

    async fn note(&self, gateway: &Gateway, seen: GatewayObservation) -> Result<bool, StoreError> {
        let (id, url, insecure) = (gateway.id, gateway.url.clone(), gateway.allow_insecure_tls);
        let written = self
            .db
            .write(move |tx| {
                let before = gateways::lock(tx, id)?.ok_or(StoreError::NotFound("gateway"))?;
                // What it gave us is not for the place that it was moved to meanwhile.
                let stays = before.url == url && before.allow_insecure_tls == insecure;
                let seen = GatewayObservation { device_token: seen.device_token.filter(|_| stays), ..seen };
                let gateway = gateways::observe(tx, id, &seen)?;
                if before.connection_state != gateway.connection_state {
                    record::connection_changed(tx, &gateway);
                    booking::ask_to_reconcile(tx, id)?;
                }
                Ok(())
            })
            .await;
        match written {
            // It was deleted meanwhile: there is nobody left to tell.
            Ok(()) | Err(StoreError::NotFound(_)) => Ok(true),
            Err(error) => Err(error),
        }
    }

    fn new_device_token(&self, gateway: &Gateway, info: &Connected) -> Option<String> {
        let given = info.device_token.as_ref()?;
        let known = self.target(gateway).ok().and_then(|target| target.device_token);
        let same = known.is_some_and(|known| known.expose_secret() == given.expose_secret());
        (!same).then(|| self.vault.seal(Gateway::DEVICE_TOKEN_COLUMN, gateway.id, given.expose_secret()))
    }

    /// Takes secrets out of addresses that were stored with them, and keeps them sealed as the gateway's token unless it
    /// has one already.
    pub(crate) async fn clean_addresses(&self) -> Result<(), StoreError> {
        let rows: Vec<Gateway> = self.db.read(gateways::all).await?;
        for row in rows {
            let address = GatewayAddress::read(&row.url);
            if address.url == row.url.trim() {
                continue;
            }
            let own = row.token.clone();
            let token = own.or_else(|| {
                address
                    .secret
                    .map(|secret| self.vault.seal(Gateway::TOKEN_COLUMN, row.id, secret.expose_secret()))
            });
            let written: Result<(), StoreError> = self
                .db
                .write(move |tx| {
                    gateways::clean_address(tx, row.id, &row.url, &address.url, token.as_deref())
                })
                .await;
            written?;
            tracing::info!(gateway_id = %row.id, "secret taken out of the address of a gateway");
        }
        Ok(())
    }
}
