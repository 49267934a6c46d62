//! Browsers that are signed in: beginning and ending their sessions.

use mission_control_core::id::WebSessionId;
use mission_control_core::models::{AuditAction, AuditDraft, OrganizationMember, WebSession};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{Event, WebSessionRead};
use mission_control_store::{StoreError, Tx, web_sessions};
use secrecy::{ExposeSecret, SecretString};

use crate::fleet::Fleet;

/// Begins a session of a member's user, which lasts no longer than the credential it is given for; `credential` is the SHA-256 of
/// that, in hex. Returns it with the secret that the browser keeps.
///
/// # Errors
/// The database's.
pub async fn begin(
    fleet: &Fleet,
    member: &OrganizationMember,
    credential: String,
) -> Result<(WebSession, SecretString), StoreError> {
    let secret = agent_token::generate();
    let now = Timestamp::now();
    let session = WebSession {
        id: WebSessionId::random(),
        user_id: member.user_id,
        cookie_digest: agent_token::digest(secret.expose_secret()),
        credential_digest: credential,
        created_at: now,
        expires_at: now.plus(fleet.settings().web_session_lifetime),
    };
    let (row, organization) = (session.clone(), member.organization_id);
    fleet
        .db()
        .write(move |tx| {
            let entry = AuditDraft::new(organization, AuditAction::SignedIn);
            tx.audit(entry.about("web_session", row.id));
            web_sessions::insert(tx, &row)
        })
        .await?;
    Ok((session, secret))
}

/// Ends one session of a member. Its streams end too.
///
/// # Errors
/// The database's.
pub async fn end(fleet: &Fleet, id: WebSessionId, member: OrganizationMember) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            web_sessions::delete(tx, id)?;
            tell_streams(tx, &member);
            Ok(())
        })
        .await
}

/// Ends every session of the member's user. Their streams end too.
///
/// # Errors
/// The database's.
pub async fn end_all(fleet: &Fleet, member: OrganizationMember) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            web_sessions::delete_of_user(tx, member.user_id)?;
            tell_streams(tx, &member);
            Ok(())
        })
        .await
}

fn tell_streams(tx: &mut Tx<'_>, member: &OrganizationMember) {
    let ended = Event::WebSessionEnded(WebSessionRead { user_id: member.user_id }.into());
    tx.append(ended.organization(member.organization_id));
}
