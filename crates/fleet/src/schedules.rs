//! What runs by the clock.

use std::borrow::Cow;

use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_store::StoreResult;
use mission_control_store::jobs::NewJob;

use crate::jobs::kind::Kind;
use crate::jobs::kinds::{BackUp, JudgeRuns, Prune, ReconcileAll, RenewSessions, SettleStale, SweepBudgets};

/// The schedule of backups.
pub(crate) const BACKUP: &str = "backup";

/// A job that is enqueued again and again. One worker at a time looks after all of them; a run that nobody was there for
/// is made up for once.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Key of its state in the database.
    pub name: &'static str,
    /// When it runs, in UTC: minute, hour, day of month, month, day of week.
    pub cron: Cow<'static, str>,
    /// The job to enqueue.
    pub job: fn() -> StoreResult<NewJob>,
}

/// Every schedule of an installation with these settings.
pub fn schedules(settings: &Settings) -> Vec<Schedule> {
    let mut schedules = vec![
        Schedule { name: "prune", cron: "17 * * * *".into(), job: || Prune {}.job(None) },
        Schedule { name: "budgets", cron: "1-59/5 * * * *".into(), job: || SweepBudgets {}.job(None) },
        Schedule { name: "breaker", cron: "* * * * *".into(), job: || JudgeRuns {}.job(None) },
        Schedule { name: "stale", cron: "* * * * *".into(), job: || SettleStale {}.job(None) },
        Schedule { name: "reconcile", cron: "*/5 * * * *".into(), job: || ReconcileAll {}.job(None) },
    ];
    if settings.auth.oidc.is_some() {
        let job = || RenewSessions {}.job(None);
        schedules.push(Schedule { name: "sessions", cron: "* * * * *".into(), job });
    }
    if let (Some(cron), DatabaseLocation::Sqlite(_)) =
        (&settings.backup.schedule, &settings.database.location)
    {
        schedules.push(Schedule { name: BACKUP, cron: cron.clone().into(), job: || BackUp {}.job(None) });
    }
    schedules
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mission_control_core::rules::schedules::next_run;
    use mission_control_core::time::Timestamp;
    use rstest::rstest;

    use super::*;

    fn of(variables: &[(&str, &str)]) -> Vec<Schedule> {
        let base = [("MISSION_CONTROL_DATA_DIR", "/data")];
        schedules(&Settings::from_env(base.iter().chain(variables).copied()).unwrap())
    }

    #[test]
    fn every_schedule_has_a_name_of_its_own_and_a_next_time() {
        let all = of(&[("BACKUP_SCHEDULE", "30 3 * * *")]);
        let names: BTreeSet<_> = all.iter().map(|schedule| schedule.name).collect();
        assert_eq!(names.len(), all.len());
        for schedule in all {
            assert!(next_run(&schedule.cron, Timestamp::now()).is_some(), "{}", schedule.name);
        }
    }

    #[rstest]
    #[case(&[], false)]
    #[case(&[("BACKUP_SCHEDULE", "@daily")], true)]
    #[case(&[("BACKUP_SCHEDULE", "30 3 * * *"), ("DATABASE_URL", "postgresql://db/mc")], false)]
    fn backups_are_taken_where_they_are_wanted_and_can_be(
        #[case] variables: &[(&str, &str)],
        #[case] expected: bool,
    ) {
        assert_eq!(of(variables).iter().any(|schedule| schedule.name == BACKUP), expected);
    }
}
