//! Why a pack could not be fetched.

use std::time::Duration;

use mission_control_core::reason::Reason;
use mission_control_core::rules::skills::RefusedAddress;

use crate::error::JobError;

/// Why a pack could not be fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackError {
    /// Packs may not come from there, or not any more.
    #[error("{0}")]
    Refused(#[from] RefusedAddress),
    /// There is no git.
    #[error("the git program `{0}` is not there")]
    NoGit(String),
    /// The server's name leads nowhere.
    #[error("the server {host} cannot be found: {reason}")]
    Unknown {
        /// The server.
        host: String,
        /// In the resolver's words.
        reason: String,
    },
    /// The server's name leads where packs may not come from.
    #[error("the server {0} has only addresses that packs may not be fetched from")]
    Unreachable(String),
    /// Git failed.
    #[error("git cannot read the repository: {0}")]
    Git(String),
    /// Nothing was ever committed.
    #[error("the repository is empty")]
    Empty,
    /// More than is taken.
    #[error("the repository is larger than {0} bytes")]
    TooLarge(u64),
    /// More than is looked at.
    #[error("the repository has more than {0} files")]
    TooMany(usize),
    /// Longer than is waited.
    #[error("the repository was not read within {} seconds", .0.as_secs_f64())]
    TooSlow(Duration),
    /// This machine.
    #[error("the worker's machine: {0}")]
    Machine(#[from] std::io::Error),
}

impl PackError {
    /// What to do about it.
    const fn remedy(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.remedy(),
            Self::NoGit(_) => "Install git where the worker runs, or name it in SKILL_PACK_GIT.",
            Self::Unknown { .. } => {
                "Check the address of the pack and the name service of the worker's machine."
            }
            Self::Unreachable(_) => {
                "If it is your own server, add its network to SKILL_PACK_PRIVATE_NETWORKS."
            }
            Self::Git(_) => "Check that the repository exists under this address and is public.",
            Self::Empty => "Commit something to it.",
            Self::TooLarge(_) => "Take a smaller repository, or raise SKILL_PACK_MAX_BYTES.",
            Self::TooMany(_) => "Take a smaller repository.",
            Self::TooSlow(_) => "Try again; if it stays slow, raise SKILL_PACK_TIMEOUT_SECONDS.",
            Self::Machine(_) => "Look at the worker's log and the space in its temporary directory.",
        }
    }

    /// The same for a job that ends with its first failure.
    pub(crate) fn give_up(self) -> JobError {
        JobError::Fatal(Reason::new(self.to_string(), Some(self.remedy())))
    }
}
