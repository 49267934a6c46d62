//! The other agents: who is there, and what a lead does with those of its board.

use actix_web::web::{self, Json};
use actix_web::{delete, get, post, put};
use mission_control_core::id::{AgentId, BoardId};
use mission_control_core::limits::{ADDRESS, PROSE, TEMPLATE};
use mission_control_fleet::agents::{self, CreatedBy};
use mission_control_fleet::coordination::{self, NewSoul};
use mission_control_fleet::{Caller, Reply};
use mission_control_shapes::AgentRead;
use mission_control_store::agents::{self as rows, AgentFilter};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{Agent, AgentBoard};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Answer, Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Text};
use crate::routes::agents::{AgentCreate, caller_of, public};
use crate::state::State;

/// Lists the routes.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(remove)
        .service(nudge)
        .service(read_soul)
        .service(write_soul);
}

crate::input! {
    /// Which agents are wanted.
    pub struct FellowsQuery with page: PageQuery {
        /// Of this board.
        pub board_id: Option<BoardId>,
    }
}

crate::input! {
    /// A word to an agent.
    pub struct AgentNudge {
        /// The text.
        pub message: Text<PROSE>,
    }
}

crate::input! {
    /// Another character for an agent.
    pub struct SoulUpdateRequest {
        /// SOUL.md, which is also the agent's template from now on.
        pub content: AnyText<TEMPLATE>,
        /// Where it comes from.
        pub source_url: Option<AnyText<ADDRESS>>,
        /// Why.
        pub reason: Option<AnyText<PROSE>>,
    }
}

/// List the agents that I may see
///
/// An agent of a board sees those of its board; a gateway's main agent sees all agents of the organization. Newest first.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_agents_list",
    security(("agent" = [])),
    params(FellowsQuery),
    responses((status = 200, description = "A page of agents.", body = List<AgentRead>))
)]
#[get("/agent/agents")]
async fn list(
    agent: Agent,
    state: web::Data<State>,
    query: Query<FellowsQuery>,
) -> ApiResult<Json<List<AgentRead>>> {
    let query = query.valid()?;
    let own = agent.0.board_id;
    if let Some(own) = own.filter(|own| query.board_id.is_some_and(|wanted| wanted != *own)) {
        return Err(ApiError::other_board(own));
    }
    let page = query.page.page()?;
    let organization = caller_of(&state, &agent.0).await?.organization;
    let filter = AgentFilter { board_id: own.or(query.board_id), ..AgentFilter::of(organization) };
    let listing = state.db.read(move |conn| rows::list(conn, &filter, page)).await?;
    let mut agents = List::of(listing, |agent| public(&agent));
    state.say_what_hinders(&mut agents.items).await;
    Ok(Json(agents))
}

/// Create an agent on my board
///
/// For leads. The board's `max_agents` limits how many agents there are besides the lead; `board_id` is the lead's own.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_agents_create",
    security(("agent" = [])),
    request_body = AgentCreate,
    responses(
        (status = 200, description = "The agent, provisioned and woken.", body = AgentRead),
        (status = 202, description = "The agent, still being provisioned.", body = AgentRead),
        (status = 409, description = "The board is full, or the name is taken.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/agents")]
async fn create(
    agent: Agent,
    state: web::Data<State>,
    body: Body<AgentCreate>,
) -> ApiResult<Answer<AgentRead>> {
    let Agent(lead) = agent;
    if !lead.is_board_lead {
        return Err(ApiError::forbidden("Only board leads can create agents.")
            .word(Code::OnlyLead)
            .next_step("Ask the board's lead to create the agent."));
    }
    let caller = caller_of(&state, &lead).await?;
    let reply = agents::create(&state.fleet, caller, body.valid()?.into(), CreatedBy::Lead(lead.id)).await?;
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}

/// Delete an agent of my board
///
/// For leads. It leaves its gateway first; its tasks go back to the board.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_agents_delete",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("agent_id" = String, Path, description = "The agent.")
    ),
    responses(
        (status = 200, description = "Deleted, or gone before.", body = Done),
        (status = 202, description = "Being deleted.", body = Done),
        (status = 502, description = "The gateway refused; the agent stays.", body = crate::error::ErrorBody)
    )
)]
#[delete("/agent/boards/{board_id}/agents/{agent_id}")]
async fn remove(caller: AgentBoard, state: web::Data<State>, params: Params) -> ApiResult<Answer<Done>> {
    caller.require_lead()?;
    let id: AgentId = params.id("agent_id")?;
    let organization = caller.board.organization_id;
    let found = state.db.read(move |conn| rows::find_in(conn, organization, id)).await?;
    let Some(agent) = found else { return Ok(Reply::Done(Done::YES).into()) };
    match agent.board_id {
        None => return Err(ApiError::forbidden("Board leads cannot delete the main agent of a gateway.")),
        Some(board) if board != caller.board.id => return Err(ApiError::not_found("agent")),
        Some(_) if agent.is_board_lead => {
            return Err(ApiError::forbidden("Board leads cannot delete board leads."));
        }
        Some(_) => {}
    }
    let reply = agents::delete(&state.fleet, Caller { organization, user: None }, id).await?;
    Ok(reply.map(|()| Done::YES).into())
}

/// Nudge an agent of my board
///
/// For leads: says something in the agent's session, as when its work stands still.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_agents_nudge",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("agent_id" = String, Path, description = "The agent.")
    ),
    request_body = AgentNudge,
    responses(
        (status = 200, description = "Said.", body = Done),
        (status = 202, description = "On its way.", body = Done),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/boards/{board_id}/agents/{agent_id}/nudge")]
async fn nudge(
    caller: AgentBoard,
    state: web::Data<State>,
    params: Params,
    body: Body<AgentNudge>,
) -> ApiResult<Answer<Done>> {
    caller.require_lead()?;
    let id = params.id("agent_id")?;
    let said = body.valid()?.message;
    let reply = coordination::nudge(&state.fleet, &caller.agent, &caller.board, id, &said).await?;
    Ok(reply.map(|()| Done::YES).into())
}

/// Read an agent's SOUL.md
///
/// For the agent itself and for its lead.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_soul_read",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("agent_id" = String, Path, description = "The agent.")
    ),
    responses(
        (status = 200, description = "The text.", body = String, content_type = "application/json"),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/agent/boards/{board_id}/agents/{agent_id}/soul")]
async fn read_soul(caller: AgentBoard, state: web::Data<State>, params: Params) -> ApiResult<Json<String>> {
    let id: AgentId = params.id("agent_id")?;
    if caller.agent.id != id {
        caller.require_lead()?;
    }
    Ok(Json(coordination::read_soul(&state.fleet, &caller.board, id).await?))
}

/// Replace an agent's SOUL.md
///
/// For leads. The text is the agent's template from now on, even when the gateway does not take the file now.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_soul_update",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("agent_id" = String, Path, description = "The agent.")
    ),
    request_body = SoulUpdateRequest,
    responses(
        (status = 200, description = "Written.", body = Done),
        (status = 202, description = "On its way.", body = Done),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[put("/agent/boards/{board_id}/agents/{agent_id}/soul")]
async fn write_soul(
    caller: AgentBoard,
    state: web::Data<State>,
    params: Params,
    body: Body<SoulUpdateRequest>,
) -> ApiResult<Answer<Done>> {
    caller.require_lead()?;
    let id = params.id("agent_id")?;
    let SoulUpdateRequest { content, source_url, reason } = body.valid()?;
    let soul = NewSoul { content, reason, source_url };
    let reply = coordination::write_soul(&state.fleet, &caller.agent, &caller.board, id, soul).await?;
    Ok(reply.map(|()| Done::YES).into())
}
