//! People, as extractors.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::models::{self, Organization, TokenScope};
use mission_control_core::rules::{access, agent_token, seat::Seat};
use mission_control_fleet::Caller;
use mission_control_store::{Conn, StoreResult, request};

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

/// A person who has signed in themselves, or a service account. What is a person's alone, in whatever organization, no program
/// does for them: an API token acts in the organization that it was made for, and a service account has no other.
#[derive(Debug, Clone)]
pub struct Person(pub models::User);

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

impl From<Identity> for OrgMember {
    fn from(Identity { user, member, organization, proof }: Identity) -> Self {
        Self { user, member, organization, proof }
    }
}

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
            Proof::ProviderToken(ends) | Proof::ClerkToken(ends) => (Shown::ProviderToken, Some(*ends)),
        };
        Audience::member(conn, &self.member, shown, ends)
    }

    /// Whether a program acts for the member, by a token.
    pub(crate) fn is_program(&self) -> bool {
        matches!(self.proof, Proof::ApiToken(_) | Proof::ProviderToken(_))
    }

    /// Passes a person: what concerns their own account is not for the programs that act for them.
    ///
    /// # Errors
    /// 403 for an API token.
    pub(crate) fn require_person(&self) -> ApiResult<()> {
        if self.is_program() {
            return Err(for_people());
        }
        Ok(())
    }

    /// Passes a caller whose credential may change things on boards: for what is not told by the route.
    ///
    /// # Errors
    /// 403 for an API token that only reads.
    pub(crate) fn require_writing(&self) -> ApiResult<()> {
        match &self.proof {
            Proof::ApiToken(token) => scopes::require_scope(token.scope, TokenScope::Write),
            Proof::AccessToken | Proof::Session(_) | Proof::ProviderToken(_) | Proof::ClerkToken(_) => Ok(()),
        }
    }
}

/// Identity from `Authorization`, or without it from the browser's session; `None` when that is not valid.
pub(super) async fn signed_in(http: &HttpRequest) -> ApiResult<Option<Identity>> {
    let state = State::of(http)?;
    let identity = match credentials::bearer(http.headers()) {
        Some(token) if state.local_token.as_ref().is_some_and(|local| local.accepts(token)) => {
            Some(Identity::local(&state.fleet).await?)
        }
        Some(token) => match Identity::by_api_token(http, token).await? {
            Some(identity) => Some(identity),
            None => match Identity::by_provider_token(http, token).await? {
                Some(identity) => Some(identity),
                None => Identity::by_clerk_token(http, token).await?,
            },
        },
        None => web_session::signed_in(http).await?,
    };
    if let Some(Identity { user, member, proof, .. }) = &identity {
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
    Ok(required(request).await?.into())
}

/// Passes an admin or owner of the organization.
///
/// # Errors
/// 403 for others.
pub(super) fn require_admin(member: OrgMember) -> ApiResult<OrgAdmin> {
    member.require_admin()?;
    Ok(OrgAdmin(member))
}

fn for_people() -> ApiError {
    ApiError::forbidden("This is for people who sign in: an API token acts in its organization alone.")
        .next_step("Leave it to the person, who does it in the web UI.")
}

impl OrgAdmin {
    /// On whose behalf a use-case runs.
    pub fn caller(&self) -> Caller {
        self.0.caller()
    }
}

impl OrgMember {
    /// Passes an admin or owner of the organization.
    ///
    /// # Errors
    /// 403 for others.
    pub fn require_admin(&self) -> ApiResult<()> {
        match access::is_admin(&self.member.role) {
            true => Ok(()),
            false => Err(ApiError::forbidden("Only organization owners and admins can do this.")),
        }
    }

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

impl FromRequest for Person {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let Identity { user, proof, .. } = required(&request).await?;
            match proof {
                Proof::ProviderToken(_) => Err(for_people()),
                Proof::ApiToken(_) if !user.is_service_account() => Err(for_people()),
                Proof::AccessToken | Proof::Session(_) | Proof::ApiToken(_) | Proof::ClerkToken(_) => {
                    Ok(Self(user))
                }
            }
        }
        .boxed_local()
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
        async move { require_admin(org_member(&request).await?) }.boxed_local()
    }
}
