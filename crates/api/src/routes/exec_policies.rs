//! Rules that decide about commands before a person is asked. People make and withdraw them, agents never.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, post};
use mission_control_core::id::{AgentId, BoardId};
use mission_control_core::limits::{EXEC_PATTERN, NAME, TITLE};
use mission_control_core::models::{ExecEffect, ExecMatch};
use mission_control_core::time::Timestamp;
use mission_control_fleet::exec_policies::{self, NewExecPolicy};
use mission_control_shapes::{ExecPolicyRead, ExecPolicyTrial};
use mission_control_store::exec_policies::ExecPolicyFilter;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgAdmin, OrgMember, Right};
use crate::error::{ApiError, ApiResult, ErrorBody};
use crate::events::view;
use crate::http::{Body, List, PageQuery, Params, Query};
use crate::input::{AnyText, Blankable};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    // The trial before the rule of an id.
    config.service(list).service(create).service(trial).service(read).service(withdraw);
}

crate::input! {
    /// Which rules are wanted.
    pub struct ExecPolicyListQuery with page: PageQuery {
        /// Only those that count now: not withdrawn, and not over.
        pub live: Option<bool>,
    }
}

crate::input! {
    /// A rule for commands: of a board, of an agent, or, with neither, of the organization.
    pub struct ExecPolicyCreate {
        /// Only commands of agents of this board.
        pub board_id: Option<BoardId>,
        /// Only commands of this agent.
        pub agent_id: Option<AgentId>,
        /// Only commands that would run there, in the gateway's word (`host` of the command).
        pub host: Blankable<AnyText<NAME>>,
        /// What commands are held against.
        pub pattern: AnyText<EXEC_PATTERN>,
        /// How they are: `exact`, `prefix`, or `glob`, in which `*` stands for any text and `?` for one character.
        pub matching: ExecMatch,
        /// What it does with those that match: `allow`, `ask` or `refuse`.
        pub effect: ExecEffect,
        /// From then on it does not count. Without it, it counts until somebody withdraws it.
        pub expires_at: Option<Timestamp>,
        /// Why there is such a rule.
        pub reason: Blankable<AnyText<TITLE>>,
    }
}

impl From<ExecPolicyCreate> for NewExecPolicy {
    fn from(wanted: ExecPolicyCreate) -> Self {
        Self {
            board_id: wanted.board_id,
            agent_id: wanted.agent_id,
            host: wanted.host.0,
            pattern: wanted.pattern,
            matching: wanted.matching,
            effect: wanted.effect,
            reason: wanted.reason.0,
            expires_at: wanted.expires_at,
        }
    }
}

/// List rules for commands
///
/// Those of the boards that the caller sees, and of their agents; those of the organization are for admins. Newest first, with
/// those that were withdrawn, which stay as long as commands do.
#[utoipa::path(
    tag = "exec-policies",
    operation_id = "exec_policies_list",
    security(("user" = [])),
    params(ExecPolicyListQuery),
    responses((status = 200, description = "A page of rules.", body = List<ExecPolicyRead>))
)]
#[get("/exec-policies")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<ExecPolicyListQuery>,
) -> ApiResult<Json<List<ExecPolicyRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let seen = state.db.read(move |conn| view(conn, &caller.member)).await?;
    let filter = ExecPolicyFilter {
        organization_id: caller.organization.id,
        boards: seen.boards().collect(),
        without_board: seen.is_admin(),
        live_at: query.live.filter(|live| *live).map(|_| Timestamp::now()),
    };
    let listing = exec_policies::list(&state.fleet, filter, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Make a rule for commands
///
/// It decides about commands that gateways ask about from then on; people decide about those that wait already. The narrowest
/// scope counts: the agent's rules, then the board's, then the organization's; within it `refuse` before `ask` before `allow`. By
/// `prefix` and `glob` only a single command is allowed that its gateway has looked at and found nothing risky in; a refusal
/// holds for every part of a command.
#[utoipa::path(
    tag = "exec-policies",
    operation_id = "exec_policies_create",
    security(("user" = [])),
    request_body = ExecPolicyCreate,
    responses(
        (status = 200, description = "The rule.", body = ExecPolicyRead),
        (status = 404, description = "No such board or agent.", body = ErrorBody),
        (status = 409, description = "There are too many rules.", body = ErrorBody)
    )
)]
#[post("/exec-policies")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<ExecPolicyCreate>,
) -> ApiResult<Json<ExecPolicyRead>> {
    let new = body.valid()?.into();
    Ok(Json(exec_policies::create(&state.fleet, admin.caller(), new).await?))
}

/// Try a rule for commands
///
/// What the rule would have done, beside the rules of now, with the commands that its agents asked about in the last thirty days:
/// how many it would have allowed and refused, and where people decided otherwise. Nothing is made.
#[utoipa::path(
    tag = "exec-policies",
    operation_id = "exec_policies_dry_run",
    security(("user" = [])),
    request_body = ExecPolicyCreate,
    responses(
        (status = 200, description = "What it would have done.", body = ExecPolicyTrial),
        (status = 404, description = "No such board or agent.", body = ErrorBody)
    )
)]
#[post("/exec-policies/dry-run")]
async fn trial(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<ExecPolicyCreate>,
) -> ApiResult<Json<ExecPolicyTrial>> {
    let new = body.valid()?.into();
    Ok(Json(exec_policies::trial(&state.fleet, admin.caller(), new).await?))
}

/// Read a rule for commands
#[utoipa::path(
    tag = "exec-policies",
    operation_id = "exec_policies_read",
    security(("user" = [])),
    params(("exec_policy_id" = uuid::Uuid, Path, description = "The rule.")),
    responses((status = 200, description = "The rule.", body = ExecPolicyRead))
)]
#[get("/exec-policies/{exec_policy_id}")]
async fn read(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<ExecPolicyRead>> {
    let missing = || ApiError::not_found("exec policy");
    let found = exec_policies::find(&state.fleet, params.uuid("exec_policy_id")?).await?;
    let (policy, board) = found.ok_or_else(missing)?;
    let organization = policy.organization_id;
    let right = state.db.read(move |conn| caller.right_to_work(conn, organization, board)).await?;
    if right == Right::Nothing { Err(missing()) } else { Ok(Json(policy)) }
}

/// Withdraw a rule for commands
///
/// From then on it decides nothing. It stays for the record of what it decided.
#[utoipa::path(
    tag = "exec-policies",
    operation_id = "exec_policies_withdraw",
    security(("user" = [])),
    params(("exec_policy_id" = uuid::Uuid, Path, description = "The rule.")),
    responses((status = 200, description = "The rule, withdrawn.", body = ExecPolicyRead))
)]
#[delete("/exec-policies/{exec_policy_id}")]
async fn withdraw(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<ExecPolicyRead>> {
    let id = params.uuid("exec_policy_id")?;
    Ok(Json(exec_policies::withdraw(&state.fleet, admin.caller(), id).await?))
}
