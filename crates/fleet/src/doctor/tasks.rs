//! Tasks that stay where nobody works on them.

use mission_control_core::limits::STALE_SEEN;
use mission_control_core::rules::doctor::tasks as rule;
use mission_control_core::time::Timestamp;
use mission_control_store::StoreError;
use mission_control_store::tasks::stale;

use super::patient::{Look, Patient};

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let Some(db) = patient.db else { return Ok(Look::default()) };
    let marked: Result<_, StoreError> = db.read(|conn| stale::marked(conn, STALE_SEEN)).await;
    Ok(rule::findings(&marked.map_err(|error| error.to_string())?, Timestamp::now()).into())
}
