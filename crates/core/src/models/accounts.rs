//! How people sign in with an e-mail address and a password.

use diesel::prelude::*;

use super::guarded::guarded_debug;
use crate::id::UserId;
use crate::schema;
use crate::time::Timestamp;

/// The address and the password by which a person signs in.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::accounts, primary_key(user_id), treat_none_as_default_value = false)]
pub struct Account {
    /// The person.
    pub user_id: UserId,
    /// The address, lower case. Unique.
    pub email: String,
    /// What the password is compared with, in PHC form.
    pub password_hash: String,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the password was chosen.
    pub password_changed_at: Timestamp,
    /// What it shares with an authenticator app, in base32, sealed.
    pub totp_secret: Option<String>,
    /// Since when the app's codes are asked for; none while it is only being set up.
    pub totp_since: Option<Timestamp>,
    /// The step of the last code that was taken.
    pub totp_step: Option<i64>,
    /// Since when a passkey is asked for beside the password; none where it only may be used.
    pub passkeys_since: Option<Timestamp>,
}

impl Account {
    /// Where [`Account::totp_secret`] is sealed.
    pub const TOTP_COLUMN: &'static str = "accounts.totp_secret";

    /// Somebody who signs in with this address, and a password with this hash, from `now` on.
    pub fn new(user_id: UserId, email: String, password_hash: String, now: Timestamp) -> Self {
        Self {
            user_id,
            email,
            password_hash,
            created_at: now,
            password_changed_at: now,
            totp_secret: None,
            totp_since: None,
            totp_step: None,
            passkeys_since: None,
        }
    }

    /// The sealed secret of the app whose codes are asked for, if there is one.
    pub fn second_factor(&self) -> Option<&str> {
        self.totp_since.and(self.totp_secret.as_deref())
    }

    /// Whether the password is not enough: a code of the app, a passkey, or a recovery code is needed as well.
    pub fn asks_for_more(&self) -> bool {
        self.second_factor().is_some() || self.passkeys_since.is_some()
    }
}

guarded_debug!(Account shows user_id, created_at, password_changed_at);

/// A link by which a person chooses a new password.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::password_resets, primary_key(user_id))]
pub struct PasswordReset {
    /// The person.
    pub user_id: UserId,
    /// SHA-256 of its token, in hex.
    pub digest: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// Whether the person's passkeys stay when it is used: who asked for it may hold no more than the mailbox.
    pub keeps_passkeys: bool,
}

guarded_debug!(PasswordReset shows user_id, created_at, expires_at, keeps_passkeys);
