//! Adding a passkey.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mission_control_core::id::{PasskeyId, UserId};
use mission_control_core::limits::PASSKEYS;
use mission_control_core::models::{Account, AuditAction, CeremonyKind, Passkey, User};
use mission_control_core::rules::passkeys::FRESH;
use mission_control_core::time::Timestamp;
use mission_control_store::owners::Owner;
use mission_control_store::{StoreError, accounts, passkeys as rows};
use secrecy::SecretString;
use webauthn_rs::prelude::{CredentialID, Passkey as Key, PasskeyRegistration, RegisterPublicKeyCredential};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::ceremonies::{self, Answer, Question};
use super::relying_party::{defect, refused, relying_party};
use crate::accounts::proof::proven;
use crate::accounts::write::note;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::room;

/// What is said of the passkeys of somebody who has as many as there may be.
const TOO_MANY: &str = "passkeys already: remove one of them first";

/// What shows that it is the person who sits there, and not somebody who found their browser open.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The password, where it was asked for.
    pub password: Option<SecretString>,
    /// When the browser signed in.
    pub signed_in_at: Timestamp,
}

impl Evidence {
    /// The account of the person, if the evidence is enough.
    ///
    /// # Errors
    /// [`FleetError::WrongPassword`]; a password that is missing; somebody without an account.
    pub(super) async fn account(self, fleet: &Fleet, user: UserId) -> Result<Account, FleetError> {
        if let Some(password) = self.password {
            return proven(fleet, user, password).await;
        }
        if self.signed_in_at.plus(FRESH) < Timestamp::now() {
            return Err(FleetError::invalid_field(
                "password",
                "The password is needed: you signed in more than ten minutes ago.",
            ));
        }
        let account = fleet.db().read(move |conn| accounts::find(conn, user)).await?;
        account.ok_or_else(|| FleetError::conflict("Passkeys are for who has an account."))
    }
}

/// Begins to add a passkey: a device is asked for a new key.
///
/// # Errors
/// Evidence that is not enough; too many passkeys; an address of the server for which browsers keep none.
pub async fn begin_registration(
    fleet: &Fleet,
    user: User,
    evidence: Evidence,
) -> Result<Question, FleetError> {
    let party = relying_party(fleet)?;
    let account = evidence.account(fleet, user.id).await?;
    let id = user.id;
    let known = fleet.db().read(move |conn| rows::of_user(conn, id)).await?;
    if i64::try_from(known.len()).unwrap_or(i64::MAX) >= PASSKEYS {
        return Err(room::full(PASSKEYS, TOO_MANY));
    }
    let known: Vec<CredentialID> =
        known.iter().filter_map(|it| URL_SAFE_NO_PAD.decode(&it.credential_id).ok()).collect();
    let begun = party.start_passkey_registration(id.uuid(), &account.email, user.shown_name(), Some(known));
    let (mut options, state) = begun.map_err(defect)?;
    // The device is to remember whose key it is, so that nobody has to type an address.
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    ceremonies::keep(fleet, CeremonyKind::Registration, Some(id), &state, &options.public_key).await
}

/// Adds the key that the device made.
///
/// # Errors
/// [`FleetError::PasskeyRefused`]; a key that is somebody's already; too many passkeys.
pub async fn finish_registration(
    fleet: &Fleet,
    user: UserId,
    name: String,
    answer: Answer,
) -> Result<Passkey, FleetError> {
    let party = relying_party(fleet)?;
    let state: PasskeyRegistration =
        ceremonies::take(fleet, CeremonyKind::Registration, Some(user), answer.ceremony).await?;
    let made: RegisterPublicKeyCredential = answer.read()?;
    let key: Key = party.finish_passkey_registration(&made, &state).map_err(refused)?;
    let passkey = Passkey {
        id: PasskeyId::random(),
        user_id: user,
        credential_id: URL_SAFE_NO_PAD.encode(key.cred_id()),
        credential: serde_json::to_string(&key).map_err(|error| FleetError::Internal(error.to_string()))?,
        counter: 0,
        name,
        created_at: Timestamp::now(),
        last_used_at: None,
    };
    fleet
        .db()
        .write(move |tx| {
            room::require(tx, Owner::User(user), PASSKEYS, |conn| rows::count(conn, user), TOO_MANY)?;
            match rows::insert(tx, &passkey) {
                Err(StoreError::Duplicate { .. }) => {
                    return Err(FleetError::conflict("This passkey is somebody's already."));
                }
                other => other?,
            }
            note(tx, user, AuditAction::PasskeyAdded)?;
            Ok(passkey)
        })
        .await
}
