//! What programs write to their logs for a while, in place of what their configuration says.

use std::time::Duration;

use mission_control_core::models::{LogOverride, Program};
use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;
use mission_control_store::{StoreError, log_levels};

use crate::fleet::Fleet;

/// Has all processes of `programs` log by `filter` for this long. That the filter is one is checked before.
///
/// # Errors
/// The database's.
pub async fn set(
    fleet: &Fleet,
    programs: &[Program],
    filter: &str,
    duration: Duration,
) -> Result<(), StoreError> {
    let set_at = Timestamp::now();
    let expires_at = set_at.plus(duration);
    let row =
        |program: &Program| LogOverride { program: *program, filter: filter.to_owned(), set_at, expires_at };
    let rows: Vec<LogOverride> = programs.iter().map(row).collect();
    let set = fleet.db().write(move |tx| rows.iter().try_for_each(|row| log_levels::set(tx, row)));
    set.await?;
    tell(fleet).await;
    Ok(())
}

/// Has all processes of `programs` log by their configuration again.
///
/// # Errors
/// The database's.
pub async fn clear(fleet: &Fleet, programs: &[Program]) -> Result<(), StoreError> {
    let programs = programs.to_vec();
    let clear =
        fleet.db().write(move |tx| programs.iter().try_for_each(|program| log_levels::clear(tx, *program)));
    clear.await?;
    tell(fleet).await;
    Ok(())
}

/// Has the processes look. Waited for, and not left to the transaction: a command ends as soon as it is done.
async fn tell(fleet: &Fleet) {
    fleet.queue().publish(Wakeup::LogLevels).await;
}

/// What counts now in place of configurations.
///
/// # Errors
/// The database's.
pub async fn all(fleet: &Fleet) -> Result<Vec<LogOverride>, StoreError> {
    fleet.db().read(|conn| log_levels::all(conn, Timestamp::now())).await
}

/// What counts now for the processes of a program in place of their configuration.
///
/// # Errors
/// The database's.
pub async fn of(fleet: &Fleet, program: Program) -> Result<Option<LogOverride>, StoreError> {
    fleet.db().read(move |conn| log_levels::of(conn, program, Timestamp::now())).await
}
