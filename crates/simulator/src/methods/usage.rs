//! Tokens and their cost: in all, by session, over time.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::gateway::now_ms;
use crate::state::Session;

pub(super) fn status(_: &Call<'_>) -> Answer {
    Ok(json!({"updatedAt": now_ms(), "providers": []}).into())
}

pub(super) fn cost(call: &Call<'_>) -> Answer {
    let days = call.optional_count("days").unwrap_or(30);
    let totals = call.gateway.read(|state| totals(state.sessions.values()));
    let mut today = totals.clone();
    if let Some(object) = today.as_object_mut() {
        object.insert("date".to_owned(), json!(chrono::Utc::now().date_naive().to_string()));
    }
    Ok(json!({"updatedAt": now_ms(), "days": days, "daily": [today], "totals": totals}).into())
}

pub(super) fn by_session(call: &Call<'_>) -> Answer {
    let limit = call.optional_count("limit").unwrap_or(50);
    let key = call.optional_text("key")?;
    Ok(call
        .gateway
        .read(|state| {
            let sessions: Vec<&Session> =
                state.sessions.values().filter(|session| key.is_none_or(|key| session.key == key)).collect();
            let rows: Vec<Value> = sessions.iter().take(limit).map(|session| row(session)).collect();
            json!({"updatedAt": now_ms(), "sessions": rows, "totals": totals(sessions.into_iter())})
        })
        .into())
}

fn row(session: &Session) -> Value {
    json!({
        "key": session.key, "label": session.label, "sessionId": session.session_id,
        "updatedAt": session.updated_at_ms, "agentId": session.agent_id,
        "usage": totals(std::iter::once(session)),
    })
}

pub(super) fn over_time(call: &Call<'_>) -> Answer {
    let key = Session::full_key(call.text("key")?);
    Ok(call
        .gateway
        .read(|state| {
            let session = state.sessions.get(&key);
            let mut so_far = (0, 0.0);
            let points: Vec<Value> = session
                .into_iter()
                .flat_map(Session::usages)
                .map(|(timestamp, usage)| {
                    let tokens = usage.get("totalTokens").and_then(Value::as_u64).unwrap_or(0);
                    let cost = usage.pointer("/cost/total").and_then(Value::as_f64).unwrap_or(0.0);
                    so_far = (so_far.0 + tokens, so_far.1 + cost);
                    json!({
                        "timestamp": timestamp, "input": usage.get("input"), "output": usage.get("output"),
                        "totalTokens": tokens, "cost": cost,
                        "cumulativeTokens": so_far.0, "cumulativeCost": so_far.1,
                    })
                })
                .collect();
            json!({"sessionId": session.map(|session| &session.session_id), "points": points})
        })
        .into())
}

fn totals<'a>(sessions: impl Iterator<Item = &'a Session> + Clone) -> Value {
    let tokens = |kind| sessions.clone().map(|session| session.tokens(kind)).sum::<u64>();
    json!({
        "input": tokens("input"), "output": tokens("output"), "cacheRead": 0, "cacheWrite": 0,
        "totalTokens": tokens("totalTokens"),
        "totalCost": sessions.clone().map(Session::cost).sum::<f64>(),
        "missingCostEntries": 0,
    })
}
