//! Numbers for the dashboard: each is one statement, however many boards, tasks and events there are.
//!
//! Times come back cut to the hour or the day; wider buckets are sums of those.

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Integer, Text, Timestamp as SqlTimestamp};
use mission_control_core::id::{ApprovalId, BoardId};
use mission_control_core::limits::DURATIONS;
use mission_control_core::models::{ApprovalStatus, TaskStatus};
use mission_control_core::rules::metrics::{Bucket, Span};
use mission_control_core::schema::{activity_events, agents, approvals, boards, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Backend, Conn};
use crate::error::{StoreError, StoreResult};

/// Tasks of one status that changed last within the same hour or day.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskCount {
    /// When.
    pub at: Timestamp,
    /// Whether that is in the later one of two adjoining spans.
    pub later: bool,
    /// The status.
    pub status: TaskStatus,
    /// How many.
    pub tasks: i64,
    /// How many of them have been in progress.
    pub timed: i64,
    /// Hours from there to the last change, all of those together.
    pub hours: f64,
}

/// Events within the same hour or day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventCount {
    /// When.
    pub at: Timestamp,
    /// Whether that is in the later one of two adjoining spans.
    pub later: bool,
    /// How many.
    pub events: i64,
    /// How many of them are failures.
    pub failed: i64,
}

/// An approval that waits, with the names of what it is about.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Waiting {
    /// The approval.
    pub id: ApprovalId,
    /// Its board.
    pub board_id: BoardId,
    /// The board's name.
    pub board_name: String,
    /// What is to be approved.
    pub action_type: String,
    /// How sure the asking agent is, in percent.
    pub confidence: f64,
    /// Since when.
    pub created_at: Timestamp,
    /// The task's title.
    pub task_title: Option<String>,
}

/// Two adjoining spans.
#[derive(Debug, Clone, Copy)]
pub struct Spans {
    /// Where the earlier one begins.
    pub start: Timestamp,
    /// Where the later one begins.
    pub middle: Timestamp,
    /// Where the later one ends.
    pub end: Timestamp,
    /// What times are cut to.
    pub bucket: Bucket,
}

impl Spans {
    /// SQL for `column` cut to the hour or the day.
    fn cut(self, backend: Backend, column: &str) -> String {
        let hour = if self.bucket == Bucket::Hour { ("HH24", "%H") } else { ("00", "00") };
        match backend {
            Backend::Postgres => format!("to_char({column}, 'YYYY-MM-DD {}:00:00')", hour.0),
            Backend::Sqlite => format!("strftime('%Y-%m-%d {}:00:00', {column})", hour.1),
        }
    }
}

fn parsed(text: &str) -> StoreResult<Timestamp> {
    Timestamp::stored(text)
        .map_err(|error| StoreError::Query(diesel::result::Error::DeserializationError(Box::new(error))))
}

/// SQL for the hours that a task took from progress to its last change.
fn hours(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => {
            "CAST(EXTRACT(EPOCH FROM tasks.updated_at - tasks.in_progress_at) AS DOUBLE PRECISION) / 3600"
        }
        Backend::Sqlite => "(julianday(tasks.updated_at) - julianday(tasks.in_progress_at)) * 24",
    }
}

/// Tasks by status and by when they changed last.
///
/// # Errors
/// The database's.
pub fn tasks_by_change(conn: &mut Conn, boards: &[BoardId], spans: Spans) -> StoreResult<Vec<TaskCount>> {
    let backend = conn.backend();
    let columns = format!(
        " THEN 1 ELSE 0 END, tasks.status, COUNT(*), COUNT(tasks.in_progress_at), COALESCE(SUM({}), 0.0)",
        hours(backend)
    );
    let case = format!("{}, CASE WHEN tasks.updated_at >= ", spans.cut(backend, "tasks.updated_at"));
    let rows: Vec<(String, i32, TaskStatus, i64, i64, f64)> = tasks::table
        .filter(among(tasks::board_id, boards))
        .filter(tasks::updated_at.between(spans.start, spans.end))
        .group_by(sql::<Text>("1, 2, 3"))
        .select(
            sql::<(Text, Integer, Text, BigInt, BigInt, Double)>(&case)
                .bind::<SqlTimestamp, _>(spans.middle)
                .sql(&columns),
        )
        .load(conn)?;
    let count = |(at, later, status, tasks, timed, hours): (String, i32, TaskStatus, i64, i64, f64)| {
        Ok(TaskCount { at: parsed(&at)?, later: later == 1, status, tasks, timed, hours })
    };
    rows.into_iter().map(count).collect()
}

/// Tasks that are in the inbox, by when they were made.
///
/// # Errors
/// The database's.
pub fn inbox_by_creation(conn: &mut Conn, boards: &[BoardId], spans: Spans) -> StoreResult<Vec<EventCount>> {
    let case = format!("{}, CASE WHEN tasks.created_at >= ", spans.cut(conn.backend(), "tasks.created_at"));
    let rows: Vec<(String, i32, i64)> = tasks::table
        .filter(among(tasks::board_id, boards))
        .filter(tasks::status.eq(TaskStatus::Inbox))
        .filter(tasks::created_at.between(spans.start, spans.end))
        .group_by(sql::<Text>("1, 2"))
        .select(
            sql::<(Text, Integer, BigInt)>(&case)
                .bind::<SqlTimestamp, _>(spans.middle)
                .sql(" THEN 1 ELSE 0 END, COUNT(*)"),
        )
        .load(conn)?;
    let count = |(at, later, events): (String, i32, i64)| {
        Ok(EventCount { at: parsed(&at)?, later: later == 1, events, failed: 0 })
    };
    rows.into_iter().map(count).collect()
}

/// Activity on tasks, and how much of it failed.
///
/// # Errors
/// The database's.
pub fn failures(conn: &mut Conn, boards: &[BoardId], spans: Spans) -> StoreResult<Vec<EventCount>> {
    let column = "activity_events.created_at";
    let case = format!("{}, CASE WHEN {column} >= ", spans.cut(conn.backend(), column));
    let failed = " THEN 1 ELSE 0 END, COUNT(*), SUM(CASE WHEN activity_events.failed THEN 1 ELSE 0 END)";
    let rows: Vec<(String, i32, i64, i64)> = activity_events::table
        .inner_join(tasks::table)
        .filter(among(tasks::board_id, boards))
        .filter(activity_events::created_at.between(spans.start, spans.end))
        .group_by(sql::<Text>("1, 2"))
        .select(
            sql::<(Text, Integer, BigInt, BigInt)>(&case).bind::<SqlTimestamp, _>(spans.middle).sql(failed),
        )
        .load(conn)?;
    let count = |(at, later, events, failed): (String, i32, i64, i64)| {
        Ok(EventCount { at: parsed(&at)?, later: later == 1, events, failed })
    };
    rows.into_iter().map(count).collect()
}

/// Tasks by status.
///
/// # Errors
/// The database's.
pub fn tasks_by_status(conn: &mut Conn, boards: &[BoardId]) -> StoreResult<Vec<(TaskStatus, i64)>> {
    Ok(tasks::table
        .filter(among(tasks::board_id, boards))
        .group_by(tasks::status)
        .select((tasks::status, count_star()))
        .load(conn)?)
}

/// How long each task in review took from progress to its last change in the span, in hours; of very many, the newest.
///
/// # Errors
/// The database's.
pub fn review_hours(conn: &mut Conn, boards: &[BoardId], span: Span) -> StoreResult<Vec<f64>> {
    let hours = hours(conn.backend());
    Ok(tasks::table
        .filter(among(tasks::board_id, boards))
        .filter(tasks::status.eq(TaskStatus::Review))
        .filter(tasks::in_progress_at.is_not_null())
        .filter(tasks::updated_at.between(span.start, span.end))
        .order((tasks::updated_at.desc(), tasks::id.desc()))
        .limit(DURATIONS)
        .select(sql::<Double>(hours))
        .load(conn)?)
}

/// Agents that were seen in the span.
///
/// # Errors
/// The database's.
pub fn agents_seen(conn: &mut Conn, boards: &[BoardId], span: Span) -> StoreResult<i64> {
    Ok(agents::table
        .filter(among(agents::board_id, boards))
        .filter(agents::last_seen_at.between(span.start, span.end))
        .count()
        .get_result(conn)?)
}

/// The approvals that wait, newest first, at most `limit`, and how many there are.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut Conn, ids: &[BoardId], limit: i64) -> StoreResult<(Vec<Waiting>, i64)> {
    let pending = || {
        approvals::table
            .filter(among(approvals::board_id, ids))
            .filter(approvals::status.eq(ApprovalStatus::Pending))
    };
    let total = pending().count().get_result(conn)?;
    let items = pending()
        .inner_join(boards::table)
        .left_join(tasks::table)
        .order((approvals::created_at.desc(), approvals::id.desc()))
        .limit(limit)
        .select((
            approvals::id,
            approvals::board_id,
            boards::name,
            approvals::action_type,
            approvals::confidence,
            approvals::created_at,
            tasks::title.nullable(),
        ))
        .load(conn)?;
    Ok((items, total))
}
