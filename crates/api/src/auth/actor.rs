//! Routes that serve people and agents alike.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::{Agent, OrgAdmin, OrgMember, User, agent, credentials, user};
use crate::error::{ApiError, ApiResult};

/// A person or an agent. With `X-Agent-Token` the caller is an agent, whatever else is there.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one per request, and taken apart at once")]
pub enum Actor {
    /// A signed-in person.
    User(User),
    /// An agent.
    Agent(Agent),
}

/// An admin of the organization, or an agent (which the handler then restricts further).
#[derive(Debug, Clone)]
pub enum AdminOrAgent {
    /// A person who administers the organization they work in.
    Admin(OrgAdmin),
    /// An agent.
    Agent(Agent),
}

/// A person with the organization they work in, or an agent.
#[derive(Debug, Clone)]
pub enum MemberOrAgent {
    /// A member.
    Member(OrgMember),
    /// An agent.
    Agent(Agent),
}

/// A person, as a member of the organization they work in, or an agent. With `X-Agent-Token` the caller is an agent, whatever
/// else is there.
async fn member_or_agent(request: &HttpRequest) -> ApiResult<MemberOrAgent> {
    if credentials::agent_header(request.headers()).is_none()
        && let Some(identity) = user::signed_in(request).await?
    {
        return Ok(MemberOrAgent::Member(identity.into()));
    }
    match agent::presented_token(request) {
        Some(token) => agent::authenticate(request, &token).await.map(MemberOrAgent::Agent),
        None => Err(ApiError::unauthorized()),
    }
}

impl FromRequest for Actor {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            Ok(match member_or_agent(&request).await? {
                MemberOrAgent::Member(member) => Self::User(User(member.user)),
                MemberOrAgent::Agent(agent) => Self::Agent(agent),
            })
        }
        .boxed_local()
    }
}

impl FromRequest for AdminOrAgent {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            match member_or_agent(&request).await? {
                MemberOrAgent::Member(member) => user::require_admin(member).map(Self::Admin),
                MemberOrAgent::Agent(agent) => Ok(Self::Agent(agent)),
            }
        }
        .boxed_local()
    }
}

impl FromRequest for MemberOrAgent {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move { member_or_agent(&request).await }.boxed_local()
    }
}
