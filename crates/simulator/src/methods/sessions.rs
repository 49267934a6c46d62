//! Listing and changing sessions.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Call};
use crate::clock::now_ms;
use crate::frame::{Event, RpcError};
use crate::state::{Session, State};

pub(super) fn list(call: &Call<'_>) -> Answer {
    let agent = call.optional_text("agentId")?;
    let search = call.optional_text("search")?.map(str::to_lowercase);
    let limit = call.optional_count("limit").or(call.gateway.config.profile.pages_sessions().then_some(100));
    let offset = call.optional_count("offset").unwrap_or(0);
    Ok(call
        .gateway
        .read(|state| {
            let mut sessions: Vec<&Session> = state
                .sessions
                .values()
                .filter(|session| agent.is_none_or(|agent| session.agent_id == agent))
                .filter(|session| search.as_deref().is_none_or(|text| found(session, text)))
                .collect();
            sessions.sort_by_key(|session| std::cmp::Reverse(session.updated_at_ms));
            let total = sessions.len();
            let rows: Vec<Value> = sessions
                .into_iter()
                .skip(offset)
                .take(limit.unwrap_or(usize::MAX))
                .map(|session| row(state, session))
                .collect();
            json!({
                "ts": now_ms(), "path": "(multiple)", "count": rows.len(), "totalCount": total,
                "hasMore": offset + rows.len() < total,
                "defaults": {"modelProvider": "simulated", "model": "model-1", "contextTokens": 128_000},
                "sessions": rows,
            })
        })
        .into())
}

fn found(session: &Session, text: &str) -> bool {
    session.key.to_lowercase().contains(text)
        || session.label.as_deref().is_some_and(|label| label.to_lowercase().contains(text))
}

fn row(state: &State, session: &Session) -> Value {
    // A run whose turn was lost is no turn.
    let running = state.busy_agents.contains(&session.agent_id);
    json!({
        "key": session.key, "kind": "direct", "label": session.label, "displayName": session.label,
        "agentId": session.agent_id, "sessionId": session.session_id, "updatedAt": session.updated_at_ms,
        "modelProvider": "simulated", "model": session.model.as_deref().unwrap_or("model-1"),
        "inputTokens": session.tokens("input"), "outputTokens": session.tokens("output"),
        "totalTokens": session.tokens("totalTokens"), "contextTokens": 128_000,
        "hasActiveRun": running, "status": if running { "running" } else { "done" },
    })
}

/// Sets the label or the model; makes the session when there is none, as real gateways do.
pub(super) fn patch(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("key")?);
    let label = call.optional_text("label")?.map(str::to_owned);
    let model = call.optional_text("model")?.map(str::to_owned);
    let entry = call.gateway.update(|state| {
        let session = state.session_mut(&key);
        session.label = label.or(session.label.take());
        session.model = model.or(session.model.take());
        session.updated_at_ms = now_ms();
        entry(session)
    });
    changed(call, &key, "patch");
    let resolved = json!({"modelProvider": "simulated", "model": "model-1"});
    Ok(json!({"ok": true, "path": "(simulated)", "key": key, "entry": entry, "resolved": resolved}).into())
}

/// Starts the session anew under the same key.
pub(super) fn reset(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("key")?);
    let entry = call.gateway.update(|state| {
        let session = state.session_mut(&key);
        session.session_id = Uuid::new_v4().to_string();
        session.messages.clear();
        session.updated_at_ms = now_ms();
        entry(session)
    });
    changed(call, &key, "reset");
    Ok(json!({"ok": true, "key": key, "entry": entry}).into())
}

pub(super) fn delete(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("key")?);
    if call.modern() && Session::new(&key).is_main() {
        return Err(RpcError::invalid(format!("Cannot delete the main session ({key}).")));
    }
    let deleted = call.gateway.update(|state| {
        let agent = Session::agent_of(&key);
        if state.agent(agent).is_none() {
            // The store of a session that is not there is written all the same.
            let store = format!("{}/agents/{agent}/sessions/sessions.json", state.state_dir);
            state.strays.insert(store);
        }
        state.sessions.remove(&key).is_some()
    });
    if deleted {
        changed(call, &key, "delete");
    }
    Ok(json!({"ok": true, "key": key, "deleted": deleted, "archived": []}).into())
}

/// From now on this connection is told of `sessions.changed`.
pub(super) fn subscribe(call: &Call<'_>) -> Answer {
    call.client.follows_sessions.store(true, Ordering::Relaxed);
    Ok(json!({"subscribed": true}).into())
}

/// From now on this connection is told of the messages of a session.
pub(super) fn subscribe_messages(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("key")?);
    call.client.follow(&key);
    Ok(json!({"subscribed": true, "key": key}).into())
}

fn entry(session: &Session) -> Value {
    json!({"sessionId": session.session_id, "updatedAt": session.updated_at_ms, "label": session.label})
}

fn changed(call: &Call<'_>, key: &str, reason: &str) {
    if call.modern() {
        let payload =
            json!({"sessionKey": key, "agentId": Session::agent_of(key), "reason": reason, "ts": now_ms()});
        call.gateway.emit(Event::scoped("sessions.changed", payload, "operator.read"));
    }
}
