//! How to reach a gateway and who to be there.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::SecretString;
use tokio::net::lookup_host;
use tokio::runtime::Handle;
use tungstenite::http::{HeaderName, HeaderValue};
use url::Url;

use crate::limits::{CALLS, EVENTS_BEHIND};
use crate::{DeviceIdentity, GatewayError, SignatureVersion, TlsMode};

/// The scopes asked for by default. `operator.admin` implies `operator.write`, and this exact
/// set is what devices of Mission Control were paired with, so asking for it never
/// triggers a scope upgrade.
pub const DEFAULT_SCOPES: [&str; 4] =
    ["operator.read", "operator.admin", "operator.approvals", "operator.pairing"];

/// What the client says it can take: the events of tools, and on 2026.8 and later those of approvals, which only reach
/// clients that name one of these. Older gateways take any list and send approvals to every operator with the scope.
const CAPABILITIES: [&str; 3] = ["tool-events", "approvals", "exec-approvals"];

/// How the client introduces itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConnectMode {
    /// As a backend client, signed with the device identity when one is set. The default.
    #[default]
    Device,
    /// For gateways where pairing is switched off: as the control UI (accepted up to 2026.7),
    /// then as a backend client without a device (accepted on loopback), and only then with the
    /// device identity, which ends in a pairing request the operator can approve.
    WithoutPairing,
}

/// Finds the addresses of a host and port that may be connected to. It is asked once for each attempt, and the attempt goes
/// to what it answered: what a name means may change between two questions.
pub type Resolver =
    Arc<dyn Fn(String, u16) -> BoxFuture<'static, Result<Vec<SocketAddr>, GatewayError>> + Send + Sync>;

/// Everything needed to connect to one gateway.
///
/// ```
/// use mission_control_gateway_rpc::{ConnectOptions, TlsMode};
///
/// # fn main() -> Result<(), mission_control_gateway_rpc::GatewayError> {
/// let options = ConnectOptions::new("wss://gateway.example:18789")?
///     .token("the shared token")
///     .tls(TlsMode::InsecureAcceptAny);
/// assert_eq!(options.endpoint(), "wss://gateway.example:18789/");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ConnectOptions {
    pub(crate) url: Url,
    pub(crate) token: Option<SecretString>,
    pub(crate) password: Option<SecretString>,
    pub(crate) device_token: Option<SecretString>,
    pub(crate) identity: Option<Arc<DeviceIdentity>>,
    pub(crate) signature: SignatureVersion,
    pub(crate) mode: ConnectMode,
    pub(crate) tls: TlsMode,
    pub(crate) scopes: Vec<String>,
    pub(crate) capabilities: Vec<String>,
    pub(crate) display_name: String,
    pub(crate) client_version: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) timing: Timing,
    pub(crate) max_pending: usize,
    pub(crate) event_buffer: usize,
    pub(crate) runtime: Option<Handle>,
    pub(crate) resolver: Option<Resolver>,
}

/// The clocks of a connection. The defaults suit production; tests shorten them.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Opening a connection, from TCP to `hello-ok`.
    pub connect: Duration,
    /// How long to wait for the gateway's challenge before connecting without one.
    pub challenge: Duration,
    /// Deadline of a call that names none.
    pub call: Duration,
    /// How much of a call's deadline may pass waiting for a lost link to come back.
    pub link_wait: Duration,
    /// Silence after which the connection counts as dead. Raised to two tick intervals when the
    /// gateway ticks more slowly.
    pub silence: Duration,
    /// First step of the reconnect backoff (full jitter).
    pub backoff_first: Duration,
    /// Largest step of the reconnect backoff.
    pub backoff_max: Duration,
    /// Pause between attempts when the gateway refused for a reason that time does not cure.
    pub refused_retry: Duration,
    /// How long a connection must stay up to be called stable.
    pub stable: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            challenge: Duration::from_secs(2),
            call: Duration::from_secs(30),
            link_wait: Duration::from_secs(5),
            silence: Duration::from_secs(60),
            backoff_first: Duration::from_secs(1),
            backoff_max: Duration::from_secs(30),
            refused_retry: Duration::from_secs(60),
            stable: Duration::from_millis(2500),
        }
    }
}

impl ConnectOptions {
    /// Options for the gateway at `url` (`ws`, `wss`, `http` or `https`).
    ///
    /// Credentials in the URL (`user:password@`, `?token=`) are dropped: a gateway takes
    /// its token from the connect frame only, and URLs end up in logs.
    ///
    /// # Errors
    /// [`GatewayError::InvalidUrl`] when the text is not such a URL.
    pub fn new(url: &str) -> Result<Self, GatewayError> {
        Ok(Self {
            url: clean_url(url)?,
            token: None,
            password: None,
            device_token: None,
            identity: None,
            signature: SignatureVersion::V2,
            mode: ConnectMode::Device,
            tls: TlsMode::System,
            scopes: DEFAULT_SCOPES.map(str::to_owned).to_vec(),
            capabilities: CAPABILITIES.map(str::to_owned).to_vec(),
            display_name: "Mission Control".to_owned(),
            client_version: env!("CARGO_PKG_VERSION").to_owned(),
            headers: Vec::new(),
            timing: Timing::default(),
            max_pending: CALLS,
            event_buffer: EVENTS_BEHIND,
            runtime: None,
            resolver: None,
        })
    }

    /// The gateway's shared token. An empty text means none.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = secret(token.into());
        self
    }

    /// The gateway's shared password. An empty text means none.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = secret(password.into());
        self
    }

    /// A device token kept from an earlier connection ([`crate::Connected::device_token`]); used when
    /// there is no shared token, or when the gateway no longer accepts it.
    #[must_use]
    pub fn device_token(mut self, token: impl Into<String>) -> Self {
        self.device_token = secret(token.into());
        self
    }

    /// Signs the connection with this identity.
    #[must_use]
    pub fn identity(mut self, identity: Arc<DeviceIdentity>) -> Self {
        self.identity = Some(identity);
        self
    }

    /// The signature to start with. `V2` (the default) is accepted by every gateway that sends
    /// a challenge; `V3` falls back to `V2` when the gateway does not know it.
    #[must_use]
    pub fn signature(mut self, version: SignatureVersion) -> Self {
        self.signature = version;
        self
    }

    /// How to introduce this client.
    #[must_use]
    pub fn mode(mut self, mode: ConnectMode) -> Self {
        self.mode = mode;
        self
    }

    /// Which certificates to trust for `wss://`.
    #[must_use]
    pub fn tls(mut self, tls: TlsMode) -> Self {
        self.tls = tls;
        self
    }

    /// The scopes to ask for, instead of [`DEFAULT_SCOPES`].
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// The name operators see in the gateway's list of devices and clients.
    #[must_use]
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = name.into();
        self
    }

    /// Adds an HTTP header to the upgrade request, for gateways behind a proxy that wants one.
    ///
    /// # Errors
    /// [`GatewayError::InvalidUrl`] when name or value cannot stand in an HTTP header.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, GatewayError> {
        let name = HeaderName::try_from(name)
            .map_err(|_| GatewayError::InvalidUrl { reason: format!("`{name}` is not a header name") })?;
        let mut value = HeaderValue::try_from(value).map_err(|_| GatewayError::InvalidUrl {
            reason: format!("the value of `{name}` is not valid"),
        })?;
        value.set_sensitive(true);
        self.headers.push((name, value));
        Ok(self)
    }

    /// The clocks of the connection.
    #[must_use]
    pub fn timing(mut self, timing: Timing) -> Self {
        self.timing = timing;
        self
    }

    /// How many calls may wait for an answer at once (default [`CALLS`]); more wait for a free place.
    #[must_use]
    pub fn max_pending(mut self, calls: usize) -> Self {
        self.max_pending = calls.max(1);
        self
    }

    /// How many events a slow reader may fall behind before it loses the oldest (default [`EVENTS_BEHIND`]).
    #[must_use]
    pub fn event_buffer(mut self, events: usize) -> Self {
        self.event_buffer = events.max(1);
        self
    }

    /// The runtime that carries the connection; the current one when not given.
    #[must_use]
    pub fn runtime(mut self, handle: Handle) -> Self {
        self.runtime = Some(handle);
        self
    }

    /// Who says where connections go; the system's name service, without restriction, when not given.
    #[must_use]
    pub fn resolver(mut self, resolver: Resolver) -> Self {
        self.resolver = Some(resolver);
        self
    }

    /// Where to connect to now.
    pub(crate) async fn addresses(&self) -> Result<Vec<SocketAddr>, GatewayError> {
        let host = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = self.url.port_or_known_default().unwrap_or(80);
        match &self.resolver {
            Some(resolver) => resolver(host.to_owned(), port).await,
            None => match lookup_host((host, port)).await {
                Ok(found) => Ok(found.collect()),
                Err(error) => Err(GatewayError::Transport { message: error.to_string() }),
            },
        }
    }

    /// The address without any secret, for logs and messages.
    pub fn endpoint(&self) -> &str {
        self.url.as_str()
    }

    /// Whether the gateway is on this machine, where it accepts clients without pairing.
    pub fn is_loopback(&self) -> bool {
        match self.url.host() {
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => false,
        }
    }

    /// The `Origin` a control UI served by this gateway would have.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.url.scheme() == "wss" { "https" } else { "http" };
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        }
    }
}

impl std::fmt::Debug for ConnectOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectOptions")
            .field("url", &self.endpoint())
            .field("token", &self.token.is_some())
            .field("password", &self.password.is_some())
            .field("device_token", &self.device_token.is_some())
            .field("device_id", &self.identity.as_ref().map(|identity| identity.device_id()))
            .field("mode", &self.mode)
            .field("tls", &self.tls)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

fn secret(text: String) -> Option<SecretString> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| SecretString::from(trimmed.to_owned()))
}

fn clean_url(text: &str) -> Result<Url, GatewayError> {
    let invalid = |reason: &str| GatewayError::InvalidUrl { reason: reason.to_owned() };
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid("it is empty"));
    }
    // `host:port` alone parses as a URL whose scheme is the host; say what is missing instead.
    if !text.contains("://") {
        return Err(invalid("it must start with ws:// or wss://"));
    }
    let scheme_fixed = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => format!("ws://{rest}"),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => format!("wss://{rest}"),
        _ => text.to_owned(),
    };
    let mut url = Url::parse(&scheme_fixed).map_err(|error| invalid(&error.to_string()))?;
    if !matches!(url.scheme(), "ws" | "wss") {
        return Err(invalid("it must start with ws:// or wss://"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(invalid("it has no host"));
    }
    // These setters only fail for URLs that cannot have such a part; ws URLs can.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !matches!(name.to_ascii_lowercase().as_str(), "token" | "password" | "auth"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_the_url_are_dropped() {
        let options =
            ConnectOptions::new("ws://me:pw@h:1/x?token=abc&room=1#frag").expect("valid").token("t0ken");
        assert_eq!(options.endpoint(), "ws://h:1/x?room=1");
        assert!(!format!("{options:?}").contains("t0ken"));
    }

    #[test]
    fn http_urls_become_websocket_urls_and_others_are_refused() {
        assert_eq!(ConnectOptions::new(" https://h ").expect("valid").endpoint(), "wss://h/");
        for bad in ["", "h:18789", "ftp://h", "ws://", "ws://h:999999"] {
            assert!(ConnectOptions::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_origin_names_scheme_host_and_port() {
        let origin = |url| ConnectOptions::new(url).expect("valid").origin();
        assert_eq!(origin("ws://127.0.0.1:18789/x"), "http://127.0.0.1:18789");
        assert_eq!(origin("wss://[::1]:9"), "https://[::1]:9");
        assert_eq!(origin("wss://h"), "https://h");
    }

    #[test]
    fn loopback_is_recognised() {
        let loopback = |url| ConnectOptions::new(url).expect("valid").is_loopback();
        assert!(loopback("ws://127.0.0.2:1") && loopback("ws://localhost") && loopback("ws://[::1]"));
        assert!(!loopback("ws://10.0.0.1") && !loopback("ws://localhost.example"));
    }
}
