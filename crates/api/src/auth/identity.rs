//! A person who has shown a credential, or a program that acts for one.

use actix_web::HttpRequest;
use mission_control_core::models::{ApiToken, User, WebSession};
use mission_control_core::rules::{agent_token, api_tokens as rules, seat::Seat};
use mission_control_core::time::Timestamp;
use mission_control_fleet::{Fleet, api_tokens, local_user};
use mission_control_store::{StoreResult, api_tokens as rows};

use super::scopes;
use crate::error::ApiResult;
use crate::http::client_address;
use crate::state::State;

/// A person, and their membership of the organization they work in.
pub(super) struct Identity {
    pub(super) user: User,
    pub(super) member: Seat,
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
}

impl Identity {
    /// The person behind the local token.
    pub(super) async fn local(fleet: &Fleet) -> StoreResult<Self> {
        let (user, member) = local_user::find_or_make(fleet).await?;
        Ok(Self { user, member: member.into(), proof: Proof::AccessToken })
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
        let rows::Held { token, user, .. } = held;
        scopes::require(request, token.scope)?;
        let address = client_address(request).map(|address| address.to_string());
        if let Err(error) = api_tokens::used(&state.fleet, &token, address).await {
            tracing::warn!(%error, "use of an API token not written down");
        }
        Ok(Some(Self { user, member: seat, proof: Proof::ApiToken(token) }))
    }
}
