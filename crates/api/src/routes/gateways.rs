//! Gateways: registering, watching, and writing workspace files anew.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::{BoardId, GatewayId};
use mission_control_core::limits::{ADDRESS, CREDENTIAL, FOLDER, NAME};
use mission_control_core::models::DriftPolicy;
use mission_control_fleet::gateways::{self, GatewayPatch, NewGateway};
use mission_control_fleet::sync::SyncOptions;
use mission_control_shapes::{GatewayRead, ReconcileReport, TemplatesSyncResult};
use secrecy::SecretString;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::{ApiError, ApiResult};
use crate::http::{Answer, Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, Patch};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(read)
        .service(update)
        .service(remove)
        .service(sync)
        .service(plan)
        .service(reconcile);
}

crate::input! {
    /// A gateway to register.
    pub struct GatewayCreate {
        /// Name.
        pub name: AnyText<NAME>,
        /// WebSocket address, `ws://` or `wss://`. A token in it, as `openclaw dashboard` prints it, is taken out and kept
        /// sealed.
        pub url: AnyText<ADDRESS>,
        /// Directory on the gateway's machine under which the agents' workspaces are made.
        pub workspace_root: AnyText<FOLDER>,
        /// The gateway's token; write-only.
        pub token: Option<AnyText<CREDENTIAL>>,
        /// Accept any certificate.
        pub allow_insecure_tls: bool = false,
        /// Connect as the control UI does, without a device identity; newer releases refuse it.
        pub disable_device_pairing: bool = false,
    }
}

crate::input! {
    /// Changes to a gateway. What is absent stays.
    pub struct GatewayUpdate {
        /// Name.
        pub name: Change<AnyText<NAME>>,
        /// WebSocket address.
        pub url: Change<AnyText<ADDRESS>>,
        /// Directory for workspaces.
        pub workspace_root: Change<AnyText<FOLDER>>,
        /// A new token; absent, `null` and empty keep the stored one. It is needed again with another address, and when
        /// certificates are no longer to be checked.
        pub token: Patch<AnyText<CREDENTIAL>>,
        /// Forget the stored token.
        pub clear_token: bool = false,
        /// Accept any certificate.
        pub allow_insecure_tls: Change<bool>,
        /// Connect as the control UI does.
        pub disable_device_pairing: Change<bool>,
        /// What is done about agents that the gateway lost: `repair` brings them back, `report` lets them fail with the
        /// cause.
        pub drift_policy: Change<DriftPolicy>,
    }
}

crate::input! {
    /// What template sync is to do.
    pub struct TemplatesSyncQuery {
        /// Include the gateway's main agent.
        pub include_main: bool = true,
        /// Board leads only (and the main agent).
        pub lead_only: bool = false,
        /// Start the agents' sessions anew.
        pub reset_sessions: bool = false,
        /// Give every agent a new token; also creates agents that the gateway lost.
        pub rotate_tokens: bool = false,
        /// Write BOOTSTRAP.md again.
        pub force_bootstrap: bool = false,
        /// Overwrite files that agents keep themselves (USER.md, MEMORY.md) or changed since they were written.
        pub overwrite: bool = false,
        /// Only say what would be done, per agent and file with its differences, in `plan`.
        pub dry_run: bool = false,
        /// One board's agents only.
        pub board_id: Option<BoardId>,
    }
}

/// A blank token is no token.
fn token(text: Option<String>) -> Option<SecretString> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).map(SecretString::from)
}

/// List gateways
///
/// The organization's, newest first.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of gateways.", body = List<GatewayRead>))
)]
#[get("/gateways")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<GatewayRead>>> {
    let page = query.valid()?.page()?;
    let organization = admin.caller().organization;
    let listing =
        state.db.read(move |conn| mission_control_store::gateways::list(conn, organization, page)).await?;
    Ok(Json(List::of(listing, |gateway| GatewayRead::of(&gateway))))
}

/// Register a gateway
///
/// Connects first and saves only what works; then provisions the gateway's main agent.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_create",
    security(("user" = [])),
    request_body = GatewayCreate,
    responses(
        (status = 200, description = "The gateway; its main agent has been woken.", body = GatewayRead),
        (status = 202, description = "The gateway; its main agent is still being provisioned.", body = GatewayRead),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/gateways")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<GatewayCreate>,
) -> ApiResult<Answer<GatewayRead>> {
    let input = body.valid()?;
    let new = NewGateway {
        name: input.name,
        url: input.url,
        token: token(input.token),
        workspace_root: input.workspace_root,
        allow_insecure_tls: input.allow_insecure_tls,
        disable_device_pairing: input.disable_device_pairing,
    };
    let reply = gateways::create(&state.fleet, admin.caller(), new).await?;
    Ok(reply.map(|gateway| GatewayRead::of(&gateway)).into())
}

/// Read a gateway
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_read",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway.")),
    responses((status = 200, description = "The gateway.", body = GatewayRead))
)]
#[get("/gateways/{gateway_id}")]
async fn read(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<GatewayRead>> {
    let id: GatewayId = params.uuid("gateway_id")?;
    let organization = admin.caller().organization;
    let gateway = state
        .db
        .read(move |conn| mission_control_store::gateways::find_in(conn, organization, id))
        .await?
        .ok_or_else(|| ApiError::not_found("gateway"))?;
    Ok(Json(GatewayRead::of(&gateway)))
}

/// Change a gateway
///
/// What concerns the connection is tried before it is saved. The main agent is provisioned again.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_update",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway.")),
    request_body = GatewayUpdate,
    responses(
        (status = 200, description = "The changed gateway.", body = GatewayRead),
        (status = 202, description = "Changed; its main agent is still being provisioned.", body = GatewayRead),
        (status = 422, description = "The stored token would follow the change: send it again.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached; nothing changed.", body = crate::error::ErrorBody)
    )
)]
#[patch("/gateways/{gateway_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<GatewayUpdate>,
) -> ApiResult<Answer<GatewayRead>> {
    let id = params.uuid("gateway_id")?;
    let input = body.valid()?;
    let patch = GatewayPatch {
        name: input.name.0,
        url: input.url.0,
        token: token(input.token.into_change().flatten()),
        clear_token: input.clear_token,
        workspace_root: input.workspace_root.0,
        allow_insecure_tls: input.allow_insecure_tls.0,
        disable_device_pairing: input.disable_device_pairing.0,
        drift_policy: input.drift_policy.0,
    };
    let reply = gateways::update(&state.fleet, admin.caller(), id, patch).await?;
    Ok(reply.map(|gateway| GatewayRead::of(&gateway)).into())
}

/// Delete a gateway
///
/// Its main agent leaves the gateway too. Boards must have been moved or deleted before.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_delete",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway.")),
    responses(
        (status = 200, description = "Deleted.", body = Done),
        (status = 202, description = "Being deleted.", body = Done),
        (status = 409, description = "Boards still use it.", body = crate::error::ErrorBody)
    )
)]
#[delete("/gateways/{gateway_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Answer<Done>> {
    let id = params.uuid("gateway_id")?;
    let reply = gateways::delete(&state.fleet, admin.caller(), id).await?;
    Ok(reply.map(|()| Done::YES).into())
}

/// Write the workspace files of a gateway's agents anew
///
/// Renders the templates and brings every agent's files up to date. Files that agents changed stay, unless they are to be
/// overwritten. What cannot be done is named per agent, with its cause and cure. With `dry_run` nothing is done, and
/// `plan` says what would be.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_sync_templates",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway."), TemplatesSyncQuery),
    responses(
        (status = 200, description = "What was done.", body = TemplatesSyncResult),
        (status = 202, description = "It goes on; nothing has been counted yet.", body = TemplatesSyncResult)
    )
)]
#[post("/gateways/{gateway_id}/templates/sync")]
async fn sync(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<TemplatesSyncQuery>,
) -> ApiResult<Answer<TemplatesSyncResult>> {
    let id = params.uuid("gateway_id")?;
    let query = query.valid()?;
    let options = SyncOptions {
        include_main: query.include_main,
        lead_only: query.lead_only,
        reset_sessions: query.reset_sessions,
        rotate_tokens: query.rotate_tokens,
        force_bootstrap: query.force_bootstrap,
        overwrite: query.overwrite,
        board_id: query.board_id,
        dry_run: query.dry_run,
    };
    Ok(gateways::sync_templates(&state.fleet, admin.caller(), id, options).await?.into())
}

/// Say what a look at a gateway's agents would set off
///
/// Compares them with what they shall be, and does nothing about it. What it would make of the pace of heartbeats and of the
/// gateway's configuration is not said.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_reconcile_plan",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway.")),
    responses((status = 200, description = "What was found, and would be set off.", body = ReconcileReport))
)]
#[get("/gateways/{gateway_id}/reconcile")]
async fn plan(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<ReconcileReport>> {
    Ok(Json(gateways::plan(&state.fleet, admin.caller(), params.uuid("gateway_id")?).await?))
}

/// Look at a gateway's agents now
///
/// Compares them with what they shall be and sets off what is needed, as happens by itself every few minutes.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_reconcile",
    security(("user" = [])),
    params(("gateway_id" = uuid::Uuid, Path, description = "The gateway.")),
    responses(
        (status = 200, description = "What was found and set off.", body = ReconcileReport),
        (status = 202, description = "It goes on; nothing has been reported yet.", body = ReconcileReport)
    )
)]
#[post("/gateways/{gateway_id}/reconcile")]
async fn reconcile(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Answer<ReconcileReport>> {
    Ok(gateways::reconcile(&state.fleet, admin.caller(), params.uuid("gateway_id")?).await?.into())
}
