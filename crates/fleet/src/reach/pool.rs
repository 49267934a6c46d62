//! One connection per gateway and process, rebuilt when the way to connect changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;
use mission_control_core::config::GatewaySettings;
use mission_control_core::id::GatewayId;
use mission_control_core::rules::gateway_address;
use mission_control_gateway_rpc::{
    Client, ConnectMode, ConnectOptions, DeviceIdentity, GatewayError, Resolver, TlsMode,
};
use mission_control_store::Db;
use mission_control_store::vault::Vault;
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::{Builder, Handle, Runtime};

use super::lookup::{self, Unreachable};

/// Why an address with a path is not asked.
const PATH_IN_PRIVATE: &str =
    "in a private network it has no path, or one that the operator named in GATEWAY_PATHS";

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
    /// For addresses that may be those of anything.
    strict_resolver: Resolver,
    /// The paths of which the operator says that gateways are there.
    paths: Vec<String>,
    clients: Mutex<HashMap<GatewayId, (Target, Client)>>,
    runtime: Option<Runtime>,
    handle: Handle,
}

impl GatewayPool {
    /// Connections may go to public addresses, and to those of the private networks in `settings`.
    pub(crate) fn new(
        db: Db,
        vault: Arc<Vault>,
        identity: Arc<DeviceIdentity>,
        settings: &GatewaySettings,
    ) -> std::io::Result<Self> {
        let runtime =
            Builder::new_multi_thread().worker_threads(2).thread_name("gateway-link").enable_all().build()?;
        let handle = runtime.handle().clone();
        Ok(Self {
            db,
            vault,
            identity,
            resolver: resolver(&settings.private_networks, &[]),
            strict_resolver: resolver(&[], &settings.private_networks),
            paths: settings.paths.clone(),
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
        let client = Client::open(self.options(target, &self.resolver)?);
        if let Some((_, old)) = clients.insert(id, (target.clone(), client.clone())) {
            old.close();
        }
        Ok(client)
    }

    /// A connection of its own, to try another way to a registered gateway; it closes when dropped.
    ///
    /// # Errors
    /// Whatever kept it from succeeding.
    pub async fn connect(&self, target: &Target) -> Result<Client, GatewayError> {
        Client::connect(self.options(target, &self.resolver)?).await
    }

    /// The same to an address that is not registered. What is asked for a path does what the path is for, whoever asks: in a
    /// private network only for those of which the operator says that gateways are there.
    ///
    /// # Errors
    /// Whatever kept it from succeeding.
    pub(crate) async fn connect_to_stranger(&self, target: &Target) -> Result<Client, GatewayError> {
        let path = gateway_address::path(&target.url);
        let known = path.is_empty() || self.paths.contains(&path);
        let resolver = if known { &self.resolver } else { &self.strict_resolver };
        Client::connect(self.options(target, resolver)?).await
    }

    fn options(&self, target: &Target, resolver: &Resolver) -> Result<ConnectOptions, GatewayError> {
        let mode =
            if target.disable_device_pairing { ConnectMode::WithoutPairing } else { ConnectMode::Device };
        let tls = if target.allow_insecure_tls { TlsMode::InsecureAcceptAny } else { TlsMode::System };
        let mut options = ConnectOptions::new(&target.url)?
            .identity(Arc::clone(&self.identity))
            .mode(mode)
            .tls(tls)
            .resolver(Arc::clone(resolver))
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

/// Leads to public addresses, and to the `private` networks. Those `without_path` would be open for an address without one.
fn resolver(private: &[IpNet], without_path: &[IpNet]) -> Resolver {
    let networks: Arc<(Vec<IpNet>, Vec<IpNet>)> = Arc::new((private.to_vec(), without_path.to_vec()));
    Arc::new(move |host, port| {
        let networks = Arc::clone(&networks);
        Box::pin(async move {
            let (private, without_path) = &*networks;
            match lookup::addresses(&host, port, private).await {
                Ok(found) => Ok(found),
                Err(Unreachable::Unknown(reason)) => Err(GatewayError::Transport { message: reason }),
                Err(Unreachable::Forbidden) if lookup::addresses(&host, port, without_path).await.is_ok() => {
                    Err(GatewayError::InvalidUrl { reason: PATH_IN_PRIVATE.to_owned() })
                }
                Err(Unreachable::Forbidden) => Err(GatewayError::Forbidden { host }),
            }
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
