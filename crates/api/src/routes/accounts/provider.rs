//! Signing in by an identity provider: addresses that browsers go to.

use actix_web::http::header;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse, get};
use mission_control_core::limits::{ADDRESS, CREDENTIAL, NAME};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::provider::{self, Returned};
use crate::auth::web_session;
use crate::error::{ApiResult, ErrorBody};
use crate::http::Query;
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(begin).service(finish);
}

crate::input! {
    /// Where somebody wanted to go.
    pub struct BeginQuery {
        /// The path of the page that is shown afterwards.
        pub return_to: Option<AnyText<ADDRESS>>,
    }
}

crate::input! {
    /// What the provider sends a browser back with.
    pub struct ReturnQuery {
        /// What belongs to the browser's attempt.
        pub state: Option<AnyText<CREDENTIAL>>,
        /// What is exchanged for who it is.
        pub code: Option<AnyText<CREDENTIAL>>,
        /// The provider.
        pub iss: Option<AnyText<ADDRESS>>,
        /// What the provider calls its refusal.
        pub error: Option<AnyText<NAME>>,
    }
}

/// Sign in by the identity provider
///
/// For browsers: leads to the provider, which leads back.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_oidc_begin",
    params(BeginQuery),
    responses(
        (status = 302, description = "On to the provider; `Set-Cookie` has what the browser comes back with."),
        (status = 403, description = "There is no provider here.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
        (status = 502, description = "The provider cannot be reached.", body = ErrorBody),
    )
)]
#[get("/auth/oidc")]
async fn begin(request: HttpRequest, query: Query<BeginQuery>) -> ApiResult<HttpResponse> {
    let (cookie, url) = provider::begin(&request, query.valid()?.return_to).await?;
    Ok(HttpResponse::Found().cookie(cookie).insert_header((header::LOCATION, url.as_str())).finish())
}

/// Come back from the identity provider
///
/// For browsers. Leads to the page that was wanted, signed in; or to the first one, which tells why not (`?sign_in=uninvited`).
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_oidc_finish",
    params(ReturnQuery),
    responses(
        (status = 303, description = "On to a page; `Set-Cookie` has the session of who was signed in."),
        (status = 403, description = "There is no provider here.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[get("/auth/oidc/callback")]
async fn finish(
    request: HttpRequest,
    state: web::Data<State>,
    query: Query<ReturnQuery>,
) -> ApiResult<HttpResponse> {
    let ReturnQuery { state: of_attempt, code, iss, error } = query.valid()?;
    let returned = Returned { state: of_attempt, code, issuer: iss, error };
    let mut answer = HttpResponse::SeeOther();
    answer.cookie(provider::forget(&state.settings.http));
    let page = match provider::finish(&request, returned).await? {
        Ok((signed_in, page)) => {
            answer.cookie(web_session::cookie(&state.settings, &signed_in));
            page
        }
        Err(reason) => format!("/?sign_in={}", reason.as_str()),
    };
    Ok(answer.insert_header((header::LOCATION, page)).finish())
}
