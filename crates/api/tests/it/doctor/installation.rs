//! Faults of the settings, the database, the queue, and of what is kept in files.

use std::io::Write;
use std::net::TcpListener;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use mission_control_core::models::{OrgRole, Organization, OrganizationMember, User};
use mission_control_core::time::Timestamp;
use mission_control_fleet::doctor;
use mission_control_fleet::doctor::{apply, examine};
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{Db, DbOptions, leases, members, migrate, organizations, users};
use mission_control_testkit::servers::{PostgresServer, PostgresSetup};
use rstest::rstest;
use serde_json::json;

use super::{PATIENCE, Ward, codes, expected, settings};

/// Another key than that of the tests.
const OTHER_KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

#[tokio::test(flavor = "multi_thread")]
async fn a_ward_in_order_has_no_finding() {
    assert_eq!(Ward::new().await.codes(&[]).await, expected(&[]));
}

#[rstest]
#[case::a_base_url_to_listen_on(&[("BASE_URL", "http://0.0.0.0:8000")], &["base_url_unusable"])]
#[case::an_origin_that_no_browser_sends(&[("CORS_ORIGINS", "http://0.0.0.0:3000")], &["cors_origin_unusable"])]
#[case::mail_away(&[("SMTP_URL", "smtp://me:hidden@127.0.0.1:1"), ("MAIL_FROM", "mc@example.com")], &["mail_unreachable"])]
#[case::redis_away(&[("RQ_REDIS_URL", "redis://:hidden@127.0.0.1:1/0")], &["redis_unreachable"])]
#[case::another_key(&[("SECRETS_KEY", OTHER_KEY)], &["secrets_key_wrong"])]
#[case::a_data_directory_that_is_a_file(&[("MISSION_CONTROL_DATA_DIR", "/etc/hostname")], &["data_dir_unusable"])]
#[case::postgres_away(&[("DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/x")], &["database_unreachable"])]
#[case::no_file(&[("DATABASE_URL", "sqlite:///nowhere/at/all.db")], &["database_unreachable"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_settings_is_named_and_nothing_else(
    #[case] variables: &[(&str, &str)],
    #[case] codes: &[&'static str],
) {
    assert_eq!(Ward::new().await.codes(variables).await, expected(codes));
}

/// What is made wrong in a ward.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    NoWorker,
    NoLink,
    QueueGrows,
    DeadJobs,
    MigrationsBehind,
    MigrationsAhead,
    NoOwner,
    NoTimezone,
    OtherToken,
    PortTaken,
}

#[rstest]
#[case(Wrong::NoWorker, "no_worker")]
#[case(Wrong::NoLink, "link_absent")]
#[case(Wrong::QueueGrows, "queue_growing")]
#[case(Wrong::DeadJobs, "dead_jobs")]
#[case(Wrong::MigrationsBehind, "migrations_pending")]
#[case(Wrong::MigrationsAhead, "migrations_ahead")]
#[case(Wrong::NoOwner, "no_owner")]
#[case(Wrong::NoTimezone, "person_incomplete")]
#[case(Wrong::OtherToken, "access_token_mismatch")]
#[case(Wrong::PortTaken, "port_in_use")]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_installation_is_named_and_nothing_else(
    #[case] wrong: Wrong,
    #[case] code: &'static str,
) {
    let ward = Ward::new().await;
    let organization = ward.organization;
    let mut taken = None;
    match wrong {
        Wrong::NoWorker => ward.write(|tx| leases::release(tx, "worker:test", "test")).await,
        Wrong::NoLink => ward.write(|tx| leases::release(tx, leases::LINK, "test")).await,
        Wrong::QueueGrows | Wrong::DeadJobs => {
            let job = NewJob {
                run_at: Timestamp::now().minus(Duration::from_secs(120)),
                organization_id: Some(organization),
                ..NewJob::new("agent.wake", json!({}))
            };
            let is_dead = matches!(wrong, Wrong::DeadJobs);
            ward.write(move |tx| {
                let id = jobs::enqueue(tx, job)?;
                if is_dead {
                    let leased = jobs::lease(tx, &[id], "test", PATIENCE)?.remove(0);
                    jobs::bury(tx, id, leased.attempts, &"no".into())?;
                }
                Ok(())
            })
            .await;
        }
        Wrong::MigrationsBehind => {
            migrate::down(&DbOptions::from(&ward.settings(&[]).database), 1).await.unwrap();
        }
        Wrong::MigrationsAhead => {
            let row = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99999999999999')";
            ward.write(move |tx| Ok(tx.batch_execute(row)?)).await;
        }
        Wrong::NoOwner => {
            ward.write(|tx| organizations::insert(tx, &Organization::new("Orphans"))).await;
        }
        Wrong::NoTimezone => {
            ward.write(move |tx| {
                let user = User { name: Some("Bob".into()), ..User::new("bob") };
                users::get_or_insert(tx, &user)?;
                members::insert(tx, &OrganizationMember::new(organization, user.id, OrgRole::Member))
            })
            .await;
        }
        Wrong::OtherToken => {
            std::fs::write(ward.data.path().join("local-auth-token"), "another\n").unwrap();
        }
        Wrong::PortTaken => {
            let listener = TcpListener::bind(format!("127.0.0.1:{}", ward.port)).unwrap();
            taken = Some(std::thread::spawn(move || {
                // Once for the port, once for the address that leads to it.
                for stream in listener.incoming().take(2) {
                    let _ = stream.and_then(|mut stream| stream.write_all(b"HTTP/1.0 200 OK\r\n\r\nhello"));
                }
            }));
        }
    }
    assert_eq!(ward.codes(&[]).await, expected(&[code]));
    if let Some(thread) = taken {
        thread.join().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_is_named_and_none_is_made() {
    let ward = Ward::new().await;
    let mut settings = ward.settings(&[]);
    settings.secrets_key = None;
    assert!(codes(&settings).await.contains("secrets_key_missing"));
    assert!(!ward.data.path().join("secrets-key").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_do_no_harm_is_done_when_it_is_wanted() {
    let ward = Ward::new().await;
    let settings = ward.settings(&[]);
    migrate::down(&DbOptions::from(&settings.database), 1).await.unwrap();
    let examination = examine(&settings).await;
    let done = apply(&settings, &examination.findings).await.unwrap();
    assert_eq!(done, ["1 migration(s) applied"]);
    assert_eq!(ward.codes(&[]).await, expected(&[]));
    assert_eq!(doctor::unreadable(&[]).findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_told_apart_by_why_it_refuses() {
    let Some(mut server) = PostgresServer::start().await else { return };
    let url = server.url();
    let of = async |url: String| {
        let data = tempfile::tempdir().unwrap();
        codes(&settings(&url, &data, "1", &[])).await
    };
    assert!(of(format!("{url}?sslmode=require")).await.contains("database_tls_failed"));
    let unknown = format!("{}/nowhere", url.strip_suffix("/postgres").unwrap());
    assert!(of(unknown).await.contains("database_refused"));
    assert!(of(url.clone()).await.contains("migrations_pending"));

    server
        .set_up(&PostgresSetup {
            settings: &["max_connections=3", "superuser_reserved_connections=0", "max_wal_senders=0"],
            ..PostgresSetup::default()
        })
        .await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let (wakeups, _) = tokio::sync::mpsc::unbounded_channel();
        let db =
            Db::open(DbOptions { pool_size: 1, ..DbOptions::parse(&url).unwrap() }, wakeups).await.unwrap();
        db.ping().await.unwrap();
        held.push(db);
    }
    assert!(of(url.clone()).await.contains("database_connections_exhausted"));
    drop(held);

    let access = "hostssl all all 0.0.0.0/0 trust\n";
    server.set_up(&PostgresSetup { access: Some(access), ..PostgresSetup::default() }).await;
    assert!(of(format!("{url}?sslmode=disable")).await.contains("database_wants_tls"));
}
