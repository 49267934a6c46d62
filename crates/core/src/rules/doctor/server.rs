//! Findings about the machine and the addresses of the server.

use url::Url;

use super::{Finding, FindingCode, Subject};
use crate::config::HttpSettings;

/// Free bytes of a disk below which SQLite and PostgreSQL fail soon.
const DISK_NEEDED: u64 = 512 * 1024 * 1024;
/// Free memory below which processes are killed.
const MEMORY_NEEDED: u64 = 64 * 1024 * 1024;

/// What listens on the server's own port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listener {
    /// A server of this product.
    Ours,
    /// Something else.
    Other,
    /// Nothing.
    Nobody,
}

/// The key that seals secrets, compared with what the database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// It opens what is sealed, or nothing is.
    Fits,
    /// There is none, and something is sealed.
    Missing(String),
    /// It does not open what is sealed.
    Wrong(String),
}

/// A disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// A directory on it.
    pub path: String,
    /// Bytes that are free.
    pub free: u64,
    /// All of it.
    pub size: u64,
}

/// What is seen of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// `host:port` of the server.
    pub address: String,
    /// What listens there; not known to the server itself.
    pub listener: Option<Listener>,
    /// Why `BASE_URL` does not lead to the server, where that was tried.
    pub unreachable: Option<String>,
    /// Disks that something is kept on.
    pub disks: Vec<Disk>,
    /// Memory that is left, where the system tells.
    pub memory: Option<u64>,
    /// Why the data directory cannot be used.
    pub data_dir: Option<String>,
    /// The key that seals secrets.
    pub key: Key,
    /// Why the mail server of `SMTP_URL` takes nothing, where there is one.
    pub mail: Option<String>,
    /// The file with another access token than the one that is set.
    pub other_token_file: Option<String>,
}

/// What is wrong.
pub fn findings(seen: &Seen, http: &HttpSettings) -> Vec<Finding> {
    let about = |code, evidence: String, cause: &str, remedy: &str| {
        Finding::new(code, Subject::Installation, evidence, cause, remedy)
    };
    let mut found = addresses(http);
    match seen.listener {
        Some(Listener::Other) => found.push(about(
            FindingCode::PortInUse,
            format!("another program answers on {}", seen.address),
            "The server cannot listen there",
            "Stop that program (`ss -ltnp` names it), or set PORT to another port.",
        )),
        Some(Listener::Nobody) => found.push(about(
            FindingCode::ServerDown,
            format!("nothing listens on {}", seen.address),
            "The server does not run, or listens elsewhere",
            "Start it: `systemctl start mission-control-api`, or `mission-control-api serve`; its log says why it ended.",
        )),
        Some(Listener::Ours) | None => {}
    }
    if let Some(why) = &seen.unreachable
        && found.is_empty()
    {
        found.push(about(
            FindingCode::BaseUrlUnreachable,
            format!("{}: {why}", http.base_url),
            "Agents are told to call this address, and browsers are sent to it",
            "Set BASE_URL to the address of the server, or of the proxy before it.",
        ));
    }
    if let Some(why) = &seen.mail {
        found.push(about(
            FindingCode::MailUnreachable,
            why.clone(),
            "Invitations and links for new passwords are not mailed",
            "Correct SMTP_URL; `mission-control-api mail test ADDRESS` sends a letter.",
        ));
    }
    for disk in seen.disks.iter().filter(|disk| disk.free < DISK_NEEDED.min(disk.size / 20)) {
        found.push(about(
            FindingCode::DiskFull,
            format!("{} MiB are free on the disk of {}", disk.free / 1024 / 1024, disk.path),
            "When it is full nothing is written any more, and requests fail with 507",
            "Make room, or lower what is kept: EVENT_RETENTION_DAYS, JOB_RETENTION_DAYS, WEBHOOK_PAYLOAD_RETENTION_DAYS.",
        ));
    }
    if let Some(memory) = seen.memory.filter(|memory| *memory < MEMORY_NEEDED) {
        found.push(about(
            FindingCode::MemoryScarce,
            format!("{} MiB of memory are left", memory / 1024 / 1024),
            "The system ends processes when there is none",
            "Stop other programs, add memory, or lower DATABASE_POOL_SIZE, WORKER_CONCURRENCY and API_WORKERS.",
        ));
    }
    if let Some(why) = &seen.data_dir {
        found.push(about(
            FindingCode::DataDirUnusable,
            why.clone(),
            "Keys, the access token and, with SQLite, the database are kept there",
            "Run as the user of the service (`sudo -u mission-control …`), or correct MISSION_CONTROL_DATA_DIR.",
        ));
    }
    let (code, evidence, cause) = match &seen.key {
        Key::Fits => return found.into_iter().chain(token(seen)).collect(),
        Key::Missing(where_to) => (
            FindingCode::SecretsKeyMissing,
            format!("there is no key at {where_to}, and the database holds sealed secrets"),
            "Gateways' tokens and webhooks' secrets cannot be opened",
        ),
        Key::Wrong(what) => (
            FindingCode::SecretsKeyWrong,
            what.clone(),
            "The database was used with another key: gateways' tokens and webhooks' secrets cannot be opened",
        ),
    };
    let remedy = "Restore the key that this database was used with: SECRETS_KEY, or the file secrets-key in the data \
                  directory. Where it is lost, set the gateways' tokens and the webhooks' secrets again.";
    found.push(about(code, evidence, cause, remedy));
    found.into_iter().chain(token(seen)).collect()
}

fn token(seen: &Seen) -> Option<Finding> {
    let file = seen.other_token_file.as_ref()?;
    Some(Finding::new(
        FindingCode::AccessTokenMismatch,
        Subject::Installation,
        format!("LOCAL_AUTH_TOKEN is set, and {file} holds another token"),
        "Who reads the file is not let in: the variable wins",
        "Delete the file, or unset LOCAL_AUTH_TOKEN.",
    ))
}

fn addresses(http: &HttpSettings) -> Vec<Finding> {
    let mut found = Vec::new();
    if leads_nowhere(&http.base_url) {
        found.push(Finding::new(
            FindingCode::BaseUrlUnusable,
            Subject::Installation,
            format!("BASE_URL is {}", http.base_url),
            "This is an address to listen on, and none to call",
            "Set BASE_URL to the name or address by which agents and browsers reach the server.",
        ));
    }
    for origin in http.cors_origins.iter().filter(|origin| leads_nowhere(origin)) {
        found.push(Finding::new(
            FindingCode::CorsOriginUnusable,
            Subject::Installation,
            format!("CORS_ORIGINS has {origin}"),
            "No browser sends this origin: pages of it are refused",
            "Name the address that is in the browser's address bar, with its port.",
        ));
    }
    found
}

fn leads_nowhere(address: &str) -> bool {
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| matches!(host.as_str(), "0.0.0.0" | "[::]"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::config::Settings;

    fn http(base_url: &str, cors: &str) -> HttpSettings {
        let variables = [("HOME", "/home/mc"), ("BASE_URL", base_url), ("CORS_ORIGINS", cors)];
        Settings::from_env(variables).unwrap().http
    }

    fn healthy() -> Seen {
        Seen {
            address: "127.0.0.1:8000".to_owned(),
            listener: Some(Listener::Ours),
            unreachable: None,
            mail: None,
            disks: vec![Disk { path: "/var".to_owned(), free: 10 << 30, size: 20 << 30 }],
            memory: Some(1 << 30),
            data_dir: None,
            key: Key::Fits,
            other_token_file: None,
        }
    }

    #[rstest]
    #[case(healthy(), &[])]
    #[case(Seen { listener: None, memory: None, ..healthy() }, &[])]
    #[case(Seen { listener: Some(Listener::Other), ..healthy() }, &[FindingCode::PortInUse])]
    #[case(Seen { listener: Some(Listener::Nobody), unreachable: Some("refused".to_owned()), ..healthy() }, &[FindingCode::ServerDown])]
    #[case(Seen { unreachable: Some("refused".to_owned()), ..healthy() }, &[FindingCode::BaseUrlUnreachable])]
    #[case(Seen { mail: Some("refused".to_owned()), ..healthy() }, &[FindingCode::MailUnreachable])]
    #[case(Seen { disks: vec![Disk { path: "/var".to_owned(), free: 100 << 20, size: 20 << 30 }], ..healthy() }, &[FindingCode::DiskFull])]
    #[case(Seen { memory: Some(10 << 20), ..healthy() }, &[FindingCode::MemoryScarce])]
    #[case(Seen { data_dir: Some("no".to_owned()), ..healthy() }, &[FindingCode::DataDirUnusable])]
    #[case(Seen { key: Key::Missing("x".to_owned()), ..healthy() }, &[FindingCode::SecretsKeyMissing])]
    #[case(Seen { key: Key::Wrong("x".to_owned()), ..healthy() }, &[FindingCode::SecretsKeyWrong])]
    #[case(Seen { other_token_file: Some("x".to_owned()), ..healthy() }, &[FindingCode::AccessTokenMismatch])]
    fn each_fault_of_the_machine_is_named(#[case] seen: Seen, #[case] expected: &[FindingCode]) {
        let found = findings(&seen, &http("https://mc.example.com", ""));
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn addresses_to_listen_on_are_none_to_call() {
        let found =
            findings(&healthy(), &http("http://0.0.0.0:8000", "http://0.0.0.0:3000,http://[::]:3000,*"));
        let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
        let cors = FindingCode::CorsOriginUnusable;
        assert_eq!(codes, [FindingCode::BaseUrlUnusable, cors, cors]);
    }
}
