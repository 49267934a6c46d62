//! Who a request comes from, whatever route it is for.

use actix_web::HttpRequest;

use super::{agent, credentials, user};
use crate::error::ApiResult;

/// A text that stands for the holders of all credentials of a request, and for the organization a person works in. `None`
/// without a valid credential.
///
/// # Errors
/// 401 and 429 for an agent's token that is none.
pub(crate) async fn principal(request: &HttpRequest) -> ApiResult<Option<String>> {
    let person = user::signed_in(request).await?;
    let token = match &person {
        Some(_) => credentials::agent_header(request.headers()).map(str::to_owned),
        None => agent::presented_token(request),
    };
    let agent = match token {
        Some(token) => Some(agent::authenticate(request, &token).await?),
        None => None,
    };
    let person = person.map(|it| format!("user {} in {}", it.user.id, it.member.organization_id));
    let agent = agent.map(|agent| format!("agent {}", agent.0.id));
    let parts: Vec<String> = person.into_iter().chain(agent).collect();
    Ok((!parts.is_empty()).then(|| parts.join(", ")))
}
