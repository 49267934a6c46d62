use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mission_control_core::id::JobId;
use mission_control_queue::{Queue, Wakeup};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

/// The jobs at work here, and how to ask each of them to stop.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<Mutex<HashMap<JobId, CancellationToken>>>);

/// A job at work; it can be asked to stop until this is dropped.
pub(crate) struct Begun {
    pub(crate) token: CancellationToken,
    job: JobId,
    running: Running,
}

impl Running {
    pub(crate) fn begin(&self, job: JobId) -> Begun {
        let token = CancellationToken::new();
        self.jobs().insert(job, token.clone());
        Begun { token, job, running: self.clone() }
    }

    /// Forever: passes on what people ask for. A request that is missed is seen when the job's lease is renewed.
    pub(crate) async fn listen(self, queue: Queue) {
        let mut wakes = queue.subscribe();
        loop {
            match wakes.recv().await {
                Ok(Wakeup::JobCancelRequested { id }) => {
                    if let Some(token) = self.jobs().get(&id) {
                        token.cancel();
                    }
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return std::future::pending().await,
            }
        }
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<JobId, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.running.jobs().remove(&self.job);
    }
}
