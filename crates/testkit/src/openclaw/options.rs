/// What differs from a plain gateway on loopback.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Trust loopback as a proxy, so that a client behind a [`ForwardingProxy`](super::ForwardingProxy) counts as remote.
    pub trust_proxy: bool,
    /// Serve `wss://` with a certificate the gateway signs itself.
    pub tls: bool,
    /// Want the shared secret as a password (`gateway.auth.mode`).
    pub password: bool,
    /// Have a configuration as people write it: JSON5 with comments and variables, heartbeats, and an agent by hand.
    pub lived_in: bool,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
}
