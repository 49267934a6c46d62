//! The typed configuration, one struct per concern.

use std::{path::PathBuf, time::Duration};

use ipnet::IpNet;
use secrecy::SecretString;

use super::{DatabaseSettings, SecretsKey};
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
    /// The database.
    pub database: DatabaseSettings,
    /// Job lanes and wake-ups.
    pub queue: QueueSettings,
    /// The worker.
    pub worker: WorkerSettings,
    /// How long records are kept.
    pub retention: RetentionSettings,
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

/// How people prove who they are.
#[derive(Debug, Clone)]
pub enum AuthSettings {
    /// One access token for everybody.
    Local {
        /// The token; `None` means the one kept in the data directory.
        token: Option<SecretString>,
    },
    /// Accounts of clerk.com.
    Clerk(ClerkSettings),
}

/// Access to Clerk.
#[derive(Debug, Clone)]
pub struct ClerkSettings {
    /// Secret key of the application.
    pub secret_key: SecretString,
    /// Address of Clerk's API without a trailing slash.
    pub api_url: String,
    /// Refuse tokens issued in the future.
    pub verify_iat: bool,
    /// Tolerated clock difference.
    pub leeway: Duration,
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
