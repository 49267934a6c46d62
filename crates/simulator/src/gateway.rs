//! What all connections and agents of one simulated gateway share.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{SimulatorConfig, SimulatorError};
use crate::faults::FaultState;
use crate::frame::Event;
use crate::state::State;

/// Events that a slow client may lag behind before it is cut off.
const EVENT_BACKLOG: usize = 1024;

pub(crate) struct Gateway {
    pub(crate) config: SimulatorConfig,
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) faults: Mutex<FaultState>,
    pub(crate) http: reqwest::Client,
    /// Ends with the simulator.
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    /// The heartbeat schedule should be looked at again.
    pub(crate) rescheduled: Notify,
    state: Mutex<State>,
    /// Counts changes of the state, for those who wait for one.
    changes: watch::Sender<u64>,
    /// Ends with the present run of the gateway process: at a restart or with the simulator.
    boot: Mutex<CancellationToken>,
    up: AtomicBool,
}

impl Gateway {
    pub(crate) fn new(config: SimulatorConfig) -> Result<Arc<Self>, SimulatorError> {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // Losing the race against another installer is fine: then there is a provider.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let http = reqwest::Client::builder()
            .timeout(config.http_timeout)
            .build()
            .map_err(SimulatorError::HttpClient)?;
        let stop = CancellationToken::new();
        Ok(Arc::new(Self {
            events: broadcast::channel(EVENT_BACKLOG).0,
            faults: Mutex::new(FaultState::new(config.faults.clone())),
            http,
            boot: Mutex::new(stop.child_token()),
            stop,
            tasks: TaskTracker::new(),
            rescheduled: Notify::new(),
            state: Mutex::new(State::new(&config)),
            changes: watch::channel(0).0,
            up: AtomicBool::new(true),
            config,
        }))
    }

    /// Looks at the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.state))
    }

    /// Changes the state and tells those who wait for a change.
    pub(crate) fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut lock(&self.state));
        self.changes.send_modify(|count| *count += 1);
        result
    }

    /// Waits until the state passes the test, or `limit` has passed.
    pub(crate) async fn wait_until(&self, limit: Duration, test: impl Fn(&State) -> bool) -> bool {
        let mut changes = self.changes.subscribe();
        let passed = async {
            while !self.read(&test) {
                if changes.changed().await.is_err() {
                    return false;
                }
            }
            true
        };
        tokio::time::timeout(limit, passed).await.unwrap_or(false)
    }

    /// Tells every client that may know; nobody listening is fine.
    pub(crate) fn emit(&self, event: Event) {
        let _ = self.events.send(event);
    }

    pub(crate) fn boot(&self) -> CancellationToken {
        lock(&self.boot).clone()
    }

    pub(crate) fn is_up(&self) -> bool {
        self.up.load(Ordering::Acquire)
    }

    /// Runs a task that ends at the latest with the simulator.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            stop.run_until_cancelled_owned(task).await;
        });
    }

    /// Restarts after `delay`; a second request before that joins the first.
    pub(crate) fn schedule_restart(self: &Arc<Self>, delay: Duration) {
        if self.update(|state| std::mem::replace(&mut state.restart_pending, true)) {
            return;
        }
        let gateway = Arc::clone(self);
        self.spawn(async move {
            tokio::time::sleep(delay).await;
            gateway.up.store(false, Ordering::Release);
            gateway.boot().cancel();
            gateway.update(State::lose_process);
            tokio::time::sleep(gateway.config.profile.restart_downtime).await;
            *lock(&gateway.boot) = gateway.stop.child_token();
            gateway.up.store(true, Ordering::Release);
            gateway.update(|state| {
                state.restart_pending = false;
                state.boots += 1;
            });
            gateway.rescheduled.notify_one();
        });
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
