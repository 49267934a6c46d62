//! Finding tasks on every board.

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::{AgentId, BoardId, TaskId, UserId};
use mission_control_core::limits::{HITS, SEARCH};
use mission_control_core::rules::search::Sought;
use mission_control_core::rules::task_key;
use mission_control_core::time::Timestamp;
use mission_control_store::StoreError;
use mission_control_store::search::{self, Found};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgMember;
use crate::error::ApiResult;
use crate::events::view;
use crate::http::Query;
use crate::input::{AnyText, Bounded, FromInput, Reader};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(find);
}

crate::input! {
    /// What is searched for.
    pub struct SearchQuery {
        /// Words of a title, in any order and case, or the key of a task, such as `REL-12`. Ten words at most.
        pub q: Words,
        /// Tasks at most.
        pub limit: Bounded<1, HITS> = Bounded(20),
    }
}

/// What is searched for, within its maxima.
#[derive(Debug, Clone, Copy)]
pub enum Words {}

impl FromInput for Words {
    type Output = Sought;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Sought> {
        let text = AnyText::<SEARCH>::from_input(value, reader)?;
        match Sought::new(&text) {
            Ok(sought) => Some(sought),
            Err(too_much) => reader.fail("value_error", too_much.to_string()),
        }
    }

    fn schema() -> RefOr<Schema> {
        AnyText::<SEARCH>::schema()
    }
}

/// A task that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundTask {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: TaskId,
    /// Its name in conversation.
    #[schema(example = "REL-12")]
    pub key: String,
    /// Title.
    pub title: String,
    /// Column.
    pub status: String,
    /// The agent that works on it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub assigned_agent_id: Option<AgentId>,
    /// The person who works on it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub assigned_user_id: Option<UserId>,
    /// Its board.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// The board's name.
    pub board_name: String,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<Found> for FoundTask {
    fn from(Found { task, board_name, task_prefix }: Found) -> Self {
        let status = task.status.as_str().to_owned();
        Self {
            id: task.id,
            key: task_key::key(&task_prefix, task.number),
            title: task.title,
            status,
            assigned_agent_id: task.assigned_agent_id,
            assigned_user_id: task.assigned_user_id,
            board_id: task.board_id,
            board_name,
            updated_at: task.updated_at,
        }
    }
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// Tasks: the one of this key, then the last changed first.
    pub tasks: Vec<FoundTask>,
}

/// Search
///
/// Tasks of every board that the caller sees.
#[utoipa::path(
    tag = "search",
    operation_id = "search",
    security(("user" = [])),
    params(SearchQuery),
    responses((status = 200, description = "What was found.", body = SearchResult))
)]
#[get("/search")]
async fn find(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<SearchQuery>,
) -> ApiResult<Json<SearchResult>> {
    let query = query.valid()?;
    let found = state.db.read(move |conn| {
        let boards: Vec<BoardId> = view(conn, &caller.member)?.boards().collect();
        search::tasks(conn, &boards, &query.q, query.limit.0)
    });
    let found = found.await.map_err(|error: StoreError| error)?;
    Ok(Json(SearchResult { tasks: found.into_iter().map(FoundTask::from).collect() }))
}
