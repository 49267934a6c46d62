//! The talk with whoever started the process: systemd, a container's runtime, a person at a terminal.

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::Failure;

/// Tells systemd that the process does its work from now on.
pub fn ready() {
    tell(NotifyState::Ready);
}

/// Where systemd wants signs of life (`WatchdogSec=`), gives one as often as the process is seen to do its work, by `is_alive`
/// and by its threads; without, systemd starts it anew. Returns at once where nobody wants any.
///
/// A database or a Redis that is away is no reason to start anew: what is looked at has to be of this process alone.
pub async fn give_signs_of_life<F: Future<Output = bool>>(is_alive: impl Fn() -> F) {
    // A look may take as long as the pause after it.
    let Some(every) = sd_notify::watchdog_enabled().map(|patience| patience / 4) else { return };
    loop {
        let looked = timeout(every, async { threads_turn().await && is_alive().await });
        if looked.await.unwrap_or(false) {
            tell(NotifyState::Watchdog);
        } else {
            tracing::error!("the process does not do its work, and gives no sign of life");
        }
        sleep(every).await;
    }
}

/// Whether the threads that wait for the database are there: if all of them hang, nothing is done any more.
async fn threads_turn() -> bool {
    tokio::task::spawn_blocking(|| ()).await.is_ok()
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
