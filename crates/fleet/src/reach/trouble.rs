//! Why a piece of work with a gateway did not succeed.

use std::time::Duration;

use mission_control_core::reason::Reason;
use mission_control_gateway_rpc::{GatewayError, RpcErrorKind};
use mission_control_store::StoreError;

use super::remote;
use crate::error::{FleetError, JobError};
use crate::templates::TemplateError;

/// The longest that a gateway may ask to be left alone.
const LONGEST_WISH: Duration = Duration::from_secs(3600);

/// Why a piece of work did not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The gateway.
    #[error("{0}")]
    Gateway(GatewayError),
    /// A template.
    #[error("{0}")]
    Template(#[from] TemplateError),
    /// The database.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// Not now.
    #[error("{reason}")]
    Later {
        /// What it waits for.
        reason: String,
        /// For how long.
        after: Duration,
    },
    /// Something it needs is gone.
    #[error("{0}")]
    Gone(&'static str),
    /// A broken installation.
    #[error("{0}")]
    Broken(String),
    /// Somebody wants the job stopped.
    #[error("it was cancelled")]
    Cancelled,
}

impl From<GatewayError> for Trouble {
    fn from(error: GatewayError) -> Self {
        match (remote::kind(&error), error.retry_after()) {
            (Some(RpcErrorKind::RateLimited), after) => Self::Later {
                reason: "the gateway limits how often its configuration may be written".to_owned(),
                after: after.unwrap_or(Duration::from_secs(60)) + Duration::from_secs(1),
            },
            (_, Some(after)) if error.is_transient() => {
                Self::Later { reason: error.to_string(), after: after.min(LONGEST_WISH) }
            }
            _ => Self::Gateway(error),
        }
    }
}

impl Trouble {
    /// What to do about it.
    pub(crate) fn remedy(&self) -> Option<String> {
        match self {
            Self::Gateway(error) => error.remedy(),
            Self::Template(_) => Some("Correct the template and save the agent again.".to_owned()),
            _ => None,
        }
    }

    /// Whether time may cure it: it is no refusal. What a gateway could not do for a reason of its own (`UNAVAILABLE`) counts
    /// as such, because the next attempt may meet it in better health.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Gateway(error) => {
                error.is_transient() || remote::kind(error) == Some(RpcErrorKind::Unavailable)
            }
            Self::Later { .. } | Self::Store(_) => true,
            Self::Template(_) | Self::Gone(_) | Self::Broken(_) | Self::Cancelled => false,
        }
    }

    /// The same for a job that ends with the first refusal, and rides out everything else.
    pub(crate) fn retry_unless_refused(self) -> JobError {
        if self.may_pass() { self.retry() } else { self.give_up() }
    }

    /// What went wrong and what to do.
    pub(crate) fn reason(&self) -> Reason {
        Reason::new(self.to_string(), self.remedy())
    }

    /// The same for the job: tried again.
    pub(crate) fn retry(self) -> JobError {
        match self {
            Self::Later { reason, after } => JobError::Later { reason, after },
            Self::Cancelled => JobError::Cancelled,
            Self::Gateway(ref error) if error.is_transient() => JobError::GatewayAway(self.reason()),
            Self::Store(error) => error.into(),
            Self::Gone(_) | Self::Template(_) => JobError::Fatal(self.reason()),
            other => JobError::Retry(other.reason()),
        }
    }

    /// The same for a job that ends with its first failure.
    pub(crate) fn give_up(self) -> JobError {
        match self {
            Self::Later { reason, after } => JobError::Later { reason, after },
            Self::Cancelled => JobError::Cancelled,
            Self::Store(error) => error.into(),
            other => JobError::Fatal(other.reason()),
        }
    }
}

impl From<FleetError> for Trouble {
    fn from(error: FleetError) -> Self {
        match error {
            FleetError::Store(error) => Self::Store(error),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<Trouble> for FleetError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Store(error) => Self::Store(error),
            Trouble::Broken(text) => Self::Internal(text),
            other => Self::Gateway { message: other.to_string(), remedy: other.remedy() },
        }
    }
}
