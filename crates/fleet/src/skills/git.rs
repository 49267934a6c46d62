//! The git program, kept from everything but reading one public repository: no configuration but ours, no prompts, no
//! helpers, no hooks, no protocol but the one in use, no redirects, no work tree, no submodules.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use mission_control_core::limits::{GIT_PRINTED, GIT_SAID};
use mission_control_core::rules::webhooks::shortened;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use url::Url;

use super::PackError;

/// What git gets of our environment: where its programs are, and how the network is reached.
const PASSED_ON: [&str; 9] = [
    "PATH",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// Git with a folder of its own, which is removed with it.
pub(super) struct Git {
    program: String,
    url: Url,
    folder: TempDir,
}

/// Whether connections go through a proxy.
pub(super) fn behind_proxy() -> bool {
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].iter().any(|name| env::var_os(name).is_some())
}

impl Git {
    /// Git for the repository at `url`, whose server has these `addresses` for it.
    pub(super) fn new(program: &str, url: Url, addresses: &[SocketAddr]) -> Result<Self, PackError> {
        let folder = tempfile::Builder::new().prefix("mission-control-pack-").tempdir()?;
        fs::write(folder.path().join(".gitconfig"), configuration(&url, addresses))?;
        Ok(Self { program: program.to_owned(), url, folder })
    }

    /// The address of the repository.
    pub(super) fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Where the copy of the repository is.
    pub(super) fn copy(&self) -> PathBuf {
        self.folder.path().join("pack.git")
    }

    /// A command that ends with the value returned.
    pub(super) fn command<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(PASSED_ON.iter().filter_map(|name| Some((name, env::var_os(name)?))))
            .env("HOME", self.folder.path())
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ALLOW_PROTOCOL", self.url.scheme())
            .env("GIT_NO_LAZY_FETCH", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// A command in the copy of the repository.
    pub(super) fn in_copy<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = self.command(arguments);
        command.current_dir(self.copy());
        command
    }

    /// Starting it failed.
    pub(super) fn not_started(&self, error: std::io::Error) -> PackError {
        match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::PermissionDenied => {
                PackError::NoGit(self.program.clone())
            }
            _ => error.into(),
        }
    }

    /// What a short command prints.
    pub(super) async fn output(&self, mut command: Command) -> Result<String, PackError> {
        let mut child = command.spawn().map_err(|error| self.not_started(error))?;
        let (stdout, stderr) = (pipe(child.stdout.take())?, pipe(child.stderr.take())?);
        let (printed, said) = tokio::try_join!(beginning(stdout), beginning(stderr))?;
        if child.wait().await?.success() { Ok(printed) } else { Err(PackError::Git(complaint(&said))) }
    }
}

/// The beginning of what comes out of a pipe, which is read to its end: the server that git speaks with may say anything.
async fn beginning(mut pipe: impl AsyncRead + Unpin) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    (&mut pipe).take(GIT_PRINTED).read_to_end(&mut bytes).await?;
    tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The whole configuration of git.
fn configuration(url: &Url, addresses: &[SocketAddr]) -> String {
    let mut text = "[core]\n\thooksPath = /dev/null\n\taskPass =\n\
         [credential]\n\thelper =\n\
         [protocol]\n\tversion = 2\n\
         [http]\n\tfollowRedirects = false\n\tlowSpeedLimit = 1000\n\tlowSpeedTime = 30\n\
         [submodule]\n\trecurse = false\n\
         [gc]\n\tauto = 0\n\
         [maintenance]\n\tauto = false\n\
         [safe]\n\tdirectory = *\n"
        .to_owned();
    if let (Some(host), Some(port), false) =
        (url.host_str(), url.port_or_known_default(), addresses.is_empty())
    {
        let addresses: Vec<_> = addresses
            .iter()
            .map(
                |address| {
                    if address.is_ipv6() { format!("[{}]", address.ip()) } else { address.ip().to_string() }
                },
            )
            .collect();
        // Writing to a string does not fail.
        let _ = writeln!(text, "[http]\n\tcurloptResolve = {host}:{port}:{}", addresses.join(","));
    }
    text
}

/// One end of a pipe to git, which [`Git::command`] asks for.
pub(super) fn pipe<T>(end: Option<T>) -> Result<T, PackError> {
    end.ok_or_else(|| PackError::Machine(std::io::Error::other("git has no pipe")))
}

/// What git complains of, in one line.
pub(super) fn complaint(stderr: &str) -> String {
    let lines = || stderr.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let fatal =
        lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
    let line = fatal.or_else(|| lines().next_back()).unwrap_or("it ended without a word");
    shortened(line, GIT_SAID).unwrap_or_else(|| line.to_owned()).trim_end_matches('.').to_owned()
}

/// Bytes of all files below `folder`.
pub(super) fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => size_of(&entry.path()),
            Ok(found) => found.len(),
            // Renamed or removed meanwhile.
            Err(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_asks_the_addresses_that_were_looked_at_and_no_others() {
        let url = Url::parse("https://git.example.com/a/b").unwrap();
        let addresses = ["192.0.2.1:443".parse().unwrap(), "[2001:db8::1]:443".parse().unwrap()];
        let text = configuration(&url, &addresses);
        assert!(text.contains("curloptResolve = git.example.com:443:192.0.2.1,[2001:db8::1]\n"), "{text}");
        assert!(text.contains("followRedirects = false"), "{text}");
        assert!(!configuration(&url, &[]).contains("curloptResolve"));
    }

    #[test]
    fn the_first_complaint_counts() {
        let stderr = "Cloning into bare repository…\nfatal: repository 'x' not found.\nfatal: more\n";
        assert_eq!(complaint(stderr), "repository 'x' not found");
        assert_eq!(complaint("killed\n"), "killed");
        assert_eq!(complaint(""), "it ended without a word");
    }
}
