//! Our schema is the reference's and more; a database of the reference is taken over.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use mission_control_core::id::{AgentId, GatewayId};
use mission_control_core::models::{AgentStatus, ConnectionState};
use mission_control_store::{Conn, StoreError, agents, gateways, migrate};
use rstest::rstest;

use super::support::{Backend, empty, fixture, lines, open, options};

const REFERENCE: &str = include_str!("../../src/migrate/reference_columns.tsv");
const BASELINE: &str = include_str!("../../../../migrations/postgres/00000000000001_baseline/up.sql");

/// What we add to the reference's tables.
const OURS: &[&str] = &[
    "activity_events.action yes",
    "activity_events.failed no",
    "activity_events.organization_id yes",
    "activity_events.user_id yes",
    "agents.last_message_at yes",
    "agents.last_provision_remedy yes",
    "agents.offline_cause yes",
    "agents.offline_remedy yes",
    "agents.paced_every yes",
    "agents.paused_at yes",
    "agents.status_since yes",
    "agents.token_digest yes",
    "approvals.decision_reason yes",
    "approvals.resolved_by_user_id yes",
    "board_group_memory.agent_id yes",
    "board_group_memory.user_id yes",
    "board_memory.agent_id yes",
    "board_memory.user_id yes",
    "board_onboarding_sessions.draft_version no",
    "board_webhook_payloads.event_type yes",
    "board_webhook_payloads.fingerprint yes",
    "boards.heartbeat_ceiling yes",
    "boards.heartbeat_floor yes",
    "boards.heartbeat_policy no",
    "boards.last_task_number no",
    "boards.paused_at yes",
    "boards.task_prefix no",
    "gateways.connection_checked_at yes",
    "gateways.connection_error yes",
    "gateways.connection_state no",
    "gateways.device_token yes",
    "gateways.drift_policy no",
    "gateways.heartbeat_copies yes",
    "gateways.last_connected_at yes",
    "gateways.protocol yes",
    "gateways.version yes",
    "organization_invites.expires_at yes",
    "tasks.created_by_agent_id yes",
    "tasks.handed_in_by_agent_id yes",
    "tasks.number no",
    "tasks.rewritten_at yes",
];

#[rstest]
#[tokio::test]
async fn tables_and_columns_are_those_of_the_reference_plus_ours(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let present = fixture
        .db
        .read::<_, StoreError, _>(|conn| {
            let sql = match conn {
                Conn::Pg(_) => {
                    "SELECT format('%s.%s %s', table_name, column_name, lower(is_nullable)) AS line
                       FROM information_schema.columns WHERE table_schema = 'public'"
                }
                Conn::Sqlite(_) => {
                    "SELECT t.name || '.' || c.name || CASE WHEN c.\"notnull\" THEN ' no' ELSE ' yes' END AS line
                       FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'"
                }
            };
            Ok(lines(conn, sql).into_iter().collect::<BTreeSet<_>>())
        })
        .await
        .unwrap();
    let own_tables = [
        "agent_activity_counts.",
        "agent_files.",
        "agent_messages.",
        "api_tokens.",
        "approval_decisions.",
        "audit_chains.",
        "audit_log.",
        "device_identities.",
        "event_log.",
        "exec_approvals.",
        "gateway_circuits.",
        "idempotency_keys.",
        "inbox_marks.",
        "jobs.",
        "leases.",
        "run_steps.",
        "runs.",
        "schedules.",
        "usage_entries.",
        "web_sessions.",
        "__diesel",
        "sqlite_",
    ];
    let present: BTreeSet<_> =
        present.into_iter().filter(|line| !own_tables.iter().any(|own| line.starts_with(own))).collect();
    let reference = REFERENCE.lines().skip(1).map(|line| {
        let fields: Vec<_> = line.split('\t').collect();
        format!("{}.{} {}", fields[0], fields[1], fields[3])
    });
    let expected: BTreeSet<_> = reference.chain(OURS.iter().map(|ours| (*ours).to_owned())).collect();
    assert_eq!(present, expected);
}

#[rstest]
#[tokio::test]
async fn every_column_that_queries_name_exists(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    fixture
        .db
        .read::<_, StoreError, _>(|conn| {
            macro_rules! select_all_of {
                ($($table:ident),+ $(,)?) => {$({
                    use diesel::prelude::*;
                    use mission_control_core::schema::$table;
                    let query = $table::table.select($table::all_columns);
                    let sql = diesel::debug_query::<diesel::sqlite::Sqlite, _>(&query).to_string();
                    let sql = sql.split(" -- binds").next().unwrap().replace('`', "\"");
                    diesel::sql_query(sql).execute(conn)?;
                })+};
            }
            select_all_of!(
                activity_events,
                agents,
                approval_task_links,
                approvals,
                board_group_memory,
                board_groups,
                board_memory,
                board_onboarding_sessions,
                board_task_custom_fields,
                board_webhook_payloads,
                board_webhooks,
                boards,
                device_identities,
                event_log,
                gateway_installed_skills,
                gateways,
                jobs,
                leases,
                marketplace_skills,
                organization_board_access,
                organization_invite_board_access,
                organization_invites,
                organization_members,
                organizations,
                skill_packs,
                tag_assignments,
                tags,
                task_custom_field_definitions,
                task_custom_field_values,
                task_dependencies,
                task_fingerprints,
                tasks,
                users,
            );
            Ok(())
        })
        .await
        .unwrap();
}

const REFERENCE_ROWS: &str = "
    CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
    INSERT INTO alembic_version VALUES ('a1b2c3d4e5f6');
    INSERT INTO organizations VALUES
        ('00000000-0000-4000-8000-000000000001', 'Acme', '2026-01-02 03:04:05', '2026-01-02 03:04:05.678');
    INSERT INTO gateways (id, organization_id, name, url, token, workspace_root, created_at, updated_at,
                          disable_device_pairing, allow_insecure_tls) VALUES
        ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 'Main', 'ws://gw',
         'plain-token', '/srv', '2026-01-02 03:04:05', '2026-01-02 03:04:05', false, false);
    INSERT INTO agents (id, name, status, agent_token_hash, heartbeat_config, is_board_lead, created_at, updated_at,
                        gateway_id, lifecycle_generation, wake_attempts) VALUES
        ('00000000-0000-4000-8000-000000000003', 'Ada', 'musing', 'pbkdf2_sha256$1$x$y', '{\"every\":\"10m\"}', false,
         '2026-01-02 03:04:05', '2026-01-02 03:04:05', '00000000-0000-4000-8000-000000000002', 0, 0);";

#[tokio::test]
async fn a_database_of_the_reference_is_taken_over_with_its_rows() {
    let scratch = empty(Backend::Postgres).await;
    let options = options(&scratch);
    let fixture = open(scratch).await;
    fixture
        .db
        .write::<_, StoreError, _>(|tx| Ok(tx.batch_execute(&format!("{BASELINE}{REFERENCE_ROWS}"))?))
        .await
        .unwrap();

    let history = migrate::history();
    assert_eq!(migrate::up(&options).await.unwrap(), history[1..]);

    let (agent, gateway, alembic) = fixture
        .db
        .read::<_, StoreError, _>(|conn| {
            let agent: AgentId = "00000000-0000-4000-8000-000000000003".parse().unwrap();
            let gateway: GatewayId = "00000000-0000-4000-8000-000000000002".parse().unwrap();
            let alembic = lines(conn, "SELECT version_num::text AS line FROM alembic_version");
            Ok((agents::find(conn, agent)?.unwrap(), gateways::find(conn, gateway)?.unwrap(), alembic))
        })
        .await
        .unwrap();
    assert_eq!(agent.status, AgentStatus::Other("musing".to_owned()));
    assert_eq!(agent.heartbeat_config, Some(serde_json::json!({"every": "10m"})));
    assert_eq!(agent.created_at.to_string(), "2026-01-02T03:04:05");
    assert_eq!(
        (gateway.token.as_deref(), gateway.connection_state),
        (Some("plain-token"), ConnectionState::Unknown)
    );
    assert_eq!(alembic, ["a1b2c3d4e5f6"]);

    let refused = migrate::down(&options, history.len()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Migration(_)), "{refused}");
    assert_eq!(migrate::down(&options, 1).await.unwrap(), history[history.len() - 1..]);
}

#[tokio::test]
async fn an_older_database_of_the_reference_is_refused_with_what_it_lacks() {
    let scratch = empty(Backend::Postgres).await;
    let options = options(&scratch);
    let fixture = open(scratch).await;
    fixture
        .db
        .write::<_, StoreError, _>(|tx| {
            Ok(tx.batch_execute(&format!(
                "{BASELINE}{REFERENCE_ROWS} ALTER TABLE agents DROP COLUMN wake_attempts;"
            ))?)
        })
        .await
        .unwrap();
    let refused = migrate::up(&options).await.unwrap_err().to_string();
    assert!(refused.contains("agents.wake_attempts"), "{refused}");
    let status = migrate::status(&options).await.unwrap();
    assert_eq!((status.applied.len(), status.pending), (0, migrate::history()));
}
