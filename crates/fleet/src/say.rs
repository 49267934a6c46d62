//! Saying something to an agent: the message with its receipt, and the job that takes it to the gateway.

use mission_control_core::id::{AgentId, JobId, OrganizationId, TaskId};
use mission_control_core::models::{Agent, AgentMessage, MessageKind};
use mission_control_store::{StoreError, Tx, jobs};

use crate::error::FleetError;
use crate::jobs::payload::{Message, Sender, Trace};
use crate::jobs::task::Task;
use crate::receipts;
use crate::reconcile;

/// Longest part of somebody's words in a message, characters.
const SNIPPET: usize = 800;

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
    enqueue(tx, organization, agent, words, None).map(drop)
}

/// Work arrives: heartbeats that slowed down on an idle board return to their pace.
pub(crate) fn quicken(tx: &mut Tx<'_>, agent: &Agent) -> Result<(), StoreError> {
    match agent.paced_every {
        Some(_) => reconcile::ask(tx, agent.gateway_id),
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
    Ok(enqueue(tx, organization, agent, words.by(Some(from.agent)), Some(from))?)
}

fn enqueue(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: &Agent,
    words: Words,
    from: Option<Sender>,
) -> Result<JobId, StoreError> {
    let message = AgentMessage {
        board_id: from.map_or(agent.board_id, |from| Some(from.board)),
        task_id: words.task,
        from_agent_id: words.from,
        ..AgentMessage::new(organization, agent.id, words.kind, words.text)
    };
    receipts::opened(tx, &message)?;
    let (sent, failed) = words.traces.map(|traces| (traces.sent, traces.failed)).unzip();
    let delivery =
        Message { message: message.id, agent: agent.id, sent, failed, urgent: words.kind.is_urgent(), from };
    jobs::enqueue(tx, Task::Message(delivery).job(organization))
}

/// The beginning of somebody's words.
pub(crate) fn snippet(text: &str) -> String {
    shortened(text, SNIPPET)
}

/// The beginning of a text, `longest` characters at most.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest.saturating_sub(3)).chain("...".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_at_whole_characters() {
        let long = snippet(&"ö".repeat(900));
        assert_eq!((long.chars().count(), long.ends_with("ö...")), (800, true));
        assert_eq!(snippet(&format!(" {} ", "x".repeat(800))), "x".repeat(800));
    }
}
