//! The scope that an API token needs on each route: decided once, from what the API document says of the route.

use std::collections::HashMap;

use actix_web::http::Method;
use actix_web::{HttpRequest, web};
use mission_control_core::models::TokenScope;
use mission_control_core::rules::api_tokens as rules;
use utoipa::openapi::OpenApi;

use crate::error::{ApiError, ApiResult, Code};
use crate::http::parameters::operations;

/// What each route needs, by path and method.
pub struct Scopes(HashMap<(String, Method), TokenScope>);

impl Scopes {
    /// Taken from the API document.
    pub fn new(document: &OpenApi) -> Self {
        let routes = document.paths.paths.iter().flat_map(|(path, item)| {
            operations(item).map(move |(method, operation)| {
                let id = operation.operation_id.as_deref().unwrap_or_default();
                let tags = operation.tags.as_deref().unwrap_or_default();
                let scope = rules::needed(id, tags, !method.is_safe());
                ((path.clone(), method), scope)
            })
        });
        Self(routes.collect())
    }

    /// What a request needs. A route that the document does not have needs most.
    fn needed_by(request: &HttpRequest) -> TokenScope {
        let needed = request.app_data::<web::Data<Self>>().and_then(|scopes| {
            let place = (request.match_pattern()?, request.method().clone());
            scopes.0.get(&place).copied()
        });
        needed.unwrap_or(TokenScope::Admin)
    }
}

/// Passes a token of the scope `own` on to a route that needs no more.
///
/// # Errors
/// 403 that names the missing scope.
pub(super) fn require(request: &HttpRequest, own: TokenScope) -> ApiResult<()> {
    require_scope(own, Scopes::needed_by(request))
}

/// Passes a token of the scope `own` where the scope `needed` is needed.
///
/// # Errors
/// 403 that names the missing scope.
pub(super) fn require_scope(own: TokenScope, needed: TokenScope) -> ApiResult<()> {
    if rules::includes(own, needed) {
        return Ok(());
    }
    let (own, needed) = (own.as_str(), needed.as_str());
    Err(ApiError::forbidden(format!("This token has the scope {own}; the request needs {needed}."))
        .word(Code::ScopeMissing)
        .param("scope", needed)
        .next_step(format!("Use a token with the scope {needed}.")))
}
