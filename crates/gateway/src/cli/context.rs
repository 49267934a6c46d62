//! What commands work with, and end with.

use std::collections::BTreeMap;
use std::io::Write;

use mission_control_core::config::Settings;
use mission_control_fleet::failure::Failure;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// What commands work with.
pub(super) struct Context {
    pub(super) settings: Settings,
    pub(super) variables: BTreeMap<String, String>,
}

/// Prints a result. A reader that closes early, such as `head`, is no failure.
pub(super) fn print(text: impl std::fmt::Display) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Cancelled by TERM and INT.
pub(super) fn stopped_by_signals() -> Result<CancellationToken, Failure> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stop.cancel();
    });
    Ok(stopped)
}
