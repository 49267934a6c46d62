//! Takes jobs from the lanes and runs their handlers.
//!
//! A lane only says "look at this job"; the job's row decides. A [`Worker`] leases the row, runs the handler while it
//! renews the lease, records the outcome in one transaction and then takes the message off the lane:
//!
//! | the handler | the job |
//! |---|---|
//! | returns a value | has succeeded |
//! | fails, or panics, with attempts left | is tried again after a back-off with jitter |
//! | fails for the last time, or for good | is dead: visible, and retryable by people |
//! | asks to come later | is put back without losing an attempt |
//! | cannot reach its gateway | is tried again without losing an attempt, for three days |
//! | was asked to stop | is cancelled, unless it finished first |
//! | is still running when the stop's grace is over | is put back at once without losing an attempt |
//!
//! When a worker dies its lease runs out and another one takes the job over; whatever the first would still write is
//! refused. So a job runs at least once, and handlers are safe to run twice.
//!
//! No gateway delays another one's jobs: a worker runs so many jobs of a gateway and no more ([`Options::per_gateway`]),
//! and when several fail in a row because the gateway is away, its circuit opens and its bulk jobs are not handed out
//! until one of them gets through. Neither takes a place in the worker: a job that has to wait is not leased.
//!
//! Messages may get lost, with Redis or without: a sweep of the database every few seconds finds due jobs that no lane
//! delivered. It needs no Redis either, so a worker goes on working, at the sweep's pace, while Redis is away.

mod attempt;
mod backoff;
pub mod cli;
mod gateways;
mod handler;
mod options;
mod presence;
mod recorder;
mod running;
mod schedule;
mod sweep;
mod take;
mod worker;

use mission_control_core::config::Settings;
use mission_control_fleet::Fleet;
use tokio_util::sync::CancellationToken;

pub use handler::{Attempt, Handler, JobError, Schedule};
pub use options::Options;
pub use worker::Worker;

/// Runs the jobs of `fleet` until `shutdown`, then finishes or hands back what is under way.
pub async fn run(settings: &Settings, fleet: Fleet, shutdown: CancellationToken) {
    let (db, queue) = (fleet.db().clone(), fleet.queue().clone());
    Worker::new(db, queue, fleet, Options::from(settings)).run(shutdown).await;
}
