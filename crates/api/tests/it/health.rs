use std::time::Duration;

use diesel::RunQueryDsl;
use mission_control_store::{Db, StoreError};
use mission_control_testkit::chaos::ChaosProxy;
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::servers::RedisServer;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::json;
use url::Url;

use crate::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn liveness_needs_no_credential_and_ignores_one() {
    let server = Server::start(Backend::Sqlite).await;
    for path in ["/health", "/healthz"] {
        assert_eq!(server.stranger().get(path).expect(200).await, json!({"ok": true}));
        assert_eq!(server.stranger().user("wrong").get(path).expect(200).await, json!({"ok": true}));
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn readiness_looks_at_database_migrations_and_queue(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    // Worker and link say that they are alive soon after the start.
    let whole = async || {
        let ready = server.stranger().get("/readyz").expect(200).await;
        ready.get("degraded").is_none().then_some(ready)
    };
    let ready = wait_until("worker and link", Duration::from_secs(20), whole).await;
    assert_eq!(ready, json!({"ok": true, "database": "ok", "migrations": "ok", "queue": "ok"}));
}

/// Has every write of these tables fail as one does on a full disk, or no more.
async fn fill_the_disk(db: &Db, backend: Backend, is_full: bool) {
    let tables = ["tags", "leases"];
    let statements: Vec<String> = match (backend, is_full) {
        (Backend::Sqlite, true) => tables
            .iter()
            .flat_map(|table| {
                ["INSERT", "UPDATE"].map(|act| {
                    format!(
                        "CREATE TRIGGER full_{table}_{act} BEFORE {act} ON {table} \
                         BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                    )
                })
            })
            .collect(),
        (Backend::Sqlite, false) => tables
            .iter()
            .flat_map(|table| ["INSERT", "UPDATE"].map(|act| format!("DROP TRIGGER full_{table}_{act}")))
            .collect(),
        (Backend::Postgres, true) => std::iter::once(
            "CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file \"base/1/2\": No space left on device'; \
             END $$"
                .to_owned(),
        )
        .chain(tables.iter().map(|table| {
            format!("CREATE TRIGGER full_{table} BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION disk_is_full()")
        }))
        .collect(),
        (Backend::Postgres, false) => {
            tables.iter().map(|table| format!("DROP TRIGGER full_{table} ON {table}")).collect()
        }
    };
    db.write::<_, StoreError, _>(move |tx| {
        for statement in statements {
            diesel::sql_query(statement).execute(&mut **tx)?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_by_507_and_by_readyz_and_is_over_when_there_is_room_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let (db, user) = (server.db().await, server.user());
    let tag = |name: &str| user.post("/api/v1/tags", json!({ "name": name }));
    tag("before").expect(200).await;
    fill_the_disk(&db, backend, true).await;
    let refused = tag("meanwhile").expect(507).await;
    assert_eq!(refused["code"], "storage_full");
    assert!(refused["next_step"].as_str().unwrap().contains("room"), "{refused}");
    assert!(refused["request_id"].is_string() && !refused.to_string().contains("base/1/2"), "{refused}");
    let away = server.stranger().get("/readyz").expect(503).await;
    assert_eq!(
        (&away["ok"], &away["queue"], &away["code"]),
        (&json!(false), &json!("ok"), &json!("unavailable"))
    );
    assert!(away["database"].as_str().unwrap().contains("disk"), "{away}");
    // Reading and probes of life go on.
    assert_eq!(user.get("/api/v1/tags").expect(200).await["total"], 1);
    server.stranger().get("/healthz").expect(200).await;

    fill_the_disk(&db, backend, false).await;
    server.stranger().get("/readyz").expect(200).await;
    tag("afterwards").expect(200).await;
    assert_eq!(user.get("/api/v1/tags").expect(200).await["total"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_the_server_is_alive_and_says_what_is_missing_and_recovers() {
    let database = ScratchDatabase::empty(Backend::Postgres);
    let mut through_proxy = Url::parse(database.url()).unwrap();
    let host = through_proxy.host_str().unwrap_or_default();
    // Without a host the server is reached by its socket; it listens on the usual port too.
    let target = if host.is_empty() {
        "127.0.0.1:5432".to_owned()
    } else {
        format!("{host}:{}", through_proxy.port().unwrap_or(5432))
    };
    let proxy = ChaosProxy::start(target).await;
    through_proxy.set_query(None);
    through_proxy.set_host(Some("127.0.0.1")).unwrap();
    through_proxy.set_port(Some(proxy.address().port())).unwrap();
    if through_proxy.username().is_empty() {
        through_proxy.set_username("postgres").unwrap();
    }
    let server = Server::start_on(database, through_proxy.as_str(), &[]).await;
    server.stranger().get("/readyz").expect(200).await;

    proxy.break_down();
    let away = server.stranger().get("/readyz").send().await;
    assert_eq!(away.status, 503);
    assert_eq!(away.body["ok"], false);
    assert_eq!(away.body["queue"], "ok");
    assert_ne!(away.body["database"], "ok");
    assert!(away.body["detail"].as_str().unwrap().contains("database"));
    server.stranger().get("/healthz").expect(200).await;
    let failed = server.user().get("/api/v1/users/me").send().await;
    assert_eq!((failed.status, failed.body["code"].as_str()), (503, Some("unavailable")));
    assert!(failed.header("retry-after").is_some());

    proxy.restore();
    for path in ["/readyz", "/api/v1/users/me"] {
        let answers = async || (server.user().get(path).send().await.status == 200).then_some(());
        wait_until(path, Duration::from_secs(20), answers).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_worker_and_link_the_server_is_ready_and_names_them() {
    let Some(redis) = RedisServer::start().await else { return };
    let server = Server::start_with(Backend::Sqlite, &[("RQ_REDIS_URL", &redis.url())]).await;
    let ready = server.stranger().get("/readyz").expect(200).await;
    assert_eq!(ready["degraded"], json!(["worker", "gateway_link"]));
}
