//! `agent.message`: says something in an agent's session.
//!
//! Provisioning has made and labelled the session. Only where somebody waits it is made sure of once more: that call
//! waits behind a turn that runs in it.

use std::time::Duration;

use mission_control_core::id::AgentMessageId;
use mission_control_core::models::{ActivityEvent, Agent, AgentMessage, Gateway, Job, MessageKind};
use mission_control_core::reason::Reason;
use mission_control_core::rules::chat;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, activity, agents, boards, gateways, messages, tasks};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::{FirstMessage, Message, Trace};
use crate::reach::Trouble;
use crate::receipts;
use crate::say::taken;

/// How long a message to a paused agent waits before it is looked at again; a resume looks at once.
const HELD_FOR: Duration = Duration::from_secs(600);

/// A message, to whom it goes, and where that agent is.
type Delivery = (AgentMessage, Agent, Gateway);

/// What is to be done with a message.
enum Begun {
    Deliver(Box<Delivery>),
    /// The agent is paused.
    Hold,
    /// The agent is gone, or has the message.
    Skip,
}

/// Whether a message waits for the agent to be resumed. The command that pauses or resumes it does not.
fn is_held(agent: &Agent, message: &AgentMessage) -> bool {
    agent.paused_at.is_some() && chat::command(&message.text, message.from_agent_id).is_none()
}

impl Handler for Message {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let id = self.message;
        let delivery = match fleet.db().write(move |tx| begin(tx, id)).await? {
            Begun::Deliver(delivery) => delivery,
            Begun::Hold => {
                let reason = "the agent is paused".to_owned();
                return Err(JobError::Later { reason, after: HELD_FOR });
            }
            Begun::Skip => return Ok(json!({ "skipped": "the agent is gone, or has the message" })),
        };
        match deliver(fleet, &delivery, self.has_waiter()).await {
            Ok(()) => {
                let (message, ..) = *delivery;
                fleet.db().write(move |tx| arrived(tx, &message, self)).await?;
                Ok(json!({ "delivered": true }))
            }
            Err(trouble) if self.has_waiter() && (is_awaited(fleet, job) || !trouble.may_pass()) => {
                Err(trouble.give_up())
            }
            Err(trouble) => {
                let why = trouble.reason();
                let noted: Result<(), StoreError> =
                    fleet.db().write(move |tx| receipts::held_up(tx, id, why)).await;
                noted?;
                Err(trouble.retry())
            }
        }
    }

    /// Says that it will not arrive.
    async fn gave_up(self, fleet: &Fleet, _: &Job, why: &Reason) -> Result<(), FleetError> {
        let why = why.clone();
        let written: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| match receipts::failed(tx, self.message, why.clone())? {
                Some(message) => trace(tx, &message, &self, self.failed.clone(), Some(why)),
                None => Ok(()),
            })
            .await;
        Ok(written?)
    }
}

/// Whether the request that wants the message to arrive still waits; later nobody would hear of a failure, and the job
/// goes on like any other.
fn is_awaited(fleet: &Fleet, job: &Job) -> bool {
    Timestamp::now().since(job.created_at) < fleet.settings().gateway.provision_wait
}

impl FirstMessage {
    /// The same in the form of now: what is said gets its receipt under the job's id.
    fn renewed(&self, job: &Job) -> Message {
        Message {
            message: AgentMessageId::from_uuid(job.id.uuid()),
            agent: self.agent,
            sent: self.sent.clone(),
            failed: self.failed.clone(),
            urgent: false,
            from: self.from,
            attended: false,
        }
    }
}

impl Handler for FirstMessage {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let renewed = self.renewed(job);
        let id = renewed.message;
        let Some(organization) = job.organization_id else {
            return Err(JobError::Fatal("the message is of no organization".into()));
        };
        let opened: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                let Some(agent) = agents::find(tx, self.agent)? else { return Ok(()) };
                if messages::find(tx, id)?.is_some() {
                    return Ok(());
                }
                let message = AgentMessage {
                    id,
                    board_id: self.from.map(|from| from.board).or(agent.board_id),
                    ..AgentMessage::new(organization, agent.id, MessageKind::Notice, self.text)
                };
                receipts::opened(tx, &message)
            })
            .await;
        opened?;
        renewed.run(fleet, job).await
    }

    async fn gave_up(self, fleet: &Fleet, job: &Job, why: &Reason) -> Result<(), FleetError> {
        self.renewed(job).gave_up(fleet, job, why).await
    }
}

fn begin(tx: &mut Tx<'_>, id: AgentMessageId) -> Result<Begun, StoreError> {
    let Some(message) = messages::lock(tx, id)? else { return Ok(Begun::Skip) };
    let Some(agent) = agents::find(tx, message.agent_id)? else { return Ok(Begun::Skip) };
    if is_held(&agent, &message) {
        return Ok(Begun::Hold);
    }
    let Some(message) = receipts::attempted(tx, id)? else { return Ok(Begun::Skip) };
    Ok(match gateways::find(tx, agent.gateway_id)? {
        Some(gateway) => Begun::Deliver(Box::new((message, agent, gateway))),
        None => Begun::Skip,
    })
}

async fn deliver(
    fleet: &Fleet,
    (message, agent, gateway): &Delivery,
    patiently: bool,
) -> Result<(), Trouble> {
    let remote = match patiently {
        // Not so long that who waits for the message would not hear why it was not sent.
        true => fleet.gateways().remote_within(gateway, fleet.settings().gateway.provision_wait / 3).await?,
        false => fleet.gateways().remote(gateway).await?,
    };
    let (session, key) = (remote.place(agent, gateway).session, message.idempotency_key());
    match patiently {
        true => {
            remote.label_session(&session, &agent.name).await?;
            remote.send_patiently(&session, &message.text, &key).await?
        }
        false => remote.send_as(&session, &message.text, &key).await?,
    };
    Ok(())
}

fn arrived(tx: &mut Tx<'_>, message: &AgentMessage, task: Message) -> Result<(), StoreError> {
    taken(tx, message)?;
    trace(tx, message, &task, task.sent.clone(), None)
}

/// What the activity feed says of it: about whoever waits for it to arrive, else about whom it goes to.
fn trace(
    tx: &mut Tx<'_>,
    about: &AgentMessage,
    task: &Message,
    trace: Option<Trace>,
    why: Option<Reason>,
) -> Result<(), StoreError> {
    let Some(trace) = trace else { return Ok(()) };
    let failed = why.is_some();
    let message = match why {
        Some(why) => format!("{}: {why}", trace.message),
        None => trace.message,
    };
    let agent = task.from.map_or(about.agent_id, |from| from.agent);
    let mut event = ActivityEvent::new(trace.kind, message).failed(failed);
    // Agent, board and task may have gone while the message was under way.
    if agents::find(tx, agent)?.is_some() {
        event = event.agent(agent);
    }
    if let Some(board) = about.board_id
        && boards::find(tx, board)?.is_some()
    {
        event = event.board(board);
        if let Some(task) = about.task_id
            && tasks::find_on(tx, board, task)?.is_some()
        {
            event = event.task(task);
        }
    }
    activity::record(tx, &event)
}
