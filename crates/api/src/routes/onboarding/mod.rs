//! Setting up a board by answering the questions of its gateway's main agent.

pub mod input;

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::id::{BoardId, OnboardingSessionId};
use mission_control_core::models::{self, Board, OnboardingSession};
use mission_control_core::rules::onboarding::{self as rules, Goal};
use mission_control_core::time::Timestamp;
use mission_control_fleet::onboarding::{self, Confirmation};
use mission_control_shapes::{BoardRead, MessageRead};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::input::{
    BoardOnboardingAgentComplete, BoardOnboardingAgentUpdate, BoardOnboardingAnswer, BoardOnboardingConfirm,
    GOAL_IS_MISSING,
};
use crate::auth::{self, AgentBoard, BoardActorRead, BoardWrite, Party};
use crate::error::{ApiError, ApiResult};
use crate::http::{Answer, Body};
use crate::input::Fault;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(start).service(answer).service(ask).service(ask_as_agent).service(confirm);
}

/// An onboarding.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardOnboardingRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: OnboardingSessionId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The gateway session in which the questions are asked.
    pub session_key: String,
    /// `active`, `completed` once there is a proposal, `confirmed` once it was accepted.
    #[schema(example = "active")]
    pub status: String,
    /// What was said, oldest first: `role` (`user` or `assistant`), `content`, `timestamp`. What the agent says is the
    /// JSON of a question or of a proposal.
    #[schema(value_type = Option<Vec<Object>>)]
    pub messages: Option<Value>,
    /// The proposal.
    #[schema(value_type = Option<BoardOnboardingAgentComplete>)]
    pub draft_goal: Option<Value>,
    /// How many proposals there were; the last of them is the one that is shown.
    pub draft_version: i32,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last went on.
    pub updated_at: Timestamp,
    /// What was last said to the agent, with its receipt: whether the gateway took it, whether the agent saw it, or why not.
    pub last_message: Option<MessageRead>,
}

impl BoardOnboardingRead {
    async fn of(state: &State, session: OnboardingSession) -> ApiResult<Self> {
        let last_message = onboarding::last_message(&state.fleet, session.board_id).await?;
        Ok(Self {
            last_message,
            id: session.id,
            board_id: session.board_id,
            session_key: session.session_key,
            status: session.status.as_str().to_owned(),
            messages: session.messages,
            draft_goal: session.draft_goal.as_ref().map(rules::shown),
            draft_version: session.draft_version,
            created_at: session.created_at,
            updated_at: session.updated_at,
        })
    }
}

/// Read a board's onboarding
///
/// The one that last went on.
#[utoipa::path(
    tag = "board-onboarding",
    operation_id = "board_onboarding_read",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    responses((status = 200, description = "The onboarding.", body = BoardOnboardingRead))
)]
#[get("/boards/{board_id}/onboarding")]
async fn read(board: auth::BoardRead, state: web::Data<State>) -> ApiResult<Json<BoardOnboardingRead>> {
    let session = onboarding::current(&state.fleet, board.board.id).await?;
    Ok(Json(BoardOnboardingRead::of(&state, session).await?))
}

/// Begin a board's onboarding
///
/// The main agent of the board's gateway is told to ask its questions. While an onboarding is under way no other
/// begins; an agent that has not reacted to the last message gets it again.
#[utoipa::path(
    tag = "board-onboarding",
    operation_id = "board_onboarding_start",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    responses(
        (status = 200, description = "The onboarding.", body = BoardOnboardingRead),
        (status = 502, description = "The gateway refused; nothing was stored.", body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/onboarding/start")]
async fn start(board: BoardWrite, state: web::Data<State>) -> ApiResult<Json<BoardOnboardingRead>> {
    let session = onboarding::start(&state.fleet, board.caller.caller(), board.board.id).await?;
    Ok(Json(BoardOnboardingRead::of(&state, session).await?))
}

/// Answer a question of the onboarding
#[utoipa::path(
    tag = "board-onboarding",
    operation_id = "board_onboarding_answer",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardOnboardingAnswer,
    responses(
        (status = 200, description = "The onboarding.", body = BoardOnboardingRead),
        (status = 502, description = "The gateway refused; the answer was not stored.", body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/onboarding/answer")]
async fn answer(
    board: BoardWrite,
    state: web::Data<State>,
    body: Body<BoardOnboardingAnswer>,
) -> ApiResult<Json<BoardOnboardingRead>> {
    let input = body.valid()?;
    let text = rules::answer(&input.answer, input.other_text.as_deref());
    let session = onboarding::answer(&state.fleet, board.caller.caller(), board.board.id, text).await?;
    Ok(Json(BoardOnboardingRead::of(&state, session).await?))
}

/// Ask the next question, or propose the goal
///
/// For the main agent of the board's gateway.
#[utoipa::path(
    tag = "board-onboarding",
    operation_id = "board_onboarding_ask",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardOnboardingAgentUpdate,
    responses(
        (status = 200, description = "The onboarding.", body = BoardOnboardingRead),
        (status = 409, description = "The onboarding was confirmed.", body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/onboarding/agent")]
async fn ask(
    caller: BoardActorRead,
    state: web::Data<State>,
    body: Body<BoardOnboardingAgentUpdate>,
) -> ApiResult<Json<BoardOnboardingRead>> {
    match caller.party {
        Party::Agent(agent) => store(&state, &agent, &caller.board, body).await,
        Party::Member(_) => Err(ApiError::unauthorized()),
    }
}

/// Ask the next question of an onboarding, or propose the goal
///
/// For the main agent of the board's gateway.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_board_onboarding_ask",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardOnboardingAgentUpdate,
    responses(
        (status = 200, description = "The onboarding.", body = BoardOnboardingRead),
        (status = 409, description = "The onboarding was confirmed.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/boards/{board_id}/onboarding")]
async fn ask_as_agent(
    caller: AgentBoard,
    state: web::Data<State>,
    body: Body<BoardOnboardingAgentUpdate>,
) -> ApiResult<Json<BoardOnboardingRead>> {
    store(&state, &caller.agent, &caller.board, body).await
}

async fn store(
    state: &State,
    agent: &models::Agent,
    board: &Board,
    body: Body<BoardOnboardingAgentUpdate>,
) -> ApiResult<Json<BoardOnboardingRead>> {
    let turn = body.valid()?.into();
    let session = onboarding::ask(&state.fleet, agent, board, turn).await?;
    Ok(Json(BoardOnboardingRead::of(state, session).await?))
}

/// Confirm the goal
///
/// The board takes it over, and gets its lead as proposed: by the proposal that was shown. A proposal never lowers the
/// board's gates. What was learned about the caller goes into their profile.
#[utoipa::path(
    tag = "board-onboarding",
    operation_id = "board_onboarding_confirm",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardOnboardingConfirm,
    responses(
        (status = 200, description = "The board.", body = BoardRead),
        (status = 202, description = "The board; its lead is being created.", body = BoardRead),
        (status = 403, description = "Only admins may do without approvals.", body = crate::error::ErrorBody),
        (status = 409, description = "Another proposal came meanwhile.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused the lead, which is tried again.", body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/onboarding/confirm")]
async fn confirm(
    board: BoardWrite,
    state: web::Data<State>,
    body: Body<BoardOnboardingConfirm>,
) -> ApiResult<Answer<BoardRead>> {
    let input = body.valid()?;
    let goal = Goal {
        board_type: input.board_type,
        objective: input.objective,
        success_metrics: input.success_metrics,
        target_date: input.target_date,
    };
    if !goal.is_whole() {
        return Err(ApiError::invalid(vec![Fault::of_body("value_error", GOAL_IS_MISSING)]));
    }
    let confirmed = Confirmation {
        goal,
        draft_version: input.draft_version.and_then(|version| i32::try_from(version.0).ok()),
        require_approval_for_done: input.require_approval_for_done,
    };
    let reply = onboarding::confirm(&state.fleet, board.caller.caller(), board.board.id, confirmed).await?;
    Ok(reply.map(BoardRead::from).into())
}
