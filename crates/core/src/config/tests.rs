//! The configuration's rules, as tables.

use std::{path::Path, time::Duration};

use rstest::rstest;
use secrecy::ExposeSecret;

use super::*;

const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef01";
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn settings(variables: &[(&str, &str)]) -> Settings {
    let base = [("MISSION_CONTROL_DATA_DIR", "/data")];
    Settings::from_env(base.iter().chain(variables).copied()).unwrap()
}

fn faults(variables: &[(&str, &str)]) -> Vec<&'static str> {
    let base = [("MISSION_CONTROL_DATA_DIR", "/data")];
    match Settings::from_env(base.iter().chain(variables).copied()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.faults().iter().map(|fault| fault.variable).collect(),
    }
}

#[test]
fn nothing_but_a_data_directory_is_needed() {
    let settings = settings(&[]);
    assert_eq!((settings.http.host.as_str(), settings.http.port), ("127.0.0.1", 8000));
    assert_eq!(settings.http.base_url, "http://127.0.0.1:8000");
    assert_eq!(settings.database.location.to_string(), "sqlite:///data/mission-control.db");
    assert!(settings.database.auto_migrate);
    assert!(settings.queue.redis_url.is_none());
    assert!(settings.secrets_key.is_none());
    assert!(matches!(
        settings.auth,
        AuthSettings {
            local: Some(LocalSettings { token: None }),
            accounts: Some(_),
            oidc: None,
            clerk: None
        }
    ));
    assert!(matches!(settings.rate_limit.backend, RateLimitBackend::Memory));
}

#[rstest]
#[case::given(&[("MISSION_CONTROL_DATA_DIR", "/var/lib/mc"), ("XDG_DATA_HOME", "/x"), ("HOME", "/h")], "/var/lib/mc")]
#[case::xdg(&[("XDG_DATA_HOME", "/x"), ("HOME", "/h")], "/x/mission-control")]
#[case::home(&[("HOME", "/h")], "/h/.local/share/mission-control")]
fn the_data_directory_is_the_given_one_or_below_the_home(
    #[case] variables: &[(&str, &str)],
    #[case] expected: &str,
) {
    assert_eq!(Settings::from_env(variables.iter().copied()).unwrap().data_dir, Path::new(expected));
}

#[test]
fn without_a_home_the_data_directory_must_be_named() {
    let errors = Settings::from_env::<&str, &str>([]).unwrap_err();
    assert_eq!(errors.faults()[0].variable, "MISSION_CONTROL_DATA_DIR");
}

#[test]
fn every_fault_is_reported_at_once_with_variable_rule_and_fix() {
    let bad = [
        ("PORT", "eighty"),
        ("LOG_FORMAT", "xml"),
        ("LOCAL_AUTH_TOKEN", "short"),
        ("DATABASE_URL", "mysql://x/y"),
    ];
    assert_eq!(faults(&bad), ["PORT", "LOCAL_AUTH_TOKEN", "DATABASE_URL", "LOG_FORMAT"]);
    let errors = Settings::from_env(bad.into_iter().chain([("HOME", "/h")])).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "the configuration has 4 faults:\n  \
         PORT: `eighty` is not a whole number from 0 to 65535. Remove the variable for the default, 8000.\n  \
         LOCAL_AUTH_TOKEN: the token has fewer than 50 characters. Make one with `openssl rand -hex 32`, or remove \
         the variable to have one generated.\n  \
         DATABASE_URL: the URL has the unknown scheme `mysql`. Use `sqlite:///path/to/file.db` or \
         `postgresql://user:password@host:5432/database`.\n  \
         LOG_FORMAT: `xml` is unknown. Use one of `text`, `json`."
    );
}

#[rstest]
#[case("PORT", "65536")]
#[case("PORT", "-1")]
#[case("BASE_URL", "localhost:8000")]
#[case("BASE_URL", "ftp://mc.example.com")]
#[case("BASE_URL", "https://mc.example.com/mc/")]
#[case("BASE_URL", "https://mc.example.com/?x=1")]
#[case("BASE_URL", "https://user:secret@mc.example.com")]
#[case("ALLOWED_HOSTS", "mc.local:8000")]
#[case("ALLOWED_HOSTS", "https://mc.local")]
#[case("CORS_ORIGINS", "http://ok.example, nonsense")]
#[case("CORS_ORIGINS", "https://mc.example.com/path")]
#[case("TRUSTED_PROXIES", "10.0.0.0/8, proxy")]
#[case("TRUSTED_PROXIES", "10.0.0.0/33")]
#[case("CLIENT_ADDRESS_HEADER", "x-forwarded-for, forwarded")]
#[case("API_WORKERS", "0")]
#[case("REQUEST_MAX_BODY_BYTES", "1e6")]
#[case("SHUTDOWN_GRACE_SECONDS", "-1")]
#[case("SHUTDOWN_GRACE_SECONDS", "NaN")]
#[case("SECURITY_HEADER_X_FRAME_OPTIONS", "DENY\r\nx-evil: 1")]
#[case("SECRETS_KEY", "c2hvcnQ=")]
#[case("SECRETS_KEY", "not base64")]
#[case("AUTH_MODE", "ldap")]
#[case("AUTH_MODE", "local, ldap")]
#[case("AUTH_MODE", ",")]
#[case("LOCAL_AUTH_TOKEN", "replace-with-strong-random-token-replace-with-strong-random-token")]
#[case("LOCAL_AUTH_TOKEN", "fifty characters or more, but with blanks between its words")]
#[case("DATABASE_URL", "sqlite://")]
#[case("DATABASE_URL", "sqlite://:memory:")]
#[case("DATABASE_URL", "mission-control.db")]
#[case("DATABASE_URL", "postgresql://host:port/db")]
#[case("DATABASE_POOL_SIZE", "0")]
#[case("DB_AUTO_MIGRATE", "maybe")]
#[case("RQ_REDIS_URL", "localhost:6379")]
#[case("RQ_REDIS_URL", "http://localhost:6379")]
#[case("RQ_QUEUE_NAME", "a:b")]
#[case("RQ_DISPATCH_MAX_RETRIES", "many")]
#[case("WORKER_CONCURRENCY", "0")]
#[case("BACKUP_SCHEDULE", "nightly")]
#[case("BACKUP_SCHEDULE", "0 0 31 2 *")]
#[case("BACKUP_KEEP", "0")]
#[case("GATEWAY_MIN_VERSION", "2026.2")]
#[case("GATEWAY_MIN_VERSION", "latest")]
#[case("GATEWAY_PRIVATE_NETWORKS", "none, 10.0.0.0/8")]
#[case("GATEWAY_PATHS", "/openclaw, openclaw")]
#[case("GATEWAY_PATHS", "/openclaw?x=1")]
#[case("GATEWAY_PATHS", "/")]
#[case("SKILL_PACK_SOURCES", "https://github.com, github.com")]
#[case("SKILL_PACK_SOURCES", "https://ada:secret@git.example.com")]
#[case("SKILL_PACK_PRIVATE_NETWORKS", "10.0.0.0/33")]
#[case("SKILL_PACK_MAX_BYTES", "0")]
#[case("SKILL_PACK_TIMEOUT_SECONDS", "long")]
#[case("SOULS_DIRECTORY_URL", "souls")]
#[case("RATE_LIMIT_BACKEND", "redis")]
#[case("LOG_LEVEL", "loud")]
#[case("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318")]
#[case("OTEL_EXPORTER_OTLP_ENDPOINT", "https://me:hidden@collector")]
#[case("OTEL_EXPORTER_OTLP_HEADERS", "authorization")]
#[case("OTEL_EXPORTER_OTLP_HEADERS", "a=b%0Ac")]
#[case("OTEL_TRACES_SAMPLER", "jaeger_remote")]
#[case("OTEL_TRACES_SAMPLER_ARG", "2")]
#[case("REQUEST_LOG_SLOW_MS", "-5")]
fn a_value_that_breaks_its_rule_is_a_fault_of_that_variable_alone(#[case] name: &str, #[case] value: &str) {
    assert_eq!(faults(&[(name, value)]), [name]);
}

#[test]
fn no_fault_repeats_a_secret() {
    let errors = Settings::from_env([
        ("HOME", "/h"),
        ("LOCAL_AUTH_TOKEN", "tiny-secret-1"),
        ("SECRETS_KEY", "tiny-secret-2"),
        ("DATABASE_URL", "postgresql://me:tiny-secret-3@host:port/db"),
        ("RQ_REDIS_URL", "http://:tiny-secret-4@host"),
    ])
    .unwrap_err();
    assert_eq!(errors.faults().len(), 4);
    assert!(!errors.to_string().contains("tiny-secret"), "{errors}");
}

#[rstest]
#[case("sqlite://rel/mc.db", "sqlite://rel/mc.db")]
#[case("sqlite:///abs/mc.db?mode=rwc", "sqlite:///abs/mc.db")]
#[case("postgres://me:pw@db/mc", "postgresql://db/mc")]
#[case("postgresql://me:pw@db:5433/mc?sslmode=require", "postgresql://db:5433/mc")]
#[case(
    "postgresql+psycopg://postgres:postgres@localhost:5432/mission_control",
    "postgresql://localhost:5432/mission_control"
)]
#[case("postgresql:///mc?host=/run/postgresql", "postgresql:///mc")]
fn database_urls_of_all_spellings_are_understood_and_shown_without_credentials(
    #[case] url: &str,
    #[case] shown: &str,
) {
    let location = settings(&[("DATABASE_URL", url)]).database.location;
    assert_eq!(location.to_string(), shown);
    assert_eq!(format!("{location:?}"), shown);
}

#[test]
fn what_the_database_url_leaves_open_is_taken_from_the_variables_of_libpq() {
    let url = ("DATABASE_URL", "postgresql://me@db/mc?sslmode=require");
    let settings =
        settings(&[url, ("PGSSLMODE", "disable"), ("PGPASSWORD", "pw"), ("PGSSLROOTCERT", "/ca.pem")]);
    let DatabaseLocation::Postgres(parameters) = settings.database.location else { panic!("not PostgreSQL") };
    assert_eq!(parameters.ssl_mode(), SslMode::Require, "the URL wins");
    assert_eq!((parameters.get("password"), parameters.get("sslrootcert")), (Some("pw"), Some("/ca.pem")));
    assert_eq!(faults(&[url, ("PGSSLROOTCERT", "system")]), ["DATABASE_URL"], "they are checked together");
}

#[rstest]
#[case("0.0.0.0", "http://127.0.0.1:9000")]
#[case("::", "http://[::1]:9000")]
#[case("fd00::1", "http://[fd00::1]:9000")]
#[case("mc.local", "http://mc.local:9000")]
fn the_base_url_follows_host_and_port(#[case] host: &str, #[case] expected: &str) {
    assert_eq!(settings(&[("HOST", host), ("PORT", "9000")]).http.base_url, expected);
}

#[rstest]
#[case("https://example.com/", "https://example.com")]
#[case("https://Mc.Example.com:443/", "https://mc.example.com")]
#[case("http://MC:80", "http://mc")]
#[case("https://bücher.example:8443", "https://xn--bcher-kva.example:8443")]
fn a_given_base_url_is_written_as_browsers_write_it(#[case] given: &str, #[case] expected: &str) {
    assert_eq!(settings(&[("BASE_URL", given)]).http.base_url, expected);
}

#[test]
fn schema_changes_are_applied_at_start_by_default_in_dev_only() {
    assert!(!settings(&[("ENVIRONMENT", "production")]).database.auto_migrate);
    assert!(settings(&[("ENVIRONMENT", "production"), ("DB_AUTO_MIGRATE", "true")]).database.auto_migrate);
    assert!(!settings(&[("DB_AUTO_MIGRATE", "0")]).database.auto_migrate);
}

#[test]
fn a_blank_variable_means_its_default_except_for_security_headers() {
    let settings = settings(&[("PORT", " "), ("RQ_REDIS_URL", ""), ("SECURITY_HEADER_X_FRAME_OPTIONS", "")]);
    assert_eq!(settings.http.port, 8000);
    assert!(settings.queue.redis_url.is_none());
    let names: Vec<_> = settings.http.security_headers.iter().map(|(name, _)| *name).collect();
    assert!(names.contains(&"x-content-type-options") && !names.contains(&"x-frame-options"), "{names:?}");
}

#[test]
fn lists_are_separated_by_commas() {
    let http =
        settings(&[("CORS_ORIGINS", "http://a:3000/, https://b"), ("TRUSTED_PROXIES", "10.0.0.5,fd00::/8")])
            .http;
    assert_eq!(http.cors_origins, ["http://a:3000", "https://b"]);
    assert_eq!(http.trusted_proxies, ["10.0.0.5/32".parse().unwrap(), "fd00::/8".parse().unwrap()]);
}

#[test]
fn rate_limits_fall_back_to_the_redis_of_the_jobs() {
    let jobs = ("RQ_REDIS_URL", "redis://jobs:6379/0");
    let url_of = |variables: &[(&str, &str)]| match settings(variables).rate_limit.backend {
        RateLimitBackend::Redis(url) => url.expose_secret().to_owned(),
        RateLimitBackend::Memory => "memory".into(),
    };
    assert_eq!(url_of(&[jobs]), "memory");
    assert_eq!(url_of(&[jobs, ("RATE_LIMIT_BACKEND", "redis")]), "redis://jobs:6379/0");
    let own = ("RATE_LIMIT_REDIS_URL", "redis://limits:6379/1");
    assert_eq!(url_of(&[jobs, own, ("RATE_LIMIT_BACKEND", "redis")]), "redis://limits:6379/1");
}

#[test]
fn clerk_needs_its_secret_key() {
    assert_eq!(faults(&[("AUTH_MODE", "clerk")]), ["CLERK_SECRET_KEY"]);
    assert!(matches!(
        settings(&[("AUTH_MODE", "clerk"), ("CLERK_SECRET_KEY", "sk_test")]).auth,
        AuthSettings { local: None, clerk: Some(ClerkSettings { verify_iat: true, .. }), .. }
    ));
}

#[rstest]
#[case("CLERK_PUBLISHABLE_KEY", "sk_test_Y2xlcmsuZXhhbXBsZS5jb20k")]
#[case("CLERK_API_URL", "http://api.example.com")]
fn clerk_is_asked_where_nobody_listens_in(#[case] name: &str, #[case] value: &str) {
    let clerk = [("AUTH_MODE", "clerk"), ("CLERK_SECRET_KEY", "sk_test")];
    assert_eq!(faults(&[&clerk[..], &[(name, value)]].concat()), [name]);
}

#[rstest]
#[case("accounts", false)]
#[case("accounts,local", true)]
#[case(" Local, ACCOUNTS ", true)]
fn people_sign_in_in_several_ways_at_once(#[case] modes: &str, #[case] by_token: bool) {
    let auth = settings(&[("AUTH_MODE", modes)]).auth;
    assert_eq!((auth.accounts.is_some(), auth.local.is_some()), (true, by_token));
    assert_eq!(auth.accounts.unwrap().idle, Some(Duration::from_secs(7 * 24 * 3600)));
    let forever = settings(&[("AUTH_MODE", modes), ("WEB_SESSION_IDLE_HOURS", "0")]).auth;
    assert_eq!(forever.accounts.unwrap().idle, None);
}

#[test]
fn traces_go_nowhere_unless_a_collector_is_named_and_its_headers_are_not_shown() {
    assert!(settings(&[("OTEL_SERVICE_NAME", "mc")]).traces.is_none());
    let settings = settings(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20hidden, x-team=a"),
        ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
        ("OTEL_TRACES_SAMPLER_ARG", "0.25"),
    ]);
    let traces = settings.traces.as_ref().unwrap();
    assert_eq!(traces.endpoint, "http://127.0.0.1:4318");
    let (name, value) = &traces.headers[0];
    assert_eq!((name.as_str(), value.expose_secret()), ("authorization", "Bearer hidden"));
    assert_eq!(traces.sampler, TraceSampler { follows_caller: true, ratio: 0.25 });
    let shown: String = settings.summary().iter().map(|line| format!("{line}\n")).collect();
    assert!(shown.contains("OTEL_TRACES_SAMPLER = parentbased_traceidratio") && !shown.contains("hidden"));
    assert!(!format!("{settings:?}").contains("hidden"));
}

/// What a provider needs at least.
const PROVIDER: [(&str, &str); 3] = [
    ("AUTH_MODE", "oidc"),
    ("OIDC_ISSUER", "https://id.example.com/"),
    ("OIDC_CLIENT_ID", "mission-control"),
];

#[test]
fn a_provider_is_called_by_its_host_and_lets_nobody_in_by_itself() {
    let oidc = settings(&PROVIDER).auth.oidc.unwrap();
    assert_eq!((oidc.name.as_str(), oidc.issuer.as_str()), ("id.example.com", "https://id.example.com/"));
    assert_eq!((oidc.admission, oidc.api_audience), (Admission::default(), None));
    assert_eq!(faults(&[("AUTH_MODE", "oidc")]), ["OIDC_ISSUER", "OIDC_CLIENT_ID"]);
}

#[rstest]
#[case::anybody_could_listen("OIDC_ISSUER", "http://id.example.com", "OIDC_ISSUER")]
#[case("OIDC_ISSUER", "id.example.com", "OIDC_ISSUER")]
#[case::no_sign_in("OIDC_SCOPES", "email", "OIDC_SCOPES")]
#[case::what_says_who_it_is_would_open_the_api("OIDC_API_AUDIENCE", "mission-control", "OIDC_API_AUDIENCE")]
#[case::a_member_of_what("OIDC_ALLOWED_DOMAINS", "example.com", "OIDC_ORGANIZATION")]
#[case::a_member_of_what("OIDC_ADMIN_GROUPS", "operators", "OIDC_ORGANIZATION")]
fn a_provider_that_is_set_up_wrongly_is_a_fault(
    #[case] name: &str,
    #[case] value: &str,
    #[case] at_fault: &str,
) {
    assert_eq!(faults(&[&PROVIDER[..], &[(name, value)]].concat()), [at_fault]);
}

#[test]
fn a_provider_on_this_machine_needs_no_https() {
    settings(&[&PROVIDER[..], &[("OIDC_ISSUER", "http://127.0.0.1:3000")]].concat());
}

#[test]
fn the_longest_retry_wait_is_never_below_the_first() {
    let queue =
        settings(&[("RQ_DISPATCH_RETRY_BASE_SECONDS", "30"), ("RQ_DISPATCH_RETRY_MAX_SECONDS", "5")]).queue;
    assert_eq!((queue.retry_base, queue.retry_max), (Duration::from_secs(30), Duration::from_secs(30)));
}

/// A value unlike the default for every variable, and how the summary shows it.
const OTHER_VALUES: &[(&str, &str, &str)] = &[
    ("ENVIRONMENT", "staging", "staging"),
    ("MISSION_CONTROL_DATA_DIR", "/elsewhere", "/elsewhere"),
    ("SECRETS_KEY", KEY, "••••"),
    ("HOST", "10.1.2.3", "10.1.2.3"),
    ("PORT", "8080", "8080"),
    ("BASE_URL", "https://mc.example.com", "https://mc.example.com"),
    ("ALLOWED_HOSTS", "MC.local", "mc.local"),
    ("CORS_ORIGINS", "http://ui.example.com", "http://ui.example.com"),
    ("TRUSTED_PROXIES", "10.0.0.0/8", "10.0.0.0/8"),
    ("CLIENT_ADDRESS_HEADER", "Forwarded", "forwarded"),
    ("API_WORKERS", "3", "3"),
    ("REQUEST_MAX_BODY_BYTES", "4096", "4096"),
    ("WEBHOOK_MAX_PAYLOAD_BYTES", "2048", "2048"),
    ("METRICS_TOKEN", TOKEN, "••••"),
    ("SHUTDOWN_GRACE_SECONDS", "1.5", "1.5"),
    ("SECURITY_HEADER_X_CONTENT_TYPE_OPTIONS", "", ""),
    ("SECURITY_HEADER_X_FRAME_OPTIONS", "SAMEORIGIN", "SAMEORIGIN"),
    ("SECURITY_HEADER_REFERRER_POLICY", "no-referrer", "no-referrer"),
    ("SECURITY_HEADER_PERMISSIONS_POLICY", "camera=()", "camera=()"),
    ("SECURITY_HEADER_CROSS_ORIGIN_OPENER_POLICY", "unsafe-none", "unsafe-none"),
    ("SECURITY_HEADER_CROSS_ORIGIN_RESOURCE_POLICY", "", ""),
    ("SECURITY_HEADER_STRICT_TRANSPORT_SECURITY", "max-age=60", "max-age=60"),
    ("AUTH_MODE", "accounts,oidc,clerk", "accounts,oidc,clerk"),
    ("LOCAL_AUTH_TOKEN", TOKEN, "••••"),
    ("WEB_SESSION_HOURS", "12", "12"),
    ("WEB_SESSION_IDLE_HOURS", "6", "6"),
    ("OIDC_ISSUER", "https://id.example.com/realm", "https://id.example.com/realm"),
    ("OIDC_CLIENT_ID", "mission-control", "mission-control"),
    ("OIDC_CLIENT_SECRET", "oidc-secret", "••••"),
    ("OIDC_NAME", "Example", "Example"),
    ("OIDC_SCOPES", "openid email groups", "openid email groups"),
    ("OIDC_API_AUDIENCE", "https://mc.example.com", "https://mc.example.com"),
    ("OIDC_ORGANIZATION", "The Firm", "The Firm"),
    ("OIDC_ALLOWED_DOMAINS", "Example.com, example.org", "example.com,example.org"),
    ("OIDC_GROUPS_CLAIM", "roles", "roles"),
    ("OIDC_ADMIN_GROUPS", "operators", "operators"),
    ("OIDC_MEMBER_GROUPS", "staff,guests", "staff,guests"),
    ("CLERK_SECRET_KEY", "sk_live_secret", "••••"),
    ("CLERK_PUBLISHABLE_KEY", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"),
    ("CLERK_API_URL", "https://clerk.example.com", "https://clerk.example.com"),
    ("CLERK_VERIFY_IAT", "no", "false"),
    ("CLERK_LEEWAY", "3", "3"),
    ("SMTP_URL", "smtps://me:hidden@mail.example.com", "smtps://mail.example.com:465"),
    ("MAIL_FROM", "Mission Control <mc@example.com>", "Mission Control <mc@example.com>"),
    ("DATABASE_URL", "postgres://me:hidden@db/mc", "postgresql://db/mc"),
    ("DATABASE_POOL_SIZE", "4", "4"),
    ("DB_AUTO_MIGRATE", "yes", "true"),
    ("RQ_REDIS_URL", "rediss://:hidden@redis:6380/2", "rediss://redis:6380/2"),
    ("RQ_QUEUE_NAME", "blue", "blue"),
    ("RQ_DISPATCH_THROTTLE_SECONDS", "2", "2"),
    ("RQ_DISPATCH_MAX_RETRIES", "7", "7"),
    ("RQ_DISPATCH_RETRY_BASE_SECONDS", "0.5", "0.5"),
    ("RQ_DISPATCH_RETRY_MAX_SECONDS", "60", "60"),
    ("WORKER_CONCURRENCY", "16", "16"),
    ("EVENT_RETENTION_DAYS", "3", "3"),
    ("JOB_RETENTION_DAYS", "0", "0"),
    ("DEAD_JOB_RETENTION_DAYS", "60", "60"),
    ("AUDIT_RETENTION_DAYS", "0", "0"),
    ("WEBHOOK_PAYLOAD_RETENTION_DAYS", "365", "365"),
    ("RUN_RETENTION_DAYS", "14", "14"),
    ("USAGE_RETENTION_DAYS", "0", "0"),
    ("ACTIVITY_RETENTION_DAYS", "90", "90"),
    ("COMMENT_RETENTION_DAYS", "365", "365"),
    ("CHAT_RETENTION_DAYS", "180", "180"),
    ("MEMORY_RETENTION_DAYS", "730", "730"),
    ("BACKUP_SCHEDULE", "30 3 * * *", "30 3 * * *"),
    ("BACKUP_DIR", "/mnt/backups", "/mnt/backups"),
    ("BACKUP_KEEP", "14", "14"),
    ("GATEWAY_MIN_VERSION", "2026.3.2", "2026.3.2"),
    ("PROVISION_WAIT_SECONDS", "5", "5"),
    ("GATEWAY_PRIVATE_NETWORKS", "none", "none"),
    ("GATEWAY_PATHS", "/openclaw/, /gw/a", "/openclaw,/gw/a"),
    (
        "SKILL_PACK_SOURCES",
        "https://git.example.com, file:///srv/skills/",
        "https://git.example.com,file:///srv/skills",
    ),
    ("SKILL_PACK_PRIVATE_NETWORKS", "10.0.0.0/8", "10.0.0.0/8"),
    ("SKILL_PACK_MAX_BYTES", "4096", "4096"),
    ("SKILL_PACK_TIMEOUT_SECONDS", "2.5", "2.5"),
    ("SKILL_PACK_GIT", "/usr/bin/git", "/usr/bin/git"),
    ("SOULS_DIRECTORY_URL", "http://localhost:9000/", "http://localhost:9000/"),
    ("RATE_LIMIT_BACKEND", "redis", "redis"),
    ("RATE_LIMIT_REDIS_URL", "redis://:hidden@limits/1", "redis://limits/1"),
    ("LOG_LEVEL", "debug", "debug"),
    ("LOG_FORMAT", "json", "json"),
    ("LOG_USE_UTC", "true", "true"),
    ("REQUEST_LOG_SLOW_MS", "250", "250"),
    ("REQUEST_LOG_INCLUDE_HEALTH", "on", "true"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/", "http://127.0.0.1:4318"),
    ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=hidden", "••••"),
    ("OTEL_SERVICE_NAME", "mission-control", "mission-control"),
    ("OTEL_TRACES_SAMPLER", "traceidratio", "traceidratio"),
    ("OTEL_TRACES_SAMPLER_ARG", "0.25", "0.25"),
];

#[test]
fn every_documented_variable_reaches_its_setting_and_the_summary_in_order() {
    let documented: Vec<_> = SECTIONS.iter().flat_map(|section| section.variables).map(|v| v.name).collect();
    let tested: Vec<_> = OTHER_VALUES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(tested, documented);

    let of_ways: [(&str, &[&str]); 4] = [
        ("LOCAL_", &["local"]),
        ("WEB_SESSION_IDLE_", &["accounts", "oidc", "clerk"]),
        ("OIDC_", &["oidc"]),
        ("CLERK_", &["clerk"]),
    ];
    for mode in ["local", "clerk", "local,accounts", "oidc", "local,accounts,oidc,clerk"] {
        let is_off = |name: &str| {
            let mut ways = of_ways.iter().filter(|(prefix, _)| name.starts_with(prefix));
            ways.any(|(_, ways)| !mode.split(',').any(|on| ways.contains(&on)))
        };
        let given = OTHER_VALUES.iter().map(|(name, value, _)| (*name, *value)).chain([("AUTH_MODE", mode)]);
        let summary = Settings::from_env(given).unwrap().summary();
        let expected: Vec<_> = OTHER_VALUES
            .iter()
            .filter(|(name, ..)| !is_off(name))
            .map(|(name, _, shown)| format!("{name} = {}", if *name == "AUTH_MODE" { mode } else { shown }))
            .collect();
        assert_eq!(summary.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn neither_debug_output_nor_summary_shows_a_secret() {
    let given = OTHER_VALUES.iter().map(|(name, value, _)| (*name, *value)).chain([("AUTH_MODE", "local")]);
    let settings = Settings::from_env(given).unwrap();
    let printed = format!("{settings:?} {:?}", settings.summary());
    for secret in [KEY, TOKEN, "hidden"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

#[test]
fn a_generated_secrets_key_survives_its_text_form() {
    let key = SecretsKey::generate();
    let again = SecretsKey::parse(key.to_base64().expose_secret()).unwrap();
    assert_eq!(key.expose(), again.expose());
    assert_ne!(key.expose(), SecretsKey::generate().expose());
}
