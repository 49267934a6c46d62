//! Signing in with a passkey: alone, or beside the password.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mission_control_core::id::UserId;
use mission_control_core::models::{CeremonyKind, Passkey};
use mission_control_core::rules::passkeys::credential;
use mission_control_core::time::Timestamp;
use mission_control_store::{Tx, accounts, members, passkeys as rows, request, users};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey as Key, PasskeyAuthentication,
    PublicKeyCredential,
};

use super::ceremonies::{self, Answer, Question};
use super::relying_party::{defect, refused, relying_party};
use crate::accounts::recognize::{Recognized, no_membership};
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::web_sessions::{self, SignedIn, Visit};

/// Asks whoever comes for a passkey.
///
/// # Errors
/// An address of the server for which browsers keep none.
pub async fn begin_sign_in(fleet: &Fleet) -> Result<Question, FleetError> {
    let (options, state) = relying_party(fleet)?.start_discoverable_authentication().map_err(defect)?;
    ceremonies::keep(fleet, CeremonyKind::SignIn, None, &state, &options.public_key).await
}

/// Signs in whose passkey it is. A second factor is not asked for: the device has seen that it is them.
///
/// # Errors
/// [`FleetError::PasskeyRefused`]; a person who is in no organization.
pub async fn finish_sign_in(fleet: &Fleet, answer: Answer, visit: Visit) -> Result<SignedIn, FleetError> {
    let party = relying_party(fleet)?;
    let state: DiscoverableAuthentication =
        ceremonies::take(fleet, CeremonyKind::SignIn, None, answer.ceremony).await?;
    let signed: PublicKeyCredential = answer.read()?;
    let (holder, id) = party.identify_discoverable_authentication(&signed).map_err(refused)?;
    let id = URL_SAFE_NO_PAD.encode(id);
    let known = fleet.db().read(move |conn| rows::with_credential(conn, &id)).await?;
    let passkey = known.filter(|it| it.user_id.uuid() == holder).ok_or(FleetError::PasskeyRefused)?;
    let key = key_of(&passkey)?;
    let seen = party.finish_discoverable_authentication_v2(&signed, state, &key).map_err(refused)?;
    let (sessions, origin) = (fleet.clone(), request::origin());
    fleet
        .db()
        .write(move |tx| {
            let id = passkey.user_id;
            let user = users::find(tx, id)?.ok_or(FleetError::PasskeyRefused)?;
            accounts::find(tx, id)?.ok_or(FleetError::PasskeyRefused)?;
            origin.act_as(visit.actor(&user, None));
            let member = members::working(tx, &user)?.ok_or_else(no_membership)?;
            let given_for = credential(passkey.id);
            used(tx, passkey, key, &seen)?;
            let (session, secret) = web_sessions::draft(&sessions, id, given_for, visit);
            web_sessions::insert(tx, &session, &member)?;
            Ok(SignedIn { user, member, session, secret })
        })
        .await
}

/// Asks somebody who has shown their password for one of their passkeys.
///
/// # Errors
/// Somebody without one; an address of the server for which browsers keep none.
pub async fn begin_beside_password(fleet: &Fleet, who: &Recognized) -> Result<Question, FleetError> {
    let party = relying_party(fleet)?;
    let user = who.account().user_id;
    let known = fleet.db().read(move |conn| rows::of_user(conn, user)).await?;
    let keys = known.iter().map(key_of).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() {
        return Err(FleetError::conflict("There is no passkey. Use a code."));
    }
    let (options, state) = party.start_passkey_authentication(&keys).map_err(defect)?;
    ceremonies::keep(fleet, CeremonyKind::SecondFactor, Some(user), &state, &options.public_key).await
}

/// Takes one of the person's passkeys as the second factor.
///
/// # Errors
/// [`FleetError::PasskeyRefused`].
pub(in crate::accounts) async fn take(fleet: &Fleet, user: UserId, answer: Answer) -> Result<(), FleetError> {
    let party = relying_party(fleet)?;
    let state: PasskeyAuthentication =
        ceremonies::take(fleet, CeremonyKind::SecondFactor, Some(user), answer.ceremony).await?;
    let signed: PublicKeyCredential = answer.read()?;
    let seen = party.finish_passkey_authentication(&signed, &state).map_err(refused)?;
    fleet
        .db()
        .write(move |tx| {
            // It may have been removed since the question.
            let known = rows::with_credential(tx, &URL_SAFE_NO_PAD.encode(seen.cred_id()))?;
            let passkey = known.filter(|it| it.user_id == user).ok_or(FleetError::PasskeyRefused)?;
            let key = key_of(&passkey)?;
            used(tx, passkey, key, &seen)
        })
        .await
}

/// Writes down that a passkey was used.
fn used(
    tx: &mut Tx<'_>,
    passkey: Passkey,
    mut key: Key,
    seen: &AuthenticationResult,
) -> Result<(), FleetError> {
    key.update_credential(seen);
    let credential = serde_json::to_string(&key).map_err(|error| FleetError::Internal(error.to_string()))?;
    let now = Passkey { credential, counter: i64::from(seen.counter()), ..passkey };
    match rows::used(tx, &now, Timestamp::now())? {
        true => Ok(()),
        false => Err(FleetError::PasskeyRefused),
    }
}

fn key_of(passkey: &Passkey) -> Result<Key, FleetError> {
    serde_json::from_str(&passkey.credential).map_err(|error| FleetError::Internal(error.to_string()))
}
