//! The configuration in effect, safe to print.

use std::{fmt, time::Duration};

use secrecy::{ExposeSecret, SecretString};

use super::{
    Admission, AuthSettings, LogFormat, MailSettings, OidcSettings, RateLimitBackend, Settings, TraceSampler,
    TraceSettings,
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
        let Settings { http, database, queue, retention, backup, log, .. } = self;
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
        let AuthSettings { local, accounts, oidc, clerk } = &self.auth;
        let modes = [
            ("local", local.is_some()),
            ("accounts", accounts.is_some()),
            ("oidc", oidc.is_some()),
            ("clerk", clerk.is_some()),
        ];
        let on: Vec<_> = modes.into_iter().filter_map(|(name, is_on)| is_on.then_some(name)).collect();
        lines.push(line(&var::AUTH_MODE, join(&on)));
        lines.extend(local.iter().map(|it| line(&var::LOCAL_AUTH_TOKEN, masked(it.token.is_some()))));
        lines.push(line(&var::WEB_SESSION_HOURS, hours(self.web_session_lifetime)));
        let idle = accounts
            .iter()
            .map(|it| it.idle)
            .chain(oidc.iter().map(|it| it.idle))
            .chain(clerk.iter().map(|it| it.idle))
            .next();
        lines.extend(idle.map(|idle| line(&var::WEB_SESSION_IDLE_HOURS, idle.map_or(0, hours))));
        lines.extend(oidc.iter().flat_map(of_provider));
        lines.extend(clerk.iter().flat_map(|clerk| {
            [
                line(&var::CLERK_SECRET_KEY, MASK),
                line(
                    &var::CLERK_PUBLISHABLE_KEY,
                    clerk.frontend.as_ref().map(|it| it.publishable_key.as_str()).unwrap_or_default(),
                ),
                line(&var::CLERK_API_URL, &clerk.api_url),
                line(&var::CLERK_VERIFY_IAT, clerk.verify_iat),
                line(&var::CLERK_LEEWAY, seconds(clerk.leeway)),
            ]
        }));
        let (backend, backend_url) = match &self.rate_limit.backend {
            RateLimitBackend::Memory => ("memory", None),
            RateLimitBackend::Redis(url) => ("redis", Some(url)),
        };
        let mail = self.mail.as_ref();
        lines.extend([
            line(&var::SMTP_URL, mail.map(MailSettings::address).unwrap_or_default()),
            line(&var::MAIL_FROM, mail.map(|mail| mail.from.as_str()).unwrap_or_default()),
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
            line(&var::ACTIVITY_RETENTION_DAYS, days(retention.activity)),
            line(&var::COMMENT_RETENTION_DAYS, days(retention.comments)),
            line(&var::CHAT_RETENTION_DAYS, days(retention.chat)),
            line(&var::MEMORY_RETENTION_DAYS, days(retention.memory)),
            line(&var::BACKUP_SCHEDULE, backup.schedule.as_deref().unwrap_or_default()),
            line(&var::BACKUP_DIR, backup.dir.display()),
            line(&var::BACKUP_KEEP, backup.keep),
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
        lines.extend(of_traces(self.traces.as_ref()));
        lines
    }
}

fn of_traces(traces: Option<&TraceSettings>) -> [SummaryLine; 5] {
    let sampler = traces.map_or(TraceSampler::ALL, |traces| traces.sampler);
    let name = traces.and_then(|traces| traces.service_name.as_deref());
    [
        line(&var::OTEL_EXPORTER_OTLP_ENDPOINT, traces.map(|it| it.endpoint.as_str()).unwrap_or_default()),
        line(&var::OTEL_EXPORTER_OTLP_HEADERS, masked(traces.is_some_and(|it| !it.headers.is_empty()))),
        line(&var::OTEL_SERVICE_NAME, name.unwrap_or_default()),
        line(&var::OTEL_TRACES_SAMPLER, sampler),
        line(&var::OTEL_TRACES_SAMPLER_ARG, sampler.ratio),
    ]
}

fn of_provider(oidc: &OidcSettings) -> [SummaryLine; 11] {
    let Admission { organization, domains, admin_groups, member_groups } = &oidc.admission;
    [
        line(&var::OIDC_ISSUER, without_credentials(&oidc.issuer)),
        line(&var::OIDC_CLIENT_ID, &oidc.client_id),
        line(&var::OIDC_CLIENT_SECRET, masked(oidc.client_secret.is_some())),
        line(&var::OIDC_NAME, &oidc.name),
        line(&var::OIDC_SCOPES, &oidc.scopes),
        line(&var::OIDC_API_AUDIENCE, oidc.api_audience.as_deref().unwrap_or_default()),
        line(&var::OIDC_ORGANIZATION, organization.as_deref().unwrap_or_default()),
        line(&var::OIDC_ALLOWED_DOMAINS, join(domains)),
        line(&var::OIDC_GROUPS_CLAIM, &oidc.groups_claim),
        line(&var::OIDC_ADMIN_GROUPS, join(admin_groups)),
        line(&var::OIDC_MEMBER_GROUPS, join(member_groups)),
    ]
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

fn hours(duration: Duration) -> u64 {
    duration.as_secs() / 3600
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
