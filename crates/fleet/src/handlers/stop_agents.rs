//! `agents.stop`: stops what agents do on a gateway.

use futures_util::{StreamExt, TryStreamExt, stream};
use mission_control_core::limits::RUNS_AT_ONCE;
use mission_control_core::models::{Gateway, Run};
use mission_control_core::rules::runs::{RunEnding, RunFact};
use mission_control_core::rules::stop::{Abort, aborts, is_meant};
use mission_control_gateway_rpc::AbortChat;
use mission_control_store::{Conn, StoreError, agents, gateways, runs};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::StopAgents;
use crate::naming;
use crate::reach::{Remote, Trouble};
use crate::runs::note_end;

/// Sessions that are stopped at the same time.
const AT_ONCE: usize = 8;

impl Handler for StopAgents {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let found = fleet.db().snapshot(move |conn| load(conn, self)).await?;
        let Some((gateway, sessions, open)) = found else {
            return Ok(json!({ "skipped": "the gateway is gone" }));
        };
        let wanted = aborts(&sessions, &open, self.ordered_at);
        let stopped = stop_all(fleet, &gateway, wanted).await.map_err(Trouble::retry)?;
        for run in open.into_iter().filter(|run| is_meant(run, self.ordered_at)) {
            let is_stopped = run.gateway_run_id.as_ref().is_some_and(|name| stopped.contains(name));
            // Where nothing runs, it came to its end unseen, or never began.
            let fact = match is_stopped {
                true => RunFact::Ended { how: RunEnding::Aborted, stop_reason: None, error: None },
                false => RunFact::GivenUp,
            };
            let noted: Result<Option<Run>, StoreError> =
                fleet.db().write(move |tx| note_end(tx, run.id, &fact)).await;
            noted?;
        }
        Ok(json!({ "sessions": sessions.len(), "stopped": stopped.len() }))
    }
}

/// A gateway, the sessions of the agents there that are meant, and their open runs.
type Meant = (Gateway, Vec<String>, Vec<Run>);

fn load(conn: &mut Conn, order: StopAgents) -> Result<Option<Meant>, StoreError> {
    let Some(gateway) = gateways::find(conn, order.gateway)? else { return Ok(None) };
    let meant = agents::of_whom(conn, order.whom)?;
    let here = meant.iter().filter(|agent| agent.gateway_id == gateway.id);
    let sessions =
        here.filter(|agent| agent.openclaw_session_id.is_some()).map(naming::session_key).collect();
    let mut open = runs::open(conn, order.whom, RUNS_AT_ONCE)?;
    open.retain(|run| run.gateway_id == gateway.id);
    Ok(Some((gateway, sessions, open)))
}

/// The names of the runs that were stopped.
async fn stop_all(fleet: &Fleet, gateway: &Gateway, wanted: Vec<Abort>) -> Result<Vec<String>, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    let asked = stream::iter(wanted).map(|abort| stop(&remote, abort)).buffer_unordered(AT_ONCE);
    let stopped: Vec<Vec<String>> = asked.try_collect().await?;
    Ok(stopped.concat())
}

/// Stops what runs; a session that the gateway does not have has nothing to stop.
async fn stop(remote: &Remote, abort: Abort) -> Result<Vec<String>, Trouble> {
    let asked = AbortChat { session_key: &abort.session, run_id: abort.run.as_deref() };
    match remote.ask(&asked).await {
        Ok(stopped) => Ok(stopped.run_ids),
        Err(error) if error.rpc().is_some() && !error.is_transient() => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}
