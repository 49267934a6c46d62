//! Service accounts: members of an organization that are programs.

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::limits::{BOARDS, NAME, WORD};
use mission_control_core::rules::rights::Rights;
use mission_control_fleet::service_accounts;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_store::members as rows;
use utoipa_actix_web::service_config::ServiceConfig;

use super::members::{OrganizationBoardAccessSpec, role};
use crate::auth::OrgAdmin;
use crate::error::ApiResult;
use crate::http::{Body, List, PageQuery, Query};
use crate::input::{AnyText, ListOf};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create);
}

crate::input! {
    /// A service account to make.
    pub struct ServiceAccountCreate {
        /// What it is called.
        pub name: AnyText<NAME>,
        /// `admin` or `member`; not above the caller's own.
        pub role: AnyText<WORD> = "member".to_owned(),
        /// Open every board for reading. Grants for single boards are then not kept.
        pub all_boards_read: bool = false,
        /// Open every board for writing. Grants for single boards are then not kept.
        pub all_boards_write: bool = false,
        /// Grants for single boards. Of a board named more than once the rights add up.
        pub board_access: ListOf<OrganizationBoardAccessSpec, BOARDS> = Vec::new(),
    }
}

/// List service accounts
///
/// Oldest first. They are members too: their roles, grants and removal are where those of members are.
#[utoipa::path(
    tag = "tokens",
    operation_id = "service_accounts_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of service accounts.", body = List<OrganizationMemberRead>))
)]
#[get("/service-accounts")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<OrganizationMemberRead>>> {
    let page = query.valid()?.page()?;
    let organization = admin.0.organization.id;
    let listing = state.db.read(move |conn| rows::service_accounts(conn, organization, page)).await?;
    Ok(Json(List::of(listing, OrganizationMemberRead::new)))
}

/// Make a service account
///
/// A member that nobody signs in as: programs act by its tokens. It is removed like any other member, and its tokens end then.
#[utoipa::path(
    tag = "tokens",
    operation_id = "service_accounts_create",
    security(("user" = [])),
    request_body = ServiceAccountCreate,
    responses((status = 200, description = "The membership of the account.", body = OrganizationMemberRead))
)]
#[post("/service-accounts")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<ServiceAccountCreate>,
) -> ApiResult<Json<OrganizationMemberRead>> {
    let wanted = body.valid()?;
    let rights = Rights {
        all_boards_read: wanted.all_boards_read,
        all_boards_write: wanted.all_boards_write,
        boards: wanted.board_access.into_iter().map(Into::into).collect(),
    };
    let role = role(&wanted.role)?;
    Ok(Json(service_accounts::create(&state.fleet, admin.caller(), &wanted.name, role, rights).await?))
}
