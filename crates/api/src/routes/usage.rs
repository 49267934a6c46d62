//! What models used.

use std::time::Duration;

use actix_web::get;
use actix_web::{HttpResponse, web};
use mission_control_core::id::{AgentId, BoardId, TaskId};
use mission_control_core::limits::{NAME, WORD};
use mission_control_core::time::Timestamp;
use mission_control_fleet::usage;
use mission_control_shapes::UsageReport;
use mission_control_store::usage::{UsageBy, UsageFilter};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgMember;
use crate::error::{ApiError, ApiResult};
use crate::events::view;
use crate::http::Query;
use crate::input::{AnyText, Fault};
use crate::state::State;

/// What is told without `from`.
const USUAL: Duration = Duration::from_secs(30 * 24 * 3600);

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read);
}

crate::input! {
    /// What is to be told of use.
    pub struct UsageQuery {
        /// Up to three of `day`, `agent`, `board`, `task`, `provider` and `model`, separated by commas; `day` when it is absent.
        pub group_by: Option<AnyText<WORD>>,
        /// From this time; thirty days before `to` when it is absent.
        pub from: Option<Timestamp>,
        /// Until before this time; now when it is absent.
        pub to: Option<Timestamp>,
        /// Only what this agent used.
        pub agent_id: Option<AgentId>,
        /// Only what was used on this board.
        pub board_id: Option<BoardId>,
        /// Only what was used about this task.
        pub task_id: Option<TaskId>,
        /// Only what this provider's models used.
        pub provider: Option<AnyText<NAME>>,
        /// Only what this model used.
        pub model: Option<AnyText<NAME>>,
        /// `json`, or `csv` for a table.
        pub format: Option<AnyText<WORD>>,
    }
}

/// Read what models used
///
/// Tokens and cost as the gateways told them, kept here also when a gateway forgets them. Days are those of UTC. Members see
/// what the agents of their boards used; what is no board's is for admins.
#[utoipa::path(
    tag = "runs",
    operation_id = "usage_read",
    security(("user" = [])),
    params(UsageQuery),
    responses((
        status = 200,
        description = "What was used; a table with `format=csv`.",
        content((UsageReport = "application/json"), (String = "text/csv"))
    ))
)]
#[get("/usage")]
async fn read(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<UsageQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let by = groups(query.group_by.as_deref().unwrap_or("day"))?;
    let csv = match query.format.as_deref().unwrap_or("json") {
        "json" => false,
        "csv" => true,
        _ => return Err(fault("format", "Expected one of: json, csv.")),
    };
    let to = query.to.unwrap_or_else(Timestamp::now);
    let from = query.from.unwrap_or_else(|| to.minus(USUAL));
    let organization_id = caller.organization.id;
    let seen = state.db.read(move |conn| view(conn, &caller.member)).await?;
    // Who sees every board sees also those that are gone.
    let boards = (!seen.sees_board(BoardId::random())).then(|| seen.boards().collect());
    let filter = UsageFilter {
        organization_id,
        boards,
        without_board: seen.is_admin(),
        agent_id: query.agent_id,
        board_id: query.board_id,
        task_id: query.task_id,
        provider: query.provider,
        model: query.model,
        from,
        to,
    };
    let report = usage::report(&state.fleet, filter, by).await?;
    Ok(match csv {
        true => HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8")
            .insert_header(("content-disposition", "attachment; filename=\"usage.csv\""))
            .body(report.csv()),
        false => HttpResponse::Ok().json(report),
    })
}

fn groups(text: &str) -> ApiResult<[Option<UsageBy>; 3]> {
    let expected = "Expected up to three of: day, agent, board, task, provider, model.";
    let mut by = [None; 3];
    let mut places = by.iter_mut();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let group = UsageBy::named(word).ok_or_else(|| fault("group_by", expected))?;
        *places.next().ok_or_else(|| fault("group_by", expected))? = Some(group);
    }
    Ok(by)
}

fn fault(field: &'static str, said: &'static str) -> ApiError {
    ApiError::invalid(vec![Fault::of_field(field, "literal_error", said)])
}
