//! The browsers in which somebody is signed in.

use actix_web::web::{self, Json};
use actix_web::{delete, get};
use mission_control_core::id::WebSessionId;
use mission_control_core::models::WebSession;
use mission_control_core::time::Timestamp;
use mission_control_fleet::web_sessions;
use mission_control_store::web_sessions as rows;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgMember, Proof};
use crate::error::{ApiError, ApiResult};
use crate::http::{Done, List, PageQuery, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_sessions).service(end_session);
}

/// A browser that is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct BrowserRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: WebSessionId,
    /// What the browser calls itself.
    pub device: Option<String>,
    /// The address that used it last.
    pub last_used_address: Option<String>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it has to sign in again.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl BrowserRead {
    fn new(session: WebSession, own: Option<WebSessionId>) -> Self {
        Self {
            is_this: own == Some(session.id),
            id: session.id,
            device: session.device,
            last_used_address: session.last_used_address,
            last_used_at: session.last_used_at,
            created_at: session.created_at,
            expires_at: session.expires_at,
        }
    }
}

/// List my sessions
///
/// The browsers in which the caller is signed in, newest first.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_sessions_list",
    security(("user" = []), ("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of browsers.", body = List<BrowserRead>))
)]
#[get("/auth/sessions")]
async fn list_sessions(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<BrowserRead>>> {
    let page = query.valid()?.page()?;
    caller.require_person()?;
    let own = match &caller.proof {
        Proof::Session(session) => Some(session.id),
        Proof::AccessToken | Proof::ApiToken(_) | Proof::ProviderToken(_) | Proof::ClerkToken(_) => None,
    };
    let user = caller.user.id;
    let listing = state.db.read(move |conn| rows::list(conn, user, Timestamp::now(), page)).await?;
    Ok(Json(List::of(listing, |session| BrowserRead::new(session, own))))
}

/// Sign one of my browsers out
///
/// Ends the session; its streams end too.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_sessions_end",
    security(("user" = []), ("session" = [])),
    params(("web_session_id" = uuid::Uuid, Path, description = "The session.")),
    responses((status = 200, description = "Signed out.", body = Done))
)]
#[delete("/auth/sessions/{web_session_id}")]
async fn end_session(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    caller.require_person()?;
    match web_sessions::end(&state.fleet, params.uuid("web_session_id")?, caller.user.id).await? {
        true => Ok(Json(Done::YES)),
        false => Err(ApiError::not_found("session")),
    }
}
