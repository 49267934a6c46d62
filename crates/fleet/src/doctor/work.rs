//! Redis, workers, the gateway link, the queue.

use std::time::Duration;

use mission_control_core::rules::doctor::work::{self as rule, LaneSeen, Seen};
use mission_control_core::time::Timestamp;
use mission_control_queue::Queue;
use mission_control_store::{StoreError, jobs, leases};
use tokio::time::timeout;

use super::patient::{Look, Patient};

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
    let (workers, link, depths, died) = db
        .read(move |conn| {
            let died = jobs::died_since(conn, now.minus(LATELY))?;
            let (workers, link) = (leases::workers(conn, now)?.len(), leases::has_link(conn, now)?);
            Ok::<_, StoreError>((workers, link, jobs::depths(conn, None)?, died))
        })
        .await
        .map_err(|error| error.to_string())?;
    let lane = |depth: jobs::LaneDepth| LaneSeen {
        lane: depth.lane,
        due: depth.due,
        oldest: depth.oldest_due.map(|since| now.since(since)).unwrap_or_default(),
    };
    let seen =
        Seen { redis, scaled_out, workers, link, lanes: depths.into_iter().map(lane).collect(), dead: died };
    Ok(rule::findings(&seen).into())
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
