//! TLS to PostgreSQL: every mode of libpq against every kind of server.

use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Bool;
use mission_control_store::{Db, DbOptions, StoreError, migrate};
use mission_control_testkit::servers::{PostgresServer, PostgresSetup};
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A certificate and its key, in PEM form.
struct Identity {
    certificate: String,
    key: String,
}

fn params(common_name: &str, names: &[&str]) -> CertificateParams {
    let names = names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = params(name, &[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    fn sign(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        Identity { certificate, key: key.serialize_pem() }
    }
}

fn self_signed() -> Identity {
    let key = KeyPair::generate().unwrap();
    let mut params = params("localhost", &["localhost"]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Identity { certificate: params.self_signed(&key).unwrap().pem(), key: key.serialize_pem() }
}

/// Files that one connects with.
struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = directory.path().join(name);
            std::fs::write(&path, content).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        Self(directory)
    }

    fn path(&self, name: &str) -> String {
        let path: &Path = self.0.path();
        path.join(name).display().to_string()
    }
}

fn with_tls<'a>(files: &'a [(&'a str, String)], access: Option<&'a str>) -> PostgresSetup<'a> {
    PostgresSetup { files, settings: &["ssl=on", "ssl_ca_file=client-ca.crt"], access }
}

fn files(identity: &Identity, clients: &Authority) -> [(&'static str, String); 3] {
    [
        ("server.crt", identity.certificate.clone()),
        ("server.key", identity.key.clone()),
        ("client-ca.crt", clients.pem.clone()),
    ]
}

/// Whether the session is encrypted, as the server sees it.
async fn encrypted(url: &str) -> Result<bool, StoreError> {
    let db = Db::open(DbOptions::parse(url)?, unbounded_channel().0).await?;
    db.read(|conn| {
        let sql = "(SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())";
        Ok(diesel::select(diesel::dsl::sql::<Bool>(sql)).get_result(conn)?)
    })
    .await
}

const MODES: [&str; 6] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/// What each of [`MODES`] comes to: `plain`, `tls`, or words of the reason why there is no connection.
type Row = (&'static str, [&'static str; 6]);

#[tokio::test(flavor = "multi_thread")]
async fn every_mode_means_what_it_means_to_libpq_with_every_kind_of_server() {
    let Some(mut server) = PostgresServer::start().await else { panic!("PostgreSQL is not installed") };
    let (ours, strangers) = (Authority::new("ours"), Authority::new("strangers"));
    let mut expired = params("localhost", &["localhost"]);
    expired.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let mut for_clients = params("localhost", &["localhost"]);
    for_clients.extended_key_usages.push(ExtendedKeyUsagePurpose::ClientAuth);
    let good = ours.sign(&params("localhost", &["localhost"]));
    let own = self_signed();
    let (tls_only, clear_only) = ("hostssl all all all trust\n", "hostnossl all all all trust\n");
    let with_certificate = "hostssl all all all cert\n";
    let rows: Vec<(Option<&Identity>, Option<&str>, &str, Row)> = vec![
        (None, None, "ours", ("no TLS", ["plain", "plain", "plain", "ssl = on", "ssl = on", "ssl = on"])),
        (Some(&good), None, "ours", ("good", ["plain", "plain", "tls", "tls", "tls", "tls"])),
        (
            Some(&good),
            Some(tls_only),
            "ours",
            ("TLS only", ["sslmode=require", "tls", "tls", "tls", "tls", "tls"]),
        ),
        (
            Some(&good),
            Some(clear_only),
            "ours",
            ("clear only", ["plain", "plain", "plain", "pg_hba", "pg_hba", "pg_hba"]),
        ),
        (
            Some(&good),
            None,
            "none",
            ("no authority", ["plain", "plain", "tls", "tls", "set sslrootcert", "set sslrootcert"]),
        ),
        (
            Some(&good),
            None,
            "strangers",
            ("unknown CA", ["plain", "plain", "plain", "authority", "authority", "authority"]),
        ),
        (
            Some(&good),
            Some(with_certificate),
            "ours",
            ("asks for a certificate", ["pg_hba", "pg_hba", "pg_hba", "sslcert", "sslcert", "sslcert"]),
        ),
        (Some(&own), None, "own", ("self-signed", ["plain", "plain", "tls", "tls", "tls", "tls"])),
        (
            Some(&own),
            None,
            "ours",
            ("self-signed, unknown", ["plain", "plain", "plain", "CA:TRUE", "CA:TRUE", "CA:TRUE"]),
        ),
    ];
    let other_certificates = [
        ("other name", ours.sign(&params("db.example", &["db.example"])), ["tls", "tls", "db.example"]),
        ("no name", ours.sign(&params("localhost", &[])), ["tls", "tls", "subjectAltName=DNS:localhost"]),
        ("expired", ours.sign(&expired), ["expired", "expired", "expired"]),
        ("for clients", ours.sign(&for_clients), ["serverAuth", "serverAuth", "serverAuth"]),
    ];
    let authorities =
        Files::new(&[("ours", &ours.pem), ("strangers", &strangers.pem), ("own", &own.certificate)]);
    let mut wrong = Vec::new();
    let mut look = async |kind: &str, url: &str, authority: &str, expected: &[(&str, &str)]| {
        for (mode, expected) in expected {
            let root = match authority {
                "none" => String::new(),
                name => format!("&sslrootcert={}", authorities.path(name)),
            };
            let found = match encrypted(&format!("{url}?sslmode={mode}{root}")).await {
                Ok(true) => "tls".to_owned(),
                Ok(false) => "plain".to_owned(),
                Err(error) => error.to_string(),
            };
            let fits = if matches!(*expected, "tls" | "plain") {
                found == *expected
            } else {
                found.contains(expected)
            };
            if !fits {
                wrong.push(format!("{kind}, {mode}: {found} instead of {expected}"));
            }
        }
    };
    let url = format!("postgresql://postgres@localhost:{}/postgres", server.port());
    for (identity, access, authority, (kind, expected)) in rows {
        let files = identity.map(|identity| files(identity, &ours)).unwrap_or_default();
        let setup = match identity {
            Some(_) => with_tls(&files, access),
            None => PostgresSetup { files: &[], settings: &[], access },
        };
        server.set_up(&setup).await;
        let expected: Vec<_> = MODES.into_iter().zip(expected).collect();
        look(kind, &url, authority, &expected).await;
    }
    for (kind, identity, expected) in &other_certificates {
        server.set_up(&with_tls(&files(identity, &ours), None)).await;
        let expected: Vec<_> = MODES.into_iter().skip(3).zip(expected.iter().copied()).collect();
        look(kind, &url, "ours", &expected).await;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_known_by_its_certificate_and_everything_goes_over_tls() {
    let ours = Authority::new("ours");
    let identity = ours.sign(&params("localhost", &["localhost"]));
    let server_files = files(&identity, &ours);
    let setup = with_tls(&server_files, Some("hostssl all all all cert\n"));
    let Some(server) = PostgresServer::start_with(&setup).await else {
        panic!("PostgreSQL is not installed")
    };
    let (client, other) = (ours.sign(&params("postgres", &[])), ours.sign(&params("somebody", &[])));
    let files = Files::new(&[
        ("ca", &ours.pem),
        ("cert", &client.certificate),
        ("key", &client.key),
        ("other-cert", &other.certificate),
        ("other-key", &other.key),
        ("sealed", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n"),
        ("open", &client.key),
    ]);
    std::fs::set_permissions(files.path("open"), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .unwrap();
    let url = |cert: &str, key: &str| {
        let (ca, cert, key) = (files.path("ca"), files.path(cert), files.path(key));
        let port = server.port();
        format!(
            "host=absent.invalid,localhost port={port} user=postgres dbname=postgres sslmode=verify-full \
             sslrootcert={ca} sslcert={cert} sslkey={key}"
        )
    };
    for (cert, key, reason) in [
        ("other-cert", "other-key", "certificate that was made for this user"),
        ("cert", "other-key", "cannot be used together"),
        ("cert", "sealed", "passphrase"),
        ("cert", "open", "chmod 600"),
        ("cert", "absent", "absent"),
        ("ca", "ca", "no private key"),
    ] {
        let told = encrypted(&url(cert, key)).await.unwrap_err().to_string();
        assert!(told.contains(reason), "{cert} and {key}: {told}");
    }

    let options = DbOptions::parse(&url("cert", "key")).unwrap();
    assert!(!migrate::up(&options).await.unwrap().is_empty());
    assert_eq!(migrate::status(&options).await.unwrap().pending, Vec::<String>::new());
    assert!(encrypted(&url("cert", "key")).await.unwrap());
}

#[tokio::test]
async fn what_tls_never_reaches_is_told_with_a_remedy() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let told = async |url: String| encrypted(&url).await.unwrap_err().to_string();
    let silent =
        told(format!("postgresql://me:hunter2@127.0.0.1:{port}/x?sslmode=require&connect_timeout=2")).await;
    assert!(silent.contains("firewalls"), "{silent}");
    let accepted = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        while let Ok((mut stream, _)) = listener.accept().await {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        }
    });
    let http = told(format!("postgresql://me:hunter2@127.0.0.1:{port}/x?sslmode=require")).await;
    assert!(http.contains("no PostgreSQL server"), "{http}");
    accepted.abort();
    let refused = told("postgresql://me:hunter2@127.0.0.1:1/x?sslmode=require".to_owned()).await;
    assert!(refused.contains("start the server"), "{refused}");
    let unnamed =
        told("postgresql://me:hunter2@127.0.0.1:1/x?sslmode=require&sslrootcert=/absent".to_owned()).await;
    assert!(unnamed.contains("/absent"), "{unnamed}");
    for text in [silent, http, refused, unnamed] {
        assert!(!text.contains("hunter2") && !text.contains("mc-pg-") && !text.contains('\n'), "{text}");
    }
}

/// The figures of docs/performance.md: `cargo nextest run -p mission-control-store --run-ignored only --no-capture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and proves nothing"]
async fn figures_of_the_same_statements_with_and_without_tls() {
    let ours = Authority::new("ours");
    let identity = ours.sign(&params("localhost", &["localhost"]));
    let Some(server) = PostgresServer::start_with(&with_tls(&files(&identity, &ours), None)).await else {
        return;
    };
    let authority = Files::new(&[("ca", &ours.pem)]);
    let url = format!("postgresql://postgres@localhost:{}/postgres", server.port());
    let verified = format!("{url}?sslmode=verify-full&sslrootcert={}", authority.path("ca"));
    for (name, url) in [("plain", format!("{url}?sslmode=disable")), ("TLS", verified)] {
        let options = DbOptions::parse(&url).unwrap();
        let started = std::time::Instant::now();
        for _ in 0..50 {
            migrate::status(&options).await.unwrap();
        }
        let connect = started.elapsed() / 50;
        let db = Db::open(options, unbounded_channel().0).await.unwrap();
        let run = async |count: u32, sql: &'static str| {
            let started = std::time::Instant::now();
            db.read::<_, StoreError, _>(move |conn| {
                for _ in 0..count {
                    diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>(sql))
                        .get_result::<String>(conn)?;
                }
                Ok(())
            })
            .await
            .unwrap();
            started.elapsed() / count
        };
        run(200, "'warm'").await;
        let (small, large) = (run(5000, "'x'").await, run(100, "repeat('x', 1000000)").await);
        println!(
            "{name}: connect and ask 3 times {connect:?}, a small statement {small:?}, one of 1 MB {large:?}"
        );
    }
}
