//! The machine of the server: its port, its public address, disk, memory, keys.

use std::io;
use std::path::Path;
use std::time::Duration;

use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_core::limits::ANSWER_SHOWN;
use mission_control_core::models::{DeviceIdentity, Gateway};
use mission_control_core::rules::doctor::server::{self as rule, Disk, Key, Listener, Seen};
use mission_control_mail::Mailer;
use mission_control_store::vault::Vault;
use mission_control_store::{Db, StoreError, device_identities, gateways};
use secrecy::ExposeSecret;
use tokio::time::timeout;
use url::Url;

use super::patient::{Look, Patient};
use super::probe::{ask, own_address};
use crate::fleet::IDENTITY;

/// Longest wait for an answer of the server.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let settings = &patient.settings;
    let (http, base_url, own) = (settings.http.clone(), settings.http.base_url.clone(), patient.own);
    let (listener, unreachable, mail) = tokio::join!(
        in_time(move || (!own && http.port != 0).then(|| listener(&own_address(&http)))),
        in_time(move || unreachable(&base_url)),
        silent_mail(settings),
    );
    let key = match &patient.db {
        Some(db) => key(settings, db).await?,
        None => Key::Fits,
    };
    let seen = Seen {
        address: own_address(&settings.http),
        listener: listener.unwrap_or(Some(Listener::Other)),
        unreachable: unreachable.unwrap_or_else(|| Some("it does not answer in time".to_owned())),
        mail,
        disks: disks(settings),
        memory: memory(),
        data_dir: data_dir(&settings.data_dir),
        key,
        other_token_file: other_token_file(settings),
    };
    Ok(rule::findings(&seen, &settings.http).into())
}

/// Work that waits for others, in as much time as they have; the system's search for a name has no deadline of its own.
async fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let asked = tokio::task::spawn_blocking(work);
    timeout(PATIENCE * 2, asked).await.ok().and_then(Result::ok)
}

/// What answers on the port.
fn listener(address: &str) -> Listener {
    match ask(address, "/readyz", PATIENCE) {
        Ok(answer) if is_ours(&answer) => Listener::Ours,
        Ok(_) => Listener::Other,
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Listener::Nobody,
        Err(_) => Listener::Other,
    }
}

/// Why `BASE_URL` does not lead to a server of ours. An address with TLS is not tried: who serves it, a proxy, is not ours to judge.
fn unreachable(base_url: &str) -> Option<String> {
    let url = Url::parse(base_url).ok().filter(|url| url.scheme() == "http")?;
    let address = format!("{}:{}", url.host_str()?, url.port_or_known_default()?);
    match ask(&address, "/healthz", PATIENCE) {
        Ok(answer) if answer.split_whitespace().nth(1) == Some("200") => None,
        Ok(answer) => Some(answer.lines().next().unwrap_or("no HTTP").chars().take(ANSWER_SHOWN).collect()),
        Err(error) => Some(error.to_string()),
    }
}

/// Why the mail server takes nothing.
async fn silent_mail(settings: &Settings) -> Option<String> {
    let mail = settings.mail.as_ref()?;
    let told = |why: String| Some(format!("{}: {why}", mail.address()));
    let mailer = match Mailer::new(mail) {
        Ok(mailer) => mailer,
        Err(error) => return told(error.to_string()),
    };
    match timeout(PATIENCE * 2, mailer.look()).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => told(error.to_string()),
        Err(_) => told("it does not answer in time".to_owned()),
    }
}

fn is_ours(answer: &str) -> bool {
    answer.contains("\"migrations\"") && answer.contains("\"queue\"")
}

fn disks(settings: &Settings) -> Vec<Disk> {
    let of_database = match &settings.database.location {
        DatabaseLocation::Sqlite(path) => path.parent(),
        DatabaseLocation::Postgres(_) => None,
    };
    let mut disks: Vec<Disk> =
        [Some(settings.data_dir.as_path()), of_database].into_iter().flatten().filter_map(disk).collect();
    disks.dedup_by_key(|disk| (disk.free, disk.size));
    disks
}

fn disk(path: &Path) -> Option<Disk> {
    let found = rustix::fs::statvfs(path).ok()?;
    Some(Disk {
        path: path.display().to_string(),
        free: found.f_bavail.saturating_mul(found.f_frsize),
        size: found.f_blocks.saturating_mul(found.f_frsize),
    })
}

/// Bytes that programs may still take, as Linux tells.
fn memory() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib.saturating_mul(1024))
}

fn data_dir(path: &Path) -> Option<String> {
    let told = |error: io::Error| Some(format!("{}: {error}", path.display()));
    match std::fs::metadata(path) {
        Ok(found) if !found.is_dir() => Some(format!("{} is no directory", path.display())),
        Ok(_) => match rustix::fs::access(path, rustix::fs::Access::READ_OK | rustix::fs::Access::WRITE_OK) {
            Ok(()) => None,
            Err(error) => told(error.into()),
        },
        // It is made at the first start.
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => told(error),
    }
}

/// The key compared with what the database holds. None is made.
async fn key(settings: &Settings, db: &Db) -> Result<Key, String> {
    let (identity, gateways) = db
        .read(|conn| Ok::<_, StoreError>((device_identities::find(conn, IDENTITY)?, gateways::all(conn)?)))
        .await
        .map_err(|error| error.to_string())?;
    let mut sealed: Vec<(&str, String, String)> = Vec::new();
    sealed.extend(identity.map(|row| (DeviceIdentity::KEY_COLUMN, row.name, row.private_key)));
    sealed.extend(gateways.into_iter().filter_map(|row| {
        row.token
            .filter(|token| Vault::is_sealed(token))
            .map(|token| (Gateway::TOKEN_COLUMN, row.id.to_string(), token))
    }));
    if sealed.is_empty() {
        return Ok(Key::Fits);
    }
    let vault = match &settings.secrets_key {
        Some(key) => Vault::new(key),
        None => {
            let file = key_file(settings);
            if !file.exists() {
                return Ok(Key::Missing(file.display().to_string()));
            }
            match Vault::load_or_create(&file) {
                Ok(vault) => vault,
                Err(error) => return Ok(Key::Wrong(error.to_string())),
            }
        }
    };
    let shut = sealed.iter().find_map(|(column, id, text)| vault.open(column, id, text).err());
    Ok(shut.map_or(Key::Fits, |error| Key::Wrong(error.to_string())))
}

/// Whether there is a key without one being made.
pub(super) fn has_key(settings: &Settings) -> bool {
    settings.secrets_key.is_some() || key_file(settings).exists()
}

fn key_file(settings: &Settings) -> std::path::PathBuf {
    settings.data_dir.join("secrets-key")
}

fn other_token_file(settings: &Settings) -> Option<String> {
    let token = settings.auth.local.as_ref()?.token.as_ref()?;
    let file = settings.data_dir.join("local-auth-token");
    let kept = std::fs::read_to_string(&file).ok()?;
    (kept.trim() != token.expose_secret()).then(|| file.display().to_string())
}
