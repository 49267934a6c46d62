//! Streams of what boards and groups of boards are given to remember, chat included.

use actix_web::{HttpResponse, get, web};
use mission_control_core::id::BoardGroupId;
use mission_control_core::limits::MOMENT;
use mission_control_core::rules::event_access::Scope;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::EventKind;
use mission_control_shapes::{BoardGroupMemoryRead, BoardMemoryRead};
use mission_control_store::{Conn, StoreError, StoreResult, since};
use serde_json::{Value, json};

use super::opening::{From, Opening};
use crate::auth::{BoardActorRead, GroupRead};
use crate::error::ApiResult;
use crate::events::{Entry, Needs};
use crate::http::{LastEventId, Query};
use crate::input::AnyText;
use crate::state::State;

crate::input! {
    /// What a stream of memory shows, and where it begins.
    pub(super) struct MemoryStreamQuery {
        /// Only chat, or only the rest.
        pub is_chat: Option<bool>,
        /// First what was added since this time, then what happens; absent, only what happens.
        pub since: Option<AnyText<MOMENT>>,
    }
}

/// The payload of an entry of this kind and scope, if it is of the wanted sort.
fn added(entry: &Entry, kind: EventKind, scope: Scope, is_chat: Option<bool>) -> Option<Value> {
    let Entry { told, event, .. } = entry;
    let here = told.kind == Some(kind) && told.scope == scope;
    (here && (is_chat.is_none() || told.is_chat == is_chat)).then(|| event.payload.clone())
}

/// Follow a board's memory
///
/// Events `memory` with `{memory}`.
#[utoipa::path(
    tag = "board-memory",
    operation_id = "board_memory_stream",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), MemoryStreamQuery, LastEventId),
    responses((status = 200, description = "The stream.", body = String, content_type = "text/event-stream"))
)]
#[get("/boards/{board_id}/memory/stream")]
pub(super) async fn of_board(
    caller: BoardActorRead,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<MemoryStreamQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let (from, is_chat) = (From::of(last, query.since.as_deref()), query.is_chat);
    let board = caller.board.id;
    let opening = state.db.snapshot(move |conn| {
        let audience = caller.audience(conn)?;
        Opening::read(conn, from, audience, |conn, _, since| {
            let rows = since::memory(conn, board, is_chat, since)?.into_iter();
            Ok(rows.map(|row| json!({ "memory": BoardMemoryRead::from(row) })).collect())
        })
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    Ok(opening.stream(&state, "memory", Needs { board: Some(board), ..Needs::default() }, move |entry| {
        added(entry, EventKind::MemoryCreated, Scope::Board(board), is_chat)
    }))
}

/// Follow a group's memory
///
/// Events `memory` with `{memory}`.
#[utoipa::path(
    tag = "board-group-memory",
    operation_id = "group_memory_stream",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group."), MemoryStreamQuery, LastEventId),
    responses((status = 200, description = "The stream.", body = String, content_type = "text/event-stream"))
)]
#[get("/board-groups/{group_id}/memory/stream")]
pub(super) async fn of_group(
    caller: GroupRead,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<MemoryStreamQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let (from, is_chat, group) = (From::of(last, query.since.as_deref()), query.is_chat, caller.group.id);
    let opening = state.db.snapshot(move |conn| {
        let audience = caller.caller.audience(conn)?;
        Opening::read(conn, from, audience, |conn, _, since| group_rows(conn, group, is_chat, since))
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    let needs = Needs { group: Some(group), ..Needs::default() };
    Ok(opening.stream(&state, "memory", needs, move |entry| group_data(entry, Some(group), is_chat)))
}

/// Follow the memory of a board's group
///
/// Events `memory` with `{memory}`; none while the board is in no group.
#[utoipa::path(
    tag = "board-group-memory",
    operation_id = "group_memory_stream_of_board",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), MemoryStreamQuery, LastEventId),
    responses((status = 200, description = "The stream.", body = String, content_type = "text/event-stream"))
)]
#[get("/boards/{board_id}/group-memory/stream")]
pub(super) async fn of_boards_group(
    caller: BoardActorRead,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<MemoryStreamQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let (from, is_chat) = (From::of(last, query.since.as_deref()), query.is_chat);
    let (board, group) = (caller.board.id, caller.board.board_group_id);
    let opening = state.db.snapshot(move |conn| {
        let audience = caller.audience(conn)?;
        Opening::read(conn, from, audience, |conn, _, since| match group {
            Some(group) => group_rows(conn, group, is_chat, since),
            None => Ok(Vec::new()),
        })
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    let needs = Needs { board: Some(board), group, admin: false };
    Ok(opening.stream(&state, "memory", needs, move |entry| group_data(entry, group, is_chat)))
}

fn group_rows(
    conn: &mut Conn,
    group: BoardGroupId,
    is_chat: Option<bool>,
    since: Timestamp,
) -> StoreResult<Vec<Value>> {
    let rows = since::group_memory(conn, group, is_chat, since)?.into_iter();
    Ok(rows.map(|row| json!({ "memory": BoardGroupMemoryRead::from(row) })).collect())
}

fn group_data(entry: &Entry, group: Option<BoardGroupId>, is_chat: Option<bool>) -> Option<Value> {
    added(entry, EventKind::GroupMemoryCreated, Scope::Group(group?), is_chat)
}
