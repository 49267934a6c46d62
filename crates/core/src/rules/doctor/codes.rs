//! Everything that the doctor can find, in one table: a row is a code, and a line of `docs/troubleshooting.md`.

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something does not work.
    Error,
    /// Something will not, or works badly.
    Warning,
}

macro_rules! findings {
    ($( $(#[doc = $meaning:literal])+ $name:ident = $text:literal, $severity:ident; )+) => {
        /// What was found. The text never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingCode {
            $( $(#[doc = $meaning])+ $name, )+
        }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The text in answers.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$name => $text, )+
                }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self {
                    $( Self::$name => Severity::$severity, )+
                }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $( Self::$name => concat!($($meaning),+), )+
                }
            }
        }
    };
}

findings! {
    /// A setting breaks its rule: no process starts with it.
    SettingsInvalid = "settings_invalid", Error;
    /// `DATABASE_URL` has no form that can be read.
    DatabaseUrlInvalid = "database_url_invalid", Error;
    /// `LOCAL_AUTH_TOKEN` is too short, or a placeholder.
    AccessTokenUnusable = "access_token_unusable", Error;
    /// The database does not answer, or its file is not there.
    DatabaseUnreachable = "database_unreachable", Error;
    /// The database turned this user, password or database name away.
    DatabaseRefused = "database_refused", Error;
    /// The database server takes connections with TLS only, and `sslmode` rules it out.
    DatabaseWantsTls = "database_wants_tls", Error;
    /// `sslmode` asks for TLS, and the server speaks none or shows a certificate that is not believed.
    DatabaseTlsFailed = "database_tls_failed", Error;
    /// The database has no connection left, or nearly none.
    DatabaseConnectionsExhausted = "database_connections_exhausted", Error;
    /// The database takes no writes: a standby, or a full disk.
    DatabaseReadOnly = "database_read_only", Error;
    /// The schema is older than this program.
    MigrationsPending = "migrations_pending", Error;
    /// The schema is newer than this program.
    MigrationsAhead = "migrations_ahead", Error;
    /// The database lacks indexes that its migrations make.
    MissingIndexes = "missing_indexes", Warning;
    /// Statements of the database take long.
    SlowStatements = "slow_statements", Warning;
    /// The clocks of this machine and of the database's differ.
    DatabaseClockSkew = "database_clock_skew", Warning;
    /// Redis does not answer.
    RedisUnreachable = "redis_unreachable", Error;
    /// No worker is alive: nothing that is asked for is done.
    NoWorker = "no_worker", Error;
    /// No gateway link is alive: nobody sees what becomes of gateways.
    LinkAbsent = "link_absent", Error;
    /// Jobs have been waiting for long although a worker is alive.
    QueueGrowing = "queue_growing", Warning;
    /// Jobs failed for good within the last day.
    DeadJobs = "dead_jobs", Warning;
    /// A gateway cannot be reached.
    GatewayUnreachable = "gateway_unreachable", Error;
    /// A gateway answers and does not let this installation in.
    GatewayRefused = "gateway_refused", Error;
    /// A gateway waits for somebody to approve this installation.
    GatewayPairingRequired = "gateway_pairing_required", Error;
    /// A gateway gave the connection no scopes (`missing scope: operator.read`).
    GatewayScopeMissing = "gateway_scope_missing", Error;
    /// A gateway is older than `GATEWAY_MIN_VERSION`.
    GatewayTooOld = "gateway_too_old", Error;
    /// The clocks of this machine and of a gateway's differ.
    GatewayClockSkew = "gateway_clock_skew", Error;
    /// Agents (`mc-…`, `lead-…`) are not on their gateway any more.
    GatewayAgentsMissing = "gateway_agents_missing", Warning;
    /// A gateway takes a workspace file for none of its own that agents cannot do without.
    GatewayFilesUnsupported = "gateway_files_unsupported", Error;
    /// Agents are told to call `BASE_URL`, which leads to their own machine and not to this one.
    BaseUrlNotForGateway = "base_url_not_for_gateway", Error;
    /// An agent is given up on.
    AgentFailed = "agent_failed", Error;
    /// An agent has been on its way for too long.
    AgentStuck = "agent_stuck", Error;
    /// An agent has not checked in for too long.
    AgentSilent = "agent_silent", Warning;
    /// An agent's workspace names another `BASE_URL`.
    AgentBaseUrlWrong = "agent_base_url_wrong", Error;
    /// The token in an agent's workspace is not the agent's.
    AgentTokenWrong = "agent_token_wrong", Error;
    /// Tasks in progress stay with an agent that does nothing, or nobody answers what becomes of them.
    TasksStale = "tasks_stale", Warning;
    /// `BASE_URL` is no address that anybody can call.
    BaseUrlUnusable = "base_url_unusable", Error;
    /// Nothing answers at `BASE_URL`, seen from this machine.
    BaseUrlUnreachable = "base_url_unreachable", Warning;
    /// The mail server of `SMTP_URL` does not answer, or turns this installation away.
    MailUnreachable = "mail_unreachable", Warning;
    /// `CORS_ORIGINS` has an origin that no browser sends.
    CorsOriginUnusable = "cors_origin_unusable", Warning;
    /// Another program listens on the port.
    PortInUse = "port_in_use", Error;
    /// No server listens on the port.
    ServerDown = "server_down", Error;
    /// The disk is full, or nearly.
    DiskFull = "disk_full", Error;
    /// There is little memory left.
    MemoryScarce = "memory_scarce", Warning;
    /// The data directory cannot be read or written.
    DataDirUnusable = "data_dir_unusable", Error;
    /// The key that seals secrets is not there, and the database has sealed ones.
    SecretsKeyMissing = "secrets_key_missing", Error;
    /// The key that seals secrets is not the one that the database was used with.
    SecretsKeyWrong = "secrets_key_wrong", Error;
    /// `LOCAL_AUTH_TOKEN` and the file in the data directory hold different tokens.
    AccessTokenMismatch = "access_token_mismatch", Warning;
    /// The last backup by schedule failed.
    BackupFailed = "backup_failed", Error;
    /// No backup was taken when one was due.
    BackupOverdue = "backup_overdue", Warning;
    /// An organization has no owner.
    NoOwner = "no_owner", Error;
    /// A person has no name or no time zone, and is asked for it at every visit.
    PersonIncomplete = "person_incomplete", Warning;
    /// Something could not be looked at.
    CheckFailed = "check_failed", Warning;
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
