//! A relay in this process between libpq, which knows no TLS, and a server.
//!
//! Each connection gets a socket of its own in a private directory, which is gone once libpq has connected. What goes wrong
//! on the server's side is told as a [`RelayError`]; libpq sees no more than a connection that ends.

use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use mission_control_core::config::Endpoint;
use mission_control_core::limits::DATABASE_REFUSAL;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional_with_sizes};
use tokio::net::{TcpStream, UnixStream, lookup_host};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::hold;
use super::tls::Tls;

/// Where libpq expects the socket in its directory.
const SOCKET: &str = ".s.PGSQL.5432";

/// Longest path of a socket in bytes that every system takes.
const LONGEST_PATH: usize = 100;

/// Bytes under way in each direction of a connection: a TLS record.
const BUFFER: usize = 16 * 1024;

/// Asks a server to go on with TLS.
const TLS_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// libpq blocks the thread that connects, so its other end runs on threads of its own.
static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(2).thread_name("postgres-relay").enable_all().build()
});

/// Why there is no connection to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RelayError {
    /// It is not reached.
    Unreachable(String),
    /// It speaks no TLS.
    NoTls,
    /// It is no partner for TLS.
    Handshake(String),
    /// It turned the connection away before that began.
    Refused(String),
}

/// One connection in the making. Dropped when libpq has connected: what is relayed goes on.
pub(super) struct Relay {
    directory: TempDir,
    failure: mpsc::Receiver<RelayError>,
}

/// What to relay to.
pub(super) struct Target {
    pub(super) endpoint: Endpoint,
    /// None for a server that is spoken to in clear.
    pub(super) tls: Option<Tls>,
    /// Keep libpq's first statements in one transaction, see [`hold`].
    pub(super) hold: bool,
    /// How long each step may take.
    pub(super) patience: Duration,
}

impl Relay {
    pub(super) fn open(target: Target) -> Result<Self, String> {
        let failed =
            |error: &io::Error| format!("a socket for the relay cannot be made: {error}; check TMPDIR");
        let runtime = RUNTIME.as_ref().map_err(failed)?;
        let directory = directory().map_err(|error| failed(&error))?;
        let listener = UnixListener::bind(directory.path().join(SOCKET)).map_err(|error| failed(&error))?;
        listener.set_nonblocking(true).map_err(|error| failed(&error))?;
        let (tell, failure) = mpsc::channel();
        runtime.spawn(async move {
            let Some(mut client) = accept(listener, target.patience).await else { return };
            if let Err(error) = relay(&mut client, target).await {
                // Told before libpq sees its connection end, so that who asks then knows it.
                let _ = tell.send(error);
            }
            drop(client);
        });
        Ok(Self { directory, failure })
    }

    /// The directory that libpq takes for a host.
    pub(super) fn host(&self) -> String {
        self.directory.path().display().to_string()
    }

    /// What failed on the server's side.
    pub(super) fn failure(&self) -> Option<RelayError> {
        self.failure.try_recv().ok()
    }
}

fn directory() -> io::Result<TempDir> {
    let usual = std::env::temp_dir();
    let room = usual.as_os_str().len() + "/mc-pg-123456/".len() + SOCKET.len();
    let base = if room > LONGEST_PATH { PathBuf::from("/tmp") } else { usual };
    tempfile::Builder::new().prefix("mc-pg-").permissions(Permissions::from_mode(0o700)).tempdir_in(base)
}

/// The first connection from this very process.
async fn accept(listener: UnixListener, patience: Duration) -> Option<UnixStream> {
    let listener = tokio::net::UnixListener::from_std(listener).ok()?;
    let ours = i32::try_from(std::process::id()).ok();
    let accepted = async {
        loop {
            let (stream, _) = listener.accept().await.ok()?;
            let peer = stream.peer_cred().ok()?.pid();
            if peer.is_none() || peer == ours {
                return Some(stream);
            }
        }
    };
    timeout(patience, accepted).await.ok().flatten()
}

async fn relay(client: &mut UnixStream, target: Target) -> Result<(), RelayError> {
    let Target { endpoint, tls, hold, patience } = target;
    let silent =
        |_| RelayError::Unreachable(format!("{} does not answer within {patience:?}", shown(&endpoint)));
    if endpoint.is_local() {
        let path = socket_path(&endpoint);
        let server = UnixStream::connect(&path).await;
        let server =
            server.map_err(|error| RelayError::Unreachable(format!("{}: {error}", path.display())))?;
        return carry(client, server, hold).await;
    }
    let server = timeout(patience, dial(&endpoint)).await.map_err(silent)??;
    match tls {
        None => carry(client, server, hold).await,
        Some(tls) => {
            let server = timeout(patience, handshake(server, tls)).await.map_err(silent)??;
            carry(client, server, hold).await
        }
    }
}

async fn carry<S>(client: &mut UnixStream, mut server: S, hold: bool) -> Result<(), RelayError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if hold && hold::open_transaction(client, &mut server).await.is_err() {
        return Ok(());
    }
    // Either side may go away at any moment; the other one is then told by the end of its connection.
    let _ = copy_bidirectional_with_sizes(client, &mut server, BUFFER, BUFFER).await;
    Ok(())
}

async fn dial(endpoint: &Endpoint) -> Result<TcpStream, RelayError> {
    let unreachable = |error: io::Error| RelayError::Unreachable(format!("{}: {error}", shown(endpoint)));
    let host = endpoint.address.as_deref().or(endpoint.host.as_deref()).unwrap_or_default();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in lookup_host((host, endpoint.port)).await.map_err(unreachable)? {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                stream.set_nodelay(true).map_err(unreachable)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(unreachable(last))
}

async fn handshake(
    mut server: TcpStream,
    tls: Tls,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, RelayError> {
    let broken =
        |error: io::Error| RelayError::Handshake(format!("the server ended the connection: {error}"));
    if !tls.direct {
        server.write_all(&TLS_REQUEST).await.map_err(broken)?;
        // Not a byte more is read in clear: what follows is for TLS to judge.
        match server.read_u8().await.map_err(broken)? {
            b'S' => {}
            b'N' => return Err(RelayError::NoTls),
            b'E' => return Err(RelayError::Refused(refusal(server).await)),
            _ => return Err(RelayError::Handshake("what answers there is no PostgreSQL server".into())),
        }
    }
    TlsConnector::from(tls.config).connect(tls.name, server).await.map_err(|error| {
        let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>());
        RelayError::Handshake(match cause {
            Some(rustls::Error::General(explained)) => explained.clone(),
            Some(rustls::Error::AlertReceived(alert)) => {
                format!("the server refused the TLS handshake ({alert:?}); its log says why")
            }
            Some(other) => format!("the TLS handshake failed: {other}"),
            None => format!("the TLS handshake failed: {error}"),
        })
    })
}

/// The message of an error that a server sends in place of an answer; old ones send it bare.
async fn refusal(server: TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = server.take(DATABASE_REFUSAL).read_to_end(&mut bytes).await;
    let fields = bytes.get(4..).unwrap_or_default().split(|byte| *byte == 0);
    let message = fields.filter_map(|field| field.strip_prefix(b"M")).next().unwrap_or(b"no reason given");
    String::from_utf8_lossy(message).into_owned()
}

/// The socket of a local server.
pub(super) fn socket_path(endpoint: &Endpoint) -> PathBuf {
    let name = format!(".s.PGSQL.{}", endpoint.port);
    let usual = || {
        let candidates =
            ["/run/postgresql", "/var/run/postgresql"].map(|directory| Path::new(directory).join(&name));
        candidates.into_iter().find(|path| path.exists()).unwrap_or_else(|| Path::new("/tmp").join(&name))
    };
    endpoint.host.as_deref().map_or_else(usual, |directory| Path::new(directory).join(&name))
}

fn shown(endpoint: &Endpoint) -> String {
    let host = endpoint.host.as_deref().or(endpoint.address.as_deref()).unwrap_or_default();
    format!("{host} port {}", endpoint.port)
}
