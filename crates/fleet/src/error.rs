//! Why a use-case did not do what was asked.

use std::time::Duration;

use mission_control_core::problem::Code;
use mission_control_core::reason::Reason;
use mission_control_core::rules::invites;
use mission_control_core::rules::passwords::Weak;
use mission_control_core::rules::skills::RefusedAddress;
use mission_control_core::rules::version::Changed;
use mission_control_store::StoreError;

/// Why a use-case failed, in words for the caller.
#[derive(Debug, thiserror::Error)]
pub enum FleetError {
    /// The input cannot be accepted.
    #[error("{message}")]
    Validation {
        /// The field at fault, as the API names it.
        field: Option<&'static str>,
        /// What is wrong with it.
        message: String,
    },
    /// A stored credential would go to another place, or less well protected, than it was given for.
    #[error("{message}")]
    CredentialNeeded {
        /// What changes.
        message: String,
    },
    /// It does not exist, or not in this organization.
    #[error("{entity} not found")]
    NotFound {
        /// What was looked for, capitalized.
        entity: &'static str,
    },
    /// It contradicts what is there.
    #[error("{message}")]
    Conflict {
        /// What it contradicts.
        message: String,
    },
    /// It is not any more what the caller decided on.
    #[error(transparent)]
    Changed(#[from] Changed),
    /// The caller may not do this.
    #[error("{message}")]
    Forbidden {
        /// Who may.
        message: String,
    },
    /// Fields by which a board is governed, sent by somebody who is no admin.
    #[error("Only admins of the organization can change this of a board: {}.", .fields.join(", "))]
    ForAdmins {
        /// As the API names them.
        fields: Vec<&'static str>,
    },
    /// The organization would be left without an owner.
    #[error("An organization must have at least one owner.")]
    LastOwner,
    /// The invitation cannot be accepted any more.
    #[error("No such invite.")]
    InviteEnded(invites::Ended),
    /// A password that is not good enough.
    #[error("{}", .0.remedy())]
    WeakPassword(Weak),
    /// A password that is not the person's.
    #[error("This is not the right password.")]
    WrongPassword,
    /// The password is right, and a second factor is needed.
    #[error("A second factor is needed as well.")]
    SecondFactorNeeded {
        /// Whether a passkey will do.
        passkey: bool,
    },
    /// The password is right, the code of the second factor is not, or was taken before.
    #[error("This is not the code of now, or it was taken before.")]
    SecondFactorWrong,
    /// A passkey that is not known, was signed with wrongly, or took too long.
    #[error("This passkey is not known here, or it took too long.")]
    PasskeyRefused,
    /// Too much of the same is under way.
    #[error("Too many people sign in at the same time.")]
    Crowded {
        /// When to try again.
        retry_after: Duration,
    },
    /// The gateway refused or could not be reached.
    #[error("{message}")]
    Gateway {
        /// What was attempted and what the gateway said.
        message: String,
        /// What to do about it.
        remedy: Option<String>,
    },
    /// A server that is no gateway failed or could not be reached.
    #[error("{message}")]
    Upstream {
        /// What was attempted and why it failed.
        message: String,
        /// What to do about it.
        remedy: Option<String>,
    },
    /// An address that may not be used.
    #[error(transparent)]
    RefusedAddress(#[from] RefusedAddress),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A defect or a broken installation; the text is for the log.
    #[error("{0}")]
    Internal(String),
}

/// What to do when a stored credential does not follow a change.
const CREDENTIAL_NEEDED: &str =
    "Send the token again with the change, or clear_token: true to go on without one.";

/// What to do before an owner goes.
const LAST_OWNER: &str = "Make someone else an owner first.";

impl FleetError {
    /// An input that cannot be accepted, without a field of its own.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Validation { field: None, message: message.into() }
    }

    /// A field that cannot be accepted.
    pub fn invalid_field(field: &'static str, message: impl Into<String>) -> Self {
        Self::Validation { field: Some(field), message: message.into() }
    }

    /// `entity` (capitalized) does not exist for the caller.
    pub const fn not_found(entity: &'static str) -> Self {
        Self::NotFound { entity }
    }

    /// A contradiction with what is there.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::Conflict { message: message.into() }
    }

    /// The caller may not do this; `message` says why, or who may.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::Forbidden { message: message.into() }
    }

    /// The same failure of a job that did not work with a gateway, but with another server.
    pub(crate) fn of_other_server(self) -> Self {
        match self {
            Self::Gateway { message, remedy } => Self::Upstream { message, remedy },
            other => other,
        }
    }

    /// The stable word for programs.
    pub const fn code(&self) -> Code {
        match self {
            Self::Validation { .. } | Self::LastOwner | Self::WeakPassword(_) => Code::Invalid,
            Self::WrongPassword => Code::Unauthorized,
            Self::PasskeyRefused => Code::PasskeyRefused,
            Self::SecondFactorNeeded { .. } => Code::SecondFactorNeeded,
            Self::SecondFactorWrong => Code::SecondFactorWrong,
            Self::Crowded { .. } => Code::RateLimited,
            Self::CredentialNeeded { .. } => Code::CredentialNeeded,
            Self::NotFound { .. } | Self::InviteEnded(_) | Self::Store(StoreError::NotFound(_)) => {
                Code::NotFound
            }
            Self::Conflict { .. } | Self::Store(StoreError::Duplicate { .. }) => Code::Conflict,
            Self::Changed(_) => Code::ChangedMeanwhile,
            Self::Forbidden { .. } => Code::Forbidden,
            Self::ForAdmins { .. } => Code::AdminsOnly,
            Self::Gateway { .. } => Code::GatewayFailed,
            Self::Upstream { .. } => Code::Upstream,
            Self::RefusedAddress(_) => Code::BadRequest,
            Self::Store(StoreError::Disk(_)) => Code::StorageFull,
            Self::Store(StoreError::ReadOnly(_)) => Code::DatabaseReadOnly,
            Self::Store(StoreError::Unavailable(_) | StoreError::Busy(_)) => Code::Unavailable,
            Self::Store(_) | Self::Internal(_) => Code::Internal,
        }
    }

    /// What the caller can do about it, where that is known.
    pub fn next_step(&self) -> Option<&str> {
        match self {
            Self::Gateway { remedy, .. } | Self::Upstream { remedy, .. } => remedy.as_deref(),
            Self::RefusedAddress(refused) => Some(refused.remedy()),
            Self::CredentialNeeded { .. } => Some(CREDENTIAL_NEEDED),
            Self::LastOwner => Some(LAST_OWNER),
            Self::InviteEnded(ended) => Some(ended.remedy()),
            _ => None,
        }
    }

    /// The text for people; nothing internal.
    pub fn detail(&self) -> String {
        match self {
            Self::Store(StoreError::NotFound(entity)) => format!("{entity} not found"),
            Self::Store(StoreError::Duplicate { .. }) => "Already exists".to_owned(),
            Self::Store(StoreError::ForeignKey { .. }) => {
                "Still referenced, or refers to something that is gone".to_owned()
            }
            Self::Store(StoreError::Unavailable(_) | StoreError::Busy(_)) => {
                "The database is not available".to_owned()
            }
            Self::Store(StoreError::Disk(_)) => "The disk of the database is full, or fails".to_owned(),
            Self::Store(StoreError::ReadOnly(_)) => "The database takes no writes".to_owned(),
            Self::Store(_) | Self::Internal(_) => "Internal Server Error".to_owned(),
            other => other.to_string(),
        }
    }
}

/// Why the product cannot start, in one line with the fix.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory cannot be used.
    #[error(
        "data directory {path}: {reason}; set MISSION_CONTROL_DATA_DIR to a directory this user may write"
    )]
    DataDir {
        /// The directory.
        path: String,
        /// What went wrong.
        reason: String,
    },
    /// The database does not answer.
    #[error("database {location}: {reason}; check DATABASE_URL and that the server runs")]
    Database {
        /// The database, without its password.
        location: String,
        /// What went wrong.
        reason: String,
    },
    /// The schema is older than this program and may not be migrated by itself.
    #[error(
        "database {location} lacks {count} migration(s); run `mission-control-api migrate up` or set DB_AUTO_MIGRATE=true"
    )]
    MigrationsPending {
        /// The database, without its password.
        location: String,
        /// How many.
        count: usize,
    },
    /// A migration failed.
    #[error("migrating {location}: {reason}; the database is as before this migration")]
    Migration {
        /// The database, without its password.
        location: String,
        /// What went wrong.
        reason: String,
    },
    /// The queue does not answer.
    #[error("{0}")]
    Queue(#[from] mission_control_queue::QueueError),
    /// What the mail server is spoken to with.
    #[error("{0}; check SMTP_URL and MAIL_FROM")]
    Mail(#[from] mission_control_mail::MailError),
    /// The key that seals secrets, or what it sealed.
    #[error(
        "{reason}; restore the key (SECRETS_KEY or the file in the data directory) that this database was used with"
    )]
    Secrets {
        /// What went wrong.
        reason: String,
    },
    /// The device identity.
    #[error("device identity: {reason}")]
    Identity {
        /// What went wrong.
        reason: String,
    },
}

/// Why a job's attempt did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Try again after the usual pause, until the attempts are used up.
    #[error("{0}")]
    Retry(Reason),
    /// The gateway cannot be reached, which is no fault of the job: it is tried again for days, and while other jobs of
    /// the gateway fail as well, it waits until one of them succeeds.
    #[error("{0}")]
    GatewayAway(Reason),
    /// Somebody wanted it stopped, and it has.
    #[error("it was cancelled")]
    Cancelled,
    /// Trying again is of no use.
    #[error("{0}")]
    Fatal(Reason),
    /// Nothing is wrong, only not yet: put it back without counting a failure.
    #[error("{reason}")]
    Later {
        /// What it waits for.
        reason: String,
        /// For how long.
        after: Duration,
    },
}

/// How soon a job tries again whose database was away.
const DATABASE_PAUSE: Duration = Duration::from_secs(2);

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        match error {
            away if away.is_transient() => Self::Later { reason: away.to_string(), after: DATABASE_PAUSE },
            other => Self::Retry(other.to_string().into()),
        }
    }
}
