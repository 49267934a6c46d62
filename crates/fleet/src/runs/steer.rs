//! Saying something to an agent in the middle of a run.

use mission_control_core::id::{RunId, UserId};
use mission_control_core::models::{AgentMessage, MessageKind};
use mission_control_shapes::MessageRead;
use mission_control_store::{agents, jobs, messages, runs};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::SteerRun;
use crate::receipts;
use crate::wait::Reply;

/// Says something in the session of a run that goes on. The gateway gives it to the agent in its turn, or right after it.
///
/// # Errors
/// A run that is over; the gateway's refusal; the database.
pub async fn steer(
    fleet: &Fleet,
    run: RunId,
    text: String,
    by: UserId,
) -> Result<Reply<MessageRead>, FleetError> {
    if text.trim().is_empty() {
        return Err(FleetError::invalid_field("text", "There is nothing to say."));
    }
    let (message, job) = fleet
        .db()
        .write(move |tx| {
            let run = runs::lock(tx, run)?.ok_or(FleetError::not_found("Run"))?;
            if run.state.is_over() {
                return Err(FleetError::conflict("The run is over: write to the agent instead."));
            }
            let agent = agents::find(tx, run.agent_id)?.ok_or(FleetError::not_found("Agent"))?;
            let message = AgentMessage {
                board_id: agent.board_id,
                task_id: run.task_id,
                ..AgentMessage::new(run.organization_id, agent.id, MessageKind::Direct, text)
            };
            receipts::opened(tx, &message)?;
            let job = SteerRun { run: run.id, message: message.id, gateway: run.gateway_id, by };
            let job = jobs::enqueue(tx, job.job(run.organization_id)?)?;
            Ok((message.id, job))
        })
        .await?;
    let settled = fleet.reply(job, "The agent could not be told").await?;
    let now = fleet.db().read(move |conn| messages::find(conn, message)).await?;
    let now = now.ok_or(FleetError::not_found("Message"))?;
    Ok(settled.map(|()| MessageRead::from(now)))
}
