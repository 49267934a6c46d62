//! One turn of an agent, from the wake to the final event.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::api::{AgentApi, ApiError};
use super::credentials::Credentials;
use super::work;
use crate::clock::now_ms;
use crate::config::AgentBehaviour;
use crate::frame::Event;
use crate::gateway::Gateway;
use crate::state::{RunStatus, Session, State, Turn, TurnCause, TurnOutcome, WorkspaceFile};

/// A turn to be run.
pub(crate) struct TurnRequest {
    agent_id: String,
    session_key: String,
    run_id: String,
    cause: TurnCause,
    abort: CancellationToken,
}

impl TurnRequest {
    /// The turn that a `chat.send` starts.
    pub(crate) fn chat(agent_id: &str, session_key: &str, run_id: &str, abort: CancellationToken) -> Self {
        Self {
            agent_id: agent_id.to_owned(),
            session_key: session_key.to_owned(),
            run_id: run_id.to_owned(),
            cause: TurnCause::Chat,
            abort,
        }
    }

    /// A heartbeat turn in the agent's main session.
    pub(crate) fn heartbeat(agent_id: &str) -> Self {
        Self {
            agent_id: agent_id.to_owned(),
            session_key: Session::main_key(agent_id),
            run_id: Uuid::new_v4().to_string(),
            cause: TurnCause::Heartbeat,
            abort: CancellationToken::new(),
        }
    }

    fn record(&self, state: &mut State, outcome: TurnOutcome) {
        state.turns.push(Turn { agent_id: self.agent_id.clone(), cause: self.cause, outcome });
    }

    /// Records the end of a turn that was run.
    fn end(&self, state: &mut State, outcome: TurnOutcome, status: RunStatus) {
        self.record(state, outcome);
        if let Some(position) = state.busy_agents.iter().position(|agent| *agent == self.agent_id) {
            state.busy_agents.swap_remove(position);
        }
        if let Some(run) = state.runs.get_mut(&self.run_id) {
            run.status = status;
            run.ended_at_ms = Some(now_ms());
        }
    }
}

/// What becomes of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    Runs,
    /// Accepted, never run.
    Lost,
    /// Ends with this error before the agent does anything.
    Fails(String),
}

/// Starts a turn. While a restart is due every turn is lost.
pub(crate) fn start(gateway: &Arc<Gateway>, request: TurnRequest, fate: Fate) {
    if fate == Fate::Lost || gateway.read(|state| state.restart_pending) {
        gateway.update(|state| request.record(state, TurnOutcome::Lost));
        return;
    }
    gateway.update(|state| state.busy_agents.push(request.agent_id.clone()));
    let boot = gateway.boot();
    let gateway_of_turn = Arc::clone(gateway);
    gateway.spawn(async move { run(&gateway_of_turn, request, fate, boot).await });
}

async fn run(gateway: &Gateway, request: TurnRequest, fate: Fate, boot: CancellationToken) {
    let started = now_ms();
    announce_start(gateway, &request);
    let act = async {
        tokio::time::sleep(gateway.config.turn_delay).await;
        match &fate {
            Fate::Fails(error) => Err(error.as_str()),
            Fate::Runs | Fate::Lost => Ok(act(gateway, &request).await),
        }
    };
    let acted = tokio::select! {
        biased;
        () = boot.cancelled() => None,
        () = request.abort.cancelled() => None,
        acted = act => Some(acted),
    };
    match acted {
        Some(Ok((outcome, text))) => finish(gateway, &request, outcome, &text, started),
        Some(Err(error)) => fail(gateway, &request, error),
        None => abandon(gateway, &request, boot.is_cancelled()),
    }
}

/// Does what the behaviour says; returns the outcome and what the agent says about it.
async fn act(gateway: &Gateway, request: &TurnRequest) -> (TurnOutcome, String) {
    if gateway.config.agent_behaviour == AgentBehaviour::Silent {
        return (TurnOutcome::Silent, "Noted.".to_owned());
    }
    let credentials = gateway.read(|state| credentials(state, &request.agent_id));
    let Some(credentials) = credentials else {
        let text = "My workspace files hold no BASE_URL and AUTH_TOKEN, so I cannot check in.".to_owned();
        return (TurnOutcome::NoCredentials, text);
    };
    let api = AgentApi::new(&gateway.http, credentials);
    let agent = match api.check_in().await {
        Ok(agent) => agent,
        Err(error) => {
            tracing::debug!(agent_key = request.agent_id, %error, "check-in failed");
            let outcome = match &error {
                ApiError::Status(status) => TurnOutcome::Refused(status.as_u16()),
                ApiError::Http(_) => TurnOutcome::Unreachable,
            };
            return (outcome, format!("My check-in failed: {error}"));
        }
    };
    let mut text = format!("HEARTBEAT_OK {}", checked_in(&agent));
    if matches!(gateway.config.agent_behaviour, AgentBehaviour::Works { .. })
        && request.cause == TurnCause::Heartbeat
    {
        match work::step(&api, &agent).await {
            Ok(Some(done)) => text = done,
            Ok(None) => {}
            // Routes may be missing or refuse: the agent tries again at its next heartbeat.
            Err(error) => tracing::debug!(agent_key = request.agent_id, %error, "work step failed"),
        }
    }
    (TurnOutcome::CheckedIn, text)
}

fn checked_in(agent: &Value) -> String {
    let field = |name: &str| agent.get(name).and_then(Value::as_str).unwrap_or("unknown").to_owned();
    format!("{} is {}", field("name"), field("status"))
}

/// Looks in TOOLS.md, then AGENTS.md, then everywhere else.
fn credentials(state: &State, agent_id: &str) -> Option<Credentials> {
    let files = state.files.get(agent_id)?;
    let first = ["TOOLS.md", "AGENTS.md"].iter().filter_map(|name| files.get(*name));
    Credentials::find(first.chain(files.values()).map(|file: &WorkspaceFile| file.content.as_str()))
}

fn announce_start(gateway: &Gateway, request: &TurnRequest) {
    if gateway.config.profile.is_modern() {
        chat_event(gateway, request, 1, json!({"state": "status", "phase": "starting_model"}));
    }
    lifecycle(gateway, request, 1, json!({"phase": "start", "startedAt": now_ms()}));
}

fn finish(gateway: &Gateway, request: &TurnRequest, outcome: TurnOutcome, text: &str, started: u64) {
    if outcome == TurnOutcome::CheckedIn {
        tell_tool(gateway, request);
    }
    let tells_usage = gateway.config.profile.tells_usage();
    let (message, session_id) = gateway.update(|state| {
        request.end(state, outcome, RunStatus::Ok);
        let session = state.session_mut(&request.session_key);
        let message = match tells_usage {
            true => session.answer(text, &request.run_id),
            false => session.say("assistant", text),
        };
        (message, session.session_id.clone())
    });
    agent_event(gateway, request, 2, "assistant", json!({"text": text, "delta": text}));
    if tells_usage {
        let payload = json!({
            "sessionKey": request.session_key, "agentId": request.agent_id, "sessionId": session_id,
            "messageId": message.pointer("/__openclaw/id"), "message": message,
        });
        gateway.emit(Event::scoped("session.message", payload, "operator.read"));
    }
    lifecycle(gateway, request, 3, json!({"phase": "end", "endedAt": now_ms()}));
    chat_event(gateway, request, 4, json!({"state": "final", "message": message}));
    if request.cause == TurnCause::Heartbeat {
        let reason = if gateway.config.profile.is_modern() { "target-none" } else { "no-target" };
        tell_heartbeat(gateway, reason, text, now_ms().saturating_sub(started));
    }
}

/// What an agent does in a turn is to call the API, as with curl.
fn tell_tool(gateway: &Gateway, request: &TurnRequest) {
    let id = format!("call_{}", request.run_id);
    let args = json!({"command": "curl -fsS -X POST \"$BASE_URL/api/v1/agent/heartbeat\""});
    let begun = json!({"phase": "start", "name": "exec", "toolCallId": id, "args": args});
    agent_event(gateway, request, 1, "tool", begun);
    let said = "{\"ok\":true}";
    let result = json!({
        "content": [{"type": "text", "text": said}],
        "details": {"status": "completed", "exitCode": 0, "durationMs": 40, "aggregated": said},
    });
    let ended = json!({
        "phase": "result", "name": "exec", "toolCallId": id, "isError": false, "result": result,
    });
    agent_event(gateway, request, 1, "tool", ended);
}

fn abandon(gateway: &Gateway, request: &TurnRequest, restarted: bool) {
    gateway.update(|state| {
        request.end(state, TurnOutcome::Aborted, RunStatus::Aborted);
    });
    if !restarted {
        chat_event(gateway, request, 2, json!({"state": "aborted", "stopReason": "rpc"}));
    }
}

fn fail(gateway: &Gateway, request: &TurnRequest, error: &str) {
    gateway.update(|state| request.end(state, TurnOutcome::Failed, RunStatus::Error(error.to_owned())));
    lifecycle(gateway, request, 2, json!({"phase": "error", "error": error, "endedAt": now_ms()}));
    chat_event(gateway, request, 3, json!({"state": "error", "errorMessage": error}));
}

/// Keeps and sends the `heartbeat` event. The turn ran: only its delivery to a person is skipped.
pub(super) fn tell_heartbeat(gateway: &Gateway, reason: &str, preview: &str, duration_ms: u64) {
    let payload = json!({
        "ts": now_ms(), "status": "skipped", "reason": reason, "preview": preview,
        "durationMs": duration_ms, "hasMedia": false,
    });
    gateway.update(|state| state.last_heartbeat = payload.clone());
    gateway.emit(Event::new("heartbeat", payload));
}

fn lifecycle(gateway: &Gateway, request: &TurnRequest, seq: u64, data: Value) {
    agent_event(gateway, request, seq, "lifecycle", data);
}

fn agent_event(gateway: &Gateway, request: &TurnRequest, seq: u64, stream: &str, data: Value) {
    let payload = json!({
        "runId": request.run_id, "stream": stream, "data": data, "sessionKey": request.session_key,
        "agentId": request.agent_id, "seq": seq, "ts": now_ms(),
        "isHeartbeat": request.cause == TurnCause::Heartbeat,
    });
    gateway.emit(Event::new("agent", payload));
}

fn chat_event(gateway: &Gateway, request: &TurnRequest, seq: u64, rest: Value) {
    let mut payload = json!({
        "runId": request.run_id, "sessionKey": request.session_key, "agentId": request.agent_id, "seq": seq,
    });
    if let (Some(object), Value::Object(rest)) = (payload.as_object_mut(), rest) {
        object.extend(rest);
    }
    gateway.emit(Event::new("chat", payload));
}
