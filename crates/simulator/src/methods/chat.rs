//! Sending messages to agents and following their runs.

use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Answer, Call};
use crate::agents::{self, TurnRequest};
use crate::frame::RpcError;
use crate::state::{Run, RunStatus, Session, State};

/// Starts a run; its id is the idempotency key, so the same key never starts a second one.
pub(super) fn send(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("sessionKey")?);
    let message = call.text("message")?;
    let run_id = call.text("idempotencyKey")?;
    let agent = Session::agent_of(&key).to_owned();
    if call.modern() && call.gateway.read(|state| state.agent(&agent).is_none()) {
        return Err(RpcError::invalid(format!("Agent \"{agent}\" no longer exists in configuration")));
    }
    let abort = CancellationToken::new();
    let known = call.gateway.update(|state| {
        if let Some(run) = state.runs.get(run_id) {
            return Some(status_of(run));
        }
        let run = Run {
            session_key: key.clone(),
            status: RunStatus::Running,
            ended_at_ms: None,
            abort: abort.clone(),
        };
        state.runs.insert(run_id.to_owned(), run);
        state.started.push(run_id.to_owned());
        state.session_mut(&key).say("user", message);
        None
    });
    if let Some(status) = known {
        return Ok(json!({"runId": run_id, "status": status}).into());
    }
    agents::start(call.gateway, TurnRequest::chat(&agent, &key, run_id, abort), call.fate.clone());
    Ok(json!({"runId": run_id, "status": "started"}).into())
}

fn status_of(run: &Run) -> &'static str {
    match run.status {
        RunStatus::Running => "in_flight",
        RunStatus::Ok => "ok",
        RunStatus::Aborted | RunStatus::Error(_) => "error",
    }
}

pub(super) fn history(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("sessionKey")?);
    let limit = call.optional_count("limit").unwrap_or(200);
    Ok(call
        .gateway
        .read(|state| {
            let session = state.sessions.get(&key);
            let messages = session.map(|session| session.messages.as_slice()).unwrap_or_default();
            let recent = messages.get(messages.len().saturating_sub(limit)..).unwrap_or_default();
            json!({
                "sessionKey": key, "sessionId": session.map(|session| &session.session_id),
                "messages": recent, "thinkingLevel": "off",
            })
        })
        .into())
}

pub(super) fn abort(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("sessionKey")?);
    let only = call.optional_text("runId")?;
    let aborted: Vec<String> = call.gateway.read(|state| {
        let running = state.runs.iter().filter(|(id, run)| {
            run.session_key == key && run.status == RunStatus::Running && only.is_none_or(|only| only == *id)
        });
        running
            .map(|(id, run)| {
                run.abort.cancel();
                id.clone()
            })
            .collect()
    });
    Ok(json!({"ok": true, "aborted": !aborted.is_empty(), "runIds": aborted}).into())
}

/// Waits for the end of a run, or for the given time.
pub(super) async fn wait(call: &Call<'_>) -> Answer {
    let run_id = call.text("runId")?;
    let limit = Duration::from_millis(call.optional_count("timeoutMs").unwrap_or(30_000) as u64);
    call.gateway.wait_until(limit, |state| outcome(state, run_id).is_some()).await;
    let outcome = call.gateway.read(|state| outcome(state, run_id));
    Ok(outcome.unwrap_or_else(|| json!({"runId": run_id, "status": "timeout"})).into())
}

fn outcome(state: &State, run_id: &str) -> Option<Value> {
    let run = state.runs.get(run_id)?;
    let ended = run.ended_at_ms;
    match &run.status {
        RunStatus::Running => None,
        RunStatus::Ok => Some(json!({"runId": run_id, "status": "ok", "endedAt": ended})),
        RunStatus::Aborted => {
            Some(json!({"runId": run_id, "status": "error", "error": "aborted", "endedAt": ended}))
        }
        RunStatus::Error(error) => {
            Some(json!({"runId": run_id, "status": "error", "error": error, "endedAt": ended}))
        }
    }
}
