//! A run as it is stored and told.

use mission_control_core::events::EventKind;
use mission_control_core::models::{NewEvent, Run};
use mission_control_store::{StoreResult, Tx, runs};

use super::read::RunRead;

/// Stores a run that changed, and tells streams, unless all that is new is that it was heard of again.
pub(crate) fn store(tx: &mut Tx<'_>, run: &Run, stored: &Run, kind: EventKind) -> StoreResult<()> {
    if run != stored {
        runs::save(tx, run)?;
    }
    let heard_again = Run { last_event_at: run.last_event_at, ..stored.clone() };
    if kind == EventKind::RunCreated || heard_again != *run {
        let event = NewEvent::of(kind, &RunRead::from(run));
        tx.append(event.organization(run.organization_id).board(run.board_id));
    }
    Ok(())
}
