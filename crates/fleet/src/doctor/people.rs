//! People and what they lack.

use mission_control_core::limits::PEOPLE_SEEN;
use mission_control_core::rules::doctor::people as rule;
use mission_control_store::{StoreError, organizations, users};

use super::patient::{Look, Patient};

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let Some(db) = patient.db else { return Ok(Look::default()) };
    let (ownerless, incomplete) = db
        .read(|conn| {
            let ownerless = organizations::ownerless(conn, PEOPLE_SEEN)?;
            Ok::<_, StoreError>((ownerless, users::incomplete(conn, PEOPLE_SEEN)?))
        })
        .await
        .map_err(|error| error.to_string())?;
    let ownerless = ownerless.iter().map(|organization| rule::ownerless(organization.id, &organization.name));
    let incomplete = incomplete.iter().filter_map(|(id, user)| rule::incomplete(*id, user));
    Ok(ownerless.chain(incomplete).collect::<Vec<_>>().into())
}
