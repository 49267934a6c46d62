//! `run.steer`: says something in the session of a run that goes on.

use mission_control_core::models::{AgentMessage, Gateway, Job, Run};
use mission_control_core::reason::Reason;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::{StoreError, Tx, agents, gateways, runs};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::SteerRun;
use crate::reach::Trouble;
use crate::receipts;

/// Why a message was not said.
const OVER: &str = "The run was over before the gateway had the message.";

impl Handler for SteerRun {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let (message, run, gateway) = match fleet.db().write(move |tx| begin(tx, self)).await? {
            Begun::Say(what) => *what,
            Begun::Said => return Ok(json!({ "skipped": "the gateway has it already" })),
            Begun::Over => {
                return Err(JobError::Fatal(Reason::new(OVER, Some("Write to the agent instead."))));
            }
        };
        let said: Result<(), Trouble> = async {
            let remote = fleet.gateways().remote(&gateway).await?;
            remote.send_as(&run.session_key, &message.text, &message.idempotency_key()).await?;
            Ok(())
        }
        .await;
        said.map_err(Trouble::retry_unless_refused)?;
        // No turn of its own comes of it, so nobody looks for one.
        let written: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                receipts::sent(tx, message.id)?;
                agent_counts::count(tx, message.agent_id, Counted::Message)
            })
            .await;
        written?;
        Ok(json!({ "said": true }))
    }

    /// Says that it was not said.
    async fn gave_up(self, fleet: &Fleet, _: &Job, why: &Reason) -> Result<(), FleetError> {
        let why = why.clone();
        Ok(fleet.db().write(move |tx| receipts::failed(tx, self.message, why).map(drop)).await?)
    }
}

/// What is to be done.
enum Begun {
    Say(Box<(AgentMessage, Run, Gateway)>),
    /// It was said already.
    Said,
    /// The run is over: the words would begin another one.
    Over,
}

fn begin(tx: &mut Tx<'_>, steer: SteerRun) -> Result<Begun, StoreError> {
    let run = runs::find(tx, steer.run)?.filter(|run| !run.state.is_over());
    let Some(run) = run else { return Ok(Begun::Over) };
    let Some(gateway) = gateways::find(tx, run.gateway_id)? else { return Ok(Begun::Over) };
    if agents::find(tx, run.agent_id)?.is_none() {
        return Ok(Begun::Over);
    }
    Ok(match receipts::attempted(tx, steer.message)? {
        Some(message) => Begun::Say(Box::new((message, run, gateway))),
        None => Begun::Said,
    })
}
