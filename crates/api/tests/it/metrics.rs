//! The dashboard and the activity feed, over what two boards have been through.

use std::time::Duration;

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{ActivityEvent, Agent, Board, Gateway, MemberChanges, Task, TaskStatus};
use mission_control_core::time::Timestamp;
use mission_control_store::{
    Db, StoreError, activity, agents, boards, gateways, members, organizations, tasks,
};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::Server;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

struct Place {
    server: Server,
    db: Db,
    organization: OrganizationId,
    board: Board,
    agent: Agent,
}

/// A server with a board, an agent on it that was seen just now, and a second organization with a board.
async fn place(backend: Backend) -> (Place, Board) {
    let server = Server::start(backend).await;
    let me = server.user().get("/api/v1/organizations/me/member").expect(200).await;
    let organization: OrganizationId = me["organization_id"].as_str().unwrap().parse().unwrap();
    let db = server.db().await;
    let gateway = Gateway::new(organization, "g", "ws://127.0.0.1:1", "~");
    let board = Board::new(organization, "Research", "research");
    let mut agent = Agent { board_id: Some(board.id), ..Agent::new(gateway.id, "Ada") };
    agent.last_seen_at = Some(Timestamp::now());
    agent.identity_profile = Some(json!({ "role": "Analyst" }));
    let strangers = mission_control_core::models::Organization::new("Strangers");
    let foreign = Board::new(strangers.id, "Foreign", "foreign");
    let rows = (gateway, board.clone(), agent.clone(), foreign.clone());
    db.write::<_, StoreError, _>(move |tx| {
        gateways::insert(tx, &rows.0)?;
        boards::insert(tx, &rows.1)?;
        agents::insert(tx, &rows.2)?;
        organizations::insert(tx, &strangers)?;
        boards::insert(tx, &rows.3)
    })
    .await
    .unwrap();
    (Place { server, db, organization, board, agent }, foreign)
}

impl Place {
    /// A task that was made and changed last at these ages, in progress for `hours` before that.
    async fn task(&self, board: &Board, status: TaskStatus, changed: Duration, hours: Option<u32>) -> Task {
        let at = Timestamp::now().minus(changed);
        let task = Task {
            status,
            created_at: at,
            updated_at: at,
            in_progress_at: hours.map(|hours| at.minus(HOUR * hours)),
            ..Task::new(board.id, "Task")
        };
        let row = task.clone();
        self.db.write::<_, StoreError, _>(move |tx| tasks::insert(tx, &row)).await.unwrap();
        task
    }

    async fn event(&self, event: ActivityEvent) {
        self.db.write::<_, StoreError, _>(move |tx| activity::record(tx, &event)).await.unwrap();
    }

    async fn dashboard(&self, query: &str) -> Value {
        self.server.user().get(&format!("/api/v1/metrics/dashboard?{query}")).expect(200).await
    }
}

/// The sum of a series' points.
fn sum(series: &Value, field: &str) -> f64 {
    series["points"].as_array().unwrap().iter().map(|point| point[field].as_f64().unwrap()).sum()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_counts_what_happened_in_the_range_and_in_the_one_before(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (place, foreign) = place(backend).await;
    let board = place.board.clone();
    let failed = place.task(&board, TaskStatus::Done, DAY / 2, None).await;
    place.task(&board, TaskStatus::Done, DAY * 2, None).await;
    place.task(&board, TaskStatus::Review, HOUR, Some(2)).await;
    place.task(&board, TaskStatus::Review, HOUR, Some(5)).await;
    place.task(&board, TaskStatus::Review, DAY * 40, Some(9)).await;
    place.task(&board, TaskStatus::Inbox, DAY * 5, None).await;
    place.task(&board, TaskStatus::InProgress, HOUR, Some(1)).await;
    place.task(&foreign, TaskStatus::Done, HOUR, None).await;
    for kind in ["task.created", "task.lead_notify_failed", "task.updated", "task.updated"] {
        let event = ActivityEvent::new(kind, "text").failed(kind == "task.lead_notify_failed");
        place.event(event.board(board.id).task(failed.id)).await;
    }

    let day = place.dashboard("").await;
    assert_eq!((&day["range"], &day["throughput"]["primary"]["bucket"]), (&json!("24h"), &json!("hour")));
    assert_eq!(day["throughput"]["primary"]["points"].as_array().unwrap().len(), 25);
    assert_eq!(sum(&day["throughput"]["primary"], "value"), 1.0);
    assert_eq!(sum(&day["throughput"]["comparison"], "value"), 0.0);
    assert_eq!(sum(&day["wip"]["primary"], "review"), 2.0);
    assert_eq!(sum(&day["wip"]["primary"], "inbox"), 0.0);
    let kpis = &day["kpis"];
    assert_eq!((&kpis["active_agents"], &kpis["done_tasks"]), (&json!(1), &json!(2)));
    assert_eq!((&kpis["inbox_tasks"], &kpis["review_tasks"]), (&json!(1), &json!(3)));
    assert_eq!(kpis["error_rate_pct"], 25.0);
    let median = kpis["median_cycle_time_hours_7d"].as_f64().unwrap();
    assert!((median - 3.5).abs() < 0.01, "{median}");
    let cycle = sum(&day["cycle_time"]["primary"], "value");
    assert!((cycle - 3.5).abs() < 0.01, "one bucket with the mean of both: {cycle}");

    let days = place.dashboard("range_key=3d").await;
    assert_eq!(sum(&days["throughput"]["primary"], "value"), 2.0);
    assert_eq!(sum(&days["wip"]["comparison"], "inbox"), 1.0);
    // Ninety days touch thirteen weeks when they begin on a Monday, else fourteen.
    for (range, bucket, points) in [("1m", "day", 31..=31), ("3m", "week", 13..=14), ("1y", "month", 12..=13)]
    {
        let metrics = place.dashboard(&format!("range_key={range}&board_id={}", board.id)).await;
        let primary = &metrics["cycle_time"]["primary"];
        assert_eq!(primary["bucket"], bucket);
        let length = primary["points"].as_array().unwrap().len();
        assert!(points.contains(&length), "{range}: {length}");
        let kept = if range == "1m" { 2.0 } else { 3.0 };
        assert_eq!(sum(&metrics["wip"]["primary"], "review"), kept, "{range}");
    }
    let nothing = place.dashboard(&format!("group_id={}", uuid::Uuid::new_v4())).await;
    assert_eq!((&nothing["kpis"]["done_tasks"], &nothing["kpis"]["active_agents"]), (&json!(0), &json!(0)));

    let user = place.server.user();
    user.get(&format!("/api/v1/metrics/dashboard?board_id={}", foreign.id)).expect(403).await;
    user.get("/api/v1/metrics/dashboard?range_key=2h").expect(422).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_feed_shows_a_person_their_boards_and_an_agent_its_own_events(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (place, foreign) = place(backend).await;
    let task = place.task(&place.board.clone(), TaskStatus::Inbox, HOUR, None).await;
    let elsewhere = place.task(&foreign, TaskStatus::Inbox, HOUR, None).await;
    place.event(ActivityEvent::new("task.comment", "Ours").task(task.id).agent(place.agent.id)).await;
    place.event(ActivityEvent::new("task.comment", "  ").task(task.id).board(place.board.id)).await;
    place.event(ActivityEvent::new("task.comment", "Theirs").task(elsewhere.id)).await;
    place.event(ActivityEvent::new("board.created", "Also theirs").board(foreign.id)).await;

    let user = place.server.user();
    let feed = user.get("/api/v1/activity").expect(200).await;
    assert_eq!(feed["total"], 2);
    let ours = &feed["items"][1];
    assert_eq!((&ours["message"], &ours["board_id"]), (&json!("Ours"), &json!(place.board.id)));
    assert_eq!((&ours["route_name"], &ours["route_params"]["commentId"]), (&json!("board"), &ours["id"]));
    let comments = user.get("/api/v1/activity/task-comments").expect(200).await;
    assert_eq!(comments["total"], 1, "what says nothing is not shown");
    let comment = &comments["items"][0];
    assert_eq!((&comment["agent_name"], &comment["agent_role"]), (&json!("Ada"), &json!("Analyst")));
    assert_eq!((&comment["task_title"], &comment["board_name"]), (&json!("Task"), &json!("Research")));
    user.get(&format!("/api/v1/activity/task-comments?board_id={}", foreign.id)).expect(403).await;

    let organization = place.organization;
    let blind =
        MemberChanges { all_boards_read: Some(false), all_boards_write: Some(false), ..Default::default() };
    let me = user.get("/api/v1/organizations/me/member").expect(200).await["user_id"].clone();
    let me = me.as_str().unwrap().parse().unwrap();
    let changed = place.db.write::<_, StoreError, _>(move |tx| {
        let member = members::of_user(tx, organization, me)?.unwrap();
        members::update(tx, member.id, &blind)
    });
    changed.await.unwrap();
    assert_eq!(user.get("/api/v1/activity").expect(200).await["total"], 0);
    assert_eq!(user.get("/api/v1/activity/task-comments").expect(200).await["total"], 0);
}
