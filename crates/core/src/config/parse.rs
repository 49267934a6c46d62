//! From variables to settings.

use std::{collections::BTreeMap, net::IpAddr, path::PathBuf, time::Duration};

use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use url::{Position, Url};

use crate::rules::gateway_address::GatewayAddress;
use crate::rules::schedules::next_run;
use crate::time::Timestamp;

use super::traces;
use super::{
    AccountSettings, AuthSettings, BackupSettings, ClientAddressHeader, ConfigErrors, DatabaseLocation,
    DatabaseSettings, GatewaySettings, HttpSettings, LocalSettings, LogFormat, LogLevel, LogSettings,
    QueueSettings, RateLimitBackend, RateLimitSettings, RetentionSettings, SecretsKey, Settings,
    SkillPackSettings, WorkerSettings, clerk, mail, oidc,
    reader::Reader,
    security_headers::{HSTS, SECURITY_HEADERS},
    shown::without_credentials,
    variables::{self as var, Variable},
};

/// Fewest characters of the local access token.
const TOKEN_LENGTH: usize = 50;

/// Words that give a sample token away, however long it is.
const PLACEHOLDERS: &[&str] =
    &["change-me", "changeme", "replace-me", "replace-with", "your-token", "placeholder"];

impl Settings {
    /// Reads and validates the whole configuration from the variables of the environment. Unknown variables are
    /// ignored.
    ///
    /// # Errors
    /// Every variable that breaks its rule.
    pub fn from_env<K, V>(variables: impl IntoIterator<Item = (K, V)>) -> Result<Self, ConfigErrors>
    where
        K: Into<String>,
        V: Into<String>,
    {
        let values: BTreeMap<_, _> =
            variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let mut reader = Reader::new(values);
        let r = &mut reader;
        let environment = r.text(&var::ENVIRONMENT);
        let data_dir = data_dir(r);
        let settings = Settings {
            secrets_key: secrets_key(r),
            http: http(r),
            auth: auth(r),
            mail: mail::read(r),
            web_session_lifetime: Duration::from_secs(3600 * r.number(&var::WEB_SESSION_HOURS, 1..=87_600)),
            database: database(r, &environment, &data_dir),
            queue: queue(r),
            worker: WorkerSettings { concurrency: r.number(&var::WORKER_CONCURRENCY, 1..=256) },
            retention: retention(r),
            backup: backup(r, &data_dir),
            gateway: gateway(r),
            skill_packs: skill_packs(r),
            souls_directory_url: souls_directory_url(r),
            rate_limit: rate_limit(r),
            log: log(r),
            traces: traces::read(r),
            environment,
            data_dir,
        };
        if reader.errors.faults().is_empty() { Ok(settings) } else { Err(reader.errors) }
    }
}

fn data_dir(r: &mut Reader) -> PathBuf {
    let variable = &var::MISSION_CONTROL_DATA_DIR;
    let shared = r.foreign("XDG_DATA_HOME").map(PathBuf::from);
    let home = r.foreign("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    match (r.given(variable), shared.or(home)) {
        (Some(path), _) => path.into(),
        (None, Some(base)) => base.join("mission-control"),
        (None, None) => {
            let fix = "Set it to a directory that this user may write, such as `/var/lib/mission-control`";
            r.errors.add(variable, "there is no home directory to put it in", fix);
            PathBuf::new()
        }
    }
}

fn secrets_key(r: &mut Reader) -> Option<SecretsKey> {
    let key = r.given(&var::SECRETS_KEY).map(SecretsKey::parse)?;
    if key.is_none() {
        let rule = "the value is not the base64 of 32 bytes";
        r.errors.add(&var::SECRETS_KEY, rule, "Make one with `openssl rand -base64 32`");
    }
    key
}

fn http(r: &mut Reader) -> HttpSettings {
    let host = r.text(&var::HOST);
    let port = r.number(&var::PORT, 0..=u16::MAX);
    let base_url = base_url(r, &host, port);
    let is_https = base_url.starts_with("https://");
    HttpSettings {
        base_url,
        allowed_hosts: allowed_hosts(r),
        cors_origins: cors_origins(r),
        trusted_proxies: networks(r, &var::TRUSTED_PROXIES),
        client_address_header: r.choice(
            &var::CLIENT_ADDRESS_HEADER,
            &ClientAddressHeader::ALL.map(|header| (header.as_str(), header)),
            ClientAddressHeader::XForwardedFor,
        ),
        workers: r.given(&var::API_WORKERS).is_some().then(|| r.number(&var::API_WORKERS, 1..=256)),
        max_body_bytes: r.number(&var::REQUEST_MAX_BODY_BYTES, 1024..=1_073_741_824),
        webhook_max_payload_bytes: r.number(&var::WEBHOOK_MAX_PAYLOAD_BYTES, 1..=1_073_741_824),
        metrics_token: r.secret(&var::METRICS_TOKEN),
        shutdown_grace: r.seconds(&var::SHUTDOWN_GRACE_SECONDS),
        security_headers: security_headers(r)
            .into_iter()
            .filter(|(name, _)| is_https || *name != HSTS)
            .collect(),
        host,
        port,
    }
}

fn networks(r: &mut Reader, variable: &Variable) -> Vec<IpNet> {
    r.list(variable, "Give addresses and networks such as `10.0.0.5, 192.168.0.0/16`", |entry| {
        let network = entry.parse::<IpNet>();
        network
            .or_else(|_| entry.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical())))
            .map_err(|_| "is no IP address or network".into())
    })
}

fn base_url(r: &mut Reader, host: &str, port: u16) -> String {
    let variable = &var::BASE_URL;
    let Some(given) = r.given(variable).map(str::to_owned) else {
        let host = match host {
            "0.0.0.0" => "127.0.0.1".to_owned(),
            "::" => "[::1]".to_owned(),
            v6 if v6.contains(':') => format!("[{v6}]"),
            other => other.to_owned(),
        };
        let url = format!("http://{host}:{port}");
        return Url::parse(&url).map_or(url, |url| url.origin().ascii_serialization());
    };
    match Url::parse(&given) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            if !is_bare(&url) {
                let rule = format!(
                    "`{}` is more than scheme, host and port, and the server cannot be below a path",
                    without_credentials(&given)
                );
                r.errors.add(
                    variable,
                    rule,
                    "Give it a host name or port of its own, such as `https://mc.example.com`",
                );
            }
            url.origin().ascii_serialization()
        }
        _ => {
            r.require_http_url(variable, &given);
            given
        }
    }
}

/// Whether a URL is an origin and nothing else.
fn is_bare(url: &Url) -> bool {
    matches!(&url[Position::BeforePath..], "" | "/") && url.username().is_empty() && url.password().is_none()
}

fn allowed_hosts(r: &mut Reader) -> Vec<String> {
    r.list(&var::ALLOWED_HOSTS, "Give host names such as `mc.local, mission-control.lan`", |entry| {
        let url = Url::parse(&format!("http://{entry}")).map_err(|_| "is no host name")?;
        let host = url.host_str().filter(|_| is_bare(&url) && url.port().is_none());
        host.map(|host| host.trim_end_matches('.').to_owned()).ok_or_else(|| "is no bare host name".into())
    })
}

fn cors_origins(r: &mut Reader) -> Vec<String> {
    r.list(&var::CORS_ORIGINS, "Give scheme, host and port only, such as `http://localhost:3000`", |entry| {
        if entry == "*" {
            return Ok(entry.to_owned());
        }
        let url = Url::parse(entry).map_err(|_| "is not an origin")?;
        if is_bare(&url) && matches!(url.scheme(), "http" | "https") && url.has_host() {
            Ok(url.origin().ascii_serialization())
        } else {
            Err("is not an origin".into())
        }
    })
}

fn security_headers(r: &mut Reader) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    for (name, variable) in SECURITY_HEADERS {
        let value = r.text_or_off(variable);
        if value.chars().any(|c| !c.is_ascii() || c.is_ascii_control()) {
            r.errors.add(variable, "the value has characters that no header may have", "Use printable ASCII");
        } else if !value.is_empty() {
            headers.push((*name, value));
        }
    }
    headers
}

#[derive(Clone, Copy, PartialEq)]
enum AuthMode {
    Local,
    Accounts,
    Oidc,
    Clerk,
}

fn auth(r: &mut Reader) -> AuthSettings {
    const MODES: [(&str, AuthMode); 4] = [
        ("local", AuthMode::Local),
        ("accounts", AuthMode::Accounts),
        ("oidc", AuthMode::Oidc),
        ("clerk", AuthMode::Clerk),
    ];
    let fix = "Use `local`, `accounts`, `oidc` or `clerk`, or several of them, separated by commas";
    let modes = r.list(&var::AUTH_MODE, fix, |entry| {
        let known = MODES.iter().find(|(name, _)| name.eq_ignore_ascii_case(entry));
        known.map(|(_, mode)| *mode).ok_or_else(|| "is unknown".to_owned())
    });
    if modes.is_empty() && r.errors.faults().iter().all(|fault| fault.variable != var::AUTH_MODE.name) {
        r.errors.add(&var::AUTH_MODE, "it names no way to sign in", fix);
    }
    let is_on = |mode| modes.contains(&mode);
    AuthSettings {
        local: is_on(AuthMode::Local).then(|| LocalSettings { token: local_token(r) }),
        accounts: is_on(AuthMode::Accounts).then(|| AccountSettings { idle: idle(r) }),
        oidc: is_on(AuthMode::Oidc).then(|| {
            let idle = idle(r);
            oidc::read(r, idle)
        }),
        clerk: is_on(AuthMode::Clerk).then(|| {
            let idle = idle(r);
            clerk::read(r, idle)
        }),
    }
}

fn idle(r: &mut Reader) -> Option<Duration> {
    let hours: u64 = r.number(&var::WEB_SESSION_IDLE_HOURS, 0..=87_600);
    (hours > 0).then(|| Duration::from_secs(3600 * hours))
}

fn local_token(r: &mut Reader) -> Option<SecretString> {
    let token = r.secret(&var::LOCAL_AUTH_TOKEN)?;
    let text = token.expose_secret().to_lowercase();
    let rule = if text.len() < TOKEN_LENGTH {
        "the token has fewer than 50 characters"
    } else if PLACEHOLDERS.iter().any(|word| text.contains(word)) {
        "the token is a placeholder"
    } else if text.chars().any(|c| !c.is_ascii_graphic()) {
        "the token has spaces or characters outside ASCII"
    } else {
        return Some(token);
    };
    let fix = "Make one with `openssl rand -hex 32`, or remove the variable to have one generated";
    r.errors.add(&var::LOCAL_AUTH_TOKEN, rule, fix);
    None
}

fn database(r: &mut Reader, environment: &str, data_dir: &std::path::Path) -> DatabaseSettings {
    let default = DatabaseLocation::Sqlite(data_dir.join("mission-control.db"));
    let location = r.given(&var::DATABASE_URL).map(DatabaseLocation::parse).map(|location| match location? {
        DatabaseLocation::Postgres(parameters) => {
            parameters.completed_by(|name| r.foreign(name)).map(DatabaseLocation::Postgres)
        }
        sqlite => Ok(sqlite),
    });
    let location = match location {
        None => default,
        Some(Ok(location)) => location,
        Some(Err(rule)) => {
            let fix = "Use `sqlite:///path/to/file.db` or `postgresql://user:password@host:5432/database`";
            r.errors.add(&var::DATABASE_URL, format!("the URL {rule}"), fix);
            default
        }
    };
    DatabaseSettings {
        location,
        pool_size: r.number(&var::DATABASE_POOL_SIZE, 1..=1000),
        auto_migrate: r.flag(&var::DB_AUTO_MIGRATE).unwrap_or(environment == "dev"),
    }
}

fn queue(r: &mut Reader) -> QueueSettings {
    let name = r.text(&var::RQ_QUEUE_NAME);
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
        let rule = format!("`{name}` has characters other than letters, digits, `_` and `-`");
        r.errors.add(&var::RQ_QUEUE_NAME, rule, "Remove them");
    }
    let retry_base = r.seconds(&var::RQ_DISPATCH_RETRY_BASE_SECONDS);
    QueueSettings {
        redis_url: redis_url(r, &var::RQ_REDIS_URL),
        name,
        throttle: r.seconds(&var::RQ_DISPATCH_THROTTLE_SECONDS),
        max_retries: r.number(&var::RQ_DISPATCH_MAX_RETRIES, 0..=100),
        retry_base,
        retry_max: r.seconds(&var::RQ_DISPATCH_RETRY_MAX_SECONDS).max(retry_base),
    }
}

fn retention(r: &mut Reader) -> RetentionSettings {
    let mut days = |variable| match r.number::<u64>(variable, 0..=36_500) {
        0 => None,
        days => Some(Duration::from_secs(days * 24 * 3600)),
    };
    RetentionSettings {
        events: days(&var::EVENT_RETENTION_DAYS),
        jobs: days(&var::JOB_RETENTION_DAYS),
        dead_jobs: days(&var::DEAD_JOB_RETENTION_DAYS),
        audit: days(&var::AUDIT_RETENTION_DAYS),
        webhook_payloads: days(&var::WEBHOOK_PAYLOAD_RETENTION_DAYS),
        runs: days(&var::RUN_RETENTION_DAYS),
        usage: days(&var::USAGE_RETENTION_DAYS),
        activity: days(&var::ACTIVITY_RETENTION_DAYS),
        comments: days(&var::COMMENT_RETENTION_DAYS),
        chat: days(&var::CHAT_RETENTION_DAYS),
        memory: days(&var::MEMORY_RETENTION_DAYS),
    }
}

fn backup(r: &mut Reader, data_dir: &std::path::Path) -> BackupSettings {
    let variable = &var::BACKUP_SCHEDULE;
    let schedule = r.given(variable).map(str::to_owned);
    if let Some(pattern) = schedule.as_ref().filter(|pattern| next_run(pattern, Timestamp::now()).is_none()) {
        let rule = format!("`{pattern}` is no cron pattern that ever comes true");
        r.errors.add(
            variable,
            rule,
            "Give minute, hour, day of month, month and day of week, such as `30 3 * * *`",
        );
    }
    BackupSettings {
        schedule,
        dir: r.given(&var::BACKUP_DIR).map_or_else(|| data_dir.join("backups"), PathBuf::from),
        keep: r.number(&var::BACKUP_KEEP, 1..=10_000),
    }
}

fn redis_url(r: &mut Reader, variable: &Variable) -> Option<SecretString> {
    let given = r.given(variable)?;
    let valid =
        Url::parse(given).is_ok_and(|url| matches!(url.scheme(), "redis" | "rediss") && url.has_host());
    if valid {
        return r.secret(variable);
    }
    let fix = "Use `redis://host:6379/0`, or `rediss://` for TLS";
    r.errors.add(variable, "the value is not the URL of a Redis server", fix);
    None
}

fn gateway(r: &mut Reader) -> GatewaySettings {
    let min_version = r.text(&var::GATEWAY_MIN_VERSION);
    let parts: Vec<_> = min_version.split('.').collect();
    if parts.len() != 3 || parts.iter().any(|part| part.parse::<u32>().is_err()) {
        let rule = format!("`{min_version}` is not a version of the form YYYY.M.PATCH");
        let fix = format!("Use one such as `{}`", var::GATEWAY_MIN_VERSION.default);
        r.errors.add(&var::GATEWAY_MIN_VERSION, rule, fix);
    }
    GatewaySettings {
        min_version,
        provision_wait: r.seconds(&var::PROVISION_WAIT_SECONDS),
        private_networks: match r.given(&var::GATEWAY_PRIVATE_NETWORKS) {
            Some("none") => Vec::new(),
            _ => networks(r, &var::GATEWAY_PRIVATE_NETWORKS),
        },
        paths: r.list(&var::GATEWAY_PATHS, "Give paths such as `/openclaw`", |entry| {
            let path = entry.trim_end_matches('/');
            let address = GatewayAddress::read(&format!("ws://gateway{path}"));
            match path.starts_with('/') && address.fault.is_none() && address.secret.is_none() {
                true => Ok(path.to_owned()),
                false => Err("is no path of a gateway's address".into()),
            }
        }),
    }
}

fn skill_packs(r: &mut Reader) -> SkillPackSettings {
    let fix = "Give addresses such as `https://git.example.com/team` or `file:///srv/skills`";
    let sources = r.list(&var::SKILL_PACK_SOURCES, fix, |entry| {
        entry.parse().map_err(|_| "is no https:// or file:// address without credentials".into())
    });
    SkillPackSettings {
        sources,
        private_networks: networks(r, &var::SKILL_PACK_PRIVATE_NETWORKS),
        max_bytes: r.number(&var::SKILL_PACK_MAX_BYTES, 1024..=1_099_511_627_776),
        timeout: r.seconds(&var::SKILL_PACK_TIMEOUT_SECONDS),
        git: r.text(&var::SKILL_PACK_GIT),
    }
}

fn souls_directory_url(r: &mut Reader) -> String {
    let url = r.text(&var::SOULS_DIRECTORY_URL);
    r.require_http_url(&var::SOULS_DIRECTORY_URL, &url);
    url.trim_end_matches('/').to_owned()
}

fn rate_limit(r: &mut Reader) -> RateLimitSettings {
    let own = redis_url(r, &var::RATE_LIMIT_REDIS_URL);
    let url = own.or_else(|| r.secret(&var::RQ_REDIS_URL));
    let in_redis = r.choice(&var::RATE_LIMIT_BACKEND, &[("memory", false), ("redis", true)], false);
    let backend = match (in_redis, url) {
        (false, _) => RateLimitBackend::Memory,
        (true, Some(url)) => RateLimitBackend::Redis(url),
        (true, None) => {
            let rule = "`redis` needs a Redis and none is configured";
            r.errors.add(&var::RATE_LIMIT_BACKEND, rule, "Set RATE_LIMIT_REDIS_URL or RQ_REDIS_URL");
            RateLimitBackend::Memory
        }
    };
    RateLimitSettings { backend }
}

fn log(r: &mut Reader) -> LogSettings {
    LogSettings {
        level: r.choice(&var::LOG_LEVEL, LogLevel::NAMES, LogLevel::Info),
        format: r.choice(
            &var::LOG_FORMAT,
            &[("text", LogFormat::Text), ("json", LogFormat::Json)],
            LogFormat::Text,
        ),
        utc: r.flag(&var::LOG_USE_UTC).unwrap_or(false),
        slow_request: Duration::from_millis(r.number(&var::REQUEST_LOG_SLOW_MS, 0..=86_400_000)),
        include_health: r.flag(&var::REQUEST_LOG_INCLUDE_HEALTH).unwrap_or(false),
    }
}
