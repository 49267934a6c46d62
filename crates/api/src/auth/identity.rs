//! A person who has shown a credential, or a program that acts for one.

use actix_web::HttpRequest;
use mission_control_core::config::{AccountSettings, AuthSettings};
use mission_control_core::models::{self, ApiToken, Organization, User, WebSession};
use mission_control_core::rules::{
    agent_token, api_tokens as rules, identities, last_use, passkeys, seat::Seat,
};
use mission_control_core::time::Timestamp;
use mission_control_fleet::{Fleet, api_tokens, clerk, local_user};
use mission_control_identity::IdentityError;
use mission_control_store::members::AtWork;
use mission_control_store::{
    StoreResult, accounts as account_rows, api_tokens as rows, identities as identity_rows, members,
    passkeys as passkey_rows,
};

use super::scopes;
use crate::error::ApiResult;
use crate::http::client_address;
use crate::state::State;

/// A person, and their membership of the organization they work in.
pub(super) struct Identity {
    pub(super) user: User,
    pub(super) member: Seat,
    pub(super) organization: Organization,
    pub(super) proof: Proof,
}

/// What showed who calls.
#[derive(Debug, Clone)]
pub enum Proof {
    /// The access token itself.
    AccessToken,
    /// A browser's session.
    Session(WebSession),
    /// A token of a program.
    ApiToken(ApiToken),
    /// A token that an identity provider signed, good until then.
    ProviderToken(Timestamp),
    /// A token of the person's session at Clerk, good until then. It is the person who shows it, in whatever page.
    ClerkToken(Timestamp),
}

impl Identity {
    /// The person behind the local token.
    pub(super) async fn local(fleet: &Fleet) -> StoreResult<Self> {
        Ok(Self::of(local_user::find_or_make(fleet.db()).await?, Proof::AccessToken))
    }

    /// Whoever signed in with the password of an account or a passkey, by their session; `None` when the password is another one
    /// now or the passkey was removed, or the browser was not used for too long. Who is in no organization any more is nobody.
    pub(super) async fn by_account(
        state: &State,
        accounts: &AccountSettings,
        session: WebSession,
    ) -> ApiResult<Option<Self>> {
        let last = session.last_used_at.unwrap_or(session.created_at);
        if last_use::is_idle(last, accounts.idle, Timestamp::now()) {
            return Ok(None);
        }
        let (user, credential) = (session.user_id, session.credential_digest.clone());
        let found = state.db.read(move |conn| -> StoreResult<Option<AtWork>> {
            let lasts = match passkeys::of_credential(&credential) {
                Some(id) => passkey_rows::find(conn, id, user)?.is_some(),
                None => account_rows::find(conn, user)?
                    .is_some_and(|account| agent_token::digest(&account.password_hash) == credential),
            };
            if lasts { members::at_work(conn, user) } else { Ok(None) }
        });
        let found = found.await?;
        Ok(found.map(|at_work| Self::of(at_work, Proof::Session(session))))
    }

    fn of(AtWork { user, member, organization }: AtWork, proof: Proof) -> Self {
        Self { user, member: member.into(), organization, proof }
    }

    /// Whoever signed in by an identity provider or Clerk, by their session; `None` when they are not known by it any more, or
    /// the browser was not used for too long.
    pub(super) async fn by_provider(state: &State, session: WebSession) -> ApiResult<Option<Self>> {
        let AuthSettings { oidc, clerk, .. } = &state.settings.auth;
        let idle = oidc.as_ref().map(|it| it.idle).or(clerk.as_ref().map(|it| it.idle)).flatten();
        let last = session.last_used_at.unwrap_or(session.created_at);
        if last_use::is_idle(last, idle, Timestamp::now()) {
            return Ok(None);
        }
        let (user, credential) = (session.user_id, session.credential_digest.clone());
        let (issuer, by_clerk) = (oidc.as_ref().map(|it| it.issuer.clone()), clerk.is_some());
        let found = state.db.read(move |conn| -> StoreResult<Option<AtWork>> {
            let is_known = |known: Vec<models::Identity>| {
                known.iter().any(|it| identities::credential(&it.issuer, &it.subject) == credential)
            };
            let found = members::at_work(conn, user)?;
            let is_of_clerk = by_clerk
                && found.as_ref().is_some_and(|it| clerk::credential(&it.user.clerk_user_id) == credential);
            if is_of_clerk {
                return Ok(found);
            }
            match issuer {
                Some(issuer) if is_known(identity_rows::of_user(conn, &issuer, user)?) => Ok(found),
                _ => Ok(None),
            }
        });
        let found = found.await?;
        Ok(found.map(|at_work| Self::of(at_work, Proof::Session(session))))
    }

    /// Whoever has the session at Clerk that a token is of; `None` for what is no such token.
    ///
    /// # Errors
    /// 502 when Clerk has to be asked for its keys and is away.
    pub(super) async fn by_clerk_token(request: &HttpRequest, presented: &str) -> ApiResult<Option<Self>> {
        let state = State::of(request)?;
        let Some(clerk) = &state.clerk else { return Ok(None) };
        let session = match clerk.session(presented).await {
            Ok(session) => session,
            Err(IdentityError::Token(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let at_work = clerk::at_work(&state.fleet, clerk, &session).await?;
        Ok(Some(Self::of(at_work, Proof::ClerkToken(session.expires_at))))
    }

    /// Whoever a token acts for that the identity provider signed for this API: somebody who has signed in by it before.
    ///
    /// # Errors
    /// 502 when the provider has to be asked for its keys and is away.
    pub(super) async fn by_provider_token(request: &HttpRequest, presented: &str) -> ApiResult<Option<Self>> {
        let state = State::of(request)?;
        let takes = state.settings.auth.oidc.as_ref().is_some_and(|oidc| oidc.api_audience.is_some());
        let Some(provider) = state.provider.as_ref().filter(|_| takes) else { return Ok(None) };
        let bearer = match provider.bearer(presented).await {
            Ok(bearer) => bearer,
            Err(IdentityError::Token(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let ends = bearer.expires_at;
        let found = state.db.read(move |conn| -> StoreResult<Option<AtWork>> {
            match identity_rows::holder(conn, &bearer.issuer, &bearer.subject)? {
                Some(user) => members::at_work(conn, user),
                None => Ok(None),
            }
        });
        let found = found.await?;
        Ok(found.map(|at_work| Self::of(at_work, Proof::ProviderToken(ends))))
    }

    /// Whoever an API token acts for; `None` without a live token. What the token may do is decided here, for every route.
    ///
    /// # Errors
    /// 403 where the route needs another scope.
    pub(super) async fn by_api_token(request: &HttpRequest, presented: &str) -> ApiResult<Option<Self>> {
        if !rules::is_one(presented) {
            return Ok(None);
        }
        let state = State::of(request)?;
        let digest = agent_token::digest(presented);
        let found = state.db.read(move |conn| rows::find_live(conn, &digest, Timestamp::now())).await?;
        let Some(held) = found else { return Ok(None) };
        let seat = held.seat();
        let rows::Held { token, user, organization, .. } = held;
        scopes::require(request, token.scope)?;
        let address = client_address(request).map(|address| address.to_string());
        if let Err(error) = api_tokens::used(&state.fleet, &token, address).await {
            tracing::warn!(%error, "use of an API token not written down");
        }
        Ok(Some(Self { user, member: seat, organization, proof: Proof::ApiToken(token) }))
    }
}
