//! Asking the identity provider whether people who signed in by it may still come in: who is locked out there is signed out here
//! within a quarter of an hour, and a role follows the groups without another sign-in.

use std::fmt::Display;

use mission_control_core::config::Admission;
use mission_control_core::models::{AuditAction, AuditDraft, ProviderGrant, User, WebSession};
use mission_control_core::rules::identities as rules;
use mission_control_core::time::Timestamp;
use mission_control_identity::{IdentityError, Provider, Renewed};
use mission_control_store::{StoreError, Tx, identities, members, provider_grants, users};
use secrecy::ExposeSecret;

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::identities::{GOOD_FOR, join};
use crate::web_sessions;

/// What became of a session that was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It goes on.
    Renewed,
    /// It is over: the provider refused.
    Ended,
    /// What the provider says cannot be used; it is asked another time.
    Unknown,
    /// The provider is away.
    Away,
}

/// Asks for the session that is due longest; `None` when none is.
///
/// # Errors
/// The database's.
pub(crate) async fn renew_one(fleet: &Fleet, provider: &Provider) -> Result<Option<Outcome>, FleetError> {
    let now = Timestamp::now();
    let due = fleet.db().write(move |tx| provider_grants::take_due(tx, now, now.plus(GOOD_FOR))).await;
    let due: Option<(ProviderGrant, WebSession)> = due.map_err(|error: StoreError| error)?;
    let Some((grant, session)) = due else { return Ok(None) };
    let token = match fleet.vault().open(ProviderGrant::TOKEN_COLUMN, session.id, &grant.refresh_token) {
        Ok(token) => token,
        Err(error) => {
            not_renewed(&session, &error);
            return Ok(Some(Outcome::Unknown));
        }
    };
    let Some((subject, user)) = known(fleet, &session).await? else {
        return end(fleet, session).await.map(Some);
    };
    // Whoever dies between the provider's answer and its keeping has used the token up: that person signs in once more.
    match provider.renew(&token, &subject).await {
        Ok(renewed) => keep(fleet, session, user, renewed).await.map(Some),
        Err(refused) if refused.refuses_grant() => end(fleet, session).await.map(Some),
        Err(error) => {
            not_renewed(&session, &error);
            let is_away = matches!(error, IdentityError::Away(_));
            Ok(Some(if is_away { Outcome::Away } else { Outcome::Unknown }))
        }
    }
}

fn not_renewed(session: &WebSession, error: &dyn Display) {
    tracing::warn!(%error, session_id = %session.id, "session not renewed by the identity provider");
}

/// Who the person of a session is for the provider, by the identity that it was given for; `None` when they are that no more.
async fn known(fleet: &Fleet, session: &WebSession) -> Result<Option<(String, User)>, StoreError> {
    let issuer = fleet.settings().auth.oidc.as_ref().map(|oidc| oidc.issuer.clone()).unwrap_or_default();
    let (id, credential) = (session.user_id, session.credential_digest.clone());
    fleet
        .db()
        .read(move |conn| {
            let identity = identities::of_user(conn, &issuer, id)?
                .into_iter()
                .find(|it| rules::credential(&it.issuer, &it.subject) == credential);
            let user = users::find(conn, id)?;
            Ok(identity.map(|identity| identity.subject).zip(user))
        })
        .await
}

async fn keep(
    fleet: &Fleet,
    session: WebSession,
    user: User,
    renewed: Renewed,
) -> Result<Outcome, FleetError> {
    let Renewed { person, refresh_token } = renewed;
    if let Err(error) = &person {
        not_renewed(&session, error);
    }
    let outcome = if person.is_ok() { Outcome::Renewed } else { Outcome::Unknown };
    let admission: Admission =
        fleet.settings().auth.oidc.as_ref().map(|oidc| oidc.admission.clone()).unwrap_or_default();
    let sealed = refresh_token
        .map(|token| fleet.vault().seal(ProviderGrant::TOKEN_COLUMN, session.id, token.expose_secret()));
    fleet
        .db()
        .write(move |tx| {
            if let Some(sealed) = sealed {
                provider_grants::replace(tx, session.id, &sealed)?;
            }
            if let Ok(Some(person)) = person {
                join(tx, &user, &person, &admission)?;
            }
            Ok(outcome)
        })
        .await
}

/// Ends the session, with its streams, and says why in the audit.
async fn end(fleet: &Fleet, session: WebSession) -> Result<Outcome, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            if web_sessions::end_one(tx, session.id, session.user_id)? {
                note(tx, &session)?;
            }
            Ok::<_, FleetError>(Outcome::Ended)
        })
        .await
}

fn note(tx: &mut Tx<'_>, session: &WebSession) -> Result<(), StoreError> {
    for member in members::all_of_user(tx, session.user_id)? {
        let entry = AuditDraft::new(member.organization_id, AuditAction::ProviderRefused);
        tx.audit(entry.about("web_session", session.id));
    }
    Ok(())
}
