//! What was said to agents, and how far it got.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::id::{AgentId, GatewayId, TaskId};
use mission_control_core::models::MessageState;
use mission_control_fleet::{receipts, say};
use mission_control_shapes::MessageRead;
use mission_control_store::messages::MessageFilter;
use mission_control_store::{Listing, gateways, tasks};
use utoipa_actix_web::service_config::ServiceConfig;

use super::agents::{caller_of, visible};
use crate::auth::{Agent, BoardActorRead, OrgAdmin};
use crate::error::{ApiError, ApiResult};
use crate::http::{List, PageQuery, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(of_agent).service(of_gateway).service(again).service(of_task);
}

/// Lists the routes for agents.
pub(super) fn configure_agent(config: &mut ServiceConfig<'_>) {
    config.service(sent);
}

crate::input! {
    /// Which messages are wanted.
    pub struct MessageListQuery with page: PageQuery {
        /// That got this far.
        pub state: Option<MessageState>,
        /// About this task.
        pub task_id: Option<TaskId>,
    }
}

async fn page_of(
    state: &State,
    query: &MessageListQuery,
    filter: MessageFilter,
) -> ApiResult<Json<List<MessageRead>>> {
    let page = query.page.page()?;
    // What is asked for only ever narrows what the path shows.
    let contradicts = filter.task_id.is_some_and(|path| query.task_id.is_some_and(|asked| asked != path));
    if contradicts {
        return Ok(Json(List::of(Listing::empty(&page), identity)));
    }
    let wanted = MessageFilter { state: query.state, task_id: filter.task_id.or(query.task_id), ..filter };
    let listing = receipts::list(&state.fleet, wanted, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// List what was said to an agent
///
/// Every message with its receipt, newest first: `queued` until the gateway has it, `sent` until the agent gives a sign of
/// life, then `seen`; `failed` with the cause when it will not arrive.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_messages_list",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent."), MessageListQuery),
    responses((status = 200, description = "A page of messages.", body = List<MessageRead>))
)]
#[get("/agents/{agent_id}/messages")]
async fn of_agent(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<MessageListQuery>,
) -> ApiResult<Json<List<MessageRead>>> {
    let query = query.valid()?;
    let id: AgentId = params.id("agent_id")?;
    visible(&state, &admin, id).await?;
    let filter = MessageFilter { agent_id: Some(id), ..MessageFilter::of(admin.caller().organization) };
    page_of(&state, &query, filter).await
}

/// List what was said to a gateway's agents
///
/// Every message with its receipt, newest first.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_messages_list",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway."), MessageListQuery),
    responses((status = 200, description = "A page of messages.", body = List<MessageRead>))
)]
#[get("/gateways/{gateway_id}/messages")]
async fn of_gateway(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<MessageListQuery>,
) -> ApiResult<Json<List<MessageRead>>> {
    let query = query.valid()?;
    let (organization, id): (_, GatewayId) = (admin.caller().organization, params.uuid("gateway_id")?);
    let found = state.db.read(move |conn| gateways::find_in(conn, organization, id)).await?;
    found.ok_or_else(|| ApiError::not_found("gateway"))?;
    let filter = MessageFilter { gateway_id: Some(id), ..MessageFilter::of(organization) };
    page_of(&state, &query, filter).await
}

/// Say something to an agent once more
///
/// A message that arrived or was given up starts another turn; one that is on its way stays as it is.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_messages_repeat",
    security(("user" = [])),
    params(
        ("gateway_id" = uuid::Uuid, Path, description = "The agent's gateway."),
        ("message_id" = uuid::Uuid, Path, description = "The message.")
    ),
    responses((status = 200, description = "The message, on its way.", body = MessageRead))
)]
#[post("/gateways/{gateway_id}/messages/{message_id}/repeat")]
async fn again(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<MessageRead>> {
    let (gateway, message) = (params.uuid("gateway_id")?, params.uuid("message_id")?);
    Ok(Json(say::again(&state.fleet, admin.caller(), gateway, message).await?))
}

/// List what agents were told about a task
///
/// Newest first, with how far each message got.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_messages_list",
    security(("user" = []), ("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task."),
        MessageListQuery
    ),
    responses((status = 200, description = "A page of messages.", body = List<MessageRead>))
)]
#[get("/boards/{board_id}/tasks/{task_id}/messages")]
async fn of_task(
    caller: BoardActorRead,
    state: web::Data<State>,
    params: Params,
    query: Query<MessageListQuery>,
) -> ApiResult<Json<List<MessageRead>>> {
    let query = query.valid()?;
    let (board, id): (_, TaskId) = (caller.board, params.uuid("task_id")?);
    let found = state.db.read(move |conn| tasks::find_on(conn, board.id, id)).await?;
    found.ok_or_else(|| ApiError::not_found("task"))?;
    let filter = MessageFilter { task_id: Some(id), ..MessageFilter::of(board.organization_id) };
    page_of(&state, &query, filter).await
}

/// List what I said to other agents
///
/// Newest first, with how far each message got: nudges, comments and mentions, chat, questions to people, and messages to
/// leads.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_messages_list",
    security(("agent" = [])),
    params(MessageListQuery),
    responses((status = 200, description = "A page of messages.", body = List<MessageRead>))
)]
#[get("/agent/messages")]
async fn sent(
    agent: Agent,
    state: web::Data<State>,
    query: Query<MessageListQuery>,
) -> ApiResult<Json<List<MessageRead>>> {
    let query = query.valid()?;
    let organization = caller_of(&state, &agent.0).await?.organization;
    let filter = MessageFilter { from_agent_id: Some(agent.0.id), ..MessageFilter::of(organization) };
    page_of(&state, &query, filter).await
}
