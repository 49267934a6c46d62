//! Jobs that take something to an agent's session.

use mission_control_core::id::{AgentId, AgentMessageId, BoardId, WebhookId, WebhookPayloadId};
use mission_control_core::models::Lane;
use serde::{Deserialize, Serialize};

use crate::jobs::kind::{About, Kind, Terms};

/// An agent that asks for something, and the board that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sender {
    pub(crate) agent: AgentId,
    pub(crate) board: BoardId,
}

/// An activity event to record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trace {
    pub(crate) kind: String,
    pub(crate) message: String,
}

/// Says something in an agent's session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Message {
    /// What is said, and its receipt.
    pub(crate) message: AgentMessageId,
    pub(crate) agent: AgentId,
    /// Activity when it arrived; none to leave no trace.
    pub(crate) sent: Option<Trace>,
    /// Activity when it could not be delivered.
    pub(crate) failed: Option<Trace>,
    /// Somebody's work stands still until the agent has it.
    pub(crate) urgent: bool,
    /// The agent that says it, and waits for it to arrive.
    pub(crate) from: Option<Sender>,
    /// A person waits for it to arrive.
    #[serde(default)]
    pub(crate) attended: bool,
}

impl Message {
    /// Somebody waits and is told at once when it does not arrive: then nothing is tried again.
    pub(crate) const fn has_waiter(&self) -> bool {
        self.attended || self.from.is_some()
    }
}

impl Kind for Message {
    const NAME: &'static str = "agent.message";
    const FORM: i32 = 2;

    fn terms(&self) -> Terms {
        match (self.has_waiter(), self.urgent) {
            (true, true) => Terms::ATTENDED,
            (true, false) => Terms { lane: Lane::Bulk, ..Terms::ATTENDED },
            (false, true) => Terms::URGENT,
            (false, false) => Terms::BACKGROUND,
        }
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// The same in its first form, in which the job held what is said. Read, and not written any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FirstMessage {
    pub(crate) agent: AgentId,
    pub(crate) text: String,
    pub(crate) sent: Option<Trace>,
    pub(crate) failed: Option<Trace>,
    #[serde(default)]
    pub(crate) from: Option<Sender>,
}

impl Kind for FirstMessage {
    const NAME: &'static str = Message::NAME;

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// Looks whether a message that the gateway took started a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Receipt {
    pub(crate) message: AgentMessageId,
    pub(crate) agent: AgentId,
    /// The turn that is looked after; a newer one makes this job void.
    pub(crate) turn: i32,
}

impl Kind for Receipt {
    const NAME: &'static str = "agent.receipt";

    fn terms(&self) -> Terms {
        Terms::BACKGROUND
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// Tells an agent what was posted to a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeliverWebhook {
    pub(crate) board: BoardId,
    pub(crate) webhook: WebhookId,
    pub(crate) payload: WebhookPayloadId,
}

impl Kind for DeliverWebhook {
    const NAME: &'static str = "webhook.deliver";

    fn terms(&self) -> Terms {
        Terms::BACKGROUND
    }

    fn about(&self) -> About {
        About::Board(self.board)
    }

    fn group(&self) -> String {
        format!("webhook:{}", self.webhook)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.payload.to_string())
    }
}
