//! Keys that people's devices hold, and sign in with.

use diesel::prelude::*;

use super::guarded::guarded_debug;
use super::text_enum::text_enum;
use crate::id::{PasskeyCeremonyId, PasskeyId, UserId};
use crate::schema;
use crate::time::Timestamp;

/// A key that a device, a security key or a password manager of a person holds. What is kept of it is public.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::passkeys, treat_none_as_default_value = false)]
pub struct Passkey {
    /// Key.
    pub id: PasskeyId,
    /// Whose it is.
    pub user_id: UserId,
    /// What devices call it, in base64url. Unique.
    pub credential_id: String,
    /// The public key and what is known of it, as JSON.
    pub credential: String,
    /// How often the device has used it, as it said last; 0 for devices that do not count.
    pub counter: i64,
    /// What the person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody signed in with it last.
    pub last_used_at: Option<Timestamp>,
}

text_enum! {
    /// What a ceremony is for.
    stored CeremonyKind {
        /// Adding a passkey.
        Registration = "registration",
        /// Signing in with a passkey alone.
        SignIn = "sign_in",
        /// Showing one beside the password.
        SecondFactor = "second_factor",
    }
}

/// What the server keeps between the question to a device and its answer. It is for one answer.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::passkey_ceremonies, treat_none_as_default_value = false)]
pub struct PasskeyCeremony {
    /// Key.
    pub id: PasskeyCeremonyId,
    /// What it is for.
    pub kind: CeremonyKind,
    /// Who is asked; none for whoever comes.
    pub user_id: Option<UserId>,
    /// What the answer is compared with, as JSON.
    pub state: String,
    /// Until when an answer is taken.
    pub expires_at: Timestamp,
}

guarded_debug!(PasskeyCeremony shows id, kind, user_id, expires_at);
