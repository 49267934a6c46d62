//! Reading the config, and writing it behind its fence.

use serde_json::{Value, json};

use super::{Answer, Call, Reply, Restart};
use crate::clock::now_ms;
use crate::config_shape;
use crate::frame::{Event, RpcError};
use crate::profile::ConfigReload;
use crate::state::State;
use crate::variables;

pub(super) fn get(call: &Call<'_>) -> Answer {
    Ok(call
        .gateway
        .read(|state| {
            json!({
                "path": path(state), "exists": true, "parsed": state.config,
                "raw": format!("// Kept by hand.\n{}\n", state.config),
                "valid": true, "config": state.effective(), "hash": config_shape::hash(&state.config, state.profile.shape),
                "issues": [], "warnings": [], "legacyIssues": [],
            })
        })
        .into())
}

/// Merges a patch into the config. The limit counts first, then the fence, then the keys.
pub(super) fn patch(call: &Call<'_>) -> Answer {
    let gateway = call.gateway;
    let raw = call.text("raw")?;
    let base_hash = call.optional_text("baseHash")?;
    let written = gateway.update(|state| {
        check_limit(state, call)?;
        write(state, raw, base_hash, call)
    })?;
    gateway.rescheduled.notify_one();
    let profile = &gateway.config.profile;
    let mut payload = json!({
        "ok": true, "path": written.path, "config": written.config,
        "sentinel": {"payload": {"kind": "config-patch", "status": "ok", "ts": now_ms(), "message": null}},
    });
    let restart = match profile.reload {
        ConfigReload::Hot => Restart::No,
        ConfigReload::Restart => Restart::AfterTheAnswer,
        ConfigReload::RestartForChannels if written.touches_channels => Restart::InsteadOfTheAnswer,
        ConfigReload::RestartForChannels => Restart::No,
    };
    if let Some(object) = payload.as_object_mut() {
        if call.modern() {
            object.insert("hash".to_owned(), json!(written.hash));
            if !written.changed {
                object.insert("noop".to_owned(), json!(true));
            }
        }
        if restart == Restart::AfterTheAnswer {
            let delay_ms = profile.restart_delay.as_millis() as u64;
            object.insert(
                "restart".to_owned(),
                json!({"ok": true, "signal": "SIGUSR1", "delayMs": delay_ms, "reason": "config.patch"}),
            );
        }
    }
    if call.modern() && written.changed {
        gateway.emit(Event::new(
            "config.changed",
            json!({"path": written.path, "hash": written.hash, "ts": now_ms()}),
        ));
    }
    Ok(Reply { payload, restart })
}

struct Written {
    path: String,
    config: Value,
    hash: String,
    changed: bool,
    touches_channels: bool,
}

fn check_limit(state: &mut State, call: &Call<'_>) -> Result<(), RpcError> {
    let (limit, window) = (state.profile.config_writes, state.profile.write_window);
    let attempt = state.write_limit.attempt(call.method, call.client.limit_key(), limit, window);
    attempt.map_err(|wait| {
        let seconds = wait.as_millis().div_ceil(1000);
        let message = format!("rate limit exceeded for {}; retry after {seconds}s", call.method);
        let details = json!({"method": call.method, "limit": format!("{limit} per {}s", window.as_secs())});
        RpcError::new("UNAVAILABLE", message)
            .with_details(details)
            .retry_after(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX))
    })
}

/// Lists that have lost entries from `before` to `after`, by path.
fn shortened(path: &str, before: &Value, after: Option<&Value>, found: &mut Vec<String>) {
    match before {
        Value::Array(entries) => {
            let kept = after.and_then(Value::as_array);
            if !kept.is_some_and(|kept| entries.iter().all(|entry| kept.contains(entry))) {
                found.push(path.to_owned());
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                shortened(&path, value, after.and_then(|after| after.get(key)), found);
            }
        }
        _ => {}
    }
}

/// New gateways refuse to shorten a list that the call does not name.
fn require_named(call: &Call<'_>, before: &Value, after: &Value) -> Result<(), RpcError> {
    let mut lost = Vec::new();
    shortened("", before, Some(after), &mut lost);
    let named: Vec<&str> = call
        .params
        .get("replacePaths")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    lost.retain(|path| !named.contains(&path.as_str()));
    match lost.is_empty() {
        true => Ok(()),
        false => Err(RpcError::invalid(format!(
            "config.patch would remove entries from array path(s): {}. Pass replacePaths with the exact path(s) when this is \
             intentional, or use config.apply for full-config replacement.",
            lost.join(", ")
        ))),
    }
}

fn write(
    state: &mut State,
    raw: &str,
    base_hash: Option<&str>,
    call: &Call<'_>,
) -> Result<Written, RpcError> {
    let shape = state.profile.shape;
    let Some(base_hash) = base_hash else {
        return Err(RpcError::invalid(
            "config base hash required; re-run config.get and retry with baseHash",
        ));
    };
    if base_hash != config_shape::hash(&state.config, shape) {
        return Err(RpcError::invalid("config changed since last load; re-run config.get and retry"));
    }
    let patch: Value = serde_json::from_str(raw)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| RpcError::invalid("config.patch raw must be an object"))?;
    let mut config = state.effective();
    config_shape::merge(&mut config, &patch, shape);
    if call.modern() {
        require_named(call, &state.effective(), &config)?;
    }
    let issues = config_shape::issues(&config, &state.profile);
    if !issues.is_empty() {
        let text: Vec<String> =
            issues.iter().map(|issue| format!("{}: {}", issue.path, issue.message)).collect();
        let listed: Vec<Value> =
            issues.iter().map(|issue| json!({"path": issue.path, "message": issue.message})).collect();
        return Err(RpcError::invalid(format!("invalid config: {}", text.join("; ")))
            .with_details(json!({"issues": listed})));
    }
    let config = variables::restore(&config, &state.config, &state.variables);
    let changed = config != state.config;
    let touches_channels = config.get("channels") != state.config.get("channels");
    state.config = config;
    state.config_written();
    Ok(Written {
        path: path(state),
        config: state.config.clone(),
        hash: config_shape::hash(&state.config, shape),
        changed,
        touches_channels,
    })
}

fn path(state: &State) -> String {
    format!("{}/openclaw.json", state.state_dir)
}
