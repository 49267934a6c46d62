//! Redis, workers, the gateway link, the queue.

use std::time::Duration;

use mission_control_core::rules::doctor::work::{self as rule, Hindrance, LaneSeen, Seen};
use mission_control_core::time::Timestamp;
use mission_control_queue::Queue;
use mission_control_store::{Conn, StoreError, StoreResult, jobs, leases};
use tokio::time::timeout;

use super::patient::{Look, Patient};
use crate::fleet::Fleet;

/// Longest wait for Redis.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long a job that failed for good is told of.
const LATELY: Duration = Duration::from_secs(24 * 3600);

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let redis = redis(&patient).await;
    let scaled_out = patient.settings.queue.redis_url.is_some();
    let Some(db) = patient.db else {
        let silent = Seen { redis, scaled_out, workers: 1, link: true, lanes: Vec::new(), dead: Vec::new() };
        return Ok(rule::findings(&silent).into());
    };
    let now = Timestamp::now();
    let (link, (workers, lanes), dead) = db
        .read(move |conn| {
            let died = jobs::died_since(conn, now.minus(LATELY))?;
            Ok::<_, StoreError>((leases::has_link(conn, now)?, at_work(conn, now)?, died))
        })
        .await
        .map_err(|error| error.to_string())?;
    let seen = Seen { redis, scaled_out, workers, link, lanes, dead };
    Ok(rule::findings(&seen).into())
}

/// How many workers are alive, and what waits for them.
fn at_work(conn: &mut Conn, now: Timestamp) -> StoreResult<(usize, Vec<LaneSeen>)> {
    let workers = leases::workers(conn, now)?.len();
    let lane = |depth: jobs::LaneDepth| LaneSeen {
        lane: depth.lane,
        due: depth.due,
        oldest: depth.oldest_due.map(|since| now.since(since)).unwrap_or_default(),
    };
    Ok((workers, jobs::depths(conn, None)?.into_iter().map(lane).collect()))
}

/// What keeps the jobs that people and agents wait for from being done soon, if anything does.
///
/// # Errors
/// The database's.
pub async fn hindrance(fleet: &Fleet) -> Result<Option<Hindrance>, StoreError> {
    let scaled_out = fleet.settings().queue.redis_url.is_some();
    let (workers, lanes) = fleet.db().read(|conn| at_work(conn, Timestamp::now())).await?;
    Ok(rule::hindrance(workers, &lanes, scaled_out))
}

async fn redis(patient: &Patient) -> Result<(), String> {
    let asked = async {
        match &patient.fleet {
            Some(fleet) if patient.own => fleet.queue().health().await.map(drop),
            _ => Queue::open(&patient.settings.queue).await?.health().await.map(drop),
        }
    };
    match timeout(PATIENCE, asked).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err(format!("Redis does not answer within {} s", PATIENCE.as_secs())),
    }
}
