//! API tokens, by which programs act for a member. A token is shown once, when it is made; only its digest is kept.

use actix_web::web::{self, Json};
use actix_web::{delete, get, post};
use mission_control_core::id::{BoardId, MemberId};
use mission_control_core::limits::{IDS, NAME};
use mission_control_core::models::TokenScope;
use mission_control_core::rules::access;
use mission_control_core::time::Timestamp;
use mission_control_fleet::api_tokens::{self, NewApiToken};
use mission_control_shapes::ApiTokenRead;
use mission_control_store::api_tokens as rows;
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgMember;
use crate::error::ApiResult;
use crate::http::{Body, List, PageQuery, Params, Query};
use crate::input::{AnyText, ListOf};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(revoke);
}

crate::input! {
    /// A token to make.
    pub struct ApiTokenCreate {
        /// What people call it.
        pub name: AnyText<NAME>,
        /// `read` changes nothing, `write` works on boards, `admin` does whatever the member may do; each includes those
        /// before it.
        pub scope: TokenScope = TokenScope::Read,
        /// The only boards that it opens; with the scopes `read` and `write`.
        pub board_ids: Option<ListOf<BoardId, IDS>>,
        /// When it ends by itself; never when absent.
        pub expires_at: Option<Timestamp>,
        /// Make it for this service account, named by its membership; for the caller when absent.
        pub member_id: Option<MemberId>,
    }
}

/// A token that was made just now.
#[derive(Serialize, ToSchema)]
pub struct ApiTokenCreated {
    #[serde(flatten)]
    made: ApiTokenRead,
    /// What the program sends, as `Authorization: Bearer …`. It is shown here and never again.
    pub token: String,
}

/// List API tokens
///
/// Newest first: the caller's own; those of the whole organization for its admins. Tokens that have run out are listed until
/// somebody revokes them.
#[utoipa::path(
    tag = "tokens",
    operation_id = "api_tokens_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of tokens.", body = List<ApiTokenRead>))
)]
#[get("/tokens")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<ApiTokenRead>>> {
    let page = query.valid()?.page()?;
    let organization = caller.organization.id;
    let only = (!access::is_admin(&caller.member.role)).then_some(caller.member.id);
    let listing = state.db.read(move |conn| rows::list(conn, organization, only, page)).await?;
    Ok(Json(List::of(listing, ApiTokenRead::new)))
}

/// Make an API token
///
/// It never may more than its member may at the moment when it is used, and ends with the membership.
#[utoipa::path(
    tag = "tokens",
    operation_id = "api_tokens_create",
    security(("user" = [])),
    request_body = ApiTokenCreate,
    responses((status = 200, description = "The token, once.", body = ApiTokenCreated))
)]
#[post("/tokens")]
async fn create(
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<ApiTokenCreate>,
) -> ApiResult<Json<ApiTokenCreated>> {
    let wanted = body.valid()?;
    let new = NewApiToken {
        name: wanted.name,
        scope: wanted.scope,
        boards: wanted.board_ids,
        expires_at: wanted.expires_at,
        service_account: wanted.member_id,
    };
    let (made, token) = api_tokens::create(&state.fleet, caller.caller(), new).await?;
    Ok(Json(ApiTokenCreated { made, token: token.expose_secret().to_owned() }))
}

/// Revoke an API token
///
/// The caller's own; anybody's of the organization for its admins. Whoever holds it is refused from then on, and its streams
/// end.
#[utoipa::path(
    tag = "tokens",
    operation_id = "api_tokens_revoke",
    security(("user" = [])),
    params(("token_id" = uuid::Uuid, Path, description = "The token.")),
    responses((status = 200, description = "The token as it was.", body = ApiTokenRead))
)]
#[delete("/tokens/{token_id}")]
async fn revoke(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<ApiTokenRead>> {
    Ok(Json(api_tokens::revoke(&state.fleet, caller.caller(), params.uuid("token_id")?).await?))
}
