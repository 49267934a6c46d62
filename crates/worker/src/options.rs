use std::time::Duration;

use mission_control_core::config::Settings;
use mission_control_process::unique_name;

/// Rounds that a worker may miss before it counts as gone.
pub(crate) const MISSED_ROUNDS: u32 = 4;
/// The part of a stop's time that is for handing back what did not finish.
const HANDING_BACK: Duration = Duration::from_secs(2);

/// How a worker works.
#[derive(Debug, Clone)]
pub struct Options {
    /// Who holds the leases; unique among the workers of a deployment.
    pub name: String,
    /// Jobs run at the same time. With two or more, one place is kept for interactive jobs.
    pub concurrency: usize,
    /// Jobs of one gateway run at the same time; with two or more, each lane leaves one place to the other.
    pub per_gateway: usize,
    /// How long a worker that says nothing keeps its job. Renewed three times as often.
    pub lease: Duration,
    /// How often the database is searched for jobs that no lane delivered.
    pub sweep_every: Duration,
    /// How long jobs may go on after a stop was asked for; then they are handed back.
    pub grace: Duration,
    /// How long a handler that was asked to stop may take before it is dropped.
    pub cancel_grace: Duration,
    /// Workers that may die on a job before it is given up, as one that kills them.
    pub max_deaths: i32,
    /// Longest wait before the first retry; doubles with each further one.
    pub retry_base: Duration,
    /// Longest wait before any retry.
    pub retry_max: Duration,
}

impl From<&Settings> for Options {
    fn from(settings: &Settings) -> Options {
        Options {
            name: unique_name(),
            concurrency: settings.worker.concurrency,
            per_gateway: settings.worker.concurrency.div_ceil(2),
            lease: Duration::from_secs(30),
            sweep_every: Duration::from_secs(5),
            grace: settings.http.shutdown_grace.saturating_sub(HANDING_BACK),
            cancel_grace: Duration::from_secs(10),
            max_deaths: 20,
            retry_base: settings.queue.retry_base,
            retry_max: settings.queue.retry_max,
        }
    }
}
