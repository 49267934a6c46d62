//! What runs by the clock.

use mission_control_store::StoreResult;
use mission_control_store::jobs::NewJob;

use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Prune, ReconcileAll};

/// A job that is enqueued again and again. One worker at a time looks after all of them; a run that nobody was there for
/// is made up for once.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// Key of its state in the database.
    pub name: &'static str,
    /// When it runs, in UTC: minute, hour, day of month, month, day of week.
    pub cron: &'static str,
    /// The job to enqueue.
    pub job: fn() -> StoreResult<NewJob>,
}

/// Every schedule.
pub const SCHEDULES: &[Schedule] = &[
    Schedule { name: "prune", cron: "17 * * * *", job: || Prune {}.job(None) },
    Schedule { name: "reconcile", cron: "*/5 * * * *", job: || ReconcileAll {}.job(None) },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mission_control_core::rules::schedules::next_run;
    use mission_control_core::time::Timestamp;

    use super::*;

    #[test]
    fn every_schedule_has_a_name_of_its_own_and_a_next_time() {
        let names: BTreeSet<_> = SCHEDULES.iter().map(|schedule| schedule.name).collect();
        assert_eq!(names.len(), SCHEDULES.len());
        for schedule in SCHEDULES {
            assert!(next_run(schedule.cron, Timestamp::now()).is_some(), "{}", schedule.name);
        }
    }
}
