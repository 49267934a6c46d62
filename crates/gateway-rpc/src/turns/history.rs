//! Turns as the history of a session tells of them.

use super::message::Row;
use super::{TurnEnding, TurnFact, TurnNews};
use crate::limits::PEER_NAME;
use crate::methods::ChatHistory;
use crate::peer::cut;

impl TurnNews {
    /// What the messages of a session tell of its turns, oldest first. Releases that do not name the turn of an answer
    /// have it right behind the message that it answers; 2026.3 names no turn at all.
    pub fn of_history(session: &str, history: &ChatHistory) -> Vec<Self> {
        let mut news = Vec::new();
        let mut current: Option<String> = None;
        let session_id = history.session_id.as_deref().map(|id| cut(id, PEER_NAME).to_owned());
        for message in &history.messages {
            let row = Row::of(message);
            if message.role() == "user" || row.run.is_some() {
                current.clone_from(&row.run);
            }
            let ended = (message.role() == "assistant").then(|| ending(&row)).flatten();
            for fact in row.facts(row.id.as_deref()).into_iter().chain(ended) {
                news.push(Self {
                    run: current.clone(),
                    session: session.to_owned(),
                    session_id: session_id.clone(),
                    at: row.at,
                    heartbeat: None,
                    fact,
                });
            }
        }
        news
    }
}

/// How the turn ended, when this is its last answer.
fn ending(row: &Row<'_>) -> Option<TurnFact> {
    let stop_reason = row.text("stopReason")?;
    let how = match stop_reason.as_str() {
        "stop" | "length" => TurnEnding::Done,
        "aborted" => TurnEnding::Aborted,
        "error" => TurnEnding::Failed,
        _ => return None,
    };
    let error = row.text("errorMessage").filter(|_| how == TurnEnding::Failed);
    Some(TurnFact::Ended { how, stop_reason: Some(stop_reason), error })
}
