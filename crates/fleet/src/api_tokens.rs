//! Tokens by which programs act for a member. A token is shown once, when it is made; only its digest is kept.

use mission_control_core::id::{ApiTokenId, BoardId, MemberId};
use mission_control_core::limits::API_TOKENS;
use mission_control_core::models::{ApiToken, TokenScope, User};
use mission_control_core::rules::{access, agent_token, api_tokens as rules, last_use};
use mission_control_core::time::Timestamp;
use mission_control_shapes::ApiTokenRead;
use mission_control_shapes::events::{ApiTokenChanged, Event};
use mission_control_store::owners::Owner;
use mission_control_store::{Conn, StoreError, Tx, api_tokens, boards, members};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::room;

/// A token to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiToken {
    /// What people call it.
    pub name: String,
    /// How much of the member's rights it has.
    pub scope: TokenScope,
    /// The only boards that it opens.
    pub boards: Option<Vec<BoardId>>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// The service account that it acts as, by its membership; the caller's own otherwise.
    pub service_account: Option<MemberId>,
}

/// Makes a token, and returns it with the secret.
///
/// # Errors
/// A name that is blank; an end that has passed; a scope of single boards that governs; a board that is not the
/// organization's; a service account that is none, or one that is not the caller's to use; too many tokens.
pub async fn create(
    fleet: &Fleet,
    caller: Caller,
    new: NewApiToken,
) -> Result<(ApiTokenRead, SecretString), FleetError> {
    let secret = rules::generate();
    let digest = agent_token::digest(secret.expose_secret());
    let now = Timestamp::now();
    let name = new.name.trim().to_owned();
    if name.is_empty() {
        return Err(FleetError::invalid_field("name", "A token needs a name."));
    }
    if new.expires_at.is_some_and(|end| end <= now) {
        return Err(FleetError::invalid_field("expires_at", "This has passed already."));
    }
    if new.boards.is_some() && new.scope == TokenScope::Admin {
        let message = "A token for single boards has the scope read or write.";
        return Err(FleetError::invalid_field("scope", message));
    }
    let made = fleet
        .db()
        .write(move |tx| {
            let (member, user) = holder(tx, caller, new.service_account)?;
            if let Some(wanted) = &new.boards {
                let existing = boards::existing(tx, caller.organization, wanted)?;
                if let Some(missing) = wanted.iter().find(|id| !existing.contains(id)) {
                    return Err(FleetError::invalid(format!("The organization has no board {missing}.")));
                }
            }
            let count = |conn: &mut Conn| api_tokens::count(conn, member);
            let what = "tokens already: revoke those that nobody uses";
            room::require(tx, Owner::Member(member), API_TOKENS, count, what)?;
            let token = ApiToken {
                id: ApiTokenId::random(),
                organization_id: caller.organization,
                member_id: member,
                name,
                digest,
                scope: new.scope,
                board_ids: new.boards.map(|boards| json!(boards)),
                created_by_user_id: caller.user,
                created_at: now,
                expires_at: new.expires_at,
                last_used_at: None,
                last_used_address: None,
            };
            api_tokens::insert(tx, &token)?;
            Ok(changed(tx, Event::ApiTokenCreated, token, user))
        })
        .await?;
    Ok((made, secret))
}

/// Whose token it is to be: the caller's own, or that of a service account, which admins give to programs.
fn holder(
    tx: &mut Tx<'_>,
    caller: Caller,
    service_account: Option<MemberId>,
) -> Result<(MemberId, User), FleetError> {
    let own = match caller.user {
        Some(user) => members::of_user(tx, caller.organization, user)?,
        None => None,
    };
    let own = own.ok_or_else(|| FleetError::forbidden("Only members of the organization have tokens."))?;
    let wanted = service_account.unwrap_or(own.id);
    let found = members::find_with_user(tx, caller.organization, wanted)?;
    let (member, user) = found.ok_or(FleetError::not_found("Service account"))?;
    if member.id == own.id {
        return Ok((own.id, user));
    }
    if !access::may_manage(&own.role, &member.role) {
        return Err(FleetError::forbidden("Only admins make tokens of service accounts."));
    }
    if !user.is_service_account() {
        return Err(FleetError::forbidden("Nobody makes a token of another person."));
    }
    Ok((member.id, user))
}

/// Revokes a token: the caller's own, or, for admins, anybody's of the organization. Its streams end.
///
/// # Errors
/// A missing token, or another member's.
pub async fn revoke(fleet: &Fleet, caller: Caller, id: ApiTokenId) -> Result<ApiTokenRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let found = api_tokens::find_in(tx, caller.organization, id)?;
            let (token, user) = found.ok_or(StoreError::NotFound("token"))?;
            let own = match caller.user {
                Some(user) => members::of_user(tx, caller.organization, user)?,
                None => None,
            };
            if !own.is_some_and(|own| own.id == token.member_id || access::is_admin(&own.role)) {
                return Err(StoreError::NotFound("token").into());
            }
            api_tokens::delete(tx, id)?;
            Ok(changed(tx, Event::ApiTokenDeleted, token, user))
        })
        .await
}

/// Writes down that a token was used now, from this address, if that is another minute or address than the last.
///
/// # Errors
/// The database's.
pub async fn used(fleet: &Fleet, token: &ApiToken, address: Option<String>) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let last = (token.last_used_at, token.last_used_address.as_deref());
    if !last_use::is_news(last.0, last.1, address.as_deref(), now) {
        return Ok(());
    }
    let id = token.id;
    let minute = last_use::to_the_minute(now);
    fleet.db().write(move |tx| api_tokens::used(tx, id, minute, address.as_deref())).await
}

/// Tells streams of the token and returns it as clients see it.
fn changed(
    tx: &mut Tx<'_>,
    event: fn(ApiTokenChanged) -> Event,
    token: ApiToken,
    user: User,
) -> ApiTokenRead {
    let read = ApiTokenRead::new((token, user));
    tx.append(event(read.clone().into()).organization(read.organization_id));
    read
}
