//! One connection per gateway and process, rebuilt when the way to connect changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;
use mission_control_core::id::GatewayId;
use mission_control_gateway_rpc::{
    Client, ConnectMode, ConnectOptions, DeviceIdentity, GatewayError, Resolver, TlsMode,
};
use mission_control_store::Db;
use mission_control_store::vault::Vault;
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::{Builder, Handle, Runtime};

use super::lookup::{self, Unreachable};

/// How to connect to a gateway.
#[derive(Debug, Clone)]
pub struct Target {
    /// Address.
    pub url: String,
    /// Shared token.
    pub token: Option<SecretString>,
    /// Token issued to this device when it was paired.
    pub device_token: Option<SecretString>,
    /// Accept any certificate.
    pub allow_insecure_tls: bool,
    /// Connect without a device identity where the gateway allows it.
    pub disable_device_pairing: bool,
}

impl PartialEq for Target {
    /// A device token is not part of it: a connection that is up has been given it already, and must not be replaced
    /// under those who use it only because it was written down.
    fn eq(&self, other: &Self) -> bool {
        let text =
            |secret: &Option<SecretString>| secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        self.url == other.url
            && self.allow_insecure_tls == other.allow_insecure_tls
            && self.disable_device_pairing == other.disable_device_pairing
            && text(&self.token) == text(&other.token)
    }
}

/// The connections of this process, on threads of their own: the API's request threads must not carry them.
pub struct GatewayPool {
    pub(super) db: Db,
    pub(super) vault: Arc<Vault>,
    identity: Arc<DeviceIdentity>,
    resolver: Resolver,
    clients: Mutex<HashMap<GatewayId, (Target, Client)>>,
    runtime: Option<Runtime>,
    handle: Handle,
}

impl GatewayPool {
    /// Connections may go to public addresses, and to those of the `private` networks.
    pub(crate) fn new(
        db: Db,
        vault: Arc<Vault>,
        identity: Arc<DeviceIdentity>,
        private: &[IpNet],
    ) -> std::io::Result<Self> {
        let runtime =
            Builder::new_multi_thread().worker_threads(2).thread_name("gateway-link").enable_all().build()?;
        let handle = runtime.handle().clone();
        Ok(Self {
            db,
            vault,
            identity,
            resolver: resolver(private),
            clients: Mutex::default(),
            runtime: Some(runtime),
            handle,
        })
    }

    /// The identity by which gateways know this installation.
    pub fn identity(&self) -> &DeviceIdentity {
        &self.identity
    }

    /// The connection to the registered gateway `id`; a new one when `target` is not what it was made for.
    ///
    /// # Errors
    /// An address that cannot be used.
    pub fn client(&self, id: GatewayId, target: &Target) -> Result<Client, GatewayError> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made_for, client)) = clients.get(&id)
            && made_for == target
        {
            return Ok(client.clone());
        }
        let client = Client::open(self.options(target)?);
        if let Some((_, old)) = clients.insert(id, (target.clone(), client.clone())) {
            old.close();
        }
        Ok(client)
    }

    /// A connection of its own, to try an address; it closes when dropped.
    ///
    /// # Errors
    /// Whatever kept it from succeeding.
    pub async fn connect(&self, target: &Target) -> Result<Client, GatewayError> {
        Client::connect(self.options(target)?).await
    }

    fn options(&self, target: &Target) -> Result<ConnectOptions, GatewayError> {
        let mode =
            if target.disable_device_pairing { ConnectMode::WithoutPairing } else { ConnectMode::Device };
        let tls = if target.allow_insecure_tls { TlsMode::InsecureAcceptAny } else { TlsMode::System };
        let mut options = ConnectOptions::new(&target.url)?
            .identity(Arc::clone(&self.identity))
            .mode(mode)
            .tls(tls)
            .resolver(Arc::clone(&self.resolver))
            .runtime(self.handle.clone());
        if let Some(token) = &target.token {
            options = options.token(token.expose_secret());
        }
        if let Some(token) = &target.device_token {
            options = options.device_token(token.expose_secret());
        }
        Ok(options)
    }

    /// Forgets the connection to `id`.
    pub fn remove(&self, id: GatewayId) {
        let removed = self.clients.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        if let Some((_, client)) = removed {
            client.close();
        }
    }

    pub(crate) fn close(&self) {
        for (_, (_, client)) in self.clients.lock().unwrap_or_else(PoisonError::into_inner).drain() {
            client.close();
        }
    }
}

fn resolver(private: &[IpNet]) -> Resolver {
    let private: Arc<[IpNet]> = private.into();
    Arc::new(move |host, port| {
        let private = Arc::clone(&private);
        Box::pin(async move {
            lookup::addresses(&host, port, &private).await.map_err(|error| match error {
                Unreachable::Unknown(reason) => GatewayError::Transport { message: reason },
                Unreachable::Forbidden => GatewayError::Forbidden { host },
            })
        })
    })
}

impl Drop for GatewayPool {
    /// A runtime must not be dropped where blocking is forbidden.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
