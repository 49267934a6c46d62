//! What streams found at their last look at rights, shared by all streams of a listener.

use std::sync::Arc;
use std::time::Duration;

use mission_control_core::limits::LISTENERS;
use mission_control_store::{Db, StoreError};
use moka::future::Cache;
use tokio::sync::Mutex;

use super::audience::{Audience, ListenerId};

/// A look that nobody asked for in so long is dropped: who asks again looks anew.
const KEPT_FOR: Duration = Duration::from_secs(300);

/// The last look at each listener's rights. However many streams a listener has, a change costs one look.
#[derive(Clone)]
pub(super) struct Looks(Cache<ListenerId, Arc<Mutex<Option<Look>>>>);

struct Look {
    /// Everything up to this entry of the log was committed before the look.
    after: i64,
    /// What was found: nothing when there is no such listener any more.
    found: Option<Audience>,
}

impl Looks {
    pub(super) fn new() -> Self {
        Self(Cache::builder().max_capacity(LISTENERS).time_to_idle(KEPT_FOR).build())
    }

    /// The listener with the rights of now, or of a look that saw `entry` and is recent enough for it; `None` when there is
    /// no such member or agent any more. `head` is the newest entry that is known to be in the log.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn again(
        &self,
        audience: &Audience,
        entry: i64,
        head: i64,
        db: &Db,
    ) -> Result<Option<Audience>, StoreError> {
        let last = self.0.get_with(audience.listener_id(), async { Arc::default() }).await;
        // Whoever comes second waits for the look of the first.
        let mut last = last.lock().await;
        if let Some(look) = &*last
            && look.after >= entry
            && look.found.as_ref().is_none_or(|found| audience.trusts(found))
        {
            return Ok(look.found.as_ref().map(|found| audience.with_rights_of(found)));
        }
        let listener = audience.clone();
        let found = db.read(move |conn| listener.again(conn)).await?;
        *last = Some(Look { after: head.max(entry), found: found.clone() });
        Ok(found)
    }
}
