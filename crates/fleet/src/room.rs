//! Maxima of how many things of a kind somebody has.

use mission_control_store::owners::{self, Owner};
use mission_control_store::{Conn, StoreResult, Tx};

use crate::error::FleetError;

/// Refuses one more where the owner has `most` already, as `count` tells. Until the transaction ends nobody else asks for the same
/// owner, so that of several at once none is one too many. `what` is the rest of the sentence: the things, and what to do.
pub(crate) fn require(
    tx: &mut Tx<'_>,
    owner: Owner,
    most: i64,
    count: impl FnOnce(&mut Conn) -> StoreResult<i64>,
    what: &str,
) -> Result<(), FleetError> {
    owners::lock(tx, owner)?;
    if count(tx)? < most { Ok(()) } else { Err(full(most, what)) }
}

/// There is no room for one more.
pub(crate) fn full(most: i64, what: &str) -> FleetError {
    FleetError::conflict(format!("There are {most} {what}."))
}
