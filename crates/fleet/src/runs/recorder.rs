//! Writes down what a gateway tells of turns.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::limits::{NOTICED_SESSIONS, RUN_FACTS, STEP_ARGUMENTS};
use mission_control_core::rules::jobs::without_secrets;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{TurnFact, TurnNews, cut};
use mission_control_store::{Db, StoreError, gateways};
use tokio::time::Instant;

use super::book::{Book, Heard, Seen};
use crate::fleet::Fleet;
use crate::mask::Mask;

/// How often it is noted that a run still goes on.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How long the known secrets of an organization are kept for masking.
const MASK_KEPT: Duration = Duration::from_secs(30);
/// A clock of a gateway that differs by more than this is not believed of what happens now.
const SKEW: Duration = Duration::from_secs(120);

/// What there is to do after news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned {
    /// Sessions in which a run came to its end.
    pub ended: Vec<String>,
}

/// Writes down what one gateway tells.
pub struct Recorder {
    pub(super) fleet: Fleet,
    pub(super) gateway: GatewayId,
    mask: Option<(Instant, Arc<Mask>)>,
    /// Runs of which it was noted lately that they go on.
    noted: HashMap<String, Instant>,
}

impl Recorder {
    /// A recorder for one gateway.
    pub fn new(fleet: Fleet, gateway: GatewayId) -> Self {
        Self { fleet, gateway, mask: None, noted: HashMap::new() }
    }

    /// The gateway.
    pub fn gateway(&self) -> GatewayId {
        self.gateway
    }

    /// Where it is written down.
    pub fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    pub(crate) fn db(&self) -> Db {
        self.fleet.db().clone()
    }

    /// Writes down news; those of sessions that are not of our agents are passed over. The same news may come again.
    ///
    /// # Errors
    /// The database's.
    pub async fn learn(&mut self, news: Vec<TurnNews>, seen: Seen) -> Result<Learned, StoreError> {
        let news = self.worth_noting(news);
        let mut learned = Learned::default();
        if news.is_empty() {
            return Ok(learned);
        }
        let mask = self.mask(&news).await?;
        let now = Timestamp::now();
        let mut heard = news.into_iter().map(|news| hear(news, seen, now, mask.as_deref())).peekable();
        while heard.peek().is_some() {
            let (gateway, batch): (_, Vec<Heard>) = (self.gateway, heard.by_ref().take(RUN_FACTS).collect());
            let ended = self.fleet.db().write(move |tx| Book::write(tx, gateway, batch, seen)).await?;
            learned.ended.extend(ended);
        }
        Ok(learned)
    }

    /// That a turn goes on is told with every word of it, and noted now and then.
    fn worth_noting(&mut self, mut news: Vec<TurnNews>) -> Vec<TurnNews> {
        let now = Instant::now();
        let lately = |at: &Instant| now.duration_since(*at) < LOOK_EVERY;
        if self.noted.len() >= NOTICED_SESSIONS {
            self.noted.retain(|_, at| lately(at));
        }
        news.retain(|news| {
            let (TurnFact::GoesOn, Some(run)) = (&news.fact, &news.run) else { return true };
            if self.noted.get(run).is_some_and(lately) {
                return false;
            }
            if self.noted.len() < NOTICED_SESSIONS {
                self.noted.insert(run.clone(), now);
            }
            true
        });
        news
    }

    /// What is secret, when there is anything to mask.
    async fn mask(&mut self, news: &[TurnNews]) -> Result<Option<Arc<Mask>>, StoreError> {
        let has_text = |news: &TurnNews| {
            matches!(news.fact, TurnFact::ToolBegan(_) | TurnFact::ToolEnded(_) | TurnFact::Ended { .. })
        };
        if !news.iter().any(has_text) {
            return Ok(None);
        }
        self.secrets().await
    }

    /// The secrets of the gateway's organization; nothing when the gateway is gone.
    pub(crate) async fn secrets(&mut self) -> Result<Option<Arc<Mask>>, StoreError> {
        if let Some((at, mask)) = &self.mask
            && at.elapsed() < MASK_KEPT
        {
            return Ok(Some(Arc::clone(mask)));
        }
        let id = self.gateway;
        let Some(gateway) = self.fleet.db().read(move |conn| gateways::find(conn, id)).await? else {
            return Ok(None);
        };
        let mask = Arc::new(Mask::of(&self.fleet, gateway.organization_id).await?);
        self.mask = Some((Instant::now(), Arc::clone(&mask)));
        Ok(Some(mask))
    }
}

/// News with a time of its own and without secrets.
fn hear(news: TurnNews, seen: Seen, now: Timestamp, mask: Option<&Mask>) -> Heard {
    let masked = |text: &str| mask.map_or_else(|| text.to_owned(), |mask| mask.apply(text));
    let mut fact = news.fact;
    let mut arguments = None;
    match &mut fact {
        TurnFact::ToolBegan(call) => {
            let given = call.arguments.take().map(|given| without_secrets(given).to_string());
            arguments = given.map(|given| cut(&masked(&given), STEP_ARGUMENTS).to_owned());
        }
        TurnFact::ToolEnded(end) => end.output = end.output.take().map(|output| masked(&output)),
        TurnFact::Ended { error, .. } => *error = error.take().map(|error| masked(&error)),
        _ => {}
    }
    let told = news.at.map(|at| Timestamp::from_micros(at.saturating_mul(1000)));
    let believed = |at: &Timestamp| seen == Seen::Later || now.since(*at).max(at.since(now)) < SKEW;
    Heard {
        run: news.run,
        session: news.session,
        session_id: news.session_id,
        at: told.filter(believed).map_or(now, |at| at.min(now)),
        heartbeat: news.heartbeat,
        arguments,
        fact,
    }
}
