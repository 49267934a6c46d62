//! Keeps one connection to a gateway: connects, serves, waits, connects again.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::connected::Connected;
use crate::dial::Dialer;
use crate::error::GatewayError;
use crate::events::Signal;
use crate::refusal::RefusalKind;
use crate::session::{self, Request};
use crate::{ConnectOptions, Timing};

/// The state of a client's connection.
#[derive(Debug, Clone)]
pub enum LinkState {
    /// The first attempt, or the first after a loss, is under way.
    Connecting,
    /// Calls go through.
    Connected(Arc<Connected>),
    /// The last attempt failed; the next one follows by itself. Stays until an attempt succeeds.
    Down {
        /// Why it failed.
        error: GatewayError,
        /// How long the client waits before the next attempt.
        retry_in: Duration,
    },
    /// The client was closed.
    Stopped,
}

pub(crate) struct Link {
    pub(crate) options: Arc<ConnectOptions>,
    pub(crate) requests: mpsc::Receiver<Request>,
    pub(crate) state: watch::Sender<LinkState>,
    pub(crate) signals: broadcast::Sender<Signal>,
    pub(crate) retry_now: Arc<Notify>,
    pub(crate) cancel: CancellationToken,
}

impl Link {
    pub(crate) async fn run(mut self) {
        let cancel = self.cancel.clone();
        let mut dialer = Dialer::new(Arc::clone(&self.options));
        let mut failures = 0u32;
        loop {
            let dialed = tokio::select! {
                dialed = dialer.dial() => dialed,
                () = cancel.cancelled() => break,
            };
            let error = match dialed {
                Ok((socket, connected)) => {
                    let since = Instant::now();
                    let error = self.serve(socket, Arc::new(connected)).await;
                    if matches!(error, GatewayError::Stopped) {
                        break;
                    }
                    // A gateway that accepts and at once drops the connection must not be hammered.
                    failures = if since.elapsed() >= self.options.timing.stable {
                        0
                    } else {
                        failures.saturating_add(1)
                    };
                    self.state.send_replace(LinkState::Connecting);
                    let pause = backoff(&self.options.timing, failures);
                    tracing::debug!(endpoint = self.options.endpoint(), %error, delay_seconds = pause.as_secs_f32(), "gateway connection lost");
                    self.pause(pause, &cancel).await;
                    continue;
                }
                Err(error) => error,
            };
            let retry_in = pause_after(&error, &self.options.timing, failures);
            failures = failures.saturating_add(1);
            self.refuse_waiting(&error);
            self.report_down(error, retry_in);
            self.pause(retry_in, &cancel).await;
        }
        self.state.send_replace(LinkState::Stopped);
        self.refuse_waiting(&GatewayError::Stopped);
    }

    async fn serve(&mut self, socket: crate::handshake::Socket, connected: Arc<Connected>) -> GatewayError {
        tracing::info!(
            endpoint = self.options.endpoint(),
            version = connected.server_version.as_deref().unwrap_or("unknown"),
            protocol = connected.protocol,
            persona = ?connected.persona,
            latency_ms = connected.latency.as_millis(),
            "gateway connected"
        );
        // Up comes first: whoever sees the state may already cause events.
        let _ = self.signals.send(Signal::Up(Arc::clone(&connected)));
        self.state.send_replace(LinkState::Connected(Arc::clone(&connected)));
        let silence = self.options.timing.silence;
        let error =
            session::serve(socket, &connected, silence, &mut self.requests, &self.signals, &self.cancel)
                .await;
        let _ = self.signals.send(Signal::Down(error.clone()));
        error
    }

    /// Says once why the gateway cannot be reached, not at every attempt.
    fn report_down(&self, error: GatewayError, retry_in: Duration) {
        let known = matches!(&*self.state.borrow(), LinkState::Down { error: last, .. } if last.code() == error.code());
        if !known {
            tracing::warn!(endpoint = self.options.endpoint(), code = error.code(), %error, "gateway cannot be reached");
            let _ = self.signals.send(Signal::Down(error.clone()));
        }
        self.state.send_replace(LinkState::Down { error, retry_in });
    }

    /// After a refusal that time does not cure, calls that slipped into the queue fail at once.
    fn refuse_waiting(&mut self, error: &GatewayError) {
        if error.is_transient() {
            return;
        }
        while let Ok(request) = self.requests.try_recv() {
            request.waiting.fail(error);
        }
    }

    async fn pause(&self, duration: Duration, cancel: &CancellationToken) {
        tokio::select! {
            () = tokio::time::sleep(duration) => {}
            () = self.retry_now.notified() => {}
            () = cancel.cancelled() => {}
        }
    }
}

/// Full jitter: anything between nothing and the step, so that many clients of one gateway do not
/// come back at the same moment.
fn backoff(timing: &Timing, failures: u32) -> Duration {
    let step = timing.backoff_first.saturating_mul(2u32.saturating_pow(failures.min(16)));
    step.min(timing.backoff_max).mul_f64(rand::random::<f64>())
}

fn pause_after(error: &GatewayError, timing: &Timing, failures: u32) -> Duration {
    if let Some(asked) = error.retry_after() {
        return asked + asked.mul_f64(rand::random::<f64>() / 2.0);
    }
    if error.is_transient() {
        return backoff(timing, failures);
    }
    // An approval is usually given while somebody waits for it.
    let waits_for_approval = error.refusal().is_some_and(|r| r.kind == RefusalKind::PairingRequired);
    let pause = if waits_for_approval { timing.refused_retry / 6 } else { timing.refused_retry };
    pause.mul_f64(0.9 + rand::random::<f64>() * 0.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refusal;
    use crate::wire::WireError;

    #[test]
    fn the_backoff_grows_to_its_limit_and_never_beyond() {
        let timing = Timing::default();
        for failures in [0, 1, 5, 30, u32::MAX] {
            let limit = Duration::from_secs(1 << failures.min(5)).min(timing.backoff_max);
            assert!((0..200).all(|_| backoff(&timing, failures) <= limit), "{failures}");
        }
        let largest = (0..200).map(|_| backoff(&timing, 10)).max().unwrap_or_default();
        assert!(largest > Duration::from_secs(20), "{largest:?}");
    }

    #[test]
    fn the_gateways_own_wish_counts_before_the_backoff() {
        let wire = WireError {
            message: "gateway starting; retry shortly".to_owned(),
            retry_after_ms: Some(500),
            ..WireError::default()
        };
        let error = GatewayError::Refused(Box::new(Refusal::from_wire(&wire)));
        let pause = pause_after(&error, &Timing::default(), 9);
        assert!((500..=750).contains(&pause.as_millis()), "{pause:?}");
    }

    #[test]
    fn a_wrong_token_is_retried_slowly() {
        let wire =
            WireError { message: "unauthorized: gateway token mismatch".to_owned(), ..WireError::default() };
        let pause =
            pause_after(&GatewayError::Refused(Box::new(Refusal::from_wire(&wire))), &Timing::default(), 0);
        assert!(pause >= Duration::from_secs(54), "{pause:?}");
    }
}
