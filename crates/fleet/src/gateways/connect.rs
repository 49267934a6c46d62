//! From a gateway's row to a connection, and what is learned on the way.

use mission_control_core::models::{ConnectionState, Gateway, GatewayObservation};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Connected, GatewayError};
use mission_control_store::{StoreError, gateways};
use secrecy::{ExposeSecret, SecretString};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::pool::Target;
use crate::reconcile;
use crate::record;
use crate::remote::Remote;
use crate::trouble::Trouble;

/// Column names that seal the secrets of a gateway's row.
pub(crate) const TOKEN: &str = "gateways.token";
const DEVICE_TOKEN: &str = "gateways.device_token";
/// Where workspaces go when neither the row nor the gateway says.
const DEFAULT_ROOT: &str = "~/.openclaw";

impl Fleet {
    /// How to connect to a registered gateway.
    ///
    /// # Errors
    /// A secret that cannot be opened with this installation's key.
    pub fn target(&self, gateway: &Gateway) -> Result<Target, FleetError> {
        let open = |column: &str, sealed: &Option<String>| -> Result<Option<SecretString>, FleetError> {
            let Some(sealed) = sealed else { return Ok(None) };
            let secret = self.vault().open(column, gateway.id, sealed);
            secret
                .map(|secret| (!secret.expose_secret().is_empty()).then_some(secret))
                .map_err(|error| FleetError::Internal(format!("{column} of gateway {}: {error}", gateway.id)))
        };
        Ok(Target {
            url: gateway.url.trim().to_owned(),
            token: open(TOKEN, &gateway.token)?,
            device_token: open(DEVICE_TOKEN, &gateway.device_token)?,
            allow_insecure_tls: gateway.allow_insecure_tls,
            disable_device_pairing: gateway.disable_device_pairing,
        })
    }

    /// The connection to a registered gateway.
    pub(crate) async fn remote(&self, gateway: &Gateway) -> Result<Remote, Trouble> {
        let client = self.gateways().client(gateway.id, &self.target(gateway)?)?;
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

    /// Keeps what a gateway said of itself, and the token that it gave this device. Returns whether any of it was news.
    ///
    /// # Errors
    /// The database's.
    pub async fn learn(&self, gateway: &Gateway, info: &Connected) -> Result<bool, StoreError> {
        let protocol = info.protocol.and_then(|protocol| i32::try_from(protocol).ok());
        // 2026.2 and 2026.3 report `dev`: what the link found out from their configuration is worth more.
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
        let text =
            crate::wait::readable(&crate::wait::with_remedy(&error.to_string(), error.remedy().as_deref()));
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
        let id = gateway.id;
        let written = self
            .db()
            .write(move |tx| {
                let before = gateways::lock(tx, id)?.map(|gateway| gateway.connection_state);
                let gateway = gateways::observe(tx, id, &seen)?;
                if before != Some(gateway.connection_state) {
                    record::connection_changed(tx, &gateway);
                    reconcile::ask(tx, id)?;
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
        (!same).then(|| self.vault().seal(DEVICE_TOKEN, gateway.id, given.expose_secret()))
    }
}

/// Below which directory the workspaces of `gateway` are.
pub(crate) fn workspace_root(gateway: &Gateway, info: Option<&Connected>) -> String {
    let root = gateway.workspace_root.trim();
    if !root.is_empty() {
        return root.to_owned();
    }
    info.and_then(|info| info.state_dir.clone()).unwrap_or_else(|| DEFAULT_ROOT.to_owned())
}
