//! The typed configuration, one struct per concern.

use std::{fmt, path::PathBuf, time::Duration};

use ipnet::IpNet;
use secrecy::SecretString;

use super::{ClerkSettings, DatabaseSettings, MailSettings, OidcSettings, SecretsKey};
use crate::rules::skills::PackSource;

/// The whole configuration of a process.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the installation, such as `dev` or `production`.
    pub environment: String,
    /// Where everything that is kept on disk lives. May not exist yet.
    pub data_dir: PathBuf,
    /// Key that seals stored secrets; `None` means the one kept in the data directory.
    pub secrets_key: Option<SecretsKey>,
    /// The HTTP server.
    pub http: HttpSettings,
    /// How people prove who they are.
    pub auth: AuthSettings,
    /// How long a browser stays signed in.
    pub web_session_lifetime: Duration,
    /// The mail server; `None` where no mail is sent.
    pub mail: Option<MailSettings>,
    /// The database.
    pub database: DatabaseSettings,
    /// Job lanes and wake-ups.
    pub queue: QueueSettings,
    /// The worker.
    pub worker: WorkerSettings,
    /// How long records are kept.
    pub retention: RetentionSettings,
    /// Backups that the clock takes.
    pub backup: BackupSettings,
    /// OpenClaw gateways.
    pub gateway: GatewaySettings,
    /// Skill packs.
    pub skill_packs: SkillPackSettings,
    /// Address of the souls directory without a trailing slash.
    pub souls_directory_url: String,
    /// Rate limits.
    pub rate_limit: RateLimitSettings,
    /// Logs.
    pub log: LogSettings,
    /// Traces; `None` where no collector takes them.
    pub traces: Option<TraceSettings>,
}

impl Settings {
    /// Whether this is a development installation.
    pub fn is_dev(&self) -> bool {
        self.environment == "dev"
    }
}

/// How the API is served.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// Address to listen on.
    pub host: String,
    /// Port to listen on; 0 for any free one.
    pub port: u16,
    /// Public address, an origin as browsers write it.
    pub base_url: String,
    /// Further names under which browsers reach the server, in lower case.
    pub allowed_hosts: Vec<String>,
    /// Origins allowed by CORS; `["*"]` for any, empty for none.
    pub cors_origins: Vec<String>,
    /// Proxies that are believed when they name the client's address.
    pub trusted_proxies: Vec<IpNet>,
    /// The header by which they do.
    pub client_address_header: ClientAddressHeader,
    /// Server threads; `None` for one per core.
    pub workers: Option<usize>,
    /// Largest request body in bytes.
    pub max_body_bytes: usize,
    /// Largest webhook payload in bytes.
    pub webhook_max_payload_bytes: usize,
    /// How long a stop waits for what is under way.
    pub shutdown_grace: Duration,
    /// Token for the figures of `/metrics`; `None` for this machine alone.
    pub metrics_token: Option<SecretString>,
    /// Name and value of the response headers that are turned on.
    pub security_headers: Vec<(&'static str, String)>,
}

/// The header by which trusted proxies name the client's address. One: what proxies do not know they pass on, so that the
/// others are in the hands of clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAddressHeader {
    /// `X-Forwarded-For`: nginx, Traefik, HAProxy, Caddy, most load balancers.
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// `X-Real-IP`.
    XRealIp,
    /// `CF-Connecting-IP`.
    CfConnectingIp,
    /// `True-Client-IP`.
    TrueClientIp,
}

impl ClientAddressHeader {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::XForwardedFor, Self::Forwarded, Self::XRealIp, Self::CfConnectingIp, Self::TrueClientIp];

    /// The header's name, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::XForwardedFor => "x-forwarded-for",
            Self::Forwarded => "forwarded",
            Self::XRealIp => "x-real-ip",
            Self::CfConnectingIp => "cf-connecting-ip",
            Self::TrueClientIp => "true-client-ip",
        }
    }
}

/// How people prove who they are: in each of these ways that is on.
#[derive(Debug, Clone)]
pub struct AuthSettings {
    /// One access token for everybody.
    pub local: Option<LocalSettings>,
    /// Accounts with an e-mail address and a password.
    pub accounts: Option<AccountSettings>,
    /// An identity provider.
    pub oidc: Option<OidcSettings>,
    /// Accounts of clerk.com.
    pub clerk: Option<ClerkSettings>,
}

/// One access token for everybody.
#[derive(Debug, Clone)]
pub struct LocalSettings {
    /// The token; `None` means the one kept in the data directory.
    pub token: Option<SecretString>,
}

/// Accounts with an e-mail address and a password.
#[derive(Debug, Clone)]
pub struct AccountSettings {
    /// How long a browser that is not used stays signed in; `None` for as long as any.
    pub idle: Option<Duration>,
}

/// Job lanes and wake-ups.
#[derive(Debug, Clone)]
pub struct QueueSettings {
    /// Redis that joins the processes; `None` means one process.
    pub redis_url: Option<SecretString>,
    /// Name of the lanes.
    pub name: String,
    /// Shortest time between two webhook deliveries to one agent.
    pub throttle: Duration,
    /// Retries of a failed job before it is parked as dead.
    pub max_retries: u32,
    /// Wait before the first retry.
    pub retry_base: Duration,
    /// Longest wait between retries; never below `retry_base`.
    pub retry_max: Duration,
}

/// The worker.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// Jobs run at the same time.
    pub concurrency: usize,
}

/// How long records are kept; `None` means for ever.
#[derive(Debug, Clone)]
pub struct RetentionSettings {
    /// Entries of the event log.
    pub events: Option<Duration>,
    /// Succeeded and cancelled jobs.
    pub jobs: Option<Duration>,
    /// Dead jobs.
    pub dead_jobs: Option<Duration>,
    /// Entries of the audit.
    pub audit: Option<Duration>,
    /// What was posted to webhooks.
    pub webhook_payloads: Option<Duration>,
    /// Turns of agents, and commands that were decided.
    pub runs: Option<Duration>,
    /// What models used.
    pub usage: Option<Duration>,
    /// Activity other than comments.
    pub activity: Option<Duration>,
    /// Comments of tasks, since those are done.
    pub comments: Option<Duration>,
    /// Messages of the chats of boards and groups.
    pub chat: Option<Duration>,
    /// What boards and groups remember, chats aside.
    pub memory: Option<Duration>,
}

/// Backups that the clock takes of a SQLite database.
#[derive(Debug, Clone)]
pub struct BackupSettings {
    /// When, as a cron pattern in UTC; `None` for never.
    pub schedule: Option<String>,
    /// The directory that they go to.
    pub dir: PathBuf,
    /// How many are kept.
    pub keep: usize,
}

/// OpenClaw gateways.
#[derive(Debug, Clone)]
pub struct GatewaySettings {
    /// Oldest release that may be registered, as `YYYY.M.PATCH` (leading zeros allowed).
    pub min_version: String,
    /// How long a request waits for its provisioning job.
    pub provision_wait: Duration,
    /// Private networks in which gateways may be.
    pub private_networks: Vec<IpNet>,
    /// The paths that their addresses may have there, with the slash before them and none at the end.
    pub paths: Vec<String>,
}

/// Skill packs.
#[derive(Debug, Clone)]
pub struct SkillPackSettings {
    /// Where packs may come from.
    pub sources: Vec<PackSource>,
    /// Private networks in which their servers may be.
    pub private_networks: Vec<IpNet>,
    /// Largest pack in bytes, as it is transferred.
    pub max_bytes: u64,
    /// Longest time that fetching and reading a pack may take.
    pub timeout: Duration,
    /// The git program.
    pub git: String,
}

/// Rate limits.
#[derive(Debug, Clone)]
pub struct RateLimitSettings {
    /// Where requests are counted.
    pub backend: RateLimitBackend,
}

/// Where requests are counted.
#[derive(Debug, Clone)]
pub enum RateLimitBackend {
    /// In each process by itself.
    Memory,
    /// In the Redis of this URL, for all processes together.
    Redis(SecretString),
}

/// Logs.
#[derive(Debug, Clone)]
pub struct LogSettings {
    /// Least severe level that is written.
    pub level: LogLevel,
    /// Layout of a line.
    pub format: LogFormat,
    /// Timestamps in UTC instead of local time.
    pub utc: bool,
    /// Requests slower than this are warned about; zero for none.
    pub slow_request: Duration,
    /// Log requests of the health routes too.
    pub include_health: bool,
}

/// Traces for a collector.
#[derive(Debug, Clone)]
pub struct TraceSettings {
    /// Where the collector is, without a trailing slash.
    pub endpoint: String,
    /// Headers for the collector.
    pub headers: Vec<(String, SecretString)>,
    /// What the processes are called; `None` for the name of the program.
    pub service_name: Option<String>,
    /// Which traces are kept.
    pub sampler: TraceSampler,
}

/// Which traces are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TraceSampler {
    /// Callers that have decided already are followed.
    pub follows_caller: bool,
    /// Which part of the others is kept, from 0 to 1.
    pub ratio: f64,
}

impl TraceSampler {
    /// All traces, but those that callers do not keep.
    pub const ALL: Self = Self { follows_caller: true, ratio: 1.0 };
}

/// As `OTEL_TRACES_SAMPLER` has it.
impl fmt::Display for TraceSampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = match self.ratio {
            1.0 => "always_on",
            0.0 => "always_off",
            _ => "traceidratio",
        };
        write!(f, "{}{root}", if self.follows_caller { "parentbased_" } else { "" })
    }
}

/// Severity of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Something failed.
    Error,
    /// Something may fail soon.
    Warn,
    /// What operators want to know.
    Info,
    /// What developers want to know.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// What people call the levels.
    pub const NAMES: &[(&str, Self)] = &[
        ("TRACE", Self::Trace),
        ("DEBUG", Self::Debug),
        ("INFO", Self::Info),
        ("WARNING", Self::Warn),
        ("WARN", Self::Warn),
        ("ERROR", Self::Error),
        ("CRITICAL", Self::Error),
    ];

    /// The level that people call so, in either case.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, level)| *level)
    }

    /// The level as log filters spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

/// Layout of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}
