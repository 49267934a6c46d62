//! The one access token of `AUTH_MODE=local`.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use mission_control_core::rules::agent_token;
use mission_control_store::private;
use secrecy::{ExposeSecret, SecretString};

/// Recognizes the local token.
pub struct LocalToken(SecretString);

impl LocalToken {
    /// Accepts exactly this token.
    pub fn new(token: SecretString) -> Self {
        Self(token)
    }

    /// Whether it is the token; takes the same time whatever was presented.
    pub fn accepts(&self, presented: &str) -> bool {
        agent_token::same(presented, self.0.expose_secret())
    }

    /// What is stored to know by whether a session was given for this token.
    pub fn digest(&self) -> String {
        agent_token::digest(self.0.expose_secret())
    }
}

/// A token that is kept in the data directory, readable by its owner only.
pub struct LocalTokenFile {
    /// The token.
    pub token: SecretString,
    /// Where it is kept.
    pub path: PathBuf,
    /// Whether it was made just now.
    pub created: bool,
}

impl LocalTokenFile {
    /// Reads `<data_dir>/local-auth-token`; makes it, and the directory, when absent. Of processes that do so at the
    /// same time one wins, and all use its token.
    ///
    /// # Errors
    /// The directory or the file cannot be read or written, or the file is empty.
    pub fn load_or_create(data_dir: &Path) -> io::Result<Self> {
        private::directory(data_dir)?;
        let path = data_dir.join("local-auth-token");
        let created = !path.exists() && create(data_dir, &path)?;
        private::file(&path);
        let token = fs::read_to_string(&path)?;
        match token.trim() {
            "" => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the file is empty; delete it to get a new token",
            )),
            token => Ok(Self { token: token.to_owned().into(), path, created }),
        }
    }
}

/// Writes a new token under another name and links it into place, so that nobody reads half a token. `false` when
/// another process was faster.
fn create(data_dir: &Path, path: &Path) -> io::Result<bool> {
    // As `openssl rand -hex 32`: tokens that are set have 50 characters at least, and clients rely on it.
    let token = SecretString::from(hex::encode(rand::random::<[u8; 32]>()));
    let draft = data_dir.join(format!(".local-auth-token.{}", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", token.expose_secret())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_made_token_is_private_long_and_stays() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("new");
        let first = LocalTokenFile::load_or_create(&dir).unwrap();
        assert!(first.created);
        assert_eq!(first.token.expose_secret().len(), 64);
        assert_eq!(fs::metadata(&first.path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = LocalTokenFile::load_or_create(&dir).unwrap();
        assert!(!again.created);
        assert_eq!(again.token.expose_secret(), first.token.expose_secret());
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
    }

    #[test]
    fn only_the_whole_token_is_accepted() {
        let token = LocalToken::new("secret-token".to_owned().into());
        assert!(token.accepts("secret-token"));
        assert!(!token.accepts("secret-toke") && !token.accepts("") && !token.accepts("secret-tokenx"));
    }
}
