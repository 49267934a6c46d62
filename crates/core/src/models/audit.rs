//! The record of who did what.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{ApiTokenId, AuditActorId, BoardId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What kind of somebody did something.
    stored ActorKind {
        /// A person.
        User = "user",
        /// A program, by an API token.
        Token = "token",
        /// An agent.
        Agent = "agent",
        /// A job, by itself: nobody asked for it.
        Job = "job",
        /// The product itself, and what nobody authenticated did.
        System = "system",
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditAction {
    /// Something changed, and the event log tells of it by this name.
    Event(&'static str),
    /// A browser signed in.
    SignedIn,
    /// The identity provider said that somebody who was signed in may come in no more.
    ProviderRefused,
    /// A wrong credential was shown.
    SignInRefused,
    /// Somebody who is known was refused.
    Refused,
    /// Somebody got an account: an address and a password to sign in with.
    AccountMade,
    /// Somebody signs in by an identity provider from now on.
    IdentityLinked,
    /// Somebody has another password.
    PasswordChanged,
    /// Somebody needs a code of an authenticator app to sign in, from now on.
    SecondFactorOn,
    /// Somebody signs in with the password alone, from now on.
    SecondFactorOff,
    /// Somebody signs in with a further passkey from now on.
    PasskeyAdded,
    /// Somebody calls a passkey otherwise.
    PasskeyRenamed,
    /// A passkey opens nothing any more.
    PasskeyRemoved,
    /// A link was made by which somebody chooses a new password.
    ResetOffered,
    /// Somebody changed their own profile.
    ProfileChanged,
    /// Somebody works in another organization of theirs from now on.
    Switched,
    /// The deletion of something was ordered.
    Ordered,
    /// Retention removed the beginning of the record.
    Trimmed,
}

impl AuditAction {
    /// The text in the database and in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Event(kind) => kind,
            Self::SignedIn => "session.signed_in",
            Self::ProviderRefused => "session.ended_by_provider",
            Self::SignInRefused => "session.refused",
            Self::Refused => "request.refused",
            Self::AccountMade => "account.created",
            Self::IdentityLinked => "account.identity_linked",
            Self::PasswordChanged => "account.password_changed",
            Self::SecondFactorOn => "account.second_factor_on",
            Self::SecondFactorOff => "account.second_factor_off",
            Self::PasskeyAdded => "account.passkey_added",
            Self::PasskeyRenamed => "account.passkey_renamed",
            Self::PasskeyRemoved => "account.passkey_removed",
            Self::ResetOffered => "account.reset_offered",
            Self::ProfileChanged => "user.updated",
            Self::Switched => "user.switched",
            Self::Ordered => "job.ordered",
            Self::Trimmed => "audit.trimmed",
        }
    }
}

/// Something that was done, before it has its place in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditDraft {
    /// Whose record it belongs to.
    pub organization_id: OrganizationId,
    /// What was done.
    pub action: AuditAction,
    /// What kind of thing it was done to.
    pub object_kind: Option<String>,
    /// Which one.
    pub object_id: Option<String>,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// How a governed thing was.
    pub before: Option<Value>,
    /// How it is now.
    pub after: Option<Value>,
}

impl AuditDraft {
    /// Something that was done in an organization, to nothing in particular.
    pub const fn new(organization_id: OrganizationId, action: AuditAction) -> Self {
        Self {
            organization_id,
            action,
            object_kind: None,
            object_id: None,
            board_id: None,
            before: None,
            after: None,
        }
    }

    /// The same about this thing.
    #[must_use]
    pub fn about(self, kind: impl Into<String>, id: impl ToString) -> Self {
        Self { object_kind: Some(kind.into()), object_id: Some(id.to_string()), ..self }
    }

    /// The same with what is to be known of it.
    #[must_use]
    pub fn after(self, after: Value) -> Self {
        Self { after: Some(after), ..self }
    }
}

/// An entry of an organization's record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::audit_log, treat_none_as_default_value = false)]
pub struct AuditEntry {
    /// Whose record it is.
    pub organization_id: OrganizationId,
    /// Its number there, from 1 on without a gap.
    pub seq: i64,
    /// When it was done.
    pub at: Timestamp,
    /// What kind of somebody did it.
    pub actor: ActorKind,
    /// Who: a user, an agent, a job; for a token the user or service account that it acts as.
    pub actor_id: Option<AuditActorId>,
    /// What that was called then.
    pub actor_name: Option<String>,
    /// The API token.
    pub token_id: Option<ApiTokenId>,
    /// The address that it came from.
    pub address: Option<String>,
    /// The request that it was done for.
    pub request_id: Option<String>,
    /// What was done.
    pub action: String,
    /// What kind of thing it was done to.
    pub object_kind: Option<String>,
    /// Which one.
    pub object_id: Option<String>,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// How a governed thing was, as JSON.
    pub before_change: Option<String>,
    /// How it is now, as JSON.
    pub after_change: Option<String>,
    /// Hash of the entry before.
    pub previous_hash: String,
    /// SHA-256 of this entry and the hash before it, in hex.
    pub hash: String,
}

/// Both ends of an organization's record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::audit_chains, primary_key(organization_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct AuditChain {
    /// Whose record it is.
    pub organization_id: OrganizationId,
    /// The number before the first entry that is kept.
    pub cut_seq: i64,
    /// The hash of that entry.
    pub cut_hash: String,
    /// Proof that retention moved the beginning there.
    pub cut_seal: Option<String>,
    /// The number of the last entry.
    pub last_seq: i64,
    /// Its hash.
    pub last_hash: String,
}

impl AuditChain {
    /// Where [`AuditChain::cut_seal`] is sealed.
    pub const SEAL_COLUMN: &'static str = "audit_chains.cut_seal";
}
