//! Why a command ends: lines for people, an exit code for scripts.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use mission_control_core::config::ConfigErrors;
use mission_control_fleet::{FleetError, OpenError};
use mission_control_gateway_rpc::GatewayError;
use mission_control_queue::QueueError;
use mission_control_store::StoreError;

use crate::environment::EnvironmentError;

/// Exit codes. Part of the interface; `--help` of every program lists those that it can end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Anything that has no code of its own.
    Failed = 1,
    /// Wrong arguments or configuration.
    Usage = 2,
    /// The database cannot be reached or used.
    Database = 3,
    /// Redis cannot be reached.
    Queue = 4,
    /// The address cannot be listened on.
    Address = 5,
    /// The schema is not the one of this version, or a migration failed.
    Migration = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not be done.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
    remedy: Option<String>,
}

impl Failure {
    /// `message` says what is wrong and, where it is the place, what to do about it.
    pub fn new(exit: Exit, message: impl fmt::Display) -> Self {
        Self { exit, message: message.to_string(), remedy: None }
    }

    /// Arguments or configuration that cannot be used.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A file named on the command line that cannot be read.
    pub fn unreadable(path: &Path, reason: impl fmt::Display) -> Self {
        Self::usage(format!("{}: {reason}", path.display()))
    }

    /// The same with what to do about it on a line of its own.
    #[must_use]
    pub fn with_remedy(mut self, remedy: Option<impl Into<String>>) -> Self {
        self.remedy = remedy.map(Into::into);
        self
    }

    /// The code for scripts.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Tells on standard error, in the name of `program`; returns the code.
    pub fn report(&self, program: &str) -> ExitCode {
        eprintln!("{program}: {self}");
        self.exit.into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\nNext: {remedy}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let exit = match &error {
            OpenError::DataDir { .. } | OpenError::Secrets { .. } | OpenError::Mail(_) => Exit::Usage,
            OpenError::Database { .. } => Exit::Database,
            OpenError::MigrationsPending { .. } | OpenError::Migration { .. } => Exit::Migration,
            OpenError::Queue(_) => Exit::Queue,
            OpenError::Identity { .. } => Exit::Failed,
        };
        Self::new(exit, error)
    }
}

/// The database's own words, which name host and file but no password.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Migration(_) => Self::new(Exit::Migration, error),
            // It says what to do, where that is known.
            StoreError::Unavailable(_) => Self::new(Exit::Database, error),
            other => {
                Self::new(Exit::Database, format!("{other}; check DATABASE_URL and that the server runs"))
            }
        }
    }
}

impl From<QueueError> for Failure {
    fn from(error: QueueError) -> Self {
        Self::new(Exit::Queue, error)
    }
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        let exit = if matches!(error, GatewayError::InvalidUrl { .. }) { Exit::Usage } else { Exit::Failed };
        Self::new(exit, &error).with_remedy(error.remedy())
    }
}

impl From<FleetError> for Failure {
    fn from(error: FleetError) -> Self {
        let exit = if matches!(error, FleetError::Store(_)) { Exit::Database } else { Exit::Failed };
        Self::new(exit, &error).with_remedy(error.next_step())
    }
}

impl From<ConfigErrors> for Failure {
    fn from(error: ConfigErrors) -> Self {
        Self::usage(error)
    }
}

impl From<EnvironmentError> for Failure {
    fn from(error: EnvironmentError) -> Self {
        Self::usage(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Failed, error)
    }
}
