//! Connecting to PostgreSQL: which server, with or without TLS, directly or through a connection pooler.

mod hold;
mod relay;
mod remedy;
mod tls;

use std::time::Duration;

use diesel::connection::{CacheSize, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use mission_control_core::config::{Endpoint, PostgresParameters, SslMode};
use rand::seq::SliceRandom;
use secrecy::ExposeSecret;

use crate::error::{StoreError, StoreResult, first_line};
use crate::options::DbOptions;
use relay::{Relay, RelayError, Target, socket_path};
pub(crate) use remedy::kind_of;
use tls::Tls;

/// Set at the start of a session: a pooler that shares sessions refuses it or keeps it to itself.
const MARK: &str = "mission_control.session";

/// How long the connection to a host may take when the parameters say nothing.
const SHORTEST_PATIENCE: Duration = Duration::from_secs(2);

/// Whose the sessions on the server are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sessions {
    /// Each connection has its own: what is set or prepared stays.
    Own,
    /// A pooler (PgBouncer) gives every transaction whichever is free: nothing outlasts a transaction.
    Shared,
}

/// Opens one connection. `known` is what earlier connections to these servers found; without it this one finds out.
///
/// # Errors
/// [`StoreError::Unavailable`] with the reason and what to do, for every server that was tried.
pub(crate) fn connect(
    parameters: &PostgresParameters,
    options: &DbOptions,
    known: Option<Sessions>,
) -> StoreResult<(PgConnection, Sessions)> {
    let mut endpoints = parameters.endpoints();
    if parameters.get("load_balance_hosts") == Some("random") {
        endpoints.shuffle(&mut rand::rng());
    }
    let passes: &[&str] = match parameters.get("target_session_attrs") {
        // libpq looks at all servers for a standby before it takes another; it sees one at a time here.
        Some("prefer-standby") => &["standby", "any"],
        Some(wanted) => &[wanted],
        None => &["any"],
    };
    let mut reasons: Vec<String> = Vec::new();
    for wanted in passes {
        for endpoint in &endpoints {
            let attempt = Attempt { parameters, options, endpoint, wanted };
            match attempt.connect(known) {
                Ok(connected) => return Ok(connected),
                Err(failure) => {
                    let reason = attempt.told(&failure);
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
            }
        }
    }
    Err(StoreError::Unavailable(reasons.join("; ")))
}

/// One server.
struct Attempt<'a> {
    parameters: &'a PostgresParameters,
    options: &'a DbOptions,
    endpoint: &'a Endpoint,
    /// libpq's `target_session_attrs`.
    wanted: &'a str,
}

/// Why one server was not connected to.
#[derive(Debug)]
enum Failed {
    /// TLS with it is not possible.
    Tls(RelayError),
    /// It, or libpq, said no.
    Libpq(String),
    /// A setting or a file cannot be used, or the relay not be set up.
    Setup(String),
}

impl Attempt<'_> {
    fn connect(&self, known: Option<Sessions>) -> Result<(PgConnection, Sessions), Failed> {
        if self.endpoint.is_local() {
            return self.with_sessions(known, false);
        }
        let mode = self.parameters.ssl_mode();
        match mode {
            SslMode::Disable => self.with_sessions(known, false),
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => self.with_sessions(known, true),
            SslMode::Allow => self.with_sessions(known, false).or_else(|failure| {
                if was_refused(&failure) {
                    self.with_sessions(known, true).map_err(|_| failure)
                } else {
                    Err(failure)
                }
            }),
            SslMode::Prefer => self.with_sessions(known, true).or_else(|failure| {
                let in_clear = matches!(&failure, Failed::Tls(RelayError::NoTls | RelayError::Handshake(_)));
                if in_clear || was_refused(&failure) {
                    self.with_sessions(known, false)
                } else {
                    Err(failure)
                }
            }),
        }
    }

    /// Connects the way that fits the sessions, finding out first whose those are.
    fn with_sessions(&self, known: Option<Sessions>, tls: bool) -> Result<(PgConnection, Sessions), Failed> {
        // Neither an abstract socket nor the owner of a socket can be asked for through the relay.
        let unrelayed = self.endpoint.host.as_deref().is_some_and(|host| host.starts_with('@'))
            || self.parameters.get("requirepeer").is_some();
        match known {
            Some(Sessions::Own) => return Ok((self.establish(tls, false, true)?, Sessions::Own)),
            None if self.endpoint.is_local() && unrelayed => {
                return Ok((self.establish(tls, false, true)?, Sessions::Own));
            }
            Some(Sessions::Shared) => return Ok((self.shared(tls)?, Sessions::Shared)),
            None => {}
        }
        let mut conn = match self.establish(tls, true, true) {
            Err(Failed::Libpq(reason)) if reason.contains("unsupported startup parameter") => {
                return Ok((self.shared(tls)?, Sessions::Shared));
            }
            outcome => outcome?,
        };
        let failed = |error: diesel::result::Error| Failed::Libpq(first_line(&error.to_string()));
        let marked = format!("current_setting('{MARK}', true) = 'own' IS TRUE");
        let is_own =
            diesel::select(diesel::dsl::sql::<Bool>(&marked)).get_result(&mut conn).map_err(failed)?;
        conn.batch_execute("COMMIT").map_err(failed)?;
        Ok(if is_own { (conn, Sessions::Own) } else { (without_memory(conn), Sessions::Shared) })
    }

    fn shared(&self, tls: bool) -> Result<PgConnection, Failed> {
        let mut conn = self.establish(tls, true, false)?;
        conn.batch_execute("COMMIT").map_err(|error| Failed::Libpq(first_line(&error.to_string())))?;
        Ok(without_memory(conn))
    }

    /// Connects: through the relay for TLS or to hold the first statements together, else directly. `settings` says whether
    /// the session's own are passed on.
    fn establish(&self, tls: bool, hold: bool, settings: bool) -> Result<PgConnection, Failed> {
        let patience = self.patience();
        let mut overrides = vec![
            ("connect_timeout", patience.as_secs().to_string()),
            ("fallback_application_name", self.options.application_name.clone()),
            ("target_session_attrs", self.wanted.to_owned()),
        ];
        if settings {
            let timeout = self.options.statement_timeout.as_millis();
            let own = self.parameters.get("options").unwrap_or_default();
            overrides.push(("options", format!("-c statement_timeout={timeout} -c {MARK}=own {own}")));
        }
        let relay = if tls || hold {
            let tls =
                tls.then(|| Tls::new(self.parameters, self.endpoint)).transpose().map_err(Failed::Setup)?;
            let target = Target { endpoint: self.endpoint.clone(), tls, hold, patience };
            let relay = Relay::open(target).map_err(Failed::Setup)?;
            overrides.extend([
                ("host", relay.host()),
                ("hostaddr", String::new()),
                ("port", "5432".to_owned()),
                ("requirepeer", String::new()),
            ]);
            overrides.extend(self.password_of_file().map(|password| ("password", password)));
            Some(relay)
        } else {
            let host = match &self.endpoint.host {
                None if self.endpoint.is_local() => {
                    socket_path(self.endpoint).parent().map(|path| path.display().to_string())
                }
                host => host.clone(),
            };
            overrides.extend([
                ("host", host.unwrap_or_default()),
                ("hostaddr", self.endpoint.address.clone().unwrap_or_default()),
                ("port", self.endpoint.port.to_string()),
            ]);
            None
        };
        let conninfo = self.parameters.for_libpq(&overrides);
        PgConnection::establish(conninfo.expose_secret()).map_err(|error| {
            match relay.and_then(|relay| relay.failure()) {
                Some(RelayError::Unreachable(reason) | RelayError::Refused(reason)) => Failed::Libpq(reason),
                Some(failure) => Failed::Tls(failure),
                None => Failed::Libpq(plain_reason(&error.to_string())),
            }
        })
    }

    fn patience(&self) -> Duration {
        let given = self.parameters.get("connect_timeout").and_then(|seconds| seconds.parse().ok());
        let given = given.filter(|seconds| *seconds > 0).map(Duration::from_secs);
        given.unwrap_or(self.options.acquire_timeout).max(SHORTEST_PATIENCE)
    }

    /// The password that libpq would find in the password file, if it knew the host behind the relay.
    fn password_of_file(&self) -> Option<String> {
        if self.parameters.get("password").is_some() {
            return None;
        }
        let path = self.parameters.file("passfile", ".pgpass")?;
        #[cfg(unix)]
        if std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&path).ok()?) & 0o077 != 0 {
            tracing::warn!(path = %path.display(), "password file ignored: others may read it, change its mode to 600");
            return None;
        }
        let host = match &self.endpoint.host {
            Some(host) if !host.starts_with('/') => host.as_str(),
            _ => self.endpoint.address.as_deref().unwrap_or("localhost"),
        };
        let user = self.parameters.get("user")?;
        let wanted =
            [host, &self.endpoint.port.to_string(), self.parameters.get("dbname").unwrap_or(user), user];
        remedy::password_for(&std::fs::read_to_string(path).ok()?, &wanted)
    }

    /// The reason for people, without a secret, with what to do.
    fn told(&self, failure: &Failed) -> String {
        let host = self.endpoint.host.as_deref().or(self.endpoint.address.as_deref()).unwrap_or("the server");
        let reason = match failure {
            Failed::Tls(RelayError::NoTls) => format!(
                "{host} speaks no TLS, and sslmode asks for it; turn it on there (`ssl = on`), or use sslmode=prefer on a \
                 network that you trust"
            ),
            Failed::Tls(
                RelayError::Handshake(reason) | RelayError::Refused(reason) | RelayError::Unreachable(reason),
            ) => format!("TLS with {host}: {reason}"),
            Failed::Setup(reason) => reason.clone(),
            Failed::Libpq(reason) => remedy::with_remedy(reason),
        };
        match self.parameters.get("password") {
            Some(password) if password.len() > 2 => reason.replace(password, "***"),
            _ => reason,
        }
    }
}

/// Whether the server itself turned the connection away, which another kind of connection may change.
fn was_refused(failure: &Failed) -> bool {
    matches!(failure, Failed::Libpq(reason) if reason.contains("FATAL") || reason.contains("pg_hba.conf"))
}

/// libpq's reason in one line, without the place of the relay.
fn plain_reason(text: &str) -> String {
    let line = first_line(text);
    match line.split_once("failed: ") {
        Some((before, reason)) if before.contains("/mc-pg-") => reason.to_owned(),
        _ => line,
    }
}

/// Statements are not kept prepared: the next transaction may have another session.
fn without_memory(mut conn: PgConnection) -> PgConnection {
    conn.set_prepared_statement_cache_size(CacheSize::Disabled);
    conn
}
