//! The backups that the clock is to take.

use mission_control_core::config::DatabaseLocation;
use mission_control_core::models::JobState;
use mission_control_core::rules::doctor::backups::{self as rule, Seen};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, jobs, schedules};

use super::patient::{Look, Patient};
use crate::backup;
use crate::schedules::BACKUP;

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let settings = &patient.settings.backup;
    let (Some(db), true) = (&patient.db, settings.schedule.is_some()) else { return Ok(Look::default()) };
    let (schedule, job) = db
        .read(|conn| {
            let schedule = schedules::find(conn, BACKUP)?;
            let last = schedule.as_ref().and_then(|schedule| schedule.last_job_id);
            Ok::<_, StoreError>((schedule, last.map(|job| jobs::find(conn, job)).transpose()?.flatten()))
        })
        .await
        .map_err(|error| error.to_string())?;
    let directory = settings.dir.clone();
    let newest = mission_control_store::blocking(move || backup::newest(&directory)).await;
    let now = Timestamp::now();
    // What nobody was there for is due as well.
    let due = schedule
        .and_then(|schedule| Some(schedule.next_run_at).filter(|next| *next < now).or(schedule.last_run_at));
    let seen = Seen {
        possible: matches!(patient.settings.database.location, DatabaseLocation::Sqlite(_)),
        directory: settings.dir.display().to_string(),
        newest: newest.map_err(|error| error.to_string())?.map(|newest| newest.at),
        due,
        failure: job.filter(|job| job.state == JobState::Dead).and_then(|job| job.last_error),
    };
    Ok(rule::findings(&seen, now).into())
}
