//! One gateway's ups and downs, written down.

use std::sync::Arc;
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::models::GatewayObservation;
use mission_control_core::time::Timestamp;
use mission_control_fleet::Fleet;
use mission_control_gateway_rpc::{Client, Connected, LinkState};
use mission_control_store::{StoreError, gateways};
use tokio::sync::watch;
use tokio::time::sleep;

/// Pause before what could not be written down is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// Writes down each change of the connection, and every `confirm_every` that it is still so. Ends when the connection
/// was closed for good.
pub(crate) async fn watch(fleet: Fleet, id: GatewayId, client: Client, confirm_every: Duration) {
    let mut states = client.watch();
    let mut state = next(&mut states, &client).await;
    while !matches!(state, LinkState::Stopped) {
        let pause = match write_down(&fleet, id, &state, confirm_every).await {
            Ok(()) => confirm_every,
            Err(error) => {
                tracing::warn!(gateway_id = %id, %error, "state of a gateway not written down");
                RETRY
            }
        };
        tokio::select! {
            changed = states.changed() => match changed {
                Ok(()) => state = next(&mut states, &client).await,
                Err(_) => return,
            },
            () = sleep(pause) => {}
        }
    }
}

/// The state now. Some releases report `dev` for a version; their configuration knows better.
async fn next(states: &mut watch::Receiver<LinkState>, client: &Client) -> LinkState {
    let state = states.borrow_and_update().clone();
    match &state {
        LinkState::Connected(info) if info.version().is_none() => {
            let version = client.features().await.ok().and_then(|features| features.version);
            let server_version = version.map(|version| version.to_string());
            LinkState::Connected(Arc::new(Connected { server_version, ..Connected::clone(info) }))
        }
        _ => state,
    }
}

async fn write_down(
    fleet: &Fleet,
    id: GatewayId,
    state: &LinkState,
    confirm_every: Duration,
) -> Result<(), StoreError> {
    // Deleted meanwhile: the next look at the registrations ends this watch.
    let Some(row) = fleet.db().read(move |conn| gateways::find(conn, id)).await? else { return Ok(()) };
    let news = match state {
        LinkState::Connected(info) => fleet.gateways().learn(&row, info).await?,
        LinkState::Down { error, .. } => fleet.gateways().learn_failure(&row, error).await?,
        LinkState::Connecting | LinkState::Stopped => return Ok(()),
    };
    let due = Timestamp::now().minus(confirm_every);
    if news || row.connection_checked_at.is_some_and(|checked| checked > due) {
        return Ok(());
    }
    let still_so = GatewayObservation::default();
    match fleet.db().write(move |tx| gateways::observe(tx, id, &still_so)).await {
        Ok(_) | Err(StoreError::NotFound(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
