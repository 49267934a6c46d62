//! Deleting leaves nothing behind, and nothing of others is touched.

use diesel::connection::SimpleConnection;
use mission_control_core::models::TaskStatus;
use mission_control_store::{Conn, Db, StoreError, agents, boards, erase};
use rstest::rstest;

use super::support::{Backend, Tenant, fixture, lines, tenant};

const T: &str = "'2026-01-01 00:00:00.000000'";

fn uuid(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

/// One row in every table that can refer to a tenant's board or agents. `n` tells the tenants' rows apart.
fn rows(tenant: &Tenant, n: u32) -> String {
    let (org, gateway, board, lead) =
        (tenant.organization.id, tenant.gateway.id, tenant.board.id, tenant.lead.id);
    let id = |k: u32| format!("'{}'", uuid(n * 100 + k));
    format!(
        "INSERT INTO tasks (id, board_id, number, title, status, priority, assigned_agent_id, in_progress_at, auto_created, created_at, updated_at)
            VALUES ({task}, '{board}', 1, 't', 'in_progress', 'medium', '{lead}', {T}, false, {T}, {T}),
                   ({task2}, '{board}', 2, 't', 'review', 'medium', '{lead}', NULL, false, {T}, {T});
         INSERT INTO task_dependencies VALUES ({d}, '{board}', {task}, {task2}, {T});
         INSERT INTO task_fingerprints VALUES ({f}, '{board}', 'h', {task}, {T});
         INSERT INTO approvals (id, board_id, task_id, agent_id, action_type, confidence, status, created_at)
            VALUES ({a}, '{board}', {task}, '{lead}', 'deploy', 0.5, 'pending', {T});
         INSERT INTO approval_task_links VALUES ({l}, {a}, {task}, {T});
         INSERT INTO approval_decisions VALUES ({ad}, {a}, 'pending', {u}, NULL, {T});
         INSERT INTO agent_messages (id, organization_id, agent_id, board_id, task_id, from_agent_id, kind, text, state, attempts, turn, created_at)
            VALUES ({am}, '{org}', '{lead}', '{board}', {task}, '{lead}', 'nudge', 't', 'queued', 0, 1, {T});
         INSERT INTO tags VALUES ({tag}, '{org}', 'x', 'x', 'red', NULL, {T}, {T});
         INSERT INTO tag_assignments VALUES ({ta}, {task}, {tag}, {T});
         INSERT INTO task_custom_field_definitions (id, organization_id, field_key, label, required, created_at, updated_at)
            VALUES ({cf}, '{org}', 'k', 'K', false, {T}, {T});
         INSERT INTO task_custom_field_values VALUES ({cv}, {task}, {cf}, NULL, {T}, {T});
         INSERT INTO board_task_custom_fields VALUES ({cb}, '{board}', {cf}, {T});
         INSERT INTO board_memory (id, board_id, content, is_chat, created_at) VALUES ({m}, '{board}', 'c', false, {T});
         INSERT INTO board_webhooks (id, board_id, description, enabled, created_at, updated_at, agent_id)
            VALUES ({w}, '{board}', 'd', true, {T}, {T}, '{lead}');
         INSERT INTO board_webhook_payloads (id, board_id, webhook_id, received_at) VALUES ({wp}, '{board}', {w}, {T});
         INSERT INTO board_onboarding_sessions (id, board_id, session_key, status, created_at, updated_at)
            VALUES ({o}, '{board}', 's', 'active', {T}, {T});
         INSERT INTO users (id, clerk_user_id, is_super_admin) VALUES ({u}, 'user-{n}', false);
         INSERT INTO organization_members VALUES ({om}, '{org}', {u}, 'member', false, false, {T}, {T});
         INSERT INTO organization_board_access VALUES ({ba}, {om}, '{board}', true, false, {T}, {T});
         INSERT INTO organization_invites (id, organization_id, invited_email, token, role, all_boards_read, all_boards_write, created_at, updated_at)
            VALUES ({i}, '{org}', 'a@example.org', 'token-{n}', 'member', false, false, {T}, {T});
         INSERT INTO organization_invite_board_access VALUES ({ia}, {i}, '{board}', true, false, {T}, {T});
         INSERT INTO marketplace_skills (id, organization_id, name, source_url, created_at, updated_at)
            VALUES ({s}, '{org}', 's', 'https://example.org', {T}, {T});
         INSERT INTO gateway_installed_skills VALUES ({gs}, '{gateway}', {s}, {T}, {T});
         INSERT INTO skill_packs (id, organization_id, name, source_url, created_at, updated_at)
            VALUES ({sp}, '{org}', 'p', 'https://github.com/acme/skills', {T}, {T});
         INSERT INTO board_groups VALUES ({bg}, '{org}', 'g', 'g', NULL, {T}, {T});
         INSERT INTO board_group_memory (id, board_group_id, content, is_chat, created_at)
            VALUES ({gm}, {bg}, 'c', false, {T});
         INSERT INTO jobs (id, kind, payload, lane, state, attempts, max_attempts, run_at, progress, organization_id, created_at)
            VALUES ({j}, 'k', '{{}}', 'bulk', 'queued', 0, 3, {T}, 0, '{org}', {T});
         INSERT INTO event_log (organization_id, kind, payload, created_at) VALUES ('{org}', 'k', '{{}}', {T});
         INSERT INTO activity_events (id, event_type, message, agent_id, task_id, board_id, created_at)
            VALUES ({e1}, 'task.comment', 'm', '{lead}', {task}, '{board}', {T}), ({e2}, 'agent.x', 'm', '{lead}', NULL, NULL, {T});",
        task = id(1), task2 = id(2), d = id(3), f = id(4), a = id(5), l = id(6), tag = id(7), ta = id(8), cf = id(9),
        cv = id(10), cb = id(11), m = id(12), w = id(13), wp = id(14), o = id(15), u = id(16), om = id(17),
        ba = id(18), i = id(19), ia = id(20), s = id(21), gs = id(22), e1 = id(23), e2 = id(24),
        sp = id(25), bg = id(26), gm = id(27), j = id(28), am = id(29), ad = id(30),
    )
}

/// Rows per table.
async fn census(db: &Db) -> Vec<(String, String)> {
    db.read::<_, StoreError, _>(|conn| {
        let tables = match conn {
            Conn::Pg(_) => "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
            Conn::Sqlite(_) => "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
        };
        let tables = lines(conn, tables);
        Ok(tables
            .into_iter()
            .map(|table| {
                let count = lines(conn, &format!("SELECT CAST(count(*) AS TEXT) AS line FROM {table}"));
                (table, count[0].clone())
            })
            .collect())
    })
    .await
    .unwrap()
}

async fn two_tenants(db: &Db) -> (Tenant, Tenant) {
    let (first, second) = (tenant(db, "first").await, tenant(db, "second").await);
    let sql = format!("{}{}", rows(&first, 1), rows(&second, 2));
    db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(&sql)?)).await.unwrap();
    (first, second)
}

#[rstest]
#[tokio::test]
async fn a_deleted_board_leaves_as_many_rows_as_if_it_had_never_been(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (_, second) = two_tenants(&fixture.db).await;
    let before = census(&fixture.db).await;
    let id = second.board.id;
    fixture.db.write::<_, StoreError, _>(move |tx| erase::board(tx, id)).await.unwrap();
    let of_the_organization = [
        "__diesel_schema_migrations",
        "board_group_memory",
        "board_groups",
        "event_log",
        "gateway_installed_skills",
        "gateways",
        "jobs",
        "marketplace_skills",
        "organization_invites",
        "organization_members",
        "organizations",
        "skill_packs",
        "tags",
        "task_custom_field_definitions",
        "users",
    ];
    for ((table, count), (_, left)) in before.into_iter().zip(census(&fixture.db).await) {
        let expected = match table.as_str() {
            kept if of_the_organization.contains(&kept) => count.clone(),
            // The main agent of each tenant is none of the board's.
            "agents" => "3".to_owned(),
            _ => (count.parse::<u32>().unwrap() / 2).to_string(),
        };
        assert_eq!(left, expected, "{table}, before: {count}");
    }
    let again = fixture.db.write::<_, StoreError, _>(move |tx| erase::board(tx, id)).await;
    assert!(matches!(again, Err(StoreError::NotFound("board"))));
}

#[rstest]
#[tokio::test]
async fn what_other_boards_hold_of_a_deleted_board_is_let_go(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (first, second) = two_tenants(&fixture.db).await;
    let (theirs, ours) = (uuid(201), uuid(105));
    let lead = second.lead.id;
    let sql = format!(
        "UPDATE approvals SET task_id = '{theirs}', agent_id = '{lead}' WHERE id = '{ours}';
         UPDATE board_webhooks SET agent_id = '{lead}' WHERE id = '{}';",
        uuid(113)
    );
    fixture.db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(&sql)?)).await.unwrap();
    let id = second.board.id;
    fixture.db.write::<_, StoreError, _>(move |tx| erase::board(tx, id)).await.unwrap();
    let kept = fixture.db.read(move |conn| boards::find(conn, first.board.id)).await.unwrap();
    assert!(kept.is_some());
}

#[rstest]
#[tokio::test]
async fn a_deleted_agent_gives_its_tasks_back_and_its_history_stays(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (first, _) = two_tenants(&fixture.db).await;
    let id = first.lead.id;
    fixture.db.write::<_, StoreError, _>(move |tx| erase::agent(tx, id)).await.unwrap();
    let board = first.board.id;
    let (tasks, events) = fixture
        .db
        .read::<_, StoreError, _>(move |conn| {
            use diesel::prelude::*;
            use mission_control_core::schema::{activity_events, tasks};
            let found = tasks::table
                .filter(tasks::board_id.eq(board))
                .order(tasks::id.asc())
                .select((tasks::status, tasks::assigned_agent_id.is_null(), tasks::in_progress_at.is_null()))
                .load::<(TaskStatus, bool, bool)>(conn)?;
            let events = activity_events::table
                .filter(activity_events::agent_id.is_null())
                .count()
                .get_result::<i64>(conn)?;
            Ok((found, events))
        })
        .await
        .unwrap();
    assert_eq!(tasks, [(TaskStatus::Inbox, true, true), (TaskStatus::Review, true, true)]);
    assert_eq!(events, 2);
}

#[rstest]
#[tokio::test]
async fn a_deleted_gateway_takes_its_agents_and_boards_stay(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (first, second) = two_tenants(&fixture.db).await;
    let gateway = first.gateway.id;
    fixture.db.write::<_, StoreError, _>(move |tx| erase::gateway(tx, gateway)).await.unwrap();
    let (board, left, others) = fixture
        .db
        .read::<_, StoreError, _>(move |conn| {
            let left = (agents::find(conn, first.main.id)?, agents::find(conn, first.lead.id)?);
            Ok((
                boards::find(conn, first.board.id)?.unwrap(),
                left,
                agents::of_gateway(conn, second.gateway.id)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((board.gateway_id, left, others.len()), (None, (None, None), 2));
}

#[rstest]
#[tokio::test]
async fn a_deleted_organization_leaves_as_many_rows_as_if_it_had_never_been(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (_, second) = two_tenants(&fixture.db).await;
    let id = second.organization.id;
    let sql = format!("UPDATE users SET active_organization_id = '{id}' WHERE id = '{}'", uuid(216));
    fixture.db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(&sql)?)).await.unwrap();
    let before = census(&fixture.db).await;
    fixture.db.write::<_, StoreError, _>(move |tx| erase::organization(tx, id)).await.unwrap();
    for ((table, count), (_, left)) in before.into_iter().zip(census(&fixture.db).await) {
        let expected = match table.as_str() {
            "__diesel_schema_migrations" | "users" => count.clone(),
            _ => (count.parse::<u32>().unwrap() / 2).to_string(),
        };
        assert_eq!(left, expected, "{table}, before: {count}");
    }
    let again = fixture.db.write::<_, StoreError, _>(move |tx| erase::organization(tx, id)).await;
    assert!(matches!(again, Err(StoreError::NotFound("organization"))));
}

#[rstest]
#[tokio::test]
async fn what_a_deleted_user_made_stays_without_the_name(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    two_tenants(&fixture.db).await;
    let user = uuid(116);
    let sql = format!(
        "UPDATE tasks SET created_by_user_id = '{user}';
         UPDATE organization_invites SET created_by_user_id = '{user}', accepted_by_user_id = '{user}';"
    );
    fixture.db.write::<_, StoreError, _>(move |tx| Ok(tx.batch_execute(&sql)?)).await.unwrap();
    let before = census(&fixture.db).await;
    let id = user.parse().unwrap();
    fixture.db.write::<_, StoreError, _>(move |tx| erase::user(tx, id)).await.unwrap();
    for ((table, count), (_, left)) in before.into_iter().zip(census(&fixture.db).await) {
        let expected = match table.as_str() {
            "users" | "organization_members" | "organization_board_access" => "1",
            _ => count.as_str(),
        };
        assert_eq!(left, expected, "{table}");
    }
}
