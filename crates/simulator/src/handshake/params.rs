//! The closed shape of `connect` parameters, with the real validator's words.

use serde_json::Value;

use crate::frame::RpcError;

/// Refuses parameters of the wrong shape.
pub(super) fn check(connect: &Value, modern: bool) -> Result<(), RpcError> {
    let mut faults = Vec::new();
    part(&mut faults, "root", Some(connect), &["minProtocol", "maxProtocol", "client"], ROOT_OPTIONAL);
    let client_optional = if modern { MODERN_CLIENT_OPTIONAL } else { CLIENT_OPTIONAL };
    part(
        &mut faults,
        "/client",
        connect.get("client"),
        &["id", "version", "platform", "mode"],
        client_optional,
    );
    part(
        &mut faults,
        "/auth",
        connect.get("auth"),
        &[],
        &["token", "password", "deviceToken", "bootstrapToken"],
    );
    part(
        &mut faults,
        "/device",
        connect.get("device"),
        &["id", "publicKey", "signature", "signedAt", "nonce"],
        &[],
    );
    one_of(&mut faults, connect, "/client/id", CLIENT_IDS, MODERN_CLIENT_IDS, modern);
    one_of(&mut faults, connect, "/client/mode", CLIENT_MODES, &["worker"], modern);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(RpcError::invalid(format!("invalid connect params: {}", faults.join("; "))))
    }
}

fn part(faults: &mut Vec<String>, path: &str, value: Option<&Value>, required: &[&str], optional: &[&str]) {
    let Some(value) = value else { return };
    let Some(object) = value.as_object() else {
        faults.push(format!("at {path}: must be object"));
        return;
    };
    for name in required.iter().filter(|name| !object.contains_key(**name)) {
        let place = if path == "root" { String::new() } else { format!("at {path}: ") };
        faults.push(format!("{place}must have required property '{name}'"));
    }
    for name in object.keys().filter(|name| !required.iter().chain(optional).any(|known| known == name)) {
        faults.push(format!("at {path}: unexpected property '{name}'"));
    }
}

fn one_of(
    faults: &mut Vec<String>,
    connect: &Value,
    path: &str,
    known: &[&str],
    newer: &[&str],
    modern: bool,
) {
    let Some(value) = connect.pointer(path) else { return };
    let is_known =
        value.as_str().is_some_and(|value| known.contains(&value) || (modern && newer.contains(&value)));
    if !is_known {
        faults.push(if modern {
            format!("at {path}: must be equal to one of the allowed values")
        } else {
            format!("at {path}: must be equal to constant; at {path}: must match a schema in anyOf")
        });
    }
}

const ROOT_OPTIONAL: &[&str] = &[
    "role",
    "scopes",
    "caps",
    "commands",
    "permissions",
    "auth",
    "device",
    "locale",
    "userAgent",
    "pathEnv",
];
const CLIENT_OPTIONAL: &[&str] = &["displayName", "deviceFamily", "modelIdentifier", "instanceId"];
const MODERN_CLIENT_OPTIONAL: &[&str] =
    &["displayName", "deviceFamily", "modelIdentifier", "instanceId", "buildId", "timeZone"];
const CLIENT_IDS: &[&str] = &[
    "webchat-ui",
    "openclaw-control-ui",
    "openclaw-tui",
    "webchat",
    "cli",
    "gateway-client",
    "openclaw-macos",
    "openclaw-ios",
    "openclaw-android",
    "node-host",
    "test",
    "fingerprint",
    "openclaw-probe",
];
const MODERN_CLIENT_IDS: &[&str] =
    &["openclaw-browser-copilot", "openclaw-linux", "openclaw-watchos", "openclaw-worker"];
const CLIENT_MODES: &[&str] = &["webchat", "cli", "ui", "backend", "node", "probe", "test"];
