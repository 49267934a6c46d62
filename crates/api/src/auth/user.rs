//! People, as extractors.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::models::{self, Organization, OrganizationMember, WebSession};
use mission_control_core::rules::access;
use mission_control_fleet::Caller;
use mission_control_store::organizations;

use super::local::{self, Identity};
use super::{credentials, state_of, web_session};
use crate::error::{ApiError, ApiResult};

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

/// Identity from `Authorization`, or without it from the browser's session; `None` when that is not valid.
pub(super) async fn signed_in(request: &HttpRequest) -> ApiResult<Option<Identity>> {
    let state = state_of(request)?;
    match credentials::bearer(request.headers()) {
        Some(token) if state.local_token.accepts(token) => Ok(Some(local::identity(&state.db).await?)),
        Some(_) => Ok(None),
        None => web_session::signed_in(request).await,
    }
}

async fn required(request: &HttpRequest) -> ApiResult<Identity> {
    signed_in(request).await?.ok_or_else(ApiError::unauthorized)
}

pub(super) async fn org_member(request: &HttpRequest) -> ApiResult<OrgMember> {
    let Identity { user, member, session } = required(request).await?;
    let id = member.organization_id;
    let organization = state_of(request)?.db.read(move |conn| organizations::find(conn, id)).await?;
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
