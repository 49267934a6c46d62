//! Servers and the tokens for them, in a file that only its owner may read.
//!
//! `MC_CONFIG` names the file; else it is `mission-control/mc.json` in `XDG_CONFIG_HOME` or `~/.config`. `MC_URL` and
//! `MC_TOKEN` stand for a server without any file, as programs have it.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::failure::{Exit, Failure};
use crate::limits::CLIENT_CONTEXTS;

/// A server and who one is there.
pub(crate) struct Server {
    /// Where it is, without a path.
    pub(crate) url: Url,
    /// What is sent as `Authorization: Bearer`.
    pub(crate) token: SecretString,
}

/// The file.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Contexts {
    /// The one that is meant when none is named.
    pub(crate) current: Option<String>,
    /// By name.
    #[serde(default)]
    pub(crate) contexts: BTreeMap<String, Context>,
}

/// A server as the file has it. No `Debug`: it has the token in it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Context {
    /// Where it is.
    pub(crate) url: Url,
    token: String,
}

impl From<&Server> for Context {
    fn from(server: &Server) -> Self {
        Self { url: server.url.clone(), token: server.token.expose_secret().to_owned() }
    }
}

impl Contexts {
    /// Reads the file; nothing is in one that is not there. One that others can read is closed to them.
    ///
    /// # Errors
    /// A file that cannot be read, or that is none of ours.
    pub(crate) fn load(path: &Path) -> Result<Self, Failure> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unusable(path, error)),
        };
        let open_to_others = file.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0);
        if open_to_others {
            eprintln!("mc: {} could be read by others; it is closed to them now", path.display());
            file.set_permissions(Permissions::from_mode(0o600)).map_err(|error| unusable(path, error))?;
        }
        let mut text = String::new();
        let most = CLIENT_CONTEXTS as u64;
        file.take(most).read_to_string(&mut text).map_err(|error| unusable(path, error))?;
        serde_json::from_str(&text).map_err(|error| unusable(path, error))
    }

    /// Writes the file under another name and puts it in its place: nobody reads half of it, and it was never open.
    ///
    /// # Errors
    /// The directory cannot be written to.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Failure> {
        let write = || -> io::Result<()> {
            let directory = path.parent().unwrap_or_else(|| Path::new("."));
            fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
            // Made for its owner alone.
            let mut draft = tempfile::NamedTempFile::new_in(directory)?;
            serde_json::to_writer_pretty(&mut draft, self)?;
            draft.write_all(b"\n")?;
            draft.as_file().sync_all()?;
            draft.persist(path)?;
            Ok(())
        };
        write().map_err(|error| unusable(path, error))
    }

    /// The server of this context, or of the current one.
    ///
    /// # Errors
    /// No such context; none at all.
    pub(crate) fn server(&self, name: Option<&str>) -> Result<Server, Failure> {
        let name = name.or(self.current.as_deref()).ok_or_else(|| {
            Failure::new(Exit::NotAllowed, "you are not logged in").with_next("mc login URL")
        })?;
        let context = self.context(name)?;
        Ok(Server { url: context.url.clone(), token: context.token.clone().into() })
    }

    /// The context of this name.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn context(&self, name: &str) -> Result<&Context, Failure> {
        self.contexts.get(name).ok_or_else(|| {
            Failure::new(Exit::NotFound, format!("there is no context {name}"))
                .with_next("`mc context list` shows them, `mc login URL` makes one")
        })
    }

    /// Keeps a server under a name, and makes it the current one.
    pub(crate) fn keep(&mut self, name: &str, server: &Server) {
        self.contexts.insert(name.to_owned(), server.into());
        self.current = Some(name.to_owned());
    }

    /// Forgets a context.
    ///
    /// # Errors
    /// There is none of this name.
    pub(crate) fn forget(&mut self, name: &str) -> Result<(), Failure> {
        self.context(name)?;
        self.contexts.remove(name);
        self.current.take_if(|current| current == name);
        Ok(())
    }
}

fn unusable(path: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Failed, format!("{}: {error}", path.display()))
        .with_next("correct the file or delete it, then `mc login URL`; MC_CONFIG names another one")
}

/// Where the file is.
///
/// # Errors
/// Nothing says where the user's files are.
pub(crate) fn path() -> Result<PathBuf, Failure> {
    let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = given("MC_CONFIG") {
        return Ok(path);
    }
    let config = given("XDG_CONFIG_HOME").or_else(|| given("HOME").map(|home| home.join(".config")));
    let config =
        config.ok_or_else(|| Failure::usage("set HOME, or MC_CONFIG to the file with your servers"))?;
    Ok(config.join("mission-control/mc.json"))
}

/// The server that a command is for: a named context, `MC_URL` with `MC_TOKEN`, or the current context.
///
/// # Errors
/// None of them; one variable without the other.
pub(crate) fn server(context: Option<&str>) -> Result<Server, Failure> {
    let given = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    match (context, given("MC_URL"), given("MC_TOKEN")) {
        (None, Some(url), Some(token)) => {
            Ok(Server { url: address(&url)?, token: token.trim().to_owned().into() })
        }
        (None, Some(_), None) => Err(Failure::usage("MC_URL is set; set MC_TOKEN as well")),
        _ => Contexts::load(&path()?)?.server(context),
    }
}

/// The address of a server as people write or copy it: with a path of the API or without.
///
/// # Errors
/// No address, or one with a user, a query or another path.
pub(crate) fn address(text: &str) -> Result<Url, Failure> {
    let wrong = |why: &str| Failure::usage(format!("{why}; write it as https://mission-control.example.com"));
    let mut url = Url::parse(text.trim()).map_err(|_| wrong("this is no address of a server"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong("the address of a server begins with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
        return Err(wrong("the address has a user, a password or a query in it; the token is asked for"));
    }
    if !matches!(url.path().trim_end_matches('/'), "" | "/api" | "/api/v1") {
        return Err(wrong("the server is not below a path"));
    }
    url.set_path("/");
    url.set_fragment(None);
    Ok(url)
}

/// Whether whoever is on the way can read what is sent there.
pub(crate) fn is_readable_on_the_way(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !loopback
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn server_at(url: &str) -> Server {
        Server { url: address(url).unwrap(), token: "mct_secret".to_owned().into() }
    }

    #[rstest]
    #[case("http://127.0.0.1:8000", "http://127.0.0.1:8000/")]
    #[case(" https://mc.example.com/ ", "https://mc.example.com/")]
    #[case("https://mc.example.com/api/v1/", "https://mc.example.com/")]
    #[case("https://mc.example.com/#boards", "https://mc.example.com/")]
    fn an_address_is_taken_as_people_copy_it(#[case] text: &str, #[case] url: &str) {
        assert_eq!(address(text).unwrap().as_str(), url);
    }

    #[rstest]
    #[case("mc.example.com")]
    #[case("ws://mc.example.com")]
    #[case("https://ada:secret@mc.example.com")]
    #[case("https://mc.example.com/below")]
    #[case("https://mc.example.com/?token=x")]
    fn what_is_no_address_of_a_server_is_refused_without_repeating_it(#[case] text: &str) {
        let failure = address(text).unwrap_err();
        assert_eq!(failure.exit(), Exit::Usage);
        assert!(!failure.to_string().contains("secret"));
    }

    #[rstest]
    #[case("http://mc.example.com", true)]
    #[case("http://192.168.1.7:8000", true)]
    #[case("http://localhost:8000", false)]
    #[case("http://[::1]:8000", false)]
    #[case("https://mc.example.com", false)]
    fn a_token_over_http_to_another_machine_can_be_read_on_the_way(
        #[case] url: &str,
        #[case] readable: bool,
    ) {
        assert_eq!(is_readable_on_the_way(&address(url).unwrap()), readable);
    }

    #[test]
    fn the_file_is_for_its_owner_alone_and_closed_when_it_was_not() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("new/mc.json");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let mut contexts = Contexts::load(&path).unwrap();
        contexts.keep("home", &server_at("http://127.0.0.1:8000"));
        contexts.save(&path).unwrap();
        assert_eq!(mode(), 0o600);

        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let again = Contexts::load(&path).unwrap();
        assert_eq!(mode(), 0o600);
        assert_eq!(again.server(None).unwrap().token.expose_secret(), "mct_secret");
    }

    #[test]
    fn a_named_context_wins_and_a_forgotten_one_is_gone() {
        let mut contexts = Contexts::default();
        contexts.keep("home", &server_at("http://127.0.0.1:8000"));
        contexts.keep("work", &server_at("https://mc.example.com"));
        let url = |contexts: &Contexts, name| contexts.server(name).map(|server| server.url.to_string());
        assert_eq!(url(&contexts, None).unwrap(), "https://mc.example.com/");
        assert_eq!(url(&contexts, Some("home")).unwrap(), "http://127.0.0.1:8000/");
        contexts.forget("work").unwrap();
        assert_eq!(url(&contexts, None).unwrap_err().exit(), Exit::NotAllowed);
        assert_eq!(url(&contexts, Some("work")).unwrap_err().exit(), Exit::NotFound);
        assert_eq!(contexts.forget("work").unwrap_err().exit(), Exit::NotFound);
    }
}
