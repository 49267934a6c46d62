//! Transactions: all or nothing, announced after the fact, and no update lost.

use diesel::prelude::*;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{AgentChanges, Organization, User};
use mission_control_core::reason::Reason;
use mission_control_core::wakeup::Wakeup;
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{Conn, StoreError, agents, event_log, organizations, users};
use mission_control_testkit::log;
use rstest::rstest;
use serde_json::json;

use super::support::{Backend, fixture, tenant};

#[rstest]
#[tokio::test]
async fn nothing_of_a_failed_write_remains_or_is_announced(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let organization = Organization::new("Acme");
    let id = organization.id;
    let failed = fixture
        .db
        .write::<(), _, _>(move |tx| {
            organizations::insert(tx, &organization)?;
            jobs::enqueue(tx, NewJob::new("test", json!(null)))?;
            tx.append(log::entry(None, "tag.updated", json!(null)));
            Err(StoreError::NotFound("courage"))
        })
        .await;
    assert!(matches!(failed, Err(StoreError::NotFound("courage"))));
    assert_eq!(fixture.announced(), []);
    assert_eq!(fixture.db.read(move |conn| organizations::find(conn, id)).await.unwrap(), None);
    assert_eq!(fixture.db.read(event_log::last_seq).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn a_panicking_write_leaves_nothing_behind_and_the_pool_usable(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let organization = Organization::new("Acme");
    let id = organization.id;
    let db = fixture.db.clone();
    let crashed = tokio::spawn(async move {
        db.write::<(), StoreError, _>(move |tx| {
            organizations::insert(tx, &organization)?;
            jobs::enqueue(tx, NewJob::new("test", json!(null)))?;
            panic!("a defect")
        })
        .await
    });
    assert!(crashed.await.unwrap_err().is_panic());
    assert_eq!(fixture.announced(), []);
    for _ in 0..fixture.db.options().pool_size + 1 {
        assert_eq!(fixture.db.read(move |conn| organizations::find(conn, id)).await.unwrap(), None);
    }
}

#[rstest]
#[tokio::test]
async fn a_write_is_announced_once_it_is_visible(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let id = fixture
        .db
        .write::<_, StoreError, _>(|tx| {
            tx.append(log::entry(None, "tag.created", json!(1)));
            tx.append(log::entry(None, "tag.updated", json!(2)));
            jobs::enqueue(tx, NewJob::new("test", json!(null)))
        })
        .await
        .unwrap();
    let job = fixture.db.read(move |conn| jobs::find(conn, id)).await.unwrap().unwrap();
    assert_eq!(
        fixture.announced(),
        [
            Wakeup::JobQueued { id, lane: job.lane, run_at: job.run_at },
            Wakeup::Event { seq: fixture.db.read(event_log::last_seq).await.unwrap() },
        ]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn concurrent_changes_of_a_locked_row_lose_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const WRITERS: i32 = 8;
    const EACH: i32 = 20;
    let fixture = fixture(backend).await;
    let id = tenant(&fixture.db, "acme").await.lead.id;
    let writers = (0..WRITERS).map(|_| {
        let db = fixture.db.clone();
        tokio::spawn(async move {
            for _ in 0..EACH {
                db.write::<_, StoreError, _>(move |tx| {
                    let agent = agents::lock(tx, id)?.ok_or(StoreError::NotFound("agent"))?;
                    let changes = AgentChanges {
                        wake_attempts: Some(agent.wake_attempts + 1),
                        ..AgentChanges::default()
                    };
                    agents::update(tx, id, &changes)
                })
                .await
                .unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let agent = fixture.db.read(move |conn| agents::find(conn, id)).await.unwrap().unwrap();
    assert_eq!(agent.wake_attempts, WRITERS * EACH);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn first_requests_at_once_make_one_user(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let requests = (0..8).map(|_| {
        let db = fixture.db.clone();
        tokio::spawn(async move {
            db.write::<_, StoreError, _>(|tx| users::get_or_insert(tx, &User::new("local-auth-user")))
                .await
                .unwrap()
                .id
        })
    });
    let mut ids = Vec::new();
    for request in requests.collect::<Vec<_>>() {
        ids.push(request.await.unwrap());
    }
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[rstest]
#[tokio::test]
async fn errors_name_what_was_violated(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "acme").await;
    let organization = rows.organization.clone();
    let duplicate = fixture.db.write(move |tx| organizations::insert(tx, &organization)).await.unwrap_err();
    let StoreError::Duplicate { constraint } = &duplicate else { panic!("{duplicate:?}") };
    assert!(constraint.contains("organizations"), "{constraint}");

    let mut board = rows.board.clone();
    board.id = mission_control_core::id::BoardId::random();
    board.gateway_id = Some(mission_control_core::id::GatewayId::random());
    let dangling =
        fixture.db.write(move |tx| mission_control_store::boards::insert(tx, &board)).await.unwrap_err();
    assert!(matches!(dangling, StoreError::ForeignKey { .. }), "{dangling:?}");
}

#[rstest]
#[tokio::test]
async fn a_failed_statement_dooms_its_transaction_even_when_its_error_is_swallowed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let (kept, other) = (Organization::new("Acme"), Organization::new("Other"));
    let id = other.id;
    let outcome = fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            organizations::insert(tx, &kept)?;
            jobs::enqueue(tx, NewJob::new("test", json!(null)))?;
            let _ = organizations::insert(tx, &kept);
            Ok(())
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::Aborted)), "{outcome:?}");
    assert_eq!(fixture.announced(), []);
    fixture.db.write(move |tx| organizations::insert(tx, &other)).await.unwrap();
    let left = fixture.db.read(organizations_in).await.unwrap();
    assert_eq!(left, [id]);
}

fn organizations_in(conn: &mut Conn) -> Result<Vec<OrganizationId>, StoreError> {
    use mission_control_core::schema::organizations;
    Ok(organizations::table.select(organizations::id).load(conn)?)
}

#[rstest]
#[tokio::test]
async fn times_sort_as_times_whatever_their_fraction(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    use mission_control_core::schema::organizations::dsl;
    let fixture = fixture(backend).await;
    let times =
        ["2026-01-01T00:00:00", "2026-01-01T00:00:00.000001", "2026-01-01T00:00:00.5", "2026-01-01T00:00:01"];
    let found = fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            for time in times.iter().rev() {
                let mut organization = Organization::new(*time);
                organization.created_at = time.parse().unwrap();
                organizations::insert(tx, &organization)?;
            }
            let half: mission_control_core::time::Timestamp = times[2].parse().unwrap();
            let all = dsl::organizations
                .order(dsl::created_at.asc())
                .select(dsl::name)
                .load::<String>(&mut **tx)?;
            let after =
                dsl::organizations.filter(dsl::created_at.ge(half)).count().get_result::<i64>(&mut **tx)?;
            Ok((all, after))
        })
        .await
        .unwrap();
    assert_eq!(found, (times.map(str::to_owned).to_vec(), 2));
}

#[rstest]
#[tokio::test]
async fn statements_are_counted(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let fixture = fixture(backend).await;
    fixture.db.ping().await.unwrap();
    let before = fixture.db.statements_executed();
    let id = mission_control_core::id::UserId::random();
    fixture.db.read(move |conn| users::find(conn, id)).await.unwrap();
    assert_eq!(fixture.db.statements_executed() - before, 1);
}

#[rstest]
#[tokio::test]
async fn an_error_of_an_agent_that_is_replaced_or_forgotten_takes_its_remedy_with_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let id = tenant(&fixture.db, "acme").await.lead.id;
    let after = async |changes: AgentChanges| {
        let agent =
            fixture.db.write::<_, StoreError, _>(move |tx| agents::update(tx, id, &changes)).await.unwrap();
        (agent.last_provision_error, agent.last_provision_remedy)
    };
    let told = |text: &str| Some(text.to_owned());
    let failing = || AgentChanges::failing(Reason::new("disk full", Some("Free some space.")));
    let both = (told("disk full"), told("Free some space."));
    assert_eq!(after(failing()).await, both);
    let other = AgentChanges { wake_attempts: Some(1), ..AgentChanges::default() };
    assert_eq!(after(other).await, both);
    let replaced = AgentChanges { last_provision_error: Some(told("asleep")), ..AgentChanges::default() };
    assert_eq!(after(replaced).await, (told("asleep"), None));
    after(failing()).await;
    let forgotten = AgentChanges { last_provision_error: Some(None), ..AgentChanges::default() };
    assert_eq!(after(forgotten).await, (None, None));
}
