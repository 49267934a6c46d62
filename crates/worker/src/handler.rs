use mission_control_core::models::Job;
use mission_control_core::reason::Reason;
pub use mission_control_fleet::jobs::{Attempt, JobError};
use mission_control_fleet::schedules;
pub use mission_control_fleet::schedules::Schedule;
use mission_control_fleet::{Fleet, handlers};
use serde_json::Value;

/// What a worker does with the jobs it leased.
///
/// Both functions may be dropped at any await point (a lost lease, the end of a stop's grace, a cancellation that it does not heed) and may run again for the
/// same job.
pub trait Handler: Send + Sync + 'static {
    /// Does the work of a job and returns what its waiters get to see. Asked to stop, it comes to an end soon.
    fn run(&self, job: &Attempt) -> impl Future<Output = Result<Value, JobError>> + Send;

    /// The jobs that run by the clock.
    fn schedules(&self) -> Vec<Schedule>;

    /// Told whenever the worker begins to look into the database for what no lane delivered.
    fn round_begins(&self) {}

    /// Told before `job` is parked as dead, so that what it worked on ends in a named failure.
    fn gave_up(&self, job: &Job, why: &Reason) -> impl Future<Output = ()> + Send;
}

impl Handler for Fleet {
    async fn run(&self, job: &Attempt) -> Result<Value, JobError> {
        handlers::run(self, job).await
    }

    fn schedules(&self) -> Vec<Schedule> {
        schedules::schedules(self.settings())
    }

    fn round_begins(&self) {
        self.begin_round();
    }

    async fn gave_up(&self, job: &Job, why: &Reason) {
        if let Err(error) = handlers::gave_up(self, job, why).await {
            tracing::error!(%error, "failure of a dead job not written down");
        }
    }
}
