//! The talk with whoever started the process: systemd, a container's runtime, a person at a terminal.

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::Failure;

/// Tells systemd that the process does its work from now on.
pub fn ready() {
    tell(NotifyState::Ready);
}

/// A token that TERM and INT cancel; systemd hears then that the process is stopping. Must be called inside of a runtime.
///
/// # Errors
/// The process may not listen to signals.
pub fn stopped_by_signals() -> Result<CancellationToken, Failure> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tell(NotifyState::Stopping);
        stop.cancel();
    });
    Ok(stopped)
}

/// Does nothing where systemd did not start the process.
fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "systemd not notified");
    }
}
