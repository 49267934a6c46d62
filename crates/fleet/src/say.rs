//! Saying something to an agent: the message with its receipt, and the job that takes it to the gateway.

use mission_control_core::id::{AgentId, AgentMessageId, BoardId, GatewayId, JobId, OrganizationId, TaskId};
use mission_control_core::models::{Agent, AgentMessage, MessageKind};
use mission_control_core::reason::Reason;
use mission_control_shapes::MessageRead;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, Tx, agents, jobs, messages};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::booking;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Message, Sender, Trace};
use crate::reach::{Remote, Trouble};
use crate::receipts;

/// What is said.
pub(crate) struct Words {
    kind: MessageKind,
    text: String,
    task: Option<TaskId>,
    from: Option<AgentId>,
    traces: Option<Traces>,
}

/// What the activity feed says of a message.
pub(crate) struct Traces {
    /// When it arrived.
    pub(crate) sent: Trace,
    /// When it did not.
    pub(crate) failed: Trace,
}

impl Words {
    /// A text that leaves no trace in the activity feed.
    pub(crate) fn new(kind: MessageKind, text: String) -> Self {
        Self { kind, text, task: None, from: None, traces: None }
    }

    /// The same about a task.
    pub(crate) fn about(mut self, task: Option<TaskId>) -> Self {
        self.task = task;
        self
    }

    /// The same said by an agent.
    pub(crate) fn by(mut self, agent: Option<AgentId>) -> Self {
        self.from = agent;
        self
    }

    /// The same with what the activity feed says of it: kind and text when it arrived, and when it did not.
    pub(crate) fn traced(mut self, sent: (&str, String), failed: (&str, String)) -> Self {
        let trace = |(kind, message): (&str, String)| Trace { kind: kind.to_owned(), message };
        self.traces = Some(Traces { sent: trace(sent), failed: trace(failed) });
        self
    }
}

/// Says something to an agent; one without a session hears nothing.
pub(crate) fn say(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: &Agent,
    words: Words,
) -> Result<(), StoreError> {
    if agent.openclaw_session_id.is_none() {
        return Ok(());
    }
    quicken(tx, agent)?;
    enqueue(tx, organization, agent, words, Waiting::Nobody).map(drop)
}

/// Says something about a board for a person who waits for it to arrive.
pub(crate) fn say_for_person(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    board: BoardId,
    agent: &Agent,
    words: Words,
) -> Result<JobId, StoreError> {
    enqueue(tx, organization, agent, words, Waiting::Person(board))
}

/// Work arrives: heartbeats that slowed down on an idle board return to their pace.
pub(crate) fn quicken(tx: &mut Tx<'_>, agent: &Agent) -> Result<(), StoreError> {
    match agent.paced_every {
        Some(_) => booking::ask_to_reconcile(tx, agent.gateway_id),
        None => Ok(()),
    }
}

/// Says something for an agent that waits for it to arrive.
pub(crate) fn say_from(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    from: Sender,
    agent: &Agent,
    words: Words,
) -> Result<JobId, FleetError> {
    if agent.openclaw_session_id.is_none() {
        return Err(FleetError::invalid("The agent has no session yet."));
    }
    Ok(enqueue(tx, organization, agent, words.by(Some(from.agent)), Waiting::Agent(from))?)
}

/// Who waits for a message to arrive.
enum Waiting {
    Nobody,
    Agent(Sender),
    /// About this board.
    Person(BoardId),
}

fn enqueue(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: &Agent,
    words: Words,
    waiting: Waiting,
) -> Result<JobId, StoreError> {
    let (board, from, attended) = match waiting {
        Waiting::Nobody => (agent.board_id, None, false),
        Waiting::Agent(from) => (Some(from.board), Some(from), false),
        Waiting::Person(board) => (Some(board), None, true),
    };
    let message = AgentMessage {
        board_id: board,
        task_id: words.task,
        from_agent_id: words.from,
        ..AgentMessage::new(organization, agent.id, words.kind, words.text)
    };
    receipts::opened(tx, &message)?;
    let (sent, failed) = words.traces.map(|traces| (traces.sent, traces.failed)).unzip();
    let delivery = Message {
        message: message.id,
        agent: agent.id,
        sent,
        failed,
        urgent: words.kind.is_urgent(),
        from,
        attended,
    };
    let job = delivery.job(organization)?;
    // The place of the agent needs no look for it.
    let board_id = job.board_id.or(agent.board_id);
    jobs::enqueue(tx, NewJob { board_id, gateway_id: Some(agent.gateway_id), ..job })
}

/// Says something in a session for whoever waits for it, unless the gateway has it already; with a receipt like any other.
pub(crate) async fn say_now(
    fleet: &Fleet,
    remote: &Remote,
    session: &str,
    wanted: AgentMessage,
) -> Result<(), Trouble> {
    let opened: Result<_, StoreError> = fleet
        .db()
        .write(move |tx| {
            if messages::lock(tx, wanted.id)?.is_none() {
                receipts::opened(tx, &wanted)?;
            }
            receipts::attempted(tx, wanted.id)
        })
        .await;
    let Some(message) = opened? else { return Ok(()) };
    let sent = remote.send_as(session, &message.text, &message.idempotency_key()).await;
    let why = sent.as_ref().err().map(|error| Reason::new(error.to_string(), error.remedy()));
    let written: Result<(), StoreError> = fleet
        .db()
        .write(move |tx| match why {
            Some(why) => receipts::failed(tx, message.id, why).map(drop),
            None => taken(tx, &message),
        })
        .await;
    written?;
    Ok(sent.map(drop)?)
}

/// Says something once more that an agent of a gateway was told, or should have been: it starts another turn. What is on its
/// way stays as it is.
///
/// # Errors
/// No such message; the database's.
pub async fn again(
    fleet: &Fleet,
    caller: Caller,
    gateway: GatewayId,
    id: AgentMessageId,
) -> Result<MessageRead, FleetError> {
    let repeated = fleet.db().write(move |tx| {
        let missing = || FleetError::not_found("Message");
        let message = messages::lock(tx, id)?.ok_or_else(missing)?;
        let agent = agents::find(tx, message.agent_id)?.ok_or_else(missing)?;
        if message.organization_id != caller.organization || agent.gateway_id != gateway {
            return Err(missing());
        }
        let Some(message) = receipts::repeated(tx, id)? else { return Ok(message.into()) };
        let delivery = Message {
            message: id,
            agent: agent.id,
            sent: None,
            failed: None,
            urgent: message.kind.is_urgent(),
            from: None,
            attended: false,
        };
        jobs::enqueue(tx, delivery.job(caller.organization)?)?;
        Ok(message.into())
    });
    repeated.await
}

/// The gateway has a message; whether a turn came of it is looked at soon.
pub(crate) fn taken(tx: &mut Tx<'_>, message: &AgentMessage) -> Result<(), StoreError> {
    receipts::sent(tx, message.id)?;
    jobs::enqueue(tx, booking::receipt(message)?)?;
    if agents::find(tx, message.agent_id)?.is_some() {
        agent_counts::count(tx, message.agent_id, Counted::Message)?;
    }
    Ok(())
}
