//! What happened while nobody listened.

use std::time::Duration;

use mission_control_core::limits::RUN_HISTORY;
use mission_control_core::models::Agent;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{Client, ReadHistory, TurnNews};
use mission_control_store::{StoreError, agents, runs};

use super::book::Seen;
use super::recorder::{Learned, Recorder};
use crate::naming;

/// What was heard last may have been heard in part: so much of the time before it is read again.
const OVERLAP: Duration = Duration::from_secs(900);

/// Reads the histories of the sessions of a gateway's agents, or of these sessions alone, as far back as they are not
/// known. A session that cannot be read is left out.
///
/// # Errors
/// The database's.
pub async fn after_absence(
    recorder: &mut Recorder,
    client: &Client,
    sessions: Option<&[String]>,
) -> Result<Learned, StoreError> {
    let gateway = recorder.gateway;
    let agents = recorder.fleet.db().read(move |conn| agents::of_gateway(conn, gateway)).await?;
    let mut learned = Learned::default();
    for agent in agents.into_iter().filter(|agent| agent.openclaw_session_id.is_some()) {
        let session = naming::session_key(&agent);
        if sessions.is_some_and(|sessions| !sessions.contains(&session)) {
            continue;
        }
        let asked = ReadHistory { session_key: &session, limit: Some(RUN_HISTORY) };
        let Ok(history) = client.ask(&asked).await else { continue };
        let since = known_until(recorder, &agent, &session).await?;
        let mut news = TurnNews::of_history(&session, &history);
        news.retain(|news| news.at.is_some_and(|at| at.saturating_mul(1000) >= since.micros()));
        learned.ended.extend(recorder.learn(news, Seen::Later).await?.ended);
    }
    Ok(learned)
}

/// Until when the runs of a session are known.
async fn known_until(recorder: &Recorder, agent: &Agent, session: &str) -> Result<Timestamp, StoreError> {
    let (gateway, session, now) = (recorder.gateway, session.to_owned(), Timestamp::now());
    let last = recorder
        .fleet
        .db()
        .read(move |conn| match runs::latest_in(conn, gateway, &session, now)? {
            Some(id) => runs::find(conn, id),
            None => Ok::<_, StoreError>(None),
        })
        .await?;
    let known = last.map(|run| run.last_event_at.min(run.created_at).minus(OVERLAP));
    Ok(known.unwrap_or(agent.created_at).max(agent.created_at.minus(OVERLAP)))
}
