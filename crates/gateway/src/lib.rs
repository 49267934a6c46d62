//! The long-lived gateway link and the operator's gateway tool.
//!
//! The link ([`run`]) keeps one connection to every registered gateway and writes down what it sees: up, down or refused,
//! version and protocol, and why with what to do about it; when its agents were last at work, their turns, what those used, and the commands that wait for a decision. A lease in the database lets one process at a time do so; any
//! number of others stand by. Connections come from the pool of the process's [`Fleet`], so that use-cases in the same
//! process share them.
//!
//! The tool ([`cli`]) looks at gateways, calls their methods, pairs with them and plays one.

pub mod cli;
mod lease;
mod link;
mod registered;
mod signs;
mod turns;
mod watch;

use mission_control_fleet::Fleet;
use tokio_util::sync::CancellationToken;

pub use link::{Link, Options};

/// Keeps the gateways of `fleet` connected until `shutdown`, or stands by while another process does.
pub async fn run(fleet: Fleet, shutdown: CancellationToken) {
    Link::new(fleet, Options::default()).run(shutdown).await;
}
