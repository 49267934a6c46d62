//! What a worker does with a kind of job.

use std::future::{Future, ready};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use mission_control_core::models::Job;
use mission_control_core::reason::Reason;
use serde_json::Value;

use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kind::Kind;

/// The work of a kind of job. It may be dropped at any await point and run again: it looks at what is there before it acts,
/// and holds no database connection while it talks to a gateway.
pub(crate) trait Handler: Kind {
    /// Does the work; returns what its waiters get to see.
    fn run(self, fleet: &Fleet, job: &Attempt) -> impl Future<Output = Result<Value, JobError>> + Send;

    /// Concludes a job that failed for good, so that what it was about ends in a named failure. Called once, after the
    /// job was parked as dead.
    fn gave_up(
        self,
        _fleet: &Fleet,
        _job: &Job,
        _why: &Reason,
    ) -> impl Future<Output = Result<(), FleetError>> + Send {
        ready(Ok(()))
    }
}

/// One form of a kind of job, whatever the type of its arguments.
pub(super) struct Form {
    pub(super) kind: &'static str,
    pub(super) number: i32,
    pub(super) run: for<'a> fn(&'a Fleet, &'a Attempt) -> BoxFuture<'a, Result<Value, JobError>>,
    pub(super) gave_up: for<'a> fn(&'a Fleet, &'a Job, &'a Reason) -> BoxFuture<'a, Result<(), FleetError>>,
}

impl Form {
    /// The form whose arguments are `K`.
    pub(super) const fn of<K: Handler>() -> Self {
        Self {
            kind: K::NAME,
            number: K::FORM,
            run: |fleet, job| match read::<K>(job) {
                Ok(arguments) => arguments.run(fleet, job).boxed(),
                Err(error) => ready(Err(error)).boxed(),
            },
            gave_up: |fleet, job, why| match read::<K>(job) {
                Ok(arguments) => arguments.gave_up(fleet, job, why).boxed(),
                // Whatever it was about is not to be made out; the job itself says so.
                Err(_) => ready(Ok(())).boxed(),
            },
        }
    }
}

fn read<K: Kind>(job: &Job) -> Result<K, JobError> {
    K::read(job)
        .map_err(|error| JobError::Fatal(format!("job {} is not understood: {error}", job.kind).into()))
}
