//! Numbers for the dashboard.

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::{ApprovalId, BoardGroupId, BoardId};
use mission_control_core::limits::DASHBOARD_APPROVALS;
use mission_control_core::models::TaskStatus;
use mission_control_core::rules::metrics::{Range, Span, median, percent};
use mission_control_core::time::Timestamp;
use mission_control_store::metrics::{self, EventCount, Spans, TaskCount, Waiting};
use mission_control_store::{Conn, StoreResult, boards};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgMember;
use crate::error::{ApiError, ApiResult};
use crate::events::view;
use crate::http::Query;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(dashboard);
}

crate::input! {
    /// What the dashboard shows.
    pub struct DashboardQuery {
        /// How far it looks back.
        pub range_key: Range = Range::DAY,
        /// Only this board.
        pub board_id: Option<BoardId>,
        /// Only boards of this group.
        pub group_id: Option<BoardGroupId>,
    }
}

/// A number per bucket, and the same for the time before.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardSeriesSet {
    /// The range.
    pub primary: DashboardRangeSeries,
    /// The range before it, of the same length.
    pub comparison: DashboardRangeSeries,
}

/// A number per bucket.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardRangeSeries {
    /// The range.
    #[schema(example = "24h")]
    pub range: &'static str,
    /// What it is cut into: `hour`, `day`, `week` or `month`.
    #[schema(example = "hour")]
    pub bucket: &'static str,
    /// Every bucket, oldest first.
    pub points: Vec<DashboardSeriesPoint>,
}

/// The number of a bucket.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardSeriesPoint {
    /// Where the bucket begins.
    pub period: Timestamp,
    /// The number.
    pub value: f64,
}

/// Work in progress per bucket, and the same for the time before.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardWipSeriesSet {
    /// The range.
    pub primary: DashboardWipRangeSeries,
    /// The range before it, of the same length.
    pub comparison: DashboardWipRangeSeries,
}

/// Work in progress per bucket.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardWipRangeSeries {
    /// The range.
    #[schema(example = "24h")]
    pub range: &'static str,
    /// What it is cut into.
    #[schema(example = "hour")]
    pub bucket: &'static str,
    /// Every bucket, oldest first.
    pub points: Vec<DashboardWipPoint>,
}

/// Tasks by the bucket of their last change (of their creation while they are in the inbox).
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardWipPoint {
    /// Where the bucket begins.
    pub period: Timestamp,
    /// In the inbox.
    pub inbox: i64,
    /// In progress.
    pub in_progress: i64,
    /// In review.
    pub review: i64,
    /// Done.
    pub done: i64,
}

/// The numbers on top.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardKpis {
    /// Agents seen in the range.
    pub active_agents: i64,
    /// Tasks in progress now.
    pub tasks_in_progress: i64,
    /// Tasks in the inbox now.
    pub inbox_tasks: i64,
    /// The same as `tasks_in_progress`.
    pub in_progress_tasks: i64,
    /// Tasks in review now.
    pub review_tasks: i64,
    /// Tasks done, ever.
    pub done_tasks: i64,
    /// Failures among the events on tasks in the range, in percent.
    pub error_rate_pct: f64,
    /// Median time from progress to review in the range, in hours.
    pub median_cycle_time_hours_7d: Option<f64>,
}

/// An approval that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardPendingApproval {
    /// The approval.
    #[schema(value_type = uuid::Uuid)]
    pub approval_id: ApprovalId,
    /// Its board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The board's name.
    pub board_name: String,
    /// What is to be approved.
    pub action_type: String,
    /// How sure the asking agent is, in percent.
    pub confidence: f64,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// The task's title.
    pub task_title: Option<String>,
}

impl From<Waiting> for DashboardPendingApproval {
    fn from(waiting: Waiting) -> Self {
        Self {
            approval_id: waiting.id,
            board_id: waiting.board_id,
            board_name: waiting.board_name,
            action_type: waiting.action_type,
            confidence: waiting.confidence,
            created_at: waiting.created_at,
            task_title: waiting.task_title,
        }
    }
}

/// The approvals that wait.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardPendingApprovals {
    /// How many there are.
    pub total: i64,
    /// The newest of them.
    pub items: Vec<DashboardPendingApproval>,
}

/// Everything that the dashboard shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardMetrics {
    /// The range.
    #[schema(example = "24h")]
    pub range: &'static str,
    /// When these numbers were taken.
    pub generated_at: Timestamp,
    /// The numbers on top.
    pub kpis: DashboardKpis,
    /// Tasks done, by when.
    pub throughput: DashboardSeriesSet,
    /// Mean hours from progress to review.
    pub cycle_time: DashboardSeriesSet,
    /// Failures among the events on tasks, in percent.
    pub error_rate: DashboardSeriesSet,
    /// Tasks by status.
    pub wip: DashboardWipSeriesSet,
    /// What waits for a decision.
    pub pending_approvals: DashboardPendingApprovals,
}

/// Read the dashboard
///
/// Over the boards that the caller sees in the organization that they work in; `board_id` may be of any that they are in.
#[utoipa::path(
    tag = "metrics",
    operation_id = "metrics_dashboard",
    security(("user" = [])),
    params(DashboardQuery),
    responses(
        (status = 200, description = "The numbers.", body = DashboardMetrics),
        (status = 403, description = "The caller has no access to the board.", body = crate::error::ErrorBody)
    )
)]
#[get("/metrics/dashboard")]
async fn dashboard(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<DashboardQuery>,
) -> ApiResult<Json<DashboardMetrics>> {
    let query = query.valid()?;
    let metrics = state.db.read(move |conn| {
        // A board says by itself which of the caller's organizations is meant.
        let named = query.board_id.map(|id| boards::find(conn, id)).transpose()?.flatten();
        let caller = match named {
            Some(board) => caller.clone().in_organization(conn, board.organization_id)?.unwrap_or(caller),
            None => caller,
        };
        let seen = view(conn, &caller.member)?;
        if query.board_id.is_some_and(|board| !seen.boards().any(|id| id == board)) {
            return Err(ApiError::forbidden("You have no access to this board."));
        }
        let boards: Vec<BoardId> = boards::with_groups(conn, caller.organization.id)?
            .into_iter()
            .filter(|(id, _)| seen.sees_board(*id) && query.board_id.is_none_or(|board| board == *id))
            .filter(|(_, group)| query.group_id.is_none() || *group == query.group_id)
            .map(|(id, _)| id)
            .collect();
        Ok(numbers(conn, query.range_key, &boards)?)
    });
    Ok(Json(metrics.await?))
}

fn numbers(conn: &mut Conn, range: Range, boards: &[BoardId]) -> StoreResult<DashboardMetrics> {
    let generated_at = Timestamp::now();
    let (span, before) = range.spans(generated_at);
    let spans = Spans { start: before.start, middle: span.start, end: span.end, bucket: range.bucket() };
    let changes = metrics::tasks_by_change(conn, boards, spans)?;
    let inbox = metrics::inbox_by_creation(conn, boards, spans)?;
    let failures = metrics::failures(conn, boards, spans)?;
    let statuses = metrics::tasks_by_status(conn, boards)?;
    let now_in =
        |status: TaskStatus| statuses.iter().filter(|(at, _)| *at == status).map(|(_, tasks)| tasks).sum();
    let (waiting, total) = metrics::waiting(conn, boards, DASHBOARD_APPROVALS)?;
    let recent = failures.iter().filter(|count| count.later);
    let (failed, events) = recent.fold((0, 0), |sum, count| (sum.0 + count.failed, sum.1 + count.events));
    let both = |series: &dyn Fn(Span, bool) -> DashboardRangeSeries| DashboardSeriesSet {
        primary: series(span, true),
        comparison: series(before, false),
    };
    Ok(DashboardMetrics {
        range: range.as_str(),
        generated_at,
        kpis: DashboardKpis {
            active_agents: metrics::agents_seen(conn, boards, span)?,
            tasks_in_progress: now_in(TaskStatus::InProgress),
            inbox_tasks: now_in(TaskStatus::Inbox),
            in_progress_tasks: now_in(TaskStatus::InProgress),
            review_tasks: now_in(TaskStatus::Review),
            done_tasks: now_in(TaskStatus::Done),
            error_rate_pct: percent(number(failed), number(events)),
            median_cycle_time_hours_7d: median(metrics::review_hours(conn, boards, span)?),
        },
        throughput: both(&|span, later| throughput(range, span, later, &changes)),
        cycle_time: both(&|span, later| cycle_time(range, span, later, &changes)),
        error_rate: both(&|span, later| error_rate(range, span, later, &failures)),
        wip: DashboardWipSeriesSet {
            primary: work(range, span, true, &changes, &inbox),
            comparison: work(range, before, false, &changes, &inbox),
        },
        pending_approvals: DashboardPendingApprovals {
            total,
            items: waiting.into_iter().map(DashboardPendingApproval::from).collect(),
        },
    })
}

/// Counts are far below where this loses precision.
fn number(count: i64) -> f64 {
    i32::try_from(count).map_or(f64::from(i32::MAX), f64::from)
}

/// A series of `part` and `whole` sums, with what `value` makes of the two.
fn series(
    range: Range,
    span: Span,
    counts: impl Iterator<Item = (Timestamp, (f64, f64))>,
    value: impl Fn(f64, f64) -> f64,
) -> DashboardRangeSeries {
    let add = |sum: &mut (f64, f64), one: (f64, f64)| *sum = (sum.0 + one.0, sum.1 + one.1);
    let sums = range.bucket().series(span, counts, add);
    let point = |(period, (part, whole))| DashboardSeriesPoint { period, value: value(part, whole) };
    DashboardRangeSeries {
        range: range.as_str(),
        bucket: range.bucket().as_str(),
        points: sums.into_iter().map(point).collect(),
    }
}

fn throughput(range: Range, span: Span, later: bool, changes: &[TaskCount]) -> DashboardRangeSeries {
    let done = changes.iter().filter(|count| count.later == later && count.status == TaskStatus::Done);
    series(range, span, done.map(|count| (count.at, (number(count.tasks), 0.0))), |tasks, _| tasks)
}

fn cycle_time(range: Range, span: Span, later: bool, changes: &[TaskCount]) -> DashboardRangeSeries {
    let timed =
        |count: &&TaskCount| count.later == later && count.status == TaskStatus::Review && count.timed > 0;
    let hours = changes.iter().filter(timed).map(|count| (count.at, (count.hours, number(count.timed))));
    series(range, span, hours, |hours, tasks| if tasks > 0.0 { hours / tasks } else { 0.0 })
}

fn error_rate(range: Range, span: Span, later: bool, failures: &[EventCount]) -> DashboardRangeSeries {
    let counts = failures.iter().filter(|count| count.later == later);
    series(range, span, counts.map(|count| (count.at, (number(count.failed), number(count.events)))), percent)
}

fn work(
    range: Range,
    span: Span,
    later: bool,
    changes: &[TaskCount],
    inbox: &[EventCount],
) -> DashboardWipRangeSeries {
    let changed = changes.iter().filter(|count| count.later == later);
    // Those in the inbox count by their creation.
    let changed = changed.map(|count| (count.at, (count.status, count.tasks)));
    let changed = changed.filter(|(_, (status, _))| *status != TaskStatus::Inbox);
    let created = inbox.iter().filter(|count| count.later == later);
    let created = created.map(|count| (count.at, (TaskStatus::Inbox, count.events)));
    let add = |sum: &mut [i64; 4], (status, tasks): (TaskStatus, i64)| {
        let [inbox, in_progress, review, done] = sum;
        match status {
            TaskStatus::Inbox => *inbox += tasks,
            TaskStatus::InProgress => *in_progress += tasks,
            TaskStatus::Review => *review += tasks,
            TaskStatus::Done => *done += tasks,
            TaskStatus::Foreign(_) => {}
        }
    };
    let sums = range.bucket().series(span, changed.chain(created), add);
    let point = |(period, [inbox, in_progress, review, done]): (Timestamp, [i64; 4])| DashboardWipPoint {
        period,
        inbox,
        in_progress,
        review,
        done,
    };
    DashboardWipRangeSeries {
        range: range.as_str(),
        bucket: range.bucket().as_str(),
        points: sums.into_iter().map(point).collect(),
    }
}
