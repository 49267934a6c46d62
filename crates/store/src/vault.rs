//! Encryption of secrets at rest: gateway tokens, webhook secrets, the device key.
//!
//! XChaCha20-Poly1305 with a random nonce. The row and the column are authenticated with the text, so a sealed value that
//! is copied to another row does not open. A value without the mark is plain text written by the reference; it is read as
//! it is, and sealed at its next write.

use std::fmt;
use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use mission_control_core::config::SecretsKey;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::private;

/// Starts every sealed value; the digit is the version of the format.
const MARK: &str = "mcs1:";

/// Length of the nonce, which precedes the ciphertext.
const NONCE: usize = 24;

/// Seals and opens secrets.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

/// The key is missing or unreadable, or a sealed value does not open.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Not the base64 of 32 bytes.
    #[error("{0} is not the base64 of exactly 32 bytes")]
    Key(String),
    /// The key file cannot be read or written.
    #[error("{path}: {source}")]
    KeyFile {
        /// The file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// Damaged, moved from another row, or sealed with another key.
    #[error(
        "{0} does not open with this SECRETS_KEY; restore the key it was sealed with, or set the secret again"
    )]
    Sealed(String),
    /// It opens, but is no text.
    #[error("{0} is no text")]
    NotText(String),
}

impl Vault {
    /// A vault with this key.
    pub fn new(key: &SecretsKey) -> Self {
        Self(XChaCha20Poly1305::new(key.expose().into()))
    }

    /// A vault with the key of `SECRETS_KEY`.
    ///
    /// # Errors
    /// [`VaultError::Key`].
    pub fn from_secret(text: &str) -> Result<Self, VaultError> {
        SecretsKey::parse(text)
            .map(|key| Self::new(&key))
            .ok_or_else(|| VaultError::Key("SECRETS_KEY".to_owned()))
    }

    /// A vault with the key in a file. A missing file is made, readable by its owner only; of several processes that
    /// start at once one makes it.
    ///
    /// # Errors
    /// [`VaultError::KeyFile`], [`VaultError::Key`].
    pub fn load_or_create(path: &Path) -> Result<Self, VaultError> {
        let failed = |source| VaultError::KeyFile { path: path.display().to_string(), source };
        if !path.exists() {
            create_key_file(path).map_err(failed)?;
        }
        private::file(path);
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(failed)?);
        let key = SecretsKey::parse(&text).ok_or_else(|| VaultError::Key(path.display().to_string()))?;
        Ok(Self::new(&key))
    }

    /// Seals `plain` for a column (`gateways.token`) of the row `id`.
    pub fn seal(&self, column: &str, id: impl fmt::Display, plain: &str) -> String {
        let nonce: [u8; NONCE] = rand::random();
        let place = place(column, id);
        let payload = Payload { msg: plain.as_bytes(), aad: place.as_bytes() };
        // The cipher refuses only texts beyond 256 GiB.
        let ciphertext = self.0.encrypt((&nonce).into(), payload).unwrap_or_default();
        format!("{MARK}{}", STANDARD.encode([nonce.as_slice(), &ciphertext].concat()))
    }

    /// Opens what [`Vault::seal`] made for the same column and row. Text without the mark is returned as it is.
    ///
    /// # Errors
    /// [`VaultError`], which names the place and not the value.
    pub fn open(
        &self,
        column: &str,
        id: impl fmt::Display,
        stored: &str,
    ) -> Result<SecretString, VaultError> {
        let Some(encoded) = stored.strip_prefix(MARK) else {
            return Ok(stored.to_owned().into());
        };
        let place = place(column, id);
        let plain = self.decrypt(&place, encoded).ok_or_else(|| VaultError::Sealed(place.clone()))?;
        let text = std::str::from_utf8(&plain).map_err(|_| VaultError::NotText(place))?;
        Ok(text.to_owned().into())
    }

    /// Whether a stored value is sealed; one of the reference is not.
    pub fn is_sealed(stored: &str) -> bool {
        stored.starts_with(MARK)
    }

    fn decrypt(&self, place: &str, encoded: &str) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = STANDARD.decode(encoded).ok()?;
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        self.0.decrypt(nonce.into(), payload).ok().map(Zeroizing::new)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Writes the key beside its place and links it there, so that nobody ever reads half a key and the first one wins.
fn create_key_file(path: &Path) -> std::io::Result<()> {
    let draft = path.with_extension(format!("{}.new", uuid::Uuid::new_v4()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(SecretsKey::generate().to_base64().expose_secret().as_bytes())?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn place(column: &str, id: impl fmt::Display) -> String {
    format!("{column}:{id}")
}
