//! Notes and chat of a board, for people and for the agents of the board.

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::limits::{NAME, PROSE, TAG, TAGS};
use mission_control_fleet::memory::{self, NewMemory};
use mission_control_shapes::BoardMemoryRead;
use mission_control_store::memory::MemoryFilter;
use utoipa_actix_web::service_config::ServiceConfig;

use super::search::Words;
use crate::auth::{BoardActorRead, BoardActorWrite};
use crate::error::ApiResult;
use crate::http::{Body, List, PageQuery, Query};
use crate::input::{AnyText, ListOf, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create);
}

crate::input! {
    /// Something for a board to remember.
    pub struct BoardMemoryCreate {
        /// The text. In the chat `@name` tells an agent of the board; `/pause` and `/resume` go to all of them.
        pub content: Text<PROSE>,
        /// Words; `chat` makes it a message of the chat.
        pub tags: Option<ListOf<AnyText<TAG>, TAGS>>,
        /// Who or what it comes from; a message without comes from its author.
        pub source: Option<AnyText<NAME>>,
    }
}

impl From<BoardMemoryCreate> for NewMemory {
    fn from(input: BoardMemoryCreate) -> Self {
        Self { content: input.content, tags: input.tags, source: input.source }
    }
}

crate::input! {
    /// Which entries are wanted.
    pub struct MemoryListQuery with page: PageQuery {
        /// Only the chat, or only the rest.
        pub is_chat: Option<bool>,
        /// Only what has these words in it, in any order and case. Ten words at most.
        pub q: Option<Words>,
    }
}

impl MemoryListQuery {
    /// What is wanted, apart from the page.
    pub(crate) fn filter(&self) -> MemoryFilter {
        MemoryFilter { is_chat: self.is_chat, words: self.q.clone() }
    }
}

/// List a board's memory
///
/// Newest first.
#[utoipa::path(
    tag = "board-memory",
    operation_id = "board_memory_list",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), MemoryListQuery),
    responses((status = 200, description = "A page of entries.", body = List<BoardMemoryRead>))
)]
#[get("/boards/{board_id}/memory")]
async fn list(
    caller: BoardActorRead,
    state: web::Data<State>,
    query: Query<MemoryListQuery>,
) -> ApiResult<Json<List<BoardMemoryRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = memory::list(&state.fleet, caller.board.id, query.filter(), page).await?;
    Ok(Json(List::of(listing, |entry| entry)))
}

/// Add to a board's memory
///
/// A message of the chat (tag `chat`) goes to the board's lead and to the agents that it mentions.
#[utoipa::path(
    tag = "board-memory",
    operation_id = "board_memory_create",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardMemoryCreate,
    responses((status = 200, description = "The entry.", body = BoardMemoryRead))
)]
#[post("/boards/{board_id}/memory")]
async fn create(
    caller: BoardActorWrite,
    state: web::Data<State>,
    body: Body<BoardMemoryCreate>,
) -> ApiResult<Json<BoardMemoryRead>> {
    let new = body.valid()?.into();
    let author = caller.party.author();
    Ok(Json(memory::post(&state.fleet, caller.board, author, new).await?))
}
