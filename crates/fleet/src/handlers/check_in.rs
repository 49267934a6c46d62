//! `agent.check_in`: looks, at the deadline, whether a woken agent checked in; wakes it again, or gives up on it.

use mission_control_core::rules::lifecycle::{self, Deadline, Occasion};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, agents, gateways, jobs};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{CheckIn, Provision};
use crate::{life, record};

impl Handler for CheckIn {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let outcome: Result<&'static str, StoreError> = fleet.db().write(move |tx| look(tx, &self)).await;
        Ok(json!({ "outcome": outcome? }))
    }
}

fn look(tx: &mut Tx<'_>, job: &CheckIn) -> Result<&'static str, StoreError> {
    let Some(agent) = agents::lock_current(tx, job.agent, job.generation)? else {
        return Ok("the agent is gone, or a newer request replaced this one");
    };
    let Some(gateway) = gateways::find(tx, agent.gateway_id)? else { return Ok("the gateway is gone") };
    let organization = gateway.organization_id;
    match lifecycle::at_deadline(&agent) {
        Deadline::Paused => Ok("it is paused"),
        Deadline::CheckedIn => Ok("it checked in"),
        Deadline::GiveUp => {
            let agent = life::take(tx, organization, agent.id, &lifecycle::silent())?;
            let message = format!("{} did not check in.", agent.name);
            record::failure_of(tx, &agent, "agent.wakeup.failed", message)?;
            Ok("given up")
        }
        Deadline::WakeAgain => {
            let step = lifecycle::provisioning(&agent, false, Occasion::Again, Timestamp::now());
            let agent = life::take(tx, organization, agent.id, &step)?;
            let again = Provision { reset_session: true, keep_edited: true, ..Provision::of(&agent) };
            jobs::enqueue(tx, again.job(organization)?)?;
            Ok("woken again")
        }
    }
}
