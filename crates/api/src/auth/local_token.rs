//! The one access token of `AUTH_MODE=local`, and the code by which an installation of accounts is set up: secrets that are kept
//! in the data directory.

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

/// The code that whoever makes the first account has to show. Only who reads the server's terminal or its files has it, so that
/// nobody else on the network takes the installation.
pub struct SetUpCode(KeptSecret);

impl SetUpCode {
    /// The code in the data directory, which is made when absent.
    ///
    /// # Errors
    /// The directory or the file cannot be read or written.
    pub fn load_or_create(data_dir: &Path) -> io::Result<Self> {
        KeptSecret::load_or_create(data_dir, "setup-code").map(Self)
    }

    /// Whether it is the code; takes the same time whatever was presented.
    pub fn accepts(&self, presented: &str) -> bool {
        agent_token::same(presented.trim(), self.0.secret.expose_secret())
    }

    /// It has served its purpose: the file goes.
    pub fn forget(&self) {
        if let Err(error) = fs::remove_file(&self.0.path) {
            tracing::warn!(path = %self.0.path.display(), %error, "set-up code not removed");
        }
    }

    /// What whoever started the server is told: where to go, and the code. Only a terminal shows the code itself: elsewhere, as in
    /// the journal, it would stay.
    pub fn announcement(&self, base_url: &str, to_terminal: bool) -> String {
        let path = self.0.path.display();
        if to_terminal {
            let code = self.0.secret.expose_secret();
            format!(
                "Nobody has an account yet. Make the owner's at {base_url}/setup#{code} (the code is kept in {path})"
            )
        } else {
            format!("Nobody has an account yet. Make the owner's at {base_url}/setup with the code in {path}")
        }
    }
}

/// A secret that is kept in the data directory, readable by its owner only.
pub struct KeptSecret {
    /// The secret.
    pub secret: SecretString,
    /// Where it is kept.
    pub path: PathBuf,
    /// Whether it was made just now.
    pub created: bool,
}

impl KeptSecret {
    /// Reads `<data_dir>/<name>`; makes it, and the directory, when absent. Of processes that do so at the same time one wins,
    /// and all use its secret.
    ///
    /// # Errors
    /// The directory or the file cannot be read or written, or the file is empty.
    pub fn load_or_create(data_dir: &Path, name: &str) -> io::Result<Self> {
        private::directory(data_dir)?;
        let path = data_dir.join(name);
        let created = !path.exists() && create(data_dir, &path, name)?;
        private::file(&path);
        let secret = fs::read_to_string(&path)?;
        match secret.trim() {
            "" => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the file is empty; delete it to get a new token",
            )),
            secret => Ok(Self { secret: secret.to_owned().into(), path, created }),
        }
    }
}

/// The access token in the data directory.
///
/// # Errors
/// As `KeptSecret::load_or_create`.
pub fn kept_local_token(data_dir: &Path) -> io::Result<KeptSecret> {
    KeptSecret::load_or_create(data_dir, "local-auth-token")
}

/// Writes a new secret under another name and links it into place, so that nobody reads half of one. `false` when another
/// process was faster.
fn create(data_dir: &Path, path: &Path, name: &str) -> io::Result<bool> {
    // As `openssl rand -hex 32`: tokens that are set have 50 characters at least, and clients rely on it.
    let secret = SecretString::from(hex::encode(rand::random::<[u8; 32]>()));
    let draft = data_dir.join(format!(".{name}.{}", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", secret.expose_secret())?;
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
        let first = kept_local_token(&dir).unwrap();
        assert!(first.created);
        assert_eq!(first.secret.expose_secret().len(), 64);
        assert_eq!(fs::metadata(&first.path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = kept_local_token(&dir).unwrap();
        assert!(!again.created);
        assert_eq!(again.secret.expose_secret(), first.secret.expose_secret());
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
    }

    #[test]
    fn a_set_up_code_is_told_and_goes_when_it_has_served() {
        let dir = tempfile::tempdir().unwrap();
        let code = SetUpCode::load_or_create(dir.path()).unwrap();
        let told = code.announcement("http://localhost:8000", true);
        let word = told.split('#').nth(1).unwrap().split(' ').next().unwrap();
        assert!(code.accepts(word) && code.accepts(&format!(" {word}\n")) && !code.accepts(""));
        assert!(SetUpCode::load_or_create(dir.path()).unwrap().accepts(word), "it stays until then");
        assert!(!code.announcement("http://localhost:8000", false).contains(word), "no journal keeps it");
        code.forget();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_the_whole_token_is_accepted() {
        let token = LocalToken::new("secret-token".to_owned().into());
        assert!(token.accepts("secret-token"));
        assert!(!token.accepts("secret-toke") && !token.accepts("") && !token.accepts("secret-tokenx"));
    }
}
