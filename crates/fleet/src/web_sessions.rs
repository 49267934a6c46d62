//! Browsers that are signed in: beginning and ending their sessions.

use mission_control_core::id::{AuditActorId, OrganizationId, UserId, WebSessionId};
use mission_control_core::limits::DEVICE;
use mission_control_core::models::{
    ActorKind, AuditAction, AuditDraft, OrganizationMember, User, WebSession,
};
use mission_control_core::rules::{agent_token, last_use};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{Event, WebSessionRead};
use mission_control_store::request::{self, Actor};
use mission_control_store::{StoreError, StoreResult, Tx, members, web_sessions};
use secrecy::{ExposeSecret, SecretString};

use crate::fleet::Fleet;

/// Where somebody signs in from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// What the browser calls itself.
    pub device: Option<String>,
    /// The address.
    pub address: Option<String>,
}

impl Visit {
    /// Who comes, as the audit names them.
    pub(crate) fn actor(&self, user: &User, organization: Option<OrganizationId>) -> Actor {
        Actor {
            kind: ActorKind::User,
            id: Some(AuditActorId::from_uuid(user.id.uuid())),
            name: Some(user.shown_name().to_owned()),
            organization,
            token: None,
            address: self.address.clone(),
        }
    }
}

/// A browser that signed in just now.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub user: User,
    /// Who they are in the organization that they work in.
    pub member: OrganizationMember,
    /// The session.
    pub session: WebSession,
    /// What the browser keeps.
    pub secret: SecretString,
}

/// A session that is about to begin, and its secret. `credential` is the SHA-256 of what it is given for, in hex; it lasts no
/// longer than that.
pub(crate) fn draft(
    fleet: &Fleet,
    user: UserId,
    credential: String,
    visit: Visit,
) -> (WebSession, SecretString) {
    let secret = agent_token::generate();
    let now = Timestamp::now();
    let session = WebSession {
        id: WebSessionId::random(),
        user_id: user,
        cookie_digest: agent_token::digest(secret.expose_secret()),
        credential_digest: credential,
        created_at: now,
        expires_at: now.plus(fleet.settings().web_session_lifetime),
        device: visit.device.map(|device| device.chars().take(DEVICE).collect()),
        last_used_at: Some(last_use::to_the_minute(now)),
        last_used_address: visit.address,
    };
    (session, secret)
}

/// Begins a session that was drafted, for a member's user.
pub(crate) fn insert(tx: &mut Tx<'_>, session: &WebSession, member: &OrganizationMember) -> StoreResult<()> {
    let entry = AuditDraft::new(member.organization_id, AuditAction::SignedIn);
    tx.audit(entry.about("web_session", session.id));
    web_sessions::insert(tx, session)
}

/// Begins a session of a member's user for the credential of this SHA-256, in hex. Returns it with the secret that the browser
/// keeps.
///
/// # Errors
/// The database's.
pub async fn begin(
    fleet: &Fleet,
    user: User,
    member: OrganizationMember,
    credential: String,
    visit: Visit,
) -> Result<SignedIn, StoreError> {
    request::acting(visit.actor(&user, Some(member.organization_id)));
    let (session, secret) = draft(fleet, user.id, credential, visit);
    let (row, of) = (session.clone(), member.clone());
    fleet.db().write(move |tx| insert(tx, &row, &of)).await?;
    Ok(SignedIn { user, member, session, secret })
}

/// Writes down that a session was used now, from this address, if that is another minute or address than the last.
///
/// # Errors
/// The database's.
pub async fn used(fleet: &Fleet, session: &WebSession, address: Option<String>) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let last = (session.last_used_at, session.last_used_address.as_deref());
    if !last_use::is_news(last.0, last.1, address.as_deref(), now) {
        return Ok(());
    }
    let id = session.id;
    let minute = last_use::to_the_minute(now);
    fleet.db().write(move |tx| web_sessions::used(tx, id, minute, address.as_deref())).await
}

/// Ends one session of a person; whether there was one. Its streams end too.
///
/// # Errors
/// The database's.
pub async fn end(fleet: &Fleet, id: WebSessionId, user: UserId) -> Result<bool, StoreError> {
    fleet.db().write(move |tx| end_one(tx, id, user)).await
}

/// The same within a transaction.
pub(crate) fn end_one(tx: &mut Tx<'_>, id: WebSessionId, user: UserId) -> StoreResult<bool> {
    let was_there = web_sessions::delete(tx, id, user)?;
    if was_there {
        tell_streams(tx, user)?;
    }
    Ok(was_there)
}

/// Ends every session of a person. Their streams end too.
///
/// # Errors
/// The database's.
pub async fn end_all(fleet: &Fleet, user: UserId) -> Result<(), StoreError> {
    fleet.db().write(move |tx| end_every(tx, user)).await
}

/// The same within a transaction.
pub(crate) fn end_every(tx: &mut Tx<'_>, user: UserId) -> StoreResult<()> {
    web_sessions::delete_of_user(tx, user)?;
    tell_streams(tx, user)
}

/// Ends the sessions of a person that were given for one credential.
pub(crate) fn end_given_for(tx: &mut Tx<'_>, user: UserId, credential: &str) -> StoreResult<()> {
    if web_sessions::delete_given_for(tx, user, credential)? {
        tell_streams(tx, user)?;
    }
    Ok(())
}

/// Whichever of their organizations a browser works in, its streams hear of it.
fn tell_streams(tx: &mut Tx<'_>, user: UserId) -> StoreResult<()> {
    for member in members::all_of_user(tx, user)? {
        let ended = Event::WebSessionEnded(WebSessionRead { user_id: user }.into());
        tx.append(ended.organization(member.organization_id));
    }
    Ok(())
}
