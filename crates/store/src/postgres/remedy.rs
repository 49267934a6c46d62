//! What to do about the reasons that PostgreSQL gives for turning a connection away, and its password file.

use mission_control_core::rules::doctor::database::Refusal;

/// Words of reasons, and what kind of refusal they tell of. What is not among them is a server that is away.
const KINDS: &[(&str, Refusal)] = &[
    ("speaks no TLS", Refusal::TlsFailed),
    ("TLS with ", Refusal::TlsFailed),
    ("no encryption", Refusal::WantsTls),
    ("authentication failed", Refusal::Access),
    ("no password supplied", Refusal::Access),
    ("valid client certificate", Refusal::Access),
    ("pg_hba.conf", Refusal::Access),
    ("does not exist", Refusal::Access),
    ("no such database", Refusal::Access),
    ("too many clients", Refusal::Exhausted),
    ("remaining connection slots", Refusal::Exhausted),
    ("too many connections for", Refusal::Exhausted),
    ("no more connections allowed", Refusal::Exhausted),
    ("session is read-only", Refusal::ReadOnly),
];

/// What kind of refusal a reason tells of.
pub(crate) fn kind_of(reason: &str) -> Refusal {
    KINDS.iter().find(|(words, _)| reason.contains(words)).map_or(Refusal::Away, |(_, kind)| *kind)
}

/// Words of a reason, and what to do about it.
const REMEDIES: &[(&str, &str)] = &[
    (
        "password authentication failed",
        "correct the user and the password in DATABASE_URL; there, `@ : / ? %` in a password are written `%40 %3A %2F %3F %25`",
    ),
    ("no password supplied", "put the password into DATABASE_URL, or set PGPASSWORD"),
    (
        "connection requires a valid client certificate",
        "name the client's certificate and key by sslcert and sslkey",
    ),
    ("certificate authentication failed", "use the certificate that was made for this user of the database"),
    ("no encryption", "the server wants TLS: use sslmode=require, or better verify-full with sslrootcert"),
    ("pg_hba.conf", "allow this user, database and address in the server's pg_hba.conf"),
    ("too many clients", "lower DATABASE_POOL_SIZE of each process, or raise max_connections on the server"),
    (
        "remaining connection slots",
        "lower DATABASE_POOL_SIZE of each process, or raise max_connections on the server",
    ),
    (
        "too many connections for",
        "lower DATABASE_POOL_SIZE of each process, or raise the limit of this role or database",
    ),
    (
        "no more connections allowed",
        "lower DATABASE_POOL_SIZE of each process, or raise max_client_conn of the pooler",
    ),
    ("starting up", "wait until it is up; connections are tried again"),
    ("shutting down", "start it again; connections are tried again"),
    ("recovery mode", "wait until it has recovered; connections are tried again"),
    ("not yet accepting connections", "wait until it is up; connections are tried again"),
    ("session is read-only", "name the primary in DATABASE_URL; this server is a standby or read-only"),
    ("statement pooling", "set `pool_mode = transaction` for this database in PgBouncer"),
    ("no such database", "add the database to the [databases] of PgBouncer"),
    ("unsupported startup parameter", "take `options` out of DATABASE_URL: the pooler does not pass them on"),
    ("could not translate host name", "correct the host in DATABASE_URL"),
    ("failed to lookup address", "correct the host in DATABASE_URL"),
    ("Connection refused", "start the server, or correct host and port in DATABASE_URL"),
    (
        "No such file or directory",
        "start the server, or name the directory of its socket: `?host=/run/postgresql`",
    ),
    ("does not answer within", "check the host, the port and firewalls between here and there"),
    ("timeout expired", "check the host, the port and firewalls between here and there"),
];

/// The reason, and after a semicolon what to do about it where that is known.
pub(super) fn with_remedy(reason: &str) -> String {
    let missing = reason.contains("does not exist");
    let remedy = match reason {
        _ if missing && reason.contains("database \"") => {
            Some("create it (`createdb`), or correct the name in DATABASE_URL")
        }
        _ if missing && reason.contains("role \"") => {
            Some("create it (`createuser`), or correct the user in DATABASE_URL")
        }
        _ => REMEDIES.iter().find(|(words, _)| reason.contains(words)).map(|(_, remedy)| *remedy),
    };
    remedy.map_or_else(|| reason.to_owned(), |remedy| format!("{reason}; {remedy}"))
}

/// The password of the first line of a password file (`host:port:database:user:password`, `*` for any) that fits.
pub(super) fn password_for(file: &str, wanted: &[&str; 4]) -> Option<String> {
    file.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = fields(line);
        let password = (fields.len() == 5).then(|| fields.pop())??;
        let fits = fields.iter().zip(wanted).all(|((raw, field), wanted)| raw == "*" || field == wanted);
        fits.then_some(password.1)
    })
}

/// The fields of a line as they are written and as they are meant: a backslash takes a colon or a backslash as it is.
fn fields(line: &str) -> Vec<(String, String)> {
    let mut fields = vec![(String::new(), String::new())];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == ':' && fields.len() < 5 {
            fields.push((String::new(), String::new()));
            continue;
        }
        let meant = if c == '\\' { chars.next() } else { Some(c) };
        if let Some((raw, field)) = fields.last_mut() {
            raw.push(c);
            field.extend(meant);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_reason_has_a_remedy() {
        for reason in [
            "FATAL:  password authentication failed for user \"mc\"",
            "FATAL:  database \"mc\" does not exist",
            "FATAL:  role \"mc\" does not exist",
            "FATAL:  sorry, too many clients already",
            "FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute",
            "FATAL:  the database system is starting up",
            "FATAL:  no pg_hba.conf entry for host \"10.0.0.1\", user \"mc\", database \"mc\", no encryption",
            "session is read-only",
        ] {
            assert!(with_remedy(reason).len() > reason.len() + 2, "{reason}");
        }
        assert_eq!(with_remedy("something new"), "something new");
    }

    #[test]
    fn a_reason_tells_its_kind() {
        for (reason, kind) in [
            ("FATAL:  password authentication failed for user \"mc\"", Refusal::Access),
            ("FATAL:  database \"mc\" does not exist; create it", Refusal::Access),
            ("FATAL:  no pg_hba.conf entry for host \"10.0.0.1\", no encryption", Refusal::WantsTls),
            ("FATAL:  no pg_hba.conf entry for host \"10.0.0.1\", SSL encryption", Refusal::Access),
            ("db speaks no TLS, and sslmode asks for it", Refusal::TlsFailed),
            ("TLS with db: the certificate has expired", Refusal::TlsFailed),
            ("FATAL:  sorry, too many clients already", Refusal::Exhausted),
            ("session is read-only", Refusal::ReadOnly),
            ("Connection refused", Refusal::Away),
        ] {
            assert_eq!(kind_of(reason), kind, "{reason}");
        }
    }

    #[test]
    fn the_password_file_is_read_as_libpq_does() {
        let file =
            "# comment\nother:5432:mc:me:no\ndb:5432:mc:me:s\\:e\\\\c:ret\n*:*:*:me:any\n\\*:*:*:*:star\n";
        let password = |wanted| password_for(file, &wanted);
        assert_eq!(password(["db", "5432", "mc", "me"]).as_deref(), Some("s:e\\c:ret"));
        assert_eq!(password(["db", "5433", "mc", "me"]).as_deref(), Some("any"));
        assert_eq!(password(["*", "1", "mc", "you"]).as_deref(), Some("star"));
        assert_eq!(password(["db", "5432", "mc", "you"]), None);
    }
}
