//! The schema goes up and down, once, whoever asks.

use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_core::models::{
    ActivityEvent, Agent, AgentMessage, Board, Gateway, MessageKind, Organization, Task,
};
use mission_control_core::reason::Reason;
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{
    Conn, Db, StoreError, activity, agents, boards, circuits, gateways, messages, migrate, organizations,
    tasks,
};
use rstest::rstest;

use super::support::{Backend, empty, lines, open, options};

async fn dump(db: &Db) -> Vec<String> {
    db.read::<_, StoreError, _>(|conn| {
        Ok(match conn {
            Conn::Pg(_) => lines(
                conn,
                "SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS line
                   FROM information_schema.columns WHERE table_schema = 'public'
                  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                  UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                   FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                  ORDER BY line",
            ),
            Conn::Sqlite(_) => lines(conn, "SELECT sql AS line FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql"),
        })
    })
    .await
    .unwrap()
}

#[rstest]
#[tokio::test]
async fn up_down_up_leaves_the_same_schema(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    let history = migrate::history();

    assert_eq!(migrate::up(&options).await.unwrap(), history);
    let fixture = open(scratch).await;
    let first = dump(&fixture.db).await;
    assert!(first.iter().any(|line| line.contains("uq_jobs_live_dedupe_key")));

    let reverted = migrate::down(&options, history.len()).await.unwrap();
    assert_eq!(reverted, history.iter().rev().cloned().collect::<Vec<_>>());
    let nothing = dump(&fixture.db).await;
    assert!(!nothing.iter().any(|line| line.contains("agents")), "{nothing:?}");

    migrate::up(&options).await.unwrap();
    assert_eq!(dump(&fixture.db).await, first);

    migrate::down(&options, 1).await.unwrap();
    migrate::up(&options).await.unwrap();
    let columns = |dump: Vec<String>| dump.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(columns(dump(&fixture.db).await), columns(first));
}

#[rstest]
#[tokio::test]
async fn status_tells_what_is_applied_and_what_is_pending(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    let history = migrate::history();

    let fresh = migrate::status(&options).await.unwrap();
    assert_eq!((fresh.applied.len(), fresh.pending), (0, history.clone()));

    migrate::up(&options).await.unwrap();
    migrate::down(&options, 1).await.unwrap();
    let status = migrate::status(&options).await.unwrap();
    let applied: Vec<_> = status.applied.into_iter().map(|applied| applied.name).collect();
    assert_eq!(applied, history[..history.len() - 1]);
    assert_eq!(status.pending, history[history.len() - 1..]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_migrate_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    let starts = (0..6).map(|_| {
        let options = options.clone();
        tokio::spawn(async move { migrate::up(&options).await.unwrap() })
    });
    let mut applied = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        applied.extend(start.await.unwrap());
    }
    assert_eq!(applied, migrate::history());
}

#[rstest]
#[tokio::test]
async fn down_stops_at_the_empty_schema(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    migrate::up(&options).await.unwrap();
    assert_eq!(migrate::down(&options, 99).await.unwrap().len(), migrate::history().len());
    assert_eq!(migrate::down(&options, 1).await.unwrap(), Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn tasks_that_were_there_before_keys_get_them_in_their_order(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    migrate::up(&options).await.unwrap();
    let fixture = open(scratch).await;
    let written = fixture.db.write::<_, StoreError, _>(|tx| {
        let organization = Organization::new("One");
        organizations::insert(tx, &organization)?;
        for slug in ["release-train", "release-notes", "qa", ""] {
            let board = boards::insert(tx, &Board::new(organization.id, slug, slug))?;
            for title in ["first", "second", "third"] {
                tasks::insert(tx, &Task::new(board.id, title))?;
            }
        }
        Ok(())
    });
    written.await.unwrap();
    let keys = async || {
        let sql = "SELECT b.task_prefix || '-' || t.number || ' of ' || b.last_task_number || ': ' || t.title AS line
                     FROM tasks t JOIN boards b ON b.id = t.board_id ORDER BY line";
        fixture.db.read::<_, StoreError, _>(move |conn| Ok(lines(conn, sql))).await.unwrap()
    };
    let before = keys().await;
    assert_eq!((before.len(), before[6].as_str()), (12, "REL2-1 of 3: first"), "{before:?}");
    let later = migrate::history().iter().filter(|name| name.as_str() >= "00000000000008").count();
    migrate::down(&options, later).await.unwrap();
    migrate::up(&options).await.unwrap();
    assert_eq!(keys().await, before);
}

#[rstest]
#[tokio::test]
async fn what_only_texts_said_becomes_a_column(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    migrate::up(&options).await.unwrap();
    let fixture = open(scratch).await;
    let written = fixture.db.write::<_, StoreError, _>(|tx| {
        let organization = Organization::new("One");
        organizations::insert(tx, &organization)?;
        let gateway = Gateway::new(organization.id, "Home", "ws://localhost:1", "/w");
        gateways::insert(tx, &gateway)?;
        let board = boards::insert(tx, &Board::new(organization.id, "Ops", "ops"))?;
        let on_board = |name: &str| Agent { board_id: Some(board.id), ..Agent::new(gateway.id, name) };
        let (lead, worker) = (Agent { is_board_lead: true, ..on_board("Lead") }, on_board("Worker"));
        agents::insert(tx, &lead)?;
        agents::insert(tx, &worker)?;
        let by_lead = Task {
            auto_created: true,
            auto_reason: Some(format!("lead_agent:{}", lead.id)),
            created_by_agent_id: Some(lead.id),
            handed_in_by_agent_id: Some(worker.id),
            ..Task::new(board.id, "Ship")
        };
        let by_nobody = Task {
            auto_created: true,
            auto_reason: Some("lead_agent:?".to_owned()),
            ..Task::new(board.id, "Rest")
        };
        tasks::insert(tx, &by_lead)?;
        tasks::insert(tx, &by_nobody)?;
        let moved = |agent: &Agent, to: &str| {
            ActivityEvent::new("task.status_changed", format!("Task moved to {to}: Ship."))
                .agent(agent.id)
                .board(board.id)
                .task(by_lead.id)
        };
        activity::record(tx, &moved(&worker, "review"))?;
        activity::record(tx, &moved(&lead, "review"))?;
        activity::record(tx, &moved(&worker, "done"))?;
        activity::record(
            tx,
            &ActivityEvent::new("agent.wakeup.failed", "Silent.").agent(lead.id).failed(true),
        )
    });
    written.await.unwrap();
    let facts = async || {
        let sql =
            "SELECT t.title || ' by ' || COALESCE(c.name, '-') || ', from ' || COALESCE(h.name, '-') AS line
                     FROM tasks t LEFT JOIN agents c ON c.id = t.created_by_agent_id
                     LEFT JOIN agents h ON h.id = t.handed_in_by_agent_id
                    UNION ALL SELECT event_type AS line FROM activity_events WHERE failed
                    ORDER BY line";
        fixture.db.read::<_, StoreError, _>(move |conn| Ok(lines(conn, sql))).await.unwrap()
    };
    let expected = ["Rest by -, from -", "Ship by Lead, from Worker", "agent.wakeup.failed"];
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(facts().await), expected);
    let later = migrate::history().iter().filter(|name| name.as_str() >= "00000000000016").count();
    migrate::down(&options, later).await.unwrap();
    migrate::up(&options).await.unwrap();
    assert_eq!(sorted(facts().await), expected);
}

#[rstest]
#[tokio::test]
async fn a_remedy_leaves_the_text_of_its_failure_and_returns_to_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scratch = empty(backend).await;
    let options = options(&scratch);
    migrate::up(&options).await.unwrap();
    let fixture = open(scratch).await;
    let written = fixture.db.write::<_, StoreError, _>(|tx| {
        let organization = Organization::new("One");
        organizations::insert(tx, &organization)?;
        let gateway = Gateway::new(organization.id, "Home", "ws://localhost:1", "/w");
        gateways::insert(tx, &gateway)?;
        let away = Reason::new("It is away — since noon.", Some("Start it."));
        let plain = Reason::from("Nobody knows-how — or why—so far");
        for (name, why) in [("Ada", &away), ("Bob", &plain)] {
            let agent = Agent {
                last_provision_error: Some(why.cause.clone()),
                last_provision_remedy: why.remedy.clone(),
                offline_cause: Some(why.cause.clone()),
                offline_remedy: why.remedy.clone(),
                ..Agent::new(gateway.id, name)
            };
            agents::insert(tx, &agent)?;
            let message = AgentMessage {
                error: Some(why.cause.clone()),
                remedy: why.remedy.clone(),
                ..AgentMessage::new(organization.id, agent.id, MessageKind::Nudge, name)
            };
            messages::insert(tx, &message)?;
            let job = jobs::enqueue(tx, NewJob::new(name, serde_json::json!({})))?;
            let attempt = jobs::lease(tx, &[job], "w", Duration::from_secs(60))?[0].attempts;
            jobs::bury(tx, job, attempt, why)?;
        }
        circuits::fail(tx, gateway.id, &away)
    });
    written.await.unwrap();
    let read = async |sql: &'static str| {
        fixture.db.read::<_, StoreError, _>(move |conn| Ok(lines(conn, sql))).await.unwrap()
    };
    let split = "SELECT name || ': ' || last_provision_error || '|' || COALESCE(last_provision_remedy, '-') AS line FROM agents
        UNION ALL SELECT name || ': ' || offline_cause || '|' || COALESCE(offline_remedy, '-') FROM agents
        UNION ALL SELECT text || ': ' || error || '|' || COALESCE(remedy, '-') FROM agent_messages
        UNION ALL SELECT kind || ': ' || last_error || '|' || COALESCE(remedy, '-') FROM jobs
        UNION ALL SELECT 'gateway: ' || last_error || '|' || COALESCE(remedy, '-') FROM gateway_circuits ORDER BY line";
    let apart = read(split).await;
    assert_eq!((apart.len(), apart[0].as_str()), (9, "Ada: It is away — since noon.|Start it."));

    let later = migrate::history().iter().filter(|name| name.as_str() >= "00000000000017").count();
    migrate::down(&options, later).await.unwrap();
    let joined = "SELECT last_provision_error AS line FROM agents WHERE name = 'Ada'
        UNION ALL SELECT error FROM agent_messages WHERE text = 'Ada'
        UNION ALL SELECT last_error FROM gateway_circuits ORDER BY line";
    let texts = read(joined).await;
    let marked = "It is away — since noon.\nNext: Start it.";
    assert_eq!(texts.iter().filter(|text| *text == marked).count(), 2, "{texts:?}");
    assert!(texts.iter().any(|text| text == "It is away — since noon. — Start it."), "{texts:?}");

    migrate::up(&options).await.unwrap();
    assert_eq!(read(split).await, apart);
}
