//! `agent.receipt`: looks whether a message that the gateway took started a turn.
//!
//! A gateway loses turns without a word while it takes in a new configuration or is about to restart. A message after
//! which nothing was heard of its agent is therefore sent again, under a new key: under the old one the gateway would
//! take it for the message that it has already.
//!
//! An agent's sign of life is taken for having seen what it was sent before. It may have come from a turn that was under way
//! already: where the gateway says that it dropped the turn of the message, the message is sent again all the same.

use std::time::Duration;

use mission_control_core::models::{Agent, AgentMessage, Gateway, MessageState};
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, Tx, agents, gateways, jobs, messages};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::booking::RECEIPT_LOOKS;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Message, Receipt};
use crate::reach::{Trouble, Turn};
use crate::receipts;

/// How often to look while the agent is busy with something else.
const BUSY: Duration = Duration::from_secs(60);
/// For how long.
const PATIENCE: Duration = Duration::from_secs(6 * 3600);
/// Turns that may be lost.
const TURNS: i32 = 3;
/// What becomes of a message after that.
const UNHEARD: &str = "The gateway took the message three times and started no turn with it.";
/// What to do about that.
const LOOK: &str =
    "Look at the agent's session on the gateway: its model, its credentials, or a turn that does not end.";
const LOST: &str = "The gateway took the message but started no turn with it; it is sent again.";

impl Handler for Receipt {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let found = fleet.db().read(move |conn| load(conn, self)).await?;
        let Some((message, agent, gateway)) = found else {
            return Ok(json!({ "outcome": "nothing to look for" }));
        };
        let later = |after| JobError::Later { reason: "no sign of the turn yet".to_owned(), after };
        let pause = usize::try_from(job.attempts).ok().and_then(|looks| RECEIPT_LOOKS.get(looks)).copied();
        let turn = match look(fleet, &message, &agent, &gateway).await {
            Ok(turn) => turn,
            Err(Trouble::Gateway(_)) if message.state == MessageState::Seen => {
                return Ok(json!({ "outcome": "seen" }));
            }
            Err(Trouble::Gateway(error)) if error.is_transient() => return Err(later(pause.unwrap_or(BUSY))),
            Err(Trouble::Gateway(error)) if error.rpc().is_some() => {
                return Ok(json!({ "outcome": "the gateway does not tell", "error": error.to_string() }));
            }
            Err(trouble) => return Err(trouble.retry()),
        };
        let outcome = match (turn, pause) {
            (Turn::Superseded, _) => Outcome::Lost,
            _ if message.state == MessageState::Seen => return Ok(json!({ "outcome": "seen" })),
            (Turn::Ran, _) => Outcome::Seen,
            (Turn::Failed(cause), _) => Outcome::Failed(cause),
            (Turn::Unknown, Some(pause)) => return Err(later(pause)),
            (Turn::Busy, _) if Timestamp::now().since(message.created_at) < PATIENCE => {
                return Err(later(BUSY));
            }
            (Turn::Busy, _) => return Ok(json!({ "outcome": "the agent is busy" })),
            (Turn::Unknown, None) => Outcome::Lost,
        };
        let said: Result<&'static str, StoreError> =
            fleet.db().write(move |tx| conclude(tx, &message, outcome)).await;
        Ok(json!({ "outcome": said? }))
    }
}

/// What became of a turn.
enum Outcome {
    Seen,
    Lost,
    Failed(String),
}

fn load(conn: &mut Conn, task: Receipt) -> Result<Option<(AgentMessage, Agent, Gateway)>, StoreError> {
    let waits = |message: &AgentMessage| {
        matches!(message.state, MessageState::Sent | MessageState::Seen) && message.turn == task.turn
    };
    let Some(message) = messages::find(conn, task.message)?.filter(waits) else { return Ok(None) };
    let Some(agent) = agents::find(conn, message.agent_id)? else { return Ok(None) };
    let gateway = gateways::find(conn, agent.gateway_id)?;
    Ok(gateway.map(|gateway| (message, agent, gateway)))
}

async fn look(
    fleet: &Fleet,
    message: &AgentMessage,
    agent: &Agent,
    gateway: &Gateway,
) -> Result<Turn, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    Ok(remote.turn(&remote.place(agent, gateway).session, &message.idempotency_key()).await?)
}

fn conclude(tx: &mut Tx<'_>, message: &AgentMessage, outcome: Outcome) -> Result<&'static str, StoreError> {
    match outcome {
        Outcome::Seen => {
            receipts::seen(tx, message.agent_id, Timestamp::now())?;
            Ok("seen")
        }
        Outcome::Failed(cause) => {
            receipts::failed(tx, message.id, format!("The turn that it started failed: {cause}").into())?;
            Ok("failed")
        }
        Outcome::Lost if message.turn >= TURNS => {
            receipts::failed(tx, message.id, Reason::new(UNHEARD, Some(LOOK)))?;
            Ok("given up")
        }
        Outcome::Lost => {
            let Some(message) = receipts::lost(tx, message.id, LOST.into())? else { return Ok("seen") };
            let again = Message {
                message: message.id,
                agent: message.agent_id,
                sent: None,
                failed: None,
                urgent: message.kind.is_urgent(),
                from: None,
                attended: false,
            };
            jobs::enqueue(tx, again.job(message.organization_id)?)?;
            Ok("sent again")
        }
    }
}
