//! What was measured, as a row of a table.

use std::fmt;

use mission_control_testkit::scratch::Backend;

/// A phase under load.
pub(crate) struct Load {
    /// Commit to client, in microseconds, sorted.
    latencies: Vec<u32>,
    /// Sent by the server.
    statements: u64,
}

impl Load {
    pub(crate) fn new(mut latencies: Vec<u32>, statements: u64) -> Self {
        latencies.sort_unstable();
        Self { latencies, statements }
    }

    /// In milliseconds.
    fn percentile(&self, percent: usize) -> f64 {
        let place = (self.latencies.len() * percent / 100).min(self.latencies.len() - 1);
        f64::from(self.latencies[place]) / 1000.0
    }
}

pub(crate) struct Figures {
    pub(crate) backend: Backend,
    /// With one client.
    pub(crate) alone: Load,
    /// With all of them.
    pub(crate) together: Load,
    /// Statements while nothing happened.
    pub(crate) idle: u64,
    /// Resident memory per client that waits, in bytes.
    pub(crate) per_client: u64,
    /// The same after the load.
    pub(crate) per_client_loaded: u64,
    /// Length of each phase.
    pub(crate) seconds: u32,
}

impl Figures {
    pub(crate) const HEADINGS: &str = "\
| database | p50 | p99 | worst | memory per client, idle | after load | statements/s idle | with 1 client | with all |
|---|---|---|---|---|---|---|---|---|";
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_second = |statements: u64| statements as f64 / f64::from(self.seconds);
        write!(
            f,
            "| {:?} | {:.1} ms | {:.1} ms | {:.1} ms | {} KiB | {} KiB | {} | {:.1} | {:.1} |",
            self.backend,
            self.together.percentile(50),
            self.together.percentile(99),
            self.together.percentile(100),
            self.per_client / 1024,
            self.per_client_loaded / 1024,
            per_second(self.idle),
            per_second(self.alone.statements),
            per_second(self.together.statements),
        )
    }
}
