//! Tokens that agents authenticate with. Only digests are stored.

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use pbkdf2::pbkdf2_hmac;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::limits::HASH_ROUNDS;

/// base64url written without padding, read with or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A new token: 256 random bits in base64url.
pub fn generate() -> SecretString {
    BASE64.encode(rand::random::<[u8; 32]>()).into()
}

/// What is stored of a token, and looked up by: its SHA-256 in lower-case hex. Enough for a random token, which cannot be
/// guessed from its digest.
pub fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// Whether the two secrets are equal, in a time that tells nothing about where or how far they differ.
pub fn same(given: &str, expected: &str) -> bool {
    Sha256::digest(given).ct_eq(&Sha256::digest(expected)).into()
}

/// Whether `token` belongs to a hash of the reference: `pbkdf2_sha256$ROUNDS$SALT$DIGEST`, salt and digest in base64url.
/// Slow on purpose (tens of milliseconds): verify once, then store [`digest`] instead.
pub fn verify_legacy(token: &str, stored: &str) -> bool {
    let parts: Vec<_> = stored.split('$').collect();
    let ["pbkdf2_sha256", rounds, salt, expected] = parts.as_slice() else {
        return false;
    };
    let rounds = rounds.parse().ok().filter(|rounds| (1..=HASH_ROUNDS).contains(rounds));
    let (Some(rounds), Ok(salt), Ok(expected)) = (rounds, BASE64.decode(salt), BASE64.decode(expected))
    else {
        return false;
    };
    let mut computed = [0_u8; 32];
    pbkdf2_hmac::<Sha256>(token.as_bytes(), &salt, rounds, &mut computed);
    computed.as_slice().ct_eq(&expected).into()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::*;

    /// Made with Python's `hashlib.pbkdf2_hmac` for the token `agent-token`, salt `00 01 … 0f`, 200,000 rounds.
    const LEGACY: &str =
        "pbkdf2_sha256$200000$AAECAwQFBgcICQoLDA0ODw$59S_L6gjgYrp7Gvg_wA-psP4zoAffYKEL0idE92ddEc";

    #[test]
    fn a_token_has_256_random_bits() {
        let token = generate();
        assert_eq!(BASE64.decode(token.expose_secret()).unwrap().len(), 32);
        assert_eq!(token.expose_secret().len(), 43);
        assert_ne!(token.expose_secret(), generate().expose_secret());
    }

    #[test]
    fn a_digest_is_sha_256_in_hex() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[rstest]
    #[case("secret", "secret", true)]
    #[case("secret", "secreT", false)]
    #[case("secret", "secret ", false)]
    #[case("", "", true)]
    fn secrets_are_the_same_when_every_byte_is(
        #[case] given: &str,
        #[case] expected: &str,
        #[case] same_secret: bool,
    ) {
        assert_eq!(same(given, expected), same_secret);
    }

    #[test]
    fn hashes_of_the_reference_are_verified() {
        assert!(verify_legacy("agent-token", LEGACY));
        assert!(!verify_legacy("agent-tokeN", LEGACY));
    }

    #[rstest]
    #[case("")]
    #[case("pbkdf2_sha256$1$AAAA")]
    #[case("pbkdf2_sha1$1$AAAA$AAAA")]
    #[case("pbkdf2_sha256$0$AAAA$AAAA")]
    #[case("pbkdf2_sha256$4000000000$AAAA$AAAA")]
    #[case("pbkdf2_sha256$1$?$AAAA")]
    #[case("pbkdf2_sha256$1$AAAA$")]
    fn a_malformed_hash_matches_nothing(#[case] stored: &str) {
        assert!(!verify_legacy("agent-token", stored));
    }
}
