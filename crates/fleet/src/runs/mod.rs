//! Runs: the turns of agents, as gateways tell of them.
//!
//! The link hears events and hands them over in batches ([`Recorder::learn`]); after an absence the histories of sessions
//! tell the same facts ([`after_absence`]). What a fact means for a run is a rule of `core`; here it is found which run it
//! is about, what is secret is masked, and everything is written in one transaction with its events for streams.

mod abort;
mod after;
mod book;
mod keep;
mod ledger;
mod recorder;
mod steer;
mod steps;
mod sweep;
mod totals;

use mission_control_core::id::RunId;
use mission_control_core::models::Run;
use mission_control_shapes::{RunDetail, RunRead, RunStepRead};
use mission_control_store::runs::{self, RunFilter};
use mission_control_store::{Listing, Page, StoreError};

pub use abort::abort;
pub(crate) use abort::note_end;
pub use after::after_absence;
pub use book::Seen;
pub(crate) use keep::store;
pub use recorder::{Learned, Recorder};
pub use steer::steer;
pub(crate) use steps::step;
pub use sweep::sweep;

use crate::fleet::Fleet;

/// The runs that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub async fn list(fleet: &Fleet, filter: RunFilter, page: Page) -> Result<Listing<RunRead>, StoreError> {
    let listing = fleet.db().read(move |conn| runs::list(conn, &filter, page)).await?;
    Ok(listing.map(|run| RunRead::from(&run)))
}

/// The run of this id.
///
/// # Errors
/// The database's.
pub async fn find(fleet: &Fleet, id: RunId) -> Result<Option<Run>, StoreError> {
    fleet.db().read(move |conn| runs::find(conn, id)).await
}

/// A run with its steps.
///
/// # Errors
/// The database's.
pub async fn detail(fleet: &Fleet, run: Run) -> Result<RunDetail, StoreError> {
    let id = run.id;
    let steps = fleet.db().read(move |conn| runs::steps(conn, id)).await?;
    Ok(RunDetail { run: RunRead::from(&run), steps: steps.into_iter().map(RunStepRead::from).collect() })
}
