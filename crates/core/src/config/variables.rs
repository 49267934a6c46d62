//! Every variable that Mission Control reads, with its default and its description. The one table behind the
//! parser, `.env.example` and `docs/configuration.md`.

/// A variable of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Name in the environment and in `.env`.
    pub name: &'static str,
    /// Value used when the variable is absent; empty when there is none or when it is computed, as `doc` says.
    pub default: &'static str,
    /// A value that must never be printed.
    pub secret: bool,
    /// What the variable is for, its rule and its unit. One or more sentences on one line.
    pub doc: &'static str,
}

/// Variables of one concern, in the order they are documented.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Heading.
    pub title: &'static str,
    /// The variables under that heading.
    pub variables: &'static [Variable],
}

macro_rules! sections {
    ($($title:literal { $($(#[$kind:ident])? $name:ident = $default:literal, $doc:literal;)+ })+) => {
        $($(
            pub(super) const $name: Variable = Variable {
                name: stringify!($name),
                default: $default,
                secret: sections!(@secret $($kind)?),
                doc: $doc,
            };
        )+)+

        /// All variables by section.
        pub const SECTIONS: &[Section] = &[$(Section { title: $title, variables: &[$($name),+] }),+];
    };
    (@secret secret) => { true };
    (@secret) => { false };
}

sections! {
    "General" {
        ENVIRONMENT = "dev", "Name of this installation. `dev` turns `DB_AUTO_MIGRATE` on by default; use `production` or another name elsewhere.";
        MISSION_CONTROL_DATA_DIR = "", "Directory of everything that Mission Control keeps on disk: the SQLite database, the generated access token and secrets key, the device identity. Default: `$XDG_DATA_HOME/mission-control`, else `~/.local/share/mission-control`.";
        #[secret] SECRETS_KEY = "", "Key that seals the secrets stored in the database: 32 bytes in base64 (`openssl rand -base64 32`). Unset: generated at the first start and kept in the data directory. Processes on several machines must share one.";
    }
    "Server" {
        HOST = "127.0.0.1", "Address the API listens on; `0.0.0.0` or `::` for all interfaces.";
        PORT = "8000", "Port the API listens on; 0 takes any free one.";
        BASE_URL = "", "Address under which gateways, agents and people reach the API; written into agents' workspace files. Default: `http://HOST:PORT`. Set it whenever a gateway runs on another machine. Scheme, host and port only: the API and the web UI are served at the root of a host, not below a path.";
        ALLOWED_HOSTS = "", "Further host names under which browsers may use the web UI, separated by commas. That of `BASE_URL`, `localhost` and bare IP addresses always may; a name that somebody else points at this server may not.";
        CORS_ORIGINS = "", "Browser origins that may call the API, separated by commas, such as `http://localhost:3000`; `*` for any.";
        TRUSTED_PROXIES = "", "Addresses or networks (CIDR) of your reverse proxies, separated by commas. Only they may name the client's address, by the header of `CLIENT_ADDRESS_HEADER`.";
        CLIENT_ADDRESS_HEADER = "x-forwarded-for", "The header by which your reverse proxies name the client's address: `x-forwarded-for`, `forwarded`, `x-real-ip`, `cf-connecting-ip` or `true-client-ip`. It has to be one that they set or append to themselves; no other is looked at.";
        API_WORKERS = "", "Threads that serve HTTP. Default: one per CPU core.";
        REQUEST_MAX_BODY_BYTES = "2097152", "Largest accepted request body in bytes; larger ones are answered with 413.";
        WEBHOOK_MAX_PAYLOAD_BYTES = "1048576", "Largest accepted webhook payload in bytes; larger ones are answered with 413.";
        #[secret] METRICS_TOKEN = "", "Token with which a monitoring system reads `/metrics`, as `Authorization: Bearer`. Unset: only programs on this machine read it, and no proxy does for others.";
        SHUTDOWN_GRACE_SECONDS = "25", "How long a stopping process waits for requests, streams and jobs to finish.";
    }
    "Security headers (blank turns one off)" {
        SECURITY_HEADER_X_CONTENT_TYPE_OPTIONS = "nosniff", "`X-Content-Type-Options` of every response.";
        SECURITY_HEADER_X_FRAME_OPTIONS = "DENY", "`X-Frame-Options` of every response.";
        SECURITY_HEADER_REFERRER_POLICY = "strict-origin-when-cross-origin", "`Referrer-Policy` of every response.";
        SECURITY_HEADER_PERMISSIONS_POLICY = "", "`Permissions-Policy` of every response.";
        SECURITY_HEADER_CROSS_ORIGIN_OPENER_POLICY = "same-origin", "`Cross-Origin-Opener-Policy` of every response.";
        SECURITY_HEADER_CROSS_ORIGIN_RESOURCE_POLICY = "same-origin", "`Cross-Origin-Resource-Policy` of every response.";
        SECURITY_HEADER_STRICT_TRANSPORT_SECURITY = "max-age=31536000", "`Strict-Transport-Security` of every response, where `BASE_URL` is https.";
    }
    "Authentication" {
        AUTH_MODE = "accounts,local", "How people sign in: `accounts` by an e-mail address and a password of their own, `local` by one access token, which is the first key to everything; `oidc` by an identity provider that speaks OpenID Connect; `clerk` by an account of clerk.com; several of them, separated by commas.";
        #[secret] LOCAL_AUTH_TOKEN = "", "The access token of `AUTH_MODE=local`: at least 50 characters, no placeholder (`openssl rand -hex 32`). Unset: generated at the first start, kept in the data directory and printed once.";
        WEB_SESSION_HOURS = "720", "Hours after which a browser has to sign in again.";
        WEB_SESSION_IDLE_HOURS = "168", "Hours after which a browser that was not used has to sign in again, with `AUTH_MODE=accounts`, `oidc` or `clerk`; 0 for no such limit.";
        OIDC_ISSUER = "", "The identity provider of `AUTH_MODE=oidc`: its issuer, as its `/.well-known/openid-configuration` has it. An https address.";
        OIDC_CLIENT_ID = "", "What the provider calls this installation. Register `BASE_URL/api/v1/auth/oidc/callback` there to return to, and `BASE_URL/` for after signing out.";
        #[secret] OIDC_CLIENT_SECRET = "", "The client's secret at the provider. Unset: a public client, by PKCE alone.";
        OIDC_NAME = "", "What the page calls the provider that people continue with. Default: the issuer's host.";
        OIDC_SCOPES = "openid profile email", "What the provider is asked for, separated by spaces. Some have to be asked for `groups`, and most for `offline_access`: with it the provider is asked every quarter of an hour whether people who are signed in here still may be, and what their groups are.";
        OIDC_API_AUDIENCE = "", "The identifier that this API has at the provider: access tokens for it, signed by the provider, are taken as bearer tokens of people who signed in before. Unset: none are.";
        OIDC_ORGANIZATION = "", "Name of the organization that people join by their domain or groups; required with these.";
        OIDC_ALLOWED_DOMAINS = "", "Domains, separated by commas: whoever has an address there, verified by the provider, becomes a member. Others need an invitation.";
        OIDC_GROUPS_CLAIM = "groups", "The claim in which the provider names a person's groups.";
        OIDC_ADMIN_GROUPS = "", "Groups, separated by commas, whose people are admins of `OIDC_ORGANIZATION`. Looked at with every sign-in: who is in none of them any more is an admin no longer. Owners stay owners.";
        OIDC_MEMBER_GROUPS = "", "Groups, separated by commas, whose people become members of `OIDC_ORGANIZATION`.";
        #[secret] CLERK_SECRET_KEY = "", "Secret key of the Clerk application; required by `AUTH_MODE=clerk`.";
        CLERK_PUBLISHABLE_KEY = "", "Publishable key of the Clerk application: people sign in on the page by its script, which comes from the application's own address at Clerk, and only tokens that are issued there are taken. Unset: the page signs nobody in by Clerk; bearer tokens are taken.";
        CLERK_API_URL = "https://api.clerk.com", "Address of Clerk's API.";
        CLERK_VERIFY_IAT = "true", "Refuse Clerk tokens issued in the future.";
        CLERK_LEEWAY = "10", "Tolerated clock difference in seconds when checking Clerk tokens.";
    }
    "Mail" {
        #[secret] SMTP_URL = "", "Mail server that takes invitations and links for new passwords: `smtps://user:password@mail.example.com` (TLS, port 465 unless given), or `smtp://…` (port 587; nothing is sent without STARTTLS). `smtp://localhost:25` for one on this machine, without TLS. Unset: no mail is sent, and whoever invites gives the link on.";
        MAIL_FROM = "", "Whom mail is from, such as `Mission Control <mc@example.com>`; required with `SMTP_URL`.";
    }
    "Database" {
        #[secret] DATABASE_URL = "", "`sqlite://PATH` (a relative path is relative to the working directory), or PostgreSQL: `postgresql://USER:PASSWORD@HOST:5432/DATABASE`, also with several hosts, `?host=/run/postgresql`, `?sslmode=verify-full&sslrootcert=FILE` and the other parameters of libpq, or as `host=… dbname=…`; `postgresql+psycopg://…` is read too, and libpq's variables (`PGSSLMODE`, `PGPASSWORD`, …) where the URL is silent. Default: `mission-control.db` in the data directory.";
        DATABASE_POOL_SIZE = "10", "Most database connections per process.";
        DB_AUTO_MIGRATE = "", "Bring the schema up to date at start. Default: true when `ENVIRONMENT=dev`, else false (use `mission-control-api migrate up`).";
    }
    "Jobs" {
        #[secret] RQ_REDIS_URL = "", "`redis://…` or `rediss://…`: the processes wake each other through this Redis, and the worker and the gateway link run as processes of their own. Unset: everything runs inside the API process.";
        RQ_QUEUE_NAME = "default", "Name of the job lanes in Redis: letters, digits, `_` and `-`. Installations that share a Redis need different names.";
        RQ_DISPATCH_THROTTLE_SECONDS = "15", "Shortest time in seconds between two webhook deliveries to the same agent.";
        RQ_DISPATCH_MAX_RETRIES = "3", "How often a failed job is tried again before it is parked as `dead`.";
        RQ_DISPATCH_RETRY_BASE_SECONDS = "10", "Wait in seconds before the first retry; doubles with each further one.";
        RQ_DISPATCH_RETRY_MAX_SECONDS = "120", "Longest wait in seconds between two retries.";
        WORKER_CONCURRENCY = "8", "Jobs that one worker runs at the same time. Half of them at most work on the same gateway.";
    }
    "Retention (days; 0 keeps for ever)" {
        EVENT_RETENTION_DAYS = "7", "How long entries of the event log are kept: streams resume across an absence of that length.";
        JOB_RETENTION_DAYS = "7", "How long succeeded and cancelled jobs are kept.";
        DEAD_JOB_RETENTION_DAYS = "30", "How long dead jobs are kept; until then people may queue them again.";
        AUDIT_RETENTION_DAYS = "365", "How long entries of the audit are kept. What is cut leaves the sealed hash of its last entry, so that the rest can still be verified.";
        WEBHOOK_PAYLOAD_RETENTION_DAYS = "90", "How long what was posted to webhooks is kept. What is still to be delivered stays.";
        RUN_RETENTION_DAYS = "30", "How long turns of agents and decided commands are kept.";
        USAGE_RETENTION_DAYS = "400", "How long it is kept what models used and what that cost.";
        ACTIVITY_RETENTION_DAYS = "0", "How long the activity of boards and agents is kept, comments aside: check-ins, moves of tasks, what was woken. Most of a database that has run for long is this.";
        COMMENT_RETENTION_DAYS = "0", "How long after a task was done its comments are kept. The task itself stays.";
        CHAT_RETENTION_DAYS = "0", "How long messages in the chats of boards and groups are kept.";
        MEMORY_RETENTION_DAYS = "0", "How long what boards and groups remember is kept, chats aside. Agents work with it: think twice.";
    }
    "Backups (SQLite)" {
        BACKUP_SCHEDULE = "", "When the server takes a backup by itself: minute, hour, day of month, month and day of week as in cron, in UTC, such as `30 3 * * *` for every night. Unset: never. With PostgreSQL take backups by `pg_dump`.";
        BACKUP_DIR = "", "Directory of these backups, and of those that `mission-control-api backup` takes. Each holds the secrets key: only their owner can read them. Best on another disk. Default: `backups` in the data directory.";
        BACKUP_KEEP = "7", "How many backups that were taken by schedule are kept; older ones are removed after the next one was taken and looked at.";
    }
    "Gateways" {
        GATEWAY_MIN_VERSION = "2026.02.9", "Oldest OpenClaw release that may be registered, as `YYYY.M.PATCH`.";
        PROVISION_WAIT_SECONDS = "60", "How long a request waits for the job that it started; after that the answer is 202 and the job goes on.";
        GATEWAY_PRIVATE_NETWORKS = "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7", "Private networks (CIDR) in which gateways may be, separated by commas; `none` for gateways on the internet alone. Set it where people who administer an organization must not reach everything that the server reaches. Link-local, multicast and metadata addresses are refused even so.";
        GATEWAY_PATHS = "", "Paths, separated by commas, that addresses of gateways in private networks may have, such as `/openclaw` where a reverse proxy puts one. Others have none there: what answers at a path may be anything.";
    }
    "Skill packs" {
        SKILL_PACK_SOURCES = "https://github.com", "Where skill packs may come from, separated by commas: servers, or folders of them, such as `https://git.example.com/team`; `file:///srv/skills` for repositories on the worker's machine.";
        SKILL_PACK_PRIVATE_NETWORKS = "", "Private networks (CIDR) in which servers of skill packs may be, separated by commas. Link-local and metadata addresses are refused even so.";
        SKILL_PACK_MAX_BYTES = "268435456", "Largest skill pack in bytes, as it is transferred.";
        SKILL_PACK_TIMEOUT_SECONDS = "300", "Longest time that fetching and reading a skill pack may take.";
        SKILL_PACK_GIT = "git", "The git program of the worker that fetches skill packs: a name to look for in `PATH`, or a path.";
    }
    "Souls directory" {
        SOULS_DIRECTORY_URL = "https://souls.directory", "Address of the directory in which people and agents search for souls.";
    }
    "Rate limits" {
        RATE_LIMIT_BACKEND = "memory", "`memory`: each process counts for itself. `redis`: all API processes count together.";
        #[secret] RATE_LIMIT_REDIS_URL = "", "Redis of `RATE_LIMIT_BACKEND=redis`. Default: `RQ_REDIS_URL`.";
    }
    "Logs" {
        LOG_LEVEL = "INFO", "`TRACE`, `DEBUG`, `INFO`, `WARNING`, `ERROR` or `CRITICAL`.";
        LOG_FORMAT = "text", "`text` for people, `json` for machines: one object per line.";
        LOG_USE_UTC = "false", "Timestamps of log lines in UTC instead of local time.";
        REQUEST_LOG_SLOW_MS = "1000", "Requests slower than this many milliseconds are logged as warnings; 0 turns that off.";
        REQUEST_LOG_INCLUDE_HEALTH = "false", "Log the requests of `/health`, `/healthz` and `/readyz` too.";
    }
    "Traces (OpenTelemetry)" {
        OTEL_EXPORTER_OTLP_ENDPOINT = "", "Address of a collector that takes traces by OTLP over HTTP, such as `http://127.0.0.1:4318`; `/v1/traces` is appended. Unset: there are none.";
        #[secret] OTEL_EXPORTER_OTLP_HEADERS = "", "Headers for the collector, such as `authorization=Bearer%20…`: names and percent-encoded values, separated by commas.";
        OTEL_SERVICE_NAME = "", "What the processes are called in traces. Default: the name of the program, such as `mission-control-api`.";
        OTEL_TRACES_SAMPLER = "parentbased_always_on", "Which traces are kept: `always_on`, `always_off`, `traceidratio`, or one of these after `parentbased_`, with which callers that have decided already are followed.";
        OTEL_TRACES_SAMPLER_ARG = "1", "Which part of the traces `traceidratio` keeps, from 0 to 1.";
    }
}
