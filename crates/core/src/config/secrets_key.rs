//! The key that seals secrets in the database.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox, SecretString};

/// Length of the key in bytes.
const LENGTH: usize = 32;

/// A 256-bit key. Its text form is base64.
#[derive(Clone)]
pub struct SecretsKey(Arc<SecretBox<[u8; LENGTH]>>);

impl SecretsKey {
    /// A new random key.
    pub fn generate() -> Self {
        Self::from_bytes(rand::random())
    }

    /// Reads the text form. `None` unless it is the base64 of exactly 32 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        STANDARD.decode(text.trim()).ok()?.try_into().ok().map(Self::from_bytes)
    }

    fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        SecretsKey(Arc::new(SecretBox::new(Box::new(bytes))))
    }

    /// The 32 bytes.
    pub fn expose(&self) -> &[u8; LENGTH] {
        self.0.expose_secret()
    }

    /// The text form, for a key file.
    pub fn to_base64(&self) -> SecretString {
        STANDARD.encode(self.expose()).into()
    }
}

impl fmt::Debug for SecretsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretsKey(••••)")
    }
}
