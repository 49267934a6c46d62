//! A run as it is stored and told.

use mission_control_core::models::Run;
use mission_control_shapes::RunRead;
use mission_control_shapes::events::{Event, EventKind, RunChanged};
use mission_control_store::{StoreResult, Tx, runs};

/// Stores a run that changed, and tells streams, unless all that is new is that it was heard of again.
pub(crate) fn store(
    tx: &mut Tx<'_>,
    run: &Run,
    stored: &Run,
    event: fn(RunChanged) -> Event,
) -> StoreResult<()> {
    if run != stored {
        runs::save(tx, run)?;
    }
    let heard_again = Run { last_event_at: run.last_event_at, ..stored.clone() };
    let event = event(RunRead::from(run).into());
    if event.kind() == EventKind::RunCreated || heard_again != *run {
        tx.append(event.organization(run.organization_id).board(run.board_id));
    }
    Ok(())
}
