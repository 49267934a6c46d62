//! Turns as events tell of them.

use serde::Deserialize;
use serde_json::Value;

use super::message::SessionMessage;
use super::{ToolCall, ToolEnd, TurnEnding, TurnFact, TurnNews, milliseconds, reason, tail, word};
use crate::events::Event;
use crate::limits::PEER_NAME;
use crate::methods::nullable;
use crate::peer::cut;

impl TurnNews {
    /// What an event tells of turns: nothing, when it is about something else or not understood.
    pub fn of_event(event: &Event) -> Vec<Self> {
        match event.name.as_str() {
            "agent" => event.decode::<Step>().ok().and_then(Step::news).into_iter().collect(),
            "chat" => event.decode::<Chat>().ok().and_then(Chat::news).into_iter().collect(),
            "session.message" => {
                event.decode::<SessionMessage>().ok().map(SessionMessage::news).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }
}

/// The `chat` event, without what was said.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Chat {
    run_id: String,
    session_key: String,
    #[serde(deserialize_with = "nullable")]
    state: String,
    stop_reason: Option<String>,
    error_message: Option<String>,
}

impl Chat {
    fn news(self) -> Option<TurnNews> {
        let ended = |how| {
            let (stop_reason, error) = (word(self.stop_reason.clone()), reason(self.error_message.clone()));
            TurnFact::Ended { how, stop_reason, error }
        };
        let fact = match self.state.as_str() {
            "delta" | "status" => TurnFact::GoesOn,
            "final" => ended(TurnEnding::Done),
            "aborted" => ended(TurnEnding::Aborted),
            "error" => ended(TurnEnding::Failed),
            _ => return None,
        };
        named(&self.run_id, &self.session_key, fact)
    }
}

/// The `agent` event.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Step {
    run_id: String,
    #[serde(deserialize_with = "nullable")]
    session_key: String,
    session_id: Option<String>,
    stream: String,
    is_heartbeat: Option<bool>,
    ts: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    data: StepData,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct StepData {
    #[serde(deserialize_with = "nullable")]
    phase: String,
    status: Option<String>,
    started_at: Option<f64>,
    ended_at: Option<f64>,
    stop_reason: Option<String>,
    aborted: Option<bool>,
    error: Option<Value>,
    provider: Option<String>,
    model: Option<String>,
    tool_call_id: Option<String>,
    name: Option<String>,
    args: Option<Value>,
    is_error: Option<bool>,
    result: Option<Value>,
    output: Option<String>,
    exit_code: Option<f64>,
    duration_ms: Option<f64>,
}

impl Step {
    fn news(self) -> Option<TurnNews> {
        let Self { run_id, session_key, session_id, stream, is_heartbeat, ts, data } = self;
        let told = [Some(ts), (data.phase == "start").then_some(data.started_at), Some(data.ended_at)];
        let at = told.into_iter().flatten().rev().find_map(milliseconds);
        let fact = match stream.as_str() {
            "lifecycle" => data.of_turn()?,
            "tool" => data.of_tool()?,
            "item" => data.of_item()?,
            "command_output" if data.phase == "end" => TurnFact::ToolEnded(data.ended_tool()?),
            "assistant" | "command_output" | "usage" | "run_status" => TurnFact::GoesOn,
            _ => return None,
        };
        let news = named(&run_id, &session_key, fact)?;
        let session_id = session_id.map(|id| cut(&id, PEER_NAME).to_owned());
        Some(TurnNews { session_id, at, heartbeat: is_heartbeat, ..news })
    }
}

impl StepData {
    fn of_turn(self) -> Option<TurnFact> {
        let aborted = self.aborted == Some(true) || self.status.as_deref() == Some("cancelled");
        let how = match self.phase.as_str() {
            "start" => return Some(TurnFact::Began),
            "model" => {
                let (provider, model) = (word(self.provider), word(self.model)?);
                return Some(TurnFact::Answers { provider, model });
            }
            "end" | "error" if aborted => TurnEnding::Aborted,
            "end" => TurnEnding::Done,
            "error" => TurnEnding::Failed,
            _ => return None,
        };
        let error = self.error.filter(|_| how == TurnEnding::Failed).map(|error| match error {
            Value::String(text) => text,
            other => other.to_string(),
        });
        Some(TurnFact::Ended { how, stop_reason: word(self.stop_reason), error: reason(error) })
    }

    fn of_tool(self) -> Option<TurnFact> {
        match self.phase.as_str() {
            "start" => {
                let call = ToolCall::new(&self.tool_call_id?, &self.name.unwrap_or_default(), self.args)?;
                Some(TurnFact::ToolBegan(call))
            }
            "result" => self.ended_tool().map(TurnFact::ToolEnded),
            _ => Some(TurnFact::GoesOn),
        }
    }

    /// The calls of tools as those see them who did not send the message.
    fn of_item(self) -> Option<TurnFact> {
        match self.phase.as_str() {
            "start" => {
                let call = ToolCall::new(&self.tool_call_id?, &self.name.unwrap_or_default(), None)?;
                Some(TurnFact::ToolBegan(call))
            }
            "end" => {
                let failed = match self.status.as_deref() {
                    Some("completed") => Some(false),
                    Some("failed") => Some(true),
                    _ => None,
                };
                let end = self.ended_tool()?;
                Some(TurnFact::ToolEnded(ToolEnd { failed, ..end }))
            }
            _ => Some(TurnFact::GoesOn),
        }
    }

    fn ended_tool(self) -> Option<ToolEnd> {
        let details = self.result.as_ref().and_then(|result| result.get("details"));
        let detail = |name: &str| details.and_then(|details| details.get(name)).and_then(Value::as_f64);
        let whole = |value: f64| value.abs() < 1e15;
        let said = self.result.as_ref().and_then(said_by).or(self.output);
        Some(ToolEnd {
            id: self.tool_call_id.map(|id| cut(&id, PEER_NAME).to_owned()).filter(|id| !id.is_empty())?,
            name: word(self.name),
            failed: self.is_error,
            exit_code: self
                .exit_code
                .or(detail("exitCode"))
                .filter(|code| whole(*code))
                .map(|code| code as i64),
            duration_ms: milliseconds(self.duration_ms.or(detail("durationMs"))),
            output: said.filter(|said| !said.is_empty()).map(|said| tail(&said)),
        })
    }
}

/// The text of the result of a tool.
fn said_by(result: &Value) -> Option<String> {
    let parts = result.get("content")?.as_array()?;
    let texts: Vec<&str> = parts.iter().filter_map(|part| part.get("text")?.as_str()).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn named(run: &str, session: &str, fact: TurnFact) -> Option<TurnNews> {
    let plausible = |text: &str, most: usize| !text.is_empty() && text.len() <= most;
    (plausible(session, 2 * PEER_NAME) && run.len() <= 2 * PEER_NAME).then(|| TurnNews {
        run: (!run.is_empty()).then(|| run.to_owned()),
        session: session.to_owned(),
        session_id: None,
        at: None,
        heartbeat: None,
        fact,
    })
}
