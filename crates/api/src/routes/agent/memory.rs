//! What an agent's board remembers, its chat included.

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_fleet::memory::{self, Author};
use mission_control_shapes::BoardMemoryRead;
use mission_control_store::memory::MemoryFilter;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::AgentBoard;
use crate::error::ApiResult;
use crate::http::{Body, Excerpt, ExcerptQuery, List, LongText, Query};
use crate::routes::board_memory::BoardMemoryCreate;
use crate::state::State;

/// Lists the routes.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create);
}

crate::input! {
    /// Which entries are wanted.
    pub struct AgentMemoryQuery with texts: ExcerptQuery {
        /// Only the chat, or only the rest.
        pub is_chat: Option<bool>,
    }
}

impl LongText for BoardMemoryRead {
    fn text(&mut self) -> Option<&mut String> {
        Some(&mut self.content)
    }
}

/// List what my board remembers
///
/// Newest first. `is_chat=false` leaves the chat out.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_memory_list",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), AgentMemoryQuery),
    responses((status = 200, description = "A page of entries.", body = List<Excerpt<BoardMemoryRead>>))
)]
#[get("/agent/boards/{board_id}/memory")]
async fn list(
    caller: AgentBoard,
    state: web::Data<State>,
    query: Query<AgentMemoryQuery>,
) -> ApiResult<Json<List<Excerpt<BoardMemoryRead>>>> {
    let AgentMemoryQuery { texts, is_chat } = query.valid()?;
    let filter = MemoryFilter { is_chat, ..MemoryFilter::default() };
    let listing = memory::list(&state.fleet, caller.board.id, filter, texts.page.page()?).await?;
    Ok(Json(List::of(listing, |entry| texts.of(entry))))
}

/// Add to what my board remembers
///
/// A message of the chat (tag `chat`) goes to the board's lead and to the agents that it mentions.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_memory_create",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardMemoryCreate,
    responses((status = 200, description = "The entry.", body = BoardMemoryRead))
)]
#[post("/agent/boards/{board_id}/memory")]
async fn create(
    caller: AgentBoard,
    state: web::Data<State>,
    body: Body<BoardMemoryCreate>,
) -> ApiResult<Json<BoardMemoryRead>> {
    let new = body.valid()?.into();
    let author = Author::from(&caller.agent);
    Ok(Json(memory::post(&state.fleet, caller.board, author, new).await?))
}
