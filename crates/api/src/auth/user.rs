//! People, as extractors.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::models::{self, Organization, TokenScope};
use mission_control_core::rules::{access, agent_token, seat::Seat};
use mission_control_fleet::Caller;
use mission_control_store::{Conn, StoreResult, organizations, request};

use super::failures::failure;
use super::identity::{Identity, Proof};
use super::write_budget::Writer;
use super::writes;
use super::{acting, credentials, scopes, web_session};
use crate::error::{ApiError, ApiResult};
use crate::events::{Audience, Shown};
use crate::state::State;

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct User(pub models::User);

/// A signed-in person and the organization they work in.
#[derive(Debug, Clone)]
pub struct OrgMember {
    /// The person.
    pub user: models::User,
    /// Their membership, with the rights that the credential has of it.
    pub member: Seat,
    /// The organization.
    pub organization: Organization,
    /// What showed who calls.
    pub proof: Proof,
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
        let (shown, ends) = match &self.proof {
            Proof::AccessToken => (Shown::AccessToken, None),
            Proof::Session(session) => (Shown::Session(session.id), Some(session.expires_at)),
            Proof::ApiToken(token) => (Shown::ApiToken(token.id), token.expires_at),
        };
        Audience::member(conn, &self.member, shown, ends)
    }

    /// Passes a caller whose credential may change things on boards: for what is not told by the route.
    ///
    /// # Errors
    /// 403 for an API token that only reads.
    pub(crate) fn require_writing(&self) -> ApiResult<()> {
        match &self.proof {
            Proof::ApiToken(token) => scopes::require_scope(token.scope, TokenScope::Write),
            Proof::AccessToken | Proof::Session(_) => Ok(()),
        }
    }
}

/// Identity from `Authorization`, or without it from the browser's session; `None` when that is not valid.
pub(super) async fn signed_in(http: &HttpRequest) -> ApiResult<Option<Identity>> {
    let state = State::of(http)?;
    let identity = match credentials::bearer(http.headers()) {
        Some(token) if state.local_token.accepts(token) => Some(Identity::local(&state.fleet).await?),
        Some(token) => Identity::by_api_token(http, token).await?,
        None => web_session::signed_in(http).await?,
    };
    if let Some(Identity { user, member, proof }) = &identity {
        request::acting(acting::person(http, user, member, proof));
        writes::count(http, Writer::Person(user.id))?;
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
    let Identity { user, member, proof } = required(request).await?;
    let id = member.organization_id;
    let organization = State::of(request)?.db.read(move |conn| organizations::find(conn, id)).await?;
    let organization = organization.ok_or_else(|| ApiError::forbidden("You belong to no organization."))?;
    Ok(OrgMember { user, member, organization, proof })
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
