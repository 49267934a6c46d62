//! The sessions of a gateway: what is said in them, and what became of it.

use mission_control_core::limits::{
    HISTORY, HISTORY_SEARCHED, SAID_ENTRIES, SAID_TEXT, SESSION_ENTRIES, SESSION_TEXT, SESSIONS,
    SESSIONS_BYTES, TURN_FAILURE, within,
};
use mission_control_gateway_rpc::{
    AwaitRun, ChatMessage, DeleteSession, GatewayError, ListSessions, Measure, PatchSession, ReadHistory,
    ResetSession, RpcErrorKind, RunStatus, SendMessage, Session, agent_of_session, cut, is_dropped,
};
use serde_json::Value;

use super::remote::{Remote, kind};

/// What is kept of a session's entry.
const ENTRY: Measure = Measure { text: SESSION_TEXT, entries: SESSION_ENTRIES };
/// What is kept of a message of a session.
const SAID: Measure = Measure { text: SAID_TEXT, entries: SAID_ENTRIES };

/// What is known of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It ran to its end.
    Ran,
    /// The gateway dropped it, for a new configuration or another turn.
    Superseded,
    /// It ended in this error.
    Failed(String),
    /// Its session is at work, on it or on something before it.
    Busy,
    /// Nothing is known of it: it did not begin, or the gateway was started anew since.
    Unknown,
}

impl Turn {
    /// The end of a turn by an error.
    pub(crate) fn ended_with(error: Option<&str>) -> Self {
        match error {
            Some(error) if !is_dropped(error) => Self::Failed(cut(error, TURN_FAILURE).to_owned()),
            _ => Self::Superseded,
        }
    }
}

fn saying(session: &str, text: &str, key: &str) -> SendMessage {
    SendMessage { idempotency_key: key.to_owned(), ..SendMessage::new(session, text) }
}

impl Remote {
    /// Makes sure that a session exists and has this label; returns its entry.
    pub(crate) async fn label_session(&self, key: &str, label: &str) -> Result<Value, GatewayError> {
        let mut entry = self.ask(&PatchSession { key, label: Some(label) }).await?.entry;
        ENTRY.fit(&mut entry);
        Ok(entry)
    }

    /// Removes a session; one that is gone, or that the gateway keeps on principle, is fine.
    pub(crate) async fn delete_session(&self, key: &str) -> Result<(), GatewayError> {
        match self.ask(&DeleteSession { key }).await {
            Ok(_) => Ok(()),
            Err(error) if is_missing(&error) || kind(&error) == Some(RpcErrorKind::MainSession) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Starts a session's conversation anew; one that does not exist needs no reset.
    pub(crate) async fn reset_session(&self, key: &str) -> Result<(), GatewayError> {
        match self.ask(&ResetSession { key }).await {
            Err(error) if !is_missing(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// The sessions that the gateway lists, of one agent or of all, the first thousand; newer gateways list a hundred unless
    /// told otherwise.
    pub(crate) async fn sessions(&self, agent: Option<&str>) -> Result<Vec<Session>, GatewayError> {
        let asked = ListSessions { limit: Some(SESSIONS), agent_id: agent, ..ListSessions::default() };
        let mut sessions = match self.ask_once(&asked).await {
            Err(error) if agent.is_some() && is_missing(&error) => return Ok(Vec::new()),
            answer => answer?.sessions,
        };
        sessions.truncate(SESSIONS as usize);
        sessions.iter_mut().for_each(|session| ENTRY.fit_fields(&mut session.0));
        Ok(within(sessions, SESSIONS as usize, SESSIONS_BYTES))
    }

    /// One session, if it is among the first thousand of its agent.
    pub(crate) async fn session(&self, key: &str) -> Result<Option<Session>, GatewayError> {
        let sessions = self.sessions(agent_of_session(key)).await?;
        Ok(sessions.into_iter().find(|session| session.key() == key))
    }

    /// The messages of a session, oldest first: the latest ones, as far as they go into [`HISTORY`].
    pub(crate) async fn history(&self, session: &str) -> Result<Vec<Value>, GatewayError> {
        let history = self.ask_once(&ReadHistory { session_key: session, limit: None }).await?;
        let mut room = HISTORY;
        let mut kept: Vec<Value> = Vec::new();
        for mut message in history.messages.into_iter().rev().take(HISTORY_SEARCHED as usize) {
            SAID.fit_fields(&mut message.0);
            let message = Value::Object(message.0);
            let size = message.to_string().len();
            if size > room {
                break;
            }
            room -= size;
            kept.push(message);
        }
        kept.reverse();
        Ok(kept)
    }

    /// How many of the latest messages to an agent contain `mark`; none of a session that the gateway does not know.
    pub(crate) async fn times_said(&self, session: &str, mark: &str) -> Result<usize, GatewayError> {
        let latest = ReadHistory { session_key: session, limit: Some(HISTORY_SEARCHED) };
        let history = match self.ask(&latest).await {
            Err(error) if error.rpc().is_some() && !error.is_transient() => return Ok(0),
            answer => answer?,
        };
        let is_said = |message: &ChatMessage| message.role() == "user" && message.mentions(mark);
        Ok(history.messages.into_iter().filter(is_said).count())
    }

    /// Says `text` in a session, as a message of its own each time; returns the run's id.
    pub(crate) async fn send(&self, session: &str, text: &str) -> Result<String, GatewayError> {
        let message = SendMessage::new(session, text);
        Ok(message.run(self.ask_once(&message).await?))
    }

    /// Says `text` in a session; a gateway that already took a message of this key takes it for the same one. Returns
    /// the run's id.
    pub(crate) async fn send_as(&self, session: &str, text: &str, key: &str) -> Result<String, GatewayError> {
        let message = saying(session, text, key);
        Ok(message.run(self.ask_once(&message).await?))
    }

    /// The same; a gateway that goes away in between is waited for.
    pub(crate) async fn send_patiently(
        &self,
        session: &str,
        text: &str,
        key: &str,
    ) -> Result<String, GatewayError> {
        let message = saying(session, text, key);
        Ok(message.run(self.ask(&message).await?))
    }

    /// What became of the turn that the message of this key started.
    pub(crate) async fn turn(&self, session: &str, key: &str) -> Result<Turn, GatewayError> {
        if let Some(ended) = self.ended(key).await? {
            return Ok(ended);
        }
        if self.session(session).await?.is_some_and(|entry| entry.has_active_run()) {
            return Ok(Turn::Busy);
        }
        // It may have ended between the two questions.
        Ok(self.ended(key).await?.unwrap_or(Turn::Unknown))
    }

    /// How the turn that the message of this key started ended, if it did.
    async fn ended(&self, key: &str) -> Result<Option<Turn>, GatewayError> {
        let run = self.ask_once(&AwaitRun { run_id: key, timeout_ms: 1 }).await?;
        Ok(match run.status {
            RunStatus::Ok => Some(Turn::Ran),
            RunStatus::Error => Some(Turn::ended_with(run.error.as_deref())),
            RunStatus::Timeout | RunStatus::Other => None,
        })
    }
}

/// The gateway does not know the session, or not even its agent.
fn is_missing(error: &GatewayError) -> bool {
    matches!(kind(error), Some(RpcErrorKind::SessionNotFound | RpcErrorKind::AgentNotFound))
}
