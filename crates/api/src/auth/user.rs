//! People, as extractors.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::models::{self, Organization, OrganizationMember, WebSession};
use mission_control_core::rules::{access, agent_token};
use mission_control_fleet::Caller;
use mission_control_store::{Conn, StoreResult, organizations};

use super::failures::failure;
use super::identity::Identity;
use super::write_budget::Writer;
use super::writes;
use super::{credentials, web_session};
use crate::error::{ApiError, ApiResult};
use crate::events::Audience;
use crate::state::State;

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct User(pub models::User);

/// A signed-in person and the organization they work in.
#[derive(Debug, Clone)]
pub struct OrgMember {
    /// The person.
    pub user: models::User,
    /// Their membership.
    pub member: OrganizationMember,
    /// The organization.
    pub organization: Organization,
    /// The browser's session; `None` for a caller with an access token.
    pub session: Option<WebSession>,
}

/// A member who may administer the organization.
#[derive(Debug, Clone)]
pub struct OrgAdmin(pub OrgMember);

impl OrgMember {
    /// The member as a listener to streams.
    ///
    /// # Errors
    /// The database's.
    pub fn audience(&self, conn: &mut Conn) -> StoreResult<Audience> {
        Audience::member(conn, &self.member, self.session.as_ref().map(|session| session.id))
    }
}

/// Identity from `Authorization`, or without it from the browser's session; `None` when that is not valid.
pub(super) async fn signed_in(request: &HttpRequest) -> ApiResult<Option<Identity>> {
    let state = State::of(request)?;
    let identity = match credentials::bearer(request.headers()) {
        Some(token) if state.local_token.accepts(token) => Some(Identity::local(&state.fleet).await?),
        Some(_) => None,
        None => web_session::signed_in(request).await?,
    };
    if let Some(Identity { user, .. }) = &identity {
        writes::count(request, Writer::Person(user.id))?;
    }
    Ok(identity)
}

async fn required(request: &HttpRequest) -> ApiResult<Identity> {
    if let Some(identity) = signed_in(request).await? {
        return Ok(identity);
    }
    Err(match credentials::bearer(request.headers()) {
        Some(wrong) => failure(request, Some(&agent_token::digest(wrong))).await?,
        None => ApiError::unauthorized(),
    })
}

pub(super) async fn org_member(request: &HttpRequest) -> ApiResult<OrgMember> {
    let Identity { user, member, session } = required(request).await?;
    let id = member.organization_id;
    let organization = State::of(request)?.db.read(move |conn| organizations::find(conn, id)).await?;
    let organization = organization.ok_or_else(|| ApiError::forbidden("You belong to no organization."))?;
    Ok(OrgMember { user, member, organization, session })
}

pub(super) async fn org_admin(request: &HttpRequest) -> ApiResult<OrgAdmin> {
    let member = org_member(request).await?;
    if access::is_admin(&member.member.role) {
        Ok(OrgAdmin(member))
    } else {
        Err(ApiError::forbidden("Only organization owners and admins can do this."))
    }
}

impl OrgAdmin {
    /// On whose behalf a use-case runs.
    pub fn caller(&self) -> Caller {
        self.0.caller()
    }
}

impl OrgMember {
    /// On whose behalf a use-case runs.
    pub fn caller(&self) -> Caller {
        Caller { organization: self.organization.id, user: Some(self.user.id) }
    }
}

impl FromRequest for User {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move { Ok(Self(required(&request).await?.user)) }.boxed_local()
    }
}

impl FromRequest for OrgMember {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move { org_member(&request).await }.boxed_local()
    }
}

impl FromRequest for OrgAdmin {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move { org_admin(&request).await }.boxed_local()
    }
}
