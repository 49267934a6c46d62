//! The keys that the provider signs with.

use std::time::Duration;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header};
use mission_control_core::limits::PROVIDER_KEYS;
use serde::Deserialize;
use serde_json::Value;

use crate::error::TokenFault;

/// The ways of signing that are taken. All are of public keys: a key that everybody can read never vouches for anything by
/// itself.
const TAKEN: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// How often keys are asked for at most.
pub(crate) const KEYS_PAUSE: Duration = Duration::from_secs(60);

/// A set of keys, as the provider publishes it.
#[derive(Debug, Deserialize)]
struct Published {
    keys: Vec<Value>,
}

/// The keys of a set that are for signing, in a way that is taken.
#[derive(Debug)]
pub(crate) struct KeySet(Vec<Jwk>);

impl KeySet {
    /// What can be used of a published set; `None` when it is none. Keys of a kind that is not known do no harm to the others.
    pub(crate) fn read(json: Value) -> Option<Self> {
        let published: Published = serde_json::from_value(json).ok()?;
        let keys = published.keys.into_iter().take(PROVIDER_KEYS);
        let usable = keys.filter_map(|key| serde_json::from_value(key).ok()).filter(is_for_signing);
        Some(Self(usable.collect()))
    }

    /// Whether there may be a key for a token with this header.
    pub(crate) fn knows(&self, header: &Header) -> bool {
        self.find(header).is_ok()
    }

    /// The key for a token with this header. A token that names none is checked with the only one that fits.
    ///
    /// # Errors
    /// A way of signing that is not taken; no such key.
    pub(crate) fn find(&self, header: &Header) -> Result<DecodingKey, TokenFault> {
        require_taken(header)?;
        let mut fitting = self
            .0
            .iter()
            .filter(|key| fits(key, header.alg) && (header.kid.is_none() || key.common.key_id == header.kid));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => DecodingKey::from_jwk(key).map_err(|_| TokenFault::UnknownKey),
            _ => Err(TokenFault::UnknownKey),
        }
    }
}

/// Passes a token that is signed in a way that is taken: no other is worth asking the provider for.
pub(crate) fn require_taken(header: &Header) -> Result<(), TokenFault> {
    if TAKEN.contains(&header.alg) { Ok(()) } else { Err(TokenFault::Algorithm) }
}

fn is_for_signing(key: &Jwk) -> bool {
    let by_use = key.common.public_key_use.as_ref().is_none_or(|it| *it == PublicKeyUse::Signature);
    let by_operations =
        key.common.key_operations.as_ref().is_none_or(|them| them.contains(&KeyOperations::Verify));
    by_use && by_operations
}

/// Whether the key is one for this way of signing, by its kind and by what it says of itself.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let by_name = key.common.key_algorithm.is_none_or(|own| own == KeyAlgorithm::from(algorithm));
    let by_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES256) => curve.curve == EllipticCurve::P256,
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES384) => curve.curve == EllipticCurve::P384,
        (AlgorithmParameters::OctetKeyPair(pair), Algorithm::EdDSA) => pair.curve == EllipticCurve::Ed25519,
        (AlgorithmParameters::RSA(_), Algorithm::ES256 | Algorithm::ES384 | Algorithm::EdDSA) => false,
        (AlgorithmParameters::RSA(_), _) => true,
        _ => false,
    };
    by_name && by_kind
}
