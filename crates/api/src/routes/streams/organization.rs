//! Streams of the organization: agents, and comments on tasks.

use actix_web::{HttpResponse, get, web};
use mission_control_core::id::BoardId;
use mission_control_core::limits::STREAM_ROWS;
use mission_control_core::time::Timestamp;
use mission_control_shapes::AgentRead;
use mission_control_shapes::events::{in_agents, in_comments};
use mission_control_store::activity::CommentFilter;
use mission_control_store::{Page, StoreError, activity, since};
use serde_json::json;

use super::opening::{BoardStreamQuery, From, Opening};
use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult};
use crate::events::{Audience, Entry, Needs};
use crate::http::{LastEventId, Query};
use crate::state::State;

/// The boards that a stream of the organization shows: the one asked for, else all that the member sees.
fn boards_shown(audience: &Audience, board: Option<BoardId>) -> Vec<BoardId> {
    match (board, audience.view()) {
        (Some(board), _) => vec![board],
        (None, Some(view)) => view.boards().collect(),
        (None, None) => Vec::new(),
    }
}

/// A stream of one board is refused where the board is not the caller's to see.
fn admitted(opening: &Opening, board: Option<BoardId>) -> ApiResult<()> {
    match board {
        Some(board) if !boards_shown(&opening.audience, None).contains(&board) => {
            Err(ApiError::forbidden("You have no access to this board."))
        }
        _ => Ok(()),
    }
}

/// Follow agents
///
/// Events `agent` with `{agent}`: the agents on the boards that the caller sees, whenever one is made, changes or checks
/// in. Main agents of gateways are not among them.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_stream",
    security(("user" = [])),
    params(BoardStreamQuery, LastEventId),
    responses(
        (status = 200, description = "The stream.", body = String, content_type = "text/event-stream"),
        (status = 403, description = "The caller has no access to the board.", body = crate::error::ErrorBody)
    )
)]
#[get("/agents/stream")]
pub(super) async fn agents(
    admin: OrgAdmin,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<BoardStreamQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let (from, board) = (From::of(last, query.since.as_deref()), query.board_id);
    let opening = state.db.snapshot(move |conn| {
        let audience = admin.0.audience(conn)?;
        Opening::read(conn, from, audience, |conn, audience, since| {
            let now = Timestamp::now();
            let agents = since::agents(conn, &boards_shown(audience, board), since)?;
            Ok(agents.iter().map(|agent| json!({ "agent": AgentRead::of(agent, now) })).collect())
        })
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    admitted(&opening, board)?;
    let needs = Needs { board, admin: true, ..Needs::default() };
    Ok(opening.stream(&state, "agent", needs, move |Entry { event, told, .. }| {
        let here = event.board_id.is_some() && (board.is_none() || event.board_id == board);
        here.then(|| in_agents(told.kind?, &event.payload)).flatten()
    }))
}

/// Follow comments
///
/// Events `comment` with `{comment}`: comments on tasks of the boards that the caller sees, with the names of agent, task
/// and board.
#[utoipa::path(
    tag = "activity",
    operation_id = "activity_task_comments_stream",
    security(("user" = [])),
    params(BoardStreamQuery, LastEventId),
    responses(
        (status = 200, description = "The stream.", body = String, content_type = "text/event-stream"),
        (status = 403, description = "The caller has no access to the board.", body = crate::error::ErrorBody)
    )
)]
#[get("/activity/task-comments/stream")]
pub(super) async fn task_comments(
    caller: OrgMember,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<BoardStreamQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let (from, board) = (From::of(last, query.since.as_deref()), query.board_id);
    let opening = state.db.snapshot(move |conn| {
        let audience = caller.audience(conn)?;
        Opening::read(conn, from, audience, |conn, audience, at| {
            let newest = Page::at(0, STREAM_ROWS);
            let boards = boards_shown(audience, board);
            let filter = CommentFilter { boards, since: Some(at), mentioning: None };
            let comments = activity::comments(conn, &filter, newest)?.items;
            Ok(comments.iter().rev().map(|comment| json!({ "comment": comment })).collect())
        })
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    admitted(&opening, board)?;
    let needs = Needs { board, ..Needs::default() };
    Ok(opening.stream(&state, "comment", needs, move |Entry { event, told, .. }| {
        let here = board.is_none() || event.board_id == board;
        here.then(|| in_comments(told.kind?, &event.payload)).flatten()
    }))
}
