//! Our schema is the reference's and more; a database of the reference is taken over.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use mission_control_core::config::DatabaseLocation;
use mission_control_core::id::{AgentId, GatewayId};
use mission_control_core::models::{AgentStatus, ConnectionState};
use mission_control_store::{Conn, Db, DbOptions, StoreError, agents, gateways, migrate};
use rstest::rstest;

use super::support::{Backend, Fixture, empty, fixture, lines, open, options};

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
    "boards.wip_limits yes",
    "boards.wip_refuses_agents no",
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
    "tasks.assigned_at yes",
    "tasks.assigned_user_id yes",
    "tasks.created_by_agent_id yes",
    "tasks.handed_in_by_agent_id yes",
    "tasks.handed_in_by_user_id yes",
    "tasks.number no",
    "tasks.rank no",
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
        "accounts.",
        "adopted_tables.",
        "agent_activity_counts.",
        "agent_files.",
        "agent_messages.",
        "agent_pauses.",
        "agent_progress.",
        "api_tokens.",
        "approval_decisions.",
        "audit_chains.",
        "audit_log.",
        "board_breakers.",
        "board_stale_rules.",
        "board_views.",
        "budget_windows.",
        "budgets.",
        "comment_mentions.",
        "device_identities.",
        "event_log.",
        "exec_approvals.",
        "exec_policies.",
        "identities.",
        "gateway_circuits.",
        "idempotency_keys.",
        "inbox_marks.",
        "jobs.",
        "leases.",
        "log_levels.",
        "model_choices.",
        "passkey_ceremonies.",
        "passkeys.",
        "password_resets.",
        "provider_grants.",
        "recovery_codes.",
        "run_steps.",
        "runs.",
        "schedules.",
        "stale_tasks.",
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
                log_levels,
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
    INSERT INTO alembic_version VALUES ('a9b1c2d3e4f7');
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
    assert_eq!(alembic, ["a9b1c2d3e4f7"]);

    let refused = migrate::down(&options, history.len()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Migration(_)), "{refused}");
    assert_eq!(migrate::down(&options, 1).await.unwrap(), history[history.len() - 1..]);
}

/// A database as the reference left it.
async fn of_reference(change: &str) -> Fixture {
    let fixture = open(empty(Backend::Postgres).await).await;
    let sql = format!("{BASELINE}{REFERENCE_ROWS}{change}");
    fixture.db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(&sql)?)).await.unwrap();
    fixture
}

/// The schema and the rows of some tables.
async fn everything(fixture: &Fixture) -> Vec<String> {
    let sql = "SELECT format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) AS line
                 FROM information_schema.columns WHERE table_schema = 'public'
                UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                 FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT organizations::text FROM organizations
                UNION ALL SELECT gateways::text FROM gateways UNION ALL SELECT agents::text FROM agents
                UNION ALL SELECT version_num FROM alembic_version ORDER BY line";
    fixture.db.read::<_, StoreError, _>(move |conn| Ok(lines(conn, sql))).await.unwrap()
}

#[tokio::test]
async fn a_database_that_was_taken_over_is_given_back_as_it_was() {
    let fixture = of_reference("").await;
    let options = fixture.db.options().clone();
    let before = everything(&fixture).await;
    let found = migrate::reference(&options).await.unwrap().unwrap();
    assert_eq!((found.revision.as_deref(), found.rows["agents"]), (Some("a9b1c2d3e4f7"), 1));
    migrate::up(&options).await.unwrap();
    assert_eq!(migrate::reference(&options).await.unwrap(), None, "it is ours now");
    assert_ne!(everything(&fixture).await, before);
    let ours = migrate::give_back(&options).await.unwrap();
    assert_eq!(ours, migrate::history().len() - 1);
    assert_eq!(everything(&fixture).await, before);
    assert!(migrate::give_back(&options).await.is_err(), "there is nothing of ours any more");
    migrate::up(&options).await.unwrap();
}

#[rstest]
#[case::a_row_changed("UPDATE agents SET name = 'Eve'", "agents")]
#[case::a_row_added(
    "INSERT INTO organizations VALUES ('00000000-0000-4000-8000-000000000009', 'New', now(), now())",
    "organizations"
)]
#[case::a_server_at_work(
    "INSERT INTO leases VALUES ('worker:a', 'a', now() AT TIME ZONE 'UTC' + interval '1 minute', now())",
    "stop them"
)]
#[case::the_reference_went_on(
    "UPDATE alembic_version SET version_num = 'b00000000000'",
    "changed its schema"
)]
#[tokio::test]
async fn what_was_written_since_keeps_a_database_from_being_given_back(
    #[case] change: &'static str,
    #[case] reason: &str,
) {
    let fixture = of_reference("").await;
    let options = fixture.db.options().clone();
    migrate::up(&options).await.unwrap();
    fixture.db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(change)?)).await.unwrap();
    let before = everything(&fixture).await;
    let refused = migrate::give_back(&options).await.unwrap_err().to_string();
    assert!(refused.contains(reason), "{refused}");
    assert_eq!(everything(&fixture).await, before);
    assert_eq!(migrate::status(&options).await.unwrap().applied.len(), migrate::history().len());
}

#[rstest]
#[case::later(
    "UPDATE alembic_version SET version_num = 'b00000000000'",
    "b00000000000 of the reference, which this program does not know"
)]
#[case::earlier("UPDATE alembic_version SET version_num = 'e3a1b2c4d5f6'", "alembic upgrade head")]
#[case::torn("INSERT INTO alembic_version VALUES ('b00000000000')", "a9b1c2d3e4f7 and b00000000000")]
#[tokio::test]
async fn another_revision_of_the_reference_is_refused_with_the_reason(
    #[case] change: &str,
    #[case] reason: &str,
) {
    let fixture = of_reference(change).await;
    let options = fixture.db.options().clone();
    for refused in [
        migrate::reference(&options).await.unwrap_err().to_string(),
        migrate::up(&options).await.unwrap_err().to_string(),
    ] {
        assert!(refused.contains(reason), "{refused}");
    }
    assert_eq!(migrate::status(&options).await.unwrap().applied.len(), 0);
}

#[tokio::test]
async fn a_database_of_the_reference_is_copied_into_sqlite_value_by_value() {
    let fixture = of_reference(
        "UPDATE agents SET name = E'Ada \"\u{6c34}\" \\\\ line\nbreak', wake_attempts = 3, is_board_lead = true;
         UPDATE gateways SET token = NULL, allow_insecure_tls = true;",
    )
    .await;
    let before = everything(&fixture).await;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mc.db");
    // A look at what is not there makes an empty file.
    migrate::status(&DbOptions::new(DatabaseLocation::Sqlite(path.clone()))).await.unwrap();
    let found = migrate::copy_reference(fixture.db.options(), &path).await.unwrap();
    assert_eq!((found.rows["agents"], found.rows["tasks"]), (1, 0));
    assert_eq!(everything(&fixture).await, before, "the original is only read");

    let options = DbOptions::new(DatabaseLocation::Sqlite(path.clone()));
    let status = migrate::status(&options).await.unwrap();
    assert_eq!((status.applied.len(), status.pending), (migrate::history().len(), Vec::new()));
    let (wakeups, _) = tokio::sync::mpsc::unbounded_channel();
    let copy = Db::open(options, wakeups).await.unwrap();
    let read = async |db: &Db| {
        let read = db.read::<_, StoreError, _>(|conn| {
            let agent: AgentId = "00000000-0000-4000-8000-000000000003".parse().unwrap();
            let gateway: GatewayId = "00000000-0000-4000-8000-000000000002".parse().unwrap();
            Ok((agents::find(conn, agent)?.unwrap(), gateways::find(conn, gateway)?.unwrap()))
        });
        read.await.unwrap()
    };
    let (agent, gateway) = read(&copy).await;
    assert_eq!(agent.name, "Ada \"\u{6c34}\" \\ line\nbreak");
    assert_eq!((gateway.token.as_deref(), gateway.allow_insecure_tls), (None, true));
    migrate::up(fixture.db.options()).await.unwrap();
    assert_eq!(read(&fixture.db).await, (agent, gateway), "as if it were taken over in place");

    let again = migrate::copy_reference(fixture.db.options(), &path).await.unwrap_err().to_string();
    assert!(again.contains("there is a database already"), "{again}");
    let other = directory.path().join("other.db");
    let ours = migrate::copy_reference(fixture.db.options(), &other).await.unwrap_err().to_string();
    assert!(ours.contains("taken over by Mission Control already") && !other.exists(), "{ours}");
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
