//! Between boards and people: leads ask a person through the gateway's main agent, which speaks to the leads.

use actix_web::post;
use actix_web::web::{self, Json};
use mission_control_core::id::{AgentId, BoardId};
use mission_control_core::limits::{BOARDS, NAME, NAMED, PROSE, TAG, TAGS};
use mission_control_fleet::FleetError;
use mission_control_fleet::coordination::{self, Delivery, Kind, LeadMessage, UserQuestion};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{Agent, AgentBoard};
use crate::error::ApiResult;
use crate::http::{Answer, Body};
use crate::input::{AnyText, ListOf, Text};
use crate::routes::agents::caller_of;
use crate::state::State;

/// Lists the routes.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(ask_user).service(message_lead).service(broadcast);
}

crate::input! {
    /// A question to a person.
    pub struct GatewayMainAskUserRequest {
        /// A mark that comes back with the answer.
        pub correlation_id: Option<AnyText<NAME>>,
        /// The question.
        pub content: Text<PROSE>,
        /// Where the person is best reached, e.g. `slack`.
        pub preferred_channel: Option<AnyText<NAME>>,
        /// Tags of the answer in the board's memory; `gateway_main` and `user_reply` when there are none.
        pub reply_tags: ListOf<AnyText<TAG>, TAGS> = Vec::new(),
        /// Source of the answer in the board's memory; `user_via_gateway_main` when none is given.
        pub reply_source: Option<AnyText<NAME>>,
    }
}

crate::input! {
    /// A message to the lead of a board.
    pub struct GatewayLeadMessageRequest {
        /// Whether an answer is expected or work is handed over.
        pub kind: Kind = Kind::Question,
        /// A mark that comes back with the answer.
        pub correlation_id: Option<AnyText<NAME>>,
        /// The text.
        pub content: Text<PROSE>,
        /// Tags of the answer in the board's memory; `gateway_main` and `lead_reply` when there are none.
        pub reply_tags: ListOf<AnyText<TAG>, TAGS> = Vec::new(),
        /// Source of the answer in the board's memory; `lead_to_gateway_main` when none is given.
        pub reply_source: Option<AnyText<NAME>>,
    }
}

crate::input! {
    /// A message to the leads of several boards.
    pub struct GatewayLeadBroadcastRequest {
        /// Whether answers are expected or work is handed over.
        pub kind: Kind = Kind::Question,
        /// A mark that comes back with the answers.
        pub correlation_id: Option<AnyText<NAME>>,
        /// The text.
        pub content: Text<PROSE>,
        /// The boards; all of the gateway when there are none.
        pub board_ids: Option<ListOf<BoardId, BOARDS>>,
        /// Tags of the answers in the boards' memory; `gateway_main` and `lead_reply` when there are none.
        pub reply_tags: ListOf<AnyText<TAG>, TAGS> = Vec::new(),
        /// Source of the answers in the boards' memory; `lead_to_gateway_main` when none is given.
        pub reply_source: Option<AnyText<NAME>>,
    }
}

/// Who asks the person.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewayMainAskUserResponse {
    /// Always true.
    pub ok: bool,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The main agent.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub main_agent_id: Option<AgentId>,
    /// Its name.
    pub main_agent_name: Option<String>,
}

/// Whom a message went to.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewayLeadMessageResponse {
    /// Always true.
    pub ok: bool,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// Its lead.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub lead_agent_id: Option<AgentId>,
    /// The lead's name.
    pub lead_agent_name: Option<String>,
    /// Whether the board had none before.
    pub lead_created: bool,
}

/// How a broadcast went.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewayLeadBroadcastResponse {
    /// Always true.
    pub ok: bool,
    /// Boards that were reached.
    pub sent: usize,
    /// Boards that were not.
    pub failed: usize,
    /// By board, the newest first, a thousand at most.
    pub results: Vec<GatewayLeadBroadcastBoardResult>,
}

/// How a broadcast went for one board.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewayLeadBroadcastBoardResult {
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// Its lead.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub lead_agent_id: Option<AgentId>,
    /// The lead's name.
    pub lead_agent_name: Option<String>,
    /// Whether the message went there.
    pub ok: bool,
    /// Why not.
    pub error: Option<String>,
}

impl GatewayLeadBroadcastBoardResult {
    fn of((board_id, result): (BoardId, Result<Delivery, FleetError>)) -> Self {
        let (lead, error) = match result {
            Ok(delivery) => (Some(delivery.lead), None),
            Err(error) => (None, Some(error.detail())),
        };
        Self {
            board_id,
            lead_agent_id: lead.as_ref().map(|lead| lead.id),
            lead_agent_name: lead.map(|lead| lead.name),
            ok: error.is_none(),
            error,
        }
    }
}

impl From<GatewayLeadMessageRequest> for LeadMessage {
    fn from(input: GatewayLeadMessageRequest) -> Self {
        Self {
            kind: input.kind,
            content: input.content,
            correlation_id: input.correlation_id,
            reply_tags: input.reply_tags,
            reply_source: input.reply_source,
        }
    }
}

/// Ask a person
///
/// For leads, when the board's chat brings no answer. The main agent of the board's gateway asks on its channels and
/// writes the answer into the board's memory.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_gateway_main_ask_user",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = GatewayMainAskUserRequest,
    responses(
        (status = 200, description = "The main agent has the question.", body = GatewayMainAskUserResponse),
        (status = 202, description = "The question is on its way.", body = GatewayMainAskUserResponse),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/boards/{board_id}/gateway/main/ask-user")]
async fn ask_user(
    caller: AgentBoard,
    state: web::Data<State>,
    body: Body<GatewayMainAskUserRequest>,
) -> ApiResult<Answer<GatewayMainAskUserResponse>> {
    caller.require_lead()?;
    let input = body.valid()?;
    let question = UserQuestion {
        content: input.content,
        correlation_id: input.correlation_id,
        preferred_channel: input.preferred_channel,
        reply_tags: input.reply_tags,
        reply_source: input.reply_source,
    };
    let board_id = caller.board.id;
    let reply = coordination::ask_user(&state.fleet, &caller.agent, caller.board, question).await?;
    let answer = reply.map(|main| GatewayMainAskUserResponse {
        ok: true,
        board_id,
        main_agent_id: Some(main.id),
        main_agent_name: Some(main.name),
    });
    Ok(answer.into())
}

/// Say something to the lead of a board
///
/// For the gateway's main agent. A board without a lead gets one.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_gateway_lead_message",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = GatewayLeadMessageRequest,
    responses(
        (status = 200, description = "The lead has the message.", body = GatewayLeadMessageResponse),
        (status = 202, description = "The message is on its way.", body = GatewayLeadMessageResponse),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/gateway/boards/{board_id}/lead/message")]
async fn message_lead(
    caller: AgentBoard,
    state: web::Data<State>,
    body: Body<GatewayLeadMessageRequest>,
) -> ApiResult<Answer<GatewayLeadMessageResponse>> {
    let message = body.valid()?.into();
    let board_id = caller.board.id;
    let reply = coordination::message_lead(&state.fleet, &caller.agent, caller.board, &message).await?;
    let answer = reply.map(|Delivery { lead, created }| GatewayLeadMessageResponse {
        ok: true,
        board_id,
        lead_agent_id: Some(lead.id),
        lead_agent_name: Some(lead.name),
        lead_created: created,
    });
    Ok(answer.into())
}

/// Say something to the leads of all boards
///
/// For the gateway's main agent: of its gateway's boards, or of those that it names. What fails for one board does not
/// keep it from the others.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_gateway_leads_broadcast",
    security(("agent" = [])),
    request_body = GatewayLeadBroadcastRequest,
    responses((status = 200, description = "How it went, by board.", body = GatewayLeadBroadcastResponse))
)]
#[post("/agent/gateway/leads/broadcast")]
async fn broadcast(
    agent: Agent,
    state: web::Data<State>,
    body: Body<GatewayLeadBroadcastRequest>,
) -> ApiResult<Json<GatewayLeadBroadcastResponse>> {
    let input = body.valid()?;
    let organization = caller_of(&state, &agent.0).await?.organization;
    let among = input.board_ids.unwrap_or_default();
    let message = LeadMessage {
        kind: input.kind,
        content: input.content,
        correlation_id: input.correlation_id,
        reply_tags: input.reply_tags,
        reply_source: input.reply_source,
    };
    let results = coordination::broadcast(&state.fleet, &agent.0, organization, &among, &message).await?;
    let failed = results.iter().filter(|(_, result)| result.is_err()).count();
    let sent = results.len() - failed;
    let results = results.into_iter().take(NAMED).map(GatewayLeadBroadcastBoardResult::of).collect();
    Ok(Json(GatewayLeadBroadcastResponse { ok: true, sent, failed, results }))
}
