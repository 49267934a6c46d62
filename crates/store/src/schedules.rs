//! Periodic jobs: when each ran last and runs next.

use diesel::prelude::*;
use mission_control_core::id::JobId;
use mission_control_core::models::Schedule;
use mission_control_core::rules::schedules::next_run;
use mission_control_core::schema::schedules;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::jobs::{self, NewJob};
use crate::tx::Tx;

/// Enqueues `job` when the schedule `name` is due, and notes when it runs next. What was missed while nobody ran
/// schedules runs once; a run that is still live is not joined by another. A schedule that is new, or whose `cron`
/// pattern changed, first runs at the next time that the pattern names.
///
/// To be called by one process at a time: see [`leases`](crate::leases).
///
/// # Errors
/// The database's.
pub fn run_if_due(
    tx: &mut Tx<'_>,
    name: &str,
    cron: &str,
    now: Timestamp,
    job: NewJob,
) -> StoreResult<Option<JobId>> {
    // A pattern without a next time never runs.
    let Some(next_run_at) = next_run(cron, now) else { return Ok(None) };
    let known = find(tx, name)?;
    let Some(known) = known.filter(|known| known.cron == cron) else {
        diesel::delete(schedules::table.find(name)).execute(&mut **tx)?;
        let schedule = Schedule {
            name: name.to_owned(),
            cron: cron.to_owned(),
            next_run_at,
            last_run_at: None,
            last_job_id: None,
        };
        diesel::insert_into(schedules::table).values(&schedule).execute(&mut **tx)?;
        return Ok(None);
    };
    if known.next_run_at > now {
        return Ok(None);
    }
    let id = jobs::enqueue(tx, NewJob { dedupe_key: Some(format!("schedule:{name}")), ..job })?;
    diesel::update(schedules::table.find(name))
        .set((
            schedules::next_run_at.eq(next_run_at),
            schedules::last_run_at.eq(now),
            schedules::last_job_id.eq(id),
        ))
        .execute(&mut **tx)?;
    Ok(Some(id))
}

/// The schedule of this name.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, name: &str) -> StoreResult<Option<Schedule>> {
    Ok(schedules::table.find(name).select(schedules::all_columns).first(conn).optional()?)
}

/// Every schedule, by name.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Schedule>> {
    Ok(schedules::table.order(schedules::name.asc()).select(schedules::all_columns).load(conn)?)
}
