use std::time::Duration;

use diesel::connection::SimpleConnection;
use mission_control_core::models::{AuditAction, AuditDraft, AuditEntry, BoardChanges, OrgRole};
use mission_control_core::models::{OrganizationMember, User};
use mission_control_core::rules::audit::Broken;
use mission_control_core::rules::rights::Rights;
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_fleet::{audit, boards, members};
use mission_control_simulator::{FaultScript, GatewayProfile};
use mission_control_store::{Conn, StoreError, audit as rows, members as member_rows, users};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{World, simulator};

impl World {
    /// The record of the world's organization.
    async fn record(&self) -> Vec<AuditEntry> {
        let organization = self.caller.organization;
        let read = self.fleet.db().read(move |conn| rows::after(conn, organization, 0, 10_000)).await;
        read.map_err(|error: StoreError| error).unwrap()
    }

    async fn broken(&self) -> Option<Broken> {
        let organization = self.caller.organization;
        let found = audit::verify(&self.fleet).await.unwrap();
        found.into_iter().find(|record| record.organization == organization).unwrap().broken
    }

    /// What somebody with the database's password does.
    async fn tamper(&self, sql: String) {
        self.write(move |tx| {
            let conn: &mut Conn = tx;
            match conn {
                Conn::Pg(pg) => pg.batch_execute(&sql)?,
                Conn::Sqlite(sqlite) => sqlite.batch_execute(&sql)?,
            }
            Ok(())
        })
        .await;
    }

    async fn note(&self, count: usize) {
        let organization = self.caller.organization;
        for _ in 0..count {
            let entry = AuditDraft::new(organization, AuditAction::SignedIn);
            self.write(move |tx| {
                tx.audit(entry);
                Ok(())
            })
            .await;
        }
    }
}

fn parsed(text: Option<&String>) -> Value {
    text.map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_byte_is_named_wherever_it_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    world.note(6).await;
    assert_eq!(world.record().await.len(), 6);
    assert_eq!(world.broken().await, None);
    for (column, value) in [
        ("action", "'session.signed_on'"),
        ("actor", "'job'"),
        ("actor_name", "'Eve'"),
        ("address", "'10.0.0.1'"),
        ("object_id", "'x'"),
        ("after_change", "'{}'"),
        ("previous_hash", "'00'"),
        ("at", "'2020-01-01 00:00:00.000000'"),
    ] {
        let organization = world.caller.organization;
        let place = format!("WHERE organization_id = '{organization}' AND seq = 3");
        world.tamper(format!("CREATE TABLE saved AS SELECT * FROM audit_log {place}")).await;
        world.tamper(format!("UPDATE audit_log SET {column} = {value} {place}")).await;
        let expected = match column {
            "previous_hash" => Broken::Unlinked { seq: 3 },
            _ => Broken::Changed { seq: 3 },
        };
        assert_eq!(world.broken().await, Some(expected), "{column}");
        let back = format!(
            "DELETE FROM audit_log {place}; INSERT INTO audit_log SELECT * FROM saved; DROP TABLE saved"
        );
        world.tamper(back).await;
        assert_eq!(world.broken().await, None, "{column}");
    }
    world.tamper("DELETE FROM audit_log WHERE seq > 4".to_owned()).await;
    assert_eq!(world.broken().await, Some(Broken::End { expected: 6, found: 4 }));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn retention_cuts_the_beginning_with_a_proof_and_nobody_else_can(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    world.note(4).await;
    let third = world.record().await[2].clone();
    assert_eq!(audit::trim(&world.fleet, third.at).await.unwrap(), 2);
    assert_eq!(world.broken().await, None);
    let rest = world.record().await;
    assert_eq!((rest[0].seq, rest.last().unwrap().action.as_str()), (3, "audit.trimmed"));
    assert_eq!(parsed(rest.last().unwrap().after_change.as_ref())["up_to"], 2);

    world.note(1).await;
    let (seq, hash) = (rest[0].seq, &rest[0].hash);
    world.tamper(format!("DELETE FROM audit_log WHERE seq <= {seq}")).await;
    assert_eq!(world.broken().await, Some(Broken::Missing { expected: 3, found: 4 }));
    world.tamper(format!("UPDATE audit_chains SET cut_seq = {seq}, cut_hash = '{hash}'")).await;
    assert_eq!(world.broken().await, Some(Broken::Beginning { seq }));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_governs_is_told_with_how_it_was_and_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    let organization = world.caller.organization;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Research").await;
    let changes = BoardChanges {
        require_approval_for_done: Some(!board.require_approval_for_done),
        ..BoardChanges::default()
    };
    boards::update(&world.fleet, world.caller, board.id, Seen::WHATEVER, changes).await.unwrap();

    let colleague = User { name: Some("Ada".to_owned()), ..User::new("ada") };
    let member = OrganizationMember::new(organization, colleague.id, OrgRole::Member);
    let id = member.id;
    world
        .write(move |tx| {
            users::get_or_insert(tx, &colleague)?;
            member_rows::insert(tx, &member)
        })
        .await;
    members::set_role(&world.fleet, world.caller, id, Some(OrgRole::Admin)).await.unwrap();
    let rights = Rights { all_boards_read: true, ..Rights::default() };
    members::set_rights(&world.fleet, world.caller, id, rights).await.unwrap();

    let record = world.record().await;
    let told: Vec<_> = record
        .iter()
        .map(|entry| {
            (entry.action.as_str(), parsed(entry.before_change.as_ref()), parsed(entry.after_change.as_ref()))
        })
        .collect();
    let was = board.require_approval_for_done;
    let gate = |on: bool| json!({ "require_approval_for_done": on });
    assert!(told.contains(&("board.updated", gate(was), gate(!was))), "{told:#?}");
    let role = |role: &str| json!({ "role": role });
    assert!(told.contains(&("member.updated", role("member"), role("admin"))), "{told:#?}");
    let all = |on: bool| json!({ "all_boards_read": on });
    assert!(told.contains(&("member.updated", all(false), all(true))), "{told:#?}");
    assert_eq!(world.broken().await, None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_make_one_record_without_a_gap(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    let writers = (0..8).map(|_| world.note(10));
    futures_util::future::join_all(writers).await;
    let numbers: Vec<i64> = world.record().await.iter().map(|entry| entry.seq).collect();
    assert_eq!(numbers, (1..=80).collect::<Vec<i64>>());
    assert_eq!(world.broken().await, None);
    let long_ago = Timestamp::now().minus(Duration::from_secs(3600));
    assert_eq!(audit::trim(&world.fleet, long_ago).await.unwrap(), 0);
}
