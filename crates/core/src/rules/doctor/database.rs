//! Findings about the database.

use std::time::Duration;

use super::{Finding, FindingCode, Fix, Subject};
use crate::config::Fault;

/// A statement that takes longer on average is slow.
pub const SLOW: Duration = Duration::from_millis(500);
/// Clocks that differ by more confuse leases and deadlines.
const SKEW: Duration = Duration::from_secs(10);

/// Why there is no connection to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// User, password, name of the database, or the server's list of who may come from where.
    Access,
    /// The server wants TLS.
    WantsTls,
    /// TLS was asked for and did not come about.
    TlsFailed,
    /// The server has no connection left.
    Exhausted,
    /// It takes no writes.
    ReadOnly,
    /// It is not there, or not yet, or not any more.
    Away,
}

/// What is seen of the connections to the database's server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// In use, of all programs together.
    pub used: i64,
    /// At most.
    pub most: i64,
}

/// A statement of which the database keeps figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its beginning, without values.
    pub text: String,
    /// How often it ran.
    pub calls: i64,
    /// How long it took on average.
    pub mean_ms: f64,
}

/// What is seen of a database that answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    /// Its address without a password.
    pub location: String,
    /// Names of migrations that it lacks.
    pub pending: Vec<String>,
    /// Migrations that this program does not know.
    pub unknown: Vec<String>,
    /// Connections of its server, if it has one.
    pub connections: Option<Connections>,
    /// Statements that make the indexes which it lacks.
    pub missing_indexes: Vec<String>,
    /// Its slow statements.
    pub slow: Vec<Statement>,
    /// By how much its clock differs from this machine's.
    pub skew: Duration,
}

/// Settings that cannot be used.
pub fn settings(faults: &[Fault]) -> Vec<Finding> {
    let finding = |fault: &Fault| {
        let code = match fault.variable {
            "DATABASE_URL" => FindingCode::DatabaseUrlInvalid,
            "LOCAL_AUTH_TOKEN" => FindingCode::AccessTokenUnusable,
            _ => FindingCode::SettingsInvalid,
        };
        let cause = "No process starts while a setting breaks its rule";
        let evidence = format!("{}: {}", fault.variable, fault.rule);
        Finding::new(code, Subject::Installation, evidence, cause, format!("{}.", fault.fix))
    };
    faults.iter().map(finding).collect()
}

/// Why it cannot be used.
pub fn refused(location: &str, refusal: Refusal, reason: &str) -> Finding {
    let (code, cause, remedy) = match refusal {
        Refusal::Access => (
            FindingCode::DatabaseRefused,
            "The server answers and turns this connection away",
            "Correct user, password and database in DATABASE_URL, or let them in by the server's pg_hba.conf.",
        ),
        Refusal::WantsTls => (
            FindingCode::DatabaseWantsTls,
            "The server takes connections with TLS only, and sslmode rules it out",
            "Put sslmode=require into DATABASE_URL, or better sslmode=verify-full with sslrootcert.",
        ),
        Refusal::TlsFailed => (
            FindingCode::DatabaseTlsFailed,
            "sslmode asks for TLS, and no protected connection came about",
            "Turn TLS on at the server, name its authority by sslrootcert, or use sslmode=prefer on a network that you trust.",
        ),
        Refusal::Exhausted => (
            FindingCode::DatabaseConnectionsExhausted,
            "Programs hold more connections than the server has",
            "Lower DATABASE_POOL_SIZE of each process, or raise max_connections on the server.",
        ),
        Refusal::ReadOnly => (
            FindingCode::DatabaseReadOnly,
            "Nothing can be written to it",
            "Make room on its disk; where it is a standby, name the primary in DATABASE_URL.",
        ),
        Refusal::Away => (
            FindingCode::DatabaseUnreachable,
            "Nothing works without the database",
            "Start the database, or correct DATABASE_URL (with SQLite: MISSION_CONTROL_DATA_DIR, or start the server once).",
        ),
    };
    Finding::new(code, Subject::Installation, format!("{location}: {reason}"), cause, remedy)
}

/// What is wrong with a database that answers.
pub fn findings(seen: &Seen) -> Vec<Finding> {
    let about = |code, evidence: String, cause: &str, remedy: &str| {
        Finding::new(code, Subject::Installation, evidence, cause, remedy)
    };
    let mut found = Vec::new();
    if let Some(first) = seen.pending.first() {
        let evidence = format!("{} lacks {} migration(s), first {first}", seen.location, seen.pending.len());
        let cause = "The schema is older than this program";
        let remedy = "Run `mission-control-api migrate up`, after a backup.";
        found.push(about(FindingCode::MigrationsPending, evidence, cause, remedy).fixed_by(Fix::Migrate));
    }
    if let Some(last) = seen.unknown.last() {
        let evidence = format!("{} has migration {last}, which this program does not know", seen.location);
        let cause = "A newer release has used this database";
        let remedy = "Run that release, or let it take its migrations back (`migrate down`) first.";
        found.push(about(FindingCode::MigrationsAhead, evidence, cause, remedy));
    }
    if let Some(Connections { used, most }) = seen.connections
        && most > 0
        && used * 10 >= most * 9
    {
        let evidence = format!("{used} of {most} connections of the database's server are in use");
        let cause = "Further ones are refused soon, and requests then fail with 503";
        let remedy = "Lower DATABASE_POOL_SIZE of each process, or raise max_connections on the server.";
        found.push(about(FindingCode::DatabaseConnectionsExhausted, evidence, cause, remedy));
    }
    if !seen.missing_indexes.is_empty() {
        let evidence = format!(
            "{} of its indexes are missing: {}",
            seen.missing_indexes.len(),
            seen.missing_indexes.join("; ")
        );
        let cause =
            "Somebody dropped them, or another program made its tables; lists become slow as they grow";
        let remedy = "Run these statements in the database; on PostgreSQL with `CREATE INDEX CONCURRENTLY` nobody waits for it.";
        found.push(about(FindingCode::MissingIndexes, evidence, cause, remedy));
    }
    if let Some(worst) = seen.slow.first() {
        let evidence = format!(
            "{} statement(s) take {} ms or more on average; the costliest {:.0} ms in {} runs: {}",
            seen.slow.len(),
            SLOW.as_millis(),
            worst.mean_ms,
            worst.calls,
            worst.text
        );
        let cause = "The database is slow, or lacks an index for what is asked";
        let remedy = "Look at its load and memory, run VACUUM ANALYZE, and begin the figures anew with \
                      `SELECT pg_stat_statements_reset()`.";
        found.push(about(FindingCode::SlowStatements, evidence, cause, remedy));
    }
    if seen.skew > SKEW {
        let evidence = format!("the clocks differ by {} s", seen.skew.as_secs());
        let cause = "Leases and deadlines are told by the clocks of all machines together";
        let remedy = "Synchronise the clocks of this machine and of the database's, by NTP.";
        found.push(about(FindingCode::DatabaseClockSkew, evidence, cause, remedy));
    }
    found
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn healthy() -> Seen {
        let connections = Some(Connections { used: 10, most: 100 });
        Seen { location: "postgresql://db/mc".to_owned(), connections, ..Seen::default() }
    }

    #[test]
    fn a_database_in_order_has_no_finding() {
        assert_eq!(findings(&healthy()), []);
        assert_eq!(findings(&Seen::default()), []);
    }

    #[rstest]
    #[case(Seen { pending: vec!["7_x".to_owned()], ..healthy() }, FindingCode::MigrationsPending)]
    #[case(Seen { unknown: vec!["99".to_owned()], ..healthy() }, FindingCode::MigrationsAhead)]
    #[case(Seen { connections: Some(Connections { used: 90, most: 100 }), ..healthy() }, FindingCode::DatabaseConnectionsExhausted)]
    #[case(Seen { slow: vec![Statement { text: "SELECT".to_owned(), calls: 3, mean_ms: 900.0 }], ..healthy() }, FindingCode::SlowStatements)]
    #[case(Seen { missing_indexes: vec!["CREATE INDEX a ON b (c)".to_owned()], ..healthy() }, FindingCode::MissingIndexes)]
    #[case(Seen { skew: Duration::from_secs(11), ..healthy() }, FindingCode::DatabaseClockSkew)]
    fn each_fault_is_named_alone(#[case] seen: Seen, #[case] code: FindingCode) {
        let found = findings(&seen);
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code]);
    }

    #[test]
    fn a_fault_of_a_setting_is_named_by_what_it_is_about() {
        let fault = |variable| Fault { variable, rule: "no".to_owned(), fix: "Do".to_owned() };
        let found = settings(&[fault("DATABASE_URL"), fault("LOCAL_AUTH_TOKEN"), fault("PORT")]);
        let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
        let expected =
            [FindingCode::DatabaseUrlInvalid, FindingCode::AccessTokenUnusable, FindingCode::SettingsInvalid];
        assert_eq!(codes, expected);
    }
}
