//! Tokens and their cost: in all, by session, over time.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::clock::now_ms;
use crate::config_shape::MAIN_AGENT;
use crate::frame::RpcError;
use crate::state::{MODEL, PROVIDER, Session, State};

pub(super) fn status(_: &Call<'_>) -> Answer {
    Ok(json!({"updatedAt": now_ms(), "providers": []}).into())
}

/// Whose use is counted.
enum Scope {
    Agent(String),
    Everybody,
}

impl Scope {
    /// What newer gateways are asked for; the default agent's when nothing is said.
    fn asked(call: &Call<'_>) -> Result<Self, RpcError> {
        match (call.optional_text("agentId")?, call.optional_text("agentScope")?) {
            (Some(_), Some(_)) => {
                Err(RpcError::invalid("agentScope=all cannot be combined with key or agentId"))
            }
            (Some(agent), None) => Ok(Self::Agent(agent.to_owned())),
            (None, Some("all")) => Ok(Self::Everybody),
            (None, _) => Ok(Self::Agent(MAIN_AGENT.to_owned())),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Agent(agent) => format!("agent:{agent}"),
            Self::Everybody => "all".to_owned(),
        }
    }

    fn covers(&self, session: &Session) -> bool {
        match self {
            Self::Agent(agent) => session.agent_id == *agent,
            Self::Everybody => true,
        }
    }

    /// Gateways count behind the scenes: who asks first after a turn is told of nothing yet.
    fn is_counted(&self, state: &mut State) -> bool {
        let turns = state.turns.len();
        state.counted_usage.insert(self.name(), turns) == Some(turns)
    }
}

fn cache_status(payload: &mut Value, counted: bool) {
    if let Some(object) = payload.as_object_mut() {
        object.insert(
            "cacheStatus".to_owned(),
            json!({"status": if counted { "fresh" } else { "refreshing" }}),
        );
    }
}

pub(super) fn cost(call: &Call<'_>) -> Answer {
    let days = call.optional_count("days").unwrap_or(30);
    let scoped = call.gateway.config.profile.scopes_usage();
    let scope = if scoped { Scope::asked(call)? } else { Scope::Agent(MAIN_AGENT.to_owned()) };
    let (totals, counted) = call.gateway.update(|state| {
        let counted = !scoped || scope.is_counted(state);
        (totals(state.sessions.values().filter(|session| counted && scope.covers(session))), counted)
    });
    let mut today = totals.clone();
    if let Some(object) = today.as_object_mut() {
        object.insert("date".to_owned(), json!(chrono::Utc::now().date_naive().to_string()));
    }
    let mut payload = json!({"updatedAt": now_ms(), "days": days, "daily": [today], "totals": totals});
    if scoped {
        cache_status(&mut payload, counted);
    }
    Ok(payload.into())
}

pub(super) fn by_session(call: &Call<'_>) -> Answer {
    let limit = call.optional_count("limit").unwrap_or(50);
    let key = call.optional_text("key")?;
    let scoped = call.gateway.config.profile.scopes_usage();
    let unknown = ["agentId", "agentScope"].into_iter().find(|name| call.params.contains_key(*name));
    let scope = match unknown {
        Some(name) if !scoped => {
            let fault = format!("invalid sessions.usage params: at root: unexpected property '{name}'");
            return Err(RpcError::invalid(fault));
        }
        _ if scoped => Scope::asked(call)?,
        _ => Scope::Everybody,
    };
    let payload = call.gateway.update(|state| {
        let counted = !scoped || scope.is_counted(state);
        let wanted = |session: &&Session| scope.covers(session) && key.is_none_or(|key| session.key == key);
        let sessions: Vec<&Session> = state.sessions.values().filter(wanted).collect();
        let rows: Vec<Value> = sessions.iter().take(limit).map(|session| row(session, counted)).collect();
        let used = sessions.into_iter().filter(|_| counted);
        let mut payload = json!({"updatedAt": now_ms(), "sessions": rows, "totals": totals(used)});
        if scoped {
            cache_status(&mut payload, counted);
        }
        payload
    });
    Ok(payload.into())
}

fn row(session: &Session, counted: bool) -> Value {
    let mut usage = totals(std::iter::once(session));
    let model = json!({
        "provider": PROVIDER, "model": MODEL, "count": session.usages().count(), "totals": usage,
    });
    if let Some(usage) = usage.as_object_mut() {
        usage.insert("modelUsage".to_owned(), json!([model]));
    }
    json!({
        "key": session.key, "label": session.label, "sessionId": session.session_id,
        "updatedAt": session.updated_at_ms, "agentId": session.agent_id,
        "usage": counted.then_some(usage),
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
