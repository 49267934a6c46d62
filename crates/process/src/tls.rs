//! Cryptography for everything in the process that speaks TLS.

/// Makes ring the provider of rustls. Belongs at the beginning of a program: clients that are built before find none.
pub fn install_provider() {
    // An error means that a provider is installed already, and no other than ring is linked.
    drop(rustls::crypto::ring::default_provider().install_default());
}
