//! The device identity: an Ed25519 key in OpenClaw's own file format.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, KeypairBytes};
use ed25519_dalek::{Signer, SigningKey};
use rand::TryRng;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Why an identity could not be read, made or written.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The file could not be read or written.
    #[error("device identity {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: std::io::Error,
    },
    /// The content is not an identity. It is left as it is: replacing it would lose every pairing.
    #[error("not a usable device identity: {0}")]
    Invalid(String),
    /// The operating system gave no random bytes.
    #[error("no random bytes for a new device key: {0}")]
    Random(String),
}

/// The Ed25519 key by which a gateway knows this client.
///
/// The file format is the one OpenClaw itself reads and writes
/// (`{version, deviceId, publicKeyPem, privateKeyPem, createdAtMs}`), so an existing
/// `identity/device.json` can be used as it is and keeps its pairings.
///
/// ```
/// use mission_control_gateway_rpc::DeviceIdentity;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("identity/device.json");
/// let first = DeviceIdentity::load_or_create(&path)?;
/// assert_eq!(DeviceIdentity::load_or_create(&path)?.device_id(), first.device_id());
/// # Ok(())
/// # }
/// ```
pub struct DeviceIdentity {
    key: SigningKey,
    device_id: String,
    created_at_ms: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IdentityFile {
    version: u32,
    device_id: String,
    public_key_pem: String,
    private_key_pem: String,
    #[serde(default)]
    created_at_ms: u64,
}

impl DeviceIdentity {
    /// A new random identity, kept nowhere.
    ///
    /// # Errors
    /// [`IdentityError::Random`] when the operating system gives no entropy.
    pub fn generate() -> Result<Self, IdentityError> {
        let mut seed = [0u8; 32];
        rand::rngs::SysRng.try_fill_bytes(&mut seed).map_err(|e| IdentityError::Random(e.to_string()))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(Self::from_key(SigningKey::from_bytes(&seed), u64::try_from(now.as_millis()).unwrap_or_default()))
    }

    /// The identity of a 32-byte Ed25519 seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self::from_key(SigningKey::from_bytes(seed), 0)
    }

    fn from_key(key: SigningKey, created_at_ms: u64) -> Self {
        let device_id = hex::encode(Sha256::digest(key.verifying_key().as_bytes()));
        Self { key, device_id, created_at_ms }
    }

    /// Reads the JSON of an identity file. The device id is derived from the key, whatever the text says.
    ///
    /// # Errors
    /// [`IdentityError::Invalid`] when it is not version 1 or the private key is no Ed25519 key.
    pub fn from_json(text: &str) -> Result<Self, IdentityError> {
        let invalid = |reason: String| IdentityError::Invalid(reason);
        // The parser's message can quote the text, which holds the private key: name the place only.
        let file: IdentityFile = serde_json::from_str(text).map_err(|e| {
            invalid(format!("line {}, column {}: not the expected JSON", e.line(), e.column()))
        })?;
        if file.version != 1 {
            return Err(invalid(format!("version {} is not known", file.version)));
        }
        let key = SigningKey::from_pkcs8_pem(file.private_key_pem.trim())
            .map_err(|_| invalid("the private key is not a PKCS#8 Ed25519 key".to_owned()))?;
        Ok(Self::from_key(key, file.created_at_ms))
    }

    /// The JSON of an identity file. It holds the private key.
    ///
    /// # Errors
    /// [`IdentityError::Invalid`] when the key cannot be encoded.
    pub fn to_json(&self) -> Result<SecretString, IdentityError> {
        let encode = |reason: &dyn std::fmt::Display| IdentityError::Invalid(reason.to_string());
        // Version 1 of PKCS#8, without the public key inside: OpenSSL and Node read no other.
        let pair = KeypairBytes { secret_key: self.key.to_bytes(), public_key: None };
        let file = IdentityFile {
            version: 1,
            device_id: self.device_id.clone(),
            public_key_pem: self
                .key
                .verifying_key()
                .to_public_key_pem(LineEnding::LF)
                .map_err(|e| encode(&e))?,
            private_key_pem: pair.to_pkcs8_pem(LineEnding::LF).map_err(|e| encode(&e))?.to_string(),
            created_at_ms: self.created_at_ms,
        };
        let text = serde_json::to_string_pretty(&file).map_err(|e| encode(&e))?;
        Ok(SecretString::from(format!("{text}\n")))
    }

    /// Reads the identity file at `path`.
    ///
    /// # Errors
    /// [`IdentityError::Io`] when it cannot be read, [`IdentityError::Invalid`] when it is no identity.
    pub fn load(path: &Path) -> Result<Self, IdentityError> {
        let io = |source| IdentityError::Io { path: path.to_owned(), source };
        let text = fs::read_to_string(path).map_err(io)?;
        restrict(path);
        Self::from_json(&text).map_err(|error| match error {
            IdentityError::Invalid(reason) => IdentityError::Invalid(format!("{}: {reason}", path.display())),
            other => other,
        })
    }

    /// Reads the identity file at `path`, or makes one (mode 0600, parent folders 0700). Safe when several
    /// processes start at once: they all end up with the same identity.
    ///
    /// # Errors
    /// As [`DeviceIdentity::load`]; a damaged file is reported, never replaced.
    pub fn load_or_create(path: &Path) -> Result<Self, IdentityError> {
        match Self::load(path) {
            Err(IdentityError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {}
            result => return result,
        }
        let identity = Self::generate()?;
        match identity.write_new(path) {
            Ok(()) => Ok(identity),
            Err(source) if source.kind() == std::io::ErrorKind::AlreadyExists => Self::load(path),
            Err(source) => Err(IdentityError::Io { path: path.to_owned(), source }),
        }
    }

    /// Writes the whole file under another name first, then links it into place: a reader never
    /// sees half of it, and of two writers one wins.
    fn write_new(&self, path: &Path) -> std::io::Result<()> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        create_private_folder(folder)?;
        let draft = folder.join(format!(".device-{}.tmp", uuid::Uuid::new_v4()));
        let text = self.to_json().map_err(|e| std::io::Error::other(e.to_string()))?;
        let written = private_file(&draft)
            .and_then(|mut file| {
                file.write_all(secrecy::ExposeSecret::expose_secret(&text).as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| fs::hard_link(&draft, path));
        let _ = fs::remove_file(&draft);
        written
    }

    /// Lower-case hex SHA-256 of the public key: the name of this device on every gateway.
    pub fn device_id(&self) -> &str {
        &self.device_id
    }

    /// The raw public key, base64url without padding.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes())
    }

    /// The signature of `text`, base64url without padding.
    pub fn sign(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.key.sign(text.as_bytes()).to_bytes())
    }
}

impl std::fmt::Debug for DeviceIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceIdentity").field("device_id", &self.device_id).finish_non_exhaustive()
    }
}

fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn create_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Takes group and others their access to a key file that an operator copied in. Best
/// effort: a read-only mount is no reason to refuse a good key.
fn restrict(path: &Path) {
    #[cfg(unix)]
    if let Ok(meta) = fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt;
        if meta.permissions().mode() & 0o077 != 0 {
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}
