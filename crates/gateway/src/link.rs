//! One link at a time: takes the lease, follows the registrations, gives the lease back.

use std::time::Duration;

use mission_control_fleet::Fleet;
use mission_control_queue::Wakeup;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::lease::Claim;
use crate::registered::Registered;

/// How a link works.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long a link that says nothing stays the active one. Renewed three times as often.
    pub lease: Duration,
    /// How often to look for registrations that no wake-up told of.
    pub look_every: Duration,
    /// Shortest time between two looks, however many wake-ups come.
    pub look_pause: Duration,
    /// How often an unchanged state is confirmed in the database.
    pub confirm_every: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(30),
            look_every: Duration::from_secs(10),
            look_pause: Duration::from_secs(1),
            confirm_every: Duration::from_secs(60),
        }
    }
}

/// Keeps the registered gateways connected and writes down what it sees.
pub struct Link {
    fleet: Fleet,
    options: Options,
}

impl Link {
    /// A link that does nothing until [`Link::run`].
    pub fn new(fleet: Fleet, options: Options) -> Self {
        Self { fleet, options }
    }

    /// Works until `shutdown`: stands by while another process has the lease, and takes over when it expires.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut claim = Claim::new(self.fleet.db().clone(), self.options.lease);
        let mut told = false;
        loop {
            match claim.take().await {
                Ok(true) => {
                    tracing::info!(holder = claim.holder(), "gateway link is active");
                    let lost = shutdown.run_until_cancelled(self.follow(&mut claim)).await.is_some();
                    if !lost {
                        claim.release().await;
                        break;
                    }
                    tracing::warn!(holder = claim.holder(), "gateway link lost its lease and stands by");
                    told = true;
                }
                Ok(false) if !told => {
                    tracing::info!(
                        holder = claim.holder(),
                        "gateway link stands by: another process is active"
                    );
                    told = true;
                }
                Ok(false) => self.fleet.begin_round(),
                Err(error) => tracing::warn!(%error, "gateway link lease cannot be asked for"),
            }
            if shutdown.run_until_cancelled(sleep(claim.pace())).await.is_none() {
                break;
            }
        }
        tracing::info!("gateway link stopped");
    }

    /// Watches all registered gateways until the lease is lost.
    async fn follow(&self, claim: &mut Claim) {
        let mut wakes = self.fleet.queue().subscribe();
        let mut gateways = Registered::new(self.fleet.clone(), self.options.confirm_every);
        let round = self.options.look_every.min(claim.pace());
        while claim.keep().await {
            self.fleet.begin_round();
            // What was announced until now is seen by this look.
            wakes = wakes.resubscribe();
            if let Err(error) = gateways.look().await {
                tracing::warn!(%error, "registered gateways cannot be read");
            }
            tokio::select! {
                () = sleep(round) => {}
                () = news(&mut wakes) => sleep(self.options.look_pause).await,
                () = gateways.watch_ended() => sleep(self.options.look_pause).await,
            }
        }
    }
}

/// Returns when something was written down somewhere, which may concern a gateway.
async fn news(wakes: &mut Receiver<Wakeup>) {
    loop {
        match wakes.recv().await {
            Ok(Wakeup::Event { .. }) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
