use tokio::runtime::{Builder, Runtime};

use crate::{Exit, Failure};

/// A runtime for commands that talk to the database, to gateways or to clients.
///
/// # Errors
/// The machine gives no threads.
pub fn runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, format!("cannot start threads: {error}")))
}
