//! The configuration in effect, safe to print.

use std::{fmt, time::Duration};

use secrecy::{ExposeSecret, SecretString};

use super::{
    AuthSettings, LogFormat, RateLimitBackend, Settings,
    security_headers::SECURITY_HEADERS,
    shown::{MASK, without_credentials},
    variables::{self as var, Variable},
};

/// One variable and the value in effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLine {
    /// Name of the variable.
    pub name: &'static str,
    /// The value in effect; secrets are masked, URLs lose user and password. Empty when unset.
    pub value: String,
}

impl fmt::Display for SummaryLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name, self.value)
    }
}

impl Settings {
    /// Every variable with the value in effect, secrets masked. Variables of an authentication mode that is not in use
    /// are left out.
    pub fn summary(&self) -> Vec<SummaryLine> {
        let Settings { http, database, queue, retention, log, .. } = self;
        let mut lines = vec![
            line(&var::ENVIRONMENT, &self.environment),
            line(&var::MISSION_CONTROL_DATA_DIR, self.data_dir.display()),
            line(&var::SECRETS_KEY, masked(self.secrets_key.is_some())),
            line(&var::HOST, &http.host),
            line(&var::PORT, http.port),
            line(&var::BASE_URL, &http.base_url),
            line(&var::ALLOWED_HOSTS, join(&http.allowed_hosts)),
            line(&var::CORS_ORIGINS, join(&http.cors_origins)),
            line(&var::TRUSTED_PROXIES, join(&http.trusted_proxies)),
            line(&var::CLIENT_ADDRESS_HEADER, http.client_address_header.as_str()),
            line(&var::API_WORKERS, http.workers.map(|count| count.to_string()).unwrap_or_default()),
            line(&var::REQUEST_MAX_BODY_BYTES, http.max_body_bytes),
            line(&var::WEBHOOK_MAX_PAYLOAD_BYTES, http.webhook_max_payload_bytes),
            line(&var::METRICS_TOKEN, masked(http.metrics_token.is_some())),
            line(&var::SHUTDOWN_GRACE_SECONDS, seconds(http.shutdown_grace)),
        ];
        for (header, variable) in SECURITY_HEADERS {
            let value = http.security_headers.iter().find(|(name, _)| name == header);
            lines.push(line(variable, value.map_or("", |(_, value)| value)));
        }
        let web_session = line(&var::WEB_SESSION_HOURS, self.web_session_lifetime.as_secs() / 3600);
        match &self.auth {
            AuthSettings::Local { token } => lines.extend([
                line(&var::AUTH_MODE, "local"),
                line(&var::LOCAL_AUTH_TOKEN, masked(token.is_some())),
                web_session,
            ]),
            AuthSettings::Clerk(clerk) => lines.extend([
                line(&var::AUTH_MODE, "clerk"),
                web_session,
                line(&var::CLERK_SECRET_KEY, MASK),
                line(&var::CLERK_API_URL, &clerk.api_url),
                line(&var::CLERK_VERIFY_IAT, clerk.verify_iat),
                line(&var::CLERK_LEEWAY, seconds(clerk.leeway)),
            ]),
        }
        let (backend, backend_url) = match &self.rate_limit.backend {
            RateLimitBackend::Memory => ("memory", None),
            RateLimitBackend::Redis(url) => ("redis", Some(url)),
        };
        lines.extend([
            line(&var::DATABASE_URL, &database.location),
            line(&var::DATABASE_POOL_SIZE, database.pool_size),
            line(&var::DB_AUTO_MIGRATE, database.auto_migrate),
            line(&var::RQ_REDIS_URL, masked_url(queue.redis_url.as_ref())),
            line(&var::RQ_QUEUE_NAME, &queue.name),
            line(&var::RQ_DISPATCH_THROTTLE_SECONDS, seconds(queue.throttle)),
            line(&var::RQ_DISPATCH_MAX_RETRIES, queue.max_retries),
            line(&var::RQ_DISPATCH_RETRY_BASE_SECONDS, seconds(queue.retry_base)),
            line(&var::RQ_DISPATCH_RETRY_MAX_SECONDS, seconds(queue.retry_max)),
            line(&var::WORKER_CONCURRENCY, self.worker.concurrency),
            line(&var::EVENT_RETENTION_DAYS, days(retention.events)),
            line(&var::JOB_RETENTION_DAYS, days(retention.jobs)),
            line(&var::DEAD_JOB_RETENTION_DAYS, days(retention.dead_jobs)),
            line(&var::AUDIT_RETENTION_DAYS, days(retention.audit)),
            line(&var::WEBHOOK_PAYLOAD_RETENTION_DAYS, days(retention.webhook_payloads)),
            line(&var::RUN_RETENTION_DAYS, days(retention.runs)),
            line(&var::USAGE_RETENTION_DAYS, days(retention.usage)),
            line(&var::GATEWAY_MIN_VERSION, &self.gateway.min_version),
            line(&var::PROVISION_WAIT_SECONDS, seconds(self.gateway.provision_wait)),
            line(&var::GATEWAY_PRIVATE_NETWORKS, join_or_none(&self.gateway.private_networks)),
            line(&var::GATEWAY_PATHS, join(&self.gateway.paths)),
            line(&var::SKILL_PACK_SOURCES, join(&self.skill_packs.sources)),
            line(&var::SKILL_PACK_PRIVATE_NETWORKS, join(&self.skill_packs.private_networks)),
            line(&var::SKILL_PACK_MAX_BYTES, self.skill_packs.max_bytes),
            line(&var::SKILL_PACK_TIMEOUT_SECONDS, seconds(self.skill_packs.timeout)),
            line(&var::SKILL_PACK_GIT, &self.skill_packs.git),
            line(&var::SOULS_DIRECTORY_URL, without_credentials(&self.souls_directory_url)),
            line(&var::RATE_LIMIT_BACKEND, backend),
            line(&var::RATE_LIMIT_REDIS_URL, masked_url(backend_url)),
            line(&var::LOG_LEVEL, log.level.as_str()),
            line(&var::LOG_FORMAT, if log.format == LogFormat::Json { "json" } else { "text" }),
            line(&var::LOG_USE_UTC, log.utc),
            line(&var::REQUEST_LOG_SLOW_MS, log.slow_request.as_millis()),
            line(&var::REQUEST_LOG_INCLUDE_HEALTH, log.include_health),
        ]);
        lines
    }
}

fn line(variable: &Variable, value: impl ToString) -> SummaryLine {
    SummaryLine { name: variable.name, value: value.to_string() }
}

fn masked(is_set: bool) -> &'static str {
    if is_set { MASK } else { "" }
}

fn masked_url(url: Option<&SecretString>) -> String {
    url.map(|url| without_credentials(url.expose_secret())).unwrap_or_default()
}

fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

fn days(kept: Option<Duration>) -> u64 {
    kept.map_or(0, |kept| kept.as_secs() / (24 * 3600))
}

fn join_or_none(items: &[impl ToString]) -> String {
    if items.is_empty() { "none".to_owned() } else { join(items) }
}

fn join(items: &[impl ToString]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
